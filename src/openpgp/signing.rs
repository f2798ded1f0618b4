//! The operator's own secret key, to sign what is made: read from a file, never written, and shown to no one.
//!
//! Left out on purpose: passphrases, for nobody types one here, and there is no agent to ask. Whose key has one signs with its
//! own program.

use super::armor::armor_as;
use super::certificate;
use super::message::Building;
use super::reading::{Reading, Subkey};
use crate::model::{Date, Fingerprint};
use chrono::{DateTime, Utc};
use pgp::composed::{Deserializable, SignedSecretKey, SubpacketConfig};
use pgp::crypto::hash::HashAlgorithm;
use pgp::packet::{SignatureConfig, SignatureType, Subpacket, SubpacketData};
use pgp::ser::Serialize;
use pgp::types::{KeyDetails, KeyVersion, Password, SigningKey as CanSign, Timestamp};
use rand::rngs::OsRng;
use std::fmt;

/// A secret key that signs.
pub struct SigningKey {
    secret: SignedSecretKey,
    /// Of its primary key.
    fingerprint: Fingerprint,
    /// Which of its subkeys signs; `None`: the primary key.
    subkey: Option<usize>,
    now: DateTime<Utc>,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey of {}", self.fingerprint)
    }
}

/// How a secret key is put into a file.
const EXPORT: &str = "name one that `gpg --armor --export-secret-keys FINGERPRINT` made";

/// What to do instead with a key that cannot be used here.
const ELSEWHERE: &str = "sign with the program that keeps the key, for example `gpg --armor --detach-sign FILE`, or name an export \
                         of a key without a passphrase, which lies where nobody else can read it";

/// The first of the subkeys that sign as of `now`, and whose secret part lies open.
fn open_subkey(secret: &SignedSecretKey, reading: &Reading, now: DateTime<Utc>) -> Option<usize> {
    let valid = |its: &&Subkey| its.signs && !its.revoked && its.expires.is_none_or(|end| now < end);
    let signing: Vec<&Fingerprint> = reading.subkeys.iter().filter(valid).map(|its| &its.fingerprint).collect();
    secret.secret_subkeys.iter().position(|subkey| {
        let print = format!("{:X}", subkey.key.fingerprint()).parse::<Fingerprint>();
        !subkey.key.secret_params().is_encrypted() && print.is_ok_and(|print| signing.contains(&&print))
    })
}

impl SigningKey {
    /// The key in a file, armoured or binary, that signs as of `now`: a subkey for it, else the primary key.
    ///
    /// # Errors
    /// In a sentence, what is wrong with the file. It never shows a byte of it.
    pub fn read(bytes: &[u8], now: DateTime<Utc>) -> Result<Self, String> {
        let unreadable = |_| format!("there is no OpenPGP secret key in this file: {EXPORT}");
        let secret = if bytes.first().is_some_and(|first| first & 0x80 != 0) {
            SignedSecretKey::from_bytes(bytes).map_err(unreadable)?
        } else {
            SignedSecretKey::from_armor_single(bytes).map_err(unreadable)?.0
        };
        let public = secret.to_public_key().to_bytes().map_err(unreadable)?;
        let read = certificate::read(&public).map_err(|problem| problem.message)?;
        let reading = read.first().map(|certificate| certificate.as_of(now)).ok_or("the key has no public part")?;
        if reading.revoked.is_some() {
            return Err("the key is revoked".to_owned());
        }
        if let Some(end) = reading.expires.filter(|end| *end <= now) {
            return Err(format!("the key ended on {}", Date::of(end)));
        }
        let subkey = open_subkey(&secret, &reading, now);
        if subkey.is_none() && (!reading.usage.signs || secret.primary_key.secret_params().is_encrypted()) {
            return Err(format!("no secret key in this file signs without a passphrase: {ELSEWHERE}"));
        }
        Ok(Self { secret, fingerprint: reading.fingerprint, subkey, now })
    }

    /// A detached signature over `content`, armoured.
    ///
    /// # Errors
    /// In a sentence: the algorithm of the key is not one that we can sign with.
    pub fn sign(&self, content: &[u8]) -> Result<String, String> {
        match self.subkey {
            Some(at) => self.detached(&self.secret.secret_subkeys[at].key, content),
            None => self.detached(&self.secret.primary_key, content),
        }
        .map_err(|error| format!("the signature could not be made: {error}"))
    }

    fn detached(&self, key: &impl CanSign, content: &[u8]) -> pgp::errors::Result<String> {
        let (algorithm, hash) = (key.algorithm(), HashAlgorithm::Sha512);
        let mut config = match key.version() {
            KeyVersion::V6 => SignatureConfig::v6(OsRng, SignatureType::Binary, algorithm, hash)?,
            _ => SignatureConfig::v4(SignatureType::Binary, algorithm, hash),
        };
        (config.hashed_subpackets, config.unhashed_subpackets) = self.subpackets(key)?;
        let signature = config.sign(key, &Password::empty(), content)?;
        let mut packet = Vec::new();
        pgp::packet::PacketTrait::to_writer_with_header(&signature, &mut packet)?;
        Ok(armor_as("SIGNATURE", &packet))
    }

    /// Has a message signed that is being made.
    pub(super) fn sign_message<'s>(&'s self, message: &mut Building<'s>) -> Result<(), String> {
        let key: &dyn CanSign = match self.subkey {
            Some(at) => &self.secret.secret_subkeys[at].key,
            None => &self.secret.primary_key,
        };
        let made = self.subpackets(key).map_err(|error| format!("the signature could not be made: {error}"))?;
        let subpackets = SubpacketConfig::UserDefined { hashed: made.0, unhashed: made.1 };
        message.sign_with_subpackets(key, Password::empty(), HashAlgorithm::Sha512, subpackets);
        Ok(())
    }

    /// Who signs, and when: hashed, and for old software not hashed.
    fn subpackets(&self, key: &(impl CanSign + ?Sized)) -> pgp::errors::Result<(Vec<Subpacket>, Vec<Subpacket>)> {
        let made = Timestamp::from_secs(u32::try_from(self.now.timestamp()).unwrap_or(u32::MAX));
        let hashed = vec![
            Subpacket::regular(SubpacketData::IssuerFingerprint(key.fingerprint()))?,
            Subpacket::critical(SubpacketData::SignatureCreationTime(made))?,
        ];
        let is_old = key.version() != KeyVersion::V6;
        let issuer = is_old.then(|| Subpacket::regular(SubpacketData::IssuerKeyId(key.legacy_key_id()))).transpose()?;
        Ok((hashed, issuer.into_iter().collect()))
    }
}
