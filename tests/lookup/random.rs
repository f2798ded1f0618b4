//! Random directories and random queries, the same for the same seed.

use ipnet::IpNet;
use std::fmt::Write as _;
use std::net::IpAddr;

/// A generator of numbers (SplitMix64), so that a failure can be seen again.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }

    pub fn one_of<'t>(&mut self, words: &[&'t str]) -> &'t str {
        words[usize::try_from(self.below(words.len() as u64)).unwrap()]
    }

    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// Up to `most` texts.
    fn some(&mut self, most: u64, mut make: impl FnMut(&mut Self) -> String) -> Vec<String> {
        (0..self.below(most + 1)).map(|_| make(self)).collect()
    }
}

const WORDS: &[&str] = &[
    "CERT",
    "CSIRT",
    "cert",
    "Álpha",
    "Alpine",
    "Alp",
    "beta",
    "Škoda",
    "日本",
    "日",
    "National",
    "Nation",
    "Team",
    "2",
    "of",
    "Cer",
    "Certain",
    "Rt",
    "Emergency",
    "ΣΑΣ",
    "Zürich",
    "a",
    "ab",
    "abc",
    "Incident",
    "Response",
];
const LONG: &str = "Donaudampfschifffahrtsgesellschaft";
const COUNTRIES: &[&str] = &["AT", "AT", "AT", "GB", "EU", "JP", "XK", "US", "DE"];
const TOPS: &[&str] = &["at", "uk", "eu", "xk", "example", "com", "us"];
const LABELS: &[&str] = &["a", "b", "www", "alpha", "bücher", "co", "x-y", "alpha2"];
const STATUSES: &[&str] = &[
    "",
    "status: [{level: listed, since: 2020-01-01}]\n",
    "status: [{level: accreditation-candidate, since: 2026-10-01}]\n",
    "status: [{level: accredited, since: 2020-01-01}]\n",
    "status: [{level: accredited, since: 2020-01-01}, {level: certification-candidate, since: 2025-01-01}]\n",
    "status: [{level: certified, since: 2025-01-01}]\n",
    "status: [{level: certified, since: 2025-01-01}, {level: accredited, since: 2027-01-01}]\n",
    "status: [{level: listed, since: 2020-01-01}, {state: suspended, since: 2025-01-01}]\n",
    "status: [{level: listed, since: 2020-01-01}, {state: withdrawn, since: 2025-01-01}]\n",
];

fn name(random: &mut Random) -> String {
    let mut name = random.one_of(WORDS).to_owned();
    for _ in 0..random.below(4) {
        name += random.one_of(&[" ", "-", ".", " (", "/"]);
        name += if random.chance(4) { LONG } else { random.one_of(WORDS) };
    }
    name
}

pub fn domain(random: &mut Random) -> String {
    if random.chance(25) {
        // More teams than are told.
        return "at".to_owned();
    }
    let mut name = random.one_of(TOPS).to_owned();
    for _ in 0..random.below(4) {
        name = format!("{}.{name}", random.one_of(LABELS));
    }
    name
}

/// Most networks lie close together, so that the tree has to go deep; sizes are of all kinds that can be claimed.
pub fn network(random: &mut Random) -> String {
    loop {
        let network = network_from(random, 8, 12);
        // What is mapped from IPv4 is asked for, and claimed as IPv4 alone.
        if !network.starts_with("::ffff:") {
            return network;
        }
    }
}

/// The same, with prefixes of at least so many bits in IPv4 and in IPv6.
fn network_from(random: &mut Random, least_v4: u64, least_v6: u64) -> String {
    if random.chance(15) {
        // More teams than are told.
        return "192.0.0.0/16".to_owned();
    }
    let address = address(random);
    let (least, most) = if address.contains(':') { (least_v6, 129) } else { (least_v4, 33) };
    let length = if random.chance(60) { most - 1 - random.below(9) } else { least + random.below(most - least) };
    address
        .parse::<IpAddr>()
        .map(|address| IpNet::new(address, u8::try_from(length).unwrap()).unwrap().trunc().to_string())
        .unwrap()
}

pub fn address(random: &mut Random) -> String {
    if random.chance(60) {
        let (b, c) = (random.below(2), random.below(3));
        format!("{}.{b}.{c}.{}", random.one_of(&["192", "192", "10"]), random.below(256))
    } else if random.chance(10) {
        format!("::ffff:192.0.{}.{}", random.below(3), random.below(256))
    } else {
        format!("2001:db8:{:x}::{:x}", random.below(3), random.below(300))
    }
}

