//! Whether the ledgers tell all that the published editions are.

use super::figures::cohorts;
use crate::model::{Date, Edition, Ledger, Parameter, Series, SeriesFigures, SeriesLedger};
use std::collections::BTreeSet;
use std::fmt;

/// Why nobody can say what a next edition would reveal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// An edition was published, and there is no ledger for it.
    NoLedger(Date),
    /// There is a ledger, and no edition.
    NoEdition(Date),
    /// The figures are not those that follow from the ledger, or what is withheld does not.
    Differs(Date, Series),
    /// The day does not lie after that of the last edition.
    NotLater(Date),
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLedger(date) => write!(
                f,
                "content/editions/{date}.yaml has no ledger: put ledger/{date}.yaml back into the private tree. Without \
                 knowing who contributed, nobody can say what another edition would reveal"
            ),
            Self::NoEdition(date) => write!(
                f,
                "ledger/{date}.yaml in the private tree has no edition: where its figures were never published, for the \
                 command was interrupted, delete it, and what begins with .{date}.yaml in content/editions; else put \
                 content/editions/{date}.yaml back"
            ),
            Self::Differs(date, series) => write!(
                f,
                "content/editions/{date}.yaml and its ledger do not agree on {series}: put both back as they were written"
            ),
            Self::NotLater(date) => {
                write!(f, "there is an edition of {date}: the next one is made for a later day, and none is made twice")
            }
        }
    }
}

impl std::error::Error for Gap {}

/// Makes sure that every edition has its ledger, every ledger its edition, and that `today` lies after all of them.
///
/// # Errors
/// The first gap.
pub fn complete(editions: &[Edition], ledgers: &[Ledger], today: Date) -> Result<(), Gap> {
    for edition in editions {
        let ledger = ledgers.iter().find(|ledger| ledger.date == edition.date).ok_or(Gap::NoLedger(edition.date))?;
        let published: BTreeSet<Series> = edition.series.iter().map(|figures| figures.series).collect();
        let kept: BTreeSet<Series> = ledger.series.iter().map(|ledger| ledger.series).collect();
        let both = edition.series.iter().filter_map(|figures| {
            let until = ledgers.iter().filter(|ledger| ledger.date <= edition.date).flat_map(|ledger| &ledger.series);
            let until: Vec<&SeriesLedger> = until.filter(|ledger| ledger.series == figures.series).collect();
            let ledger = ledger.series.iter().find(|ledger| ledger.series == figures.series)?;
            (!agree(figures, ledger, &until)).then_some(figures.series)
        });
        if let Some(series) = (&published ^ &kept).into_iter().chain(both).next() {
            return Err(Gap::Differs(edition.date, series));
        }
    }
    if let Some(ledger) = ledgers.iter().find(|ledger| editions.iter().all(|edition| edition.date != ledger.date)) {
        return Err(Gap::NoEdition(ledger.date));
    }
    let late = editions.iter().map(|edition| edition.date).find(|date| *date >= today);
    late.map_or(Ok(()), |date| Err(Gap::NotLater(date)))
}

/// Whether the figures follow from their ledger, and what is withheld from it and those `until` it. So a ledger in which a
/// contributor or a score is missing or another is found out, as are figures that were changed by hand.
fn agree(figures: &SeriesFigures, ledger: &SeriesLedger, until: &[&SeriesLedger]) -> bool {
    let withheld: BTreeSet<Parameter> = figures.withheld.parameters.iter().copied().collect();
    figures.insisted == ledger.insisted
        && figures.cohorts == cohorts(ledger)
        && ledger.uniform.is_subset(&withheld)
        && withheld.iter().all(|parameter| until.iter().any(|ledger| ledger.uniform.contains(parameter)))
}
