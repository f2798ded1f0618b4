//! What a team is that has no level that counts: suspended, withdrawn, or not yet anything.

use super::{assert_flags, assert_levels, date, directory, status};
use peerage::assess::{End, standing};
use peerage::config::Policy;

#[test]
fn a_suspension_lasts_to_its_end_or_to_the_next_entry() {
    let history = [
        "level: accredited, since: 2015-01-01",
        "state: suspended, since: 2020-01-01, until: 2020-02-29",
        "state: suspended, since: 2021-01-01",
        "level: accredited, since: 2021-06-01",
    ];
    assert_levels(
        &history,
        &[
            ("2019-12-31", "accredited since 2015-01-01 until 2019-12-31, next 2020-01-01 suspended"),
            ("2020-01-01", "suspended since 2015-01-01 until 2020-02-29, next 2020-03-01 accredited"),
            ("2020-02-29", "suspended since 2015-01-01 until 2020-02-29, next 2020-03-01 accredited"),
            ("2020-03-01", "accredited since 2015-01-01 until 2020-12-31, next 2021-01-01 suspended"),
            ("2021-05-31", "suspended since 2015-01-01 until -, next -"),
            ("2021-06-01", "accredited since 2021-06-01 until -, next -"),
        ],
    );
    let entry = format!("confirmed: 2020-01-01\n{}", status(&history));
    assert_flags(
        &entry,
        &[("2020-02-28", &["!! Suspended since 2020-01-01", "i Suspension ends in 1 day"]), ("2020-03-01", &[])],
    );
}

#[test]
fn a_suspension_does_not_lengthen_a_certification() {
    assert_levels(
        &["level: certified, since: 2020-01-10", "state: suspended, since: 2022-06-01, until: 2023-06-30"],
        &[
            ("2022-05-31", "certified since 2020-01-10 until 2022-05-31, next 2022-06-01 suspended"),
            ("2022-06-01", "suspended since 2020-01-10 until 2023-06-30, next 2023-07-01 accredited"),
            ("2023-01-11", "suspended since 2020-01-10 until 2023-06-30, next 2023-07-01 accredited"),
            ("2023-07-01", "accredited since 2020-01-10 until -, next -"),
        ],
    );
}

#[test]
fn a_suspension_brings_back_nobody_who_withdrew() {
    assert_levels(
        &[
            "level: accredited, since: 2015-01-01",
            "state: withdrawn, since: 2020-01-01",
            "state: suspended, since: 2021-01-01, until: 2021-06-30",
        ],
        &[
            ("2021-03-01", "withdrawn since 2015-01-01 until -, next -"),
            ("2021-07-01", "withdrawn since 2015-01-01 until -, next -"),
        ],
    );
}

#[test]
fn a_suspended_team_has_no_level_that_counts() {
    let directory = directory(&status(&["level: accredited, since: 2015-01-01", "state: suspended, since: 2020-01-01"]));
    let team = directory.team(&"x".parse().unwrap()).unwrap();
    let on = |day| standing(&team.history, Policy::default(), date(day)).status.counting().map(peerage::model::Level::id);
    assert_eq!((on("2019-12-31"), on("2020-01-01")), (Some("accredited"), None));
}

#[test]
fn a_team_that_withdrew_may_be_listed_again() {
    let history =
        ["level: certified, since: 2019-06-01", "state: withdrawn, since: 2020-01-01", "level: listed, since: 2022-01-01"];
    assert_levels(
        &history,
        &[
            ("2019-12-31", "certified since 2019-06-01 until 2019-12-31, next 2020-01-01 withdrawn"),
            ("2021-12-31", "withdrawn since 2019-06-01 until -, next -"),
            ("2022-01-01", "listed since 2022-01-01 until -, next -"),
        ],
    );
    // Whoever has left is not reminded of anything.
    let keys = "keys:\n  - {fingerprint: 45EC D318 2807 7DA7 A898 FDA0 87F4 A698 070E 6295, expires: 2020-03-01}\n";
    assert_flags(&format!("{keys}{}", status(&history)), &[("2021-01-01", &["!! Withdrawn on 2020-01-01"])]);
}

#[test]
fn who_comes_back_begins_anew_whatever_certificate_would_still_run() {
    for until in ["2030-01-01", "unknown"] {
        let certified = format!("level: certified, since: 2018-01-01, until: {until}");
        let first = ["level: accredited, since: 2016-01-01", &*certified, "state: withdrawn, since: 2020-01-01"];
        for (level, now) in [
            ("certification-candidate", "certification-candidate since 2025-01-01 until -, next -"),
            ("accreditation-candidate", "accreditation-candidate since 2025-01-01 until -, next -"),
        ] {
            let back = format!("level: {level}, since: 2025-01-01");
            let history = [&first[..], &[&back]].concat();
            assert_levels(
                &history,
                &[("2024-12-31", "withdrawn since 2018-01-01 until -, next -"), ("2026-11-29", now), ("2030-01-02", now)],
            );
        }
        let again = [&first[..], &["level: certified, since: 2025-01-01, until: 2027-12-31"]].concat();
        let told = "certified since 2025-01-01 until 2027-12-31, next 2028-01-01 accredited";
        assert_levels(&again, &[("2026-11-29", told)]);
    }
    let expired = [
        "level: certified, since: 2018-01-01, until: 2020-06-01",
        "state: withdrawn, since: 2020-01-01",
        "level: certification-candidate, since: 2025-01-01",
    ];
    let confirmed = format!("confirmed: 2026-11-01\n{}", status(&expired));
    assert_flags(&confirmed, &[("2026-11-29", &[])]);
}

#[test]
fn a_team_without_a_history_has_no_level() {
    assert_levels(&[], &[("2026-11-21", "not-stated since - until -, next -")]);
    for rest in ["", "status: []\n"] {
        assert_flags(rest, &[("2026-11-21", &["i No level stated"])]);
    }
}

#[test]
fn what_is_announced_is_not_yet_true() {
    assert_levels(
        &["level: accredited, since: 2027-01-01", "level: certified, since: 2028-01-01"],
        &[("2026-11-21", "not-stated since - until -, next -"), ("2027-01-01", "accredited since 2027-01-01 until -, next -")],
    );
}

#[test]
fn who_has_withdrawn_holds_no_certificate() {
    for until in ["until: 2028-01-01", "until: unknown"] {
        let certified = format!("level: certified, since: 2025-01-01, {until}");
        let directory = directory(&status(&[&certified, "state: withdrawn, since: 2026-11-01"]));
        let history = &directory.team(&"x".parse().unwrap()).unwrap().history;
        let on = |day| standing(history, Policy::default(), date(day)).certificate.map(|one| (one.end, one.valid)).unwrap();
        assert!(on("2026-10-31").1, "{until}");
        assert_eq!(on("2026-11-01"), (End::On(date("2026-10-31")), false), "{until}");
    }
    // One that had ended before is left as it was.
    let directory =
        directory(&status(&["level: certified, since: 2020-01-01, until: 2022-12-31", "state: withdrawn, since: 2026-11-01"]));
    let history = &directory.team(&"x".parse().unwrap()).unwrap().history;
    let certificate = standing(history, Policy::default(), date("2026-11-29")).certificate.unwrap();
    assert_eq!((certificate.end, certificate.valid), (End::On(date("2022-12-31")), false));
}
