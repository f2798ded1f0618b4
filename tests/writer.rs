//! What the writer promises: one test per promise, on the public interface.

#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use peerage::output::{Commit, Locked, OutputError, Overlap, Staged, Stamp, Target, Written, write};
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

const STAMP: Stamp<'_> = Stamp { generator: "peerage 0.1.0", today: "2026-11-21", expires: None };

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
    write(&site(files), target, &[], &STAMP, &|_, _| ())
}

fn stage(target: &Path, files: &[(&str, &str)]) -> Result<Staged, OutputError> {
    Target::check(target, &[])?.lock()?.recover()?.stage(&site(files), &STAMP, &|_, _| ())
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

// What a build leaves.

#[test]
fn a_build_writes_every_file_and_nothing_else() {
    let bench = Bench::new();
    let written = bench.build(OLD).unwrap();
    assert_eq!(written, Written { files: 4, bytes: 13, changed: 4, ..Written::default() });
    assert_eq!(bench.pages(), files(OLD));
    assert!(bench.beside().is_empty());
}

#[test]
fn the_folders_that_lead_to_the_target_are_made() {
    let bench = Bench::new();
    build(&bench.path("site/a/b/"), OLD).unwrap();
    assert_eq!(read(&bench.path("site/a/b")).len(), OLD.len() + 2);
    assert_eq!(fs::read_dir(bench.path("site/a")).unwrap().count(), 1);
}

#[test]
fn the_list_satisfies_sha256sum_and_the_manifest_vouches_for_it() {
    let bench = Bench::with(NEW);
    let all = read(&bench.target());
    let names: Vec<_> = all["SHA256SUMS"].lines().map(|line| &line[66..]).collect();
    assert_eq!(names, ["a.css", "api/x.json", "index.html", "same.html"]);
    let check = Command::new("sha256sum").args(["--check", "--strict", "SHA256SUMS"]).current_dir(bench.target()).output();
    match check {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(error) => assert_eq!(error.kind(), io::ErrorKind::NotFound),
    }
    let manifest: serde_json::Value = serde_json::from_str(&all["manifest.json"]).unwrap();
    let sums = manifest["sums"].as_str().unwrap().to_owned();
    let expected = serde_json::json!({
        "format": 1, "generator": "peerage 0.1.0", "today": "2026-11-21", "files": 4, "bytes": 13, "sums": sums,
    });
    assert_eq!(manifest, expected);
    // The writer itself takes it for vouched: it deletes a listed file that was edited since.
    fs::write(bench.target().join("a.css"), "edited").unwrap();
    assert_eq!(bench.build(&[]).unwrap().deleted, 4);
}

#[test]
fn the_same_site_gives_the_same_bytes() {
    let (one, two) = (Bench::with(OLD), Bench::with(NEW));
    one.build(NEW).unwrap();
    assert_eq!(read(&one.target()), read(&two.target()));
}

#[test]
fn equal_files_stay_untouched() {
    let bench = Bench::with(OLD);
    let past = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let all = read(&bench.target());
    for name in all.keys() {
        fs::File::options().write(true).open(bench.target().join(name)).unwrap().set_modified(past).unwrap();
    }
    let modified = |name: &str| fs::metadata(bench.target().join(name)).unwrap().modified().unwrap();
    let written = bench.build(OLD).unwrap();
    assert_eq!((written.changed, written.unchanged, written.deleted), (0, 4, 0));
    assert!(all.keys().all(|name| modified(name) == past));
    let written = bench.build(NEW).unwrap();
    assert_eq!((written.changed, written.unchanged, written.deleted), (3, 1, 1));
    assert_eq!(modified("same.html"), past);
    assert_ne!(modified("index.html"), past);
    assert_ne!(modified("manifest.json"), past);
}

#[test]
fn a_file_beyond_the_limit_of_memory_is_compared_as_well() {
    let bench = Bench::new();
    let big = "0123456789abcdef".repeat(200_000);
    let other = format!("{}!", &big[1..]);
    assert_eq!(bench.build(&[("big.json", &big)]).unwrap().changed, 1);
    assert_eq!(bench.build(&[("big.json", &big)]).unwrap().unchanged, 1);
    assert_eq!(bench.build(&[("big.json", &other)]).unwrap().changed, 1);
    assert_eq!(bench.pages(), files(&[("big.json", &other)]));
    assert!(bench.beside().is_empty());
}

#[test]
fn stale_files_and_the_folders_they_leave_empty_go() {
    let bench = Bench::with(&[("a/b/c.html", ""), ("a/d.html", ""), ("e/f.html", ""), ("x.html", "")]);
    bench.put("site/e/theirs", "kept");
    assert_eq!(bench.build(&[("x.html", "")]).unwrap().deleted, 3);
    assert_eq!(bench.pages(), files(&[("e/theirs", "kept"), ("x.html", "")]));
}

#[test]
fn progress_counts_each_file_once() {
    let bench = Bench::new();
    let (calls, sum) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let progress = |done, total| {
        assert_eq!(total, 4);
        calls.fetch_add(1, Ordering::Relaxed);
        sum.fetch_add(done, Ordering::Relaxed);
    };
    write(&site(OLD), &bench.target(), &[], &STAMP, &progress).unwrap();
    assert_eq!((calls.into_inner(), sum.into_inner()), (4, 1 + 2 + 3 + 4));
}

// What a build refuses.

fn overlap(target: &Path, input: &Path) -> Option<Overlap> {
    match Target::check(target, &[input.to_path_buf()]) {
        Err(OutputError::Overlap { how, .. }) => Some(how),
        Err(other) => panic!("{other}"),
        Ok(_) => None,
    }
}

#[test]
fn a_target_that_is_holds_or_lies_in_an_input_is_refused() {
    let bench = Bench::new();
    fs::create_dir_all(bench.path("content/teams")).unwrap();
    bench.put("site.yaml", "");
    let content = bench.path("content");
    for (target, input, how) in [
        ("content", "content", Some(Overlap::Same)),
        ("content/", "content/teams/..", Some(Overlap::Same)),
        ("content/new/deep", "content", Some(Overlap::Within)),
        ("content/teams/../../content/new", "content/", Some(Overlap::Within)),
        ("", "content", Some(Overlap::Holds)),
        ("content", "content/missing/input", Some(Overlap::Holds)),
        ("", "site.yaml", Some(Overlap::Holds)),
        ("new", ".new.peerage/input", Some(Overlap::Holds)),
        ("content-2", "content", None),
        ("new", "content", None),
    ] {
        assert_eq!(overlap(&bench.path(target), &bench.path(input)), how, "{target} and {input}");
    }
    assert!(read(&content).contains_key("teams/"), "nothing was touched");
}

#[cfg(unix)]
#[test]
fn an_input_is_recognised_behind_a_symlink() {
    let bench = Bench::new();
    fs::create_dir_all(bench.path("content/teams")).unwrap();
    std::os::unix::fs::symlink(bench.path("content"), bench.path("link")).unwrap();
    for (target, input, how) in [
        ("link", "content", Overlap::Same),
        ("link/", "content", Overlap::Same),
        ("link/new", "content", Overlap::Within),
        ("content/new", "link", Overlap::Within),
        ("content", "link/teams", Overlap::Holds),
    ] {
        assert_eq!(overlap(&bench.path(target), &bench.path(input)), Some(how), "{target} and {input}");
    }
}

#[test]
fn a_target_that_leads_nowhere_is_refused() {
    let bench = Bench::new();
    bench.put("file", "");
    for target in ["file", "file/", "file/below"] {
        assert!(matches!(build(&bench.path(target), OLD), Err(OutputError::NotAFolder(_))), "{target}");
    }
    assert!(matches!(build(&bench.path("missing/../site"), OLD), Err(OutputError::Dots(_))));
    assert!(build(Path::new(""), OLD).is_err());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(bench.path("missing"), bench.path("dead")).unwrap();
        assert!(matches!(build(&bench.path("dead"), OLD), Err(OutputError::DeadLink(_))));
        assert!(matches!(build(&bench.path("dead/site"), OLD), Err(OutputError::DeadLink(_))));
        fs::remove_file(bench.path("dead")).unwrap();
    }
    assert_eq!(bench.beside(), ["file"]);
}

