//! `peerage fmt`.

mod diff;

use super::create::rewrite;
use super::report::{identified, print, say, show};
use super::{ERRORS, FAILED, FINE, Failure};
use crate::cli::{self, Format};
use crate::diagnostic::{Count, Finding};
use crate::load::{Canonical, FileKind, MAX_ENTRY_BYTES, readable, readable_bytes, sources};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// How messages name what comes from standard input.
const STDIN: &str = "standard input";

/// How many files are formatted at once before what came of them is written and told, in order.
const AT_ONCE: usize = 256;

/// Brings files into the canonical form, or says which are not.
pub(super) fn run(args: &cli::Fmt) -> Result<u8, Failure> {
    if args.paths.iter().any(|path| path == Path::new("-")) {
        return match args.paths.as_slice() {
            [_] => standard_input(args),
            _ => Err("`-` is standard input, and stands alone: it is one file".into()),
        };
    }
    let mut run = Run::default();
    let (jobs, found) = jobs(&args.paths)?;
    run.findings = found;
    let kinds: BTreeSet<FileKind> = jobs.iter().map(|job| job.kind).collect();
    let forms: BTreeMap<_, _> = kinds.into_iter().map(|kind| (kind, Canonical::new(kind))).collect();
    for jobs in jobs.chunks(AT_ONCE) {
        let formatted: Vec<_> = jobs.par_iter().map(|job| job.format(&forms)).collect();
        for (job, outcome) in jobs.iter().zip(formatted) {
            run.take(job, outcome, args)?;
        }
    }
    run.finish(jobs.len(), args)
}

/// A file to format.
struct Job {
    kind: FileKind,
    path: PathBuf,
    /// The path as messages have it.
    shown: String,
}

/// What came of a file.
enum Outcome {
    /// It cannot be read.
    Unreadable(Vec<Finding>),
    /// It has its form.
    Same,
    /// What it is, and what it would be.
    Other { text: String, formatted: String },
    /// What would be lost.
    Fault(String),
}

impl Job {
    fn format(&self, forms: &BTreeMap<FileKind, Canonical>) -> Outcome {
        let text = match readable(&self.path, &self.shown) {
            Ok(text) => text,
            Err(findings) => return Outcome::Unreadable(findings),
        };
        match forms[&self.kind].format(&text) {
            Ok(formatted) if formatted == text => Outcome::Same,
            Ok(formatted) => Outcome::Other { text, formatted },
            Err(why) => Outcome::Fault(why),
        }
    }
}

/// The files that are meant by what was typed, each once; and which folders could not be read.
fn jobs(paths: &[PathBuf]) -> Result<(Vec<Job>, Vec<Finding>), Failure> {
    let (mut jobs, mut findings) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for typed in paths {
        let is_file = typed.symlink_metadata().map_err(|error| format!("{} cannot be read: {error}", typed.display()))?;
        if typed.is_dir() {
            let (sources, found) = sources(typed)?;
            let shown =
                |file: &str| if typed == Path::new(".") { file.to_owned() } else { typed.join(file).display().to_string() };
            findings.extend(found.into_iter().map(|mut finding| {
                finding.place.file = shown(&finding.place.file).into();
                finding
            }));
            jobs.extend(sources.iter().map(|source| Job {
                kind: source.kind,
                path: typed.join(&*source.file),
                shown: shown(&source.file),
            }));
        } else if let Some(kind) = kind(typed).filter(|_| is_file.is_file() || is_file.is_symlink()) {
            jobs.push(Job { kind, path: typed.clone(), shown: typed.display().to_string() });
        } else {
            let shown = typed.display();
            return Err(format!(
                "{shown} has no canonical form: name a project's folder, its site.yaml, or a .yaml file in its folders teams, \
                 authorities or profiles"
            )
            .into());
        }
    }
    // One file may be named in several ways.
    jobs.retain(|job| seen.insert(job.path.canonicalize().unwrap_or_else(|_| job.path.clone())));
    Ok((jobs, findings))
}

