//! E-mail addresses that more than one team gives: whose key belongs to one cannot be known from the entries.

use super::AssessedTeam;
use super::key::is_own;
use crate::diagnostic::Span;
use crate::model::{Fingerprint, Team, mailbox};
use std::collections::{BTreeMap, BTreeSet};

/// An address that several teams give, none of which has withdrawn.
#[derive(Debug)]
pub struct SharedAddress<'d> {
    /// The teams, at least two, sorted by id; and where in its file each gives the address first.
    pub teams: Vec<(&'d Team, Span)>,
    /// Whether two of them offer OpenPGP keys for it that are not the same.
    pub keys_differ: bool,
}

/// The addresses that several of `teams` give, by the form in which they are compared.
pub(super) fn shared<'d>(teams: &[AssessedTeam<'d>]) -> BTreeMap<String, SharedAddress<'d>> {
    let mut given: BTreeMap<String, Vec<(&AssessedTeam<'d>, Span)>> = BTreeMap::new();
    for assessed in teams.iter().filter(|team| !team.standing.status.is_withdrawn()) {
        for email in &assessed.team.contact.emails {
            let givers = given.entry(email.address.mailbox()).or_default();
            // One team is looked at after the other.
            if givers.last().is_none_or(|(last, _)| last.team.id != assessed.team.id) {
                givers.push((assessed, email.address.span));
            }
        }
    }
    let several = given.into_iter().filter(|(_, givers)| givers.len() > 1);
    let shared = several.map(|(address, mut givers)| {
        givers.sort_by_key(|(assessed, _)| &assessed.team.id);
        let keys: BTreeSet<_> = givers.iter().map(|(team, _)| keys_for(&address, team)).filter(|keys| !keys.is_empty()).collect();
        let teams = givers.into_iter().map(|(assessed, span)| (assessed.team, span)).collect();
        (address, SharedAddress { teams, keys_differ: keys.len() > 1 })
    });
    shared.collect()
}

/// The OpenPGP keys that a team offers for an address.
fn keys_for<'d>(address: &str, assessed: &AssessedTeam<'d>) -> BTreeSet<&'d Fingerprint> {
    let is_it = |text: &String| mailbox(text) == address;
    let offered = assessed.keys.iter().filter(|key| key.offered);
    let carrying = offered.filter(|key| {
        let ids = key.reading().map_or(&[][..], |reading| &reading.user_ids);
        ids.iter().any(|id| is_own(id, assessed.team) && id.address.as_ref().is_some_and(is_it))
    });
    carrying.map(|key| key.fingerprint).collect()
}
