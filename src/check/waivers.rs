//! Warnings that an entry asks not to be told of, and what is to be said of these waivers themselves.
//!
//! A waiver holds up to its end, and only from so long before it as the policy allows: one that is made for ever would hide
//! what nobody remembers. All that time brings here is a warning.

use crate::assess::Assessment;
use crate::diagnostic::{Count, Finding, Place, Rule};
use crate::model::{Date, Team, Waiver, months_after};
use std::collections::{BTreeMap, BTreeSet};

/// Takes out of `findings` the warnings that entries waive today, and adds those about waivers that have ended, reach too far,
/// or waive nothing. Of rules in `not_looked_for` nobody can say that they waive nothing.
pub fn waive(assessment: &Assessment<'_>, not_looked_for: &[Rule], findings: &mut Vec<Finding>) {
    let directory = assessment.directory;
    let months = directory.config.policy.waiver_months;
    let latest = months_after(assessment.today, months);
    let mut waivers: Vec<(&Team, &Waiver, bool)> = Vec::new();
    let mut of_file: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for team in directory.teams.iter().map(|team| &**team).filter(|team| !team.waivers.is_empty()) {
        of_file.insert(stem(&team.file), (waivers.len()..waivers.len() + team.waivers.len()).collect());
        waivers.extend(team.waivers.iter().map(|waiver| (team, waiver, false)));
    }
    // Of a large directory there may be a million findings, and mostly no waiver.
    if waivers.is_empty() {
        return;
    }
    // Where something is wrong nobody can say either: what could not be read is not looked at.
    let errors = findings.iter().filter(|finding| finding.is_error());
    let wrong: BTreeSet<&str> = errors.filter_map(|error| Some(*of_file.get_key_value(stem(&error.place.file))?.0)).collect();
    findings.retain_mut(|finding| {
        if finding.is_error() {
            return true;
        }
        let by = |place: &Place| -> Vec<usize> {
            let own = of_file.get(stem(&place.file)).into_iter().flatten().copied();
            own.filter(|&at| waivers[at].1.rule.value == finding.rule).collect()
        };
        let of_entries: Vec<Vec<usize>> = concerned(finding).map(by).collect();
        let holds = |at: &usize| (assessment.today..=latest).contains(&waivers[*at].1.until.value);
        let is_told = !of_entries.iter().all(|own| own.iter().any(holds));
        let waived: Vec<usize> = of_entries.iter().flatten().copied().filter(holds).collect();
        for &at in of_entries.iter().flatten() {
            let (team, waiver, used) = &mut waivers[at];
            *used = true;
            if is_told && waived.contains(&at) {
                finding
                    .also
                    .push((team.place(waiver.rule.span), "waived here, and told until the other entry waives it too".into()));
            }
        }
        is_told
    });
    let said = waivers.into_iter().filter_map(|(team, waiver, used)| {
        let is_known_unused = !used && !not_looked_for.contains(&waiver.rule.value) && !wrong.contains(stem(&team.file));
        about(team, waiver, assessment.today, (months, latest), is_known_unused)
    });
    findings.extend(said);
}

/// Where the entries are that have to waive a finding. What two teams cannot both have is of both: who takes what is another's
/// does not silence it alone, whichever of the two it is told of.
fn concerned(finding: &Finding) -> impl Iterator<Item = &Place> {
    const OF_BOTH: [Rule; 4] = [Rule::ClaimedTwice, Rule::SharedAddress, Rule::SharedKey, Rule::SameName];
    let others = OF_BOTH.contains(&finding.rule).then_some(&finding.also);
    std::iter::once(&finding.place).chain(others.into_iter().flatten().map(|(place, _)| place))
}

/// What the names of an entry and of the key files beside it begin with: ids hold no dots.
fn stem(file: &str) -> &str {
    file.split('.').next().unwrap_or_default()
}

/// What is to be said of a waiver itself.
fn about(team: &Team, waiver: &Waiver, today: Date, (months, latest): (u32, Date), is_unused: bool) -> Option<Finding> {
    let (rule, until) = (waiver.rule.value.id(), waiver.until.value);
    if until < today {
        let message = format!("the waiver of `{rule}` ended on {until}");
        let help = if is_unused {
            "remove it: there is nothing left that it would waive"
        } else {
            "mend what it waived and remove it; where that has to wait, give it a new end and a reason that holds"
        };
        return Some(Finding::new(Rule::WaiverEnded, team.place(waiver.until.span), message, help));
    }
    if until > latest {
        let message = format!(
            "the waiver of `{rule}` ends on {until}, more than {} from today",
            Count(usize::try_from(months).unwrap_or(usize::MAX), "month")
        );
        let help = format!("it does not hold yet: write {latest} or an earlier day, and look again then");
        return Some(Finding::new(Rule::WaiverTooLong, team.place(waiver.until.span), message, help));
    }
    is_unused.then(|| {
        let message = format!("there is no `{rule}` in this entry to be waived");
        let help = "remove the waiver";
        Finding::new(Rule::UnusedWaiver, team.place(waiver.rule.span), message, help)
    })
}
