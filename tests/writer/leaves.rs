//! What a build leaves.

use super::*;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

#[test]
fn a_build_writes_every_file_and_nothing_else() {
    let bench = Bench::new();
    let written = bench.build(OLD).unwrap();
    assert_eq!(written, Written { files: 4, bytes: 13, changed: 4, ..Written::default() });
    assert_eq!(bench.pages(), files(OLD));
    assert!(bench.beside().is_empty());
}

#[test]
fn the_folders_that_lead_to_the_target_are_made() {
    let bench = Bench::new();
    build(&bench.path("site/a/b/"), OLD).unwrap();
    assert_eq!(read(&bench.path("site/a/b")).len(), OLD.len() + 2);
    assert_eq!(fs::read_dir(bench.path("site/a")).unwrap().count(), 1);
}

#[test]
fn the_list_satisfies_sha256sum_and_the_manifest_vouches_for_it() {
    let bench = Bench::with(NEW);
    let all = read(&bench.target());
    let names: Vec<_> = all["SHA256SUMS"].lines().map(|line| &line[66..]).collect();
    assert_eq!(names, ["a.css", "api/x.json", "index.html", "same.html"]);
    for line in all["SHA256SUMS"].lines() {
        assert_eq!(HEXLOWER.encode(&Sha256::digest(&all[&line[66..]])), line[..64], "{line}");
    }
    if cfg!(target_os = "linux") {
        let check = Command::new("sha256sum").args(["--check", "--strict", "SHA256SUMS"]).current_dir(bench.target()).output();
        let check = check.unwrap();
        assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
    }
    let manifest: serde_json::Value = serde_json::from_str(&all["manifest.json"]).unwrap();
    let sums = manifest["sums"].as_str().unwrap().to_owned();
    let expected = serde_json::json!({
        "format": 1, "generator": "peerage 0.1.0", "today": "2026-11-21", "files": 4, "bytes": 13, "sums": sums,
    });
    assert_eq!(manifest, expected);
    // The writer itself takes it for vouched: it deletes a listed file that was edited since.
    fs::write(bench.target().join("a.css"), "edited").unwrap();
    assert_eq!(bench.build(&[]).unwrap().deleted, 4);
}

#[test]
fn the_same_site_gives_the_same_bytes() {
    let (one, two) = (Bench::with(OLD), Bench::with(NEW));
    one.build(NEW).unwrap();
    assert_eq!(read(&one.target()), read(&two.target()));
}

#[test]
fn equal_files_stay_untouched() {
    let bench = Bench::with(OLD);
    let past = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let all = read(&bench.target());
    for name in all.keys() {
        fs::File::options().write(true).open(bench.target().join(name)).unwrap().set_modified(past).unwrap();
    }
    let modified = |name: &str| fs::metadata(bench.target().join(name)).unwrap().modified().unwrap();
    let written = bench.build(OLD).unwrap();
    assert_eq!((written.changed, written.unchanged, written.deleted), (0, 4, 0));
    assert!(all.keys().all(|name| modified(name) == past));
    let written = bench.build(NEW).unwrap();
    assert_eq!((written.changed, written.unchanged, written.deleted), (3, 1, 1));
    assert_eq!(modified("same.html"), past);
    assert_ne!(modified("index.html"), past);
    assert_ne!(modified("manifest.json"), past);
}

#[test]
fn a_file_beyond_the_limit_of_memory_is_compared_as_well() {
    let bench = Bench::new();
    let big = "0123456789abcdef".repeat(200_000);
    let other = format!("{}!", &big[1..]);
    assert_eq!(bench.build(&[("big.json", &big)]).unwrap().changed, 1);
    assert_eq!(bench.build(&[("big.json", &big)]).unwrap().unchanged, 1);
    assert_eq!(bench.build(&[("big.json", &other)]).unwrap().changed, 1);
    assert_eq!(bench.pages(), files(&[("big.json", &other)]));
    assert!(bench.beside().is_empty());
}

#[test]
fn stale_files_and_the_folders_they_leave_empty_go() {
    let bench = Bench::with(&[("a/b/c.html", ""), ("a/d.html", ""), ("e/f.html", ""), ("x.html", "")]);
    bench.put("site/e/theirs", "kept");
    assert_eq!(bench.build(&[("x.html", "")]).unwrap().deleted, 3);
    assert_eq!(bench.pages(), files(&[("e/theirs", "kept"), ("x.html", "")]));
}

#[test]
fn progress_counts_each_file_once() {
    let bench = Bench::new();
    let (calls, sum) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let progress = |done, total| {
        assert_eq!(total, 4);
        calls.fetch_add(1, Ordering::Relaxed);
        sum.fetch_add(done, Ordering::Relaxed);
    };
    write(&site(OLD), &bench.target(), &[], &STAMP, None, &progress).unwrap();
    assert_eq!((calls.into_inner(), sum.into_inner()), (4, 1 + 2 + 3 + 4));
}
