//! `teams.csv` and `keys.csv` (RFC 4180) for spreadsheets and scripts: a line for each team, and for each contact key.
//!
//! In a cell several values are joined by `; `, and no cell has a line break. Teams that have withdrawn and keys that are
//! not offered are there, for a column says what they are. Descriptions in Markdown, scores and the history are left out: see
//! `api/v1/teams.json`.
//!
//! Spreadsheets take a cell for a formula that begins with `=`, `+`, `-` or `@`, and so does what follows a semicolon where
//! the language of the system makes that the separator. There an apostrophe is put in front. Telephone numbers, which begin
//! with a plus sign, are written as links (`tel:+…`, RFC 3966), and so stay as they are.

use crate::assess::{AssessedKey, AssessedTeam, Assessment, Source};
use crate::config::Config;
use crate::model::{Contact, Country, Date, Phone, PhoneUsage, Team, Timezone, Url};
use crate::site::RenderError;
use crate::site::keys::{TeamKey, of_all, sorted};
use csv::{Terminator, Writer, WriterBuilder};
use std::fmt::Display;
use std::io::{self, Write};

/// Where the table of teams stands in the site.
pub(super) const TEAMS: &str = "teams.csv";

/// Where the table of keys stands in the site.
pub(super) const KEYS: &str = "keys.csv";

/// What stands between the values of one cell.
const JOINER: &str = "; ";

/// The columns of the teams.
const OF_TEAM: [&str; 35] = [
    "id",
    "name",
    "official_name",
    "host",
    "country",
    "status",
    "level",
    "since",
    "valid_until",
    "certification_expired",
    "next_change",
    "next_status",
    "established",
    "types",
    "email",
    "other_emails",
    "emergency_phones",
    "phones",
    "fax",
    "hours",
    "timezone",
    "address",
    "website",
    "rfc2350",
    "constituency",
    "domains",
    "asns",
    "networks",
    "countries",
    "keys",
    "services",
    "memberships",
    "confirmed",
    "page",
    "computed_for",
];

/// The columns of the keys.
const OF_KEY: [&str; 14] = [
    "fingerprint",
    "team",
    "team_name",
    "kind",
    "offered",
    "read",
    "created",
    "expires",
    "revoked",
    "algorithm",
    "can_encrypt",
    "can_encrypt_until",
    "file",
    "computed_for",
];

/// Writes the table of teams, in the order of the pages.
///
/// # Errors
/// Where `out` fails.
pub(super) fn teams(assessment: &Assessment<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    write_table(&OF_TEAM, assessment.teams.iter().map(|team| team_row(team, assessment)), out)
}

/// Writes the table of keys, by fingerprint.
///
/// # Errors
/// Where `out` fails.
pub(super) fn keys(assessment: &Assessment<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    write_table(&OF_KEY, sorted(of_all(assessment)).iter().map(|held| key_row(held, assessment)), out)
}

/// Writes a table with this head: no cell is one that a spreadsheet takes for a formula, or has a line break.
///
/// # Errors
/// Where `out` fails.
pub fn write_table<const N: usize>(
    head: &[&str; N],
    rows: impl Iterator<Item = [String; N]>,
    out: &mut dyn Write,
) -> Result<(), RenderError> {
    let mut writer: Writer<&mut dyn Write> = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    writer.write_record(head).map_err(io::Error::other)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell))).map_err(io::Error::other)?;
    }
    Ok(writer.flush()?)
}

fn team_row(assessed: &AssessedTeam<'_>, assessment: &Assessment<'_>) -> [String; OF_TEAM.len()] {
    let team: &Team = assessed.team;
    let (standing, claims) = (&assessed.standing, &team.constituency);
    // Who fills letters from the table writes to nobody who has left.
    let nobody = Contact::default();
    let contact = if standing.status.is_withdrawn() { &nobody } else { &team.contact };
    let others = contact.emails.iter().map(|email| &email.address.value).filter(|one| Some(*one) != contact.main_email());
    let numbers = |is_it: fn(&Phone) -> bool| phones(contact, is_it);
    [
        team.id.to_string(),
        team.name.to_string(),
        optional(team.official_name.as_ref()),
        optional(team.host.as_ref()),
        team.country.code().to_owned(),
        standing.status.id().to_owned(),
        optional(standing.status.counting()),
        optional(standing.status_since()),
        optional(standing.valid_until),
        optional(standing.expired()),
        optional(standing.next.map(|next| next.on)),
        optional(standing.next.map(|next| next.to.id())),
        optional(team.established.map(|day| day.value)),
        joined(team.types.iter().map(|kind| &kind.value)),
        optional(contact.main_email()),
        joined(others),
        numbers(is_emergency),
        numbers(|phone| !is_emergency(phone) && !is_fax(phone)),
        numbers(|phone| !is_emergency(phone) && is_fax(phone)),
        optional(contact.hours.as_ref()),
        optional(contact.timezone.map(Timezone::name)),
        joined(contact.address.iter().flat_map(|address| address.as_str().lines())),
        optional(team.website.as_ref().map(Url::href)),
        optional(team.rfc2350.as_ref().map(Url::href)),
        optional(claims.description.as_ref()),
        joined(claims.domains.iter().map(|domain| &domain.value)),
        joined(claims.asns.iter().map(|asn| asn.value)),
        joined(claims.networks.iter().map(|network| network.value)),
        joined(claims.countries.iter().map(Country::code)),
        joined(assessed.keys.iter().filter(|key| key.offered).map(|key| key.fingerprint)),
        joined(&team.services),
        joined(team.memberships.iter().filter(|one| one.period.holds_on(assessment.today)).map(|one| &one.name)),
        optional(assessed.confirmed.map(|date| date.value)),
        address(&format!("teams/{}.html", team.id), &assessment.directory.config),
        assessment.today.to_string(),
    ]
}

