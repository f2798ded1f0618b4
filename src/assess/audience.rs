//! Who may read what is sealed, and who can: the teams that are entitled to it on the day, and the keys by which each can read.
//!
//! A message is encrypted to every key of a team that is offered, for these are the keys that the directory vouches for; and of
//! each to every part that is for it and valid on the day, for nobody else knows which one the team has at hand.

use super::key::{AssessedKey, Lack, Source, last_day};
use super::{AssessedTeam, Assessment, KeyName};
use crate::diagnostic::hex;
use crate::model::{Date, Fingerprint, KeyKind, Level, SealedFor, SealedKey, SealedMessage, Team, TeamId};
use crate::openpgp::Certificate;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;

/// Who is entitled to a message.
#[derive(Debug)]
pub struct Audience<'a> {
    /// The teams that can read it, by id.
    pub readers: Vec<Reader<'a>>,
    /// The teams that cannot, by id, and why.
    pub unable: Vec<Unable<'a>>,
}

/// A team that can read a message.
#[derive(Debug)]
pub struct Reader<'a> {
    /// The team.
    pub team: &'a AssessedTeam<'a>,
    /// By which keys, at least one: the certificate, and its parts to which the message is encrypted.
    pub keys: Vec<(&'a Certificate, Vec<Fingerprint>)>,
}

/// A team that is entitled to a message, and cannot read it.
#[derive(Debug)]
pub struct Unable<'a> {
    /// The team.
    pub team: &'a AssessedTeam<'a>,
    /// What stands in the way, key by key.
    pub why: Vec<Obstacle<'a>>,
}

/// Why a team cannot read a message.
#[derive(Debug, PartialEq, Eq)]
pub enum Obstacle<'a> {
    /// It has withdrawn.
    Withdrawn,
    /// It has no key.
    NoKey,
    /// It has nothing but S/MIME certificates.
    OnlySmime,
    /// Of this key there is no file.
    NoFile(KeyName<'a>),
    /// This key is revoked.
    Revoked(KeyName<'a>),
    /// This key, or what of it encrypts, ended on this day.
    Expired(KeyName<'a>, Date),
    /// This key is valid only from this day on.
    NotYetValid(KeyName<'a>, Date),
    /// Messages cannot be encrypted to this key.
    CannotEncrypt(KeyName<'a>),
    /// This key has no user id of the team alone.
    Foreign(KeyName<'a>, Lack),
    /// This key carries an address of another team.
    OfOther(KeyName<'a>),
    /// Messages are encrypted to this key by an algorithm that is not known here.
    Unsupported(KeyName<'a>),
}

impl fmt::Display for Obstacle<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Withdrawn => f.write_str("the team has withdrawn, and offers no key any more"),
            Self::NoKey => f.write_str("no OpenPGP key"),
            Self::OnlySmime => f.write_str("no OpenPGP key, only S/MIME certificates"),
            Self::NoFile(key) => write!(f, "{key}: there is no file of it"),
            Self::Revoked(key) => write!(f, "{key}: revoked"),
            Self::Expired(key, on) => write!(f, "{key}: ended on {on}"),
            Self::NotYetValid(key, from) => write!(f, "{key}: valid only from {from} on"),
            Self::CannotEncrypt(key) => write!(f, "{key}: cannot encrypt messages"),
            Self::Foreign(key, lack) => write!(f, "{key}: {lack}"),
            Self::OfOther(key) => write!(f, "{key}: carries an address of another team"),
            Self::Unsupported(key) => write!(f, "{key}: of an algorithm that Peerage cannot encrypt to"),
        }
    }
}

/// How the audience of a message differs from what it was sealed for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shift {
    /// This team is entitled, and cannot open it.
    Joined(TeamId),
    /// This team can open it, and is not entitled, or has no key for it any more.
    Left(TeamId),
    /// This team has other keys now.
    Keys(TeamId),
    /// It is not known who: the recipients are hidden.
    Hidden,
}

impl fmt::Display for Shift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Joined(team) => write!(f, "{team} may read it now, and cannot"),
            Self::Left(team) => write!(f, "{team} can read it, and may not any more or has no valid key"),
            Self::Keys(team) => write!(f, "{team} has other keys now"),
            Self::Hidden => f.write_str("who, is not known, for its recipients are hidden"),
        }
    }
}

impl<'d> Assessment<'d> {
    /// The teams that are entitled on the day to what is for `level`: those at it or above it, while no state is in force.
    pub fn audience(&'d self, level: Level) -> Audience<'d> {
        let is_entitled = |team: &&AssessedTeam<'_>| team.standing.status.counting().is_some_and(|counts| counts >= level);
        let mut entitled: Vec<&AssessedTeam<'d>> = self.teams.iter().filter(is_entitled).collect();
        entitled.sort_unstable_by_key(|team| &team.team.id);
        self.audience_of(entitled.into_iter())
    }

    /// These teams as an audience.
    pub fn audience_of(&self, teams: impl Iterator<Item = &'d AssessedTeam<'d>>) -> Audience<'d> {
        let mut audience = Audience { readers: Vec::new(), unable: Vec::new() };
        for team in teams {
            let keys = keys(team, self.today);
            if keys.is_empty() {
                audience.unable.push(Unable { team, why: obstacles(team, self.today) });
            } else {
                audience.readers.push(Reader { team, keys });
            }
        }
        audience
    }

