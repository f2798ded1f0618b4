//! A team's contact keys as of a day.

use super::key_flag::KeyName;
use super::standing::Standing;
use crate::load::{KeyFile, PublicKey};
use crate::model::{ContactKey, Date, EmailAddress, Fingerprint, KeyAlgorithm, KeyKind, Team, Weakness};
use crate::openpgp::{self, Encryption, Reading, Revocation, UserId, UserIdState};
use crate::smime;
use chrono::{DateTime, Utc};
use std::fmt;

/// A contact key as of a day: what the entry says of it, and what the key says of itself, which counts.
#[derive(Debug)]
pub struct AssessedKey<'d> {
    /// Whether it is for OpenPGP or S/MIME.
    pub kind: KeyKind,
    /// Its fingerprint.
    pub fingerprint: &'d Fingerprint,
    /// What the entry says of it, if it names it.
    pub named: Option<&'d ContactKey>,
    /// The file from which it was read; `None` where there is none, and what the entry types is all we know.
    pub file: Option<&'d KeyFile>,
    /// What was read.
    pub source: Source<'d>,
    /// Whether it may be used to write to the team today: it was read, is valid today, messages can be encrypted to it,
    /// and it carries one of the team's addresses, and none of another team. Never for a team that has withdrawn.
    pub offered: bool,
    /// Another team, and its address that would be published with the key, so that it is not: who looks for the other's key
    /// would take this one.
    pub of_other: Option<(&'d Team, &'d EmailAddress)>,
}

