//! From files to the model: reads everything, stops at nothing, reports all of it.
//!
//! What is read is hostile: files are bounded in size, links and devices are not followed, and no name leads out of its
//! folder. `raw` is an entry as written, `convert` makes the model of it. What holds today is not asked here.

mod bounded;
mod canonical;
mod convert;
mod edition;
mod files;
mod kept;
mod keys;
mod ledger;
mod meeting;
mod page;
mod private;
mod profile;
mod raw;
pub mod schema;
mod sealed;
mod secret;

pub use bounded::read_up_to;
pub use canonical::{Canonical, FileKind, Source, readable, readable_bytes, sources};
pub use files::{MAX_ENTRY_BYTES, MAX_PAGE_BYTES, source};
pub use kept::Kept;
pub use keys::{KeyFile, MAX_KEY_BYTES, PublicKey, read as read_keys, too_large as key_too_large};
pub use page::Page;
pub use sealed::{INDEX as SEALED_INDEX, MAX_MESSAGE_BYTES as MAX_SEALED_BYTES, file_name as sealed_file_name};
pub use secret::in_file as secret_in_file;

use crate::config::{self, Config, Language};
use crate::diagnostic::{Finding, Place, Rule};
use crate::model::{
    Authority, AuthorityId, Edition, Ledger, Level, Meeting, MeetingId, PageId, PrivateEntry, PrivateMeeting, Profile,
    SealedIndex, Team, TeamId,
};
use crate::yaml::{Read, Reader};
use files::{Content, Found, PrivateContent};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The directory as its public files describe it. It never holds anything of the private tree.
#[derive(Debug)]
pub struct Directory {
    /// `site.yaml`.
    pub config: Config,
    /// Every team whose entry could be read, sorted by id.
    pub teams: Vec<Arc<Team>>,
    /// Every id for which there is a file, also one that could not be read, so that one mistake makes one finding.
    pub team_ids: BTreeSet<TeamId>,
    /// The bodies that accredit or certify.
    pub authorities: BTreeMap<AuthorityId, Authority>,
    /// Every id for which there is a file of an authority.
    pub authority_ids: BTreeSet<AuthorityId>,
    /// The key files that could be read and stand beside an entry, sorted by team, then as they are numbered.
    pub key_files: Vec<KeyFile>,
    /// The operator's own pages, sorted by id.
    pub pages: Vec<Page>,
    /// SIM3 minimum profiles, sorted by id.
    pub profiles: Vec<Profile>,
    /// Published figures about confidential scores, the oldest first.
    pub editions: Vec<Edition>,
    /// Meetings, sorted by id.
    pub meetings: Vec<Meeting>,
    /// Every id for which there is a file of a meeting.
    pub meeting_ids: BTreeSet<MeetingId>,
    /// What was sealed, where anything was.
    pub sealed: Option<SealedIndex>,
}

impl Directory {
    /// The operator's own pages, one for each id, each in `language` where there is such a file.
    pub fn pages_in(&self, language: Language) -> impl Iterator<Item = &Page> {
        let ids: BTreeSet<&PageId> = self.pages.iter().map(|page| &page.id).collect();
        ids.into_iter().filter_map(move |id| self.page_in(id, language))
    }

    /// The page `id` in `language`; where it is not there in that, in the main language, or else in any.
    pub fn page_in(&self, id: &PageId, language: Language) -> Option<&Page> {
        let main = self.config.language;
        let rank = |page: &&Page| match page.language {
            Some(of) if of == language => 0,
            None if language == main => 1,
            Some(of) if of == main => 2,
            None => 3,
            Some(_) => 4,
        };
        self.pages.iter().filter(|page| page.id == *id).min_by_key(rank)
    }

    /// The team with this id.
    pub fn team(&self, id: &TeamId) -> Option<&Team> {
        self.teams.binary_search_by(|team| team.id.cmp(id)).ok().map(|at| &*self.teams[at])
    }

