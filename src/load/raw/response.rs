//! Tests of whether a team can be reached, as they are written.

use crate::diagnostic::Spanned;
use crate::model::{Answered, Date, TestChannel, TestHours};
use crate::yaml::record;

record! {
    /// What came of a test of whether the team can be reached.
    pub(in super::super) struct RawResponseTest as ResponseTest, "a response test" {
        /// The day of the test.
        required date: Spanned<Date>,
        /// How the team was to be reached.
        required channel: Spanned<TestChannel>,
        /// Whether that was in the hours of the team or out of them.
        required hours: Spanned<TestHours>,
        /// After how long it answered.
        required answered: Spanned<Answered>,
    }
}
