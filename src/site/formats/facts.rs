//! What several formats say in the same way: which teams and keys they name, and since when an entry is as it is.

use crate::assess::{AssessedKey, AssessedTeam, Assessment, End, Source, Standing, end_of, status_on};
use crate::config::Policy;
use crate::model::{Contact, Date, Entry, Event, KeyKind, Level, Membership, Team};
use std::fmt::Display;

/// The association whose membership the shapes of FIRST's APIs state.
const FIRST: &str = "FIRST";

/// The teams that have not withdrawn, by id.
pub(super) fn present<'a>(assessment: &'a Assessment<'a>) -> impl Iterator<Item = &'a AssessedTeam<'a>> {
    assessment.active().filter_map(|team| assessment.team(&team.id))
}

/// The OpenPGP keys to name to tools that may take every key of a file for one to encrypt to: those that are offered, and
/// those of which nothing is known but their fingerprint and the end that the entry types.
pub(super) fn keys<'a>(team: &'a AssessedTeam<'a>) -> impl Iterator<Item = &'a AssessedKey<'a>> {
    team.keys.iter().filter(|key| key.kind == KeyKind::OpenPgp && (key.offered || matches!(key.source, Source::Stated)))
}

/// Those of [`keys`] of which nobody says that they have ended, for formats that cannot say so.
pub(super) fn current_keys<'a>(team: &'a AssessedTeam<'a>, today: Date) -> impl Iterator<Item = &'a AssessedKey<'a>> {
    keys(team).filter(move |key| key.expires().is_none_or(|end| today <= end))
}

/// The first and the last day up to `today` on which an entry says that something began, or on which a status ended by
/// itself. `None` where there is none. What has ended already, or ends unseen after the team has withdrawn, does not count.
pub(super) fn span(assessed: &AssessedTeam<'_>, policy: Policy, today: Date) -> Option<(Date, Date)> {
    let team: &Team = assessed.team;
    let ended = team.history.iter().filter_map(|entry| match end_of(entry, policy) {
        Some(End::On(last)) => Some(last.next()).filter(|day| {
            let [before, after] = [last, *day].map(|day| status_on(&team.history, policy, day));
            before != after && !after.is_withdrawn()
        }),
        _ => None,
    });
    let days =
        team.established.into_iter().map(|day| day.value).chain(team.history.iter().map(|entry| entry.since.value)).chain(ended);
    let days = days.chain(team.confirmed.map(|date| date.value)).filter(|day| *day <= today);
    days.fold(None, |span, day| Some(span.map_or((day, day), |(first, last)| (day.min(first), day.max(last)))))
}

/// The level that a team holds for certain where `level` is that of a candidate for the next one, and the entry of its history by which
/// it came to it.
pub(super) fn held<'a>(level: Level, assessed: &AssessedTeam<'a>) -> (Level, Option<&'a Entry>) {
    let held = level.held();
    let Standing { since, certificate, .. } = assessed.standing;
    let reached = |entry: &&Entry| entry.event == Event::Level(held) && Some(entry.since.value) <= since;
    let certificate = certificate.map(|certificate| certificate.entry).filter(|_| held == Level::Certified);
    (held, certificate.or_else(|| assessed.team.history.iter().rfind(reached)))
}

/// How a team is reached, one line each: addresses, numbers, hours.
pub(super) fn contact(contact: &Contact) -> String {
    let emails = contact.emails.iter().map(|email| format!("{} ({})", email.address.value, joined(&email.usage)));
    let phones = contact.phones.iter().map(|phone| {
        let comment = phone.comment.as_ref().map(|comment| format!(": {comment}")).unwrap_or_default();
        format!("{} ({}){comment}", phone.number, joined(&phone.usage))
    });
    let zone = contact.timezone.map(|zone| format!(" ({})", zone.name())).unwrap_or_default();
    let hours = contact.hours.as_ref().map(|hours| format!("{hours}{zone}"));
    emails.chain(phones).chain(hours).collect::<Vec<_>>().join("\n")
}

/// Words with commas between them.
pub(super) fn joined<T: Display>(words: &[T]) -> String {
    words.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// A membership in FIRST, and of which kind it is: an entry says `FIRST`, or `FIRST (Full Member)`.
pub(super) fn first_membership(team: &Team, today: Date) -> Option<(&Membership, Option<&str>)> {
    team.memberships.iter().filter(|membership| membership.period.holds_on(today)).find_map(|membership| {
        let rest = membership.name.as_str().strip_prefix(FIRST)?;
        let kind = rest.strip_prefix(" (").and_then(|kind| kind.strip_suffix(')'));
        (rest.is_empty() || kind.is_some()).then_some((membership, kind))
    })
}
