//! When what is said of the teams next becomes something else, with no file changed.
//!
//! That is found by holding what is said on one day against what is said on another, on the days that the files name and those
//! that the policy puts before and behind them. So a rule that is added here or there needs no second account of when it
//! begins to hold, as long as its day is among them.
//!
//! What counts the days to a date, or says where today lies on a scale, changes every day, and is no change.

use super::key::{AssessedKey, Source, end_of_day, is_own, last_day};
use super::standing::{all_turning_points, last_day_of};
use super::{AssessedTeam, Flag, FlagKind, assess_team, changes, flag, is_recent, newest};
use crate::config::Policy;
use crate::load::Directory;
use crate::model::{Date, Team, years_after};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The first day after `today` on which something else is said of a team: its level, a flag, a key, what ends, or what has
/// become of it. `None` where that never happens.
pub fn next_change(directory: &Directory, today: Date) -> Option<Date> {
    let days: Vec<(Date, &Team)> = directory
        .teams
        .par_iter()
        .flat_map_iter(|team| candidates(team, directory, today).into_iter().map(move |day| (day, &**team)))
        .collect();
    let mut by_day: BTreeMap<Date, Vec<&Team>> = BTreeMap::new();
    for (day, team) in days {
        by_day.entry(day).or_default().push(team);
    }
    by_day.into_iter().find_map(|(day, teams)| {
        let differs = |team: &&Team| said(team, directory, today) != said(team, directory, day);
        teams.iter().any(differs).then_some(day)
    })
}

/// The days after `today` on which something else may be said of `team`.
fn candidates(team: &Team, directory: &Directory, today: Date) -> BTreeSet<Date> {
    let policy = directory.config.policy;
    let assessed = assess_team(team, directory, today);
    let mut days: BTreeSet<Date> = all_turning_points(&team.history, policy).into_iter().collect();
    for ending in flag::all_endings(&assessed, policy, today) {
        for ahead in [policy.expiring_days, policy.expiring_soon_days] {
            days.insert(ending.on.minus_days(ahead));
        }
        days.extend([ending.on, ending.on.next(), ending.on.plus_days(policy.expiring_days).next()]);
    }
    for assessment in team.maturity.iter().chain(&team.tested) {
        let assessed = assessment.assessed.value;
        days.extend([assessed, years_after(assessed, policy.assessment_years).next()]);
    }
    days.extend(team.confirmed.map(|confirmed| confirmed.value));
    days.extend(team.memberships.iter().flat_map(|one| [one.period.since, one.period.until.map(Date::next)]).flatten());
    days.extend(team.agreements.iter().flat_map(|one| [one.since, one.until.map(|until| until.value.next())]).flatten());
    for key in &assessed.keys {
        let instants = match &key.source {
            Source::Stated => Vec::new(),
            Source::OpenPgp(certificate, _) => certificate.instants(),
            Source::Smime(certificate) => vec![certificate.not_before, certificate.not_after],
        };
        // What ends at midnight held to the day before; what says so holds from its own day on.
        let around = instants.into_iter().flat_map(|at| [last_day(at), Date::of(at), Date::of(at).next()]);
        days.extend(around.chain(key.expires()).chain(key.encrypts_until()));
    }
    days.split_off(&today.next())
}

/// All that is said of `team` on `day`, in a text that nobody reads: two days on which it is the same are alike.
fn said(team: &Team, directory: &Directory, day: Date) -> String {
    let policy = directory.config.policy;
    let assessed = assess_team(team, directory, day);
    let standing = &assessed.standing;
    let certificate = standing.certificate.map(|certificate| (certificate.entry.since.value, certificate.valid));
    let mut text = format!(
        "{:?} {:?} {:?} {:?} {:?} {certificate:?} {:?}",
        standing.status,
        standing.status_since(),
        standing.since,
        standing.valid_until,
        standing.next,
        assessed.confirmed
    );
    // To write into a text does not fail.
    for entry in &team.history {
        let last = last_day_of(entry, &team.history, policy, day);
        write!(text, " {} {last:?} {}", entry.since.value <= day, last.is_some_and(|last| last < day)).ok();
    }
    for held in team.memberships.iter().map(|one| one.period.holds_on(day)) {
        write!(text, " {held}").ok();
    }
    for held in team.agreements.iter().map(|one| one.holds_on(day)) {
        write!(text, " {held}").ok();
    }
    for assessment in &team.maturity {
        write!(text, " {}", assessment.assessed.value <= day).ok();
    }
    let tested = team.response_tests.iter().filter(|_| directory.config.response_tests);
    write!(text, " {}", tested.filter(|test| test.date.value <= day).count()).ok();
    // Of the newest of a series alone it matters whether it is recent. Tests of a team that has withdrawn count in no figure.
    let counted = team.tested.iter().filter(|_| !standing.status.is_withdrawn());
    for (series, assessment) in newest(team.maturity.iter().chain(counted), day) {
        write!(text, " {series:?} {} {}", assessment.assessed.value, is_recent(assessment, policy, day)).ok();
    }
    for flag in &assessed.flags {
        write!(text, " {}", of_flag(flag)).ok();
    }
    endings(&assessed, policy, day, &mut text);
    write!(text, " {:?}", changes::changes(&assessed, policy, day)).ok();
    for key in &assessed.keys {
        of_key(key, &assessed, day, &mut text);
    }
    text
}

/// A flag but for the days that it counts.
fn of_flag(flag: &Flag<'_>) -> String {
    let words = match &flag.kind {
        FlagKind::Ends(ending) => format!("{:?} {}", ending.what, ending.on),
        kind => format!("{kind:?}"),
    };
    format!("{words} {} {:?}", flag.strength, flag.kind.class())
}

/// What ends: of what is shown, whether that is ahead, today or past, and of all, whether it is long past.
fn endings(assessed: &AssessedTeam<'_>, policy: Policy, day: Date, text: &mut String) {
    for ending in &assessed.endings {
        write!(text, " {}", ending.days_left.signum()).ok();
    }
    for ending in flag::all_endings(assessed, policy, day) {
        let is_recent = ending.days_left >= -i64::from(policy.expiring_days);
        write!(text, " {:?} {} {} {is_recent}", ending.what, ending.on, ending.has_ended()).ok();
    }
}

/// What a key says of itself on `day`, and what is handed out of it.
fn of_key(key: &AssessedKey<'_>, assessed: &AssessedTeam<'_>, day: Date, text: &mut String) {
    let place = |date: Option<Date>| date.map(|date| day.cmp(&date));
    let subkeys = key.reading().into_iter().flat_map(|reading| &reading.subkeys);
    let ended: Vec<bool> = subkeys.map(|subkey| subkey.expires.is_some_and(|end| last_day(end) < day)).collect();
    let begun = key.created().is_none_or(|created| created <= day);
    let revoked = key.revoked().map(|revoked| Date::of(revoked.on) <= day);
    let (ends, encrypts) = (place(key.expires()), place(key.encrypts_until()));
    let (offered, usable) = (key.offered, key.is_usable(day));
    write!(text, " {begun} {ends:?} {encrypts:?} {revoked:?} {ended:?} {offered} {usable} {:?}", key.reading()).ok();
    if let (Source::OpenPgp(certificate, _), true) = (&key.source, offered) {
        write!(text, " {:?}", certificate.minimised(end_of_day(day), &|id| is_own(id, assessed.team))).ok();
    }
}
