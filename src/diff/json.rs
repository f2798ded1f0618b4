//! A comparison for programs.
//!
//! Names are added, never removed or renamed, and never change their meaning.

use super::{Change, Comparison, Risk, Said};
use crate::model::{Date, TeamId};
use serde::Serialize;

#[derive(Serialize)]
struct File<'a> {
    format: &'static str,
    version: u32,
    /// The day for which levels and keys are told, on both sides.
    computed_for: Date,
    /// What was compared with what.
    old: &'a str,
    new: &'a str,
    /// How many changes there are.
    high: usize,
    check: usize,
    low: usize,
    /// The part with the gravest change first.
    parts: Vec<PartView<'a>>,
    /// What was not read, and why.
    aside: Vec<String>,
}

#[derive(Serialize)]
struct PartView<'a> {
    /// The team's id; null: the directory itself.
    team: Option<&'a str>,
    name: Option<&'a str>,
    /// That of its gravest change.
    risk: Risk,
    /// The gravest first.
    changes: Vec<ChangeView<'a>>,
}

#[derive(Serialize)]
struct ChangeView<'a> {
    /// One of those in `docs/reviewing.md`.
    kind: &'static str,
    risk: Risk,
    title: &'static str,
    /// What a reviewer does about it; empty where there is nothing to do.
    reason: &'static str,
    /// What is to be said of it, in plain words.
    text: String,
    /// What was there before; null where nothing was, or it cannot be told in one text.
    old: Option<&'a str>,
    new: Option<&'a str>,
}

impl<'a> ChangeView<'a> {
    fn new(change: &'a Change) -> Self {
        let Change { kind, said, old, new } = change;
        Self {
            kind: kind.id(),
            risk: kind.risk(),
            title: kind.title(),
            reason: kind.reason(),
            text: said.plain(),
            old: old.as_deref(),
            new: new.as_deref(),
        }
    }
}

/// All of the comparison as JSON, with a line break at its end.
///
/// # Errors
/// None that is known: every value can be written.
pub fn to_json(comparison: &Comparison) -> serde_json::Result<String> {
    let Comparison { today, names: [old, new], parts, aside } = comparison;
    let parts = parts.iter().map(|part| PartView {
        team: part.team.as_ref().map(TeamId::as_str),
        name: part.name.as_deref(),
        risk: part.risk(),
        changes: part.changes.iter().map(ChangeView::new).collect(),
    });
    let file = File {
        format: "peerage/diff",
        version: 1,
        computed_for: *today,
        old,
        new,
        high: comparison.count(Risk::High),
        check: comparison.count(Risk::Check),
        low: comparison.count(Risk::Low),
        parts: parts.collect(),
        aside: aside.iter().map(Said::plain).collect(),
    };
    Ok(serde_json::to_string_pretty(&file)? + "\n")
}
