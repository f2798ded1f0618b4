//! Importing foreign data: every fact field by field, a note on everything that is lost, and nothing overwritten.

mod command;
mod facts;
mod hostile;
mod irt;
mod round_trips;
mod tables;

use crate::common;
use peerage::import::Imported;
use peerage::load::Directory;
use peerage::model::Team;
use std::fs;
use std::path::Path;

const TI_JSON: &str = include_str!("data/import/teams.json");
const GLOBAL_IRT: &str = include_str!("data/import/global-irt.json");
const CSV: &str = include_str!("data/import/teams.csv");

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
        let file = |ending: &str| folder.path().join(format!("content/teams/{}.{ending}", entry.id));
        fs::write(file("yaml"), &entry.text).unwrap();
        if let Some(key) = &entry.key {
            fs::write(file("asc"), key).unwrap();
        }
    }
    load(folder.path())
}

/// The team with this id.
fn team<'d>(directory: &'d Directory, id: &str) -> &'d Team {
    directory.team(&id.parse().unwrap()).unwrap_or_else(|| panic!("no team {id}"))
}

/// FIRST's shape, with a key that stands among those of the tests of OpenPGP.
fn first_json() -> String {
    let key = include_str!("openpgp/keys/ed25519.asc").replace('\n', "\\n");
    include_str!("data/import/first.json").replace("KEY", &key)
}

fn notes(imported: &Imported) -> String {
    imported.notes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