#[test]
fn a_folder_that_is_not_ours_is_refused_and_left_alone() {
    for manifest in [None, Some("{}"), Some("no JSON"), Some(r#"{"format":1,"generator":"zola"}"#)] {
        let bench = Bench::new();
        bench.put("site/index.html", "theirs");
        if let Some(text) = manifest {
            bench.put("site/manifest.json", text);
        }
        let before = read(&bench.target());
        assert!(matches!(bench.build(OLD), Err(OutputError::NotOurs(_))));
        assert_eq!(read(&bench.target()), before);
        assert!(bench.beside().is_empty());
    }
}

#[test]
fn a_format_of_the_future_is_refused() {
    let bench = Bench::new();
    bench.put("site/manifest.json", r#"{"format":2,"generator":"peerage 9"}"#);
    assert!(matches!(bench.build(OLD), Err(OutputError::Format(_, 2))));
}

#[test]
fn an_empty_folder_is_taken() {
    let bench = Bench::new();
    fs::create_dir(bench.target()).unwrap();
    bench.build(OLD).unwrap();
    assert_eq!(bench.pages(), files(OLD));
}

#[cfg(unix)]
#[test]
fn a_target_behind_a_symlink_is_written_to() {
    let bench = Bench::new();
    fs::create_dir_all(bench.path("real/folder")).unwrap();
    std::os::unix::fs::symlink(bench.path("real/folder"), bench.target()).unwrap();
    bench.build(OLD).unwrap();
    bench.build(NEW).unwrap();
    assert!(fs::symlink_metadata(bench.target()).unwrap().is_symlink());
    assert_eq!(bench.pages(), files(NEW));
    assert_eq!(read(&bench.path("real")).len(), NEW.len() + 2, "nothing remains beside the real folder");
}

#[test]
fn names_that_clash_are_refused() {
    let clash = |one, other| {
        let bench = Bench::new();
        let error = bench.build(&[(one, ""), (other, "")]).unwrap_err();
        assert!(matches!(error, OutputError::Clash(..)), "{error}");
        assert!(bench.beside().is_empty() && !bench.target().exists());
    };
    clash("teams/a.html", "teams/A.html");
    clash("Teams/a.html", "teams/b.html");
    clash("teams", "teams/b.html");
    clash("Teams", "teams/b.html");
    clash("x", "Manifest.json");
    clash("x", "sha256sums");
}

#[test]
fn names_of_the_writer_are_refused() {
    for name in ["manifest.json", "SHA256SUMS", ".peerage/lock"] {
        assert!(matches!(Bench::new().build(&[(name, "")]), Err(OutputError::Reserved(_))), "{name}");
    }
    let stamp = Stamp { generator: "other", ..STAMP };
    let bench = Bench::new();
    let error = write(&site(OLD), &bench.target(), &[], &stamp, &|_, _| ()).unwrap_err();
    assert!(matches!(error, OutputError::Generator(_)));
}

// What is not ours.

#[test]
fn files_of_others_are_left_alone() {
    let bench = Bench::with(OLD);
    for theirs in ["site/.git/config", "site/CNAME", "site/SHA256SUMS.asc", "site/teams/theirs"] {
        bench.put(theirs, "theirs");
    }
    bench.build(NEW).unwrap();
    let mut expected = files(NEW);
    for theirs in [".git/config", "CNAME", "SHA256SUMS.asc", "teams/theirs"] {
        expected.insert(theirs.to_owned(), "theirs".to_owned());
    }
    assert_eq!(bench.pages(), expected);
}

#[test]
fn what_stands_in_the_way_is_named_and_nothing_is_changed() {
    let bench = Bench::with(OLD);
    bench.put("site/api", "a file where a folder must go");
    bench.put("site/b.html/theirs", "a folder where a file must go");
    bench.put("site/c.html", "new");
    fs::create_dir(bench.target().join("d.html")).unwrap();
    let before = read(&bench.target());
    let new = [("api/x", ""), ("api/y", ""), ("b.html", ""), ("c.html", "new"), ("d.html", ""), ("index.html", "new")];
    let error = bench.build(&new).unwrap_err();
    let text = error.to_string();
    assert_eq!(in_the_way(error), ["api", "b.html", "c.html", "d.html"]);
    assert!(text.contains("`api`, `b.html`, `c.html`, `d.html`. Move"), "{text}");
    assert_eq!(read(&bench.target()), before);
    assert!(bench.beside().is_empty());
}

#[test]
fn more_than_ten_in_the_way_are_counted() {
    let bench = Bench::with(&[]);
    let names: Vec<_> = (10..25).map(|n| format!("{n}.html")).collect();
    for name in &names {
        bench.put(&format!("site/{name}"), "theirs");
    }
    let new: Vec<_> = names.iter().map(|name| (name.as_str(), "")).collect();
    let text = bench.build(&new).unwrap_err().to_string();
    assert!(text.contains("`19.html` and 5 more.") && !text.contains("20.html"), "{text}");
}

#[cfg(unix)]
#[test]
fn symlinks_in_the_target_are_never_followed() {
    use std::os::unix::fs::symlink;
    let bench = Bench::with(&[("a.html", "same"), ("gone.html", "old"), ("stale/b.html", "old"), ("teams/c.html", "same")]);
    bench.put("elsewhere/b.html", "theirs");
    bench.put("elsewhere/c.html", "same");
    let target = bench.target();
    // Where our files must go, in the way, even with the same content behind.
    fs::rename(target.join("a.html"), bench.path("elsewhere/a.html")).unwrap();
    symlink(bench.path("elsewhere/a.html"), target.join("a.html")).unwrap();
    fs::remove_dir_all(target.join("teams")).unwrap();
    symlink(bench.path("elsewhere"), target.join("teams")).unwrap();
    let before = (read(&target), read(&bench.path("elsewhere")));
    let new = [("a.html", "same"), ("teams/c.html", "same")];
    assert_eq!(in_the_way(bench.build(&new).unwrap_err()), ["a.html", "teams"]);
    assert_eq!((read(&target), read(&bench.path("elsewhere"))), before);
    // Where our files no longer are, left alone.
    fs::remove_file(target.join("a.html")).unwrap();
    fs::remove_file(target.join("gone.html")).unwrap();
    symlink(bench.path("elsewhere/b.html"), target.join("gone.html")).unwrap();
    fs::remove_dir_all(target.join("stale")).unwrap();
    symlink(bench.path("elsewhere"), target.join("stale")).unwrap();
    fs::remove_file(target.join("teams")).unwrap();
    assert_eq!(bench.build(&new).unwrap().deleted, 0);
    assert_eq!(read(&bench.path("elsewhere")), before.1);
    let links: Vec<_> = bench.pages().into_iter().filter(|(_, text)| text.starts_with("->")).map(|(name, _)| name).collect();
    assert_eq!(links, ["gone.html", "stale"]);
}

#[test]
fn a_list_that_was_tampered_with_deletes_nothing_of_others() {
    let bench = Bench::with(OLD);
    bench.put("x", "old");
    bench.put("site/CNAME", "theirs");
    let list = bench.target().join("SHA256SUMS");
    let mut text = fs::read_to_string(&list).unwrap();
    let digest = text[..64].to_owned();
    let outside = bench.path("x");
    for path in ["../x", "teams/../../x", "/x", "", ".", "CNAME", "manifest.json", "a\\b", outside.to_str().unwrap()] {
        text.extend([digest.as_str(), "  ", path, "\n"]);
    }
    text += "no line of a list\n\u{e4}\u{e4}\n";
    fs::write(&list, text).unwrap();
    let written = bench.build(NEW).unwrap();
    assert_eq!(written.deleted, 1, "what the list rightly names still goes");
    let mut expected = files(NEW);
    expected.insert("CNAME".to_owned(), "theirs".to_owned());
    assert_eq!(bench.pages(), expected);
    assert_eq!(bench.beside(), ["x"]);
}

#[test]
fn without_the_list_nothing_is_ours() {
    let bench = Bench::with(OLD);
    fs::remove_file(bench.target().join("SHA256SUMS")).unwrap();
    let before = read(&bench.target());
    assert_eq!(in_the_way(bench.build(NEW).unwrap_err()), ["a.css", "index.html", "same.html"]);
    assert_eq!(read(&bench.target()), before);
}

#[test]
fn line_ends_changed_by_git_are_no_tampering() {
    let bench = Bench::with(OLD);
    for (name, text) in read(&bench.target()) {
        fs::write(bench.target().join(name), text.replace('\n', "\r\n") + "\r\n").unwrap();
    }
    let list = bench.target().join("SHA256SUMS");
    fs::write(&list, fs::read_to_string(&list).unwrap().trim_end().to_owned() + "\r\n").unwrap();
    assert_eq!(bench.build(NEW).unwrap().deleted, 1);
    assert_eq!(bench.pages(), files(NEW));
}

#[test]
fn a_file_becomes_a_folder_and_back() {
    let (one, two): (&[_], &[_]) =
        (&[("a", "old"), ("b/c/d.html", "old"), ("b/e.css", "old")], &[("a/x.html", "new"), ("a/y/z.css", "new"), ("b", "new")]);
    let bench = Bench::with(one);
    for (new, deleted) in [(two, 3), (one, 3)] {
        assert_eq!(bench.build(new).unwrap().deleted, deleted);
        assert_eq!(bench.pages(), files(new));
    }
    bench.put("site/b/theirs", "");
    assert_eq!(in_the_way(bench.build(two).unwrap_err()), ["b/theirs"]);
    assert_eq!(bench.pages().len(), 4);
}

#[test]
fn a_name_can_change_its_case() {
    let bench = Bench::with(&[("Teams.html", "text")]);
    bench.build(&[("teams.html", "text")]).unwrap();
    assert_eq!(bench.pages(), files(&[("teams.html", "text")]));
}

#[test]
fn a_name_that_changed_its_case_is_not_deleted_under_its_new_spelling() {
    let bench = Bench::with(&[("Teams.html", "text")]);
    let mut commit = commit(&bench.target(), &[("teams.html", "text")]);
    assert!(commit.step().unwrap() && commit.step().unwrap());
    drop(commit);
    // What a file system would show that takes both names for one.
    bench.put("site/Teams.html", "the new file");
    assert!(bench.build(&[("teams.html", "text")]).unwrap().resumed);
    assert!(bench.pages().contains_key("Teams.html"));
}

#[test]
fn pages_come_after_what_they_need_and_before_deletions_and_the_manifest_comes_last() {
    let bench = Bench::with(OLD);
    let last = read(&bench.target());
    let mut commit = commit(&bench.target(), NEW);
    let mut order = Vec::new();
    let mut before = last;
    while commit.step().unwrap() {
        let now = read(&bench.target());
        let names: BTreeSet<_> = before.keys().chain(now.keys()).cloned().collect();
        let changed: Vec<_> = names.into_iter().filter(|name| before.get(name) != now.get(name)).collect();
        assert_eq!(changed.len(), 1, "one file per step");
        order.extend(changed);
        before = now;
    }
    assert_eq!(order, ["a.css", "api/x.json", "index.html", "teams/gone.html", "SHA256SUMS", "manifest.json"]);
}

// What a failure leaves.

fn failing(error: impl Fn() -> RenderError + Send + Sync + 'static) -> Site<'static> {
    let mut site = site(NEW);
    site.add(path("teams/broken.html"), move |out| {
        out.write_all(&vec![b'x'; 3 << 20])?;
        Err(error())
    });
    site
}

#[test]
fn a_failure_before_the_journal_leaves_the_old_site_whole() {
    for old in [None, Some(OLD)] {
        let bench = Bench::new();
        if let Some(old) = old {
            bench.build(old).unwrap();
        }
        let before = read(&bench.target());
        let full = failing(|| io::Error::from(io::ErrorKind::StorageFull).into());
        let text = write(&full, &bench.target(), &[], &STAMP, &|_, _| ()).unwrap_err().to_string();
        assert!(text.contains("`teams/broken.html`") && text.contains("Make room on the disk"), "{text}");
        let template = failing(|| RenderError::Template("team.html:3:7: no such field".to_owned()));
        let text = write(&template, &bench.target(), &[], &STAMP, &|_, _| ()).unwrap_err().to_string();
        assert!(text.contains("`teams/broken.html`") && text.contains("team.html:3:7"), "{text}");
        assert_eq!(read(&bench.target()), before);
        assert!(bench.beside().is_empty());
        assert_eq!(bench.target().exists(), old.is_some());
    }
}

#[test]
fn of_several_failures_the_first_by_path_is_told() {
    let bench = Bench::new();
    for _ in 0..20 {
        let mut site = Site::default();
        for n in 100..200 {
            site.add(path(&format!("{n}.html")), move |_| {
                if n < 117 { Ok(()) } else { Err(RenderError::Template(format!("failure {n}"))) }
            });
        }
        let text = write(&site, &bench.target(), &[], &STAMP, &|_, _| ()).unwrap_err().to_string();
        assert!(text.contains("`117.html`") && text.contains("failure 117"), "{text}");
    }
}

#[test]
fn a_recipe_that_panics_leaves_no_trace() {
    let bench = Bench::with(OLD);
    let before = read(&bench.target());
    let site = failing(|| panic!("a bug"));
    let target = bench.target();
    let build = std::panic::AssertUnwindSafe(|| write(&site, &target, &[], &STAMP, &|_, _| ()));
    assert!(std::panic::catch_unwind(build).is_err());
    assert_eq!(read(&bench.target()), before);
    assert!(bench.beside().is_empty());
}

#[test]
fn a_build_given_up_before_the_journal_leaves_no_trace() {
    let bench = Bench::with(OLD);
    let before = read(&bench.target());
    let staged = stage(&bench.target(), NEW).unwrap();
    assert_eq!(bench.beside(), [".site.peerage"]);
    drop(staged);
    assert!(bench.beside().is_empty());
    drop(stage(&bench.target(), NEW).unwrap().preflight().unwrap());
    assert!(bench.beside().is_empty());
    assert_eq!(read(&bench.target()), before);
}

/// Builds through `files` with a kill after each number of steps, and checks what is there then and after the next build.
fn killed_after_each_step(old: Option<&[(&str, &str)]>, new: &[(&str, &str)], next: &[(&str, &str)]) {
    let whole = Bench::with(next);
    for steps in 0.. {
        let bench = Bench::new();
        old.map(|old| bench.build(old).unwrap());
        let before = bench.pages();
        let mut commit = commit(&bench.target(), new);
        let all = commit.steps();
        for _ in 0..steps {
            assert!(commit.step().unwrap());
        }
        drop(commit);
        for (name, text) in bench.pages() {
            let known = before.get(&name) == Some(&text) || files(new).get(&name) == Some(&text);
            assert!(known, "{name} is neither old nor new after {steps} steps");
        }
        for name in before.keys().filter(|name| files(new).contains_key(*name)) {
            assert!(bench.pages().contains_key(name), "{name} is missing after {steps} steps");
        }
        let written = bench.build(next).unwrap();
        assert!(written.resumed);
        assert_eq!(read(&bench.target()), read(&whole.target()), "after {steps} of {all} steps");
        assert!(bench.beside().is_empty());
        assert!(!bench.build(next).unwrap().resumed);
        if steps == all {
            break;
        }
    }
}

#[test]
fn a_build_killed_at_any_step_is_rolled_forward() {
    killed_after_each_step(Some(OLD), NEW, NEW);
    killed_after_each_step(Some(OLD), NEW, OLD);
    killed_after_each_step(Some(NEW), &[], NEW);
    let types: &[_] = &[("a.css/b", "new"), ("index.html", "new"), ("teams", "new")];
    killed_after_each_step(Some(OLD), types, types);
    killed_after_each_step(Some(types), OLD, NEW);
}

#[test]
fn a_first_build_killed_at_any_step_is_rolled_forward() {
    killed_after_each_step(None, OLD, OLD);
    killed_after_each_step(None, OLD, NEW);
}

#[test]
fn rolling_forward_is_done_before_the_new_site_is_rendered() {
    let bench = Bench::with(OLD);
    drop(commit(&bench.target(), NEW));
    let error = write(&failing(|| RenderError::Template(String::new())), &bench.target(), &[], &STAMP, &|_, _| ());
    assert!(error.is_err());
    assert_eq!(bench.pages(), files(NEW));
    assert!(bench.beside().is_empty());
}

#[test]
fn rolling_forward_survives_being_killed_as_well() {
    let bench = Bench::with(OLD);
    let mut first = commit(&bench.target(), NEW);
    first.step().unwrap();
    drop(first);
    // Nothing can be put in place of a folder, so that rolling forward stops there.
    let page = bench.target().join("index.html");
    fs::remove_file(&page).unwrap();
    fs::create_dir_all(page.join("theirs")).unwrap();
    for _ in 0..2 {
        let error = bench.build(OLD).unwrap_err();
        assert!(matches!(error, OutputError::HalfDone(_)), "{error}");
        assert_eq!(bench.beside(), [".site.peerage"]);
    }
    fs::remove_dir_all(&page).unwrap();
    assert!(bench.build(OLD).unwrap().resumed);
    assert_eq!(bench.pages(), files(OLD));
}

#[test]
fn a_staged_file_that_a_power_cut_emptied_is_not_put_in_place() {
    let bench = Bench::with(OLD);
    drop(commit(&bench.target(), NEW));
    for entry in fs::read_dir(bench.path(".site.peerage/stage")).unwrap() {
        let path = entry.unwrap().path();
        if fs::read(&path).unwrap() == b"new" {
            fs::write(path, "").unwrap();
        }
    }
    drop(Target::check(&bench.target(), &[]).unwrap().lock().unwrap().recover().unwrap());
    assert_eq!(bench.pages()["index.html"], "old");
    bench.build(NEW).unwrap();
    assert_eq!(bench.pages(), files(NEW));
}

#[test]
fn a_file_of_others_that_comes_after_the_preflight_is_not_overwritten() {
    let bench = Bench::with(OLD);
    let commit = commit(&bench.target(), NEW);
    bench.put("site/api/x.json", "theirs");
    let OutputError::HalfDone(cause) = commit.finish().unwrap_err() else { panic!() };
    assert_eq!(in_the_way(*cause), ["api/x.json"]);
    assert_eq!(bench.pages()["api/x.json"], "theirs");
    fs::remove_file(bench.target().join("api/x.json")).unwrap();
    assert!(bench.build(NEW).unwrap().resumed);
    assert_eq!(bench.pages(), files(NEW));
}

#[test]
fn a_folder_exchanged_after_an_interruption_is_left_alone() {
    let bench = Bench::with(OLD);
    drop(commit(&bench.target(), NEW));
    fs::rename(bench.target(), bench.path("moved")).unwrap();
    bench.put("site/index.html", "theirs");
    assert!(matches!(bench.build(NEW), Err(OutputError::Exchanged { .. })));
    assert_eq!(read(&bench.target()), files(&[("index.html", "theirs")]));
    // A folder that is simply gone is no trouble.
    fs::remove_dir_all(bench.target()).unwrap();
    assert!(bench.build(NEW).unwrap().resumed);
    assert_eq!(bench.pages(), files(NEW));
}

#[test]
fn a_journal_that_is_not_understood_stops_the_build() {
    let bench = Bench::with(OLD);
    drop(commit(&bench.target(), NEW));
    let journal = bench.path(".site.peerage/journal");
    let text = fs::read_to_string(&journal).unwrap();
    bench.put("x", "theirs");
    for bad in [text.replace("teams/gone.html", "../x"), text.replace("end\n", ""), String::new()] {
        fs::write(&journal, bad).unwrap();
        assert!(matches!(bench.build(NEW), Err(OutputError::Journal(_))));
        assert_eq!(bench.pages(), files(OLD));
    }
    assert_eq!(bench.beside(), [".site.peerage", "x"]);
}

// Real processes that are really killed.

/// Not a test: what [`killed`] runs in a process of its own. Stops dead without any cleaning up.
#[test]
fn victim() {
    let Ok(target) = std::env::var("PEERAGE_TEST_VICTIM") else { return };
    let steps: usize = std::env::var("PEERAGE_TEST_STEPS").unwrap().parse().unwrap();
    if steps == 0 {
        let dying = failing(|| std::process::exit(9));
        let _ = write(&dying, Path::new(&target), &[], &STAMP, &|_, _| ());
    }
    let mut commit = commit(Path::new(&target), NEW);
    for _ in 1..steps {
        commit.step().unwrap();
    }
    std::process::exit(9);
}

fn killed(target: &Path, steps: usize) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "victim", "--nocapture"]).env("PEERAGE_TEST_VICTIM", target);
    let output = command.env("PEERAGE_TEST_STEPS", steps.to_string()).output().unwrap();
    assert_eq!(output.status.code(), Some(9), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_process_killed_while_rendering_leaves_the_old_site_whole() {
    let bench = Bench::with(OLD);
    let before = read(&bench.target());
    killed(&bench.target(), 0);
    assert_eq!(bench.beside(), [".site.peerage"]);
    assert_eq!(read(&bench.target()), before);
    assert!(!bench.build(NEW).unwrap().resumed);
    assert_eq!(bench.pages(), files(NEW));
    assert!(bench.beside().is_empty());
}

#[test]
fn a_process_killed_while_committing_is_rolled_forward() {
    for steps in [1, 3] {
        let bench = Bench::with(OLD);
        killed(&bench.target(), steps);
        assert!(bench.build(NEW).unwrap().resumed);
        assert_eq!(bench.pages(), files(NEW));
        assert!(bench.beside().is_empty());
    }
}

// Two builds at once.

#[test]
fn a_second_build_stops_while_the_first_is_at_work() {
    let bench = Bench::with(OLD);
    let (started, has_started) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    let (started, released) = (std::sync::Mutex::new(started), std::sync::Mutex::new(released));
    std::thread::scope(|scope| {
        let first = scope.spawn(|| {
            let mut site = site(NEW);
            site.add(path("slow.html"), |out| {
                started.lock().unwrap().send(()).unwrap();
                released.lock().unwrap().recv().unwrap();
                Ok(out.write_all(b"slow")?)
            });
            write(&site, &bench.target(), &[], &STAMP, &|_, _| ())
        });
        has_started.recv().unwrap();
        let error = bench.build(OLD).unwrap_err();
        assert!(matches!(error, OutputError::Busy(_)), "{error}");
        assert!(error.to_string().contains("another build is writing to"));
        release.send(()).unwrap();
        first.join().unwrap().unwrap();
    });
    assert_eq!(bench.pages()["slow.html"], "slow");
    assert!(bench.beside().is_empty());
}

#[test]
fn only_one_holds_the_lock_while_others_remove_theirs() {
    let bench = Bench::new();
    let inside = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..2000 {
                    match Target::check(&bench.target(), &[]).and_then(Target::lock) {
                        Ok(locked) => {
                            assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0, "two builds hold the lock");
                            std::thread::yield_now();
                            inside.fetch_sub(1, Ordering::SeqCst);
                            drop(locked);
                        }
                        Err(OutputError::Busy(_)) => {}
                        Err(other) => panic!("{other}"),
                    }
                }
            });
        }
    });
    assert!(bench.beside().is_empty());
}

