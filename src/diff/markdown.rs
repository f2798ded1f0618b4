//! A comparison as Markdown, made to be a comment on a pull request.

use super::{Change, Comparison, Part, Risk};
use crate::diagnostic::{Count, to_code};
use std::fmt::Write;

/// How long the text becomes at most, in characters. GitHub takes 65,536 in a comment; what posts it may add its own.
pub const LONGEST: usize = 60_000;

/// How much room is kept for what stands around the changes; half of it is for what was not read.
const AROUND: usize = 8_000;

/// What the reader must not take for looked at.
const NOT_COMPARED: &str =
    "\nOnly `content/` was compared. Every other file is code, be it in `themes/`, `static/` or a workflow: review it as such.\n";

/// The comparison. Where it would be too long, the gravest changes of all parts are in it, and it says how many are not.
pub fn to_markdown(comparison: &Comparison) -> String {
    let Comparison { today, names: [old, new], parts, .. } = comparison;
    let mut text = format!("## What this change means for trust\n\n{} → {}, as of {today}: ", to_code(old), to_code(new));
    text += &summary(comparison);
    text += ".\n";
    let told = chosen(parts);
    for (part, told) in parts.iter().zip(&told) {
        if told.iter().any(|told| *told) {
            text += &heading(part);
            let lines = part.changes.iter().zip(told).filter(|(_, told)| **told).map(|(change, _)| line(change));
            text.extend(lines);
        }
    }
    aside(comparison, &mut text);
    let left_out = left_out(parts, &told);
    if !left_out.is_empty() {
        // To write into a text does not fail.
        write!(text, "\n**Left out here, for want of room: {left_out}**. `peerage diff --json` tells all.\n").ok();
    }
    text += NOT_COMPARED;
    text
}

/// How many changes there are of each risk.
fn summary(comparison: &Comparison) -> String {
    let teams = comparison.parts.iter().filter(|part| part.team.is_some()).count();
    if comparison.parts.is_empty() {
        return "nothing changed that a page would show".to_owned();
    }
    let counts: Vec<String> = Risk::ALL
        .iter()
        .map(|risk| (*risk, comparison.count(*risk)))
        .filter(|(_, count)| *count > 0)
        .map(|(risk, count)| format!("{} **{count} {risk}**", risk.sign()))
        .collect();
    let own = if teams < comparison.parts.len() { " and the directory itself" } else { "" };
    match teams {
        0 => format!("{} in the directory itself", counts.join(", ")),
        _ => format!("{} in {}{own}", counts.join(", "), Count(teams, "team")),
    }
}

/// How many changes of each risk are not told; nothing where all are.
fn left_out(parts: &[Part], told: &[Vec<bool>]) -> String {
    let of_parts = parts.iter().zip(told).flat_map(|(part, told)| part.changes.iter().zip(told));
    let untold: Vec<Risk> = of_parts.filter(|(_, told)| !**told).map(|(change, _)| change.kind.risk()).collect();
    let count = |risk: &Risk| untold.iter().filter(|untold| *untold == risk).count();
    let counts = Risk::ALL.iter().map(|risk| (risk, count(risk))).filter(|(_, count)| *count > 0);
    counts.map(|(risk, count)| format!("{count} {risk}")).collect::<Vec<_>>().join(", ")
}

/// Which changes are told: the gravest of all parts first, as long as there is room.
fn chosen(parts: &[Part]) -> Vec<Vec<bool>> {
    let mut told: Vec<Vec<bool>> = parts.iter().map(|part| vec![false; part.changes.len()]).collect();
    let mut room = LONGEST - AROUND;
    let mut is_full = false;
    for risk in Risk::ALL {
        for (part, told) in parts.iter().zip(&mut told) {
            for at in (0..part.changes.len()).filter(|at| part.changes[*at].kind.risk() == *risk) {
                let head = if told.iter().any(|told| *told) { 0 } else { heading(part).chars().count() };
                let length = head + line(&part.changes[at]).chars().count();
                // After the first that has no room none is told, be it ever so short: those left out are the least grave.
                is_full = is_full || length > room;
                if !is_full {
                    room -= length;
                    told[at] = true;
                }
            }
        }
    }
    told
}

fn heading(part: &Part) -> String {
    match (&part.team, &part.name) {
        (Some(id), Some(name)) => format!("\n### {} `{id}`: {}\n\n", part.risk().sign(), to_code(name)),
        (Some(id), None) => format!("\n### {} `{id}`\n\n", part.risk().sign()),
        (None, _) => format!("\n### {} The directory itself\n\n", part.risk().sign()),
    }
}

fn line(change: &Change) -> String {
    let (kind, said) = (change.kind, change.said.markdown());
    let risk = kind.risk();
    match risk {
        Risk::Low => format!("- {} {risk}: {said}\n", risk.sign()),
        _ => format!("- {} {risk}: **{}**: {said}. *{}.*\n", risk.sign(), kind.title(), kind.reason()),
    }
}

/// What was not looked at, as far as there is room for it.
fn aside(comparison: &Comparison, text: &mut String) {
    if comparison.aside.is_empty() {
        return;
    }
    *text += "\n### Not read\n\n";
    let mut room = AROUND / 2;
    let mut told = 0;
    for line in comparison.aside.iter().map(|said| format!("- {}\n", said.markdown())) {
        let length = line.chars().count();
        if length > room {
            break;
        }
        room -= length;
        *text += &line;
        told += 1;
    }
    let more = comparison.aside.len() - told;
    if more > 0 {
        *text += &format!("- and {more} more\n");
    }
}
