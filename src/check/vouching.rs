//! Who vouched for whom, held against what the sponsors were on that day.
//!
//! What cannot have been is an error: somebody vouched who was not there. That a sponsor was not accredited is a warning, for
//! what was before may not be known.

use crate::assess::{Assessment, status_on};
use crate::diagnostic::{Finding, Rule, Span, Spanned};
use crate::model::{Entry, Event, Level, Part, State, Team, TeamId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A sponsor was there, and accredited, on the day on which what it vouched for began.
pub(super) fn sponsors(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    for team in &assessment.directory.teams {
        for entry in &team.history {
            for sponsor in entry.sponsors.iter().filter(|sponsor| sponsor.value != team.id) {
                findings
                    .extend(assessment.directory.team(&sponsor.value).and_then(|by| judge(team, entry, sponsor, by, assessment)));
            }
        }
    }
}

/// What is wrong with the word of `by`.
fn judge(team: &Team, entry: &Entry, sponsor: &Spanned<TeamId>, by: &Team, assessment: &Assessment<'_>) -> Option<Finding> {
    let (on, id) = (entry.since.value, &by.id);
    let find = |rule, message, help| Finding::new(rule, team.place(sponsor.span), message, help);
    if let Some(established) = by.established.map(|day| day.value).filter(|established| *established > on) {
        let message = format!("`{id}` was established on {established}, and cannot have vouched on {on}");
        return Some(find(Rule::ImpossibleSponsor, message, "name the team that vouched, or correct one of the two dates"));
    }
    let status = status_on(&by.history, assessment.directory.config.policy, on);
    let (what, help) = match (status.state, status.level) {
        (Some(State::Withdrawn), _) => {
            let message = format!("`{id}` had withdrawn when it is said to have vouched, on {on}");
            return Some(find(Rule::ImpossibleSponsor, message, "name the team that vouched, or correct one of the two dates"));
        }
        // What it was may be what could not be read.
        _ if by.is_unread(Part::Status) => return None,
        (Some(State::Suspended), _) => ("was suspended", "ask another accredited team to vouch"),
        (None, Some(level)) if level.is_accredited() => return None,
        (None, Some(_)) => {
            ("was not accredited", "ask an accredited team to vouch; where its history is not complete, complete it")
        }
        (None, None) => ("had no level that is known", "complete its history, or ask an accredited team to vouch"),
    };
    Some(find(Rule::SponsorNotAccredited, format!("`{id}` {what} when it vouched, on {on}"), help))
}

/// From the first listing on that names sponsors, each names enough.
pub(super) fn number(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let (least, teams) = (assessment.directory.config.policy.sponsors, &assessment.directory.teams);
    let listings =
        || teams.iter().flat_map(|team| team.history.iter().filter(|entry| is_listing(entry)).map(move |entry| (team, entry)));
    let named = listings().filter(|(_, entry)| !entry.sponsors.is_empty());
    let Some(first) = named.map(|(_, entry)| entry.since.value).min() else { return };
    for (team, entry) in listings().filter(|(_, entry)| entry.since.value >= first) {
        let mut ids: Vec<&TeamId> = entry.sponsors.iter().map(|sponsor| &sponsor.value).filter(|id| **id != team.id).collect();
        ids.sort_unstable();
        ids.dedup();
        if ids.len() < least {
            let message = match ids.len() {
                0 => format!("no sponsors are named, and {least} are asked for"),
                1 => format!("one sponsor is named, and {least} are asked for"),
                named => format!("{named} sponsors are named, and {least} are asked for"),
            };
            let help = "name the teams that vouched (`sponsors: [their-id, …]`), or change `sponsors` in the policy of site.yaml";
            findings.push(Finding::new(Rule::TooFewSponsors, team.place(entry.since.span), message, help));
        }
    }
}

fn is_listing(entry: &Entry) -> bool {
    entry.event == Event::Level(Level::Listed)
}

/// No teams were first listed on each other's word alone. Where a history begins with more than a listing, what was before is
/// not known.
pub(super) fn circles(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let teams = &assessment.directory.teams;
    let listed: Vec<(&Arc<Team>, &Entry)> =
        teams.iter().filter_map(|team| Some((team, team.history.first().filter(|entry| is_listing(entry))?))).collect();
    let places: BTreeMap<&TeamId, usize> = listed.iter().enumerate().map(|(at, (team, _))| (&team.id, at)).collect();
    let by: Vec<Vec<usize>> = listed
        .iter()
        .map(|(team, entry)| {
            let others = entry.sponsors.iter().filter(|sponsor| sponsor.value != team.id);
            others.filter_map(|sponsor| places.get(&sponsor.value).copied()).collect()
        })
        .collect();
    for circle in components(&by).into_iter().filter(|circle| circle.len() > 1) {
        let spots: Vec<_> = circle
            .iter()
            .map(|at| {
                (listed[*at].0, spot(listed[*at].1, |id| places.get(id).is_some_and(|at| circle.binary_search(at).is_ok())))
            })
            .collect();
        let Some(((first, span), others)) = spots.split_first() else { continue };
        let message = format!("{} vouch for each other in a circle", names(spots.iter().map(|(team, _)| &team.id)));
        let help = "one of them was listed before the others, on the word of teams outside the circle: correct its `sponsors`";
        let finding = Finding::new(Rule::CircularVouching, first.place(*span), message, help);
        let noted = others.iter().take(SHOWN - 1);
        findings.push(noted.fold(finding, |finding, (team, span)| finding.and(team.place(*span), "and here")));
    }
}

/// How many teams of a circle are named.
const SHOWN: usize = 3;

/// The names of two teams or more: `a`, `b` and 2 more.
fn names<'a>(ids: impl ExactSizeIterator<Item = &'a TeamId>) -> String {
    let count = ids.len();
    let mut names: Vec<String> = ids.take(SHOWN).map(|id| format!("`{id}`")).collect();
    let last = if count > SHOWN { Some(format!("{} more", count - SHOWN)) } else { names.pop() };
    format!("{} and {}", names.join(", "), last.unwrap_or_default())
}

