//! `teams.vcf` and `teams/ID.vcf`: teams as vCards (RFC 6350) for address books and mail programs.
//!
//! What a card says is what somebody needs to write or call, and the standing with its end in the note. Whom an address or
//! number is for has no place in the form, but that the address to write to, and the number that is answered at any hour,
//! are preferred. Constituency, history and scores are left out. The file of all leaves out teams that have withdrawn:
//! nobody wants them in an address book; the card of such a team says that it is one, and no more how to reach it. Lines are folded and escaped by
//! `calcard`; quotes in parameters, for which it and RFC 6350 differ, are replaced.

mod person;

pub use person::{Person, write_person};

use super::facts::present;
use crate::assess::Namespace;
use crate::assess::{AssessedKey, AssessedTeam, Assessment, End, Standing};
use crate::config::Config;
use crate::model::{Contact, EmailAddress, KeyKind, Line, Phone, PhoneUsage, Team, Url};
use crate::site::RenderError;
use crate::site::keys::team_file;
use calcard::vcard::{VCardEntry, VCardParameter, VCardProperty, VCardValue, VCardValueType};
use std::io::{self, Write};

/// Where the cards of all teams stand in the site.
pub(super) const PATH: &str = "teams.vcf";

/// What stands before and behind the id of a team in the path of its card.
pub(super) const OF_TEAM: [&str; 2] = ["teams/", ".vcf"];

/// Writes the cards of the teams that have not withdrawn.
///
/// # Errors
/// Where `out` fails.
pub(super) fn teams(assessment: &Assessment<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    present(assessment).try_for_each(|assessed| team(assessed, assessment, out))
}

/// Writes the card of a team.
///
/// # Errors
/// Where `out` fails.
pub(super) fn team(assessed: &AssessedTeam<'_>, assessment: &Assessment<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    let mut text = String::from("BEGIN:VCARD\r\nVERSION:4.0\r\n");
    for line in lines(assessed, assessment) {
        line.write_to(&mut text, true).map_err(io::Error::other)?;
    }
    text.push_str("END:VCARD\r\n");
    Ok(out.write_all(text.as_bytes())?)
}

/// The lines between version and end.
fn lines(assessed: &AssessedTeam<'_>, assessment: &Assessment<'_>) -> Vec<VCardEntry> {
    let (team, config): (&Team, &Config) = (assessed.team, &assessment.directory.config);
    let contact = &team.contact;
    let official = team.official_name.as_ref().map_or(team.name.as_str(), Line::as_str);
    let organisation = team.host.iter().map(Line::as_str).chain([official]).map(value).collect();
    let mut lines = vec![
        entry(VCardProperty::Prodid, concat!("-//Peerage//Peerage ", env!("CARGO_PKG_VERSION"), "//EN")),
        entry(VCardProperty::Uid, format!("urn:uuid:{}", Namespace::of(assessment).team(team))),
        entry(VCardProperty::Kind, "org"),
        entry(VCardProperty::Fn, team.name.as_str()),
        VCardEntry::new(VCardProperty::Org).with_values(organisation),
    ];
    let withdrawn = assessed.standing.status.is_withdrawn();
    if !withdrawn {
        lines.extend(ways(contact));
        lines.extend(team.website.as_ref().map(|website| entry(VCardProperty::Url, uri(website.href()))));
        lines.extend(keys(assessed, config));
    }
    let words = [assessed.standing.status.title().to_owned()];
    let words = words.into_iter().chain(team.types.iter().map(|kind| config.type_name(kind)));
    lines.push(VCardEntry::new(VCardProperty::Categories).with_values(words.map(VCardValue::Text).collect()));
    let as_of = format!("{}. As of {}, {}.", standing(&assessed.standing), assessment.today, config.title.as_str());
    let note: Vec<String> = std::iter::once(as_of).chain(reach(contact).filter(|_| !withdrawn)).collect();
    lines.push(entry(VCardProperty::Note, note.join("\n")));
    lines.push(entry(VCardProperty::Rev, format!("{}T000000Z", assessment.today.to_string().replace('-', ""))));
    lines
}

/// How the team is written to, called and visited.
fn ways(contact: &Contact) -> impl Iterator<Item = VCardEntry> {
    let main = contact.main_email();
    let emails = contact.emails.iter().map(move |one| email(&one.address, main == Some(&one.address.value)));
    let address = contact.address.iter().map(|address| postal(address.as_str()));
    let zone = contact.timezone.into_iter().map(|zone| entry(VCardProperty::Tz, zone.name()));
    emails.chain(contact.phones.iter().map(phone)).chain(address).chain(zone)
}

/// A link. RFC 6350 escapes every comma (section 3.4), and none in its examples of links; some readers end a link at one that is not,
/// and some take the backslash for a part of it. A backslash of the link's own, which none may have (RFC 3986), is an escape to most.
fn uri(link: &str) -> String {
    link.replace('\\', "%5C").replace(',', "%2C")
}

fn value(text: &str) -> VCardValue {
    VCardValue::Text(text.to_owned())
}

fn entry(name: VCardProperty, text: impl Into<String>) -> VCardEntry {
    VCardEntry::new(name).with_value(text.into())
}

fn email(address: &EmailAddress, main: bool) -> VCardEntry {
    entry(VCardProperty::Email, address.as_str()).with_param_opt(main.then(|| VCardParameter::pref(1)))
}

