//! What a history means on a day: every row of the table in DESIGN, section 2, at its boundaries.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs, unreachable_pub, reason = "a test may stop at once")]

#[path = "levels/flags.rs"]
mod flags;
mod project;

use peerage::assess::{Assessment, Standing, Strength, assess, standing};
use peerage::config::Policy;
use peerage::load::{Directory, load};
use peerage::model::{Date, years_after};
use project::Project;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// A directory with one more team, `x`, whose entry ends with `rest`.
fn directory(rest: &str) -> Directory {
    let project = Project::with_entry(format!("name: X\ncountry: AT\n{rest}"));
    let (directory, findings) = load(&project.root()).unwrap();
    let errors: Vec<_> = findings.iter().filter(|finding| finding.is_error()).collect();
    assert!(errors.is_empty(), "{rest}: {errors:?}");
    directory.unwrap()
}

fn status(history: &[&str]) -> String {
    if history.is_empty() {
        return "status: []\n".to_owned();
    }
    format!("status:\n{}", history.iter().map(|entry| format!("  - {{{entry}}}\n")).collect::<String>())
}

/// Status, since when, until when, and what comes next, in one line.
fn told(standing: &Standing<'_>) -> String {
    let or_never = |date: Option<Date>| date.map_or("-".to_owned(), |date| date.to_string());
    let next = standing.next.map_or("-".to_owned(), |change| format!("{} {}", change.on, change.to.id()));
    format!("{} since {} until {}, next {next}", standing.status.id(), or_never(standing.since), or_never(standing.valid_until))
}

/// Asserts what a history means on each of some days.
fn assert_levels(history: &[&str], days: &[(&str, &str)]) {
    let directory = directory(&status(history));
    let team = directory.team(&"x".parse().unwrap()).unwrap();
    for (day, expected) in days {
        let standing = standing(&team.history, Policy::default(), date(day));
        assert_eq!(told(&standing), *expected, "{history:?} on {day}");
    }
}

/// The flags on a day, each with its strength.
fn flags(rest: &str, day: &str) -> Vec<String> {
    let directory = directory(rest);
    let assessment: Assessment<'_> = assess(&directory, date(day));
    let flags = &assessment.team(&"x".parse().unwrap()).unwrap().flags;
    let strength = |strength| match strength {
        Strength::Strong => "!!",
        Strength::Soft => "!",
        Strength::Info => "i",
    };
    flags.iter().map(|flag| format!("{} {}", strength(flag.strength), flag.kind)).collect()
}

/// Asserts the flags of an entry on each of some days.
fn assert_flags(rest: &str, days: &[(&str, &[&str])]) {
    for (day, expected) in days {
        assert_eq!(flags(rest, day), *expected, "{rest} on {day}");
    }
}

#[test]
fn without_an_end_a_certification_holds_for_three_years() {
    assert_levels(
        &["level: accredited, since: 2020-02-01", "level: certified, since: 2023-05-10"],
        &[
            ("2020-01-31", "not-stated since - until 2020-01-31, next 2020-02-01 accredited"),
            ("2020-02-01", "accredited since 2020-02-01 until 2023-05-09, next 2023-05-10 certified"),
            ("2023-05-09", "accredited since 2020-02-01 until 2023-05-09, next 2023-05-10 certified"),
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
            ("2020-10-31", "certified since 2018-01-10 until 2026-10-31, next 2026-11-01 accredited"),
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
            ("2021-01-11", "accredited since 2015-01-01 until 2021-01-11, next 2021-01-12 certified"),
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
            ("2020-12-31", "certification-candidate since 2020-03-01 until 2020-12-31, next 2021-01-01 certified"),
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
            ("2021-05-31", "suspended since 2015-01-01 until 2021-05-31, next 2021-06-01 accredited"),
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
            ("2021-12-31", "withdrawn since 2019-06-01 until 2021-12-31, next 2022-01-01 listed"),
            ("2022-01-01", "listed since 2022-01-01 until -, next -"),
        ],
    );
    // Whoever has left is not reminded of anything.
    let keys = "keys:\n  - {fingerprint: 45EC D318 2807 7DA7 A898 FDA0 87F4 A698 070E 6295, expires: 2020-03-01}\n";
    assert_flags(&format!("{keys}{}", status(&history)), &[("2021-01-01", &["!! Withdrawn on 2020-01-01"])]);
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
        &[
            ("2026-11-21", "not-stated since - until 2026-12-31, next 2027-01-01 accredited"),
            ("2027-01-01", "accredited since 2027-01-01 until 2027-12-31, next 2028-01-01 certified"),
        ],
    );
}

