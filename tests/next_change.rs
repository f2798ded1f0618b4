//! `peerage next-change`: no page changes before that day, and one does on it. What names the day of the build, or counts days
//! from it, is no change.

use crate::common::{Numbers, json, peerage, project, run, run_well, stderr, stdout, text, tree, write, write_files};
use peerage::model::Date;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn next_change(root: &Path, today: Date) -> Option<Date> {
    let output = peerage().arg("next-change").arg(root).args(["--today", &today.to_string()]).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let printed = stdout(&output);
    assert_eq!(printed.is_empty(), stderr(&output).contains("nothing changes by itself"), "{}", stderr(&output));
    (!printed.is_empty()).then(|| printed.strip_suffix('\n').unwrap().parse().unwrap())
}

/// A text in pieces: what stands between days and counts of days, and these.
#[derive(Debug, PartialEq)]
enum Piece {
    Words(String),
    Day(Date),
    Days,
}

/// A text without what stands in one kind of element.
fn without(text: &str, element: &str) -> String {
    let end = format!("</{element}>");
    let begin = format!("<{element}");
    let mut parts = text.split(&begin);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |shown, part| shown + part.split_once(&end).map_or("", |(_, rest)| rest))
}

/// The pieces of a text, without pictures and the scales below them, on which today has its place.
fn pieces(text: &str) -> Vec<Piece> {
    let shown = without(&without(text, "svg"), "figcaption");
    let mut pieces = Vec::new();
    let mut words = String::new();
    let mut rest = shown.as_str();
    while let Some(first) = rest.chars().next() {
        let length = rest.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(rest.len());
        let (run, after) = rest.split_at(length.max(first.len_utf8()));
        let compact = run.len() == 8 && run.bytes().all(|b| b.is_ascii_digit());
        let day = if compact { format!("{}-{}-{}", &run[..4], &run[4..6], &run[6..]).parse() } else { run.parse::<Date>() };
        let counted = after.strip_prefix(" day").filter(|_| run.bytes().all(|b| b.is_ascii_digit()));
        let (piece, after) = match (day, counted) {
            (Ok(day), _) => (Some(Piece::Day(day)), after),
            (_, Some(after)) => (Some(Piece::Days), after.strip_prefix('s').unwrap_or(after)),
            _ => (None, after),
        };
        match piece {
            Some(piece) => pieces.extend([Piece::Words(std::mem::take(&mut words)), piece]),
            None => words += run,
        }
        rest = after;
    }
    pieces.push(Piece::Words(words));
    pieces
}

/// Whether two builds say the same, each as of its own day: a day in them is the same one, or as far from that of the build.
fn say_the_same(one: &[u8], its_day: Date, other: &[u8], others_day: Date) -> bool {
    let (Ok(one), Ok(other)) = (std::str::from_utf8(one), std::str::from_utf8(other)) else { return one == other };
    let (one, other) = (pieces(one), pieces(other));
    one.len() == other.len() && one.iter().zip(&other).all(|pair| are_alike(pair, its_day, others_day))
}

fn are_alike(pair: (&Piece, &Piece), its_day: Date, others_day: Date) -> bool {
    match pair {
        (Piece::Day(a), Piece::Day(b)) => a == b || its_day.days_until(*a) == others_day.days_until(*b),
        (a, b) => a == b,
    }
}

/// The files of the site as of a day but for those that hold the hashes of others.
fn build(root: &Path, today: Date) -> BTreeMap<PathBuf, Vec<u8>> {
    run_well([Path::new("build"), root, Path::new("--today"), Path::new(&today.to_string())]);
    let mut files = tree(&root.join("public"));
    files.retain(|path, _| !["manifest.json", "SHA256SUMS"].iter().any(|name| path.ends_with(name)));
    files
}

/// The first place in which two texts say something else, for whoever has to find out why.
fn first_difference(one: &[u8], its_day: Date, other: &[u8], others_day: Date) -> String {
    let [one, other] = [one, other].map(|bytes| pieces(&String::from_utf8_lossy(bytes)));
    let pair = one.iter().zip(&other).find(|pair| !are_alike(*pair, its_day, others_day));
    pair.map_or_else(|| "one is longer".to_owned(), |(a, b)| format!("{a:?}\n{b:?}"))
}

/// The files that say something else.
fn differing(a: &BTreeMap<PathBuf, Vec<u8>>, its: Date, b: &BTreeMap<PathBuf, Vec<u8>>, others: Date) -> Vec<PathBuf> {
    let names = a.keys().chain(b.keys().filter(|name| !a.contains_key(*name)));
    let differs = |name: &&PathBuf| match (a.get(*name), b.get(*name)) {
        (Some(one), Some(other)) => !say_the_same(one, its, other, others),
        _ => true,
    };
    names.filter(differs).cloned().collect()
}

