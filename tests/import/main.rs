//! Importing foreign data: every fact field by field, a note on everything that is lost, and nothing overwritten.

mod command;
mod facts;
mod hostile;

use peerage::import::Imported;
use peerage::load::Directory;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const TI_JSON: &str = include_str!("../data/import/teams.json");
const CSV: &str = include_str!("../data/import/teams.csv");

/// A project without teams.
fn project() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("content/teams")).unwrap();
    fs::write(folder.path().join("content/site.yaml"), "title: Test\nsample: true\n").unwrap();
    folder
}

/// The directory as our loader reads it, without a finding.
fn load(project: &Path) -> Directory {
    let (directory, findings) = peerage::load::load(project).unwrap();
    assert!(findings.is_empty(), "{findings:#?}");
    directory.unwrap()
}

/// What our loader makes of imported entries.
fn loaded(imported: &Imported) -> Directory {
    let folder = project();
    for entry in &imported.entries {
        fs::write(folder.path().join(format!("content/teams/{}.yaml", entry.id)), &entry.text).unwrap();
    }
    load(folder.path())
}

fn notes(imported: &Imported) -> String {
    imported.notes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