/// What is known of a key.
#[derive(Debug)]
pub enum Source<'d> {
    /// What the entry types, which is not known to be true.
    Stated,
    /// An OpenPGP certificate, and what it says today.
    OpenPgp(&'d openpgp::Certificate, Box<Reading>),
    /// An S/MIME certificate.
    Smime(&'d smime::Certificate),
}

impl<'d> AssessedKey<'d> {
    /// A key as of `today`, as if no entry named it and it were no team's.
    pub fn alone(key: &'d PublicKey, today: Date) -> Self {
        let source = match key {
            PublicKey::OpenPgp(certificate) => Source::OpenPgp(certificate, Box::new(certificate.as_of(end_of_day(today)))),
            PublicKey::Smime(certificate) => Source::Smime(certificate),
        };
        Self { kind: key.kind(), fingerprint: key.fingerprint(), named: None, file: None, source, offered: false, of_other: None }
    }

    /// A key of which the entry alone speaks.
    fn stated(kind: KeyKind, named: &'d ContactKey) -> Self {
        let (fingerprint, source) = (&named.fingerprint.value, Source::Stated);
        Self { kind, fingerprint, named: Some(named), file: None, source, offered: false, of_other: None }
    }

    /// How people are told of it.
    pub fn name(&self) -> KeyName<'d> {
        KeyName { kind: self.kind, fingerprint: self.fingerprint }
    }

    /// When it was made, or from when on it is valid.
    pub fn created(&self) -> Option<Date> {
        match &self.source {
            Source::Stated => None,
            Source::OpenPgp(_, reading) => Some(Date::of(reading.created)),
            Source::Smime(certificate) => Some(Date::of(certificate.not_before)),
        }
    }

    /// The last day on which it is valid, for some part of that day. `None`: it has no end, or none is known.
    pub fn expires(&self) -> Option<Date> {
        match &self.source {
            Source::Stated => self.named?.expires.map(|date| date.value),
            Source::OpenPgp(_, reading) => reading.expires.map(last_day),
            // One instant of a day is no day: `notAfter` itself still counts (RFC 5280, section 4.1.2.5).
            Source::Smime(certificate) => Some(last_day(certificate.not_after)),
        }
    }

    /// That its owner has revoked it. We cannot know this of an S/MIME certificate.
    pub fn revoked(&self) -> Option<&Revocation> {
        self.reading().and_then(|reading| reading.revoked.as_ref())
    }

    /// Whether messages can be encrypted to it at some time.
    pub fn encrypts(&self) -> bool {
        match &self.source {
            Source::Stated => true,
            Source::OpenPgp(_, reading) => reading.encryption != Encryption::Never,
            Source::Smime(certificate) => certificate.encrypts,
        }
    }

    /// The last day on which messages can be encrypted to it, where that is before it ends itself.
    pub fn encrypts_until(&self) -> Option<Date> {
        let Encryption::Until(Some(end)) = self.reading()?.encryption else { return None };
        Some(last_day(end)).filter(|end| self.expires().is_none_or(|expires| *end < expires))
    }

    /// Its algorithm.
    pub fn algorithm(&self) -> Option<&KeyAlgorithm> {
        match &self.source {
            Source::Stated => None,
            Source::OpenPgp(_, reading) => Some(&reading.algorithm),
            Source::Smime(certificate) => Some(&certificate.algorithm),
        }
    }

    /// In what it is weak.
    pub fn weaknesses(&self) -> &[Weakness] {
        match &self.source {
            Source::Stated => &[],
            Source::OpenPgp(_, reading) => &reading.weaknesses,
            Source::Smime(certificate) => &certificate.weaknesses,
        }
    }

    /// What an OpenPGP certificate says.
    pub fn reading(&self) -> Option<&Reading> {
        match &self.source {
            Source::OpenPgp(_, reading) => Some(reading),
            _ => None,
        }
    }

    /// Its fingerprint, and those of its subkeys: a message names the one that signed it, or to which it is encrypted.
    pub fn fingerprints(&self) -> impl Iterator<Item = &Fingerprint> {
        let subkeys = self.reading().map_or(&[][..], |reading| &reading.subkeys);
        std::iter::once(self.fingerprint).chain(subkeys.iter().map(|subkey| &subkey.fingerprint))
    }

    /// The last day on which messages can be encrypted to it, as far as is known. `None`: it has no end, or none is known.
    pub fn usable_until(&self) -> Option<Date> {
        [self.expires(), self.encrypts_until()].into_iter().flatten().min()
    }

    /// Whether `today` lies within its time, it is not revoked, and messages can be encrypted to it.
    pub fn is_usable(&self, today: Date) -> bool {
        let begun = self.created().is_some_and(|created| created <= today);
        let ended = self.usable_until().is_some_and(|end| end < today);
        begun && !ended && self.revoked().is_none() && self.encrypts()
    }

    /// The user id that stands for a key without one that is the team's and counts: without any it could not be imported.
    pub fn last_resort(&self, team: &Team) -> Option<&UserId> {
        let ids = &self.reading()?.user_ids;
        let valid = |id: &&UserId| id.state == UserIdState::Valid;
        ids.iter().find(|id| is_of(id, team)).or_else(|| ids.iter().find(valid)).or_else(|| ids.first())
    }

    /// The addresses that are published with it as a key of `team`, be it offered or not, and are not the team's.
    pub(super) fn others_addresses(&self, team: &Team, today: Date) -> Vec<String> {
        let is_others = |address: &&str| !team.has_address(address);
        let owned = |addresses: &mut dyn Iterator<Item = &str>| addresses.filter(is_others).map(str::to_owned).collect();
        match &self.source {
            Source::Stated => Vec::new(),
            Source::Smime(certificate) => owned(&mut certificate.emails.iter().map(String::as_str)),
            Source::OpenPgp(certificate, reading) => {
                // Almost every key is the team's alone.
                if reading.user_ids.iter().all(|id| is_own(id, team)) {
                    return Vec::new();
                }
                let last = if reading.user_ids.iter().any(|id| is_own(id, team)) { None } else { self.last_resort(team) };
                let keep = |id: &UserId| last.map_or_else(|| is_own(id, team), |last| last.text == id.text);
                let stay = certificate.completing(end_of_day(today), &keep);
                owned(&mut stay.iter().chain(last).flat_map(|id| addresses_in(&id.text)))
            }
        }
    }

    /// What it lacks to be one of `team`'s, if no user id that counts on the day is the team's alone.
    pub fn lack(&self, team: &Team) -> Lack {
        let ids = self.reading().map_or(&[][..], |reading| &reading.user_ids);
        Lack::of(ids.iter().filter(|id| id.state == UserIdState::Valid), team)
    }

    /// Whether it carries, in what still counts, an address of `team`.
    fn belongs_to(&self, team: &Team) -> bool {
        match &self.source {
            Source::Stated => false,
            Source::OpenPgp(_, reading) => reading.user_ids.iter().any(|id| is_own(id, team)),
            Source::Smime(certificate) => certificate.emails.iter().any(|address| team.has_address(address)),
        }
    }
}

/// What a certificate says by all of its signatures, whatever the day.
pub fn timeless(certificate: &openpgp::Certificate) -> Reading {
    certificate.as_of(end_of_day(Date::of(DateTime::<Utc>::MAX_UTC)))
}

/// Whether a user id still counts, and carries one of the team's addresses and none of anybody else: what of a key is published for
/// the team. Programs look for an address in all of its text, be it in the name.
pub fn is_own(id: &UserId, team: &Team) -> bool {
    id.state == UserIdState::Valid && is_of(id, team)
}

/// Whether a user id carries an address of the team and none of anybody else, be it valid or not.
pub fn is_of(id: &UserId, team: &Team) -> bool {
    id.address.as_ref().is_some_and(|address| team.has_address(address))
        && addresses_in(&id.text).all(|address| team.has_address(address))
}

