//! Bodies that accredit or certify: a page for each, with what it is entitled to and what it has decided, and the list of all.

use super::StatusView;
use super::list::ListView;
use super::parts::{LinkView, Named};
use crate::assess::{Assessment, End, Status, end_of, last_day_of};
use crate::model::{Accreditation, Authority, AuthorityId, Date, Entitlement, Line, Period};
use crate::site::Catalogue;
use crate::site::authorities::Issued;
use crate::site::groups::Groups;
use crate::site::split::Part;
use serde::Serialize;

/// How many bodies that another has accredited are named.
const NAMED: usize = 40;

/// From when until when.
#[derive(Serialize)]
pub(super) struct PeriodView {
    since: Option<Date>,
    /// The last day, where that is still to come; and where it has passed.
    until: Option<Date>,
    ended: Option<Date>,
}

impl PeriodView {
    pub(super) fn new(period: Period, today: Date) -> Self {
        let Period { since, until } = period;
        Self { since, until: until.filter(|until| *until >= today), ended: until.filter(|until| *until < today) }
    }
}

/// The body with this id, and the way to its page, if it has one.
pub(super) fn named<'a>(id: &'a AuthorityId, assessment: &'a Assessment<'_>) -> Named<'a> {
    match assessment.directory.authorities.get(id) {
        Some(authority) => Named { name: authority.name.as_str().into(), href: Some(page_of(id)) },
        None => Named { name: id.as_str().into(), href: None },
    }
}

/// Where the page of a body stands.
pub(in crate::site) fn page_of(id: &AuthorityId) -> String {
    format!("authorities/{id}.html")
}

/// Names of standards, in one text.
pub(super) fn standards(all: &[Line]) -> String {
    let names: Vec<&str> = all.iter().map(Line::as_str).collect();
    names.join(", ")
}

/// A page of a body.
#[derive(Serialize)]
pub(in crate::site) struct AuthorityView<'a> {
    name: &'a str,
    official_name: Option<&'a str>,
    website: Option<LinkView<'a>>,
    country: Option<Named<'a>>,
    entitlements: Vec<EntitlementView<'a>>,
    accreditations: Vec<AccreditationView<'a>>,
    /// Bodies that it has accredited.
    accredited: Vec<AccreditationView<'a>>,
    accredited_more: usize,
    /// HTML.
    description: Option<String>,
    /// Which of its pages this is; all but the list stands on the first.
    number: usize,
    /// What it decided about teams.
    list: ListView<IssuedRow<'a>>,
}

#[derive(Serialize)]
struct EntitlementView<'a> {
    kind: String,
    scheme: Option<&'a str>,
    standards: String,
    period: PeriodView,
}

impl<'a> EntitlementView<'a> {
    fn new(entitlement: &'a Entitlement, today: Date, texts: &Catalogue) -> Self {
        Self {
            kind: texts.member("entitlement", entitlement.kind.id()),
            scheme: entitlement.scheme.as_ref().map(Line::as_str),
            standards: standards(&entitlement.standards),
            period: PeriodView::new(entitlement.period, today),
        }
    }
}

/// That one body accredited another.
#[derive(Serialize)]
struct AccreditationView<'a> {
    /// The other.
    body: Named<'a>,
    standards: String,
    certificate: Option<&'a str>,
    period: PeriodView,
}

impl<'a> AccreditationView<'a> {
    fn new(body: Named<'a>, accreditation: &'a Accreditation, today: Date) -> Self {
        Self {
            body,
            standards: standards(&accreditation.standards),
            certificate: accreditation.certificate.as_ref().map(Line::as_str),
            period: PeriodView::new(accreditation.period, today),
        }
    }
}

/// What a body decided about a team.
#[derive(Serialize)]
struct IssuedRow<'a> {
    on: Date,
    team: Named<'a>,
    status: StatusView,
    /// Whether it was announced, and has not begun.
    is_ahead: bool,
    period: PeriodView,
    end_not_stated: bool,
    certificate: Option<&'a str>,
}

impl<'a> IssuedRow<'a> {
    fn new(issued: &Issued<'a>, assessment: &Assessment<'_>, texts: &Catalogue) -> Self {
        let entry = issued.entry;
        let status = Status::from(entry.event);
        let policy = assessment.directory.config.policy;
        let until = last_day_of(entry, &issued.team.team.history, policy, assessment.today);
        Self {
            on: entry.since.value,
            team: Named::team(issued.team.team),
            status: StatusView::new(status, texts),
            is_ahead: entry.since.value > assessment.today,
            period: PeriodView::new(Period { since: None, until }, assessment.today),
            end_not_stated: until.is_none() && end_of(entry, policy) == Some(End::NotStated),
            certificate: entry.certificate.as_ref().map(|number| number.as_str()),
        }
    }
}

impl<'a> AuthorityView<'a> {
    pub(in crate::site) fn new(
        authority: &'a Authority,
        description: Option<String>,
        part: &Part,
        assessment: &'a Assessment<'a>,
        groups: &'a Groups<'a>,
        texts: &Catalogue,
    ) -> Self {
        let today = assessment.today;
        let accredited = groups.authorities.accredited(&authority.id);
        Self {
            name: authority.name.as_str(),
            official_name: authority.official_name.as_ref().map(Line::as_str),
            website: authority.website.as_ref().map(LinkView::new),
            country: authority.country.map(|country| Named::country(country, groups, texts)),
            entitlements: authority.entitlements.iter().map(|one| EntitlementView::new(one, today, texts)).collect(),
            accreditations: authority
                .accreditations
                .iter()
                .map(|one| AccreditationView::new(named(&one.authority.value, assessment), one, today))
                .collect(),
            accredited: accredited
                .iter()
                .take(NAMED)
                .map(|(body, one)| AccreditationView::new(named(&body.id, assessment), one, today))
                .collect(),
            accredited_more: accredited.len().saturating_sub(NAMED),
            description,
            number: part.number,
            list: ListView::new(groups.authorities.issued(&authority.id), part, |one| IssuedRow::new(one, assessment, texts)),
        }
    }
}

/// A page of the list of all bodies.
#[derive(Serialize)]
pub(in crate::site) struct AuthoritiesView<'a> {
    list: ListView<AuthorityRow<'a>>,
}

#[derive(Serialize)]
struct AuthorityRow<'a> {
    link: Named<'a>,
    official_name: Option<&'a str>,
    /// What it is entitled to, each kind once, by which schemes and standards.
    entitlements: Vec<EntitlementView<'a>>,
    /// How many decisions of it stand in histories.
    issued: usize,
}

/// How many entitlements of a body the list of all shows.
const SHOWN: usize = 4;

impl<'a> AuthoritiesView<'a> {
    pub(in crate::site) fn new(part: &Part, assessment: &'a Assessment<'a>, groups: &Groups<'a>, texts: &Catalogue) -> Self {
        let all: Vec<&Authority> = assessment.directory.authorities.values().collect();
        let row = |authority: &&'a Authority| AuthorityRow {
            link: named(&authority.id, assessment),
            official_name: authority.official_name.as_ref().map(Line::as_str),
            entitlements: authority
                .entitlements
                .iter()
                .take(SHOWN)
                .map(|one| EntitlementView::new(one, assessment.today, texts))
                .collect(),
            issued: groups.authorities.issued(&authority.id).len(),
        };
        Self { list: ListView::new(&all, part, row) }
    }
}
