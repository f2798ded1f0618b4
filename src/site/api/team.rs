//! A team in our own JSON.

use super::ties::{
    AgreementView, MembershipView, ResponseTestView, VouchedView, agreement_view, membership_view, response_tests, vouched_view,
};
use crate::assess::{
    AssessedTeam, Assessment, Certificate, End, Flag, FlagKind, Standing, Status, Strength, published, sponsors,
};
use crate::model::{
    AuthorityId, Contact, Country, Date, EmailAddress, EmailUsage, Entry, Fingerprint, Level, Line, MaturityAssessment, Misp,
    Parameter, Phone, PhoneNumber, PhoneUsage, Score, Slug, State, Team, TeamId, Text, Timezone, Until, Url, Uuid,
    VerificationKind,
};
use crate::site::key_json::Facts;
use crate::site::keys::TeamKey;
use schemars::JsonSchema;
use serde::Serialize;
use serde::ser::SerializeMap;

/// A team, with everything that its page says of it.
#[derive(Serialize, JsonSchema)]
pub(super) struct TeamView<'a> {
    id: &'a str,
    name: &'a str,
    official_name: Option<&'a Line>,
    host: Option<&'a Line>,
    country: CountryView,
    established: Option<Date>,
    types: Vec<&'a Slug>,
    website: Option<&'a Url>,
    rfc2350: Option<&'a Url>,
    status: StatusView<'a>,
    flags: Vec<FlagView>,
    contact: ContactView<'a>,
    constituency: ConstituencyView<'a>,
    keys: Vec<KeyView<'a>>,
    history: Vec<EntryView<'a>>,
    /// Who vouched for the team, each once.
    sponsors: Vec<VouchedView<'a>>,
    /// For whom it vouched.
    sponsor_of: Vec<VouchedView<'a>>,
    confirmed: Option<Date>,
    services: Vec<&'a Slug>,
    memberships: Vec<MembershipView<'a>>,
    agreements: Vec<AgreementView<'a>>,
    misp: Option<MispView<'a>>,
    /// Empty where the operator chose that nobody is told of single tests.
    response_tests: Vec<ResponseTestView>,
    maturity: Vec<MaturityView<'a>>,
    description: Option<&'a Text>,
    page: String,
}

/// Everything of a team.
pub(super) fn view<'a>(assessed: &'a AssessedTeam<'a>, assessment: &'a Assessment<'_>) -> TeamView<'a> {
    let team: &Team = assessed.team;
    TeamView {
        id: team.id.as_str(),
        name: team.name.as_str(),
        official_name: team.official_name.as_ref(),
        host: team.host.as_ref(),
        country: country_view(team.country),
        established: team.established.map(|day| day.value),
        types: team.types.iter().map(|kind| &kind.value).collect(),
        website: team.website.as_ref(),
        rfc2350: team.rfc2350.as_ref(),
        status: status_view(&assessed.standing, assessment.today),
        flags: assessed.flags.iter().map(flag_view).collect(),
        contact: contact_view(&team.contact),
        constituency: constituency_view(team),
        keys: assessed.keys.iter().map(|key| key_view(&TeamKey { team: assessed, key }, assessment.today)).collect(),
        history: team.history.iter().map(entry_view).collect(),
        sponsors: sponsors(team).map(|(sponsor, entry)| vouched_view(&sponsor.value, entry)).collect(),
        sponsor_of: assessment.vouched_for(&team.id).iter().map(|one| vouched_view(&one.team.id, one.entry)).collect(),
        confirmed: assessed.confirmed.map(|date| date.value),
        services: team.services.iter().collect(),
        memberships: team.memberships.iter().map(membership_view).collect(),
        agreements: team.agreements.iter().map(agreement_view).collect(),
        misp: team.misp.as_ref().map(misp_view),
        response_tests: response_tests(team, assessment),
        maturity: published(team, assessment.today).map(maturity_view).collect(),
        description: team.description.as_ref(),
        page: format!("teams/{}.html", team.id),
    }
}

/// A country, for programs and for people.
#[derive(Serialize, JsonSchema)]
pub(super) struct CountryView {
    code: Country,
    name: &'static str,
}

