//! What became of a team's level, as of one day on both sides, and of its history.

use super::{Change, Kind, Said};
use crate::assess::{AssessedTeam, Certificate, End, Standing};
use crate::model::{Date, Entry, Event, Level, State, Until};
use std::collections::{BTreeMap, BTreeSet};

/// What changed of level, state, certification and history.
pub(super) fn changes(old: &AssessedTeam<'_>, new: &AssessedTeam<'_>, today: Date) -> Vec<Change> {
    let mut changes = Vec::new();
    changes.extend(level(&old.standing, &new.standing));
    changes.extend(state(&old.standing, &new.standing));
    changes.extend(certificate(old, new.standing.certificate));
    history(&old.team.history, &new.team.history, &new.standing, today, &mut changes);
    changes
}

fn level(old: &Standing<'_>, new: &Standing<'_>) -> Option<Change> {
    let title = |standing: &Standing<'_>| standing.status.level.map(|level| level.title().to_owned());
    let kind = match new.status.level.cmp(&old.status.level) {
        std::cmp::Ordering::Greater => Kind::LevelRaised,
        std::cmp::Ordering::Less => Kind::LevelLowered,
        std::cmp::Ordering::Equal => return None,
    };
    let none = || Some("no level".to_owned());
    let (was, is) = (title(old).or_else(none), title(new).or_else(none));
    let reasons = Said::ours_alone(format!(" (before: {}; now: {})", why(old), why(new)));
    Some(Change::of(kind, Said::new(), was, is).because(reasons))
}

/// From which dates a level follows.
pub(super) fn why(standing: &Standing<'_>) -> String {
    let since = standing.since.map(|since| format!(" since {since}")).unwrap_or_default();
    match (standing.certificate, standing.status.level) {
        (Some(Certificate { entry, end, valid: true }), _) => {
            format!("certified on {}, {}", entry.since.value, until(end))
        }
        (Some(Certificate { entry, end: End::On(last), valid: false }), Some(level)) => {
            let level = level.title().to_lowercase();
            format!("certified on {}, which ended on {last}; {level}{since}", entry.since.value)
        }
        (_, Some(level)) => format!("{}{since}", level.title().to_lowercase()),
        (_, None) => "no level stated".to_owned(),
    }
}

fn until(end: End) -> String {
    match end {
        End::On(last) => format!("until {last}"),
        End::NotStated => "with no end stated".to_owned(),
    }
}

fn state(old: &Standing<'_>, new: &Standing<'_>) -> Option<Change> {
    let (was, is) = (old.status.state, new.status.state);
    let kind = match (was, is) {
        (was, is) if was == is => return None,
        (Some(_), None) | (Some(State::Withdrawn), Some(_)) => Kind::StateLifted,
        _ => Kind::StateSet,
    };
    let title = |standing: &Standing<'_>| match (standing.status.state, standing.state_entry) {
        (Some(state), Some(entry)) => Some(format!("{} since {}", state.title(), entry.since.value)),
        (Some(state), None) => Some(state.title().to_owned()),
        (None, _) => Some(standing.status.title().to_owned()),
    };
    Some(Change::of(kind, Said::new(), title(old), title(new)))
}

fn certificate(before: &AssessedTeam<'_>, new: Option<Certificate<'_>>) -> Option<Change> {
    let new = new?;
    let title = |certificate: &Certificate<'_>| format!("from {} {}", certificate.entry.since.value, until(certificate.end));
    let Some(old) = before.standing.certificate else {
        return Some(Change::of(Kind::CertificateAdded, Said::new(), None, Some(title(&new))));
    };
    // What stood there already counts again, since a newer one is gone: that is told of the history.
    let was_there = || before.team.history.iter().any(|entry| words(entry) == words(new.entry));
    if new.entry.since.value < old.entry.since.value && was_there() {
        return None;
    }
    let kind = match (new.entry.since.value == old.entry.since.value, new.end, old.end) {
        (false, ..) => Kind::CertificateAdded,
        (_, now, before) if now == before => return None,
        (true, End::On(now), End::On(before)) if now < before => Kind::CertificateShortened,
        (true, End::On(_), End::NotStated) => Kind::CertificateShortened,
        _ => Kind::CertificateExtended,
    };
    Some(Change::of(kind, Said::new(), Some(title(&old)), Some(title(&new))))
}

/// What of the history is another than before, and what was written behind it.
fn history(old: &[Entry], new: &[Entry], standing: &Standing<'_>, today: Date, changes: &mut Vec<Change>) {
    let by_day = |entries: &[Entry]| entries.iter().map(|entry| (entry.since.value, words(entry))).collect::<BTreeMap<_, _>>();
    let (was, is) = (by_day(old), by_day(new));
    for (since, before) in &was {
        let (now, said) = match is.get(since) {
            Some(now) if now == before => continue,
            Some(now) => (Some(now.clone()), Said::ours_alone("changed: ")),
            None => (None, Said::ours_alone("removed: ")),
        };
        changes.push(Change::of(Kind::HistoryRewritten, said, Some(before.clone()), now));
    }
    let last = was.keys().next_back();
    for entry in new.iter().filter(|entry| !was.contains_key(&entry.since.value)) {
        let since = entry.since.value;
        let (kind, said) = match entry.event {
            _ if last.is_some_and(|last| since < *last) => (Kind::HistoryRewritten, "put into the past: "),
            Event::Level(_) if since > today && standing.status.state.is_some() => (Kind::StateLifted, "announced: "),
            Event::Level(Level::Certified) if since > today => (Kind::CertificateAdded, "announced: "),
            Event::Level(level) if since > today && Some(level) > standing.status.level => (Kind::LevelAnnounced, ""),
            _ if since > today => (Kind::HistoryAdded, "announced: "),
            _ => (Kind::HistoryAdded, ""),
        };
        changes.push(Change::of(kind, Said::ours_alone(said), None, Some(words(entry))));
    }
}

/// What the history of a new team announces.
pub(super) fn announced(new: &AssessedTeam<'_>, today: Date, changes: &mut Vec<Change>) {
    let entries = &new.team.history;
    let ahead = &entries[entries.partition_point(|entry| entry.since.value <= today)..];
    history(&[], ahead, &new.standing, today, changes);
}

/// All that an entry of the history says, on one line.
fn words(entry: &Entry) -> String {
    let mut words = format!("{} from {}", entry.event.title(), entry.since.value);
    words += &match entry.until.map(|until| until.value) {
        Some(Until::Date(last)) => format!(" until {last}"),
        Some(Until::Unknown) => " with no end stated".to_owned(),
        None => String::new(),
    };
    words += &entry.authority.as_ref().map(|id| format!(", by {}", id.value)).unwrap_or_default();
    words += &entry.certificate.as_ref().map(|number| format!(", certificate {}", number.value)).unwrap_or_default();
    if !entry.sponsors.is_empty() {
        // In which order they are written means nothing.
        let sponsors: BTreeSet<&str> = entry.sponsors.iter().map(|id| id.value.as_str()).collect();
        words += &format!(", sponsors {}", Vec::from_iter(sponsors).join(", "));
    }
    let verified = entry.verifications.iter().map(|verification| {
        let by = verification.authority.as_ref().map(|id| format!(" by {}", id.value)).unwrap_or_default();
        format!(", {} verified on {}{by}", verification.kind, verification.date.value)
    });
    words.extend(verified.collect::<BTreeSet<_>>());
    words
}
