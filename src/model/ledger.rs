//! The ledger of the editions: who contributed to each with which scores. It stands in the private tree, and no edition
//! can be made without it, for only who knows what was published from what knows what the next edition would add.

use super::profile::gaps;
use super::{Cohort, Confidential, Date, Level, Parameter, ProfileId, Score, Series, Slug, TeamId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What one edition was made from.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// The edition's day, and the name of the file.
    pub date: Date,
    /// The file, as findings show it.
    pub file: Arc<str>,
    /// By series, in order, each series once.
    pub series: Vec<SeriesLedger>,
}

/// What the figures of one series were made from; nothing else went into them.
#[derive(Debug, Clone)]
pub struct SeriesLedger {
    /// Which series.
    pub series: Series,
    /// Whether the operator insisted on it.
    pub insisted: bool,
    /// The groups for which figures were published, in order.
    pub cohorts: Vec<Cohort>,
    /// The parameters that were published.
    pub published: BTreeSet<Parameter>,
    /// The parameters that were looked at and withheld, for too many had one score. One that was withheld because it had
    /// been before was not looked at, and stands in neither list.
    pub uniform: BTreeSet<Parameter>,
    /// The profiles that were looked at, for all their parameters were published.
    pub profiles: Vec<ProfileLedger>,
    /// Who contributed confidential scores, sorted by team, each team once.
    pub contributors: Vec<Contributor>,
    /// Who contributed scores that it published itself, likewise. What was published once stays known.
    pub open: Vec<Contributor>,
}

/// A profile that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileLedger {
    /// Its id.
    pub id: ProfileId,
    /// Whether the share that meets it was published.
    pub published: bool,
    /// What it asked for on that day.
    pub minimum: BTreeMap<Parameter, Score>,
}

impl ProfileLedger {
    /// Whether `scores` meet it. A parameter that was not scored is not met.
    pub fn is_met(&self, scores: &BTreeMap<Parameter, Score>) -> bool {
        gaps(&self.minimum, scores).next().is_none()
    }
}

/// A team with its scores and the groups to which it belonged on the day of the edition.
#[derive(Debug, Clone)]
pub struct Contributor {
    /// The team.
    pub team: TeamId,
    /// The day of the assessment.
    pub assessed: Date,
    /// The team's level, if it was at one.
    pub level: Option<Level>,
    /// Its constituency types.
    pub types: BTreeSet<Slug>,
    /// Its scores.
    pub scores: Confidential<BTreeMap<Parameter, Score>>,
}

impl Contributor {
    /// Whether the team belongs to a group.
    pub fn belongs_to(&self, cohort: &Cohort) -> bool {
        match cohort {
            Cohort::All => true,
            Cohort::Level(level) => self.level == Some(*level),
            Cohort::Type(id) => self.types.contains(id),
        }
    }
}
