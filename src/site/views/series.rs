//! The maturity figures of one series: assessments by one version of SIM3 and of one kind.

use super::parts::LinkView;
use crate::assess::Assessment;
use crate::model::{Category, Cohort, CohortFigures, Parameter, Profile, Spread, Tenths};
use crate::site::charts::{Layer, Radar, SpreadRow, Spreads};
use crate::site::groups::Groups;
use crate::site::statistics::Told;
use serde::Serialize;

/// The page.
#[derive(Serialize)]
pub(in crate::site) struct SeriesView<'a> {
    model: &'static str,
    kind: &'static str,
    teams: u32,
    /// What the scores 0 to 4 mean.
    levels: &'static [String; 5],
    radar: Radar,
    categories: Vec<CategoryView>,
    /// Whether the wording of a name was not compared with a source.
    doubtful: bool,
    profiles: Vec<ProfileView<'a>>,
    cohorts: Vec<CohortView>,
}

#[derive(Serialize)]
struct CategoryView {
    letter: char,
    name: &'static str,
    /// All its scores together.
    all: Option<Spread>,
    chart: Spreads,
    rows: Vec<ParameterRow>,
}

#[derive(Serialize)]
struct ParameterRow {
    name: ParameterName,
    spread: Option<Spread>,
}

/// A parameter for people.
#[derive(Serialize)]
pub(super) struct ParameterName {
    id: String,
    name: &'static str,
    pub(super) verified: bool,
}

#[derive(Serialize)]
struct ProfileView<'a> {
    title: &'a str,
    source: &'a str,
    link: Option<LinkView<'a>>,
    verified: bool,
    /// The share of teams that meets it, in per cent, in steps of five points.
    share: Option<u8>,
}

#[derive(Serialize)]
struct CohortView {
    name: String,
    teams: u32,
    means: Vec<Option<Tenths>>,
}

impl<'a> SeriesView<'a> {
    /// `None` where the series has no figures.
    pub(in crate::site) fn new(told: Told<'a>, assessment: &'a Assessment<'a>, groups: &'a Groups<'a>) -> Option<Self> {
        let (model, everybody) = (told.series.model, told.everybody()?);
        let profiles = assessment.directory.profiles.iter().filter(|profile| profile.model == model);
        let categories: Vec<_> = model.categories().iter().map(|category| CategoryView::new(category, told, everybody)).collect();
        let cohorts = told.cohorts.iter().map(|cohort| CohortView {
            name: match &cohort.cohort {
                Cohort::All => "All".to_owned(),
                Cohort::Level(level) => level.title().to_owned(),
                Cohort::Type(kind) => groups.type_name(kind).to_owned(),
            },
            teams: cohort.teams,
            means: model.categories().iter().map(|of| cohort.categories.get(&of.letter).map(|spread| spread.mean)).collect(),
        });
        Some(Self {
            model: model.title(),
            kind: told.series.kind.title(),
            teams: everybody.teams,
            levels: model.levels(),
            radar: radar(told, everybody),
            doubtful: categories.iter().flat_map(|category| &category.rows).any(|row| !row.name.verified),
            categories,
            profiles: profiles.map(|profile| ProfileView::new(profile, everybody)).collect(),
            cohorts: cohorts.collect(),
        })
    }
}

/// The median of every parameter, and from the lower to the upper quartile an area.
fn radar(told: Told<'_>, everybody: &CohortFigures) -> Radar {
    let quartiles = |parameter: Parameter| everybody.parameters.get(&parameter).map(|spread| spread.quartiles);
    let lower = |parameter| quartiles(parameter).map(|of| of.lower);
    let median = |parameter| quartiles(parameter).map(|of| of.median);
    let upper = |parameter| quartiles(parameter).map(|of| of.upper);
    Radar::new(told.series.model, Some([&lower, &upper]), &[Layer { kind: "median", score: &median }])
}

impl CategoryView {
    fn new(category: &'static Category, told: Told<'_>, everybody: &CohortFigures) -> Self {
        let spread = |parameter| everybody.parameters.get(&parameter).copied();
        let rows = category.parameters().map(|parameter| SpreadRow { name: parameter.to_string(), spread: spread(parameter) });
        Self {
            letter: category.letter,
            name: &category.name,
            all: everybody.categories.get(&category.letter).copied(),
            chart: Spreads::new(rows.collect()),
            rows: category
                .parameters()
                .map(|parameter| ParameterRow {
                    name: ParameterName::new(parameter, told.series.model),
                    spread: spread(parameter),
                })
                .collect(),
        }
    }
}

impl ParameterName {
    pub(super) fn new(parameter: Parameter, model: crate::model::Sim3) -> Self {
        let named = model.name_of(parameter);
        Self {
            id: parameter.to_string(),
            name: named.map_or("", |named| named.name.as_str()),
            verified: named.is_none_or(|named| named.verified),
        }
    }
}

impl<'a> ProfileView<'a> {
    fn new(profile: &'a Profile, everybody: &CohortFigures) -> Self {
        Self {
            title: profile.title.as_str(),
            source: profile.source.as_str(),
            link: profile.link.as_ref().map(LinkView::new),
            verified: profile.verified,
            share: everybody.profiles.get(&profile.id).copied(),
        }
    }
}
