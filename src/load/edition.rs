//! Editions: published figures, which are made by a command. What was changed by hand since is held against what figures
//! can be.

use super::files::{Found, MAX_PAGE_BYTES};
use super::read_limited;
use crate::config::Switch;
use crate::diagnostic::{Finding, Problem, Rule, Span, Spanned, shorten};
use crate::model::{
    AssessmentKind, Cohort, CohortFigures, Date, Edition, Parameter, ProfileId, Quartiles, Score, ScoredModel, Series,
    SeriesFigures, Sim3, Spread, Tenths, Withheld,
};
use crate::yaml::{AtMost, Reader, record};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

record! {
    struct RawEdition, "an edition" {
        required series: AtMost<50, RawSeries>,
    }
}

record! {
    struct RawSeries, "a series of figures" {
        required model: Spanned<ScoredModel>,
        required kind: Spanned<AssessmentKind>,
        required minimum: Spanned<Number>,
        optional insisted: Spanned<Switch>,
        required withheld: RawWithheld,
        required cohorts: AtMost<1000, RawCohort>,
    }
}

record! {
    struct RawWithheld, "what is withheld" {
        many parameters: Spanned<Parameter>,
        many profiles: Spanned<ProfileId>,
        many cohorts: Spanned<Cohort>,
    }
}

record! {
    struct RawCohort, "a group" {
        required cohort: Spanned<Cohort>,
        required teams: Spanned<Number>,
        many parameters: RawSpread,
        many categories: RawSpread,
        many profiles: RawShare,
    }
}

record! {
    struct RawSpread, "figures" {
        required id: Spanned<About>,
        required scores: Spanned<Number>,
        required mean: Spanned<Mean>,
        required quartiles: Vec<Spanned<Score>>,
        required shares: Vec<Spanned<Percent>>,
    }
}

record! {
    struct RawShare, "a share" {
        required id: Spanned<ProfileId>,
        required share: Spanned<Percent>,
    }
}

/// How an edition is mended.
const AS_WRITTEN: &str = "put the file back as the command wrote it: figures of an edition are never changed by hand";

/// Reads an edition.
pub(super) fn read(root: &Path, found: &Found<Date>) -> (Option<Edition>, Vec<Finding>) {
    read_limited(root, found, MAX_PAGE_BYTES, Reader::new(Arc::clone(&found.file)), |raw: RawEdition, reader| {
        let raw = raw.series?.0;
        if raw.is_empty() && !reader.has_findings() {
            reader.report(Problem::new(Rule::EmptyValue, "the edition has no figures", AS_WRITTEN), Span::default());
        }
        let mut seen = BTreeSet::new();
        let mut series = Vec::with_capacity(raw.len());
        for raw in raw {
            let at = raw.model.as_ref().map_or_else(Span::default, |model| model.span);
            let Some(figures) = convert(raw, reader) else { continue };
            if !seen.insert(figures.series) {
                impossible(reader, at, format!("{} stands twice", figures.series));
            }
            series.push(figures);
        }
        // Whatever is wrong with them was told.
        if series.is_empty() {
            return None;
        }
        series.sort_by_key(|figures| figures.series);
        Some(Edition { date: found.id, file: Arc::clone(&found.file), series })
    })
}

fn impossible(reader: &mut Reader, at: Span, message: String) {
    reader.report(Problem::new(Rule::ImpossibleFigure, message, AS_WRITTEN), at);
}

