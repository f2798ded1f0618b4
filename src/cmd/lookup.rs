//! `peerage lookup`.

mod words;

use super::foreign::plain_json;
use super::input::read;
use super::report::{print, say};
use super::today::today;
use super::{ERRORS, FINE, Failure};
use crate::assess::assess;
use crate::cli;
use crate::lookup::{Answer, Folder, Index, Query, answer};
use crate::model::Date;
use std::path::Path;

/// Shows who answers for something. The code tells whether anybody was found.
pub(super) fn run(args: &cli::Lookup) -> Result<u8, Failure> {
    let today = today(args.today)?;
    let query = Query::parse(&args.query)?;
    let told = if args.folder.join("content").is_dir() {
        in_project(&args.folder, &query, today)?
    } else {
        answer(&query, &open(&args.folder)?)?
    };
    let now = told.clone().as_of(today);
    if let Some(error) = query.refused_as_name().filter(|_| now.matches.is_empty()) {
        return Err(error.into());
    }
    if args.json {
        print(&(plain_json(&serde_json::to_string_pretty(&now)?) + "\n"))?;
    } else if now.matches.is_empty() {
        say(words::no_team(&now));
    } else {
        print(&words::of(&now, &told, today))?;
    }
    // Of so many that none is shown it is not that nobody was found.
    Ok(if now.matches.is_empty() && now.cut.is_empty() { ERRORS } else { FINE })
}

/// The answer of a project as of the day.
fn in_project(root: &Path, query: &Query, today: Date) -> Result<Answer, Failure> {
    let directory = read(root)?;
    let assessment = assess(&directory, today);
    let Ok(answer) = answer(query, &Index::new(&assessment));
    Ok(answer)
}

fn open(root: &Path) -> Result<Folder, Failure> {
    let shown = root.display();
    if Folder::is_one(root) {
        return Ok(Folder::open(root)?);
    }
    if !root.is_dir() {
        return Err(format!("{shown} is not a folder; a query of several words stands in quotes").into());
    }
    if root.join("manifest.json").is_file() {
        return Err(format!(
            "{shown} is a site without lookup: write `lookup` under `formats` in its content/site.yaml, and build it anew"
        )
        .into());
    }
    Err(format!("{shown} is neither a project, which has a folder content, nor a built site: name one behind the query").into())
}
