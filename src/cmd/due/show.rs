//! The list of what ends: a table for people, JSON for programs, Markdown for an issue.

use super::Due;
use crate::cmd::foreign::{plain, plain_json};
use crate::diagnostic::{Count, to_code};
use crate::model::Date;
use serde::Serialize;

/// A table for a terminal; dates and ids come first, for they are of one width, or nearly so.
pub(super) fn table(list: &[Due<'_>], today: Date, within: u32) -> String {
    let longest = list.iter().map(|due| due.team.id.as_str().len()).max().unwrap_or_default();
    let mut text = String::new();
    for (title, part) in parts(list, within) {
        text += &format!("{title}\n");
        for due in part {
            let (on, id, what, when) = (due.on, due.team.id.as_str(), plain(&due.what), when(due.days_left));
            text += &format!("  {on}  {id:<longest$}  {what}, {when}\n");
        }
        text.push('\n');
    }
    if list.is_empty() {
        text += &format!("Nothing is over, and nothing ends within {}.\n", days(within));
    }
    text + &format!("As of {today}: {} over, {} ahead.\n", over(list), list.len() - over(list))
}

/// The text of an issue, with a task for each. What entries say stands in code spans, where nothing works.
pub(super) fn markdown(list: &[Due<'_>], directory: &str, today: Date, within: u32) -> String {
    let mut text = format!("What ends in {}, as of {today}.\n", to_code(directory));
    for (title, part) in parts(list, within) {
        text += &format!("\n### {title}\n\n");
        let mut tasks = 0;
        for due in part {
            let (on, id, what, when) = (due.on, due.team.id.as_str(), to_code(&due.what), when(due.days_left));
            let task = format!("- [ ] {on} `{id}`: {what}, {when}\n");
            if text.len() + task.len() > LONGEST {
                break;
            }
            text += &task;
            tasks += 1;
        }
        if tasks < part.len() {
            text += &format!("\n{} left out here; `peerage due` lists all.\n", Count(part.len() - tasks, "task"));
        }
    }
    if list.is_empty() {
        text += &format!("\nNothing is over, and nothing ends within {}.\n", days(within));
    }
    text
}

/// How long the text of an issue becomes, in bytes: GitHub takes 65,536 characters.
const LONGEST: usize = 60_000;

/// The parts that have something in them, each with its title.
fn parts<'l, 'd>(list: &'l [Due<'d>], within: u32) -> impl Iterator<Item = (String, &'l [Due<'d>])> {
    let (over, ahead) = list.split_at(over(list));
    [("Over".to_owned(), over), (format!("Within {}", days(within)), ahead)].into_iter().filter(|(_, part)| !part.is_empty())
}

fn over(list: &[Due<'_>]) -> usize {
    list.partition_point(|due| due.days_left < 0)
}

fn when(days_left: i64) -> String {
    let count = |days: i64| Count(usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX), "day");
    match days_left {
        0 => "its last day is today".to_owned(),
        1.. => format!("{} left", count(days_left)),
        _ => format!("over for {}", count(days_left)),
    }
}

fn days(within: u32) -> Count<'static> {
    Count(usize::try_from(within).unwrap_or(usize::MAX), "day")
}

#[derive(Serialize)]
struct File<'a> {
    format: &'static str,
    version: u32,
    directory: &'a str,
    computed_for: Date,
    /// How many days ahead was looked.
    within: u32,
    /// By day, then by team: what is over comes first.
    due: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    /// The last day.
    on: Date,
    /// 0 on the last day, negative when it is over.
    days_left: i64,
    team: &'a str,
    name: &'a str,
    /// `certification`, `candidacy`, `confirmation`, `assessment`, `key`, `encryption`, `agreement`, `suspension`,
    /// `level`, `vouching` or `waiver`.
    kind: &'static str,
    what: &'a str,
    file: &'a str,
    line: u32,
}

impl<'a> Row<'a> {
    fn new(due: &'a Due<'_>) -> Self {
        let Due { on, days_left, team, kind, what, place } = due;
        let (team, name) = (team.id.as_str(), team.name.as_str());
        Self { on: *on, days_left: *days_left, team, name, kind, what, file: &place.file, line: place.span.start.line }
    }
}

/// The list for programs. Names are added, never removed or renamed, and never change their meaning.
pub(super) fn json(list: &[Due<'_>], directory: &str, today: Date, within: u32) -> serde_json::Result<String> {
    let due = list.iter().map(Row::new).collect();
    let file = File { format: "peerage/due", version: 1, directory, computed_for: today, within, due };
    Ok(plain_json(&serde_json::to_string_pretty(&file)?) + "\n")
}
