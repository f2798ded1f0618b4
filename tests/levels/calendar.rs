//! What holds of every history on every day.

use super::{assert_levels, date, directory, status};
use peerage::assess::{End, Status, changes_after, end_of, standing};
use peerage::config::Policy;
use peerage::model::{Date, Entry, State, years_after};

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

/// What is announced is not yet true: from its day it counts where it lowers the status, and only there. So on each later day the status
/// is the lowest of what those entries say that have come true by now, of the least level that was to be since the first that is
/// announced, and of an announced suspension up to its own end. Where the level was to be above the one that counts, what becomes of
/// that by its date takes nothing away.
#[test]
fn the_next_change_is_the_first_later_day_on_which_the_status_differs() {
    for history in HISTORIES {
        let directory = directory(&status(history));
        let history = &directory.team(&"x".parse().unwrap()).unwrap().history;
        let first = date("2018-01-01");
        let end = years_after(first, 14);
        let days: Vec<Date> = std::iter::successors(Some(first), |day| Some(day.next())).take_while(|day| *day < end).collect();
        let on_each_day = |entries: usize| -> Vec<_> {
            days.iter().map(|day| standing(&history[..entries], Policy::default(), *day)).collect()
        };
        let standings = on_each_day(history.len());
        for known in 0..=history.len() {
            let of_known = on_each_day(known);
            let (mut least, mut raises, mut suspended) = (None::<Status>, false, None::<&Entry>);
            let mut expected = Vec::with_capacity(days.len());
            for (at, day) in days.iter().enumerate() {
                let (all, of_known) = (standings[at].status, of_known[at].status);
                let begins = history[known..].iter().rfind(|entry| entry.since.value == *day);
                if begins.is_some() {
                    raises = all.level > of_known.level;
                    suspended = begins.filter(|_| all.state == Some(State::Suspended)).or(suspended);
                }
                let withdrawn = all.state.filter(|state| *state == State::Withdrawn);
                if begins.is_some() || (history.get(known).is_some_and(|first| first.since.value <= *day) && !raises) {
                    let all = Status { state: withdrawn, ..all };
                    least = least.filter(|least| says_less(*least, all)).or(Some(all));
                }
                let over = |entry: &&Entry| matches!(end_of(entry, Policy::default()), Some(End::On(last)) if last < *day);
                let suspension =
                    suspended.filter(|entry| !over(entry)).map(|_| Status { state: Some(State::Suspended), level: None });
                let statuses = [Some(of_known), least, suspension].into_iter().flatten();
                expected.push(statuses.reduce(|one, other| if says_less(other, one) { other } else { one }).unwrap());
            }
            let mut change = None;
            for at in (0..days.len()).rev() {
                let now = &standings[at];
                if history.iter().filter(|entry| entry.since.value <= days[at]).count() == known {
                    assert_eq!(now.next.map(|next| (next.on, next.to.id())), change, "{history:?} on {}", days[at]);
                    assert_eq!(now.valid_until, change.map(|(on, _)| on.previous()), "{history:?} on {}", days[at]);
                    assert!(now.since.is_none_or(|since| since <= days[at]), "{history:?} on {}: {:?}", days[at], now.since);
                }
                if at > 0 && expected[at].id() != expected[at - 1].id() {
                    change = Some((days[at], expected[at].id()));
                }
            }
        }
        assert_eq!(days.len(), 5113);
    }
}

fn says_less(one: Status, other: Status) -> bool {
    let order = [Some(State::Withdrawn), Some(State::Suspended), None];
    let rank = |status: Status| order.iter().position(|state| *state == status.state);
    (rank(one), one.level) < (rank(other), other.level)
}

