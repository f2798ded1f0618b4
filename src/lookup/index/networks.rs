//! The networks that teams answer for, as a tree by the hexadecimal digits of the address.

use super::{Number, answering};
use crate::assess::AssessedTeam;
use crate::lookup::file::ROWS;
use crate::lookup::{Below, Family, LIMIT};
use ipnet::IpNet;
use std::collections::BTreeMap;

/// The networks of one family.
#[derive(Debug)]
pub(super) struct Networks {
    /// Sorted by first address, the larger network first.
    claims: Vec<Claim>,
    nodes: BTreeMap<String, Node>,
}

/// A network, and who answers for it.
#[derive(Debug)]
struct Claim {
    net: IpNet,
    total: usize,
    /// The best first.
    best: Vec<Number>,
}

/// A node of the tree.
#[derive(Debug)]
pub(super) struct Node {
    /// The next digits for which there is a node below, and how much is there and below.
    pub(super) children: BTreeMap<char, Below>,
    /// The claims that stand here.
    claims: Vec<usize>,
    /// Where there are children, the largest claim here and below of each team, if the teams are few.
    largest: Largest,
}

/// Of each team its largest network, the first of several, as the place of the claim.
type Largest = BTreeMap<Number, usize>;

impl Networks {
    /// Indexes the networks of `teams`, the best first.
    pub(super) fn new(family: Family, teams: &[&AssessedTeam<'_>]) -> Self {
        let nets = answering(teams)
            .flat_map(|(number, team)| team.team.constituency.networks.iter().map(move |network| (*network.net(), number)));
        let mut rows: Vec<(IpNet, Number)> = nets.filter(|(net, _)| Family::of(net) == family).collect();
        rows.sort_unstable();
        rows.dedup();
        let mut claims: Vec<Claim> = Vec::new();
        for (net, number) in rows {
            match claims.last_mut().filter(|claim| claim.net == net) {
                Some(claim) => {
                    claim.total += 1;
                    if claim.best.len() < LIMIT {
                        claim.best.push(number);
                    }
                }
                None => claims.push(Claim { net, total: 1, best: vec![number] }),
            }
        }
        let mut networks = Self { claims, nodes: BTreeMap::new() };
        networks.grow(String::new(), (0..networks.claims.len()).collect());
        networks
    }

    /// Adds the node to which `way` leads, with those of `claims` that stand there, and the nodes below it. How much that is.
    fn grow(&mut self, way: String, claims: Vec<usize>) -> Below {
        let total = claims.iter().map(|claim| self.claims[*claim].total).sum();
        let largest = self.largest(&claims);
        let teams = largest.as_ref().map(BTreeMap::len);
        let rows: usize = claims.iter().map(|claim| self.claims[*claim].best.len()).sum();
        let next = 4 * (way.len() + 1);
        let ends_here = |claim: &usize| rows <= ROWS || usize::from(self.claims[*claim].net.prefix_len()) < next;
        let (here, below): (Vec<usize>, Vec<usize>) = claims.into_iter().partition(ends_here);
        let mut children: BTreeMap<char, Vec<usize>> = BTreeMap::new();
        for claim in below {
            children.entry(digit(&self.claims[claim].net, way.len())).or_default().push(claim);
        }
        let children: BTreeMap<char, Below> =
            children.into_iter().map(|(digit, claims)| (digit, self.grow(format!("{way}{digit}"), claims))).collect();
        let largest = largest.filter(|_| !children.is_empty()).unwrap_or_default();
        self.nodes.insert(way, Node { children, claims: here, largest });
        Below { claims: total, teams }
    }

    /// The largest of `claims` of each team; `None` where the teams are more than are told.
    fn largest(&self, claims: &[usize]) -> Option<Largest> {
        let mut largest = Largest::new();
        for at in claims {
            let claim = &self.claims[*at];
            if claim.total > claim.best.len() {
                return None;
            }
            for number in &claim.best {
                let known = largest.entry(*number).or_insert(*at);
                if claim.net.prefix_len() < self.claims[*known].net.prefix_len() {
                    *known = *at;
                }
            }
            if largest.len() > LIMIT {
                return None;
            }
        }
        Some(largest)
    }

    /// The ways to all nodes, in order.
    pub(super) fn ways(&self) -> impl Iterator<Item = &str> {
        self.nodes.keys().map(String::as_str)
    }

    /// The node to which `way` leads.
    pub(super) fn node(&self, way: &str) -> Option<&Node> {
        self.nodes.get(way)
    }

    /// The networks at a node: each with the number of teams that answer for it, and the best of them.
    pub(super) fn at<'s>(&'s self, node: &'s Node) -> impl Iterator<Item = (IpNet, usize, &'s [Number])> {
        node.claims.iter().map(|claim| &self.claims[*claim]).map(|claim| (claim.net, claim.total, &*claim.best))
    }

    /// The largest network at a node and below it of each team, where the node says it.
    pub(super) fn largest_at<'s>(&'s self, node: &'s Node) -> impl Iterator<Item = (IpNet, Number)> {
        node.largest.iter().map(|(number, claim)| (self.claims[*claim].net, *number))
    }
}

/// One of the hexadecimal digits of a network's first address, from the left.
fn digit(net: &IpNet, at: usize) -> char {
    let octet = match net {
        IpNet::V4(net) => net.network().octets().get(at / 2).copied(),
        IpNet::V6(net) => net.network().octets().get(at / 2).copied(),
    };
    let both = u32::from(octet.unwrap_or_default());
    let digit = if at.is_multiple_of(2) { both >> 4 } else { both & 0xf };
    char::from_digit(digit, 16).unwrap_or_default()
}
