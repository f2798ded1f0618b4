//! The files of lookup: what they are called, and what is in them (`docs/lookup.md`). Whoever writes them and whoever reads
//! them has it from here. Neither opens a file: that is for [`Folder`](super::Folder) and for the writer of the site.

use super::card::day;
use super::{About, Below, Card, Claimed, Family, Found, LIMIT, Named, NamedTeam, NetworkNode, Reason};
use crate::model::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::net::IpAddr;

/// What [`Head::format`] says.
pub const FORMAT: &str = "peerage/lookup";

/// The version of all files of lookup.
pub const VERSION: u32 = 1;

/// How many rows a bucket has on average at most, and a node of the tree of networks that has none below.
pub const ROWS: usize = 64;

/// What is told whole stands at one node.
const _: () = assert!(LIMIT <= ROWS, "networks within another are looked for one node deep");

/// How many teams a node of the tree of names tells of: all it has, or so many of the best and branches.
pub const MOST_NAMED: usize = 200;

/// How many words of a query are looked for in the tree of names at most, the first.
pub const MOST_WORDS: usize = 10;

/// How many buckets there are at most.
pub const MOST_BUCKETS: u32 = 1 << 24;

/// By how many characters of a word or of joined words names are found; behind them the names themselves are looked at.
pub const LONGEST_PREFIX: usize = 24;

/// The name of the file that says what the others are.
pub const HEAD: &str = "index";

/// The bucket of a key: FNV-1a, 32 bits, modulo the number of buckets.
pub fn bucket(key: &str, buckets: u32) -> u32 {
    let hash = key.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash % buckets.max(1)
}

/// The name of a bucket.
pub fn bucket_name(bucket: u32) -> String {
    format!("{bucket:x}")
}

/// The name of the node of the tree of networks to which these hexadecimal digits of an address lead.
pub fn network_name(family: Family, way: &str) -> String {
    let digits = way.chars().map(|digit| format!("/{digit}"));
    format!("network/{family}{}", digits.collect::<String>())
}

/// The name of the node with the teams of a beginning.
pub fn named_name(prefix: &str) -> String {
    let points: Vec<String> = prefix.chars().map(|c| format!("{:x}", u32::from(c))).collect();
    points.first().map_or_else(|| "names".to_owned(), |first| format!("names/{first}/{}", points.join("-")))
}

/// The name of the node with the branches of a beginning.
pub fn branches_name(prefix: &str) -> String {
    named_name(prefix) + "-tree"
}

/// Where the script of this name stands in the site.
pub fn script_path(name: &str) -> String {
    format!("lookup/shards/{name}.js")
}

/// Where the JSON of this name stands in the site, if there is one.
pub fn json_path(name: &str) -> String {
    format!("lookup/{name}.json")
}

/// The data of a file as a script that hands them to the page.
///
/// # Errors
/// Where the data cannot be written as JSON; ours always can.
pub fn script(name: &str, data: &impl Serialize) -> serde_json::Result<String> {
    call("peerageLookup", name, data)
}

/// A script that hands data of this name to a function of the page.
///
/// # Errors
/// As for [`script`].
pub fn call(function: &str, name: &str, data: &impl Serialize) -> serde_json::Result<String> {
    let json = serde_json::to_string(data)?;
    let mut script = format!("{function}(\"{name}\",");
    script.reserve(json.len() + 8);
    for c in json.chars() {
        if is_escaped(c) {
            script += &format!("\\u{:04x}", u32::from(c));
        } else {
            script.push(c);
        }
    }
    script += ");\n";
    Ok(script)
}

/// What is written as `\uXXXX` in scripts, since it could end one, or a line of it.
pub fn is_escaped(c: char) -> bool {
    matches!(c, '<' | '>' | '&' | '\u{2028}' | '\u{2029}')
}

/// The JSON in a script of this name.
pub fn data_of<'t>(script: &'t str, name: &str) -> Option<&'t str> {
    let rest = script.strip_prefix("peerageLookup(\"")?.strip_prefix(name)?.strip_prefix("\",")?;
    rest.trim_end().strip_suffix(");")
}

