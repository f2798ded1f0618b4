//! A certificate that was read and verified.

use super::armor;
use super::evaluate::Evaluation;
use super::key::{Key, Signer};
use super::minimise::{completed_by, minimise};
use super::packets::{self, Component, Packet, Parts};
use super::reading::{Reading, UserId};
use super::verify::{Of, Own, Verifier};
use super::{broken, broken_with};
use crate::diagnostic::Problem;
use crate::model::Fingerprint;
use chrono::{DateTime, Utc};
use pgp::types::Tag;
use std::collections::BTreeSet;

/// An OpenPGP certificate whose own signatures were verified when it was read.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// The primary key.
    pub(super) key: Key,
    /// Its packet, with its header.
    pub(super) raw: Box<[u8]>,
    /// The genuine signatures over it alone: direct-key signatures and key revocations.
    pub(super) signatures: Vec<Own>,
    pub(super) user_ids: Vec<Subject>,
    pub(super) subkeys: Vec<Subordinate>,
}

/// A user id, or a user attribute, with the genuine signatures over it.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub raw: Box<[u8]>,
    /// Its packet without the header, of which there are two forms (RFC 9580, section 4.2).
    pub body: Box<[u8]>,
    /// `None`: a user attribute.
    pub text: Option<String>,
    pub signatures: Vec<Own>,
}

/// A subkey, with the genuine signatures over it.
#[derive(Debug, Clone)]
pub(super) struct Subordinate {
    pub key: Key,
    pub raw: Box<[u8]>,
    pub signatures: Vec<Own>,
}

/// The certificates of a key file, armoured or binary, in the order of the file; at least one.
///
/// # Errors
/// What is wrong with the file: it is broken or holds none ([`Rule::BrokenKey`](crate::diagnostic::Rule::BrokenKey)), or
/// holds a secret key ([`Rule::SecretKey`](crate::diagnostic::Rule::SecretKey)). A message never shows a byte of the file.
pub fn read(bytes: &[u8]) -> Result<Vec<Certificate>, Problem> {
    let packets = armor::packets(bytes)?;
    let mut verifier = Verifier::default();
    let mut certificates: Vec<Certificate> = Vec::new();
    for parts in packets::certificates(&packets)? {
        let certificate = Certificate::verify(&parts, &mut verifier)?;
        // A file may be put together from an old and a new copy of one key.
        match certificates.iter_mut().find(|other| other.key.fingerprint == certificate.key.fingerprint) {
            Some(same) => same.merge(certificate),
            None => certificates.push(certificate),
        }
    }
    Ok(certificates)
}

impl Certificate {
    /// The fingerprint of its primary key.
    pub fn fingerprint(&self) -> &Fingerprint {
        &self.key.fingerprint
    }

    /// What it says as of `at`.
    pub fn as_of(&self, at: DateTime<Utc>) -> Reading {
        Evaluation::new(self, at.timestamp()).reading()
    }

    /// Every instant at which what it says may become something else: when its keys were made, and when its signatures were
    /// made, end, or let a key end; in no order.
    pub fn instants(&self) -> Vec<DateTime<Utc>> {
        let of = |key: &Key, signatures: &[Own]| {
            let begin = key.created;
            let dates = signatures.iter().flat_map(move |own| {
                let ends = own.agreed.iter().copied().flatten();
                let stated = [Some(own.created), own.ends, own.lifetime.map(|seconds| begin + seconds)];
                stated.into_iter().flatten().chain(ends).collect::<Vec<_>>()
            });
            dates.chain([begin]).collect::<Vec<_>>()
        };
        let ids = self.user_ids.iter().flat_map(|id| of(&self.key, &id.signatures));
        let subkeys = self.subkeys.iter().flat_map(|subkey| of(&subkey.key, &subkey.signatures));
        let all = of(&self.key, &self.signatures).into_iter().chain(ids).chain(subkeys);
        all.filter_map(|seconds| DateTime::from_timestamp(seconds, 0)).collect()
    }

    /// Whether only software that knows RFC 9580 can read it: it is of version 6, or has a key whose algorithm that
    /// RFC introduced, or a later one.
    pub fn needs_rfc9580(&self) -> bool {
        const FIRST_NEW: u8 = 25;
        let bound = self.subkeys.iter().filter(|subkey| subkey.signatures.iter().any(|own| !own.revokes));
        self.key.version >= 6 || bound.map(|subkey| &subkey.key).chain([&self.key]).any(|key| key.number >= FIRST_NEW)
    }

    /// The certificate as it is published, in binary: the primary key with its own direct signatures and revocations,
    /// the user ids that `keep` lets pass and the subkeys, each with the signature that counts as of `at` and its
    /// revocations. What third parties certified is dropped. Where only another user id says when the key ends or what
    /// it is for, that one stays too, for without it the key would say something else.
    pub fn minimised(&self, at: DateTime<Utc>, keep: &dyn Fn(&UserId) -> bool) -> Vec<u8> {
        minimise(self, &Evaluation::new(self, at.timestamp()), keep)
    }

