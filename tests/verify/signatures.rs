//! Which signatures count: by which key, over which digest, and when.

use crate::seal::keys::{key, public, secret};
use chrono::{DateTime, Utc};
use peerage::model::Fingerprint;
use peerage::openpgp::{Signed, SigningKey, read, signed_by};
use pgp::composed::{KeyType, SecretKeyParamsBuilder, SignedSecretKey, SubkeyParamsBuilder};
use pgp::crypto::hash::HashAlgorithm;
use pgp::packet::{KeyFlags, PacketTrait, RevocationCode, SignatureConfig, SignatureType, Subpacket, SubpacketData};
use pgp::ser::Serialize;
use pgp::types::{Duration, KeyDetails, Password, Tag, Timestamp};
use rand::rngs::OsRng;

/// When the keys of these tests are made, in seconds.
const MADE: u32 = 1_700_000_000;

const DAY: u32 = 24 * 3600;

/// As we write it.
fn fingerprint(key: &impl KeyDetails) -> Fingerprint {
    format!("{:X}", key.fingerprint()).parse().unwrap()
}

fn after(days: u32) -> DateTime<Utc> {
    DateTime::from_timestamp(i64::from(MADE + days * DAY), 0).unwrap()
}

/// What a signature of the primary key says of itself, as made that many days after the key; and `more`.
fn config(key: &SignedSecretKey, kind: SignatureType, hash: HashAlgorithm, day: u32, more: &[SubpacketData]) -> SignatureConfig {
    let mut config = SignatureConfig::v4(kind, key.primary_key.algorithm(), hash);
    let own = [
        SubpacketData::IssuerFingerprint(key.fingerprint()),
        SubpacketData::SignatureCreationTime(Timestamp::from_secs(MADE + day * DAY)),
    ];
    config.hashed_subpackets = own.iter().chain(more).map(|data| Subpacket::regular(data.clone()).unwrap()).collect();
    config
}

/// A signature of the primary key over "content", a day after the key was made.
fn signature(key: &SignedSecretKey, hash: HashAlgorithm, more: &[SubpacketData]) -> Vec<u8> {
    let config = config(key, SignatureType::Binary, hash, 1, more);
    let signature = config.sign(&key.primary_key, &Password::empty(), &b"content"[..]).unwrap();
    let mut bytes = Vec::new();
    signature.to_writer_with_header(&mut bytes).unwrap();
    bytes
}

/// What is said of a signature that many days after the key was made; or why it does not count.
fn said(signature: &[u8], key: &SignedSecretKey, day: u32) -> Result<Signed, String> {
    let certificates = read(public(key).as_bytes()).unwrap();
    signed_by(b"content", signature, &certificates, after(day)).map_err(|problem| problem.message)
}

/// The key, taken back on the second day as one that somebody else has.
fn revoked(mut key: SignedSecretKey) -> SignedSecretKey {
    let reason = SubpacketData::RevocationReason(RevocationCode::KeyCompromised, "".into());
    let config = config(&key, SignatureType::KeyRevocation, HashAlgorithm::Sha256, 2, &[reason]);
    let taken_back = config.sign_key(&key.primary_key, &Password::empty(), key.primary_key.public_key()).unwrap();
    key.details.revocation_signatures.push(taken_back);
    key
}

/// The key, which says of itself that it signs, and ends after ten days.
fn ending(mut key: SignedSecretKey) -> SignedSecretKey {
    let mut flags = KeyFlags::default();
    flags.set_sign(true);
    let more = [SubpacketData::KeyExpirationTime(Duration::from_secs(10 * DAY)), SubpacketData::KeyFlags(flags)];
    let config = config(&key, SignatureType::CertPositive, HashAlgorithm::Sha256, 0, &more);
    let (primary, user) = (&key.primary_key, &key.details.users[0].id);
    let own = config.sign_certification(primary, primary.public_key(), &Password::empty(), Tag::UserId, user).unwrap();
    key.details.users[0].signatures = vec![own];
    key
}

/// A key that signs, unless it is said otherwise.
fn of_kind(kind: KeyType) -> SecretKeyParamsBuilder {
    let mut params = SecretKeyParamsBuilder::default();
    params.key_type(kind).can_certify(true).can_sign(true).created_at(Timestamp::from_secs(MADE));
    params.primary_user_id("T <operator@directory.example>".to_owned());
    params
}

/// A key whose primary part does not sign, with a subkey that does where `subkey`.
fn with_signer(subkey: bool) -> SignedSecretKey {
    let mut params = of_kind(KeyType::Ed25519Legacy);
    params.can_sign(false);
    if subkey {
        let mut signs = SubkeyParamsBuilder::default();
        signs.key_type(KeyType::Ed25519Legacy).can_sign(true).created_at(Timestamp::from_secs(MADE));
        params.subkey(signs.build().unwrap());
    }
    params.build().unwrap().generate(OsRng).unwrap()
}

