//! What lookup takes in a directory of 100,000 teams: how long the command needs for a query, how much a browser loads for
//! one, and how long the index takes. `cargo bench --bench lookup`; a number behind `--` replaces the number of teams.
//!
//! Only the files of lookup are written, since nothing else is read; a whole build of so many teams takes far longer. Every
//! query is a process of its own, beside one that does nothing (`true`) and one that reads one file (`cat`), in turn, in
//! one run. The system may still hold the files in memory, for all three: it is the process that is cold.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark may stop at once")]

mod common;

use common::{TODAY, median};
use peerage::assess::{Assessment, assess};
use peerage::load::load;
use peerage::lookup::{About, Family, Folder, Found, Index, Named, NetworkNode, Query, Source, answer, file};
use peerage::model::Date;
use peerage::site::{self, SitePath};
use rayon::prelude::*;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn main() {
    // Cargo hands `--bench` to every benchmark.
    let teams = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(100_000);
    let project = project(teams);
    let out = tempfile::tempdir().unwrap();
    write_site(project.path(), out.path());
    let queries = queries(teams);
    time(out.path(), &queries, teams);
    weigh(out.path(), &queries);
}

/// Writes the files of lookup, and tells what the index takes.
fn write_site(root: &Path, out: &Path) {
    let begin = Instant::now();
    let (directory, _) = load(root).unwrap();
    let directory = directory.unwrap();
    let assessment: Assessment<'_> = assess(&directory, TODAY.parse::<Date>().unwrap());
    let read = begin.elapsed();
    let begin = Instant::now();
    let buckets = Index::new(&assessment).buckets();
    let indexed = begin.elapsed();
    let theme = site::theme(root, &assessment).unwrap();
    let (site, _) = site::plan(&assessment, &theme, root);
    let paths: Vec<&SitePath> = site.paths().filter(|path| path.as_str().starts_with("lookup/")).collect();
    let begin = Instant::now();
    paths.par_iter().for_each(|path| {
        let mut bytes = Vec::new();
        site.render(path, &mut bytes).unwrap().unwrap();
        let file = out.join(path.as_str());
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    });
    println!(
        "{} teams: read and assessed in {read:.2?}, indexed in {indexed:.2?} ({:.0} % of that), {} files of lookup ({buckets} \
         buckets) rendered and written in {:.2?}",
        assessment.teams.len(),
        100.0 * indexed.as_secs_f64() / read.as_secs_f64(),
        paths.len(),
        begin.elapsed()
    );
}

/// Measures the command against a process that does nothing, and one that reads a file.
fn time(site: &Path, queries: &[(&str, String)], teams: usize) {
    let file = site.join("lookup/index.json");
    // What was written before is on the disk first: otherwise its writing is timed.
    assert!(Command::new("sync").status().unwrap().success());
    let mut lookups = Vec::new();
    let (mut nothings, mut cats) = (Vec::new(), Vec::new());
    for (_, query) in queries {
        let mut lookup = Command::new(env!("CARGO_BIN_EXE_peerage"));
        lookups.push(run(lookup.args(["lookup", "--today", TODAY]).arg(query).arg(site)));
        nothings.push(run(&mut Command::new("true")));
        cats.push(run(Command::new("cat").arg(&file)));
    }
    let mut slowest: Vec<(Duration, &str)> = lookups.iter().copied().zip(queries.iter().map(|(kind, _)| *kind)).collect();
    slowest.sort_unstable();
    let (worst, kind) = slowest[slowest.len() - 1];
    let (most, _) = slowest[slowest.len() * 99 / 100];
    let [lookup, nothing, cat] = [lookups, nothings, cats].map(median);
    println!(
        "{} queries of a site of {teams} teams: {lookup:.2?} in the median, 99 of 100 below {most:.2?}, {worst:.2?} at worst ({kind}); `true` takes {nothing:.2?} and \
         `cat` of one file {cat:.2?}: {:.1} times and {:.1} times that",
        queries.len(),
        lookup.as_secs_f64() / nothing.as_secs_f64(),
        lookup.as_secs_f64() / cat.as_secs_f64()
    );
}

