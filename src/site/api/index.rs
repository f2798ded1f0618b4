//! `api/v1/index.json`: what there is for programs, and when to come again.

use super::write;
use crate::assess::{AssessedTeam, Assessment, Change, periods};
use crate::model::{Date, Url};
use crate::site::RenderError;
use crate::site::formats::offers;
use crate::site::groups::Groups;
use schemars::JsonSchema;
use serde::Serialize;
use std::io::Write;

/// Where it stands in the site.
pub(in crate::site) const INDEX: &str = "api/v1/index.json";

#[derive(Serialize, JsonSchema)]
pub(super) struct IndexFile<'a> {
    /// Where the directory is published, if that is known. Paths are relative to it.
    base_url: Option<&'a Url>,
    /// How many teams there are, those included that have withdrawn.
    teams: usize,
    /// The first day after `computed_for` on which the status of a team becomes another, as far as its dates tell: what is announced,
    /// be it a rise, included. On that day a newer file says more.
    next_change: Option<Date>,
    files: Vec<FileView>,
}

/// A file, or a kind of file.
#[derive(Serialize, JsonSchema)]
struct FileView {
    /// Words in capital letters stand for what differs: a team's ID, a country's CODE in lower case, a LEVEL.
    path: &'static str,
    media_type: &'static str,
    title: &'static str,
}

/// The first day on which what is known of a team makes another status of it, or what is announced does.
fn next_change(team: &AssessedTeam<'_>, assessment: &Assessment<'_>) -> Option<Date> {
    let (standing, today) = (&team.standing, assessment.today);
    let is_other = |change: &Change| change.on > today && change.to.id() != standing.status.id();
    let all = periods(&team.team.history, assessment.directory.config.policy);
    let announced = all.into_iter().find(is_other).map(|change| change.on);
    standing.next.map(|change| change.on).into_iter().chain(announced).min()
}

/// Writes the index.
///
/// # Errors
/// Where `out` fails.
pub(in crate::site) fn index(assessment: &Assessment<'_>, groups: &Groups<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    let config = &assessment.directory.config;
    let files = offers(assessment.directory, groups).map(|offer| FileView {
        path: offer.path,
        media_type: offer.media_type,
        title: offer.title,
    });
    let file = IndexFile {
        base_url: config.base_url.as_ref(),
        teams: assessment.teams.len(),
        next_change: assessment.teams.iter().filter_map(|team| next_change(team, assessment)).min(),
        files: files.collect(),
    };
    write("peerage/index", assessment, file, out)
}