    /// The key files of the team with this id, as they are numbered.
    pub fn key_files(&self, id: &TeamId) -> &[KeyFile] {
        let begin = self.key_files.partition_point(|file| file.team < *id);
        let end = self.key_files.partition_point(|file| file.team <= *id);
        &self.key_files[begin..end]
    }
}

/// What the private tree holds. Kept apart from [`Directory`], so that no page can reach it.
#[derive(Debug, Default)]
pub struct PrivateDirectory {
    /// Its entries, sorted by id.
    pub entries: Vec<PrivateEntry>,
    /// What it says of closed meetings, sorted by id.
    pub meetings: Vec<PrivateMeeting>,
    /// What the editions were made from, the oldest first.
    pub ledgers: Vec<Ledger>,
}

impl PrivateDirectory {
    /// For which audiences something stands in it, and in which file; with repeats.
    pub fn audiences(&self) -> impl Iterator<Item = (Level, &Arc<str>)> {
        let of_entries = self.entries.iter().flat_map(|entry| entry.audiences().map(|level| (level, &entry.file)));
        of_entries.chain(self.meetings.iter().map(|meeting| (meeting.details.audience(), &meeting.file)))
    }
}

/// Why nothing could be read at all.
#[derive(Debug)]
pub enum LoadError {
    /// The folder is not a directory project.
    NoProject(PathBuf),
    /// The folder `content` is none, or cannot be looked into, and why.
    Content(PathBuf, String),
    /// The private tree does not exist.
    NoPrivateTree(PathBuf),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoProject(path) => write!(
                f,
                "{} is not a directory project: it has no folder `content`. Name the project's folder, or make a new one with `peerage init FOLDER`",
                path.display()
            ),
            Self::Content(path, why) => write!(f, "{} cannot be read: {why}", path.display()),
            Self::NoPrivateTree(path) => {
                write!(
                    f,
                    "there is no private tree at {}: it is a folder with a folder `teams`, `events` or `ledger` in it",
                    path.display()
                )
            }
        }
    }
}

impl std::error::Error for LoadError {}

/// Reads the project at `root`. `None` for the directory where `site.yaml` cannot be used; the findings say why.
///
/// # Errors
/// Where there is no folder `content` that can be read.
pub fn load(root: &Path) -> Result<(Option<Directory>, Vec<Finding>), LoadError> {
    load_or(root, None)
}

/// Reads the project at `root` as [`load`] does, but for the entries and keys that `kept` still has from the last time. What
/// is read is kept for the next. To be held against the rules, what [lacks](Team::is_whole) something is in the directory too; there
/// are errors then, and such a directory is not to be published.
///
/// # Errors
/// Where there is no folder `content` that can be read.
pub fn load_again(root: &Path, kept: &mut Kept) -> Result<(Option<Directory>, Vec<Finding>), LoadError> {
    load_all(root, kept, None)
}

/// Reads the project at `root` as [`load`] does; where its `site.yaml` cannot be used, `instead` takes its place.
///
/// # Errors
/// Where there is no folder `content` that can be read.
pub fn load_or(root: &Path, instead: Option<&Config>) -> Result<(Option<Directory>, Vec<Finding>), LoadError> {
    let (directory, findings) = load_all(root, &mut Kept::default(), instead)?;
    let whole = directory.map(|mut directory| {
        directory.teams.retain(|team| team.is_whole);
        directory
    });
    Ok((whole.filter(|directory| directory.config.is_whole), findings))
}

