//! Teams that have their level or their country in common: who they are, their status, and where the rest is.

use super::team::{CountryView, StatusView, country_view, status_view};
use super::write;
use crate::assess::{AssessedTeam, Assessment, Status};
use crate::model::{Country, Date, Line};
use crate::site::RenderError;
use crate::site::groups::Group;
use schemars::JsonSchema;
use serde::Serialize;
use std::io::Write;

/// Where the list of a status stands.
pub(in crate::site) fn level_path(status: Status) -> String {
    format!("api/v1/by-level/{}.json", status.id())
}

/// Where the list of a country stands.
pub(in crate::site) fn country_path(country: Country) -> String {
    format!("api/v1/by-country/{}.json", country.code().to_ascii_lowercase())
}

#[derive(Serialize, JsonSchema)]
pub(super) struct LevelFile<'a> {
    level: LevelView,
    /// The teams, by name.
    #[schemars(with = "Vec<Row<'a>>")]
    teams: Rows<'a>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct CountryFile<'a> {
    /// The country in which the teams have their seat.
    country: CountryView,
    /// The teams, by name.
    #[schemars(with = "Vec<Row<'a>>")]
    teams: Rows<'a>,
}

/// Writes the teams of a status.
///
/// # Errors
/// Where `out` fails.
pub(in crate::site) fn of_level(
    group: &Group<'_, Status>,
    assessment: &Assessment<'_>,
    out: &mut dyn Write,
) -> Result<(), RenderError> {
    let level = LevelView { id: group.key.id(), title: group.key.title() };
    write("peerage/teams-by-level", assessment, LevelFile { level, teams: Rows(&group.teams, assessment.today) }, out)
}

/// Writes the teams that have their seat in a country.
///
/// # Errors
/// Where `out` fails.
pub(in crate::site) fn of_country(
    group: &Group<'_, Country>,
    assessment: &Assessment<'_>,
    out: &mut dyn Write,
) -> Result<(), RenderError> {
    let country = country_view(group.key);
    write("peerage/teams-by-country", assessment, CountryFile { country, teams: Rows(&group.teams, assessment.today) }, out)
}

/// A level, or what stands in its place: `suspended`, `withdrawn`, `not-stated`.
#[derive(Serialize, JsonSchema)]
struct LevelView {
    id: &'static str,
    title: &'static str,
}

/// The teams one after the other.
struct Rows<'a>(&'a [&'a AssessedTeam<'a>], Date);

impl Serialize for Rows<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|team| row(team, self.1)))
    }
}

#[derive(Serialize, JsonSchema)]
struct Row<'a> {
    id: &'a str,
    name: &'a str,
    official_name: Option<&'a Line>,
    country: CountryView,
    status: StatusView<'a>,
    page: String,
}

fn row<'a>(assessed: &'a AssessedTeam<'a>, today: Date) -> Row<'a> {
    let team = assessed.team;
    Row {
        id: team.id.as_str(),
        name: team.name.as_str(),
        official_name: team.official_name.as_ref(),
        country: country_view(team.country),
        status: status_view(&assessed.standing, today),
        page: format!("teams/{}.html", team.id),
    }
}
