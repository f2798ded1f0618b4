//! A git revision, read by `git` without a checkout: the regular files of its `content` lie in a folder of their own as long
//! as they are read.
//!
//! What a repository says is hostile. No filter, hook or driver runs, for blobs are asked for as they are; names lead nowhere
//! else; links, submodules and files of LFS are told and not followed; sizes are bounded; nothing is fetched; and no variable
//! of the environment says which repository it is.

use super::Failure;
use crate::cmd::foreign::plain;
use crate::load::{MAX_ENTRY_BYTES, MAX_KEY_BYTES, MAX_PAGE_BYTES, MAX_SEALED_BYTES};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tempfile::TempDir;

/// The largest file of a name that is read, in bytes: none that `load` reads is larger.
fn largest(name: &str) -> u64 {
    let is_sealed = name.starts_with("content/sealed/");
    let sizes = [MAX_ENTRY_BYTES, MAX_PAGE_BYTES, MAX_KEY_BYTES, if is_sealed { MAX_SEALED_BYTES } else { 0 }];
    sizes.into_iter().max().unwrap_or_default()
}

/// How much is read of one revision, in bytes, and how many files.
const MOST_BYTES: u64 = 2 * 1024 * 1024 * 1024;
const MOST_FILES: usize = 1_000_000;

/// How many folders a name goes through, and how long its parts are, at most.
const DEEPEST: usize = 8;
const LONGEST_NAME: usize = 200;

/// A revision whose files lie in a folder.
pub(super) struct Revision {
    name: String,
    folder: TempDir,
    folders: Folders,
    keys: BTreeMap<String, Vec<u8>>,
    aside: BTreeMap<String, &'static str>,
}

/// A file of a revision.
struct Blob {
    /// Its path from the project's folder.
    name: String,
    id: String,
    size: u64,
}

impl Revision {
    /// Reads the revision that was typed, of the repository in which the current folder is. The project in it lies where
    /// `beside` does, if that is in the same repository, else where the current folder does.
    pub(super) fn read(typed: &OsStr, beside: Option<&Path>, folders: &Folders) -> Result<Self, Failure> {
        let shown = plain(&typed.to_string_lossy());
        let here = Path::new(".");
        let top = |base: &Path| ask(base, ["rev-parse", "--show-toplevel"]);
        let own =
            top(here).map_err(|why| format!("{shown} is no folder, and no revision, for here is no git repository: {why}"))?;
        let base = beside.filter(|beside| top(beside).is_ok_and(|its| its == own)).unwrap_or(here);
        let id = commit(typed).map_err(|_| {
            if Path::new(typed).is_dir() {
                return format!(
                    "{shown} is no revision of this repository: `git fetch` it first, or write ./{shown} for the folder"
                );
            }
            format!("{shown} is no folder, and no revision of this repository: look at its name, or `git fetch` it first")
        })?;
        let id = String::from_utf8(id)?;
        let prefix = String::from_utf8(ask(base, ["rev-parse", "--show-prefix"])?)
            .map_err(|_| "the name of this folder is not UTF-8: rename it")?;
        let name = format!("{shown} ({})", id.get(..12).unwrap_or(&id));
        let mut revision =
            Self { name, folder: folders.make()?, folders: folders.clone(), keys: BTreeMap::new(), aside: BTreeMap::new() };
        let blobs = revision.list(base, &id, &prefix)?;
        if blobs.is_empty() && revision.aside.is_empty() {
            let place = if prefix.is_empty() { String::new() } else { format!(" in {}", plain(&prefix)) };
            return Err(format!("{shown} has no directory project{place}: there is no folder content in it").into());
        }
        revision.fetch(base, &blobs)?;
        Ok(revision)
    }

    /// The folder in which its `content` lies.
    pub(super) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// What it is called, its key files, and what was left aside. Its folder goes.
    pub(super) fn done(self) -> (String, BTreeMap<String, Vec<u8>>, BTreeMap<String, &'static str>) {
        (self.name, self.keys, self.aside)
    }

