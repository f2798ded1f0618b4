//! The JSON Schemas of what people write: `schema/*.json` are as the command prints them. What they see, and what they do not,
//! is held by `tests/interop/schema.py`, with a validator that others wrote.
//!
//! `PEERAGE_BLESS=1 cargo test` writes these files anew; the difference is then for a person to judge.

use crate::common::{json, run_well, stdout, text};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// What there is a schema of.
const OF: &[&str] = &["authority", "entry", "private-entry", "private-meeting", "profile", "site"];

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

/// The mappings that a schema describes: the file, and each definition that has keys.
fn records(schema: &Value) -> impl Iterator<Item = &Value> {
    let definitions = schema["definitions"].as_object().unwrap().values();
    std::iter::once(schema).chain(definitions).filter(|record| record.get("properties").is_some())
}

#[test]
fn every_key_says_what_it_is_for() {
    for of in OF {
        let schema = json(&kept(of));
        for record in records(&schema) {
            let title = record["title"].as_str().unwrap();
            assert!(!record["description"].as_str().unwrap().is_empty(), "{of}: {title}");
            assert_eq!(record["additionalProperties"], false, "{of}: {title}");
            for (key, property) in record["properties"].as_object().unwrap() {
                let description = property["description"].as_str().unwrap_or_default();
                assert!(description.len() > 5, "{of}: {title}: {key}: {description:?}");
            }
        }
        for (name, definition) in schema["definitions"].as_object().unwrap() {
            let told = ["title", "description"].map(|key| definition[key].as_str().unwrap_or_default());
            assert!(told.iter().all(|text| !text.is_empty()), "{of}: {name} has no title, or no description");
        }
    }
}

#[test]
fn values_and_records_are_referred_to_by_their_names() {
    fn references<'v>(value: &'v Value, found: &mut BTreeSet<&'v str>) {
        match value {
            Value::Object(entries) => {
                found.extend(entries.get("$ref").and_then(Value::as_str));
                entries.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    for of in OF {
        let schema = json(&kept(of));
        let mut found = BTreeSet::new();
        references(&schema, &mut found);
        let names: BTreeSet<String> = found.iter().map(|path| path.strip_prefix("#/definitions/").unwrap().to_owned()).collect();
        let there: BTreeSet<String> = schema["definitions"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(names, there, "{of}");
    }
    let entry = json(&kept("entry"));
    let order: Vec<&str> = entry["properties"].as_object().unwrap().keys().map(String::as_str).take(4).collect();
    assert_eq!(order, ["name", "official_name", "host", "country"]);
    assert_eq!(entry["properties"]["established"]["$ref"], "#/definitions/Date");
    assert_eq!(entry["definitions"]["Key"]["properties"]["fingerprint"]["$ref"], "#/definitions/Fingerprint");
    assert_eq!(entry["definitions"]["Constituency"]["properties"]["asns"]["items"]["$ref"], "#/definitions/Asn");
}

#[test]
fn every_key_stands_in_the_manual() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    for (of, page) in [
        ("entry", "entries.md"),
        ("profile", "entries.md"),
        ("authority", "entries.md"),
        ("private-entry", "entries.md"),
        ("private-meeting", "entries.md"),
        ("site", "operators.md"),
    ] {
        let (schema, manual) = (json(&kept(of)), text(&docs.join(page)));
        let keys = records(&schema).flat_map(|record| record["properties"].as_object().unwrap().keys());
        let words: BTreeSet<&str> = manual.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').collect();
        // The parameters of SIM3 and the levels of TI's JSON are words of closed lists.
        let missing: Vec<_> = keys.filter(|key| !words.contains(key.as_str()) && !key.contains('-')).collect();
        assert!(missing.is_empty(), "docs/{page} does not name {missing:?}");
    }
}

#[test]
fn whoever_mistypes_is_told_what_there_is() {
    let output = crate::common::run(["schema", "entries"]);
    assert_eq!(output.status.code(), Some(2));
    let told = crate::common::stderr(&output);
    assert!(
        told.contains("entry, site, profile, authority, private-entry, private-meeting")
            && told.contains("a similar value exists: 'entry'"),
        "{told}"
    );
}
