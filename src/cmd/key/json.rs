//! Keys for programs.
//!
//! Each key is an object. Names are added, never removed or renamed, and never change their meaning. Instants are in
//! RFC 3339, in UTC, to the second.

use crate::assess::{AssessedKey, Source};
use crate::cmd::foreign::plain_json;
use crate::model::{Date, KeyKind};
use crate::openpgp::{Encryption, Revocation, RevocationReason, Subkey, Usage, UserId, UserIdState};
use crate::smime;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

/// A key.
#[derive(Serialize)]
struct KeyView<'a> {
    /// `openpgp` or `smime`.
    kind: KeyKind,
    /// Its digits, without spaces: of the primary key (OpenPGP), or SHA-256 of the certificate (S/MIME).
    fingerprint: &'a str,
    /// When the primary key was made; the first instant at which a certificate is valid.
    created: Option<String>,
    /// The first instant at which an OpenPGP key is no longer valid, null where it has no end; the last second in which a
    /// certificate is valid.
    expires: Option<String>,
    /// That its owner revoked it, null otherwise. Of a certificate only its issuer knows.
    revoked: Option<RevocationView<'a>>,
    /// In words.
    algorithm: Option<String>,
    /// What the primary key of OpenPGP may be used for; of a certificate nothing is said.
    capabilities: Vec<&'static str>,
    /// Whether messages can be encrypted to it on the day: it is valid then, not revoked, and has a key for it.
    can_encrypt: bool,
    /// The first instant at which messages can no longer be encrypted to an OpenPGP key, where it has a key for it and
    /// that has an end.
    can_encrypt_until: Option<String>,
    /// Of OpenPGP its user ids, the primary one first; of a certificate its mail addresses.
    user_ids: Vec<UserIdView<'a>>,
    /// Of OpenPGP its subkeys, in the order of the file.
    subkeys: Vec<SubkeyView<'a>>,
    /// What a certificate says besides; null for OpenPGP.
    certificate: Option<CertificateView<'a>>,
    /// In what it is weak, in words.
    weaknesses: Vec<String>,
    /// The day for which all of this is said.
    computed_for: Date,
}

#[derive(Serialize)]
struct RevocationView<'a> {
    /// When.
    on: String,
    /// `unstated`, `superseded`, `compromised` or `retired`.
    reason: RevocationReason,
    /// In the owner's words; null where there are none.
    comment: Option<&'a str>,
}

#[derive(Serialize)]
struct UserIdView<'a> {
    text: &'a str,
    /// The mail address in it, if there is one.
    address: Option<&'a str>,
    /// `valid`, `revoked` or `expired`.
    state: UserIdState,
}

#[derive(Serialize)]
struct SubkeyView<'a> {
    fingerprint: &'a str,
    algorithm: String,
    created: String,
    /// When it ends by itself, null where it does not; the key may end before.
    expires: Option<String>,
    revoked: bool,
    /// What it may be used for, as its owner says.
    capabilities: Vec<&'static str>,
    /// Whether messages are encrypted to it.
    encrypts: bool,
    /// Whether it signs messages.
    signs: bool,
}

#[derive(Serialize)]
struct CertificateView<'a> {
    /// Whom it is for, a distinguished name.
    subject: &'a str,
    /// Who issued it, a distinguished name.
    issuer: &'a str,
    /// In hexadecimal.
    serial: &'a str,
}

/// The keys as a JSON array, with a line break at its end. What could steer a terminal is escaped.
pub(super) fn of(keys: &[AssessedKey<'_>], today: Date) -> serde_json::Result<String> {
    let rows: Vec<KeyView<'_>> = keys.iter().map(|key| KeyView::new(key, today)).collect();
    Ok(plain_json(&serde_json::to_string_pretty(&rows)?) + "\n")
}

impl<'a> KeyView<'a> {
    fn new(key: &'a AssessedKey<'_>, today: Date) -> Self {
        let reading = key.reading();
        let certificate = match &key.source {
            Source::Smime(certificate) => Some(*certificate),
            Source::OpenPgp(..) | Source::Stated => None,
        };
        let of_openpgp = reading.iter().flat_map(|reading| &reading.user_ids).map(UserIdView::new);
        let of_smime = certificate.iter().flat_map(|certificate| &certificate.emails);
        Self {
            kind: key.kind,
            fingerprint: key.fingerprint.digits(),
            created: reading.map(|reading| reading.created).or(certificate.map(|c| c.not_before)).map(instant),
            expires: reading.and_then(|reading| reading.expires).or(certificate.map(|c| c.not_after)).map(instant),
            revoked: key.revoked().map(RevocationView::new),
            algorithm: key.algorithm().map(ToString::to_string),
            capabilities: reading.map_or_else(Vec::new, |reading| capabilities(reading.usage)),
            can_encrypt: key.is_usable(today),
            can_encrypt_until: match reading.map(|reading| reading.encryption) {
                Some(Encryption::Until(end)) => end.map(instant),
                Some(Encryption::Never) | None => None,
            },
            user_ids: of_openpgp.chain(of_smime.map(|email| UserIdView::of_address(email))).collect(),
            subkeys: reading.iter().flat_map(|reading| &reading.subkeys).map(SubkeyView::new).collect(),
            certificate: certificate.map(CertificateView::new),
            weaknesses: key.weaknesses().iter().map(ToString::to_string).collect(),
            computed_for: today,
        }
    }
}

impl<'a> RevocationView<'a> {
    fn new(revocation: &'a Revocation) -> Self {
        let comment = Some(revocation.comment.as_str()).filter(|comment| !comment.is_empty());
        Self { on: instant(revocation.on), reason: revocation.reason, comment }
    }
}

impl<'a> UserIdView<'a> {
    fn new(id: &'a UserId) -> Self {
        Self { text: &id.text, address: id.address.as_deref(), state: id.state }
    }

    fn of_address(email: &'a str) -> Self {
        Self { text: email, address: Some(email), state: UserIdState::Valid }
    }
}

impl<'a> SubkeyView<'a> {
    fn new(subkey: &'a Subkey) -> Self {
        Self {
            fingerprint: subkey.fingerprint.digits(),
            algorithm: subkey.algorithm.to_string(),
            created: instant(subkey.created),
            expires: subkey.expires.map(instant),
            revoked: subkey.revoked,
            capabilities: capabilities(subkey.usage),
            encrypts: subkey.encrypts,
            signs: subkey.signs,
        }
    }
}

impl<'a> CertificateView<'a> {
    fn new(certificate: &'a smime::Certificate) -> Self {
        Self { subject: &certificate.subject, issuer: &certificate.issuer, serial: &certificate.serial }
    }
}

/// In the order of the flags of RFC 9580, section 5.2.3.29.
fn capabilities(usage: Usage) -> Vec<&'static str> {
    let all =
        [(usage.certifies, "certify"), (usage.signs, "sign"), (usage.encrypts, "encrypt"), (usage.authenticates, "authenticate")];
    all.into_iter().filter_map(|(may, name)| may.then_some(name)).collect()
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
