//! What comes out of a directory is what came in: a file in a foreign shape is imported, the site is built of the entries, and
//! its file in the same shape is held against the first, field by field.

use super::{GLOBAL_IRT, first_json};
use crate::common::{self, json, project, run_well, text};
use peerage::import::{self, Imported};
use peerage::openpgp;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::ffi::OsStr;

/// The file at `path` of a site that is built of what was imported.
fn exported(imported: &Imported, format: &str, path: &str) -> Value {
    let site = format!("title: Another Directory\nsample: true\nformats: [{format}]\n");
    let folder = project(&[("content/site.yaml", &site)]);
    let teams = folder.path().join("content/teams");
    for entry in &imported.entries {
        common::write(&teams.join(format!("{}.yaml", entry.id)), &entry.text);
        if let Some(key) = &entry.key {
            common::write(&teams.join(format!("{}.asc", entry.id)), key);
        }
    }
    run_well([OsStr::new("build"), OsStr::new("--today"), OsStr::new("2026-11-21"), folder.path().as_os_str()]);
    json(&folder.path().join("public").join(path))
}

/// Asserts that both have the same fields, but for those that are lost on the way and those that come to it.
fn assert_same(came: &Value, went: &Value, lost: &[&str], new: &[&str]) {
    let fields = |value: &Value, without: &[&str]| -> Map<String, Value> {
        let fields = value.as_object().unwrap().clone().into_iter();
        fields.filter(|(key, _)| !without.contains(&key.as_str())).collect()
    };
    for key in lost {
        assert!(went.get(key).is_none() || went[key] != came[key], "{key} is not lost");
    }
    let (came, went) = (fields(came, lost), fields(went, new));
    assert_eq!(came.keys().collect::<BTreeSet<_>>(), went.keys().collect::<BTreeSet<_>>());
    for (key, value) in &came {
        assert_eq!(value, &went[key], "{key}");
    }
}

#[test]
fn the_trusted_introducers_json_comes_back_whole() {
    let text = text(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/import/round-trip.json"));
    let came: Value = serde_json::from_str(&text).unwrap();
    let imported = import::ti_json(&text);
    assert!(imported.notes.is_empty(), "{:#?}", imported.notes);
    let went = exported(&imported, "trusted-introducer", "directory/teams.json");
    let (came, went) = (came.as_array().unwrap(), went.as_array().unwrap());
    assert_eq!(came.len(), went.len());
    for (came, went) in came.iter().zip(went) {
        assert_same(came, went, &[], &[]);
    }
}

#[test]
fn firsts_json_comes_back_but_for_what_entries_do_not_have() {
    let text = first_json();
    let came = serde_json::from_str::<Value>(&text).unwrap()["data"][0].clone();
    let went = exported(&import::first(&text), "first", "first/v1/teams.json");
    let mut went = went["data"].as_array().unwrap().iter().find(|team| team["team"] == came["team"]).unwrap().clone();
    // The key comes back cut down, with an armour of ours.
    let key = |team: &Value| openpgp::read(team["pgp-key"].as_str().unwrap().as_bytes()).unwrap()[0].fingerprint().clone();
    assert_eq!(key(&came), key(&went));
    went["pgp-key"] = came["pgp-key"].clone();
    let lost = ["id", "team-type", "timezone-dst", "other-communication", "last-modified"];
    assert_same(&came, &went, &lost, &["id", "last-modified"]);
}

#[test]
fn global_irt_comes_back_but_for_what_entries_do_not_have() {
    let came: Value = serde_json::from_str(GLOBAL_IRT).unwrap();
    let went = exported(&import::global_irt(GLOBAL_IRT), "global-irt", "global-irt/v1/teams.json");
    let went = went.as_array().unwrap().iter().find(|team| team["short-team-name"] == "CSIRT Alpha").unwrap();
    assert_same(&came[0], went, &["last-modified"], &["last-modified", "-peerage-status"]);
}
