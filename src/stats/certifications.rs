//! What became of certifications, year by year.

use crate::assess::{AssessedTeam, End, end_of};
use crate::config::Policy;
use crate::model::{Date, Entry, Event, Level, State};
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
        follow(&team.team.history, policy, today, |day, what| {
            let year = years.entry(day.year()).or_default();
            match what {
                What::Granted => year.granted += 1,
                What::Renewed => year.renewed += 1,
                What::Lapsed => year.lapsed += 1,
            }
        });
    }
    let Some(start) = years.keys().next().copied() else { return Vec::new() };
    (start..=today.year()).map(|year| (year, years.get(&year).copied().unwrap_or_default())).collect()
}

/// What may become of a certification.
enum What {
    Granted,
    Renewed,
    Lapsed,
}

/// Tells `tell` what became of the certifications of one team until `today`.
fn follow(history: &[Entry], policy: Policy, today: Date, mut tell: impl FnMut(Date, What)) {
    // The certification that neither an entry nor a lapse has ended.
    let mut certified: Option<End> = None;
    for entry in history.iter().take_while(|entry| entry.since.value <= today) {
        let since = entry.since.value;
        let renews = entry.event == Event::Level(Level::Certified);
        if let Some(End::On(last)) = certified
            && (last.next() < since || (last.next() == since && !renews))
        {
            certified = None;
            if last.next() < since || entry.event != Event::State(State::Withdrawn) {
                tell(last.next(), What::Lapsed);
            }
        }
        match entry.event {
            Event::State(State::Withdrawn) => certified = None,
            Event::State(State::Suspended) => {}
            Event::Level(level) => {
                if level == Level::Certified {
                    tell(since, if certified.is_some() { What::Renewed } else { What::Granted });
                    certified = end_of(entry, policy);
                } else if level != Level::CertificationCandidate {
                    certified = None;
                }
            }
        }
    }
    if let Some(End::On(last)) = certified
        && last < today
    {
        tell(last.next(), What::Lapsed);
    }
}
