//! `peerage import`.

use super::create::{create, create_both, next_command, teams_folder};
use super::read::{read_up_to, shown};
use super::report::say;
use super::{ERRORS, FINE, Failure};
use crate::cli;
use crate::diagnostic::Count;
use crate::import::{self, Imported, MAX_BYTES, Written};
use crate::load::load;
use std::io::{self, Write};
use std::path::Path;

pub(super) fn run(args: &cli::Import) -> Result<u8, Failure> {
    let (args, convert): (_, fn(&str) -> Imported) = match args {
        cli::Import::TiJson(args) => (args, import::ti_json),
        cli::Import::Csv(args) => (args, import::csv),
        cli::Import::First(args) => (args, import::first),
        cli::Import::GlobalIrt(args) => (args, import::global_irt),
    };
    let folder = teams_folder(&args.into)?;
    let bytes = read_up_to(&args.file, MAX_BYTES)?
        .ok_or_else(|| format!("{} is larger than {} MiB; import it in parts", shown(&args.file), MAX_BYTES / 1024 / 1024))?;
    let imported = import::decode(&bytes).map_or_else(|nothing| *nothing, convert);
    let mut there = Vec::new();
    for entry in &imported.entries {
        if !write(entry, &folder)? {
            there.push(entry.id.as_str());
        }
    }
    tell(&imported, &there, &folder, &args.into)?;
    let others = others(&imported, &there, &args.into)?;
    if !others.is_empty() {
        let help = "look whose entries these are, and write the new ones by hand, under ids of their own";
        say(format_args!("Entries of other teams have these ids already: {}; {help}", others.join(", ")));
    }
    Ok(if imported.refused > 0 || !others.is_empty() { ERRORS } else { FINE })
}

/// Of the entries that are `there` already those of teams in other countries than was imported: teams of one name are many.
fn others(imported: &Imported, there: &[&str], project: &Path) -> Result<Vec<String>, Failure> {
    let (Some(directory), false) = (load(project)?.0, there.is_empty()) else { return Ok(Vec::new()) };
    let of = |entry: &Written| {
        let team = directory.team(&entry.id).filter(|team| team.country != entry.country)?;
        Some(format!("{} ({}, and here {})", entry.id, team.country, entry.country))
    };
    Ok(imported.entries.iter().filter(|entry| there.contains(&entry.id.as_str())).filter_map(of).collect())
}

/// Writes an entry, and its key beside it. `false` where one of the two is there already.
fn write(entry: &Written, folder: &Path) -> Result<bool, Failure> {
    let path = folder.join(format!("{}.yaml", entry.id));
    match &entry.key {
        None => create(&path, &entry.text),
        Some(key) => create_both((&path, &entry.text), (&folder.join(format!("{}.asc", entry.id)), key)),
    }
}

/// Says what was done, then what could not be done, then what to do.
fn tell(imported: &Imported, there: &[&str], folder: &Path, project: &Path) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let written = imported.entries.len() - there.len();
    write!(out, "Wrote {} into {}.", Count(written, "entry"), folder.display())?;
    match there.len() {
        0 => {}
        1 => write!(out, " 1 team has an entry already, which was left as it is.")?,
        n => write!(out, " {n} teams have entries already, which were left as they are.")?,
    }
    if imported.refused > 0 && !imported.entries.is_empty() {
        write!(out, " {} could not be imported.", Count(imported.refused, "team"))?;
    }
    writeln!(out)?;
    let mut err = io::BufWriter::new(io::stderr().lock());
    if !imported.notes.is_empty() {
        let all = Count(imported.notes.len() + imported.untold, "note");
        writeln!(err, "{all} on what could not be taken over as it stands:")?;
    }
    for note in &imported.notes {
        writeln!(err, "{note}")?;
    }
    if imported.untold > 0 {
        writeln!(err, "Not told: {}", Count(imported.untold, "more note"))?;
    }
    if !there.is_empty() {
        writeln!(err, "Already there: {}", there.join(", "))?;
    }
    err.flush()?;
    if !imported.entries.is_empty() {
        writeln!(out, "Next: {}", next_command("check", project))?;
    }
    Ok(())
}
