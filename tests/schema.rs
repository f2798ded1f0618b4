//! The JSON Schemas of what people write: `schema/*.json` are as the command prints them. What they see, and what they do not,
//! is held by `tests/interop/schema.py`, with a validator that others wrote.
//!
//! `PEERAGE_BLESS=1 cargo test` writes these files anew; the difference is then for a person to judge.

use crate::common::{run_well, stdout};
use std::collections::BTreeSet;
use std::path::Path;

/// What there is a schema of.
const OF: &[&str] = &["authority", "entry", "profile", "site"];

fn kept(of: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schema").join(of).with_extension("json")
}

#[test]
fn the_files_are_as_printed() {
    for of in OF {
        let printed = stdout(&run_well(["schema", of]));
        if std::env::var_os("PEERAGE_BLESS").is_some() {
            std::fs::create_dir_all(kept(of).parent().unwrap()).unwrap();
            std::fs::write(kept(of), &printed).unwrap();
        }
        let kept = std::fs::read_to_string(kept(of)).unwrap_or_default();
        let differs = printed.lines().zip(kept.lines()).position(|(printed, kept)| printed != kept);
        assert!(printed == kept, "schema/{of}.json is not as printed, from line {differs:?} on");
    }
    let folder = std::fs::read_dir(kept("entry").parent().unwrap()).unwrap();
    let files: BTreeSet<String> = folder.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    let expected: BTreeSet<String> = OF.iter().map(|of| format!("{of}.json")).collect();
    assert_eq!(files, expected);
}

#[test]
fn whoever_mistypes_is_told_what_there_is() {
    let output = crate::common::run(["schema", "entries"]);
    assert_eq!(output.status.code(), Some(2));
    let told = crate::common::stderr(&output);
    assert!(told.contains("entry, site, profile, authority") && told.contains("a similar value exists: 'entry'"), "{told}");
}