fn key_row(held: &TeamKey<'_>, assessment: &Assessment<'_>) -> [String; OF_KEY.len()] {
    let (key, team): (&AssessedKey<'_>, &Team) = (held.key, held.team.team);
    let read = !matches!(key.source, Source::Stated);
    [
        key.fingerprint.to_string(),
        team.id.to_string(),
        team.name.to_string(),
        key.kind.to_string(),
        key.offered.to_string(),
        read.to_string(),
        optional(key.created()),
        optional(key.expires()),
        optional(key.revoked().map(|revoked| Date::of(revoked.on))),
        optional(key.algorithm()),
        optional(read.then(|| key.is_usable(assessment.today))),
        optional(key.encrypts_until()),
        optional(held.path().map(|path| address(&path, &assessment.directory.config))),
        assessment.today.to_string(),
    ]
}

fn is_emergency(phone: &Phone) -> bool {
    phone.usage.contains(&PhoneUsage::Emergency)
}

fn is_fax(phone: &Phone) -> bool {
    phone.usage.contains(&PhoneUsage::Fax)
}

fn phones(contact: &Contact, is_it: fn(&Phone) -> bool) -> String {
    joined(contact.phones.iter().filter(|phone| is_it(phone)).map(|phone| format!("tel:{}", phone.number.compact())))
}

/// The whole address of a file of the site; its path, where nobody said where the site stands.
fn address(path: &str, config: &Config) -> String {
    format!("{}{path}", config.base_url.as_ref().map_or("", Url::href))
}

fn optional(value: Option<impl Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Several values in one cell. A semicolon within one of them gives way to a comma, so that they can be told apart again.
fn joined(values: impl IntoIterator<Item: Display>) -> String {
    values.into_iter().map(|value| value.to_string().replace(';', ",")).collect::<Vec<_>>().join(JOINER)
}

/// A text that no spreadsheet takes for a formula: on one line, and with an apostrophe where it, or what follows a
/// semicolon, begins as one. Blanks and quotes in front change nothing, for some programs pass over them.
fn harmless(text: &str) -> String {
    const BEGIN: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut safe = String::with_capacity(line.len());
    let mut begins = true;
    for c in line.chars() {
        if begins && BEGIN.contains(&c) {
            safe.push('\'');
        }
        begins = c == ';' || begins && matches!(c, ' ' | '"' | '\'');
        safe.push(c);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_free_text_begins_as_a_formula() {
        for (text, safe) in [
            ("CERT Alpha", "CERT Alpha"),
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("+1+1", "'+1+1"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'=1"),
            ("\r\n=1", "'=1"),
            ("a\r\n=1\tb", "a =1 b"),
            ("\u{a0}=1", "'=1"),
            ("＝1+1", "'＝1+1"),
            ("a;=1", "a;'=1"),
            ("a; \"=1\"", "a; \"'=1\""),
            ("'=1", "''=1"),
            ("cert-alpha a=b c@d", "cert-alpha a=b c@d"),
            ("tel:+12025550100; tel:+12025550199", "tel:+12025550100; tel:+12025550199"),
            ("", ""),
        ] {
            assert_eq!(harmless(text), safe, "{text:?}");
        }
    }

    #[test]
    fn values_of_a_cell_can_be_told_apart() {
        assert_eq!(joined(["a; b", "c"]), "a, b; c");
        assert_eq!(joined(<[&str; 0]>::default()), "");
    }

    #[test]
    fn cells_are_quoted_as_the_standard_has_it() {
        let mut out = Vec::new();
        let row = ["a,\"b\"", "=1\n2", "فريق 🛡"].map(str::to_owned);
        write_table(&["x", "y", "z"], std::iter::once(row), &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "x,y,z\r\n\"a,\"\"b\"\"\",'=1 2,فريق 🛡\r\n");
    }
}
