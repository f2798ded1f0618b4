//! The bodies that accredit and certify: what each is entitled to, by whom it is accredited, and what it has decided.

use super::team::{CountryView, country_view};
use super::write;
use crate::assess::{Assessment, Status};
use crate::model::{
    Accreditation, Authority, AuthorityId, Date, Entitlement, EntitlementKind, Level, Line, State, TeamId, Text, Url,
};
use crate::site::RenderError;
use crate::site::authorities::{Authorities, Issued};
use schemars::JsonSchema;
use serde::Serialize;
use std::io::Write;

/// Where it stands in the site.
pub(in crate::site) const AUTHORITIES: &str = "api/v1/authorities.json";

#[derive(Serialize, JsonSchema)]
pub(super) struct AuthoritiesFile<'a> {
    /// Every body, by its id.
    authorities: Vec<AuthorityView<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct AuthorityView<'a> {
    id: &'a AuthorityId,
    name: &'a str,
    official_name: Option<&'a Line>,
    website: Option<&'a Url>,
    country: Option<CountryView>,
    /// Empty where nothing is known of that.
    entitlements: Vec<EntitlementView<'a>>,
    /// By whom it is accredited itself.
    accreditations: Vec<AccreditationView<'a>>,
    description: Option<&'a Text>,
    /// What it decided about teams, the newest first.
    issued: Vec<IssuedView<'a>>,
    page: String,
}

#[derive(Serialize, JsonSchema)]
struct EntitlementView<'a> {
    kind: EntitlementKind,
    scheme: Option<&'a Line>,
    standards: &'a [Line],
    since: Option<Date>,
    until: Option<Date>,
}

#[derive(Serialize, JsonSchema)]
struct AccreditationView<'a> {
    authority: &'a AuthorityId,
    standards: &'a [Line],
    certificate: Option<&'a Line>,
    since: Option<Date>,
    until: Option<Date>,
}

/// What a body decided about a team; when that ends stands with the team.
#[derive(Serialize, JsonSchema)]
struct IssuedView<'a> {
    team: &'a TeamId,
    level: Option<Level>,
    state: Option<State>,
    since: Date,
    certificate: Option<&'a Line>,
}

/// Writes every body.
///
/// # Errors
/// Where `out` fails.
pub(in crate::site) fn authorities(
    assessment: &Assessment<'_>,
    done: &Authorities<'_>,
    out: &mut dyn Write,
) -> Result<(), RenderError> {
    let all = assessment.directory.authorities.values();
    write("peerage/authorities", assessment, AuthoritiesFile { authorities: all.map(|body| view(body, done)).collect() }, out)
}

fn view<'a>(body: &'a Authority, done: &'a Authorities<'a>) -> AuthorityView<'a> {
    AuthorityView {
        id: &body.id,
        name: body.name.as_str(),
        official_name: body.official_name.as_ref(),
        website: body.website.as_ref(),
        country: body.country.map(country_view),
        entitlements: body.entitlements.iter().map(entitlement_view).collect(),
        accreditations: body.accreditations.iter().map(accreditation_view).collect(),
        description: body.description.as_ref(),
        issued: done.issued(&body.id).iter().map(issued_view).collect(),
        page: format!("authorities/{}.html", body.id),
    }
}

fn entitlement_view(one: &Entitlement) -> EntitlementView<'_> {
    let Entitlement { kind, scheme, standards, period } = one;
    EntitlementView { kind: *kind, scheme: scheme.as_ref(), standards, since: period.since, until: period.until }
}

fn accreditation_view(one: &Accreditation) -> AccreditationView<'_> {
    let Accreditation { authority, standards, certificate, period } = one;
    let (since, until) = (period.since, period.until);
    AccreditationView { authority: &authority.value, standards, certificate: certificate.as_ref(), since, until }
}

fn issued_view<'a>(issued: &Issued<'a>) -> IssuedView<'a> {
    let Status { level, state } = issued.entry.event.into();
    let certificate = issued.entry.certificate.as_ref().map(|number| &number.value);
    IssuedView { team: &issued.team.team.id, level, state, since: issued.entry.since.value, certificate }
}
