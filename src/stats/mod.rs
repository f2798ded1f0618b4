//! The aggregates: what a directory shows when one looks at all of it. Pure, from what is public, in one pass over the
//! teams for each subject.
//!
//! All figures are exact; what is rounded says how (`model::tally`). Confidential scores are not known here: what may be
//! told of them is for `disclosure` to say.

mod ages;
mod agreements;
mod associations;
mod certifications;
mod levels;
mod maturity;
mod places;
mod spans;

pub use ages::Ages;
pub use associations::{Association, Associations, associations};
pub use certifications::Certifications;
pub use levels::{Census, YearEnd};
pub use maturity::{LEAST_COHORT, PublicFigures};
pub use places::Rank;
pub use spans::{Path, Span};

use crate::assess::{AssessedTeam, Assessment};
use crate::model::{AgreementKind, Country, Date, Slug, years_after};
use std::collections::BTreeSet;

/// All aggregates of a directory on a day.
#[derive(Debug)]
pub struct Statistics<'a> {
    /// The day.
    pub today: Date,
    /// How many teams there are that have not withdrawn.
    pub teams: u32,
    /// How many teams stood at each level at the end of each year, from the first that is known; the last is of `today`.
    pub levels: Vec<YearEnd>,
    /// The teams that have not withdrawn by the country of their seat, in the order of the codes.
    pub countries: Vec<(Country, Rank)>,
    /// The same by constituency type, in the order of the ids; a team counts for each of its types.
    pub types: Vec<(&'a Slug, Rank)>,
    /// The associations that entries name, with their members.
    pub associations: Associations<'a>,
    /// How many teams have an agreement of each kind that is in force.
    pub agreements: Vec<(AgreementKind, u32)>,
    /// What became of certifications in each year from the first on.
    pub certifications: Vec<(i32, Certifications)>,
    /// How old the teams are that have not withdrawn.
    pub ages: Ages,
    /// How long teams took from one level to another.
    pub spans: Vec<Span>,
    /// What published scores add up to, by series.
    pub maturity: Vec<PublicFigures>,
}

/// The aggregates of `assessment`.
pub fn statistics<'a>(assessment: &'a Assessment<'a>) -> Statistics<'a> {
    let (today, policy) = (assessment.today, assessment.directory.config.policy);
    let active: Vec<&AssessedTeam<'_>> = active(assessment).collect();
    Statistics {
        today,
        teams: count(active.len()),
        levels: levels::by_year(&assessment.teams, policy, today),
        countries: places::ranks(&active, |team| std::iter::once(team.team.country)),
        types: places::ranks(&active, |team| team.team.types.iter().map(|kind| &kind.value)),
        associations: associations(assessment),
        agreements: agreements::agreements(&active, today),
        certifications: certifications::by_year(&assessment.teams, policy, today),
        ages: ages::ages(&active, today),
        spans: spans::spans(&active, today),
        maturity: maturity::figures(&active, assessment),
    }
}

/// The first day after that of `assessment` on which a figure becomes another one while every team stays as it is: because a
/// year is whole or the next begins, or a team has become a year older, or counts its years from then on. `None` where that
/// never happens.
pub fn next_change(assessment: &Assessment<'_>) -> Option<Date> {
    let (today, directory) = (assessment.today, assessment.directory);
    let active: Vec<&AssessedTeam<'_>> = active(assessment).collect();
    let begun = |team: &AssessedTeam<'_>| team.team.history.first().is_some_and(|entry| entry.since.value <= today);
    let turn = [Date::new(today.year(), 12, 31), Date::new(today.year() + 1, 1, 1)];
    let turn = turn.into_iter().flatten().find(|day| *day > today).filter(|_| assessment.teams.iter().any(begun));
    let now = ages::ages(&active, today);
    let anniversary = |day: Date| {
        let years = u32::try_from(today.year() - day.year()).ok()?;
        (years..=years + 1).map(|years| years_after(day, years)).find(|day| *day > today)
    };
    let established = directory.teams.iter().filter_map(|team| team.established.map(|day| day.value));
    let days: BTreeSet<Date> = established.filter_map(|day| if day > today { Some(day) } else { anniversary(day) }).collect();
    let aged = days.into_iter().take_while(|day| turn.is_none_or(|turn| *day < turn));
    aged.into_iter().find(|day| ages::ages(&active, *day) != now).or(turn)
}

fn active<'a, 'd>(assessment: &'a Assessment<'d>) -> impl Iterator<Item = &'a AssessedTeam<'d>> {
    assessment.teams.iter().filter(|team| !team.standing.status.is_withdrawn())
}

/// How many, as figures have it.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
