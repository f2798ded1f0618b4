//! SIM3 assessments: kept as entered. What they add up to is for `stats`.

use super::{Date, keywords};
use crate::diagnostic::{Problem, Rule, Spanned, shorten};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

keywords! {
    /// A version of the Security Incident Management Maturity Model. Versions are never averaged together.
    pub enum Sim3, "a SIM3 version" {
        /// Version 1 (mkXVIII): 45 slots, of which O-6 is left blank.
        V1 = "sim3-v1",
        /// Version 2 interim, in force since 2023-01-01: O-6 is Public Media Policy.
        V2i = "sim3-v2i",
    }
}

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

/// The categories of SIM3 and how many parameters each has: organisation, human, tools, processes.
const CATEGORIES: [(char, u8); 4] = [('O', 11), ('H', 7), ('T', 10), ('P', 17)];

/// A parameter of SIM3, `O-1` to `P-17`, in the model's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Parameter {
    category: u8,
    number: u8,
}

impl Parameter {
    /// The letter of its category: O, H, T or P.
    pub fn category(self) -> char {
        CATEGORIES[usize::from(self.category)].0
    }

    /// All parameters that `version` scores, in the model's order.
    pub fn all(version: Sim3) -> impl Iterator<Item = Self> {
        CATEGORIES
            .iter()
            .zip(0..)
            .flat_map(|(&(_, count), category)| (1..=count).map(move |number| Self { category, number }))
            .filter(move |parameter| parameter.is_scored_in(version))
    }

    /// Whether `version` scores it: version 1 leaves O-6 blank.
    pub fn is_scored_in(self, version: Sim3) -> bool {
        !(version == Sim3::V1 && self.category() == 'O' && self.number == 6)
    }
}

impl FromStr for Parameter {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let all = || Self::all(Sim3::V2i);
        all().find(|parameter| parameter.to_string() == text).ok_or_else(|| {
            let shown = shorten(text);
            let help = "the parameters are O-1 to O-11, H-1 to H-7, T-1 to T-10 and P-1 to P-17";
            Problem::new(Rule::UnknownParameter, format!("`{shown}` is not a SIM3 parameter"), help)
        })
    }
}

impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.category(), self.number)
    }
}

/// A score from 0 (not available) to 4 (audited on the authority of governance levels above the team's head).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Score(u8);

impl Score {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_have_44_and_45_parameters() {
        assert_eq!(Parameter::all(Sim3::V1).count(), 44);
        assert_eq!(Parameter::all(Sim3::V2i).count(), 45);
    }

    #[test]
    fn parameters_keep_the_order_of_the_model() {
        let all: Vec<_> = Parameter::all(Sim3::V2i).map(|p| p.to_string()).collect();
        assert_eq!((all[0].as_str(), all[9].as_str(), all[11].as_str(), all[44].as_str()), ("O-1", "O-10", "H-1", "P-17"));
        for bad in ["O-0", "O-12", "o-1", "O1", "O-01", "X-1", ""] {
            assert!(bad.parse::<Parameter>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_wrong_score_is_not_repeated() {
        for bad in ["5", "-1", "3.5", "x3", "", "04"] {
            let problem = bad.parse::<Score>().unwrap_err();
            assert!(bad.is_empty() || !problem.message.contains(bad), "{problem:?}");
        }
    }
}
