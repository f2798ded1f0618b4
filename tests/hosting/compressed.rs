//! `.gz` and `.br` beside the files.

use super::{build, project, read};
use crate::common::{run, tree, write_files};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

fn unpacked(path: &Path, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("gz") => flate2::read::GzDecoder::new(bytes).read_to_end(&mut out).unwrap(),
        _ => brotli::Decompressor::new(bytes, 4096).read_to_end(&mut out).unwrap(),
    };
    out
}

fn packed(files: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<&PathBuf> {
    files.keys().filter(|path| path.extension().is_some_and(|ending| ending == "gz" || ending == "br")).collect()
}

#[test]
fn what_is_large_enough_lies_ready_in_both_forms() {
    let project = project("compress: [brotli, gzip]\n");
    write_files(project.path(), &[("static/small.txt", &"x".repeat(1023)), ("static/large.txt", &"x".repeat(1024))]);
    std::fs::write(project.path().join("static/picture.png"), vec![7; 4000]).unwrap();
    let files = tree(&build(project.path()));
    let mut found = 0;
    for path in packed(&files) {
        let plain = path.with_extension("");
        assert_eq!(unpacked(path, &files[path]), files[&plain], "{}", path.display());
        assert!(files[path].len() < files[&plain].len(), "{}", path.display());
        found += 1;
    }
    for (path, bytes) in &files {
        let is_text = ["html", "css", "js", "json", "svg", "txt", "csv", "ics", "vcf", "atom"]
            .iter()
            .any(|ending| path.extension().is_some_and(|own| own == *ending));
        let ours = ["manifest.json"].iter().any(|own| path == Path::new(own));
        for ending in ["gz", "br"] {
            let there = files.contains_key(Path::new(&format!("{}.{ending}", path.display())));
            let expected = (is_text || path == Path::new("organisations/index")) && !ours && bytes.len() >= 1024;
            assert_eq!(there, expected, "{}", path.display());
        }
    }
    assert!(found > 30, "{found}");
    // No time and no name stands in them: the flags and the time are nothing.
    assert_eq!(files[Path::new("index.html.gz")][3..8], [0; 5]);
    let sums = String::from_utf8(files[Path::new("SHA256SUMS")].clone()).unwrap();
    assert!(sums.contains("  index.html.br\n") && sums.contains("  large.txt.gz\n"), "{sums}");
}

#[test]
fn they_are_the_same_in_every_build_and_go_with_their_file() {
    let project = project("compress: [gzip, brotli]\n");
    let first = tree(&build(project.path()));
    let again = run(["build", "--today", "2026-10-01", project.path().to_str().unwrap()]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("0 changed, 0 deleted"), "{again:?}");
    assert_eq!(tree(&project.path().join("public")), first);
    std::fs::rename(project.path().join("content/teams/a.yaml"), project.path().join("content/teams/b.yaml")).unwrap();
    let site = build(project.path());
    assert!(first.contains_key(Path::new("teams/a.html.gz")) && !site.join("teams/a.html.gz").exists());
    std::fs::write(project.path().join("content/site.yaml"), "title: T\n").unwrap();
    let files = tree(&build(project.path()));
    assert!(packed(&files).is_empty() && !files.is_empty());
}

#[test]
fn they_count_and_none_of_the_operators_is_taken_for_one() {
    let project = project("compress: [gzip]\nmax_files: 50\n");
    let root = project.path().to_str().unwrap();
    let checked = run(["check", "--today", "2026-10-01", root]);
    let text = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert!(text.contains("more than the 50 of `max_files`"), "{text}");
    write_files(project.path(), &[("static/index.html.gz", "mine")]);
    let checked = run(["check", "--today", "2026-10-01", root]);
    let text = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert!(text.contains("static/index.html.gz") && text.contains("would replace a page of ours"), "{text}");
}

#[test]
fn a_form_that_nobody_knows_is_a_finding() {
    let project = project("compress: [gzip, brotly]\nhosting: [apache]\n");
    let checked = run(["check", project.path().to_str().unwrap()]);
    let text = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert!(text.contains("did you mean `brotli`?") && text.contains("`apache`"), "{text}");
    assert!(text.contains("content/site.yaml:3:18") && text.contains("content/site.yaml:4:11"), "{text}");
    assert!(!read(project.path().join("content/site.yaml")).is_empty());
}
