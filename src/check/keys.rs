//! Whether contact keys are those of their teams, and what the entries say of them. Which keys an entry names is in
//! `fingerprints`.
//!
//! These are about files, not about days: what a key says at any time is asked, so that no date that passes makes an
//! error. What holds of a key today, and what ends, are flags (`time`).

mod fingerprints;

use crate::assess::{AssessedKey, AssessedTeam, Assessment, Lack, Source, addresses_in, is_of, is_own, last_day, timeless};
use crate::config;
use crate::diagnostic::{Finding, Place, Rule, misleads};
use crate::model::{Date, Domain, Event, Fingerprint, KeyKind, Part, State, Team, TeamId, Url, meant_id};
use crate::openpgp::{UserId, UserIdState};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Whose the keys are: those that an entry names, those of the team's addresses, those of one team only. Of a key in a
/// file one thing is told, the first of these.
pub(super) fn owners(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let mut told = Told::new();
    fingerprints::check(assessment, &mut told, findings);
    addresses(assessment, &mut told, findings);
    shared(assessment, &told, findings);
    of_others(assessment, &told, findings);
}

/// Who looks for a team's key finds no other team's.
fn of_others(assessment: &Assessment<'_>, told: &Told<'_>, findings: &mut Vec<Finding>) {
    for AssessedTeam { team, keys, .. } in assessment.teams.iter().filter(|team| !team.standing.status.is_withdrawn()) {
        let untold = keys.iter().filter(|key| !told.contains(&(&team.id, key.fingerprint)));
        for (key, (other, address)) in untold.filter_map(|key| Some((key, key.of_other?))) {
            let message = format!("the key carries {address}, an address of `{}`, and is not offered", other.id);
            let help = match key.kind {
                KeyKind::OpenPgp => {
                    "export it with the team's address alone: `gpg --armor --export-filter keep-uid='mbox = ADDRESS' --export FINGERPRINT`"
                }
                KeyKind::Smime => "ask the team for a certificate with its own addresses alone",
            };
            let finding = Finding::new(Rule::SharedKey, place(key, team), message, help);
            findings.push(finding.and(other.place(other.name.span), "the other team"));
        }
    }
}

/// The keys in files of which a mistake was told, each with its team.
type Told<'d> = BTreeSet<(&'d TeamId, &'d Fingerprint)>;

/// A key carries an address of its team, in a user id that is not revoked.
fn addresses<'d>(assessment: &Assessment<'d>, told: &mut Told<'d>, findings: &mut Vec<Finding>) {
    // Who will have withdrawn for good, whenever that is, or will come back: no day is to make this an error.
    let is_gone = |team: &Team| team.history.last().is_some_and(|entry| entry.event == Event::State(State::Withdrawn));
    for AssessedTeam { team, keys, .. } in assessment.teams.iter().filter(|team| !is_gone(team.team)) {
        for key in keys.iter().filter(|key| key.file.is_some()) {
            // One that carries it may be among those that could not be read.
            if !carries_address(key, team) && !team.is_unread(Part::Contact) && told.insert((&team.id, key.fingerprint)) {
                findings.push(no_matching_user_id(key, team));
            }
        }
    }
}

fn no_matching_user_id(key: &AssessedKey<'_>, team: &Team) -> Finding {
    let revoked = user_ids(key).into_iter().filter(|id| id.state == UserIdState::Revoked).filter_map(|id| id.address);
    if let Some(address) = revoked.into_iter().find(|address| team.has_address(address)) {
        let address = listed([address.as_str()].into_iter());
        let message = format!("the user id {address} of the key was revoked, and no other one carries an address of the team");
        let help = "ask the team for a key that carries its address, or for another address";
        return Finding::new(Rule::NoMatchingUserId, place(key, team), message, help);
    }
    let of_team = team.contact.emails.iter().map(|email| email.address.as_str());
    let (carried, of_team) = (listed(carried(key).iter().map(String::as_str)), listed(of_team));
    let message = format!("the key {}: it has {carried}, the team has {of_team}", lack(key, team));
    let help = "where an address of the key is the team's, add it to `contact: emails`; else ask the team for a key \
                that carries its address";
    Finding::new(Rule::NoMatchingUserId, place(key, team), message, help)
}

/// What a key lacks to be one of the team's, on whatever day.
fn lack(key: &AssessedKey<'_>, team: &Team) -> Lack {
    Lack::of(user_ids(key).iter().filter(|id| id.state != UserIdState::Revoked), team)
}

/// Whether a key that was read carries an address of `team` that is not revoked, on whatever day.
fn carries_address(key: &AssessedKey<'_>, team: &Team) -> bool {
    match &key.source {
        Source::Smime(certificate) => certificate.emails.iter().any(|address| team.has_address(address)),
        _ => user_ids(key).iter().any(|id| id.state != UserIdState::Revoked && is_of(id, team)),
    }
}