fn run(command: &mut Command) -> Duration {
    let begin = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    let time = begin.elapsed();
    // Nobody was found: that is well, too.
    assert!(matches!(status.code(), Some(0 | 1)), "{command:?}");
    time
}

/// Tells how much a browser loads for each kind of query, compressed as a host would.
fn weigh(site: &Path, queries: &[(&str, String)]) {
    let mut kinds: BTreeMap<&str, Vec<(u64, usize)>> = BTreeMap::new();
    let folder = Folder::open(site).unwrap();
    for (kind, query) in queries {
        let watched = Watched { folder: &folder, names: RefCell::new(BTreeSet::from([file::HEAD.to_owned()])) };
        answer(&Query::parse(query).unwrap(), &watched).unwrap();
        let names = watched.names.into_inner();
        let bytes = names.iter().map(|name| compressed(&site.join(file::script_path(name)))).sum();
        kinds.entry(kind).or_default().push((bytes, names.len()));
    }
    for (kind, mut loads) in kinds {
        loads.sort_unstable();
        let (median, files) = loads[loads.len() / 2];
        let (worst, most) = loads[loads.len() - 1];
        println!("{kind}: {files} files, {median} bytes compressed in the median; {most} files, {worst} bytes at worst");
    }
}

fn compressed(path: &Path) -> u64 {
    let output = Command::new("gzip").args(["-6", "-c"]).arg(path).output().unwrap();
    assert!(output.status.success(), "{}", path.display());
    output.stdout.len() as u64
}

/// A folder that remembers which files were asked for.
struct Watched<'f> {
    folder: &'f Folder,
    names: RefCell<BTreeSet<String>>,
}

impl Source for Watched<'_> {
    type Error = <Folder as Source>::Error;

    fn about(&self) -> &About {
        self.folder.about()
    }

    fn key(&self, key: &str) -> Result<Found, Self::Error> {
        self.names.borrow_mut().insert(file::bucket_name(file::bucket(key, self.folder.buckets())));
        self.folder.key(key)
    }

    fn network(&self, family: Family, way: &str) -> Result<NetworkNode, Self::Error> {
        self.names.borrow_mut().insert(file::network_name(family, way));
        self.folder.network(family, way)
    }

    fn named(&self, prefix: &str) -> Result<Named, Self::Error> {
        self.names.borrow_mut().insert(file::named_name(prefix));
        self.folder.named(prefix)
    }

    fn branches(&self, prefix: &str) -> Result<BTreeMap<String, usize>, Self::Error> {
        self.names.borrow_mut().insert(file::branches_name(prefix));
        self.folder.branches(prefix)
    }
}

/// Queries of every kind, half of them for something that a team has.
fn queries(teams: usize) -> Vec<(&'static str, String)> {
    let mut queries = Vec::new();
    for round in 0..20 {
        let at = (round * 7_919 + 13) % teams.max(1);
        let word = word(at);
        queries.extend([
            ("address", format!("240.{}.{}.17", at / 256 % 256, at % 256)),
            ("network", format!("240.{}.{}.0/{}", at / 256 % 256, at % 256, 12 + round % 13)),
            ("IPv6 network", format!("2001:db8:{:x}::/{}", at % 65_536, 32 + round % 17)),
            ("IPv6 address", format!("2001:db8:{:x}::1", at % 65_536)),
            ("host", format!("www.mail.{word}-{at}.{}.example", REGIONS[at % REGIONS.len()])),
            ("unclaimed host", format!("www.nobody-{at}.{}", ["at", "uk", "com"][at % 3])),
            ("e-mail address", format!("cert@{word}-{at}.{}.example", REGIONS[at % REGIONS.len()])),
            ("AS number", format!("AS{}", 4_200_000_000_usize + at)),
            ("country", ["AT", "brazil", "us"][at % 3].to_owned()),
            ("fingerprint", fingerprint(at)),
            ("word", word.chars().take(3 + round % 5).collect()),
            ("several words", format!("cert {word} {}", &word[..2])),
            ("common words", "computer emergency response team".to_owned()),
            ("id", format!("team-{at}")),
            ("deep host", format!("{}{word}-{at}.{}.example", "a.bc.def.".repeat(10), REGIONS[at % REGIONS.len()])),
            ("whole name", official_name(at)),
            ("many words", frequent_words(round)),
        ]);
    }
    queries
}

