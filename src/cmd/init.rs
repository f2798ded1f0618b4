//! `peerage init`.

mod hosts;

use super::create::{create, next_command};
use super::{FINE, Failure};
use crate::cli::{self, Host};
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What a project has at least.
const SETTINGS: &str = "content/site.yaml";

/// The files of a new project.
const FILES: &[(&str, &str)] = &[
    (SETTINGS, include_str!("init/site.yaml")),
    ("content/teams/example-csirt.yaml", include_str!("init/example-csirt.yaml")),
    ("content/authorities/example-authority.yaml", include_str!("init/example-authority.yaml")),
    ("content/pages/about.md", include_str!("init/about.md")),
    ("static/robots.txt", include_str!("init/robots.txt")),
    (".gitignore", include_str!("init/gitignore")),
    ("README.md", include_str!("init/README.md")),
];

pub(super) fn run(args: &cli::Init) -> Result<u8, Failure> {
    let root = &args.folder;
    let is_there = !args.host.is_empty() && root.join(SETTINGS).is_file();
    if !is_there {
        check_free(root)?;
    }
    let project = FILES.iter().filter(|_| !is_there).map(|(path, text)| (*path, (*text).to_owned()));
    let recipes: Vec<(&str, String)> = chosen(&args.host).flat_map(hosts::files).collect();
    check_places(root, recipes.iter().map(|(path, _)| *path))?;
    let files: Vec<(&str, String)> = project.chain(recipes).collect();
    let mut made = Made::default();
    if let Err(error) = files.iter().try_for_each(|(path, text)| made.file(&root.join(path), text)) {
        return Err(made.undo(error));
    }
    let mut out = io::stdout().lock();
    if is_there {
        files.iter().try_for_each(|(path, _)| writeln!(out, "Made {}", root.join(path).display()))?;
    } else {
        writeln!(out, "Made a directory project in {}. Its README.md says what is where.", root.display())?;
        writeln!(out, "Next: {}", next_command("build", root))?;
    }
    for host in chosen(&args.host) {
        writeln!(out, "For {}: {}.", host.title(), hosts::next(host))?;
    }
    Ok(FINE)
}

/// The hosts, each once.
fn chosen(hosts: &[Host]) -> impl Iterator<Item = Host> {
    hosts.iter().enumerate().filter(|(at, host)| !hosts[..*at].contains(host)).map(|(_, host)| *host)
}

/// Nothing stands where files are to go.
fn check_places<'p>(root: &Path, mut paths: impl Iterator<Item = &'p str>) -> Result<(), Failure> {
    match paths.find(|path| root.join(path).symlink_metadata().is_ok()) {
        Some(taken) => {
            let taken = root.join(taken);
            Err(format!("{} is there already, so nothing was written; move it, or leave out its --host", taken.display()).into())
        }
        None => Ok(()),
    }
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
