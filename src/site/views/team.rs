//! A team's page: everything public in its entry, and what follows from it on the day.

use super::StatusView;
use super::chain::ChainView;
use super::contact::{ContactView, MailLink};
use super::history::{Moment, moments};
use super::key::KeyView;
use super::maturity::{MaturityView, published};
use super::parts::{FlagView, HoldsView, LinkView, Named};
use super::reachability::ResponseView;
use super::stairs::Stairs;
use super::ties::{AgreementView, MarkView, MembershipView, marks};
use super::vouching::VouchingView;
use crate::assess::{AssessedKey, AssessedTeam, Assessment, What};
use crate::config::{Config, Format};
use crate::model::{Constituency, Date, KeyKind, Level, Line, Misp, Slug, Team, Text};
use crate::site::Catalogue;
use crate::site::formats::json_ld;
use crate::site::groups::Groups;
use crate::site::keys::team_file;
use crate::site::split::escaped;
use pulldown_cmark_escape::escape_html;
use serde::Serialize;

/// A team's page.
#[derive(Serialize)]
pub(in crate::site) struct TeamView<'a> {
    id: &'a str,
    name: &'a str,
    official_name: Option<&'a str>,
    host: Option<&'a str>,
    country: Named<'a>,
    established: Option<Date>,
    types: Vec<Named<'a>>,
    website: Option<LinkView<'a>>,
    rfc2350: Option<LinkView<'a>>,
    standing: StandingView<'a>,
    /// What each status on the page becomes.
    then: String,
    /// For what it may be trusted, side by side.
    marks: Vec<MarkView<'a>>,
    /// How many more of these there are.
    marks_more: usize,
    contact: ContactView<'a>,
    /// How soon it answered when it was tested last.
    response: Option<ResponseView>,
    constituency: Option<ConstituencyView<'a>>,
    /// The contact keys, those that are offered first.
    keys: Vec<KeyView<'a>>,
    /// Whether one of them is not offered, so that paper has to say so too.
    keys_doubtful: bool,
    /// Whether one of them was read.
    keys_read: bool,
    /// The files with what is offered, beside the page: of the OpenPGP keys, and of the S/MIME certificates.
    key_files: Vec<KeyFileView>,
    history: Vec<Moment<'a>>,
    /// The history as a picture.
    stairs: Option<Stairs>,
    /// On whose word its level rests.
    chain: Option<ChainView<'a>>,
    /// Who vouched for it, and for whom it vouched.
    vouching: Option<VouchingView<'a>>,
    entry: EntryView<'a>,
    confirmed: Option<Date>,
    /// The last day on which that counts, where that is still to come and it must be confirmed again.
    confirmed_until: Option<Date>,
    services: Vec<String>,
    memberships: Vec<MembershipView<'a>>,
    agreements: Vec<AgreementView<'a>>,
    misp: Option<MispView<'a>>,
    maturity: Vec<MaturityView<'a>>,
    /// HTML.
    description: Option<String>,
    /// What shows the badge on another site, where the address of this one is known: HTML, to be shown as text.
    snippet: Option<String>,
    /// What search engines read: JSON that can stand in a block of data as it is.
    json_ld: Option<String>,
}

/// A file with all keys of a kind that are offered.
#[derive(Serialize)]
struct KeyFileView {
    name: String,
    /// Up to when one of the keys in it works, where all of them end.
    until: Option<Date>,
}

/// The longest entry that is shown on the page, in bytes: what is longer would be most of it.
const SHOWN: usize = 4_000;

/// The entry as it stands in its file.
#[derive(Serialize)]
struct EntryView<'a> {
    file: &'a str,
    /// Its text, where it is not too long to be shown.
    text: Option<String>,
    /// Where it can be changed in a browser.
    improve: Option<String>,
}

/// What a team is on the day, and until when.
#[derive(Serialize)]
struct StandingView<'a> {
    status: StatusView,
    holds: HoldsView,
    /// The level that counts again when the state ends.
    beneath: Option<String>,
    next: Option<NextView>,
    flags: Vec<FlagView<'a>>,
}

/// What a team will be next.
#[derive(Serialize)]
struct NextView {
    on: Date,
    status: StatusView,
    /// Whether a new certification would prevent it.
    preventable: bool,
}

#[derive(Serialize)]
struct ConstituencyView<'a> {
    description: Option<&'a str>,
    domains: Vec<DomainView<'a>>,
    asns: Vec<String>,
    networks: Vec<String>,
    countries: Vec<Named<'a>>,
}

#[derive(Serialize)]
struct DomainView<'a> {
    name: String,
    /// The name in A-labels, where it differs.
    ascii: Option<&'a str>,
}

#[derive(Serialize)]
struct MispView<'a> {
    uuid: &'a str,
    name: Option<&'a str>,
    email: Option<MailLink<'a>>,
}

