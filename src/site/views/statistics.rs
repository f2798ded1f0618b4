//! The statistics of the directory as a whole, each as a chart and as a table.

use super::association_page;
use super::parts::Named;
use super::reachability::ReachabilityView;
use crate::model::{AgreementKind, Date, Level, Quartiles, State, Tenths, divide, sort_key};
use crate::site::Catalogue;
use crate::site::charts::{Bars, Column, Columns, Part, Row};
use crate::site::groups::Groups;
use crate::site::statistics::Told;
use crate::stats::{Ages, Certifications, Path, Rank, Span, Statistics, YearEnd};
use serde::Serialize;
use std::cmp::Reverse;

/// How many countries or types a chart shows: those with the most teams.
const IN_CHART: usize = 12;

/// How many types the table shows; countries are few enough.
const IN_TABLE: usize = 40;

/// The page.
#[derive(Serialize)]
pub(in crate::site) struct StatisticsView<'a> {
    teams: u32,
    levels: LevelsView,
    certifications: CertificationsView,
    countries: PlacesView<'a>,
    types: PlacesView<'a>,
    associations: PlacesView<'a>,
    agreements: AgreementsView,
    ages: AgesView,
    spans: Vec<SpanView>,
    maturity: Vec<SeriesRow>,
    reachability: Vec<ReachabilityView>,
}

/// What each texture stands for.
#[derive(Serialize)]
struct Key {
    tone: u8,
    name: String,
}

#[derive(Serialize)]
struct LevelsView {
    chart: Option<Columns>,
    /// The chart in a sentence.
    about: String,
    key: Vec<Key>,
    rows: Vec<LevelRow>,
}

#[derive(Serialize)]
struct LevelRow {
    year: i32,
    /// The day, where it is not the last of the year.
    day: Option<Date>,
    /// In the order of the key.
    teams: Vec<u32>,
    total: u32,
    withdrawn: u32,
}

#[derive(Serialize)]
struct CertificationsView {
    chart: Option<Columns>,
    key: Vec<Key>,
    rows: Vec<(i32, u32, u32, u32)>,
}

/// Countries, or types.
#[derive(Serialize)]
struct PlacesView<'a> {
    chart: Option<Bars>,
    key: Vec<Key>,
    rows: Vec<PlaceRow<'a>>,
    /// How many the chart shows, and how many there are that the table leaves out.
    shown: usize,
    more: usize,
}

#[derive(Serialize)]
struct PlaceRow<'a> {
    link: Named<'a>,
    teams: u32,
    accredited: u32,
    certified: u32,
}

/// How many teams have agreed to what; nothing where none has.
#[derive(Serialize)]
struct AgreementsView {
    chart: Option<Bars>,
    rows: Vec<(String, u32)>,
}

#[derive(Serialize)]
struct AgesView {
    chart: Option<Bars>,
    rows: Vec<(String, u32)>,
    quartiles: Option<Quartiles<u32>>,
}

/// How long teams took. Times are in days, and in years to one decimal.
#[derive(Serialize)]
struct SpanView {
    path: String,
    teams: u32,
    days: Option<Quartiles<i64>>,
    years: Option<Quartiles<String>>,
}

