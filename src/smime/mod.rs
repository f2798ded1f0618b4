//! S/MIME certificates (X.509, RFC 5280; RFC 8550): what they say of themselves. The one place that names the X.509
//! crate.
//!
//! Left out on purpose: whether the issuer is to be trusted and whether it revoked the certificate, since both change
//! without us; the page names the issuer, and the reader's mail program asks it. Certificates of authorities are refused:
//! nobody writes to them.

mod algorithm;
mod certificate;
mod name;
mod read;

pub use certificate::Certificate;
pub use read::{is_secret, read};

use x509_parser::asn1_rs::Oid;

/// An object identifier in numbers, `1.2.840.113549.1.1.1`. One that is longer than any in use is not spelled out, for
/// that takes time with the square of its length.
fn dotted(oid: &Oid<'_>) -> String {
    const LONGEST: usize = 40;
    if oid.as_bytes().len() > LONGEST { "unknown".to_owned() } else { oid.to_id_string() }
}
