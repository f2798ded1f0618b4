//! What a team was, is and will be, newest first.

use super::StatusView;
use super::authority::named;
use super::parts::Named;
use crate::assess::{
    AssessedTeam, Assessment, Certificate, Change, End, Lapse, Standing, Status, changes_after, end_of, lapses, last_day_of,
    status_on, suspensions_over,
};
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
    let lapses = lapses(history, policy).filter(|lapse| lapse.on <= assessment.today);
    let lapses = lapses.filter_map(|lapse| after_lapse(lapse, team, assessment, texts));
    let suspensions = suspensions_over(history, policy).filter(|over| over.on <= assessment.today);
    let suspensions = suspensions.filter_map(|over| after_suspension(over, team, policy, texts));
    let entered = (0..history.len()).map(|at| Moment::entered(at, team, assessment, texts));
    let passed = entered.chain(suspensions).chain(lapses);
    let mut moments: Vec<Moment<'_>> = passed.chain(computed(team, assessment, texts)).collect();
    moments.sort_by_key(|moment| Reverse(moment.on));
    moments
}

/// The changes ahead that follow from dates and are not the beginning of an entry, also behind what is announced.
fn computed<'a>(team: &AssessedTeam<'_>, assessment: &Assessment<'_>, texts: &Catalogue) -> Vec<Moment<'a>> {
    let history = &team.team.history;
    let mut before = team.standing.status;
    let moment = |change: Change| {
        let before = std::mem::replace(&mut before, change.to);
        if history.iter().any(|entry| entry.since.value == change.on) {
            return None;
        }
        let why = match before.state {
            Some(State::Suspended) => texts.text("history.after_suspension"),
            _ => texts.text("history.without_certification"),
        };
        Some(Moment::computed(change.on, StatusView::new(change.to, texts), "ahead", why))
    };
    let changes = changes_after(history, assessment.directory.config.policy, assessment.today);
    changes.into_iter().filter_map(moment).collect()
}

/// What the team became when a certification ended and nothing had followed it.
fn after_lapse<'a>(
    lapse: Lapse<'_>,
    team: &AssessedTeam<'_>,
    assessment: &Assessment<'_>,
    texts: &Catalogue,
) -> Option<Moment<'a>> {
    let Lapse { on, entry } = lapse;
    let history = &team.team.history;
    // What was entered for the day tells of itself.
    let before = &history[..history.partition_point(|other| other.since.value < on)];
    let left = Status { state: None, ..status_on(before, assessment.directory.config.policy, on) };
    if history.iter().any(|other| other.since.value == on && Status::from(other.event) == left) {
        return None;
    }
    let anew =
        |later: &Entry| later.event == Event::Level(Level::Certified) && (on..=assessment.today).contains(&later.since.value);
    let why = if history.iter().any(anew) { texts.text("history.not_in_time") } else { texts.text("history.not_renewed") };
    let tense = if follows_from_lapse(entry, on, &team.standing) { "now" } else { "past" };
    Some(Moment::computed(on, StatusView::new(left, texts), tense, why))
}

/// What the team was again when a suspension was over, where nothing was entered for that day.
fn after_suspension<'a>(over: Lapse<'_>, team: &AssessedTeam<'_>, policy: Policy, texts: &Catalogue) -> Option<Moment<'a>> {
    let (on, history) = (over.on, &team.team.history);
    if history.iter().any(|other| other.since.value == on) || lapses(history, policy).any(|lapse| lapse.on == on) {
        return None;
    }
    let status = StatusView::new(status_on(history, policy, on), texts);
    Some(Moment::computed(on, status, "past", texts.text("history.suspension_ended")))
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
