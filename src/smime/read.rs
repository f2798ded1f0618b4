//! The forms of files: PEM (RFC 7468), DER, and what people take for one of these.

use super::certificate::Certificate;
use crate::diagnostic::{Problem, Rule};
use x509_parser::asn1_rs::{FromBer, Header, Tag};
use x509_parser::pem::Pem;

/// How many certificates a file holds at most.
const MAX_CERTIFICATES: usize = 20;

/// The certificates of a key file, PEM or DER, in the order of the file, without repeats; at least one, and at most
/// 20. Text around the blocks of PEM is allowed.
///
/// # Errors
/// What is wrong with the file: it is broken, holds none, or something else as well ([`Rule::BrokenKey`]), or holds a
/// private key ([`Rule::SecretKey`]). A message never shows a byte of the file.
pub fn read(bytes: &[u8]) -> Result<Vec<Certificate>, Problem> {
    if names_private_key(bytes) {
        return Err(secret("the file holds a secret key", ", and publish the new certificate alone"));
    }
    let parts = if is_pem(bytes) { blocks(bytes)? } else { vec![bytes.to_vec()] };
    // The first line of a block may be so damaged that there is none.
    if parts.is_empty() {
        return Err(none_found());
    }
    let mut certificates: Vec<Certificate> = Vec::with_capacity(parts.len());
    for der in parts {
        refuse_other(&der)?;
        let certificate = Certificate::from_der(der)?;
        if certificates.iter().all(|other| other.fingerprint != certificate.fingerprint) {
            certificates.push(certificate);
        }
    }
    Ok(certificates)
}

/// Whether a line says that a private key follows, in PEM or in OpenPGP's armour, however damaged what follows is.
fn names_private_key(bytes: &[u8]) -> bool {
    holds(bytes, b"PRIVATE KEY-") || holds(bytes, b"PRIVATE KEY BLOCK-")
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|part| part == needle)
}

/// Whether a line of the file begins a block of PEM.
fn is_pem(bytes: &[u8]) -> bool {
    without_mark(bytes).split(|byte| *byte == b'\n').any(|line| line.starts_with(b"-----BEGIN "))
}

/// The file without the byte order mark that some editors put before a text.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// What the blocks of PEM hold.
fn blocks(bytes: &[u8]) -> Result<Vec<Vec<u8>>, Problem> {
    if holds(bytes, b"-----BEGIN PGP ") {
        let help = "name it ID.asc, if it is the team's OpenPGP key";
        return Err(broken("the file holds something of OpenPGP, not a certificate", help));
    }
    let mut found = Vec::new();
    for block in Pem::iter_from_buffer(without_mark(bytes)) {
        let block = block.map_err(|_| {
            let help =
                "copy the whole block again, from the line `-----BEGIN CERTIFICATE-----` to the line `-----END CERTIFICATE-----`";
            broken("a block of the file is damaged or cut off", help)
        })?;
        // The second is an older name of the first (RFC 7468, section 5.1).
        if !matches!(block.label.as_str(), "CERTIFICATE" | "X509 CERTIFICATE") {
            return Err(other_block(block));
        }
        if found.len() == MAX_CERTIFICATES {
            let message = format!("the file holds more than {MAX_CERTIFICATES} certificates");
            return Err(broken(message, "leave only the team's own certificates in it"));
        }
        found.push(block.contents);
    }
    Ok(found)
}

/// What is wrong with a block that is called something else.
fn other_block(block: Pem) -> Problem {
    let told = refuse_other(&block.contents).and_then(|()| Certificate::from_der(block.contents).map(drop));
    match (block.label.as_str(), told) {
        // What it is counts more than what it is called.
        (_, Err(problem)) if problem.rule == Rule::SecretKey => problem,
        ("CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" | "X509 CRL" | "PKCS7" | "CMS" | "PUBLIC KEY", Err(problem)) => {
            problem
        }
        ("TRUSTED CERTIFICATE", _) => broken(
            "the file holds a certificate in OpenSSL's own form",
            "convert it: `openssl x509 -in FILE -out ID.pem`; the block then begins with `-----BEGIN CERTIFICATE-----`",
        ),
        _ => broken("the file holds a block that is no certificate", "leave only the blocks `-----BEGIN CERTIFICATE-----` in it"),
    }
}

