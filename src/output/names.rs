//! Whether the names of a site can stand side by side, on every file system and beside the writer's own.

use super::OutputError;
use super::record::is_reserved;
use super::tree::prefixes;
use crate::site::{Site, WRITERS};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Refuses reserved names, names that differ only in ASCII case, and a file that is also a folder.
pub(super) fn check(site: &Site<'_>) -> Result<(), OutputError> {
    if let Some(path) = site.paths().find(|path| is_reserved(path)) {
        return Err(OutputError::Reserved(path.clone()));
    }
    // From the folded name to the first spelling, and whether that one is a folder.
    let mut seen = HashMap::new();
    for own in WRITERS {
        seen.insert(own.to_ascii_lowercase(), (own, false));
    }
    for path in site.paths() {
        let whole = path.as_str();
        for (name, folder) in prefixes(whole).map(|prefix| (prefix, true)).chain([(whole, false)]) {
            match seen.entry(name.to_ascii_lowercase()) {
                Entry::Vacant(free) => {
                    free.insert((name, folder));
                }
                Entry::Occupied(first) if *first.get() == (name, folder) => {}
                Entry::Occupied(first) => return Err(OutputError::Clash(first.get().0.to_owned(), whole.to_owned())),
            }
        }
    }
    Ok(())
}
