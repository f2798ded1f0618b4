//! What was verified of a team before its level rose, as it is written.

use crate::diagnostic::Spanned;
use crate::model::{AuthorityId, Date, VerificationKind};
use crate::yaml::record;

record! {
    /// Something that was verified of a team before the level was given.
    pub(in super::super) struct RawVerification as Verification, "a verification" {
        /// What was verified.
        required kind: Spanned<VerificationKind>,
        /// The day on which it was.
        required date: Spanned<Date>,
        /// The id of the body that verified it, where it is another than that which decided.
        optional authority: Spanned<AuthorityId>,
    }
}
