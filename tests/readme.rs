//! What the README shows is what happens.

use crate::common::{peerage, run, text, write_files};
use std::path::Path;

/// The code blocks of the README in this language.
fn blocks(language: &str) -> Vec<String> {
    let readme = text(&Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"));
    let begin = format!("```{language}\n");
    let blocks: Vec<String> = readme.split(&begin).skip(1).map(|part| part.split("```").next().unwrap().to_owned()).collect();
    assert!(!blocks.is_empty(), "no {language} in the README");
    blocks
}

#[test]
fn the_five_minutes_of_an_operator_work() {
    let folder = tempfile::tempdir().unwrap();
    let commands = blocks("console").concat();
    let mut ran = 0;
    for line in commands.lines() {
        let words: Vec<&str> = line.strip_prefix("$ peerage ").unwrap().split(' ').collect();
        let output = peerage().args(&words).current_dir(folder.path()).output().unwrap();
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        ran += 1;
    }
    assert!(ran >= 4 && folder.path().join("my-directory/public/teams/cert-alpha.html").is_file());
}

#[test]
fn the_entry_is_one_without_a_mistake() {
    let folder = tempfile::tempdir().unwrap();
    let entries = blocks("yaml");
    let [entry] = &entries[..] else { panic!("one entry is shown") };
    let site = "title: Test\nsample: true\n";
    write_files(folder.path(), &[("content/site.yaml", site), ("content/teams/cert-alpha.yaml", entry)]);
    let output = run([Path::new("check"), folder.path(), Path::new("--today"), Path::new("2026-11-21")]);
    let shown = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && shown.contains("1 team: nothing to mend"), "{shown}");
}

#[test]
fn the_mistake_looks_as_shown() {
    let folder = tempfile::tempdir().unwrap();
    let entry = "name: CERT Beta\ncontry: AT\n";
    write_files(folder.path(), &[("content/site.yaml", "title: Test\n"), ("content/teams/cert-beta.yaml", entry)]);
    let output = run([Path::new("check"), folder.path()]);
    assert_eq!(output.status.code(), Some(1));
    let mistakes = blocks("text");
    let [shown] = &mistakes[..] else { panic!("one mistake is shown") };
    assert!(String::from_utf8_lossy(&output.stderr).contains(shown), "{}", String::from_utf8_lossy(&output.stderr));
}
