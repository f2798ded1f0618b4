//! `statistics.csv` (RFC 4180): the same figures as in the JSON, one to a line.

use super::{Figures, Published};
use crate::model::{CohortFigures, Level, Quartiles, Spread};
use crate::site::RenderError;
use crate::site::groups::Groups;
use crate::stats::Rank;
use csv::{Terminator, Writer, WriterBuilder};
use std::fmt::Display;
use std::io::{self, Write};

/// Where it stands in the site.
pub(in crate::site) const PATH: &str = "statistics.csv";

/// What a line says: a figure of which section, series and group, of what, by which measure.
const HEAD: [&str; 6] = ["section", "series", "group", "item", "measure", "value"];

/// Writes the file.
///
/// # Errors
/// Where `out` fails.
pub(in crate::site) fn write(groups: &Groups<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    let writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    let mut table = Table { writer, section: "maturity" };
    table.write(&groups.figures).map_err(|error| RenderError::Io(io::Error::other(error)))?;
    Ok(table.writer.flush()?)
}

struct Table<'o> {
    writer: Writer<&'o mut dyn Write>,
    /// Of which section the figures of series are.
    section: &'static str,
}

impl Table<'_> {
    fn write(&mut self, figures: &Figures<'_>) -> csv::Result<()> {
        let all = &figures.all;
        self.writer.write_record(HEAD)?;
        for end in &all.levels {
            for (level, teams) in Level::ALL.iter().zip(end.census.levels) {
                self.line("levels", end.year, level, teams)?;
            }
            self.line("levels", end.year, "suspended", end.census.suspended)?;
            self.line("levels", end.year, "withdrawn", end.census.withdrawn)?;
            self.line("levels", end.year, "total", end.census.total())?;
        }
        for (year, what) in &all.certifications {
            self.line("certifications", year, "granted", what.granted)?;
            self.line("certifications", year, "renewed", what.renewed)?;
            self.line("certifications", year, "lapsed", what.lapsed)?;
        }
        for (country, rank) in &all.countries {
            self.rank("countries", country.code(), *rank)?;
        }
        for (kind, rank) in &all.types {
            self.rank("types", kind.as_str(), *rank)?;
        }
        for association in &all.associations.all {
            self.rank("associations", association.id.as_str(), association.rank)?;
        }
        for (kind, teams) in all.agreements.iter().filter(|(_, teams)| *teams > 0) {
            self.line("agreements", kind, "teams", teams)?;
        }
        for (from, _, teams) in all.ages.bands() {
            self.line("ages", format!("from {from} years"), "teams", teams)?;
        }
        self.line("ages", "not stated", "teams", all.ages.not_stated)?;
        self.quartiles("ages", "all", all.ages.quartiles)?;
        for span in &all.spans {
            self.line("spans", span.path, "teams", span.teams)?;
            self.quartiles("spans", span.path, span.days)?;
        }
        for told in figures.maturity().chain(figures.reachability()) {
            self.section = if told.series.model.is_sim3() { "maturity" } else { "reachability" };
            let series = told.series.to_string();
            if let Some(edition) = told.edition {
                self.edition(&series, edition)?;
            }
            for cohort in told.cohorts {
                self.cohort(&series, cohort)?;
            }
        }
        Ok(())
    }

    fn line(&mut self, section: &str, item: impl Display, measure: impl Display, value: impl Display) -> csv::Result<()> {
        self.record([section, "", "", &item.to_string(), &measure.to_string(), &value.to_string()])
    }

    fn record(&mut self, record: [&str; 6]) -> csv::Result<()> {
        self.writer.write_record(record)
    }

    fn rank(&mut self, section: &str, item: &str, rank: Rank) -> csv::Result<()> {
        self.line(section, item, "teams", rank.teams)?;
        self.line(section, item, "accredited", rank.accredited)?;
        self.line(section, item, "certified", rank.certified)
    }

    fn quartiles(&mut self, section: &str, item: impl Display, of: Option<Quartiles<impl Display>>) -> csv::Result<()> {
        let Some(Quartiles { lower, median, upper }) = of else { return Ok(()) };
        self.line(section, &item, "lower quartile", lower)?;
        self.line(section, &item, "median", median)?;
        self.line(section, &item, "upper quartile", upper)
    }

    /// Of which edition the figures are, and what of it is withheld.
    fn edition(&mut self, series: &str, edition: Published<'_>) -> csv::Result<()> {
        self.record([self.section, series, "", "", "edition", &edition.date.to_string()])?;
        let withheld = &edition.figures.withheld;
        for cohort in &withheld.cohorts {
            self.record([self.section, series, &cohort.to_string(), "", "all figures", "withheld"])?;
        }
        for parameter in &withheld.parameters {
            self.record([self.section, series, "all", &parameter.to_string(), "all figures", "withheld"])?;
        }
        for profile in &withheld.profiles {
            self.record([self.section, series, "all", profile.as_str(), "share that meets it", "withheld"])?;
        }
        Ok(())
    }

    fn cohort(&mut self, series: &str, figures: &CohortFigures) -> csv::Result<()> {
        let group = figures.cohort.to_string();
        self.record([self.section, series, &group, "", "teams", &figures.teams.to_string()])?;
        for (letter, spread) in &figures.categories {
            self.spread(series, &group, &letter.to_string(), spread)?;
        }
        for (parameter, spread) in &figures.parameters {
            self.spread(series, &group, &parameter.to_string(), spread)?;
        }
        for (profile, share) in &figures.profiles {
            self.record([self.section, series, &group, profile.as_str(), "share that meets it", &share.to_string()])?;
        }
        Ok(())
    }

    fn spread(&mut self, series: &str, group: &str, item: &str, spread: &Spread) -> csv::Result<()> {
        let Spread { scores, mean, quartiles, shares } = spread;
        let mut line = |measure: &str, value: String| self.record([self.section, series, group, item, measure, &value]);
        line("scores", scores.to_string())?;
        line("mean", mean.to_string())?;
        line("lower quartile", quartiles.lower.to_string())?;
        line("median", quartiles.median.to_string())?;
        line("upper quartile", quartiles.upper.to_string())?;
        for (score, share) in shares.iter().enumerate() {
            line(&format!("share of {score}"), share.to_string())?;
        }
        Ok(())
    }
}
