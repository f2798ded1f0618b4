//! `peerage edition` as the operator sees it.

use super::sample::{DAYS, Sample};
use crate::common::{run, run_well, stderr, stdout, text};
use std::fs;
use std::path::Path;

/// What is said where an edition and its ledger are not what they were.
const DIFFERS: &str = "content/editions/2026-10-01.yaml and its ledger do not agree on sim3-v2i-self-assessment";

fn change(path: &Path, from: &str, to: &str) {
    let old = text(path);
    assert!(old.contains(from), "{from}");
    fs::write(path, old.replacen(from, to, 1)).unwrap();
}

#[test]
fn the_true_reasons_are_told_and_no_score() {
    let sample = Sample::without_editions();
    let output = run_well(sample.words(DAYS[0], &[]));
    let said = stderr(&output);
    for part in [
        "sim3-v2i-self-assessment: 20 teams with confidential scores, 0 with published ones",
        "Parameters: 43 of 45",
        "Withheld, O-1: 9 of 10 teams that no published figure tells apart have the same score; at most 7 may",
        "Withheld, profile example-even: it asks for a parameter that is withheld",
        "Withheld, group level/listed: nobody who contributes confidential scores belongs to it",
        "Withheld, group type/military: its figures would single out 1 team",
        "No edition: 5 teams with confidential scores, and 10 are needed",
        "Nothing was written",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    assert!(!stdout(&output).contains("csirt"));
}

#[test]
fn half_an_assessment_is_named_and_does_not_count() {
    let sample = Sample::new();
    let said = stderr(&run_well(sample.words("2027-02-01", &["--insist"])));
    assert!(
        said.contains("sim3-v2i-self-assessment, bailu-cirt: its newest assessment has no score for some parameter"),
        "{said}"
    );
}

#[test]
fn who_counts_and_for_what() {
    type Change = fn(&Sample);
    let changes: [(Change, &str); 4] = [
        (|_| {}, "20 teams with confidential scores, 0 with published ones"),
        (
            |sample| {
                let entry = sample.private().join("teams/nordlys-csirt.yaml");
                fs::write(&entry, text(&entry).replace("visibility: aggregate", "visibility: none")).unwrap();
            },
            "19 teams with confidential scores, 0 with published ones",
        ),
        (
            |sample| {
                let entry = sample.project().join("content/teams/nordlys-csirt.yaml");
                let last = "certificate: LO-2024-004}\n";
                change(&entry, last, &format!("{last}  - {{state: withdrawn, since: 2025-07-01}}\n"));
            },
            "19 teams with confidential scores, 0 with published ones",
        ),
        // Of one day, what everybody may read counts, though it is a part of the other.
        (
            |sample| {
                let entry = sample.project().join("content/teams/nordlys-csirt.yaml");
                let part = "maturity:\n  - {model: sim3-v2i, kind: self-assessment, assessed: 2025-04-19, visibility: public, \
                            scores: {O-1: 4}}\n";
                fs::write(&entry, text(&entry) + part).unwrap();
            },
            "19 teams with confidential scores, 1 with published ones",
        ),
    ];
    for (change, part) in changes {
        let sample = Sample::without_editions();
        change(&sample);
        let said = stderr(&run_well(sample.words(DAYS[0], &[])));
        assert!(said.contains(&format!("sim3-v2i-self-assessment: {part}")), "{part}\n{said}");
    }
}

#[test]
fn who_published_since_is_known_to_the_next_edition() {
    let sample = Sample::new();
    for id in ["thoka-cert", "nordlys-csirt"] {
        let hidden = text(&sample.private().join(format!("teams/{id}.yaml")));
        let scores = hidden.split_once("maturity:\n").unwrap().1;
        let entry = sample.project().join(format!("content/teams/{id}.yaml"));
        fs::write(&entry, text(&entry) + "maturity:\n" + &scores.replace("aggregate", "public")).unwrap();
    }
    // Both leave those who contribute confidentially; but nobody has to be protected who published.
    let said = stderr(&run(sample.words("2026-10-02", &[])));
    assert!(said.contains("sim3-v2i-self-assessment: 18 teams"), "{said}");
    assert!(said.contains("since the last edition 0 teams joined, left or had a new assessment"), "{said}");
}

#[test]
fn what_is_too_old_and_who_is_gone_is_told_to_the_operator() {
    let sample = Sample::new();
    // A team that has another id now, and a day on which everything is too old.
    change(&sample.ledger(DAYS[1]), "team: tidenhafen-cert\n", "team: tidenhafen\n");
    let said = stderr(&run(sample.words("2035-01-01", &[])));
    for part in [
        "sim3-v2i-self-assessment, tidenhafen-cert: its newest assessment is too old, so that it does not count",
        "\n  tidenhafen: contributed to an earlier edition, and has no entry any more.",
        "no team contributes confidential scores that count today",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    assert!(!said.contains("tidenhafen-cert: contributed") && !said.contains("no score for some parameter"), "{said}");
}

#[test]
fn an_edition_is_not_made_twice_nor_of_what_has_not_changed() {
    let sample = Sample::new();
    for (day, more, part) in [
        (DAYS[1], &["--write"][..], "there is an edition of 2026-10-01"),
        ("2026-05-01", &["--write"], "there is an edition of 2026-10-01"),
        ("2026-10-02", &["--write"], "since the last edition 0 teams joined, left or had a new assessment, and 10 are needed"),
    ] {
        let output = run(sample.words(day, more));
        assert!(output.status.code() == Some(2) && stderr(&output).contains(part), "{part}: {}", stderr(&output));
        assert!(day == DAYS[1] || !sample.edition(day).exists());
    }
}

#[test]
fn who_insists_is_told_and_the_edition_says_so() {
    let sample = Sample::new();
    let output = run_well(sample.words("2026-10-02", &["--write", "--insist"]));
    assert!(stderr(&output).contains("Insisted, and marked so for ever, against this: since the last edition 0 teams"));
    let edition = text(&sample.edition("2026-10-02"));
    assert!(edition.contains("    minimum: 10\n    insisted: true\n"), "{edition}");
    assert!(!edition.contains("sim3-v2i\n    kind: certification"), "five are too few, whoever insists: {edition}");
    assert!(text(&sample.ledger("2026-10-02")).contains("    insisted: true\n"));
    // What was insisted on is read again, and counts in what comes after.
    let output = run(sample.words("2026-10-03", &[]));
    assert!(stderr(&output).contains("since the last edition 0 teams"), "{}", stderr(&output));
}

#[test]
fn without_its_ledger_an_edition_has_no_successor() {
    type Spoil = fn(&Sample);
    let spoil: [(Spoil, &str); 8] = [
        (|sample| fs::remove_file(sample.ledger(DAYS[0])).unwrap(), "content/editions/2025-10-01.yaml has no ledger"),
        (|sample| fs::remove_file(sample.edition(DAYS[1])).unwrap(), "ledger/2026-10-01.yaml in the private tree has no edition"),
        (|sample| change(&sample.ledger(DAYS[1]), "cohorts: [all, level/certified]", "cohorts: [all]"), DIFFERS),
        // One score, the level of one team, what was found too uniform, and a figure.
        (|sample| change(&sample.ledger(DAYS[1]), " O-2: 2\n", " O-2: 0\n"), DIFFERS),
        (|sample| change(&sample.ledger(DAYS[1]), "level: certified\n", "level: accredited\n"), DIFFERS),
        (|sample| change(&sample.ledger(DAYS[1]), "uniform: [O-1, T-3, ", "uniform: [O-1, "), DIFFERS),
        (
            |sample| change(&sample.edition(DAYS[1]), "{id: example-reachable, share: 55}", "{id: example-reachable, share: 60}"),
            DIFFERS,
        ),
        (|sample| change(&sample.ledger(DAYS[1]), "uniform:", "unifrom:"), "ledger/2026-10-01.yaml"),
    ];
    for (spoil, part) in spoil {
        let sample = Sample::new();
        spoil(&sample);
        let output = run(sample.words("2027-02-01", &["--write", "--insist"]));
        assert!(!output.status.success() && stderr(&output).contains(part), "{part}: {}", stderr(&output));
        assert!(!sample.edition("2027-02-01").exists() && !sample.ledger("2027-02-01").exists());
    }
}

#[test]
fn a_private_tree_is_needed() {
    let output = run(["edition", "."]);
    assert!(output.status.code() == Some(2) && stderr(&output).contains("--private FOLDER"), "{}", stderr(&output));
    let sample = Sample::without_editions();
    fs::remove_dir_all(sample.private()).unwrap();
    let output = run(sample.words(DAYS[0], &[]));
    let said = stderr(&output);
    assert!(output.status.code() == Some(2) && said.contains("there is no private tree at "), "{said}");
}
