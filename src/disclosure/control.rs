//! The decision: what of a series may be published, given all that was published before. The argument is in the module's
//! head.

use super::atoms::{Atom, Known, Roster, Sheets};
use super::figures::{self, Passed};
use super::roll::Roll;
use crate::model::{Cohort, Parameter, Profile, ProfileId, ProfileLedger, Score, SeriesFigures, SeriesLedger, TeamId};
use std::collections::{BTreeMap, BTreeSet};

/// How many sheets of an atom have another score than any given one, at least: the attacker's, one in exchange, and one
/// more in case somebody publishes.
const DEVIATING: usize = 3;

/// What was decided about a series.
#[derive(Debug)]
pub enum Decision {
    /// An edition of it can be made.
    Made(Box<Made>),
    /// None can be made.
    Refused(Refusal),
}

/// An edition of one series.
#[derive(Debug)]
pub struct Made {
    /// What may be told to everybody.
    pub figures: Passed<SeriesFigures>,
    /// What is kept in the private tree.
    pub ledger: SeriesLedger,
    /// What the operator should know.
    pub account: Account,
}

/// Why no edition of a series can be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// So many contribute confidential scores, and so many are needed. Nobody can insist.
    TooFew(usize, usize),
    /// So many joined, left or were assessed anew since the last edition, and so many are needed.
    TooLittleChanged(usize, usize),
    /// Comparing it with earlier editions would single out groups that are too small; so many sheets are needed.
    Differencing(Vec<Split>, usize),
    /// These parameters would have to be withheld for the first time, after a profile with them was looked at.
    TooUniform(Vec<Parameter>),
}

/// A group of contributors that can be singled out by comparing published figures.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Split {
    /// Whether it contributed before, and whether it contributes now.
    pub seen: Seen,
    /// Who it is.
    pub teams: BTreeSet<TeamId>,
}

/// In which editions assessments were used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seen {
    /// In earlier ones only: the team has left, or was assessed anew.
    Before,
    /// In this one and an earlier one.
    Both,
    /// In this one only.
    Now,
}

/// What the operator should know of an edition: the true reasons, and what the step from earlier ones tells.
#[derive(Debug, Default)]
pub struct Account {
    /// What the operator insists against.
    pub against: Option<Refusal>,
    /// Groups without figures, and the smallest group that their figures would single out; 0 where nobody belongs to it.
    pub cohorts: Vec<(Cohort, usize)>,
    /// Parameters that are withheld since in a group that no figure tells apart so many of so many have one score.
    pub uniform: Vec<(Parameter, usize, usize)>,
    /// Parameters that stay withheld, for assessments of an edition that withheld them are still in use.
    pub barred: Vec<Parameter>,
    /// Profiles that are withheld since so many of so many are alike; `None` where a parameter of it is withheld.
    pub profiles: Vec<(ProfileId, Option<(usize, usize)>)>,
    /// What can be singled out by comparing this edition with earlier ones, and within it. The smallest first.
    pub splits: Vec<Split>,
}

/// What may be told of a series.
#[derive(Default)]
struct Verdict {
    cohorts: Vec<Cohort>,
    parameters: BTreeSet<Parameter>,
    profiles: BTreeSet<ProfileId>,
    insisted: bool,
}

/// Decides what of `roll` may be published after the editions of `past`, oldest first. Where that is nothing, `insist`
/// makes an edition as if there had been none before; only [`Refusal::TooFew`] stands even then.
pub fn decide(roll: &Roll, past: &[&SeriesLedger], insist: bool) -> Decision {
    let known = known(roll, past);
    let case = Case::new(roll, past, &known);
    let present = case.members(&Cohort::All);
    if present < roll.minimum {
        return Decision::Refused(Refusal::TooFew(present, roll.minimum));
    }
    let barred: BTreeSet<Parameter> = roll.parameters.iter().copied().filter(|p| case.is_barred(*p)).collect();
    let judged = match case.judge(&barred) {
        Err(refusal) if insist => Case::new(roll, &[], &known).judge(&barred).map(|mut judged| {
            judged.verdict.insisted = true;
            judged.account.against = Some(refusal);
            judged.account.splits = case.splits(&judged.verdict.cohorts);
            judged
        }),
        judged => judged,
    };
    match judged {
        Ok(judged) => Decision::Made(Box::new(judged.made(roll))),
        Err(refusal) => Decision::Refused(refusal),
    }
}