/// A country.
pub(super) fn country_view(country: Country) -> CountryView {
    CountryView { code: country, name: country.name() }
}

/// A status that says how long it is true.
#[derive(Serialize, JsonSchema)]
pub(super) struct StatusView<'a> {
    #[serde(flatten)]
    status: PlainStatus,
    since: Option<Date>,
    computed_for: Date,
    valid_until: Option<Date>,
    next_change: Option<ChangeView>,
    certification: Option<CertificationView<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct PlainStatus {
    id: &'static str,
    title: &'static str,
    level: Option<Level>,
    state: Option<State>,
}

#[derive(Serialize, JsonSchema)]
struct ChangeView {
    on: Date,
    to: PlainStatus,
}

#[derive(Serialize, JsonSchema)]
struct CertificationView<'a> {
    since: Date,
    /// A date, or `unknown`.
    until: EndView,
    valid: bool,
    authority: Option<&'a AuthorityId>,
    certificate: Option<&'a Line>,
}

#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum EndView {
    Date(Date),
    Unknown(&'static str),
}

const UNKNOWN: EndView = EndView::Unknown("unknown");

/// The status of a team.
pub(super) fn status_view<'a>(standing: &Standing<'a>, today: Date) -> StatusView<'a> {
    StatusView {
        status: plain(standing.status),
        since: standing.status_since(),
        computed_for: today,
        valid_until: standing.valid_until,
        next_change: standing.next.map(|change| ChangeView { on: change.on, to: plain(change.to) }),
        certification: standing.certificate.map(certification_view),
    }
}

fn plain(status: Status) -> PlainStatus {
    PlainStatus { id: status.id(), title: status.title(), level: status.level, state: status.state }
}

fn certification_view(certificate: Certificate<'_>) -> CertificationView<'_> {
    let entry = certificate.entry;
    CertificationView {
        since: entry.since.value,
        until: match certificate.end {
            End::On(date) => EndView::Date(date),
            End::NotStated => UNKNOWN,
        },
        valid: certificate.valid,
        authority: entry.authority.as_ref().map(|id| &id.value),
        certificate: entry.certificate.as_ref().map(|number| &number.value),
    }
}

#[derive(Serialize, JsonSchema)]
struct FlagView {
    rule: Option<&'static str>,
    strength: Strength,
    text: String,
    ends: Option<Date>,
}

fn flag_view(flag: &Flag<'_>) -> FlagView {
    FlagView {
        rule: flag.kind.rule().map(crate::diagnostic::Rule::id),
        strength: flag.strength,
        text: flag.kind.to_string(),
        ends: match flag.kind {
            FlagKind::Ends(ending) => Some(ending.on),
            _ => None,
        },
    }
}

#[derive(Serialize, JsonSchema)]
struct ContactView<'a> {
    emails: Vec<EmailView<'a>>,
    phones: Vec<PhoneView<'a>>,
    hours: Option<&'a Line>,
    timezone: Option<Timezone>,
    address: Option<&'a Text>,
}

#[derive(Serialize, JsonSchema)]
struct EmailView<'a> {
    address: &'a EmailAddress,
    usage: &'a [EmailUsage],
}

#[derive(Serialize, JsonSchema)]
struct PhoneView<'a> {
    number: &'a PhoneNumber,
    usage: &'a [PhoneUsage],
    timezone: Option<Timezone>,
    comment: Option<&'a Line>,
}

fn contact_view(contact: &Contact) -> ContactView<'_> {
    ContactView {
        emails: contact.emails.iter().map(|email| EmailView { address: &email.address, usage: &email.usage }).collect(),
        phones: contact.phones.iter().map(phone_view).collect(),
        hours: contact.hours.as_ref(),
        timezone: contact.timezone,
        address: contact.address.as_ref(),
    }
}

fn phone_view(phone: &Phone) -> PhoneView<'_> {
    PhoneView { number: &phone.number, usage: &phone.usage, timezone: phone.timezone, comment: phone.comment.as_ref() }
}

