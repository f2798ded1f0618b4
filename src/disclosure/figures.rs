//! The figures themselves. None is computed before there is a verdict on it.

use super::control::Verdict;
use super::roll::Roll;
use crate::model::{CohortFigures, Contributor, Parameter, Profile, ProfileId, SeriesFigures, Spread, Tally, Withheld, share_of};
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

/// The figures of `roll` that the verdict allows.
pub(super) fn under(verdict: &Verdict, roll: &Roll) -> Passed<SeriesFigures> {
    let (parameters, profiles) = (verdict.parameters(), verdict.profiles());
    let profiles: Vec<&Profile> = roll.profiles.iter().filter(|profile| profiles.contains(&profile.id)).collect();
    let figures = |cohort: &_| {
        let everybody = roll.contributors.iter().chain(&roll.open);
        let members: Vec<&Contributor> = everybody.filter(|contributor| contributor.belongs_to(cohort)).collect();
        CohortFigures {
            cohort: Clone::clone(cohort),
            teams: number(members.len()),
            parameters: parameters.iter().filter_map(|p| Some((*p, Spread::of(&tally(&members, *p))?))).collect(),
            categories: categories(&members, parameters),
            profiles: profiles.iter().filter_map(|profile| Some((profile.id.clone(), share(&members, profile)?))).collect(),
        }
    };
    let cohorts: Vec<CohortFigures> = verdict.cohorts().iter().map(figures).collect();
    let told: BTreeSet<&ProfileId> = profiles.iter().map(|profile| &profile.id).collect();
    let withheld = Withheld {
        parameters: roll.parameters.iter().filter(|p| !parameters.contains(p)).copied().collect(),
        profiles: roll.profiles.iter().map(|profile| &profile.id).filter(|id| !told.contains(id)).cloned().collect(),
        cohorts: roll.groups.iter().filter(|cohort| !verdict.cohorts().contains(cohort)).cloned().collect(),
    };
    let (series, minimum, insisted) = (roll.series, number(roll.minimum), verdict.insisted());
    Passed(SeriesFigures { series, minimum, insisted, cohorts, withheld })
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

/// The share of the members that meet a profile. A parameter that was not scored is not met.
fn share(members: &[&Contributor], profile: &Profile) -> Option<u8> {
    let met = members.iter().filter(|member| profile.gaps(member.scores.look_inside()).is_empty()).count();
    share_of(number(met), number(members.len()))
}
