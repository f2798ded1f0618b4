//! The maturity figures of one series: assessments by one version of SIM3 and of one kind.

use super::model::{ModelName, ParameterName};
use super::parts::LinkView;
use crate::assess::Assessment;
use crate::model::{Category, Cohort, CohortFigures, Date, Parameter, Profile, Quartiles, Spread, Tenths, Withheld};
use crate::site::Catalogue;
use crate::site::charts::{Layer, Radar, SpreadRow, Spreads};
use crate::site::groups::Groups;
use crate::site::statistics::{Published, Told};
use serde::Serialize;

/// How many groups are shown, and how many that are withheld are named: types are free, so there may be any number.
const GROUPS: usize = 60;

/// The page.
#[derive(Serialize)]
pub(in crate::site) struct SeriesView<'a> {
    model: ModelName,
    /// The kind of its assessments, as it stands in a sentence.
    kind: String,
    teams: u32,
    /// Of which edition the figures are; without one they are of published scores alone.
    edition: Option<EditionView>,
    /// The day of the edition before, to which means are compared.
    before: Option<Date>,
    /// What is said of everything that is withheld, where something is.
    withheld: bool,
    /// What the scores 0 to 4 mean.
    levels: &'static [String; 5],
    radar: Radar,
    categories: Vec<CategoryView>,
    /// Whether the wording of a name was not compared with a source.
    doubtful: bool,
    profiles: Vec<ProfileView<'a>>,
    cohorts: Vec<CohortView>,
    /// The names of the groups that are withheld.
    hidden: Vec<String>,
    /// How many groups are not shown for want of room; the files for programs have them.
    more: usize,
}

#[derive(Serialize)]
struct EditionView {
    date: Date,
    minimum: u32,
    insisted: bool,
}

#[derive(Serialize)]
struct CategoryView {
    letter: char,
    name: &'static str,
    /// All its scores together.
    all: Option<SpreadView>,
    chart: Spreads,
    rows: Vec<ParameterRow>,
}

#[derive(Serialize)]
struct ParameterRow {
    name: ParameterName,
    spread: Option<SpreadView>,
    withheld: bool,
    /// By how much the mean has changed since the edition before: `+0.3`.
    moved: Option<String>,
}

/// How scores are spread, in the numbers of the page's language.
#[derive(Serialize)]
struct SpreadView {
    scores: u32,
    mean: String,
    quartiles: Quartiles<u8>,
    shares: [u8; 5],
}

impl SpreadView {
    fn new(spread: &Spread, texts: &Catalogue) -> Self {
        let Spread { scores, mean, quartiles, shares } = *spread;
        Self { scores, mean: texts.decimal(mean), quartiles, shares }
    }
}

#[derive(Serialize)]
struct ProfileView<'a> {
    title: &'a str,
    source: &'a str,
    link: Option<LinkView<'a>>,
    verified: bool,
    /// The share of teams that meets it, in per cent, in steps of five points.
    share: Option<u8>,
    withheld: bool,
}

#[derive(Serialize)]
struct CohortView {
    name: String,
    teams: u32,
    means: Vec<Option<String>>,
}

impl<'a> SeriesView<'a> {
    /// `None` where the series has no figures.
    pub(in crate::site) fn new(
        told: Told<'a>,
        assessment: &'a Assessment<'a>,
        groups: &'a Groups<'a>,
        texts: &Catalogue,
    ) -> Option<Self> {
        let (model, everybody) = (told.series.model, told.everybody()?);
        let profiles = assessment.directory.profiles.iter().filter(|profile| profile.model == model);
        let categories: Vec<_> =
            model.categories().iter().map(|category| CategoryView::new(category, told, everybody, texts)).collect();
        let edition = told.edition;
        let withheld = edition.map(|edition| &edition.figures.withheld);
        let nothing = Withheld::default();
        let hidden = withheld.unwrap_or(&nothing);
        let hides = *hidden != nothing;
        Some(Self {
            model: ModelName::new(model),
            kind: texts.member("assessment", told.series.kind.id()),
            teams: everybody.teams,
            edition: edition.map(EditionView::new),
            before: told.before.map(|before| before.date),
            withheld: hides,
            levels: model.levels(),
            radar: radar(told, everybody),
            doubtful: categories.iter().flat_map(|category| &category.rows).any(|row| !row.name.verified),
            categories,
            profiles: profiles.map(|profile| ProfileView::new(profile, everybody, hidden)).collect(),
            cohorts: told.cohorts.iter().take(GROUPS).map(|figures| CohortView::new(figures, told, groups, texts)).collect(),
            hidden: hidden.cohorts.iter().take(GROUPS).map(|cohort| cohort_name(cohort, groups, texts)).collect(),
            more: told.cohorts.len().saturating_sub(GROUPS) + hidden.cohorts.len().saturating_sub(GROUPS),
        })
    }
}

