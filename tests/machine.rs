//! Findings as programs read them: each form says what was found, at its place, and can be read back.

use crate::common::{peerage, run, stderr, stdout, text};
use crate::project::{ENTRY, Project};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Output;

/// The forms that programs read.
const FORMS: [&str; 6] = ["short", "json", "github", "gitlab", "sarif", "rdjson"];

/// What `peerage check` tells about the project in a form, without a step of GitHub around it.
fn check(project: &Project, format: &str) -> Output {
    let words = ["check", project.root().to_str().unwrap(), "--today", "2026-11-21", "--format", format].map(str::to_owned);
    peerage().args(words).env_remove("GITHUB_STEP_SUMMARY").output().unwrap()
}

fn json(project: &Project, format: &str) -> Value {
    let output = check(project, format);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{format}: {error}: {output:?}"))
}

/// A project with mistakes of several kinds: behind wide letters, over several places, in a page, of a file as a whole.
fn wrong() -> Project {
    let project =
        Project::with_entry("{name: \"日本 🦀\", contry: UK,\n country: UK, types: [natonal], website: x,\n name: Y}\n");
    project.write("content/teams/two.yaml", "name: Two\ncountry: AT\nconstituency: {networks: [192.0.2.1/24]}\n");
    project.write("content/pages/about.md", "No front matter, 100%: a, b\n");
    project.write("content/stray.txt", "x");
    project
}

/// `file:line:column rule severity` of every finding of `--format json`.
fn of_json(project: &Project) -> Vec<String> {
    let found = json(project, "json");
    let place = |f: &Value| format!("{}:{}:{}", f["file"].as_str().unwrap(), f["line"], f["column"]);
    let of = |f: &Value| format!("{} {} {}", place(f), f["rule"].as_str().unwrap(), f["severity"].as_str().unwrap());
    found.as_array().unwrap().iter().map(of).collect()
}

/// A text of a workflow command, read as GitHub's runner reads it.
fn unescaped(text: &str) -> String {
    let text = text.replace("%3A", ":").replace("%2C", ",");
    text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
}

