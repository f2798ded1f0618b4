//! SIM3 minimum profiles: what somebody asks for, parameter by parameter. Whether a team's scores meet it is computed
//! here, from the scores that one is given; whose they are and who may learn them is not asked.

use super::{Line, Name, Parameter, ProfileId, Score, Sim3, Url};
use std::collections::BTreeMap;

/// A set of minimum scores.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The name of its file.
    pub id: ProfileId,
    /// Its name.
    pub title: Name,
    /// Where the minimums are from, in words.
    pub source: Line,
    /// Where they can be read.
    pub link: Option<Url>,
    /// Whether somebody compared the minimums with the source. One that is not is shown as unofficial.
    pub verified: bool,
    /// The version to whose scores it applies, and to no other's.
    pub model: Sim3,
    /// The least score for each parameter that it asks for. Never empty.
    pub minimum: BTreeMap<Parameter, Score>,
}

/// A parameter that falls short of a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The parameter.
    pub parameter: Parameter,
    /// The least score that would do.
    pub minimum: Score,
    /// The score; `None` where the parameter was not scored, which is a gap too.
    pub score: Option<Score>,
}

impl Profile {
    /// Where `scores` fall short, in the model's order: nowhere, where the profile is met.
    pub fn gaps(&self, scores: &BTreeMap<Parameter, Score>) -> Vec<Gap> {
        gaps(&self.minimum, scores).collect()
    }
}

/// Where `scores` fall short of a minimum.
pub(super) fn gaps(minimum: &BTreeMap<Parameter, Score>, scores: &BTreeMap<Parameter, Score>) -> impl Iterator<Item = Gap> {
    minimum.iter().filter_map(|(parameter, minimum)| {
        let score = scores.get(parameter).copied();
        let gap = Gap { parameter: *parameter, minimum: *minimum, score };
        (score < Some(*minimum)).then_some(gap)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_scored_is_a_gap() {
        let scores = |all: &[(&str, usize)]| -> BTreeMap<Parameter, Score> {
            all.iter().map(|(parameter, score)| (parameter.parse().unwrap(), Score::ALL[*score])).collect()
        };
        let profile = Profile {
            id: "p".parse().unwrap(),
            title: "P".parse().unwrap(),
            source: "ours".parse().unwrap(),
            link: None,
            verified: false,
            model: "sim3-v1".parse().unwrap(),
            minimum: scores(&[("O-1", 3), ("O-2", 0), ("H-1", 2), ("T-1", 2)]),
        };
        let gaps = profile.gaps(&scores(&[("O-1", 2), ("H-1", 2), ("T-1", 4), ("P-1", 0)]));
        let found: Vec<_> = gaps.iter().map(|gap| (gap.parameter.to_string(), gap.score.map(Score::value))).collect();
        assert_eq!(found, [("O-1".to_owned(), Some(2)), ("O-2".to_owned(), None)]);
        assert_eq!(profile.gaps(&profile.minimum), []);
    }
}
