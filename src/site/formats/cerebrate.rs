//! The teams as organisations of MISP: `organisations/index` as MISP's Cerebrate client fetches it, and
//! `organisations.json` in the shape of MISP's own REST API, which Cerebrate's importer takes as well.
//!
//! Of the first, MISP reads these five fields (its model `Cerebrate`); a name that another organisation has is given a
//! random number there, so here each name stands once. Cerebrate's importer (its `ImporterCommand`) puts fields of
//! different teams together where some lack one, so every field is there for every team, though it be empty. Left out:
//! `id` and users, which are the instance's own; the level, for which there is no place; teams that have withdrawn.

use super::facts::{contact, present, span};
use super::json::{self, Each};
use crate::assess::Namespace;
use crate::assess::{AssessedTeam, Assessment};
use crate::model::{Date, Line, Team, sort_key};
use crate::site::RenderError;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;

/// Where MISP's Cerebrate client looks.
pub(super) const INDEX: &str = "organisations/index";

/// Where MISP's own list of its organisations stands, below its address.
pub(super) const REST: &str = "organisations.json";

/// What kind of organisation a team is.
const KIND: &str = "CSIRT";

/// Writes `organisations/index`.
///
/// # Errors
/// Where `out` fails.
pub(super) fn index(assessment: &Assessment<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    let names = Names::of(assessment);
    json::write(&Each(|| present(assessment).map(|team| names.organisation(team, assessment))), out)
}

/// Writes `organisations.json`.
///
/// # Errors
/// Where `out` fails.
pub(super) fn rest(assessment: &Assessment<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    let names = Names::of(assessment);
    json::write(&Each(|| present(assessment).map(|team| names.rest(team, assessment))), out)
}

#[derive(Serialize)]
struct Organisation {
    uuid: String,
    name: String,
    nationality: &'static str,
    sector: String,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Rest {
    organisation: Detailed,
}

#[derive(Serialize)]
struct Detailed {
    #[serde(flatten)]
    organisation: Organisation,
    description: String,
    contacts: String,
    /// With a time of day, as MISP has it.
    date_created: String,
    date_modified: String,
    local: bool,
    restricted_to_domain: Vec<String>,
}

/// The names of the organisations, and how many teams have each.
struct Names {
    namespace: Namespace,
    /// By what is compared: a database takes letters of either case for the same.
    teams: BTreeMap<String, usize>,
}

impl Names {
    fn of(assessment: &Assessment<'_>) -> Self {
        let mut teams = BTreeMap::new();
        for team in present(assessment) {
            *teams.entry(sort_key(wanted(team.team))).or_default() += 1;
        }
        Self { namespace: Namespace::of(assessment), teams }
    }

    fn organisation(&self, assessed: &AssessedTeam<'_>, assessment: &Assessment<'_>) -> Organisation {
        let team = assessed.team;
        let name = wanted(team);
        let is_shared = self.teams.get(&sort_key(name)).is_some_and(|teams| *teams > 1);
        let config = &assessment.directory.config;
        Organisation {
            uuid: self.namespace.team(team),
            name: if is_shared { format!("{name} ({})", team.id) } else { name.to_owned() },
            nationality: team.country.name(),
            sector: team.types.first().map(|kind| config.type_name(kind)).unwrap_or_default(),
            kind: KIND,
        }
    }

    fn rest(&self, assessed: &AssessedTeam<'_>, assessment: &Assessment<'_>) -> Rest {
        let team = assessed.team;
        let span = span(assessed, assessment.directory.config.policy, assessment.today);
        let at = |date: Date| format!("{date} 00:00:00");
        Rest {
            organisation: Detailed {
                organisation: self.organisation(assessed, assessment),
                description: team.official_name.as_ref().map(ToString::to_string).unwrap_or_default(),
                contacts: contact(&team.contact),
                date_created: span.map(|(first, _)| at(first)).unwrap_or_default(),
                date_modified: span.map(|(_, last)| at(last)).unwrap_or_default(),
                local: false,
                restricted_to_domain: Vec::new(),
            },
        }
    }
}

/// The name by which MISP knows the team, where its entry says so, else its own.
fn wanted(team: &Team) -> &str {
    let stated = team.misp.as_ref().and_then(|misp| misp.org_name.as_ref());
    stated.map_or(team.name.as_str(), Line::as_str)
}
