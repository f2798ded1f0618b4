//! The public files of a small directory, byte for byte: `tests/golden/project` as of one day makes what stands in
//! `tests/golden/expected`.
//!
//! `PEERAGE_BLESS=1 cargo test --test golden` writes these files anew; the difference is then for a person to judge.

use crate::common::{run_well, tree};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;

/// The files that are compared.
const FILES: &[&str] = &[
    "api/v1/statistics.json",
    "api/v1/teams.json",
    "directory/teams.json",
    "keys.json",
    "statistics.csv",
    "teams/cert-alpha.svg",
    "teams/cert-eta.svg",
    "teams/cert-iota.svg",
];

#[test]
fn the_public_files_are_as_expected() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let (project, expected) = (golden.join("project"), golden.join("expected"));
    let out = tempfile::tempdir().unwrap();
    let words = ["build", "--today", "2026-11-21", "--out"].map(OsStr::new);
    run_well(words.into_iter().chain([out.path().as_os_str(), project.as_os_str()]));
    let built = tree(out.path());
    for file in FILES {
        let bytes = built.get(Path::new(file)).unwrap_or_else(|| panic!("{file} was not built"));
        let path = expected.join(file);
        if std::env::var_os("PEERAGE_BLESS").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, bytes).unwrap();
        }
        let kept = std::fs::read(&path).unwrap_or_default();
        let (built, kept) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&kept));
        let differs = built.lines().zip(kept.lines()).position(|(built, kept)| built != kept);
        let line = differs.unwrap_or_else(|| kept.lines().count().min(built.lines().count()));
        let around = built.lines().skip(line.saturating_sub(8)).take(12).collect::<Vec<_>>().join("\n");
        assert!(built == kept, "{file} is not as in tests/golden/expected from line {} on:\n{around}", line + 1);
    }
    let used: BTreeSet<&Path> = FILES.iter().map(Path::new).collect();
    let kept = tree(&expected);
    let unused: Vec<_> = kept.keys().filter(|path| !used.contains(path.as_path())).collect();
    assert!(unused.is_empty(), "nothing uses {unused:?} in tests/golden/expected");
}
