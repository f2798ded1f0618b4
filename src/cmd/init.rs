//! `peerage init`.

mod hosts;
mod kit;

use super::codeowners;
use super::create::{create, next_command, no_folder};
use super::repository;
use super::{FINE, Failure};
use crate::cli::{self, Forge, Host};
use crate::load::load;
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

/// What says who is asked to review a change, where we write it.
const OWNERS: &str = "CODEOWNERS";

/// Where a forge looks for it; it obeys the first that is there, and no other.
const fn owners_of(forge: Forge) -> [&'static str; 3] {
    match forge {
        Forge::Github => [".github/CODEOWNERS", OWNERS, "docs/CODEOWNERS"],
        Forge::Gitlab => [OWNERS, "docs/CODEOWNERS", ".gitlab/CODEOWNERS"],
    }
}

pub(super) fn run(args: &cli::Init) -> Result<u8, Failure> {
    let root = &args.folder;
    let forges = forges(args);
    let is_there = !(args.host.is_empty() && forges.is_empty()) && root.join(SETTINGS).is_file();
    if !is_there {
        check_free(root)?;
    }
    let places = Places::find(root, &forges)?;
    let Plan { files, left } = Plan::make(args, &forges, is_there, &places)?;
    places.check_folders(files.iter().map(|(path, _)| path.as_path()))?;
    let mut made = Made::default();
    let written = files.iter().try_for_each(|(path, text)| made.file(path, text));
    let owned = places.owners(&forges);
    let owners = |made: &mut Made| if forges.is_empty() || owned.is_some() { Ok(()) } else { made.owners(&places) };
    if let Err(error) = written.and_then(|()| owners(&mut made)) {
        return Err(made.undo(error));
    }
    let mut out = io::stdout().lock();
    if made.files.iter().any(|path| !path.starts_with(root)) {
        writeln!(out, "Files for the forge went to {}, the root of the repository around it.", places.top.display())?;
    }
    if !is_there {
        writeln!(out, "Made a directory project in {}. Its README.md says what is where.", root.display())?;
        writeln!(out, "Next: {}", next_command("build", root))?;
    }
    for path in made.files.iter().filter(|path| is_there || !path.starts_with(root)) {
        writeln!(out, "Made {}", path.display())?;
    }
    for path in left.into_iter().chain(owned) {
        writeln!(out, "Left {} as it was", path.display())?;
    }
    for host in chosen(&args.host) {
        writeln!(out, "For {}: {}.", host.title(), hosts::next(host))?;
    }
    for forge in forges {
        writeln!(out, "For {}: {}.", forge.title(), kit::next(forge))?;
    }
    Ok(FINE)
}

/// The hosts, each once.
fn chosen(hosts: &[Host]) -> impl Iterator<Item = Host> {
    hosts.iter().enumerate().filter(|(at, host)| !hosts[..*at].contains(host)).map(|(_, host)| *host)
}

/// Where the repository is kept, as the hosts and `--forge` say.
fn forges(args: &cli::Init) -> Vec<Forge> {
    let mut forges: Vec<Forge> = args.host.iter().filter_map(|host| host.forge()).chain(args.forge).collect();
    forges.sort();
    forges.dedup();
    forges
}

/// Where files go.
struct Places<'a> {
    /// The project.
    root: &'a Path,
    /// The root of its repository, or the project where it lies in none.
    top: PathBuf,
    /// Where the project lies below it, as in [`repository::Repository::below`].
    below: String,
}

impl<'a> Places<'a> {
    /// Fails where forges would read the path of the project as something else than it is. Without a forge no more than the
    /// guide names it.
    fn find(root: &'a Path, forges: &[Forge]) -> Result<Self, Failure> {
        let alone = Self { root, top: root.to_owned(), below: String::new() };
        let Some(found) = repository::holding(root).filter(|found| !found.below.is_empty()) else { return Ok(alone) };
        match codeowners::speakable(&found.below) {
            Ok(()) => Ok(Self { root, top: found.root, below: found.below }),
            Err(_) if forges.is_empty() => Ok(alone),
            Err(error) => Err(error),
        }
    }

