//! Arbitrary bytes as the entry of a team: every mistake has a place in the file and words that cannot mislead, and what is read
//! has a standing on any day.

#![no_main]

use libfuzzer_sys::fuzz_target;
use peerage_fuzz::assess::assess;
use peerage_fuzz::diagnostic::Finding;
use peerage_fuzz::hold;
use peerage_fuzz::load::load;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

const ENTRY: &str = "content/teams/x.yaml";

/// A project in memory, whose only entry is written anew for each input.
static PROJECT: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = Path::new("/dev/shm");
    let root = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let root = root.join(format!("peerage-fuzz-{}", std::process::id()));
    fs::create_dir_all(root.join("content/teams")).unwrap();
    fs::write(root.join("content/site.yaml"), "title: A\n").unwrap();
    root
});

fuzz_target!(|bytes: &[u8]| {
    fs::write(PROJECT.join(ENTRY), bytes).unwrap();
    let (directory, findings) = load(&PROJECT).unwrap();
    let directory = directory.expect("the settings are right");
    hold(&findings, ENTRY, &String::from_utf8_lossy(bytes));
    assert!(!directory.teams.is_empty() || findings.iter().any(Finding::is_error), "what is left out is told");
    for day in ["1970-01-01", "2026-11-28", "2199-12-31"] {
        let assessment = assess(&directory, day.parse().unwrap());
        assert_eq!(assessment.teams.len(), directory.teams.len());
    }
});
