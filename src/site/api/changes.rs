//! `api/v1/changes.json`: what has become of the teams, newest first, in our own JSON, version 1.
//!
//! The promise is that of `api`. The newest are written, with how many there are in all. Of which changes there are, and
//! which are left out on purpose, see `assess::changes`.

use crate::assess::{AssessedTeam, Assessment, PastChange};
use crate::model::{Date, KeyKind, Level};
use crate::site::RenderError;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Reverse;
use std::io::Write;

/// Where it stands in the site.
pub(in crate::site) const CHANGES: &str = "api/v1/changes.json";

/// How many changes the file holds at most.
const MOST: usize = 1000;

/// What has become of a team.
pub(in crate::site) struct TeamChange<'a> {
    /// The team.
    pub(in crate::site) team: &'a AssessedTeam<'a>,
    /// What, and when.
    pub(in crate::site) change: PastChange<'a>,
}

/// The newest changes, at most `most` of them, and how many there are in all. Of one day: in the order of the teams.
pub(in crate::site) fn newest<'a>(assessment: &'a Assessment<'a>, most: usize) -> (Vec<TeamChange<'a>>, usize) {
    let of_team =
        |team: &'a AssessedTeam<'a>| assessment.changes(team).into_iter().map(move |change| TeamChange { team, change });
    let mut changes: Vec<TeamChange<'_>> = assessment.teams.par_iter().flat_map_iter(of_team).collect();
    let total = changes.len();
    changes.sort_by_key(|one| Reverse(one.change.on));
    changes.truncate(most);
    (changes, total)
}

/// Writes the file.
///
/// # Errors
/// Where `out` fails.
pub(in crate::site) fn changes(assessment: &Assessment<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    let (changes, total) = newest(assessment, MOST);
    super::write("peerage/changes", assessment, ChangesFile { total, changes: changes.iter().map(view).collect() }, out)
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ChangesFile<'a> {
    /// How many changes there are, also where the file does not hold all.
    total: usize,
    changes: Vec<ChangeView<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct ChangeView<'a> {
    on: Date,
    kind: &'static str,
    /// The level that it is about.
    level: Option<Level>,
    /// The key that it is about.
    key: Option<KeyView<'a>>,
    /// The change in words.
    text: String,
    team: TeamView<'a>,
}

#[derive(Serialize, JsonSchema)]
struct KeyView<'a> {
    kind: KeyKind,
    /// In digits alone.
    fingerprint: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct TeamView<'a> {
    id: &'a str,
    name: &'a str,
    page: String,
}

fn view<'a>(one: &TeamChange<'a>) -> ChangeView<'a> {
    let (team, kind) = (one.team.team, one.change.kind);
    ChangeView {
        on: one.change.on,
        kind: kind.id(),
        level: kind.level(),
        key: kind.key().map(|key| KeyView { kind: key.kind, fingerprint: key.fingerprint.digits() }),
        text: kind.to_string(),
        team: TeamView { id: team.id.as_str(), name: team.name.as_str(), page: format!("teams/{}.html", team.id) },
    }
}