/// What anybody may have read: what teams publish by now, and what they published when an edition was made.
fn known(roll: &Roll, past: &[&SeriesLedger]) -> Known {
    let mut known = roll.known.clone();
    for open in past.iter().flat_map(|edition| &edition.open) {
        known.entry((open.team.clone(), open.assessed)).or_default().extend(open.scores.look_inside());
    }
    known
}

/// A verdict and what belongs to it.
#[derive(Default)]
struct Judged {
    verdict: Verdict,
    looked_at: BTreeSet<ProfileId>,
    account: Account,
}

impl Judged {
    fn made(self, roll: &Roll) -> Made {
        let looked_at = roll.profiles.iter().filter(|profile| self.looked_at.contains(&profile.id));
        let profiles = looked_at.map(|profile| ProfileLedger {
            id: profile.id.clone(),
            published: self.verdict.profiles.contains(&profile.id),
            minimum: profile.minimum.clone(),
        });
        let ledger = SeriesLedger {
            series: roll.series,
            insisted: self.verdict.insisted,
            cohorts: self.verdict.cohorts,
            published: self.verdict.parameters,
            uniform: self.account.uniform.iter().map(|(parameter, ..)| *parameter).collect(),
            profiles: profiles.collect(),
            contributors: roll.contributors.clone(),
            open: roll.open.clone(),
        };
        Made { figures: figures::under(&ledger, roll), ledger, account: self.account }
    }
}

/// A roll and what was published before.
struct Case<'a> {
    roll: &'a Roll,
    past: Vec<&'a SeriesLedger>,
    sheets: Sheets<'a>,
    /// The sheets of each edition of the past.
    used: Vec<BTreeSet<usize>>,
    /// The sheets of this one.
    current: BTreeSet<usize>,
}

