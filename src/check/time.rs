//! What follows from dates. A date that passes is never an error.

use crate::assess::{AssessedTeam, Assessment, FlagKind, KeyFault, KeyName};
use crate::diagnostic::{Finding, Place, Rule, Span};
use crate::model::{Date, Entry, Event, KeyKind, Level, State, Team};
use std::sync::Arc;

/// The rules that flags can break.
pub(super) const FLAG_RULES: &[Rule] = &[
    Rule::CertificationExpired,
    Rule::CertificationExpiring,
    Rule::CertificationEndUnknown,
    Rule::CandidateOverdue,
    Rule::DataUnconfirmed,
    Rule::AssessmentStale,
    Rule::KeyExpired,
    Rule::KeyExpiring,
    Rule::CannotEncrypt,
    Rule::KeyRevoked,
    Rule::WeakKey,
    Rule::FutureDate,
    Rule::AgreementEnded,
    Rule::AgreementEnding,
    Rule::EarlyCertificationCandidate,
];

/// What the pages flag, the operator is told.
pub(super) fn flags(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    for assessed in &assessment.teams {
        for flag in &assessed.flags {
            if let Some(rule) = flag.kind.rule() {
                let place = assessed.team.place(flag.span);
                let finding = Finding::new(rule, place, flag.kind.to_string(), cure(assessed.team, &flag.kind, rule));
                findings.push(match key_file(assessed, &flag.kind) {
                    Some(file) => finding.and(Place::file(file), "the key"),
                    None => finding,
                });
            }
        }
    }
}

/// The file of the key that a flag is about.
fn key_file(assessed: &AssessedTeam<'_>, kind: &FlagKind<'_>) -> Option<Arc<str>> {
    let fingerprint = kind.key()?;
    let key = assessed.keys.iter().find(|key| key.fingerprint == fingerprint)?;
    key.file.map(|file| Arc::clone(&file.file))
}

