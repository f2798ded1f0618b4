//! RSA signatures as OpenPGP makes them (RSASSA-PKCS1-v1_5, RFC 8017, section 8.2). To verify only.
//!
//! Most keys are RSA keys, and checking their signatures is most of what reading them costs. The crate behind the OpenPGP
//! crate takes care not to betray secrets by the time it takes, and takes longer for it; nothing is secret
//! here. `cargo bench --bench shares` says what reading keys comes to.

use super::key::mpi;
use num_bigint::BigUint;
use pgp::crypto::hash::HashAlgorithm;
use pgp::types::SignatureBytes;

/// A public key whose exponent is a small one, as those of nearly all keys are.
#[derive(Debug)]
pub(super) struct Key {
    modulus: BigUint,
    exponent: u32,
}

/// The moduli that are read, in octets: up to 16384 bits, which is what GnuPG reads.
const OCTETS: std::ops::RangeInclusive<usize> = 64..=2048;

impl Key {
    /// The key in key material (RFC 9580, section 5.5.5.1); `None` where it is cut off, or out of the ordinary.
    pub(super) fn read(material: &[u8]) -> Option<Self> {
        let (modulus, rest) = mpi(material)?;
        let (exponent, rest) = mpi(rest)?;
        let modulus = BigUint::from_bytes_be(modulus);
        let exponent =
            u32::try_from(BigUint::from_bytes_be(exponent)).ok().filter(|exponent| exponent % 2 == 1 && *exponent > 1)?;
        let usual = rest.is_empty() && modulus.bit(0) && OCTETS.contains(&octets(&modulus));
        usual.then_some(Self { modulus, exponent })
    }

    /// Whether a signature is one of this key over a hash.
    pub(super) fn verify(&self, algorithm: HashAlgorithm, hash: &[u8], signature: &SignatureBytes) -> bool {
        let SignatureBytes::Mpis(numbers) = signature else { return false };
        let ([number], Some(expected)) = (numbers.as_slice(), self.encoded(algorithm, hash)) else { return false };
        let number = BigUint::from_bytes_be(number.as_ref());
        number < self.modulus && self.power(&number) == expected
    }

    /// `base` to the power of the exponent, by squaring, from its highest bit on.
    fn power(&self, base: &BigUint) -> BigUint {
        let mut power = BigUint::from(1_u8);
        for bit in (0..u32::BITS - self.exponent.leading_zeros()).rev() {
            power = &power * &power % &self.modulus;
            if self.exponent >> bit & 1 == 1 {
                power = power * base % &self.modulus;
            }
        }
        power
    }

    /// The one number that stands for a hash (EMSA-PKCS1-v1_5, RFC 8017, section 9.2). A signature is compared with it as a
    /// whole, so that there is nothing in it to be read wrongly.
    fn encoded(&self, algorithm: HashAlgorithm, hash: &[u8]) -> Option<BigUint> {
        let prefix = prefix(algorithm)?;
        let length = octets(&self.modulus);
        let filling = length.checked_sub(prefix.len() + hash.len() + 3).filter(|filling| *filling >= 8)?;
        let mut octets = vec![0, 1];
        octets.resize(2 + filling, 0xFF);
        octets.push(0);
        octets.extend_from_slice(prefix);
        octets.extend_from_slice(hash);
        Some(BigUint::from_bytes_be(&octets))
    }
}

fn octets(number: &BigUint) -> usize {
    usize::try_from(number.bits().div_ceil(8)).unwrap_or(usize::MAX)
}

/// What stands before a hash and names its algorithm (RFC 9580, section 5.2.2). Of one that is not here no signature counts.
#[rustfmt::skip]
fn prefix(algorithm: HashAlgorithm) -> Option<&'static [u8]> {
    Some(match algorithm {
        HashAlgorithm::Sha1 => &[0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2B, 0x0E, 0x03, 0x02, 0x1A, 0x05, 0x00, 0x04, 0x14],
        HashAlgorithm::Ripemd160 => &[0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2B, 0x24, 0x03, 0x02, 0x01, 0x05, 0x00, 0x04, 0x14],
        HashAlgorithm::Sha224 => &[0x30, 0x2D, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x04, 0x05, 0x00, 0x04, 0x1C],
        HashAlgorithm::Sha256 => &[0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20],
        HashAlgorithm::Sha384 => &[0x30, 0x41, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0x00, 0x04, 0x30],
        HashAlgorithm::Sha512 => &[0x30, 0x51, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03, 0x05, 0x00, 0x04, 0x40],
        HashAlgorithm::Sha3_256 => &[0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x08, 0x05, 0x00, 0x04, 0x20],
        HashAlgorithm::Sha3_512 => &[0x30, 0x51, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x0A, 0x05, 0x00, 0x04, 0x40],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use pgp::types::Mpi;

    /// 2⁵²¹ − 1 and 2⁶⁰⁷ − 1 are primes, so that the key and a signature can be worked out by hand.
    fn key() -> (Key, BigUint) {
        let (p, q) = (BigUint::from(2_u8).pow(521) - 1_u8, BigUint::from(2_u8).pow(607) - 1_u8);
        let secret = BigUint::from(65_537_u32).modinv(&((&p - 1_u8) * (&q - 1_u8))).unwrap();
        (Key { modulus: p * q, exponent: 65_537 }, secret)
    }

    fn signature(number: &BigUint) -> SignatureBytes {
        SignatureBytes::Mpis(vec![Mpi::from_slice(&number.to_bytes_be())])
    }

    #[test]
    fn a_signature_counts_for_its_hash_and_algorithm_alone() {
        let (key, secret) = key();
        let hash = [7; 32];
        let made = key.encoded(HashAlgorithm::Sha256, &hash).unwrap().modpow(&secret, &key.modulus);
        assert!(key.verify(HashAlgorithm::Sha256, &hash, &signature(&made)));
        assert!(!key.verify(HashAlgorithm::Sha3_256, &hash, &signature(&made)));
        assert!(!key.verify(HashAlgorithm::Sha256, &[8; 32], &signature(&made)));
        assert!(!key.verify(HashAlgorithm::Sha256, &hash, &signature(&(&made + 1_u8))));
        assert!(!key.verify(HashAlgorithm::Sha256, &hash, &signature(&(&made + &key.modulus))));
        assert!(!key.verify(HashAlgorithm::Md5, &hash[..16], &signature(&made)));
    }

    #[test]
    fn what_is_out_of_the_ordinary_is_left_to_the_crate() {
        let material = |modulus: &[u8], exponent: &[u8]| {
            let number = |octets: &[u8]| [&u16::try_from(octets.len() * 8).unwrap().to_be_bytes(), octets].concat();
            [number(modulus), number(exponent)].concat()
        };
        let modulus = [0xFF; 256];
        assert!(Key::read(&material(&modulus, &[1, 0, 1])).is_some());
        assert!(Key::read(&material(&modulus, &[1, 0, 0])).is_none(), "even");
        assert!(Key::read(&material(&modulus, &[1])).is_none(), "every number would be a signature of itself");
        assert!(Key::read(&material(&modulus, &[1, 0, 0, 0, 1])).is_none(), "large");
        assert!(Key::read(&material(&[0xFF; 2049], &[1, 0, 1])).is_none());
        assert!(Key::read(&material(&modulus, &[1, 0, 1])[..258]).is_none(), "cut off");
    }
}
