//! What holds of every history on every day.

use super::{date, directory, status};
use peerage::assess::{Status, changes_after, standing};
use peerage::config::Policy;
use peerage::model::{Date, State, years_after};

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

/// What is announced is not yet true: until its day it counts where it lowers the status, and only there. So on each later day the status
/// is the lower of what those entries say that have come true by now, and of the least that was to be since the first that is announced.
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
            let announced = history.get(known).map(|entry| entry.since.value);
            let mut least: Option<Status> = None;
            let mut expected = Vec::with_capacity(days.len());
            for (at, day) in days.iter().enumerate() {
                if announced.is_some_and(|first| first <= *day) {
                    let all = standings[at].status;
                    least = least.filter(|least| says_less(*least, all)).or(Some(all));
                }
                let of_known = of_known[at].status;
                expected.push(least.filter(|least| says_less(*least, of_known)).unwrap_or(of_known));
            }
            let mut change = None;
            for at in (0..days.len()).rev() {
                let now = &standings[at];
                if history.iter().filter(|entry| entry.since.value <= days[at]).count() == known {
                    assert_eq!(now.next.map(|next| (next.on, next.to)), change, "{history:?} on {}", days[at]);
                    assert_eq!(now.valid_until, change.map(|(on, _)| on.previous()), "{history:?} on {}", days[at]);
                    assert!(now.since.is_none_or(|since| since <= days[at]), "{history:?} on {}: {:?}", days[at], now.since);
                }
                if at > 0 && expected[at].id() != expected[at - 1].id() {
                    change = Some((days[at], expected[at]));
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
