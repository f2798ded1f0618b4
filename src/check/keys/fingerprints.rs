//! Whether the keys that an entry names are those in its key files.
//!
//! A fingerprint is proposed only for a key that carries an address of the team and that no other team names: who puts
//! another's key into a team's file must not be helped to make it look right.

use super::{Told, carries_address, lack, place};
use crate::assess::{AssessedKey, AssessedTeam, Assessment, Source, timeless};
use crate::diagnostic::{Finding, Place, Rule};
use crate::load::KeyFile;
use crate::model::{Fingerprint, KeyKind, Team};
use std::collections::BTreeMap;
use std::ptr;
use std::sync::Arc;

/// Where an entry names keys of a kind, it names all that its key files hold. A key that it names without a file is
/// what the team states, and no mistake.
pub(super) fn check<'d>(assessment: &Assessment<'d>, told: &mut Told<'d>, findings: &mut Vec<Finding>) {
    let names = names(assessment);
    for AssessedTeam { team, keys, .. } in &assessment.teams {
        let (misplaced, named): (Vec<_>, Vec<_>) = keys
            .iter()
            .filter(|key| key.named.is_some())
            .map(|key| (key, meant(key, keys)))
            .partition(|(_, meant)| meant.is_some());
        for (key, meant) in misplaced {
            let Some((meant, file)) = meant else { continue };
            told.insert((&team.id, meant.fingerprint));
            findings.push(misplaced_name(key, meant, file, team));
        }
        for kind in KeyKind::ALL {
            let named: Vec<_> = named.iter().map(|(key, _)| *key).filter(|key| key.kind == *kind).collect();
            if named.is_empty() {
                continue;
            }
            // Of two mistakes that may be one, one is told: a name without a key, and a key without a name.
            let mut unread = named.into_iter().filter(|key| key.file.is_none());
            let mut swapped: Vec<&KeyFile> = Vec::new();
            for key in keys.iter().filter(|key| key.kind == *kind && key.named.is_none()) {
                let Some(file) = key.file.filter(|_| told.insert((&team.id, key.fingerprint))) else { continue };
                let unread = unread.next();
                let other = names.get(&(*kind, key.fingerprint)).filter(|other| other.id != team.id);
                match other {
                    Some(_) if swapped.iter().any(|seen| ptr::eq(*seen, file)) => {}
                    Some(other) => {
                        swapped.push(file);
                        findings.push(of_another(key, file, other, team));
                    }
                    None => findings.push(wrong_fingerprint(key, unread, team)),
                }
            }
        }
    }
}

/// The first team that names a key, by kind and fingerprint.
fn names<'d>(assessment: &Assessment<'d>) -> BTreeMap<(KeyKind, &'d Fingerprint), &'d Team> {
    let mut names = BTreeMap::new();
    for team in assessment.active() {
        for (kind, named) in [(KeyKind::OpenPgp, &team.keys), (KeyKind::Smime, &team.smime)] {
            for key in named {
                names.entry((kind, &key.fingerprint.value)).or_insert(team);
            }
        }
    }
    names
}

/// The key of the team's files that was meant where a name without a key is that of a subkey, or stands in the list of
/// the other kind.
fn meant<'k, 'd>(name: &AssessedKey<'_>, keys: &'k [AssessedKey<'d>]) -> Option<(&'k AssessedKey<'d>, &'d KeyFile)> {
    if name.file.is_some() {
        return None;
    }
    let has_subkey = |key: &AssessedKey<'_>| match &key.source {
        Source::OpenPgp(certificate, _) if name.kind == KeyKind::OpenPgp => {
            timeless(certificate).subkeys.iter().any(|subkey| subkey.fingerprint == *name.fingerprint)
        }
        _ => false,
    };
    let is_meant = |key: &&AssessedKey<'_>| key.kind != name.kind && key.fingerprint == name.fingerprint || has_subkey(key);
    let read = |key: &'k AssessedKey<'d>| Some((key, key.file?));
    keys.iter().filter(is_meant).find_map(read)
}

fn misplaced_name(name: &AssessedKey<'_>, meant: &AssessedKey<'_>, file: &KeyFile, team: &Team) -> Finding {
    let (message, help) = if meant.kind == name.kind {
        let message = format!("this is a subkey of the key in {}", file.file);
        (message, format!("name the primary key: `fingerprint: \"{}\"`", meant.fingerprint))
    } else {
        let what = match meant.kind {
            KeyKind::OpenPgp => "OpenPGP key",
            KeyKind::Smime => "S/MIME certificate",
        };
        (format!("this is the {what} in {}", file.file), format!("move it to `{}`", list(meant.kind)))
    };
    let finding = Finding::new(Rule::WrongFingerprint, place(name, team), message, help);
    finding.and(Place::file(Arc::clone(&file.file)), "the key file")
}

fn of_another(key: &AssessedKey<'_>, file: &KeyFile, other: &Team, team: &Team) -> Finding {
    let named = other.keys.iter().chain(&other.smime).find(|named| named.fingerprint.value == *key.fingerprint);
    let message = format!("the file holds the key that `{}` names", other.id);
    let help = format!("put the key of `{}` here", team.id);
    let finding = Finding::new(Rule::WrongFingerprint, Place::file(Arc::clone(&file.file)), message, help);
    finding.and(other.place(named.map_or(other.name.span, |named| named.fingerprint.span)), "the entry that names it")
}

fn wrong_fingerprint(key: &AssessedKey<'_>, unread: Option<&AssessedKey<'_>>, team: &Team) -> Finding {
    let fingerprint = key.fingerprint;
    let in_file = place(key, team);
    let own = carries_address(key, team);
    if let Some(unread) = unread {
        let help = if own {
            format!(
                "ask the team, by another way than this, which key is its own; where it is the one in {}, write \
                 `fingerprint: \"{fingerprint}\"`",
                in_file.file
            )
        } else {
            format!("put the file with this key here: the key in {} {}", in_file.file, lack(key, team))
        };
        let message = format!("no key file holds this key, but one holds {fingerprint}");
        let finding = Finding::new(Rule::WrongFingerprint, place(unread, team), message, help);
        return finding.and(in_file, "the key file holds another one");
    }
    let help = if own {
        let list = list(key.kind);
        format!("where it is the team's, add it to `{list}` in the entry: `- fingerprint: \"{fingerprint}\"`; else remove it")
    } else {
        format!("remove it, or put the team's key in its place: this one {}", lack(key, team))
    };
    let message = format!("the entry names keys, but not {fingerprint}");
    let finding = Finding::new(Rule::WrongFingerprint, in_file, message, help);
    finding.and(team.place(team.name.span), "the entry")
}

/// The list of the entry in which keys of a kind are named.
fn list(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::OpenPgp => "keys",
        KeyKind::Smime => "smime",
    }
}
