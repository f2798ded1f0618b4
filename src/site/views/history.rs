//! What a team was, is and will be, newest first.

use super::StatusView;
use super::authority::named;
use super::parts::Named;
use crate::assess::{AssessedTeam, Assessment, Certificate, End, Standing, Status, end_of, last_day_of, standing};
use crate::config::Policy;
use crate::model::{Date, Entry, Event, Level, State, TeamId};
use crate::site::Catalogue;
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
    computed: Option<String>,
    /// The last day, where that is still to come.
    until: Option<Date>,
    /// The last day, where it has passed.
    ended: Option<Date>,
    end_not_stated: bool,
    certificate: Option<&'a str>,
    authority: Option<Named<'a>>,
    verifications: Vec<VerificationView<'a>>,
    sponsors: Vec<Named<'a>>,
}

/// What was verified before.
#[derive(Serialize)]
struct VerificationView<'a> {
    what: String,
    on: Date,
    /// By whom, where it is another body than that which decided.
    authority: Option<Named<'a>>,
}

/// The moments of `team`, newest first.
pub(super) fn moments<'a>(team: &'a AssessedTeam<'a>, assessment: &'a Assessment<'a>, texts: &Catalogue) -> Vec<Moment<'a>> {
    let history = &team.team.history;
    let policy = assessment.directory.config.policy;
    let lapses = (0..history.len()).filter_map(|at| lapse(history, at, team, policy, assessment.today, texts));
    let entered = (0..history.len()).map(|at| Moment::entered(at, team, assessment, texts));
    let mut moments: Vec<Moment<'_>> = entered.chain(lapses).chain(computed(&team.standing, history, texts)).collect();
    moments.sort_by_key(|moment| Reverse(moment.on));
    moments
}

/// The next change, where it follows from dates and is not the beginning of an entry.
fn computed<'a>(standing: &Standing<'_>, history: &[Entry], texts: &Catalogue) -> Option<Moment<'a>> {
    let next = standing.next?;
    if history.iter().any(|entry| entry.since.value == next.on) {
        return None;
    }
    let why = match standing.status.state {
        Some(State::Suspended) => texts.text("history.after_suspension"),
        _ => texts.text("history.without_certification"),
    };
    Some(Moment::computed(next.on, StatusView::new(next.to, texts), "ahead", why))
}

/// What the team became when the certification `history[at]` ended before `today` and nothing had followed it.
fn lapse<'a>(
    history: &[Entry],
    at: usize,
    team: &AssessedTeam<'_>,
    policy: Policy,
    today: Date,
    texts: &Catalogue,
) -> Option<Moment<'a>> {
    let entry = &history[at];
    let Some(End::On(last)) = end_of(entry, policy).filter(|_| entry.event == Event::Level(Level::Certified)) else {
        return None;
    };
    let on = last.next();
    if on > today || history.iter().any(|other| other.since.value == on) {
        return None;
    }
    let after = standing(history, policy, on);
    let certificate = after.certificate.filter(|certificate| std::ptr::eq(certificate.entry, entry) && !certificate.valid)?;
    if after.status.is_withdrawn() {
        return None;
    }
    let later = &history[at + 1..];
    let anew = later.iter().any(|later| later.event == Event::Level(Level::Certified) && later.since.value <= today);
    let why = if anew { texts.text("history.not_in_time") } else { texts.text("history.not_renewed") };
    let tense = if follows_from_lapse(certificate.entry, on, &team.standing) { "now" } else { "past" };
    let status = StatusView::new(Status { state: None, ..after.status }, texts);
    Some(Moment::computed(on, status, tense, why))
}

/// Whether the present status is what the lapse of `certification` on the day `on` left.
fn follows_from_lapse(certification: &Entry, on: Date, standing: &Standing<'_>) -> bool {
    let lapsed = standing.certificate.is_some_and(|now| std::ptr::eq(now.entry, certification) && !now.valid);
    lapsed && standing.state_entry.is_none() && standing.entry.is_none_or(|entry| entry.since.value < on)
}

impl<'a> Moment<'a> {
    /// What nobody entered and follows from dates.
    fn computed(on: Date, status: StatusView, tense: &'static str, why: String) -> Self {
        Self {
            on,
            status,
            tense,
            computed: Some(why),
            until: None,
            ended: None,
            end_not_stated: false,
            certificate: None,
            authority: None,
            verifications: Vec::new(),
            sponsors: Vec::new(),
        }
    }

    /// What the entry at `at` in the history says.
    fn entered(at: usize, team: &AssessedTeam<'a>, assessment: &'a Assessment<'a>, texts: &Catalogue) -> Self {
        let history = &team.team.history;
        let (entry, policy, today) = (&history[at], assessment.directory.config.policy, assessment.today);
        let last = last_day_of(entry, history, policy, today);
        Self {
            on: entry.since.value,
            status: StatusView::new(entry.event.into(), texts),
            tense: match () {
                () if entry.since.value > today => "ahead",
                () if decides(entry, &team.standing) => "now",
                () => "past",
            },
            computed: None,
            until: last.filter(|last| *last >= today),
            ended: last.filter(|last| *last < today),
            end_not_stated: last.is_none() && end_of(entry, policy) == Some(End::NotStated),
            certificate: entry.certificate.as_ref().map(|number| number.as_str()),
            authority: entry.authority.as_ref().map(|id| named(&id.value, assessment)),
            verifications: entry
                .verifications
                .iter()
                .map(|one| VerificationView {
                    what: texts.member("verification", one.kind.id()),
                    on: one.date.value,
                    authority: one.authority.as_ref().map(|id| named(&id.value, assessment)),
                })
                .collect(),
            sponsors: entry.sponsors.iter().map(|id| sponsor(&id.value, assessment)).collect(),
        }
    }
}

fn sponsor<'a>(id: &'a TeamId, assessment: &'a Assessment<'a>) -> Named<'a> {
    match assessment.team(id) {
        Some(sponsor) => Named::team(sponsor.team),
        None => Named { name: id.as_str().into(), href: None },
    }
}

/// Whether the present status follows from `entry`.
fn decides(entry: &Entry, standing: &Standing<'_>) -> bool {
    let deciding = match (standing.state_entry, standing.certificate) {
        (Some(state), _) => Some(state),
        (None, Some(certificate)) if certificate.valid => Some(certificate.entry),
        // It follows from the lapse, unless something was entered after that.
        (None, Some(Certificate { end: End::On(last), .. })) => standing.entry.filter(|entry| entry.since.value > last),
        _ => standing.entry,
    };
    deciding.is_some_and(|deciding| std::ptr::eq(deciding, entry))
}
