//! SIM3 assessments: kept as entered. What they add up to is for `stats`.

use super::{Date, Parameter, Sim3, keywords};
use crate::diagnostic::{Problem, Rule, Spanned};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

keywords! {
    /// How scores came about. Kinds are never averaged together.
    pub enum AssessmentKind, "a kind of assessment" {
        /// By the team itself.
        SelfAssessment = "self-assessment",
        /// By another team.
        PeerReview = "peer-review",
        /// By a SIM3 auditor.
        Audit = "audit",
        /// By the body that certifies.
        Certification = "certification",
    }
}

keywords! {
    /// Who may learn the scores.
    pub enum Visibility, "a visibility" {
        /// Everybody: the team publishes them itself.
        Public = "public",
        /// Nobody; they count in published aggregates. In the private tree only.
        Aggregate = "aggregate",
        /// Nobody; they count nowhere. In the private tree only.
        None = "none",
    }
}

/// A score from 0 (not available) to 4 (audited on the authority of governance levels above the team's head).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Score(u8);

impl Score {
    /// Every score, from 0 to 4.
    pub const ALL: [Self; 5] = [Self(0), Self(1), Self(2), Self(3), Self(4)];

    /// The score, 0 to 4.
    pub fn value(self) -> u8 {
        self.0
    }
}

impl FromStr for Score {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        match text.as_bytes() {
            [digit @ b'0'..=b'4'] => Ok(Self(digit - b'0')),
            // The message does not repeat the value, for it may be confidential.
            _ => Err(Problem::new(Rule::InvalidScore, "this is not a score", "a score is a whole number from 0 to 4")),
        }
    }
}

/// One assessment of a team.
#[derive(Debug, Clone)]
pub struct MaturityAssessment {
    /// The version of the model.
    pub model: Sim3,
    /// How the scores came about.
    pub kind: AssessmentKind,
    /// The day on which it was finished.
    pub assessed: Spanned<Date>,
    /// Who may learn the scores.
    pub visibility: Visibility,
    /// The scores; a parameter that was not scored is absent.
    pub scores: BTreeMap<Parameter, Score>,
}

/// What may be averaged: assessments by one version and of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
pub struct Series {
    /// The version of the model.
    pub model: Sim3,
    /// How the scores came about.
    pub kind: AssessmentKind,
}

impl MaturityAssessment {
    /// With what it may be averaged.
    pub fn series(&self) -> Series {
        Series { model: self.model, kind: self.kind }
    }
}

impl fmt::Display for Series {
    /// Its id, as file names have it: `sim3-v2i-audit`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.model, self.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_score_is_not_repeated() {
        for bad in ["5", "-1", "3.5", "x3", "", "04"] {
            let problem = bad.parse::<Score>().unwrap_err();
            assert!(bad.is_empty() || !problem.message.contains(bad), "{problem:?}");
        }
    }
}
