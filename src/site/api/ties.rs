//! What ties a team to others in our own JSON: who vouched, memberships, agreements; and how it answered when it was tested.

use crate::assess::Assessment;
use crate::model::{Agreement, AgreementKind, Answered, Date, Entry, Membership, Team, TeamId, TestChannel, TestHours};
use schemars::JsonSchema;
use serde::Serialize;

/// A team at the other end of a voucher.
#[derive(Serialize, JsonSchema)]
pub(super) struct VouchedView<'a> {
    team: &'a TeamId,
    /// The first day of what was vouched for.
    since: Date,
}

/// That a team vouched for another.
pub(super) fn vouched_view<'a>(team: &'a TeamId, entry: &Entry) -> VouchedView<'a> {
    VouchedView { team, since: entry.since.value }
}

/// A membership.
#[derive(Serialize, JsonSchema)]
pub(super) struct MembershipView<'a> {
    name: &'a str,
    since: Option<Date>,
    until: Option<Date>,
}

/// A membership.
pub(super) fn membership_view(membership: &Membership) -> MembershipView<'_> {
    let Membership { name, period } = membership;
    MembershipView { name: name.as_str(), since: period.since, until: period.until }
}

/// An agreement.
#[derive(Serialize, JsonSchema)]
pub(super) struct AgreementView<'a> {
    kind: AgreementKind,
    name: &'a str,
    since: Option<Date>,
    until: Option<Date>,
}

/// An agreement.
pub(super) fn agreement_view(agreement: &Agreement) -> AgreementView<'_> {
    AgreementView {
        kind: agreement.kind,
        name: agreement.name.as_str(),
        since: agreement.since,
        until: agreement.until.map(|date| date.value),
    }
}

/// What came of a response test.
#[derive(Serialize, JsonSchema)]
pub(super) struct ResponseTestView {
    date: Date,
    channel: TestChannel,
    hours: TestHours,
    answered: Answered,
}

/// The tests of a team until today, in the order of the entry; none where the operator chose that nobody is told of them.
pub(super) fn response_tests(team: &Team, assessment: &Assessment<'_>) -> Vec<ResponseTestView> {
    let told = team.response_tests.iter().filter(|test| test.date.value <= assessment.today);
    let told = told.filter(|_| assessment.directory.config.response_tests);
    told.map(|test| ResponseTestView { date: test.date.value, channel: test.channel, hours: test.hours, answered: test.answered })
        .collect()
}
