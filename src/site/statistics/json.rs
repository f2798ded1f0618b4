//! `api/v1/statistics.json`. It keeps the promise of `api/v1/teams.json`: keys are added, never removed or renamed, and
//! never change their meaning.

use super::{Figures, Published, Told};
use crate::assess::Assessment;
use crate::model::{
    AgreementKind, AssessmentKind, Cohort, CohortFigures, Country, Date, Level, Parameter, ProfileId, Quartiles, Sim3, Slug,
    Spread, WITHHELD, Withheld,
};
use crate::site::groups::Groups;
use crate::site::{RenderError, api};
use crate::stats::{Ages, Association, Certifications, Path, Rank, Span, YearEnd};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;

/// Where it stands in the site.
pub(in crate::site) const PATH: &str = "api/v1/statistics.json";

/// Writes the file.
///
/// # Errors
/// Where `out` fails.
pub(in crate::site) fn write(assessment: &Assessment<'_>, groups: &Groups<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    let Figures { all, .. } = &groups.figures;
    let file = StatisticsFile {
        teams: all.teams,
        levels: all.levels.iter().map(YearView::new).collect(),
        certifications: all.certifications.iter().map(|(year, what)| CertificationsView::new(*year, *what)).collect(),
        countries: all.countries.iter().map(|(country, rank)| CountryView::new(*country, *rank)).collect(),
        types: all.types.iter().map(|(kind, rank)| TypeView::new(kind, *rank, groups)).collect(),
        associations: all.associations.all.iter().map(AssociationView::new).collect(),
        agreements: all.agreements.iter().map(|(kind, teams)| AgreementView { kind: *kind, teams: *teams }).collect(),
        ages: AgesView::new(&all.ages),
        spans: all.spans.iter().map(SpanView::new).collect(),
        maturity: groups.figures.maturity().map(SeriesView::new).collect(),
        reachability: groups.figures.reachability().map(SeriesView::new).collect(),
    };
    api::write("peerage/statistics", assessment, file, out)
}

#[derive(Serialize, JsonSchema)]
pub(in crate::site) struct StatisticsFile<'a> {
    teams: u32,
    levels: Vec<YearView>,
    certifications: Vec<CertificationsView>,
    countries: Vec<CountryView>,
    types: Vec<TypeView<'a>>,
    /// How many members each association has, by its name.
    associations: Vec<AssociationView<'a>>,
    /// How many teams have an agreement of a kind that is in force.
    agreements: Vec<AgreementView>,
    ages: AgesView,
    spans: Vec<SpanView>,
    maturity: Vec<SeriesView<'a>>,
    /// What response tests amount to: shares of the scores 0 (no answer) to 4 (within an hour) by the way of the test, R-1 and R-2
    /// by e-mail in and out of hours, R-3 and R-4 by telephone.
    reachability: Vec<SeriesView<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct YearView {
    year: i32,
    day: Date,
    levels: BTreeMap<Level, u32>,
    suspended: u32,
    withdrawn: u32,
    total: u32,
}

impl YearView {
    fn new(end: &YearEnd) -> Self {
        Self {
            year: end.year,
            day: end.day,
            levels: Level::ALL.iter().copied().zip(end.census.levels).collect(),
            suspended: end.census.suspended,
            withdrawn: end.census.withdrawn,
            total: end.census.total(),
        }
    }
}

#[derive(Serialize, JsonSchema)]
struct CertificationsView {
    year: i32,
    granted: u32,
    renewed: u32,
    lapsed: u32,
}

impl CertificationsView {
    fn new(year: i32, Certifications { granted, renewed, lapsed }: Certifications) -> Self {
        Self { year, granted, renewed, lapsed }
    }
}

#[derive(Serialize, JsonSchema)]
struct CountryView {
    code: Country,
    name: &'static str,
    teams: u32,
    accredited: u32,
    certified: u32,
}

impl CountryView {
    fn new(country: Country, Rank { teams, accredited, certified }: Rank) -> Self {
        Self { code: country, name: country.name(), teams, accredited, certified }
    }
}

