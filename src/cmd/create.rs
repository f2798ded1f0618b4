//! Writing into a project: files that were not there, whole or not at all. What stands there is never touched, but where the
//! caller says that it is to be replaced.

use super::Failure;
use crate::load::LoadError;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The folder with the entries of the project at `root`; made where only it is missing.
pub(super) fn teams_folder(root: &Path) -> Result<PathBuf, Failure> {
    folder(&content_folder(root)?, "teams")
}

/// The folder with the editions of the project at `root`; made where only it is missing.
pub(super) fn editions_folder(root: &Path) -> Result<PathBuf, Failure> {
    folder(&content_folder(root)?, "editions")
}

fn content_folder(root: &Path) -> Result<PathBuf, Failure> {
    let content = root.join("content");
    if content.is_dir() { Ok(content) } else { Err(LoadError::NoProject(root.to_owned()).into()) }
}

/// The folder `name` in `parent`; made where only it is missing.
pub(super) fn folder(parent: &Path, name: &str) -> Result<PathBuf, Failure> {
    let folder = parent.join(name);
    match folder.symlink_metadata() {
        Ok(meta) if meta.is_dir() => {}
        Ok(_) => {
            let shown = folder.display();
            return Err(format!("{shown} is not a folder; put a folder in its place: links are not followed").into());
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir(&folder).map_err(|error| format!("{} could not be made: {error}", folder.display()))?;
        }
        Err(error) => return Err(format!("{} cannot be read: {error}", folder.display()).into()),
    }
    Ok(folder)
}

/// Writes `text` into a new file. Says whether it did: `false` where something stands there already.
pub(super) fn create(path: &Path, text: &str) -> Result<bool, Failure> {
    create_bytes(path, text.as_bytes())
}

/// Writes `bytes` into a new file, as [`create`] does.
pub(super) fn create_bytes(path: &Path, bytes: &[u8]) -> Result<bool, Failure> {
    let result = match path.symlink_metadata() {
        Ok(_) => Ok(false),
        Err(_) => place(path, bytes),
    };
    result.map_err(|error| format!("{} could not be written: {error}", path.display()).into())
}

/// Writes two new files, both whole or none. `false` where something stands in the place of one.
///
/// Who is killed in between leaves the first. Nothing of the second is on the disk, not even beside its place, before the
/// first is whole.
pub(super) fn create_both(first: (&Path, &str), second: (&Path, &str)) -> Result<bool, Failure> {
    let fail = |path: &Path, error: &io::Error| format!("{} could not be written: {error}", path.display());
    if first.0.symlink_metadata().is_ok() || second.0.symlink_metadata().is_ok() {
        return Ok(false);
    }
    if !place(first.0, first.1.as_bytes()).map_err(|error| fail(first.0, &error))? {
        return Ok(false);
    }
    let placed = place(second.0, second.1.as_bytes());
    if !matches!(placed, Ok(true)) {
        fs::remove_file(first.0).map_err(|error| format!("{} could not be removed again: {error}", first.0.display()))?;
    }
    placed.map_err(|error| fail(second.0, &error).into())
}

/// Writes `text` into a file, in place of what stands there, if anything does: all of it or nothing.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let written = Beside::write(path, text.as_bytes()).and_then(|beside| fs::rename(&beside.beside, path));
    written.map_err(|error| format!("{} could not be written: {error}", path.display()).into())
}

