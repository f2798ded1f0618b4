//! What the canonical form is, case by case: `tests/fmt/golden/NAME.in.yaml` becomes `NAME.out.yaml`.
//!
//! `PEERAGE_BLESS=1 cargo test` writes the latter anew; the difference is then for a person to judge.

use crate::common::{run, stderr, text};
use peerage::load::{Canonical, FileKind};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fmt/golden")
}

#[test]
fn each_case_comes_out_as_expected() {
    let names: Vec<String> =
        std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let cases: BTreeSet<&str> = names.iter().filter_map(|name| name.split('.').next()).collect();
    assert!(cases.len() > 15, "{cases:?}");
    let mut differ = Vec::new();
    for case in &cases {
        let (before, path) = (text(&folder().join(format!("{case}.in.yaml"))), folder().join(format!("{case}.out.yaml")));
        let canonical = Canonical::new(FileKind::of_text(&before));
        let after = canonical.format(&before).unwrap_or_else(|why| panic!("{case}: {why}"));
        if std::env::var_os("PEERAGE_BLESS").is_some() {
            std::fs::write(&path, &after).unwrap();
        }
        if std::fs::read_to_string(&path).unwrap_or_default() != after {
            differ.push(format!("{case} becomes:\n{after}"));
        }
        assert_eq!(canonical.format(&after).as_ref(), Ok(&after), "{case} is not done at once");
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

/// What we show people as examples is what the command would make of it.
#[test]
fn the_sample_is_canonical() {
    let output = run(["fmt", "--check", env!("CARGO_MANIFEST_DIR")]);
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), stderr(&output));
}
