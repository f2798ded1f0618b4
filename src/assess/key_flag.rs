//! What a reader should know of contact keys: when they end, and what is wrong with them.
//!
//! A revoked key is told of once: what else it lacks no longer matters. Of one that has expired, only its end and its
//! weakness are told.

use super::flag::{Ending, Flag, FlagKind, Strength, What};
use super::key::{AssessedKey, Source};
use crate::diagnostic::{Rule, Span};
use crate::model::{Date, Fingerprint, KeyKind, Team, Weakness};
use crate::openpgp::RevocationReason;
use std::fmt;

/// A key as people are told of it: by its kind and the last eight digits of its fingerprint, which the page shows whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyName<'d> {
    /// Whether it is for OpenPGP or S/MIME.
    pub kind: KeyKind,
    /// Its fingerprint.
    pub fingerprint: &'d Fingerprint,
}

impl fmt::Display for KeyName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            KeyKind::OpenPgp => "Key",
            KeyKind::Smime => "S/MIME certificate",
        };
        write!(f, "{kind} …{}", last_digits(self.fingerprint))
    }
}

/// The last eight digits of a fingerprint.
pub(super) fn last_digits(fingerprint: &Fingerprint) -> &str {
    let digits = fingerprint.digits();
    &digits[digits.len() - 8..]
}

/// What is wrong with a key, besides that it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFault {
    /// Its owner revoked it on this day.
    Revoked(Date, RevocationReason),
    /// It has nothing to which messages can be encrypted.
    CannotEncrypt,
    /// It is weaker than it ought to be.
    Weak(Weakness),
    /// It is valid only from this day on.
    NotYetValid(Date),
}

impl KeyFault {
    /// The rule that it breaks.
    pub(super) fn rule(self) -> Rule {
        match self {
            Self::Revoked(..) => Rule::KeyRevoked,
            Self::CannotEncrypt => Rule::CannotEncrypt,
            Self::Weak(_) => Rule::WeakKey,
            Self::NotYetValid(_) => Rule::FutureDate,
        }
    }

    fn strength(self) -> Strength {
        match self {
            Self::Revoked(..) | Self::CannotEncrypt => Strength::Strong,
            Self::Weak(_) => Strength::Soft,
            Self::NotYetValid(_) => Strength::Info,
        }
    }
}

impl fmt::Display for KeyFault {
    /// In words that stand behind the name of the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Revoked(on, reason) => write!(f, "revoked on {on}: {}", reason.title()),
            Self::CannotEncrypt => f.write_str("cannot encrypt messages"),
            Self::Weak(weakness) => write!(f, "is weak: {weakness}"),
            Self::NotYetValid(from) => write!(f, "is valid only from {from} on"),
        }
    }
}

/// When `key` ends, and before that, when messages can no longer be encrypted to it.
pub(super) fn endings<'d>(key: &AssessedKey<'d>, team: &Team, today: Date) -> impl Iterator<Item = Ending<'d>> {
    let span = span(key, team);
    let ends = key.expires().filter(|_| key.revoked().is_none());
    let lasts = key.revoked().is_none() && has_begun(key, today) && ends.is_none_or(|end| today <= end);
    let encrypts = key.encrypts_until().filter(|_| lasts);
    let key =
        ends.map(|on| (What::Key(key.name()), on)).into_iter().chain(encrypts.map(|on| (What::Encryption(key.fingerprint), on)));
    key.map(move |(what, on)| Ending { what, on, days_left: today.days_until(on), span })
}

/// What is wrong with `key`, besides that it ends.
pub(super) fn flags<'d>(key: &AssessedKey<'d>, team: &Team, today: Date) -> Vec<Flag<'d>> {
    let mut faults = Vec::new();
    match (key.revoked(), key.created()) {
        (Some(revocation), _) => faults.push(KeyFault::Revoked(Date::of(revocation.on), revocation.reason)),
        (None, Some(created)) if !has_begun(key, today) => faults.push(KeyFault::NotYetValid(created)),
        _ => {
            let expired = key.expires().is_some_and(|end| end < today);
            faults.extend((!expired && !key.encrypts()).then_some(KeyFault::CannotEncrypt));
            faults.extend(key.weaknesses().iter().map(|weakness| KeyFault::Weak(*weakness)));
        }
    }
    let (name, span) = (key.name(), span(key, team));
    faults.into_iter().map(|fault| Flag { kind: FlagKind::Key(name, fault), strength: fault.strength(), span }).collect()
}

fn has_begun(key: &AssessedKey<'_>, today: Date) -> bool {
    key.created().is_none_or(|created| created <= today)
}

/// Where the team's file speaks of `key`: of its end, where that is all we know; else of the key; else of the team.
fn span(key: &AssessedKey<'_>, team: &Team) -> Span {
    let Some(named) = key.named else { return team.name.span };
    match (&key.source, named.expires) {
        (Source::Stated, Some(expires)) => expires.span,
        _ => named.fingerprint.span,
    }
}
