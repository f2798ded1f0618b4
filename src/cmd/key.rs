//! `peerage key`.

mod json;
mod words;

use super::read::{read_up_to, shown};
use super::report::{identified, print, show};
use super::today::today;
use super::{ERRORS, FINE, Failure};
use crate::assess::AssessedKey;
use crate::cli::{self, Format};
use crate::diagnostic::{Finding, Place, Rule};
use crate::load::{MAX_KEY_BYTES, PublicKey, key_too_large, read_keys};
use std::path::Path;

/// Says what the directory would say of each key in a file.
pub(super) fn run(args: &cli::Key) -> Result<u8, Failure> {
    let today = today(args.today)?;
    let bytes = read_up_to(&args.file, MAX_KEY_BYTES)?.ok_or_else(|| Box::new(key_too_large(&shown(&args.file))));
    let ending = args.file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let read = bytes.and_then(|bytes| Ok((public_keys(&bytes, ending, &args.file)?, bytes)));
    let (keys, bytes) = match read {
        Ok(read) => read,
        Err(mut finding) => {
            if finding.rule == Rule::SecretKey {
                // It lies where its owner asked of it, and not yet where others read it.
                finding.help = "do not publish it: export the public part, for OpenPGP with `gpg --armor --export FINGERPRINT`. Where others \
                                could read this file, the key is secret no longer, and is to be revoked"
                    .into();
            }
            // No line of the file is shown, for it might be one of a secret key.
            show(&identified(&[*finding], &[]), Format::Human, &[])?;
            return Ok(ERRORS);
        }
    };
    let keys: Vec<AssessedKey<'_>> = keys.iter().map(|key| AssessedKey::alone(key, today)).collect();
    print(&if args.json { json::of(&keys, today)? } else { words::of(&keys, today, &bytes) })?;
    Ok(FINE)
}

fn public_keys(bytes: &[u8], ending: &str, path: &Path) -> Result<Vec<PublicKey>, Box<Finding>> {
    read_keys(bytes, ending).map_err(|problem| Box::new(problem.at(Place::file(shown(path)))))
}
