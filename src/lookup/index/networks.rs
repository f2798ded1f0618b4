//! The networks that teams answer for, as a tree by the hexadecimal digits of the address.

use super::{Number, answering};
use crate::assess::AssessedTeam;
use crate::lookup::file::ROWS;
use crate::lookup::{Family, LIMIT};
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
    /// The next digits for which there is a node below, and how many claims are there and below.
    pub(super) children: BTreeMap<char, usize>,
    /// The claims that stand here.
    claims: Vec<usize>,
}

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

    /// Adds the node to which `way` leads, with those of `claims` that stand there, and the nodes below it. How many claims
    /// of teams these are.
    fn grow(&mut self, way: String, claims: Vec<usize>) -> usize {
        let total = claims.iter().map(|claim| self.claims[*claim].total).sum();
        let rows: usize = claims.iter().map(|claim| self.claims[*claim].best.len()).sum();
        let next = 4 * (way.len() + 1);
        let ends_here = |claim: &usize| rows <= ROWS || usize::from(self.claims[*claim].net.prefix_len()) < next;
        let (here, below): (Vec<usize>, Vec<usize>) = claims.into_iter().partition(ends_here);
        let mut children: BTreeMap<char, Vec<usize>> = BTreeMap::new();
        for claim in below {
            children.entry(digit(&self.claims[claim].net, way.len())).or_default().push(claim);
        }
        let children = children.into_iter().map(|(digit, claims)| (digit, self.grow(format!("{way}{digit}"), claims))).collect();
        self.nodes.insert(way, Node { children, claims: here });
        total
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
