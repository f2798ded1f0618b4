//! `directory/teams.json` in the shape of the Trusted Introducer's own file, for the tools that read it, and the same under
//! the path where its own stands since 2025.
//!
//! A bare array; within a team the keys in TI's order. Teams without a stated level, suspended and withdrawn ones are
//! left out, for the shape must name a level. The least trusted come first, then ids in order: known readers let the
//! later of two claims win. Of the keys those that nobody should encrypt to today are left out; S/MIME has no place in the
//! shape. Domains and AS numbers of a team without a contact address are left out too, since a known reader would then
//! answer with no address instead of that of a broader claim.

use super::facts::{held, keys};
use super::json::{self, Each, NoHtml};
use crate::assess::{AssessedKey, AssessedTeam, Assessment};
use crate::config::{Config, TYPES};
use crate::model::{Country, Date, EmailAddress, EmailUsage, Fingerprint, Level, Line, Network, PhoneUsage, Slug, Team};
use crate::site::RenderError;
use serde::Serialize;
use std::io::Write;

/// Where it stands in the site: where TI's own file stood for twenty years.
pub(super) const PATH: &str = "directory/teams.json";

/// What hosts serve for the path of TI's own file today, which ends in a slash.
pub(super) const INDEX: &str = "trusted-introducer/directory/downloads/json/teams/index.html";

/// Writes the file.
///
/// # Errors
/// Where `out` fails.
pub(super) fn teams(assessment: &Assessment<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    let mut listed: Vec<(Level, &AssessedTeam<'_>)> =
        assessment.teams.iter().filter_map(|team| Some((team.standing.status.counting()?, team))).collect();
    listed.sort_by(|(a, x), (b, y)| (a, &x.team.id).cmp(&(b, &y.team.id)));
    let config = &assessment.directory.config;
    json::write(&Each(|| listed.iter().map(|(level, team)| view(*level, team, config))), out)
}

/// Writes the same JSON for a path that hosts serve as HTML: a browser that believes them finds a text in it, and nothing
/// to run.
///
/// # Errors
/// Where `out` fails.
pub(super) fn index(assessment: &Assessment<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    teams(assessment, &mut NoHtml(out))
}

#[derive(Serialize)]
struct View<'a> {
    official_name: &'a str,
    short_name: &'a str,
    country: CountryView,
    established: Option<Date>,
    host_organisation: &'a str,
    classification: Classification<'a>,
    postal_address: &'a str,
    constituency: ConstituencyView,
    business_hours: &'a str,
    business_hours_timezone: &'a str,
    pgp_keys: Vec<KeyView<'a>>,
    phones: Vec<PhoneView<'a>>,
    emails: Vec<EmailView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    misp: Option<MispView<'a>>,
}

#[derive(Serialize)]
struct CountryView {
    code: Country,
    name: &'static str,
}

#[derive(Serialize)]
struct Classification<'a> {
    code: &'a str,
    name: &'a str,
    since: Option<Date>,
}

#[derive(Serialize)]
struct ConstituencyView {
    types: Vec<String>,
    asns: Vec<u32>,
    domains: Vec<String>,
    ipranges: Vec<Network>,
    countries: Vec<CountryView>,
}

#[derive(Serialize)]
struct KeyView<'a> {
    fingerprint: &'a Fingerprint,
    expires: Option<Date>,
}

#[derive(Serialize)]
struct PhoneView<'a> {
    usage: &'a [PhoneUsage],
    number: &'a str,
    timezone: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    comments: Option<&'a str>,
}

#[derive(Serialize)]
struct EmailView<'a> {
    address: &'a EmailAddress,
    usage: &'a [EmailUsage],
}

#[derive(Serialize)]
struct MispView<'a> {
    org_uuid: &'a str,
    org_name: &'a str,
    org_email: &'a str,
}

fn view<'a>(level: Level, assessed: &'a AssessedTeam<'a>, config: &'a Config) -> View<'a> {
    let team: &Team = assessed.team;
    let contact = &team.contact;
    let zone = contact.timezone.map_or("", |zone| zone.name());
    View {
        official_name: team.official_name.as_ref().map_or(team.name.as_str(), |name| name.as_str()),
        short_name: team.name.as_str(),
        country: country(team.country),
        established: team.established.map(|day| day.value),
        host_organisation: team.host.as_ref().map_or("", |host| host.as_str()),
        classification: classification(level, assessed, config),
        postal_address: contact.address.as_ref().map_or("", |address| address.as_str()),
        constituency: constituency(team, config),
        business_hours: contact.hours.as_ref().map_or("", |hours| hours.as_str()),
        business_hours_timezone: zone,
        pgp_keys: keys(assessed).map(key_view).collect(),
        phones: contact
            .phones
            .iter()
            .map(|phone| PhoneView {
                usage: &phone.usage,
                number: phone.number.as_str(),
                timezone: phone.timezone.map_or(zone, |zone| zone.name()),
                comments: phone.comment.as_ref().map(Line::as_str),
            })
            .collect(),
        emails: contact.emails.iter().map(|email| EmailView { address: &email.address, usage: &email.usage }).collect(),
        misp: team.misp.as_ref().map(|misp| MispView {
            org_uuid: misp.org_uuid.as_str(),
            org_name: misp.org_name.as_ref().map_or("", |name| name.as_str()),
            org_email: misp.org_email.as_ref().map_or("", |email| email.as_str()),
        }),
    }
}

/// A key ends when it says so itself, and when the entry says so only where it was not read.
fn key_view<'a>(key: &AssessedKey<'a>) -> KeyView<'a> {
    KeyView { fingerprint: key.fingerprint, expires: key.expires() }
}

fn country(country: Country) -> CountryView {
    CountryView { code: country, name: country.name() }
}

/// A candidate that is named as the level which it holds for certain stands there since it holds that.
fn classification<'a>(level: Level, assessed: &AssessedTeam<'_>, config: &'a Config) -> Classification<'a> {
    let since = assessed.standing.since;
    let (held, entry) = held(level, assessed);
    let is_named = held == level || config.ti_classification.contains_key(&level);
    let since = if is_named { since } else { entry.map(|entry| entry.since.value).or(since) };
    let (code, name) = config.ti_class(level);
    Classification { code, name, since }
}

fn constituency(team: &Team, config: &Config) -> ConstituencyView {
    let claims = &team.constituency;
    let reachable = team.contact.main_email().is_some();
    ConstituencyView {
        types: team.types.iter().map(|kind| type_name(kind, config)).collect(),
        asns: claims.asns.iter().filter(|_| reachable).map(|asn| asn.value.number()).collect(),
        domains: claims.domains.iter().filter(|_| reachable).map(|domain| domain.value.to_string()).collect(),
        ipranges: claims.networks.iter().map(|network| network.value).collect(),
        countries: claims.countries.iter().copied().map(country).collect(),
    }
}

fn type_name(kind: &Slug, config: &Config) -> String {
    let known = TYPES.iter().find(|(id, ..)| *id == kind.as_str() && !config.types.contains_key(kind));
    known.map_or_else(|| config.type_name(kind), |(.., name)| (*name).to_owned())
}
