//! How many teams have agreed to what.

use super::count;
use crate::assess::AssessedTeam;
use crate::model::{AgreementKind, Date};

/// How many of `teams` have an agreement of each kind that is in force on `today`, in the order of the kinds. A team counts
/// once for a kind.
pub(super) fn agreements(teams: &[&AssessedTeam<'_>], today: Date) -> Vec<(AgreementKind, u32)> {
    let has = |team: &AssessedTeam<'_>, kind| team.team.agreements.iter().any(|one| one.kind == kind && one.holds_on(today));
    let number = |kind| count(teams.iter().filter(|team| has(team, kind)).count());
    AgreementKind::ALL.iter().map(|kind| (*kind, number(*kind))).collect()
}
