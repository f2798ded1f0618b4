//! Writing into a project: files that were not there, whole or not at all. What stands there is never touched.

use super::Failure;
use crate::load::LoadError;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The folder with the entries of the project at `root`; made where only it is missing.
pub(super) fn teams_folder(root: &Path) -> Result<PathBuf, Failure> {
    let content = root.join("content");
    if !content.is_dir() {
        return Err(LoadError::NoProject(root.to_owned()).into());
    }
    let teams = content.join("teams");
    match teams.symlink_metadata() {
        Ok(meta) if meta.is_dir() => {}
        Ok(_) => {
            return Err(format!("{} is not a folder; put a folder in its place: links are not followed", teams.display()).into());
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir(&teams).map_err(|error| format!("{} could not be made: {error}", teams.display()))?;
        }
        Err(error) => return Err(format!("{} cannot be read: {error}", teams.display()).into()),
    }
    Ok(teams)
}

/// Writes `text` into a new file. Says whether it did: `false` where something stands there already.
pub(super) fn create(path: &Path, text: &str) -> Result<bool, Failure> {
    let result = match path.symlink_metadata() {
        Ok(_) => Ok(false),
        Err(_) => place(path, text),
    };
    result.map_err(|error| format!("{} could not be written: {error}", path.display()).into())
}

/// Writes beside and then gives the file its name, which fails where the name is taken. Not every file system can do
/// so; there the file is written in its place, and removed if that fails.
fn place(path: &Path, text: &str) -> io::Result<bool> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}.peerage", std::process::id()));
    write_new(&beside, text)?;
    let linked = fs::hard_link(&beside, path);
    let cleaned = fs::remove_file(&beside);
    let written = match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => write_new(path, text),
        linked => linked,
    };
    match written {
        Ok(()) => cleaned.map(|()| true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

/// Writes a file that must not exist; where that fails, there is none.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file.write_all(text.as_bytes());
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
    fn commands_can_be_copied() {
        for (root, command) in [(".", "peerage check"), ("d/e", "peerage check d/e"), ("a b", "peerage check -- 'a b'")] {
            assert_eq!(next_command("check", Path::new(root)), command);
        }
    }
}
