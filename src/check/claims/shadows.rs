//! Claims that nobody ever finds, for the most specific claim counts and others are more specific everywhere; and those
//! that say nothing, for the same team claims more.

use super::Claimed;
use crate::diagnostic::{Finding, Rule};
use crate::model::{Claim, TeamId};
use ipnet::IpNet;
use std::collections::{BTreeSet, HashMap};

/// Those who make one claim, by id.
type Claimants<'c, 'd> = &'c [Claimed<'d>];

/// Reports both, of all claims in their order.
pub(super) fn shadowed(claims: &[Claimed<'_>], findings: &mut Vec<Finding>) {
    let of = |begin: usize, is_one: fn(&Claimed<'_>) -> bool| begin + claims[begin..].partition_point(is_one);
    let domains = of(0, |made| matches!(made.claim, Claim::Domain(_)));
    let numbers = of(domains, |made| matches!(made.claim, Claim::Asn(_)));
    within_domains(&claims[..domains], findings);
    within_networks(&claims[numbers..], findings);
}

fn within_domains(claims: &[Claimed<'_>], findings: &mut Vec<Finding>) {
    fn name<'d>(claimants: Claimants<'_, 'd>) -> Option<&'d str> {
        if let Claim::Domain(name) = claimants[0].claim { Some(name) } else { None }
    }
    let of_all = || claims.chunk_by(|a, b| a.claim == b.claim).filter_map(|claimants| Some((name(claimants)?, claimants)));
    let owners: HashMap<&str, Claimants<'_, '_>> = of_all().collect();
    for (name, claimants) in of_all() {
        if let Some(owners) = wider_names(name).find_map(|wider| owners.get(wider)) {
            findings.extend(nested(claimants, owners));
        }
    }
}

/// The domains in which `name` lies, the closest first.
fn wider_names(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('.').map(|(at, _)| &name[at + 1..])
}

/// The claims of teams that make the closest wider claim too.
fn nested(claimants: Claimants<'_, '_>, owners: Claimants<'_, '_>) -> Vec<Finding> {
    let both = claimants.iter().filter_map(|made| {
        let owner = &owners[owners.binary_search_by_key(&&made.team.id, |owner| &owner.team.id).ok()?];
        let message = format!("the {} lies in the {}, which the team claims too", made.claim, owner.claim);
        let help = "remove it: whoever looks it up finds the team by the wider claim";
        Some(Finding::new(Rule::ShadowedClaim, made.place(), message, help).and(owner.place(), "the wider claim"))
    });
    both.collect()
}

/// A network that somebody claims, while those in it are gathered.
struct Open<'c, 'd> {
    net: IpNet,
    claimants: Claimants<'c, 'd>,
    /// How much of it the claims right below it cover, in parts of 2^128; `None` once that is all.
    covered: Option<u128>,
    /// The claimants of those.
    inside: Vec<Claimants<'c, 'd>>,
}

fn within_networks(claims: &[Claimed<'_>], findings: &mut Vec<Finding>) {
    let mut open: Vec<Open<'_, '_>> = Vec::new();
    for claimants in claims.chunk_by(|a, b| a.claim == b.claim) {
        let Claim::Network(network) = claimants[0].claim else { continue };
        let net = *network.net();
        while let Some(last) = open.pop_if(|last| !last.net.contains(&net)) {
            findings.extend(covered(&last));
        }
        if let Some(parent) = open.last_mut() {
            findings.extend(nested(claimants, parent.claimants));
            let share = 1u128.checked_shl(128 - u32::from(net.prefix_len() - parent.net.prefix_len())).unwrap_or(0);
            parent.covered = parent.covered.and_then(|covered| covered.checked_add(share));
            parent.inside.push(claimants);
        }
        open.push(Open { net, claimants, covered: Some(0), inside: Vec::new() });
    }
    findings.extend(open.iter().flat_map(covered));
}

/// The claims to a network all of which others claim more specifically.
fn covered(open: &Open<'_, '_>) -> Vec<Finding> {
    if open.covered.is_some() {
        return Vec::new();
    }
    let inside: BTreeSet<&TeamId> = open.inside.iter().flat_map(|claimants| claimants.iter().map(|made| &made.team.id)).collect();
    let others = open.claimants.iter().filter(|made| !inside.contains(&made.team.id));
    let report = |made: &Claimed<'_>| {
        let message = format!("all of the {} is claimed by other teams, part by part", made.claim);
        let help = "remove it where it is wrong: whoever looks up an address in it is shown the other teams first";
        let mut finding = Finding::new(Rule::ShadowedClaim, made.place(), message, help);
        for other in open.inside.iter().filter_map(|claimants| claimants.first()).take(4) {
            finding = finding.and(other.place(), "a part of it");
        }
        finding
    };
    others.map(report).collect()
}
