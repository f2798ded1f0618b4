//! Flags: what a reader should know of a team besides its level. And what ends, and when.

use super::AssessedTeam;
use super::ending::{Ending, What, leaves};
use super::key_flag::{self, KeyFault, KeyName};
use super::standing::{Change, End, Standing, changes_after, periods};
use crate::config::Policy;
use crate::diagnostic::{Rule, Span};
use crate::model::{Agreement, Date, Entry, Event, Fingerprint, Level, State, Team, keywords, months_after, years_after};
use std::fmt;

/// Something that a reader should know, and where in the entry it comes from.
#[derive(Debug, Clone)]
pub struct Flag<'d> {
    /// What.
    pub kind: FlagKind<'d>,
    /// How much it matters.
    pub strength: Strength,
    /// The place in the team's file.
    pub span: Span,
}

keywords! {
    /// How much a flag matters, the gravest first.
    pub enum Strength, "a strength" {
        /// Trust is lower than it looks, or will be within the shorter of the policy's times.
        Strong = "strong",
        /// Something ends within the longer time, or ought to be done.
        Soft = "soft",
        /// Good to know.
        Info = "info",
    }
}

/// What a flag says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlagKind<'d> {
    /// Something ended or ends soon.
    Ends(Ending<'d>),
    /// The certification's end was not stated.
    EndNotStated,
    /// The team became a certification candidate this soon: accredited since, candidate since.
    EarlyCertificationCandidate(Date, Date),
    /// An accredited team has never confirmed its data, as far as the entry says.
    NeverConfirmed,
    /// The team is suspended since a day.
    Suspended(Date),
    /// The team has withdrawn on a day.
    Withdrawn(Date),
    /// Nobody stated a level.
    NoLevelStated,
    /// Something is wrong with a contact key.
    Key(KeyName<'d>, KeyFault<'d>),
}

keywords! {
    /// What kind of thing a flag tells of, the gravest first: by this teams can be chosen.
    pub enum FlagClass, "a kind of flag" {
        /// The certification has ended.
        CertificationExpired = "certification-expired",
        /// The certification ends soon.
        CertificationExpiring = "certification-expiring",
        /// The time to become accredited has passed.
        CandidateOverdue = "candidate-overdue",
        /// The data are unconfirmed.
        DataUnconfirmed = "data-unconfirmed",
        /// The team is suspended.
        Suspended = "suspended",
        /// The team has withdrawn.
        Withdrawn = "withdrawn",
        /// The level ends soon, as is announced.
        LevelEnding = "level-ending",
        /// A key has ended, or encryption to it.
        KeyExpired = "key-expired",
        /// A key ends soon, or encryption to it.
        KeyExpiring = "key-expiring",
        /// A key is revoked.
        KeyRevoked = "key-revoked",
        /// Messages cannot be encrypted to a key.
        CannotEncrypt = "cannot-encrypt",
        /// A key is not offered, for it carries no address of the team that counts, or one of another team.
        KeyNotOffered = "key-not-offered",
        /// A key is weak.
        WeakKey = "weak-key",
        /// A key is not valid yet.
        KeyNotYetValid = "key-not-yet-valid",
        /// A published assessment no longer counts.
        AssessmentStale = "assessment-stale",
        /// A published assessment counts no longer soon.
        AssessmentEnding = "assessment-ending",
        /// Messages can no longer be encrypted to a key soon.
        EncryptionEnding = "encryption-ending",
        /// An agreement has ended.
        AgreementEnded = "agreement-ended",
        /// An agreement ends soon.
        AgreementEnding = "agreement-ending",
        /// The end of the certification was not stated.
        EndNotStated = "end-not-stated",
        /// The team became a candidate for certification early.
        EarlyCertificationCandidate = "early-certification-candidate",
        /// The time to become accredited ends soon.
        CandidacyEnding = "candidacy-ending",
        /// A suspension ends.
        SuspensionEnding = "suspension-ending",
        /// No level was stated.
        NoLevelStated = "no-level-stated",
    }
}

impl FlagClass {
    /// What a flag of this kind says when the day has passed of which it speaks, where that is another thing that lowers trust.
    pub const fn after(self) -> Option<Self> {
        match self {
            Self::CertificationExpiring => Some(Self::CertificationExpired),
            Self::KeyExpiring => Some(Self::KeyExpired),
            Self::EncryptionEnding => Some(Self::CannotEncrypt),
            Self::AssessmentEnding => Some(Self::AssessmentStale),
            Self::AgreementEnding => Some(Self::AgreementEnded),
            Self::CandidacyEnding => Some(Self::CandidateOverdue),
            _ => None,
        }
    }
}

