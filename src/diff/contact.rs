//! What became of the ways to reach a team, and of the hosts that speak for it.

use super::{Change, Kind, Said};
use crate::model::{Contact, Email, Phone, PhoneUsage, Team, Url};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

/// What changed of the contact, the site and the RFC 2350 document.
pub(super) fn changes(old: &Team, new: &Team) -> Vec<Change> {
    let mut changes = Vec::new();
    changes.extend(host("website ", old.website.as_ref(), new.website.as_ref()));
    changes.extend(host("RFC 2350 document ", old.rfc2350.as_ref(), new.rfc2350.as_ref()));
    let (was, is) = (&old.contact, &new.contact);
    changes.extend(mail_domains(was, is));
    changes.extend(emergency(was, is));
    changes.extend(main_number(was, is));
    changes.extend(main_address(was, is));
    ways("e-mail address", &emails(was), &emails(is), &mut changes);
    ways("telephone number", &phones(was), &phones(is), &mut changes);
    changes.extend(words(was, is));
    changes
}

/// What people are told in words; where that is, they may be told to turn to somebody else.
fn words(old: &Contact, new: &Contact) -> impl Iterator<Item = Change> {
    let facts = |contact: &Contact| {
        [
            (Kind::ContactChanged, "business hours ", contact.hours.as_ref().map(ToString::to_string)),
            (Kind::ContactChanged, "postal address ", contact.address.as_ref().map(|lines| lines.as_str().replace('\n', ", "))),
            (Kind::Other, "time zone ", contact.timezone.map(|zone| zone.name().to_owned())),
        ]
    };
    Change::of_facts(facts(old), facts(new))
}

/// A link that leads to another host, or elsewhere on the same.
fn host(what: &str, old: Option<&Url>, new: Option<&Url>) -> Option<Change> {
    let text = |url: Option<&Url>| url.map(|url| url.href().to_owned());
    let (was, is) = (text(old), text(new));
    if was == is {
        return None;
    }
    // A port, or the absence of encryption, is another speaker too.
    let origin =
        |url: Option<&Url>| url.and_then(|url| url.href().splitn(4, '/').take(3).map(str::to_owned).reduce(|a, b| a + "/" + &b));
    let kind = if origin(old) == origin(new) { Kind::Other } else { Kind::HostChanged };
    Some(Change::of(kind, Said::ours_alone(what), was, is))
}

/// The domains behind the @ of the addresses.
fn domains(contact: &Contact) -> BTreeSet<String> {
    let of = |email: &Email| email.address.mailbox().rsplit_once('@').map(|(_, domain)| domain.to_owned());
    contact.emails.iter().filter_map(of).collect()
}

fn mail_domains(old: &Contact, new: &Contact) -> Option<Change> {
    let (was, is) = (domains(old), domains(new));
    let names =
        |domains: &BTreeSet<String>| (!domains.is_empty()).then(|| domains.iter().cloned().collect::<Vec<_>>().join(", "));
    is.iter()
        .any(|domain| !was.contains(domain))
        .then(|| Change::of(Kind::MailDomainChanged, Said::new(), names(&was), names(&is)))
}

fn emergency(old: &Contact, new: &Contact) -> Option<Change> {
    let numbers = |contact: &Contact| -> BTreeSet<String> {
        let at_any_hour = |phone: &&Phone| phone.usage.contains(&PhoneUsage::Emergency);
        contact.phones.iter().filter(at_any_hour).map(|phone| phone.number.compact()).collect()
    };
    let (was, is) = (numbers(old), numbers(new));
    let list = |numbers: BTreeSet<String>| (!numbers.is_empty()).then(|| Vec::from_iter(numbers).join(", "));
    (was != is).then(|| Change::of(Kind::EmergencyChanged, Said::new(), list(was), list(is)))
}