/// Holds what is printed against what is built, for so many changes after `today`. The number of changes there were.
fn hold(root: &Path, mut today: Date, changes: usize) -> usize {
    let mut now = build(root, today);
    for seen in 0..changes {
        let Some(next) = next_change(root, today) else { return seen };
        assert!(next > today);
        let (eve, then) = (build(root, next.previous()), build(root, next));
        if let Some(path) = differing(&now, today, &eve, next.previous()).first() {
            let [one, other] = [&now, &eve].map(|site| site.get(path).map_or(&[][..], Vec::as_slice));
            let difference = first_difference(one, today, other, next.previous());
            panic!("{} changes between {today} and {next}:\n{difference}", path.display());
        }
        assert!(!differing(&now, today, &then, next).is_empty(), "nothing changes on {next}");
        (today, now) = (next, then);
    }
    changes
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn in_the_sample_nothing_changes_before_the_day_and_something_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    for (path, bytes) in tree(&content) {
        write(&folder.path().join("content").join(path), bytes);
    }
    // Counts of days are known here in English alone.
    let site = folder.path().join("content/site.yaml");
    let english: String =
        text(&site).lines().filter(|line| !line.starts_with("languages:")).map(|line| format!("{line}\n")).collect();
    write(&site, english);
    assert_eq!(hold(folder.path(), day("2026-11-21"), 2), 2);
}

/// A day up to so many days before or after the one from which the tests begin.
fn any_day(numbers: &mut Numbers, before: u32, after: u32) -> Date {
    day("2026-11-21").minus_days(before).plus_days(numbers.below(before + after))
}

fn entry(numbers: &mut Numbers) -> String {
    let levels = ["listed", "accreditation-candidate", "accredited", "certification-candidate", "certified"];
    let mut text = format!("name: CERT {}\ncountry: AT\n", numbers.below(1_000_000));
    let mut dates: Vec<Date> = (0..numbers.below(4)).map(|_| any_day(numbers, 1300, 300)).collect();
    dates.sort_unstable();
    dates.dedup();
    if !dates.is_empty() {
        text += "status:\n";
    }
    for since in dates {
        text += &match numbers.below(8) {
            0 => format!("  - {{state: suspended, since: {since}, until: {}}}\n", since.plus_days(numbers.below(400))),
            1 => format!("  - {{state: withdrawn, since: {since}}}\n"),
            2 => format!("  - {{level: certified, since: {since}, until: {}}}\n", since.plus_days(numbers.below(1500))),
            _ => format!("  - {{level: {}, since: {since}}}\n", levels[numbers.below(5) as usize]),
        };
    }
    if numbers.below(2) == 0 {
        text += &format!("confirmed: {}\n", any_day(numbers, 200, 20));
    }
    if numbers.below(3) == 0 {
        text += &format!("established: {}\n", any_day(numbers, 9000, 30));
    }
    if numbers.below(3) == 0 {
        text += &format!("agreements: [{{kind: code-of-practice, name: Code, until: {}}}]\n", any_day(numbers, 400, 400));
    }
    if numbers.below(3) == 0 {
        let assessed = any_day(numbers, 1200, 60);
        text += &format!(
            "maturity: [{{model: sim3-v2i, kind: audit, assessed: {assessed}, visibility: public, scores: {{O-1: 3}}}}]\n"
        );
    }
    if numbers.below(3) == 0 {
        let print = "AB".repeat(20);
        text += &format!("keys: [{{fingerprint: {print}, expires: {}}}]\n", any_day(numbers, 100, 400));
    }
    text
}

#[test]
fn in_generated_directories_nothing_changes_before_the_day_and_something_on_it() {
    let mut held = 0;
    for seed in 0..5 {
        let mut numbers = Numbers::new(seed);
        let folder = project(&[]);
        for team in 0..=numbers.below(3) {
            write(&folder.path().join(format!("content/teams/t{team}.yaml")), entry(&mut numbers));
        }
        held += hold(folder.path(), day("2026-11-21"), 2);
    }
    assert!(held >= 7, "only {held} changes");
}

#[test]
fn keys_that_were_read_are_watched() {
    let keys = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/openpgp/keys");
    let team = "name: CERT Alpha\ncountry: AT\ncontact: {emails: [{address: csirt@expiring.example}]}\n";
    let folder = project(&[("content/teams/x.yaml", team)]);
    write(&folder.path().join("content/teams/x.asc"), std::fs::read(keys.join("expiring.asc")).unwrap());
    let first = next_change(folder.path(), day("2026-01-01")).unwrap();
    assert!(first < day("2100-01-01"));
    assert!(hold(folder.path(), day("2026-01-01"), 3) >= 1);
}

