//! Keys of teams, made for a test: with their secret parts, so that what is sealed can be opened.

use pgp::composed::{EncryptionCaps, KeyType, Message, SecretKeyParamsBuilder, SignedSecretKey, SubkeyParamsBuilder};
use pgp::types::{Password, Timestamp};
use rand::rngs::OsRng;

/// A key that was made long ago for an address.
pub fn key(address: &str) -> SignedSecretKey {
    let subkey = SubkeyParamsBuilder::default()
        .key_type(KeyType::ECDH(pgp::crypto::ecc_curve::ECCCurve::Curve25519Legacy))
        .can_encrypt(EncryptionCaps::All)
        .created_at(Timestamp::from_secs(1_700_000_000))
        .build()
        .unwrap();
    let mut params = SecretKeyParamsBuilder::default();
    params
        .key_type(KeyType::Ed25519Legacy)
        .can_certify(true)
        .can_sign(true)
        .created_at(Timestamp::from_secs(1_700_000_000))
        .primary_user_id(format!("T <{address}>"))
        .subkey(subkey);
    params.build().unwrap().generate(OsRng).unwrap()
}

/// Its public part, armoured.
pub fn public(key: &SignedSecretKey) -> String {
    key.to_public_key().to_armored_string(pgp::composed::ArmorOptions::default()).unwrap()
}

/// The key itself, armoured.
pub fn secret(key: &SignedSecretKey) -> String {
    key.to_armored_string(pgp::composed::ArmorOptions::default()).unwrap()
}

/// What the key opens of a message, in binary or armoured; `None` where it is not for it.
pub fn open(key: &SignedSecretKey, message: &[u8]) -> Option<Vec<u8>> {
    let message = if message.starts_with(b"-----") {
        Message::from_armor(message).unwrap().0
    } else {
        Message::from_bytes(message).unwrap()
    };
    let mut opened = message.decrypt(&Password::empty(), key).ok()?;
    opened.as_data_vec().ok()
}
