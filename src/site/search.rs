//! What the list of all teams is searched, filtered and sorted by in a browser: every team in short, in files that the script
//! of the page loads when it is first used.
//!
//! The files hold no words of ours, so that they serve pages in every language: what people read stands in the page. Names
//! are folded here, by the one function that lookup has for it, so that the script only compares. No file is larger than a
//! page with a list may be; one is made of its own teams alone.

use super::RenderError;
use super::split::{LARGEST, Series, split};
use super::views::then;
use crate::assess::{AssessedTeam, Assessment, End, FlagClass, Strength};
use crate::lookup::file;
use crate::model::{Date, Level, Line, Slug, joined, words};
use rayon::prelude::*;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::ops::Range;
use std::sync::OnceLock;

/// The function that the page registers for the files.
const FUNCTION: &str = "peerageTeams";

/// What a file takes apart from its teams, at most.
const FRAME: usize = 100;

/// How many types and memberships can be chosen, those that most teams have.
const MOST_CHOICES: usize = 100;

/// What can be chosen of the list of all teams, and in which files its teams stand.
pub(super) struct Search<'a> {
    /// Which teams stand in each file, in the order of the list. What all rows weigh takes time, and a preview that is not
    /// asked for the list does not need it.
    files: OnceLock<Vec<Range<usize>>>,
    /// The types that can be chosen.
    pub(super) types: BTreeSet<&'a Slug>,
    /// The memberships that can be chosen, by name.
    pub(super) memberships: BTreeSet<&'a str>,
    /// The kinds of flags that some team has.
    pub(super) flags: BTreeSet<FlagClass>,
}

/// A file of teams.
#[derive(Serialize)]
struct File<'a> {
    computed_for: Date,
    teams: Vec<Row<'a>>,
}

/// A team in short; an array, since there are many: id, name, official name, code of the country, status, last day of that
/// (`unknown` for a certification whose end was not stated), what it becomes, types, flags (each with its strength and, where
/// there is one, its day), memberships, and what it is found by.
#[derive(Serialize)]
struct Row<'a>(
    &'a str,
    &'a str,
    Option<&'a str>,
    &'a str,
    &'static str,
    Option<String>,
    String,
    Vec<&'a Slug>,
    Vec<(FlagClass, Strength, Option<Date>)>,
    Vec<&'a str>,
    String,
);

impl<'a> Search<'a> {
    /// What can be chosen of `teams`, all those of the directory.
    pub(super) fn new(teams: &[&'a AssessedTeam<'a>], today: Date) -> Self {
        let kinds = |team: &&'a AssessedTeam<'a>| team.team.types.iter().map(|kind| &kind.value).collect();
        let ties = |team: &&'a AssessedTeam<'a>| {
            let held = team.team.memberships.iter().filter(|tie| tie.period.holds_on(today));
            held.map(|tie| tie.name.as_str()).collect()
        };
        Self {
            files: OnceLock::new(),
            types: most_common(teams.iter().map(kinds)),
            memberships: most_common(teams.iter().map(ties)),
            flags: teams.iter().flat_map(|team| &team.flags).map(|flag| flag.kind.class()).collect(),
        }
    }

    /// Which of `teams`, all those of `assessment`, stand in each file.
    pub(super) fn files(&self, teams: &[&'a AssessedTeam<'a>], assessment: &Assessment<'_>) -> &[Range<usize>] {
        self.files.get_or_init(|| {
            let weights: Vec<usize> = teams.par_iter().map(|team| weight(&self.row(team, assessment))).collect();
            split(&weights, LARGEST - FRAME, &Series::new("", "")).map(|part| part.range).collect()
        })
    }

    /// Where the file of this number stands, from 1.
    pub(super) fn path(number: usize) -> String {
        format!("teams/data/{number}.js")
    }

