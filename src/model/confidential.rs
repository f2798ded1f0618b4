//! What stands in the private tree. Kept apart from [`Team`](super::Team), so that nothing which renders a team can
//! reach it.

use super::{Contact, MaturityAssessment, TeamId};
use std::sync::Arc;

/// What the private tree holds about a team.
#[derive(Debug, Clone)]
pub struct PrivateEntry {
    /// The team.
    pub id: TeamId,
    /// The file, as findings show it.
    pub file: Arc<str>,
    /// Addresses and numbers that are not published.
    pub contact: Contact,
    /// Assessments, of any visibility.
    pub maturity: Vec<MaturityAssessment>,
}
