//! A badge of a team as an endpoint of Shields (<https://shields.io/badges/endpoint-badge>), for those whose pages have
//! badges in that style. The words and colours are those of the badge that stands beside the team's page.
//!
//! Where trust is lower than it was, it is marked as an error, so that nobody shows it in another colour. Left out: logos and
//! styles, which are for whoever shows the badge to choose.

use crate::assess::{AssessedTeam, Assessment};
use crate::model::TeamId;
use crate::site::{Catalogue, RenderError, badge};
use serde::Serialize;
use std::io::{self, Write};

/// Where the endpoint of a team stands. No id has a dot, so that no other file of a team is called so.
pub(in crate::site) fn path(team: &TeamId) -> String {
    format!("teams/{team}.shields.json")
}

/// For how long Shields may keep what it read, in seconds: no longer than until the next build is to be expected.
const CACHED: u32 = 6 * 60 * 60;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Endpoint {
    schema_version: u32,
    label: String,
    message: String,
    color: &'static str,
    label_color: &'static str,
    is_error: bool,
    cache_seconds: u32,
}

/// Writes the endpoint of a team, in words of a language.
///
/// # Errors
/// Where `out` fails.
pub(in crate::site) fn team(
    team: &AssessedTeam<'_>,
    assessment: &Assessment<'_>,
    texts: &Catalogue,
    mut out: &mut dyn Write,
) -> Result<(), RenderError> {
    let view = badge::view(team, assessment.directory.config.title.as_str(), assessment.today, texts);
    let endpoint = Endpoint {
        schema_version: 1,
        label: view.label,
        message: view.words,
        color: view.ground,
        label_color: badge::LABEL_GROUND,
        is_error: badge::is_lower(&team.standing),
        cache_seconds: CACHED,
    };
    serde_json::to_writer(&mut out, &endpoint).map_err(io::Error::from)?;
    Ok(out.write_all(b"\n")?)
}