fn convert(raw: RawSeries, reader: &mut Reader) -> Option<SeriesFigures> {
    let series = Series { model: raw.model?.value.0, kind: raw.kind?.value };
    let minimum = raw.minimum?;
    if minimum.value.0 < 5 {
        impossible(reader, minimum.span, "no group is published with fewer than 5 teams".to_owned());
    }
    let raw_withheld = raw.withheld?;
    let withheld = Withheld {
        parameters: values(raw_withheld.parameters),
        profiles: values(raw_withheld.profiles),
        cohorts: values(raw_withheld.cohorts),
    };
    let told: BTreeSet<Parameter> = series.model.parameters().filter(|p| !withheld.parameters.contains(p)).collect();
    let rules = Rules { minimum: minimum.value.0, told, withheld: &withheld };
    let mut cohorts: Vec<CohortFigures> = Vec::new();
    for raw in raw.cohorts?.0 {
        let at = raw.cohort.as_ref().map_or_else(Span::default, |cohort| cohort.span);
        let written = raw.parameters.len() + raw.categories.len() + raw.profiles.len();
        let Some(figures) = cohort(raw, reader) else { continue };
        let kept = figures.parameters.len() + figures.categories.len() + figures.profiles.len();
        // What could not be read was reported; that it is missing is no second mistake.
        if let Some(why) = rules.breach(&figures, &cohorts).filter(|_| kept == written) {
            impossible(reader, at, why);
        }
        cohorts.push(figures);
    }
    let insisted = raw.insisted.is_some_and(|switch| switch.value == Switch::On);
    (!cohorts.is_empty()).then_some(SeriesFigures { series, minimum: minimum.value.0, insisted, cohorts, withheld })
}

fn values<T>(spanned: Vec<Spanned<T>>) -> Vec<T> {
    spanned.into_iter().map(|value| value.value).collect()
}

/// What the groups of a series are held to together.
struct Rules<'a> {
    minimum: u32,
    told: BTreeSet<Parameter>,
    withheld: &'a Withheld,
}

impl Rules<'_> {
    /// What is wrong with a group that stands behind those `before` it.
    fn breach(&self, figures: &CohortFigures, before: &[CohortFigures]) -> Option<String> {
        let cohort = &figures.cohort;
        let all = before.first().unwrap_or(figures);
        let profiles = |figures: &CohortFigures| figures.profiles.keys().cloned().collect::<Vec<_>>();
        let letters: BTreeSet<char> = self.told.iter().map(|parameter| parameter.category()).collect();
        if (before.is_empty()) != (*cohort == Cohort::All) {
            return Some("the first group is `all`, and no other".to_owned());
        }
        if before.iter().any(|other| other.cohort == *cohort) || self.withheld.cohorts.contains(cohort) {
            return Some(format!("`{cohort}` stands twice"));
        }
        if figures.teams < self.minimum || figures.teams > all.teams {
            return Some(format!("`{cohort}` has fewer teams than are needed, or more than there are"));
        }
        if !figures.parameters.keys().eq(&self.told) {
            return Some(format!("`{cohort}` has not exactly the parameters that are not withheld"));
        }
        if figures.parameters.values().any(|spread| spread.scores > figures.teams) {
            return Some(format!("`{cohort}` has more scores for a parameter than teams"));
        }
        if !figures.categories.keys().eq(&letters) {
            return Some(format!("`{cohort}` has not exactly the categories of its parameters"));
        }
        let pooled = |letter: char| {
            let of_category = figures.parameters.iter().filter(move |(parameter, _)| parameter.category() == letter);
            of_category.map(|(_, spread)| u64::from(spread.scores)).sum::<u64>()
        };
        if figures.categories.iter().any(|(letter, spread)| u64::from(spread.scores) != pooled(*letter)) {
            return Some(format!("a category of `{cohort}` has not as many scores as its parameters together"));
        }
        if profiles(figures) != profiles(all) || figures.profiles.keys().any(|id| self.withheld.profiles.contains(id)) {
            return Some(format!("`{cohort}` has not exactly the profiles that are not withheld"));
        }
        None
    }
}

fn cohort(raw: RawCohort, reader: &mut Reader) -> Option<CohortFigures> {
    let shares = raw.profiles.into_iter().filter_map(|raw| {
        let (id, share) = (raw.id?, raw.share?);
        Some((id, share.value.0))
    });
    let profiles = unique(shares.collect(), reader);
    let parameters = spreads(raw.parameters, reader);
    let categories = spreads(raw.categories, reader).into_iter().map(|(Letter(letter), spread)| (letter, spread)).collect();
    Some(CohortFigures { cohort: raw.cohort?.value, teams: raw.teams?.value.0, parameters, categories, profiles })
}

