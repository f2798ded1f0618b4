//! Key packets (RFC 9580, section 5.5): primary keys and subkeys, also those that the OpenPGP crate cannot use.

use super::ecdsa;
use super::reading::Usage;
use super::rsa;
use crate::model::{Fingerprint, KeyAlgorithm, bits};
use pgp::bytes::Bytes;
use pgp::crypto::hash::HashAlgorithm;
use pgp::crypto::public_key::PublicKeyAlgorithm;
use pgp::packet::{PacketHeader, PublicKey};
use pgp::ser::Serialize;
use pgp::types::{KeyDetails, KeyId, KeyVersion, PublicParams, SignatureBytes, Tag, Timestamp, VerifyingKey};

/// What a key packet says.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub fingerprint: Fingerprint,
    pub version: u8,
    /// The number of its algorithm (RFC 9580, section 9.1).
    pub number: u8,
    pub algorithm: KeyAlgorithm,
    /// Seconds since 1970.
    pub created: i64,
}

impl Key {
    /// What it can be used for at most, by its algorithm.
    pub(super) fn able(&self) -> Usage {
        let all = Usage { certifies: true, signs: true, encrypts: true, authenticates: true };
        match self.number {
            1 => all,
            // As GnuPG has it, a key for RSA signatures alone does not authenticate.
            3 => Usage { encrypts: false, authenticates: false, ..all },
            // Elgamal keys that sign (20) are broken, and no one encrypts to them.
            2 | 16 | 18 | 25 | 26 | 35 | 36 => Usage { encrypts: true, ..Usage::default() },
            17 | 19 | 22 | 27 | 28 | 30..=34 => Usage { encrypts: false, ..all },
            _ => Usage::default(),
        }
    }
}

/// A key packet together with what is needed to check signatures. It is hashed octet by octet as it stands in the file,
/// so that nothing depends on how the OpenPGP crate would write it.
#[derive(Debug)]
pub(super) struct Signer {
    packet: PublicKey,
    checks: Option<Checks>,
}

#[derive(Debug)]
enum Checks {
    Crate(Box<PublicKey>),
    Ecdsa(Box<ecdsa::Key>),
    Rsa(Box<rsa::Key>),
}

impl Signer {
    /// The key in the body of a packet; `None` where it is neither of version 4 nor of version 6, or is cut off.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        let (&[version, c0, c1, c2, c3, number], rest) = body.split_first_chunk()?;
        let (version, material) = match version {
            4 => (KeyVersion::V4, rest),
            6 => (KeyVersion::V6, rest.split_first_chunk::<4>()?.1),
            _ => return None,
        };
        let header = PacketHeader::new_fixed(Tag::PublicKey, u32::try_from(body.len()).ok()?);
        let created = Timestamp::from_secs(u32::from_be_bytes([c0, c1, c2, c3]));
        let params = PublicParams::Unknown { data: Bytes::copy_from_slice(material) };
        let algorithm = PublicKeyAlgorithm::from(number);
        let packet = PublicKey::new_with_header(header, version, algorithm, created, None, params).ok()?;
        // The length of the key material in a packet of version 6 is said twice.
        (packet.to_bytes().ok()? == body).then_some(())?;
        let own = match number {
            1 | 3 => rsa::Key::read(material).map(|key| Checks::Rsa(Box::new(key))),
            19 => ecdsa::Key::read(material).map(|key| Checks::Ecdsa(Box::new(key))),
            _ => None,
        };
        let usual = || {
            let mut rest = body;
            let key = PublicKey::try_from_reader(header, &mut rest).ok()?;
            rest.is_empty().then(|| Checks::Crate(Box::new(key)))
        };
        let checks = own.or_else(usual);
        Some(Self { packet, checks })
    }

    /// What it says. `None`: it has no fingerprint.
    pub(super) fn key(&self) -> Option<Key> {
        let PublicParams::Unknown { data } = self.packet.public_params() else { return None };
        let number = u8::from(self.packet.algorithm());
        Some(Key {
            fingerprint: format!("{:X}", self.packet.fingerprint()).parse().ok()?,
            version: u8::from(self.packet.version()),
            number,
            algorithm: algorithm(number, data),
            created: i64::from(self.packet.created_at().as_secs()),
        })
    }

    /// Whether it is known how to check its signatures.
    pub(super) fn can_check(&self) -> bool {
        match &self.checks {
            Some(Checks::Ecdsa(_) | Checks::Rsa(_)) => true,
            Some(Checks::Crate(key)) => {
                key.algorithm().can_sign() && !matches!(key.public_params(), PublicParams::Unknown { .. })
            }
            None => false,
        }
    }
}

