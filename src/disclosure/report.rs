//! What the operator is told: the true reasons, in words. For the operator's eyes alone.

use super::control::{Account, Decision, Made, Refusal, Seen, Split};
use super::roll::{Gathered, LeftOut, Roll};
use crate::diagnostic::Count;
use crate::model::Date;
use std::fmt::{self, Write};

/// A text about one series: what would be published, what is withheld and why, and what comparing with the last edition
/// (of the day `last`) singles out.
pub fn report(roll: &Roll, decision: &Decision, last: Option<Date>) -> String {
    let mut text = format!(
        "{}: {} with confidential scores, {} with published ones.\n",
        roll.series,
        Count(roll.contributors.len(), "team"),
        roll.open.len()
    );
    match decision {
        Decision::Refused(refusal) => line(&mut text, "No edition", refusal),
        Decision::Made(made) => made_report(&mut text, made, last),
    }
    text
}

/// A text about teams that do not count, or no longer; empty where there are none.
pub fn left_out(gathered: &Gathered) -> String {
    let mut text = String::new();
    for (team, series, why) in &gathered.left_out {
        let why = match why {
            LeftOut::Incomplete => "its newest assessment has no score for some parameter, so that it does not count",
            LeftOut::TooOld => "its newest assessment is too old, so that it does not count",
        };
        line(&mut text, &format!("{series}, {team}"), why);
    }
    for team in &gathered.gone {
        let what = "contributed to an earlier edition, and has no entry any more. If it only has another id, write that into \
                    the ledgers before you make an edition: else one assessment counts as if two teams had had it";
        line(&mut text, &team.to_string(), what);
    }
    text
}

fn line(text: &mut String, head: &str, rest: impl fmt::Display) {
    // Writing to a text cannot fail.
    writeln!(text, "  {head}: {rest}").unwrap_or_default();
}

fn list<T>(values: &[T], show: impl Fn(&T) -> String) -> String {
    values.iter().map(show).collect::<Vec<_>>().join(", ")
}

fn made_report(text: &mut String, made: &Made, last: Option<Date>) {
    let (figures, account) = (made.figures.get(), &made.account);
    if let Some(refusal) = &account.against {
        line(text, "Insisted, and marked so for ever, against this", refusal);
    }
    line(text, "Groups with figures", list(&figures.cohorts, |figures| format!("{} ({})", figures.cohort, figures.teams)));
    let told = made.ledger.published.len();
    line(text, "Parameters", format!("{told} of {}", told + figures.withheld.parameters.len()));
    withheld_report(text, account);
    match last {
        Some(last) => line(text, &format!("The step from {last} and before"), told_apart(&account.splits)),
        None => line(text, "The first edition", told_apart(&account.splits)),
    }
}

fn withheld_report(text: &mut String, account: &Account) {
    for (cohort, smallest) in &account.cohorts {
        let why = match smallest {
            0 => "nobody who contributes confidential scores belongs to it".to_owned(),
            smallest => format!("its figures would single out {}", Count(*smallest, "team")),
        };
        line(text, &format!("Withheld, group {cohort}"), why);
    }
    for (parameter, alike, of) in &account.uniform {
        line(text, &format!("Withheld, {parameter}"), same(*alike, *of, "have the same score"));
    }
    if !account.barred.is_empty() {
        let parameters = list(&account.barred, ToString::to_string);
        line(text, &format!("Stay withheld, {parameters}"), "an edition withheld them, and assessments of it still count");
    }
    for (profile, why) in &account.profiles {
        let why = why.map_or_else(
            || "it asks for a parameter that is withheld".to_owned(),
            |(alike, of)| same(alike, of, "meet it, or do not"),
        );
        line(text, &format!("Withheld, profile {profile}"), why);
    }
}

fn same(alike: usize, of: usize, what: &str) -> String {
    format!("{alike} of {of} teams that no published figure tells apart {what}; at most {} may", of.saturating_sub(3))
}

/// What the edition and those before it tell apart, as a list of sizes.
fn told_apart(splits: &[Split]) -> String {
    if splits.is_empty() {
        return "it tells nobody apart who was not told apart before".to_owned();
    }
    format!("who compares can tell these groups apart, and nobody within one: {}", sizes(splits))
}

fn sizes(splits: &[Split]) -> String {
    let show = |split: &Split| {
        let when = match split.seen {
            Seen::Before => "in earlier editions only",
            Seen::Both => "in earlier editions and this one",
            Seen::Now => "in this edition only",
        };
        format!("{} {when}", Count(split.teams.len(), "team"))
    };
    list(splits, show)
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFew(there, needed) => {
                write!(f, "{} with confidential scores, and {needed} are needed", Count(*there, "team"))
            }
            Self::TooLittleChanged(changed, needed) => write!(
                f,
                "since the last edition {} joined, left or had a new assessment, and {needed} are needed",
                Count(*changed, "team")
            ),
            Self::Differencing(splits, needed) => {
                let who = |split: &Split| list(&split.teams.iter().collect::<Vec<_>>(), ToString::to_string);
                let groups = list(splits, |split| format!("{} ({})", sizes(std::slice::from_ref(split)), who(split)));
                write!(f, "comparing singles out {groups}, and groups of {needed} are needed: wait until more has changed")
            }
            Self::TooUniform(parameters) => write!(
                f,
                "{} would have to be withheld for the first time, which together with the share that meets a profile, \
                 published earlier, tells too much: wait until assessments have changed",
                list(parameters, ToString::to_string)
            ),
        }
    }
}