/// A series of assessments, which has a page of its own.
#[derive(Serialize)]
struct SeriesRow {
    href: String,
    model: &'static str,
    kind: String,
    teams: u32,
    /// The day of the edition, where the figures are of one.
    edition: Option<Date>,
    /// The mean of each category.
    means: Vec<(&'static str, Option<String>)>,
}

impl<'a> StatisticsView<'a> {
    pub(in crate::site) fn new(groups: &'a Groups<'a>, texts: &Catalogue) -> Self {
        let all: &Statistics<'_> = &groups.figures.all;
        let countries = all.countries.iter().map(|(country, rank)| (Named::country(*country, groups, texts), *rank)).collect();
        let types = all.types.iter().map(|(kind, rank)| (Named::kind(kind, groups, texts), *rank)).collect();
        let associations = all.associations.all.iter().filter(|one| !one.members.is_empty());
        let associations = associations.map(|one| {
            let link = Named { name: one.name.into(), href: Some(association_page(one)) };
            (link, one.rank)
        });
        Self {
            teams: all.teams,
            levels: LevelsView::new(&all.levels, texts),
            certifications: CertificationsView::new(&all.certifications, texts),
            countries: PlacesView::new(countries, texts),
            types: PlacesView::new(types, texts),
            associations: PlacesView::new(associations.collect(), texts),
            agreements: AgreementsView::new(&all.agreements, texts),
            ages: AgesView::new(&all.ages, texts),
            spans: all.spans.iter().map(|span| SpanView::new(span, texts)).collect(),
            maturity: groups.figures.maturity().filter_map(|told| SeriesRow::new(told, texts)).collect(),
            reachability: groups.figures.reachability().filter_map(|told| ReachabilityView::new(told, texts)).collect(),
        }
    }
}

/// The texture of a suspended team, outside the order of the levels.
const ASIDE: u8 = 5;

impl LevelsView {
    fn new(years: &[YearEnd], texts: &Catalogue) -> Self {
        let named = |tone, id| Key { tone, name: texts.member("status", id) };
        let mut key: Vec<Key> = Level::ALL.iter().zip(0..).map(|(level, tone)| named(tone, level.id())).collect();
        key.push(named(ASIDE, State::Suspended.id()));
        let teams = |end: &YearEnd| -> Vec<u32> { end.census.levels.into_iter().chain([end.census.suspended]).collect() };
        // The highest level stands lowest, so that its bars can be compared; who is suspended stands on top.
        let column = |end: &YearEnd| {
            let mut up = parts(&key, &teams(end));
            up[..Level::ALL.len()].reverse();
            Column { year: end.year, up, down: Vec::new() }
        };
        let columns: Vec<Column> = years.iter().map(column).collect();
        let row = |end: &YearEnd| LevelRow {
            year: end.year,
            day: Date::new(end.year, 12, 31).filter(|last| *last != end.day).map(|_| end.day),
            teams: teams(end),
            total: end.census.total(),
            withdrawn: end.census.withdrawn,
        };
        let about = years.last().map_or_else(String::new, |end| {
            let (year, all, certified) = (end.year, end.census.total(), end.census.levels[4]);
            texts.say("statistics.levels.about", &[("year", &year), ("teams", &all), ("certified", &certified)])
        });
        Self { chart: Columns::new(&columns, texts), about, rows: years.iter().rev().map(row).collect(), key }
    }
}

/// The parts of a bar: what each of the key has.
fn parts(key: &[Key], values: &[u32]) -> Vec<Part> {
    key.iter().zip(values).map(|(key, value)| Part { tone: key.tone, value: *value, name: key.name.clone() }).collect()
}

impl CertificationsView {
    fn new(years: &[(i32, Certifications)], texts: &Catalogue) -> Self {
        let key = [(4, "granted"), (2, "renewed"), (0, "lapsed")];
        let key: Vec<Key> = key.map(|(tone, id)| Key { tone, name: texts.member("certification", id) }).into();
        let column = |(year, what): &(i32, Certifications)| Column {
            year: *year,
            up: parts(&key[..2], &[what.granted, what.renewed]),
            down: parts(&key[2..], &[what.lapsed]),
        };
        let columns: Vec<Column> = years.iter().map(column).collect();
        let rows = years.iter().rev().map(|(year, what)| (*year, what.granted, what.renewed, what.lapsed));
        Self { chart: Columns::new(&columns, texts), rows: rows.collect(), key }
    }
}

impl<'a> PlacesView<'a> {
    fn new(mut places: Vec<(Named<'a>, Rank)>, texts: &Catalogue) -> Self {
        places.sort_by_cached_key(|(name, rank)| (Reverse(rank.teams), sort_key(&name.name)));
        let key = [(4, "certified"), (2, "accredited"), (0, "neither")];
        let key: Vec<Key> = key.map(|(tone, id)| Key { tone, name: texts.member("rank", id) }).into();
        let ranks = |rank: &Rank| [rank.certified, rank.accredited - rank.certified, rank.teams - rank.accredited];
        let shown = places.iter().take(IN_CHART);
        let bars: Vec<Row<'_>> = shown.map(|(name, rank)| Row { name: &name.name, parts: parts(&key, &ranks(rank)) }).collect();
        let (chart, shown, more) = (Bars::new(&bars, texts), bars.len(), places.len().saturating_sub(IN_TABLE));
        let row = |(link, rank): (Named<'a>, Rank)| PlaceRow {
            link,
            teams: rank.teams,
            accredited: rank.accredited,
            certified: rank.certified,
        };
        Self { chart, key, rows: places.into_iter().take(IN_TABLE).map(row).collect(), shown, more }
    }
}

impl AgreementsView {
    fn new(agreements: &[(AgreementKind, u32)], texts: &Catalogue) -> Self {
        let rows: Vec<(String, u32)> =
            agreements.iter().map(|(kind, teams)| (texts.member("agreement_kind", kind.id()), *teams)).collect();
        let chart = bars_of(&rows, texts);
        Self { rows: if chart.is_some() { rows } else { Vec::new() }, chart }
    }
}

/// A bar of one tone for each row, which counts teams.
fn bars_of(rows: &[(String, u32)], texts: &Catalogue) -> Option<Bars> {
    let teams = texts.text("age.teams");
    let part = |value| Part { tone: 3, value, name: teams.clone() };
    let bars: Vec<Row<'_>> = rows.iter().map(|(name, value)| Row { name, parts: vec![part(*value)] }).collect();
    Bars::new(&bars, texts)
}

impl AgesView {
    fn new(ages: &Ages, texts: &Catalogue) -> Self {
        let words = |from, to| match to {
            Some(to) => texts.say("age.from_to", &[("from", &from), ("to", &to)]),
            None => texts.say("age.from", &[("from", &from)]),
        };
        let mut rows: Vec<(String, u32)> = ages.bands().map(|(from, to, teams)| (words(from, to), teams)).collect();
        rows.push((texts.text("age.not_stated"), ages.not_stated));
        let (last, teams) = (rows.len() - 1, texts.text("age.teams"));
        let bars: Vec<Row<'_>> = rows
            .iter()
            .enumerate()
            .map(|(at, (name, value))| {
                let tone = if at == last { 0 } else { 3 };
                Row { name, parts: vec![Part { tone, value: *value, name: teams.clone() }] }
            })
            .collect();
        Self { chart: Bars::new(&bars, texts), quartiles: ages.quartiles, rows }
    }
}

impl SpanView {
    fn new(span: &Span, texts: &Catalogue) -> Self {
        let years = |days: i64| {
            // A year has 365.25 days, so a tenth of one 36.525.
            let tenths = divide(u64::try_from(days).unwrap_or_default() * 1_000, 36_525).unwrap_or_default();
            texts.decimal(Tenths(u32::try_from(tenths).unwrap_or(u32::MAX)))
        };
        Self {
            path: match span.path {
                Path::ListedToAccredited => texts.text("span.listed_to_accredited"),
                Path::AccreditedToCertified => texts.text("span.accredited_to_certified"),
                Path::ListedToCertified => texts.text("span.listed_to_certified"),
            },
            teams: span.teams,
            days: span.days,
            years: span.days.map(|days| Quartiles {
                lower: years(days.lower),
                median: years(days.median),
                upper: years(days.upper),
            }),
        }
    }
}

impl SeriesRow {
    fn new(told: Told<'_>, texts: &Catalogue) -> Option<Self> {
        let everybody = told.everybody()?;
        let mean = |category: &'static crate::model::Category| {
            (category.name.as_str(), everybody.categories.get(&category.letter).map(|spread| texts.decimal(spread.mean)))
        };
        Some(Self {
            href: told.page(),
            model: told.series.model.title(),
            kind: texts.member("assessment", told.series.kind.id()),
            teams: everybody.teams,
            edition: told.edition.map(|edition| edition.date),
            means: told.series.model.categories().iter().map(mean).collect(),
        })
    }
}
