//! What the scores add up to that teams publish themselves, for each series by itself.

use super::count;
use crate::assess::{AssessedTeam, Assessment, counting};
use crate::model::{Level, MaturityAssessment, Parameter, Profile, Series, Slug, Tally, Visibility};
use std::collections::BTreeMap;

/// From how many teams on a part of a series has figures of its own: fewer say nothing of a group. These scores are
/// public, so it protects nobody.
pub const LEAST_COHORT: u32 = 5;

/// The figures of one series.
#[derive(Debug)]
pub struct SeriesFigures<'a> {
    /// Which.
    pub series: Series,
    /// All teams of the series first; then its levels and its constituency types that have [`LEAST_COHORT`] teams.
    pub cohorts: Vec<CohortFigures<'a>>,
    /// How many of all meet each profile of the series' version, in the order of the profiles.
    pub profiles: Vec<Compliance<'a>>,
}

/// Which teams of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cohort<'a> {
    /// All.
    All,
    /// Those at a level.
    Level(Level),
    /// Those with a constituency type.
    Type(&'a Slug),
}

/// The figures of a cohort.
#[derive(Debug)]
pub struct CohortFigures<'a> {
    /// Which teams.
    pub cohort: Cohort<'a>,
    /// How many.
    pub teams: u32,
    /// The scores of each parameter that the version has, in the model's order.
    pub parameters: Vec<(Parameter, Tally)>,
}

/// How many teams meet a profile.
#[derive(Debug)]
pub struct Compliance<'a> {
    /// The profile.
    pub profile: &'a Profile,
    /// How many meet it.
    pub met: u32,
    /// Of how many.
    pub teams: u32,
}

impl CohortFigures<'_> {
    /// The scores of all parameters of a category together.
    pub fn category(&self, letter: char) -> Tally {
        let mut all = Tally::default();
        self.parameters.iter().filter(|(parameter, _)| parameter.category() == letter).for_each(|(_, tally)| all.merge(tally));
        all
    }
}

/// The figures of every series of which a team in `teams` publishes scores that count.
pub(super) fn figures<'a>(teams: &[&'a AssessedTeam<'a>], assessment: &'a Assessment<'a>) -> Vec<SeriesFigures<'a>> {
    let policy = assessment.directory.config.policy;
    let mut series: BTreeMap<Series, Vec<(&AssessedTeam<'_>, &MaturityAssessment)>> = BTreeMap::new();
    for team in teams {
        for (of, scores) in counting(&team.team.maturity, policy, assessment.today) {
            if scores.visibility == Visibility::Public {
                series.entry(of).or_default().push((team, scores));
            }
        }
    }
    let profiles = &assessment.directory.profiles;
    series.into_iter().map(|(series, members)| of_series(series, &members, profiles)).collect()
}

fn of_series<'a>(
    series: Series,
    members: &[(&'a AssessedTeam<'a>, &'a MaturityAssessment)],
    profiles: &'a [Profile],
) -> SeriesFigures<'a> {
    let mut cohorts: BTreeMap<Cohort<'_>, Vec<&MaturityAssessment>> = BTreeMap::new();
    for (team, scores) in members {
        let level = team.standing.status.counting().map(Cohort::Level);
        let mut own: Vec<Cohort<'_>> = team.team.types.iter().map(|kind| Cohort::Type(&kind.value)).collect();
        own.sort_unstable();
        own.dedup();
        for cohort in [Cohort::All].into_iter().chain(level).chain(own) {
            cohorts.entry(cohort).or_default().push(scores);
        }
    }
    cohorts.retain(|cohort, members| *cohort == Cohort::All || count(members.len()) >= LEAST_COHORT);
    let compliance = |profile| {
        let met = members.iter().filter(|(_, scores)| Profile::gaps(profile, &scores.scores).is_empty()).count();
        Compliance { profile, met: count(met), teams: count(members.len()) }
    };
    SeriesFigures {
        series,
        cohorts: cohorts.into_iter().map(|(cohort, members)| of_cohort(cohort, series, &members)).collect(),
        profiles: profiles.iter().filter(|profile| profile.model == series.model).map(compliance).collect(),
    }
}

fn of_cohort<'a>(cohort: Cohort<'a>, series: Series, members: &[&MaturityAssessment]) -> CohortFigures<'a> {
    let tally = |parameter| members.iter().filter_map(|scores| scores.scores.get(&parameter).copied()).collect();
    CohortFigures {
        cohort,
        teams: count(members.len()),
        parameters: series.model.parameters().map(|parameter| (parameter, tally(parameter))).collect(),
    }
}
