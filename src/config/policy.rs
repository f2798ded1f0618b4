//! By which durations and numbers levels, flags and figures follow from what is written.

use super::value::{Duration, GroupSize, SponsorCount};
use crate::diagnostic::{Problem, Rule, Spanned};
use crate::yaml::{Reader, record};

/// The durations by which levels and flags follow from dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// How long a certification holds where no end was entered, in years.
    pub certification_years: u32,
    /// How long a team may be an accreditation candidate, in months.
    pub candidate_months: u32,
    /// How long a team is accredited before it may be a certification candidate, in months.
    pub certification_wait_months: u32,
    /// How long a confirmation of its data holds for an accredited team, in months.
    pub confirmation_months: u32,
    /// How long a SIM3 assessment counts, in years.
    pub assessment_years: u32,
    /// How many teams with confidential scores a group needs for its figures to be published, 5 to 3650.
    pub aggregate_minimum: usize,
    /// From how many days before its end a thing is flagged.
    pub expiring_days: u32,
    /// From how many days before its end it is flagged more strongly.
    pub expiring_soon_days: u32,
    /// How many days after its own a site is still held for fresh: then its pages say that it was not renewed.
    pub stale_days: u32,
    /// How long before its end the waiver of a warning holds at most, in months.
    pub waiver_months: u32,
    /// How many teams vouch for one before it is listed, 0 to 9; 0 asks for none.
    pub sponsors: usize,
}

impl Default for Policy {
    /// The rules of the Trusted Introducer.
    fn default() -> Self {
        Self {
            certification_years: 3,
            candidate_months: 3,
            certification_wait_months: 8,
            confirmation_months: 4,
            assessment_years: 3,
            aggregate_minimum: 10,
            expiring_days: 180,
            expiring_soon_days: 90,
            stale_days: 7,
            waiver_months: 12,
            sponsors: 2,
        }
    }
}

record! {
    /// How long things hold, and how early to warn: what is left out stands at its default.
    pub(super) struct RawPolicy as Policy, "the policy" {
        /// When a certification ends that states no end of its own, in years; 3 where left out.
        optional certification_years: Spanned<Duration>,
        /// After how many months an accreditation candidate is overdue; 3 where left out.
        optional candidate_months: Spanned<Duration>,
        /// After how many months an accredited team may be a certification candidate; 8 where left out.
        optional certification_wait_months: Spanned<Duration>,
        /// After how many months the data of an accredited team count as unconfirmed; 4 where left out.
        optional confirmation_months: Spanned<Duration>,
        /// After how many years a SIM3 assessment no longer counts; 3 where left out.
        optional assessment_years: Spanned<Duration>,
        /// How many teams with confidential scores a group needs for its figures to be published, at least 5; 10 where left
        /// out.
        optional aggregate_minimum: Spanned<GroupSize>,
        /// From how many days before it an end is flagged; 180 where left out.
        optional expiring_days: Spanned<Duration>,
        /// From how many days before it an end is flagged more strongly; 90 where left out.
        optional expiring_soon_days: Spanned<Duration>,
        /// How many days after its build the pages of a site say that it was not renewed; 7 where left out.
        optional stale_days: Spanned<Duration>,
        /// How many months before its end the waiver of a warning holds at most; 12 where left out.
        optional waiver_months: Spanned<Duration>,
        /// How many accredited teams vouch for one before it is listed, 0 to 9; 2 where left out, and 0 asks for none.
        optional sponsors: Spanned<SponsorCount>,
    }
}

impl RawPolicy {
    /// What is flagged more strongly has been flagged before.
    pub(super) fn check(&self, reader: &mut Reader) {
        let default = Policy::default();
        let days = self.expiring_days.map_or(default.expiring_days, |days| days.value.0);
        let soon = self.expiring_soon_days.map_or(default.expiring_soon_days, |days| days.value.0);
        if soon > days {
            let span = self.expiring_soon_days.or(self.expiring_days).map_or_else(Default::default, |days| days.span);
            let message = format!("`expiring_soon_days` ({soon}) is longer than `expiring_days` ({days})");
            let help = "the stronger flag comes later: make it the shorter of the two";
            reader.report(Problem::new(Rule::InvalidNumber, message, help), span);
        }
    }

    /// The rules, with the defaults where nothing is written.
    pub(super) fn convert(self) -> Policy {
        let default = Policy::default();
        let or = |written: Option<Spanned<Duration>>, default| written.map_or(default, |duration| duration.value.0);
        Policy {
            certification_years: or(self.certification_years, default.certification_years),
            candidate_months: or(self.candidate_months, default.candidate_months),
            certification_wait_months: or(self.certification_wait_months, default.certification_wait_months),
            confirmation_months: or(self.confirmation_months, default.confirmation_months),
            assessment_years: or(self.assessment_years, default.assessment_years),
            aggregate_minimum: self.aggregate_minimum.map_or(default.aggregate_minimum, |size| size.value.0),
            expiring_days: or(self.expiring_days, default.expiring_days),
            expiring_soon_days: or(self.expiring_soon_days, default.expiring_soon_days),
            stale_days: or(self.stale_days, default.stale_days),
            waiver_months: or(self.waiver_months, default.waiver_months),
            sponsors: self.sponsors.map_or(default.sponsors, |count| count.value.0),
        }
    }
}
