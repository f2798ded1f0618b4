//! Claims that nobody ever finds, for the most specific claim counts and others are more specific everywhere; and those
//! that say nothing, for the same team claims more.

use crate::assess::Assessment;
use crate::diagnostic::{Finding, Rule, Span};
use crate::model::{Team, TeamId};
use ipnet::IpNet;
use std::collections::{BTreeMap, BTreeSet};

/// Who makes a claim, and where, by id.
type Claimants<'d> = Vec<(&'d Team, Span)>;

/// Reports both.
pub(in crate::check) fn shadowed(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    domains(assessment, findings);
    networks(assessment, findings);
}

fn domains(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let mut claims: BTreeMap<&str, Claimants<'_>> = BTreeMap::new();
    for team in assessment.active() {
        for domain in &team.constituency.domains {
            claims.entry(domain.value.name()).or_default().push((team, domain.span));
        }
    }
    for (name, claimants) in &claims {
        let wider = wider_names(name).find_map(|wider| claims.get_key_value(wider));
        if let Some((wider, owners)) = wider {
            findings.extend(nested(&format!("domain {name}"), &format!("domain {wider}"), claimants, owners));
        }
    }
}

/// The domains in which `name` lies, the closest first.
fn wider_names(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('.').map(|(at, _)| &name[at + 1..])
}

/// The claims of teams that make the closest wider claim too.
fn nested(claim: &str, wider: &str, claimants: &Claimants<'_>, owners: &Claimants<'_>) -> Vec<Finding> {
    let both = claimants.iter().filter_map(|(team, span)| {
        let (_, at) = owners[owners.binary_search_by_key(&&team.id, |(owner, _)| &owner.id).ok()?];
        let message = format!("the {claim} lies in the {wider}, which the team claims too");
        let help = "remove it: whoever looks it up finds the team by the wider claim";
        Some(Finding::new(Rule::ShadowedClaim, team.place(*span), message, help).and(team.place(at), "the wider claim"))
    });
    both.collect()
}

/// A network that somebody claims, while those in it are gathered.
struct Open<'c, 'd> {
    net: IpNet,
    claimants: &'c Claimants<'d>,
    /// How much of it the claims right below it cover, in parts of 2^128; `None` once that is all.
    covered: Option<u128>,
    /// The claimants of those.
    inside: Vec<&'c Claimants<'d>>,
}

fn networks(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    // A wider network comes right before those that lie in it.
    let mut claims: BTreeMap<(bool, u128, u8), (IpNet, Claimants<'_>)> = BTreeMap::new();
    for team in assessment.active() {
        for network in &team.constituency.networks {
            let net = *network.value.net();
            claims.entry(order(net)).or_insert_with(|| (net, Vec::new())).1.push((team, network.span));
        }
    }
    let mut open: Vec<Open<'_, '_>> = Vec::new();
    for (net, claimants) in claims.values() {
        while let Some(last) = open.pop_if(|last| !last.net.contains(net)) {
            findings.extend(covered(&last));
        }
        if let Some(parent) = open.last_mut() {
            findings.extend(nested(&format!("network {net}"), &format!("network {}", parent.net), claimants, parent.claimants));
            let share = 1u128.checked_shl(128 - u32::from(net.prefix_len() - parent.net.prefix_len())).unwrap_or(0);
            parent.covered = parent.covered.and_then(|covered| covered.checked_add(share));
            parent.inside.push(claimants);
        }
        open.push(Open { net: *net, claimants, covered: Some(0), inside: Vec::new() });
    }
    findings.extend(open.iter().flat_map(covered));
}

/// First by kind, then by address, then the wider first.
fn order(net: IpNet) -> (bool, u128, u8) {
    match net {
        IpNet::V4(net) => (false, u32::from(net.network()).into(), net.prefix_len()),
        IpNet::V6(net) => (true, net.network().into(), net.prefix_len()),
    }
}

/// The claims to a network all of which others claim more specifically.
fn covered(open: &Open<'_, '_>) -> Vec<Finding> {
    if open.covered.is_some() {
        return Vec::new();
    }
    let inside: BTreeSet<&TeamId> = open.inside.iter().flat_map(|claimants| claimants.iter().map(|(team, _)| &team.id)).collect();
    let others = open.claimants.iter().filter(|(team, _)| !inside.contains(&team.id));
    let report = |(team, span): &(&Team, Span)| {
        let message = format!("all of the network {} is claimed by other teams, part by part", open.net);
        let help = "remove it where it is wrong: whoever looks up an address in it is shown the other teams first";
        let mut finding = Finding::new(Rule::ShadowedClaim, team.place(*span), message, help);
        for (other, at) in open.inside.iter().filter_map(|claimants| claimants.first()).take(4) {
            finding = finding.and(other.place(*at), "a part of it");
        }
        finding
    };
    others.map(report).collect()
}
