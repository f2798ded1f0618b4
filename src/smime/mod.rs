//! S/MIME certificates (X.509, RFC 5280; RFC 8550): what they say of themselves. The one place that names the X.509
//! crate.
//!
//! Left out on purpose: whether the issuer is to be trusted and whether it revoked the certificate, since both change
//! without us; the page names the issuer, and the reader's mail program asks it.

use crate::diagnostic::{Problem, Rule};
use crate::model::{Fingerprint, KeyAlgorithm, Weakness};
use chrono::{DateTime, Utc};

/// An S/MIME certificate.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// SHA-256 of the whole certificate.
    pub fingerprint: Fingerprint,
    /// Whom it is for, as a distinguished name in the form of RFC 4514, but in the order of the certificate.
    pub subject: String,
    /// The mail addresses in it.
    pub emails: Vec<String>,
    /// Who issued it, in the same form.
    pub issuer: String,
    /// Its serial number, in hexadecimal.
    pub serial: String,
    /// The first instant at which it is valid.
    pub not_before: DateTime<Utc>,
    /// The last second in which it is valid.
    pub not_after: DateTime<Utc>,
    /// The algorithm of its key.
    pub algorithm: KeyAlgorithm,
    /// Whether its key usage lets messages be encrypted to it (RFC 8550, section 4.4.2).
    pub encrypts: bool,
    /// In what it is weak, without repeats, in order.
    pub weaknesses: Vec<Weakness>,
    /// The certificate itself (DER).
    pub der: Vec<u8>,
}

/// The certificates of a key file, PEM or DER, in the order of the file; at least one.
///
/// # Errors
/// What is wrong with the file: it is broken or holds none ([`Rule::BrokenKey`]), or holds a private key
/// ([`Rule::SecretKey`]). A message never shows a byte of the file.
pub fn read(bytes: &[u8]) -> Result<Vec<Certificate>, Problem> {
    let _ = bytes;
    Err(Problem::new(Rule::BrokenKey, "S/MIME certificates cannot be read yet", "wait for it"))
}