/// Writes `text` in place of `before`, which stands in the file: all of it or nothing, and nothing where the file was changed
/// meanwhile. Who may read and write it stays as it is.
pub(super) fn rewrite(path: &Path, before: &str, text: &str) -> Result<(), Failure> {
    let written = (|| {
        let meta = path.symlink_metadata()?;
        if !meta.is_file() {
            return Err(io::Error::other("it is no longer a regular file"));
        }
        if meta.permissions().readonly() {
            return Err(io::Error::new(ErrorKind::PermissionDenied, "it may not be written to"));
        }
        let beside = Beside::write(path, text.as_bytes())?;
        fs::set_permissions(&beside.beside, meta.permissions())?;
        // A power cut after the renaming must find the text on the disk.
        fs::File::open(&beside.beside)?.sync_all()?;
        if fs::read(path)? != before.as_bytes() {
            return Err(io::Error::other("it was changed meanwhile; run this once more"));
        }
        fs::rename(&beside.beside, path)
    })();
    written.map_err(|error| format!("{} could not be written: {error}", path.display()).into())
}

fn place(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    Beside::write(path, bytes)?.place()
}

/// What was written beside its place. It goes where it is not placed.
struct Beside<'a> {
    path: &'a Path,
    bytes: &'a [u8],
    beside: PathBuf,
}

impl<'a> Beside<'a> {
    fn write(path: &'a Path, bytes: &'a [u8]) -> io::Result<Self> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let beside = path.with_file_name(format!(".{name}.{}.peerage", std::process::id()));
        write_new(&beside, bytes)?;
        Ok(Self { path, bytes, beside })
    }

    /// Gives the file its name, which fails where the name is taken: `false`. Not every file system can do so; there the
    /// file is written in its place, and removed if that fails.
    fn place(&self) -> io::Result<bool> {
        let written = match fs::hard_link(&self.beside, self.path) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => write_new(self.path, self.bytes),
            linked => linked,
        };
        match written {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(error),
        }
    }
}

impl Drop for Beside<'_> {
    fn drop(&mut self) {
        // What cannot be removed has a name that nothing reads.
        fs::remove_file(&self.beside).ok();
    }
}

/// Writes a file that must not exist; where that fails, there is none.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file.write_all(bytes);
    drop(file);
    written.map_err(|error| match fs::remove_file(path) {
        Ok(()) => error,
        Err(left) => io::Error::new(error.kind(), format!("{error}, and what was written could not be removed: {left}")),
    })
}

/// `peerage COMMAND` with the project at `root`, as it is typed in a shell.
pub(super) fn next_command(command: &str, root: &Path) -> String {
    let root = root.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+:\\~".contains(c);
    match root.as_str() {
        "." => format!("peerage {command}"),
        typed if typed.starts_with('-') || typed.is_empty() || !typed.chars().all(plain) => {
            format!("peerage {command} -- '{}'", typed.replace('\'', "'\\''"))
        }
        typed => format!("peerage {command} {typed}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        assert!(create(&path, "one").unwrap());
        assert!(!create(&path, "two").unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_file_is_rewritten_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        fs::write(&path, "one").unwrap();
        rewrite(&path, "one", "two").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        let error = rewrite(&path, "one", "three").unwrap_err().to_string();
        assert!(error.contains("changed meanwhile"), "{error}");
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert!(rewrite(&path, "two", "three").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn of_two_files_both_are_written_or_none() {
        let root = tempfile::tempdir().unwrap();
        let (one, two) = (root.path().join("one"), root.path().join("two"));
        assert!(create_both((&one, "1"), (&two, "2")).unwrap());
        assert_eq!((fs::read_to_string(&one).unwrap(), fs::read_to_string(&two).unwrap()), ("1".into(), "2".into()));
        fs::remove_file(&one).unwrap();
        assert!(!create_both((&one, "3"), (&two, "4")).unwrap());
        assert!(create_both((&one, "3"), (&root.path().join("nowhere/two"), "4")).is_err());
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1, "nothing is left but what was there");
        assert_eq!(fs::read_to_string(&two).unwrap(), "2");
    }

    #[test]
    fn commands_can_be_copied() {
        for (root, command) in [(".", "peerage check"), ("d/e", "peerage check d/e"), ("a b", "peerage check -- 'a b'")] {
            assert_eq!(next_command("check", Path::new(root)), command);
        }
    }
}