/// What a key lacks to be one of the team's, in words that stand behind the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// It carries no address of the team.
    Address,
    /// It carries one, and each user id with one names somebody else, too.
    OwnUserId,
}

impl Lack {
    /// What a key with these user ids lacks that has none of `team` alone.
    pub fn of<'i>(ids: impl IntoIterator<Item = &'i UserId>, team: &Team) -> Self {
        let of_team = |address: &str| team.has_address(address);
        let names_both = |id: &UserId| addresses_in(&id.text).any(of_team) && !addresses_in(&id.text).all(of_team);
        if ids.into_iter().any(names_both) { Self::OwnUserId } else { Self::Address }
    }
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Address => "carries no address of the team",
            Self::OwnUserId => "names somebody else in each user id with an address of the team",
        })
    }
}

/// What looks like an address in the text of a user id.
pub fn addresses_in(text: &str) -> impl Iterator<Item = &str> {
    let around = |c: char| c.is_whitespace() || c.is_control() || "<>()[]{},;:\"'".contains(c);
    text.split(around).filter(|word| word.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty()))
}

/// The last instant of a day: of a key's signatures those made until then count.
pub fn end_of_day(day: Date) -> DateTime<Utc> {
    day.next().begin() - chrono::TimeDelta::seconds(1)
}

/// The last day of which some part lies before `end`, the first instant at which a thing no longer holds.
pub fn last_day(end: DateTime<Utc>) -> Date {
    Date::of(end - chrono::TimeDelta::seconds(1))
}

/// The contact keys of `team`, first those that its entry names, in its order, then what else its key files hold.
pub(super) fn keys<'d>(team: &'d Team, files: &'d [KeyFile], standing: &Standing<'_>, today: Date) -> Vec<AssessedKey<'d>> {
    let mut read: Vec<(&KeyFile, &PublicKey)> =
        files.iter().flat_map(|file| file.keys.iter().map(move |key| (file, key))).collect();
    let named = [(KeyKind::OpenPgp, &team.keys), (KeyKind::Smime, &team.smime)];
    let mut keys = Vec::with_capacity(team.keys.len() + team.smime.len() + read.len());
    for (kind, named) in named.into_iter().flat_map(|(kind, named)| named.iter().map(move |key| (kind, key))) {
        let wanted = &named.fingerprint.value;
        let at = read.iter().position(|(_, key)| key.kind() == kind && key.fingerprint() == wanted);
        keys.push(match at.map(|at| read.remove(at)) {
            Some((file, key)) => AssessedKey { named: Some(named), file: Some(file), ..AssessedKey::alone(key, today) },
            None => AssessedKey::stated(kind, named),
        });
    }
    keys.extend(read.into_iter().map(|(file, key)| AssessedKey { file: Some(file), ..AssessedKey::alone(key, today) }));
    let active = !standing.status.is_withdrawn();
    for key in &mut keys {
        key.offered = active && key.is_usable(today) && key.belongs_to(team);
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_at_midnight_held_to_the_day_before() {
        for (end, last) in [
            ("2026-11-21T00:00:00Z", "2026-11-20"),
            ("2026-11-21T00:00:01Z", "2026-11-21"),
            ("2026-11-21T23:59:59Z", "2026-11-21"),
        ] {
            assert_eq!(last_day(end.parse().unwrap()).to_string(), last, "{end}");
        }
        let day: Date = "2026-11-21".parse().unwrap();
        assert_eq!(end_of_day(day).to_rfc3339(), "2026-11-21T23:59:59+00:00");
    }

    #[test]
    fn a_user_id_that_names_anybody_else_is_not_the_team_s() {
        let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/unused-domain/pass");
        let directory = crate::load::load(&fixtures).unwrap().0.unwrap();
        let team = &directory.teams[0];
        let own = team.contact.emails[0].address.as_str();
        let is_own = |text: String| is_own(&UserId { text, address: Some(own.to_owned()), state: UserIdState::Valid }, team);
        for text in
            ["CERT <ADDRESS>", "ADDRESS", "ADDRESS <ADDRESS>", "CERT @ Alpha (24/7) <ADDRESS>", "\"CERT, Alpha\" <ADDRESS>"]
        {
            assert!(is_own(text.replace("ADDRESS", own)), "{text}");
        }
        for text in ["cert@beta.example <ADDRESS>", "CERT (cert@beta.example) <ADDRESS>", "<cert@beta.example> <ADDRESS>"] {
            assert!(!is_own(text.replace("ADDRESS", own)), "{text}");
        }
    }
}
