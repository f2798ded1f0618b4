//! How long a certification holds, and what takes its place.

use super::{assert_flags, assert_levels, status};

#[test]
fn without_an_end_a_certification_holds_for_three_years() {
    assert_levels(
        &["level: accredited, since: 2020-02-01", "level: certified, since: 2023-05-10"],
        &[
            ("2020-01-31", "not-stated since - until -, next -"),
            ("2020-02-01", "accredited since 2020-02-01 until -, next -"),
            ("2023-05-09", "accredited since 2020-02-01 until -, next -"),
            ("2023-05-10", "certified since 2023-05-10 until 2026-05-10, next 2026-05-11 accredited"),
            ("2026-05-10", "certified since 2023-05-10 until 2026-05-10, next 2026-05-11 accredited"),
            ("2026-05-11", "accredited since 2020-02-01 until -, next -"),
        ],
    );
}

#[test]
fn a_certification_holds_up_to_and_including_its_end() {
    assert_levels(
        &["level: certified, since: 2023-05-10, until: 2024-02-29"],
        &[
            ("2024-02-28", "certified since 2023-05-10 until 2024-02-29, next 2024-03-01 accredited"),
            ("2024-02-29", "certified since 2023-05-10 until 2024-02-29, next 2024-03-01 accredited"),
            ("2024-03-01", "accredited since 2023-05-10 until -, next -"),
        ],
    );
}

#[test]
fn a_certification_that_began_on_a_leap_day_ends_on_28_february() {
    assert_levels(
        &["level: certified, since: 2024-02-29"],
        &[
            ("2027-02-28", "certified since 2024-02-29 until 2027-02-28, next 2027-03-01 accredited"),
            ("2027-03-01", "accredited since 2024-02-29 until -, next -"),
        ],
    );
}

#[test]
fn a_certification_of_one_day_holds_on_that_day() {
    assert_levels(
        &["level: accredited, since: 2020-01-01", "level: certified, since: 2023-05-10, until: 2023-05-10"],
        &[
            ("2023-05-10", "certified since 2023-05-10 until 2023-05-10, next 2023-05-11 accredited"),
            ("2023-05-11", "accredited since 2020-01-01 until -, next -"),
        ],
    );
}

#[test]
fn a_lapsed_certification_leaves_an_accredited_team_with_a_flag() {
    let entry = "confirmed: 2026-05-01\nstatus:\n  - {level: certified, since: 2023-05-10}\n";
    assert_flags(
        entry,
        &[
            ("2026-05-10", &["!! Certification expires today"]),
            ("2026-05-11", &["!! Certification expired 1 day ago"]),
            ("2026-08-18", &["!! Certification expired 100 days ago"]),
        ],
    );
}

#[test]
fn certifications_without_a_break_are_one_row() {
    // The third begins on the day after the second ended, the second before the first ended.
    let row = [
        "level: accredited, since: 2015-01-01",
        "level: certified, since: 2018-01-10, until: 2021-01-10",
        "level: certified, since: 2020-11-01, until: 2023-10-31",
        "level: certified, since: 2023-11-01, until: 2026-10-31",
    ];
    assert_levels(
        &row,
        // The next change passes over what changes nothing.
        &[
            ("2020-10-31", "certified since 2018-01-10 until 2021-01-10, next 2021-01-11 accredited"),
            ("2026-10-31", "certified since 2018-01-10 until 2026-10-31, next 2026-11-01 accredited"),
        ],
    );
}

#[test]
fn a_gap_of_one_day_begins_a_new_row() {
    assert_levels(
        &[
            "level: accredited, since: 2015-01-01",
            "level: certified, since: 2018-01-10, until: 2021-01-10",
            "level: certified, since: 2021-01-12, until: 2024-01-12",
        ],
        &[
            ("2021-01-10", "certified since 2018-01-10 until 2021-01-10, next 2021-01-11 accredited"),
            ("2021-01-11", "accredited since 2015-01-01 until -, next -"),
            ("2021-01-12", "certified since 2021-01-12 until 2024-01-12, next 2024-01-13 accredited"),
        ],
    );
}

