//! Messages that are made: encrypted to keys of others, and signed where there is a key to sign with. The one place that needs
//! random numbers, so that only what calls it is never the same twice.
//!
//! A message is one that GnuPG 2.2 opens: AES-256 with a check of integrity (RFC 9580, section 5.13.1). It is not compressed,
//! for how far it can be would tell of what it says.

use super::armor::armor_as;
use super::certificate::Certificate;
use super::signing::SigningKey;
use crate::diagnostic::hex;
use crate::model::Fingerprint;
use pgp::composed::MessageBuilder;
use pgp::crypto::sym::SymmetricKeyAlgorithm;
use pgp::packet::{PacketHeader, PublicKey, PublicKeyEncryptedSessionKey, PublicSubkey};
use pgp::types::{EcdhPublicParams, EncryptionKey, KeyDetails, PublicParams, Tag};
use rand::rngs::OsRng;

/// To which keys a message is encrypted.
#[derive(Debug, Clone, Copy)]
pub struct Recipients<'r> {
    /// The keys, by their certificates: primary keys or subkeys.
    pub keys: &'r [(&'r Certificate, &'r Fingerprint)],
    /// Whether the message does not say whose they are (RFC 9580, section 5.1.8).
    pub hidden: bool,
}

/// A key to which a message can be encrypted.
enum Target {
    Primary(Box<PublicKey>),
    Sub(Box<PublicSubkey>),
}

impl Target {
    fn params(&self) -> &PublicParams {
        match self {
            Self::Primary(key) => key.public_params(),
            Self::Sub(key) => key.public_params(),
        }
    }

    /// Whether the crate knows how to encrypt to a key of this kind.
    fn is_supported(&self) -> bool {
        match self.params() {
            PublicParams::RSA(_) | PublicParams::X25519(_) | PublicParams::X448(_) => true,
            PublicParams::ECDH(params) => matches!(
                params,
                EcdhPublicParams::Curve25519Legacy { .. }
                    | EcdhPublicParams::P256 { .. }
                    | EcdhPublicParams::P384 { .. }
                    | EcdhPublicParams::P521 { .. }
            ),
            _ => false,
        }
    }
}

impl Certificate {
    /// Whether a message can be made for this key, which is its primary key or one of its subkeys. Whether that may be used on
    /// a day, [`as_of`](Certificate::as_of) says.
    pub fn takes_messages(&self, key: &Fingerprint) -> bool {
        self.target(key).is_some_and(|target| target.is_supported())
    }

    fn target(&self, key: &Fingerprint) -> Option<Target> {
        if self.key.fingerprint == *key {
            let (header, mut body) = parts(&self.raw)?;
            return PublicKey::try_from_reader(header, &mut body).ok().map(|key| Target::Primary(Box::new(key)));
        }
        let subkey = self.subkeys.iter().find(|subkey| subkey.key.fingerprint == *key)?;
        let (header, mut body) = parts(&subkey.raw)?;
        PublicSubkey::try_from_reader(header, &mut body).ok().map(|key| Target::Sub(Box::new(key)))
    }
}

/// The header of a packet, and its body.
fn parts(raw: &[u8]) -> Option<(PacketHeader, &[u8])> {
    let mut rest = raw;
    let header = PacketHeader::try_from_reader(&mut rest).ok()?;
    matches!(header.tag(), Tag::PublicKey | Tag::PublicSubkey).then_some((header, rest))
}

/// `content` as a message in binary, for `recipients`. No two are the same: the key of each is made of random numbers.
///
/// # Errors
/// In a sentence: a key of a recipient cannot be used, or the signature could not be made.
pub fn encrypt(content: Vec<u8>, recipients: Recipients<'_>, signer: Option<&SigningKey>) -> Result<Vec<u8>, String> {
    let fail = |error: pgp::errors::Error| format!("the message could not be made: {error}");
    let mut message = MessageBuilder::from_bytes("", content).seipd_v1(OsRng, SymmetricKeyAlgorithm::AES256);
    for (certificate, key) in recipients.keys {
        let target = certificate.target(key).filter(Target::is_supported);
        let target = target.ok_or_else(|| format!("no message can be encrypted to the key {key}"))?;
        let added = match &target {
            Target::Primary(target) => add(&mut message, &**target, recipients.hidden),
            Target::Sub(target) => add(&mut message, &**target, recipients.hidden),
        };
        added.map_err(|error| format!("no message can be encrypted to the key {key}: {error}"))?;
    }
    if let Some(signer) = signer {
        signer.sign_message(&mut message)?;
    }
    message.to_vec(OsRng).map_err(fail)
}

/// To which keys a message in binary is encrypted, by their key ids in hexadecimal digits, sorted: the packets before what is encrypted
/// say so (RFC 9580, section 5.1). Of a hidden recipient the id is all zeros. `None` where this is no such message.
pub fn encrypted_to(message: &[u8]) -> Option<Vec<String>> {
    let mut rest = message;
    let mut keys = Vec::new();
    loop {
        let header = PacketHeader::try_from_reader(&mut rest).ok()?;
        match header.tag() {
            Tag::PublicKeyEncryptedSessionKey => {
                let length = usize::try_from(header.packet_length().maybe_len()?).ok()?;
                let (mut body, behind) = rest.split_at_checked(length)?;
                let key = PublicKeyEncryptedSessionKey::try_from_reader(header, &mut body).ok()?;
                keys.push(hex(key.id().ok()?.as_ref()).to_ascii_uppercase());
                rest = behind;
            }
            Tag::SymEncryptedProtectedData if !keys.is_empty() => break,
            _ => return None,
        }
    }
    keys.sort();
    Some(keys)
}

/// A message that has a key of its own, and no recipients yet.
pub(super) type Building<'a> = MessageBuilder<'a, pgp::composed::DummyReader, pgp::composed::EncryptionSeipdV1>;

fn add(message: &mut Building<'_>, key: &impl EncryptionKey, hidden: bool) -> pgp::errors::Result<()> {
    if hidden { message.encrypt_to_key_anonymous(OsRng, key) } else { message.encrypt_to_key(OsRng, key) }.map(|_| ())
}

/// A message in binary as text, for mails.
pub fn armor_message(binary: &[u8]) -> String {
    armor_as("MESSAGE", binary)
}
