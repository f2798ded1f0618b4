//! `first/v1/teams.json` in the shape of FIRST's API (`/data/v1/teams`), for programs that read that.
//!
//! An envelope and in it the teams, by id; within a team the order of FIRST. A field without a value is left out, as
//! there. The shape has one address, one key and no level: the first address for contact and the first key that is
//! offered are taken, else the first of which only the fingerprint is known. A membership is stated where the entry
//! names one in FIRST. Left out: `team-type`, `timezone-dst` and `other-communication`, which entries do not have;
//! claims, for which the shape has no place; teams that have withdrawn, for it could not say so.

use super::facts::{current_keys, first_membership, joined, present, span};
use super::json::{self, Each};
use crate::assess::{AssessedKey, AssessedTeam, Assessment};
use crate::config::{Config, FIRST_TYPES};
use crate::model::{Country, Date, EmailAddress, Line, Phone, PhoneUsage, Slug, Team, Text, Timezone, Url};
use crate::site::RenderError;
use crate::site::keys::{Cut, Form, KeyFile, TeamKey};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::io::Write;

/// Where it stands in the site.
pub(super) const PATH: &str = "first/v1/teams.json";

/// How FIRST writes a day: September 8, 2008.
const LONG: &str = "%B %-d, %Y";

/// How FIRST writes a time (RFC 9110, section 5.6.7).
const HTTP: &str = "%a, %d %b %Y %H:%M:%S GMT";

/// Writes the file.
///
/// # Errors
/// Where `out` fails.
pub(super) fn teams(assessment: &Assessment<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    let total = present(assessment).count();
    let envelope = Envelope {
        status: "OK",
        status_code: 200,
        version: "1.0",
        access: "public",
        total,
        offset: 0,
        limit: total,
        data: Each(|| present(assessment).map(|team| view(team, assessment))),
    };
    json::write(&envelope, out)
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Envelope<D> {
    status: &'static str,
    status_code: u16,
    version: &'static str,
    access: &'static str,
    total: usize,
    offset: usize,
    limit: usize,
    data: D,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct View<'a> {
    id: &'a str,
    team: &'a str,
    team_full: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    membership: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    host: Option<&'a Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    establishment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a Text>,
    country: Country,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    country_other: Vec<Country>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    website: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    phone: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fax: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_emergency: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timezone: Option<Timezone>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operating_hours: Option<&'a Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    constituency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    constituency_description: Option<&'a Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    member_since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pgp_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pgp_fingerprint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pgp_key: Option<String>,
}

fn view<'a>(assessed: &'a AssessedTeam<'a>, assessment: &Assessment<'_>) -> View<'a> {
    let team: &Team = assessed.team;
    let contact = &team.contact;
    let config = &assessment.directory.config;
    let membership = first_membership(team, assessment.today);
    let modified = span(assessed, config.policy, assessment.today).map(|(_, last)| last);
    let key = key(assessed, assessment.today);
    let text = |at: DateTime<Utc>, form: &str| at.format(form).to_string();
    View {
        id: team.id.as_str(),
        team: team.name.as_str(),
        team_full: team.official_name.as_ref().map_or(team.name.as_str(), Line::as_str),
        membership: membership.and_then(|(_, kind)| kind),
        host: team.host.as_ref(),
        establishment: team.established.map(|day| text(day.value.begin(), LONG)),
        address: contact.address.as_ref(),
        country: team.country,
        country_other: team.constituency.countries.iter().copied().filter(|other| *other != team.country).collect(),
        website: websites(team),
        email: contact.main_email().map(EmailAddress::as_str),
        phone: phones(team),
        fax: first_for(PhoneUsage::Fax, team),
        phone_emergency: first_for(PhoneUsage::Emergency, team),
        timezone: contact.timezone,
        operating_hours: contact.hours.as_ref(),
        constituency: constituency(team, config),
        constituency_description: team.constituency.description.as_ref(),
        member_since: membership.and_then(|(membership, _)| membership.period.since).map(|day| text(day.begin(), LONG)),
        last_modified: modified.map(|day| text(day.begin(), HTTP)),
        pgp_id: key.map(|key| format!("0x{}", key.fingerprint.key_id())),
        pgp_fingerprint: key.map(|key| key.fingerprint.digits()),
        pgp_key: key.and_then(|key| armoured(TeamKey { team: assessed, key }, assessment.today)),
    }
}

/// The team's site and its RFC 2350 document.
pub(super) fn websites(team: &Team) -> Vec<&str> {
    team.website.iter().chain(&team.rfc2350).map(Url::href).collect()
}

/// Numbers for calls; then what has no field of its own: a second one for fax, or for emergencies alone, which says so.
fn phones(team: &Team) -> Vec<String> {
    let [fax, emergency] = [PhoneUsage::Fax, PhoneUsage::Emergency].map(|usage| first_for(usage, team));
    let mut numbers = Vec::new();
    for Phone { number, usage, .. } in &team.contact.phones {
        let is_voice = usage.contains(&PhoneUsage::Voice);
        if is_voice {
            numbers.push(number.to_string());
        }
        if usage.contains(&PhoneUsage::Fax) && fax != Some(number.as_str()) {
            numbers.push(format!("{number} (fax)"));
        }
        if usage.contains(&PhoneUsage::Emergency) && !is_voice && emergency != Some(number.as_str()) {
            numbers.push(format!("{number} (emergency)"));
        }
    }
    numbers
}

fn first_for(usage: PhoneUsage, team: &Team) -> Option<&str> {
    team.contact.phones.iter().find(|phone| phone.usage.contains(&usage)).map(|phone| phone.number.as_str())
}

/// The constituency types, under FIRST's names where they are known.
fn constituency(team: &Team, config: &Config) -> Option<String> {
    let name = |kind: &Slug| {
        let known = FIRST_TYPES.iter().find(|(id, _)| *id == kind.as_str() && !config.types.contains_key(kind));
        known.map_or_else(|| config.type_name(kind), |(_, name)| (*name).to_owned())
    };
    let names: Vec<String> = team.types.iter().map(|kind| name(kind)).collect();
    (!names.is_empty()).then(|| joined(&names))
}

fn key<'a>(team: &'a AssessedTeam<'a>, today: Date) -> Option<&'a AssessedKey<'a>> {
    current_keys(team, today).find(|key| key.offered).or_else(|| current_keys(team, today).next())
}

/// The key as its own file has it; `None` where it was not read.
fn armoured(held: TeamKey<'_>, today: Date) -> Option<String> {
    let file = KeyFile { path: held.path()?, form: Form::Text, cut: Cut::Team, keys: [held].into() };
    let mut bytes = Vec::new();
    file.write(today, &mut bytes).ok()?;
    String::from_utf8(bytes).ok()
}
