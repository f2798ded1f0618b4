//! What lies in folders, and which files differ from the last time one looked. What is told of changes is never trusted
//! for that: it may be too much (reading is told as well), too little (folders that appear one in the other), or of another
//! name. So all of it is looked at, and of what looks different the content.

use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::hash::{DefaultHasher, Hasher};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};
use walkdir::WalkDir;

/// The largest file whose content is compared, in bytes; of what is larger, time and size are enough.
const LARGEST: u64 = 4 * 1024 * 1024;

/// For how many looks a file that has changed is read again, whatever its time says: some systems count time in steps of
/// two seconds.
const WARM: u8 = 5;

/// Files and folders as they were when one looked.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// By path, spelt as it was found: to compare paths part by part takes longer than to look at the files.
    files: BTreeMap<OsString, Entry>,
    /// Each folder, and which one it is.
    pub(super) folders: BTreeMap<PathBuf, Identity>,
}

/// A file, a link or whatever else is no folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    stamp: Stamp,
    /// Of the content; `None` where it is not read or cannot be.
    hash: Option<u64>,
    /// How often it is still read for having changed.
    warm: u8,
}

/// What the system says of a file without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<Duration>,
    identity: Identity,
    changed: (i64, i64),
}

/// Which file of the system it is, whatever it is called; where the system does not say, all are one.
pub(super) type Identity = (u64, u64);

/// How files differ from the last time one looked.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// What is new, gone or different, in order.
    pub(super) files: Vec<PathBuf>,
    /// Whether one should look again in a moment: something is gone, new or empty, as it is half-way through a save.
    pub(super) unsettled: bool,
}

impl Tree {
    /// Looks at everything below `parts`. The content of a file is read where it seems to differ from `last`, or is `named`
    /// as changed.
    pub(super) fn look(parts: &[PathBuf], last: &Self, named: &HashSet<PathBuf>) -> Self {
        let mut tree = Self::default();
        // Nothing has changed before the first look.
        let warm = if last.folders.is_empty() { 0 } else { WARM };
        let mut found = Vec::new();
        for part in parts {
            // What cannot be looked into has nothing in it; whoever reads it says why.
            for entry in WalkDir::new(part).follow_root_links(false).into_iter().filter_map(Result::ok) {
                if entry.file_type().is_dir() {
                    let identity = entry.metadata().map_or((0, 0), |meta| identity(&meta));
                    tree.folders.insert(entry.into_path(), identity);
                } else if !is_passing(entry.path()) {
                    found.push(entry);
                }
            }
        }
        let files = found.into_par_iter().filter_map(|entry| {
            let meta = entry.metadata().ok()?;
            let path = entry.into_path();
            let entry = Entry::look(&path, &meta, last.files.get(path.as_os_str()), named.contains(&path), warm);
            Some((path.into_os_string(), entry))
        });
        tree.files = files.collect::<Vec<_>>().into_iter().collect();
        tree
    }

    /// What is different now, after `last`.
    pub(super) fn since(&self, last: &Self) -> Changes {
        let mut changes = Changes::default();
        for (path, entry) in &self.files {
            match last.files.get(path) {
                Some(before) if before.is_same(entry) => {}
                before => {
                    changes.unsettled |= before.is_none() || entry.stamp.length == 0;
                    changes.files.push(path.into());
                }
            }
        }
        let gone = last.files.keys().filter(|path| !self.files.contains_key(*path));
        let before = changes.files.len();
        changes.files.extend(gone.map(PathBuf::from));
        changes.unsettled |= changes.files.len() > before;
        // A folder without files is told of, too: whether there is one may matter.
        let folders =
            |a: &Self, b: &Self| a.folders.keys().filter(|path| !b.folders.contains_key(*path)).cloned().collect::<Vec<_>>();
        for moved in [folders(self, last), folders(last, self)] {
            changes.unsettled |= !moved.is_empty();
            changes.files.extend(moved);
        }
        changes.files.sort();
        changes
    }
}

