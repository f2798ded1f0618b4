//! From which day on what is flagged, and how strongly.

use super::{assert_flags, date, flags, status};

#[test]
fn a_candidate_is_overdue_after_three_months() {
    let entry = status(&["level: listed, since: 2020-01-01", "level: accreditation-candidate, since: 2026-08-21"]);
    assert_flags(
        &entry,
        &[
            ("2026-08-21", &["i Time to become accredited ends in 92 days"]),
            ("2026-11-21", &["i Time to become accredited ends today"]),
            ("2026-11-22", &["!! Accreditation overdue: the time for it ended 1 day ago"]),
        ],
    );
    // A suspension stops no clock; what follows does.
    for (later, flags) in [
        (
            "state: suspended, since: 2026-09-01, until: 2026-09-02",
            &["!! Accreditation overdue: the time for it ended 1 day ago"][..],
        ),
        ("level: accreditation-candidate, since: 2026-10-01", &["i Time to become accredited ends in 40 days"]),
    ] {
        let entry = status(&["level: accreditation-candidate, since: 2026-08-21", later]);
        assert_flags(&entry, &[("2026-11-22", flags)]);
    }
    let short_month = status(&["level: accreditation-candidate, since: 2026-11-30"]);
    assert_flags(&short_month, &[("2027-02-28", &["i Time to become accredited ends today"])]);
}

#[test]
fn data_are_unconfirmed_after_four_months() {
    for (level, until) in [("accredited", ""), ("certification-candidate", ""), ("certified", ", until: 2030-01-01")] {
        let entry = format!("confirmed: 2026-07-21\n{}", status(&[&format!("level: {level}, since: 2020-01-01{until}")]));
        assert_flags(
            &entry,
            &[("2026-11-21", &[]), ("2026-11-22", &["!! Data unconfirmed: the last confirmation held until 2026-11-21"])],
        );
    }
    assert_flags(&status(&["level: accredited, since: 2020-01-01"]), &[("2026-11-21", &["! Data not confirmed by the team"])]);
    let listed = format!("confirmed: 2010-07-21\n{}", status(&["level: listed, since: 2010-01-01"]));
    assert_flags(&listed, &[("2026-11-21", &[])]);
}

#[test]
fn a_certification_candidate_waits_for_eight_months() {
    let entry = |since: &str| {
        let history = ["level: accredited, since: 2026-01-31", &format!("level: certification-candidate, since: {since}")];
        format!("confirmed: 2026-09-01\n{}", status(&history))
    };
    let early = ["! Certification candidate since 2026-09-29, so soon after 2026-01-31, when it was accredited"];
    assert_flags(&entry("2026-09-29"), &[("2026-09-28", &[]), ("2026-11-21", &early)]);
    assert_flags(&entry("2026-09-30"), &[("2026-11-21", &[])]);
}

#[test]
fn a_certification_is_flagged_from_180_days_before_its_end_and_more_from_90() {
    let entry = "confirmed: 2026-07-01\nstatus:\n  - {level: certified, since: 2024-01-01, until: 2026-12-31}\n";
    for (before, expected) in [
        (181, None),
        (180, Some("! Certification expires in 180 days")),
        (91, Some("! Certification expires in 91 days")),
        (90, Some("!! Certification expires in 90 days")),
        (1, Some("!! Certification expires in 1 day")),
        (0, Some("!! Certification expires today")),
    ] {
        let day = (0..before).fold(date("2026-12-31"), |day, _| day.previous()).to_string();
        let flags = flags(entry, &day);
        let told = flags.iter().find(|flag| flag.contains("Certification"));
        assert_eq!(told.map(String::as_str), expected, "{before} days before");
    }
    assert!(flags(entry, "2027-01-01").contains(&"!! Certification expired 1 day ago".to_owned()));
}

#[test]
fn keys_and_agreements_and_assessments_are_flagged_when_they_end() {
    let key = "keys:\n  - {fingerprint: 45EC D318 2807 7DA7 A898 FDA0 87F4 A698 070E 6295, expires: 2026-12-31}\n";
    let agreement = "agreements:\n  - {kind: code-of-practice, name: Code, until: 2026-12-31}\n";
    let assessment = "maturity:\n  - {model: sim3-v1, kind: audit, assessed: 2023-12-31, visibility: public, scores: {O-1: 1}}\n";
    for (rest, days) in [
        (
            key,
            [
                ("2026-07-04", "! Key …87F4 A698 070E 6295 expires in 180 days"),
                ("2026-12-31", "!! Key …87F4 A698 070E 6295 expires today"),
                ("2027-01-01", "!! Key …87F4 A698 070E 6295 expired 1 day ago"),
            ],
        ),
        (
            agreement,
            [
                ("2026-07-04", "! Agreement “Code” ends in 180 days"),
                ("2026-12-31", "! Agreement “Code” ends today"),
                ("2027-01-01", "! Agreement “Code” ended 1 day ago"),
            ],
        ),
        (
            assessment,
            [
                ("2026-07-04", "! SIM3 assessment ends in 180 days"),
                ("2026-12-31", "! SIM3 assessment ends today"),
                ("2027-01-01", "! SIM3 assessment out of date: it held until 2026-12-31"),
            ],
        ),
    ] {
        let entry = format!("{rest}{}", status(&["level: listed, since: 2010-01-01"]));
        assert_flags(&entry, &[("2026-07-03", &[])]);
        for (day, flag) in days {
            assert_flags(&entry, &[(day, &[flag])]);
        }
    }
}

#[test]
fn only_the_newest_assessment_grows_stale() {
    let one =
        |day: &str| format!("  - {{model: sim3-v1, kind: audit, assessed: {day}, visibility: public, scores: {{O-1: 1}}}}\n");
    let entry = format!("maturity:\n{}{}{}status: []\n", one("2015-01-01"), one("2026-01-01"), one("2027-01-01"));
    assert_flags(&entry, &[("2026-11-21", &["i No level stated"])]);
}

#[test]
fn a_confirmation_that_is_still_to_come_confirms_nothing() {
    let entry = "confirmed: 2099-01-01\nstatus:\n  - {level: accredited, since: 2020-01-01}\n";
    assert_eq!(flags(entry, "2026-11-21"), ["! Data not confirmed by the team"]);
}