/// Refuses DER that is not of the shape of a certificate, by the tags with which it begins, so that a secret key is known
/// as one also where it is cut off.
fn refuse_other(der: &[u8]) -> Result<(), Problem> {
    let (first, content, second) = first_parts(der).ok_or_else(none_found)?;
    match (first, second) {
        // PKCS#12 (RFC 7292, section 4) has version 3, private keys have 0 or 1.
        (Tag::Integer, Some(Tag::Sequence)) if content == [3] => {
            let help =
                "; then publish the certificate alone: `openssl pkcs12 -in FILE -clcerts -nokeys` takes it out of the bundle";
            Err(secret("this is a PKCS#12 bundle, which is made to hold a secret key", help))
        }
        // PKCS#8 (RFC 5958, section 2; encrypted, section 3) and SEC1 (RFC 5915, section 3).
        (Tag::Integer, Some(Tag::Sequence | Tag::OctetString)) | (Tag::Sequence, Some(Tag::OctetString)) => {
            Err(secret("the file holds a secret key", ", and publish the new certificate alone"))
        }
        // PKCS#1 (RFC 8017, appendix A.1.2), and DSA in OpenSSL's form.
        (Tag::Integer, Some(Tag::Integer)) if content.len() == 1 => {
            Err(secret("the file holds a secret key", ", and publish the new certificate alone"))
        }
        (Tag::Integer, _) | (Tag::Sequence, Some(Tag::BitString)) => Err(broken(
            "this is a bare public key, not a certificate",
            "put the certificate here, which holds the key and says whose it is",
        )),
        (Tag::Oid, _) => {
            let help = "take the certificate out of it: `openssl pkcs7 -in FILE -print_certs -out ID.pem` (with `-inform DER` where \
                        it is not text), and leave only the team's own";
            Err(broken("this is a PKCS#7 bundle, not a certificate", help))
        }
        (Tag::Sequence, _) => Ok(()),
        _ => Err(none_found()),
    }
}

/// Whether a file that may be anything is a PKCS#12 bundle (RFC 7292, section 4) or a private key in PKCS#8 (RFC 5958,
/// section 2), SEC1 (RFC 5915, section 3) or PKCS#1 (RFC 8017, appendix A.1.2), by more of its first bytes than where a
/// certificate is expected. What is encrypted without a bundle is not told from other things.
pub fn is_secret(bytes: &[u8]) -> bool {
    // 1.2.840.113549.1.7.1 and .2 (RFC 5652, sections 4 and 5.1).
    const DATA: &[u8] = &[0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01];
    const SIGNED_DATA: &[u8] = &[0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
    /// Of numbers that belong to keys, in octets: 512 bits.
    const SHORTEST: usize = 64;
    let opened = || {
        let (inside, outer) = Header::from_ber(bytes).ok()?;
        outer.assert_tag(Tag::Sequence).ok()?;
        let (version, rest) = inside.strip_prefix(&[0x02, 0x01])?.split_first()?;
        let (content, second) = Header::from_ber(rest).ok()?;
        Some((*version, second, content))
    };
    let Some((version, second, content)) = opened() else { return false };
    let length = second.length().definite().ok();
    let behind = length.and_then(|length| Header::from_ber(content.get(length..)?).ok());
    match (version, second.tag()) {
        (3, Tag::Sequence) => content.starts_with(DATA) || content.starts_with(SIGNED_DATA),
        (0 | 1, Tag::Sequence) => {
            content.first() == Some(&0x06) && behind.is_some_and(|(_, third)| third.tag() == Tag::OctetString)
        }
        (1, Tag::OctetString) => true,
        (0, Tag::Integer) => length.is_some_and(|length| length >= SHORTEST),
        _ => false,
    }
}

/// The tag and the content of the first part of a sequence, and the tag of the second.
fn first_parts(der: &[u8]) -> Option<(Tag, &[u8], Option<Tag>)> {
    // BER, for bundles are often written so: without lengths.
    let (inside, outer) = Header::from_ber(der).ok()?;
    outer.assert_tag(Tag::Sequence).ok()?;
    let (rest, first) = Header::from_ber(inside).ok()?;
    let length = first.length().definite().ok()?;
    let content = rest.get(..length).unwrap_or(rest);
    let second = rest.get(length..).and_then(|rest| Header::from_ber(rest).ok());
    Some((first.tag(), content, second.map(|(_, header)| header.tag())))
}

fn none_found() -> Problem {
    let help =
        "a certificate is in PEM, and then begins with `-----BEGIN CERTIFICATE-----`, or in DER: export it as one of these";
    broken("no certificate was found in the file", help)
}

fn broken(message: impl Into<String>, help: &'static str) -> Problem {
    Problem::new(Rule::BrokenKey, message, help)
}

/// `then`: what follows what is to be done with any secret key.
fn secret(message: &str, then: &str) -> Problem {
    let help = "remove the file, also from the repository's history, and have the certificate revoked: whoever saw the file may \
                have the key";
    Problem::new(Rule::SecretKey, message, format!("{help}{then}"))
}
