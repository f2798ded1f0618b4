//! `peerage init`.

use super::create::{create, next_command};
use super::{FINE, Failure};
use crate::cli;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The files of a new project.
const FILES: &[(&str, &str)] = &[
    ("content/site.yaml", include_str!("init/site.yaml")),
    ("content/teams/example-csirt.yaml", include_str!("init/example-csirt.yaml")),
    ("content/authorities/example-authority.yaml", include_str!("init/example-authority.yaml")),
    ("content/pages/about.md", include_str!("init/about.md")),
    ("static/robots.txt", include_str!("init/robots.txt")),
    (".gitignore", include_str!("init/gitignore")),
    ("README.md", include_str!("init/README.md")),
];

pub(super) fn run(args: &cli::Init) -> Result<u8, Failure> {
    let root = &args.folder;
    check_free(root)?;
    let mut made = Made::default();
    if let Err(error) = FILES.iter().try_for_each(|(file, text)| made.file(&root.join(file), text)) {
        return Err(made.undo(error));
    }
    let mut out = io::stdout().lock();
    writeln!(out, "Made a directory project in {}. Its README.md says what is where.", root.display())?;
    writeln!(out, "Next: {}", next_command("build", root))?;
    Ok(FINE)
}

/// A project is made where nothing is yet, but for the folder in which git keeps its own.
fn check_free(root: &Path) -> Result<(), Failure> {
    let entries = match fs::read_dir(root) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            return Err(format!("{} is not a folder; choose a folder that does not exist yet", root.display()).into());
        }
        Err(error) => return Err(format!("{} cannot be read: {error}", root.display()).into()),
    };
    for entry in entries {
        let name = entry.map_err(|error| format!("{} cannot be read: {error}", root.display()))?.file_name();
        if name != ".git" {
            let found = name.to_string_lossy();
            return Err(format!(
                "{} is not empty (it holds {found:?}); choose a folder that does not exist yet, or an empty one",
                root.display()
            )
            .into());
        }
    }
    Ok(())
}

/// What was made so far, so that a failure leaves nothing behind.
#[derive(Default)]
struct Made {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Made {
    fn file(&mut self, path: &Path, text: &str) -> Result<(), Failure> {
        self.folder(path.parent().unwrap_or(path))?;
        if !create(path, text)? {
            return Err(format!("{} appeared while the project was made", path.display()).into());
        }
        self.files.push(path.to_owned());
        Ok(())
    }

    fn folder(&mut self, path: &Path) -> Result<(), Failure> {
        if path.as_os_str().is_empty() || path.is_dir() {
            return Ok(());
        }
        if let Some(parent) = path.parent() {
            self.folder(parent)?;
        }
        fs::create_dir(path).map_err(|error| format!("{} could not be made: {error}", path.display()))?;
        self.folders.push(path.to_owned());
        Ok(())
    }

    /// Removes what was made, the newest first, and says what could not be removed.
    fn undo(&self, cause: Failure) -> Failure {
        let files = self.files.iter().map(|path| (path, fs::remove_file(path)));
        let folders = self.folders.iter().rev().map(|path| (path, fs::remove_dir(path)));
        let left: Vec<String> =
            files.chain(folders).filter_map(|(path, removed)| removed.err().map(|_| path.display().to_string())).collect();
        if left.is_empty() {
            return cause;
        }
        format!("{cause}. What was made before could not be removed: {}", left.join(", ")).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("a/b");
        let mut made = Made::default();
        made.file(&root.join("c/one"), "1").unwrap();
        let error = made.file(&root.join("c/one/two"), "2").unwrap_err();
        assert!(made.undo(error).to_string().contains("could not be made"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