/// The algorithm by its number and the key material.
fn algorithm(number: u8, material: &[u8]) -> KeyAlgorithm {
    match number {
        1..=3 => KeyAlgorithm::Rsa(size(material)),
        16 | 20 => KeyAlgorithm::Elgamal(size(material)),
        17 => KeyAlgorithm::Dsa(size(material)),
        18 | 19 | 22 => {
            curve(material).map_or_else(|| KeyAlgorithm::Other("an unknown elliptic curve".to_owned()), KeyAlgorithm::Curve)
        }
        25 => KeyAlgorithm::Curve("X25519"),
        26 => KeyAlgorithm::Curve("X448"),
        27 => KeyAlgorithm::Curve("Ed25519"),
        28 => KeyAlgorithm::Curve("Ed448"),
        // RFC 9980, against quantum computers.
        30 => KeyAlgorithm::Other("ML-DSA-65 and Ed25519".to_owned()),
        31 => KeyAlgorithm::Other("ML-DSA-87 and Ed448".to_owned()),
        32..=34 => KeyAlgorithm::Other("SLH-DSA".to_owned()),
        35 => KeyAlgorithm::Other("ML-KEM-768 and X25519".to_owned()),
        36 => KeyAlgorithm::Other("ML-KEM-1024 and X448".to_owned()),
        _ => KeyAlgorithm::Other(format!("algorithm {number}")),
    }
}

/// The length of the first number in key material (RFC 9580, section 3.2) in bits.
fn size(material: &[u8]) -> u32 {
    mpi(material).map_or(0, |(number, _)| bits(number))
}

/// A number, and what follows it.
pub(super) fn mpi(octets: &[u8]) -> Option<(&[u8], &[u8])> {
    let (bits, rest) = octets.split_first_chunk()?;
    rest.split_at_checked(usize::from(u16::from_be_bytes(*bits)).div_ceil(8))
}

/// The object identifier of the curve in key material (RFC 9580, section 9.2), and what follows it.
pub(super) fn oid(material: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = material.split_first()?;
    rest.split_at_checked(usize::from(*length))
}

fn curve(material: &[u8]) -> Option<&'static str> {
    const CURVES: [(&[u8], &str); 10] = [
        (&[0x2B, 0x06, 0x01, 0x04, 0x01, 0xDA, 0x47, 0x0F, 0x01], "Ed25519"),
        (&[0x2B, 0x06, 0x01, 0x04, 0x01, 0x97, 0x55, 0x01, 0x05, 0x01], "Curve25519"),
        (&[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07], "NIST P-256"),
        (&[0x2B, 0x81, 0x04, 0x00, 0x22], "NIST P-384"),
        (&[0x2B, 0x81, 0x04, 0x00, 0x23], "NIST P-521"),
        (ecdsa::P256_OID, "brainpoolP256r1"),
        (ecdsa::P384_OID, "brainpoolP384r1"),
        (ecdsa::P512_OID, "brainpoolP512r1"),
        (ecdsa::SECP256K1_OID, "secp256k1"),
        (&[0x2B, 0x65, 0x71], "Ed448"),
    ];
    let (oid, _) = oid(material)?;
    CURVES.iter().find(|(known, _)| *known == oid).map(|(_, name)| *name)
}

impl KeyDetails for Signer {
    fn version(&self) -> KeyVersion {
        self.packet.version()
    }

    fn legacy_key_id(&self) -> KeyId {
        self.packet.legacy_key_id()
    }

    fn fingerprint(&self) -> pgp::types::Fingerprint {
        self.packet.fingerprint()
    }

    fn algorithm(&self) -> PublicKeyAlgorithm {
        self.packet.algorithm()
    }

    fn created_at(&self) -> Timestamp {
        self.packet.created_at()
    }

    fn legacy_v3_expiration_days(&self) -> Option<u16> {
        self.packet.legacy_v3_expiration_days()
    }

    fn public_params(&self) -> &PublicParams {
        self.packet.public_params()
    }
}

impl Serialize for Signer {
    fn to_writer<W: std::io::Write>(&self, writer: &mut W) -> pgp::errors::Result<()> {
        self.packet.to_writer(writer)
    }

    fn write_len(&self) -> usize {
        self.packet.write_len()
    }
}

impl VerifyingKey for Signer {
    fn verify(&self, hash: HashAlgorithm, data: &[u8], signature: &SignatureBytes) -> pgp::errors::Result<()> {
        match &self.checks {
            Some(Checks::Crate(key)) => key.verify(hash_for_check(key, hash), data, signature),
            Some(Checks::Ecdsa(key)) if key.verify(data, signature) => Ok(()),
            Some(Checks::Rsa(key)) if key.verify(hash, data, signature) => Ok(()),
            _ => Err("no valid signature".to_owned().into()),
        }
    }
}

/// The hash that the OpenPGP crate is told of. With Ed25519 it refuses those below 256 bits, and uses its name for nothing
/// else; what rests on SHA-1 or RIPEMD-160 counts here, as in GnuPG 2.2, and is a [`Weakness`](crate::model::Weakness).
fn hash_for_check(key: &PublicKey, hash: HashAlgorithm) -> HashAlgorithm {
    let is_ed25519 = matches!(key.algorithm(), PublicKeyAlgorithm::EdDSALegacy | PublicKeyAlgorithm::Ed25519);
    match hash {
        HashAlgorithm::Sha1 | HashAlgorithm::Ripemd160 if is_ed25519 => HashAlgorithm::Sha256,
        other => other,
    }
}
