//! How a team is reached.

use super::checked::checked;
use super::text::{is_useless, with_hyphens};
use super::{Domain, Line, Text, keywords, schema};
use crate::diagnostic::{Problem, Rule, Spanned, closest, closest_within, shorten};
use std::borrow::Cow;
use std::str::FromStr;

/// Everything by which a team is reached.
#[derive(Debug, Clone, Default)]
pub struct Contact {
    /// E-mail addresses, in the order of the entry.
    pub emails: Vec<Email>,
    /// Telephone numbers, in the order of the entry.
    pub phones: Vec<Phone>,
    /// Business hours, in words.
    pub hours: Option<Line>,
    /// The zone in which the hours are meant.
    pub timezone: Option<Timezone>,
    /// The postal address, in lines.
    pub address: Option<Text>,
}

impl Contact {
    /// The address to write to first: the first that is for contact, else none.
    pub fn main_email(&self) -> Option<&EmailAddress> {
        self.emails.iter().find(|email| email.usage.contains(&EmailUsage::Contact)).map(|email| &email.address.value)
    }
}

/// An e-mail address and what it is for.
#[derive(Debug, Clone)]
pub struct Email {
    /// The address.
    pub address: Spanned<EmailAddress>,
    /// What it is for.
    pub usage: Vec<EmailUsage>,
}

/// A telephone number and what it is for.
#[derive(Debug, Clone)]
pub struct Phone {
    /// The number.
    pub number: PhoneNumber,
    /// What it is for.
    pub usage: Vec<PhoneUsage>,
    /// Its time zone, where it differs from the team's.
    pub timezone: Option<Timezone>,
    /// A remark.
    pub comment: Option<Line>,
}

keywords! {
    /// What an e-mail address is for.
    pub enum EmailUsage, "a use of an e-mail address" {
        /// The address to write to.
        Contact = "contact",
        /// Read at any hour.
        Emergency = "emergency",
        /// Reports of abuse.
        Abuse = "abuse",
        /// Reports of vulnerabilities.
        Vulnerability = "vulnerability",
        /// Everything else.
        General = "general",
        /// For the press.
        Press = "press",
    }
}

keywords! {
    /// What a telephone number is for (the words of TI's JSON).
    pub enum PhoneUsage, "a use of a telephone number" {
        /// Calls.
        Voice = "voice",
        /// Answered at any hour.
        Emergency = "emergency",
        /// Fax.
        Fax = "fax",
    }
}

checked! {
    /// A bare e-mail address with a domain name (RFC 5321), without display name, quotes or address literal.
    EmailAddress, email_address, schema::email();
    /// A telephone number in international form (ITU-T E.164): a plus sign and 7 to 15 digits, grouped as people write it.
    PhoneNumber, phone_number, schema::phone();
    /// A UUID in its usual form (RFC 9562), in lower case.
    Uuid, uuid, schema::uuid();
}

impl EmailAddress {
    /// The address as it is compared: see [`mailbox`].
    pub fn mailbox(&self) -> String {
        mailbox(self.as_str())
    }
}

/// An e-mail address as it is compared: in lower case, its domain in A-labels (RFC 5890) where it is a name. Two spellings of one
/// mailbox are then the same.
pub fn mailbox(address: &str) -> String {
    // Almost every address is, and there is nothing to be done to its domain.
    if address.is_ascii() {
        return address.to_ascii_lowercase();
    }
    let lower = address.to_lowercase();
    let domain = lower.rsplit_once('@').filter(|(_, domain)| !domain.starts_with('*'));
    match domain.and_then(|(local, domain)| Some((local, domain.parse::<Domain>().ok()?))) {
        Some((local, domain)) => format!("{local}@{}", domain.name()),
        None => lower,
    }
}

impl PhoneNumber {
    /// The number as a `tel:` link has it: a plus sign and digits.
    pub fn compact(&self) -> String {
        self.as_str().chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }
}

fn email_address(text: &str) -> Result<Box<str>, Problem> {
    use email_address::{EmailAddress as Parser, Options};
    let options = Options::default().without_display_text().without_domain_literal().with_required_tld();
    let plain = !text.contains(['"', '<', '>']) && !text.chars().any(|c| is_useless(c) || c.is_whitespace());
    let is_address = plain && text.len() <= 254 && Parser::parse_with_options(text, options).is_ok();
    // The crate takes numbers and underscores for parts of a name.
    let domain = text.rsplit_once('@').map(|(_, domain)| domain).filter(|domain| !domain.starts_with('*'));
    if is_address && domain.is_some_and(|domain| domain.parse::<Domain>().is_ok()) {
        return Ok(text.into());
    }
    let shown = shorten(text);
    let help = if is_address {
        "behind the @ stands the name of a domain, such as alpha.example: letters, digits, hyphens and dots"
    } else {
        "write the bare address, such as cert@alpha.example, without a name or brackets around it"
    };
    Err(Problem::new(Rule::InvalidEmail, format!("`{shown}` is not an e-mail address"), help))
}