#[derive(Serialize, JsonSchema)]
struct ConstituencyView<'a> {
    description: Option<&'a Text>,
    domains: Vec<&'a crate::model::Domain>,
    asns: Vec<crate::model::Asn>,
    networks: Vec<crate::model::Network>,
    countries: Vec<CountryView>,
}

fn constituency_view(team: &Team) -> ConstituencyView<'_> {
    let constituency = &team.constituency;
    ConstituencyView {
        description: constituency.description.as_ref(),
        domains: constituency.domains.iter().map(|domain| &domain.value).collect(),
        asns: constituency.asns.iter().map(|asn| asn.value).collect(),
        networks: constituency.networks.iter().map(|network| network.value).collect(),
        countries: constituency.countries.iter().copied().map(country_view).collect(),
    }
}

#[derive(Serialize, JsonSchema)]
struct KeyView<'a> {
    fingerprint: &'a Fingerprint,
    /// As typed in the entry; not read from the key.
    stated_expires: Option<Date>,
    #[serde(flatten)]
    facts: Facts<'a>,
}

fn key_view<'a>(held: &TeamKey<'a>, today: Date) -> KeyView<'a> {
    KeyView {
        fingerprint: held.key.fingerprint,
        stated_expires: held.key.named.and_then(|named| named.expires).map(|date| date.value),
        facts: Facts::new(held, today),
    }
}

#[derive(Serialize, JsonSchema)]
struct EntryView<'a> {
    level: Option<Level>,
    state: Option<State>,
    since: Date,
    /// As entered: a date, `unknown`, or nothing.
    until: Option<EndView>,
    sponsors: Vec<&'a TeamId>,
    authority: Option<&'a AuthorityId>,
    certificate: Option<&'a Line>,
    /// What was verified before.
    verifications: Vec<VerificationView<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct VerificationView<'a> {
    kind: VerificationKind,
    date: Date,
    /// By whom: where the entry names nobody, by the body that decided.
    authority: Option<&'a AuthorityId>,
}

fn entry_view(entry: &Entry) -> EntryView<'_> {
    let Status { level, state } = entry.event.into();
    EntryView {
        level,
        state,
        since: entry.since.value,
        until: entry.until.map(|until| match until.value {
            Until::Date(date) => EndView::Date(date),
            Until::Unknown => UNKNOWN,
        }),
        sponsors: entry.sponsors.iter().map(|id| &id.value).collect(),
        authority: entry.authority.as_ref().map(|id| &id.value),
        certificate: entry.certificate.as_ref().map(|number| &number.value),
        verifications: entry
            .verifications
            .iter()
            .map(|one| VerificationView {
                kind: one.kind,
                date: one.date.value,
                authority: one.authority.as_ref().or(entry.authority.as_ref()).map(|id| &id.value),
            })
            .collect(),
    }
}

#[derive(Serialize, JsonSchema)]
struct MispView<'a> {
    org_uuid: &'a Uuid,
    org_name: Option<&'a Line>,
    org_email: Option<&'a EmailAddress>,
}

fn misp_view(misp: &Misp) -> MispView<'_> {
    MispView { org_uuid: &misp.org_uuid, org_name: misp.org_name.as_ref(), org_email: misp.org_email.as_ref() }
}

/// An assessment whose scores the team publishes: the loader lets no other into a public entry.
#[derive(Serialize, JsonSchema)]
struct MaturityView<'a> {
    model: crate::model::Sim3,
    kind: crate::model::AssessmentKind,
    assessed: Date,
    #[schemars(with = "std::collections::BTreeMap<Parameter, Score>")]
    scores: Scores<'a>,
}

fn maturity_view(assessment: &MaturityAssessment) -> MaturityView<'_> {
    MaturityView {
        model: assessment.model,
        kind: assessment.kind,
        assessed: assessment.assessed.value,
        scores: Scores(&assessment.scores),
    }
}

/// Parameters with their scores, in the order of the model.
struct Scores<'a>(&'a std::collections::BTreeMap<Parameter, Score>);

impl Serialize for Scores<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (parameter, score) in self.0 {
            map.serialize_entry(&parameter.to_string(), &score.value())?;
        }
        map.end()
    }
}