fn load_all(root: &Path, kept: &mut Kept, instead: Option<&Config>) -> Result<(Option<Directory>, Vec<Finding>), LoadError> {
    content_folder(root)?;
    let mut findings = Vec::new();
    let content = Content::scan(root, &mut findings);
    let config = read_config(&content, &mut findings);
    let config = config.filter(|config| config.is_whole || instead.is_none()).or_else(|| instead.cloned());
    let teams = kept.teams.each(&content.teams, &mut findings, |found| read_team(root, found));
    let authorities = each(&content.authorities, &mut findings, |found| read_authority(root, found));
    let pages = each(&content.pages, &mut findings, |found| page::read(root, found));
    let team_ids: BTreeSet<_> = content.teams.iter().map(|found| found.id.clone()).collect();
    let (own, strays): (Vec<_>, Vec<_>) = content.keys.into_iter().partition(|found| team_ids.contains(&found.id.team));
    let key_files = kept.keys.each(&own, &mut findings, |found| keys::read_file(root, found));
    // What they hold is shared, so that this copies no key.
    let mut key_files: Vec<KeyFile> = key_files.iter().map(|file| KeyFile::clone(file)).collect();
    keys::merge_copies(&mut key_files);
    keys::drop_repeats(&mut key_files, &mut findings);
    findings.extend(keys::strays(root, &strays, &team_ids));
    find_secrets(root, &content.unread, &mut findings);
    let profiles = each(&content.profiles, &mut findings, |found| profile::read(root, found));
    let editions = each(&content.editions, &mut findings, |found| edition::read(root, found));
    let meetings = each(&content.meetings, &mut findings, |found| meeting::read(root, found));
    let (sealed, found) = sealed::read(root, &content.sealed);
    findings.extend(found);
    let directory = config.map(|config| Directory {
        config,
        team_ids,
        teams,
        authority_ids: content.authorities.iter().map(|found| found.id.clone()).collect(),
        authorities: authorities.into_iter().map(|authority| (authority.id.clone(), authority)).collect(),
        key_files,
        pages,
        profiles,
        editions,
        meeting_ids: content.meetings.iter().map(|found| found.id.clone()).collect(),
        meetings,
        sealed,
    });
    Ok((directory, findings))
}

/// Makes sure that the project at `root` has its content.
fn content_folder(root: &Path) -> Result<(), LoadError> {
    let folder = root.join("content");
    match folder.symlink_metadata() {
        Ok(meta) if meta.is_dir() => Ok(()),
        Ok(_) => Err(LoadError::Content(folder, "it is not a folder; links are not followed".to_owned())),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Err(LoadError::NoProject(root.to_owned()))
        }
        Err(error) => Err(LoadError::Content(folder, error.to_string())),
    }
}

/// Reads the private tree at `root`; its findings never show a source line.
///
/// # Errors
/// [`LoadError::NoPrivateTree`] where it does not exist, or holds nothing of what a private tree consists of: to read another
/// folder by mistake would be to find nothing wrong with it.
pub fn load_private(root: &Path) -> Result<(PrivateDirectory, Vec<Finding>), LoadError> {
    let mut findings = Vec::new();
    let content = PrivateContent::scan(root, &mut findings).ok_or_else(|| LoadError::NoPrivateTree(root.to_owned()))?;
    let mut entries = each(&content.teams, &mut findings, |found| read_private(root, found));
    let mut meetings = each(&content.meetings, &mut findings, |found| read_meeting(root, found));
    let mut ledgers = each(&content.ledgers, &mut findings, |found| ledger::read(root, found));
    // So that nobody takes them for files of the project.
    let folder = root.file_name().map_or_else(|| "private".into(), OsStr::to_string_lossy);
    let named = |file: &str| Arc::from(format!("{folder}/{file}"));
    for finding in &mut findings {
        finding.place.file = named(&finding.place.file);
        for (place, _) in &mut finding.also {
            place.file = named(&place.file);
        }
        finding.confidential = true;
    }
    let of_meetings = meetings.iter_mut().map(|meeting| &mut meeting.file);
    let of_entries = entries.iter_mut().map(|entry| &mut entry.file);
    for file in of_entries.chain(of_meetings).chain(ledgers.iter_mut().map(|ledger| &mut ledger.file)) {
        *file = named(file);
    }
    Ok((PrivateDirectory { entries, meetings, ledgers }, findings))
}

