//! How soon the preview shows a save, and how soon it is there, in directories of 1,000 and 10,000 teams.
//! `cargo bench --bench serve`; numbers behind `--` replace those.
//!
//! The clock runs from before the file is written until the new page has arrived, over a connection of its own, as in a
//! browser that had waited for it. What it takes is held against its peers in the same run: reading every file of the
//! project once, and a build. The system holds the files in memory for all of them.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark may stop at once")]

mod common;

use common::{TODAY, median};
use rayon::prelude::*;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

/// How many saves are timed.
const SAVES: usize = 21;

fn main() {
    // Cargo hands `--bench` to every benchmark.
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    for teams in if asked.is_empty() { vec![1_000, 10_000] } else { asked } {
        measure(teams);
    }
}

fn measure(teams: usize) {
    let project = project(teams);
    let root = project.path();
    let out = tempfile::tempdir().unwrap();
    let begin = Instant::now();
    let mut preview = Preview::start(root);
    let ready = begin.elapsed();
    let (mut saves, mut reads, mut builds) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..SAVES {
        let at = (round * 7_919 + 13) % teams;
        let name = format!("Saved in round {round}");
        let file = root.join(format!("content/teams/team-{at}.yaml"));
        let state = preview.state(at);
        let text = entry(at, &name);
        let begin = Instant::now();
        fs::write(&file, text).unwrap();
        preview.get(&format!("/__peerage/next?seen={state}"));
        let page = preview.get(&format!("/teams/team-{at}.html"));
        saves.push(begin.elapsed());
        assert!(page.contains(&name), "the page is not the new one");
        let begin = Instant::now();
        let bytes = read(root);
        reads.push(begin.elapsed());
        assert!(bytes > 500 * teams);
        if round % 7 == 0 {
            let mut build = Command::new(env!("CARGO_BIN_EXE_peerage"));
            build.args(["build", "--quiet", "--today", TODAY, "--out"]).arg(out.path().join("site")).arg(root);
            let begin = Instant::now();
            assert!(build.status().unwrap().success());
            builds.push(begin.elapsed());
        }
    }
    let worst = *saves.iter().max().unwrap();
    let [save, read, build] = [saves, reads, builds].map(median);
    println!(
        "{teams} teams: ready after {ready:.2?}; a save is shown after {save:.2?} in the median, {worst:.2?} at worst; reading \
         every file takes {read:.2?}, a build {build:.2?}: {:.1} times and {:.3} times that",
        save.as_secs_f64() / read.as_secs_f64(),
        save.as_secs_f64() / build.as_secs_f64()
    );
}

/// Reads every entry, one after the other.
fn read(root: &Path) -> usize {
    let files = fs::read_dir(root.join("content/teams")).unwrap();
    files.map(|file| fs::read(file.unwrap().path()).unwrap().len()).sum()
}

/// A preview that is ready.
struct Preview {
    child: Child,
    port: u16,
}

impl Preview {
    fn start(root: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_peerage"));
        command.arg("serve").arg(root).args(["--port", "0", "--today", TODAY]);
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let port = lines.find_map(|line| line.split(':').nth(3)?.split('/').next()?.parse().ok()).unwrap();
        assert!(lines.any(|line| line.starts_with("ready: ")));
        // Whoever prints must not be made to wait.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, port }
    }

    fn get(&mut self, path: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        assert!(text.starts_with("HTTP/1.1 200 "), "{path}: {text}");
        text
    }

    /// The state that the page of a team was made for.
    fn state(&mut self, at: usize) -> String {
        let page = self.get(&format!("/teams/team-{at}.html"));
        page.split_once("live.js?state=").unwrap().1.split('"').next().unwrap().to_owned()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A directory of invented teams that have what real ones have.
fn project(teams: usize) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("content/teams");
    fs::create_dir_all(&folder).unwrap();
    fs::write(root.path().join("content/site.yaml"), "title: Benchmark\nsample: true\nmax_files: 1000000\n").unwrap();
    (0..teams)
        .into_par_iter()
        .for_each(|at| fs::write(folder.join(format!("team-{at}.yaml")), entry(at, &format!("CERT {at}"))).unwrap());
    root
}

fn entry(at: usize, name: &str) -> String {
    let country = ["AT", "BR", "DE", "EE", "FR", "JP", "KE", "NO", "NZ", "US"][at % 10];
    format!(
        "name: {name}\nofficial_name: Computer Emergency Response Team {at}\ncountry: {country}\nestablished: {}-03-01\n\
         types: [academic, national]\nwebsite: https://cert-{at}.team.example/\ncontact:\n  \
         emails: [{{address: cert@team-{at}.team.example, usage: [contact]}}, {{address: abuse@team-{at}.team.example, usage: [abuse]}}]\n  \
         phones: [{{number: +1 202 555 0199, usage: [voice, emergency]}}]\n  hours: Monday to Friday 08:00-18:00\n  \
         timezone: Europe/Vienna\nconstituency:\n  description: Universities and schools of the region {at}\n  \
         domains: [team-{at}.team.example, region-{at}.example]\n  asns: [{}]\n  \
         networks: [240.{}.{}.0/24, \"2001:db8:{:x}::/48\"]\n  countries: [{country}]\nstatus:\n  - {{level: listed, since: {}-04-01}}\n  \
         - {{level: accredited, since: {}-05-02}}\n  - {{level: certified, since: 2025-05-02}}\nconfirmed: 2026-09-01\n\
         description: |\n  What the team number {at} *does*, in a few words.\n",
        2000 + at % 20,
        4_200_000_000_usize + at,
        at / 256 % 256,
        at % 256,
        at % 65_536,
        2001 + at % 20,
        2002 + at % 20,
    )
}
