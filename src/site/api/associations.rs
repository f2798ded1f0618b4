//! The associations of teams, with their members.

use super::write;
use crate::assess::{AssessedTeam, Assessment};
use crate::model::{Date, Membership, Slug, TeamId};
use crate::site::RenderError;
use crate::stats::{Association, Associations};
use schemars::JsonSchema;
use serde::Serialize;
use std::io::Write;

/// Where it stands in the site.
pub(in crate::site) const ASSOCIATIONS: &str = "api/v1/associations.json";

#[derive(Serialize, JsonSchema)]
pub(super) struct AssociationsFile<'a> {
    /// Every association that an entry names, by name.
    associations: Vec<AssociationView<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct AssociationView<'a> {
    /// The name of its page.
    id: &'a Slug,
    /// As most entries write it.
    name: &'a str,
    /// Its members on the day, by name.
    members: Vec<MemberView<'a>>,
    page: String,
}

#[derive(Serialize, JsonSchema)]
struct MemberView<'a> {
    team: &'a TeamId,
    /// What the team calls its membership: the association, and of which kind it is.
    membership: &'a str,
    since: Option<Date>,
    until: Option<Date>,
}

/// Writes every association.
///
/// # Errors
/// Where `out` fails.
pub(in crate::site) fn associations(
    assessment: &Assessment<'_>,
    all: &Associations<'_>,
    out: &mut dyn Write,
) -> Result<(), RenderError> {
    write("peerage/associations", assessment, AssociationsFile { associations: all.all.iter().map(view).collect() }, out)
}

fn view<'a>(association: &'a Association<'a>) -> AssociationView<'a> {
    let member = |(team, membership): &(&'a AssessedTeam<'a>, &'a Membership)| MemberView {
        team: &team.team.id,
        membership: membership.name.as_str(),
        since: membership.period.since,
        until: membership.period.until,
    };
    AssociationView {
        id: &association.id,
        name: association.name,
        members: association.members.iter().map(member).collect(),
        page: format!("associations/{}.html", association.id),
    }
}