fn cure(team: &Team, kind: &FlagKind<'_>, rule: Rule) -> &'static str {
    match rule {
        Rule::CertificationExpired => "it counts no longer; add the new certification to `status` once it is granted",
        Rule::CertificationExpiring => {
            "nothing is wrong yet: ask for the re-certification, and add it to `status` once it is granted"
        }
        Rule::CertificationEndUnknown => "write the day until which the certificate holds in place of `unknown`",
        Rule::CandidateOverdue => "add the accreditation to `status`, or the level to which the team returned",
        Rule::DataUnconfirmed if matches!(kind, FlagKind::NeverConfirmed) && team.confirmed.is_some() => {
            "the day in `confirmed` lies ahead, and counts only then: write the day on which the team confirmed its data"
        }
        Rule::DataUnconfirmed if matches!(kind, FlagKind::NeverConfirmed) => {
            "add `confirmed:` with the day on which the team confirmed its data"
        }
        Rule::DataUnconfirmed => "ask the team to look through its entry, and set `confirmed` to that day",
        Rule::AssessmentStale => "add the newer assessment; the old one no longer counts",
        Rule::KeyExpired if matches!(kind, FlagKind::Key(_, KeyFault::UserIdExpired(_))) => {
            "ask the team to extend the user id, and for the file of its key with that"
        }
        Rule::KeyExpired => "ask the team for its new key, or for the new date of this one",
        Rule::KeyExpiring => "nothing is wrong yet: ask the team for its new key, or for a later date of this one",
        Rule::CannotEncrypt => "it is not offered to those who write to the team: ask the team for a key that can encrypt",
        Rule::KeyRevoked => "it is not offered any more: ask the team for the key that replaces it",
        Rule::WeakKey if matches!(kind, FlagKind::Key(KeyName { kind: KeyKind::Smime, .. }, _)) => {
            "ask the team for a new certificate: RSA of 2048 bits or more, or an elliptic curve, signed with SHA-256 or better"
        }
        Rule::WeakKey => "ask the team for a new key, such as `gpg --quick-generate-key ADDRESS future-default` makes",
        Rule::FutureDate => "nothing is wrong if it is meant for later; else the clock of whoever made it was wrong",
        Rule::AgreementEnded => "write the new date, or remove the agreement",
        Rule::AgreementEnding => "nothing is wrong yet: ask whether it is renewed",
        _ => "check the dates; the policy asks for a longer time between the two",
    }
}

/// What is dated after today has not happened: it is announced, and does not count.
pub(super) fn future_dates(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let today = assessment.today;
    if let Some(index) = assessment.directory.sealed.as_ref().filter(|index| index.sealed.value > today) {
        let message = format!("{} lies after today, {today}", index.sealed.value);
        let help = "check the clock of whoever sealed, and seal anew: the page says as of which day the messages are";
        findings.push(Finding::new(Rule::FutureDate, Place::new(&index.file, index.sealed.span), message, help));
    }
    for assessed in &assessment.teams {
        let team = assessed.team;
        for (date, span) in past_dates(team).filter(|(date, _)| *date > today) {
            let message = format!("{date} lies after today, {today}");
            let help = "check the date; what is announced counts only from its day on";
            findings.push(Finding::new(Rule::FutureDate, team.place(span), message, help));
        }
    }
}

/// Every date of an entry that ought to be past.
fn past_dates(team: &Team) -> impl Iterator<Item = (Date, Span)> {
    let history = team.history.iter().map(|entry| (entry.since.value, entry.since.span));
    let confirmed = team.confirmed.iter().map(|date| (date.value, date.span));
    let assessed = team.maturity.iter().map(|assessment| (assessment.assessed.value, assessment.assessed.span));
    let verified = team.history.iter().flat_map(|entry| &entry.verifications);
    let verified = verified.map(|verification| (verification.date.value, verification.date.span));
    let tested = team.response_tests.iter().map(|test| (test.date.value, test.date.span));
    let established = team.established.iter().map(|day| (day.value, day.span));
    established.chain(history).chain(confirmed).chain(assessed).chain(verified).chain(tested)
}

/// A team is accredited before it is a certification candidate, or certified. Candidacies need not be entered, and what
/// was before may not be known, so a history may begin with any level but a certification candidate's.
pub(super) fn skipped_levels(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    for assessed in &assessment.teams {
        // The highest since the team last came.
        let mut highest = None;
        for entry in &assessed.team.history {
            let level = match entry.event {
                Event::Level(level) => level,
                Event::State(State::Withdrawn) => {
                    highest = None;
                    continue;
                }
                Event::State(State::Suspended) => continue,
            };
            let first = highest.is_none();
            let asks = level == Level::CertificationCandidate || (level == Level::Certified && !first);
            if asks && highest < Some(Level::Accredited) {
                let message = format!("`{level}` without `{}` before it", Level::Accredited);
                let help = "add the earlier entry, if its date is known";
                findings.push(Finding::new(Rule::SkippedLevel, assessed.team.place(entry.since.span), message, help));
            }
            highest = highest.max(Some(level));
        }
    }
}

/// Only a level brings back who has withdrawn: a state that is entered before that counts for nothing.
pub(super) fn after_withdrawal(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    for assessed in &assessment.teams {
        let mut withdrawn: Option<&Entry> = None;
        for entry in &assessed.team.history {
            match (withdrawn, entry.event) {
                (Some(left), Event::State(state)) => {
                    let message = format!("`{state}` does not count after a withdrawal");
                    let help = "remove the entry; where the team had come back by then, add the level with which it did";
                    let finding = Finding::new(Rule::AfterWithdrawal, assessed.team.place(entry.since.span), message, help);
                    findings.push(finding.and(assessed.team.place(left.since.span), "it withdrew here"));
                }
                (None, Event::State(State::Withdrawn)) => withdrawn = Some(entry),
                (_, Event::Level(_)) => withdrawn = None,
                (None, Event::State(State::Suspended)) => {}
            }
        }
    }
}