fn spreads<I: FromStr<Err = Problem> + Ord>(raw: Vec<RawSpread>, reader: &mut Reader) -> BTreeMap<I, Spread> {
    let spreads = raw.into_iter().filter_map(|raw| raw.convert(reader)).collect();
    unique(spreads, reader)
}

/// The values by their ids; what stands twice is reported.
fn unique<I: Ord, T>(values: Vec<(Spanned<I>, T)>, reader: &mut Reader) -> BTreeMap<I, T> {
    let mut unique = BTreeMap::new();
    for (id, value) in values {
        if unique.insert(id.value, value).is_some() {
            impossible(reader, id.span, "this stands twice".to_owned());
        }
    }
    unique
}

impl RawSpread {
    fn convert<I: FromStr<Err = Problem>>(self, reader: &mut Reader) -> Option<(Spanned<I>, Spread)> {
        let (id, quartiles, shares) = (self.id?, values(self.quartiles?), values(self.shares?));
        let (scores, mean) = (self.scores?.value.0, self.mean?.value.0);
        let what = match id.value.0.parse() {
            Ok(what) => Spanned::new(what, id.span),
            Err(problem) => {
                reader.report(problem, id.span);
                return None;
            }
        };
        let shares: Vec<u8> = shares.iter().map(|share| share.0).collect();
        let ([lower, median, upper], Ok(shares)) = (&*quartiles, shares.try_into()) else {
            impossible(reader, id.span, "there are three quartiles and five shares".to_owned());
            return None;
        };
        let quartiles = Quartiles { lower: lower.value(), median: median.value(), upper: upper.value() };
        let spread = Spread { scores, mean, quartiles, shares };
        if !spread.is_possible() {
            impossible(reader, id.span, "no scores have these figures together".to_owned());
        }
        Some((what, spread))
    }
}

/// What figures are about, before it is known whether that is a parameter or a category.
#[derive(Debug)]
struct About(String);

impl FromStr for About {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        Ok(Self(text.to_owned()))
    }
}

/// A whole number of at most nine digits.
#[derive(Debug)]
struct Number(u32);

/// A mean of scores with one decimal.
#[derive(Debug)]
struct Mean(Tenths);

/// A share in steps of five points.
#[derive(Debug)]
struct Percent(u8);

/// The letter of a category.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Letter(char);

fn digits(text: &str) -> Option<u32> {
    let plain = (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

fn not_a(what: &str, text: &str) -> Problem {
    Problem::new(Rule::InvalidNumber, format!("`{}` is not {what}", shorten(text)), AS_WRITTEN)
}

impl FromStr for Number {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        digits(text).map(Self).ok_or_else(|| not_a("a number of teams or scores", text))
    }
}

impl FromStr for Mean {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let tenths = text.split_once('.').filter(|(whole, tenth)| whole.len() == 1 && tenth.len() == 1);
        let tenths = tenths.and_then(|(whole, tenth)| Some(digits(whole)? * 10 + digits(tenth)?)).filter(|tenths| *tenths <= 40);
        tenths.map(|tenths| Self(Tenths(tenths))).ok_or_else(|| not_a("a mean from 0.0 to 4.0 with one decimal", text))
    }
}

impl FromStr for Percent {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let share = digits(text).and_then(|share| u8::try_from(share).ok()).filter(|share| *share <= 100 && share % 5 == 0);
        share.map(Self).ok_or_else(|| not_a("a share in steps of 5 from 0 to 100", text))
    }
}

impl FromStr for Letter {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let mut letters = Sim3::scored().flat_map(Sim3::categories).map(|category| category.letter);
        letters.find(|letter| text == letter.to_string()).map(Self).ok_or_else(|| {
            let help = "a category is the letter with which its parameters begin: O, H, T or P";
            Problem::new(Rule::UnknownParameter, format!("`{}` is not a category", shorten(text)), help)
        })
    }
}
