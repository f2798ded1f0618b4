//! What a team was, is and will be, newest first.

use super::StatusView;
use super::parts::Named;
use crate::assess::{AssessedTeam, Assessment, End, Standing, Status, end_of};
use crate::model::{Date, Entry, Event, Level, Line, State, TeamId, Url};
use serde::Serialize;
use std::cmp::Reverse;

/// One day on which something began, or will.
#[derive(Serialize)]
pub(super) struct Moment<'a> {
    on: Date,
    status: StatusView,
    /// `past`, `now` or `ahead`.
    tense: &'static str,
    /// Why, where it follows from dates and nobody entered it.
    computed: Option<&'static str>,
    until: Option<Date>,
    end_not_stated: bool,
    certificate: Option<&'a str>,
    authority: Option<Authority<'a>>,
    sponsors: Vec<Named<'a>>,
}

/// The body that decided.
#[derive(Serialize)]
struct Authority<'a> {
    name: &'a str,
    href: Option<&'a str>,
}

/// The moments of `team`, newest first.
pub(super) fn moments<'a>(team: &'a AssessedTeam<'a>, assessment: &'a Assessment<'a>) -> Vec<Moment<'a>> {
    let history = &team.team.history;
    let entered = history.iter().map(|entry| Moment::entered(entry, team, assessment));
    let mut moments: Vec<Moment<'_>> = entered.chain(computed(&team.standing, history)).collect();
    moments.sort_by_key(|moment| Reverse(moment.on));
    moments
}

/// The next change, where it follows from dates and is not the beginning of an entry.
fn computed<'a>(standing: &Standing<'_>, history: &[Entry]) -> Option<Moment<'a>> {
    let next = standing.next?;
    if history.iter().any(|entry| entry.since.value == next.on) {
        return None;
    }
    let why = match standing.status.state {
        Some(State::Suspended) => "When the suspension has ended",
        _ => "If there is no new certification until then",
    };
    Some(Moment {
        on: next.on,
        status: StatusView::new(next.to),
        tense: "ahead",
        computed: Some(why),
        until: None,
        end_not_stated: false,
        certificate: None,
        authority: None,
        sponsors: Vec::new(),
    })
}

impl<'a> Moment<'a> {
    fn entered(entry: &'a Entry, team: &AssessedTeam<'_>, assessment: &'a Assessment<'a>) -> Self {
        let end = end_of(entry, assessment.directory.config.policy);
        Self {
            on: entry.since.value,
            status: StatusView::new(status(entry.event)),
            tense: match () {
                () if entry.since.value > assessment.today => "ahead",
                () if decides(entry, &team.standing) => "now",
                () => "past",
            },
            computed: None,
            until: match end {
                Some(End::On(date)) => Some(date),
                _ => None,
            },
            end_not_stated: end == Some(End::NotStated),
            certificate: entry.certificate.as_ref().map(Line::as_str),
            authority: entry.authority.as_ref().map(|id| match assessment.directory.authorities.get(&id.value) {
                Some(authority) => Authority { name: authority.name.as_str(), href: authority.website.as_ref().map(Url::href) },
                None => Authority { name: id.value.as_str(), href: None },
            }),
            sponsors: entry.sponsors.iter().map(|id| sponsor(&id.value, assessment)).collect(),
        }
    }
}

fn sponsor<'a>(id: &'a TeamId, assessment: &'a Assessment<'a>) -> Named<'a> {
    match assessment.team(id) {
        Some(sponsor) => Named { name: sponsor.team.name.as_str(), href: Some(format!("teams/{id}.html")) },
        None => Named { name: id.as_str(), href: None },
    }
}

fn status(event: Event) -> Status {
    match event {
        Event::Level(level) => Status { level: Some(level), state: None },
        Event::State(state) => Status { level: None, state: Some(state) },
    }
}

/// Whether the present status follows from `entry`.
fn decides(entry: &Entry, standing: &Standing<'_>) -> bool {
    let deciding = match (standing.state_entry, standing.certificate) {
        (Some(state), _) => Some(state),
        (None, Some(certificate)) if standing.status.level == Some(Level::Certified) => Some(certificate.entry),
        _ => standing.entry,
    };
    deciding.is_some_and(|deciding| std::ptr::eq(deciding, entry))
}
