//! Tests of whether a team can be reached: dated, and coarse on purpose.
//!
//! What many teams answer together is told as scores are, by the same rules: of each team there are sheets with a result of each way to
//! reach it, from 0 (no answer) to 4 (within an hour).

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

/// For how many years after its day a result counts with others: else one way could go on telling of long ago for as long as the team
/// is tested in another.
const RESULT_YEARS: u32 = 1;

/// The newest result of each way to reach a team up to a day, as scores.
type Newest = BTreeMap<Parameter, (Score, Date)>;

fn scores(newest: &Newest) -> BTreeMap<Parameter, Score> {
    newest.iter().map(|(parameter, (score, _))| (*parameter, *score)).collect()
}

/// Tells `tell` of each day of tests, the first one first, what the newest results of the year until then are. What it takes out is
/// gone on the days behind it.
fn each_day(tests: &[ResponseTest], mut tell: impl FnMut(Spanned<Date>, &mut Newest)) {
    let mut sorted: Vec<&ResponseTest> = tests.iter().collect();
    // Of two of one day and one way the one further down in the file.
    sorted.sort_by_key(|test| test.date.value);
    let mut newest = Newest::new();
    for tests in sorted.chunk_by(|a, b| a.date.value == b.date.value) {
        let Some(last) = tests.last() else { continue };
        let day = last.date.value;
        newest.extend(tests.iter().filter_map(|test| test.score()).map(|(parameter, score)| (parameter, (score, day))));
        newest.retain(|_, (_, on)| day <= years_after(*on, RESULT_YEARS));
        tell(last.date, &mut newest);
    }
}

fn sheet(assessed: Spanned<Date>, visibility: Visibility, newest: &Newest) -> Option<MaturityAssessment> {
    // They are made by others than the team.
    let (model, kind) = (Sim3::response_tests()?, AssessmentKind::Audit);
    Some(MaturityAssessment { model, kind, assessed, visibility, scores: scores(newest) })
}

/// What the tests of one team amount to that everybody may know, on each day of one, oldest first: of each way to reach it the newest
/// result until then, unless it is older than a year.
pub fn sheets(tests: &[ResponseTest]) -> Vec<MaturityAssessment> {
    let mut sheets = Vec::new();
    each_day(tests, |day, newest| sheets.extend(sheet(day, Visibility::Public, newest)));
    sheets
}

/// What the tests of one team amount to of which nothing is told but figures with those of others: a sheet once it was tested in all
/// ways, and the next once it was tested in all of them again. No result is in two of them: of a sheet that had but one new result, the
/// figures of two editions would tell the others. A team that was never tested in all ways within a year has one sheet, with what there is.
pub fn rounds(tests: &[ResponseTest]) -> Vec<MaturityAssessment> {
    let mut rounds = Vec::new();
    let mut rest = None;
    each_day(tests, |day, newest| {
        rest = sheet(day, Visibility::Aggregate, newest);
        if ways().all(|(parameter, ..)| newest.contains_key(&parameter)) {
            rounds.extend(rest.take());
            newest.clear();
        }
    });
    if rounds.is_empty() { rest.into_iter().collect() } else { rounds }
}

/// Which scores of a sheet of `day` anybody may know who knows these tests, and perhaps others besides.
pub fn results_until(tests: &[ResponseTest], day: Date) -> BTreeMap<Parameter, Score> {
    let mut known = Newest::new();
    each_day(tests, |on, newest| {
        if on.value <= day {
            known.clone_from(newest);
        }
    });
    known.retain(|_, (_, on)| day <= years_after(*on, RESULT_YEARS));
    scores(&known)
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
        shown(&sheets(tests))
    }

    fn shown(sheets: &[MaturityAssessment]) -> Vec<(String, String)> {
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

    #[test]
    fn no_result_is_in_two_rounds() {
        let round = |month: &str, answered| {
            let all = TestChannel::ALL.iter().flat_map(|channel| TestHours::ALL.iter().map(move |hours| (*channel, *hours)));
            let days =
                all.zip(1..).map(move |((channel, hours), day)| test(&format!("{month}-0{day}"), channel, hours, answered));
            days.collect::<Vec<_>>()
        };
        let mut tests = round("2026-03", Answered::Not);
        let first = ("2026-03-04".to_owned(), "R-1 0, R-2 0, R-3 0, R-4 0".to_owned());
        assert_eq!(shown(&rounds(&tests)), std::slice::from_ref(&first));
        // What is tested once more changes nothing, until all is.
        tests.extend(round("2026-07", Answered::Later).into_iter().take(3));
        assert_eq!(shown(&rounds(&tests)), std::slice::from_ref(&first));
        tests.extend(round("2026-09", Answered::WithinADay));
        let second = ("2026-09-04".to_owned(), "R-1 2, R-2 2, R-3 2, R-4 2".to_owned());
        assert_eq!(shown(&rounds(&tests)), [first, second]);
        // Not all of them within a year.
        let mut few = round("2026-03", Answered::Not);
        few[0].date.value = "2024-03-01".parse().unwrap();
        assert_eq!(shown(&rounds(&few)), [("2026-03-04".to_owned(), "R-2 0, R-3 0, R-4 0".to_owned())]);
    }

    #[test]
    fn what_is_known_of_a_sheet_are_the_results_of_the_year_before() {
        let tests = [
            test("2025-02-01", TestChannel::Email, TestHours::In, Answered::Not),
            test("2026-01-01", TestChannel::Email, TestHours::Out, Answered::Later),
            test("2026-03-05", TestChannel::Telephone, TestHours::In, Answered::Not),
        ];
        let known = results_until(&tests, "2026-03-04".parse().unwrap());
        let told: Vec<String> = known.iter().map(|(parameter, score)| format!("{parameter} {}", score.value())).collect();
        assert_eq!(told, ["R-2 1"]);
    }
}
