//! Keys in plain words, for a person at a terminal: first what is wrong, then the facts, then what to do with them.
//!
//! What stands in a key is a stranger's: characters that could steer the terminal are replaced, and long lists are cut.

use crate::assess::{AssessedKey, Source};
use crate::cmd::foreign::plain;
use crate::diagnostic::Count;
use crate::model::{Date, KeyKind};
use crate::openpgp::{Reading, UserId, UserIdState};
use crate::smime::Certificate;

/// How many user ids, or addresses, are shown.
const SHOWN: usize = 20;

/// What the directory would say of the keys of the file with these bytes.
pub(super) fn of(keys: &[AssessedKey<'_>], today: Date, bytes: &[u8]) -> String {
    let mut text = String::new();
    for key in keys {
        text += &about(key, today);
        text.push('\n');
    }
    text + &what_to_do(keys, bytes)
}

fn about(key: &AssessedKey<'_>, today: Date) -> String {
    let mut text = state(key, today).join("\n") + "\n\n";
    for (name, values) in facts(key, today) {
        for (at, value) in values.iter().enumerate() {
            let name = if at == 0 { name } else { "" };
            text += &format!("  {name:<12} {value}\n");
        }
    }
    text
}

/// What one must know before all else.
fn state(key: &AssessedKey<'_>, today: Date) -> Vec<String> {
    let this = match key.kind {
        KeyKind::OpenPgp => "This OpenPGP key",
        KeyKind::Smime => "This S/MIME certificate",
    };
    // What else a revoked key lacks no longer matters.
    if let Some(revocation) = key.revoked() {
        let (on, reason) = (Date::of(revocation.on), revocation.reason.title());
        let since =
            if on <= today { format!("is revoked since {on}") } else { format!("is revoked; its revocation is dated {on}") };
        return vec![format!("{this} {since}: {reason}.")];
    }
    let mut state = Vec::new();
    if let Some(end) = key.expires().filter(|end| *end < today) {
        state.push(format!("{this} has expired: its last day was {end}, {}.", ago(end, today)));
    } else if let Some(end) = key.encrypts_until().filter(|end| *end < today) {
        state.push(format!("Messages can no longer be encrypted to it: the last day for that was {end}, {}.", ago(end, today)));
    }
    if let Some(begin) = key.created().filter(|begin| today < *begin) {
        state.push(format!("{this} is not yet valid, from {begin} on, {}.", ahead(begin, today)));
    }
    if !key.encrypts() {
        state.push(format!("{this} cannot be used to encrypt messages."));
    }
    if state.is_empty() {
        state.push(format!("{this} can be used to encrypt messages."));
    }
    if !names_an_address(key) {
        state.push("It names no mail address that counts, so the directory could not offer it for any team.".to_owned());
    }
    state.extend(key.weaknesses().iter().map(|weakness| format!("It is weak: {weakness}.")));
    state
}

fn names_an_address(key: &AssessedKey<'_>) -> bool {
    match &key.source {
        Source::Stated => false,
        Source::OpenPgp(_, reading) => reading.user_ids.iter().any(|id| id.state == UserIdState::Valid && id.address.is_some()),
        Source::Smime(certificate) => !certificate.emails.is_empty(),
    }
}

/// The facts by their names; each has a line or more.
fn facts(key: &AssessedKey<'_>, today: Date) -> Vec<(&'static str, Vec<String>)> {
    let mut facts = vec![("fingerprint", vec![key.fingerprint.to_string()])];
    match &key.source {
        Source::Stated => {}
        Source::OpenPgp(_, reading) => facts.extend(of_openpgp(reading)),
        Source::Smime(certificate) => facts.extend(of_smime(certificate)),
    }
    let line = |text: Option<String>| text.into_iter().collect();
    let begins = if key.kind == KeyKind::Smime { "valid from" } else { "created" };
    facts.push(("algorithm", line(key.algorithm().map(ToString::to_string))));
    facts.push((begins, line(key.created().map(|day| day.to_string()))));
    match key.expires() {
        Some(end) => facts.push(("expires", vec![when(end, today)])),
        None if key.revoked().is_none() => facts.push(("expires", vec!["never".to_owned()])),
        None => {}
    }
    if let Some(revocation) = key.revoked() {
        let comment = plain(&revocation.comment);
        facts.push(("revoked", vec![format!("{}: {}", Date::of(revocation.on), revocation.reason.title())]));
        facts.push(("its words", line(Some(comment).filter(|comment| !comment.trim().is_empty()))));
    }
    facts.push(("encryption", vec![encryption(key, today)]));
    facts
}

fn of_openpgp(reading: &Reading) -> [(&'static str, Vec<String>); 2] {
    let version = format!("OpenPGP, version {}", reading.version);
    [("kind", vec![version]), ("user ids", some(reading.user_ids.iter().map(user_id)))]
}

fn of_smime(certificate: &Certificate) -> [(&'static str, Vec<String>); 5] {
    [
        ("kind", vec!["S/MIME".to_owned()]),
        ("subject", vec![plain(&certificate.subject)]),
        ("addresses", some(certificate.emails.iter().map(|email| plain(email)))),
        ("issuer", vec![plain(&certificate.issuer)]),
        ("serial", vec![certificate.serial.clone()]),
    ]
}

fn user_id(id: &UserId) -> String {
    let text = plain(&id.text);
    match id.state {
        UserIdState::Valid => text,
        ended => format!("({ended}) {text}"),
    }
}

/// As many lines as are read, and how many there are besides.
fn some(lines: impl ExactSizeIterator<Item = String>) -> Vec<String> {
    let more = lines.len().saturating_sub(SHOWN);
    let mut shown: Vec<String> = lines.take(SHOWN).collect();
    if shown.is_empty() {
        shown.push("none".to_owned());
    }
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    shown
}

fn encryption(key: &AssessedKey<'_>, today: Date) -> String {
    match key.usable_until() {
        _ if !key.encrypts() => "no".to_owned(),
        _ if key.revoked().is_some() => "no, since it is revoked".to_owned(),
        _ if key.created().is_some_and(|begin| today < begin) => "no, not yet valid".to_owned(),
        None => "yes, without end".to_owned(),
        Some(end) if end < today => format!("ended {}", when(end, today)),
        Some(end) => format!("until {}", when(end, today)),
    }
}

/// A day, and how far it is from today.
fn when(day: Date, today: Date) -> String {
    let distance = if day < today { ago(day, today) } else { ahead(day, today) };
    format!("{day}, {distance}")
}

fn ago(day: Date, today: Date) -> String {
    format!("{} ago", days(day.days_until(today)))
}

fn ahead(day: Date, today: Date) -> String {
    match today.days_until(day) {
        0 => "today".to_owned(),
        left => format!("in {}", days(left)),
    }
}

fn days(count: i64) -> String {
    Count(usize::try_from(count).unwrap_or_default(), "day").to_string()
}

/// What to write into the entry, and where to put the file.
fn what_to_do(keys: &[AssessedKey<'_>], bytes: &[u8]) -> String {
    let mut text = "In the entry of the team, content/teams/ID.yaml:\n\n".to_owned();
    for (kind, name) in [(KeyKind::OpenPgp, "keys"), (KeyKind::Smime, "smime")] {
        let of_kind: Vec<_> = keys.iter().filter(|key| key.kind == kind).collect();
        if !of_kind.is_empty() {
            text += &format!("{name}:\n");
        }
        for key in of_kind {
            text += &format!("  - fingerprint: \"{}\"\n", key.fingerprint);
        }
    }
    let armoured = bytes.windows(5).any(|part| part == b"-----");
    let ending = match (keys.first().map(|key| key.kind), armoured) {
        (Some(KeyKind::Smime), true) => "pem",
        (Some(KeyKind::Smime), false) => "der",
        (_, true) => "asc",
        (_, false) => "gpg",
    };
    text + &format!("\nBeside it, this file as content/teams/ID.{ending}, or ID.2.{ending} where that name is taken.\n")
}
