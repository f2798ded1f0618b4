//! What `new` and `init` write holds as it is, and every example in it holds when it is uncovered.

use crate::common::{self, stderr};
use peerage::config::{Config, Policy};
use peerage::diagnostic::Finding;
use std::fs;
use std::path::Path;
use std::process::Output;

fn peerage(args: &[&str], folder: &Path) -> Output {
    common::peerage().args(args).current_dir(folder).output().unwrap()
}

/// A project as `init` makes it, in the folder `d` of the one that is returned.
fn begun() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let made = peerage(&["init", "d"], folder.path());
    assert_eq!((made.status.code(), stderr(&made).as_str()), (Some(0), ""));
    folder
}

/// Every finding of loading and of the checks, as of a day on which nothing of the examples has ended.
fn findings(root: &Path) -> Vec<Finding> {
    let (directory, mut findings) = peerage::load::load(root).unwrap();
    let directory = directory.unwrap();
    let today = peerage::model::Date::new(2026, 10, 1).unwrap();
    peerage::check::check(&peerage::assess::assess(&directory, today), &mut findings);
    findings
}

/// The text with every example uncovered: `#` without a blank behind it goes, and with it nothing else.
fn uncovered(text: &str) -> String {
    let line = |line: &str| match line.strip_prefix('#') {
        Some(example) if !example.starts_with(' ') || example.starts_with("  ") => example.to_owned(),
        _ => line.to_owned(),
    };
    text.lines().map(|text| line(text) + "\n").collect()
}

#[test]
fn a_new_project_has_no_finding() {
    let folder = begun();
    assert!(findings(&folder.path().join("d")).is_empty());
    let checked = peerage(&["check", "d"], folder.path());
    assert_eq!((checked.status.code(), stderr(&checked).as_str()), (Some(0), "1 team: nothing to mend\n"));
    for file in
        ["README.md", ".gitignore", "static/robots.txt", "content/pages/about.md", "content/authorities/example-authority.yaml"]
    {
        assert!(folder.path().join("d").join(file).is_file(), "{file}");
    }
}

#[test]
fn the_settings_show_their_defaults() {
    let folder = begun();
    let text = fs::read_to_string(folder.path().join("d/content/site.yaml")).unwrap();
    let (as_written, none) = Config::read(&text, "site.yaml");
    let (config, findings) = Config::read(&uncovered(&text), "site.yaml");
    assert!(none.is_empty() && findings.is_empty(), "{none:#?} {findings:#?}");
    let (as_written, config) = (as_written.unwrap(), config.unwrap());
    assert_eq!((config.policy, as_written.policy), (Policy::default(), Policy::default()));
    assert_eq!((config.language, config.theme), (as_written.language, as_written.theme));
    assert_eq!((config.formats, config.max_files), (as_written.formats, as_written.max_files));
    assert_eq!((config.hosting, config.compress), (as_written.hosting, as_written.compress));
    for key in [
        "title",
        "description",
        "base_url",
        "language",
        "sample",
        "theme",
        "issuer",
        "types",
        "policy",
        "web_key_directory",
        "ti_classification",
        "formats",
        "hosting",
        "compress",
        "max_files",
        "security_contact",
        "uuid",
        "editors",
    ] {
        assert!(uncovered(&text).lines().any(|line| line.starts_with(&format!("{key}:"))), "{key}");
    }
}

#[test]
fn init_takes_only_what_is_empty() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir_all(at.join("git/.git")).unwrap();
    fs::create_dir_all(at.join("full")).unwrap();
    fs::create_dir_all(at.join("empty")).unwrap();
    fs::write(at.join("full/notes.txt"), "mine").unwrap();
    for (target, code) in [("empty", 0), ("git", 0), ("a/b/c", 0), ("full", 2), ("full/notes.txt", 2), ("full/notes.txt/x", 2)] {
        let made = peerage(&["init", target], at);
        assert_eq!(made.status.code(), Some(code), "{target}: {}", stderr(&made));
        assert!(
            code == 0 || stderr(&made).contains("choose a folder") || stderr(&made).contains("could not be"),
            "{}",
            stderr(&made)
        );
    }
    assert_eq!(fs::read_dir(at.join("full")).unwrap().count(), 1);
    let here = peerage(&["init", "."], &at.join("a"));
    assert_eq!(here.status.code(), Some(2), "a holds b");
}

#[cfg(unix)]
#[test]
fn a_failed_init_leaves_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let locked = folder.path().join("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    let made = peerage(&["init", "locked/d"], folder.path());
    // Whoever may write everywhere, as root may, is not held back.
    if made.status.code() != Some(0) {
        assert_eq!(made.status.code(), Some(2));
        assert_eq!(fs::read_dir(&locked).unwrap().count(), 0);
    }
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_new_entry_holds_as_written_and_uncovered() {
    let folder = begun();
    let root = folder.path().join("d");
    for id in ["cert-alpha", "true", "a-"] {
        let made = peerage(&["new", id, "d"], folder.path());
        assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
        assert!(String::from_utf8(made.stdout).unwrap().contains(&format!("content/teams/{id}.yaml\nNext: ")));
    }
    let rules: Vec<&str> = findings(&root).iter().map(|finding| finding.rule.id()).collect();
    assert_eq!(rules, ["unfinished-entry"; 3]);
    let path = root.join("content/teams/cert-alpha.yaml");
    let text = uncovered(&fs::read_to_string(&path).unwrap()).replace(" (unfinished)", "");
    fs::write(&path, &text).unwrap();
    fs::write(root.join("content/teams/true.yaml"), "name: B\ncountry: AT\n").unwrap();
    fs::remove_file(root.join("content/teams/a-.yaml")).unwrap();
    assert_eq!(findings(&root).iter().map(|finding| finding.rule.id()).collect::<Vec<_>>(), Vec::<&str>::new(), "{text}");
    let docs = include_str!("../docs/entries.md");
    let keys =
        docs.split("### `contact`").next().unwrap().lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
    for key in keys.flat_map(|cell| cell.split(['`', ','])).map(str::trim).filter(|key| !key.is_empty()) {
        assert!(text.lines().any(|line| line.starts_with(&format!("{key}:"))), "{key}");
    }
}

#[test]
fn new_never_overwrites() {
    let folder = begun();
    let again = peerage(&["new", "example-csirt", "d"], folder.path());
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("is there already; edit that file, or choose another id"), "{}", stderr(&again));
    let nowhere = peerage(&["new", "cert-alpha", "none"], folder.path());
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(stderr(&nowhere).contains("peerage init"), "{}", stderr(&nowhere));
    assert_eq!(peerage(&["new", "../x", "d"], folder.path()).status.code(), Some(2));
}