    /// Writes the file of this number, of `teams`, all those of `assessment`.
    ///
    /// # Errors
    /// Where `out` fails.
    pub(super) fn write(
        &self,
        number: usize,
        teams: &[&'a AssessedTeam<'a>],
        assessment: &Assessment<'_>,
        out: &mut dyn Write,
    ) -> Result<(), RenderError> {
        let files = self.files(teams, assessment);
        let range = number.checked_sub(1).and_then(|at| files.get(at)).cloned().unwrap_or_default();
        let teams = teams[range].iter().map(|team| self.row(team, assessment)).collect();
        let file = File { computed_for: assessment.today, teams };
        let script = file::call(FUNCTION, &number.to_string(), &file).map_err(io::Error::from)?;
        Ok(out.write_all(script.as_bytes())?)
    }

    fn row(&self, assessed: &'a AssessedTeam<'a>, assessment: &Assessment<'_>) -> Row<'a> {
        let (team, standing) = (assessed.team, &assessed.standing);
        let certified = standing.status.counting() == Some(Level::Certified);
        let end = standing.certificate.map(|certificate| certificate.end);
        let until = standing.valid_until.map(|until| until.to_string());
        let official_name = team.official_name.as_ref().map(Line::as_str);
        let flags = assessed.flags.iter().filter(|flag| flag.kind.class() != FlagClass::NoLevelStated);
        let held = team.memberships.iter().filter(|tie| tie.period.holds_on(assessment.today));
        let memberships = held.map(|tie| tie.name.as_str()).filter(|name| self.memberships.contains(name));
        Row(
            team.id.as_str(),
            team.name.as_str(),
            official_name,
            team.country.code(),
            standing.status.id(),
            until.or_else(|| (certified && end == Some(End::NotStated)).then(|| "unknown".to_owned())),
            then(assessed, assessment),
            team.types.iter().map(|kind| &kind.value).collect(),
            flags.map(|flag| (flag.kind.class(), flag.strength, flag.kind.on())).collect(),
            memberships.collect(),
            found_by(team.name.as_str(), official_name, team.id.as_str()),
        )
    }
}

/// The words of a team's names and id, folded, each once, and its name without anything between them.
fn found_by(name: &str, official_name: Option<&str>, id: &str) -> String {
    let mut found: Vec<String> = Vec::new();
    let names = [Some(name), official_name, Some(id)].into_iter().flatten();
    for word in names.flat_map(words).chain([joined(name)]) {
        if !word.is_empty() && !found.contains(&word) {
            found.push(word);
        }
    }
    found.join(" ")
}

/// What most have, as many as can be chosen from; of one number of teams the first in order.
fn most_common<'a, T: Ord + ?Sized>(of_teams: impl Iterator<Item = BTreeSet<&'a T>>) -> BTreeSet<&'a T> {
    let mut counts: BTreeMap<&T, usize> = BTreeMap::new();
    for one in of_teams.flatten() {
        *counts.entry(one).or_default() += 1;
    }
    let mut order: Vec<(&T, usize)> = counts.into_iter().collect();
    order.sort_by_key(|(_, teams)| Reverse(*teams));
    order.into_iter().take(MOST_CHOICES).map(|(one, _)| one).collect()
}

/// What a row takes in its file, with what is written in its place so that the file can stand anywhere.
fn weight(row: &Row<'_>) -> usize {
    let json = serde_json::to_string(row).unwrap_or_default();
    let extra = |c: char| if file::is_escaped(c) { "\\u0000".len() - c.len_utf8() } else { 0 };
    json.len() + ",".len() + json.chars().map(extra).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_is_found_by_its_folded_names() {
        let found = found_by("CERT-Škoda", Some("Škoda Computer Emergency Team"), "cert-skoda");
        assert_eq!(found, "cert skoda computer emergency team certskoda");
        assert_eq!(found_by("***", None, "x"), "x");
    }

    #[test]
    fn what_most_have_can_be_chosen() {
        let names: Vec<String> = (0..200).map(|at| format!("m{at:03}")).collect();
        let of_teams = || names.iter().enumerate().map(|(at, name)| BTreeSet::from([name.as_str(), names[at % 7].as_str()]));
        let chosen = most_common(of_teams());
        assert_eq!(chosen.len(), MOST_CHOICES);
        assert!(chosen.contains("m006") && chosen.contains("m099") && !chosen.contains("m199"));
    }
}