/// A page that was built before an announced day, and is read long after, must not show what was never awarded.
#[test]
fn what_is_announced_neither_prolongs_a_certificate_nor_raises_a_level() {
    let next = |history: &[&str], today: &str| {
        let directory = directory(&status(history));
        let history = &directory.team(&"x".parse().unwrap()).unwrap().history;
        let standing = standing(history, Policy::default(), date(today));
        let later: Vec<String> = changes_after(history, Policy::default(), date(today))
            .iter()
            .map(|next| format!("{} {}", next.on, next.to.id()))
            .collect();
        assert_eq!(standing.next.map(|next| format!("{} {}", next.on, next.to.id())), later.first().cloned());
        later
    };
    let certified = ["level: accredited, since: 2010-01-01", "level: certified, since: 2024-01-10"];
    for announced in ["level: certified, since: 2026-12-20", "level: certified, since: 2026-12-20, until: unknown"] {
        let history = [certified[0], certified[1], announced];
        assert_eq!(next(&history, "2026-11-29"), ["2027-01-11 accredited"], "{announced}");
    }
    let candidate = [certified[0], certified[1], "level: certification-candidate, since: 2026-12-20"];
    assert_eq!(next(&candidate, "2026-11-29"), ["2027-01-11 accredited"]);
    assert!(next(&[certified[0], "level: certified, since: 2027-02-01, until: unknown"], "2026-11-29").is_empty());
    let leaves = [certified[0], "state: withdrawn, since: 2027-02-01", "level: listed, since: 2028-02-01"];
    assert_eq!(next(&leaves, "2026-11-29"), ["2027-02-01 withdrawn"]);
    assert!(next(&leaves, "2027-11-29").is_empty(), "that it comes back is announced");
}

#[test]
fn what_becomes_of_an_announced_certification_is_no_end_of_the_present_level() {
    for (history, today, expected) in [
        (
            [
                "level: accredited, since: 2007-01-01",
                "level: certification-candidate, since: 2026-11-01",
                "level: certified, since: 2027-03-31",
            ],
            "2026-11-29",
            "certification-candidate since 2026-11-01 until -, next -",
        ),
        // A lapse, and a renewal that comes too late.
        (
            [
                "level: certified, since: 2024-06-30, until: 2027-06-30",
                "level: certification-candidate, since: 2027-01-01",
                "level: certified, since: 2027-07-15",
            ],
            "2027-07-05",
            "certification-candidate since 2027-01-01 until -, next -",
        ),
        // What is lowered after it, is.
        (
            ["level: accredited, since: 2007-01-01", "level: certified, since: 2027-03-31", "level: listed, since: 2028-01-01"],
            "2026-11-29",
            "accredited since 2007-01-01 until 2027-12-31, next 2028-01-01 listed",
        ),
        // One that is shorter than that which it takes the place of.
        (
            [
                "level: accredited, since: 2007-01-01",
                "level: certified, since: 2026-01-01",
                "level: certified, since: 2026-12-01, until: 2027-02-28",
            ],
            "2026-11-29",
            "certified since 2026-01-01 until 2027-02-28, next 2027-03-01 accredited",
        ),
    ] {
        assert_levels(&history, &[(today, expected)]);
    }
}

#[test]
fn an_announced_suspension_is_over_by_its_own_date_alone() {
    let suspensions = |more| {
        let first = ["level: accredited, since: 2008-01-01", "state: suspended, since: 2026-11-10, until: 2027-02-10"];
        [first[0], first[1], "state: suspended, since: 2027-02-11, until: 2027-03-10", more]
    };
    let expected = "suspended since 2008-01-01 until 2027-03-10, next 2027-03-11 accredited";
    assert_levels(&suspensions("state: withdrawn, since: 2027-06-01"), &[("2026-11-29", expected)]);
    assert_levels(&suspensions("level: certified, since: 2027-06-01"), &[("2026-11-29", expected)]);
    let lifted =
        ["level: accredited, since: 2008-01-01", "state: suspended, since: 2027-01-01", "level: accredited, since: 2027-02-01"];
    assert_levels(&lifted, &[("2026-11-29", "accredited since 2008-01-01 until 2026-12-31, next 2027-01-01 suspended")]);
    let later: Vec<String> = {
        let directory = directory(&status(&lifted));
        let history = &directory.team(&"x".parse().unwrap()).unwrap().history;
        changes_after(history, Policy::default(), date("2026-11-29"))
            .iter()
            .map(|next| format!("{} {}", next.on, next.to.id()))
            .collect()
    };
    assert_eq!(later, ["2027-01-01 suspended"], "that it is lifted is announced");
}

#[test]
fn no_certificate_counts_after_its_last_day() {
    for history in HISTORIES {
        let directory = directory(&status(history));
        let team = directory.team(&"x".parse().unwrap()).unwrap();
        for day in std::iter::successors(Some(date("2018-01-01")), |day| Some(day.next())).take(5000) {
            let standing = standing(&team.history, Policy::default(), day);
            let certified =
                standing.status.level.is_some_and(|level| level.id() == "certified") && !standing.status.is_withdrawn();
            assert_eq!(certified, standing.certificate.is_some_and(|certificate| certificate.valid), "{history:?} on {day}");
        }
    }
}
