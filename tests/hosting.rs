//! How a site wants to be served: names of assets, headers, compressed files, what stands in a page for those who share it,
//! and the recipes of `init`. `tests/conformance/hosting` holds the same against real servers.

mod compressed;
mod headers;
mod recipes;
mod shared;

use crate::common::{run_well, write_files};
use std::path::{Path, PathBuf};

/// A project of one team with keys to none, and these lines in its settings.
fn project(settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let settings = format!("title: \"T & Co\"\nsample: true\n{settings}");
    write_files(folder.path(), &[("content/site.yaml", &settings), ("content/teams/a.yaml", "name: \"A <&\"\ncountry: AT\n")]);
    folder
}

/// Builds the project, and says where its site is.
fn build(project: &Path) -> PathBuf {
    let root = project.to_str().unwrap();
    run_well(["build", "--quiet", "--today", "2026-10-01", root]);
    project.join("public")
}

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(path.as_ref()).unwrap_or_else(|error| panic!("{}: {error}", path.as_ref().display()))
}
