//! What a build says of itself in the target: `SHA256SUMS`, the list of the files it wrote, and `manifest.json`, which
//! marks the folder as ours and vouches for the list. Both may have been tampered with; nothing here trusts them.

use super::OutputError;
use super::digest::Digest;
use super::tree::{self, Found};
use crate::site::{INSIDE, MANIFEST, SUMS, SitePath, WRITERS};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The format of the manifest, of the list and of the journal.
pub(super) const FORMAT: u64 = 1;

/// What `manifest.json` says of a build, besides what the writer counts itself.
#[derive(Debug, Clone, Copy)]
pub struct Stamp<'a> {
    /// Name and version of the program; begins with `peerage`.
    pub generator: &'a str,
    /// The number of the publication, as zones of the DNS have it: the date and two digits, `2026112100`. It only ever grows.
    pub serial: Option<u64>,
    /// The date the site is true for, `2026-11-21`.
    pub today: &'a str,
    /// The last day on which it is fresh, where one is known: by then it should be built again.
    pub expires: Option<&'a str>,
}

/// The manifest as it is written.
#[derive(Serialize)]
struct Manifest<'a> {
    format: u64,
    generator: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    serial: Option<u64>,
    today: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<&'a str>,
    files: usize,
    bytes: u64,
    sums: String,
}

/// As much of a manifest as is needed to recognise it.
#[derive(Deserialize)]
struct Header {
    format: u64,
    generator: String,
    sums: Option<String>,
}

/// What the target is to us.
pub(super) enum Standing {
    /// It does not exist, or is empty.
    Fresh,
    /// We wrote it; with the checksum of the list, as the manifest has it.
    Ours(Option<String>),
}

/// Whether the writer keeps this name, or what lies in a folder of this name, to itself.
pub(super) fn is_reserved(path: &SitePath) -> bool {
    path.as_str().split('/').next().is_some_and(|first| WRITERS.contains(&first))
}

/// Whether a next build would recognise what `generator` wrote.
pub(super) fn is_generator(generator: &str) -> bool {
    generator.starts_with("peerage")
}

/// Finds out whether the target may be written to.
pub(super) fn standing(target: &Path) -> Result<Standing, OutputError> {
    if tree::look(target)?.is_none() {
        return Ok(Standing::Fresh);
    }
    let mut empty = true;
    for entry in fs::read_dir(target).map_err(OutputError::io("read", target))? {
        empty &= entry.map_err(OutputError::io("read", target))?.file_name() == INSIDE;
    }
    if empty {
        return Ok(Standing::Fresh);
    }
    let path = target.join(MANIFEST);
    let not_ours = || OutputError::NotOurs(target.to_path_buf());
    if !tree::look(&path)?.is_some_and(|metadata| metadata.is_file()) {
        return Err(not_ours());
    }
    let text = fs::read(&path).map_err(OutputError::io("read", &path))?;
    match serde_json::from_slice::<Header>(&text) {
        Ok(header) if !is_generator(&header.generator) => Err(not_ours()),
        Ok(header) if header.format != FORMAT => Err(OutputError::Format(target.to_path_buf(), header.format)),
        Ok(header) => Ok(Standing::Ours(header.sums)),
        Err(_) => Err(not_ours()),
    }
}

/// Whether the target is ours, and has no list for which its manifest vouches.
pub(super) fn has_lost_list(target: &Path) -> bool {
    let Ok(Standing::Ours(Some(sums))) = standing(target) else { return false };
    list(target).map_or(true, |text| text.is_none_or(|text| Digest::of(text.as_bytes()).to_string() != sums))
}

/// The text of the list, where there is one. git may have changed the line ends on checkout; that is no tampering.
fn list(target: &Path) -> Result<Option<String>, OutputError> {
    let path = target.join(SUMS);
    if !tree::look(&path)?.is_some_and(|metadata| metadata.is_file()) {
        return Ok(None);
    }
    let bytes = fs::read(&path).map_err(OutputError::io("read", &path))?;
    Ok(Some(String::from_utf8_lossy(&bytes).replace("\r\n", "\n")))
}

/// The files in the target that are ours: those the list names. Lines that are not a checksum and a path of a site are
/// passed over, so that what they mean is left alone.
///
/// Where the manifest does not vouch for the list (`sums`), only those files are ours that still have the content the
/// list says: a list that someone has changed must not make us delete what is theirs.
pub(super) fn owned(target: &Path, sums: Option<&str>) -> Result<BTreeSet<SitePath>, OutputError> {
    let Some(text) = list(target)? else { return Ok(BTreeSet::new()) };
    let vouched = sums == Some(Digest::of(text.as_bytes()).to_string().as_str());
    let mut owned = BTreeSet::new();
    for (digest, path) in text.lines().filter_map(line) {
        if vouched || is_file_with(target, &path, digest)? {
            owned.insert(path);
        }
    }
    Ok(owned)
}

/// Takes one line of the list apart.
pub(super) fn line(line: &str) -> Option<(Digest, SitePath)> {
    let (digest, path) = line.split_at_checked(64)?;
    let path = path.strip_prefix("  ").or_else(|| path.strip_prefix(" *"))?;
    let path = SitePath::new(path).ok().filter(|path| !is_reserved(path))?;
    Some((Digest::parse(digest)?, path))
}

fn is_file_with(target: &Path, path: &SitePath, digest: Digest) -> Result<bool, OutputError> {
    if !matches!(tree::find(target, path)?, Found::File) {
        return Ok(false);
    }
    let full = target.join(path.as_str());
    Ok(Digest::of_file(&full).map_err(OutputError::io("read", &full))? == digest)
}

/// The list as `sha256sum` writes it.
pub(super) fn sums<'a>(files: impl Iterator<Item = (&'a SitePath, Digest)>) -> String {
    files.map(|(path, digest)| format!("{digest}  {path}\n")).collect()
}

/// The manifest as it is written, given the list.
pub(super) fn manifest(stamp: &Stamp<'_>, files: usize, bytes: u64, sums: &str) -> serde_json::Result<Vec<u8>> {
    let Stamp { generator, serial, today, expires } = *stamp;
    let sums = Digest::of(sums.as_bytes()).to_string();
    let mut text =
        serde_json::to_vec_pretty(&Manifest { format: FORMAT, generator, serial, today, expires, files, bytes, sums })?;
    text.push(b'\n');
    Ok(text)
}
