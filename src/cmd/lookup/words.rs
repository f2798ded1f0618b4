//! An answer in plain words, for a person at a terminal at night: whom to write to first, and why.

use crate::cmd::foreign::plain;
use crate::diagnostic::Count;
use crate::lookup::{Answer, CardStatus, Cut, LIMIT, Match, Reason, ReasonKind};
use crate::model::{Country, Date, Fingerprint};

/// The teams that were found, as of `today`; `told` is the answer as it was computed before.
pub(super) fn of(answer: &Answer, told: &Answer, today: Date) -> String {
    let mut text = String::new();
    for found in &answer.matches {
        let before = told.matches.iter().find(|old| old.team.id == found.team.id).map(|old| &old.team.status);
        text += &team(found, before, today);
        text.push('\n');
    }
    for cut in &answer.cut {
        text += &more(cut);
    }
    text + &from(answer, today)
}

/// That nobody was found, or too many to show one, and what was looked for.
pub(super) fn no_team(answer: &Answer) -> String {
    let meanings: Vec<String> = answer.meanings.iter().map(|of| format!("{} {}", of.kind, of.value)).collect();
    let (query, meanings, directory) = (plain(&answer.query), plain(&meanings.join(", ")), plain(&answer.directory));
    let found = if answer.cut.is_empty() { "Nobody was found" } else { "Too many were found to show any" };
    let mut text = format!("{found} for `{query}` in {directory}, as of {}. It was taken for: {meanings}.", answer.computed_for);
    for cut in &answer.cut {
        text = format!("{text}\n{}", more(cut).trim_end());
    }
    text
}

fn team(found: &Match, before: Option<&CardStatus>, today: Date) -> String {
    let team = &found.team;
    let mut text = format!("{}, {} ({})\n", plain(&team.name), country(&team.country), plain(&team.id));
    let none = || vec!["none is known".to_owned()];
    let mut facts = vec![
        ("level", vec![level(&team.status, before, today)]),
        ("because", found.reasons.iter().map(|one| reason(one, found)).collect()),
    ];
    // Of a team that has withdrawn it is not that none is known: nobody answers for it.
    if !team.status.is_withdrawn() {
        facts.push(("mail", team.email.as_deref().map_or_else(none, |email| vec![plain(email)])));
    }
    for (name, number) in [("emergency", &team.emergency), ("telephone", &team.telephone)] {
        let lines = |number| std::iter::once(number).chain(&team.phone_comment).map(|line: &String| plain(line)).collect();
        facts.extend(number.as_ref().map(|number| (name, lines(number))));
    }
    if !team.keys.is_empty() {
        facts.push(("key", team.keys_with_ends().map(key).collect()));
    }
    for (name, values) in facts {
        for (at, value) in values.iter().enumerate() {
            let name = if at == 0 { name } else { "" };
            text += &format!("  {name:<10} {value}\n");
        }
    }
    text
}

/// The level with its end. A site that was built before today may say what no longer holds.
fn level(status: &CardStatus, before: Option<&CardStatus>, today: Date) -> String {
    let mut text = plain(&status.title);
    if let Some(since) = status.since {
        text += &format!(" since {since}");
    }
    if let Some(until) = status.valid_until {
        text += &format!(", until {until}");
        if until < today {
            text += ", which has passed: what holds since is not known here";
        }
    }
    match before.filter(|before| before.id != status.id) {
        Some(before) => format!("{text}; it was {} before", plain(&before.title).to_lowercase()),
        None => text,
    }
}

fn key((digits, end): (&str, Option<Date>)) -> String {
    end.map_or_else(|| grouped(digits), |end| format!("{}, until {end}", grouped(digits)))
}

fn reason(reason: &Reason, found: &Match) -> String {
    let value = plain(&reason.value);
    match reason.kind {
        ReasonKind::Email => format!("{value} is its address"),
        ReasonKind::Key => format!("{} is its key{}", grouped(&value), doubt(found, &value)),
        ReasonKind::KeyId => format!("{value} is the id of its key{}", doubt(found, &value)),
        ReasonKind::Id => format!("{value} is its id"),
        ReasonKind::Name => format!("it is called {value}"),
        ReasonKind::Network | ReasonKind::Asn => format!("it answers for {value}"),
        ReasonKind::NetworkWithin => format!("it answers for a part: {value}"),
        ReasonKind::Domain => format!("it answers for the domain {value}"),
        ReasonKind::NationalConstituency => format!("it is a national team and answers for {}", country(&value)),
        ReasonKind::NationalSeat => format!("it is a national team with its seat in {}", country(&value)),
        ReasonKind::ConstituencyCountry => {
            format!("it names {} as a part of its constituency; it is no national team", country(&value))
        }
        ReasonKind::Seat => format!("its seat is in {}, which does not say for whom it answers", country(&value)),
        ReasonKind::NameBegins => format!("its name or id begins so: {value}"),
        ReasonKind::NameWords => format!("words of its names begin so: {value}"),
        ReasonKind::CountryOfDomain => {
            let of = country(&value);
            format!(
                "nobody claims the domain; as a last resort, it is a national team that answers for {of}, or has its seat there"
            )
        }
    }
}

/// That a key is not known to work, nor a part of one that is shown.
fn doubt(found: &Match, digits: &str) -> &'static str {
    let works = found.team.keys.iter().any(|key| key.ends_with(&digits.to_ascii_uppercase()));
    if works { "" } else { ": not one to write with today, or a part of one; its page says what holds of it" }
}

fn more(cut: &Cut) -> String {
    let (key, total) = (plain(&cut.key), cut.total);
    match key.split_once(':') {
        Some(("word", word)) => {
            format!("There are {total} teams with names that begin with `{word}`: give more of the name to see all.\n")
        }
        Some(("network-within", net)) => {
            format!("There are {total} claims to parts of {net}, too many to show: ask for a part to see who answers for it.\n")
        }
        Some(("network-largest", net)) => {
            format!(
                "There are {total} claims to parts of {net}: of each team the largest is shown. Ask for a part to see all claims to it.\n"
            )
        }
        _ => format!("There are {total} teams for {key}: {LIMIT} of them are shown.\n"),
    }
}

fn from(answer: &Answer, today: Date) -> String {
    let (directory, day) = (plain(&answer.directory), answer.computed_for);
    let age = usize::try_from(day.days_until(today)).unwrap_or_default();
    if age == 0 {
        return format!("From {directory}, as of {day}.\n");
    }
    let age = Count(age, "day");
    format!(
        "From {directory}, built for {day}, {age} ago: a level that has ended since is told to have, a key that has is left out; \
         all else is as it was then.\n"
    )
}

/// The name of a country by its code.
fn country(code: &str) -> String {
    Country::from_code(code).map_or_else(|_| plain(code), |country| country.name().to_owned())
}

/// A fingerprint in groups, as people compare it.
fn grouped(digits: &str) -> String {
    digits.parse().map_or_else(|_| plain(digits), |fingerprint: Fingerprint| fingerprint.to_string())
}
