//! Keys in our own JSON, version 1: what `api/v1/teams.json` says of a team's keys, and `keys.json`, the index of all.
//!
//! The promise is that of `api`: keys are added, never removed or renamed, and never change their meaning; what would
//! break this is version 2, beside it. Keys are found by their whole fingerprint: shorter ids can be forged. Dates are the
//! first and the last day on which a thing holds, and what is offered says until which day it is.

use super::keys::{Ring, TeamKey, of_all, sorted};
use super::{RenderError, api};
use crate::assess::{AssessedKey, Assessment, Source, is_own, last_day};
use crate::diagnostic::Rule;
use crate::model::{Date, KeyKind};
use crate::openpgp::{Revocation, RevocationReason, Subkey, UserId, UserIdState};
use crate::smime;
use schemars::JsonSchema;
use serde::Serialize;
use std::io::Write;

/// Where the index stands in the site.
pub(super) const PATH: &str = "keys.json";

/// What both files say of a key.
#[derive(Serialize, JsonSchema)]
pub(super) struct Facts<'a> {
    kind: KeyKind,
    /// Whether the key itself was read. Where it was not, nothing below is known.
    read: bool,
    created: Option<Date>,
    /// The last day on which it is valid; none: it has no end.
    expires: Option<Date>,
    revoked: Option<RevokedView<'a>>,
    algorithm: Option<String>,
    /// Whether messages can be encrypted to it on the day.
    can_encrypt: Option<bool>,
    /// Whether it may be used to write to the team on the day.
    offered: bool,
    /// Where it stands in the site.
    href: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct RevokedView<'a> {
    on: Date,
    reason: RevocationReason,
    comment: Option<&'a str>,
}

impl<'a> Facts<'a> {
    /// What is known of a key as of `today`.
    pub(super) fn new(held: &TeamKey<'a>, today: Date) -> Self {
        let key = held.key;
        let read = key.file.is_some();
        Self {
            kind: key.kind,
            read,
            created: key.created(),
            expires: key.expires().filter(|_| read),
            revoked: key.revoked().map(revoked_view),
            algorithm: key.algorithm().map(ToString::to_string),
            can_encrypt: read.then(|| key.is_usable(today)),
            offered: key.offered,
            href: held.path(),
        }
    }
}

fn revoked_view(revocation: &Revocation) -> RevokedView<'_> {
    let comment = Some(revocation.comment.as_str()).filter(|comment| !comment.is_empty());
    RevokedView { on: Date::of(revocation.on), reason: revocation.reason, comment }
}

/// Writes the index.
///
/// # Errors
/// Where `out` fails.
pub(super) fn index(assessment: &Assessment<'_>, rings: &[Ring<'_>], out: &mut dyn Write) -> Result<(), RenderError> {
    let keyrings = rings.iter().filter(|ring| !ring.keys.is_empty()).map(ring_view).collect();
    api::write("peerage/keys", assessment, KeysFile { keyrings, keys: Entries(assessment) }, out)
}

#[derive(Serialize, JsonSchema)]
pub(super) struct KeysFile<'a> {
    /// The keyrings that hold a key.
    keyrings: Vec<RingView>,
    /// Every key, by fingerprint.
    #[schemars(with = "Vec<Entry<'a>>")]
    keys: Entries<'a>,
}

#[derive(Serialize, JsonSchema)]
struct RingView {
    id: String,
    /// Whether only software for RFC 9580 reads it.
    rfc9580: bool,
    keys: usize,
    armoured: String,
    binary: String,
}

fn ring_view(ring: &Ring<'_>) -> RingView {
    RingView { id: ring.name(), rfc9580: ring.modern, keys: ring.len(), armoured: ring.path("asc"), binary: ring.path("gpg") }
}

/// The keys by fingerprint, one after the other, so that they need not all be in memory in this form.
struct Entries<'a>(&'a Assessment<'a>);

impl Serialize for Entries<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(sorted(of_all(self.0)).iter().map(|held| entry(held, self.0.today)))
    }
}

