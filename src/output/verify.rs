//! A site that somebody has got, held against what it says of itself: whether every file is the one that the manifest vouches for,
//! and whether the manifest is no older than one that was seen before. Nothing of the folder is trusted, and nothing written.
//!
//! Whether the manifest is the operator's own, a signature alone can tell (`output/signature`).

use super::digest::Digest;
use super::record::{is_generator, line};
use super::tree::{self, Found};
use super::{OutputError, SIGNATURES};
use crate::diagnostic::path_below;
use crate::load::read_up_to;
use crate::model::Date;
use crate::site::{MANIFEST, SUMS};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fmt;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The largest manifest that is read, in bytes.
const MAX_MANIFEST: u64 = 64 * 1024;

/// The largest list of checksums that is read, in bytes: that of some million files.
const MAX_SUMS: u64 = 256 * 1024 * 1024;

/// How many files are named that are not as they ought to be.
const MOST_NAMED: usize = 20;

/// What a manifest says of its site.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The manifest as it stands in the folder.
    pub bytes: Vec<u8>,
    /// The number of the publication, which only ever grows: `YYYYMMDDNN`. Older programs wrote none.
    pub serial: Option<u64>,
    /// The day for which the site was built.
    pub today: Date,
    /// The last day on which it is fresh.
    pub expires: Option<Date>,
    /// The checksum of the list of files: two sites with the same files have the same.
    pub sums: String,
}

/// Why a site is refused.
#[derive(Debug)]
pub enum Refusal {
    /// It could not be looked at.
    Output(OutputError),
    /// There is no manifest of ours, or none that can be read: which file, and why.
    NoManifest(PathBuf, String),
    /// The list of checksums cannot be read, and why.
    NoSums(String),
    /// The list of checksums is not the one that the manifest vouches for.
    Sums,
    /// These files are not what the list says, and how many more.
    Files(Vec<String>, usize),
    /// It ended on this day.
    Expired(Date),
    /// It is for this day, which has not come.
    Ahead(Date),
    /// Its serial is this, and a later one was seen before.
    Older(u64, u64),
    /// It has no serial, and one that has was seen before.
    NoSerial(u64),
    /// Another site was seen under the same serial.
    Twice(u64),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Output(error) => write!(f, "{error}"),
            Self::NoManifest(path, why) => write!(f, "{} is no manifest of Peerage: {why}", path.display()),
            Self::NoSums(why) => write!(f, "{SUMS}, the list for which {MANIFEST} vouches, cannot be read: {why}"),
            Self::Sums => write!(f, "{SUMS} was changed: it is not the list for which {MANIFEST} vouches"),
            Self::Files(named, more) => {
                write!(f, "files were changed, or are missing:\n  {}", named.join("\n  "))?;
                if *more > 0 { write!(f, "\n  and {more} more") } else { Ok(()) }
            }
            Self::Expired(on) => {
                write!(f, "it expired: {on} was the last day on which it was fresh. Somebody may hold newer ones back")
            }
            Self::Ahead(day) => write!(f, "it is for {day}, which has not come"),
            Self::Older(serial, seen) => write!(f, "it is older than the one you have: its serial is {serial}, and yours {seen}"),
            Self::NoSerial(seen) => {
                write!(f, "it has no serial, and the one you have is {seen}: it is older, or not the operator's")
            }
            Self::Twice(serial) => write!(f, "it is another site under the serial of the one you have, {serial}"),
        }
    }
}

impl std::error::Error for Refusal {}

impl From<OutputError> for Refusal {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}

/// As much of a manifest as is held against the site.
#[derive(Deserialize)]
struct Written {
    format: u64,
    generator: String,
    serial: Option<u64>,
    today: String,
    expires: Option<String>,
    sums: String,
}

/// The claim in `path`: a manifest, or a folder with one.
///
/// # Errors
/// [`Refusal::NoManifest`].
pub fn claim(path: &Path) -> Result<Claim, Refusal> {
    let within = path.is_dir();
    let path = if within { path.join(MANIFEST) } else { path.to_owned() };
    let none = |why: String| Refusal::NoManifest(path.clone(), why);
    if within && path.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound) {
        return Err(none("it is not there. Name the folder of a built site, such as `public` in a project".to_owned()));
    }
    let bytes = read(&path, MAX_MANIFEST).map_err(none)?;
    let written: Written = serde_json::from_slice(&bytes).map_err(|error| none(error.to_string()))?;
    if !is_generator(&written.generator) || written.format != super::record::FORMAT {
        return Err(none("another program wrote it, or a later version".to_owned()));
    }
    let day = |text: &str| text.parse::<Date>().map_err(|problem| none(problem.message));
    let (today, expires) = (day(&written.today)?, written.expires.as_deref().map(day).transpose()?);
    Ok(Claim { bytes, serial: written.serial, today, expires, sums: written.sums })
}

