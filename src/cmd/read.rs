//! Files that are named on the command line.

use super::Failure;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The bytes of a file of at most `most` bytes; `-` is standard input.
///
/// # Errors
/// Where it cannot be read, or is larger.
pub(super) fn read_bounded(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().lock().take(most + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    if bytes.len() as u64 > most {
        return Err(format!("{} is larger than {} MiB", path.display(), most / 1024 / 1024).into());
    }
    Ok(bytes)
}
