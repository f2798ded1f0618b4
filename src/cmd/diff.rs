//! `peerage diff`.

mod revision;

use super::foreign::plain_json;
use super::report::print;
use super::today::today;
use super::{FINE, Failure};
use crate::assess::assess;
use crate::cli;
use crate::config::{self, Config};
use crate::diagnostic::Finding;
use crate::diff::{Side, compare, to_json, to_markdown};
use crate::load::{Directory, MAX_KEY_BYTES, load_or, read_up_to};
use crate::model::Date;
use revision::{Folders, Revision, is_repository};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::File;
use std::path::{Component, Path, PathBuf};

/// Tells what changed between two versions.
pub(super) fn run(args: &cli::Diff) -> Result<u8, Failure> {
    let today = today(args.today)?;
    let folders = Folders::new()?;
    let told = tell(args, today, &folders);
    // Where the program is being stopped, files have gone while they were read: nothing is said of that.
    let _held = folders.hold();
    print(&told?)?;
    Ok(FINE)
}

/// What is to be said of the two versions.
fn tell(args: &cli::Diff, today: Date, folders: &Folders) -> Result<String, Failure> {
    let (old, new) = (Source::find(&args.old, &args.new, folders)?, Source::find(&args.new, &args.old, folders)?);
    let ((was, was_found), (is, is_found)) = read(&old, &new)?;
    let (old, new) = (old.done(), new.done());
    let (was, is) = (assess(&was, today), assess(&is, today));
    let (of_old, of_new) = (|file: &str| old.key(file), |file: &str| new.key(file));
    let comparison = compare(
        &Side::new(old.name.clone(), &was, &was_found, old.aside.clone(), &of_old),
        &Side::new(new.name.clone(), &is, &is_found, new.aside.clone(), &of_new),
    );
    Ok(if args.json { plain_json(&to_json(&comparison)?) } else { to_markdown(&comparison) })
}

/// What was read of a version.
type Version = (Directory, Vec<Finding>);

/// Reads both. Where the settings of one cannot be used, those of the other take their place, so that the teams can be
/// compared all the same.
fn read(old: &Source, new: &Source) -> Result<(Version, Version), Failure> {
    let (was, was_found) = load_or(old.root(), None)?;
    let (is, is_found) = load_or(new.root(), was.as_ref().map(|directory| &directory.config))?;
    let (was, was_found) = match &was {
        Some(_) => (was, was_found),
        None => load_or(old.root(), is.as_ref().map(|directory| &directory.config))?,
    };
    if let (Some(was), Some(is)) = (was, is) {
        return Ok(((was, was_found), (is, is_found)));
    }
    let (plain, _) = Config::read("title: Directory\n", config::FILE);
    let again = |source: &Source| {
        let (directory, found) = load_or(source.root(), plain.as_ref())?;
        let directory = directory.ok_or_else(|| format!("{} cannot be read", source.root().display()))?;
        Ok::<_, Failure>((directory, found))
    };
    Ok((again(old)?, again(new)?))
}

/// Where a version is.
enum Source {
    Folder(PathBuf),
    Revision(Revision),
}

/// The folder that was typed, if it is one. In a repository a name is a revision, though there be a folder that is called like
/// it, which a change could bring: a folder begins like a path.
fn folder(typed: &OsStr) -> Option<&Path> {
    let path = Path::new(typed);
    let begin = path.components().next();
    let is_path = matches!(begin, Some(Component::CurDir | Component::ParentDir | Component::RootDir | Component::Prefix(_)));
    Some(path).filter(|path| path.is_dir() && (is_path || !is_repository()))
}

/// What is still to be asked of a version once its files were read.
struct Rest {
    /// What it is called.
    name: String,
    /// The folder with its key files.
    folder: Option<PathBuf>,
    /// Its key files, where there is no such folder.
    keys: BTreeMap<String, Vec<u8>>,
    aside: BTreeMap<String, &'static str>,
}

impl Source {
    /// The folder or revision that was typed; the project in a revision lies where the `other` folder does, if that is in the
    /// same repository.
    fn find(typed: &OsStr, other: &OsStr, folders: &Folders) -> Result<Self, Failure> {
        match folder(typed) {
            Some(folder) => Ok(Self::Folder(folder.to_owned())),
            None => Revision::read(typed, folder(other), folders).map(Self::Revision),
        }
    }

    fn root(&self) -> &Path {
        match self {
            Self::Folder(path) => path,
            Self::Revision(revision) => revision.root(),
        }
    }

    /// Lets the files of a revision go.
    fn done(self) -> Rest {
        match self {
            Self::Folder(path) => {
                let name = path.display().to_string();
                Rest { name, folder: Some(path), keys: BTreeMap::new(), aside: BTreeMap::new() }
            }
            Self::Revision(revision) => {
                let (name, keys, aside) = revision.done();
                Rest { name, folder: None, keys, aside }
            }
        }
    }
}

impl Rest {
    /// The bytes of a key file that was read before.
    fn key(&self, file: &str) -> Option<Vec<u8>> {
        let Some(folder) = &self.folder else { return self.keys.get(file).cloned() };
        let path = folder.join(file);
        path.symlink_metadata().ok().filter(std::fs::Metadata::is_file)?;
        read_up_to(File::open(path).ok()?, MAX_KEY_BYTES).ok()?
    }
}
