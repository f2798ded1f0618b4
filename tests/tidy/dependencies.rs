//! Cargo.toml and docs/dependencies.md name the same crates, and each has a reason.

use std::collections::BTreeSet;

/// The crates below `[dependencies]`, of whatever system, under the names that we use.
pub(crate) fn declared(cargo: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut inside = false;
    for line in cargo.lines() {
        if let Some(section) = line.strip_prefix('[') {
            inside = section.trim_end_matches(']').ends_with("dependencies");
        } else if let Some((name, _)) = line.split_once('=').filter(|_| inside && !line.starts_with('#')) {
            names.insert(name.trim().to_owned());
        }
    }
    names
}

/// The crates of the first table, and what is wrong with its rows.
pub(crate) fn explained(document: &str) -> (BTreeSet<String>, Vec<String>) {
    let (mut names, mut found) = (BTreeSet::new(), Vec::new());
    let rows = document.lines().skip_while(|line| !line.starts_with("| ---")).skip(1).take_while(|line| line.starts_with('|'));
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(|cell| cell.trim_matches([' ', '|'])).collect();
        if cells.len() != 3 || cells.iter().any(|cell| cell.is_empty()) {
            found.push(format!("what it is for, and why this one, is not said: {row}"));
        }
        // `flate2` with a feature; `pgp` (its own name).
        let first = cells[0].split(" with ").next().unwrap_or_default().split(" (").next().unwrap_or_default();
        for name in first.split(", ").map(|name| name.trim_matches('`').to_owned()) {
            if !names.insert(name.clone()) {
                found.push(format!("`{name}` stands in two rows"));
            }
        }
    }
    (names, found)
}

/// Where the two differ.
pub(crate) fn differences(cargo: &str, document: &str) -> Vec<String> {
    let declared = declared(cargo);
    let (explained, mut found) = explained(document);
    found.extend(declared.difference(&explained).map(|name| format!("`{name}` has no row in docs/dependencies.md")));
    found.extend(explained.difference(&declared).map(|name| format!("`{name}` is explained, but is no dependency")));
    found
}