fn phone(phone: &Phone) -> VCardEntry {
    let mut line = entry(VCardProperty::Tel, format!("tel:{}", phone.number.compact()))
        .with_param(VCardParameter::value(VCardValueType::Uri));
    for (usage, kind) in [(PhoneUsage::Voice, "voice"), (PhoneUsage::Fax, "fax")] {
        line = line.with_param_opt(phone.usage.contains(&usage).then(|| VCardParameter::typ(kind.to_owned())));
    }
    line.with_param_opt(phone.usage.contains(&PhoneUsage::Emergency).then(|| VCardParameter::pref(1)))
}

/// A postal address, of which we know only the lines: as a label, and as the street for programs that show no labels.
fn postal(address: &str) -> VCardEntry {
    let label = VCardParameter::label(address.replace('"', "'"));
    let parts = ["", "", address, "", "", "", ""].map(value).into();
    VCardEntry::new(VCardProperty::Adr).with_param(label).with_values(parts)
}

/// Where the offered keys are; which they are, where nobody said where the site stands.
fn keys(assessed: &AssessedTeam<'_>, config: &Config) -> Vec<VCardEntry> {
    let offered = |kind: KeyKind| assessed.keys.iter().filter(move |key| key.kind == kind && key.offered);
    let Some(base) = config.base_url.as_ref().map(Url::href) else {
        let by_fingerprint =
            |key: &AssessedKey<'_>| entry(VCardProperty::Key, format!("openpgp4fpr:{}", key.fingerprint.digits()));
        return offered(KeyKind::OpenPgp).map(by_fingerprint).collect();
    };
    let kinds = [
        (KeyKind::OpenPgp, "application/pgp-keys"),
        // What a PEM file with certificates is called (RFC 8555, section 9.1).
        (KeyKind::Smime, "application/pem-certificate-chain"),
    ];
    let file = |(kind, media): (KeyKind, &str)| {
        let line = entry(VCardProperty::Key, uri(&format!("{base}teams/{}", team_file(&assessed.team.id, kind))));
        offered(kind).next().map(|_| line.with_param(VCardParameter::mediatype(media.to_owned())))
    };
    kinds.into_iter().filter_map(file).collect()
}

/// The standing, and until when it holds or since when.
fn standing(standing: &Standing<'_>) -> String {
    let title = standing.status.title();
    let not_stated = standing.certificate.is_some_and(|certificate| certificate.valid && certificate.end == End::NotStated);
    match (standing.valid_until, standing.status_since()) {
        (Some(until), _) => format!("{title} until {until}"),
        (None, _) if not_stated && standing.status.state.is_none() => format!("{title}, end not stated"),
        (None, Some(since)) => format!("{title} since {since}"),
        (None, None) => title.to_owned(),
    }
}

/// At which hours, and by which number at any hour.
fn reach(contact: &Contact) -> impl Iterator<Item = String> {
    let zone = contact.timezone.map(|zone| format!(" ({})", zone.name())).unwrap_or_default();
    let hours = contact.hours.as_ref().map(move |hours| format!("Hours: {hours}{zone}"));
    let emergency = contact.phones.iter().filter(|phone| phone.usage.contains(&PhoneUsage::Emergency));
    hours.into_iter().chain(emergency.map(|phone| format!("At any hour: {}", phone.number)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use calcard::vcard::VCard;

    fn written(line: &VCardEntry) -> String {
        let mut text = String::new();
        line.write_to(&mut text, true).unwrap();
        text
    }

    #[test]
    fn names_stay_names() {
        for (name, expected) in [
            ("CERT, \"Alpha\"; \\n", "FN:CERT\\, \"Alpha\"\\; \\\\n\r\n"),
            ("a\nEND:VCARD", "FN:a\\nEND:VCARD\r\n"),
            ("فريق \u{200f}🛡", "FN:فريق \u{200f}🛡\r\n"),
        ] {
            assert_eq!(written(&entry(VCardProperty::Fn, name)), expected);
        }
        let parts = ["Host; Inc, Ltd", "Unit"].map(value).into();
        assert_eq!(written(&VCardEntry::new(VCardProperty::Org).with_values(parts)), "ORG:Host\\; Inc\\, Ltd;Unit\r\n");
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        for unit in ["ž", "日", "🛡", "e\u{301}", ";", "\\"] {
            let name = unit.repeat(60);
            let text = written(&entry(VCardProperty::Note, name.as_str()));
            assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
            let card = VCard::parse(format!("BEGIN:VCARD\r\nVERSION:4.0\r\n{text}END:VCARD\r\n")).unwrap();
            let note = card.property(&VCardProperty::Note).and_then(|note| note.values.first()).and_then(VCardValue::as_text);
            assert_eq!(note, Some(&*name));
        }
    }

    #[test]
    fn an_address_cannot_leave_its_label() {
        let text = written(&postal("\"Alpha\": 1, Main Street; 2\n1010 Vienna"));
        let label =
            "ADR;LABEL=\"'Alpha': 1, Main Street; 2\\n1010 Vienna\":;;\"Alpha\": 1\\, Main Street\\; 2\\n1010 Vienna;;;;\r\n";
        assert_eq!(text.replace("\r\n ", ""), label);
    }
}
