//! What the benchmarks share: invented directories, the day, and medians.

#![allow(dead_code, reason = "no benchmark uses all of it")]

use chrono::{TimeZone, Utc};
use peerage::model::KeyAlgorithm;
use peerage::openpgp;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The day for which everything is made.
pub const TODAY: &str = "2026-11-21";

/// How long `work` takes.
pub fn measure(work: impl FnOnce()) -> Duration {
    let begin = Instant::now();
    work();
    begin.elapsed()
}

/// The one in the middle.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// A directory of invented teams; with keys they are, in turn, those of the sample that messages can be encrypted to.
pub fn project(teams: usize, with_keys: bool) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("content/teams");
    fs::create_dir_all(&folder).unwrap();
    fs::write(root.path().join("content/site.yaml"), "title: Benchmark\nsample: true\nmax_files: 1000000\n").unwrap();
    let keys = sample_keys();
    for at in 0..teams {
        let (file, address) = &keys[at % keys.len()];
        fs::write(folder.join(format!("team-{at}.yaml")), entry(at, address)).unwrap();
        if with_keys {
            fs::copy(file, folder.join(format!("team-{at}.asc"))).unwrap();
        }
    }
    root
}

/// The key files of the sample with an RSA or Ed25519 key that is bound to an address, and that address. Nearly all keys
/// are of these kinds: of the 905 in Debian's keyring of December 2022 all but 2.
pub fn sample_keys() -> Vec<(PathBuf, String)> {
    let today = Utc.with_ymd_and_hms(2026, 11, 21, 0, 0, 0).unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/teams");
    let mut files: Vec<PathBuf> = fs::read_dir(sample).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "asc"));
    files.sort();
    let address = |file: &Path| {
        let reading = openpgp::read(&fs::read(file).ok()?).ok()?.first()?.as_of(today);
        let usual = matches!(reading.algorithm, KeyAlgorithm::Rsa(2048..) | KeyAlgorithm::Curve("Ed25519"));
        reading.user_ids.iter().filter(|_| usual).find_map(|id| id.address.clone())
    };
    files.into_iter().filter_map(|file| address(&file).map(|address| (file, address))).collect()
}

/// An entry like a real one; every fourth team publishes an assessment.
fn entry(at: usize, address: &str) -> String {
    let countries = ["AT", "BR", "DE", "EE", "FR", "JP", "KE", "NO", "NZ", "US"];
    let types = ["academic", "commercial", "financial", "governmental", "national", "vendor"];
    let (country, kind, year) = (countries[at % 10], types[at % 6], 2000 + at % 20);
    let mut text = format!(
        "name: Team {at}\nofficial_name: Response Team Number {at}\nhost: Organisation {at}\ncountry: {country}\n\
         established: {year}-03-01\ntypes: [{kind}]\nwebsite: https://team-{at}.example/\n\
         contact:\n  emails: [{{address: {address}, usage: [contact]}}]\n  phones: [{{number: +1 202 555 0100, usage: [voice]}}]\n\
         constituency:\n  description: Networks of organisation {at}\n  domains: [team-{at}.example]\n\
         status:\n  - {{level: listed, since: {year}-04-01}}\n"
    );
    if at.is_multiple_of(2) {
        let _ = writeln!(text, "  - {{level: accredited, since: {}-05-02}}\nconfirmed: 2026-10-01", year + 2);
    }
    if at.is_multiple_of(4) {
        text += "maturity:\n  - {model: sim3-v2i, kind: audit, assessed: 2025-03-01, visibility: public, scores: {";
        for (category, count) in [('O', 11), ('H', 7), ('T', 10), ('P', 17)] {
            for number in 1..=count {
                let _ = write!(text, "{category}-{number}: {}, ", (at / 4 + number) % 5);
            }
        }
        text += "}}\n";
    }
    text + "description: |\n  We answer for the networks of our organisation, **by day and by night**.\n"
}