impl<'a> Case<'a> {
    fn new(roll: &'a Roll, past: &[&'a SeriesLedger], known: &Known) -> Self {
        let earlier = past.iter().map(|edition| roster(edition));
        let current = Roster { contributors: &roll.contributors, cohorts: &[], insisted: false };
        let rosters: Vec<Roster<'_>> = earlier.chain([current]).collect();
        let sheets = Sheets::new(&rosters, known);
        let used = (0..past.len()).map(|edition| sheets.used_in(edition)).collect();
        let current = sheets.used_in(past.len());
        Self { roll, past: past.to_vec(), sheets, used, current }
    }

    fn judge(&self, barred: &BTreeSet<Parameter>) -> Result<Judged, Refusal> {
        let minimum = self.roll.minimum;
        if let Some(last) = self.used.last() {
            let changed = self.sheets.teams(last.symmetric_difference(&self.current).copied()).len();
            if changed < minimum {
                return Err(Refusal::TooLittleChanged(changed, minimum));
            }
        }
        let mut judged = Judged::default();
        self.choose_cohorts(&mut judged)?;
        let atoms = self.atoms(&judged.verdict.cohorts, true);
        self.look_at_parameters(&atoms, barred, &mut judged)?;
        self.look_at_profiles(&atoms, &mut judged);
        judged.account.splits = self.splits(&judged.verdict.cohorts);
        Ok(judged)
    }

    /// The atoms after this edition has been published for `cohorts`; of the promise only, or with those on which the
    /// operator insisted.
    fn atoms(&self, cohorts: &[Cohort], promised: bool) -> BTreeSet<Atom> {
        let current = Roster { contributors: &self.roll.contributors, cohorts, insisted: false };
        let rosters: Vec<Roster<'_>> = self.past.iter().map(|edition| roster(edition)).chain([current]).collect();
        self.sheets.atoms(&rosters, |roster| !(promised && roster.insisted))
    }

    /// The atoms that are there already, without this edition.
    fn atoms_before(&self, promised: bool) -> BTreeSet<Atom> {
        let rosters: Vec<Roster<'_>> = self.past.iter().map(|edition| roster(edition)).collect();
        self.sheets.atoms(&rosters, |roster| !(promised && roster.insisted))
    }

    /// The atoms that come to be by publishing figures for `cohorts`.
    fn new_atoms(&self, cohorts: &[Cohort]) -> BTreeSet<Atom> {
        let of = |promised| &self.atoms(cohorts, promised) - &self.atoms_before(promised);
        &of(true) | &of(false)
    }

    fn splits(&self, cohorts: &[Cohort]) -> Vec<Split> {
        self.singled_out(self.new_atoms(cohorts))
    }

    /// Who is in these atoms, the smallest first.
    fn singled_out(&self, atoms: impl IntoIterator<Item = Atom>) -> Vec<Split> {
        let before: BTreeSet<usize> = self.used.iter().flatten().copied().collect();
        let split = atoms.into_iter().map(|atom| {
            let seen = match (atom.iter().any(|sheet| before.contains(sheet)), atom.iter().any(|s| self.current.contains(s))) {
                (true, true) => Seen::Both,
                (true, false) => Seen::Before,
                (false, _) => Seen::Now,
            };
            Split { seen, teams: self.sheets.teams(atom) }
        });
        let mut splits: Vec<Split> = split.collect();
        splits.sort_by(|a, b| a.teams.len().cmp(&b.teams.len()).then_with(|| a.cmp(b)));
        splits
    }

    /// How many of a group protect each other in this edition.
    fn members(&self, cohort: &Cohort) -> usize {
        self.sheets.members(self.past.len(), cohort)
    }

    /// How many protect each other in the smallest group that figures for `cohorts` would single out anew.
    fn smallest(&self, cohorts: &[Cohort]) -> usize {
        self.new_atoms(cohorts).iter().map(|atom| self.sheets.hidden(atom)).min().unwrap_or(usize::MAX)
    }

    fn choose_cohorts(&self, judged: &mut Judged) -> Result<(), Refusal> {
        let minimum = self.roll.minimum;
        let mut chosen = vec![Cohort::All];
        if self.smallest(&chosen) < minimum {
            let small = self.new_atoms(&chosen).into_iter().filter(|atom| self.sheets.hidden(atom) < minimum);
            return Err(Refusal::Differencing(self.singled_out(small), minimum));
        }
        for group in self.roll.groups.iter().filter(|group| **group != Cohort::All) {
            chosen.push(group.clone());
            let smallest = self.smallest(&chosen).min(self.members(group));
            if smallest < minimum {
                chosen.pop();
                judged.account.cohorts.push((group.clone(), smallest));
            }
        }
        judged.verdict.cohorts = chosen;
        Ok(())
    }

    /// The editions of the promise, with their places.
    fn promised(&self) -> impl Iterator<Item = (usize, &'a SeriesLedger)> {
        self.past.iter().copied().enumerate().filter(|(_, edition)| !edition.insisted)
    }

    /// The last edition that found a parameter too uniform.
    fn last_withheld(&self, parameter: Parameter) -> Option<usize> {
        self.promised().filter(|(_, edition)| edition.uniform.contains(&parameter)).map(|(at, _)| at).last()
    }

    /// Whether a parameter stays withheld, for sheets are still in use that were looked at up to the edition that found
    /// it too uniform.
    fn is_barred(&self, parameter: Parameter) -> bool {
        let Some(last) = self.last_withheld(parameter) else { return false };
        let looked_at = |edition: &SeriesLedger| edition.published.contains(&parameter) || edition.uniform.contains(&parameter);
        let editions = self.promised().filter(|(at, edition)| *at <= last && looked_at(edition));
        editions.into_iter().any(|(at, _)| !self.used[at].is_disjoint(&self.current))
    }

    /// The editions that published a parameter, since it was last withheld; none where no sheet of theirs is in use any
    /// more, for then what they told and what this edition tells are about different assessments.
    fn published_since(&self, parameter: Parameter) -> Vec<(usize, &'a SeriesLedger)> {
        let last = self.last_withheld(parameter);
        let editions = self.promised().filter(|(at, edition)| last < Some(*at) && edition.published.contains(&parameter));
        let mut since: Vec<(usize, &SeriesLedger)> = editions.collect();
        if since.iter().all(|(at, _)| self.used[*at].is_disjoint(&self.current)) {
            since.clear();
        }
        since
    }

    /// The first atom among those of `sheets` in which too many are alike: how many of how many.
    fn alike<V: Ord>(
        &self,
        atoms: &BTreeSet<Atom>,
        sheets: &BTreeSet<usize>,
        value: impl Fn(&BTreeMap<Parameter, Score>) -> V,
    ) -> Option<(usize, usize)> {
        let mut of = atoms.iter().filter(|atom| atom.iter().any(|sheet| sheets.contains(sheet)));
        of.find_map(|atom| {
            let (alike, of) = (self.sheets.most_alike(atom, &value), self.sheets.hidden(atom));
            (alike + DEVIATING > of).then_some((alike, of))
        })
    }

    fn look_at_parameters(
        &self,
        atoms: &BTreeSet<Atom>,
        barred: &BTreeSet<Parameter>,
        judged: &mut Judged,
    ) -> Result<(), Refusal> {
        let mut too_late = Vec::new();
        for parameter in self.roll.parameters.iter().copied() {
            if barred.contains(&parameter) {
                judged.account.barred.push(parameter);
                continue;
            }
            let since = self.published_since(parameter);
            let mut sheets = self.current.clone();
            sheets.extend(since.iter().flat_map(|(at, _)| &self.used[*at]));
            let Some((alike, size)) = self.alike(atoms, &sheets, |scores| scores.get(&parameter).copied()) else {
                judged.verdict.parameters.insert(parameter);
                continue;
            };
            let in_profile = |(_, edition): &(usize, &SeriesLedger)| {
                edition.profiles.iter().any(|profile| profile.minimum.contains_key(&parameter))
            };
            if since.iter().any(in_profile) {
                too_late.push(parameter);
            }
            judged.account.uniform.push((parameter, alike, size));
        }
        if too_late.is_empty() { Ok(()) } else { Err(Refusal::TooUniform(too_late)) }
    }

    fn look_at_profiles(&self, atoms: &BTreeSet<Atom>, judged: &mut Judged) {
        for profile in &self.roll.profiles {
            if !profile.minimum.keys().all(|parameter| judged.verdict.parameters.contains(parameter)) {
                judged.account.profiles.push((profile.id.clone(), None));
                continue;
            }
            judged.looked_at.insert(profile.id.clone());
            let mut sheets = self.current.clone();
            let told = self.promised().filter(|(_, edition)| was_told(profile, edition));
            sheets.extend(told.flat_map(|(at, _)| &self.used[at]));
            match self.alike(atoms, &sheets, |scores| profile.gaps(scores).is_empty()) {
                None => _ = judged.verdict.profiles.insert(profile.id.clone()),
                alike => judged.account.profiles.push((profile.id.clone(), alike)),
            }
        }
    }
}

fn roster(edition: &SeriesLedger) -> Roster<'_> {
    Roster { contributors: &edition.contributors, cohorts: &edition.cohorts, insisted: edition.insisted }
}

/// Whether an edition told the share that meets the profile as it is now.
fn was_told(profile: &Profile, edition: &SeriesLedger) -> bool {
    edition.profiles.iter().any(|known| known.published && known.id == profile.id && known.minimum == profile.minimum)
}
