//! Entries in which something could not be read. That is told by whoever read them; what may only follow from it is not.

use crate::assess::Assessment;
use crate::diagnostic::{Finding, Rule};
use crate::model::{Part, Team};
use std::collections::BTreeMap;

/// The teams in whose entries something could not be read, by file.
pub(super) struct Unread<'a>(BTreeMap<&'a str, &'a Team>);

impl<'a> Unread<'a> {
    pub(super) fn of(assessment: &Assessment<'a>) -> Self {
        let teams = assessment.teams.iter().map(|team| team.team).filter(|team| !team.unread.is_empty());
        Self(teams.map(|team| (&*team.file, team)).collect())
    }

    /// Whether a finding may only follow from what could not be read in the file: once that is mended one sees.
    pub(super) fn may_explain(&self, finding: &Finding) -> bool {
        let Some(team) = self.0.get(&*finding.place.file) else { return false };
        match finding.rule {
            Rule::DataUnconfirmed => team.is_unread(Part::Confirmed) || team.is_unread(Part::Status),
            Rule::CertificationExpired
            | Rule::CertificationExpiring
            | Rule::CertificationEndUnknown
            | Rule::CandidateOverdue
            | Rule::EarlyCertificationCandidate
            | Rule::SkippedLevel
            | Rule::AfterWithdrawal
            | Rule::TooFewSponsors => team.is_unread(Part::Status),
            Rule::AgreementEnded | Rule::AgreementEnding => team.is_unread(Part::Agreements),
            Rule::ClaimWithoutContact => team.is_unread(Part::Contact),
            Rule::NotShared => team.is_unread(Part::Constituency),
            _ => false,
        }
    }
}