    /// In what the audience of `message` differs today from what it was sealed for; nothing where it is the same.
    pub fn shifts(&'d self, message: &SealedMessage) -> Vec<Shift> {
        let audience = self.audience(message.audience);
        match &message.sealed_for {
            SealedFor::Hidden { salt, digest } if audience.digest(salt) == *digest => Vec::new(),
            SealedFor::Hidden { .. } => vec![Shift::Hidden],
            SealedFor::Keys(then) => differences(then, &audience.keys()),
        }
    }
}

impl Audience<'_> {
    /// The keys by which it reads, sorted.
    pub fn keys(&self) -> Vec<SealedKey> {
        let of = |reader: &Reader<'_>| {
            let team = &reader.team.team.id;
            let key = |(certificate, parts): &(&Certificate, Vec<Fingerprint>)| SealedKey {
                team: team.clone(),
                key: certificate.fingerprint().clone(),
                encrypted_to: parts.clone(),
            };
            reader.keys.iter().map(key).collect::<Vec<_>>()
        };
        let mut keys: Vec<SealedKey> = self.readers.iter().flat_map(of).collect();
        keys.sort();
        keys
    }

    /// A checksum of all keys by which it reads, with `salt` before them, in hexadecimal digits.
    pub fn digest(&self, salt: &str) -> String {
        let mut hasher = Sha256::new();
        hasher.update(salt);
        for SealedKey { team, key, encrypted_to } in self.keys() {
            hasher.update(format!("\n{team} {}", key.digits()));
            for part in encrypted_to {
                hasher.update(format!(" {}", part.digits()));
            }
        }
        hex(&hasher.finalize())
    }
}

/// The offered keys of a team, with their parts to which messages are encrypted today.
fn keys<'a>(team: &'a AssessedTeam<'a>, today: Date) -> Vec<(&'a Certificate, Vec<Fingerprint>)> {
    let of = |key: &'a AssessedKey<'a>| {
        let Source::OpenPgp(certificate, _) = &key.source else { return None };
        let parts: Vec<Fingerprint> =
            parts(key, today).into_iter().filter(|part| certificate.takes_messages(part)).cloned().collect();
        (!parts.is_empty()).then_some((&**certificate, parts))
    };
    team.keys.iter().filter(|key| key.offered).filter_map(of).collect()
}

/// The parts of a key to which messages are encrypted today: its subkeys for that, and where there is none the key itself.
fn parts<'k>(key: &'k AssessedKey<'_>, today: Date) -> Vec<&'k Fingerprint> {
    let Some(reading) = key.reading() else { return Vec::new() };
    let valid = reading.subkeys.iter().filter(|its| {
        let lasts = its.expires.is_none_or(|end| today <= last_day(end));
        its.encrypts && !its.revoked && lasts && Date::of(its.created) <= today
    });
    let subkeys: Vec<&Fingerprint> = valid.map(|its| &its.fingerprint).collect();
    if subkeys.is_empty() && reading.usage.encrypts { vec![&reading.fingerprint] } else { subkeys }
}

/// Why a team without a usable key has none.
fn obstacles<'a>(team: &'a AssessedTeam<'a>, today: Date) -> Vec<Obstacle<'a>> {
    if team.standing.status.is_withdrawn() {
        return vec![Obstacle::Withdrawn];
    }
    let own: Vec<&AssessedKey<'_>> = team.keys.iter().filter(|key| key.kind == KeyKind::OpenPgp).collect();
    if own.is_empty() {
        return vec![if team.keys.is_empty() { Obstacle::NoKey } else { Obstacle::OnlySmime }];
    }
    own.into_iter().map(|key| obstacle(key, team.team, today)).collect()
}

fn obstacle<'a>(key: &AssessedKey<'a>, team: &Team, today: Date) -> Obstacle<'a> {
    let name = key.name();
    match (key.created(), key.usable_until()) {
        _ if key.revoked().is_some() => Obstacle::Revoked(name),
        (_, Some(end)) if end < today => Obstacle::Expired(name, end),
        _ if matches!(key.source, Source::Stated) => Obstacle::NoFile(name),
        (Some(from), _) if today < from => Obstacle::NotYetValid(name, from),
        _ if !key.encrypts() => Obstacle::CannotEncrypt(name),
        _ if key.offered => Obstacle::Unsupported(name),
        _ if key.of_other.is_some() => Obstacle::OfOther(name),
        _ => Obstacle::Foreign(name, key.lack(team)),
    }
}

fn differences(then: &[SealedKey], now: &[SealedKey]) -> Vec<Shift> {
    let by_team = |keys: &[SealedKey]| {
        let mut teams: BTreeMap<TeamId, Vec<SealedKey>> = BTreeMap::new();
        for key in keys {
            teams.entry(key.team.clone()).or_default().push(key.clone());
        }
        teams
    };
    let (then, now) = (by_team(then), by_team(now));
    let gone = then.keys().filter(|team| !now.contains_key(*team)).map(|team| Shift::Left(team.clone()));
    let here = now.iter().filter_map(|(team, keys)| match then.get(team) {
        None => Some(Shift::Joined(team.clone())),
        Some(before) if before != keys => Some(Shift::Keys(team.clone())),
        Some(_) => None,
    });
    gone.chain(here).collect()
}
