//! The algorithms of certificates, by their object identifiers.

use super::dotted;
use crate::model::{KeyAlgorithm, bits};
use x509_parser::asn1_rs::{Any, FromDer, Tag};
use x509_parser::public_key::RSAPublicKey;
use x509_parser::signature_algorithm::RsaSsaPssParams;
use x509_parser::x509::{AlgorithmIdentifier, SubjectPublicKeyInfo};

const RSA: &str = "1.2.840.113549.1.1.1";
const RSA_OAEP: &str = "1.2.840.113549.1.1.7";
const RSA_PSS: &str = "1.2.840.113549.1.1.10";
const DSA: &str = "1.2.840.10040.4.1";
const EC: &str = "1.2.840.10045.2.1";

/// The algorithm of a public key, and whether messages can be encrypted with it at all. `None` where the key is damaged.
///
/// The identifiers are those of RFC 3279 and RFC 4055 (RSA, DSA), RFC 5480 (elliptic curves) and RFC 8410.
pub(super) fn of_key(key: &SubjectPublicKeyInfo<'_>) -> Option<(KeyAlgorithm, bool)> {
    let parameters = key.algorithm.parameters.as_ref();
    Some(match dotted(&key.algorithm.algorithm).as_str() {
        id @ (RSA | RSA_OAEP | RSA_PSS) => {
            let (_, rsa) = RSAPublicKey::from_der(&key.subject_public_key.data).ok()?;
            (KeyAlgorithm::Rsa(bits(rsa.modulus)), id != RSA_PSS)
        }
        DSA => {
            let (_, prime) = Any::from_der(parameters?.data).ok()?;
            prime.tag().assert_eq(Tag::Integer).ok()?;
            (KeyAlgorithm::Dsa(bits(prime.data)), false)
        }
        EC => (curve(parameters?), true),
        "1.3.101.110" => (KeyAlgorithm::Curve("X25519"), true),
        "1.3.101.111" => (KeyAlgorithm::Curve("X448"), true),
        "1.3.101.112" => (KeyAlgorithm::Curve("Ed25519"), false),
        "1.3.101.113" => (KeyAlgorithm::Curve("Ed448"), false),
        other => (KeyAlgorithm::Other(format!("algorithm {other}")), true),
    })
}

/// The curve that parameters name (RFC 5480, section 2.1.1.1; RFC 5639).
fn curve(parameters: &Any<'_>) -> KeyAlgorithm {
    let named = parameters.tag() == Tag::Oid;
    let Some(id) = named.then(|| parameters.clone().oid().ok()).flatten() else {
        return KeyAlgorithm::Other("an elliptic curve of its own".to_owned());
    };
    KeyAlgorithm::Curve(match dotted(&id).as_str() {
        "1.2.840.10045.3.1.7" => "NIST P-256",
        "1.3.132.0.34" => "NIST P-384",
        "1.3.132.0.35" => "NIST P-521",
        "1.3.132.0.10" => "secp256k1",
        "1.3.36.3.3.2.8.1.1.7" => "brainpoolP256r1",
        "1.3.36.3.3.2.8.1.1.11" => "brainpoolP384r1",
        "1.3.36.3.3.2.8.1.1.13" => "brainpoolP512r1",
        other => return KeyAlgorithm::Other(format!("elliptic curve {other}")),
    })
}

/// The digest that a signature of this algorithm is over, where it can be forged: MD2, MD4, MD5 or SHA-1.
pub(super) fn old_hash(signature: &AlgorithmIdentifier<'_>) -> Option<&'static str> {
    const SHA1: Option<&str> = Some("SHA-1");
    match dotted(&signature.algorithm).as_str() {
        // With RSA (RFC 3279, section 2.2.1).
        "1.2.840.113549.1.1.2" => Some("MD2"),
        "1.2.840.113549.1.1.3" => Some("MD4"),
        "1.2.840.113549.1.1.4" => Some("MD5"),
        // SHA-1 with RSA, there and under its older identifier, with DSA and with ECDSA (sections 2.2.2 and 2.2.3).
        "1.2.840.113549.1.1.5" | "1.3.14.3.2.29" | "1.2.840.10040.4.3" | "1.2.840.10045.4.1" => SHA1,
        // Where PSS does not name its digest, it is SHA-1 (RFC 4055, section 3.1).
        RSA_PSS => match signature.parameters.as_ref().and_then(|any| RsaSsaPssParams::try_from(any).ok()) {
            None => SHA1,
            Some(params) => match dotted(params.hash_algorithm_oid()).as_str() {
                "1.3.14.3.2.26" => SHA1,
                "1.2.840.113549.2.5" => Some("MD5"),
                _ => None,
            },
        },
        _ => None,
    }
}