fn fingerprint(random: &mut Random) -> String {
    let digits = if random.chance(80) { 40 } else { 64 };
    (0..digits).map(|_| format!("{:X}", random.below(if digits == 40 { 2 } else { 16 }))).collect()
}

/// The entries of `teams` teams, by their ids.
pub fn entries(random: &mut Random, teams: u64) -> Vec<(String, String)> {
    let mut prints: Vec<String> = (0..=teams / 4).map(|_| fingerprint(random)).collect();
    prints.retain(|digits| digits.contains('1'));
    (0..teams)
        .map(|number| (format!("{}-{number}", random.one_of(&["cert", "csirt", "alp", "team-a"])), entry(random, &prints)))
        .collect()
}

fn entry(random: &mut Random, prints: &[String]) -> String {
    let mut text = format!("name: \"{}\"\ncountry: {}\n", name(random), random.one_of(COUNTRIES));
    if random.chance(60) {
        let _ = writeln!(text, "official_name: \"{}\"", name(random));
    }
    if random.chance(30) {
        text += "types: [academic, national]\n";
    }
    let number = random.below(40);
    let host = random.one_of(&["a.example", "B.example", "bücher.example"]);
    let _ = writeln!(
        text,
        "contact:\n  emails: [{{address: \"Cert{number}@{host}\", usage: [{}]}}]",
        random.one_of(&["contact", "abuse"])
    );
    let mut domains = random.some(3, |random| format!("\"{}{}\"", random.one_of(&["", "*."]), domain(random)));
    // Few teams have so many that their parts are more than are told.
    let most = if random.chance(4) { 90 } else { 5 };
    let mut networks = random.some(most, |random| format!("\"{}\"", network(random)));
    let mut asns = random.some(2, |random| (64_500 + random.below(30)).to_string());
    let mut countries = random.some(2, |random| random.one_of(COUNTRIES).to_owned());
    for list in [&mut domains, &mut networks, &mut asns, &mut countries] {
        list.sort();
        // `*.at` and `at` are one claim.
        list.dedup_by_key(|text| text.replace("*.", ""));
    }
    let _ = writeln!(
        text,
        "constituency:\n  domains: [{}]\n  networks: [{}]\n  asns: [{}]\n  countries: [{}]",
        domains.join(", "),
        networks.join(", "),
        asns.join(", "),
        countries.join(", ")
    );
    if random.chance(50) {
        let print = &prints[usize::try_from(random.below(prints.len() as u64)).unwrap()];
        let _ = writeln!(text, "keys: [{{fingerprint: \"{print}\"}}]");
    }
    text + random.one_of(STATUSES)
}

/// A query of any kind; `prints` are fingerprints that some teams have.
pub fn query(random: &mut Random, ids: &[&str], prints: &[&str]) -> String {
    let print = |random: &mut Random| random.one_of(prints).to_owned();
    match random.below(17) {
        0 => address(random),
        // What nobody claims can be asked for.
        1 => network_from(random, 0, 0),
        2 => domain(random),
        3 => format!("https://{}.{}/x", random.one_of(LABELS), domain(random)),
        4 => format!("cert{}@{}", random.below(42), random.one_of(&["A.example", "b.example", "BÜCHER.example", "www.a.at"])),
        5 => format!("{}{}", random.one_of(&["AS", "as", ""]), 64_499 + random.below(32)),
        6 => random.one_of(&["at", "UK", "Austria", "united kingdom", "eu", "xk", "Kosovo", "fr", "US"]).to_owned(),
        7 => print(random),
        8 => {
            let print = print(random);
            if print.len() == 40 { print[24..].to_lowercase() } else { format!("0x{}", &print[..16]) }
        }
        9 => random.one_of(ids).to_uppercase(),
        10 => random.one_of(WORDS).to_lowercase(),
        11 => {
            let name = name(random);
            let cut = usize::try_from(random.below(8)).unwrap();
            name.chars().take(name.chars().count().saturating_sub(cut).max(1)).collect()
        }
        // Text as it is pasted.
        14 => format!("hxxp[:]//{}/x", domain(random).replace('.', "[.]")),
        // More words than are looked for.
        15 => (0..13).map(|_| random.one_of(WORDS)).collect::<Vec<_>>().join(" "),
        // Nobody claims these.
        13 => format!("{}.{}", random.one_of(LABELS), random.one_of(&["de", "jp", "fr"])),
        12 => format!("{} {}", random.one_of(WORDS), random.one_of(WORDS)),
        _ => LONG.chars().take(usize::try_from(20 + random.below(16)).unwrap()).collect(),
    }
}