impl fmt::Display for FlagKind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ends(ending) => sentence(ending, f),
            Self::EndNotStated => f.write_str("End of the certification not stated"),
            Self::EarlyCertificationCandidate(accredited, candidate) => {
                write!(f, "Certification candidate since {candidate}, so soon after {accredited}, when it was accredited")
            }
            Self::NeverConfirmed => f.write_str("Data not confirmed by the team"),
            Self::Suspended(since) => write!(f, "Suspended since {since}"),
            Self::Withdrawn(since) => write!(f, "Withdrawn on {since}"),
            Self::NoLevelStated => f.write_str("No level stated"),
            Self::Key(key, fault) => write!(f, "{key} {fault}"),
        }
    }
}

/// What an ending means, with the words that fit the thing.
fn sentence(ending: &Ending<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let when = ending.when();
    let (verb, rest) = when.split_once(' ').unwrap_or((&when, ""));
    let past = verb == "ended";
    match ending.what {
        What::Certification | What::Key(_) => write!(f, "{} {} {rest}", ending.what, if past { "expired" } else { "expires" }),
        What::Candidacy if past => write!(f, "Accreditation overdue: the time for it {when}"),
        What::Confirmation => write!(f, "Data unconfirmed: the last confirmation held until {}", ending.on),
        What::Assessment if past => write!(f, "SIM3 assessment out of date: it held until {}", ending.on),
        what => write!(f, "{what} {when}"),
    }
}

impl<'d> FlagKind<'d> {
    /// The fingerprint of the contact key that it is about, if it is about one.
    pub fn key(&self) -> Option<&'d Fingerprint> {
        match self {
            Self::Key(key, _) | Self::Ends(Ending { what: What::Key(key), .. }) => Some(key.fingerprint),
            Self::Ends(Ending { what: What::Encryption(fingerprint), .. }) => Some(fingerprint),
            _ => None,
        }
    }

    /// What kind of thing it tells of.
    pub fn class(&self) -> FlagClass {
        match self {
            Self::Ends(ending) => match (ending.what, ending.has_ended()) {
                (What::Certification, true) => FlagClass::CertificationExpired,
                (What::Certification, false) => FlagClass::CertificationExpiring,
                (What::Candidacy, true) => FlagClass::CandidateOverdue,
                (What::Candidacy, false) => FlagClass::CandidacyEnding,
                (What::Confirmation, _) => FlagClass::DataUnconfirmed,
                (What::Assessment, true) => FlagClass::AssessmentStale,
                (What::Assessment, false) => FlagClass::AssessmentEnding,
                (What::Key(_), true) => FlagClass::KeyExpired,
                (What::Key(_), false) => FlagClass::KeyExpiring,
                (What::Encryption(_), true) => FlagClass::CannotEncrypt,
                (What::Encryption(_), false) => FlagClass::EncryptionEnding,
                (What::Agreement(_), true) => FlagClass::AgreementEnded,
                (What::Agreement(_), false) => FlagClass::AgreementEnding,
                (What::Suspension, _) => FlagClass::SuspensionEnding,
                (What::Level(_), _) => FlagClass::LevelEnding,
            },
            Self::EndNotStated => FlagClass::EndNotStated,
            Self::EarlyCertificationCandidate(..) => FlagClass::EarlyCertificationCandidate,
            Self::NeverConfirmed => FlagClass::DataUnconfirmed,
            Self::Suspended(_) => FlagClass::Suspended,
            Self::Withdrawn(_) => FlagClass::Withdrawn,
            Self::NoLevelStated => FlagClass::NoLevelStated,
            Self::Key(_, fault) => fault.class(),
        }
    }

    /// The day of which it speaks, if it speaks of one alone.
    pub fn on(&self) -> Option<Date> {
        match self {
            Self::Ends(Ending { on, .. }) | Self::Suspended(on) | Self::Withdrawn(on) => Some(*on),
            Self::Key(_, fault) => fault.on(),
            _ => None,
        }
    }

    /// The rule that the flag breaks, if it is one.
    pub fn rule(&self) -> Option<Rule> {
        match self {
            Self::Ends(ending) => match (ending.what, ending.has_ended()) {
                (What::Certification, true) => Some(Rule::CertificationExpired),
                (What::Certification, false) => Some(Rule::CertificationExpiring),
                (What::Candidacy, true) => Some(Rule::CandidateOverdue),
                (What::Confirmation, true) => Some(Rule::DataUnconfirmed),
                (What::Assessment, true) => Some(Rule::AssessmentStale),
                (What::Key(_), true) => Some(Rule::KeyExpired),
                (What::Encryption(_), true) => Some(Rule::CannotEncrypt),
                (What::Key(_) | What::Encryption(_), false) => Some(Rule::KeyExpiring),
                (What::Agreement(_), true) => Some(Rule::AgreementEnded),
                (What::Agreement(_), false) => Some(Rule::AgreementEnding),
                _ => None,
            },
            Self::EndNotStated => Some(Rule::CertificationEndUnknown),
            Self::EarlyCertificationCandidate(..) => Some(Rule::EarlyCertificationCandidate),
            Self::NeverConfirmed => Some(Rule::DataUnconfirmed),
            Self::Key(_, fault) => fault.rule(),
            Self::Suspended(_) | Self::Withdrawn(_) | Self::NoLevelStated => None,
        }
    }
}

