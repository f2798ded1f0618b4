//! Which SIM3 assessments of a team count on a day.

use crate::config::Policy;
use crate::model::{Date, MaturityAssessment, Series, Team, Visibility, years_after};
use std::collections::BTreeMap;

/// The assessment that counts in each series on `today`: the newest, if it is not older than the policy allows.
pub fn counting<'a>(
    assessments: impl IntoIterator<Item = &'a MaturityAssessment>,
    policy: Policy,
    today: Date,
) -> BTreeMap<Series, &'a MaturityAssessment> {
    let mut newest = newest(assessments, today);
    newest.retain(|_, assessment| is_recent(assessment, policy, today));
    newest
}

/// The assessments of a team that are published on `today`: of a day that has not come nobody knows yet.
pub fn published(team: &Team, today: Date) -> impl Iterator<Item = &MaturityAssessment> {
    team.maturity.iter().filter(move |one| one.visibility == Visibility::Public && one.assessed.value <= today)
}

/// Whether an assessment is not older on `today` than the policy allows.
pub fn is_recent(assessment: &MaturityAssessment, policy: Policy, today: Date) -> bool {
    today <= years_after(assessment.assessed.value, policy.assessment_years)
}

/// The newest assessment of each series that is not of a day after `today`. Of two of one day the one further down in the
/// file.
pub fn newest<'a>(
    assessments: impl IntoIterator<Item = &'a MaturityAssessment>,
    today: Date,
) -> BTreeMap<Series, &'a MaturityAssessment> {
    let mut newest: BTreeMap<Series, &MaturityAssessment> = BTreeMap::new();
    for assessment in assessments.into_iter().filter(|assessment| assessment.assessed.value <= today) {
        let best = newest.entry(assessment.series()).or_insert(assessment);
        if best.assessed.value <= assessment.assessed.value {
            *best = assessment;
        }
    }
    newest
}
