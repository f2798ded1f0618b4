//! A certificate: what is taken from it, and what it must not be.

use super::algorithm::{of_key, old_hash};
use super::name::readable;
use crate::diagnostic::{Problem, Rule};
use crate::model::{EmailAddress, Fingerprint, KeyAlgorithm, Weakness};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use x509_parser::asn1_rs::FromDer;
use x509_parser::certificate::X509Certificate;
use x509_parser::certification_request::X509CertificationRequest;
use x509_parser::error::X509Error;
use x509_parser::extensions::GeneralName;
use x509_parser::oid_registry::OID_X509_EXT_BASIC_CONSTRAINTS;
use x509_parser::revocation_list::CertificateRevocationList;
use x509_parser::time::ASN1Time;

/// How many addresses are taken from one certificate.
const MAX_EMAILS: usize = 50;

/// How long a serial number is at most, in bytes (RFC 5280, section 4.1.2.2).
const MAX_SERIAL: usize = 20;

/// An S/MIME certificate.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// SHA-256 of the whole certificate.
    pub fingerprint: Fingerprint,
    /// Whom it is for, as a distinguished name in the form of RFC 4514, but in the order of the certificate. It has no
    /// control characters and at most 501 characters; empty where the certificate leaves it so.
    pub subject: String,
    /// The mail addresses in it, without repeats: those of subjectAltName, then those of the subject (RFC 8550, section 3).
    /// What is no address is left out; at most 50.
    pub emails: Vec<String>,
    /// Who issued it, in the same form.
    pub issuer: String,
    /// Its serial number, in hexadecimal, in upper case.
    pub serial: String,
    /// The first instant at which it is valid.
    pub not_before: DateTime<Utc>,
    /// The last second in which it is valid.
    pub not_after: DateTime<Utc>,
    /// The algorithm of its key.
    pub algorithm: KeyAlgorithm,
    /// Whether messages can be encrypted to it: its key is of a kind for that, and its key usage and extended key usage
    /// allow it (RFC 8550, sections 4.4.2 and 4.4.4).
    pub encrypts: bool,
    /// In what it is weak, without repeats, in order.
    pub weaknesses: Vec<Weakness>,
    /// The certificate itself (DER).
    pub der: Vec<u8>,
}

impl Certificate {
    /// The one certificate that `der` is.
    pub(super) fn from_der(der: Vec<u8>) -> Result<Self, Problem> {
        let (rest, x509) = X509Certificate::from_der(&der).map_err(|_| not_one(&der))?;
        if !rest.is_empty() {
            let help = "leave one certificate in a file in DER; several belong into a file in PEM, each in a block of its own";
            return Err(Problem::new(Rule::BrokenKey, "something follows the certificate", help));
        }
        refuse_authority(&x509)?;
        let (algorithm, can_encrypt) = of_key(x509.public_key()).ok_or_else(damaged)?;
        let encrypts = can_encrypt && may_encrypt(&x509).map_err(|_| damaged())?;
        Ok(Self {
            fingerprint: hexadecimal(&Sha256::digest(&der)).parse()?,
            subject: readable(x509.subject()),
            emails: emails(&x509).map_err(|_| damaged())?,
            issuer: readable(x509.issuer()),
            serial: serial(x509.raw_serial())?,
            not_before: instant(x509.validity().not_before)?,
            not_after: instant(x509.validity().not_after)?,
            weaknesses: weaknesses(&x509, &algorithm),
            algorithm,
            encrypts,
            der,
        })
    }
}

/// What is wrong with DER that is no certificate.
fn not_one(der: &[u8]) -> Problem {
    if X509CertificationRequest::from_der(der).is_ok() {
        let help = "send it to an authority, and put the certificate that comes back here";
        return Problem::new(Rule::BrokenKey, "this is a request for a certificate, not a certificate", help);
    }
    if CertificateRevocationList::from_der(der).is_ok() {
        let help = "put the team's certificate here";
        return Problem::new(Rule::BrokenKey, "this is a list of revoked certificates, not a certificate", help);
    }
    damaged()
}

fn damaged() -> Problem {
    let help = "export it again; `openssl x509 -in FILE -noout -text` must be able to read it";
    Problem::new(Rule::BrokenKey, "the certificate is damaged", help)
}

/// Nobody writes to an authority: a certificate that may issue others is not a team's (RFC 8550, section 4.4.1).
fn refuse_authority(x509: &X509Certificate<'_>) -> Result<(), Problem> {
    let constraints = x509.basic_constraints().map_err(|_| damaged())?;
    if constraints.is_none() && x509.extensions().iter().any(|ext| ext.oid == OID_X509_EXT_BASIC_CONSTRAINTS) {
        return Err(damaged());
    }
    if !constraints.is_some_and(|constraints| constraints.value.ca) {
        return Ok(());
    }
    let help = "leave only the team's own certificate in the file; one that the team issued to itself must be made with \
                `basicConstraints=CA:FALSE`";
    Err(Problem::new(Rule::BrokenKey, "this is the certificate of an authority, which issues others, not of a contact", help))
}

/// Whether its usages let messages be encrypted to it. Where they are not stated, they do.
fn may_encrypt(x509: &X509Certificate<'_>) -> Result<bool, X509Error> {
    let usage = x509.key_usage()?.is_none_or(|usage| usage.value.key_encipherment() || usage.value.key_agreement());
    let purpose = x509.extended_key_usage()?.is_none_or(|purpose| purpose.value.email_protection || purpose.value.any);
    Ok(usage && purpose)
}

fn emails(x509: &X509Certificate<'_>) -> Result<Vec<String>, X509Error> {
    let alternative = x509.subject_alternative_name()?;
    let alternative = alternative.iter().flat_map(|names| &names.value.general_names).filter_map(|name| match name {
        GeneralName::RFC822Name(address) => Some(*address),
        _ => None,
    });
    let in_subject = x509.subject().iter_email().filter_map(|attribute| attribute.as_str().ok());
    let mut emails: Vec<String> = Vec::new();
    for address in alternative.chain(in_subject) {
        // Both are of ASCII (RFC 5280, section 4.2.1.6): other letters could make an address look like another.
        let well_formed = address.is_ascii() && address.parse::<EmailAddress>().is_ok();
        let new = well_formed && !emails.iter().any(|known| known.eq_ignore_ascii_case(address));
        if new && emails.len() < MAX_EMAILS {
            emails.push(address.to_owned());
        }
    }
    Ok(emails)
}

fn serial(bytes: &[u8]) -> Result<String, Problem> {
    let number = if let [0, rest @ ..] = bytes { rest } else { bytes };
    match number {
        [] if bytes.is_empty() => Err(damaged()),
        [] => Ok("00".to_owned()),
        number if number.len() <= MAX_SERIAL => Ok(hexadecimal(number)),
        _ => Err(damaged()),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

fn instant(time: ASN1Time) -> Result<DateTime<Utc>, Problem> {
    DateTime::from_timestamp(time.timestamp(), 0).ok_or_else(damaged)
}

fn weaknesses(x509: &X509Certificate<'_>, algorithm: &KeyAlgorithm) -> Vec<Weakness> {
    let of_signature = old_hash(&x509.signature_algorithm).map(Weakness::OldHash);
    algorithm.weakness().into_iter().chain(of_signature).collect()
}
