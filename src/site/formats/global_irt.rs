//! `global-irt/v1/teams.json` in the shape of Global IRT, version 1 (its `api.md`): a bare array of teams, by id.
//!
//! A field without a value is left out, as the text asks. What the shape has no field for stands in fields with a prefix,
//! as it provides: the status as of today with its end (`-peerage-…`), the membership in FIRST (`-first-member-type`).
//! Keys stand as whole fingerprints, since short ids can be forged. Left out: `constituency-code`, for this directory has
//! no codes; claims; teams that have withdrawn, for readers that do not know our fields would not see it.

use super::facts::{current_keys, first_membership, joined, present, span};
use super::first::websites;
use super::json::{self, Each};
use crate::assess::{AssessedTeam, Assessment};
use crate::model::{Country, Date, EmailAddress, Line, Phone, PhoneUsage, Team, Text};
use crate::site::RenderError;
use serde::Serialize;
use std::io::Write;

/// Where it stands in the site: `teams` below the address of an API, in JSON.
pub(super) const PATH: &str = "global-irt/v1/teams.json";

/// Writes the file.
///
/// # Errors
/// Where `out` fails.
pub(super) fn teams(assessment: &Assessment<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    json::write(&Each(|| present(assessment).map(|team| view(team, assessment))), out)
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct View<'a> {
    short_team_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    official_team_name: Option<&'a Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    postal_address: Option<&'a Text>,
    country_code: Country,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    additional_country_code: Vec<Country>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    website: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    host: Option<&'a Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    establishment: Option<Date>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    phone_numbers: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    enckeys: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operating_hours: Option<&'a Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    constituency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    constituency_description: Option<&'a Text>,
    source_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_modified: Option<String>,
    #[serde(rename = "-first-member-type", skip_serializing_if = "Option::is_none")]
    member_type: Option<&'a str>,
    #[serde(rename = "-peerage-status")]
    status: &'static str,
    #[serde(rename = "-peerage-status-since", skip_serializing_if = "Option::is_none")]
    status_since: Option<Date>,
    #[serde(rename = "-peerage-valid-until", skip_serializing_if = "Option::is_none")]
    valid_until: Option<Date>,
}

fn view<'a>(assessed: &'a AssessedTeam<'a>, assessment: &'a Assessment<'_>) -> View<'a> {
    let team: &Team = assessed.team;
    let contact = &team.contact;
    let config = &assessment.directory.config;
    let types: Vec<String> = team.types.iter().map(|kind| config.type_name(kind)).collect();
    let modified = span(assessed, config.policy, assessment.today).map(|(_, last)| last);
    View {
        short_team_name: team.name.as_str(),
        official_team_name: team.official_name.as_ref(),
        postal_address: contact.address.as_ref(),
        country_code: team.country,
        additional_country_code: team.constituency.countries.iter().copied().filter(|other| *other != team.country).collect(),
        website: websites(team),
        email: contact.main_email().map(EmailAddress::as_str),
        host: team.host.as_ref(),
        establishment: team.established.map(|day| day.value),
        phone_numbers: contact.phones.iter().map(number).collect(),
        enckeys: current_keys(assessed, assessment.today).map(|key| format!("0x{}", key.fingerprint.digits())).collect(),
        operating_hours: contact.hours.as_ref(),
        constituency: (!types.is_empty()).then(|| joined(&types)),
        constituency_description: team.constituency.description.as_ref(),
        source_name: config.title.as_str(),
        last_modified: modified.map(|day| format!("{day}T00:00:00+00:00")),
        member_type: first_membership(team, assessment.today).and_then(|(_, kind)| kind),
        status: assessed.standing.status.id(),
        status_since: assessed.standing.status_since(),
        valid_until: assessed.standing.valid_until,
    }
}

/// A number, and what it is for where that is not calls.
fn number(phone: &Phone) -> String {
    match &phone.usage[..] {
        [] | [PhoneUsage::Voice] => phone.number.to_string(),
        usage => format!("{} ({})", phone.number, joined(usage)),
    }
}
