//! Our own JSON, version 1, in `api/v1`.
//!
//! The promise: files and keys are added, never removed or renamed, and never change their meaning; what would break this
//! is version 2, beside it. Every status says for which day it was computed, how long it holds, and what it becomes next.
//! `docs/api.md` says what there is, and `api/v1/schema` has the JSON Schema of each file.

mod associations;
mod authorities;
mod changes;
mod index;
mod lines;
mod lists;
mod schema;
mod team;
mod ties;

pub(super) use associations::{ASSOCIATIONS, associations};
pub(super) use authorities::{AUTHORITIES, authorities};
pub(super) use changes::{CHANGES, TeamChange, changes, newest};
pub(super) use index::{INDEX, index};
pub(super) use lists::{country_path, level_path, of_country, of_level};
pub(super) use schema::{SCHEMAS, schema, schema_path};

use super::{RenderError, json};
use crate::assess::{AssessedTeam, Assessment};
use crate::model::Date;
use lines::Lines;
use schemars::JsonSchema;
use serde::Serialize;
use std::io::Write;

/// Where every team stands in one file.
pub(super) const TEAMS: &str = "api/v1/teams.json";

/// What each file of ours begins with, and what it is about.
#[derive(Serialize, JsonSchema)]
struct File<'a, T> {
    /// Which file of ours it is.
    format: &'static str,
    /// 1 as long as the promise is kept.
    version: u32,
    /// The directory's name.
    directory: &'a str,
    /// The day for which everything in it is said.
    computed_for: Date,
    #[serde(flatten)]
    content: T,
}

/// Writes a file of ours: `content`, after what each begins with.
///
/// # Errors
/// Where `out` fails.
pub(super) fn write(
    format: &'static str,
    assessment: &Assessment<'_>,
    content: impl Serialize,
    out: &mut dyn Write,
) -> Result<(), RenderError> {
    let directory = assessment.directory.config.title.as_str();
    let file = File { format, version: 1, directory, computed_for: assessment.today, content };
    json::write(&file, Lines::default(), out)
}

#[derive(Serialize, JsonSchema)]
struct TeamsFile<'a> {
    /// Every team, by name.
    #[schemars(with = "Vec<team::TeamView<'a>>")]
    teams: Teams<'a>,
}

#[derive(Serialize, JsonSchema)]
struct TeamFile<'a> {
    team: team::TeamView<'a>,
}

/// Writes every team into one file.
///
/// # Errors
/// Where `out` fails.
pub(super) fn teams(assessment: &Assessment<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    write("peerage/teams", assessment, TeamsFile { teams: Teams(assessment) }, out)
}

/// Writes one team into a file of its own.
///
/// # Errors
/// Where `out` fails.
pub(super) fn team(team: &AssessedTeam<'_>, assessment: &Assessment<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    write("peerage/team", assessment, TeamFile { team: team::view(team, assessment) }, out)
}

/// The teams one after the other, so that they need not all be in memory in this form.
struct Teams<'a>(&'a Assessment<'a>);

impl Serialize for Teams<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.teams.iter().map(|team| team::view(team, self.0)))
    }
}