/// A workflow command: its name, its properties and its text.
fn command(line: &str) -> (String, Vec<(String, String)>, String) {
    let (head, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
    let (name, properties) = head.split_once(' ').unwrap();
    let pair = |pair: &str| pair.split_once('=').map(|(key, value)| (key.to_owned(), unescaped(value))).unwrap();
    (name.to_owned(), properties.split(',').map(pair).collect(), unescaped(message))
}

#[test]
fn every_form_tells_every_finding_at_its_place() {
    let project = wrong();
    let expected = of_json(&project);
    assert!(expected.len() == 8, "{expected:?}");
    let sorted = |mut found: Vec<String>| {
        found.sort();
        found
    };

    let short: Vec<String> = stdout(&check(&project, "short"))
        .lines()
        .map(|line| {
            let (place, rest) = line.split_once(": ").unwrap();
            let (severity, rest) = rest.split_once('[').unwrap();
            format!("{place} {} {severity}", rest.split_once(']').unwrap().0)
        })
        .collect();
    assert_eq!(short, expected);

    let github: Vec<String> = stdout(&check(&project, "github"))
        .lines()
        .map(|line| {
            let (severity, properties, _) = command(line);
            let of = |key: &str| properties.iter().find(|(k, _)| k == key).map(|(_, value)| value.clone()).unwrap();
            format!("{}:{}:{} {} {severity}", of("file"), of("line"), of("col"), of("title"))
        })
        .collect();
    assert!(github.iter().position(|f| f.ends_with("warning")) > github.iter().rposition(|f| f.ends_with("error")), "{github:?}");
    assert_eq!(sorted(github), sorted(expected.clone()));

    let sarif = json(&project, "sarif");
    let run = &sarif["runs"][0];
    let of_sarif: Vec<String> = run["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| {
            let place = &result["locations"][0]["physicalLocation"];
            let (uri, region) = (place["artifactLocation"]["uri"].as_str().unwrap(), &place["region"]);
            let rule = &run["tool"]["driver"]["rules"][usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
            assert_eq!(rule["id"], result["ruleId"]);
            assert_eq!(rule["defaultConfiguration"]["level"], result["level"]);
            let (line, column) = (&region["startLine"], &region["startColumn"]);
            format!("{uri}:{line}:{column} {} {}", rule["id"].as_str().unwrap(), result["level"].as_str().unwrap())
        })
        .collect();
    assert_eq!(of_sarif, expected);

    // GitLab takes no columns, and rdjson counts them in bytes.
    let lines: Vec<String> = expected
        .iter()
        .map(|found| {
            let (place, rest) = found.split_once(' ').unwrap();
            format!("{} {rest}", place.rsplit_once(':').unwrap().0)
        })
        .collect();
    let issues = json(&project, "gitlab");
    let of_gitlab = issues.as_array().unwrap().iter().map(|issue| {
        let severity = if issue["severity"] == "major" { "error" } else { "warning" };
        let (path, line) = (issue["location"]["path"].as_str().unwrap(), &issue["location"]["lines"]["begin"]);
        format!("{path}:{line} {} {severity}", issue["check_name"].as_str().unwrap())
    });
    assert_eq!(of_gitlab.collect::<Vec<_>>(), lines);

    let report = json(&project, "rdjson");
    let of_rdjson = report["diagnostics"].as_array().unwrap().iter().map(|found| {
        let severity = found["severity"].as_str().unwrap().to_lowercase();
        let (path, line) = (found["location"]["path"].as_str().unwrap(), &found["location"]["range"]["start"]["line"]);
        format!("{path}:{line} {} {severity}", found["code"]["value"].as_str().unwrap())
    });
    assert_eq!(of_rdjson.collect::<Vec<_>>(), lines);
}

#[test]
fn the_message_of_a_command_is_what_was_found() {
    let project = Project::base();
    project.write("content/pages/a.md", "---\ntitle: A\n\"100%, a: b::c\": x\n---\n");
    let output = stdout(&check(&project, "github"));
    let (severity, _, message) = command(output.lines().next().unwrap());
    let found = json(&project, "json");
    assert_eq!(severity, "error");
    assert_eq!(message, format!("{}\n{}", found[0]["message"].as_str().unwrap(), found[0]["help"].as_str().unwrap()));
    assert!(message.contains("100%, a: b::c"), "{message}");
}

#[test]
fn a_cure_that_is_a_replacement_mends_the_file() {
    let entry = "{name: \"日本 🦀\", contry: UK, host: X,\n contact: {timezone: Europe/Viena}}\n";
    let project = Project::with_entry(entry);
    let report = json(&project, "rdjson");
    let mut lines: Vec<Vec<u8>> = entry.split('\n').map(|line| line.as_bytes().to_vec()).collect();
    let suggestions = report["diagnostics"].as_array().unwrap().iter().filter_map(|found| found.get("suggestions"));
    let mut suggestions: Vec<&Value> = suggestions.flat_map(|found| found.as_array().unwrap()).collect();
    suggestions.reverse();
    assert_eq!(suggestions.len(), 2, "{report}");
    for suggestion in suggestions {
        let at = |end: &str, key: &str| usize::try_from(suggestion["range"][end][key].as_u64().unwrap()).unwrap() - 1;
        assert_eq!(at("start", "line"), at("end", "line"));
        let text = suggestion["text"].as_str().unwrap().bytes();
        lines[at("start", "line")].splice(at("start", "column")..at("end", "column"), text);
    }
    let mended = String::from_utf8(lines.join(&b'\n')).unwrap();
    assert!(mended.contains("country: UK") && mended.contains("Europe/Vienna"), "{mended}");
    project.write(ENTRY, mended);
    let rest: Vec<String> = of_json(&project).iter().map(|found| found.split(' ').nth(1).unwrap().to_owned()).collect();
    assert_eq!(rest, ["country-alias"]);
    let alias = &json(&project, "sarif")["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0];
    assert_eq!(alias["replacements"][0]["insertedContent"]["text"], "GB");
}

#[test]
fn who_vouched_or_accredited_is_not_put_in_by_a_click() {
    let entry = "name: X\ncountry: AT\nstatus: [{level: listed, since: 2020-01-01, sponsors: [alpa], authority: bord}]\n";
    let project = Project::with_entry(entry);
    project.write("content/authorities/board.yaml", "name: Board\n");
    let report = json(&project, "json");
    for (rule, meant) in [("unknown-sponsor", "alpha"), ("unknown-authority", "board")] {
        let found = report.as_array().unwrap().iter().find(|found| found["rule"] == rule).unwrap();
        assert_eq!(found["help"], format!("did you mean `{meant}`?"));
        assert_eq!(found["replacement"], Value::Null, "{found}");
    }
}

#[test]
fn a_key_that_stands_there_already_is_not_to_be_written_again() {
    let project = Project::with_entry("name: X\ncontry: AT\ncountry: AT\n");
    assert_eq!(json(&project, "json")[0]["replacement"], Value::Null);
    project.write(ENTRY, "name: X\ncontry: AT\n");
    assert_eq!(json(&project, "json")[0]["replacement"], "country");
}

#[test]
fn a_finding_keeps_its_fingerprint_when_lines_above_it_move() {
    let fingerprints = |project: &Project, format: &str| -> Vec<String> {
        let found = json(project, format);
        let of = |finding: &Value| finding["fingerprint"].as_str().unwrap().to_owned();
        found.as_array().unwrap().iter().map(of).collect()
    };
    let project = Project::with_entry("name: X\ncontry: AT\ncountry: AT\nwebsite: x\n");
    let before = fingerprints(&project, "gitlab");
    project.write(ENTRY, "# A line\n\nname: X\ncontry: AT\ncountry: AT\n# another\nwebsite: x\n");
    assert_eq!(before.len(), 2);
    assert_eq!(fingerprints(&project, "gitlab"), before);
    assert_eq!(fingerprints(&project, "json"), before);
    let sarif = json(&project, "sarif");
    let result = &sarif["runs"][0]["results"][1];
    assert_eq!(result["partialFingerprints"]["peerage/v1"], before[1]);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let project = wrong();
    for form in FORMS {
        let first = check(&project, form);
        assert_eq!(first.status.code(), Some(1), "{form}");
        assert!(!first.stdout.is_empty() && first.stderr.is_empty(), "{form}: {}", stderr(&first));
        assert_eq!(check(&project, form).stdout, first.stdout, "{form}");
    }
}

#[test]
fn a_project_without_a_finding_gives_an_empty_report() {
    let project = Project::base();
    for form in FORMS {
        let output = check(&project, form);
        assert_eq!(output.status.code(), Some(0), "{form}");
        assert!(matches!(form, "json" | "gitlab" | "sarif" | "rdjson") || output.stdout.is_empty(), "{form}");
    }
    assert_eq!(json(&project, "gitlab"), serde_json::json!([]));
    assert_eq!(json(&project, "sarif")["runs"][0]["results"], serde_json::json!([]));
    assert_eq!(json(&project, "rdjson")["diagnostics"], serde_json::json!([]));
}

#[test]
fn a_build_tells_programs_its_warnings_too() {
    let project = Project::with_entry("name: X\ncountry: UK\n");
    let root = project.root();
    let words = ["build", root.to_str().unwrap(), "--today", "2026-11-21", "--quiet", "--format", "github"];
    let output = run(words);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(command(stdout(&output).lines().next().unwrap()).0, "warning");
    assert!(root.join("public/index.html").is_file());
}

/// 25 errors and 15 warnings.
fn many() -> Project {
    let project = Project::base();
    let unknown: String = (0..25).map(|n| format!("unknown{n}: x\n")).collect();
    project.write(ENTRY, format!("name: X\ncountry: AT\n{unknown}"));
    for n in 0..15 {
        project.write(&format!("content/a{n}.txt"), "not read");
    }
    project
}

fn with_summary(project: &Project, summary: &Path) -> Output {
    let mut command = peerage();
    command.args(["check", project.root().to_str().unwrap(), "--today", "2026-11-21", "--format", "github"]);
    command.env("GITHUB_STEP_SUMMARY", summary).output().unwrap()
}

#[test]
fn what_github_would_not_show_goes_to_the_summary_of_the_step() {
    let project = many();
    let summary = project.path("private").with_file_name("summary.md");
    std::fs::write(&summary, "# What another command wrote\n").unwrap();
    let output = with_summary(&project, &summary);
    let told = stdout(&output);
    let (commands, rest): (Vec<&str>, Vec<&str>) = told.lines().partition(|line| line.starts_with("::"));
    let names: Vec<String> = commands.iter().map(|line| command(line).0).collect();
    assert_eq!(names, [vec!["error"; 10], vec!["warning"; 10]].concat());
    assert_eq!(rest, ["20 more findings in the summary of this step"]);
    let written = text(&summary);
    assert!(written.starts_with("# What another command wrote\n\n### Peerage: 15 errors and 5 warnings besides"), "{written}");
    let listed = written.lines().filter(|line| line.contains("error[") || line.contains("warning["));
    let shown: BTreeSet<String> = listed.map(|line| line.split(": ").next().unwrap().to_owned()).collect();
    assert_eq!(shown.len(), 20, "{written}");
    assert_eq!((output.status.code(), stderr(&output)), (Some(1), String::new()));
}

#[test]
fn without_a_summary_nothing_is_lost() {
    let project = many();
    let told = stdout(&check(&project, "github"));
    assert_eq!(told.lines().filter(|line| line.starts_with("::")).count(), 20);
    assert_eq!(told.lines().filter(|line| line.contains("error[") || line.contains("warning[")).count(), 20);

    let output = with_summary(&project, &project.root().join("no/such/folder/summary.md"));
    assert_eq!(stdout(&output), told);
    assert!(stderr(&output).contains("could not be written"), "{output:?}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn twenty_thousand_findings_are_told() {
    let project = Project::base();
    // As many values as a list may have, each of them wrong, in two files. Five times as many are told by `tests/faults`.
    for n in 0..2 {
        let networks = "    - x\n".repeat(10_000);
        project.write(
            &format!("content/teams/t{n}.yaml"),
            format!("name: T{n}\ncountry: AT\nconstituency:\n  networks:\n{networks}"),
        );
    }
    let found = project.findings();
    assert_eq!(found.len(), 20_000);
    let all = project.told(&found);
    for (form, told) in &all {
        let lines = told.matches("invalid-network").count();
        let expected = match *form {
            "the summary of GitHub" => 5_000..20_000,
            "sarif" => 20_001..20_002,
            _ => 20_000..20_001,
        };
        assert!(expected.contains(&lines), "{form}: {lines}");
    }
    let mut known = BTreeSet::new();
    let report = &all.iter().find(|(form, _)| *form == "gitlab").unwrap().1;
    for line in report.lines().filter(|line| line.contains("\"fingerprint\"")) {
        assert!(known.insert(line), "two issues with one fingerprint: {line}");
    }
    assert_eq!(known.len(), 20_000);
}
