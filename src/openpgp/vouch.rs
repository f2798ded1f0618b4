//! Whether the owner of one key vouched for another: a certification over a user id of the new key that the old key made (RFC
//! 9580, section 5.2.1). What it asks of third parties is this alone, and of them only the one that is named.

use super::certificate::Certificate;
use super::key::Signer;
use super::packets::{self, Component, Packet, Parts};
use super::reading::RevocationReason;
use super::verify::{Octets, asks_for_the_unknown, dated};
use super::{armor, broken};
use crate::diagnostic::Problem;
use crate::model::Fingerprint;
use chrono::{DateTime, Utc};
use pgp::packet::{Signature, SignatureType};
use pgp::types::{KeyDetails, Tag};

/// Whether one key signed another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Vouched {
    /// It did, and what it signed counts.
    Yes,
    /// There is no signature of it, or none that counts.
    No,
    /// That cannot be told, and why.
    Unknown(&'static str),
}

/// The most signatures that are looked at: each that claims to be the old key's costs up to some milliseconds.
const MOST_CLAIMS: usize = 100;

/// Whether `old` signed the key `new`, which stands in the key file `file`, as of `at`.
///
/// # Errors
/// The file cannot be read, or the key does not stand in it.
pub fn vouched(file: &[u8], new: &Fingerprint, old: &Certificate, at: DateTime<Utc>) -> Result<Vouched, Problem> {
    let revoked = old.as_of(at).revoked;
    if revoked.is_some_and(|by| matches!(by.reason, RevocationReason::Compromised | RevocationReason::Unstated)) {
        return Ok(Vouched::Unknown("the old key is revoked, so that a signature of it proves nothing"));
    }
    let primary = packets::certificates(&old.raw)?;
    let signer = primary.first().and_then(|parts| Signer::read(parts.primary.packet.body)).filter(Signer::can_check);
    let Some(signer) = signer else { return Ok(Vouched::Unknown("signatures of the old key's algorithm cannot be checked")) };
    let packets = armor::packets(file)?;
    let certificates = packets::certificates(&packets)?;
    let is_it = |parts: &&Parts<'_>| {
        Signer::read(parts.primary.packet.body).and_then(|signer| signer.key()).is_some_and(|key| key.fingerprint == *new)
    };
    let mut copies = certificates.iter().filter(is_it).peekable();
    if copies.peek().is_none() {
        return Err(broken("the key is not in this file"));
    }
    let mut looking = Looking { old, signer, at: at.timestamp(), claims: 0, weak: false };
    let vouched = copies.any(|parts| {
        let signee = Signer::read(parts.primary.packet.body);
        signee.is_some_and(|signee| parts.user_ids.iter().any(|id| looking.vouches(&signee, id)))
    });
    Ok(match (vouched, looking) {
        (true, _) => Vouched::Yes,
        (_, Looking { weak: true, .. }) => Vouched::Unknown("the signature of the old key rests on SHA-1, which can be forged"),
        (_, Looking { claims, .. }) if claims > MOST_CLAIMS => Vouched::Unknown("too many signatures claim to be the old key's"),
        _ => Vouched::No,
    })
}

/// A search for signatures of a key.
struct Looking<'c> {
    old: &'c Certificate,
    signer: Signer,
    /// In seconds since 1970.
    at: i64,
    claims: usize,
    /// Whether one was found that does not count for its hash alone.
    weak: bool,
}

impl Looking<'_> {
    /// Whether the old key binds a user id to the new key, and did not take that back.
    fn vouches(&mut self, signee: &Signer, id: &Component<'_>) -> bool {
        if id.packet.header.tag() != Tag::UserId {
            return false;
        }
        let (mut bound, mut taken_back) = (None, None);
        for packet in &id.signatures {
            let Some((created, revokes)) = self.genuine(packet, signee, &id.packet) else { continue };
            let newest = if revokes { &mut taken_back } else { &mut bound };
            *newest = (*newest).max(Some(created));
        }
        bound.is_some() && bound > taken_back
    }

    /// When the old key made a signature that counts, and whether it takes back.
    fn genuine(&mut self, packet: &Packet<'_>, signee: &Signer, id: &Packet<'_>) -> Option<(i64, bool)> {
        let mut rest = packet.body;
        let signature = Signature::try_from_reader(packet.header, &mut rest).ok().filter(|_| rest.is_empty())?;
        let revokes = signature.typ()? == SignatureType::CertRevocation;
        let names = signature.issuer_key_id().contains(&&self.signer.legacy_key_id())
            || signature.issuer_fingerprint().contains(&&self.signer.fingerprint());
        if !names || !(revokes || signature.is_certification()) {
            return None;
        }
        self.claims += 1;
        if self.claims > MOST_CLAIMS || (!revokes && asks_for_the_unknown(&signature)) {
            return None;
        }
        let (created, ends, old_hash) = dated(&signature, self.old.key.created)?;
        signature.verify_third_party_certification(signee, &self.signer, id.header.tag(), &Octets(id.body)).ok()?;
        if revokes {
            return Some((created, true));
        }
        // Who can find two texts with one hash can move such a signature from a key that was shown to another that was not.
        self.weak |= old_hash.is_some();
        let made = DateTime::from_timestamp(created, 0)?;
        let then = self.old.as_of(made);
        let was_valid = then.expires.is_none_or(|end| made < end) && then.revoked.is_none_or(|by| made < by.on);
        let holds = created <= self.at && ends.is_none_or(|end| self.at < end);
        (old_hash.is_none() && was_valid && holds).then_some((created, false))
    }
}
