//! A team's history as a picture: time runs along, and the higher the level the higher the step. What it shows is said in
//! words beside it, date by date.

use super::parts::badge;
use crate::assess::{Change, periods};
use crate::config::Policy;
use crate::model::{Date, Entry, Level};
use serde::Serialize;

/// How wide and how high the picture is. Themes may stretch it.
const WIDTH: i64 = 1000;
const HEIGHT: i64 = 100;

/// How high a step is.
const RISE: i64 = 18;

/// The picture. Lengths are in its own units.
#[derive(Serialize)]
pub(super) struct Stairs {
    width: i64,
    height: i64,
    /// The first day that it shows.
    first: Date,
    /// The last year that it shows.
    last: i32,
    steps: Vec<Step>,
    /// Where today is.
    today: i64,
}

/// A time in which the status was the same.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Step {
    /// The badge of the status.
    badge: &'static str,
    /// Whether it is still to come.
    ahead: bool,
    x: i64,
    width: i64,
    height: i64,
}

impl Stairs {
    /// The picture of `history`; `None` where nothing has begun, or the history tells of a withdrawal alone.
    pub(super) fn new(history: &[Entry], policy: Policy, today: Date) -> Option<Self> {
        let periods = periods(history, policy);
        let first = periods.first()?.on;
        // What has no end runs on for a while.
        let known = periods.last()?.on.max(today);
        let span = first.days_until(known);
        let last = known.plus_days(u32::try_from(span / 12).unwrap_or(365).max(30));
        let days = first.days_until(last).max(1);
        let at = |day: Date| first.days_until(day).clamp(0, days) * WIDTH / days;
        let ends = periods.iter().skip(1).map(|next| next.on).chain([last]);
        let steps = periods.iter().zip(ends).flat_map(|(period, end)| Step::of(*period, end, today, at));
        let steps: Vec<Step> = steps.collect();
        (first <= today && !steps.is_empty()).then(|| Self {
            width: WIDTH,
            height: HEIGHT,
            first,
            last: last.year(),
            steps,
            today: at(today),
        })
    }
}

impl Step {
    /// The step of a period, in two where today divides it. A team that has withdrawn stands nowhere.
    fn of(period: Change, end: Date, today: Date, at: impl Fn(Date) -> i64) -> Vec<Self> {
        let Some(height) = rung(period).map(|rung| rung * RISE) else { return Vec::new() };
        let badge = badge(period.to);
        let part = |from: Date, to: Date, ahead| {
            let x = at(from);
            Self { badge, ahead, x, width: (at(to) - x).max(1), height }
        };
        let tomorrow = today.next();
        match () {
            () if period.on > today => vec![part(period.on, end, true)],
            () if end <= tomorrow => vec![part(period.on, end, false)],
            () => vec![part(period.on, tomorrow, false), part(tomorrow, end, true)],
        }
    }
}

/// How many steps up the status stands: 1 to 5. Who is suspended is seen where the level stood that does not count.
fn rung(period: Change) -> Option<i64> {
    if period.to.is_withdrawn() {
        return None;
    }
    let level = period.to.level.unwrap_or(Level::Listed);
    Level::ALL.iter().zip(1..).find(|(one, _)| **one == level).map(|(_, rung)| rung)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Span, Spanned};
    use crate::model::Event;
    use crate::model::State;

    fn entry(event: Event, since: &str) -> Entry {
        let since = Spanned::new(since.parse().unwrap(), Span::default());
        Entry { event, since, until: None, sponsors: Vec::new(), authority: None, certificate: None, verifications: Vec::new() }
    }

    fn stairs(entries: &[(Event, &str)], today: &str) -> Option<Stairs> {
        let history: Vec<Entry> = entries.iter().map(|(event, since)| entry(*event, since)).collect();
        Stairs::new(&history, Policy::default(), today.parse().unwrap())
    }

    #[test]
    fn higher_levels_stand_higher_and_what_comes_is_apart() {
        let entries = [(Event::Level(Level::Listed), "2020-01-01"), (Event::Level(Level::Certified), "2025-01-01")];
        let stairs = stairs(&entries, "2026-01-01").unwrap();
        let told: Vec<_> = stairs.steps.iter().map(|step| (step.badge, step.ahead, step.height)).collect();
        let lapse = ("accredited", true, 3 * RISE);
        assert_eq!(
            told,
            [("listed", false, RISE), ("certified", false, 5 * RISE), ("certified", true, 5 * RISE), lapse],
            "a certification that is not renewed leaves the team accredited"
        );
        let touches = stairs.steps.windows(2).all(|pair| pair[0].x + pair[0].width == pair[1].x);
        assert!(touches && stairs.steps[0].x == 0, "{:?}", stairs.steps);
        assert!((stairs.today - (stairs.steps[2].x)).abs() <= 1);
    }

    #[test]
    fn who_withdrew_stands_nowhere_and_who_is_suspended_stands_aside() {
        let listed = (Event::Level(Level::Accredited), "2020-01-01");
        let badges = |state, on: &str| -> Vec<&'static str> {
            let stairs = stairs(&[listed, (Event::State(state), on)], "2026-01-01").unwrap();
            stairs.steps.iter().map(|step| step.badge).collect()
        };
        assert_eq!(badges(State::Withdrawn, "2024-01-01"), ["accredited"]);
        assert_eq!(badges(State::Suspended, "2024-01-01"), ["accredited", "suspended", "suspended"]);
    }

    #[test]
    fn nothing_that_has_begun_is_no_picture() {
        assert!(stairs(&[], "2026-01-01").is_none());
        assert!(stairs(&[(Event::Level(Level::Listed), "2027-01-01")], "2026-01-01").is_none());
        assert!(stairs(&[(Event::State(State::Withdrawn), "2025-01-01")], "2026-01-01").is_none());
        assert!(stairs(&[(Event::Level(Level::Listed), "2026-01-01")], "2026-01-01").is_some());
    }
}