/// The addresses in a key, but for those that are revoked.
fn carried(key: &AssessedKey<'_>) -> Vec<String> {
    if let Source::Smime(certificate) = &key.source {
        return certificate.emails.clone();
    }
    let ids = user_ids(key).into_iter().filter(|id| id.state != UserIdState::Revoked);
    ids.flat_map(|id| addresses_in(&id.text).map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// The user ids of a key, whatever the day.
fn user_ids(key: &AssessedKey<'_>) -> Vec<UserId> {
    match &key.source {
        Source::OpenPgp(certificate, _) => timeless(certificate).user_ids,
        _ => Vec::new(),
    }
}

/// Where an entry types when a key ends, the key says the same: the day of its last instant, or, where it ends at
/// midnight, the day that begins then, which is what GnuPG prints.
pub(super) fn typed_expiry(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    for AssessedTeam { team, keys, .. } in &assessment.teams {
        for key in keys {
            let Some(typed) = key.named.and_then(|named| named.expires) else { continue };
            let end = match &key.source {
                Source::Stated => continue,
                Source::OpenPgp(certificate, _) => timeless(certificate).expires,
                Source::Smime(certificate) => Some(certificate.not_after),
            };
            let last = end.map(last_day);
            if last == Some(typed.value) || end.map(Date::of) == Some(typed.value) {
                continue;
            }
            let message = match last {
                _ if key.revoked().is_some() => format!("{} is not the last day of the key, which is revoked", typed.value),
                Some(last) => format!("{} is not the last day of the key, which is {last}", typed.value),
                None => format!("{} is not the last day of the key, which has no end", typed.value),
            };
            let finding = Finding::new(
                Rule::TypedExpiry,
                team.place(typed.span),
                message,
                "remove `expires`: where there is a key file, it is read from the key",
            );
            findings.push(match key.file {
                Some(file) => finding.and(Place::file(Arc::clone(&file.file)), "the key"),
                None => finding,
            });
        }
    }
}

/// The site answers for no domain of which it has no key to hand out.
pub(super) fn unused_domains(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let named = &assessment.directory.config.web_key_directory;
    // Which addresses there are is not known where one could not be read.
    if named.is_empty() || assessment.teams.iter().any(|team| team.team.is_unread(Part::Contact)) {
        return;
    }
    let mut served = BTreeSet::new();
    for AssessedTeam { team, keys, .. } in &assessment.teams {
        let ids = keys.iter().filter(|key| key.offered).filter_map(AssessedKey::reading).flat_map(|reading| &reading.user_ids);
        let addresses = ids.filter(|id| is_own(id, team)).filter_map(|id| id.address.as_deref());
        let domains = addresses.filter(|address| !assessment.is_contested(address)).filter_map(|text| text.rsplit_once('@'));
        served.extend(domains.filter_map(|(_, domain)| domain.parse::<Domain>().ok()).map(|domain| domain.name().to_owned()));
    }
    if let Some(base) = assessment.directory.config.base_url.as_ref().filter(|base| !is_root(base)) {
        for domain in named {
            let message = format!(
                "no mail program finds the keys for {}: the site stands at {}, not at the root of a host",
                domain.name(),
                base.href()
            );
            let help = "publish the site at the root of a host and write that as `base_url`, or remove the domain";
            findings.push(Finding::new(Rule::UnusedDomain, Place::new(&config::FILE.into(), domain.span), message, help));
        }
        return;
    }
    for domain in named.iter().filter(|domain| !served.contains(domain.name())) {
        let meant = meant_id(domain.name(), served.iter().map(String::as_str));
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "remove it, or add the key of a team with an address there".to_owned(),
        };
        let message = format!("no key is offered for an address of {}", domain.name());
        let finding = Finding::new(Rule::UnusedDomain, Place::new(&config::FILE.into(), domain.span), message, help);
        findings.push(finding.or_rather(meant));
    }
}

/// Whether an address is that of a host, without a path.
fn is_root(url: &Url) -> bool {
    let behind = url.href().split_once("://").map_or("", |(_, behind)| behind);
    behind.split_once('/').is_none_or(|(_, path)| path.is_empty())
}

/// Who writes to one team does not write to another.
fn shared(assessment: &Assessment<'_>, told: &Told<'_>, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<&Fingerprint, (&Team, Place)> = BTreeMap::new();
    // By its subkeys too: they are what others write to.
    for team in assessment.active() {
        for key in assessment.team(&team.id).into_iter().flat_map(|assessed| &assessed.keys) {
            if told.contains(&(&team.id, key.fingerprint)) {
                continue;
            }
            let own = place(key, team);
            let of_another = key.fingerprints().find_map(|fingerprint| {
                let (first, other) = seen.get(fingerprint).filter(|(first, _)| first.id != team.id)?;
                Some((first.id.clone(), fingerprint, other.clone()))
            });
            if let Some((first, fingerprint, other)) = of_another {
                let message = format!("`{first}` has the key {fingerprint} too");
                let help = "ask both teams whose it is, and remove it from the other; only where the same people answer for \
                            both is it right";
                findings.push(Finding::new(Rule::SharedKey, own.clone(), message, help).and(other, "the other team"));
            }
            for fingerprint in key.fingerprints() {
                seen.entry(fingerprint).or_insert_with(|| (team, own.clone()));
            }
        }
    }
}

/// Where `key` of `team` stands: in the entry, if that names it, else in its key file.
fn place(key: &AssessedKey<'_>, team: &Team) -> Place {
    match (key.named, key.file) {
        (None, Some(file)) => Place::file(Arc::clone(&file.file)),
        (named, _) => team.place(named.map_or(team.name.span, |named| named.fingerprint.span)),
    }
}

/// Addresses as a message shows them: as many as fit, and nothing that could mislead.
fn listed<'a>(addresses: impl Iterator<Item = &'a str>) -> String {
    const LONGEST: usize = 50;
    let all = addresses.collect::<Vec<_>>().join(", ").replace(misleads, "\u{fffd}");
    match all.char_indices().nth(LONGEST) {
        _ if all.is_empty() => "none".to_owned(),
        Some((cut, _)) => format!("{}…", &all[..cut]),
        None => all,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_fit_a_message_and_cannot_mislead() {
        assert_eq!(listed([].into_iter()), "none");
        assert_eq!(listed(["a@a.example", "b@b.example"].into_iter()), "a@a.example, b@b.example");
        let shown = listed(["\u{202e}\u{1b}[2Ja@a.example"; 9].into_iter());
        assert!(shown.chars().count() == 51 && shown.ends_with('…') && !shown.contains(misleads), "{shown}");
    }
}
