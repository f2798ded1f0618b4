//! What an editor is told: every mistake at once, each at its place, the same to people and to programs, and never a
//! score.

use crate::common::peerage;
use crate::project::{ENTRY, Project, fixtures};
use peerage::diagnostic::Rule;
use serde_json::Value;
use std::process::Output;

/// `peerage check` of the project, with these words besides.
fn check(project: &Project, words: &[&str]) -> Output {
    peerage().arg("check").arg(project.root()).args(["--today", "2026-11-21"]).args(words).output().unwrap()
}

/// The findings as a program reads them.
fn json(project: &Project) -> Vec<Value> {
    let output = check(project, &["--format", "json"]);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

/// `line:column` of every finding that people are shown with a file's name, in order.
fn human_places(project: &Project) -> Vec<String> {
    let output = check(project, &[]);
    let text = String::from_utf8(output.stderr).unwrap();
    let places = text.lines().filter_map(|line| line.trim_start().strip_prefix("--> "));
    places.map(str::to_owned).collect()
}

fn place(finding: &Value) -> String {
    format!("{}:{}:{}", finding["file"].as_str().unwrap(), finding["line"], finding["column"])
}

/// `text` without the brackets `⟦` and `⟧`, and between which line and columns they stood.
fn marked(text: &str) -> (String, [u64; 4]) {
    let at = |mark: char| {
        let before: String = text.split(mark).next().unwrap().chars().filter(|c| !matches!(c, '⟦' | '\u{feff}')).collect();
        let before = before.replace("\r\n", "\n").replace('\r', "\n");
        let line = before.matches('\n').count() + 1;
        [u64::try_from(line).unwrap(), u64::try_from(before.rsplit('\n').next().unwrap().chars().count() + 1).unwrap()]
    };
    let ([line, column], [end_line, end_column]) = (at('⟦'), at('⟧'));
    (text.replace(['⟦', '⟧'], ""), [line, column, end_line, end_column])
}

#[test]
fn three_wrong_entries_give_six_findings_in_one_run() {
    let project = Project::base();
    project.write("content/teams/c.yaml", "name: C\ncontry: AT\ncountry: AT\nwebsite: www.c.example\n");
    project.write("content/teams/d.yaml", "name: D\ncountry: Austria\nstatus:\n  - {level: lsited, since: 2020-01-01}\n");
    project.write("content/teams/e.yaml", "name: [E]\ncountry: AT\nestablished: 2026-02-30\n");
    let found: Vec<String> =
        json(&project).iter().map(|finding| format!("{} {}", place(finding), finding["rule"].as_str().unwrap())).collect();
    assert_eq!(
        found,
        [
            "content/teams/c.yaml:2:1 unknown-key",
            "content/teams/c.yaml:4:10 invalid-url",
            "content/teams/d.yaml:2:10 invalid-country",
            "content/teams/d.yaml:4:13 unknown-value",
            "content/teams/e.yaml:1:7 wrong-type",
            "content/teams/e.yaml:3:14 invalid-date",
        ]
    );
    let output = check(&project, &[]);
    assert!(String::from_utf8(output.stderr).unwrap().ends_with("6 errors and 0 warnings\n"));
    assert_eq!(output.status.code(), Some(1));
}

/// Entries with one mistake between `⟦` and `⟧`, each behind something that makes it hard to count.
const PLACES: &[(&str, &str)] = &[
    ("Latin letters", "{name: \"Žluťoučký kůň\", country: ⟦ZZ⟧}\n"),
    ("wide letters", "{name: 日本語チーム, country: ⟦ZZ⟧}\n"),
    ("emoji", "{name: \"🦀👩‍👩‍👧🇦🇹\", country: ⟦ZZ⟧}\n"),
    ("combining marks", "{name: \"Z\u{30c}e\u{301}\u{302}\u{303}\", country: ⟦ZZ⟧}\n"),
    ("right-to-left letters", "{name: \"فريق צוות\", country: ⟦ZZ⟧}\n"),
    ("tabs in quotes", "{name: \"a\tb\t\tc\", country: ⟦ZZ⟧}\n"),
    ("wide letters on the lines before", "# 日本 🦀\nname: 日本 🦀\ncountry: ⟦ZZ⟧\n"),
    ("a byte order mark on the line", "\u{feff}⟦nme⟧: X\nname: X\ncountry: AT\n"),
    ("a byte order mark on the line before", "\u{feff}name: X\ncountry: ⟦ZZ⟧\n"),
    ("CRLF", "name: X\r\n# y\r\ncountry: ⟦ZZ⟧\r\n"),
    ("byte order mark, CRLF and wide letters", "\u{feff}# 日\r\nname: 日\r\ncountry: ⟦ZZ⟧\r\n"),
    ("CR alone", "name: X\r# y\rcountry: ⟦ZZ⟧\r"),
    ("line separators that are none to YAML", "name: X\n# a\u{2028}b\u{85}c\u{b}d\ncountry: ⟦ZZ⟧\n"),
    ("a text in quotes that is wrong itself", "name: X\ncountry: ⟦\"Ž日🦀\"⟧\n"),
    ("a key behind wide letters", "{name: \"日本🦀\", country: AT, ⟦contry⟧: AT}\n"),
    ("a block text before", "name: X\ndescription: |\n  日本\n\n  🦀\ncountry: ⟦ZZ⟧\n"),
    ("a folded text before", "name: X\ndescription: >-\n  日本\n  🦀\ncountry: ⟦ZZ⟧\n"),
    ("a text over several lines", "name: X\nhost: 'a\n  日'\ncountry: ⟦ZZ⟧\n"),
    ("deep in a list", "name: 日\ncountry: AT\ncontact:\n  emails:\n    - {address: ⟦日⟧, usage: [contact]}\n"),
    ("no line break at the end", "name: 日\ncountry: ⟦ZZ⟧"),
    ("a tag behind wide letters", "{name: 日本, country: ⟦!!str AT⟧}\n"),
    ("an alias behind wide letters", "{name: 日本, country: ⟦*⟧a}\n"),
    ("a second key behind wide letters", "{name: 日本, country: AT, ⟦name⟧: 日}\n"),
];

#[test]
fn what_cannot_be_read_is_told_and_nothing_that_may_only_follow_from_it() {
    let head = "name: A\ncountry: AT\ncontact: {emails: [{address: team@a.example}]}\nconstituency: {domains: [a.example]}\n";
    let whole = format!(
        "{head}confirmed: 2026-11-01\nstatus:\n  - {{level: listed, since: 2015-01-01, sponsors: [cert-alpha, cert-beta]}}\n  - {{level: \
         accredited, since: 2020-01-01}}\n  - {{level: certified, since: 2024-12-01, until: 2027-11-30}}\nagreements: [{{kind: code-of-practice, name: Code, since: 2021-01-01, until: \
         2029-01-31}}]\n"
    );
    let rules = |text: &str| -> Vec<String> {
        let found = json(&Project::with_entry(text));
        found.iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
    };
    let unread = [
        ("confirmed: 2026-11-01", "confirmed: soon", "invalid-date"),
        ("confirmed: 2026-11-01", "confirmd: 2026-11-01", "unknown-key"),
        ("until: 2027-11-30", "until: 2027-11-31", "invalid-date"),
        ("until: 2029-01-31", "until: 2020-01-31", "period-order"),
        ("address: team@a.example", "address:team@a.example", "unknown-key"),
        ("level: accredited", "level:accredited", "unknown-key"),
        ("until: 2027-11-30", "untill: 2027-11-30", "unknown-key"),
        ("level: accredited", "level: acredited", "unknown-value"),
        ("since: 2020-01-01", "since: 2020-21-01", "invalid-date"),
        ("address: team@a.example", "address: team@a", "invalid-email"),
        ("address: team@a.example", "adress: team@a.example", "unknown-key"),
    ];
    let base = rules(&whole);
    for (right, wrong, rule) in unread {
        let mut found = rules(&whole.replace(right, wrong));
        found.retain(|rule| !base.contains(rule));
        assert_eq!(found, [rule], "{wrong}");
    }
    let whole_in_braces = "{name: A, country: AT, confirmed:2026-11-01}\n";
    assert_eq!(rules(whole_in_braces), ["unknown-key"]);
    // Of what teams share neither is told anything where one of the two cannot be read.
    let shared = |networks: &str| {
        let claims = format!("constituency: {{networks: [\"{networks}\"], shared: [192.0.2.0/24]}}\n");
        let project = Project::with_entry(format!("name: A\ncountry: AT\n{claims}"));
        project.write("content/teams/other.yaml", format!("name: B\ncountry: AT\n{}", claims.replace(networks, "192.0.2.0/24")));
        json(&project).iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let told = |rules: Vec<String>, rule: &str| rules.iter().filter(|found| *found == rule).count();
    assert_eq!(told(shared("192.0.2.1/24"), "not-shared"), 0);
    assert_eq!(told(shared("198.51.100.0/24"), "not-shared"), 2);
    // What is simply not there is told, also where something else cannot be read.
    let found = rules(&whole.replace("confirmed: 2026-11-01", "website: www.a.example"));
    assert!(["invalid-url", "data-unconfirmed"].iter().all(|rule| found.iter().any(|found| found == rule)), "{found:?}");
}

#[test]
fn no_day_that_passes_makes_an_error_of_a_key() {
    let key = std::fs::read(fixtures().join("no-matching-user-id/fail/content/teams/x.asc")).unwrap();
    let back = "{level: listed, since: 2015-01-01}, {state: withdrawn, since: 2020-01-01}, {level: listed, since: 2027-01-01}";
    let gone = "{level: listed, since: 2015-01-01}, {state: withdrawn, since: 2027-01-01}";
    for (status, is_error) in [(back, true), (gone, false)] {
        let project = Project::with_entry(format!("name: X\ncountry: AT\nstatus: [{status}]\n"));
        project.write("content/teams/x.asc", &key);
        for day in ["2026-12-31", "2027-01-01"] {
            let output = peerage().arg("check").arg(project.root()).args(["--today", day]).output().unwrap();
            assert_eq!(output.status.code(), Some(i32::from(is_error)), "{day}: {}", String::from_utf8_lossy(&output.stderr));
        }
    }
}

#[test]
fn a_cure_leads_to_no_other_mistake() {
    let cures = [
        ("constituency: {domains: [*.a.example]}", "between quotes where it begins with an asterisk"),
        ("constituency:\n  networks:\n    - 2001:db8::", "write what ends in a colon between quotes"),
        ("keys:\n  -----BEGIN PGP PUBLIC KEY BLOCK-----", "put it into a file of its own beside this one"),
        ("status: [{level: listed, since: 2020-01-01, until: never}]", "what has no end has no `until`"),
        ("status: [{level: suspended, since: 2020-01-01}]", "it is a state: write `state: suspended`"),
        ("status: [{state: certified, since: 2020-01-01}]", "it is a level: write `level: certified`"),
    ];
    for (text, cure) in cures {
        let found = json(&Project::with_entry(format!("name: A\ncountry: AT\n{text}\n")));
        assert!(found[0]["help"].as_str().unwrap().contains(cure), "{text}: {found:?}");
        assert_eq!(found.iter().filter(|finding| finding["severity"] == "error").count(), 1, "{found:?}");
    }
}

#[test]
fn a_document_that_is_no_text_is_told_from_a_text_in_another_encoding() {
    for (bytes, cure) in [(&b"%PDF-1.7\n%\xe2\xe3"[..], "another program"), (b"name: M\xfcller\n", "save the file as UTF-8")] {
        let found = json(&Project::with_entry(bytes));
        assert!(found[0]["rule"] == "not-utf8" && found[0]["help"].as_str().unwrap().contains(cure), "{found:?}");
    }
}

#[test]
fn every_place_is_right_whatever_stands_before_it() {
    for (what, text) in PLACES {
        let (text, [line, column, end_line, end_column]) = marked(text);
        let project = Project::with_entry(&text);
        let found = json(&project);
        let first = found.first().unwrap_or_else(|| panic!("{what}: nothing was found"));
        let of_json = ["line", "column", "end_line", "end_column"].map(|key| first[key].as_u64().unwrap());
        assert_eq!(of_json, [line, column, end_line, end_column], "{what}: {first}");
        assert_eq!((first["rule"] == "yaml-feature"), text.contains(['*', '!']), "{what}: {first}");
        assert_eq!(human_places(&project).first(), Some(&format!("{ENTRY}:{line}:{column}")), "{what}");
    }
}

#[test]
fn a_mistake_of_syntax_is_placed_behind_wide_letters_too() {
    for (text, line, column) in [
        ("name: 日本🦀\ncountry: AT\nhost: 'open\n", 3, 7),
        ("{name: \"日本🦀\", country: AT]\n", 1, 26),
        ("\u{feff}name: X\r\ncountry: AT: b\r\n", 2, 12),
    ] {
        let found = json(&Project::with_entry(text));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            (&found[0]["rule"], &found[0]["line"], &found[0]["column"]),
            (&"yaml-syntax".into(), &line.into(), &column.into())
        );
    }
}

#[test]
fn people_see_the_same_places_as_programs() {
    let project = Project::base();
    for (at, (_, text)) in PLACES.iter().enumerate() {
        project.write(&format!("content/teams/t{at}.yaml"), marked(text).0);
    }
    let wide = format!("{{name: \"{}\", country: ZZ}}\n", "日".repeat(3000));
    project.write("content/teams/wide.yaml", wide);
    let found = json(&project);
    let human = human_places(&project);
    assert_eq!(human, found.iter().map(place).collect::<Vec<_>>());
    assert!(human.contains(&"content/teams/wide.yaml:1:3021".to_owned()), "{human:?}");
}

#[test]
fn json_says_everything_a_program_needs() {
    let project = Project::with_entry("name: X\ncountry: AT\nname: Y\n");
    let found = json(&project);
    let expected = serde_json::json!([{
        "rule": "duplicate-key",
        "severity": "error",
        "file": ENTRY,
        "line": 3,
        "column": 1,
        "end_line": 3,
        "end_column": 5,
        "message": "the key `name` stands twice",
        "help": "keep one of the two: only the first was read",
        "replacement": null,
        "fingerprint": found[0]["fingerprint"],
        "related": [{"file": ENTRY, "line": 1, "column": 1, "message": "it stands here first"}],
    }]);
    assert_eq!(Value::Array(found), expected);
}

#[test]
fn findings_are_sorted_by_file_line_and_column() {
    let project = Project::base();
    for name in ["z", "m", "b", "y"] {
        project.write(&format!("content/teams/{name}.yaml"), "{zz: 1, aa: 2,\n country: Q, name: [1]}\n");
    }
    project.write("content/authorities/late.yaml", "nam: x\n");
    let found = json(&project);
    let key = |finding: &Value| {
        (finding["file"].as_str().unwrap().to_owned(), finding["line"].as_u64().unwrap(), finding["column"].as_u64().unwrap())
    };
    let places: Vec<_> = found.iter().map(key).collect();
    assert!(places.is_sorted() && places.len() == 17, "{places:?}");
}

#[test]
fn exit_codes_tell_files_from_failures() {
    let fine = Project::base();
    assert_eq!(check(&fine, &[]).status.code(), Some(0));
    let warned = Project::with_entry("name: X\ncountry: UK\n");
    assert_eq!(check(&warned, &[]).status.code(), Some(0));
    let wrong = Project::with_entry("name: X\n");
    for format in ["human", "json"] {
        assert_eq!(check(&wrong, &["--format", format]).status.code(), Some(1));
    }
    std::fs::remove_dir_all(fine.root().join("content")).unwrap();
    let failed = check(&fine, &["--format", "json"]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(failed.stdout.is_empty() && String::from_utf8(failed.stderr).unwrap().starts_with("peerage: "));
    for words in [&["--today", "yesterday"][..], &["--format", "xml"], &["--nonsense"]] {
        assert_eq!(check(&wrong, words).status.code(), Some(2), "{words:?}");
    }
}

#[test]
fn what_is_found_goes_to_people_on_stderr_and_to_programs_on_stdout() {
    let wrong = Project::with_entry("name: X\n");
    let (human, json) = (check(&wrong, &[]), check(&wrong, &["--format", "json"]));
    assert!(human.stdout.is_empty() && !human.stderr.is_empty());
    assert!(json.stderr.is_empty() && !json.stdout.is_empty());
}

#[test]
fn a_page_may_have_line_ends_of_another_system() {
    let project = Project::base();
    project.write("content/pages/about.md", "\u{feff}---\r\ntitle: About us\r\n---\r\nOne.\r\nTwo.\r\n");
    assert_eq!(json(&project), Vec::<Value>::new());
    let directory = peerage::load::load(&project.root()).unwrap().0.unwrap();
    assert_eq!((directory.pages[0].title.as_str(), &*directory.pages[0].body), ("About us", "One.\nTwo.\n"));
    project.write("content/pages/about.md", "---\r\ntitle: About us\r\ntitel: About\r\n---\r\n");
    assert_eq!(json(&project).iter().map(place).collect::<Vec<_>>(), ["content/pages/about.md:3:1"]);
}

#[test]
fn of_one_file_a_hundred_dead_links_are_told_once_for_all_languages() {
    let project = Project::base();
    project.write("content/site.yaml", "title: Test\nsample: true\nlanguage: en\nlanguages: [en, de, fr]\n");
    let links: String = (0..130).map(|number| format!("[x](z{number}.html) ")).collect();
    project.write("content/pages/l.md", format!("---\ntitle: L\n---\n{links}\n"));
    let findings = project.findings();
    let dead: Vec<_> = findings.iter().filter(|finding| finding.rule == Rule::DeadLink).collect();
    assert_eq!(dead.len(), 100, "{}", project.shown(&findings));
    assert!(dead[0].help.contains("it stands on l.html") && dead[0].help.contains("such as index.html"), "{}", dead[0].help);
    let told: Vec<_> = dead.iter().filter(|finding| finding.help.contains("more could be told")).collect();
    assert!(told.len() == 1 && told[0].help.ends_with("of this file 30 more could be told"), "{told:?}");
}

#[test]
fn a_confirmation_that_lies_ahead_is_not_to_be_added() {
    let status = "status: [{level: accredited, since: 2020-01-01, sponsors: [alpha, beta]}]\n";
    let help = |confirmed: &str| {
        let findings = Project::with_entry(format!("name: X\ncountry: AT\n{status}{confirmed}")).findings();
        findings.into_iter().find(|finding| finding.rule == Rule::DataUnconfirmed).unwrap().help
    };
    assert!(help("").starts_with("add `confirmed:`"), "{}", help(""));
    assert!(help("confirmed: 2062-09-01\n").starts_with("the day in `confirmed` lies ahead"));
}
