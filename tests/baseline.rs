//! A baseline takes old findings in, and lets none be added.

use crate::common::{json, peerage, stderr, stdout, text};
use crate::project::{ENTRY, Project};
use serde_json::Value;
use std::path::PathBuf;
use std::process::Output;

/// Where the tests have their baseline.
fn file(project: &Project) -> PathBuf {
    project.path("baseline.json")
}

fn check(project: &Project, words: &[&str]) -> Output {
    let (root, file) = (project.root(), file(project));
    let mut command = peerage();
    command.arg("check").arg(root).args(["--today", "2026-11-21", "--baseline"]).arg(file).args(words);
    command.env_remove("GITHUB_STEP_SUMMARY").output().unwrap()
}

fn update(project: &Project) {
    let output = check(project, &["--update-baseline"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

/// The rules and lines that are told.
fn told(project: &Project) -> Vec<String> {
    let found: Vec<Value> = serde_json::from_str(&stdout(&check(project, &["--format", "json"]))).unwrap();
    found
        .iter()
        .map(|found| format!("{}:{} {}", found["file"].as_str().unwrap(), found["line"], found["rule"].as_str().unwrap()))
        .collect()
}

/// An entry with an error and a warning.
const OLD: &str = "name: X\ncountry: UK\nwebsite: x\n";

#[test]
fn old_findings_are_known_and_new_ones_are_told() {
    let project = Project::with_entry(OLD);
    update(&project);
    assert_eq!(told(&project), [""; 0]);
    let output = check(&project, &[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("2 known findings in ") && stderr(&output).contains("0 findings besides"), "{output:?}");

    // What stands above does not matter; a second mistake of the same kind is one more.
    project.write(ENTRY, format!("# A comment\n\n{OLD}rfc2350: x\n"));
    assert_eq!(told(&project), ["content/teams/x.yaml:6 invalid-url"]);
    assert_eq!(check(&project, &[]).status.code(), Some(1));
    // Who touches a line mends it.
    project.write(ENTRY, OLD.replace("website: x", "website: y"));
    assert_eq!(told(&project), ["baseline.json:15 baseline-outdated", "content/teams/x.yaml:3 invalid-url"]);
}

#[test]
fn a_baseline_says_in_words_what_it_holds_and_is_sorted() {
    let project = Project::with_entry(OLD);
    project.write("content/teams/w.yaml", "name: W\n");
    update(&project);
    let written = json(&file(&project));
    assert_eq!((&written["format"], &written["version"]), (&"peerage/baseline".into(), &1.into()));
    let of = |found: &Value| ["file", "rule", "message"].map(|key| found[key].as_str().unwrap().to_owned()).join(" ");
    let found: Vec<String> = written["findings"].as_array().unwrap().iter().map(of).collect();
    assert_eq!(
        found,
        [
            "content/teams/w.yaml missing-key a team needs the key `country`",
            "content/teams/x.yaml country-alias `UK` is read as the United Kingdom",
            "content/teams/x.yaml invalid-url `x` is not a link that can be published",
        ]
    );
    let gitlab: Vec<Value> = {
        let root = project.root();
        let words = ["check", root.to_str().unwrap(), "--today", "2026-11-21", "--format", "gitlab"];
        serde_json::from_str(&stdout(&peerage().args(words).output().unwrap())).unwrap()
    };
    for issue in gitlab {
        let is_it = |found: &&Value| found["fingerprint"] == issue["fingerprint"] && found["rule"] == issue["check_name"];
        assert!(written["findings"].as_array().unwrap().iter().any(|found| is_it(&found)), "{issue}");
    }
    let before = text(&file(&project));
    update(&project);
    assert_eq!(text(&file(&project)), before);
}

#[test]
fn a_new_finding_keeps_its_own_fingerprint_beside_known_ones() {
    let project = Project::with_entry("{name: X, country: AT,\n aa: 1,\n aa: 1}\n".replace("aa: 1}", "bb: 1}"));
    update(&project);
    project.write(ENTRY, "{name: X, country: AT,\n aa: 1,\n bb: 1, cc: 1}\n");
    let found: Vec<Value> = serde_json::from_str(&stdout(&check(&project, &["--format", "json"]))).unwrap();
    let known = text(&file(&project));
    let fresh: Vec<&Value> = found.iter().filter(|found| found["rule"] == "unknown-key").collect();
    assert!(!fresh.is_empty());
    assert!(fresh.iter().all(|found| !known.contains(found["fingerprint"].as_str().unwrap())), "{found:?}");
}

#[test]
fn what_was_mended_is_told_so_that_the_baseline_shrinks() {
    let project = Project::with_entry(OLD);
    update(&project);
    project.write(ENTRY, "name: X\ncountry: GB\n");
    let output = check(&project, &[]);
    assert_eq!(output.status.code(), Some(0), "what is mended is no mistake");
    let said = stderr(&output);
    assert!(said.contains("warning[baseline-outdated]: 2 known findings no longer occur, first `country-alias` in"), "{said}");
    assert!(said.contains("`invalid-url` in content/teams/x.yaml") && said.contains("--update-baseline"), "{said}");
    update(&project);
    assert_eq!(json(&file(&project))["findings"], serde_json::json!([]));
    project.write(ENTRY, OLD);
    assert_eq!(told(&project).len(), 2, "what was mended may not come back");
}

#[test]
fn no_site_is_built_on_a_baseline_s_account() {
    let project = Project::with_entry(OLD);
    update(&project);
    let root = project.root();
    let output = peerage().args(["build", root.to_str().unwrap(), "--today", "2026-11-21"]).output().unwrap();
    assert!(output.status.code() == Some(1) && !root.join("public").exists(), "{output:?}");
    let output = peerage().args(["build", root.to_str().unwrap(), "--baseline", "x"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn what_must_not_wait_is_told_whatever_the_baseline_says() {
    let secret = "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nbm90IHJlYWxseSBhIGtleQ\n-----END PGP PRIVATE KEY BLOCK-----\n";
    let scores = "maturity: [{model: sim3-v2i, kind: audit, assessed: 2026-03-01, visibility: aggregate, scores: {O-1: 3}}]\n";
    let project = Project::with_entry(format!("name: X\ncountry: UK\n{scores}"));
    project.write("content/teams/x.asc", secret);
    let output = check(&project, &["--update-baseline"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let written = text(&file(&project));
    assert!(written.contains("country-alias"), "{written}");
    assert!(!["secret-key", "confidential-scores", "O-1", "bm90"].iter().any(|word| written.contains(word)), "{written}");
    assert_eq!(told(&project), ["content/teams/x.asc:1 secret-key", "content/teams/x.yaml:3 confidential-scores"]);
}

#[test]
fn nothing_of_the_private_tree_goes_into_a_baseline() {
    let project = Project::with_entry(OLD);
    project.write("private/teams/nobody.yaml", "contact: {hours: 9 to 5}\n");
    project.write("private/teams/alpha.yaml", "contact: {hourz: 9 to 5}\n");
    project.write("private/stray.txt", "x");
    let private = project.private();
    let output = check(&project, &["--update-baseline", "--private", private.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let written = text(&file(&project));
    assert!(written.contains("content/teams/x.yaml") && !written.contains("private"), "{written}");
}

#[test]
fn a_baseline_tells_no_score() {
    let of = |score: &str| {
        let project =
            Project::with_entry(format!("name: X\ncountry: UK\nmaturty:\n  - scores: {{O-1: {score}, O-1: {score}}}\n"));
        check(&project, &["--update-baseline"]);
        text(&file(&project))
    };
    assert!(of("2").contains("unknown-key"));
    assert_eq!(of("2"), of("4"));
}

#[test]
fn only_a_baseline_is_written_over() {
    let project = Project::with_entry(OLD);
    for other in ["name: another file\n", "", "{}"] {
        std::fs::write(file(&project), other).unwrap();
        let output = check(&project, &["--update-baseline"]);
        assert_eq!(output.status.code(), Some(2), "{other}");
        assert!(stderr(&output).contains("another file, not a baseline"), "{}", stderr(&output));
        assert_eq!(text(&file(&project)), other);
    }
}

#[test]
fn a_baseline_that_cannot_be_read_is_a_failure_with_its_cure() {
    let project = Project::with_entry(OLD);
    let said = |words: &[&str]| {
        let output = check(&project, words);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(output.stdout.is_empty());
        stderr(&output)
    };
    assert!(said(&[]).contains("there is no baseline at"));
    std::fs::create_dir(file(&project)).unwrap();
    assert!(said(&[]).contains("not a regular file"));
    std::fs::remove_dir(file(&project)).unwrap();

    std::os::unix::fs::symlink("content/site.yaml", file(&project)).unwrap();
    for words in [&[][..], &["--update-baseline"]] {
        assert!(said(words).contains("links are not followed"));
    }
    std::fs::remove_file(file(&project)).unwrap();

    update(&project);
    let whole = text(&file(&project));
    std::fs::write(file(&project), whole.replacen("    {\n", "<<<<<<< HEAD\n    {\n", 1)).unwrap();
    assert!(said(&["--format", "json"]).contains("line 5, column 1: this is not a baseline, or was damaged"));
    update(&project);
    assert_eq!(text(&file(&project)), whole, "a damaged one can be made anew");
    std::fs::write(file(&project), whole.replace("\"version\": 1", "\"version\": 2")).unwrap();
    assert!(said(&[]).contains("not a baseline of version 1"));
}

#[test]
fn an_update_without_a_baseline_makes_no_sense() {
    let project = Project::base();
    let output = peerage().arg("check").arg(project.root()).arg("--update-baseline").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn programs_are_told_only_what_is_new() {
    let project = Project::with_entry(OLD);
    update(&project);
    project.write(ENTRY, format!("{OLD}rfc2350: x\n"));
    for form in ["short", "json", "github", "gitlab", "sarif", "rdjson"] {
        let output = check(&project, &["--format", form]);
        assert_eq!(output.status.code(), Some(1), "{form}");
        let told = stdout(&output);
        assert!(told.contains("invalid-url") && !told.contains("country-alias"), "{form}: {told}");
        assert!(output.stderr.is_empty(), "{form}");
    }
}

#[test]
fn where_most_rules_are_not_looked_at_the_baseline_is_left_aside() {
    let project = Project::base();
    update(&project);
    project.write("content/site.yaml", "title: [\n");
    let output = check(&project, &[]);
    let said = stderr(&output);
    assert!(output.status.code() == Some(1) && said.contains("The baseline was left aside"), "{said}");
}