/// Whom people call first, where the numbers are the same.
fn main_number(old: &Contact, new: &Contact) -> Option<Change> {
    let first = |contact: &Contact, usage| {
        let numbers = || contact.phones.iter().filter(move |phone: &&Phone| phone.usage.contains(&usage));
        let all: BTreeSet<String> = numbers().map(|phone| phone.number.compact()).collect();
        numbers().next().map(|phone| (phone.number.compact(), all))
    };
    [(PhoneUsage::Emergency, Kind::EmergencyChanged), (PhoneUsage::Voice, Kind::ContactChanged)].into_iter().find_map(
        |(usage, kind)| {
            let ((was, before), (is, now)) = (first(old, usage)?, first(new, usage)?);
            let said = Said::ours_alone("the number to call first ");
            (before == now && was != is).then(|| Change::of(kind, said, Some(was), Some(is)))
        },
    )
}

/// A way to reach a team.
struct Way {
    /// By what it is the same one, however it is written.
    key: String,
    shown: String,
    /// What is said of it, and for what it is where that is said: an entry may name one more than once. The order means nothing.
    facts: BTreeMap<String, BTreeSet<String>>,
}

impl Way {
    fn new<T: Display>(key: String, shown: String, usage: &[T], more: String) -> Self {
        Self { key, shown, facts: [(more, usage.iter().map(ToString::to_string).collect())].into() }
    }

    /// What it is for, and what else is said of it.
    fn facts(&self) -> String {
        let facts = self.facts.iter().map(|(more, usage)| usage.iter().cloned().collect::<Vec<_>>().join(", ") + more);
        facts.collect::<Vec<_>>().join("; ")
    }
}

fn emails(contact: &Contact) -> Vec<Way> {
    let way = |email: &Email| Way::new(email.address.mailbox(), email.address.to_string(), &email.usage, String::new());
    gathered(contact.emails.iter().map(way))
}

fn phones(contact: &Contact) -> Vec<Way> {
    let way = |phone: &Phone| {
        let zone = phone.timezone.map(|zone| format!(", {}", zone.name())).unwrap_or_default();
        let comment = phone.comment.as_ref().map(|comment| format!(", {comment}")).unwrap_or_default();
        Way::new(phone.number.compact(), phone.number.to_string(), &phone.usage, zone + &comment)
    };
    gathered(contact.phones.iter().map(way))
}

/// The ways, each once, with all that is said of it.
fn gathered(ways: impl Iterator<Item = Way>) -> Vec<Way> {
    let mut gathered: Vec<Way> = Vec::new();
    for way in ways {
        match gathered.iter_mut().find(|known| known.key == way.key) {
            Some(known) => way.facts.into_iter().for_each(|(more, usage)| known.facts.entry(more).or_default().extend(usage)),
            None => gathered.push(way),
        }
    }
    gathered
}

/// Which ways are gone, are new, or are for something else.
fn ways(noun: &str, old: &[Way], new: &[Way], changes: &mut Vec<Change>) {
    let said = || Said::ours_alone(format!("{noun} "));
    for way in old {
        match new.iter().find(|other| other.key == way.key) {
            None => changes.push(Change::of(Kind::ContactRemoved, said(), Some(way.shown.clone()), None)),
            Some(now) if now.facts != way.facts => {
                let said = said().theirs(&way.shown).ours(" is for ");
                changes.push(Change::of(Kind::ContactChanged, said, Some(way.facts()), Some(now.facts())));
            }
            Some(_) => {}
        }
    }
    for way in new.iter().filter(|way| !old.iter().any(|other| other.key == way.key)) {
        changes.push(Change::of(Kind::ContactAdded, said(), None, Some(way.shown.clone())));
    }
}

/// Whom people write to first.
fn main_address(old: &Contact, new: &Contact) -> Option<Change> {
    let (was, is) = (old.main_email()?, new.main_email()?);
    let said = Said::ours_alone("the address to write to first ");
    let differ = was.mailbox() != is.mailbox();
    differ.then(|| Change::of(Kind::ContactChanged, said, Some(was.to_string()), Some(is.to_string())))
}
