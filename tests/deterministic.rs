//! The same input and the same day give the same bytes, whatever else differs.

use crate::common::{self, peerage, run_well, tree};
use std::path::Path;

/// Copies the sample project, its files in this order.
fn copy_sample(to: &Path, reversed: bool) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> =
        ["content", "static"].iter().flat_map(|part| tree(&root.join(part)).into_iter().map(move |f| (part, f))).collect();
    if reversed {
        files.reverse();
    }
    for (part, (path, bytes)) in files {
        let path = to.join(part).join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

#[test]
fn order_of_files_locale_zone_and_threads_change_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("first"), folder.path().join("second-with-a-longer-name"));
    copy_sample(&first, false);
    copy_sample(&second, true);
    run_well([Path::new("build"), &first, Path::new("--today"), Path::new("2026-11-21")]);
    let other = peerage()
        .args(["build", "--today", "2026-11-21"])
        .arg(&second)
        .envs([("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8"), ("RAYON_NUM_THREADS", "1")])
        .output()
        .unwrap();
    assert!(other.status.success(), "{}", String::from_utf8_lossy(&other.stderr));
    let (a, b) = (tree(&first.join("public")), tree(&second.join("public")));
    assert!(a.len() > 60, "only {} files", a.len());
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (path, bytes) in &a {
        assert!(bytes == &b[path], "{} differs", path.display());
    }
}

#[test]
fn the_day_comes_from_source_date_epoch_where_none_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    copy_sample(folder.path(), false);
    let build = |epoch: &str| peerage().arg("build").arg(folder.path()).env("SOURCE_DATE_EPOCH", epoch).output().unwrap();
    assert!(build("1795219200").status.success());
    let manifest = common::json(&folder.path().join("public/manifest.json"));
    assert_eq!(manifest["today"], "2026-11-21");
    let wrong = build("yesterday");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("--today"));
}
