//! For whom teams say that they answer, and where they say that they are reached.

mod shadows;

pub(super) use shadows::shadowed;

use crate::assess::Assessment;
use crate::diagnostic::{Finding, Place, Rule, Spanned};
use crate::model::{Claim, Team, TeamId};
use std::collections::{BTreeMap, BTreeSet};

/// The constituency type of the teams that answer for a country.
const NATIONAL: &str = "national";

/// Who looks up a claim should find one team, or teams that know of each other. A more specific domain or network inside
/// another's is no clash.
pub(super) fn claimed_twice(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let declared: BTreeSet<(&TeamId, &Claim)> =
        assessment.active().flat_map(|team| team.constituency.shared.iter().map(|claim| (&team.id, &claim.value))).collect();
    for (claim, claimants) in by_claim(assessment) {
        let Some(((first, at), others)) = claimants.split_first() else { continue };
        if claimants.iter().all(|(team, _)| declared.contains(&(&team.id, &claim))) {
            continue;
        }
        for (_, place) in others {
            let message = format!("the {claim} is claimed by `{}` too", first.id);
            let help = "remove it where it is wrong; where both answer for it, write it under `shared` in both entries, and \
                        whoever looks it up is shown both";
            findings.push(Finding::new(Rule::ClaimedTwice, place.clone(), message, help).and(at.clone(), "the other claim"));
        }
    }
}

/// What is declared as shared is a claim of the team, and of another.
pub(super) fn not_shared(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let claimants = by_claim(assessment);
    for team in assessment.active() {
        let own: BTreeSet<Claim> = team.constituency.claims().map(|claim| claim.value).collect();
        for Spanned { value: claim, span } in &team.constituency.shared {
            let (message, help) = if !own.contains(claim) {
                (
                    format!("the {claim} is declared as shared, and is no claim of the team"),
                    "add it to the team's claims too, or remove it here",
                )
            } else if claimants.get(claim).is_none_or(|teams| teams.len() < 2) {
                (
                    format!("the {claim} is declared as shared, and no other team claims it"),
                    "remove it here, or mend the other team's entry",
                )
            } else {
                continue;
            };
            findings.push(Finding::new(Rule::NotShared, team.place(*span), message, help));
        }
    }
}

/// Programs that look up a claim and find a team that nobody can write to may erase what they knew before.
pub(super) fn without_contact(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    for team in assessment.active().filter(|team| team.contact.main_email().is_none()) {
        if let Some(claim) = team.constituency.claims().next() {
            let message = "the team claims what it answers for, and has no e-mail address for contact";
            let help = "add an address to `contact`, or remove the claims: a program that looks them up could write to nobody";
            findings.push(Finding::new(Rule::ClaimWithoutContact, team.place(claim.span), message, help));
        }
    }
}

/// Who claims a top-level domain answers for all of a country.
pub(super) fn top_level_domains(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    for team in assessment.active().filter(|team| !team.types.iter().any(|kind| kind.value.as_str() == NATIONAL)) {
        for domain in team.constituency.domains.iter().filter(|domain| !domain.name().contains('.')) {
            let message = format!("the top-level domain {} is claimed by a team that is not national", domain.name());
            let help = "write the domains below it that the team answers for, or add `national` to its types";
            findings.push(Finding::new(Rule::TopLevelDomain, team.place(domain.span), message, help));
        }
    }
}

/// Every claim with the teams that make it, each once, and where.
fn by_claim<'d>(assessment: &Assessment<'d>) -> BTreeMap<Claim, Vec<(&'d Team, Place)>> {
    let mut claimants: BTreeMap<Claim, Vec<(&Team, Place)>> = BTreeMap::new();
    for team in assessment.active() {
        for claim in team.constituency.claims() {
            let teams = claimants.entry(claim.value).or_default();
            if teams.last().is_none_or(|(last, _)| last.id != team.id) {
                teams.push((team, team.place(claim.span)));
            }
        }
    }
    claimants
}

/// Who writes to an address should reach one team, and encrypt to its key.
pub(super) fn shared_addresses(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    for (address, shared) in &assessment.shared_addresses {
        let Some(((first, at), others)) = shared.teams.split_first() else { continue };
        let help = if shared.keys_differ {
            "remove it where it is wrong; until then no Web Key Directory hands out a key for it, since their keys differ"
        } else {
            "remove it where it is wrong; where both read it, whoever looks it up is shown both"
        };
        for (team, span) in others {
            let message = format!("`{}` has the address {address} too", first.id);
            let finding = Finding::new(Rule::SharedAddress, team.place(*span), message, help);
            findings.push(finding.and(first.place(*at), "the other team"));
        }
    }
}

/// Nobody answers for what is set aside, but in sample content.
pub(super) fn reserved_ranges(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    if assessment.directory.config.sample {
        return;
    }
    for team in &assessment.directory.teams {
        let constituency = &team.constituency;
        let domains = constituency.domains.iter().filter(|domain| domain.is_reserved()).map(|d| (Claim::from(&d.value), d.span));
        let asns = constituency.asns.iter().filter(|asn| asn.is_reserved()).map(|asn| (Claim::from(asn.value), asn.span));
        let networks = constituency.networks.iter().filter(|net| net.is_reserved()).map(|net| (Claim::from(net.value), net.span));
        for (claim, span) in domains.chain(asns).chain(networks) {
            let message = format!("the {claim} is set aside for documentation, private use or the protocol itself");
            let help = "write what the team really answers for; sample content says `sample: true` in site.yaml";
            findings.push(Finding::new(Rule::ReservedRange, team.place(span), message, help));
        }
    }
}
