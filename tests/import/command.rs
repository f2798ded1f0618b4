//! The command: what it writes, what it leaves alone, what it says.

use super::{GLOBAL_IRT, TI_JSON, first_json, load};
use crate::common::{self, project, stderr, stdout};
use std::fs;
use std::path::Path;
use std::process::Output;

fn peerage(args: &[&str], project: &Path) -> Output {
    common::peerage().args(args).arg("--into").arg(project).output().unwrap()
}

#[test]
fn the_command_writes_once_and_tells() {
    let folder = project(&[]);
    let input = folder.path().join("in.json");
    fs::write(&input, TI_JSON).unwrap();
    let existing = folder.path().join("content/teams/beta.yaml");
    fs::write(&existing, "name: Mine\ncountry: DE\n").unwrap();
    let first = peerage(&["import", "ti-json", input.to_str().unwrap()], folder.path());
    assert_eq!(first.status.code(), Some(1), "{}", stderr(&first));
    assert!(stdout(&first).starts_with("Wrote 4 entries into "), "{}", stdout(&first));
    assert!(
        stdout(&first).contains(
            " 1 team has an entry already, which was left as it is. 2 teams could not be imported.\nNext: peerage check "
        )
    );
    assert!(stderr(&first).contains("Already there: beta\n"), "{}", stderr(&first));
    assert_eq!(fs::read_to_string(&existing).unwrap(), "name: Mine\ncountry: DE\n");
    let count = || fs::read_dir(folder.path().join("content/teams")).unwrap().count();
    assert_eq!(count(), 5);
    let again = peerage(&["import", "ti-json", input.to_str().unwrap()], folder.path());
    assert!(stdout(&again).starts_with("Wrote 0 entries into ") && count() == 5, "{}", stdout(&again));
    assert_eq!(load(folder.path()).teams.len(), 5);
}

#[test]
fn a_key_is_written_beside_its_entry_or_neither_is() {
    let folder = project(&[]);
    let input = folder.path().join("in.json");
    fs::write(&input, first_json()).unwrap();
    let teams = folder.path().join("content/teams");
    fs::write(teams.join("csirt-alpha.asc"), "mine").unwrap();
    let words = ["import", "first", input.to_str().unwrap()];
    let taken = peerage(&words, folder.path());
    assert!(stderr(&taken).contains("Already there: csirt-alpha\n") && !teams.join("csirt-alpha.yaml").exists());
    assert_eq!(fs::read_to_string(teams.join("csirt-alpha.asc")).unwrap(), "mine");
    fs::remove_file(teams.join("csirt-alpha.asc")).unwrap();
    assert!(stdout(&peerage(&words, folder.path())).starts_with("Wrote 1 entry into "));
    let read = load(folder.path());
    assert_eq!((read.teams.len(), read.key_files.len()), (4, 1));
    assert!(fs::read_to_string(teams.join("csirt-alpha.asc")).unwrap().starts_with("-----BEGIN PGP PUBLIC KEY BLOCK-----\n"));
    fs::write(&input, GLOBAL_IRT).unwrap();
    let other = peerage(&["import", "global-irt", input.to_str().unwrap()], folder.path());
    assert_eq!(other.status.code(), Some(1), "one team has no country: {}", stderr(&other));
    assert!(stderr(&other).contains("Already there: csirt-alpha, beta\n"), "{}", stderr(&other));
}

#[test]
fn the_command_says_why_it_cannot_work() {
    let folder = project(&[]);
    let input = folder.path().join("in.csv");
    fs::write(&input, b"team,country\nAlph\xe4,AT\n").unwrap();
    let latin1 = peerage(&["import", "csv", input.to_str().unwrap()], folder.path());
    assert_eq!(latin1.status.code(), Some(1));
    assert!(stderr(&latin1).contains("line 2, column 5: the file is not UTF-8; save it as UTF-8"), "{}", stderr(&latin1));
    let nowhere = peerage(&["import", "csv", input.to_str().unwrap()], &folder.path().join("none"));
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(stderr(&nowhere).contains("peerage init"), "{}", stderr(&nowhere));
    let missing = peerage(&["import", "csv", "/nonexistent.csv"], folder.path());
    assert_eq!(missing.status.code(), Some(2));
    assert!(stderr(&missing).contains("/nonexistent.csv cannot be read"), "{}", stderr(&missing));
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere() {
    let (folder, outside) = (project(&[]), tempfile::tempdir().unwrap());
    let input = folder.path().join("in.csv");
    fs::write(&input, "team,country\nAlpha,AT\n").unwrap();
    let target = outside.path().join("target");
    std::os::unix::fs::symlink(&target, folder.path().join("content/teams/alpha.yaml")).unwrap();
    let linked = peerage(&["import", "csv", input.to_str().unwrap()], folder.path());
    assert!(stdout(&linked).starts_with("Wrote 0 entries") && !target.exists(), "{}", stdout(&linked));
    fs::remove_dir_all(folder.path().join("content/teams")).unwrap();
    std::os::unix::fs::symlink(outside.path(), folder.path().join("content/teams")).unwrap();
    let linked = peerage(&["import", "csv", input.to_str().unwrap()], folder.path());
    assert_eq!(linked.status.code(), Some(2), "{}", stdout(&linked));
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
}

#[test]
fn a_file_that_is_too_large_is_not_read_to_its_end() {
    let folder = project(&[]);
    let file = folder.path().join("teams.json");
    fs::File::create(&file).unwrap().set_len(peerage::import::MAX_BYTES + 1).unwrap();
    let output = peerage(&["import", "ti-json", file.to_str().unwrap()], folder.path());
    let said = stderr(&output);
    assert!(output.status.code() == Some(2) && said.contains("is larger than 16 MiB; import it in parts"), "{said}");
}

/// Teams of one name are many: that one of them has an entry says nothing of the other.
#[test]
fn a_team_of_another_country_is_not_taken_for_the_one_that_is_there() {
    let folder = project(&[]);
    let import = |country: &str| {
        fs::write(folder.path().join("in.csv"), format!("name,country\nGovCERT,{country}\n")).unwrap();
        peerage(&["import", "csv", folder.path().join("in.csv").to_str().unwrap()], folder.path())
    };
    assert_eq!(import("AT").status.code(), Some(0));
    let same = import("AT");
    assert!(same.status.code() == Some(0) && !stderr(&same).contains("other teams"), "{}", stderr(&same));
    let other = import("DE");
    assert!(other.status.code() == Some(1) && stderr(&other).contains("govcert (AT, and here DE)"), "{}", stderr(&other));
}
