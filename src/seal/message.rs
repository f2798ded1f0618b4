//! Messages: what is told to an audience, packed and encrypted to the keys of those who are entitled.

use super::told::{audiences, told};
use super::{paper, roster, tar};
use crate::assess::{Assessment, Audience};
use crate::diagnostic::hex;
use crate::load::PrivateDirectory;
use crate::model::{Fingerprint, Level};
use crate::openpgp::{Certificate, Recipients, SigningKey, encrypt};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

/// How messages are made.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mode<'k> {
    /// Whether a message does not say for whom it is.
    pub hidden: bool,
    /// Who signs it, inside.
    pub signer: Option<&'k SigningKey>,
}

/// A message for the teams of a level.
#[derive(Debug)]
pub struct Sealed<'a> {
    /// For whom it is: the teams at this level or above it.
    pub level: Level,
    /// Who is entitled, and who of them can read it.
    pub audience: Audience<'a>,
    /// The message.
    pub bytes: Vec<u8>,
    /// Its SHA-256 checksum, in hexadecimal digits.
    pub sha256: String,
}

/// What stands in the private tree for each level, as a message for the teams at it or above it; the lowest level first.
///
/// # Errors
/// In a sentence: nobody could read a message, or one could not be made. Then there is none at all.
pub fn seal_tree<'a>(
    private: &PrivateDirectory,
    assessment: &'a Assessment<'a>,
    mode: Mode<'_>,
) -> Result<Vec<Sealed<'a>>, String> {
    let levels: Vec<Level> = audiences(private).into_iter().collect();
    levels.into_par_iter().filter_map(|level| seal_level(level, private, assessment, mode).transpose()).collect()
}

fn seal_level<'a>(
    level: Level,
    private: &PrivateDirectory,
    assessment: &'a Assessment<'a>,
    mode: Mode<'_>,
) -> Result<Option<Sealed<'a>>, String> {
    let audience = assessment.audience(level);
    let told = told(level, private, assessment);
    if told.is_empty() {
        return Ok(None);
    }
    let mut json = serde_json::to_vec_pretty(&told).map_err(|error| error.to_string())?;
    json.push(b'\n');
    let files = [
        (paper::READ_ME, paper::read_me(&told).into_bytes()),
        ("directory.md", paper::text(&told).into_bytes()),
        ("directory.json", json),
        ("roster.csv", roster::table(&told)?),
        ("roster.vcf", roster::cards(&told)?),
    ];
    let archive = tar::archive(&files, assessment.today.begin().timestamp());
    let bytes = seal_message(archive, &audience, mode)?;
    let sha256 = hex(&Sha256::digest(&bytes));
    Ok(Some(Sealed { level, audience, bytes, sha256 }))
}

/// `content` as a message in binary for an audience.
///
/// # Errors
/// In a sentence: nobody could read it, or it could not be made.
pub fn seal_message(content: Vec<u8>, audience: &Audience<'_>, mode: Mode<'_>) -> Result<Vec<u8>, String> {
    if audience.readers.is_empty() {
        return Err("nobody who is entitled to it has a key by which to read it".to_owned());
    }
    let keys = audience.readers.iter().flat_map(|reader| &reader.keys);
    let mut keys: Vec<(&Certificate, &Fingerprint)> =
        keys.flat_map(|(certificate, parts)| parts.iter().map(move |part| (*certificate, part))).collect();
    // Two teams may share a key.
    keys.sort_by_key(|(_, part)| *part);
    keys.dedup_by_key(|(_, part)| *part);
    encrypt(content, Recipients { keys: &keys, hidden: mode.hidden }, mode.signer)
}
