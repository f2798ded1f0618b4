//! For whom teams say that they answer, and where they say that they are reached.

mod shadows;

use crate::assess::Assessment;
use crate::diagnostic::{Finding, Place, Rule, Span, Spanned};
use crate::model::{Claim, Part, Team, TeamId};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Who looks up a claim should find one team, or teams that know of each other. A more specific domain or network inside
/// another's is no clash. What is declared as shared is a claim of the team, and of another. And every claim is found.
pub(super) fn of_others(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    // In a large directory it takes longer to sort them than to look at them.
    let claims = claims(assessment);
    claimed_twice(assessment, &claims, findings);
    not_shared(assessment, &claims, findings);
    shadows::shadowed(&claims, findings);
}

fn claimed_twice(assessment: &Assessment<'_>, claims: &[Claimed<'_>], findings: &mut Vec<Finding>) {
    let declared: BTreeSet<(&TeamId, Claim<&str>)> =
        assessment.active().flat_map(|team| team.constituency.shared.iter().map(|claim| (&team.id, claim.as_ref()))).collect();
    for claimants in claims.chunk_by(|a, b| a.claim == b.claim) {
        let [first, others @ ..] = claimants else { continue };
        if claimants.iter().all(|one| declared.contains(&(&one.team.id, one.claim))) {
            continue;
        }
        for other in others {
            let message = format!("the {} is claimed by `{}` too", other.claim, first.team.id);
            let help = "remove it where it is wrong; where both answer for it, write it under `shared` in both entries, and \
                        whoever looks it up is shown both";
            let finding = Finding::new(Rule::ClaimedTwice, other.place(), message, help);
            findings.push(finding.and(first.place(), "the other claim"));
        }
    }
}

fn not_shared(assessment: &Assessment<'_>, claims: &[Claimed<'_>], findings: &mut Vec<Finding>) {
    // With whom it is shared may be what could not be read.
    let all_read = assessment.directory.teams.len() == assessment.directory.team_ids.len()
        && assessment.active().all(|team| !team.is_unread(Part::Constituency));
    for team in assessment.active() {
        for Spanned { value: claim, span } in &team.constituency.shared {
            let claimants = claimants_of(&claim.as_ref(), claims);
            let (message, help) = if claimants.iter().all(|one| one.team.id != team.id) {
                (
                    format!("the {claim} is declared as shared, and is no claim of the team"),
                    "add it to the team's claims too, or remove it here",
                )
            } else if claimants.len() < 2 && all_read {
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
    for team in assessment.active().filter(|team| !team.is_national()) {
        for domain in team.constituency.domains.iter().filter(|domain| !domain.name().contains('.')) {
            let message = format!("the top-level domain {} is claimed by a team that is not national", domain.name());
            let help = "write the domains below it that the team answers for, or add `national` to its types";
            findings.push(Finding::new(Rule::TopLevelDomain, team.place(domain.span), message, help));
        }
    }
}

/// A claim of a team.
struct Claimed<'d> {
    claim: Claim<&'d str>,
    team: &'d Team,
    span: Span,
}

impl Claimed<'_> {
    fn place(&self) -> Place {
        self.team.place(self.span)
    }
}

/// Those who make `claim`, by id; `claims` are sorted.
fn claimants_of<'c, 'd>(claim: &Claim<&str>, claims: &'c [Claimed<'d>]) -> &'c [Claimed<'d>] {
    let rest = &claims[claims.partition_point(|one| one.claim < *claim)..];
    &rest[..rest.partition_point(|one| one.claim == *claim)]
}

/// Every claim of every team, each once; sorted by claim, then by team. Of networks a wider one comes right before those that lie in
/// it.
fn claims<'d>(assessment: &Assessment<'d>) -> Vec<Claimed<'d>> {
    let of = |team: &'d Team| team.constituency.claims().map(move |claim| Claimed { claim: claim.value, team, span: claim.span });
    let mut claims: Vec<_> = assessment.active().flat_map(of).collect();
    // A sort that keeps the order of equals would need as much room again.
    claims.par_sort_unstable_by(|a, b| (&a.claim, &a.team.id, a.span).cmp(&(&b.claim, &b.team.id, b.span)));
    claims.dedup_by(|b, a| a.claim == b.claim && a.team.id == b.team.id);
    claims
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
