//! Writing into a project: files that were not there, whole or not at all. What stands there is never touched, but where the
//! caller says that it is to be replaced.

use super::Failure;
use crate::load::LoadError;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile};

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
        Ok(_) => return Err(no_folder(&folder)),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir(&folder).map_err(|error| format!("{} could not be made: {error}", folder.display()))?;
        }
        Err(error) => return Err(format!("{} cannot be read: {error}", folder.display()).into()),
    }
    Ok(folder)
}

/// What is to be said of something that stands in the place of a folder.
pub(super) fn no_folder(path: &Path) -> Failure {
    format!("{} is not a folder; put a folder in its place: links are not followed", path.display()).into()
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
    let written = write_beside(path, text.as_bytes()).and_then(|beside| Ok(beside.persist(path)?));
    written.map(drop).map_err(|error| format!("{} could not be written: {error}", path.display()).into())
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
        let beside = write_beside(path, text.as_bytes())?;
        fs::set_permissions(beside.path(), meta.permissions())?;
        if fs::read(path)? != before.as_bytes() {
            return Err(io::Error::other("it was changed meanwhile; run this once more"));
        }
        beside.persist(path)?;
        Ok(())
    })();
    written.map_err(|error| format!("{} could not be written: {error}", path.display()).into())
}

/// Writes a new file; `false` where the name is taken. Not every file system can give a whole file its name; there the file is
/// written in its place, and removed if that fails.
fn place(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let beside = write_beside(path, bytes)?;
    let written = match fs::hard_link(beside.path(), path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => write_new(path, bytes),
        linked => linked,
    };
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

/// A file beside the place of `path`, under a name that nothing reads and nobody else has. It goes where it is not placed.
fn write_beside(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Opened here, so that others may read what they may read of every new file.
    let open = |path: &Path| OpenOptions::new().write(true).create_new(true).open(path);
    let mut beside = Builder::new().prefix(&format!(".{name}.")).suffix(".peerage").make_in(folder, open)?;
    beside.write_all(bytes)?;
    // A power cut after it has its name must find the text on the disk.
    beside.as_file().sync_all()?;
    Ok(beside)
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
    fn what_a_killed_run_left_is_in_nobodys_way() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        fs::write(folder.path().join(format!(".a.yaml.{}.peerage", std::process::id())), "left").unwrap();
        assert!(create(&path, "one").unwrap());
        replace(&path, "two").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn others_may_read_what_is_new() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (ours, usual) = (folder.path().join("a"), folder.path().join("b"));
        create(&ours, "one").unwrap();
        fs::write(&usual, "two").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&ours), mode(&usual));
        replace(&ours, "three").unwrap();
        assert_eq!(mode(&ours), mode(&usual));
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