#[derive(Serialize, JsonSchema)]
struct TypeView<'a> {
    id: &'a Slug,
    name: &'a str,
    teams: u32,
    accredited: u32,
    certified: u32,
}

impl<'a> TypeView<'a> {
    fn new(kind: &'a Slug, Rank { teams, accredited, certified }: Rank, groups: &'a Groups<'_>) -> Self {
        Self { id: kind, name: groups.type_name(kind), teams, accredited, certified }
    }
}

#[derive(Serialize, JsonSchema)]
struct AssociationView<'a> {
    id: &'a Slug,
    name: &'a str,
    teams: u32,
    accredited: u32,
    certified: u32,
}

impl<'a> AssociationView<'a> {
    fn new(association: &'a Association<'_>) -> Self {
        let Rank { teams, accredited, certified } = association.rank;
        Self { id: &association.id, name: association.name, teams, accredited, certified }
    }
}

#[derive(Serialize, JsonSchema)]
struct AgreementView {
    kind: AgreementKind,
    teams: u32,
}

#[derive(Serialize, JsonSchema)]
struct AgesView {
    bands: Vec<BandView>,
    not_stated: u32,
    quartiles: Option<Quartiles<u32>>,
}

/// Teams of `from` to `to` full years; without an end in the last.
#[derive(Serialize, JsonSchema)]
struct BandView {
    from: u32,
    to: Option<u32>,
    teams: u32,
}

impl AgesView {
    fn new(ages: &Ages) -> Self {
        Self {
            bands: ages.bands().map(|(from, to, teams)| BandView { from, to, teams }).collect(),
            not_stated: ages.not_stated,
            quartiles: ages.quartiles,
        }
    }
}

#[derive(Serialize, JsonSchema)]
struct SpanView {
    path: Path,
    teams: u32,
    days: Option<Quartiles<i64>>,
}

impl SpanView {
    fn new(span: &Span) -> Self {
        Self { path: span.path, teams: span.teams, days: span.days }
    }
}

#[derive(Serialize, JsonSchema)]
struct SeriesView<'a> {
    model: Sim3,
    kind: AssessmentKind,
    /// Where the figures are of an edition; else they are of published scores alone.
    edition: Option<EditionView<'a>>,
    cohorts: Vec<CohortView<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct EditionView<'a> {
    date: Date,
    /// How many teams with confidential scores were needed for every group.
    minimum: u32,
    insisted: bool,
    withheld: WithheldView<'a>,
}

#[derive(Serialize, JsonSchema)]
struct WithheldView<'a> {
    parameters: &'a [Parameter],
    profiles: &'a [ProfileId],
    cohorts: &'a [Cohort],
    reason: &'static str,
}

impl<'a> EditionView<'a> {
    fn new(edition: Published<'a>) -> Self {
        let Withheld { parameters, profiles, cohorts } = &edition.figures.withheld;
        Self {
            date: edition.date,
            minimum: edition.figures.minimum,
            insisted: edition.figures.insisted,
            withheld: WithheldView { parameters, profiles, cohorts, reason: WITHHELD },
        }
    }
}

impl<'a> SeriesView<'a> {
    fn new(told: Told<'a>) -> Self {
        let cohorts = told.cohorts.iter().map(CohortView::new).collect();
        let edition = told.edition.map(EditionView::new);
        Self { model: told.series.model, kind: told.series.kind, edition, cohorts }
    }
}

#[derive(Serialize, JsonSchema)]
struct CohortView<'a> {
    cohort: &'a Cohort,
    teams: u32,
    categories: &'a BTreeMap<char, Spread>,
    parameters: &'a BTreeMap<Parameter, Spread>,
    profiles: &'a BTreeMap<ProfileId, u8>,
}

impl<'a> CohortView<'a> {
    fn new(figures: &'a CohortFigures) -> Self {
        let CohortFigures { cohort, teams, parameters, categories, profiles } = figures;
        Self { cohort, teams: *teams, categories, parameters, profiles }
    }
}