impl<'a> TeamView<'a> {
    /// The page of `assessed`, with its description as HTML, whose entry reads `source`.
    pub(in crate::site) fn new(
        assessed: &'a AssessedTeam<'a>,
        description: Option<String>,
        source: Option<String>,
        assessment: &'a Assessment<'a>,
        groups: &'a Groups<'a>,
        texts: &Catalogue,
    ) -> Self {
        let team = assessed.team;
        let config = &assessment.directory.config;
        let vouching = VouchingView::new(assessed, assessment, texts);
        let standing = StandingView::new(assessed, assessment, texts);
        let others = vouching.iter().flat_map(VouchingView::then);
        let (marks, marks_more) = marks(assessed, assessment, groups, texts);
        Self {
            id: team.id.as_str(),
            name: team.name.as_str(),
            official_name: team.official_name.as_ref().map(Line::as_str),
            host: team.host.as_ref().map(Line::as_str),
            country: Named::country(team.country, groups, texts),
            established: team.established.map(|day| day.value),
            types: team.types.iter().map(|kind| Named::kind(kind, groups, texts)).collect(),
            website: team.website.as_ref().map(LinkView::new),
            rfc2350: team.rfc2350.as_ref().map(LinkView::new),
            then: std::iter::once(standing.holds.then()).chain(others).collect::<Vec<_>>().join(" ").trim().to_owned(),
            standing,
            marks,
            marks_more,
            contact: ContactView::new(&team.contact, texts),
            response: ResponseView::new(team, assessment, texts),
            constituency: ConstituencyView::new(&team.constituency, groups, texts),
            keys: KeyView::all(assessed, assessment.today, texts),
            keys_doubtful: assessed.keys.iter().any(|key| !key.offered),
            keys_read: assessed.keys.iter().any(|key| key.file.is_some()),
            key_files: [KeyKind::OpenPgp, KeyKind::Smime].into_iter().filter_map(|kind| key_file(assessed, kind)).collect(),
            history: moments(assessed, assessment, texts),
            stairs: Stairs::new(&team.history, config.policy, assessment.today),
            chain: ChainView::new(assessed, assessment, texts),
            vouching,
            entry: EntryView {
                file: &team.file,
                text: source.filter(|text| escaped(text) <= SHOWN),
                improve: config.repository.as_ref().map(|repository| repository.page(&team.file)),
            },
            confirmed: assessed.confirmed.map(|date| date.value),
            confirmed_until: confirmed_until(assessed, assessment),
            services: team.services.iter().map(Slug::words).collect(),
            memberships: team.memberships.iter().map(|one| MembershipView::new(one, assessment, groups)).collect(),
            agreements: team.agreements.iter().map(|one| AgreementView::new(one, assessment, texts)).collect(),
            misp: team.misp.as_ref().map(MispView::new),
            maturity: published(assessed, assessment, groups, texts),
            description,
            snippet: snippet(team, &assessment.directory.config, texts),
            json_ld: assessment.directory.config.writes(Format::JsonLd).then(|| json_ld::block(assessed, assessment)).flatten(),
        }
    }
}

/// A link to the team's page around its badge, as HTML.
fn snippet(team: &Team, config: &Config, texts: &Catalogue) -> Option<String> {
    let mut page = String::new();
    // Writing into a text cannot fail.
    escape_html(&mut page, &format!("{}teams/{}", config.base_url.as_ref()?.href(), team.id)).ok()?;
    let mut words = String::new();
    let said = texts.say("badge.in", &[("name", &team.name.as_str()), ("site", &config.title.as_str())]);
    escape_html(&mut words, &said).ok()?;
    Some(format!("<a href=\"{page}.html\"><img src=\"{page}.svg\" alt=\"{words}\"></a>"))
}

impl<'a> StandingView<'a> {
    fn new(assessed: &'a AssessedTeam<'a>, assessment: &'a Assessment<'a>, texts: &Catalogue) -> Self {
        let standing = &assessed.standing;
        let certified = standing.status.counting() == Some(Level::Certified);
        Self {
            status: StatusView::new(standing.status, texts),
            holds: HoldsView::new(assessed, assessment),
            beneath: standing.status.state.and(standing.status.level).map(|level| texts.member("status", level.id())),
            next: standing.next.map(|next| {
                let announced = assessed.team.history.iter().any(|entry| entry.since.value == next.on);
                NextView { on: next.on, status: StatusView::new(next.to, texts), preventable: certified && !announced }
            }),
            flags: FlagView::all(assessed, texts),
        }
    }
}

impl<'a> ConstituencyView<'a> {
    fn new(constituency: &'a Constituency, groups: &'a Groups<'a>, texts: &Catalogue) -> Option<Self> {
        let Constituency { description, domains, asns, networks, countries, shared: _ } = constituency;
        let empty = domains.is_empty() && asns.is_empty() && networks.is_empty() && countries.is_empty();
        (description.is_some() || !empty).then(|| Self {
            description: description.as_ref().map(Text::as_str),
            domains: domains
                .iter()
                .map(|domain| {
                    let name = domain.unicode();
                    let ascii = Some(domain.name()).filter(|ascii| name.trim_start_matches("*.") != *ascii);
                    DomainView { name, ascii }
                })
                .collect(),
            asns: asns.iter().map(|asn| asn.value.to_string()).collect(),
            networks: networks.iter().map(|network| network.value.to_string()).collect(),
            countries: countries.iter().map(|country| Named::country(*country, groups, texts)).collect(),
        })
    }
}

/// The last day on which the confirmation of a team's data counts, where one is needed and that day is still to come.
fn confirmed_until(team: &AssessedTeam<'_>, assessment: &Assessment<'_>) -> Option<Date> {
    let ends = assessment.ends(team).into_iter().filter(|ending| ending.what == What::Confirmation && !ending.has_ended());
    ends.map(|ending| ending.on).next()
}

/// The file with the keys of a kind that a team offers, if it offers any.
fn key_file(team: &AssessedTeam<'_>, kind: KeyKind) -> Option<KeyFileView> {
    let ends = team.keys.iter().filter(|key| key.kind == kind && key.offered).map(AssessedKey::usable_until);
    let until = ends.reduce(|one, other| Some(one?.max(other?)))?;
    Some(KeyFileView { name: team_file(&team.team.id, kind), until })
}

impl<'a> MispView<'a> {
    fn new(misp: &'a Misp) -> Self {
        Self {
            uuid: misp.org_uuid.as_str(),
            name: misp.org_name.as_ref().map(Line::as_str),
            email: misp.org_email.as_ref().map(MailLink::new),
        }
    }
}