fn phone_number(text: &str) -> Result<Box<str>, Problem> {
    let shown = shorten(text);
    let fail = |help: Cow<'static, str>| {
        Err(Problem::new(Rule::InvalidPhone, format!("`{shown}` is not an international telephone number"), help))
    };
    let Some(rest) = text.strip_prefix('+') else {
        // How one dials abroad from many countries, but not from all.
        let meant = text.strip_prefix("00").map(|rest| format!("+{rest}")).filter(|meant| phone_number(meant).is_ok());
        let help = meant.as_ref().map_or_else(
            || "begin with a plus sign and the country's number: +1 202 555 0100".into(),
            |meant| format!("a plus sign stands in place of the zeros: {meant}").into(),
        );
        return fail(help).map_err(|problem| problem.or_rather(meant));
    };
    if let Some((help, meant)) = with_hyphens::<PhoneNumber>(text) {
        return fail(help.into()).map_err(|problem| problem.or_rather(Some(meant)));
    }
    if has_trunk_zero(rest) {
        return fail("leave out the zero behind the country's number: from abroad it is not dialled".into());
    }
    if rest.rsplit_once('/').is_some_and(|(_, last)| last.bytes().filter(u8::is_ascii_digit).count() < 4) {
        return fail("these seem to be two numbers: write each on its own, and whole".into());
    }
    if !has_paired_brackets(rest) {
        return fail("a bracket has no other half: leave brackets out".into());
    }
    let grouped = rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '/' | '(' | ')'));
    let digits = rest.bytes().filter(u8::is_ascii_digit).count();
    if !grouped || !rest.starts_with(|c: char| c.is_ascii_digit() && c != '0') {
        return fail("write digits, with spaces, dots or hyphens between groups; put remarks into `comment`".into());
    }
    if !(7..=15).contains(&digits) || text.len() > 40 {
        return fail(format!("there are {digits} digits; an international number has 7 to 15").into());
    }
    Ok(text.trim().into())
}

/// Whether every bracket has its other half, and none stands inside others.
fn has_paired_brackets(text: &str) -> bool {
    let mut is_open = false;
    let fits = text.chars().filter(|c| matches!(c, '(' | ')')).all(|c| std::mem::replace(&mut is_open, c == '(') != (c == '('));
    fits && !is_open
}

/// The codes of the countries in which the zero behind it is a part of the number: Italy, San Marino, the Vatican, Côte d'Ivoire (since
/// 2021), Benin (since 2024) and Congo.
pub(super) const ZERO_KEPT: &[&str] = &["39", "378", "379", "225", "229", "242"];

/// Whether the zero stands in a number, behind its plus sign, that is dialled within a country alone: `44 (0)20`, `49 (0221)`, `44 0 20`.
fn has_trunk_zero(number: &str) -> bool {
    let keeps_it = ZERO_KEPT
        .iter()
        .any(|code| number.strip_prefix(code).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit())));
    let mut brackets = number.split('(').skip(1).map(str::trim_start);
    let mut groups = number.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    let in_brackets = brackets.any(|inside| inside.starts_with('0'));
    !keeps_it && (in_brackets || groups.nth(1) == Some("0")) || number.contains("(0)")
}

/// How a UUID is written, and where one comes from.
pub(super) const UUID_FORM: &str =
    "the form is 5694da62-6314-4565-9c4d-1298538826be: copy a team's from MISP; for the site itself make one with `uuidgen`";

fn uuid(text: &str) -> Result<Box<str>, Problem> {
    let groups: Vec<&str> = text.split('-').collect();
    let fits = groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12]);
    // Programs refuse a whole file for one of another variant (RFC 9562, section 4.1).
    let variant = groups.get(3).is_some_and(|group| group.starts_with(['8', '9', 'a', 'b', 'A', 'B']));
    if fits && variant && groups.iter().all(|group| group.bytes().all(|b| b.is_ascii_hexdigit())) {
        return Ok(text.to_ascii_lowercase().into());
    }
    let shown = shorten(text);
    Err(Problem::new(Rule::InvalidUuid, format!("`{shown}` is not a UUID"), UUID_FORM))
}

/// A name of the IANA time zone database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Timezone(chrono_tz::Tz);

impl Timezone {
    /// The name, `Europe/Vienna`.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Every name of the database.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        chrono_tz::TZ_VARIANTS.iter().copied().map(Self)
    }
}

impl Timezone {
    /// The name that was most likely meant. Another city of the same continent is no slip, so that one letter may be wrong, or the
    /// continent be missing; and the name next to an offset or an abbreviation is that of another one.
    fn meant(text: &str) -> Option<&'static str> {
        let parts = |name: &'static str| name.rsplit_once('/').unwrap_or(("", name));
        let names = || Self::all().map(Self::name);
        if text.bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        let text = text.replace(' ', "_");
        let Some((region, city)) = text.rsplit_once('/') else {
            return names().find(|name| parts(name).1.eq_ignore_ascii_case(&text));
        };
        let region = closest(region, names().map(|name| parts(name).0).filter(|region| !region.is_empty()))?;
        let city = closest_within(city, names().map(parts).filter(|(of, _)| *of == region).map(|(_, city)| city), 1)?;
        names().find(|name| parts(name) == (region, city))
    }
}

