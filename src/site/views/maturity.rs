//! Scores that a team publishes itself.

use crate::model::{Date, MaturityAssessment, Parameter, Score, Team, Visibility};
use serde::Serialize;

/// One assessment.
#[derive(Serialize)]
pub(super) struct MaturityView {
    assessed: Date,
    model: &'static str,
    kind: &'static str,
    /// The categories in which something was scored.
    categories: Vec<Category>,
}

#[derive(Serialize)]
struct Category {
    name: &'static str,
    scores: Vec<ScoreView>,
}

#[derive(Serialize)]
struct ScoreView {
    parameter: String,
    score: u8,
}

/// The categories of SIM3 by their letters.
const CATEGORIES: [(char, &str); 4] = [('O', "Organisation"), ('H', "Human"), ('T', "Tools"), ('P', "Processes")];

/// The published assessments of `team`, newest first.
pub(super) fn published(team: &Team) -> Vec<MaturityView> {
    let mut published: Vec<_> = team.maturity.iter().filter(|assessment| assessment.visibility == Visibility::Public).collect();
    published.sort_by_key(|assessment| std::cmp::Reverse(assessment.assessed.value));
    published.into_iter().map(MaturityView::new).collect()
}

impl MaturityView {
    fn new(assessment: &MaturityAssessment) -> Self {
        let categories = CATEGORIES.iter().map(|(letter, name)| {
            let of_category = |(parameter, _): &(&Parameter, &Score)| parameter.category() == *letter;
            let scores = assessment.scores.iter().filter(of_category);
            Category {
                name,
                scores: scores
                    .map(|(parameter, score)| ScoreView { parameter: parameter.to_string(), score: score.value() })
                    .collect(),
            }
        });
        Self {
            assessed: assessment.assessed.value,
            model: assessment.model.title(),
            kind: assessment.kind.title(),
            categories: categories.filter(|category| !category.scores.is_empty()).collect(),
        }
    }
}