    /// The regular files of its `content`.
    fn list(&mut self, base: &Path, id: &str, prefix: &str) -> Result<Vec<Blob>, Failure> {
        let content = format!("{prefix}content");
        let listing = ask_raw(base, ["ls-tree", "-r", "-z", "-l", "--full-tree", id, "--", &content])?;
        let mut blobs = Vec::new();
        let mut total = 0;
        for line in listing.split(|byte| *byte == 0).filter(|line| !line.is_empty()) {
            let Some(tab) = line.iter().position(|byte| *byte == b'\t') else { continue };
            let (facts, path) = (String::from_utf8_lossy(&line[..tab]), String::from_utf8_lossy(&line[tab + 1..]));
            let name = path.strip_prefix(prefix).unwrap_or(&path).to_owned();
            let facts: Vec<&str> = facts.split_ascii_whitespace().collect();
            let [mode, _, id, size] = facts[..] else { return Err("git answers in a form that is not known".into()) };
            let size = size.parse().unwrap_or(0);
            let why = match mode {
                "120000" => "is a symbolic link, which is not followed",
                "160000" => "is another repository (a submodule), which is not looked into",
                _ if !mode.starts_with("100") => "is no regular file",
                _ if !is_safe(&line[tab + 1..], &name) => "has a name that no file of a project has",
                _ if size > largest(&name) => "is larger than any file that is read",
                _ => {
                    total += size;
                    blobs.push(Blob { name, id: id.to_owned(), size });
                    continue;
                }
            };
            self.aside.insert(name, why);
        }
        if blobs.len() > MOST_FILES || total > MOST_BYTES {
            return Err(format!("{} holds too much to be compared: {} files, {total} bytes", self.name, blobs.len()).into());
        }
        Ok(blobs)
    }

    /// Writes the files into the folder.
    fn fetch(&mut self, base: &Path, blobs: &[Blob]) -> Result<(), Failure> {
        let held = self.folders.hold();
        fs::create_dir(self.root().join("content"))?;
        drop(held);
        let mut child = git(base).args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("git takes no questions".into());
        };
        let asked: String = blobs.iter().map(|blob| format!("{}\n", blob.id)).collect();
        let read = std::thread::scope(|scope| {
            // It answers while it is asked: who only asked first would wait for ever.
            scope.spawn(move || stdin.write_all(asked.as_bytes()).is_ok());
            let mut stdout = BufReader::new(stdout);
            let read = blobs.iter().try_for_each(|blob| self.take(blob, &mut stdout));
            // Who stops half-way must not leave the other waiting for room.
            drop(stdout);
            read
        });
        let ended = child.wait()?;
        read?;
        if ended.success() { Ok(()) } else { Err(format!("git could not read all of {}", self.name).into()) }
    }

    /// Takes the next answer of `git cat-file --batch`, which is about `blob`.
    fn take(&mut self, blob: &Blob, answers: &mut impl BufRead) -> Result<(), Failure> {
        let mut head = String::new();
        answers.by_ref().take(1000).read_line(&mut head)?;
        let [_, kind, size] = head.split_ascii_whitespace().collect::<Vec<_>>()[..] else {
            if head.trim_end().ends_with(" missing") {
                self.aside.insert(blob.name.clone(), "is not in this clone, which is a partial one; nothing is fetched");
                return Ok(());
            }
            return Err(format!("git could not read {} of {}", plain(&blob.name), self.name).into());
        };
        if kind != "blob" || size.parse() != Ok(blob.size) {
            return Err("git answers in a form that is not known".into());
        }
        let mut bytes = vec![0; usize::try_from(blob.size)?];
        answers.read_exact(&mut bytes)?;
        answers.read_exact(&mut [0])?;
        if bytes.starts_with(b"version https://git-lfs.github.com/spec/") {
            self.aside.insert(blob.name.clone(), "is kept elsewhere by Git LFS, and is not fetched");
            return Ok(());
        }
        let path = self.root().join(&blob.name);
        let held = self.folders.hold();
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        // Where letters of both cases are the same, two names may be one.
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => file.write_all(&bytes)?,
            Err(_) => drop(self.aside.insert(blob.name.clone(), "could not be put beside the others, for its name")),
        }
        drop(held);
        if blob.name.starts_with("content/teams/") && !blob.name.ends_with(".yaml") {
            self.keys.insert(blob.name.clone(), bytes);
        }
        Ok(())
    }
}