/// Looks for secret keys in what is not read, and in the project's themes. Where one stands nothing else is said of the file.
fn find_secrets(root: &Path, unread: &[Found<()>], findings: &mut Vec<Finding>) {
    const THEMES: &str = "themes";
    let themes = root.join(THEMES).exists().then_some(THEMES);
    let places: Vec<&str> = unread.iter().map(|found| &*found.file).chain(themes).collect();
    let found: Vec<_> = places.par_iter().flat_map_iter(|file| secret::below(&root.join(file), file)).collect();
    let secret: BTreeSet<_> =
        found.iter().filter(|finding| finding.rule == Rule::SecretKey).map(|finding| &finding.place.file).collect();
    findings.retain(|finding| finding.rule != Rule::UnknownFile || !secret.contains(&finding.place.file));
    findings.extend(found);
}

/// Reads files in parallel; what comes out is in the order of the files, whichever thread was first.
fn each<I: Sync, T: Send>(
    files: &[Found<I>],
    findings: &mut Vec<Finding>,
    read: impl Fn(&Found<I>) -> (Option<T>, Vec<Finding>) + Send + Sync,
) -> Vec<T> {
    let results: Vec<_> = files.par_iter().map(read).collect();
    let mut values = Vec::with_capacity(results.len());
    for (value, found) in results {
        values.extend(value);
        findings.extend(found);
    }
    values
}

fn read_config(content: &Content, findings: &mut Vec<Finding>) -> Option<Config> {
    use config::FILE;
    let Some(path) = &content.site else {
        let help = "write one with at least `title: Name of the directory`";
        findings.push(Finding::new(Rule::MissingFile, Place::file(FILE), "there is no site.yaml", help));
        return None;
    };
    match files::read_text(path, FILE, config::MAX_BYTES) {
        Ok(text) => {
            let (config, found) = Config::read(&text, FILE);
            findings.extend(found);
            config
        }
        Err(finding) => {
            findings.push(*finding);
            None
        }
    }
}

/// Reads one YAML file: its text, the entry as written, and what `convert` makes of it.
fn read_entry<I, R: Read, T>(
    root: &Path,
    found: &Found<I>,
    reader: Reader,
    convert: impl FnOnce(R, &mut Reader) -> Option<T>,
) -> (Option<T>, Vec<Finding>) {
    read_limited(root, found, MAX_ENTRY_BYTES, reader, convert)
}

/// Reads one YAML file of at most `max` bytes.
fn read_limited<I, R: Read, T>(
    root: &Path,
    found: &Found<I>,
    max: u64,
    mut reader: Reader,
    convert: impl FnOnce(R, &mut Reader) -> Option<T>,
) -> (Option<T>, Vec<Finding>) {
    let read = if reader.is_confidential() { files::read_private } else { files::read_text };
    let text = match read(&root.join(&*found.file), &found.file, max) {
        Ok(text) => text,
        Err(finding) => return (None, vec![*finding]),
    };
    let value = reader.document(&text).and_then(|raw| convert(raw, &mut reader));
    (value, reader.into_findings())
}

fn read_team(root: &Path, found: &Found<TeamId>) -> (Option<Team>, Vec<Finding>) {
    let reader = Reader::new(Arc::clone(&found.file)).without(private::KEYS);
    read_entry(root, found, reader, |raw, reader| convert::team(found, raw, reader))
}

fn read_authority(root: &Path, found: &Found<AuthorityId>) -> (Option<Authority>, Vec<Finding>) {
    read_entry(root, found, Reader::new(Arc::clone(&found.file)), |raw, reader| convert::authority(found, raw, reader))
}

fn read_private(root: &Path, found: &Found<TeamId>) -> (Option<PrivateEntry>, Vec<Finding>) {
    read_entry(root, found, Reader::confidential(Arc::clone(&found.file)), |raw, reader| {
        Some(private::convert(found, raw, reader))
    })
}

fn read_meeting(root: &Path, found: &Found<MeetingId>) -> (Option<PrivateMeeting>, Vec<Finding>) {
    let reader = Reader::confidential(Arc::clone(&found.file));
    read_entry(root, found, reader, |raw, _| meeting::details(found, raw))
}
