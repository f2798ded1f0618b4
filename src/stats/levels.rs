//! How many teams stood at which level at the end of each year.

use crate::assess::{AssessedTeam, Status, status_on};
use crate::config::Policy;
use crate::model::{Date, Level, State};
use rayon::prelude::*;

/// The teams by status on one day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Census {
    /// At each level, in the order of [`Level::ALL`]; a team that is suspended or has withdrawn is at none.
    pub levels: [u32; 5],
    /// Suspended.
    pub suspended: u32,
    /// Withdrawn until then.
    pub withdrawn: u32,
}

/// The teams at the end of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearEnd {
    /// The year.
    pub year: i32,
    /// 31 December, or the day of the figures in their own year.
    pub day: Date,
    /// The teams.
    pub census: Census,
}

impl Census {
    /// How many teams took part: all but those that had withdrawn.
    pub fn total(&self) -> u32 {
        self.levels.iter().sum::<u32>() + self.suspended
    }

    fn add(&mut self, status: Status) {
        match (status.state, status.level) {
            (Some(State::Suspended), _) => self.suspended += 1,
            (Some(State::Withdrawn), _) => self.withdrawn += 1,
            (None, Some(level)) => self.levels[Level::ALL.iter().position(|each| *each == level).unwrap_or_default()] += 1,
            (None, None) => {}
        }
    }
}

/// The teams at the end of each year, from that of the first entry of all. A team counts from the first entry of its
/// history on; one without a history never does, for nobody knows since when it stands here.
pub(super) fn by_year(teams: &[AssessedTeam<'_>], policy: Policy, today: Date) -> Vec<YearEnd> {
    let first = |team: &AssessedTeam<'_>| team.team.history.first().map(|entry| entry.since.value).filter(|day| *day <= today);
    let Some(start) = teams.iter().filter_map(first).min() else { return Vec::new() };
    let end_of = |year| Date::new(year, 12, 31).map_or(today, |day| day.min(today));
    let years: Vec<YearEnd> =
        (start.year()..=today.year()).map(|year| YearEnd { year, day: end_of(year), census: Census::default() }).collect();
    let count = |mut years: Vec<YearEnd>, team: &AssessedTeam<'_>| {
        if let Some(first) = first(team) {
            for end in years.iter_mut().filter(|end| end.day >= first) {
                end.census.add(status_on(&team.team.history, policy, end.day));
            }
        }
        years
    };
    // Numbers add up to the same in whatever order the threads are done.
    teams.par_iter().fold(|| years.clone(), count).reduce(|| years.clone(), both)
}

/// The sums of two counts of the same years.
fn both(mut years: Vec<YearEnd>, others: Vec<YearEnd>) -> Vec<YearEnd> {
    for (end, YearEnd { census: other, .. }) in years.iter_mut().zip(others) {
        for (own, other) in end.census.levels.iter_mut().zip(other.levels) {
            *own += other;
        }
        end.census.suspended += other.suspended;
        end.census.withdrawn += other.withdrawn;
    }
    years
}
