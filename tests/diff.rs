//! `peerage diff`: what it calls a change, how much it matters, and that nothing in an entry breaks out of the Markdown.

mod git;
mod hostile;
mod keys;
mod table;
mod texts;

use crate::common::{peerage, project, stderr, stdout};
use serde_json::Value;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

/// A team with something of everything.
pub(crate) const ALPHA: &str = "name: CERT Alpha\nofficial_name: Team Alpha\nhost: Alpha Network\ncountry: AT\nestablished: 2004-03-01\n\
    types: [academic]\nwebsite: https://cert.alpha.example/\nrfc2350: https://cert.alpha.example/rfc2350.txt\n\
    contact:\n  emails: [{address: cert@alpha.example}]\n\
    \x20 phones: [{number: \"+1 202 555 0100\"}, {number: \"+1 202 555 0199\", usage: [voice, emergency]}]\n\
    constituency:\n  domains: [alpha.example]\n  asns: [64496]\n  networks: [192.0.2.0/26]\n\
    status:\n  - {level: listed, since: 2004-03-01}\n  - {level: accredited, since: 2005-01-15}\n\
    \x20 - {level: certified, since: 2024-05-01}\nconfirmed: 2026-09-01\n";

/// Another one, so that there is something to clash with.
pub(crate) const BETA: &str = "name: CERT Beta\ncountry: DE\ncontact: {emails: [{address: cert@beta.example}]}\n\
    constituency: {domains: [beta.example], networks: [198.51.100.0/24]}\n\
    status: [{level: listed, since: 2010-01-01}]\n";

/// A project with the two teams, the first of which is `alpha`.
pub(crate) fn directory(alpha: &str) -> TempDir {
    project(&[("content/teams/cert-alpha.yaml", alpha), ("content/teams/cert-beta.yaml", BETA)])
}

/// Runs the command for the day of the tests.
pub(crate) fn diff(words: &[&dyn AsRef<std::ffi::OsStr>]) -> Output {
    let mut command = peerage();
    command.args(["diff", "--today", "2026-11-21"]);
    for word in words {
        command.arg(word.as_ref());
    }
    command.output().unwrap()
}

/// The Markdown about two folders.
pub(crate) fn markdown(old: &Path, new: &Path) -> String {
    let output = diff(&[&old, &new]);
    assert!(output.status.success(), "{}", stderr(&output));
    stdout(&output)
}

/// The JSON about two folders.
pub(crate) fn json(old: &Path, new: &Path) -> Value {
    let output = diff(&[&old, &new, &"--json"]);
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).unwrap()
}

/// All changes, each with the team, the kind and the words; the gravest first.
pub(crate) fn changes(old: &Path, new: &Path) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let told = json(old, new);
    let parts = told["parts"].as_array().unwrap();
    let of = |part: &Value| -> Vec<_> {
        let changes = part["changes"].as_array().unwrap().iter();
        changes.map(|change| (text(&part["team"]), text(&change["kind"]), text(&change["text"]))).collect()
    };
    parts.iter().flat_map(of).collect()
}

/// The kinds alone, of an entry that becomes another.
pub(crate) fn kinds(old: &str, new: &str) -> Vec<String> {
    let (old, new) = (directory(old), directory(new));
    changes(old.path(), new.path()).into_iter().map(|(_, kind, _)| kind).collect()
}
