//! `peerage due`: what ends, and when. Which things end is for `assess` to say, as is on whose word a team still stands; waivers,
//! which no page knows, come from the entries.

mod show;

use super::input::read;
use super::report::print;
use super::today::today;
use super::{FINE, Failure};
use crate::assess::{Assessment, assess, leaves};
use crate::cli;
use crate::diagnostic::Place;
use crate::model::{Date, Team};

/// Something of a team that has a last day.
struct Due<'d> {
    /// Its last day.
    on: Date,
    /// How many days are left: 0 on the last day, negative when it is over.
    days_left: i64,
    team: &'d Team,
    /// What it is, in one word for programs.
    kind: &'static str,
    /// What it is, for people: names stand in it that others wrote.
    what: String,
    /// Where the entry says so.
    place: Place,
}

/// Lists what is over, and what ends within the days.
pub(super) fn run(args: &cli::Due) -> Result<u8, Failure> {
    let today = today(args.today)?;
    let directory = read(&args.project)?;
    let list = due(&assess(&directory, today), args.within);
    let title = directory.config.title.as_str();
    print(&match (args.json, args.markdown) {
        (true, _) => show::json(&list, title, today, args.within)?,
        (_, true) => show::markdown(&list, title, today, args.within),
        _ => show::table(&list, today, args.within),
    })?;
    Ok(FINE)
}

/// What is over, and what ends within the days: by the last day, then by team.
fn due<'d>(assessment: &Assessment<'d>, within: u32) -> Vec<Due<'d>> {
    let mut list = Vec::new();
    for assessed in &assessment.teams {
        let team = assessed.team;
        let mut add = |on, kind, what, span| {
            let days_left = assessment.today.days_until(on);
            list.push(Due { on, days_left, team, kind, what, place: team.place(span) });
        };
        let ends = assessment.ends(assessed);
        for ending in &ends {
            add(ending.on, ending.what.kind(), ending.what.to_string(), ending.span);
        }
        // What would end once the team has left is no concern of anybody.
        let leaves = leaves(&ends);
        let counts = |on| leaves.is_none_or(|leaves| on < leaves);
        if let Some(backing) = assessment.backing(assessed).filter(|backing| counts(backing.until)) {
            let what = format!("Vouching by {}, the last of its sponsors in good standing", backing.last.name.value);
            add(backing.until, "vouching", what, backing.sponsor.span);
        }
        // Nobody is told anything of a team that has withdrawn, so that nothing is waived.
        let told = |until| !assessed.standing.status.is_withdrawn() && counts(until);
        let waivers = team.waivers.iter().filter(|waiver| told(waiver.until.value));
        for waiver in waivers {
            let what = format!("Waiver of {}: {}", waiver.rule.value.id(), waiver.reason);
            add(waiver.until.value, "waiver", what, waiver.until.span);
        }
    }
    list.retain(|due| due.days_left <= i64::from(within));
    list.sort_by(|a, b| (a.on, &a.team.id, &a.place, &a.what).cmp(&(b.on, &b.team.id, &b.place, &b.what)));
    list
}