const REGIONS: [&str; 6] = ["north", "south", "gov", "edu", "bank", "health"];

/// A directory of invented teams that claim what real ones do.
fn project(teams: usize) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("content/teams");
    fs::create_dir_all(&folder).unwrap();
    fs::write(root.path().join("content/site.yaml"), "title: Benchmark\nsample: true\nformats: [lookup, lookup-files]\n")
        .unwrap();
    (0..teams).into_par_iter().for_each(|at| fs::write(folder.join(format!("team-{at}.yaml")), entry(at)).unwrap());
    root
}

fn entry(at: usize) -> String {
    let countries = ["AT", "BR", "DE", "EE", "FR", "JP", "KE", "NO", "NZ", "US"];
    let kinds = ["CERT", "CSIRT", "CIRT", "SOC", "PSIRT"];
    let (word, kind, region) = (word(at), kinds[at % 5], REGIONS[at % REGIONS.len()]);
    let title = title(&word);
    let (country, year) = (countries[at % 10], 2000 + at % 20);
    let mut text = format!(
        "name: {kind} {title} {at}\nofficial_name: {}\ncountry: {country}\n\
         contact:\n  emails: [{{address: cert@{word}-{at}.{region}.example, usage: [contact]}}, \
         {{address: abuse@{word}-{at}.{region}.example, usage: [abuse]}}]\n  \
         phones: [{{number: +1 202 555 0199, usage: [voice, emergency]}}]\n\
         constituency:\n  domains: [{word}-{at}.{region}.example, {word}{at}.example]\n  asns: [{}]\n  \
         networks: [240.{}.{}.0/24, \"2001:db8:{:x}::/48\"]\n  countries: [{country}]\n\
         keys: [{{fingerprint: \"{}\"}}]\nstatus:\n  - {{level: listed, since: {year}-04-01}}\n",
        official_name(at),
        4_200_000_000_usize + at,
        at / 256 % 256,
        at % 256,
        at % 65_536,
        fingerprint(at)
    );
    if at.is_multiple_of(3) {
        let _ = writeln!(text, "  - {{level: accredited, since: {}-05-02}}", year + 2);
    }
    if at.is_multiple_of(100) {
        text += "types: [national]\n";
    }
    text
}

fn title(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

fn official_name(at: usize) -> String {
    format!("Computer Emergency Response Team of {} {} {at}", title(&word(at)), REGIONS[at % REGIONS.len()])
}

/// As many words as a query has room for, such as many names begin with: what costs the tree of names most.
fn frequent_words(round: usize) -> String {
    let words = (0..160).map(|at| word(round + at * 7_919).chars().take(4 + round % 2).collect());
    words.collect::<Vec<String>>().join(" ")
}

/// An invented word, spread as words of names are: some syllables are much more frequent.
fn word(at: usize) -> String {
    let syllables = ["al", "ber", "ca", "do", "en", "fi", "gor", "ha", "is", "ju", "ka", "lo", "ma", "ne", "or", "pa"];
    let mixed = at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
    let frequent = |number: usize| syllables[(number % 16).min(number / 16 % 16)];
    (0..3).map(|place| frequent(mixed >> (8 * place))).collect()
}

fn fingerprint(at: usize) -> String {
    let mixed = |salt: usize| {
        (at + 1)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15_usize.wrapping_add(2 * salt))
            .rotate_left(31)
            .wrapping_mul(0xbf58_476d_1ce4_e5b9)
    };
    format!("{:016X}{:016X}{:08X}", mixed(1), mixed(2), mixed(3) >> 32)
}
