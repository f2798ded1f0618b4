//! A warning that an entry asks not to be told of for a while.

use super::{Date, Line};
use crate::diagnostic::{Rule, Spanned};

/// A waiver: who reviews the entry agreed to it. It silences the warning to editors and reviewers alone; what the site says of
/// the team stays as it is.
#[derive(Debug, Clone)]
pub struct Waiver {
    /// The rule whose warnings about this entry are not told; never one of errors, or of waivers.
    pub rule: Spanned<Rule>,
    /// Why.
    pub reason: Line,
    /// The last day on which it holds.
    pub until: Spanned<Date>,
}
