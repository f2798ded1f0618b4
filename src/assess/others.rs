//! Keys that would be published with an address of another team.

use super::AssessedTeam;
use super::flag;
use crate::config::Policy;
use crate::model::{Date, EmailAddress, Team, mailbox};
use std::collections::HashMap;

/// Takes back the offer of every such key, and flags it; no file holds it.
pub(super) fn withhold(teams: &mut [AssessedTeam<'_>], policy: Policy, today: Date) {
    let carried = |assessed: &AssessedTeam<'_>, at: usize| {
        let key = &assessed.keys[at];
        if key.file.is_some() { key.others_addresses(assessed.team, today) } else { Vec::new() }
    };
    let keys = |(number, assessed): (usize, &AssessedTeam<'_>)| -> Vec<(usize, usize, Vec<String>)> {
        let keys = (0..assessed.keys.len()).map(|at| (number, at, carried(assessed, at)));
        keys.filter(|(.., carried)| !carried.is_empty()).collect()
    };
    let suspects: Vec<_> = teams.iter().enumerate().flat_map(keys).collect();
    if suspects.is_empty() {
        return;
    }
    let owners = owners(teams);
    for (number, at, carried) in suspects {
        let assessed = &mut teams[number];
        let own = &assessed.team.id;
        let of_other = carried.iter().find_map(|address| owners.get(&mailbox(address)).filter(|(team, _)| team.id != *own));
        if let Some(of_other) = of_other {
            let key = &mut assessed.keys[at];
            (key.offered, key.of_other) = (false, Some(*of_other));
            assessed.flags = flag::flags(assessed, policy, today);
        }
    }
}

/// The address that each team gives which has not withdrawn, and the team; where several give it, the first.
fn owners<'d>(teams: &[AssessedTeam<'d>]) -> HashMap<String, (&'d Team, &'d EmailAddress)> {
    let mut owners = HashMap::new();
    for team in teams.iter().filter(|team| !team.standing.status.is_withdrawn()).map(|assessed| assessed.team) {
        for email in &team.contact.emails {
            owners.entry(email.address.mailbox()).or_insert((team, &email.address.value));
        }
    }
    owners
}
