//! Which files there are, and their text.

use super::keys::{self, KeyFileName};
use super::page::PageName;
use super::secret;
use crate::diagnostic::{Finding, Place, Pos, Problem, Rule, Span};
use crate::model::{AuthorityId, Date, MeetingId, ProfileId, TeamId};
use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use walkdir::WalkDir;

/// The largest entry that is read, in bytes.
pub const MAX_ENTRY_BYTES: u64 = 256 * 1024;

/// The largest Markdown page that is read, in bytes.
pub const MAX_PAGE_BYTES: u64 = 1024 * 1024;

/// A file with its id.
#[derive(Debug)]
pub(super) struct Found<I> {
    pub(super) id: I,
    /// Its path from the project's root, with `/` between the parts.
    pub(super) file: Arc<str>,
}

/// The files of a project, each list sorted by id.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) site: Option<PathBuf>,
    pub(super) teams: Vec<Found<TeamId>>,
    pub(super) keys: Vec<Found<KeyFileName>>,
    pub(super) authorities: Vec<Found<AuthorityId>>,
    pub(super) pages: Vec<Found<PageName>>,
    pub(super) profiles: Vec<Found<ProfileId>>,
    pub(super) editions: Vec<Found<Date>>,
    pub(super) meetings: Vec<Found<MeetingId>>,
    /// What stands in `content/sealed`: paths from the project's root.
    pub(super) sealed: Vec<String>,
    /// Files and folders that are none of these, and what begins with a dot: they are not read.
    pub(super) unread: Vec<Found<()>>,
}

impl Content {
    /// Looks what there is below `root/content`.
    pub(super) fn scan(root: &Path, findings: &mut Vec<Finding>) -> Self {
        let mut content = Self::default();
        for (name, path, _) in list(&root.join("content"), "content", &mut content.unread, findings) {
            match name.as_str() {
                "site.yaml" => content.site = Some(path),
                "teams" => content.scan_teams(&path, findings),
                "authorities" => content.authorities = content.scan_ids(&path, "authorities", "yaml", findings),
                "pages" => content.pages = content.scan_ids(&path, "pages", "md", findings),
                "profiles" => content.profiles = content.scan_ids(&path, "profiles", "yaml", findings),
                "editions" => content.editions = content.scan_ids(&path, "editions", "yaml", findings),
                "events" => content.meetings = content.scan_ids(&path, "events", "md", findings),
                "sealed" if is_folder(&path) => {
                    let found = list(&path, "content/sealed", &mut content.unread, findings).into_iter();
                    content.sealed = found.map(|(name, ..)| format!("content/sealed/{name}")).collect();
                }
                _ => {
                    let help = "`content` holds site.yaml, teams, authorities, pages, profiles, editions, events and sealed";
                    content.put_aside(vec![format!("content/{name}")], help, findings);
                }
            }
        }
        content
    }

    /// Looks which entries there are in `content/teams`, and which key files beside them.
    fn scan_teams(&mut self, path: &Path, findings: &mut Vec<Finding>) {
        const FOLDER: &str = "content/teams";
        let (teams, others) = ids(path, FOLDER, "yaml", &mut self.unread, findings);
        self.teams = teams;
        let mut unknown = Vec::new();
        for file in others {
            let name = &file[FOLDER.len() + 1..];
            match KeyFileName::parse(name).filter(|_| !is_folder(&path.join(name))) {
                Some(id) => self.keys.push(Found { id, file: file.into() }),
                None => unknown.push(file),
            }
        }
        self.keys.sort_by(|a, b| a.id.cmp(&b.id));
        let endings = keys::ENDINGS.join(", ");
        let help = format!(
            "entries are named ID.yaml, and their key files ID.ENDING, ID.2.ENDING up to ID.99.ENDING, where ENDING is one of \
             {endings}: rename or remove it"
        );
        self.put_aside(unknown, &help, findings);
    }

    /// The files of a folder of `content` whose names are ids.
    fn scan_ids<I: FromStr<Err = Problem> + Ord>(
        &mut self,
        path: &Path,
        folder: &str,
        ending: &str,
        findings: &mut Vec<Finding>,
    ) -> Vec<Found<I>> {
        let (found, others) = ids(path, &format!("content/{folder}"), ending, &mut self.unread, findings);
        self.put_aside(others, &named(ending), findings);
        found
    }

    fn put_aside(&mut self, files: Vec<String>, help: &str, findings: &mut Vec<Finding>) {
        for file in files {
            findings.push(unknown(&file, help.to_owned()));
            self.unread.push(Found { id: (), file: file.into() });
        }
    }
}

