//! `peerage due`: what is over, what ends, and in which forms it is told.

use crate::common::{peerage, project, stderr, stdout};
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::path::Path;

const TEAM: &str = "name: CERT Alpha\ncountry: AT\nestablished: 2004-01-01\nconfirmed: 2026-09-01\n\
    status:\n  - {level: accredited, since: 2020-01-15}\n  - {level: certified, since: 2023-12-20}\n\
    keys: [{fingerprint: 945C 2808 4340 505C 36CC FA6B CA51 9536 60F3 B29B, expires: 2026-11-20}]\n\
    agreements: [{kind: code-of-practice, name: \"<b>Code</b> @alpha #1 `x`\", until: 2026-11-21}]\n\
    maturity: [{model: sim3-v2i, kind: audit, assessed: 2024-02-01, visibility: public, scores: {O-1: 3}}]\n\
    waivers: [{rule: country-alias, reason: The register moves, until: 2026-12-31}]\n";
const CANDIDATE: &str = "name: CERT Beta\ncountry: AT\nstatus: [{level: accreditation-candidate, since: 2026-10-01}]\n";
const GONE: &str = "name: CERT Gone\ncountry: AT\nstatus: [{level: accredited, since: 2020-01-15}, {state: withdrawn, since: 2021-01-01}]\n\
    agreements: [{kind: code-of-practice, name: Code, until: 2026-11-30}]\n\
    waivers: [{rule: country-alias, reason: The register moves, until: 2026-12-31}]\n";

fn teams() -> tempfile::TempDir {
    project(&[
        ("content/teams/cert-beta.yaml", CANDIDATE),
        ("content/teams/cert-alpha.yaml", TEAM),
        ("content/teams/cert-gone.yaml", GONE),
    ])
}

fn due(root: &Path, words: &[&str]) -> String {
    let output = peerage().arg("due").arg(root).args(["--today", "2026-11-21"]).args(words).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    stdout(&output)
}

#[test]
fn what_is_over_comes_first_then_what_ends_by_day() {
    let folder = teams();
    assert_eq!(
        due(folder.path(), &[]),
        "Over\n\
        \x20 2026-11-20  cert-alpha  Key …CA51 9536 60F3 B29B, over for 1 day\n\
        \n\
        Within 90 days\n\
        \x20 2026-11-21  cert-alpha  Agreement “<b>Code</b> @alpha #1 `x`”, its last day is today\n\
        \x20 2026-12-20  cert-alpha  Certification, 29 days left\n\
        \x20 2026-12-31  cert-alpha  Waiver of country-alias: The register moves, 40 days left\n\
        \x20 2027-01-01  cert-alpha  Confirmation of the data, 41 days left\n\
        \x20 2027-01-01  cert-beta   Time to become accredited, 41 days left\n\
        \x20 2027-02-01  cert-alpha  SIM3 assessment, 72 days left\n\
        \n\
        As of 2026-11-21: 1 over, 6 ahead.\n"
    );
    let few = due(folder.path(), &["--within", "0"]);
    assert!(few.contains("Within 0 days\n  2026-11-21") && few.ends_with("1 over, 1 ahead.\n"), "{few}");
}

/// What is announced lowers the level on its day. Who has left by then has nothing else that ends.
#[test]
fn what_is_announced_to_end_a_level_is_due_on_the_last_day_before() {
    let entry = |announced: &str| {
        format!(
            "name: CERT Alpha\ncountry: AT\nconfirmed: 2026-11-01\nstatus:\n  - {{level: accredited, since: 2020-01-15}}\n  \
             - {{level: certified, since: 2024-06-01}}\n{announced}\
             agreements:\n  - {{kind: code-of-practice, name: Soon, until: 2026-12-01}}\n  - {{kind: code-of-practice, name: Late, until: 2027-05-01}}\n\
             waivers: [{{rule: country-alias, reason: R, until: 2027-02-01}}]\n"
        )
    };
    let lines = |announced: &str| {
        let folder = project(&[("content/teams/alpha.yaml", &entry(announced))]);
        let told = due(folder.path(), &["--within", "400"]);
        told.lines().filter(|line| line.starts_with("  ")).map(|line| line.trim().replace("  alpha  ", " ")).collect::<Vec<_>>()
    };
    let soon = "2026-12-01 Agreement “Soon”, 10 days left";
    assert_eq!(
        lines("  - {state: withdrawn, since: 2026-12-31}\n"),
        [soon, "2026-12-30 Level (announced: Withdrawn), 39 days left"]
    );
    let rest = [
        "2027-02-01 Waiver of country-alias: R, 72 days left",
        "2027-03-01 Confirmation of the data, 100 days left",
        "2027-05-01 Agreement “Late”, 161 days left",
    ];
    let certification = "2027-06-01 Certification, 192 days left";
    let suspension = "2026-12-30 Level (announced: Suspended), 39 days left";
    assert_eq!(
        lines("  - {state: suspended, since: 2026-12-31, until: 2027-01-31}\n"),
        [&[soon, suspension], &rest[..], &[certification]].concat()
    );
    let lowered = "2026-12-30 Level (announced: Accredited), 39 days left";
    assert_eq!(lines("  - {level: accredited, since: 2026-12-31}\n"), [&[soon, lowered], &rest[..]].concat());
    // What is to raise or renew it lowers nothing.
    assert_eq!(lines("  - {level: certified, since: 2026-12-31}\n"), [&[soon], &rest[..], &[certification]].concat());
}

