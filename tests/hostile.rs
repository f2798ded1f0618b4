//! What strangers may send: whatever stands in a project, it is read in time, without a panic, and every mistake makes
//! a finding that a terminal can show.

mod files;
mod keys;
mod texts;

use crate::project::Project;
use peerage::diagnostic::Finding;
use std::sync::mpsc;
use std::time::Duration;

/// More than anything takes that ends, on any machine, whatever else it does.
const LONGEST: Duration = Duration::from_mins(1);

/// What is found in a project, and how it is shown in every form, within the time; fails where a terminal could be misled.
fn found(what: &str, project: Project) -> (Vec<Finding>, String) {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let findings = project.findings();
        let shown = project.shown(&findings);
        // What is told of some is told of all: that takes longer than to find it.
        let told = project.told(&findings[..findings.len().min(500)]);
        sender.send((findings, shown, told)).unwrap();
    });
    let (findings, shown, told) = receiver.recv_timeout(LONGEST).unwrap_or_else(|error| panic!("{what}: {error}"));
    let odd = |text: &str| text.chars().find(|&c| (c.is_control() && c != '\n') || misleads(c));
    assert_eq!(odd(&shown), None, "{what}: {shown}");
    for (form, text) in &told {
        if matches!(*form, "json" | "gitlab" | "sarif" | "rdjson") {
            assert!(serde_json::from_str::<serde_json::Value>(text).is_ok(), "{what}: {form}");
        } else {
            assert_eq!(odd(text), None, "{what}: {form}: {text}");
        }
    }
    let told = shown + &told.into_iter().map(|(_, text)| text).collect::<String>();
    (findings, told)
}

/// The marks that turn the direction of what follows.
fn misleads(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The rules that an entry breaks, in order, each once in a row.
fn rules(what: &str, entry: impl AsRef<[u8]>) -> Vec<&'static str> {
    let (findings, _) = found(what, Project::with_entry(entry));
    let mut rules: Vec<_> = findings.iter().map(|finding| finding.rule.id()).collect();
    rules.dedup();
    rules
}