/// Everything of a team that ends within the policy's longer time, or has ended; soonest first. A confirmation is
/// listed only once it has run out, for every team has one that soon will.
pub(super) fn endings<'d>(assessed: &AssessedTeam<'d>, policy: Policy, today: Date) -> Vec<Ending<'d>> {
    let mut endings = all_endings(assessed, policy, today);
    endings.retain(|ending| ending.days_left <= i64::from(policy.expiring_days));
    endings.retain(|ending| ending.what != What::Confirmation || ending.has_ended());
    endings
}

/// Everything of a team that has a last day, whether that is near or far; soonest first. Nothing of one that has withdrawn.
pub(super) fn all_endings<'d>(assessed: &AssessedTeam<'d>, policy: Policy, today: Date) -> Vec<Ending<'d>> {
    let AssessedTeam { team, standing, .. } = assessed;
    if standing.status.is_withdrawn() {
        return Vec::new();
    }
    let ending = |what, on: Date, span| Ending { what, on, days_left: today.days_until(on), span };
    let mut endings = Vec::new();
    if let Some(certificate) = &standing.certificate
        && let End::On(on) = certificate.end
    {
        // What is announced to take its place ends it before its day.
        let ends = |later: &&Entry| match later.event {
            Event::Level(level) => !matches!(level, Level::Certified | Level::CertificationCandidate),
            Event::State(_) => false,
        };
        let announced = team.history.iter().filter(|later| later.since.value > today && later.since.value <= on).find(ends);
        let on = announced.map_or(on, |later| later.since.value.previous());
        endings.push(ending(What::Certification, on, certificate.entry.since.span));
    }
    if let (Some(Level::AccreditationCandidate), Some(entry)) = (standing.status.level, standing.entry) {
        let on = months_after(entry.since.value, policy.candidate_months);
        // Where the history says what follows before that day, nothing will be overdue. A suspension stops no clock.
        let settles = |later: &Entry| later.event != Event::State(State::Suspended);
        let mut later = team.history.iter().filter(|later| later.since.value > entry.since.value && later.since.value <= on);
        if !later.any(settles) {
            endings.push(ending(What::Candidacy, on, entry.since.span));
        }
    }
    if standing.status.level.is_some_and(Level::is_accredited)
        && let Some(confirmed) = assessed.confirmed
    {
        endings.push(ending(What::Confirmation, months_after(confirmed.value, policy.confirmation_months), confirmed.span));
    }
    let newest = team.maturity.iter().filter(|assessment| assessment.assessed.value <= today).max_by_key(|a| a.assessed.value);
    endings.extend(newest.map(|assessment| {
        let on = years_after(assessment.assessed.value, policy.assessment_years);
        ending(What::Assessment, on, assessment.assessed.span)
    }));
    endings.extend(assessed.keys.iter().flat_map(|key| key_flag::endings(key, team, today)));
    let agreed =
        |agreement: &'d Agreement| agreement.until.map(|date| ending(What::Agreement(&agreement.name), date.value, date.span));
    endings.extend(team.agreements.iter().filter_map(agreed));
    if let (Some(State::Suspended), Some(entry)) = (standing.status.state, standing.state_entry)
        && let Some(crate::model::Until::Date(on)) = entry.until.map(|until| until.value)
    {
        endings.push(ending(What::Suspension, on, entry.since.span));
    }
    endings.extend(announced(team, standing, policy, today));
    without_what_never_counts(&mut endings);
    endings.sort_by_key(|ending| (ending.on, ending.span));
    endings
}