/// A team that is listed rests on the word of its sponsors, as long as one of them is accredited.
#[test]
fn the_operator_is_told_when_nobody_stands_behind_a_team() {
    let team = |name: &str, history: &str| format!("name: {name}\ncountry: AT\nconfirmed: 2026-11-01\nstatus: [{history}]\n");
    let accredited = "{level: accredited, since: 2010-01-01}";
    let gone = format!("{accredited}, {{state: withdrawn, since: 2024-01-01}}");
    let back = format!("{gone}, {{level: accredited, since: 2027-01-01}}");
    let leaves = format!("{accredited}, {{state: suspended, since: 2026-12-01, until: 2026-12-31}}");
    let listed = |sponsors: &str| format!("{{level: listed, since: 2020-01-01, sponsors: [{sponsors}]}}");
    let rests = format!("{}, {{level: accreditation-candidate, since: 2026-11-01}}", listed("back, leaves"));
    let examined = format!("{}, {accredited}", listed("gone, back").replace("2020", "2009"));
    let entries = [
        ("gone", team("Gone", &gone)),
        ("back", team("Back", &back)),
        ("leaves", team("Leaves", &leaves)),
        ("stays", team("Stays", accredited)),
        ("rests", team("Rests", &rests)),
        ("alone", team("Alone", &listed("gone, back"))),
        ("held", team("Held", &listed("gone, stays"))),
        ("examined", team("Examined", &examined)),
    ];
    let files: Vec<(String, String)> =
        entries.into_iter().map(|(id, entry)| (format!("content/teams/{id}.yaml"), entry)).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, entry)| (path.as_str(), entry.as_str())).collect();
    let told = due(project(&files).path(), &["--within", "30"]);
    let vouching: Vec<&str> = told.lines().filter(|line| line.contains("Vouching")).map(str::trim).collect();
    assert_eq!(
        vouching,
        [
            "2023-12-31  alone   Vouching by Gone, the last of its sponsors in good standing, over for 1056 days",
            "2026-11-30  rests   Vouching by Leaves, the last of its sponsors in good standing, 9 days left"
        ],
        "{told}"
    );
}

#[test]
fn programs_are_told_where_it_stands() {
    let folder = teams();
    let told: serde_json::Value = serde_json::from_str(&due(folder.path(), &["--json", "--within", "30"])).unwrap();
    assert_eq!(
        (&told["format"], &told["computed_for"], &told["within"]),
        (&"peerage/due".into(), &"2026-11-21".into(), &30.into())
    );
    let rows: Vec<_> =
        told["due"].as_array().unwrap().iter().map(|row| (row["kind"].clone(), row["days_left"].clone())).collect();
    assert_eq!(rows, [("key".into(), (-1).into()), ("agreement".into(), 0.into()), ("certification".into(), 29.into())]);
    assert_eq!((&told["due"][2]["file"], &told["due"][2]["line"]), (&"content/teams/cert-alpha.yaml".into(), &7.into()));
}

#[test]
fn an_issue_has_a_task_for_each_and_nothing_in_it_works() {
    let folder = teams();
    let issue = due(folder.path(), &["--markdown"]);
    assert!(issue.contains("- [ ] 2026-12-20 `cert-alpha`: `Certification`, 29 days left\n"), "{issue}");
    let events: Vec<Event<'_>> = Parser::new_ext(&issue, Options::all()).collect();
    assert_eq!(events.iter().filter(|event| matches!(event, Event::TaskListMarker(false))).count(), 7, "{issue}");
    let hostile = "Agreement “<b>Code</b> @alpha #1 `x`”";
    assert!(events.contains(&Event::Code(hostile.into())), "{issue}");
    let works = |event: &Event<'_>| {
        matches!(
            event,
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::Table(_))
        )
    };
    assert!(!events.iter().any(works), "{issue}");
}

#[test]
fn nothing_is_said_in_a_sentence() {
    let folder = project(&[("content/teams/x.yaml", "name: CERT Alpha\ncountry: AT\n")]);
    assert!(due(folder.path(), &[]).starts_with("Nothing is over, and nothing ends within 90 days.\n"));
    assert!(due(folder.path(), &["--markdown"]).contains("\nNothing is over"));
    let output = peerage().arg("due").arg(folder.path().join("nowhere")).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_long_list_fits_into_an_issue_and_says_what_is_left_out() {
    let folder = project(&[]);
    let long = "x".repeat(250);
    for team in 0..300 {
        let path = folder.path().join(format!("content/teams/t{team}.yaml"));
        let agreement = format!("agreements: [{{kind: code-of-practice, name: {long}, until: 2026-11-30}}]\n");
        std::fs::write(path, format!("name: T {team}\ncountry: AT\n{agreement}")).unwrap();
    }
    let issue = due(folder.path(), &["--markdown"]);
    assert!(issue.len() < 65_000 && issue.contains("tasks left out here; `peerage due` lists all."), "{}", issue.len());
}
