//! How keys are written in text: the base 64 of PEM, and the base 32 of the Web Key Directory. The only module that names
//! the crates for it.

use data_encoding::{BASE32_NOPAD, BASE64};
use sha1::{Digest, Sha1};

/// The digits of z-base-32 (RFC 6189, section 5.1.6), in the order of those of RFC 4648.
const Z_BASE_32: &[u8; 32] = b"ybndrfg8ejkmcpqxot1uwisza345h769";

/// The name under which a Web Key Directory has the keys of an address: SHA-1 of its local part, with ASCII letters in
/// lower case, in z-base-32 (draft-koch-openpgp-webkey-service, section 3.1). 32 characters.
pub(super) fn wkd_hash(local_part: &str) -> String {
    let digest = Sha1::digest(local_part.to_ascii_lowercase().as_bytes());
    // 160 bits are 32 digits of five bits, so the two alphabets are all that differs.
    let digit = |b: u8| match b {
        b'A'..=b'Z' => char::from(Z_BASE_32[usize::from(b - b'A')]),
        _ => char::from(Z_BASE_32[usize::from(26 + (b - b'2') % 6)]),
    };
    BASE32_NOPAD.encode(&digest).bytes().map(digit).collect()
}

/// A certificate (DER) as text (RFC 7468, section 5).
pub(super) fn pem(der: &[u8]) -> String {
    let digits = BASE64.encode(der);
    let mut text = String::from("-----BEGIN CERTIFICATE-----\n");
    for at in (0..digits.len()).step_by(64) {
        text.push_str(&digits[at..digits.len().min(at + 64)]);
        text.push('\n');
    }
    text + "-----END CERTIFICATE-----\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_where_the_draft_and_gnupg_look_for_them() {
        // The vector of the draft, then names that `gpg --with-wkd-hash` was asked for.
        for (local_part, hash) in [
            ("Joe.Doe", "iy9q119eutrkn8s1mk4r39qejnbu3n5q"),
            ("joe.doe", "iy9q119eutrkn8s1mk4r39qejnbu3n5q"),
            ("cert", "3wpiy4cs8sc8t6jxdu76q9hjnmg7mczp"),
            ("CSIRT+x", "1ud6eyp7f63wtc8ptq9pf7ck1z8swgux"),
            ("security_team", "xphkrhxphm3f4ohps5bzkrae9wwip9tg"),
        ] {
            assert_eq!(wkd_hash(local_part), hash, "{local_part}");
        }
    }

    #[test]
    fn lines_of_pem_have_64_characters() {
        let text = pem(&[0; 100]);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.iter().map(|line| line.len()).collect::<Vec<_>>(), [27, 64, 64, 8, 25]);
        assert_eq!(lines[3], "AAAAAA==");
        assert_eq!(pem(&[0; 48]).lines().count(), 3);
    }
}