/// The last days before what is announced lowers the status, be that for a while.
fn announced<'d>(team: &Team, standing: &Standing<'_>, policy: Policy, today: Date) -> Vec<Ending<'d>> {
    // Most teams have announced nothing.
    if team.history.last().is_none_or(|entry| entry.since.value <= today) {
        return Vec::new();
    }
    let mut before = standing.status;
    let lowers = changes_after(&team.history, policy, today).into_iter().filter_map(|Change { on: first, to }| {
        let before = std::mem::replace(&mut before, to);
        let entry = team.history.iter().find(|entry| entry.since.value == first)?;
        let on = first.previous();
        let ending = Ending { what: What::Level(to), on, days_left: today.days_until(on), span: entry.since.span };
        (before.lower(to) == to).then_some(ending)
    });
    lowers.collect()
}

/// Leaves out what is over for the team by then, for it has left, and the end of a certification where what follows is announced.
fn without_what_never_counts(endings: &mut Vec<Ending<'_>>) {
    let leaves = leaves(endings);
    endings.retain(|ending| ending.what.is_withdrawal() || leaves.is_none_or(|leaves| ending.on < leaves));
    let lowered = |ending: &Ending<'_>| matches!(ending.what, What::Level(to) if to.state.is_none()).then_some(ending.on);
    let lowered: Vec<Date> = endings.iter().filter_map(lowered).collect();
    endings.retain(|ending| ending.what != What::Certification || !lowered.contains(&ending.on));
}

/// The flags of a team whose endings are known, the gravest first.
pub(super) fn flags<'d>(assessed: &AssessedTeam<'d>, policy: Policy, today: Date) -> Vec<Flag<'d>> {
    let AssessedTeam { team, standing, confirmed, endings, .. } = assessed;
    let mut flags = Vec::new();
    let mut add = |kind, strength, span| flags.push(Flag { kind, strength, span });
    let name = team.name.span;
    match (standing.status.state, standing.state_entry) {
        (Some(State::Withdrawn), Some(entry)) => {
            add(FlagKind::Withdrawn(entry.since.value), Strength::Strong, entry.since.span);
            return flags;
        }
        (Some(State::Suspended), Some(entry)) => add(FlagKind::Suspended(entry.since.value), Strength::Strong, entry.since.span),
        _ if standing.status.level.is_none() => add(FlagKind::NoLevelStated, Strength::Info, name),
        _ => {}
    }
    for ending in endings {
        add(FlagKind::Ends(*ending), strength(ending, policy), ending.span);
    }
    if let Some(certificate) = standing.certificate.filter(|certificate| certificate.end == End::NotStated) {
        add(FlagKind::EndNotStated, Strength::Soft, certificate.entry.since.span);
    }
    if standing.status.level.is_some_and(Level::is_accredited) && confirmed.is_none() {
        add(FlagKind::NeverConfirmed, Strength::Soft, name);
    }
    if let Some((accredited, candidate, span)) = early_candidate(team, standing, policy) {
        add(FlagKind::EarlyCertificationCandidate(accredited, candidate), Strength::Soft, span);
    }
    flags.extend(assessed.keys.iter().flat_map(|key| key_flag::flags(key, team, today)));
    flags.sort_by_key(|flag| flag.strength);
    flags
}

fn strength(ending: &Ending<'_>, policy: Policy) -> Strength {
    let soon = ending.days_left <= i64::from(policy.expiring_soon_days);
    match ending.what {
        What::Certification | What::Key(_) | What::Encryption(_) | What::Level(_) if soon => Strength::Strong,
        What::Candidacy | What::Confirmation if ending.has_ended() => Strength::Strong,
        What::Suspension | What::Candidacy => Strength::Info,
        _ => Strength::Soft,
    }
}

/// When the team was accredited, to remain so without a break, and became a certification candidate, if that was too soon and it still is
/// one.
fn early_candidate(team: &Team, standing: &Standing<'_>, policy: Policy) -> Option<(Date, Date, Span)> {
    let candidate = standing.entry.filter(|entry| entry.event == Event::Level(Level::CertificationCandidate))?;
    let candidate = candidate.since;
    let before = periods(&team.history, policy).into_iter().take_while(|period| period.on < candidate.value);
    let accredited = before.fold(None, |since, period| {
        let is_accredited = !period.to.is_withdrawn() && period.to.level.is_some_and(Level::is_accredited);
        since.filter(|_| is_accredited).or_else(|| is_accredited.then_some(period.on))
    })?;
    let earliest = months_after(accredited, policy.certification_wait_months);
    (candidate.value < earliest).then_some((accredited, candidate.value, candidate.span))
}
