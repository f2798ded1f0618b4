//! What a reader should know of contact keys: when they end, and what is wrong with them.
//!
//! A revoked key is told of once: what else it lacks no longer matters. Of one that has expired, only its end and its
//! weakness are told.

use super::ending::{Ending, What};
use super::flag::{Flag, FlagClass, FlagKind, Strength};
use super::key::{AssessedKey, Lack, Source, is_of};
use crate::diagnostic::{Rule, Span};
use crate::model::{Date, Email, EmailAddress, Fingerprint, KeyKind, Team, Weakness, mailbox};
use crate::openpgp::{RevocationReason, UserIdState};
use std::fmt;

/// A key as people are told of it: by its kind and the last sixteen digits of its fingerprint, which the page shows whole.
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
        write!(f, "{kind} …{}", self.fingerprint.last_digits())
    }
}

/// What is wrong with a key, besides that it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFault<'d> {
    /// Its owner revoked it on this day.
    Revoked(Date, RevocationReason),
    /// Its owner revoked it, and dated the revocation to this day, which has not come. It counts all the same.
    RevokedAhead(Date, RevocationReason),
    /// It has nothing to which messages can be encrypted.
    CannotEncrypt,
    /// It is weaker than it ought to be.
    Weak(Weakness),
    /// It is valid only from this day on.
    NotYetValid(Date),
    /// It would be offered, had its user id with this address of the team not expired.
    UserIdExpired(&'d EmailAddress),
    /// It would be offered, had its user id with this address of the team not been revoked.
    UserIdRevoked(&'d EmailAddress),
    /// It would be offered, had it a user id with an address of the team and of nobody else.
    NoUserId(Lack),
    /// It would be offered, did it not carry this address of another team.
    OfOther(&'d EmailAddress),
}

impl KeyFault<'_> {
    /// The rule that it breaks; `None` where that is about the file, and not about the day.
    pub(super) fn rule(self) -> Option<Rule> {
        match self {
            Self::Revoked(..) | Self::RevokedAhead(..) => Some(Rule::KeyRevoked),
            Self::CannotEncrypt => Some(Rule::CannotEncrypt),
            Self::Weak(_) => Some(Rule::WeakKey),
            Self::NotYetValid(_) => Some(Rule::FutureDate),
            Self::UserIdExpired(_) => Some(Rule::KeyExpired),
            Self::UserIdRevoked(_) | Self::NoUserId(_) | Self::OfOther(_) => None,
        }
    }

    /// What kind of thing it is.
    pub(super) fn class(self) -> FlagClass {
        match self {
            Self::Revoked(..) | Self::RevokedAhead(..) => FlagClass::KeyRevoked,
            Self::CannotEncrypt => FlagClass::CannotEncrypt,
            Self::Weak(_) => FlagClass::WeakKey,
            Self::NotYetValid(_) => FlagClass::KeyNotYetValid,
            Self::UserIdExpired(_) | Self::UserIdRevoked(_) | Self::NoUserId(_) | Self::OfOther(_) => FlagClass::KeyNotOffered,
        }
    }

    /// The day of which it speaks, if it speaks of one.
    pub(super) fn on(self) -> Option<Date> {
        match self {
            Self::Revoked(on, _) | Self::RevokedAhead(on, _) | Self::NotYetValid(on) => Some(on),
            _ => None,
        }
    }

    fn strength(self) -> Strength {
        match self {
            Self::Revoked(..)
            | Self::RevokedAhead(..)
            | Self::CannotEncrypt
            | Self::UserIdExpired(_)
            | Self::UserIdRevoked(_)
            | Self::NoUserId(_)
            | Self::OfOther(_) => Strength::Strong,
            Self::Weak(_) => Strength::Soft,
            Self::NotYetValid(_) => Strength::Info,
        }
    }
}

impl fmt::Display for KeyFault<'_> {
    /// In words that stand behind the name of the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Revoked(on, reason) => write!(f, "revoked on {on}: {}", reason.title()),
            Self::RevokedAhead(on, reason) => write!(f, "revoked; its revocation is dated {on}: {}", reason.title()),
            Self::CannotEncrypt => f.write_str("cannot encrypt messages"),
            Self::Weak(weakness) => write!(f, "is weak: {weakness}"),
            Self::NotYetValid(from) => write!(f, "is valid only from {from} on"),
            Self::UserIdExpired(address) => write!(f, "is not offered: its user id {address} expired"),
            Self::UserIdRevoked(address) => write!(f, "is not offered: its user id {address} was revoked"),
            Self::NoUserId(lack) => write!(f, "is not offered: it {lack}"),
            Self::OfOther(address) => write!(f, "is not offered: it carries {address}, an address of another team"),
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
pub(super) fn flags<'d>(key: &AssessedKey<'d>, team: &'d Team, today: Date) -> Vec<Flag<'d>> {
    let mut faults = Vec::new();
    match (key.revoked(), key.created()) {
        (Some(revocation), _) => {
            let on = Date::of(revocation.on);
            let kind = if today < on { KeyFault::RevokedAhead } else { KeyFault::Revoked };
            faults.push(kind(on, revocation.reason));
        }
        (None, Some(created)) if !has_begun(key, today) => faults.push(KeyFault::NotYetValid(created)),
        _ => {
            let expired = key.expires().is_some_and(|end| end < today);
            faults.extend((!expired && !key.encrypts()).then_some(KeyFault::CannotEncrypt));
            // A team that has withdrawn has no flags of keys.
            faults.extend((key.is_usable(today) && !key.offered).then(|| foreign(key, team)));
            faults.extend(key.weaknesses().iter().map(|weakness| KeyFault::Weak(*weakness)));
        }
    }
    let (name, span) = (key.name(), span(key, team));
    faults.into_iter().map(|fault| Flag { kind: FlagKind::Key(name, fault), strength: fault.strength(), span }).collect()
}

/// Why the user ids of `key` do not make it one of `team` alone.
fn foreign<'d>(key: &AssessedKey<'d>, team: &'d Team) -> KeyFault<'d> {
    if let Some((_, address)) = key.of_other {
        return KeyFault::OfOther(address);
    }
    let ids = key.reading().map_or(&[][..], |reading| &reading.user_ids);
    let of = |state| {
        let carried = move |email: &&Email| {
            let own = email.address.mailbox();
            let is_it = |address: &String| mailbox(address) == own;
            ids.iter().any(|id| id.state == state && is_of(id, team) && id.address.as_ref().is_some_and(is_it))
        };
        team.contact.emails.iter().find(carried).map(|email| &email.address.value)
    };
    let expired = of(UserIdState::Expired).map(KeyFault::UserIdExpired);
    expired
        .or_else(|| of(UserIdState::Revoked).map(KeyFault::UserIdRevoked))
        .unwrap_or_else(|| KeyFault::NoUserId(key.lack(team)))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::assess;
    use crate::load::load;
    use std::path::Path;

    /// No tool that makes fixtures lets a user id end by itself, so the state of one that is read is changed.
    #[test]
    fn a_key_whose_user_id_no_longer_counts_says_so() {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/unused-domain/pass");
        let directory = load(&fixtures).unwrap().0.unwrap();
        let mut assessment = assess(&directory, "2026-11-21".parse().unwrap());
        let today = assessment.today;
        let assessed = &mut assessment.teams[0];
        let key = &mut assessed.keys[0];
        assert!(key.offered && flags(key, assessed.team, today).is_empty());
        key.offered = false;
        let name = key.name();
        for (state, rule, told) in [
            (UserIdState::Expired, Some(Rule::KeyExpired), "is not offered: its user id cert@alpha.example expired"),
            (UserIdState::Revoked, None, "is not offered: its user id cert@alpha.example was revoked"),
        ] {
            let Source::OpenPgp(_, reading) = &mut key.source else { panic!("an OpenPGP key") };
            reading.user_ids[0].state = state;
            let flags = flags(key, assessed.team, today);
            assert_eq!(flags.iter().map(|flag| flag.kind.to_string()).collect::<Vec<_>>(), [format!("{name} {told}")]);
            assert_eq!((flags[0].kind.rule(), flags[0].strength), (rule, Strength::Strong));
        }
        let others = "names somebody else in each user id with an address of the team";
        for (text, state, lack) in [
            ("x@b.example <cert@alpha.example>", UserIdState::Valid, others),
            ("cert@alpha.example <x@b.example>", UserIdState::Valid, others),
            ("x@b.example <cert@alpha.example>", UserIdState::Revoked, "carries no address of the team"),
            ("x <x@b.example>", UserIdState::Valid, "carries no address of the team"),
        ] {
            let Source::OpenPgp(_, reading) = &mut key.source else { panic!("an OpenPGP key") };
            reading.user_ids[0].state = state;
            reading.user_ids[0].address = text.rsplit(['<', '>']).nth(1).map(str::to_owned);
            reading.user_ids[0].text = text.to_owned();
            let told = flags(key, assessed.team, today)[0].kind.to_string();
            assert_eq!(told, format!("{name} is not offered: it {lack}"), "{text}");
        }
    }
}
