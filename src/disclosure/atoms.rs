//! Atoms: classes of sheets that no figure tells apart.

use crate::model::{Cohort, Contributor, Date, Parameter, Score, TeamId};
use std::collections::{BTreeMap, BTreeSet};

/// Scores that anybody may read, by the team and the day of the assessment.
pub type Known = BTreeMap<(TeamId, Date), BTreeMap<Parameter, Score>>;

/// What makes a sheet itself. Corrected scores make another sheet.
type Identity<'a> = (&'a TeamId, Date, &'a BTreeMap<Parameter, Score>);

/// An edition as a partition sees it: who contributed, and to which published groups. It is earlier or the one that is
/// being made.
#[derive(Clone, Copy)]
pub(super) struct Roster<'a> {
    pub(super) contributors: &'a [Contributor],
    pub(super) cohorts: &'a [Cohort],
    pub(super) insisted: bool,
}

/// All sheets that were ever used in a series but those that everybody may read by now.
pub(super) struct Sheets<'a> {
    sheets: Vec<&'a Contributor>,
    /// Those of which anybody may read a part. The rest is still confidential; but they protect no other.
    partly: BTreeSet<usize>,
    /// For each edition the sheets that it used, with the contributor as it was then.
    used: Vec<BTreeMap<usize, &'a Contributor>>,
}

/// Sheets that are told apart by no figure, by their places in [`Sheets`]. Never empty.
pub(super) type Atom = Vec<usize>;

impl<'a> Sheets<'a> {
    /// The sheets of these editions, the newest of them last.
    pub(super) fn new(rosters: &[Roster<'a>], known: &Known) -> Self {
        let mut places: BTreeMap<Identity<'a>, usize> = BTreeMap::new();
        let mut sheets = Vec::new();
        let mut partly = BTreeSet::new();
        let mut used = Vec::new();
        for roster in rosters {
            let mut of_edition = BTreeMap::new();
            for contributor in roster.contributors {
                let scores = contributor.scores.look_inside();
                let read = known.get(&(contributor.team.clone(), contributor.assessed));
                if read.is_some_and(|read| scores.iter().all(|(parameter, score)| read.get(parameter) == Some(score))) {
                    continue;
                }
                let identity = (&contributor.team, contributor.assessed, scores);
                let place = *places.entry(identity).or_insert_with(|| {
                    sheets.push(contributor);
                    sheets.len() - 1
                });
                of_edition.insert(place, contributor);
                if read.is_some() {
                    partly.insert(place);
                }
            }
            used.push(of_edition);
        }
        Self { sheets, partly, used }
    }

    /// The atoms of these editions: sheets that were in the same published groups of those that `counts` takes.
    pub(super) fn atoms(&self, rosters: &[Roster<'_>], counts: impl Fn(&Roster<'_>) -> bool) -> BTreeSet<Atom> {
        let mut signatures: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for (edition, roster) in rosters.iter().enumerate().filter(|(_, roster)| counts(roster)) {
            for (sheet, contributor) in &self.used[edition] {
                let groups = roster.cohorts.iter().enumerate().filter(|(_, cohort)| contributor.belongs_to(cohort));
                signatures.entry(*sheet).or_default().extend(groups.map(|(group, _)| (edition, group)));
            }
        }
        let mut atoms: BTreeMap<Vec<(usize, usize)>, Atom> = BTreeMap::new();
        for (sheet, signature) in signatures {
            atoms.entry(signature).or_default().push(sheet);
        }
        atoms.into_values().collect()
    }

    /// The sheets that an edition used, by its place among the editions.
    pub(super) fn used_in(&self, edition: usize) -> BTreeSet<usize> {
        self.used.get(edition).into_iter().flat_map(BTreeMap::keys).copied().collect()
    }

    /// How many sheets of an edition belong to a group and protect each other.
    pub(super) fn members(&self, edition: usize, cohort: &Cohort) -> usize {
        let belongs =
            |(sheet, contributor): &(&usize, &&Contributor)| !self.partly.contains(sheet) && contributor.belongs_to(cohort);
        self.used.get(edition).into_iter().flatten().filter(belongs).count()
    }

    /// The teams of some sheets, sorted.
    pub(super) fn teams(&self, sheets: impl IntoIterator<Item = usize>) -> BTreeSet<TeamId> {
        sheets.into_iter().map(|sheet| self.sheets[sheet].team.clone()).collect()
    }

    /// How many sheets of an atom protect each other: those of which nobody may read a part.
    pub(super) fn hidden(&self, atom: &Atom) -> usize {
        atom.iter().filter(|sheet| !self.partly.contains(sheet)).count()
    }

    /// How many sheets of an atom that protect each other have the most frequent value, where `value` says what a sheet has.
    pub(super) fn most_alike<V: Ord>(&self, atom: &Atom, value: impl Fn(&BTreeMap<Parameter, Score>) -> V) -> usize {
        let mut counts: BTreeMap<V, usize> = BTreeMap::new();
        for sheet in atom.iter().filter(|sheet| !self.partly.contains(sheet)) {
            *counts.entry(value(self.sheets[*sheet].scores.look_inside())).or_default() += 1;
        }
        counts.into_values().max().unwrap_or_default()
    }
}
