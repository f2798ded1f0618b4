//! What has become of a team until today: the dated facts of its history, what followed from them, and its contact keys.
//!
//! Left out on purpose: assessments, since their days must tell nobody who contributed to which figures; what is announced
//! for a day that has not come; keys that were not read, for of these nothing is known; and what became of the keys of a
//! team after it had withdrawn.

use super::AssessedTeam;
use super::key::AssessedKey;
use super::key_flag::KeyName;
use super::lapse::lapses;
use super::standing::{Snapshot, all_turning_points, snapshot};
use crate::config::Policy;
use crate::model::{Date, Entry, Event, Level, State};
use crate::openpgp::RevocationReason;
use std::cmp::Reverse;
use std::fmt;

/// Something that came about on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastChange<'d> {
    /// The first day on which it was so.
    pub on: Date,
    /// What.
    pub kind: ChangeKind<'d>,
}

/// What came about. No two changes of a team on one day have both the same kind and the same key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind<'d> {
    /// The team got its first level, or one again after it had withdrawn.
    Joined(Level),
    /// It reached a higher level.
    Raised(Level),
    /// It was given a lower level.
    Lowered(Level),
    /// It became a candidate: for accreditation, or for a certification, be it the next.
    Candidate(Level),
    /// It was certified anew before its certification had ended.
    Renewed,
    /// Its certification ended without another, which left it at this level; at none that counts while it is suspended.
    Lapsed(Option<Level>),
    /// Its level no longer counted.
    Suspended,
    /// The suspension ended, at this level.
    Reinstated(Level),
    /// It left.
    Withdrew,
    /// A contact key was made, or began to be valid.
    KeyMade(KeyName<'d>),
    /// A contact key was no longer valid.
    KeyExpired(KeyName<'d>),
    /// A contact key was revoked by its owner.
    KeyRevoked(KeyName<'d>, RevocationReason),
}

impl<'d> ChangeKind<'d> {
    /// The kind in one word, for programs.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Joined(_) => "joined",
            Self::Raised(_) => "level-raised",
            Self::Lowered(_) => "level-lowered",
            Self::Candidate(_) => "candidate",
            Self::Renewed => "certification-renewed",
            Self::Lapsed(_) => "certification-lapsed",
            Self::Suspended => "suspended",
            Self::Reinstated(_) => "reinstated",
            Self::Withdrew => "withdrew",
            Self::KeyMade(_) => "key-made",
            Self::KeyExpired(_) => "key-expired",
            Self::KeyRevoked(..) => "key-revoked",
        }
    }

    /// The level that it is about.
    pub const fn level(self) -> Option<Level> {
        match self {
            Self::Joined(level)
            | Self::Raised(level)
            | Self::Lowered(level)
            | Self::Candidate(level)
            | Self::Reinstated(level) => Some(level),
            Self::Lapsed(level) => level,
            Self::Renewed => Some(Level::Certified),
            _ => None,
        }
    }

    /// The key that it is about.
    pub const fn key(self) -> Option<KeyName<'d>> {
        match self {
            Self::KeyMade(key) | Self::KeyExpired(key) | Self::KeyRevoked(key, _) => Some(key),
            _ => None,
        }
    }
}

impl fmt::Display for ChangeKind<'_> {
    /// In words that stay true.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Joined(level) => write!(f, "Joined: {}", level.title()),
            Self::Raised(level) => write!(f, "Raised to {}", level.title()),
            Self::Lowered(level) => write!(f, "Lowered to {}", level.title()),
            Self::Candidate(level) => f.write_str(level.title()),
            Self::Renewed => f.write_str("Certification renewed"),
            Self::Lapsed(Some(level)) => write!(f, "Certification lapsed, back to {}", level.title()),
            Self::Lapsed(None) => f.write_str("Certification lapsed"),
            Self::Suspended => f.write_str("Suspended"),
            Self::Reinstated(level) => write!(f, "Reinstated: {}", level.title()),
            Self::Withdrew => f.write_str("Withdrew"),
            Self::KeyMade(key) => write!(f, "{key} made"),
            Self::KeyExpired(key) => write!(f, "{key} expired"),
            Self::KeyRevoked(key, reason) => write!(f, "{key} revoked: {}", reason.title()),
        }
    }
}

