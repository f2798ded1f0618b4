//! The directory in memory, as lookup asks for it: made once, in time linear in what teams claim but for sorting.
//!
//! It holds no texts of teams but the keys by which they are found; cards are made when somebody asks.

mod keys;
mod names;
mod networks;

use super::card::{Card, place_of};
use super::file::{BranchesFile, Head, NamedFile, NetworkFile, Shard};
use super::host::labels;
use super::{About, Claimed, Family, Found, Named, NamedTeam, NetworkNode, Source, file};
use crate::assess::{AssessedTeam, Assessment};
use crate::config::Policy;
use crate::model::Country;
use keys::Keys;
use names::Names;
use networks::Networks;
use std::collections::BTreeMap;
use std::convert::Infallible;

/// The directory in memory.
#[derive(Debug)]
pub struct Index<'a> {
    about: About,
    policy: Policy,
    /// The best first: by status, then by name and id. A number of a team is its place here.
    teams: Vec<&'a AssessedTeam<'a>>,
    keys: Keys,
    networks: [Networks; 2],
    names: Names,
}

/// The number of a team: its place among all, the best first.
type Number = u32;

impl<'a> Index<'a> {
    /// Indexes the teams of `assessment`.
    pub fn new(assessment: &'a Assessment<'a>) -> Self {
        // By name they are sorted already.
        let mut teams: Vec<&AssessedTeam<'_>> = assessment.teams.iter().collect();
        teams.sort_by_key(|team| place_of(team));
        let (keys, (names, networks)) = rayon::join(
            || Keys::new(&teams),
            || rayon::join(|| Names::new(&teams), || [Family::V4, Family::V6].map(|family| Networks::new(family, &teams))),
        );
        let about = About {
            directory: assessment.directory.config.title.to_string(),
            computed_for: assessment.today,
            teams: teams.len(),
            labels: keys.with_prefix("domain:").map(labels).max().unwrap_or_default(),
        };
        Self { about, policy: assessment.directory.config.policy, teams, keys, networks, names }
    }

    /// How many buckets of exact keys there are.
    pub fn buckets(&self) -> u32 {
        self.keys.buckets()
    }

    /// What is to be said of the files.
    pub fn head(&self) -> Head {
        let claimed = self.keys.with_prefix("country:").filter_map(|code| code.parse::<Country>().ok());
        // There is no key for the seat of a team that has withdrawn, but it is told.
        let countries = claimed.chain(self.teams.iter().map(|assessed| assessed.team.country));
        Head {
            format: file::FORMAT.to_owned(),
            version: file::VERSION,
            directory: self.about.directory.clone(),
            computed_for: self.about.computed_for,
            teams: self.about.teams,
            buckets: self.keys.buckets(),
            labels: self.about.labels,
            countries: countries.map(|country| (country.code().to_owned(), country.name().to_owned())).collect(),
        }
    }

    /// The file of a bucket.
    pub fn shard(&self, bucket: u32) -> Shard {
        Shard::new(self.about.computed_for, self.keys.of_bucket(bucket).map(|key| (key.to_owned(), self.found(key))))
    }

    /// The nodes of the tree of networks, by the hexadecimal digits that lead to them.
    pub fn network_nodes(&self, family: Family) -> impl Iterator<Item = &str> {
        self.of(family).ways()
    }

    /// The file of a node of the tree of networks.
    pub fn network_file(&self, family: Family, way: &str) -> NetworkFile {
        NetworkFile::new(self.about.computed_for, self.network_node(family, way))
    }

    /// The nodes of the tree of names, by the characters with which what is found there begins, and whether each has
    /// branches.
    pub fn name_nodes(&self) -> impl Iterator<Item = (&str, bool)> {
        self.names.nodes()
    }

    /// The file with the teams of a node of the tree of names.
    pub fn named_file(&self, prefix: &str) -> NamedFile {
        NamedFile::new(self.about.computed_for, self.named_teams(prefix))
    }

    /// The file with the branches of a node of the tree of names.
    pub fn branches_file(&self, prefix: &str) -> BranchesFile {
        BranchesFile { children: self.names.children(prefix) }
    }

    /// What is claimed of one kind (`asn:`, `domain:` or `country:`), without the kind.
    pub fn claimed<'s>(&'s self, kind: &'s str) -> impl Iterator<Item = &'s str> {
        self.keys.with_prefix(kind)
    }

    fn card(&self, number: Number) -> Card {
        Card::new(self.teams[number as usize], self.policy, self.about.computed_for)
    }

    fn of(&self, family: Family) -> &Networks {
        &self.networks[usize::from(family == Family::V6)]
    }

    fn found(&self, key: &str) -> Found {
        let Some(group) = self.keys.get(key) else { return Found::default() };
        let teams = group.entries.iter().map(|entry| {
            let number = entry.team;
            (self.card(number), group.reason(entry, self.teams[number as usize]))
        });
        Found { total: group.total, teams: teams.collect() }
    }

    fn network_node(&self, family: Family, way: &str) -> NetworkNode {
        let networks = self.of(family);
        let Some(node) = networks.node(way) else { return NetworkNode::default() };
        let claimed = networks.at(node).map(|(net, total, teams)| Claimed {
            net,
            total,
            teams: teams.iter().map(|number| self.card(*number)).collect(),
        });
        let largest = networks.largest_at(node).map(|(net, number)| (net, self.card(number)));
        NetworkNode { children: node.children.clone(), networks: claimed.collect(), largest: largest.collect() }
    }

    fn named_teams(&self, prefix: &str) -> Named {
        let (total, best) = self.names.best(prefix);
        let teams = best.iter().map(|number| NamedTeam {
            card: self.card(*number),
            official_name: self.teams[*number as usize].team.official_name.as_ref().map(ToString::to_string),
        });
        Named { total, teams: teams.collect() }
    }
}

impl Source for Index<'_> {
    type Error = Infallible;

    fn about(&self) -> &About {
        &self.about
    }

    fn key(&self, key: &str) -> Result<Found, Infallible> {
        Ok(self.found(key))
    }

    fn network(&self, family: Family, way: &str) -> Result<NetworkNode, Infallible> {
        Ok(self.network_node(family, way))
    }

    fn named(&self, prefix: &str) -> Result<Named, Infallible> {
        Ok(self.named_teams(prefix))
    }

    fn branches(&self, prefix: &str) -> Result<BTreeMap<String, usize>, Infallible> {
        Ok(self.names.children(prefix))
    }
}

/// The teams that answer for something, with their numbers: all but those that have withdrawn.
fn answering<'t, 'a>(teams: &'t [&'a AssessedTeam<'a>]) -> impl Iterator<Item = (Number, &'a AssessedTeam<'a>)> + 't {
    numbered(teams).filter(|(_, team)| !has_withdrawn(team))
}

fn numbered<'t, 'a>(teams: &'t [&'a AssessedTeam<'a>]) -> impl Iterator<Item = (Number, &'a AssessedTeam<'a>)> + 't {
    (0..).zip(teams.iter().copied())
}

fn has_withdrawn(team: &AssessedTeam<'_>) -> bool {
    team.standing.status.is_withdrawn()
}
