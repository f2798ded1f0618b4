//! An association of teams, with its members.

use super::StatusView;
use super::authority::PeriodView;
use super::list::ListView;
use super::parts::{FlagView, HoldsView, Named};
use crate::assess::{AssessedTeam, Assessment};
use crate::model::Membership;
use crate::site::Catalogue;
use crate::site::groups::Groups;
use crate::site::split::Part;
use crate::stats::Association;
use serde::Serialize;

/// A page of an association.
#[derive(Serialize)]
pub(in crate::site) struct AssociationView<'a> {
    name: &'a str,
    list: ListView<MemberRow<'a>>,
}

/// A member.
#[derive(Serialize)]
struct MemberRow<'a> {
    team: Named<'a>,
    country: Named<'a>,
    status: StatusView,
    holds: HoldsView,
    expired: Option<FlagView<'a>>,
    /// What the team calls its membership, where it says more than the name of the association.
    kind: Option<&'a str>,
    period: PeriodView,
}

impl<'a> AssociationView<'a> {
    pub(in crate::site) fn new(
        association: &'a Association<'a>,
        part: &Part,
        assessment: &Assessment<'_>,
        groups: &Groups<'_>,
        texts: &Catalogue,
    ) -> Self {
        let row = |(team, membership): &(&'a AssessedTeam<'a>, &'a Membership)| MemberRow {
            team: Named::team(team.team),
            country: Named::country(team.team.country, groups, texts),
            status: StatusView::new(team.standing.status, texts),
            holds: HoldsView::new(team, assessment),
            expired: FlagView::expired(team, texts),
            kind: Some(membership.name.as_str()).filter(|name| *name != association.name),
            period: PeriodView::new(membership.period, assessment.today),
        };
        Self { name: association.name, list: ListView::new(&association.members, part, row) }
    }
}
