//! What each phase of a build takes, from reading files to writing them, in directories of 1,000 and 10,000 teams.
//! `cargo bench --bench phases`; numbers behind `--` replace those.
//!
//! Each figure is the median of its rounds in one run, told per team and as a ratio to the least that anything could take:
//! reading every file of the project once. Where a phase works on all processors, so does the figure; the other ones of the
//! machine are not looked at, so compare within a run.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark may stop at once")]

mod common;

use common::{TODAY, measure, median, project, sample_keys};
use peerage::assess::{Assessment, assess};
use peerage::check::check;
use peerage::load::load;
use peerage::lookup::{Index, Query, answer};
use peerage::model::Date;
use peerage::output::{self, Stamp};
use peerage::site::{self, Site, SitePath};
use peerage::{openpgp, stats, yaml};
use rayon::prelude::*;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

fn main() {
    // Cargo hands `--bench` to every benchmark.
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    for teams in if asked.is_empty() { vec![1_000, 10_000] } else { asked } {
        Phases { teams, floor: Duration::ZERO }.measure(project(teams, false).path());
    }
    keys();
}

struct Phases {
    teams: usize,
    /// What reading every file takes.
    floor: Duration,
}

impl Phases {
    fn measure(&mut self, root: &Path) {
        let texts = texts(root);
        assert_eq!(texts.len(), self.teams);
        println!("{} teams, {} processors", self.teams, rayon::current_num_threads());
        self.floor = self.phase("read every file", || texts_again(root));
        self.phase("parse the YAML", || {
            texts.par_iter().for_each(|text| drop(black_box(yaml::parse(text).unwrap())));
        });
        self.phase("load: read, parse, convert", || drop(black_box(load(root).unwrap())));
        let directory = load(root).unwrap().0.unwrap();
        let today = TODAY.parse::<Date>().unwrap();
        self.phase("assess", || drop(black_box(assess(&directory, today))));
        let assessment = assess(&directory, today);
        self.phase("check", || {
            let mut findings = Vec::new();
            check(&assessment, &mut findings);
            drop(black_box(findings));
        });
        self.phase("statistics", || drop(black_box(stats::statistics(&assessment))));
        self.phase("theme: expand and minify templates", || drop(black_box(site::theme(root, &assessment).unwrap())));
        let theme = site::theme(root, &assessment).unwrap();
        self.phase("plan", || drop(black_box(site::plan(&assessment, &theme, root))));
        let site = site::plan(&assessment, &theme, root).0;
        self.render(&site);
        self.phase("render and look for dead links", || {
            drop(black_box(site::dead_links(&site, &directory, &|_| None).unwrap()));
        });
        self.write(&site);
        self.lookup(&assessment);
    }

    fn render(&self, site: &Site<'_>) {
        let (pages, others): (Vec<&SitePath>, Vec<&SitePath>) = site.paths().partition(|path| path.as_str().ends_with(".html"));
        for (name, paths) in [("render the pages", pages), ("render the other files", others)] {
            self.phase(&format!("{name} ({})", paths.len()), || {
                paths.par_iter().for_each(|path| site.render(path, &mut std::io::sink()).unwrap().unwrap());
            });
        }
    }

    /// A cold write, which renders again, and one that finds every file as it is.
    fn write(&self, site: &Site<'_>) {
        let stamp = Stamp { generator: "peerage 0.0.0", today: TODAY, expires: None, serial: None };
        let folder = tempfile::tempdir().unwrap();
        let write = |to: &str| {
            black_box(output::write(site, &folder.path().join(to), &[], &stamp, None, &|_, _| {}).unwrap());
        };
        let mut rounds = 0..;
        self.phase("render and write, to a new folder", || write(&rounds.next().unwrap_or(0).to_string()));
        self.phase("render and compare, nothing changed", || write("0"));
    }

    fn lookup(&self, assessment: &Assessment<'_>) {
        self.phase("lookup: index", || drop(black_box(Index::new(assessment))));
        let index = Index::new(assessment);
        let queries: Vec<Query> = (0..1_000)
            .map(|at| format!("www.team-{}.example", at * 7 % self.teams))
            .map(|text| Query::parse(&text).unwrap())
            .collect();
        self.phase("lookup: 1,000 questions", || {
            for query in &queries {
                black_box(answer(query, &index).unwrap());
            }
        });
    }

    /// Measures a phase, prints it, and returns its median.
    fn phase(&self, name: &str, mut work: impl FnMut()) -> Duration {
        const ROUNDS: usize = 5;
        let time = median((0..ROUNDS).map(|_| measure(&mut work)).collect());
        let teams = u32::try_from(self.teams).unwrap_or(u32::MAX);
        let ratio = if self.floor.is_zero() { 1.0 } else { time.as_secs_f64() / self.floor.as_secs_f64() };
        println!("  {name:<44} {:>9.2?}  {:>9.2?} a team  {ratio:>7.1} ×", time, time / teams);
        time
    }
}

/// The keys of the sample, read and evaluated.
fn keys() {
    let files: Vec<Vec<u8>> = sample_keys().iter().map(|(file, _)| fs::read(file).unwrap()).collect();
    let time = median((0..21).map(|_| measure(|| files.iter().for_each(|file| drop(black_box(openpgp::read(file)))))).collect());
    println!(
        "{} key files: read and verified in {time:.2?}, {:.2?} each",
        files.len(),
        time / u32::try_from(files.len()).unwrap()
    );
}

fn texts(root: &Path) -> Vec<String> {
    let files = fs::read_dir(root.join("content/teams")).unwrap();
    files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

fn texts_again(root: &Path) {
    drop(black_box(texts(root)));
}
