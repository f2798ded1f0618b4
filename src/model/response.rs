//! Tests of whether a team can be reached: dated, and coarse on purpose.
//!
//! What many teams answer together is told as scores are, by the same rules: of each team and day there is a sheet with the
//! newest result of each way to reach it, from 0 (no answer) to 4 (within an hour).

use super::{AssessmentKind, Date, MaturityAssessment, Parameter, Score, Sim3, Visibility, keywords};
use crate::diagnostic::Spanned;
use std::collections::BTreeMap;

keywords! {
    /// How somebody tried to reach a team.
    pub enum TestChannel, "a channel" {
        /// By e-mail.
        Email = "email",
        /// By telephone.
        Telephone = "telephone",
    }
}

keywords! {
    /// When somebody tried to reach a team.
    pub enum TestHours, "a time of a test" {
        /// In its hours.
        In = "in",
        /// Out of its hours.
        Out = "out",
    }
}

keywords! {
    /// After how long a team answered, from the worst to the best.
    pub enum Answered, "an answer" {
        /// Not at all.
        Not = "not",
        /// After more than a day.
        Later = "later",
        /// Within a day.
        WithinADay = "within-a-day",
        /// Within four hours.
        WithinFourHours = "within-4-hours",
        /// Within an hour.
        WithinAnHour = "within-1-hour",
    }
}

/// What came of one test.
#[derive(Debug, Clone)]
pub struct ResponseTest {
    /// The day.
    pub date: Spanned<Date>,
    /// How.
    pub channel: TestChannel,
    /// When.
    pub hours: TestHours,
    /// After how long it was answered.
    pub answered: Answered,
}

impl ResponseTest {
    /// Which parameter of the model of response tests it is a score of, and which score.
    fn score(&self) -> Option<(Parameter, Score)> {
        let (parameter, ..) = ways().find(|(_, channel, hours)| *channel == self.channel && *hours == self.hours)?;
        let rank = Answered::ALL.iter().position(|answered| *answered == self.answered)?;
        Some((parameter, *Score::ALL.get(rank)?))
    }
}

/// Each way to try to reach a team, with its parameter, in the order of the model.
pub fn ways() -> impl Iterator<Item = (Parameter, TestChannel, TestHours)> {
    let parameters = Sim3::response_tests().into_iter().flat_map(Sim3::parameters);
    let ways = TestChannel::ALL.iter().flat_map(|channel| TestHours::ALL.iter().map(move |hours| (*channel, *hours)));
    parameters.zip(ways).map(|(parameter, (channel, hours))| (parameter, channel, hours))
}

/// What the tests of one team amount to on each day of one, oldest first: of each way to reach it the newest result until then.
/// They are made by others than the team, so that they count as an audit.
pub fn sheets(tests: &[ResponseTest], visibility: Visibility) -> Vec<MaturityAssessment> {
    let Some(model) = Sim3::response_tests() else { return Vec::new() };
    let mut sorted: Vec<&ResponseTest> = tests.iter().collect();
    // Of two of one day and one way the one further down in the file.
    sorted.sort_by_key(|test| test.date.value);
    let mut scores = BTreeMap::new();
    let mut sheets: Vec<MaturityAssessment> = Vec::new();
    for test in sorted {
        scores.extend(test.score());
        if sheets.last().is_some_and(|last| last.assessed.value == test.date.value) {
            sheets.pop();
        }
        let kind = AssessmentKind::Audit;
        sheets.push(MaturityAssessment { model, kind, assessed: test.date, visibility, scores: scores.clone() });
    }
    sheets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;

    fn test(date: &str, channel: TestChannel, hours: TestHours, answered: Answered) -> ResponseTest {
        ResponseTest { date: Spanned::new(date.parse().unwrap(), Span::default()), channel, hours, answered }
    }

    #[test]
    fn a_sheet_has_the_newest_result_of_each_way_until_its_day() {
        let tests = [
            test("2026-03-01", TestChannel::Telephone, TestHours::Out, Answered::WithinFourHours),
            test("2026-01-01", TestChannel::Email, TestHours::In, Answered::WithinAnHour),
            test("2026-03-01", TestChannel::Email, TestHours::In, Answered::Not),
        ];
        let told: Vec<(String, Vec<String>)> = sheets(&tests, Visibility::Public)
            .iter()
            .map(|sheet| {
                let scores = sheet.scores.iter().map(|(parameter, score)| format!("{parameter} {}", score.value()));
                (sheet.assessed.value.to_string(), scores.collect())
            })
            .collect();
        let expected = [("2026-01-01", vec!["R-1 4"]), ("2026-03-01", vec!["R-1 0", "R-4 3"])];
        assert_eq!(told, expected.map(|(day, scores)| (day.to_owned(), scores.into_iter().map(str::to_owned).collect())));
    }
}
