//! What an edition would be made from: which assessments count on the day, series by series.

use super::atoms::Known;
use crate::assess::{AssessedTeam, Assessment, is_recent, newest};
use crate::load::PrivateDirectory;
use crate::model::{
    Cohort, Confidential, Contributor, Date, Level, MaturityAssessment, Parameter, Profile, Series, Sim3, Team, TeamId,
    Visibility, results_until,
};
use std::collections::{BTreeMap, BTreeSet};

/// What the figures of one series would be made from, before anything is decided.
#[derive(Debug, Clone)]
pub struct Roll {
    /// Which series.
    pub series: Series,
    /// The parameters that its version scores, in the model's order.
    pub parameters: Vec<Parameter>,
    /// How many sheets an atom has at least: 5 or more.
    pub minimum: usize,
    /// Who contributes confidential scores, sorted by team, each team once, each with a score for every parameter.
    pub contributors: Vec<Contributor>,
    /// Who contributes scores that it publishes itself. Some parameters may have no score.
    pub open: Vec<Contributor>,
    /// Scores that anybody may read by now, by the team and the day of the assessment; also of those that count no longer.
    pub known: Known,
    /// The groups to consider, in the order of preference, the first of them all. Follows from public entries alone.
    pub groups: Vec<Cohort>,
    /// The profiles that apply to the version.
    pub profiles: Vec<Profile>,
}

/// What was found on the day.
#[derive(Debug, Default)]
pub struct Gathered {
    /// Every series to which somebody contributes confidential scores, in order.
    pub rolls: Vec<Roll>,
    /// Teams whose newest confidential assessment of a series does not count, and why, sorted.
    pub left_out: Vec<(TeamId, Series, LeftOut)>,
    /// Teams that contributed to an earlier edition and have no entry any more.
    pub gone: BTreeSet<TeamId>,
}

/// Why an assessment does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// It has no score for some parameter.
    Incomplete,
    /// It is older than the policy allows.
    TooOld,
}

/// Collects what counts on the day of `assessment`: of each team that has not withdrawn and of each series the newest
/// assessment, unless it is too old or its visibility is `none`.
pub fn gather(assessment: &Assessment<'_>, private: &PrivateDirectory) -> Gathered {
    let hidden: BTreeMap<&TeamId, &[Confidential<MaturityAssessment>]> =
        private.entries.iter().map(|entry| (&entry.id, &*entry.maturity)).collect();
    let active: Vec<&AssessedTeam<'_>> = assessment.teams.iter().filter(|team| !team.standing.status.is_withdrawn()).collect();
    let policy = assessment.directory.config.policy;
    let days = days_of_tests(private);
    let groups = groups(&active);
    let mut rolls: BTreeMap<Series, Roll> = BTreeMap::new();
    let mut left_out = Vec::new();
    for team in &active {
        let hidden = hidden.get(&team.team.id).copied().unwrap_or_default();
        // Of two of one day the one that everybody may read counts.
        let all = hidden.iter().map(Confidential::look_inside).chain(published(team.team));
        for (series, sheet) in newest(all, assessment.today) {
            let open = published(team.team).any(|published| std::ptr::eq(published, sheet));
            if sheet.visibility == Visibility::None {
                continue;
            }
            if !is_recent(sheet, policy, assessment.today) {
                // What a team publishes is flagged in its entry.
                left_out.extend((!open).then(|| (team.team.id.clone(), series, LeftOut::TooOld)));
                continue;
            }
            let parameters: Vec<Parameter> = series.model.parameters().collect();
            if !open && !parameters.iter().all(|parameter| sheet.scores.contains_key(parameter)) {
                left_out.push((team.team.id.clone(), series, LeftOut::Incomplete));
                continue;
            }
            let roll = rolls.entry(series).or_insert_with(|| Roll {
                series,
                parameters,
                minimum: policy.aggregate_minimum,
                contributors: Vec::new(),
                open: Vec::new(),
                known: known(&assessment.teams, series, &days),
                groups: groups.clone(),
                profiles: assessment.directory.profiles.iter().filter(|p| p.model == series.model).cloned().collect(),
            });
            let list = if open { &mut roll.open } else { &mut roll.contributors };
            list.push(contributor(team, sheet));
        }
    }
    let mut rolls: Vec<Roll> = rolls.into_values().filter(|roll| !roll.contributors.is_empty()).collect();
    for roll in &mut rolls {
        roll.contributors.sort_by(|a, b| a.team.cmp(&b.team));
        roll.open.sort_by(|a, b| a.team.cmp(&b.team));
    }
    left_out.sort();
    Gathered { rolls, left_out, gone: gone(assessment, private) }
}

