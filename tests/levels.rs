//! What a history means on a day: every row of the table in DESIGN, section 2, at its boundaries.

mod calendar;
mod certification;
mod changes;
mod flags;
mod keys;
mod order;
mod policy;
mod states;

use crate::project::Project;
use peerage::assess::{Assessment, Standing, Strength, assess, standing};
use peerage::config::Policy;
use peerage::load::{Directory, load};
use peerage::model::Date;

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
    flags_of(&assess(&directory, date(day)), "x")
}

/// The flags of a team, each with its strength.
fn flags_of(assessment: &Assessment<'_>, id: &str) -> Vec<String> {
    let flags = &assessment.team(&id.parse().unwrap()).unwrap().flags;
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
