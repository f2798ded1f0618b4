//! `stix/teams.json`: the teams as identities in a bundle of STIX 2.1 (OASIS, sections 4.5 and 8), for platforms of threat
//! intelligence.
//!
//! STIX takes no fields of others, so the status stands among the labels and, with its end, in the description. `created`
//! and `modified` come from the dates in the entry: an object of the same time says the same, whenever it is made, so the
//! day of the build stands nowhere, and what changes by itself on another day, such as which key is offered, is left out.
//! An entry without any date counts as one of 1970. A team that has withdrawn stays, with a label that says so and without
//! its contacts, for who has it must learn of it; it is not `revoked`, for that could never be taken back. Every object is
//! marked TLP:CLEAR, for what stands on a public site is. Left out: claims, for which there is no place.

use super::facts::{contact, span};
use super::json::{self, Each};
use crate::assess::Namespace;
use crate::assess::{AssessedTeam, Assessment};
use crate::model::{Date, Team, Url};
use crate::site::RenderError;
use serde::Serialize;
use std::io::Write;

/// Where it stands in the site.
pub(super) const PATH: &str = "stix/teams.json";

const VERSION: &str = "2.1";

/// The marking TLP:CLEAR, and the extension that defines it (OASIS, common object repository).
const CLEAR: &str = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487";
const TLP: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

/// What constituency types are called in STIX's open vocabulary of industry sectors (section 10.9), where it has them.
const SECTORS: &[(&str, &str)] = &[
    ("academic", "education"),
    ("ciip", "infrastructure"),
    ("commercial", "commercial"),
    ("financial", "financial-services"),
    ("governmental", "government"),
    ("military", "defense"),
    ("service-provider", "telecommunications"),
    ("vendor", "technology"),
];

/// Writes the file.
///
/// # Errors
/// Where `out` fails.
pub(super) fn bundle(assessment: &Assessment<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    let namespace = Namespace::of(assessment);
    let teams = || assessment.directory.teams.iter().filter_map(|team| assessment.team(&team.id));
    let objects = || {
        let identities = teams().map(|team| Object::Identity(Box::new(identity(team, namespace, assessment))));
        std::iter::once(Object::Marking(Marking::clear())).chain(identities)
    };
    let bundle = Bundle { kind: "bundle", id: format!("bundle--{}", namespace.uuid("stix/bundle")), objects: Each(objects) };
    json::write(&bundle, out)
}

#[derive(Serialize)]
struct Bundle<O> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: String,
    objects: O,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Object<'a> {
    Marking(Marking),
    Identity(Box<Identity<'a>>),
}

#[derive(Serialize)]
struct Marking {
    #[serde(rename = "type")]
    kind: &'static str,
    spec_version: &'static str,
    id: &'static str,
    created: &'static str,
    name: &'static str,
    extensions: serde_json::Value,
}

impl Marking {
    /// As OASIS has published it.
    fn clear() -> Self {
        Self {
            kind: "marking-definition",
            spec_version: VERSION,
            id: CLEAR,
            created: "2022-10-01T00:00:00.000Z",
            name: "TLP:CLEAR",
            extensions: serde_json::json!({TLP: {"extension_type": "property-extension", "tlp_2_0": "clear"}}),
        }
    }
}

#[derive(Serialize)]
struct Identity<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    spec_version: &'static str,
    id: String,
    created: String,
    modified: String,
    name: &'a str,
    description: String,
    roles: [&'static str; 1],
    identity_class: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sectors: Vec<&'static str>,
    #[serde(skip_serializing_if = "String::is_empty")]
    contact_information: String,
    labels: [&'static str; 1],
    external_references: Vec<Reference<'a>>,
    object_marking_refs: [&'static str; 1],
}

#[derive(Serialize)]
struct Reference<'a> {
    source_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<&'a str>,
}

fn identity<'a>(assessed: &'a AssessedTeam<'a>, namespace: Namespace, assessment: &'a Assessment<'_>) -> Identity<'a> {
    let team: &Team = assessed.team;
    let policy = assessment.directory.config.policy;
    let (created, modified) = span(assessed, policy, assessment.today).unzip();
    let is_gone = assessed.standing.status.is_withdrawn();
    let sector = |(id, sector): &(&str, &'static str)| team.types.iter().any(|kind| kind.as_str() == *id).then_some(*sector);
    Identity {
        kind: "identity",
        spec_version: VERSION,
        id: format!("identity--{}", namespace.team(team)),
        created: time(created),
        modified: time(modified),
        name: team.name.as_str(),
        description: description(assessed),
        roles: ["csirt"],
        identity_class: "organization",
        sectors: SECTORS.iter().filter_map(sector).collect(),
        contact_information: if is_gone { String::new() } else { contact(&team.contact) },
        labels: [assessed.standing.status.id()],
        external_references: references(team, assessment),
        object_marking_refs: [CLEAR],
    }
}

fn time(date: Option<Date>) -> String {
    date.map_or_else(|| "1970-01-01T00:00:00.000Z".to_owned(), |date| format!("{date}T00:00:00.000Z"))
}

/// What there is no field for, one line each. Nothing that depends on the day alone.
fn description(assessed: &AssessedTeam<'_>) -> String {
    let (team, standing) = (assessed.team, &assessed.standing);
    let since = standing.status_since().map(|since| format!(" since {since}")).unwrap_or_default();
    let until = standing.valid_until.map(|until| format!(", until {until}")).unwrap_or_default();
    let lines = [
        team.official_name.as_ref().map(ToString::to_string),
        Some(format!("{}{since}{until}", standing.status.title())),
        team.host.as_ref().map(|host| format!("Host: {host}")),
        Some(format!("Country: {} ({})", team.country.name(), team.country)),
        team.constituency.description.as_ref().map(|text| format!("Constituency: {text}")),
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// Our page, with its address where the site has one, and the team's own.
fn references<'a>(team: &'a Team, assessment: &'a Assessment<'_>) -> Vec<Reference<'a>> {
    let config = &assessment.directory.config;
    let page = config.base_url.as_ref().map(|base| format!("{}teams/{}.html", base.href(), team.id));
    let ours = Reference { source_name: config.title.as_str(), url: page, external_id: Some(team.id.as_str()) };
    let link = |source_name, url: &Url| Reference { source_name, url: Some(url.href().to_owned()), external_id: None };
    let website = team.website.iter().map(|url| link("website", url));
    let rfc2350 = team.rfc2350.iter().map(|url| link("RFC 2350", url));
    std::iter::once(ours).chain(website).chain(rfc2350).collect()
}
