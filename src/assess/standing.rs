//! What a history means on a day: the level, the state, the certificate, and when that next changes.

use crate::config::Policy;
use crate::model::{Date, Entry, Event, Level, State, Until, years_after};

/// What a team is on a day.
#[derive(Debug, Clone)]
pub struct Standing<'d> {
    /// Level and state.
    pub status: Status,
    /// Since when the level holds without a break; for a certified team since the first of the certifications that
    /// followed on each other.
    pub since: Option<Date>,
    /// The last day on which the status holds, where that is known.
    pub valid_until: Option<Date>,
    /// What the status becomes next, and when, as far as the dates tell. What is announced is not yet true: it may lower the status on its
    /// day, and neither raises it nor prolongs it.
    pub next: Option<Change>,
    /// The newest certification that began, valid or lapsed, unless a later entry ended it.
    pub certificate: Option<Certificate<'d>>,
    /// The entry by which the state began, where there is one.
    pub state_entry: Option<&'d Entry>,
    /// The entry by which the level below any certification began.
    pub entry: Option<&'d Entry>,
}

/// Level and state on a day. Without a level, none was stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Status {
    /// The level.
    pub level: Option<Level>,
    /// The state, which counts before the level.
    pub state: Option<State>,
}

impl From<Event> for Status {
    /// What an entry of the history says alone, whatever the others say.
    fn from(event: Event) -> Self {
        match event {
            Event::Level(level) => Self { level: Some(level), state: None },
            Event::State(state) => Self { level: None, state: Some(state) },
        }
    }
}

/// A status that will be, from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The first day of the new status.
    pub on: Date,
    /// The new status.
    pub to: Status,
}

/// A certification.
#[derive(Debug, Clone, Copy)]
pub struct Certificate<'d> {
    /// Its entry.
    pub entry: &'d Entry,
    /// When it ends.
    pub end: End,
    /// Whether it is valid on the day.
    pub valid: bool,
}

/// When something ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// After this day.
    On(Date),
    /// Nobody stated it.
    NotStated,
}

impl Certificate<'_> {
    /// Who withdraws holds no certificate any more.
    fn unless_left(self, state: Option<(State, &Entry)>) -> Self {
        match state {
            Some((State::Withdrawn, left)) if self.valid => {
                Self { end: End::On(left.since.value.previous()), valid: false, ..self }
            }
            _ => self,
        }
    }
}

impl Standing<'_> {
    /// Since when the status holds: the state, where one is in force, else the level.
    pub fn status_since(&self) -> Option<Date> {
        self.state_entry.map(|entry| entry.since.value).or(self.since)
    }

    /// The last day of the certification, where that has lapsed and no state counts before the level.
    pub fn expired(&self) -> Option<Date> {
        let certificate = self.certificate.filter(|certificate| !certificate.valid && self.status.state.is_none())?;
        if let End::On(last) = certificate.end { Some(last) } else { None }
    }
}

impl Status {
    /// The status in words, as a heading has it.
    pub const fn title(self) -> &'static str {
        match (self.state, self.level) {
            (Some(state), _) => state.title(),
            (None, Some(level)) => level.title(),
            (None, None) => "No level stated",
        }
    }

    /// The status in one word, for programs and addresses.
    pub const fn id(self) -> &'static str {
        match (self.state, self.level) {
            (Some(state), _) => state.id(),
            (None, Some(level)) => level.id(),
            (None, None) => "not-stated",
        }
    }

    /// Whether the team has left: nobody answers there any more.
    pub fn is_withdrawn(self) -> bool {
        self.state == Some(State::Withdrawn)
    }

    /// Of two the one that says less: a team that has withdrawn is below one that is suspended, and that below every level.
    pub(super) fn lower(self, other: Self) -> Self {
        let rank = |status: &Self| (!status.is_withdrawn(), status.state.is_none(), status.level);
        std::cmp::min_by_key(self, other, rank)
    }

    /// The level that counts: none while a state is in force.
    pub fn counting(self) -> Option<Level> {
        if self.state.is_some() { None } else { self.level }
    }
}

/// What `history` (sorted, oldest first) means on `day`.
pub fn standing(history: &[Entry], policy: Policy, day: Date) -> Standing<'_> {
    let now = snapshot(history, policy, day);
    let next = changes_from(history, policy, day, now.status).next();
    Standing {
        status: now.status,
        since: now.since,
        valid_until: next.map(|change| change.on.previous()),
        next,
        certificate: now.certificate,
        state_entry: now.state_entry,
        entry: now.entry,
    }
}

