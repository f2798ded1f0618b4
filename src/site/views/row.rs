//! Rows of lists.

use super::StatusView;
use super::contact::ContactView;
use super::parts::{FlagView, HoldsView, Quoted};
use crate::assess::{AssessedTeam, Assessment, What};
use crate::model::{Date, Line};
use crate::site::Catalogue;
use crate::site::api::TeamChange;
use crate::site::groups::{Due, Groups};
use serde::Serialize;

/// A team in a list.
#[derive(Serialize)]
pub(in crate::site) struct Row<'a> {
    id: &'a str,
    name: &'a str,
    official_name: Option<&'a str>,
    country: &'static str,
    status: StatusView,
    holds: HoldsView,
    types: Vec<String>,
    flags: Vec<FlagView<'a>>,
}

impl<'a> Row<'a> {
    pub(in crate::site) fn new(
        assessed: &'a AssessedTeam<'a>,
        assessment: &'a Assessment<'a>,
        groups: &'a Groups<'a>,
        texts: &Catalogue,
    ) -> Self {
        let team = assessed.team;
        Self {
            id: team.id.as_str(),
            name: team.name.as_str(),
            official_name: team.official_name.as_ref().map(Line::as_str),
            country: texts.country(team.country),
            status: StatusView::new(assessed.standing.status, texts),
            holds: HoldsView::new(assessed, assessment),
            types: team.types.iter().map(|kind| texts.type_name(kind, groups.config)).collect(),
            flags: FlagView::all(assessed, texts),
        }
    }
}

/// Something that came about, in a list.
#[derive(Serialize)]
pub(in crate::site) struct ChangeRow<'a> {
    team: &'a str,
    name: &'a str,
    on: Date,
    /// What kind of change it is, for themes.
    kind: &'static str,
    what: String,
}

impl<'a> ChangeRow<'a> {
    pub(in crate::site) fn new(one: &TeamChange<'a>, texts: &Catalogue) -> Self {
        Self {
            team: one.team.team.id.as_str(),
            name: one.team.team.name.as_str(),
            on: one.change.on,
            kind: one.change.kind.id(),
            what: texts.change(one.change.kind),
        }
    }
}

/// How a team is reached, on the sheet of all.
#[derive(Serialize)]
pub(in crate::site) struct ReachRow<'a> {
    id: &'a str,
    name: &'a str,
    country: &'static str,
    status: StatusView,
    holds: HoldsView,
    expired: Option<FlagView<'a>>,
    contact: ContactView<'a>,
}

impl<'a> ReachRow<'a> {
    pub(in crate::site) fn new(assessed: &'a AssessedTeam<'a>, assessment: &Assessment<'_>, texts: &Catalogue) -> Self {
        let team = assessed.team;
        Self {
            id: team.id.as_str(),
            name: team.name.as_str(),
            country: texts.country(team.country),
            status: StatusView::new(assessed.standing.status, texts),
            holds: HoldsView::new(assessed, assessment),
            expired: FlagView::expired(assessed, texts),
            contact: ContactView::new(&team.contact, texts),
        }
    }
}

/// Something that ends, in a list.
#[derive(Serialize)]
pub(in crate::site) struct DueRow<'a> {
    id: &'a str,
    name: &'a str,
    on: Date,
    /// Whether that day is still to come.
    is_ahead: bool,
    when: String,
    strength: &'static str,
    what: Quoted<'a>,
    /// The date is what the team says of a key that was not read.
    is_stated: bool,
}

impl<'a> DueRow<'a> {
    pub(in crate::site) fn new(due: &Due<'a>, texts: &Catalogue) -> Self {
        let Due { team, ending, .. } = due;
        Self {
            id: team.team.id.as_str(),
            name: team.team.name.as_str(),
            on: ending.on,
            is_ahead: !ending.has_ended(),
            when: texts.when(ending),
            strength: due.strength.id(),
            what: Quoted::new(&texts.what(ending.what), Some(ending.what)),
            is_stated: is_stated(team, ending.what),
        }
    }
}

fn is_stated(team: &AssessedTeam<'_>, what: What<'_>) -> bool {
    let What::Key(name) = what else { return false };
    team.keys.iter().any(|key| key.name() == name && key.file.is_none())
}