/// What the file is, also where it was named from within its folder.
fn kind(path: &Path) -> Option<FileKind> {
    let from_root = || {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        FileKind::of(&folder.canonicalize().ok()?.join(path.file_name()?))
    };
    FileKind::of(path).or_else(from_root)
}

/// What was done so far.
#[derive(Default)]
struct Run {
    findings: Vec<Finding>,
    changed: usize,
    faults: usize,
    unwritten: usize,
}

impl Run {
    /// Writes or tells what came of a file.
    fn take(&mut self, job: &Job, outcome: Outcome, args: &cli::Fmt) -> Result<(), Failure> {
        let (text, formatted) = match outcome {
            Outcome::Other { text, formatted } => (text, formatted),
            Outcome::Same => return Ok(()),
            Outcome::Unreadable(findings) => {
                self.findings.extend(findings);
                return Ok(());
            }
            Outcome::Fault(why) => {
                self.faults += 1;
                say(fault(&job.shown, &why));
                return Ok(());
            }
        };
        self.changed += 1;
        if args.diff {
            print(&diff::unified(&job.shown, &text, &formatted))?;
        } else if args.check {
            print(&format!("{}\n", job.shown))?;
        } else {
            // What is wrong with one file is no reason to leave the others.
            if let Err(failure) = rewrite(&job.path, &text, &formatted) {
                self.changed -= 1;
                self.unwritten += 1;
                say(format_args!("peerage: {failure}"));
                return Ok(());
            }
            print(&format!("Formatted {}\n", job.shown))?;
        }
        Ok(())
    }

    /// Says what was found and done, and by which code to exit.
    fn finish(self, files: usize, args: &cli::Fmt) -> Result<u8, Failure> {
        let code = show(&identified(&self.findings, &[Path::new("")]), Format::Human, &[Path::new("")])?;
        let verb = if args.check || args.diff { "would be formatted" } else { "formatted" };
        let rest = files.saturating_sub(self.changed);
        let unread = if self.findings.is_empty() { String::new() } else { ", of which some could not be read".to_owned() };
        say(format_args!(
            "{} {verb}, {} left as {}{unread}",
            Count(self.changed, "file"),
            rest,
            if rest == 1 { "it is" } else { "they are" }
        ));
        Ok(exit(code, args.check && self.changed > 0, self.faults + self.unwritten > 0))
    }
}

/// Our own fault is the gravest: then it is not known whether the files are well.
fn exit(findings: u8, would_change: bool, fault: bool) -> u8 {
    match () {
        () if fault => FAILED,
        () if findings != FINE || would_change => ERRORS,
        () => FINE,
    }
}

fn fault(shown: &str, why: &str) -> String {
    format!("peerage: {shown} was left as it is: {why}. That is a mistake of ours: please report it, with the file")
}

/// Formats standard input to standard output. Where it cannot be read nothing is written, so that an editor keeps what it has.
fn standard_input(args: &cli::Fmt) -> Result<u8, Failure> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(MAX_ENTRY_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| format!("{STDIN} cannot be read: {error}"))?;
    let text = match readable_bytes(bytes, STDIN) {
        Ok(text) => text,
        Err(findings) => return show(&identified(&findings, &[]), Format::Human, &[]),
    };
    let formatted = match Canonical::new(FileKind::of_text(&text)).format(&text) {
        Ok(formatted) => formatted,
        Err(why) => {
            say(fault(STDIN, &why));
            return Ok(FAILED);
        }
    };
    let changes = formatted != text;
    if args.diff {
        print(&diff::unified(STDIN, &text, &formatted))?;
    } else if args.check {
        print(if changes { "standard input\n" } else { "" })?;
    } else {
        print(&formatted)?;
    }
    Ok(exit(FINE, args.check && changes, false))
}
