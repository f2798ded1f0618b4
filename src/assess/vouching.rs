//! Who vouched for whom, and on whose word a team still stands.
//!
//! A sponsor vouches for a team when that is listed. Its word counts as long as it is accredited itself: TI asks for two
//! accredited or certified sponsors. Once a team is accredited, somebody has examined it, and it rests on nobody's word any more.

use super::standing::periods;
use super::{AssessedTeam, Assessment};
use crate::config::Policy;
use crate::diagnostic::Spanned;
use crate::model::{Date, Entry, Event, Level, Team, TeamId};
use std::collections::{BTreeMap, BTreeSet};

/// That a team vouched for another.
#[derive(Debug, Clone, Copy)]
pub struct Vouched<'d> {
    /// For whom.
    pub team: &'d Team,
    /// The first entry of that team's history which names the sponsor.
    pub entry: &'d Entry,
}

/// The sponsors of `team`, each once, with the first entry that names it, in the order of the history.
pub fn sponsors(team: &Team) -> impl Iterator<Item = (&Spanned<TeamId>, &Entry)> {
    let mut seen = BTreeSet::new();
    let named = team.history.iter().flat_map(|entry| entry.sponsors.iter().map(move |sponsor| (sponsor, entry)));
    named.filter(move |(sponsor, _)| seen.insert(&sponsor.value))
}

/// For whom each team has vouched, in the order of `teams`. Takes time linear in what the histories name.
pub(super) fn vouched<'d>(teams: &[AssessedTeam<'d>]) -> BTreeMap<&'d TeamId, Vec<Vouched<'d>>> {
    let mut vouched: BTreeMap<&TeamId, Vec<Vouched<'d>>> = BTreeMap::new();
    for assessed in teams {
        let team = assessed.team;
        for (sponsor, entry) in sponsors(team) {
            vouched.entry(&sponsor.value).or_default().push(Vouched { team, entry });
        }
    }
    vouched
}

/// Until when somebody's word counts for a team that rests on it.
#[derive(Debug, Clone, Copy)]
pub struct Backing<'d> {
    /// The last day on which one of its sponsors was, or will be, accredited.
    pub until: Date,
    /// That sponsor.
    pub last: &'d Team,
    /// Where the team's entry names it.
    pub sponsor: &'d Spanned<TeamId>,
}

/// Until when the word of its sponsors counts for `team`, where it rests on that and there is an end to it: for a team that is
/// listed or a candidate for accreditation, each of whose sponsors has lost its accreditation or will on a day that is known.
/// Nothing is said where no sponsor ever counted, as far as the directory knows.
pub(super) fn backing<'d>(team: &AssessedTeam<'d>, assessment: &Assessment<'d>) -> Option<Backing<'d>> {
    let rests = matches!(team.standing.status.counting(), Some(Level::Listed | Level::AccreditationCandidate));
    let is_listing = |entry: &&Entry| entry.event == Event::Level(Level::Listed) && entry.since.value <= assessment.today;
    let listing = team.team.history.iter().rfind(is_listing).filter(|_| rests)?;
    let mut backing: Option<Backing<'_>> = None;
    for sponsor in &listing.sponsors {
        let Some(last) = assessment.team(&sponsor.value).map(|sponsor| sponsor.team) else { continue };
        match support(&last.history, assessment.directory.config.policy, assessment.today) {
            Support::Lasting => return None,
            Support::Until(until) if backing.is_none_or(|other| other.until < until) => {
                backing = Some(Backing { until, last, sponsor });
            }
            Support::Until(_) | Support::Never => {}
        }
    }
    backing
}

/// How long somebody's word counts.
enum Support {
    /// Without an end that is known.
    Lasting,
    /// Up to and including a day, past or ahead.
    Until(Date),
    /// It never did, as far as the history says.
    Never,
}

/// How long the word of the team with this history counts, seen from `today`: its present accreditation, or the last one.
fn support(history: &[Entry], policy: Policy, today: Date) -> Support {
    let mut support = Support::Never;
    for change in periods(history, policy) {
        let counts = change.to.counting().is_some_and(Level::is_accredited);
        support = match support {
            Support::Lasting if !counts => Support::Until(change.on.previous()),
            // What comes after today does not make good what has ended before.
            Support::Never | Support::Until(_) if counts && change.on <= today => Support::Lasting,
            other => other,
        };
    }
    support
}
