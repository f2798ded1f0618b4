//! Looking at what stands in the target without ever following a symlink.

use super::OutputError;
use crate::site::SitePath;
pub(super) use crate::site::prefixes;
use std::collections::{BTreeSet, HashMap};
use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::Path;

/// What stands at a path of the site.
#[derive(Debug)]
pub(super) enum Found<'p> {
    /// Nothing, and no more than real folders on the way there.
    Nothing,
    /// A regular file.
    File,
    /// A real folder.
    Folder,
    /// A symlink, a device, a socket: nothing we ever write.
    Other,
    /// Something that is not a real folder stands on the way: where, and whether it is a regular file.
    Blocked(&'p str, bool),
}

/// The metadata of `path` itself, or nothing where nothing is there.
pub(super) fn look(path: &Path) -> Result<Option<Metadata>, OutputError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(OutputError::io("look at", path)(error)),
    }
}

/// What stands at `path` inside `root`.
pub(super) fn find<'p>(root: &Path, path: &'p SitePath) -> Result<Found<'p>, OutputError> {
    way(root, path)?.end(root, path)
}

/// What stands on the way to a path.
#[derive(Debug, Clone, Copy)]
enum Way<'p> {
    /// Real folders alone.
    Free,
    /// A folder is not there.
    Missing,
    /// As in [`Found::Blocked`].
    Blocked(&'p str, bool),
}

fn way<'p>(root: &Path, path: &'p SitePath) -> Result<Way<'p>, OutputError> {
    for prefix in prefixes(path.as_str()) {
        let Some(metadata) = look(&root.join(prefix))? else { return Ok(Way::Missing) };
        if !metadata.is_dir() {
            return Ok(Way::Blocked(prefix, metadata.is_file()));
        }
    }
    Ok(Way::Free)
}

impl<'p> Way<'p> {
    /// What stands at `path`, to which this is the way.
    fn end(self, root: &Path, path: &SitePath) -> Result<Found<'p>, OutputError> {
        match self {
            Self::Missing => return Ok(Found::Nothing),
            Self::Blocked(at, is_file) => return Ok(Found::Blocked(at, is_file)),
            Self::Free => {}
        }
        Ok(match look(&root.join(path.as_str()))? {
            None => Found::Nothing,
            Some(metadata) if metadata.is_file() => Found::File,
            Some(metadata) if metadata.is_dir() => Found::Folder,
            Some(_) => Found::Other,
        })
    }
}

/// The ways to many paths, each folder looked at once: sites have few folders and many files. What changes afterwards is not
/// seen.
#[derive(Debug)]
pub(super) struct Ways<'p> {
    root: &'p Path,
    /// By folder; the root itself is not among them.
    ways: HashMap<&'p str, Way<'p>>,
}

impl<'p> Ways<'p> {
    /// Looks at every folder that leads to one of `paths` inside `root`.
    pub(super) fn look(root: &'p Path, paths: impl Iterator<Item = &'p SitePath>) -> Result<Self, OutputError> {
        let mut ways = HashMap::new();
        if look(root)?.is_none() {
            ways.extend(paths.filter_map(|path| prefixes(path.as_str()).next_back()).map(|folder| (folder, Way::Missing)));
            return Ok(Self { root, ways });
        }
        for path in paths {
            if let Some(folder) = prefixes(path.as_str()).next_back()
                && !ways.contains_key(folder)
            {
                ways.insert(folder, way(root, path)?);
            }
        }
        Ok(Self { root, ways })
    }

    /// What stands at `path`, one of those that were given.
    pub(super) fn find(&self, path: &SitePath) -> Result<Found<'p>, OutputError> {
        let folder = prefixes(path.as_str()).next_back();
        let way = folder.and_then(|folder| self.ways.get(folder)).copied().unwrap_or(Way::Free);
        way.end(self.root, path)
    }
}

/// Whether one of `paths` lies in the folder `folder`.
pub(super) fn any_in(folder: &str, paths: &BTreeSet<&str>) -> bool {
    all_in(folder, paths).next().is_some()
}

/// Those of `paths` that lie in the folder `folder`.
pub(super) fn all_in<'s, 'p>(folder: &str, paths: &'s BTreeSet<&'p str>) -> impl Iterator<Item = &'p str> + use<'s, 'p> {
    let start = format!("{folder}/");
    let from = paths.range::<str, _>((std::ops::Bound::Included(start.as_str()), std::ops::Bound::Unbounded));
    from.copied().take_while(move |path| path.starts_with(&start))
}

/// What lies in the real folder `folder` and would keep it from being removed once `going` is gone.
pub(super) fn staying(
    root: &Path,
    folder: &str,
    going: &BTreeSet<&str>,
    stays: &mut BTreeSet<String>,
) -> Result<(), OutputError> {
    if !any_in(folder, going) {
        stays.insert(folder.to_owned());
        return Ok(());
    }
    let full = root.join(folder);
    for entry in fs::read_dir(&full).map_err(OutputError::io("read", &full))? {
        let entry = entry.map_err(OutputError::io("read", &full))?;
        let kind = entry.file_type().map_err(OutputError::io("look at", &entry.path()))?;
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if kind.is_dir() {
            staying(root, &path, going, stays)?;
        } else if !kind.is_file() || !going.contains(path.as_str()) {
            stays.insert(path);
        }
    }
    Ok(())
}

/// Whether two paths lead to one file.
#[cfg(unix)]
pub(super) fn is_one_file(one: &Path, other: &Path) -> Result<bool, OutputError> {
    use std::os::unix::fs::MetadataExt;
    let identity = |path| Ok(look(path)?.map(|metadata| (metadata.dev(), metadata.ino())));
    Ok(identity(one)? == identity(other)?)
}

/// Whether two paths lead to one file.
#[cfg(not(unix))]
pub(super) fn is_one_file(one: &Path, other: &Path) -> Result<bool, OutputError> {
    let real = |path: &Path| fs::canonicalize(path).map_err(OutputError::io("look at", path));
    Ok(real(one)? == real(other)?)
}