/// Whether a name leads nowhere but into the folder in which it is written.
fn is_safe(bytes: &[u8], name: &str) -> bool {
    let is_plain = |part: &str| {
        let odd = |c: char| c.is_control() || matches!(c, '\\' | ':');
        !matches!(part, "" | "." | "..") && part.len() <= LONGEST_NAME && !part.contains(odd)
    };
    let parts: Vec<&str> = name.split('/').collect();
    std::str::from_utf8(bytes).is_ok()
        && (2..=DEEPEST).contains(&parts.len())
        && parts[0] == "content"
        && parts.iter().all(|part| is_plain(part))
}

/// Whether the current folder is in a repository.
pub(super) fn is_repository() -> bool {
    ask(Path::new("."), ["rev-parse", "--git-dir"]).is_ok()
}

/// The id of the commit that was typed, of the repository in which the current folder is.
fn commit(typed: &OsStr) -> Result<Vec<u8>, Failure> {
    let mut commit = typed.to_owned();
    commit.push("^{commit}");
    let question = ["rev-parse", "--verify", "--quiet", "--end-of-options"].map(OsString::from);
    ask(Path::new("."), question.into_iter().chain([commit]))
}

/// `git` in a folder, as it is for everybody: no variable says where the repository is, what runs, or who is asked.
fn git(base: &Path) -> Command {
    let mut command = Command::new("git");
    let theirs = std::env::vars_os().map(|(name, _)| name).filter(|name| name.as_encoded_bytes().starts_with(b"GIT_"));
    for name in theirs {
        command.env_remove(name);
    }
    command.envs([
        ("LC_ALL", "C"),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("GIT_OPTIONAL_LOCKS", "0"),
        ("GIT_NO_LAZY_FETCH", "1"),
        ("GIT_NO_REPLACE_OBJECTS", "1"),
    ]);
    command.args(["--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false", "-C"]).arg(base).stdin(Stdio::null());
    command
}

/// What git answers on one line.
fn ask(base: &Path, words: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Result<Vec<u8>, Failure> {
    let mut answer = ask_raw(base, words)?;
    if answer.last() == Some(&b'\n') {
        answer.pop();
    }
    Ok(answer)
}

/// All that git answers.
fn ask_raw(base: &Path, words: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Result<Vec<u8>, Failure> {
    let output = git(base).args(words).output().map_err(|error| format!("git could not be started: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(plain(said.lines().next().unwrap_or("git gave no reason")).into())
}

/// The folders of this run. They go when they are no longer needed, and also where somebody stops the program meanwhile.
#[derive(Clone)]
pub(super) struct Folders(Arc<Mutex<Vec<PathBuf>>>);

impl Folders {
    /// None yet; from now on who stops the program removes those that there are.
    ///
    /// # Errors
    /// Where the system does not tell that the program is stopped.
    pub(super) fn new() -> Result<Self, Failure> {
        let folders: Arc<Mutex<Vec<PathBuf>>> = Arc::default();
        let known = Arc::clone(&folders);
        ctrlc::set_handler(move || {
            // Whoever writes, or has something to say, waits for the lock, which is never given back.
            let known = known.lock().unwrap_or_else(PoisonError::into_inner);
            for folder in known.iter() {
                fs::remove_dir_all(folder).ok();
            }
            std::process::exit(STOPPED);
        })?;
        Ok(Self(folders))
    }

    /// As long as this is held nobody stops the program; where somebody does already, it is never had.
    pub(super) fn hold(&self) -> MutexGuard<'_, Vec<PathBuf>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn make(&self) -> Result<TempDir, Failure> {
        let mut folders = self.hold();
        let folder = tempfile::Builder::new().prefix("peerage-diff-").tempdir()?;
        folders.push(folder.path().to_owned());
        Ok(folder)
    }
}

/// The exit code of a program that was stopped, as shells have it for an interrupt.
const STOPPED: i32 = 130;
