//! What holds of every history on every day.

use super::{date, directory, status};
use peerage::assess::standing;
use peerage::config::Policy;
use peerage::model::{Date, years_after};

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
