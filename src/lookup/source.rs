//! Where answers come from: what an algorithm may ask, whoever keeps the data.

use super::{Card, Reason};
use crate::model::{Date, keywords};
use ipnet::IpNet;
use std::collections::BTreeMap;

/// What keeps the data of a directory for lookup. Each question costs a source of files one file at most.
pub trait Source {
    /// Why a question could not be answered.
    type Error;

    /// What is said of the whole.
    fn about(&self) -> &About;

    /// The teams behind an exact key (`docs/lookup.md` has the texts).
    ///
    /// # Errors
    /// Where the source fails.
    fn key(&self, key: &str) -> Result<Found, Self::Error>;

    /// The node of the tree of networks to which `way` leads, the first hexadecimal digits of an address; the root is always
    /// there.
    ///
    /// # Errors
    /// Where the source fails, or has no such node.
    fn network(&self, family: Family, way: &str) -> Result<NetworkNode, Self::Error>;

    /// The teams below a node of the tree of names.
    ///
    /// # Errors
    /// Where the source fails, or has no such node.
    fn named(&self, prefix: &str) -> Result<Named, Self::Error>;

    /// The children of a node of the tree of names that has more than [`MOST_NAMED`](super::file::MOST_NAMED) teams, each with
    /// the number of its teams. Every child is longer than `prefix`, which it begins with, and has at most
    /// [`LONGEST_PREFIX`](super::file::LONGEST_PREFIX) characters.
    ///
    /// # Errors
    /// Where the source fails, or has no such node.
    fn branches(&self, prefix: &str) -> Result<BTreeMap<String, usize>, Self::Error>;
}

/// What is said of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The directory's name.
    pub directory: String,
    /// The day for which every status was computed.
    pub computed_for: Date,
    /// How many teams there are.
    pub teams: usize,
    /// How many labels a domain that is claimed has at most: nobody claims a longer one.
    pub labels: usize,
}

/// Teams behind a key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// How many there are.
    pub total: usize,
    /// The best of them, [`LIMIT`](super::LIMIT) at most, the best first, each with the reason.
    pub teams: Vec<(Card, Reason)>,
}

keywords! {
    /// A version of the Internet Protocol.
    pub enum Family, "a family of addresses" {
        /// Version 4.
        V4 = "ipv4",
        /// Version 6.
        V6 = "ipv6",
    }
}

impl Family {
    /// The family of a network.
    pub fn of(net: &IpNet) -> Self {
        if matches!(net, IpNet::V4(_)) { Self::V4 } else { Self::V6 }
    }
}

/// A node of the tree of networks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NetworkNode {
    /// The next digits, 0 to 9 and a to f, for which there is a node below, each with how much is at that node and below it.
    /// A node of [`ROWS`](super::file::ROWS) claims or fewer has no children.
    pub children: BTreeMap<char, Below>,
    /// The networks that stand here.
    pub networks: Vec<Claimed>,
    /// Of a node with children the largest network at it and below of each team, where [`Below::teams`] says how many.
    pub largest: Vec<(IpNet, Card)>,
}

/// How much is at a node of the tree of networks and below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Below {
    /// How many claims. A claim is a network and a team.
    pub claims: usize,
    /// Of how many teams, where that is known and not more than [`LIMIT`](super::LIMIT).
    pub teams: Option<usize>,
}

/// A network that teams answer for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The network.
    pub net: IpNet,
    /// How many teams answer for it.
    pub total: usize,
    /// The best of them, the best first.
    pub teams: Vec<Card>,
}

/// Teams that may be found by one beginning of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// How many there are.
    pub total: usize,
    /// The best of them, [`MOST_NAMED`](super::file::MOST_NAMED) at most, the best first.
    pub teams: Vec<NamedTeam>,
}

/// A team with all its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedTeam {
    /// The team.
    pub card: Card,
    /// Its official name.
    pub official_name: Option<String>,
}