/// What was found in a folder besides what the manifest vouches for.
#[derive(Debug)]
pub struct Whole {
    /// How many files it vouches for, all of which are as it says.
    pub files: usize,
    /// Files of which it says nothing, by their paths; the first few.
    pub others: Vec<String>,
    /// How many more of these there are.
    pub more: usize,
}

/// Whether every file of `folder` for which `claim` vouches is as it says.
///
/// # Errors
/// [`Refusal::NoSums`], [`Refusal::Sums`] and [`Refusal::Files`]; also where it cannot be read.
pub fn whole(folder: &Path, claim: &Claim) -> Result<Whole, Refusal> {
    let sums = read(&folder.join(SUMS), MAX_SUMS).map_err(Refusal::NoSums)?;
    if Digest::of(&sums).to_string() != claim.sums {
        return Err(Refusal::Sums);
    }
    let (mut listed, mut wrong) = (BTreeSet::new(), Vec::new());
    for text in String::from_utf8_lossy(&sums).lines() {
        let Some((digest, path)) = line(text) else { return Err(Refusal::Sums) };
        let is_it = matches!(tree::find(folder, &path)?, Found::File)
            && Digest::of_file(&folder.join(path.as_str())).is_ok_and(|found| found == digest);
        if !is_it {
            wrong.push(path.as_str().to_owned());
        }
        listed.insert(path.as_str().to_owned());
    }
    if !wrong.is_empty() {
        let more = wrong.len().saturating_sub(MOST_NAMED);
        wrong.truncate(MOST_NAMED);
        return Err(Refusal::Files(wrong, more));
    }
    let mut others = others(folder, &listed);
    let more = others.len().saturating_sub(MOST_NAMED);
    others.truncate(MOST_NAMED);
    Ok(Whole { files: listed.len(), others, more })
}

/// Where git keeps a repository, with settings that it follows.
const GIT: &str = ".git";

/// The files of a folder that are not listed, and are neither the manifest, nor the list, nor a signature. A repository, whose settings
/// git would follow, is one of them as a whole. Of what cannot be looked into nothing is known, so that it is among them.
fn others(folder: &Path, listed: &BTreeSet<String>) -> Vec<String> {
    let own = |name: &str| [MANIFEST, SUMS].contains(&name) || SIGNATURES.contains(&name);
    let walk = WalkDir::new(folder)
        .min_depth(1)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() != 1 || entry.file_name() != GIT);
    let repository = Some(folder.join(GIT)).filter(|path| path.symlink_metadata().is_ok());
    let files = walk.filter_map(|entry| match entry {
        Ok(entry) => (!entry.file_type().is_dir()).then(|| entry.into_path()),
        Err(error) => Some(error.path().unwrap_or(folder).to_path_buf()),
    });
    let shown = repository.into_iter().chain(files).map(|path| path_below(&path, folder));
    shown.filter(|path| !listed.contains(path) && !own(path)).collect()
}

/// Whether `claim` holds on `day`, and is no older than `seen`.
///
/// # Errors
/// Every other [`Refusal`].
pub fn fresh(claim: &Claim, seen: Option<&Claim>, day: Date) -> Result<(), Refusal> {
    if day < claim.today {
        return Err(Refusal::Ahead(claim.today));
    }
    if let Some(expires) = claim.expires.filter(|expires| *expires < day) {
        return Err(Refusal::Expired(expires));
    }
    let Some(seen) = seen else { return Ok(()) };
    match (claim.serial, seen.serial) {
        (Some(serial), Some(before)) if serial < before => Err(Refusal::Older(serial, before)),
        (Some(serial), Some(before)) if serial == before && claim.sums != seen.sums => Err(Refusal::Twice(serial)),
        (None, Some(before)) => Err(Refusal::NoSerial(before)),
        _ => Ok(()),
    }
}

/// The bytes of a regular file of at most `most` bytes.
pub(super) fn read(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let meta = path.symlink_metadata().map_err(|error| error.to_string())?;
    if !meta.is_file() {
        return Err("it is not a regular file".to_owned());
    }
    let bytes = File::open(path).and_then(|file| read_up_to(file, most)).map_err(|error| error.to_string())?;
    bytes.ok_or_else(|| format!("it is larger than {} KiB", most / 1024))
}
