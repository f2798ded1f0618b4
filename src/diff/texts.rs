//! To whom texts send their readers: the addresses, hosts and telephone numbers that stand in them.

use super::{Change, Kind, Said};
use crate::diagnostic::hides;
use crate::model::{Domain, EmailAddress, Team, Text, Url};
use crate::site::markdown::{Found, found};
use std::collections::BTreeSet;

/// By what somebody is reached.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// A mailbox, as it is compared.
    Mail(String),
    Host(String),
    Number(String),
}

/// What became of the descriptions of a team. What stands among its contacts is told there.
pub(super) fn of_team(old: &Team, new: &Team) -> Vec<Change> {
    let own = own(new);
    let pairs = descriptions(old).into_iter().zip(descriptions(new));
    pairs.flat_map(|((what, was), (_, is))| changes(&Said::ours_alone(what), was, is, &own)).collect()
}

/// The links of a new team that lead elsewhere than their words say.
pub(super) fn of_new_team(new: &Team) -> impl Iterator<Item = Change> {
    let changes = descriptions(new).into_iter().flat_map(|(what, text)| of_text(&Said::ours_alone(what), "", text));
    changes.filter(|change| change.kind == Kind::LinkMisleads)
}

fn descriptions(team: &Team) -> [(&'static str, &str); 2] {
    let [own, of_constituency] =
        [&team.description, &team.constituency.description].map(|text| text.as_ref().map_or("", Text::as_str));
    [("description", own), ("description of its constituency", of_constituency)]
}

/// The ways to reach a team that stand in its entry besides.
fn own(team: &Team) -> BTreeSet<Way> {
    let contact = &team.contact;
    let mails = contact.emails.iter().map(|email| Way::Mail(email.address.mailbox()));
    let numbers = contact.phones.iter().map(|phone| Way::Number(phone.number.compact()));
    let hosts = [&team.website, &team.rfc2350].into_iter().flatten().map(|url| Way::Host(url.host().to_owned()));
    let domains = team.constituency.domains.iter().map(|domain| Way::Host(domain.value.name().to_owned()));
    mails.chain(numbers).chain(hosts).chain(domains).collect()
}

/// What became of a text that is about no team.
pub(super) fn of_text(what: &Said, old: &str, new: &str) -> Vec<Change> {
    changes(what, old, new, &BTreeSet::new())
}

/// What a text leads to and did not, but for what is `known`; and links that lead elsewhere than their words say.
fn changes(what: &Said, old: &str, new: &str, known: &BTreeSet<Way>) -> Vec<Change> {
    if old == new {
        return Vec::new();
    }
    let [was, is] = [old, new].map(found);
    let links: BTreeSet<&(String, String)> = was.links.iter().collect();
    let misleading = is.links.iter().filter(|link| misleads(link) && !links.contains(link)).map(|(target, words)| {
        let said = what.clone().ours(": ").theirs(words).ours(" leads to ").theirs(target);
        Change { new: Some(target.clone()), ..Change::new(Kind::LinkMisleads, said) }
    });
    let before = ways(&was);
    let come = ways(&is).into_iter().filter(|way| !before.contains(way) && !known.contains(way)).map(|way| {
        let (kind, name) = match way {
            Way::Mail(mailbox) => ("e-mail address ", mailbox),
            Way::Host(host) => ("host ", host),
            Way::Number(number) => ("telephone number ", number),
        };
        Change::of(Kind::AddressInText, what.clone().ours(": ").ours(kind), None, Some(name))
    });
    misleading.chain(come).collect()
}

/// Everything by which a text lets somebody be reached.
fn ways(Found { words, links }: &Found) -> BTreeSet<Way> {
    links.iter().filter_map(|(target, _)| named(target)).chain(ways_in(words)).collect()
}

/// The ways that stand in words.
fn ways_in(words: &str) -> BTreeSet<Way> {
    let words = words.replace(hides, "");
    let between = |c: char| c.is_whitespace() || "<>()[]{}\"'`*,;|“”„‟‘’‚«»‹›".contains(c);
    words.split(between).filter_map(named).chain(numbers(&words)).collect()
}

/// The address or host that a word, or the target of a link, names.
fn named(word: &str) -> Option<Way> {
    let word = word.trim_matches(|c| ".:!?_/".contains(c));
    if let Some(at) = word.to_ascii_lowercase().find("http").filter(|_| word.contains("://")) {
        return word.get(at..)?.parse::<Url>().ok().map(|url| Way::Host(url.host().to_owned()));
    }
    let begin = word.split(['/', '?', '#']).next().unwrap_or_default();
    if begin.contains('@') {
        // Behind `mailto:`, or before a path as git has it.
        let address = begin.split(':').find(|part| part.contains('@')).unwrap_or_default();
        return address.parse::<EmailAddress>().ok().map(|address| Way::Mail(address.mailbox()));
    }
    let host = begin.split(':').next().unwrap_or_default();
    // The last part of a name has more than a letter: `e.g.` is none.
    let is_name = host.rsplit_once('.').is_some_and(|(_, last)| last.chars().count() > 1);
    host.parse::<Domain>().ok().filter(|_| is_name).map(|domain| Way::Host(domain.name().to_owned()))
}

/// The telephone numbers in words, which begin with a plus sign.
fn numbers(words: &str) -> impl Iterator<Item = Way> {
    words.split('+').skip(1).filter_map(|rest| {
        let of_number = |c: &char| c.is_ascii_digit() || c.is_whitespace() || "()-./".contains(*c);
        let digits: String = rest.chars().take_while(of_number).filter(char::is_ascii_digit).collect();
        (7..=15).contains(&digits.len()).then(|| Way::Number(format!("+{digits}")))
    })
}

/// Whether the words of a link name somebody else than its target.
fn misleads((target, words): &(String, String)) -> bool {
    let Some(way) = named(target) else { return false };
    let target = target.to_lowercase();
    let domain = |way: &Way| match way {
        Way::Mail(mailbox) => mailbox.rsplit_once('@').map(|(_, domain)| domain.to_owned()),
        Way::Host(host) => Some(host.clone()),
        Way::Number(_) => None,
    };
    ways_in(words).iter().any(|said| match (said, &way) {
        (Way::Mail(said), Way::Mail(meant)) => said != meant,
        (Way::Host(said), _) if is_file(said) && target.ends_with(&format!("/{said}")) => false,
        _ => domain(said).zip(domain(&way)).is_some_and(|(said, target)| !is_of(&said, &target)),
    })
}

/// Whether a name ends like that of a file.
fn is_file(name: &str) -> bool {
    let endings = ["asc", "csv", "docx", "gpg", "htm", "html", "ics", "json", "odt", "pdf", "pem", "sig", "txt", "xml", "yaml"];
    name.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending))
}

/// Whether `target` is the host that was said, its `www`, or one below it.
fn is_of(said: &str, target: &str) -> bool {
    let said = said.strip_prefix("www.").unwrap_or(said);
    target.strip_suffix(said).is_some_and(|below| below.is_empty() || below.ends_with('.'))
}
