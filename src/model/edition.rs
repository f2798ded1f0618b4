//! Published editions of maturity figures: what stands in `content/editions`, which everybody may read.
//!
//! Figures and nothing else: neither who contributed nor what anybody scored. How an edition comes about is for
//! `disclosure`; whoever shows one takes of each series the newest edition that has it ([`Edition`] says why).

use super::{Date, Level, Parameter, ProfileId, Series, Slug, Spread};
use crate::diagnostic::{Problem, Rule, quoted_list, shorten};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A group of contributors for which figures are published.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cohort {
    /// All contributors of the series.
    All,
    /// Those at one level on the day of the edition. Who is suspended is at none.
    Level(Level),
    /// Those with one constituency type. A team may have several.
    Type(Slug),
}

impl fmt::Display for Cohort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Level(level) => write!(f, "level/{level}"),
            Self::Type(id) => write!(f, "type/{id}"),
        }
    }
}

impl serde::Serialize for Cohort {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for Cohort {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        match text.split_once('/') {
            None if text == "all" => Ok(Self::All),
            Some(("level", level)) => level.parse().map(Self::Level),
            Some(("type", id)) => id.parse().map(Self::Type),
            _ => {
                let shown = shorten(text);
                let help = format!("write {}", quoted_list(["all", "level/certified", "type/academic"]));
                Err(Problem::new(Rule::UnknownValue, format!("`{shown}` is not a group of contributors"), help))
            }
        }
    }
}

/// One edition: the figures that were published on a day.
///
/// An edition need not have every series: one in which too little has changed, or for which an edition could not be
/// made safely, is left out, and its figures of the last edition that has it still stand.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The day for which it was made, and the name of its file.
    pub date: Date,
    /// The file, as findings show it.
    pub file: Arc<str>,
    /// The figures by series, in order, each series once. Never empty.
    pub series: Vec<SeriesFigures>,
}

/// The figures of one series.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesFigures {
    /// Which.
    pub series: Series,
    /// How many teams with confidential scores were needed for every group, and for every difference between two
    /// published groups: at least 5.
    pub minimum: u32,
    /// Whether the operator made it although comparing it with an earlier edition tells more than it should. A page
    /// that shows the figures says so.
    pub insisted: bool,
    /// The groups with figures, each once; the first is [`Cohort::All`], then levels, the highest first, then types. Every group has figures for the same parameters,
    /// categories and profiles.
    pub cohorts: Vec<CohortFigures>,
    /// What is not told. There is one reason for all of it, as far as the public is concerned: [`WITHHELD`].
    pub withheld: Withheld,
}

/// What a page says of everything that is withheld, whatever the true reason is.
pub const WITHHELD: &str = "Withheld, so that nobody's scores can be worked out.";

/// What of a series is not told, without repeats.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Withheld {
    /// Parameters: with those in the figures, all that the version scores.
    pub parameters: Vec<Parameter>,
    /// Profiles that were known when the edition was made.
    pub profiles: Vec<ProfileId>,
    /// Groups: with those that have figures, all levels, and all types of teams in the directory. Also one to which
    /// nobody belongs who contributed.
    pub cohorts: Vec<Cohort>,
}

/// The figures of one group.
#[derive(Debug, Clone, PartialEq)]
pub struct CohortFigures {
    /// Which.
    pub cohort: Cohort,
    /// How many teams contributed, with confidential or with published scores.
    pub teams: u32,
    /// By parameter.
    pub parameters: BTreeMap<Parameter, Spread>,
    /// By the letter of a category: all scores of those of its parameters that are told, thrown together.
    pub categories: BTreeMap<char, Spread>,
    /// The share of the teams that meets a profile, in per cent: a multiple of 5 from 0 to 100.
    pub profiles: BTreeMap<ProfileId, u8>,
}
