//! Detached signatures: which of a certificate's keys signed a file, and when.

use super::broken;
use super::certificate::Certificate;
use super::key::{Key, Signer};
use super::packets;
use super::verify::{asks_for_the_unknown, dated};
use crate::diagnostic::Problem;
use crate::model::Fingerprint;
use chrono::{DateTime, Utc};
use pgp::composed::{Deserializable, DetachedSignature};
use pgp::packet::{Signature, SignatureType};
use pgp::types::KeyDetails;

/// A signature that is genuine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The key that made it: the certificate's primary key, or one of its subkeys.
    pub key: Fingerprint,
    /// When.
    pub on: DateTime<Utc>,
}

/// The most signatures of a file that are looked at.
const MOST_SIGNATURES: usize = 20;

/// By which key of `certificates` the signature in `file`, armoured or binary, was made over `content`. `Err` with what is
/// wrong in a sentence: nobody of them signed it, the content is another one, or the key could not sign then, or may not as of
/// `at`.
///
/// # Errors
/// See above; also that the file is no detached signature.
pub fn signed_by(content: &[u8], file: &[u8], certificates: &[Certificate], at: DateTime<Utc>) -> Result<Signed, Problem> {
    let signatures = signatures(file)?;
    let mut worst = None;
    for signature in &signatures {
        for certificate in certificates {
            match check(content, signature, certificate, at) {
                Ok(Some(signed)) => return Ok(signed),
                Ok(None) => {}
                Err(why) => worst = Some(why),
            }
        }
    }
    Err(broken(worst.unwrap_or_else(|| {
        let by = signatures.iter().find_map(|signature| Some(format!("{:X}", signature.issuer_fingerprint().first()?)));
        match by.and_then(|by| by.parse::<Fingerprint>().ok()) {
            Some(by) => format!("it is signed by another key, {by}"),
            None => "it is signed by another key".to_owned(),
        }
    })))
}

fn signatures(file: &[u8]) -> Result<Vec<Signature>, Problem> {
    let none = || broken("there is no detached OpenPGP signature in this file");
    let read = if file.first().is_some_and(|first| first & 0x80 != 0) {
        DetachedSignature::from_bytes_many(file)
    } else {
        DetachedSignature::from_armor_many_buf(file).map(|(signatures, _)| signatures)
    };
    // One that cannot be read is nobody's: beside others it does no harm, and alone it is none.
    let signatures: Vec<Signature> =
        read.map_err(|_| none())?.take(MOST_SIGNATURES).filter_map(Result::ok).map(|detached| detached.signature).collect();
    if signatures.is_empty() { Err(none()) } else { Ok(signatures) }
}

/// `None` where it is not one of this certificate.
fn check(content: &[u8], signature: &Signature, certificate: &Certificate, at: DateTime<Utc>) -> Result<Option<Signed>, String> {
    let raw = std::iter::once((&certificate.key, &certificate.raw));
    let raw = raw.chain(certificate.subkeys.iter().map(|subkey| (&subkey.key, &subkey.raw)));
    for (key, raw) in raw {
        let Some(signer) = packets::body(raw).and_then(Signer::read) else { continue };
        let names = signature.issuer_key_id().contains(&&signer.legacy_key_id())
            || signature.issuer_fingerprint().contains(&&signer.fingerprint());
        if names {
            return genuine(content, signature, &signer, key, certificate, at).map(Some);
        }
    }
    Ok(None)
}

fn genuine(
    content: &[u8],
    signature: &Signature,
    signer: &Signer,
    key: &Key,
    certificate: &Certificate,
    at: DateTime<Utc>,
) -> Result<Signed, String> {
    let of_data = matches!(signature.typ(), Some(SignatureType::Binary | SignatureType::Text));
    let made = dated(signature, key.created).filter(|_| of_data && !asks_for_the_unknown(signature));
    let Some((created, ends, old_hash)) = made else { return Err("its signature is not one that counts".to_owned()) };
    if let Some(hash) = old_hash {
        return Err(format!("its signature rests on {hash}, which can be forged"));
    }
    if signature.verify(signer, content).is_err() {
        return Err("its signature does not match: it, or the file, was changed after it was signed".to_owned());
    }
    let on = DateTime::from_timestamp(created, 0).ok_or_else(|| "its signature has no date".to_owned())?;
    let print = &key.fingerprint;
    if certificate.as_of(at).revoked.is_some() {
        return Err(format!("the key that signed it, {print}, is revoked"));
    }
    if on > at {
        return Err(format!("its signature is dated {}, which has not come", on.format("%Y-%m-%d")));
    }
    if ends.is_some_and(|end| end <= at.timestamp()) {
        return Err("its signature has ended".to_owned());
    }
    let then = certificate.as_of(on);
    let valid = then.expires.is_none_or(|end| on < end);
    let signs = if *print == certificate.key.fingerprint {
        then.usage.signs
    } else {
        let its = then.subkeys.iter().find(|its| its.fingerprint == *print);
        its.is_some_and(|its| its.signs && !its.revoked && its.expires.is_none_or(|end| on < end))
    };
    if valid && signs {
        Ok(Signed { key: print.clone(), on })
    } else {
        Err(format!("the key {print} was not valid for signatures then"))
    }
}
