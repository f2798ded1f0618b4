//! What became of certifications, year by year.

use crate::assess::{AssessedTeam, lapses, status_on};
use crate::config::Policy;
use crate::model::{Date, Entry, Event, Level};
use std::collections::BTreeMap;

/// What became of certifications in a year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Certifications {
    /// That followed on none: the team was not certified the day before.
    pub granted: u32,
    /// That followed on another without a break.
    pub renewed: u32,
    /// That ended by their date without another following, while the team took part. The year is that of the first day
    /// without.
    pub lapsed: u32,
}

/// The years from the first certification to that of `today`, each with what became of certifications in it.
pub(super) fn by_year(teams: &[AssessedTeam<'_>], policy: Policy, today: Date) -> Vec<(i32, Certifications)> {
    let mut years: BTreeMap<i32, Certifications> = BTreeMap::new();
    for team in teams {
        let history = &team.team.history;
        let certified = |entry: &&Entry| entry.event == Event::Level(Level::Certified) && entry.since.value <= today;
        for entry in history.iter().filter(certified) {
            let since = entry.since.value;
            let before = status_on(history, policy, since.previous());
            let renews = before.level == Some(Level::Certified) && !before.is_withdrawn();
            let year = years.entry(since.year()).or_default();
            *(if renews { &mut year.renewed } else { &mut year.granted }) += 1;
        }
        for lapse in lapses(history, policy).filter(|lapse| lapse.on <= today) {
            years.entry(lapse.on.year()).or_default().lapsed += 1;
        }
    }
    let Some(start) = years.keys().next().copied() else { return Vec::new() };
    (start..=today.year()).map(|year| (year, years.get(&year).copied().unwrap_or_default())).collect()
}
