//! What parts of a build take: how much of it the contact keys of 1,000 teams are, and how much of it the statistics of
//! 10,000 teams are. `cargo bench --bench shares`; a number behind `--` replaces both numbers of teams.
//!
//! Shares are told, not times: both sides are measured in one run, in turn, on whatever machine this is. Each figure is
//! the median of its rounds.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark may stop at once")]

use chrono::{TimeZone, Utc};
use peerage::assess::assess;
use peerage::load::load;
use peerage::model::{Date, KeyAlgorithm};
use peerage::site;
use peerage::{openpgp, stats};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const TODAY: &str = "2026-11-21";
const ROUNDS: usize = 7;

fn main() {
    // Cargo hands `--bench` to every benchmark.
    let teams = std::env::args().skip(1).find_map(|word| word.parse().ok());
    keys(teams.unwrap_or(1_000));
    statistics(teams.unwrap_or(10_000));
}

/// Builds a directory in which every team has a key, and the same without the keys; and reads both without building.
fn keys(teams: usize) {
    let projects = [project(teams, true), project(teams, false)];
    let mut builds = [Vec::new(), Vec::new()];
    let mut reads = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for (at, project) in projects.iter().enumerate() {
            builds[at].push(build(project.path()));
            reads[at].push(measure(|| {
                std::hint::black_box(load(project.path()).unwrap());
            }));
        }
    }
    let [with, without] = builds.map(|times| median(times).as_secs_f64());
    let [read_with, read_without] = reads.map(|times| median(times).as_secs_f64());
    let share = |part: f64| 100.0 * part / with;
    println!(
        "{teams} teams with a key each: {with:.2} s, without: {without:.2} s: the keys are {:.0} % of the build with the pages and \
         files that they add, and {:.0} % to read and verify",
        share(with - without),
        share(read_with - read_without)
    );
}

/// Builds a directory, and measures by itself what its statistics take: to count, and to render their pages and files.
fn statistics(teams: usize) {
    let project = project(teams, false);
    let whole = median((0..ROUNDS).map(|_| build(project.path())).collect());
    let (directory, _) = load(project.path()).unwrap();
    let directory = directory.unwrap();
    let assessment = assess(&directory, TODAY.parse::<Date>().unwrap());
    let theme = site::theme(project.path(), &assessment).unwrap();
    let (site, _) = site::plan(&assessment, &theme, project.path());
    let of_statistics: Vec<_> = site.paths().filter(|path| path.as_str().contains("statistics")).collect();
    assert!(of_statistics.len() > 3, "the site has statistics");
    let part = median(
        (0..ROUNDS)
            .map(|_| {
                measure(|| {
                    std::hint::black_box(stats::statistics(&assessment));
                    for path in &of_statistics {
                        site.render(path, &mut std::io::sink()).unwrap().unwrap();
                    }
                })
            })
            .collect(),
    );
    let share = 100.0 * part.as_secs_f64() / whole.as_secs_f64();
    println!("{teams} teams: {whole:.2?}, of which statistics {part:.2?}: {share:.1} % of the build");
}

/// The time of a cold build by the command.
fn build(project: &Path) -> Duration {
    let out = project.join("public");
    if out.exists() {
        fs::remove_dir_all(&out).unwrap();
    }
    measure(|| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_peerage"));
        let status = command.args(["build", "--quiet", "--today", TODAY]).arg(project).status().unwrap();
        assert!(status.success(), "the build is well");
    })
}

fn measure(work: impl FnOnce()) -> Duration {
    let begin = Instant::now();
    work();
    begin.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// A directory of invented teams; with keys they are, in turn, those of the sample that messages can be encrypted to.
fn project(teams: usize, with_keys: bool) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("content/teams");
    fs::create_dir_all(&folder).unwrap();
    fs::write(root.path().join("content/site.yaml"), "title: Benchmark\nsample: true\n").unwrap();
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
fn sample_keys() -> Vec<(PathBuf, String)> {
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