#[test]
fn an_edition_that_is_dated_ahead_is_a_change() {
    let edition = text(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content/editions/2025-10-01.yaml"));
    let folder = project(&[("content/editions/2027-02-03.yaml", &edition)]);
    assert_eq!(next_change(folder.path(), day("2026-11-21")), Some(day("2027-02-03")));
    assert_eq!(hold(folder.path(), day("2026-11-21"), 1), 1);
}

#[test]
fn the_end_of_an_accreditation_is_a_change() {
    let folder = project(&[
        ("content/teams/a.yaml", "name: A\ncountry: AT\nstatus: [{level: listed, since: 2020-01-01}]\n"),
        ("content/authorities/b.yaml", "name: B\naccreditations: [{authority: c, until: 2026-12-03}]\n"),
        ("content/authorities/c.yaml", "name: C\nentitlements: [{kind: accreditation, until: 2026-12-05}]\n"),
    ]);
    assert_eq!(next_change(folder.path(), day("2026-11-21")), Some(day("2026-12-04")));
    assert_eq!(next_change(folder.path(), day("2026-12-04")), Some(day("2026-12-06")));
}

#[test]
fn where_nothing_ever_changes_nothing_is_printed() {
    let folder = project(&[("content/teams/x.yaml", "name: CERT Alpha\ncountry: AT\n")]);
    assert_eq!(next_change(folder.path(), day("2026-11-21")), None);
    // Not even the first days of years, in which figures by year would begin: nobody knows since when the team stands here.
    assert_eq!(hold(folder.path(), day("2026-11-21"), 1), 0);
    let none = build(folder.path(), day("2026-11-21"));
    assert_eq!(
        differing(&none, day("2026-11-21"), &build(folder.path(), day("2031-05-06")), day("2031-05-06")),
        [] as [PathBuf; 0]
    );
}

#[test]
fn the_index_for_programs_never_names_an_earlier_day() {
    let team = "name: CERT Alpha\ncountry: AT\nstatus: [{level: certified, since: 2025-01-01}]\nconfirmed: 2026-11-01\n";
    let folder = project(&[("content/teams/x.yaml", team)]);
    build(folder.path(), day("2026-11-21"));
    let index = json(&folder.path().join("public/api/v1/index.json"));
    let status: Date = index["next_change"].as_str().unwrap().parse().unwrap();
    assert!(next_change(folder.path(), day("2026-11-21")).unwrap() <= status);
}

#[test]
fn a_folder_that_is_no_project_is_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    let output = run([Path::new("next-change"), folder.path()]);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""));
    write_files(folder.path(), &[("content/site.yaml", "titel: x\n")]);
    assert_eq!(run([Path::new("next-change"), folder.path()]).status.code(), Some(2));
}

#[test]
fn what_ends_of_a_team_that_withdrew_changes_and_what_counts_nowhere_does_not() {
    let gone = "name: A\ncountry: AT\nstatus: [{level: listed, since: 2020-01-01}, {state: withdrawn, since: 2026-01-01}]\n\
                agreements: [{kind: memorandum-of-understanding, name: M, until: 2026-12-10}]\n";
    let project = project(&[("content/teams/a.yaml", gone)]);
    let next = |today: &str| next_change(project.path(), today.parse().unwrap()).map(|day| day.to_string());
    assert_eq!(next("2026-12-05").as_deref(), Some("2026-12-11"));
    let scores =
        |day: &str| format!("  - {{model: sim3v1, kind: audit, assessed: {day}, visibility: public, scores: {{O-1: 3}}}}\n");
    let tests = "response_tests:\n  - {date: 2023-12-10, channel: email, hours: in, answered: not}\n  - {date: 2026-09-01, channel: email, \
                 hours: in, answered: not}\n";
    let audited = format!(
        "name: A\ncountry: AT\nstatus: [{{level: listed, since: 2020-01-01}}]\nmaturity:\n{}{}{tests}",
        scores("2023-12-05"),
        scores("2025-12-05")
    );
    write(&project.path().join("content/teams/a.yaml"), &audited);
    assert_eq!(next("2026-12-01").as_deref(), Some("2026-12-31"), "the end of the year");
}

/// Of a team that has withdrawn some days change nothing that anybody reads.
#[test]
fn no_day_is_named_on_which_nothing_becomes_of_a_team_that_withdrew() {
    let entry = |before: &str, rest: &str| {
        format!(
            "name: A\ncountry: AT\nstatus: [{{level: accredited, since: 2020-01-01}}, {before}{{state: withdrawn, since: 2026-01-01}}]\n{rest}"
        )
    };
    let test = |day: &str| entry("", &format!("response_tests: [{{date: {day}, channel: email, hours: in, answered: not}}]\n"));
    let suspended = entry("{state: suspended, since: 2025-03-01, until: 2026-12-10}, ", "");
    let told = "title: T\nsample: true\nresponse_tests: true\n";
    for (site, entry, next) in [
        ("title: T\nsample: true\n", suspended, "2026-12-31"),
        ("title: T\nsample: true\n", test("2023-12-10"), "2026-12-31"),
        ("title: T\nsample: true\n", test("2026-12-10"), "2026-12-31"),
        (told, test("2026-12-10"), "2026-12-10"),
    ] {
        let project = project(&[("content/site.yaml", site), ("content/teams/a.yaml", &entry)]);
        assert_eq!(next_change(project.path(), day("2026-12-05")), Some(day(next)), "{entry}");
        assert_eq!(hold(project.path(), day("2026-12-05"), 1), 1, "{entry}");
    }
}
