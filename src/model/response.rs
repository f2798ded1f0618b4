//! Tests of whether a team can be reached: dated, and coarse on purpose.
//!
//! What many teams answer together is told as scores are, by the same rules: of each team and day there is a sheet with the
//! newest result of each way to reach it of the last year, from 0 (no answer) to 4 (within an hour).

use super::{AssessmentKind, Date, MaturityAssessment, Parameter, Score, Sim3, Visibility, keywords, years_after};
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

/// For how many years after its day a result stands in the sheets of later days: else one way could go on telling of long ago
/// for as long as the team is tested in another.
const RESULT_YEARS: u32 = 1;

/// What the tests of one team amount to on each day of one, oldest first: of each way to reach it the newest result until then,
/// unless it is older than [`RESULT_YEARS`]. They are made by others than the team, so that they count as an audit.
pub fn sheets(tests: &[ResponseTest], visibility: Visibility) -> Vec<MaturityAssessment> {
    let Some(model) = Sim3::response_tests() else { return Vec::new() };
    let mut sorted: Vec<&ResponseTest> = tests.iter().collect();
    // Of two of one day and one way the one further down in the file.
    sorted.sort_by_key(|test| test.date.value);
    let mut newest: BTreeMap<Parameter, (Score, Date)> = BTreeMap::new();
    let mut sheets: Vec<MaturityAssessment> = Vec::new();
    for test in sorted {
        newest.extend(test.score().map(|(parameter, score)| (parameter, (score, test.date.value))));
        newest.retain(|_, (_, day)| test.date.value <= years_after(*day, RESULT_YEARS));
        if sheets.last().is_some_and(|last| last.assessed.value == test.date.value) {
            sheets.pop();
        }
        let scores = newest.iter().map(|(parameter, (score, _))| (*parameter, *score)).collect();
        sheets.push(MaturityAssessment { model, kind: AssessmentKind::Audit, assessed: test.date, visibility, scores });
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

    /// The day of each sheet and its scores.
    fn told(tests: &[ResponseTest]) -> Vec<(String, String)> {
        let sheets = sheets(tests, Visibility::Public);
        let scores = |sheet: &MaturityAssessment| {
            sheet.scores.iter().map(|(parameter, score)| format!("{parameter} {}", score.value())).collect::<Vec<_>>().join(", ")
        };
        sheets.iter().map(|sheet| (sheet.assessed.value.to_string(), scores(sheet))).collect()
    }

    #[test]
    fn a_sheet_has_the_newest_result_of_each_way_until_its_day() {
        let tests = [
            test("2026-03-01", TestChannel::Telephone, TestHours::Out, Answered::WithinFourHours),
            test("2026-01-01", TestChannel::Email, TestHours::In, Answered::WithinAnHour),
            test("2026-03-01", TestChannel::Email, TestHours::In, Answered::Not),
        ];
        let expected = [("2026-01-01", "R-1 4"), ("2026-03-01", "R-1 0, R-4 3")];
        assert_eq!(told(&tests), expected.map(|(day, scores)| (day.to_owned(), scores.to_owned())));
    }

    #[test]
    fn what_is_older_than_a_year_on_the_day_of_a_sheet_is_not_in_it() {
        let tests = [
            test("2024-02-29", TestChannel::Email, TestHours::In, Answered::WithinAnHour),
            test("2025-02-28", TestChannel::Telephone, TestHours::In, Answered::Not),
            test("2025-03-01", TestChannel::Telephone, TestHours::Out, Answered::Not),
        ];
        let expected = [("2024-02-29", "R-1 4"), ("2025-02-28", "R-1 4, R-3 0"), ("2025-03-01", "R-3 0, R-4 0")];
        assert_eq!(told(&tests), expected.map(|(day, scores)| (day.to_owned(), scores.to_owned())));
    }
}
