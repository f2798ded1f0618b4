//! Our own JSON, version 1, in `api/v1`.
//!
//! The promise: files and keys are added, never removed or renamed, and never change their meaning; what would break this
//! is version 2, beside it. Every status says for which day it was computed, how long it holds, and what it becomes next.
//! `docs/api.md` says what there is, and `api/v1/schema` has the JSON Schema of each file.

mod lists;
mod team;

pub(super) use lists::{country_path, level_path, of_country, of_level};

use super::RenderError;
use crate::assess::{AssessedTeam, Assessment};
use crate::model::Date;
use serde::Serialize;
use serde_json::Serializer;
use std::io::Write;

/// Where every team stands in one file.
pub(super) const TEAMS: &str = "api/v1/teams.json";

/// What each file begins with.
#[derive(Serialize)]
struct File<'a, T> {
    format: &'static str,
    version: u32,
    directory: &'a str,
    computed_for: Date,
    #[serde(flatten)]
    content: T,
}

/// Writes a file of ours, with `content` after what each begins with.
fn write(
    format: &'static str,
    assessment: &Assessment<'_>,
    content: impl Serialize,
    mut out: &mut dyn Write,
) -> Result<(), RenderError> {
    let directory = assessment.directory.config.title.as_str();
    let file = File { format, version: 1, directory, computed_for: assessment.today, content };
    file.serialize(&mut Serializer::pretty(&mut out)).map_err(std::io::Error::from)?;
    Ok(out.write_all(b"\n")?)
}

/// Writes every team into one file.
///
/// # Errors
/// Where `out` fails.
pub(super) fn teams(assessment: &Assessment<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    #[derive(Serialize)]
    struct Content<'a> {
        teams: Teams<'a>,
    }
    write("peerage/teams", assessment, Content { teams: Teams(assessment) }, out)
}

/// The teams one after the other, so that they need not all be in memory in this form.
struct Teams<'a>(&'a Assessment<'a>);

impl Serialize for Teams<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.teams.iter().map(|team| team::view(team, self.0)))
    }
}

/// Writes one team into a file of its own.
///
/// # Errors
/// Where `out` fails.
pub(super) fn team(team: &AssessedTeam<'_>, assessment: &Assessment<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    #[derive(Serialize)]
    struct Content<'a> {
        team: team::TeamView<'a>,
    }
    write("peerage/team", assessment, Content { team: team::view(team, assessment) }, out)
}
