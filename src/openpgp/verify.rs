//! The signatures that a key made over itself (RFC 9580, section 5.2): which of them are genuine.
//!
//! Those of others are dropped unread, and those that claim to be the key's own and are not, as if they were not there.

use super::broken_with;
use super::key::{Key, Signer};
use super::packets::Packet;
use super::reading::{RevocationReason, Usage};
use crate::diagnostic::Problem;
use pgp::crypto::hash::HashAlgorithm;
use pgp::packet::{RevocationCode, Signature, SignatureType, SubpacketData};
use pgp::ser::Serialize;
use pgp::types::{KeyDetails, Tag};
use std::io::Write;

/// A genuine signature of a key over itself.
#[derive(Debug, Clone)]
pub(super) struct Own {
    /// The packet, with its header.
    pub raw: Box<[u8]>,
    /// Whether it takes back instead of binding.
    pub revokes: bool,
    /// When it was made, in seconds since 1970.
    pub created: i64,
    /// When it no longer holds by itself, in seconds since 1970.
    pub ends: Option<i64>,
    /// After how many seconds of its life the key ends that it is about; never 0.
    pub lifetime: Option<i64>,
    /// What the key may be used for, where it says so.
    pub usage: Option<Usage>,
    /// Whether it says that its user id is the primary one.
    pub primary: bool,
    /// The hash on which it rests, where that is SHA-1 or RIPEMD-160.
    pub old_hash: Option<&'static str>,
    /// Why a key was revoked.
    pub reason: RevocationReason,
    /// Why a key was revoked, in the owner's words.
    pub comment: String,
    /// When the signatures by which a subkey agrees to its primary key end (RFC 9580, section 5.2.1.9).
    pub agreed: Vec<Option<i64>>,
}

/// What a signature is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum Of<'k> {
    /// The primary key itself.
    Key,
    /// A user id, or a user attribute, by the body of its packet.
    UserId(Tag, &'k [u8]),
    /// A subkey.
    Subkey(&'k Signer, &'k Key),
}

/// What verifies the signatures of one file.
#[derive(Debug, Default)]
pub(super) struct Verifier {
    claims: usize,
}

/// The most signatures of a file that claim to be the key's own. Real keys have some dozens; each costs up to some
/// milliseconds.
const MOST_CLAIMS: usize = 300;

/// The longest comment on a revocation that is kept, in characters.
const LONGEST_COMMENT: usize = 500;

impl Verifier {
    /// The signature in a packet, if `signer` made it over `of`.
    ///
    /// # Errors
    /// The file holds too many that claim to be their key's own. One that counts could be among those left out, so that
    /// it is not read at all.
    pub(super) fn own(&mut self, packet: &Packet<'_>, signer: &Signer, key: &Key, of: Of<'_>) -> Result<Option<Own>, Problem> {
        let mut rest = packet.body;
        let Ok(signature) = Signature::try_from_reader(packet.header, &mut rest) else { return Ok(None) };
        if !rest.is_empty() || !claims(&signature, signer) {
            return Ok(None);
        }
        self.claims += 1;
        if self.claims > MOST_CLAIMS {
            return Err(broken_with(
                format!("it holds more than {MOST_CLAIMS} signatures of its own keys"),
                "leave out the old ones: `gpg --armor --export-options export-minimal --export FINGERPRINT`",
            ));
        }
        Ok(genuine(&signature, signer, key, of).map(|own| Own { raw: packet.raw.into(), ..own }))
    }
}

/// Whether it says that `signer` made it, or does not say who did.
fn claims(signature: &Signature, signer: &Signer) -> bool {
    let (ids, prints) = (signature.issuer_key_id(), signature.issuer_fingerprint());
    (ids.is_empty() && prints.is_empty()) || ids.contains(&&signer.legacy_key_id()) || prints.contains(&&signer.fingerprint())
}

