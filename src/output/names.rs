//! Whether the names of a site can stand side by side, on every file system and beside the writer's own.

use super::OutputError;
use super::record::is_reserved;
use crate::site::{Name, Names, Site, SitePath, WRITERS};

/// Refuses reserved names, names that differ only in ASCII case, and a file that is also a folder.
pub(super) fn check(site: &Site<'_>) -> Result<(), OutputError> {
    if let Some(path) = site.paths().find(|path| is_reserved(path)) {
        return Err(OutputError::Reserved(path.clone()));
    }
    let mut taken = Names::default();
    for path in WRITERS {
        taken.take(Name { path, is_folder: false });
    }
    for path in site.paths().map(SitePath::as_str) {
        if let Some(first) = Name::all(path).find_map(|one| taken.take(one)) {
            return Err(OutputError::Clash(first.path.to_owned(), path.to_owned()));
        }
    }
    Ok(())
}
