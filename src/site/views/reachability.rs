//! What response tests say: the last one of a team, and what those of many amount to.

use crate::assess::Assessment;
use crate::model::{Answered, Date, Team, ways};
use crate::site::Catalogue;
use crate::site::charts::{SpreadRow, Spreads};
use crate::site::statistics::Told;
use serde::Serialize;

/// The last test of a team, coarsely.
#[derive(Serialize)]
pub(super) struct ResponseView {
    on: Date,
    channel: String,
    hours: String,
    answered: String,
}

impl ResponseView {
    /// The last test until today, where the operator chose that pages tell of it. Of one day the one further down in the file.
    pub(super) fn new(team: &Team, assessment: &Assessment<'_>, texts: &Catalogue) -> Option<Self> {
        let past = team.response_tests.iter().filter(|test| test.date.value <= assessment.today);
        let last = past.max_by_key(|test| test.date.value).filter(|_| assessment.directory.config.response_tests)?;
        Some(Self {
            on: last.date.value,
            channel: texts.member("channel", last.channel.id()),
            hours: texts.member("test_hours", last.hours.id()),
            answered: texts.member("answered", last.answered.id()),
        })
    }
}

/// How soon teams answer.
#[derive(Serialize)]
pub(super) struct ReachabilityView {
    teams: u32,
    /// The day of the edition, where the figures are of one, and how many teams it needed.
    edition: Option<Date>,
    minimum: Option<u32>,
    /// The edition was made although it tells more than the rules allow.
    insisted: bool,
    /// From no answer to one within an hour.
    answers: Vec<String>,
    chart: Spreads,
    rows: Vec<WayRow>,
}

/// A way to reach a team.
#[derive(Serialize)]
struct WayRow {
    id: String,
    channel: String,
    hours: String,
    /// How many teams were tested so, and the share of each answer in per cent; nothing where that is withheld, or none was.
    teams: Option<u32>,
    shares: Option<[u8; 5]>,
    withheld: bool,
}

impl ReachabilityView {
    /// The figures of all teams; those of groups are in the files for programs.
    pub(super) fn new(told: Told<'_>, texts: &Catalogue) -> Option<Self> {
        let everybody = told.everybody()?;
        let withheld = |parameter| told.edition.is_some_and(|edition| edition.figures.withheld.parameters.contains(&parameter));
        let spread = |parameter| everybody.parameters.get(&parameter).copied();
        let chart = ways().map(|(parameter, ..)| SpreadRow {
            name: parameter.to_string(),
            spread: spread(parameter),
            withheld: withheld(parameter),
        });
        let rows = ways().map(|(parameter, channel, hours)| WayRow {
            id: parameter.to_string(),
            channel: texts.member("channel", channel.id()),
            hours: texts.member("test_hours", hours.id()),
            teams: spread(parameter).map(|spread| spread.scores),
            shares: spread(parameter).map(|spread| spread.shares),
            withheld: withheld(parameter),
        });
        Some(Self {
            teams: everybody.teams,
            edition: told.edition.map(|edition| edition.date),
            minimum: told.edition.map(|edition| edition.figures.minimum),
            insisted: told.edition.is_some_and(|edition| edition.figures.insisted),
            answers: Answered::ALL.iter().map(|answered| texts.member("answer_short", answered.id())).collect(),
            chart: Spreads::new(chart.collect(), texts),
            rows: rows.collect(),
        })
    }
}
