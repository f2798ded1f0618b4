//! The card of somebody who is called or written to, for what is told to others than everybody.

use super::{entry, value};
use calcard::vcard::{VCardEntry, VCardParameter, VCardProperty, VCardValue, VCardValueType};
use std::fmt;

/// Somebody of a team.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// The person, or the role.
    pub name: &'a str,
    /// The team.
    pub organisation: &'a str,
    /// The number, with a plus sign and without blanks.
    pub phone: Option<&'a str>,
    /// Whether it takes calls.
    pub voice: bool,
    /// Whether it takes text messages.
    pub text: bool,
    /// The address.
    pub email: Option<&'a str>,
    /// Words by which an address book can choose.
    pub categories: &'a [&'a str],
    /// A remark.
    pub note: Option<&'a str>,
}

/// Writes the card (RFC 6350).
///
/// # Errors
/// Where `out` fails.
pub fn write_person(person: &Person<'_>, out: &mut String) -> fmt::Result {
    let mut lines = vec![
        entry(VCardProperty::Fn, person.name),
        VCardEntry::new(VCardProperty::Org).with_values(vec![value(person.organisation)]),
    ];
    if let Some(phone) = person.phone {
        let mut line = entry(VCardProperty::Tel, format!("tel:{phone}")).with_param(VCardParameter::value(VCardValueType::Uri));
        for (is, kind) in [(person.voice, "voice"), (person.text, "text")] {
            line = line.with_param_opt(is.then(|| VCardParameter::typ(kind.to_owned())));
        }
        lines.push(line);
    }
    lines.extend(person.email.map(|email| entry(VCardProperty::Email, email)));
    let words: Vec<VCardValue> = person.categories.iter().map(|word| value(word)).collect();
    lines.push(VCardEntry::new(VCardProperty::Categories).with_values(words));
    lines.extend(person.note.map(|note| entry(VCardProperty::Note, note)));
    out.push_str("BEGIN:VCARD\r\nVERSION:4.0\r\n");
    for line in lines {
        line.write_to(out, true)?;
    }
    out.push_str("END:VCARD\r\n");
    Ok(())
}
