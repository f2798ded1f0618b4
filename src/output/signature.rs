//! The signature of a manifest, beside it, by OpenPGP or by minisign: whether the key that is expected made it.
//!
//! Which key that is, whoever asks must know from elsewhere: a key that lies beside the site proves nothing.

use super::SIGNATURES;
use super::verify::{Claim, read};
use crate::model::Date;
use crate::openpgp::{self, Certificate, signed_by};
use chrono::{DateTime, Utc};
use minisign_verify::{PublicKey, Signature};
use std::path::Path;

/// The largest signature that is read, in bytes.
const MAX_SIGNATURE: u64 = 256 * 1024;

/// Whose signature is expected: a public key.
pub enum Signatory {
    /// Of OpenPGP.
    OpenPgp(Vec<Certificate>),
    /// Of minisign.
    Minisign(Box<PublicKey>),
}

impl Signatory {
    /// The public key in a file with this content.
    ///
    /// # Errors
    /// In a sentence: there is none that can be used.
    pub fn read(key: &[u8]) -> Result<Self, String> {
        if let Some(key) = minisign_key(key) {
            return Ok(Self::Minisign(Box::new(key?)));
        }
        let certificates = openpgp::read(key).map_err(|problem| format!("the key cannot be used: {}", problem.message))?;
        Ok(Self::OpenPgp(certificates))
    }
}

/// By whom a manifest is signed, in words that stand behind "signed".
///
/// # Errors
/// In a sentence: there is no signature, or it is not that of the key, or not of this manifest.
pub fn signed(folder: &Path, claim: &Claim, by: &Signatory, at: DateTime<Utc>) -> Result<String, String> {
    let [openpgp, minisign] = SIGNATURES;
    let signature = |name: &str| {
        let path = folder.join(name);
        read(&path, MAX_SIGNATURE).map_err(|why| format!("there is no signature {}: {why}", path.display()))
    };
    let certificates = match by {
        Signatory::Minisign(key) => return by_minisign(&signature(minisign)?, &claim.bytes, key),
        Signatory::OpenPgp(certificates) => certificates,
    };
    let signed = signed_by(&claim.bytes, &signature(openpgp)?, certificates, at).map_err(|problem| problem.message)?;
    Ok(format!("by the OpenPGP key {} on {}", signed.key, Date::of(signed.on)))
}

/// A key of minisign, where the text is one: a line of base64 that begins with `RW`, perhaps below a comment.
fn minisign_key(text: &[u8]) -> Option<Result<PublicKey, String>> {
    let text = std::str::from_utf8(text).ok()?;
    let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with("untrusted comment:"))?;
    let is_one = line.starts_with("RW") && line.len() == 56;
    is_one.then(|| PublicKey::from_base64(line).map_err(|error| format!("the key cannot be used: {error}")))
}

fn by_minisign(signature: &[u8], content: &[u8], key: &PublicKey) -> Result<String, String> {
    let text = String::from_utf8_lossy(signature);
    let signature = Signature::decode(&text).map_err(|error| format!("there is no signature of minisign: {error}"))?;
    let verified = key.verify(content, &signature, false);
    verified.map_err(|error| match error {
        minisign_verify::Error::UnexpectedKeyId => "it is signed by another key".to_owned(),
        _ => "its signature does not match: it, or the file, was changed after it was signed".to_owned(),
    })?;
    Ok(format!("by the minisign key ({})", signature.trusted_comment()))
}
