//! The alert kit: who is called or written to, as a table and as cards, for what sends text messages, for telephones and for
//! address books. Country and status of the team stand in each, so that any of these can choose by them.

use super::told::Told;
use crate::model::{AlertUsage, EmailAddress, Line, PhoneNumber, PhoneUsage};
use crate::site::{Person, write_person, write_table};

/// The columns of the table.
const COLUMNS: [&str; 10] = ["team", "team_name", "country", "status", "name", "phone", "voice", "text", "email", "comment"];

/// A line of the roster.
struct Entry<'a> {
    team: &'a str,
    team_name: &'a str,
    country: &'a str,
    status: &'static str,
    name: &'a str,
    phone: Option<String>,
    voice: bool,
    text: bool,
    email: Option<&'a str>,
    comment: Option<&'a str>,
}

/// The lines of the roster: the alert contacts, and the emergency numbers that are told to this audience.
fn entries<'a>(told: &'a Told<'_>) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    for team in &told.teams {
        let blank = || Entry {
            team: team.id.as_str(),
            team_name: team.name,
            country: team.country,
            status: team.status,
            name: "",
            phone: None,
            voice: true,
            text: false,
            email: None,
            comment: None,
        };
        entries.extend(team.alerts.iter().map(|alert| Entry {
            name: alert.name.as_str(),
            phone: alert.phone.map(PhoneNumber::compact),
            voice: alert.phone.is_some() && alert.usage.contains(&AlertUsage::Voice),
            text: alert.phone.is_some() && alert.usage.contains(&AlertUsage::Text),
            email: alert.email.map(EmailAddress::as_str),
            comment: alert.comment.map(Line::as_str),
            ..blank()
        }));
        let phones = team.contact.iter().flat_map(|contact| &contact.phones);
        let emergency = phones.filter(|phone| phone.usage.contains(&PhoneUsage::Emergency));
        entries.extend(emergency.map(|phone| Entry {
            name: "Emergency",
            phone: Some(phone.number.compact()),
            comment: phone.comment.map(Line::as_str),
            ..blank()
        }));
    }
    entries
}

/// The roster as a table.
///
/// # Errors
/// In a sentence, where it could not be written.
pub(super) fn table(told: &Told<'_>) -> Result<Vec<u8>, String> {
    let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
    let row = |entry: Entry<'_>| {
        [
            entry.team.to_owned(),
            entry.team_name.to_owned(),
            entry.country.to_owned(),
            entry.status.to_owned(),
            entry.name.to_owned(),
            entry.phone.map(|phone| format!("tel:{phone}")).unwrap_or_default(),
            yes(entry.voice),
            yes(entry.text),
            entry.email.unwrap_or_default().to_owned(),
            entry.comment.unwrap_or_default().to_owned(),
        ]
    };
    let mut out = Vec::new();
    write_table(&COLUMNS, entries(told).into_iter().map(row), &mut out).map_err(|error| error.to_string())?;
    Ok(out)
}

/// The roster as cards.
///
/// # Errors
/// In a sentence, where it could not be written.
pub(super) fn cards(told: &Told<'_>) -> Result<Vec<u8>, String> {
    let mut out = String::new();
    for entry in entries(told) {
        let name = format!("{} ({})", entry.name, entry.team_name);
        let person = Person {
            name: &name,
            organisation: entry.team_name,
            phone: entry.phone.as_deref(),
            voice: entry.voice,
            text: entry.text,
            email: entry.email,
            categories: &[entry.country, entry.status],
            note: entry.comment,
        };
        write_person(&person, &mut out).map_err(|error| error.to_string())?;
    }
    Ok(out.into_bytes())
}