/// Every change of the status of `history` after `day`, soonest first, as far as the dates tell; see [`Standing::next`].
pub fn changes_after(history: &[Entry], policy: Policy, day: Date) -> Vec<Change> {
    changes_from(history, policy, day, snapshot(history, policy, day).status).collect()
}

/// The same from the status `now`, that of `day`.
fn changes_from(history: &[Entry], policy: Policy, day: Date, now: Status) -> impl Iterator<Item = Change> {
    let (known, ahead) = history.split_at(history.partition_point(|entry| entry.since.value <= day));
    let mut announced = Announced { ahead, policy, floor: None, suspension: None, raises: false };
    // What lies hidden under a state may change unseen.
    let mut shown = now.id();
    turning_points(history, policy, day).filter_map(move |on| {
        let without = snapshot(known, policy, on).status;
        let to = announced.lowered(without, || snapshot(history, policy, on), on);
        (std::mem::replace(&mut shown, to.id()) != to.id()).then_some(Change { on, to })
    })
}

/// What entries whose days have not come may take away, gathered day by day.
struct Announced<'d> {
    ahead: &'d [Entry],
    policy: Policy,
    /// The least that was to be since the first of their days, but for suspensions.
    floor: Option<Status>,
    /// A suspension that is in force then. It is over by its own date; what is announced for later does not lift it.
    suspension: Option<&'d Entry>,
    /// The level is to be above the one that counts. What becomes of that by its date, takes nothing from the one that counts.
    raises: bool,
}

impl<'d> Announced<'d> {
    /// What is left on the day `on` of the status `without` them; `with` is what they would make of it. Days come in order.
    fn lowered(&mut self, without: Status, with: impl FnOnce() -> Snapshot<'d>, on: Date) -> Status {
        if self.ahead.first().is_none_or(|first| on < first.since.value) {
            return without;
        }
        let with = with();
        let then = Status { state: with.status.state.filter(|state| *state == State::Withdrawn), ..with.status };
        let begins = self.ahead.iter().any(|entry| entry.since.value == on);
        if begins {
            self.raises = then.level > without.level;
            let suspension = with.state_entry.filter(|entry| entry.event == Event::State(State::Suspended));
            self.suspension = suspension.or(self.suspension);
        }
        self.suspension = self.suspension.filter(|entry| !matches!(end_of(entry, self.policy), Some(End::On(last)) if last < on));
        if begins || !self.raises {
            self.floor = Some(self.floor.map_or(then, |floor| floor.lower(then)));
        }
        let left = self.floor.map_or(without, |floor| floor.lower(without));
        let suspended = self.suspension.map(|_| Status { state: Some(State::Suspended), ..left });
        suspended.map_or(left, |suspended| suspended.lower(left))
    }
}

/// The status alone that `history` means on `day`, for whoever asks for many days.
pub fn status_on(history: &[Entry], policy: Policy, day: Date) -> Status {
    snapshot(history, policy, day).status
}

/// Each day on which `history` (sorted, oldest first) changes the status, and what it becomes; oldest first, also what is
/// still to come.
pub fn periods(history: &[Entry], policy: Policy) -> Vec<Change> {
    let points = all_turning_points(history, policy).into_iter();
    let mut periods: Vec<Change> = points.map(|on| Change { on, to: snapshot(history, policy, on).status }).collect();
    periods.dedup_by_key(|change| change.to);
    periods
}

/// The days after `day` on which a status may change, soonest first.
fn turning_points(history: &[Entry], policy: Policy, day: Date) -> impl Iterator<Item = Date> {
    all_turning_points(history, policy).into_iter().filter(move |on| *on > day)
}