#[test]
fn many_builds_at_once_never_mix() {
    let bench = Bench::new();
    let (inside, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let (bench, inside, done) = (&bench, &inside, &done);
            scope.spawn(move || {
                for round in 0..40 {
                    let text = format!("{thread} {round}");
                    let recovered = Target::check(&bench.target(), &[]).and_then(Target::lock).and_then(Locked::recover);
                    let recovered = match recovered {
                        Ok(recovered) => recovered,
                        Err(OutputError::Busy(_)) => continue,
                        Err(other) => panic!("{other}"),
                    };
                    assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0, "two builds hold the lock");
                    let site = site(&[("a.html", &text), ("b/c.html", &text), ("d.css", &text)]);
                    let staged = recovered.stage(&site, &STAMP, &|_, _| ()).unwrap();
                    let mut commit = staged.preflight().unwrap().journal().unwrap();
                    while commit.step().unwrap() {}
                    done.fetch_add(1, Ordering::SeqCst);
                    inside.fetch_sub(1, Ordering::SeqCst);
                    // Some end as they should, the others leave their journal.
                    if round % 2 == 0 {
                        commit.finish().unwrap();
                    }
                }
            });
        }
    });
    assert!(done.into_inner() > 0);
    let texts: BTreeSet<_> = bench.pages().into_values().collect();
    assert_eq!((bench.pages().len(), texts.len()), (3, 1), "files of different builds");
    bench.build(OLD).unwrap();
    assert_eq!(bench.pages(), files(OLD));
    assert!(bench.beside().is_empty());
}

