//! The rules that need more than one value, one file or one day: a table of named checks, each pure.
//!
//! What can be seen in one value alone was reported when it was read.

mod authorities;
mod claims;
mod keys;
mod references;
mod sealed;
mod time;
mod unread;
mod vouching;
mod waivers;

pub use references::UNFINISHED;
pub use waivers::waive;

use crate::assess::Assessment;
use crate::diagnostic::{Finding, Place, Rule};
use crate::load::PrivateDirectory;
use rayon::prelude::*;
use unread::Unread;

/// A check: which rules it finds broken, and how.
struct Check {
    /// The rules whose breaches it reports.
    rules: &'static [Rule],
    /// Adds what it finds.
    run: fn(&Assessment<'_>, &mut Vec<Finding>),
}

/// All checks.
const CHECKS: &[Check] = &[
    Check { rules: time::FLAG_RULES, run: time::flags },
    Check { rules: &[Rule::FutureDate], run: time::future_dates },
    Check { rules: &[Rule::SkippedLevel], run: time::skipped_levels },
    Check { rules: &[Rule::AfterWithdrawal], run: time::after_withdrawal },
    Check { rules: &[Rule::UnknownSponsor], run: references::sponsors },
    Check { rules: &[Rule::ImpossibleSponsor, Rule::SponsorNotAccredited], run: vouching::sponsors },
    Check { rules: &[Rule::CircularVouching], run: vouching::circles },
    Check { rules: &[Rule::TooFewSponsors], run: vouching::number },
    Check { rules: &[Rule::UnknownAuthority], run: authorities::known },
    Check { rules: &[Rule::NotEntitled], run: authorities::entitled },
    Check { rules: &[Rule::SameCertificate], run: authorities::certificates },
    Check { rules: &[Rule::LateVerification], run: authorities::verifications },
    Check { rules: &[Rule::UnknownType], run: references::types },
    Check { rules: &[Rule::SameName], run: references::names },
    Check { rules: &[Rule::SameUuid], run: references::uuids },
    Check { rules: &[Rule::UnfinishedEntry], run: references::unfinished },
    Check { rules: &[Rule::WrongFingerprint, Rule::NoMatchingUserId, Rule::SharedKey], run: keys::owners },
    Check { rules: &[Rule::UnusedDomain], run: keys::unused_domains },
    Check { rules: &[Rule::TypedExpiry], run: keys::typed_expiry },
    Check { rules: &[Rule::ClaimedTwice, Rule::NotShared, Rule::ShadowedClaim], run: claims::of_others },
    Check { rules: &[Rule::ClaimWithoutContact], run: claims::without_contact },
    Check { rules: &[Rule::TopLevelDomain], run: claims::top_level_domains },
    Check { rules: &[Rule::SharedAddress], run: claims::shared_addresses },
    Check { rules: &[Rule::ReservedRange], run: claims::reserved_ranges },
    Check { rules: &[Rule::UnusedPage], run: references::pages },
    Check { rules: &[Rule::SealedAudience], run: sealed::audiences },
];

/// Holds the directory against every rule, and adds what is found in the order of the checks, whichever was first.
pub fn check(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let found: Vec<Vec<Finding>> = CHECKS
        .par_iter()
        .map(|check| {
            let mut findings = Vec::new();
            (check.run)(assessment, &mut findings);
            debug_assert!(findings.iter().all(|finding| check.rules.contains(&finding.rule)), "a check reports its own rules");
            findings
        })
        .collect();
    // Of a large directory there may be a million.
    findings.reserve_exact(found.iter().map(Vec::len).sum());
    let unread = Unread::of(assessment);
    findings.extend(found.into_iter().flatten().filter(|finding| !unread.may_explain(finding)));
}

/// Holds the private tree against the public one. Its findings neither name a value nor show a line.
pub fn check_private(assessment: &Assessment<'_>, private: &PrivateDirectory) -> Vec<Finding> {
    let known = &assessment.directory.team_ids;
    let strays = private.entries.iter().filter(|entry| !known.contains(&entry.id));
    let help = "give the file the id of a team in content/teams, or remove it";
    let strays = strays.map(|entry| {
        let place = Place::file(entry.file.clone());
        let mut finding = Finding::new(Rule::PrivateWithoutTeam, place, "no public team has this id", help);
        finding.confidential = true;
        finding
    });
    strays.chain(sealed::meetings(assessment, private)).chain(sealed::readers(assessment, private)).collect()
}
