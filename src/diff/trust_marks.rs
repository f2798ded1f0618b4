//! What speaks for a team besides its level: memberships, agreements and the assessments that it publishes.

use super::directory::period;
use super::{Change, Kind, Said};
use crate::model::{Agreement, MaturityAssessment, Membership, Period, Team};
use std::collections::BTreeSet;

/// Something that speaks for a team.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    /// By what it is the same one.
    key: String,
    shown: String,
    /// What is compared, but not repeated.
    scores: String,
}

/// What came, what went and what is said otherwise; in which order it is written means nothing.
pub(super) fn changes(old: &Team, new: &Team) -> Vec<Change> {
    let marks = |team: &Team| {
        [
            ("membership ", team.memberships.iter().map(membership).collect()),
            ("agreement ", team.agreements.iter().map(agreement).collect()),
            ("published assessment ", team.maturity.iter().map(assessment).collect::<BTreeSet<_>>()),
        ]
    };
    let mut changes = Vec::new();
    for ((what, was), (_, is)) in marks(old).into_iter().zip(marks(new)) {
        let mut gone: Vec<&Mark> = was.difference(&is).collect();
        for mark in is.difference(&was) {
            let before = gone.iter().position(|other| other.key == mark.key).map(|at| gone.remove(at));
            changes.push(match before {
                Some(before) if before.shown == mark.shown => {
                    let said = Said::ours_alone(what).theirs(&mark.shown).ours(" has other scores");
                    Change::new(Kind::TrustMarkChanged, said)
                }
                before => of(Kind::TrustMarkChanged, what, before, Some(mark)),
            });
        }
        changes.extend(gone.into_iter().map(|mark| of(Kind::Other, what, Some(mark), None)));
    }
    changes
}

fn of(kind: Kind, what: &str, old: Option<&Mark>, new: Option<&Mark>) -> Change {
    let shown = |mark: Option<&Mark>| mark.map(|mark| mark.shown.clone());
    Change::of(kind, Said::ours_alone(what), shown(old), shown(new))
}

fn membership(Membership { name, period: when }: &Membership) -> Mark {
    Mark { key: name.to_string(), shown: format!("{name}{}", period(*when)), scores: String::new() }
}

fn agreement(Agreement { kind, name, since, until }: &Agreement) -> Mark {
    let when = Period { since: *since, until: until.map(|until| until.value) };
    Mark { key: name.to_string(), shown: format!("{name} ({kind}){}", period(when)), scores: String::new() }
}

fn assessment(MaturityAssessment { model, kind, assessed, visibility: _, scores }: &MaturityAssessment) -> Mark {
    let key = format!("{model} of {}", assessed.value);
    Mark { shown: format!("{key} ({kind})"), key, scores: format!("{scores:?}") }
}
