//! What the writer promises: one test per promise, on the public interface.

mod failures;
mod killed;
mod leaves;
mod others;
mod refuses;
mod together;

use peerage::output::{Commit, Locked, OutputError, Overlap, Sign, Staged, Stamp, Target, Written, write};
use peerage::site::{RenderError, Site, SitePath};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

const STAMP: Stamp<'_> = Stamp { generator: "peerage 0.1.0", serial: None, today: "2026-11-21", expires: None };

type Files = BTreeMap<String, String>;

/// A folder with room for a target called `site`.
struct Bench(TempDir);

impl Bench {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// With a site in it that an earlier build wrote.
    fn with(files: &[(&str, &str)]) -> Self {
        let bench = Self::new();
        bench.build(files).unwrap();
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn target(&self) -> PathBuf {
        self.path("site")
    }

    fn build(&self, files: &[(&str, &str)]) -> Result<Written, OutputError> {
        build(&self.target(), files)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// What lies beside the target.
    fn beside(&self) -> Vec<String> {
        let names = fs::read_dir(self.0.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.filter(|name| name != "site").collect();
        names.sort();
        names
    }

    /// The target without the two files that describe it.
    fn pages(&self) -> Files {
        let mut files = read(&self.target());
        files.retain(|name, _| name != "manifest.json" && name != "SHA256SUMS");
        files
    }
}

fn path(path: &str) -> SitePath {
    SitePath::new(path).unwrap()
}

fn site(files: &[(&str, &str)]) -> Site<'static> {
    let mut site = Site::default();
    for (name, text) in files {
        let text = (*text).to_owned();
        site.add(path(name), move |out| Ok(out.write_all(text.as_bytes())?));
    }
    site
}

fn build(target: &Path, files: &[(&str, &str)]) -> Result<Written, OutputError> {
    write(&site(files), target, &[], &STAMP, None, &|_, _| ())
}

fn stage(target: &Path, files: &[(&str, &str)]) -> Result<Staged, OutputError> {
    Target::check(target, &[])?.lock()?.recover()?.stage(&site(files), &STAMP, None, &|_, _| ())
}

fn commit(target: &Path, files: &[(&str, &str)]) -> Commit {
    stage(target, files).unwrap().preflight().unwrap().journal().unwrap()
}

fn files(files: &[(&str, &str)]) -> Files {
    files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// Everything below `folder`: text of files, goals of symlinks, empty folders.
fn read(folder: &Path) -> Files {
    fn walk(folder: &Path, root: &Path, found: &mut Files) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            let kind = fs::symlink_metadata(&path).unwrap().file_type();
            if kind.is_symlink() {
                found.insert(name, format!("-> {}", fs::read_link(&path).unwrap().display()));
            } else if kind.is_file() {
                found.insert(name, String::from_utf8(fs::read(&path).unwrap()).unwrap());
            } else if fs::read_dir(&path).unwrap().next().is_none() {
                found.insert(name + "/", String::new());
            } else {
                walk(&path, root, found);
            }
        }
    }
    let mut found = Files::new();
    if folder.exists() {
        walk(folder, folder, &mut found);
    }
    found
}

fn in_the_way(error: OutputError) -> Vec<String> {
    match error {
        OutputError::InTheWay { paths, .. } => paths,
        other => panic!("{other}"),
    }
}

const OLD: &[(&str, &str)] = &[("a.css", "old"), ("index.html", "old"), ("same.html", "same"), ("teams/gone.html", "old")];
const NEW: &[(&str, &str)] = &[("a.css", "new"), ("index.html", "new"), ("same.html", "same"), ("api/x.json", "new")];