/// What the files are, and for which day.
#[derive(Debug, Serialize, Deserialize)]
pub struct Head {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// The directory's name.
    pub directory: String,
    /// The day for which every status was computed.
    #[serde(deserialize_with = "day")]
    pub computed_for: Date,
    /// How many teams there are.
    pub teams: usize,
    /// How many buckets there are, a power of two.
    pub buckets: u32,
    /// How many labels a domain for which there is a key has at most.
    pub labels: usize,
    /// The names of the countries for which there is a key, or in which a team has its seat, by code.
    pub countries: BTreeMap<String, String>,
}

impl Head {
    /// What a source says of the whole.
    pub fn about(&self) -> About {
        About { directory: self.directory.clone(), computed_for: self.computed_for, teams: self.teams, labels: self.labels }
    }
}

/// Cards by the ids of their teams.
type Cards = BTreeMap<String, Card>;

/// What is wrong with a file that was read: a part of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrong(pub &'static str);

fn card(cards: &Cards, id: &str) -> Result<Card, Wrong> {
    cards.get(id).cloned().ok_or(Wrong("it names a team that is not in it"))
}

/// Puts a card to the others, and gives the id by which it is found.
fn put(cards: &mut Cards, card: Card) -> String {
    let id = card.id.clone();
    cards.entry(id.clone()).or_insert(card);
    id
}

