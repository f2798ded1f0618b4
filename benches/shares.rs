//! What parts of a build take: how much of it the contact keys of 1,000 teams are, and how much of it the statistics of
//! 10,000 teams are. `cargo bench --bench shares`; a number behind `--` replaces both numbers of teams.
//!
//! Shares are told, not times: both sides are measured in one run, in turn, on whatever machine this is. Each figure is
//! the median of its rounds.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark may stop at once")]

mod common;

use common::{TODAY, measure, median, project};
use peerage::assess::assess;
use peerage::load::load;
use peerage::model::Date;
use peerage::{site, stats};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

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