/// The days on which a status may change, soonest first.
pub(super) fn all_turning_points(history: &[Entry], policy: Policy) -> Vec<Date> {
    let ends = history.iter().filter_map(move |entry| match end_of(entry, policy) {
        Some(End::On(date)) => Some(date.next()),
        _ => None,
    });
    let mut days: Vec<Date> = history.iter().map(|entry| entry.since.value).chain(ends).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// When what an entry says ends of itself, if it does.
pub fn end_of(entry: &Entry, policy: Policy) -> Option<End> {
    match (entry.event, entry.until.map(|until| until.value)) {
        (_, Some(Until::Date(date))) => Some(End::On(date)),
        (Event::Level(Level::Certified), Some(Until::Unknown)) => Some(End::NotStated),
        (Event::Level(Level::Certified), None) => Some(End::On(years_after(entry.since.value, policy.certification_years))),
        _ => None,
    }
}

/// The last day of what `entry`, one of `history` (sorted, oldest first), says: of a certification or a suspension, as far as
/// the dates tell. That may be before the day that the entry states: a certification is over when a newer one begins (one that is
/// announced has not), when the team falls to another level, and when it withdraws; a suspension, with the next entry.
pub fn last_day_of(entry: &Entry, history: &[Entry], policy: Policy, today: Date) -> Option<Date> {
    let stated = end_of(entry, policy)?;
    // Since when it does not count.
    let mut over: Option<Date> = None;
    for day in turning_points(history, policy, entry.since.value) {
        let then = snapshot(history, policy, day);
        let is_announced = |newer: &Entry| newer.since.value > today && !matches!(stated, End::On(last) if last < day);
        let holds = match entry.event {
            Event::State(_) => then.state_entry.is_some_and(|newest| std::ptr::eq(newest, entry)),
            Event::Level(_) => then
                .certificate
                .is_some_and(|newest| std::ptr::eq(newest.entry, entry) && newest.valid || is_announced(newest.entry)),
        };
        let counts = holds && !then.status.is_withdrawn();
        over = if counts { None } else { over.or(Some(day)) };
        if !holds {
            break;
        }
    }
    over.map(Date::previous)
}

/// A standing without its future.
pub(super) struct Snapshot<'d> {
    pub status: Status,
    since: Option<Date>,
    pub certificate: Option<Certificate<'d>>,
    pub state_entry: Option<&'d Entry>,
    pub entry: Option<&'d Entry>,
}

/// What `history` (sorted, oldest first) means on `day`, without what comes after.
pub(super) fn snapshot(history: &[Entry], policy: Policy, day: Date) -> Snapshot<'_> {
    let mut base: Option<(Level, &Entry)> = None;
    // The candidacy for the next certification; the certification fulfils it.
    let mut candidate: Option<&Entry> = None;
    // The certification in force or lapsed, and when the unbroken row of certifications began.
    let mut certified: Option<(&Entry, End, Date)> = None;
    let mut state: Option<(State, &Entry)> = None;
    for entry in history.iter().take_while(|entry| entry.since.value <= day) {
        // Who comes back begins anew: what was before is over, a certificate that would still run too.
        if matches!((state, entry.event), (Some((State::Withdrawn, _)), Event::Level(_))) {
            (base, candidate, certified) = (None, None, None);
        }
        match entry.event {
            Event::State(new) => {
                // Only a new level brings back who has withdrawn.
                if state.is_none_or(|(old, _)| old != State::Withdrawn) {
                    state = Some((new, entry));
                }
                continue;
            }
            Event::Level(Level::Certified) => {
                let end = end_of(entry, policy).unwrap_or(End::NotStated);
                let start = match certified {
                    // A break of even one day begins a new row.
                    Some((_, End::On(last), start)) if entry.since.value <= last.next() => start,
                    Some((_, End::NotStated, start)) => start,
                    _ => entry.since.value,
                };
                certified = Some((entry, end, start));
                candidate = None;
            }
            // Who prepares the next certification keeps the present one.
            Event::Level(Level::CertificationCandidate) => candidate = Some(entry),
            Event::Level(level) => {
                base = Some((level, entry));
                certified = None;
                candidate = None;
            }
        }
        // A suspension ends with the next entry, and who is listed anew has not withdrawn.
        state = None;
    }
    let state = state.filter(|(_, entry)| !matches!(end_of(entry, policy), Some(End::On(last)) if last < day));
    let certificate =
        certified.map(|(entry, end, _)| Certificate { entry, end, valid: !matches!(end, End::On(last) if last < day) });
    let below = candidate.map(|entry| (Level::CertificationCandidate, entry)).or(base);
    let (level, since) = match (certified, certificate) {
        (Some((_, _, start)), Some(Certificate { valid: true, .. })) => (Some(Level::Certified), Some(start)),
        (Some((entry, ..)), Some(Certificate { valid: false, .. })) => lapsed(below, entry),
        _ => (below.map(|(level, _)| level), below.map(|(_, entry)| entry.since.value)),
    };
    Snapshot {
        status: Status { level, state: state.map(|(state, _)| state) },
        since,
        certificate: certificate.map(|certificate| certificate.unless_left(state)),
        state_entry: state.map(|(_, entry)| entry),
        entry: below.map(|(_, entry)| entry),
    }
}

/// After a certification has lapsed the team is accredited, or a candidate again, whatever else was entered: a
/// certified team was accredited by definition.
fn lapsed(below: Option<(Level, &Entry)>, certification: &Entry) -> (Option<Level>, Option<Date>) {
    match below {
        Some((level, entry)) if level.is_accredited() => (Some(level), Some(entry.since.value)),
        _ => (Some(Level::Accredited), Some(certification.since.value)),
    }
}
