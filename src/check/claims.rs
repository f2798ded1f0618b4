//! For whom teams say that they answer, and where they say that they are reached.

use crate::assess::Assessment;
use crate::diagnostic::{Finding, Place, Rule};
use crate::model::Team;
use std::collections::BTreeMap;

/// Every claim of `team` in words, with its place and whether it lies in a range that is set aside.
fn claims(team: &Team) -> impl Iterator<Item = (String, Place, bool)> {
    let constituency = &team.constituency;
    let domains = constituency.domains.iter().map(|d| (format!("domain {}", d.name()), d.span, d.is_reserved()));
    let asns = constituency.asns.iter().map(|a| (a.to_string(), a.span, a.is_reserved()));
    let networks = constituency.networks.iter().map(|n| (format!("network {}", n.value), n.span, n.is_reserved()));
    domains.chain(asns).chain(networks).map(|(claim, span, reserved)| (claim, team.place(span), reserved))
}

/// Who looks up a claim should find one team. A more specific domain or network inside another's is no clash.
pub(super) fn claimed_twice(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<String, (&Team, Place)> = BTreeMap::new();
    for team in assessment.active() {
        for (claim, place, _) in claims(team) {
            match seen.get(&claim) {
                Some((first, _)) if first.id == team.id => {}
                Some((first, other)) => {
                    let message = format!("the {claim} is claimed by `{}` too", first.id);
                    let help = "remove it where it is wrong; where both answer for it, whoever looks it up is shown both";
                    findings.push(Finding::new(Rule::ClaimedTwice, place, message, help).and(other.clone(), "the other claim"));
                }
                None => {
                    seen.insert(claim, (team, place));
                }
            }
        }
    }
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
        for (claim, place, _) in claims(team).filter(|(.., reserved)| *reserved) {
            let message = format!("the {claim} is set aside for documentation, private use or the protocol itself");
            let help = "write what the team really answers for; sample content says `sample: true` in site.yaml";
            findings.push(Finding::new(Rule::ReservedRange, place, message, help));
        }
    }
}