#[test]
fn a_signature_counts_as_long_as_it_says_itself() {
    let key = key("operator@directory.example");
    let good = said(&signature(&key, HashAlgorithm::Sha256, &[]), &key, 3).unwrap();
    assert_eq!(good, Signed { key: fingerprint(&key.primary_key), on: after(1) });
    let short = signature(&key, HashAlgorithm::Sha256, &[SubpacketData::SignatureExpirationTime(Duration::from_secs(DAY))]);
    assert!(said(&short, &key, 1).is_ok());
    assert_eq!(said(&short, &key, 2).unwrap_err(), "its signature has ended");
}

#[test]
fn a_digest_that_can_be_forged_does_not_count_and_every_other_does() {
    let key = of_kind(KeyType::Rsa(2048)).build().unwrap().generate(OsRng).unwrap();
    let said = |hash| said(&signature(&key, hash, &[]), &key, 3);
    for (hash, why) in [
        (HashAlgorithm::Md5, "its signature is not one that counts"),
        (HashAlgorithm::Sha1, "its signature rests on SHA-1, which can be forged"),
        (HashAlgorithm::Ripemd160, "its signature rests on RIPEMD-160, which can be forged"),
    ] {
        assert_eq!(said(hash).unwrap_err(), why);
    }
    for hash in [
        HashAlgorithm::Sha224,
        HashAlgorithm::Sha256,
        HashAlgorithm::Sha384,
        HashAlgorithm::Sha512,
        HashAlgorithm::Sha3_256,
        HashAlgorithm::Sha3_512,
    ] {
        assert_eq!(said(hash), Ok(Signed { key: fingerprint(&key.primary_key), on: after(1) }), "{hash:?}");
    }
}

#[test]
fn a_key_that_was_taken_back_signs_nothing_and_did_not_before() {
    let key = key("operator@directory.example");
    let before = signature(&key, HashAlgorithm::Sha256, &[]);
    let key = revoked(key);
    let why = said(&before, &key, 3).unwrap_err();
    assert_eq!(why, format!("the key that signed it, {}, is revoked", fingerprint(&key.primary_key)));
    assert_eq!(SigningKey::read(secret(&key).as_bytes(), after(3)).unwrap_err(), "the key is revoked");
}

#[test]
fn a_key_that_ended_signs_nothing_more_and_what_it_signed_before_counts() {
    let key = ending(key("operator@directory.example"));
    let signature = signature(&key, HashAlgorithm::Sha256, &[]);
    assert!(said(&signature, &key, 20).is_ok());
    assert!(SigningKey::read(secret(&key).as_bytes(), after(9)).is_ok());
    let ended = SigningKey::read(secret(&key).as_bytes(), after(10)).unwrap_err();
    assert_eq!(ended, format!("the key ended on {}", after(10).format("%Y-%m-%d")));
    // Made when the key had ended already.
    let late = config(&key, SignatureType::Binary, HashAlgorithm::Sha256, 11, &[]);
    let late = late.sign(&key.primary_key, &Password::empty(), &b"content"[..]).unwrap();
    let mut bytes = Vec::new();
    late.to_writer_with_header(&mut bytes).unwrap();
    let why = said(&bytes, &key, 20).unwrap_err();
    assert!(why.ends_with("was not valid for signatures then"), "{why}");
}

#[test]
fn the_part_of_a_key_that_is_for_signatures_signs() {
    let key = with_signer(true);
    let subkey = fingerprint(&key.secret_subkeys[0].key);
    for file in [secret(&key).into_bytes(), key.to_bytes().unwrap()] {
        let signer = SigningKey::read(&file, after(1)).unwrap();
        let signed = said(signer.sign(b"content").unwrap().as_bytes(), &key, 3).unwrap();
        assert_eq!(signed, Signed { key: subkey.clone(), on: after(1) });
    }
    // The other part can, but says of itself that it does not.
    let why = said(&signature(&key, HashAlgorithm::Sha256, &[]), &key, 3).unwrap_err();
    assert!(why.ends_with("was not valid for signatures then"), "{why}");
    let none = SigningKey::read(secret(&with_signer(false)).as_bytes(), after(1)).unwrap_err();
    assert!(none.starts_with("no secret key in this file signs without a passphrase"), "{none}");
}

#[test]
fn a_secret_key_is_shown_by_its_fingerprint_alone() {
    let key = key("operator@directory.example");
    let signer = SigningKey::read(secret(&key).as_bytes(), after(1)).unwrap();
    assert_eq!(format!("{signer:?}"), format!("SigningKey of {}", fingerprint(&key.primary_key)));
}