#[derive(Serialize, JsonSchema)]
struct Entry<'a> {
    /// In digits alone, as GnuPG prints it for programs.
    fingerprint: &'a str,
    team: &'a str,
    computed_for: Date,
    #[serde(flatten)]
    facts: Facts<'a>,
    /// As typed in the entry; not read from the key.
    stated_expires: Option<Date>,
    /// The last day on which messages can be encrypted to it, where that is before it ends itself.
    can_encrypt_until: Option<Date>,
    /// The last day on which it is offered, unless it is revoked before; none: not offered, or no end is known.
    valid_until: Option<Date>,
    /// Those with an address of the team; those of others may be people, and are only counted.
    user_ids: Vec<UserIdView<'a>>,
    other_user_ids: usize,
    subkeys: Vec<SubkeyView<'a>>,
    certificate: Option<CertificateView<'a>>,
    weaknesses: Vec<String>,
    flags: Vec<FlagView>,
}

#[derive(Serialize, JsonSchema)]
struct UserIdView<'a> {
    text: &'a str,
    address: Option<&'a str>,
    state: UserIdState,
    /// Whether it counts, and the address is one of the team's.
    own: bool,
}

#[derive(Serialize, JsonSchema)]
struct SubkeyView<'a> {
    fingerprint: &'a str,
    algorithm: String,
    created: Date,
    /// The last day on which it is valid by itself.
    expires: Option<Date>,
    revoked: bool,
    encrypts: bool,
    signs: bool,
}

/// What an S/MIME certificate says besides.
#[derive(Serialize, JsonSchema)]
struct CertificateView<'a> {
    subject: &'a str,
    issuer: &'a str,
    serial: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct FlagView {
    rule: Option<&'static str>,
    text: String,
}

fn entry<'a>(held: &TeamKey<'a>, today: Date) -> Entry<'a> {
    let key = held.key;
    let until = key.usable_until();
    let user_ids = user_ids(held);
    Entry {
        fingerprint: key.fingerprint.digits(),
        team: held.team.team.id.as_str(),
        computed_for: today,
        facts: Facts::new(held, today),
        stated_expires: key.named.and_then(|named| named.expires).map(|date| date.value),
        can_encrypt_until: key.encrypts_until(),
        valid_until: until.filter(|_| key.offered),
        other_user_ids: held.user_id_count() - user_ids.len(),
        user_ids,
        subkeys: subkeys(key),
        certificate: match key.source {
            Source::Smime(certificate) => Some(certificate_view(certificate)),
            _ => None,
        },
        weaknesses: key.weaknesses().iter().map(ToString::to_string).collect(),
        flags: held.flags().map(|flag| FlagView { rule: flag.kind.rule().map(Rule::id), text: flag.kind.to_string() }).collect(),
    }
}

fn user_ids<'a>(held: &TeamKey<'a>) -> Vec<UserIdView<'a>> {
    let team = held.team.team;
    match &held.key.source {
        Source::Stated => Vec::new(),
        Source::OpenPgp(_, reading) => {
            let view = |id: &'a UserId| UserIdView {
                text: &id.text,
                address: id.address.as_deref(),
                state: id.state,
                own: is_own(id, team),
            };
            reading
                .user_ids
                .iter()
                .filter(|id| id.address.as_ref().is_some_and(|address| team.has_address(address)))
                .map(view)
                .collect()
        }
        Source::Smime(certificate) => {
            let view = |email: &'a String| UserIdView { text: email, address: Some(email), state: UserIdState::Valid, own: true };
            certificate.emails.iter().filter(|email| team.has_address(email)).map(view).collect()
        }
    }
}

fn subkeys<'a>(key: &'a AssessedKey<'_>) -> Vec<SubkeyView<'a>> {
    let subkeys = key.reading().map_or(&[][..], |reading| &reading.subkeys);
    let view = |subkey: &'a Subkey| SubkeyView {
        fingerprint: subkey.fingerprint.digits(),
        algorithm: subkey.algorithm.to_string(),
        created: Date::of(subkey.created),
        expires: subkey.expires.map(last_day),
        revoked: subkey.revoked,
        encrypts: subkey.encrypts,
        signs: subkey.signs,
    };
    subkeys.iter().map(view).collect()
}

fn certificate_view(certificate: &smime::Certificate) -> CertificateView<'_> {
    CertificateView { subject: &certificate.subject, issuer: &certificate.issuer, serial: &certificate.serial }
}
