//! Lookup in the files of a built site, a few of them for each query. They may come from anywhere: sizes are bounded, what
//! is not as it should be is an error, and no name that stands in a file leads to another folder.

use super::file::{
    self, BranchesFile, FORMAT, HEAD, Head, LONGEST_PREFIX, MOST_BUCKETS, NamedFile, NetworkFile, Shard, VERSION, Wrong,
    branches_name, bucket, bucket_name, json_path, named_name, network_name, script_path,
};
use super::{About, Family, Found, Named, NetworkNode, Source};
use crate::load::read_up_to;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// The largest file that is read, in bytes. Ours have some ten thousand.
const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// The files of a built site.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    about: About,
    buckets: u32,
}

/// Why the files cannot be used.
#[derive(Debug)]
pub enum FolderError {
    /// A file cannot be read.
    Unreadable(PathBuf, io::Error),
    /// A file is too large.
    TooLarge(PathBuf),
    /// A file does not hold what it should: what is wrong with it.
    Broken(PathBuf, String),
    /// A newer version has written the files: its number.
    Newer(PathBuf, u32),
}

impl fmt::Display for FolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const CURE: &str = "build the site anew, or fetch all of it again";
        match self {
            Self::Unreadable(path, error) => write!(f, "{} cannot be read: {error}: {CURE}", path.display()),
            Self::TooLarge(path) => write!(f, "{} is too large to be a file of lookup: {CURE}", path.display()),
            Self::Broken(path, what) => write!(f, "{} is not a file of lookup: {what}: {CURE}", path.display()),
            Self::Newer(path, version) => {
                write!(
                    f,
                    "{} is of version {version}, and only version {VERSION} is known here: get a newer peerage",
                    path.display()
                )
            }
        }
    }
}

impl std::error::Error for FolderError {}

impl Folder {
    /// Whether `root` has files of lookup.
    pub fn is_one(root: &Path) -> bool {
        root.join(json_path(HEAD)).is_file()
    }

    /// Opens the files below `root`, the root of a built site.
    ///
    /// # Errors
    /// Where the file that says what the others are cannot be used.
    pub fn open(root: &Path) -> Result<Self, FolderError> {
        let path = root.join(json_path(HEAD));
        let head: Head = parse(&read(&path)?, &path)?;
        if head.format != FORMAT {
            return Err(FolderError::Broken(path, format!("its format is not {FORMAT}")));
        }
        if head.version != VERSION {
            return Err(FolderError::Newer(path, head.version));
        }
        if !head.buckets.is_power_of_two() || head.buckets > MOST_BUCKETS {
            return Err(FolderError::Broken(path, "`buckets` is not a power of two up to 2^24".to_owned()));
        }
        Ok(Self { root: root.to_owned(), about: head.about(), buckets: head.buckets })
    }

    /// How many buckets of exact keys there are.
    pub fn buckets(&self) -> u32 {
        self.buckets
    }

    fn script<T: DeserializeOwned>(&self, name: &str) -> Result<(T, PathBuf), FolderError> {
        let path = self.root.join(script_path(name));
        let text = read(&path)?;
        let Some(data) = file::data_of(&text, name) else {
            return Err(FolderError::Broken(path, format!("it is not a call for `{name}`")));
        };
        Ok((parse(data, &path)?, path))
    }
}

impl Source for Folder {
    type Error = FolderError;

    fn about(&self) -> &About {
        &self.about
    }

    fn key(&self, key: &str) -> Result<Found, FolderError> {
        let (shard, path) = self.script::<Shard>(&bucket_name(bucket(key, self.buckets)))?;
        shard.found(key).map_err(|error| broken(path, error))
    }

    fn network(&self, family: Family, way: &str) -> Result<NetworkNode, FolderError> {
        let path = self.root.join(json_path(&network_name(family, way)));
        let node: NetworkFile = parse(&read(&path)?, &path)?;
        node.node().map_err(|error| broken(path, error))
    }

    fn named(&self, prefix: &str) -> Result<Named, FolderError> {
        let (file, path) = self.script::<NamedFile>(&named_name(prefix))?;
        file.named().map_err(|error| broken(path, error))
    }

    fn branches(&self, prefix: &str) -> Result<BTreeMap<String, usize>, FolderError> {
        let (BranchesFile { children }, path) = self.script(&branches_name(prefix))?;
        let goes_on = |child: &String| {
            child.len() > prefix.len() && child.starts_with(prefix) && child.chars().nth(LONGEST_PREFIX).is_none()
        };
        match children.keys().find(|child| !goes_on(child)) {
            Some(_) => Err(FolderError::Broken(path, "a child does not go on where it stands".to_owned())),
            None => Ok(children),
        }
    }
}

fn broken(path: PathBuf, Wrong(what): Wrong) -> FolderError {
    FolderError::Broken(path, what.to_owned())
}

fn read(path: &Path) -> Result<String, FolderError> {
    let fail = |error| FolderError::Unreadable(path.to_owned(), error);
    // To read a pipe would be to wait for whoever writes.
    let regular = path.metadata().map_err(fail)?.is_file().then_some(path);
    let path = regular.ok_or_else(|| fail(io::Error::other("it is not a regular file")))?;
    let bytes = File::open(path).and_then(|file| read_up_to(file, MAX_BYTES)).map_err(fail)?;
    let bytes = bytes.ok_or_else(|| FolderError::TooLarge(path.to_owned()))?;
    String::from_utf8(bytes).map_err(|_| FolderError::Broken(path.to_owned(), "it is not UTF-8".to_owned()))
}

fn parse<T: DeserializeOwned>(json: &str, path: &Path) -> Result<T, FolderError> {
    serde_json::from_str(json).map_err(|error| FolderError::Broken(path.to_owned(), error.to_string()))
}
