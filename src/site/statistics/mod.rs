//! The aggregates as the site tells them: which figures of a series stand, and the files for programs that hold them.

pub(super) mod csv;
pub(super) mod json;

use crate::assess::Assessment;
use crate::model::{CohortFigures, Date, Edition, Series, SeriesFigures};
use crate::stats::{Statistics, statistics};
use std::collections::BTreeMap;

/// Everything that pages and files tell of the directory as a whole.
pub(super) struct Figures<'a> {
    /// What is computed from what is public.
    pub(super) all: Statistics<'a>,
    /// The series of editions: each with its figures, the newest first.
    editions: BTreeMap<Series, Vec<Published<'a>>>,
}

/// The figures of a series in one edition.
#[derive(Clone, Copy)]
pub(super) struct Published<'a> {
    /// The day of the edition.
    pub(super) date: Date,
    /// The figures.
    pub(super) figures: &'a SeriesFigures,
}

/// The figures of one series that stand: of the newest edition that has it, else of published scores alone.
#[derive(Clone, Copy)]
pub(super) struct Told<'s> {
    /// Which series.
    pub(super) series: Series,
    /// The groups with their figures, all first.
    pub(super) cohorts: &'s [CohortFigures],
    /// The edition, where they are of one.
    pub(super) edition: Option<Published<'s>>,
    /// The edition before that.
    pub(super) before: Option<Published<'s>>,
}

impl<'a> Figures<'a> {
    pub(super) fn new(assessment: &'a Assessment<'a>) -> Self {
        // What is dated after the day has not been made yet.
        let made = assessment.directory.editions.iter().filter(|edition| edition.date <= assessment.today);
        let mut newest: Vec<&Edition> = made.collect();
        newest.sort_by_key(|edition| std::cmp::Reverse(edition.date));
        let mut by_series: BTreeMap<Series, Vec<Published<'_>>> = BTreeMap::new();
        for edition in newest {
            for figures in &edition.series {
                by_series.entry(figures.series).or_default().push(Published { date: edition.date, figures });
            }
        }
        Self { all: statistics(assessment), editions: by_series }
    }

    /// The figures of every series of SIM3 assessments that has some, in order.
    pub(super) fn maturity(&self) -> impl Iterator<Item = Told<'_>> {
        self.told().filter(|told| told.series.model.is_sim3())
    }

    /// What response tests amount to.
    pub(super) fn reachability(&self) -> impl Iterator<Item = Told<'_>> {
        self.told().filter(|told| !told.series.model.is_sim3())
    }

    /// The figures of every series that has some, in order.
    fn told(&self) -> impl Iterator<Item = Told<'_>> {
        let mut told = BTreeMap::new();
        for figures in &self.all.maturity {
            let of_scores = Told { series: figures.series, cohorts: &figures.cohorts, edition: None, before: None };
            told.insert(figures.series, of_scores);
        }
        for (series, editions) in &self.editions {
            if let Some(edition) = editions.first() {
                let before = editions.get(1).copied();
                let cohorts = &edition.figures.cohorts;
                told.insert(*series, Told { series: *series, cohorts, edition: Some(*edition), before });
            }
        }
        told.into_values()
    }

    /// The figures of one series.
    pub(super) fn of(&self, series: Series) -> Option<Told<'_>> {
        self.maturity().find(|told| told.series == series)
    }
}

impl<'s> Told<'s> {
    /// The figures of all teams of the series.
    pub(super) fn everybody(self) -> Option<&'s CohortFigures> {
        self.cohorts.first()
    }

    /// Where the page of the series stands.
    pub(super) fn page(self) -> String {
        page_of(self.series)
    }
}

/// Where the page of a series stands.
pub(super) fn page_of(series: Series) -> String {
    format!("statistics/{series}.html")
}
