//! What FIRST's API and Global IRT, which was made after it, write in the same way.

use super::constituency_type;
use super::country;
use super::entry::{Contact, Email, Membership, Phone};
use super::fields::Fields;
use super::note::{Notes, Origin};
use crate::config::FIRST_TYPES;
use crate::diagnostic::Problem;
use crate::model::{Country, Date, EmailAddress, PhoneNumber, PhoneUsage, Slug, Url};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// A day as FIRST writes it, September 8, 2008, or as we do.
pub(super) fn day(text: &str) -> Result<Date, Problem> {
    let long = NaiveDate::parse_from_str(text, "%B %d, %Y").ok();
    let long = long.and_then(|day| Date::new(day.year(), day.month(), day.day()));
    long.map_or_else(|| text.parse(), Ok)
}

/// The addresses, all for contact.
pub(super) fn emails(fields: &Fields<'_>, notes: &mut Notes) -> Vec<Email> {
    let texts = fields.texts_or_one("email", notes);
    let read = |(origin, text)| notes.parse(&origin, text).map(|address| (origin, address));
    let addresses: Vec<(Origin, EmailAddress)> = texts.into_iter().filter_map(read).collect();
    let addresses = notes.unique(addresses, EmailAddress::mailbox);
    addresses.into_iter().map(|address| Email { address, usage: Vec::new() }).collect()
}

/// The team's site, and its RFC 2350 document where the name of one says that it is that.
pub(super) fn websites(fields: &Fields<'_>, notes: &mut Notes) -> [Option<Url>; 2] {
    let mut found = [None, None];
    for (origin, text) in fields.texts_or_one("website", notes) {
        let Some(url) = notes.parse::<Url>(&origin, text) else { continue };
        let lower = text.to_ascii_lowercase();
        let place = &mut found[usize::from(lower.contains("rfc2350") || lower.contains("rfc-2350"))];
        if place.is_none() {
            *place = Some(url);
        } else {
            notes.push(&origin, text, "left out, for an entry has one such link", "put the better of them into the entry");
        }
    }
    found
}

/// Telephone numbers, each once, with all that they are for.
#[derive(Debug, Default)]
pub(super) struct Phones {
    list: Vec<Phone>,
    /// Where in it each number stands.
    places: BTreeMap<String, usize>,
}

impl Phones {
    /// Adds the numbers in `key`. Each is for `usage`, but where something else stands in brackets behind it.
    pub(super) fn add(&mut self, fields: &Fields<'_>, key: &str, usage: PhoneUsage, notes: &mut Notes) {
        for (origin, text) in fields.texts_or_one(key, notes) {
            let (number, stated) = split(text);
            let usage = if stated.is_empty() { vec![usage] } else { stated };
            if number.is_empty() {
                notes.push(&origin, text, "left out, for no number stands here", "ask the team for it");
            } else if let Some(number) = notes.parse::<PhoneNumber>(&origin, number) {
                self.put(number, &usage);
            }
        }
    }

    fn put(&mut self, number: PhoneNumber, usage: &[PhoneUsage]) {
        let at = *self.places.entry(number.compact()).or_insert(self.list.len());
        let Some(phone) = self.list.get_mut(at) else {
            self.list.push(Phone { number, usage: usage.to_vec(), timezone: None, comment: None });
            return;
        };
        let all = PhoneUsage::ALL.iter().copied();
        phone.usage = all.filter(|one| phone.usage.contains(one) || usage.contains(one)).collect();
    }

    /// The numbers, in the order in which each stood first.
    pub(super) fn into_vec(self) -> Vec<Phone> {
        self.list
    }
}

/// A number, and what it is for where that stands in brackets behind it.
fn split(text: &str) -> (&str, Vec<PhoneUsage>) {
    let stated = text.trim().strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let parse = |(number, words): (&'_ str, &'_ str)| {
        let usage: Result<Vec<PhoneUsage>, _> = words.split(',').map(|word| word.trim().to_lowercase().parse()).collect();
        Some((number.len(), usage.ok()?))
    };
    match stated.and_then(parse) {
        Some((end, usage)) => (text.trim()[..end].trim(), usage),
        None => (text.trim(), Vec::new()),
    }
}

/// The constituency types. FIRST's own words hold commas, so a text is taken apart only where each part is known.
pub(super) fn types(fields: &Fields<'_>, notes: &mut Notes) -> Vec<Slug> {
    let Some(text) = fields.text("constituency", notes) else { return Vec::new() };
    let origin = fields.origin("constituency");
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let known = |name: &str| crate::config::TYPES.iter().any(|kind| is_called(kind, name));
    let names = if parts.iter().all(|part| known(part)) { parts } else { vec![text.trim()] };
    let read = |name| Some((origin.clone(), constituency_type(&origin, name, |kind| is_called(kind, name), notes)?));
    let types = names.into_iter().filter_map(read).collect();
    notes.unique(types, Slug::to_string)
}

/// Whether a constituency type is called `name` by us, by TI or by FIRST.
fn is_called((id, ours, theirs): &(&str, &str, &str), name: &str) -> bool {
    let firsts = FIRST_TYPES.iter().filter(|(known, _)| known == id).map(|(_, first)| *first);
    [*id, *ours, *theirs].into_iter().chain(firsts).any(|known| known.eq_ignore_ascii_case(name))
}

/// The countries in `key`, by code or name.
pub(super) fn countries(fields: &Fields<'_>, key: &str, notes: &mut Notes) -> Vec<(Origin, Country)> {
    let texts = fields.texts_or_one(key, notes);
    let read = |(origin, text): (Origin, &str)| notes.keep(&origin, text, country(text.trim())).map(|country| (origin, country));
    texts.into_iter().filter_map(read).collect()
}

/// The membership in FIRST, where `kind` says of which kind it is.
pub(super) fn membership(fields: &Fields<'_>, kind: &str, since: Option<Date>, notes: &mut Notes) -> Option<Membership> {
    let kind = fields.text(kind, notes).map(|text| (text.trim(), fields.origin(kind)));
    let name = match &kind {
        Some((kind, origin)) => notes.parse(origin, &format!("FIRST ({kind})")),
        None => since.and_then(|_| "FIRST".parse().ok()),
    };
    Some(Membership { name: name?, since })
}

/// How the team is reached, but for its hours' time zone.
pub(super) fn contact(fields: &Fields<'_>, phones: Phones, address: &str, notes: &mut Notes) -> Contact {
    Contact {
        emails: emails(fields, notes),
        phones: phones.into_vec(),
        hours: fields.parse("operating-hours", notes),
        timezone: None,
        address: fields.parse(address, notes),
    }
}