// Where the work is done.

#[test]
fn where_nothing_can_be_made_beside_the_target_the_work_is_done_in_it() {
    let bench = Bench::new();
    // The name of the folder beside it would be too long.
    let target = bench.path(&"x".repeat(250));
    build(&target, OLD).unwrap();
    let staged = stage(&target, NEW).unwrap();
    assert!(target.join(".peerage/lock").exists());
    drop(staged);
    drop(commit(&target, NEW));
    assert!(target.join(".peerage/journal").exists());
    assert!(build(&target, OLD).unwrap().resumed);
    assert_eq!(read(&target).len(), OLD.len() + 2);
    let first = bench.path(&"y".repeat(250));
    drop(commit(&first, OLD));
    assert!(build(&first, NEW).unwrap().resumed, "a first build, too");
}

#[test]
fn what_is_left_in_the_target_is_found_even_where_it_could_be_beside() {
    let bench = Bench::with(OLD);
    drop(commit(&bench.target(), NEW));
    fs::rename(bench.path(".site.peerage"), bench.path("site/.peerage")).unwrap();
    assert!(bench.build(NEW).unwrap().resumed);
    assert_eq!(bench.pages(), files(NEW));
    assert!(bench.beside().is_empty());
}

#[cfg(unix)]
#[test]
fn a_symlink_for_a_lock_or_a_workspace_is_refused() {
    let bench = Bench::with(OLD);
    fs::create_dir(bench.path("theirs")).unwrap();
    std::os::unix::fs::symlink(bench.path("theirs"), bench.path(".site.peerage")).unwrap();
    assert!(matches!(bench.build(NEW), Err(OutputError::NotAFolder(_))));
    fs::remove_file(bench.path(".site.peerage")).unwrap();
    fs::create_dir(bench.path(".site.peerage")).unwrap();
    std::os::unix::fs::symlink(bench.path("theirs/lock"), bench.path(".site.peerage/lock")).unwrap();
    assert!(matches!(bench.build(NEW), Err(OutputError::Io { .. })));
    assert!(read(&bench.path("theirs")).is_empty());
    assert_eq!(bench.pages(), files(OLD));
}