/// What a team publishes itself: its assessments, and what came of response tests.
fn published(team: &Team) -> impl Iterator<Item = &MaturityAssessment> {
    team.maturity.iter().chain(&team.tested)
}

fn gone(assessment: &Assessment<'_>, private: &PrivateDirectory) -> BTreeSet<TeamId> {
    let series = private.ledgers.iter().flat_map(|ledger| &ledger.series);
    let teams = series.flat_map(|ledger| ledger.contributors.iter().map(|contributor| &contributor.team));
    teams.filter(|team| !assessment.directory.team_ids.contains(*team)).cloned().collect()
}

fn contributor(team: &AssessedTeam<'_>, assessment: &MaturityAssessment) -> Contributor {
    Contributor {
        team: team.team.id.clone(),
        assessed: assessment.assessed.value,
        level: team.standing.status.counting(),
        types: team.team.types.iter().map(|id| id.value.clone()).collect(),
        scores: Confidential::new(assessment.scores.clone()),
    }
}

/// The days of the confidential sheets of response tests, those that earlier editions used too.
fn days_of_tests(private: &PrivateDirectory) -> BTreeSet<(&TeamId, Date)> {
    let is_of_tests = |series: Series| Some(series.model) == Sim3::response_tests();
    let hidden = private.entries.iter().flat_map(|entry| {
        let sheets = entry.maturity.iter().map(Confidential::look_inside).filter(|sheet| is_of_tests(sheet.series()));
        sheets.map(|sheet| (&entry.id, sheet.assessed.value))
    });
    let ledgers = private.ledgers.iter().flat_map(|ledger| &ledger.series).filter(|ledger| is_of_tests(ledger.series));
    let used = ledgers.flat_map(|ledger| ledger.contributors.iter().map(|one| (&one.team, one.assessed)));
    hidden.chain(used).collect()
}

/// The scores of a series that teams publish, also those that have withdrawn. `days` are those of confidential sheets of response tests:
/// a result of such a sheet may be published by itself, with a day of its own.
fn known(teams: &[AssessedTeam<'_>], series: Series, days: &BTreeSet<(&TeamId, Date)>) -> Known {
    let mut known = Known::new();
    for AssessedTeam { team, .. } in teams {
        for published in published(team).filter(|assessment| assessment.series() == series) {
            known.entry((team.id.clone(), published.assessed.value)).or_default().extend(&published.scores);
        }
    }
    if Some(series.model) == Sim3::response_tests() {
        let teams: BTreeMap<&TeamId, &Team> = teams.iter().map(|team| (&team.team.id, team.team)).collect();
        for (id, day) in days {
            let results = teams.get(id).map(|team| results_until(&team.response_tests, *day)).unwrap_or_default();
            if !results.is_empty() {
                known.entry(((*id).clone(), *day)).or_default().extend(results);
            }
        }
    }
    known
}

/// All groups that there can be, whoever contributes: the levels from the highest to the lowest, and every type that an
/// entry names.
fn groups(active: &[&AssessedTeam<'_>]) -> Vec<Cohort> {
    let levels = Level::ALL.iter().rev().map(|level| Cohort::Level(*level));
    let types: BTreeSet<_> = active.iter().flat_map(|team| &team.team.types).map(|id| &id.value).collect();
    std::iter::once(Cohort::All).chain(levels).chain(types.into_iter().cloned().map(Cohort::Type)).collect()
}
