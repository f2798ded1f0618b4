//! What OpenPGP certificates and S/MIME certificates have in common.

use super::keywords;
use std::fmt;

keywords! {
    /// For which kind of mail encryption a key is.
    pub enum KeyKind, "a kind of key" {
        /// OpenPGP (RFC 9580).
        OpenPgp = "openpgp",
        /// S/MIME (RFC 8551).
        Smime = "smime",
    }
}

/// A public-key algorithm and its size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyAlgorithm {
    /// RSA, with the size of its modulus in bits.
    Rsa(u32),
    /// DSA, with the size of its prime in bits.
    Dsa(u32),
    /// Elgamal, with the size of its prime in bits.
    Elgamal(u32),
    /// An elliptic curve, by its usual name: `Ed25519`, `NIST P-256`, `X25519`.
    Curve(&'static str),
    /// Another one, by its name or number.
    Other(String),
}

impl fmt::Display for KeyAlgorithm {
    /// In plain words: `RSA, 4096 bits`; `elliptic curve Ed25519`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa(bits) => write!(f, "RSA, {bits} bits"),
            Self::Dsa(bits) => write!(f, "DSA, {bits} bits"),
            Self::Elgamal(bits) => write!(f, "Elgamal, {bits} bits"),
            Self::Curve(name) => write!(f, "elliptic curve {name}"),
            Self::Other(name) => f.write_str(name),
        }
    }
}

/// Why a key is weaker than it ought to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weakness {
    /// An RSA modulus of fewer than 2048 bits (NIST SP 800-131A, section 3), and of how many.
    ShortRsa(u32),
    /// DSA, which FIPS 186-5 no longer approves.
    Dsa,
    /// What binds the key to its owner is signed with SHA-1 or MD5 alone (RFC 9580, section 9.5).
    OldHash,
}

impl fmt::Display for Weakness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ShortRsa(bits) => write!(f, "RSA with {bits} bits, fewer than 2048"),
            Self::Dsa => f.write_str("DSA, which is no longer approved"),
            Self::OldHash => f.write_str("signed with SHA-1 or MD5, which can be forged"),
        }
    }
}
