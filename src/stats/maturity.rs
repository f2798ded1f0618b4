//! What the scores add up to that teams publish themselves, for each series by itself.

use super::count;
use crate::assess::{AssessedTeam, Assessment, counting};
use crate::model::{Cohort, CohortFigures, MaturityAssessment, Profile, Series, Spread, Tally, Visibility, share_of};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// From how many teams on a part of a series has figures of its own: fewer say nothing of a group. These scores are
/// public, so it protects nobody.
pub const LEAST_COHORT: u32 = 5;

/// The figures of one series, from published scores alone.
#[derive(Debug)]
pub struct PublicFigures {
    /// Which.
    pub series: Series,
    /// All teams of the series first; then of its levels, the highest first, and of its constituency types those that
    /// have [`LEAST_COHORT`] teams.
    pub cohorts: Vec<CohortFigures>,
}

/// The figures of every series of which a team in `teams` publishes scores that count.
pub(super) fn figures<'a>(teams: &[&'a AssessedTeam<'a>], assessment: &'a Assessment<'a>) -> Vec<PublicFigures> {
    let policy = assessment.directory.config.policy;
    let mut series: BTreeMap<Series, Vec<(&AssessedTeam<'_>, &MaturityAssessment)>> = BTreeMap::new();
    for team in teams {
        for (of, scores) in counting(team.team.maturity.iter().chain(&team.team.tested), policy, assessment.today) {
            if scores.visibility == Visibility::Public {
                series.entry(of).or_default().push((team, scores));
            }
        }
    }
    let profiles = &assessment.directory.profiles;
    series.into_iter().map(|(series, members)| of_series(series, &members, profiles)).collect()
}

fn of_series(series: Series, members: &[(&AssessedTeam<'_>, &MaturityAssessment)], profiles: &[Profile]) -> PublicFigures {
    let mut cohorts: BTreeMap<Cohort, Vec<&MaturityAssessment>> = BTreeMap::new();
    for (team, scores) in members {
        let level = team.standing.status.counting().map(Cohort::Level);
        let mut own: Vec<Cohort> = team.team.types.iter().map(|kind| Cohort::Type(kind.value.clone())).collect();
        own.sort_unstable();
        own.dedup();
        for cohort in [Cohort::All].into_iter().chain(level).chain(own) {
            cohorts.entry(cohort).or_default().push(scores);
        }
    }
    cohorts.retain(|cohort, members| *cohort == Cohort::All || count(members.len()) >= LEAST_COHORT);
    let figures = cohorts.into_par_iter().map(|(cohort, members)| of_cohort(cohort, series, &members, profiles));
    let mut cohorts: Vec<CohortFigures> = figures.collect();
    cohorts.sort_by_key(|figures| match &figures.cohort {
        Cohort::All => (0, None),
        Cohort::Level(level) => (1, Some(Reverse(*level))),
        Cohort::Type(_) => (2, None),
    });
    PublicFigures { series, cohorts }
}

fn of_cohort(cohort: Cohort, series: Series, members: &[&MaturityAssessment], profiles: &[Profile]) -> CohortFigures {
    let tally = |parameter| -> Tally { members.iter().filter_map(|one| one.scores.get(&parameter).copied()).collect() };
    let mut categories = BTreeMap::new();
    let mut parameters = BTreeMap::new();
    for category in series.model.categories() {
        let mut all = Tally::default();
        for parameter in category.parameters() {
            let tally = tally(parameter);
            all.merge(&tally);
            parameters.extend(Spread::of(&tally).map(|spread| (parameter, spread)));
        }
        categories.extend(Spread::of(&all).map(|spread| (category.letter, spread)));
    }
    let meet = |profile: &Profile| count(members.iter().filter(|one| profile.gaps(&one.scores).is_empty()).count());
    let profiles = profiles.iter().filter(|profile| profile.model == series.model);
    let shares = profiles.filter_map(|profile| Some((profile.id.clone(), share_of(meet(profile), count(members.len()))?)));
    CohortFigures { cohort, teams: count(members.len()), profiles: shares.collect(), parameters, categories }
}
