//! What became of a team's contact keys. Of one that took another's place it is told whether the old key signed it.

use super::{Change, Kind, Said, Side};
use crate::assess::{AssessedKey, AssessedTeam, Source, end_of_day, last_day};
use crate::model::{Date, Fingerprint, KeyKind};
use crate::openpgp::{self, Subkey, Usage, Vouched};
use std::collections::{BTreeMap, BTreeSet};

/// What changed of the keys.
pub(super) fn changes(old: &AssessedTeam<'_>, new: &AssessedTeam<'_>, side: &Side<'_>, today: Date) -> Vec<Change> {
    let is_in = |key: &AssessedKey<'_>, team: &AssessedTeam<'_>| team.keys.iter().any(|other| is_same(key, other));
    let mut changes = Vec::new();
    for kind in KeyKind::ALL {
        let of_kind = |key: &&AssessedKey<'_>| key.kind == *kind;
        let gone: Vec<_> = old.keys.iter().filter(of_kind).filter(|key| !is_in(key, new)).collect();
        let come: Vec<_> = new.keys.iter().filter(of_kind).filter(|key| !is_in(key, old)).collect();
        for key in &come {
            let before: Vec<&AssessedKey<'_>> =
                if gone.is_empty() { old.keys.iter().filter(of_kind).collect() } else { gone.clone() };
            changes.push(added(key, &gone, &before, side, today));
        }
        if come.is_empty() {
            changes.extend(gone.iter().map(|key| Change::of(Kind::KeyRemoved, kind_of(key), Some(name(key)), None)));
        }
        if come.is_empty() && gone.is_empty() {
            changes.extend(first(old, new, *kind));
        }
    }
    for key in &new.keys {
        if let Some(before) = old.keys.iter().find(|other| is_same(key, other)) {
            changes.extend(says_otherwise(before, key));
        }
    }
    changes
}

/// That of the same keys another one comes first, which programs take.
fn first(old: &AssessedTeam<'_>, new: &AssessedTeam<'_>, kind: KeyKind) -> Option<Change> {
    let first = |team| offered(team).find(|key| key.kind == kind);
    let (was, is) = (first(old)?, first(new)?);
    // One that is offered no longer is told as that.
    let still = offered(new).any(|key| is_same(key, was)) && offered(old).any(|key| is_same(key, is));
    let said = || kind_of(is).ours("the key that comes first ");
    (still && !is_same(was, is)).then(|| Change::of(Kind::KeyReplaced, said(), Some(name(was)), Some(name(is))))
}

fn offered<'k, 'd>(team: &'k AssessedTeam<'d>) -> impl Iterator<Item = &'k AssessedKey<'d>> {
    team.keys.iter().filter(|key| key.offered)
}

fn is_same(one: &AssessedKey<'_>, other: &AssessedKey<'_>) -> bool {
    one.kind == other.kind && one.fingerprint == other.fingerprint
}

fn name(key: &AssessedKey<'_>) -> String {
    key.fingerprint.to_string()
}

fn kind_of(key: &AssessedKey<'_>) -> Said {
    Said::ours_alone(match key.kind {
        KeyKind::OpenPgp => "OpenPGP ",
        KeyKind::Smime => "S/MIME ",
    })
}

/// A key that was not there: in the place of those that are gone, or beside the others.
fn added(key: &AssessedKey<'_>, gone: &[&AssessedKey<'_>], before: &[&AssessedKey<'_>], side: &Side<'_>, today: Date) -> Change {
    let kind = if gone.is_empty() { Kind::KeyAdded } else { Kind::KeyReplaced };
    let old: Vec<String> = gone.iter().map(|key| name(key)).collect();
    let old = (!old.is_empty()).then(|| old.join(" and "));
    let change = Change::of(kind, kind_of(key), old, Some(name(key)));
    if before.is_empty() {
        return change.because(Said::ours_alone(". There was no key before that could have signed it"));
    }
    let many = before.len() > 1;
    let mut said = Said::new();
    for old in before {
        let which =
            if many { Said::ours_alone(". Signed by ").theirs(old.name()) } else { Said::ours_alone(". Signed by the old key") };
        said = said.and(which).ours(": ").ours(match signed(key, old, side, today) {
            Vouched::Yes => "yes".to_owned(),
            Vouched::No => "no".to_owned(),
            Vouched::Unknown(why) => format!("cannot be told, for {why}"),
        });
    }
    change.because(said)
}

