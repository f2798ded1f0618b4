//! The aggregates as the site tells them: which figures of a series stand, and the files for programs that hold them.

pub(super) mod csv;
pub(super) mod json;

use crate::assess::Assessment;
use crate::model::{CohortFigures, Series};
use crate::stats::{Statistics, statistics};

/// Everything that pages and files tell of the directory as a whole.
pub(super) struct Figures<'a> {
    /// What is computed from what is public.
    pub(super) all: Statistics<'a>,
}

/// The figures of one series that stand.
#[derive(Clone, Copy)]
pub(super) struct Told<'s> {
    /// Which series.
    pub(super) series: Series,
    /// The groups with their figures, all first.
    pub(super) cohorts: &'s [CohortFigures],
}

impl<'a> Figures<'a> {
    pub(super) fn new(assessment: &'a Assessment<'a>) -> Self {
        Self { all: statistics(assessment) }
    }

    /// The figures of every series that has some, in order.
    pub(super) fn maturity(&self) -> impl Iterator<Item = Told<'_>> {
        self.all.maturity.iter().map(|figures| Told { series: figures.series, cohorts: &figures.cohorts })
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