/// The files of a private tree, each list sorted by id.
#[derive(Debug, Default)]
pub(super) struct PrivateContent {
    pub(super) teams: Vec<Found<TeamId>>,
    pub(super) meetings: Vec<Found<MeetingId>>,
    pub(super) ledgers: Vec<Found<Date>>,
}

impl PrivateContent {
    /// Looks what there is in the private tree at `root`, if it is one.
    pub(super) fn scan(root: &Path, findings: &mut Vec<Finding>) -> Option<Self> {
        const TEAMS: &str = "teams";
        const EVENTS: &str = "events";
        const LEDGER: &str = "ledger";
        if ![TEAMS, EVENTS, LEDGER].iter().any(|folder| root.join(folder).is_dir()) {
            return None;
        }
        let mut content = Self::default();
        for (name, path, _) in list(root, "", &mut Vec::new(), findings) {
            match name.as_str() {
                TEAMS => content.teams = private_ids(&path, TEAMS, findings),
                EVENTS => content.meetings = private_ids(&path, EVENTS, findings),
                LEDGER => content.ledgers = private_ids(&path, LEDGER, findings),
                _ => {
                    let help = format!("the private tree holds the folders `{TEAMS}`, `{EVENTS}` and `{LEDGER}`");
                    findings.push(unknown(&name, help));
                }
            }
        }
        Some(content)
    }
}

/// The files of a folder of the private tree whose names are ids.
fn private_ids<I: FromStr<Err = Problem> + Ord>(path: &Path, shown: &str, findings: &mut Vec<Finding>) -> Vec<Found<I>> {
    let (found, others) = ids(path, shown, "yaml", &mut Vec::new(), findings);
    findings.extend(others.iter().map(|file| unknown(file, named("yaml"))));
    found
}

/// How to name a file whose name is an id.
fn named(ending: &str) -> String {
    format!("files here are named ID.{ending}: rename or remove it")
}

/// What stands in a folder: its name and path, and whether it is a folder itself; sorted. What begins with a dot is put to what
/// is not read.
fn list(folder: &Path, shown: &str, unread: &mut Vec<Found<()>>, findings: &mut Vec<Finding>) -> Vec<(String, PathBuf, bool)> {
    let mut found = Vec::new();
    for entry in WalkDir::new(folder).min_depth(1).max_depth(1).sort_by_file_name() {
        match entry {
            Ok(entry) => match entry.file_name().to_str() {
                Some(name) if name.starts_with('.') => unread.push(Found { id: (), file: join(shown, name).into() }),
                Some(name) => found.push((name.to_owned(), entry.path().to_owned(), entry.file_type().is_dir())),
                None => {
                    let name = join(shown, &entry.file_name().to_string_lossy());
                    let help = "rename it: names of files consist of a-z, 0-9 and hyphens";
                    findings.push(Finding::new(Rule::FileName, Place::file(name), "the file's name is not UTF-8", help));
                }
            },
            Err(error) => findings.push(unreadable(shown, &error.to_string(), "make the folder readable")),
        }
    }
    found
}

/// The files of a folder whose names are ids, followed by `.ending`; and what else stands there. What is named so that it
/// is not read is put to what is not.
fn ids<I: FromStr<Err = Problem> + Ord>(
    folder: &Path,
    shown: &str,
    ending: &str,
    unread: &mut Vec<Found<()>>,
    findings: &mut Vec<Finding>,
) -> (Vec<Found<I>>, Vec<String>) {
    let (mut found, mut others): (Vec<Found<I>>, _) = (Vec::new(), Vec::new());
    if !is_folder(folder) {
        findings.push(unreadable(shown, "it is not a folder", "put a folder in its place; links are not followed"));
        return (found, others);
    }
    for (name, _, is_folder) in list(folder, shown, unread, findings) {
        let file = join(shown, &name);
        let (stem, end) = name.rsplit_once('.').unwrap_or((&name, ""));
        if end != ending || is_folder {
            others.push(file);
            continue;
        }
        match stem.parse() {
            Ok(id) => found.push(Found { id, file: file.into() }),
            Err(Problem { message, help, .. }) => {
                unread.push(Found { id: (), file: Arc::from(file.as_str()) });
                findings.push(Finding::new(Rule::FileName, Place::file(file), message, help));
            }
        }
    }
    // The order of the names is another one: `a-2.yaml` stands before `a.yaml`.
    found.sort_by(|a, b| a.id.cmp(&b.id));
    (found, others)
}

/// Whether it is a folder itself, not a link to one.
fn is_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|meta| meta.is_dir())
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

pub(super) fn unknown(file: &str, help: impl Into<Cow<'static, str>>) -> Finding {
    Finding::new(Rule::UnknownFile, Place::file(file), "this is not read", help)
}

