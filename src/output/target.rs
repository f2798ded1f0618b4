//! The folder to write to: where it really is, and whether writing there could destroy an input.

use super::record::standing;
use super::recover::Locked;
use super::workspace::{self, Workspace};
use super::{OutputError, Overlap};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

/// A folder that may be written to.
#[derive(Debug)]
pub struct Target {
    /// Canonical, as far as it exists.
    path: PathBuf,
}

impl Target {
    /// Looks at the folder and changes nothing.
    ///
    /// # Errors
    /// Where the target is, holds or lies in one of `inputs`, is not a folder, or holds files and no manifest of ours.
    pub fn check(target: &Path, inputs: &[PathBuf]) -> Result<Self, OutputError> {
        let path = resolve(target)?;
        if fs::metadata(&path).is_ok_and(|metadata| !metadata.is_dir()) {
            return Err(OutputError::NotAFolder(path));
        }
        for input in inputs {
            let input = resolve(input)?;
            let how = match (within(&path, &input), within(&input, &path)) {
                (true, true) => Overlap::Same,
                (true, false) => Overlap::Within,
                (false, true) => Overlap::Holds,
                // What lies beside the target under our name is removed after the build.
                _ if workspace::places(&path).any(|place| within(&input, &place)) => Overlap::Holds,
                _ => continue,
            };
            return Err(OutputError::Overlap { target: path, input, how });
        }
        // A first build that is under way, or was interrupted, has put files there but no manifest: its journal speaks
        // for it, and `recover` looks again. Without a journal it may just have ended, hence the second look.
        match standing(&path) {
            Err(OutputError::NotOurs(_)) if workspace::places(&path).any(|place| workspace::has_journal(&place)) => {}
            Err(OutputError::NotOurs(_)) => drop(standing(&path)?),
            other => drop(other?),
        }
        Ok(Self { path })
    }

    /// Takes the target for this build alone.
    ///
    /// # Errors
    /// [`OutputError::Busy`] where another build has it; an I/O error where nothing can be written beside it or in it.
    pub fn lock(self) -> Result<Locked, OutputError> {
        Workspace::open(self.path).map(Locked::new)
    }
}

/// The canonical path of what exists, with the rest behind it.
fn resolve(path: &Path) -> Result<PathBuf, OutputError> {
    // Collecting the components drops a trailing slash, which would change what a symlink or a file means.
    let whole: PathBuf = std::path::absolute(path).map_err(OutputError::io("find", path))?.components().collect();
    for prefix in whole.ancestors() {
        let real = match fs::canonicalize(prefix) {
            Ok(real) => real,
            Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Err(OutputError::io("find", prefix)(error));
            }
            Err(_) if fs::symlink_metadata(prefix).is_ok_and(|metadata| metadata.is_symlink()) => {
                return Err(OutputError::DeadLink(prefix.to_path_buf()));
            }
            Err(_) => continue,
        };
        let rest = whole.strip_prefix(prefix).unwrap_or(Path::new(""));
        if rest.as_os_str().is_empty() {
            return Ok(real);
        }
        if rest.components().any(|part| part == Component::ParentDir) {
            return Err(OutputError::Dots(whole));
        }
        if !real.is_dir() {
            return Err(OutputError::NotAFolder(real));
        }
        return Ok(real.join(rest));
    }
    Err(OutputError::io("find", path)(io::Error::from(ErrorKind::NotFound)))
}

/// Whether `inner` is `outer` or lies in it. Compares what the file system says, too: a folder that is mounted twice, or
/// spelled in another case, has two paths.
fn within(inner: &Path, outer: &Path) -> bool {
    inner.starts_with(outer)
        || identity(outer).is_some_and(|outer| inner.ancestors().any(|folder| identity(folder) == Some(outer)))
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    fs::symlink_metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}