/// Whether the old key signed the new one.
fn signed(new: &AssessedKey<'_>, old: &AssessedKey<'_>, side: &Side<'_>, today: Date) -> Vouched {
    let certificate = match &old.source {
        Source::OpenPgp(certificate, _) => certificate,
        Source::Smime(_) => return Vouched::Unknown("an S/MIME certificate signs no other"),
        Source::Stated => return Vouched::Unknown("there was no file of the old key, only its fingerprint"),
    };
    let Some(file) = new.file else { return Vouched::Unknown("there is no file of the new key, only its fingerprint") };
    let Some(bytes) = (side.key_bytes)(&file.file) else { return Vouched::Unknown("the file of the new key cannot be read") };
    openpgp::vouched(&bytes, new.fingerprint, certificate, end_of_day(today))
        .unwrap_or(Vouched::Unknown("the file of the new key cannot be read"))
}

/// That one key says something else of itself than before, or counts otherwise.
fn says_otherwise(old: &AssessedKey<'_>, new: &AssessedKey<'_>) -> Option<Change> {
    let mut pairs: Vec<(String, String)> = facts(old).into_iter().zip(facts(new)).collect();
    let (was, is) = (subkeys(old), subkeys(new));
    for print in was.keys().chain(is.keys()).collect::<BTreeSet<_>>() {
        let [was, is] = [&was, &is].map(|all| all.get(print).cloned().unwrap_or_else(|| format!("no subkey {print}")));
        pairs.push((was, is));
    }
    let (was, is): (Vec<String>, Vec<String>) = pairs.into_iter().filter(|(was, is)| was != is).unzip();
    let said = kind_of(new).theirs(name(new)).ours(": ");
    // A primary key is revoked for ever (RFC 9580, section 5.2.1): what is not any more is an old copy, or was cut.
    let is_gone = old.revoked().is_some() && new.revoked().is_none();
    let kind = if is_gone { Kind::RevocationGone } else { Kind::KeyChanged };
    (!was.is_empty()).then(|| Change::of(kind, said, Some(was.join(", ")), Some(is.join(", "))))
}

fn day(date: Option<Date>) -> String {
    date.map_or_else(|| "no end".to_owned(), |date| format!("until {date}"))
}

/// What a key says of itself, in words, but for its subkeys.
fn facts(key: &AssessedKey<'_>) -> [String; 8] {
    let ids: Vec<String> = match &key.source {
        Source::OpenPgp(_, reading) => reading.user_ids.iter().map(|id| format!("{} ({})", id.text, id.state)).collect(),
        Source::Smime(certificate) => certificate.emails.clone(),
        Source::Stated => Vec::new(),
    };
    let revoked = key
        .revoked()
        .map_or_else(|| "not revoked".to_owned(), |by| format!("revoked on {}, {}", Date::of(by.on), by.reason.title()));
    let encrypts = if key.encrypts() { format!("encrypts {}", day(key.encrypts_until())) } else { "cannot encrypt".to_owned() };
    let weaknesses: Vec<String> = key.weaknesses().iter().map(ToString::to_string).collect();
    [
        if key.file.is_some() { "in a file" } else { "only named" }.to_owned(),
        format!("valid {}", day(key.expires())),
        revoked,
        encrypts,
        format!("user ids {}", ids.join("; ")),
        key.reading().map_or_else(|| "use not known".to_owned(), |reading| format!("the key itself {}", uses(reading.usage))),
        if weaknesses.is_empty() { "not weak".to_owned() } else { format!("weak: {}", weaknesses.join("; ")) },
        if key.offered { "offered" } else { "not offered" }.to_owned(),
    ]
}

/// What a key says of each of its subkeys, in words. Messages are encrypted to these, and signed with them.
fn subkeys<'k>(key: &'k AssessedKey<'_>) -> BTreeMap<&'k Fingerprint, String> {
    let words = |subkey: &'k Subkey| {
        let Subkey { fingerprint, algorithm: _, created: _, expires, revoked, encrypts, signs, usage } = subkey;
        let usage = Usage { encrypts: *encrypts, signs: *signs, ..*usage };
        let revoked = if *revoked { ", revoked" } else { "" };
        (fingerprint, format!("subkey {fingerprint} {}, {}{revoked}", uses(usage), day(expires.map(last_day))))
    };
    key.reading().iter().flat_map(|reading| &reading.subkeys).map(words).collect()
}

/// What a key is for.
fn uses(Usage { certifies, signs, encrypts, authenticates }: Usage) -> String {
    let all = [(certifies, "certifies"), (signs, "signs"), (encrypts, "encrypts"), (authenticates, "authenticates")];
    let uses: Vec<&str> = all.into_iter().filter(|(it_does, _)| *it_does).map(|(_, word)| word).collect();
    if uses.is_empty() { "does nothing".to_owned() } else { uses.join(" and ") }
}
