//! What ended by its date, so that the day after was another without an entry that said so.

use super::standing::{End, end_of, snapshot};
use crate::config::Policy;
use crate::model::{Date, Entry, Event, Level, State};

/// An entry whose date had come.
#[derive(Debug, Clone, Copy)]
pub struct Lapse<'d> {
    /// The first day without.
    pub on: Date,
    /// What had ended.
    pub entry: &'d Entry,
}

/// The certifications in `history` (sorted, oldest first) that were in force on their last day, and that no other followed on
/// the day after, while the team took part. What else began on that day changes nothing about it.
pub fn lapses(history: &[Entry], policy: Policy) -> impl Iterator<Item = Lapse<'_>> {
    ended(history, policy, Event::Level(Level::Certified)).filter(move |lapse| {
        let held = |day| snapshot(history, policy, day).certificate.filter(|certificate| certificate.valid);
        held(lapse.on.previous()).is_some_and(|held| std::ptr::eq(held.entry, lapse.entry)) && held(lapse.on).is_none()
    })
}

/// The suspensions in `history` that were in force on their last day, and after which the level counted again.
pub fn suspensions_over(history: &[Entry], policy: Policy) -> impl Iterator<Item = Lapse<'_>> {
    ended(history, policy, Event::State(State::Suspended)).filter(move |lapse| {
        let state = |day| snapshot(history, policy, day).state_entry;
        state(lapse.on.previous()).is_some_and(|state| std::ptr::eq(state, lapse.entry)) && state(lapse.on).is_none()
    })
}

/// What says `event` and ended by its date, but where the team had withdrawn.
fn ended(history: &[Entry], policy: Policy, event: Event) -> impl Iterator<Item = Lapse<'_>> {
    let of_kind = history.iter().filter(move |entry| entry.event == event);
    let ended = of_kind.filter_map(move |entry| match end_of(entry, policy)? {
        End::On(last) => Some(Lapse { on: last.next(), entry }),
        End::NotStated => None,
    });
    let took_part = move |day| !snapshot(history, policy, day).status.is_withdrawn();
    ended.filter(move |lapse| took_part(lapse.on.previous()) && took_part(lapse.on))
}
