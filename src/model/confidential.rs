//! What stands in the private tree. Kept apart from [`Team`](super::Team), so that nothing which renders a team can
//! reach it.

use super::{Contact, MaturityAssessment, TeamId};
use std::fmt;
use std::sync::Arc;

/// What is told to nobody: it has no text form, is not serialised, and shows itself to no debugger's print.
///
/// Statistical disclosure control alone looks inside; `tests/tidy.rs` holds that the name of the way in stands in
/// `disclosure` and nowhere else.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Confidential<T>(T);

impl<T> Confidential<T> {
    /// Puts a value away.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, for `disclosure`.
    pub fn look_inside(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Confidential<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Confidential")
    }
}

/// What the private tree holds about a team.
#[derive(Debug, Clone)]
pub struct PrivateEntry {
    /// The team.
    pub id: TeamId,
    /// The file, as findings show it.
    pub file: Arc<str>,
    /// Addresses and numbers that are not published.
    pub contact: Contact,
    /// Assessments that the team does not publish.
    pub maturity: Vec<Confidential<MaturityAssessment>>,
}
