//! Whether contact keys are those of their teams, and what the entries say of them.
//!
//! These are about files, not about days: what a key says at any time is asked, so that no date that passes makes an
//! error. What holds of a key today, and what ends, are flags (`time`).

use crate::assess::{AssessedKey, AssessedTeam, Assessment, Source, end_of_day, last_day};
use crate::diagnostic::{Finding, Place, Rule, misleads};
use crate::model::{Date, Fingerprint, KeyKind, State, Team};
use crate::openpgp::{Certificate, Reading, UserIdState};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where an entry names keys of a kind, it names all that its key files hold. A key that it names without a file is
/// what the team states, and no mistake.
pub(super) fn fingerprints(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    for AssessedTeam { team, keys, .. } in &assessment.teams {
        for kind in KeyKind::ALL {
            let of_kind = || keys.iter().filter(|key| key.kind == *kind);
            if of_kind().all(|key| key.named.is_none()) {
                continue;
            }
            // Of two mistakes that may be one, one is told: a name without a key, and a key without a name.
            let mut unread = of_kind().filter(|key| key.file.is_none());
            for key in of_kind().filter(|key| key.named.is_none()) {
                findings.push(wrong_fingerprint(key, unread.next(), team));
            }
        }
    }
}

fn wrong_fingerprint(key: &AssessedKey<'_>, unread: Option<&AssessedKey<'_>>, team: &Team) -> Finding {
    let fingerprint = key.fingerprint;
    let in_file = place(key, team);
    if let Some(unread) = unread {
        let help = format!(
            "ask the team, by another way than this, which key is its own; where it is the one in {}, write \
             `fingerprint: \"{fingerprint}\"`",
            in_file.file
        );
        let finding = Finding::new(Rule::WrongFingerprint, place(unread, team), "no key file holds this key", help);
        return finding.and(in_file, "the key file holds another one");
    }
    let list = match key.kind {
        KeyKind::OpenPgp => "keys",
        KeyKind::Smime => "smime",
    };
    let help = format!(
        "where it is the team's, add it to `{list}` in the entry: `- fingerprint: \"{fingerprint}\"`; else remove the file"
    );
    let finding = Finding::new(Rule::WrongFingerprint, in_file, "the entry names keys, but not this one", help);
    finding.and(team.place(team.name.span), "the entry")
}

/// A key carries an address of its team, in a user id that is not revoked.
pub(super) fn addresses(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let active = assessment.teams.iter().filter(|team| team.standing.status.state != Some(State::Withdrawn));
    for AssessedTeam { team, keys, .. } in active {
        for key in keys {
            let carried = match &key.source {
                Source::Stated => continue,
                Source::OpenPgp(certificate, _) => {
                    let ids = timeless(certificate).user_ids.into_iter().filter(|id| id.state != UserIdState::Revoked);
                    ids.filter_map(|id| id.address).collect()
                }
                Source::Smime(certificate) => certificate.emails.clone(),
            };
            if !carried.iter().any(|address| team.has_address(address)) {
                let of_team = team.contact.emails.iter().map(|email| email.address.as_str());
                let (carried, of_team) = (listed(carried.iter().map(String::as_str)), listed(of_team));
                let message = format!("the key carries no address of the team: it has {carried}, the team has {of_team}");
                let help = "where an address of the key is the team's, add it to `contact: emails`; else ask the team for a key \
                            that carries its address";
                findings.push(Finding::new(Rule::NoMatchingUserId, place(key, team), message, help));
            }
        }
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

/// Who writes to one team does not write to another.
pub(super) fn shared(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<&Fingerprint, (&Team, Place)> = BTreeMap::new();
    for team in assessment.active() {
        for key in assessment.team(&team.id).into_iter().flat_map(|assessed| &assessed.keys) {
            let own = place(key, team);
            match seen.get(key.fingerprint) {
                Some((first, _)) if first.id == team.id => {}
                Some((first, other)) => {
                    let message = format!("`{}` has the key {} too", first.id, key.fingerprint);
                    let help = "ask both teams whose it is, and remove it from the other; only where the same people answer for \
                                both is it right";
                    findings.push(Finding::new(Rule::SharedKey, own, message, help).and(other.clone(), "the other team"));
                }
                None => {
                    seen.insert(key.fingerprint, (team, own));
                }
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

/// What a certificate says by all of its signatures, whatever the day.
fn timeless(certificate: &Certificate) -> Reading {
    certificate.as_of(end_of_day(Date::of(DateTime::<Utc>::MAX_UTC)))
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
