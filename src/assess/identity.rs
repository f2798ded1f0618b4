//! By which UUID other programs know a team, or anything else of the directory. The only module that names the crate.

use super::Assessment;
use crate::config::Config;
use crate::model::{Team, Url};
use uuid::Uuid;

/// The UUIDs of one directory (version 5, RFC 9562, section 5.5): the same in every build, and no two directories share one.
#[derive(Debug, Clone, Copy)]
pub struct Namespace(Uuid);

impl Namespace {
    /// That which `site.yaml` states, else one made of the site's address, or of its title where it has none.
    pub fn of(assessment: &Assessment<'_>) -> Self {
        let Config { uuid, base_url, title, .. } = &assessment.directory.config;
        let stated = uuid.as_ref().and_then(|uuid| Uuid::parse_str(uuid.as_str()).ok());
        let name = base_url.as_ref().map_or(title.as_str(), Url::href);
        Self(stated.unwrap_or_else(|| Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes())))
    }

    /// The UUID of the thing with this name, which is unique in the directory: `cert-alpha/certification`.
    pub fn uuid(self, name: &str) -> String {
        Uuid::new_v5(&self.0, name.as_bytes()).to_string()
    }

    /// The UUID of a team: that by which MISP knows it, where its entry says so, else one of its id.
    pub fn team(self, team: &Team) -> String {
        let stated = team.misp.as_ref().map(|misp| misp.org_uuid.value.to_string());
        stated.unwrap_or_else(|| self.uuid(team.id.as_str()))
    }
}
