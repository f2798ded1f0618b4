//! Claims that nobody ever finds, for the most specific claim counts and others are more specific everywhere; and those
//! that say nothing, for the same team claims more.

use super::{Claimed, claimants_of};
use crate::assess::Assessment;
use crate::diagnostic::{Finding, Rule, Span};
use crate::model::{Team, TeamId};
use ipnet::IpNet;
use std::collections::BTreeSet;

/// Those who make one claim, by id.
type Claimants<'c, 'd, C> = &'c [Claimed<'d, C>];

/// Reports both.
pub(in crate::check) fn shadowed(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    domains(assessment, findings);
    networks(assessment, findings);
}

fn domains(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let of = |team| domains_of(team).map(move |(claim, span)| Claimed { claim, team, span });
    let mut claims: Vec<_> = assessment.active().flat_map(of).collect();
    claims.sort_unstable_by_key(|made| (made.claim, &made.team.id, made.span));
    for claimants in claims.chunk_by(|a, b| a.claim == b.claim) {
        let name = claimants[0].claim;
        let owners = wider_names(name).map(|wider| claimants_of(&wider, &claims)).find(|owners| !owners.is_empty());
        if let Some(owners) = owners {
            findings.extend(nested(&format!("domain {name}"), &format!("domain {}", owners[0].claim), claimants, owners));
        }
    }
}

fn domains_of(team: &Team) -> impl Iterator<Item = (&str, Span)> {
    team.constituency.domains.iter().map(|domain| (domain.value.name(), domain.span))
}

/// The domains in which `name` lies, the closest first.
fn wider_names(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('.').map(|(at, _)| &name[at + 1..])
}

/// The claims of teams that make the closest wider claim too.
fn nested<C>(claim: &str, wider: &str, claimants: Claimants<'_, '_, C>, owners: Claimants<'_, '_, C>) -> Vec<Finding> {
    let both = claimants.iter().filter_map(|Claimed { team, span, .. }| {
        let at = owners[owners.binary_search_by_key(&&team.id, |owner| &owner.team.id).ok()?].span;
        let message = format!("the {claim} lies in the {wider}, which the team claims too");
        let help = "remove it: whoever looks it up finds the team by the wider claim";
        Some(Finding::new(Rule::ShadowedClaim, team.place(*span), message, help).and(team.place(at), "the wider claim"))
    });
    both.collect()
}

/// A network that somebody claims, while those in it are gathered.
struct Open<'c, 'd> {
    net: IpNet,
    claimants: Claimants<'c, 'd, IpNet>,
    /// How much of it the claims right below it cover, in parts of 2^128; `None` once that is all.
    covered: Option<u128>,
    /// The claimants of those.
    inside: Vec<Claimants<'c, 'd, IpNet>>,
}

fn networks(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let of = |team| networks_of(team).map(move |(claim, span)| Claimed { claim, team, span });
    let mut claims: Vec<_> = assessment.active().flat_map(of).collect();
    // A wider network comes right before those that lie in it.
    claims.sort_unstable_by_key(|made| (order(made.claim), &made.team.id, made.span));
    let mut open: Vec<Open<'_, '_>> = Vec::new();
    for claimants in claims.chunk_by(|a, b| a.claim == b.claim) {
        let net = claimants[0].claim;
        while let Some(last) = open.pop_if(|last| !last.net.contains(&net)) {
            findings.extend(covered(&last));
        }
        if let Some(parent) = open.last_mut() {
            findings.extend(nested(&format!("network {net}"), &format!("network {}", parent.net), claimants, parent.claimants));
            let share = 1u128.checked_shl(128 - u32::from(net.prefix_len() - parent.net.prefix_len())).unwrap_or(0);
            parent.covered = parent.covered.and_then(|covered| covered.checked_add(share));
            parent.inside.push(claimants);
        }
        open.push(Open { net, claimants, covered: Some(0), inside: Vec::new() });
    }
    findings.extend(open.iter().flat_map(covered));
}

fn networks_of(team: &Team) -> impl Iterator<Item = (IpNet, Span)> {
    team.constituency.networks.iter().map(|network| (*network.value.net(), network.span))
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
    let inside: BTreeSet<&TeamId> = open.inside.iter().flat_map(|claimants| claimants.iter().map(|made| &made.team.id)).collect();
    let others = open.claimants.iter().filter(|made| !inside.contains(&made.team.id));
    let report = |Claimed { team, span, .. }: &Claimed<'_, IpNet>| {
        let message = format!("all of the network {} is claimed by other teams, part by part", open.net);
        let help = "remove it where it is wrong: whoever looks up an address in it is shown the other teams first";
        let mut finding = Finding::new(Rule::ShadowedClaim, team.place(*span), message, help);
        for other in open.inside.iter().filter_map(|claimants| claimants.first()).take(4) {
            finding = finding.and(other.team.place(other.span), "a part of it");
        }
        finding
    };
    others.map(report).collect()
}
