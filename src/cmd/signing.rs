//! The operator's secret key, where one is named on the command line.

use super::Failure;
use super::read::read_bounded;
use super::today::now;
use crate::load::MAX_KEY_BYTES;
use crate::openpgp::SigningKey;
use std::path::{Path, PathBuf};

/// The key in `file`, as of now. It must not lie below any of `published`, where it would be.
///
/// # Errors
/// Where it does, or cannot be used; a message never shows a byte of it.
pub(super) fn signing_key(file: &Path, published: &[PathBuf]) -> Result<SigningKey, Failure> {
    let shown = file.display();
    let real = file.canonicalize().map_err(|error| format!("{shown} cannot be read: {error}"))?;
    if published.iter().filter_map(|folder| folder.canonicalize().ok()).any(|folder| real.starts_with(folder)) {
        return Err(format!("the secret key {shown} lies in the project, where it would be published: move it elsewhere").into());
    }
    let bytes = read_bounded(file, MAX_KEY_BYTES)?;
    SigningKey::read(&bytes, now()?).map_err(|why| format!("{shown}: {why}").into())
}