/// What is found by the exact keys of one bucket.
#[derive(Debug, Serialize, Deserialize)]
pub struct Shard {
    #[serde(deserialize_with = "day")]
    computed_for: Date,
    teams: Cards,
    keys: BTreeMap<String, KeyRows>,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeyRows {
    total: usize,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Row {
    team: String,
    #[serde(flatten)]
    reason: Reason,
}

impl Shard {
    /// The bucket with these keys.
    pub fn new(computed_for: Date, found: impl Iterator<Item = (String, Found)>) -> Self {
        let mut teams = Cards::new();
        let mut row = |(card, reason)| Row { team: put(&mut teams, card), reason };
        let keys = found.map(|(key, found)| {
            let rows = found.teams.into_iter().map(&mut row).collect();
            (key, KeyRows { total: found.total, rows })
        });
        let keys = keys.collect();
        Self { computed_for, teams, keys }
    }

    /// The teams behind a key.
    ///
    /// # Errors
    /// Where it does not hold together.
    pub fn found(mut self, key: &str) -> Result<Found, Wrong> {
        let Some(rows) = self.keys.remove(key) else { return Ok(Found::default()) };
        let teams = rows.rows.into_iter().map(|row| Ok((card(&self.teams, &row.team)?, row.reason)));
        Ok(Found { total: rows.total, teams: teams.collect::<Result<_, _>>()? })
    }
}

/// A node of the tree of networks.
#[derive(Debug, Serialize, Deserialize)]
pub struct NetworkFile {
    #[serde(deserialize_with = "day")]
    computed_for: Date,
    children: Vec<char>,
    below: BTreeMap<char, usize>,
    #[serde(default)]
    teams_below: BTreeMap<char, usize>,
    teams: Cards,
    networks: Vec<NetworkRow>,
    #[serde(default)]
    largest: BTreeMap<String, String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct NetworkRow {
    network: String,
    first: String,
    last: String,
    total: usize,
    teams: Vec<String>,
}

impl NetworkFile {
    /// The file of a node.
    pub fn new(computed_for: Date, node: NetworkNode) -> Self {
        let mut teams = Cards::new();
        let networks = node.networks.into_iter().map(|claimed| NetworkRow {
            first: hexadecimal(claimed.net.network()),
            last: hexadecimal(claimed.net.broadcast()),
            network: claimed.net.to_string(),
            total: claimed.total,
            teams: claimed.teams.into_iter().map(|card| put(&mut teams, card)).collect(),
        });
        let networks = networks.collect();
        let largest = node.largest.into_iter().map(|(net, card)| (put(&mut teams, card), net.to_string())).collect();
        let children = node.children;
        Self {
            computed_for,
            children: children.keys().copied().collect(),
            below: children.iter().map(|(digit, below)| (*digit, below.claims)).collect(),
            teams_below: children.iter().filter_map(|(digit, below)| Some((*digit, below.teams?))).collect(),
            teams,
            networks,
            largest,
        }
    }

    /// The node in the file. What of `children` is no digit leads nowhere.
    ///
    /// # Errors
    /// Where it does not hold together.
    pub fn node(self) -> Result<NetworkNode, Wrong> {
        let parse = |network: &str| network.parse().map_err(|_| Wrong("it names a network that is none"));
        let claimed = |row: NetworkRow| {
            let teams = row.teams.iter().map(|id| card(&self.teams, id)).collect::<Result<_, _>>()?;
            Ok(Claimed { net: parse(&row.network)?, total: row.total, teams })
        };
        let networks = self.networks.into_iter().map(claimed).collect::<Result<_, Wrong>>()?;
        let largest = self.largest.iter().map(|(id, network)| Ok((parse(network)?, card(&self.teams, id)?)));
        let largest = largest.collect::<Result<_, Wrong>>()?;
        let counted = |digit: &char| {
            let claims = *self.below.get(digit)?;
            Some((*digit, Below { claims, teams: self.teams_below.get(digit).copied() }))
        };
        let children = self.children.iter().map(counted).collect::<Option<_>>();
        let children = children.ok_or(Wrong("it does not say how much is below one of its children"))?;
        Ok(NetworkNode { children, networks, largest })
    }
}

/// An address in hexadecimal digits, all 8 or 32, so that texts of one family are in the order of the addresses.
pub(super) fn hexadecimal(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => format!("{:08x}", u32::from(address)),
        IpAddr::V6(address) => format!("{:032x}", u128::from(address)),
    }
}

/// The teams of a node of the tree of names.
#[derive(Debug, Serialize, Deserialize)]
pub struct NamedFile {
    #[serde(deserialize_with = "day")]
    computed_for: Date,
    total: usize,
    teams: Cards,
    rows: Vec<NameRow>,
}

#[derive(Debug, Serialize, Deserialize)]
struct NameRow {
    team: String,
    official_name: Option<String>,
}

impl NamedFile {
    /// The file of a node.
    pub fn new(computed_for: Date, named: Named) -> Self {
        let mut teams = Cards::new();
        let row = |team: NamedTeam| NameRow { team: put(&mut teams, team.card), official_name: team.official_name };
        let rows = named.teams.into_iter().map(row).collect();
        Self { computed_for, total: named.total, teams, rows }
    }

    /// The teams in the file.
    ///
    /// # Errors
    /// Where it does not hold together.
    pub fn named(self) -> Result<Named, Wrong> {
        let team = |row: NameRow| Ok(NamedTeam { card: card(&self.teams, &row.team)?, official_name: row.official_name });
        Ok(Named { total: self.total, teams: self.rows.into_iter().map(team).collect::<Result<_, _>>()? })
    }
}

/// The branches of a node of the tree of names.
#[derive(Debug, Serialize, Deserialize)]
pub struct BranchesFile {
    /// How many teams each child has, by its beginning.
    pub children: BTreeMap<String, usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_buckets_that_anyone_can_compute() {
        // The published values of FNV-1a with 32 bits.
        for (text, hash) in [("", 0x811c_9dc5_u32), ("a", 0xe40c_292c), ("foobar", 0xbf9c_f968)] {
            assert_eq!(bucket(text, 1 << 16), hash % (1 << 16), "{text}");
        }
        assert_eq!(bucket("foobar", 1), 0);
    }

    #[test]
    fn names_are_safe_in_any_file_system() {
        assert_eq!(bucket_name(31), "1f");
        assert_eq!(network_name(Family::V4, "c00"), "network/ipv4/c/0/0");
        assert_eq!(network_name(Family::V6, ""), "network/ipv6");
        assert_eq!(named_name(""), "names");
        assert_eq!(named_name("日a"), "names/65e5/65e5-61");
        assert_eq!(branches_name("a"), "names/61/61-tree");
    }

    #[test]
    fn a_script_cannot_end_its_element() {
        let text = "</script><!-- & \u{2028}\u{2029} \" \\ ž";
        let script = script("1f", &[text]).unwrap();
        assert!(!script.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{script}");
        let data = data_of(&script, "1f").unwrap();
        assert_eq!(serde_json::from_str::<Vec<String>>(data).unwrap(), [text]);
        assert_eq!(data_of(&script, "1e"), None);
        assert_eq!(data_of("alert(1)", "1f"), None);
    }
}