fn cohort_name(cohort: &Cohort, groups: &Groups<'_>, texts: &Catalogue) -> String {
    match cohort {
        Cohort::All => texts.text("column.all"),
        Cohort::Level(level) => texts.member("status", level.id()),
        Cohort::Type(kind) => texts.type_name(kind, groups.config),
    }
}

impl CohortView {
    fn new(figures: &CohortFigures, told: Told<'_>, groups: &Groups<'_>, texts: &Catalogue) -> Self {
        let mean = |category: &Category| figures.categories.get(&category.letter).map(|spread| texts.decimal(spread.mean));
        Self {
            name: cohort_name(&figures.cohort, groups, texts),
            teams: figures.teams,
            means: told.series.model.categories().iter().map(mean).collect(),
        }
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
    fn new(category: &'static Category, told: Told<'_>, everybody: &CohortFigures, texts: &Catalogue) -> Self {
        let spread = |parameter| everybody.parameters.get(&parameter).copied();
        let withheld = |parameter| told.edition.is_some_and(|edition| edition.figures.withheld.parameters.contains(&parameter));
        let rows = category.parameters().map(|parameter| SpreadRow {
            name: parameter.to_string(),
            spread: spread(parameter),
            withheld: withheld(parameter),
        });
        let before = told.before.and_then(|before| before.figures.cohorts.first());
        let moved = |parameter| Some(moved(before?.parameters.get(&parameter)?.mean, spread(parameter)?.mean, texts));
        Self {
            letter: category.letter,
            name: &category.name,
            all: everybody.categories.get(&category.letter).map(|spread| SpreadView::new(spread, texts)),
            chart: Spreads::new(rows.collect(), texts),
            rows: category
                .parameters()
                .map(|parameter| ParameterRow {
                    name: ParameterName::new(parameter, told.series.model),
                    spread: spread(parameter).map(|spread| SpreadView::new(&spread, texts)),
                    withheld: withheld(parameter),
                    moved: moved(parameter),
                })
                .collect(),
        }
    }
}

/// From one mean to another, with its sign; both were rounded, and so is this.
fn moved(from: Tenths, to: Tenths, texts: &Catalogue) -> String {
    let change = texts.decimal(Tenths(to.0.abs_diff(from.0)));
    match to.cmp(&from) {
        std::cmp::Ordering::Less => format!("−{change}"),
        std::cmp::Ordering::Equal => change,
        std::cmp::Ordering::Greater => format!("+{change}"),
    }
}

impl EditionView {
    fn new(edition: Published<'_>) -> Self {
        Self { date: edition.date, minimum: edition.figures.minimum, insisted: edition.figures.insisted }
    }
}

impl<'a> ProfileView<'a> {
    fn new(profile: &'a Profile, everybody: &CohortFigures, withheld: &Withheld) -> Self {
        Self {
            title: profile.title.as_str(),
            source: profile.source.as_str(),
            link: profile.link.as_ref().map(LinkView::new),
            verified: profile.verified,
            withheld: withheld.profiles.contains(&profile.id),
            share: everybody.profiles.get(&profile.id).copied(),
        }
    }
}
