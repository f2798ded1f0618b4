//! How a team is reached.

use crate::model::{Contact, Email, EmailAddress, EmailUsage, Hours, Line, Phone, PhoneUsage, Timezone};
use crate::site::Catalogue;
use serde::Serialize;

/// How a team is reached, what counts at night first.
#[derive(Serialize)]
pub(super) struct ContactView<'a> {
    emergency: Vec<PhoneView<'a>>,
    phones: Vec<PhoneView<'a>>,
    emails: Vec<EmailView<'a>>,
    hours: Option<&'a str>,
    /// The hours in minutes of the week, for scripts; empty where they could not be read with certainty, and where they are all of
    /// it, so that there is nothing to tell.
    week: String,
    timezone: Option<&'static str>,
    address: Vec<&'a str>,
}

#[derive(Serialize)]
struct PhoneView<'a> {
    number: &'a str,
    href: String,
    /// What it is for, but for emergencies.
    usage: Vec<String>,
    /// Whether nobody answers it, since it takes faxes alone.
    is_fax: bool,
    timezone: Option<&'static str>,
    comment: Option<&'a str>,
}

#[derive(Serialize)]
struct EmailView<'a> {
    link: MailLink<'a>,
    /// The address to write to.
    main: bool,
    emergency: bool,
    usage: Vec<String>,
}

/// An address and the link that writes to it.
#[derive(Serialize)]
pub(super) struct MailLink<'a> {
    address: &'a str,
    href: String,
}

impl<'a> ContactView<'a> {
    pub(super) fn new(contact: &'a Contact, texts: &Catalogue) -> Self {
        let is_emergency = |phone: &&Phone| phone.usage.contains(&PhoneUsage::Emergency);
        Self {
            emergency: contact.phones.iter().filter(is_emergency).map(|phone| PhoneView::new(phone, texts)).collect(),
            phones: contact
                .phones
                .iter()
                .filter(|phone| !is_emergency(phone))
                .map(|phone| PhoneView::new(phone, texts))
                .collect(),
            emails: contact.emails.iter().map(|email| EmailView::new(email, contact.main_email(), texts)).collect(),
            hours: contact.hours.as_ref().map(Line::as_str),
            week: contact
                .hours
                .as_ref()
                .and_then(|hours| Hours::read(hours.as_str()))
                .filter(|hours| !hours.are_always())
                .map(|hours| hours.to_string())
                .unwrap_or_default(),
            timezone: contact.timezone.map(Timezone::name),
            address: contact.address.iter().flat_map(|address| address.as_str().lines()).collect(),
        }
    }
}

impl<'a> PhoneView<'a> {
    fn new(phone: &'a Phone, texts: &Catalogue) -> Self {
        let usage = phone.usage.iter().filter(|usage| **usage != PhoneUsage::Emergency);
        let is_fax = phone.usage.contains(&PhoneUsage::Fax) && !phone.usage.contains(&PhoneUsage::Voice);
        Self {
            number: phone.number.as_str(),
            href: format!("tel:{}", phone.number.compact()),
            usage: usage.map(|usage| texts.member("usage", usage.id())).collect(),
            is_fax,
            timezone: phone.timezone.map(Timezone::name),
            comment: phone.comment.as_ref().map(Line::as_str),
        }
    }
}

impl<'a> EmailView<'a> {
    fn new(email: &'a Email, main: Option<&EmailAddress>, texts: &Catalogue) -> Self {
        let usage = email.usage.iter().filter(|usage| **usage != EmailUsage::Emergency);
        Self {
            link: MailLink::new(&email.address),
            main: main == Some(&email.address.value),
            emergency: email.usage.contains(&EmailUsage::Emergency),
            usage: usage.map(|usage| texts.member("usage", usage.id())).collect(),
        }
    }
}

impl<'a> MailLink<'a> {
    pub(super) fn new(address: &'a EmailAddress) -> Self {
        Self { address: address.as_str(), href: mailto(address.as_str()) }
    }
}

/// The address as a `mailto:` link (RFC 6068): what could end it, or begin a header, is percent-encoded.
pub(in crate::site) fn mailto(address: &str) -> String {
    let mut link = String::from("mailto:");
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@!$'*+".contains(&byte) {
            link.push(char::from(byte));
        } else {
            link.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    link
}

/// A hexadecimal digit.
fn digit(value: u8) -> char {
    char::from_digit(u32::from(value), 16).unwrap_or_default().to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_link_holds_the_address_and_no_more() {
        for (address, link) in [
            ("cert+x@a.example", "mailto:cert+x@a.example"),
            ("a?cc=b@a.example", "mailto:a%3Fcc%3Db@a.example"),
            ("a&b%c#d/e@a.example", "mailto:a%26b%25c%23d%2Fe@a.example"),
            ("ü@a.example", "mailto:%C3%BC@a.example"),
        ] {
            assert_eq!(mailto(address), link);
        }
    }
}
