//! The figures themselves. None is computed before there is a verdict on it.

use super::roll::Roll;
use crate::model::{
    Cohort, CohortFigures, Contributor, Parameter, ProfileId, ProfileLedger, SeriesFigures, SeriesLedger, Spread, Tally,
    Withheld, share_of,
};
use std::collections::{BTreeMap, BTreeSet};

/// What passed statistical disclosure control. There is no other way to make one, and nothing that is confidential has a
/// text form before it is part of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Passed<T>(T);

impl<T> Passed<T> {
    /// What may be told.
    pub fn get(&self) -> &T {
        &self.0
    }
}

/// What may be told of `roll`, where `ledger` says what that is.
pub(super) fn under(ledger: &SeriesLedger, roll: &Roll) -> Passed<SeriesFigures> {
    let told: BTreeSet<&ProfileId> = published(&ledger.profiles).map(|profile| &profile.id).collect();
    let withheld = Withheld {
        parameters: roll.parameters.iter().filter(|p| !ledger.published.contains(p)).copied().collect(),
        profiles: roll.profiles.iter().map(|profile| &profile.id).filter(|id| !told.contains(id)).cloned().collect(),
        cohorts: roll.groups.iter().filter(|cohort| !ledger.cohorts.contains(cohort)).cloned().collect(),
    };
    let (series, minimum, insisted) = (roll.series, number(roll.minimum), ledger.insisted);
    Passed(SeriesFigures { series, minimum, insisted, cohorts: cohorts(ledger), withheld })
}

/// The figures of all groups. They follow from the ledger alone, so that each can be held against the other later.
pub(super) fn cohorts(ledger: &SeriesLedger) -> Vec<CohortFigures> {
    let parameters = &ledger.published;
    let figures = |cohort: &Cohort| {
        let everybody = ledger.contributors.iter().chain(&ledger.open);
        let members: Vec<&Contributor> = everybody.filter(|contributor| contributor.belongs_to(cohort)).collect();
        let share = |profile: &ProfileLedger| Some((profile.id.clone(), share(&members, profile)?));
        CohortFigures {
            cohort: cohort.clone(),
            teams: number(members.len()),
            parameters: parameters.iter().filter_map(|p| Some((*p, Spread::of(&tally(&members, *p))?))).collect(),
            categories: categories(&members, parameters),
            profiles: published(&ledger.profiles).filter_map(share).collect(),
        }
    };
    ledger.cohorts.iter().map(figures).collect()
}

fn published(profiles: &[ProfileLedger]) -> impl Iterator<Item = &ProfileLedger> {
    profiles.iter().filter(|profile| profile.published)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn tally(members: &[&Contributor], parameter: Parameter) -> Tally {
    members.iter().filter_map(|member| member.scores.look_inside().get(&parameter).copied()).collect()
}

fn categories(members: &[&Contributor], parameters: &BTreeSet<Parameter>) -> BTreeMap<char, Spread> {
    let letters: BTreeSet<char> = parameters.iter().map(|parameter| parameter.category()).collect();
    let pooled = |letter: char| {
        let of_category = parameters.iter().filter(move |parameter| parameter.category() == letter);
        let scores = of_category.flat_map(|p| members.iter().filter_map(|member| member.scores.look_inside().get(p).copied()));
        Spread::of(&scores.collect())
    };
    letters.into_iter().filter_map(|letter| Some((letter, pooled(letter)?))).collect()
}

/// The share of the members that meet a profile.
fn share(members: &[&Contributor], profile: &ProfileLedger) -> Option<u8> {
    let met = members.iter().filter(|member| profile.is_met(member.scores.look_inside())).count();
    share_of(number(met), number(members.len()))
}