fn genuine(signature: &Signature, signer: &Signer, key: &Key, of: Of<'_>) -> Option<Own> {
    let revokes = match (signature.typ()?, of) {
        (SignatureType::Key, Of::Key) | (SignatureType::SubkeyBinding, Of::Subkey(..)) => false,
        (SignatureType::KeyRevocation, Of::Key)
        | (SignatureType::CertRevocation, Of::UserId(..))
        | (SignatureType::SubkeyRevocation, Of::Subkey(..)) => true,
        (_, Of::UserId(..)) if signature.is_certification() => false,
        _ => return None,
    };
    let (created, ends, old_hash) = dated(signature, key.created)?;
    // A revocation counts whatever else it says, for it only lowers trust.
    if !revokes && asks_for_the_unknown(signature) {
        return None;
    }
    match of {
        Of::Key => signature.verify_key(signer),
        Of::UserId(tag, body) => signature.verify_certification(signer, tag, &Octets(body)),
        Of::Subkey(subkey, _) => signature.verify_subkey_binding(signer, subkey),
    }
    .ok()?;
    let comment = signature.revocation_reason_string().map(|text| String::from_utf8_lossy(text).into_owned());
    Some(Own {
        raw: Box::default(),
        revokes,
        created,
        ends,
        lifetime: signature.key_expiration_time().map(|time| i64::from(time.as_secs())).filter(|seconds| *seconds != 0),
        usage: usage(signature),
        primary: signature.is_primary(),
        old_hash,
        reason: match signature.revocation_reason_code() {
            Some(RevocationCode::KeySuperseded) => RevocationReason::Superseded,
            Some(RevocationCode::KeyCompromised) => RevocationReason::Compromised,
            Some(RevocationCode::KeyRetired) => RevocationReason::Retired,
            _ => RevocationReason::Unstated,
        },
        comment: comment.unwrap_or_default().chars().take(LONGEST_COMMENT).collect(),
        agreed: match of {
            Of::Subkey(subkey, its) if !revokes => agreed(signature, signer, subkey, its),
            _ => Vec::new(),
        },
    })
}

/// When a signature was made and when it ends, and its hash where that is an old one, where it can count at all. One with
/// MD5 never does; one that is older than the key that made it does not, as in GnuPG.
pub(super) fn dated(signature: &Signature, begin: i64) -> Option<(i64, Option<i64>, Option<&'static str>)> {
    let old_hash = match signature.hash_alg()? {
        HashAlgorithm::None | HashAlgorithm::Md5 => return None,
        HashAlgorithm::Sha1 => Some("SHA-1"),
        HashAlgorithm::Ripemd160 => Some("RIPEMD-160"),
        _ => None,
    };
    let created = i64::from(signature.created()?.as_secs());
    let lasts = signature.signature_expiration_time().map(|time| i64::from(time.as_secs())).filter(|seconds| *seconds != 0);
    (created >= begin).then_some((created, lasts.map(|seconds| created + seconds), old_hash))
}

/// Whether it must not count for one that does not know what it asks for (RFC 9580, section 5.2.3.7). No notation is
/// known here, but one of PGP's that is about the text of mails, and which GnuPG lets pass too.
pub(super) fn asks_for_the_unknown(signature: &Signature) -> bool {
    let Some(config) = signature.config() else { return true };
    config.hashed_subpackets().filter(|subpacket| subpacket.is_critical).any(|subpacket| match &subpacket.data {
        SubpacketData::Notation(notation) => notation.name.as_ref() != b"preferred-email-encoding@pgp.com",
        SubpacketData::Experimental(..) | SubpacketData::Other(..) => true,
        _ => false,
    })
}

/// What the key flags allow (RFC 9580, section 5.2.3.29). To encrypt mails and to encrypt files are not told apart.
fn usage(signature: &Signature) -> Option<Usage> {
    let mut subpackets = signature.config()?.hashed_subpackets();
    subpackets.find_map(|subpacket| match &subpacket.data {
        SubpacketData::KeyFlags(flags) => Some(Usage {
            certifies: flags.certify(),
            signs: flags.sign(),
            encrypts: flags.encrypt_comms() || flags.encrypt_storage(),
            authenticates: flags.authentication(),
        }),
        _ => None,
    })
}

/// When the genuine signatures end by which a subkey agrees to its primary key. Where they stand does not matter: each
/// proves itself.
fn agreed(binding: &Signature, signer: &Signer, subkey: &Signer, its: &Key) -> Vec<Option<i64>> {
    let Some(config) = binding.config() else { return Vec::new() };
    let embedded = config.hashed_subpackets().chain(config.unhashed_subpackets()).filter_map(|subpacket| match &subpacket.data {
        SubpacketData::EmbeddedSignature(signature) => Some(signature),
        _ => None,
    });
    // A subkey agrees once; a second one is a mistake of some program, more are hostile.
    let genuine = embedded.take(2).filter_map(|signature| {
        let (_, ends, _) = dated(signature, its.created)?;
        (!asks_for_the_unknown(signature)).then_some(())?;
        signature.verify_primary_key_binding(subkey, signer).ok().map(|()| ends)
    });
    genuine.collect()
}

/// Octets that the OpenPGP crate hashes as they are.
pub(super) struct Octets<'o>(pub(super) &'o [u8]);

impl Serialize for Octets<'_> {
    fn to_writer<W: Write>(&self, writer: &mut W) -> pgp::errors::Result<()> {
        Ok(writer.write_all(self.0)?)
    }

    fn write_len(&self) -> usize {
        self.0.len()
    }
}
