//! The sample: its editions come out of its private tree, and its confidential scores change nothing else.
//!
//! `PEERAGE_BLESS=1 cargo test --test disclosure` makes the editions anew.

use super::random::Random;
use crate::common::{run, run_well, stderr, stdout, text, tree};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The days of the sample's editions.
pub const DAYS: [&str; 2] = ["2025-10-01", "2026-10-01"];

/// A copy of the sample, with its private tree beside it.
pub struct Sample(TempDir);

impl Sample {
    /// The sample with its editions.
    pub fn new() -> Self {
        let sample = Self(tempfile::tempdir().unwrap());
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        copy(&root.join("content"), &sample.project().join("content"));
        copy(&root.join("tests/private"), &sample.private());
        sample
    }

    /// The sample before its first edition.
    pub fn without_editions() -> Self {
        let sample = Self::new();
        fs::remove_dir_all(sample.project().join("content/editions")).unwrap();
        fs::remove_dir_all(sample.private().join("ledger")).unwrap();
        sample
    }

    pub fn project(&self) -> PathBuf {
        self.0.path().join("project")
    }

    pub fn private(&self) -> PathBuf {
        self.0.path().join("private")
    }

    /// The words of `peerage edition` on this day, and some more.
    pub fn words(&self, today: &str, more: &[&str]) -> Vec<String> {
        let path = |path: PathBuf| path.to_str().unwrap().to_owned();
        let words = ["edition".to_owned(), path(self.project()), "--private".to_owned(), path(self.private())];
        let more = ["--today", today].into_iter().chain(more.iter().copied()).map(str::to_owned);
        words.into_iter().chain(more).collect()
    }

    pub fn edition(&self, day: &str) -> PathBuf {
        self.project().join(format!("content/editions/{day}.yaml"))
    }

    pub fn ledger(&self, day: &str) -> PathBuf {
        self.private().join(format!("ledger/{day}.yaml"))
    }
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in tree(from) {
        crate::common::write(&to.join(path), bytes);
    }
}

#[test]
fn the_sample_editions_are_made_from_the_sample_private_tree() {
    let sample = Sample::without_editions();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for day in DAYS {
        let shown = run_well(sample.words(day, &[]));
        assert!(!sample.edition(day).exists(), "nothing is written without --write");
        run_well(sample.words(day, &["--write"]));
        assert_eq!(stdout(&shown), text(&sample.edition(day)), "what is shown is what is written");
        let kept =
            [(sample.edition(day), root.join("content/editions")), (sample.ledger(day), root.join("tests/private/ledger"))];
        for (made, folder) in kept {
            let path = folder.join(made.file_name().unwrap());
            if std::env::var_os("PEERAGE_BLESS").is_some() {
                fs::copy(&made, &path).unwrap();
            }
            assert_eq!(text(&made), text(&path), "{} is out of date", path.display());
        }
    }
}

#[test]
fn an_edition_names_nobody_and_shows_what_is_withheld() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let ids: Vec<String> =
        tree(&root.join("teams")).into_keys().map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    assert!(ids.len() > 30);
    for day in DAYS {
        let edition = text(&root.join(format!("editions/{day}.yaml")));
        assert!(ids.iter().all(|id| !edition.contains(id.as_str())));
        for part in
            ["cohort: level/certified", "parameters: [O-1, ", "- level/listed", "{id: O, ", "{id: example-reachable, share: "]
        {
            assert!(edition.contains(part), "{day}: {part}");
        }
        assert!(!edition.contains("id: O-1,") && !edition.contains("insisted"), "{day}");
    }
}

/// Every file of the built site, and everything that `check` tells programs.
fn told(sample: &Sample) -> (std::collections::BTreeMap<PathBuf, Vec<u8>>, String) {
    let out = sample.0.path().join("out");
    let (project, private) = (sample.project(), sample.private());
    let words = [Path::new("build"), &project, Path::new("--private"), &private, Path::new("--out"), &out];
    run_well(words.into_iter().chain([Path::new("--today"), Path::new("2026-11-21")]));
    let words = [Path::new("check"), &project, Path::new("--private"), &private, Path::new("--format"), Path::new("json")];
    let checked = run(words.into_iter().chain([Path::new("--today"), Path::new("2026-11-21")]));
    (tree(&out), stdout(&checked) + &stderr(&checked))
}

/// Changes some of the scores in a private entry, and notes which.
fn change(text: &str, random: &mut Random, percent: usize, changed: &mut BTreeSet<String>) -> String {
    let mut changed_text = String::new();
    let mut rest = text;
    // A score is the one digit behind `O-1: `.
    while let Some(at) = rest.find(": ") {
        let (head, tail) = rest.split_at(at + 2);
        let name = head[..at].rsplit([' ', '{']).next().unwrap().to_owned();
        changed_text += head;
        rest = tail;
        let score =
            tail.chars().next().filter(char::is_ascii_digit).filter(|_| name.parse::<peerage::model::Parameter>().is_ok());
        if let Some(score) = score
            && random.chance(percent)
        {
            let score = score.to_digit(10).unwrap();
            changed_text += &((score + 1 + u32::try_from(random.below(4)).unwrap()) % 5).to_string();
            rest = &tail[1..];
            changed.insert(name);
        }
    }
    changed_text + rest
}

#[test]
fn no_confidential_score_changes_a_byte_of_the_site() {
    let sample = Sample::new();
    let (before, said) = told(&sample);
    let entries = tree(&sample.private().join("teams"));
    assert!(entries.len() > 20);
    for (round, percent) in [(1, 100), (2, 50), (3, 5)] {
        let mut parameters = BTreeSet::new();
        let mut random = Random::new(round);
        for (path, bytes) in &entries {
            let old = String::from_utf8(bytes.clone()).unwrap();
            let mut of_team = BTreeSet::new();
            let new = change(&old, &mut random, percent, &mut of_team);
            assert!(new != old && !of_team.is_empty(), "{}", path.display());
            parameters.extend(of_team);
            fs::write(sample.private().join("teams").join(path), new).unwrap();
        }
        assert!(parameters.len() == 45 || percent < 50, "{parameters:?}");
        let (after, says) = told(&sample);
        assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
        let differs: Vec<_> = before.iter().filter(|(path, bytes)| after[*path] != **bytes).map(|(path, _)| path).collect();
        assert!(differs.is_empty(), "{differs:?}");
        assert_eq!(said, says);
    }
}

#[test]
fn nothing_of_the_private_tree_is_in_the_site() {
    let sample = Sample::new();
    let planted: Vec<String> = tree(&sample.private().join("teams"))
        .into_values()
        .flat_map(|bytes| {
            let text = String::from_utf8(bytes).unwrap();
            let desks = text
                .lines()
                .filter_map(|line| line.split_once("comment: "))
                .map(|(_, rest)| rest.trim_end_matches('}').to_owned());
            desks.collect::<Vec<_>>()
        })
        .collect();
    assert!(planted.len() > 20 && planted.iter().all(|text| text.starts_with("Ask for the ")));
    let (site, said) = told(&sample);
    for text in &planted {
        assert!(!said.contains(text.as_str()), "{text}");
        for (path, bytes) in &site {
            assert!(!bytes.windows(text.len()).any(|window| window == text.as_bytes()), "{}: {text}", path.display());
        }
    }
}
