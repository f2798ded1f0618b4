//! Editions and their ledgers as YAML. Only what [`Passed`] is written into an edition.

use super::figures::Passed;
use crate::model::{
    AssessmentKind, Cohort, CohortFigures, Contributor, Date, Level, Parameter, ProfileId, ProfileLedger, Score, SeriesFigures,
    SeriesLedger, Sim3, Slug, Spread, TeamId, Tenths,
};
use crate::yaml;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The text of `content/editions/DATE.yaml`.
///
/// # Errors
/// Where the YAML crate refuses, which figures give no cause for.
pub fn edition_text<'a>(series: impl IntoIterator<Item = &'a Passed<SeriesFigures>>) -> Result<String, String> {
    let series = series.into_iter().map(|figures| WrittenSeries::from(figures.get())).collect();
    yaml::to_text(&Written { series }, None)
}

/// The text of `ledger/DATE.yaml` in the private tree.
///
/// # Errors
/// Where the YAML crate refuses, which a ledger gives no cause for.
pub fn ledger_text<'a>(series: impl IntoIterator<Item = &'a SeriesLedger>) -> Result<String, String> {
    let series = series.into_iter().map(WrittenLedger::from).collect();
    yaml::to_text(&Written { series }, None)
}

#[derive(Serialize)]
struct Written<S> {
    series: Vec<S>,
}

#[derive(Serialize)]
struct WrittenSeries<'a> {
    model: Sim3,
    kind: AssessmentKind,
    minimum: u32,
    #[serde(skip_serializing_if = "is_false")]
    insisted: bool,
    withheld: WrittenWithheld<'a>,
    cohorts: Vec<WrittenCohort<'a>>,
}

#[derive(Serialize)]
struct WrittenWithheld<'a> {
    parameters: &'a [Parameter],
    profiles: &'a [ProfileId],
    cohorts: &'a [Cohort],
}

#[derive(Serialize)]
struct WrittenCohort<'a> {
    cohort: &'a Cohort,
    teams: u32,
    parameters: Vec<WrittenSpread<Parameter>>,
    categories: Vec<WrittenSpread<char>>,
    profiles: Vec<WrittenShare<'a>>,
}

#[derive(Serialize)]
struct WrittenSpread<I> {
    id: I,
    scores: u32,
    mean: Tenths,
    quartiles: [u8; 3],
    shares: [u8; 5],
}

#[derive(Serialize)]
struct WrittenShare<'a> {
    id: &'a ProfileId,
    share: u8,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

impl<'a> From<&'a SeriesFigures> for WrittenSeries<'a> {
    fn from(figures: &'a SeriesFigures) -> Self {
        Self {
            model: figures.series.model,
            kind: figures.series.kind,
            minimum: figures.minimum,
            insisted: figures.insisted,
            withheld: WrittenWithheld {
                parameters: &figures.withheld.parameters,
                profiles: &figures.withheld.profiles,
                cohorts: &figures.withheld.cohorts,
            },
            cohorts: figures.cohorts.iter().map(WrittenCohort::from).collect(),
        }
    }
}

impl<'a> From<&'a CohortFigures> for WrittenCohort<'a> {
    fn from(figures: &'a CohortFigures) -> Self {
        Self {
            cohort: &figures.cohort,
            teams: figures.teams,
            parameters: spreads(&figures.parameters),
            categories: spreads(&figures.categories),
            profiles: figures.profiles.iter().map(|(id, share)| WrittenShare { id, share: *share }).collect(),
        }
    }
}

fn spreads<I: Copy>(spreads: &BTreeMap<I, Spread>) -> Vec<WrittenSpread<I>> {
    let written = |(id, spread): (&I, &Spread)| {
        let quartiles = [spread.quartiles.lower, spread.quartiles.median, spread.quartiles.upper];
        WrittenSpread { id: *id, scores: spread.scores, mean: spread.mean, quartiles, shares: spread.shares }
    };
    spreads.iter().map(written).collect()
}

#[derive(Serialize)]
struct WrittenLedger<'a> {
    model: Sim3,
    kind: AssessmentKind,
    #[serde(skip_serializing_if = "is_false")]
    insisted: bool,
    cohorts: &'a [Cohort],
    published: &'a BTreeSet<Parameter>,
    uniform: &'a BTreeSet<Parameter>,
    profiles: Vec<WrittenProfile<'a>>,
    contributors: Vec<WrittenContributor<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    open: Vec<WrittenContributor<'a>>,
}

#[derive(Serialize)]
struct WrittenProfile<'a> {
    id: &'a ProfileId,
    published: bool,
    minimum: &'a BTreeMap<Parameter, Score>,
}

#[derive(Serialize)]
struct WrittenContributor<'a> {
    team: &'a TeamId,
    assessed: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<Level>,
    types: &'a BTreeSet<Slug>,
    scores: &'a BTreeMap<Parameter, Score>,
}

impl<'a> From<&'a SeriesLedger> for WrittenLedger<'a> {
    fn from(ledger: &'a SeriesLedger) -> Self {
        Self {
            model: ledger.series.model,
            kind: ledger.series.kind,
            insisted: ledger.insisted,
            cohorts: &ledger.cohorts,
            published: &ledger.published,
            uniform: &ledger.uniform,
            profiles: ledger.profiles.iter().map(WrittenProfile::from).collect(),
            contributors: ledger.contributors.iter().map(WrittenContributor::from).collect(),
            open: ledger.open.iter().map(WrittenContributor::from).collect(),
        }
    }
}

impl<'a> From<&'a ProfileLedger> for WrittenProfile<'a> {
    fn from(profile: &'a ProfileLedger) -> Self {
        Self { id: &profile.id, published: profile.published, minimum: &profile.minimum }
    }
}

impl<'a> From<&'a Contributor> for WrittenContributor<'a> {
    fn from(contributor: &'a Contributor) -> Self {
        Self {
            team: &contributor.team,
            assessed: contributor.assessed,
            level: contributor.level,
            types: &contributor.types,
            scores: contributor.scores.look_inside(),
        }
    }
}
