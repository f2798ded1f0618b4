//! What ties a team to others: memberships, agreements, and the marks of trust that follow from them and from its level.

use super::authority::{PeriodView, named};
use super::parts::Named;
use crate::assess::{AssessedTeam, Assessment};
use crate::model::{Agreement, AgreementKind, Event, Level, Membership, Period};
use crate::site::Catalogue;
use crate::site::groups::Groups;
use crate::stats::Association;
use serde::Serialize;

/// How many marks are shown side by side.
const MARKS: usize = 12;

/// A membership.
#[derive(Serialize)]
pub(super) struct MembershipView<'a> {
    /// The association, by the name that the entry gives.
    association: Named<'a>,
    period: PeriodView,
}

/// Where the page of an association stands.
pub(in crate::site) fn page_of(association: &Association<'_>) -> String {
    format!("associations/{}.html", association.id)
}

impl<'a> MembershipView<'a> {
    pub(super) fn new(membership: &'a Membership, assessment: &Assessment<'_>, groups: &Groups<'_>) -> Self {
        let href = groups.figures.all.associations.of(membership).map(|(_, association)| page_of(association));
        let association = Named { name: membership.name.as_str().into(), href };
        Self { association, period: PeriodView::new(membership.period, assessment.today) }
    }
}

/// An agreement.
#[derive(Serialize)]
pub(super) struct AgreementView<'a> {
    name: &'a str,
    kind: String,
    period: PeriodView,
}

impl<'a> AgreementView<'a> {
    pub(super) fn new(agreement: &'a Agreement, assessment: &Assessment<'_>, texts: &Catalogue) -> Self {
        Self {
            name: agreement.name.as_str(),
            kind: texts.member("agreement_kind", agreement.kind.id()),
            period: PeriodView::new(period(agreement), assessment.today),
        }
    }
}

fn period(agreement: &Agreement) -> Period {
    Period { since: agreement.since, until: agreement.until.map(|until| until.value) }
}

/// Something for which a team may be trusted, in a few words.
#[derive(Serialize)]
pub(super) struct MarkView<'a> {
    /// What it is.
    kind: String,
    /// By whom, or of what.
    name: Named<'a>,
    period: PeriodView,
}

/// The marks of a team on the day: who accredited it and certified it, which code it follows, and of what it is a
/// member; and how many more there are than are shown. A team that has withdrawn has none.
pub(super) fn marks<'a>(
    assessed: &'a AssessedTeam<'a>,
    assessment: &'a Assessment<'a>,
    groups: &Groups<'_>,
    texts: &Catalogue,
) -> (Vec<MarkView<'a>>, usize) {
    let (team, standing, today) = (assessed.team, &assessed.standing, assessment.today);
    if standing.status.is_withdrawn() {
        return (Vec::new(), 0);
    }
    let mark =
        |kind: &str, name, period| MarkView { kind: texts.member("mark", kind), name, period: PeriodView::new(period, today) };
    let counts = standing.status.counting().is_some_and(Level::is_accredited);
    let certificate = standing.certificate.filter(|certificate| counts && certificate.valid).and_then(|certificate| {
        let period = Period { since: Some(certificate.entry.since.value), until: standing.valid_until };
        Some(mark("certified", named(&certificate.entry.authority.as_ref()?.value, assessment), period))
    });
    let mut past = team.history.iter().filter(|entry| entry.since.value <= today);
    let accredited = past.rfind(|entry| counts && entry.event == Event::Level(Level::Accredited)).and_then(|entry| {
        let period = Period { since: Some(entry.since.value), until: None };
        Some(mark("accredited", named(&entry.authority.as_ref()?.value, assessment), period))
    });
    let members = team.memberships.iter().filter(|one| one.period.holds_on(today)).map(|one| {
        let MembershipView { association, period } = MembershipView::new(one, assessment, groups);
        MarkView { kind: texts.member("mark", "member"), name: association, period }
    });
    let codes = team.agreements.iter().filter(|one| one.kind == AgreementKind::CodeOfPractice && one.holds_on(today));
    let codes = codes.map(|one| mark("code", Named { name: one.name.as_str().into(), href: None }, period(one)));
    let mut marks: Vec<_> = certificate.into_iter().chain(accredited).chain(codes).chain(members).collect();
    let more = marks.len().saturating_sub(MARKS);
    marks.truncate(MARKS);
    (marks, more)
}