    /// The user ids that stay as of `at` besides those that `keep` lets pass; see [`Certificate::minimised`].
    pub fn completing(&self, at: DateTime<Utc>, keep: &dyn Fn(&UserId) -> bool) -> Vec<UserId> {
        completed_by(&Evaluation::new(self, at.timestamp()), keep)
    }

    /// Takes over what another copy of the same certificate says: its user ids, subkeys and signatures, each once. What is
    /// dated later counts then, and a revocation whichever copy holds it.
    pub fn merge(&mut self, other: Self) {
        join(&mut self.signatures, other.signatures);
        self.add(other.user_ids, other.subkeys);
    }

    fn verify(parts: &Parts<'_>, verifier: &mut Verifier) -> Result<Self, Problem> {
        let body = parts.primary.packet.body;
        let signer = Signer::read(body).ok_or_else(|| unreadable(body))?;
        let key = signer.key().ok_or_else(|| unreadable(body))?;
        if !signer.can_check() {
            return Err(broken(format!("its algorithm ({}) is not one that we can check", key.algorithm)));
        }
        let mut own = |packets: &[Packet<'_>], of: Of<'_>| {
            let found = packets.iter().map(|packet| verifier.own(packet, &signer, &key, of));
            Ok(found.collect::<Result<Vec<_>, Problem>>()?.into_iter().flatten().collect::<Vec<Own>>())
        };
        let signatures = own(&parts.primary.signatures, Of::Key)?;
        let mut user_ids = Vec::new();
        for Component { packet, signatures } in &parts.user_ids {
            let signatures = own(signatures, Of::UserId(packet.header.tag(), packet.body))?;
            user_ids.push(Subject { raw: packet.raw.into(), body: packet.body.into(), text: text(packet), signatures });
        }
        let mut subkeys = Vec::new();
        for Component { packet, signatures } in &parts.subkeys {
            let Some(subkey) = Signer::read(packet.body) else { continue };
            let Some(its) = subkey.key() else { continue };
            let signatures = own(signatures, Of::Subkey(&subkey, &its))?;
            subkeys.push(Subordinate { key: its, raw: packet.raw.into(), signatures });
        }
        let mut certifications = user_ids.iter().flat_map(|subject| &subject.signatures).filter(|own| !own.revokes);
        if signatures.is_empty() && certifications.next().is_none() {
            if parts.user_ids.is_empty() && parts.primary.signatures.is_empty() {
                return Err(broken_with(
                    "the key has no user id",
                    "add one with `gpg --quick-add-uid FINGERPRINT \"NAME <ADDRESS>\"`, or ask the team for the key with its user \
                     ids, which some key servers leave out; then put here what `gpg --armor --export FINGERPRINT` prints",
                ));
            }
            return Err(broken("no signature of the key itself could be verified"));
        }
        // What stands there twice is put together.
        let raw = parts.primary.packet.raw.into();
        let mut certificate = Self { key, raw, signatures, user_ids: Vec::new(), subkeys: Vec::new() };
        certificate.add(user_ids, subkeys);
        Ok(certificate)
    }

    fn add(&mut self, user_ids: Vec<Subject>, subkeys: Vec<Subordinate>) {
        for subject in user_ids {
            let is_same = |other: &&mut Subject| other.body == subject.body && other.text == subject.text;
            match self.user_ids.iter_mut().find(is_same) {
                Some(same) => join(&mut same.signatures, subject.signatures),
                None => self.user_ids.push(subject),
            }
        }
        for subkey in subkeys {
            match self.subkeys.iter_mut().find(|other| other.key.fingerprint == subkey.key.fingerprint) {
                Some(same) => join(&mut same.signatures, subkey.signatures),
                None => self.subkeys.push(subkey),
            }
        }
    }
}

/// Adds the signatures that are not there yet.
fn join(signatures: &mut Vec<Own>, others: Vec<Own>) {
    let mut known: BTreeSet<Box<[u8]>> = signatures.iter().map(|own| own.raw.clone()).collect();
    signatures.extend(others.into_iter().filter(|own| known.insert(own.raw.clone())));
}

/// The text of a user id; `None` for a user attribute.
fn text(packet: &Packet<'_>) -> Option<String> {
    (packet.header.tag() == Tag::UserId).then(|| String::from_utf8_lossy(packet.body).into_owned())
}

/// Why a primary key cannot be read.
fn unreadable(body: &[u8]) -> Problem {
    match body.first() {
        Some(2 | 3) => broken("it is of version 3, which can be forged: make a new key"),
        Some(5) => broken("it is of version 5, which only GnuPG's own newer format uses: make a key of version 4 or 6"),
        Some(version) if !matches!(version, 4 | 6) => broken(format!("it is of version {version}, which nobody knows")),
        _ => broken("its primary key is damaged"),
    }
}
