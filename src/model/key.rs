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

impl KeyAlgorithm {
    /// In what it is weak, if it is.
    pub fn weakness(&self) -> Option<Weakness> {
        const SHORTEST_RSA: u32 = 2048;
        match self {
            Self::Rsa(bits) if *bits < SHORTEST_RSA => Some(Weakness::ShortRsa(*bits)),
            Self::Dsa(_) => Some(Weakness::Dsa),
            _ => None,
        }
    }
}

/// How many bits a number has, given its octets, the highest first; zeros in front do not count.
pub fn bits(number: &[u8]) -> u32 {
    let zeros = number.iter().take_while(|octet| **octet == 0).count();
    let unused = number.get(zeros).map_or(0, |first| first.leading_zeros());
    u32::try_from(number.len() - zeros).unwrap_or(u32::MAX).saturating_mul(8) - unused
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
    /// What binds the key to its owner is signed with nothing but a hash that can be forged (RFC 9580, section 9.5), of this
    /// name.
    OldHash(&'static str),
}

impl fmt::Display for Weakness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ShortRsa(bits) => write!(f, "RSA with {bits} bits, fewer than 2048"),
            Self::Dsa => f.write_str("DSA, which is no longer approved"),
            Self::OldHash(name) => write!(f, "signed with {name}, which can be forged"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_bits_as_they_are() {
        for (number, expected) in [(&[][..], 0), (&[0, 0], 0), (&[1], 1), (&[0, 0x80, 0], 16), (&[0x7f, 0xff], 15)] {
            assert_eq!(bits(number), expected, "{number:?}");
        }
    }

    #[test]
    fn short_rsa_and_dsa_are_weak() {
        assert_eq!(KeyAlgorithm::Rsa(2047).weakness(), Some(Weakness::ShortRsa(2047)));
        assert_eq!(KeyAlgorithm::Rsa(2048).weakness(), None);
        assert_eq!(KeyAlgorithm::Dsa(3072).weakness(), Some(Weakness::Dsa));
        assert_eq!(KeyAlgorithm::Curve("Ed25519").weakness(), None);
    }
}