/// What has become of a team until `today`, newest first; of one day in the order of the kinds, then of the keys.
pub(super) fn changes<'d>(assessed: &AssessedTeam<'d>, policy: Policy, today: Date) -> Vec<PastChange<'d>> {
    let history = &assessed.team.history;
    let lapses: Vec<Date> = lapses(history, policy).map(|lapse| lapse.on).collect();
    let mut changes = Vec::new();
    for on in all_turning_points(history, policy).into_iter().filter(|on| *on <= today) {
        let (before, after) = (snapshot(history, policy, on.previous()), snapshot(history, policy, on));
        // Be the team suspended or not.
        let lapse = lapses.contains(&on).then(|| ChangeKind::Lapsed(after.status.counting()));
        let kinds = turn(&before, &after).filter(|kind| lapse.is_none() || !matches!(kind, ChangeKind::Lowered(_)));
        changes.extend(kinds.into_iter().chain(lapse).map(|kind| PastChange { on, kind }));
    }
    let active = |change: &PastChange<'_>| !snapshot(history, policy, change.on).status.is_withdrawn();
    changes.extend(assessed.keys.iter().flat_map(|key| of_key(key, today)).filter(active));
    changes.sort_by_key(|change| Reverse(change.on));
    changes
}

/// What a day made of a team's status.
fn turn<'d>(before: &Snapshot<'_>, after: &Snapshot<'_>) -> Option<ChangeKind<'d>> {
    let (was, level) = (before.status, after.status.level);
    match (was.state, after.status.state) {
        (state, Some(State::Withdrawn)) => (state != Some(State::Withdrawn)).then_some(ChangeKind::Withdrew),
        (state, Some(State::Suspended)) => (state != Some(State::Suspended)).then_some(ChangeKind::Suspended),
        (Some(State::Suspended), None) if was.level.is_some() => level.map(ChangeKind::Reinstated),
        (Some(_), None) => level.map(ChangeKind::Joined),
        (None, None) => match was.level {
            None => level.map(ChangeKind::Joined),
            Some(old) => moved(old, level?, before, after),
        },
    }
}

/// What a day made of a team's level.
fn moved<'d>(old: Level, new: Level, before: &Snapshot<'_>, after: &Snapshot<'_>) -> Option<ChangeKind<'d>> {
    let is_candidacy = |level| matches!(level, Level::AccreditationCandidate | Level::CertificationCandidate);
    let certified_anew = match (before.certificate, after.certificate) {
        (Some(old), Some(new)) => !std::ptr::eq(old.entry, new.entry),
        _ => false,
    };
    // Who prepares the next certification keeps the present one.
    let prepares = |entry: &&Entry| entry.event == Event::Level(Level::CertificationCandidate);
    let prepared = |snapshot: &Snapshot<'_>| snapshot.entry.filter(prepares).map(|entry| entry.since.value);
    match new {
        new if new > old && is_candidacy(new) => Some(ChangeKind::Candidate(new)),
        new if new > old => Some(ChangeKind::Raised(new)),
        new if new < old => Some(ChangeKind::Lowered(new)),
        Level::Certified if certified_anew => Some(ChangeKind::Renewed),
        Level::Certified if prepared(after).is_some() && prepared(before) != prepared(after) => {
            Some(ChangeKind::Candidate(Level::CertificationCandidate))
        }
        _ => None,
    }
}

/// What has become of a key that was read. One that was revoked does not expire besides.
fn of_key<'d>(key: &AssessedKey<'d>, today: Date) -> impl Iterator<Item = PastChange<'d>> {
    let name = key.name();
    let read = key.file.is_some();
    let made = key.created().map(|on| PastChange { on, kind: ChangeKind::KeyMade(name) });
    let revoked = key.revoked();
    let expired = key.expires().filter(|_| revoked.is_none());
    let expired = expired.map(|last| PastChange { on: last.next(), kind: ChangeKind::KeyExpired(name) });
    let revoked = revoked.map(|by| PastChange { on: Date::of(by.on), kind: ChangeKind::KeyRevoked(name, by.reason) });
    [made, expired, revoked].into_iter().flatten().filter(move |change| read && change.on <= today)
}