pub(super) fn unreadable(file: &str, why: &str, help: &'static str) -> Finding {
    Finding::new(Rule::UnreadableFile, Place::file(file), format!("this cannot be read: {why}"), help)
}

/// The bytes of a regular file of at most `max` bytes, shown as `file`. `shorter` says how it becomes smaller.
///
/// # Errors
/// The finding that says why it cannot be read.
pub(super) fn read_bytes(path: &Path, file: &str, max: u64, shorter: &'static str) -> Result<Vec<u8>, Box<Finding>> {
    let fail = |why: &str, help: &'static str| Box::new(unreadable(file, why, help));
    let meta = path.symlink_metadata().map_err(|error| fail(&error.to_string(), "make the file readable"))?;
    if meta.is_symlink() {
        return Err(fail("it is a symbolic link", "put the file itself here: links are not followed"));
    }
    if !meta.is_file() {
        return Err(fail("it is not a regular file", "put a regular file in its place"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len().min(max)).unwrap_or_default());
    // A file may grow between the question for its size and the reading.
    let read = File::open(path).and_then(|open| open.take(max + 1).read_to_end(&mut bytes));
    read.map_err(|error| fail(&error.to_string(), "make the file readable"))?;
    if meta.len() > max || bytes.len() as u64 > max {
        return Err(Box::new(too_large(file, max, shorter)));
    }
    Ok(bytes)
}

pub(super) fn too_large(file: &str, max: u64, shorter: &'static str) -> Finding {
    Finding::new(Rule::FileTooLarge, Place::file(file), format!("the file is larger than {} KiB", max / 1024), shorter)
}

/// The text of a public file, as [`read_private`] reads it; one that holds a secret key is not read.
///
/// # Errors
/// The finding that says why it has no text.
pub(super) fn read_text(path: &Path, file: &str, max: u64) -> Result<String, Box<Finding>> {
    public_text(read_bytes(path, file, max, SHORTEN)?, file, max)
}

/// The text of a public file, from its bytes, as [`read_text`] gives it.
///
/// # Errors
/// The finding that says why it has no text.
pub(super) fn public_text(bytes: Vec<u8>, file: &str, max: u64) -> Result<String, Box<Finding>> {
    if bytes.len() as u64 > max {
        return Err(Box::new(too_large(file, max, SHORTEN)));
    }
    match secret::in_text(&bytes, file) {
        Some(finding) => Err(Box::new(finding)),
        None => text(bytes, file),
    }
}

/// The text of a regular file of at most `max` bytes, shown as `file`.
///
/// # Errors
/// The finding that says why it has no text.
pub(super) fn read_private(path: &Path, file: &str, max: u64) -> Result<String, Box<Finding>> {
    text(read_bytes(path, file, max, SHORTEN)?, file)
}

const SHORTEN: &str = "shorten it: what takes so much room belongs on a site of its own, and a link to it here";

/// How documents begin that are no text whatever their name: PDF, and those of offices, as archives and as they were before.
const DOCUMENTS: [&[u8]; 3] = [b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

fn text(bytes: Vec<u8>, file: &str) -> Result<String, Box<Finding>> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = Pos::behind(&String::from_utf8_lossy(&error.as_bytes()[..error.utf8_error().valid_up_to()]));
        let is_document = DOCUMENTS.iter().any(|begin| error.as_bytes().starts_with(begin));
        let help = if is_document {
            "this is a document of another program, such as a PDF or one of Word: save what it says as plain text, in UTF-8"
        } else {
            "save the file as UTF-8"
        };
        Box::new(Finding::new(Rule::NotUtf8, at_pos(file, at), "the file is not UTF-8", help))
    })?;
    if let Some(before) = text.split_once('\0').map(|(before, _)| before) {
        let help = "remove it: text files hold no NUL characters";
        let place = at_pos(file, Pos::behind(before));
        return Err(Box::new(Finding::new(Rule::ControlCharacter, place, "the file holds a NUL character", help)));
    }
    Ok(text)
}

/// The text of the file that findings call `file`, for showing lines of it; `None` for what [`load`](super::load) would
/// not read either, so that no link shows what lies elsewhere and no line of a secret key is shown, and for keys, whose
/// lines say nothing to a reader.
pub fn source(root: &Path, file: &str) -> Option<String> {
    let is_key = keys::ENDINGS.iter().any(|ending| Path::new(file).extension().is_some_and(|end| end == *ending));
    if is_key { None } else { read_text(&root.join(file), file, MAX_PAGE_BYTES).ok() }
}

fn at_pos(file: &str, at: Pos) -> Place {
    Place { file: file.into(), span: Span::point(at.line, at.column) }
}
