//! Lookup: the core against a search that reads everything, in memory and in the files of a built site; files from a
//! stranger; the command.

mod brute;
mod command;
mod files;
mod foreign;
mod property;
pub mod random;

use crate::common;
use peerage::assess::{Assessment, assess};
use peerage::load::load;
use peerage::site::plan;
use std::path::Path;

const TODAY: &str = "2026-11-21";

/// The directory of a project as of [`TODAY`], handed to `look`.
fn with_directory<T>(root: &Path, look: impl FnOnce(&Assessment<'_>) -> T) -> T {
    let (directory, findings) = load(root).unwrap();
    let errors: Vec<_> = findings.iter().filter(|finding| finding.is_error()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let directory = directory.unwrap();
    look(&assess(&directory, TODAY.parse().unwrap()))
}

/// Writes the files of lookup of the project at `root` below `out`, and says how many.
fn write_lookup(root: &Path, assessment: &Assessment<'_>, out: &Path) -> usize {
    let theme = common::theme(root, assessment);
    let (site, _) = plan(assessment, &theme, root);
    let paths: Vec<_> = site.paths().filter(|path| path.as_str().starts_with("lookup/")).collect();
    for path in &paths {
        let mut bytes = Vec::new();
        site.render(path, &mut bytes).unwrap().unwrap();
        common::write(&out.join(path.as_str()), bytes);
    }
    paths.len()
}