impl Entry {
    fn look(path: &Path, meta: &Metadata, last: Option<&Self>, named: bool, warm: u8) -> Self {
        let stamp = Stamp::of(meta);
        let same = last.filter(|last| last.stamp == stamp);
        match same {
            Some(last) if last.warm == 0 && !named => *last,
            same => {
                let hash = if meta.is_file() && meta.len() <= LARGEST { hash(path) } else { None };
                Self { stamp, hash, warm: same.map_or(warm, |last| last.warm.saturating_sub(1)) }
            }
        }
    }

    /// Whether nobody could tell the difference by reading it.
    fn is_same(&self, other: &Self) -> bool {
        let unread = self.hash.is_none() || other.hash.is_none();
        self.hash == other.hash && self.stamp.length == other.stamp.length && (!unread || self.stamp == other.stamp)
    }
}

impl Stamp {
    fn of(meta: &Metadata) -> Self {
        let modified = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self { length: meta.len(), modified, identity: identity(meta), changed: changed(meta) }
    }
}

/// Which folder or file stands at `path` itself; `None` where there is none.
pub(super) fn standing(path: &Path) -> Option<Identity> {
    fs::symlink_metadata(path).ok().map(|meta| identity(&meta))
}

#[cfg(unix)]
fn identity(meta: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (meta.dev(), meta.ino())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Identity {
    (0, 0)
}

/// When anything about the file was changed.
#[cfg(unix)]
fn changed(meta: &Metadata) -> (i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (meta.ctime(), meta.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> (i64, i64) {
    (0, 0)
}

fn hash(path: &Path) -> Option<u64> {
    let mut bytes = Vec::new();
    fs::File::open(path).ok()?.take(LARGEST).read_to_end(&mut bytes).ok()?;
    let mut hasher = DefaultHasher::new();
    hasher.write(&bytes);
    Some(hasher.finish())
}

/// Whether it is a file that an editor keeps beside one that is open, and that comes and goes with it: Vim's swap file,
/// Emacs' lock.
fn is_passing(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let swap = |ending: &str| ending.len() == 3 && ending.starts_with("sw") && ending.ends_with(|c: char| c.is_ascii_lowercase());
    let is_swap =
        name.starts_with('.') && name.rsplit_once('.').is_some_and(|(before, ending)| !before.is_empty() && swap(ending));
    is_swap || name.starts_with(".#")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(root: &Path, last: &Tree) -> Tree {
        Tree::look(&[root.to_owned()], last, &HashSet::new())
    }

    #[test]
    fn what_reads_the_same_is_the_same() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("a.yaml");
        fs::write(&file, "a").unwrap();
        let first = look(root.path(), &Tree::default());
        // Another file, at another time, with the same content.
        fs::write(root.path().join("b"), "a").unwrap();
        fs::rename(root.path().join("b"), &file).unwrap();
        let second = look(root.path(), &first);
        assert_eq!(second.since(&first), Changes::default());
        fs::write(&file, "b").unwrap();
        let changes = look(root.path(), &second).since(&second);
        assert_eq!(changes, Changes { files: vec![file], unsettled: false });
    }

    #[test]
    fn what_may_be_half_done_is_unsettled() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("a.yaml");
        let mut last = look(root.path(), &Tree::default());
        let write = || fs::write(&file, "a").unwrap();
        let steps: [(&dyn Fn(), bool); 5] = [
            (&write, true),
            (&|| fs::write(&file, "").unwrap(), true),
            (&write, false),
            (&|| fs::remove_file(&file).unwrap(), true),
            (&|| fs::create_dir(root.path().join("folder")).unwrap(), true),
        ];
        for (step, unsettled) in steps {
            step();
            let now = look(root.path(), &last);
            let changes = now.since(&last);
            assert_eq!((changes.files.len(), changes.unsettled), (1, unsettled), "{changes:?}");
            last = now;
        }
    }

    #[test]
    fn what_editors_keep_beside_a_file_is_passed_over() {
        let known = [".a.yaml.swp", ".a.swo", ".#a.yaml"];
        let others = ["a.swp", ".swp", ".well-known", "a~", ".a.yaml.swpx", "4913"];
        assert!(known.iter().all(|name| is_passing(Path::new(name))));
        assert!(others.iter().all(|name| !is_passing(Path::new(name))));
    }
}