    /// No folder into which a file is to go is a link: it may lead out of the project.
    fn check_folders<'p>(&self, paths: impl Iterator<Item = &'p Path>) -> Result<(), Failure> {
        let is_below = |folder: &&Path| *folder != self.root && *folder != self.top;
        let mut folders = paths.flat_map(|path| path.ancestors().skip(1).take_while(is_below));
        match folders.find(|folder| folder.symlink_metadata().is_ok_and(|meta| !meta.is_dir())) {
            Some(other) => Err(no_folder(other)),
            None => Ok(()),
        }
    }

    /// What says to one of these forges already who is asked to review a change.
    fn owners(&self, forges: &[Forge]) -> Option<PathBuf> {
        let places = forges.iter().flat_map(|forge| owners_of(*forge)).map(|path| self.top.join(path));
        places.into_iter().find(|path| path.symlink_metadata().is_ok())
    }
}

/// What is to be written.
struct Plan {
    /// Where each file goes, and its text.
    files: Vec<(PathBuf, String)>,
    /// Files of the kit that are there already: they may be older, or changed by their owner.
    left: Vec<PathBuf>,
}

impl Plan {
    /// What is to be written for these arguments. The files of forges go to the root of the repository, where alone they are
    /// looked for, all others into the project.
    fn make(args: &cli::Init, forges: &[Forge], is_there: bool, places: &Places) -> Result<Self, Failure> {
        let Places { root, top, below } = places;
        let fill = |text: &str| {
            let project = if below.is_empty() || forges.is_empty() { "." } else { below.trim_end_matches('/') };
            text.replace("{version}", env!("CARGO_PKG_VERSION")).replace("{project}", project).replace("{folder}", below)
        };
        let of_forges = |path: &str| path.starts_with(".git");
        let place = |path: &str| if of_forges(path) && path != ".gitignore" { top.join(path) } else { root.join(path) };
        let recipes: Vec<_> = chosen(&args.host).flat_map(hosts::files).map(|(path, text)| (place(path), fill(&text))).collect();
        check_places(recipes.iter().map(|(path, _)| path.as_path()))?;
        let own = kit::of_project(forges)?.into_iter().map(|(path, text)| (root.join(path), fill(&text)));
        let theirs = forges.iter().flat_map(|forge| kit::of_repository(*forge));
        let theirs = theirs.map(|(path, text)| (top.join(path), fill(text)));
        // A further host is none of the kit's business.
        let is_asked = !is_there || !forges.is_empty();
        let kit = own.chain(theirs).filter(|_| is_asked).filter(|(path, _)| recipes.iter().all(|(taken, _)| taken != path));
        let (left, kit): (Vec<_>, Vec<_>) = kit.partition(|(path, _)| path.symlink_metadata().is_ok());
        let project = FILES.iter().filter(|_| !is_there).map(|(path, text)| (root.join(path), (*text).to_owned()));
        Ok(Self {
            files: project.chain(recipes.iter().cloned()).chain(kit).collect(),
            left: left.into_iter().map(|(path, _)| path).collect(),
        })
    }
}

/// Nothing stands where files are to go.
fn check_places<'p>(mut paths: impl Iterator<Item = &'p Path>) -> Result<(), Failure> {
    match paths.find(|path| path.symlink_metadata().is_ok()) {
        Some(taken) => {
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
        if text.starts_with("#!") {
            executable(path).map_err(|error| format!("{} could not be made executable: {error}", path.display()))?;
        }
        Ok(())
    }

    /// Writes CODEOWNERS for a repository on a forge. That entries cannot be read is no reason to stop: it is
    /// made once they are mended, as the checks say then.
    fn owners(&mut self, places: &Places) -> Result<(), Failure> {
        match load(places.root)? {
            (Some(directory), _) => self.file(&places.top.join(OWNERS), &codeowners::text(&directory, &places.below)),
            (None, _) => Ok(()),
        }
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

#[cfg(unix)]
fn executable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = path.metadata()?.permissions().mode();
    fs::set_permissions(path, fs::Permissions::from_mode(mode | ((mode & 0o444) >> 2)))
}

/// Elsewhere git knows by itself what can be run.
#[cfg(not(unix))]
fn executable(_: &Path) -> io::Result<()> {
    Ok(())
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