/// Where the listing names a sponsor of its circle.
fn spot(entry: &Entry, is_within: impl Fn(&TeamId) -> bool) -> Span {
    entry.sponsors.iter().find(|sponsor| is_within(&sponsor.value)).map_or(entry.since.span, |sponsor| sponsor.span)
}

/// The strongly connected components of a graph, by Kosaraju's algorithm without recursion: in time linear in its edges. Each
/// is sorted, and they stand in the order of their first nodes.
fn components(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut back = vec![Vec::new(); edges.len()];
    for (from, to) in edges.iter().enumerate().flat_map(|(from, to)| to.iter().map(move |to| (from, *to))) {
        back[to].push(from);
    }
    let mut seen = vec![false; edges.len()];
    let mut order = Vec::new();
    for start in 0..edges.len() {
        order.extend(reached(start, edges, &mut seen));
    }
    let mut seen = vec![false; edges.len()];
    let found = order.iter().rev().map(|start| reached(*start, &back, &mut seen));
    let mut components: Vec<Vec<usize>> = found.filter(|component| !component.is_empty()).collect();
    for component in &mut components {
        component.sort_unstable();
    }
    components.sort_unstable();
    components
}

/// What is reached from `start` and was not seen yet, what is left last standing last.
fn reached(start: usize, edges: &[Vec<usize>], seen: &mut [bool]) -> Vec<usize> {
    let mut left = Vec::new();
    if std::mem::replace(&mut seen[start], true) {
        return left;
    }
    let mut path = vec![(start, 0)];
    while let Some((node, next)) = path.last_mut() {
        if let Some(to) = edges[*node].get(*next).copied() {
            *next += 1;
            if !std::mem::replace(&mut seen[to], true) {
                path.push((to, 0));
            }
        } else {
            left.push(*node);
            path.pop();
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_found_and_what_hangs_on_them_is_not_one() {
        // 0 and 1 on each other; 2 on 0; 3, 4 and 5 in a ring; 6 between the two; 7 alone.
        let edges = [vec![1], vec![0], vec![0], vec![4], vec![5], vec![3], vec![0, 3], vec![]].map(Vec::from);
        let circles: Vec<_> = components(&edges).into_iter().filter(|component| component.len() > 1).collect();
        assert_eq!(circles, [vec![0, 1], vec![3, 4, 5]]);
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let edges: Vec<Vec<usize>> = (0..200_000).map(|at| if at == 0 { Vec::new() } else { vec![at - 1] }).collect();
        assert_eq!(components(&edges).len(), 200_000);
    }
}