impl FromStr for Timezone {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        if let Ok(zone) = text.parse() {
            return Ok(Self(zone));
        }
        let shown = shorten(text);
        let meant = Self::meant(text);
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "write a name of the IANA time zone database: continent and city, such as Europe/Vienna, or UTC".to_owned(),
        };
        Err(Problem::new(Rule::InvalidTimezone, format!("`{shown}` is not a time zone"), help).or_rather(meant))
    }
}

impl serde::Serialize for Timezone {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// How the team is known in MISP (TI's JSON, `misp`).
#[derive(Debug, Clone)]
pub struct Misp {
    /// The organisation's UUID.
    pub org_uuid: Spanned<Uuid>,
    /// The organisation's name.
    pub org_name: Option<Line>,
    /// The organisation's address.
    pub org_email: Option<EmailAddress>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_bare() {
        for bad in [
            "",
            "a",
            "a@b",
            "A <a@b.example>",
            "a@[192.0.2.1]",
            "\"a b\"@c.example",
            "a b@c.example",
            "a@b.example, c@d.example",
            "cert@192.0.2.1",
            "cert@a_b.example",
            "cert@alpha.123",
            "cert@alpha.example\u{200b}",
        ] {
            assert_eq!(bad.parse::<EmailAddress>().map_err(|p| p.rule), Err(Rule::InvalidEmail), "{bad}");
        }
        assert!("csirt_team+x@sub.alpha.example".parse::<EmailAddress>().is_ok());
    }

    #[test]
    fn mailboxes_are_compared_as_they_are_delivered() {
        for (written, compared) in [
            ("CERT@Bücher.Example", "cert@xn--bcher-kva.example"),
            ("cert@XN--BCHER-KVA.example", "cert@xn--bcher-kva.example"),
            ("CERT@alpha.example", "cert@alpha.example"),
            // What is no address is like itself alone.
            ("cert@*.alpha.example", "cert@*.alpha.example"),
            ("x@[192.0.2.1]", "x@[192.0.2.1]"),
            ("CERT", "cert"),
        ] {
            assert_eq!(mailbox(written), compared);
        }
    }

    #[test]
    fn numbers_are_international() {
        for bad in [
            "0043 1 505",
            "555-0100",
            "+44 (020) 7946 0018",
            "+49 ( 0221) 123456",
            "+44 0 20 7946 0018",
            "+44 20 7946 0001/2",
            "+43 1 588220/23",
            "+44 ((( 20 7946 0018",
            "+43 (0)1 505 64 16",
            "+43 1 505 ext. 7",
            "+123456",
            "+1234567890123456",
            "+0 123 4567",
            "",
        ] {
            assert_eq!(bad.parse::<PhoneNumber>().map_err(|p| p.rule), Err(Rule::InvalidPhone), "{bad}");
        }
        for (written, compact) in [
            ("+1 (202) 555-0100", "+12025550100"),
            ("+43 1/588 2200", "+4315882200"),
            // There the zero is a part of the number.
            ("+39 06 6982 0000", "+390669820000"),
            ("+378 (0549) 882 312", "+3780549882312"),
            ("+229 (01) 21 30 00 00", "+2290121300000"),
            ("+225 (07) 08 09 10 11", "+2250708091011"),
            ("+242 (06) 612 34 56", "+242066123456"),
        ] {
            assert_eq!(written.parse::<PhoneNumber>().map(|n| n.compact()).as_deref(), Ok(compact));
        }
    }

    #[test]
    fn dashes_in_numbers_are_told_as_such() {
        let problem = "+1‑202–555—0100".parse::<PhoneNumber>().unwrap_err();
        assert_eq!(problem.help, "write hyphens in place of the dashes: +1-202-555-0100");
        assert_eq!(problem.replacement.as_deref(), Some("+1-202-555-0100"));
    }

    #[test]
    fn zones_are_known() {
        assert_eq!("Europe/Vienna".parse::<Timezone>().map(Timezone::name), Ok("Europe/Vienna"));
        let help = "Europe/Viena".parse::<Timezone>().map_err(|p| p.help).unwrap_err();
        assert_eq!(help, "did you mean `Europe/Vienna`?");
        for (written, meant) in [
            ("europe/viena", Some("Europe/Vienna")),
            ("Europa/Vienna", Some("Europe/Vienna")),
            ("vienna", Some("Europe/Vienna")),
            ("America/Argentina/Buenos Aires", Some("America/Argentina/Buenos_Aires")),
            // Another city, in which it may be another hour, is no slip.
            ("Europe/Wien", None),
            ("Europe/Praha", None),
            ("Europe/Munich", None),
            ("Asia/Peking", None),
            ("CEST", None),
        ] {
            let problem = written.parse::<Timezone>().unwrap_err();
            assert_eq!(problem.replacement.as_deref(), meant, "{written}");
        }
        let help = "GMT+1".parse::<Timezone>().map_err(|p| p.help).unwrap_err();
        assert!(!help.contains("did you mean"), "the nearest name is another offset: {help}");
    }
}
