//! Importing foreign data: every fact field by field, a note on everything that is lost, and nothing overwritten.

mod command;
#[path = "../common/mod.rs"]
mod common;
mod facts;
mod hostile;

use peerage::import::Imported;
use peerage::load::Directory;
use std::fs;
use std::path::Path;

const TI_JSON: &str = include_str!("../data/import/teams.json");
const CSV: &str = include_str!("../data/import/teams.csv");

/// The directory as our loader reads it, without a finding.
fn load(project: &Path) -> Directory {
    let (directory, findings) = peerage::load::load(project).unwrap();
    assert!(findings.is_empty(), "{findings:#?}");
    directory.unwrap()
}

/// What our loader makes of imported entries.
fn loaded(imported: &Imported) -> Directory {
    let folder = common::project(&[]);
    for entry in &imported.entries {
        fs::write(folder.path().join(format!("content/teams/{}.yaml", entry.id)), &entry.text).unwrap();
    }
    load(folder.path())
}

fn notes(imported: &Imported) -> String {
    imported.notes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