/// Histories with something of everything, each over the years 2018 to 2028.
const HISTORIES: &[&[&str]] = &[
    &[],
    &["level: listed, since: 2019-01-01"],
    &["level: accredited, since: 2018-02-28", "level: certified, since: 2020-02-29", "level: certified, since: 2023-02-28"],
    &[
        "level: certified, since: 2018-01-10, until: 2021-01-10",
        "level: certified, since: 2021-01-12",
        "level: listed, since: 2025-07-01",
    ],
    &["level: certified, since: 2018-05-01, until: unknown", "state: suspended, since: 2020-01-01, until: 2020-01-01"],
    &[
        "level: certified, since: 2019-01-01",
        "state: suspended, since: 2021-12-31, until: 2023-01-01",
        "state: withdrawn, since: 2027-01-01",
    ],
    &["level: certified, since: 2018-05-01, until: unknown", "level: certified, since: 2020-01-01, until: 2020-01-01"],
    &["state: withdrawn, since: 2018-06-01", "level: listed, since: 2019-01-01", "state: suspended, since: 2020-02-29"],
    &[
        "level: listed, since: 2018-06-01",
        "level: accreditation-candidate, since: 2018-12-31",
        "level: accredited, since: 2019-01-01",
        "level: certification-candidate, since: 2019-09-01",
        "level: certified, since: 2020-01-01",
        "level: certification-candidate, since: 2022-10-10",
        "level: certified, since: 2023-01-02",
        "state: suspended, since: 2024-02-29, until: 2026-03-01",
        "level: certified, since: 2027-01-01, until: 2027-12-31",
    ],
];

#[test]
fn the_next_change_is_the_first_later_day_on_which_the_status_differs() {
    for history in HISTORIES {
        let directory = directory(&status(history));
        let team = directory.team(&"x".parse().unwrap()).unwrap();
        let first = date("2018-01-01");
        let end = years_after(first, 14);
        let days: Vec<Date> = std::iter::successors(Some(first), |day| Some(day.next())).take_while(|day| *day < end).collect();
        let standings: Vec<_> = days.iter().map(|day| standing(&team.history, Policy::default(), *day)).collect();
        let mut change = None;
        for at in (0..days.len()).rev() {
            let (now, later) = (&standings[at], standings.get(at + 1));
            if let Some(later) = later.filter(|later| later.status.id() != now.status.id()) {
                change = Some((days[at + 1], later.status));
            }
            assert_eq!(now.next.map(|next| (next.on, next.to)), change, "{history:?} on {}", days[at]);
            assert_eq!(now.valid_until, change.map(|(on, _)| on.previous()), "{history:?} on {}", days[at]);
            assert!(now.since.is_none_or(|since| since <= days[at]), "{history:?} on {}: {:?}", days[at], now.since);
        }
        assert_eq!(days.len(), 5113);
    }
}

#[test]
fn no_certificate_counts_after_its_last_day() {
    for history in HISTORIES {
        let directory = directory(&status(history));
        let team = directory.team(&"x".parse().unwrap()).unwrap();
        for day in std::iter::successors(Some(date("2018-01-01")), |day| Some(day.next())).take(5000) {
            let standing = standing(&team.history, Policy::default(), day);
            let certified = standing.status.level.is_some_and(|level| level.id() == "certified");
            assert_eq!(certified, standing.certificate.is_some_and(|certificate| certificate.valid), "{history:?} on {day}");
        }
    }
}
