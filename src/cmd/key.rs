//! `peerage key`.

mod json;
mod words;

use super::report::{identified, print, show};
use super::today::today;
use super::{ERRORS, FINE, Failure};
use crate::assess::AssessedKey;
use crate::cli::{self, Format};
use crate::diagnostic::{Finding, Place};
use crate::load::{MAX_KEY_BYTES, PublicKey, key_too_large, read_keys};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Says what the directory would say of each key in a file.
pub(super) fn run(args: &cli::Key) -> Result<u8, Failure> {
    let today = today(args.today)?;
    let bytes = read(&args.file)?;
    let ending = args.file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let keys = match within_bounds(&bytes, &args.file).and_then(|()| public_keys(&bytes, ending, &args.file)) {
        Ok(keys) => keys,
        Err(finding) => {
            // No line of the file is shown, for it might be one of a secret key.
            show(&identified(&[*finding], &[]), Format::Human, &[])?;
            return Ok(ERRORS);
        }
    };
    let keys: Vec<AssessedKey<'_>> = keys.iter().map(|key| AssessedKey::alone(key, today)).collect();
    print(&if args.json { json::of(&keys, today)? } else { words::of(&keys, today, &bytes) })?;
    Ok(FINE)
}

/// The bytes of the file, and one more than are allowed where it is too large.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let limit = MAX_KEY_BYTES + 1;
    let read = if path == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    read.map_err(|error| format!("{} cannot be read: {error}", shown(path)))?;
    Ok(bytes)
}

fn within_bounds(bytes: &[u8], path: &Path) -> Result<(), Box<Finding>> {
    if bytes.len() as u64 <= MAX_KEY_BYTES {
        return Ok(());
    }
    Err(Box::new(key_too_large(&shown(path))))
}

fn public_keys(bytes: &[u8], ending: &str, path: &Path) -> Result<Vec<PublicKey>, Box<Finding>> {
    read_keys(bytes, ending).map_err(|problem| Box::new(problem.at(Place::file(shown(path)))))
}

/// How messages name the file.
fn shown(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}