#[test]
fn a_newer_certification_takes_the_place_of_an_older_one_that_would_end_later() {
    assert_levels(
        &["level: certified, since: 2020-01-01, until: 2025-12-31", "level: certified, since: 2022-01-01, until: 2022-12-31"],
        &[("2022-06-01", "certified since 2020-01-01 until 2022-12-31, next 2023-01-01 accredited")],
    );
}

#[test]
fn a_candidate_keeps_the_certification_that_it_has() {
    let history = [
        "level: accredited, since: 2015-01-01",
        "level: certified, since: 2020-01-10",
        "level: certification-candidate, since: 2022-10-01",
    ];
    assert_levels(
        &history,
        &[
            ("2022-10-01", "certified since 2020-01-10 until 2023-01-10, next 2023-01-11 certification-candidate"),
            ("2023-01-10", "certified since 2020-01-10 until 2023-01-10, next 2023-01-11 certification-candidate"),
            ("2023-01-11", "certification-candidate since 2022-10-01 until -, next -"),
        ],
    );
    let entry = format!("confirmed: 2023-01-01\n{}", status(&history));
    assert_flags(&entry, &[("2023-01-11", &["!! Certification expired 1 day ago"])]);
}

#[test]
fn a_candidacy_ends_with_the_certification_that_fulfils_it() {
    let history = [
        "level: accredited, since: 2020-01-01",
        "level: certification-candidate, since: 2020-03-01",
        "level: certified, since: 2021-01-01, until: 2022-12-31",
    ];
    assert_levels(
        &history,
        &[
            ("2020-12-31", "certification-candidate since 2020-03-01 until -, next -"),
            ("2022-12-31", "certified since 2021-01-01 until 2022-12-31, next 2023-01-01 accredited"),
            ("2023-01-01", "accredited since 2020-01-01 until -, next -"),
        ],
    );
    // That it came too early no longer matters.
    let entry = format!("confirmed: 2023-01-01\n{}", status(&history));
    assert_flags(&entry, &[("2023-01-01", &["!! Certification expired 1 day ago"])]);
}

#[test]
fn a_lower_level_that_is_entered_ends_a_certification() {
    for level in ["listed", "accreditation-candidate", "accredited"] {
        let history = ["level: certified, since: 2025-01-10", &format!("level: {level}, since: 2026-01-01")];
        assert_levels(
            &history,
            &[
                ("2025-12-31", &format!("certified since 2025-01-10 until 2025-12-31, next 2026-01-01 {level}")),
                ("2026-01-01", &format!("{level} since 2026-01-01 until -, next -")),
            ],
        );
        let entry = format!("confirmed: 2026-01-01\n{}", status(&history));
        assert_flags(&entry, &[("2026-02-01", if level == "accreditation-candidate" { CANDIDACY } else { &[] })]);
    }
}

const CANDIDACY: &[&str] = &["i Time to become accredited ends in 59 days"];

#[test]
fn an_end_that_nobody_stated_is_neither_expired_nor_confirmed() {
    let history = ["level: accredited, since: 2010-01-01", "level: certified, since: 2012-01-10, until: unknown"];
    assert_levels(
        &history,
        &[
            ("2012-01-10", "certified since 2012-01-10 until -, next -"),
            ("2099-01-10", "certified since 2012-01-10 until -, next -"),
        ],
    );
    let entry = format!("confirmed: 2026-11-01\n{}", status(&history));
    assert_flags(&entry, &[("2026-11-21", &["! End of the certification not stated"])]);
}

#[test]
fn a_certification_that_follows_one_without_a_stated_end_goes_on_with_its_row() {
    assert_levels(
        &[
            "level: accredited, since: 2010-01-01",
            "level: certified, since: 2012-01-10, until: unknown",
            "level: certified, since: 2020-01-01, until: 2023-12-31",
        ],
        &[
            ("2019-12-31", "certified since 2012-01-10 until 2023-12-31, next 2024-01-01 accredited"),
            ("2021-06-01", "certified since 2012-01-10 until 2023-12-31, next 2024-01-01 accredited"),
            ("2024-01-01", "accredited since 2010-01-01 until -, next -"),
        ],
    );
}
