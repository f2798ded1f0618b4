//! `peerage new`.

use super::create::{create, next_command, teams_folder};
use super::{FINE, Failure};
use crate::check::UNFINISHED;
use crate::cli;
use crate::model::TeamId;
use std::io::{self, Write};

/// An entry that explains itself. Comments begin with `#` and one blank; every other `#` hides an example that holds
/// when it is uncovered.
const TEMPLATE: &str = include_str!("new/entry.yaml");

pub(super) fn run(args: &cli::New) -> Result<u8, Failure> {
    let folder = teams_folder(&args.project)?;
    let path = folder.join(format!("{}.yaml", args.id));
    if !create(&path, &entry(&args.id))? {
        return Err(format!("{} is there already; edit that file, or choose another id", path.display()).into());
    }
    let mut out = io::stdout().lock();
    writeln!(out, "Wrote {}", path.display())?;
    writeln!(out, "Next: fill it in, then run: {}", next_command("check", &args.project))?;
    Ok(FINE)
}

/// The entry with which a team begins. Its name is made of the id; what follows keeps `null` and the like from being anything but text.
fn entry(id: &TeamId) -> String {
    let name = id.as_str().to_uppercase().replace('-', " ");
    TEMPLATE.replace("{name}", &format!("{name} {UNFINISHED}"))
}
