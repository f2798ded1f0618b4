//! What search engines read on a team's page: a schema.org `Organization`, as JSON-LD in a block of data.
//!
//! Small on purpose: who the team is, how it is reached, and the level with its end where the team is accredited or more.
//! Of a team that is suspended or has withdrawn no level is told, and nowhere that a certification is active, which a page that
//! was built last month could not know. The block is no script, and a strict content security
//! policy lets it stand. Nothing in it can end the block: `<`, `>` and `&` are written as escapes of JSON.

use super::facts::held;
use crate::assess::{AssessedTeam, Assessment};
use crate::model::{Contact, Country, Date, EmailAddress, Level, Line, PhoneUsage, Team, Text, Url};
use serde::Serialize;

/// The block for the page of a team, without its tags.
pub(in crate::site) fn block(assessed: &AssessedTeam<'_>, assessment: &Assessment<'_>) -> Option<String> {
    let json = serde_json::to_string(&organization(assessed, assessment)).ok()?;
    let escaped = |c: char| match c {
        '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    Some(json.chars().map(escaped).collect())
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Organization<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    legal_name: Option<&'a Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    founding_date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_organization: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a Text>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    area_served: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contact_point: Vec<ContactPoint<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    has_certification: Option<Certification<'a>>,
}

#[derive(Serialize)]
struct Named<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ContactPoint<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    contact_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a EmailAddress>,
    #[serde(skip_serializing_if = "Option::is_none")]
    telephone: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Certification<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued_by: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_from: Option<Date>,
    /// The last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<Date>,
}

fn organization<'a>(assessed: &'a AssessedTeam<'a>, assessment: &'a Assessment<'a>) -> Organization<'a> {
    let team: &Team = assessed.team;
    let withdrawn = assessed.standing.status.is_withdrawn();
    Organization {
        context: "https://schema.org",
        kind: "Organization",
        name: team.name.as_str(),
        legal_name: team.official_name.as_ref(),
        url: team.website.as_ref().map(Url::href),
        founding_date: team.established.map(|day| day.value),
        parent_organization: team.host.as_ref().map(|host| named(host.as_str())),
        address: team.contact.address.as_ref(),
        area_served: team.constituency.countries.iter().copied().map(Country::name).collect(),
        contact_point: if withdrawn { Vec::new() } else { contact_points(&team.contact) },
        has_certification: certification(assessed, assessment),
    }
}

fn named(name: &str) -> Named<'_> {
    Named { kind: "Organization", name }
}

/// The address to write to, and the number that is answered at any hour.
fn contact_points(contact: &Contact) -> Vec<ContactPoint<'_>> {
    let kind = "ContactPoint";
    let email = contact.main_email();
    let email = email.map(|email| ContactPoint { kind, contact_type: "incident response", email: Some(email), telephone: None });
    let emergency = contact.phones.iter().find(|phone| phone.usage.contains(&PhoneUsage::Emergency));
    let emergency = emergency.map(|phone| ContactPoint {
        kind,
        contact_type: "emergency",
        email: None,
        telephone: Some(phone.number.compact()),
    });
    email.into_iter().chain(emergency).collect()
}

/// What the team holds: the certificate that is valid, or the accreditation, by whoever gave it. To be a candidate is to hold neither.
fn certification<'a>(assessed: &AssessedTeam<'a>, assessment: &'a Assessment<'a>) -> Option<Certification<'a>> {
    let standing = &assessed.standing;
    let level = standing.status.counting().filter(|level| level.is_accredited())?;
    let (level, entry) = held(level, assessed);
    let authority = entry.and_then(|entry| entry.authority.as_ref());
    let authority = authority.and_then(|id| assessment.directory.authorities.get(&id.value)).map(|body| body.name.as_str());
    let issuer = assessment.directory.config.issuer.as_ref().map(Line::as_str);
    let began = entry.map(|entry| entry.since.value);
    Some(Certification {
        kind: "Certification",
        name: Level::title(level),
        issued_by: authority.or(issuer).map(named),
        // Who is accredited again since a certification lapsed is so since then.
        valid_from: if standing.status.level == Some(Level::Accredited) { standing.since } else { began.or(standing.since) },
        expires: standing.valid_until,
    })
}
