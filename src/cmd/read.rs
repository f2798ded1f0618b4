//! Files that are named on the command line.

use super::Failure;
use crate::load;
use std::fs::File;
use std::io;
use std::path::Path;

/// The bytes of a file of at most `most` bytes; `-` is standard input.
///
/// # Errors
/// Where it cannot be read, or is larger.
pub(super) fn read_bounded(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    read_up_to(path, most)?.ok_or_else(|| format!("{} is larger than {} MiB", shown(path), most / 1024 / 1024).into())
}

/// The same, and nothing where it is larger.
///
/// # Errors
/// Where it cannot be read.
pub(super) fn read_up_to(path: &Path, most: u64) -> Result<Option<Vec<u8>>, Failure> {
    let read = if path == Path::new("-") {
        load::read_up_to(io::stdin().lock(), most)
    } else {
        File::open(path).and_then(|file| load::read_up_to(file, most))
    };
    Ok(read.map_err(|error| format!("{} cannot be read: {error}", shown(path)))?)
}

/// How messages name the file.
pub(super) fn shown(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}
