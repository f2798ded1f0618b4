//! The associations of teams: who is a member of which today.
//!
//! An association has no file of its own: it is what entries name. Two names that differ in case or accents are one, and what
//! stands in brackets behind a name is the kind of membership: `FIRST (Full Member)` is one of `FIRST`.

use super::places::Rank;
use crate::assess::{AssessedTeam, Assessment};
use crate::model::{Membership, Slug, fold_to_id, sort_key};
use std::collections::{BTreeMap, BTreeSet};

/// An association.
#[derive(Debug)]
pub struct Association<'a> {
    /// The name of its page, and what programs know it by on this day: another name that is alike may change it.
    pub id: Slug,
    /// Its name, as most entries write it.
    pub name: &'a str,
    /// Its members today, with their membership, in the order of the assessment; those left out that have withdrawn.
    pub members: Vec<(&'a AssessedTeam<'a>, &'a Membership)>,
    /// How far they are vouched for.
    pub rank: Rank,
}

/// The associations that entries name, in the order of their names, and where in it each name stands.
#[derive(Debug, Default)]
pub struct Associations<'a> {
    /// The associations.
    pub all: Vec<Association<'a>>,
    by_name: BTreeMap<String, usize>,
}

impl<'a> Associations<'a> {
    /// The association that a membership is of, and its place among all.
    pub fn of(&self, membership: &Membership) -> Option<(usize, &Association<'a>)> {
        let at = *self.by_name.get(&sort_key(name_of(membership)))?;
        Some((at, self.all.get(at)?))
    }
}

/// The association's name in a membership, without the kind of membership behind it.
fn name_of(membership: &Membership) -> &str {
    let name = membership.name.as_str();
    let short = name.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    short.map_or(name, |(short, _)| short)
}

/// What entries name as one association.
#[derive(Default)]
struct Named<'a> {
    /// How often each of its spellings stands in an entry.
    spellings: BTreeMap<&'a str, usize>,
    members: Vec<(&'a AssessedTeam<'a>, &'a Membership)>,
}

/// The associations of `assessment`, in time linear in the memberships.
pub fn associations<'a>(assessment: &'a Assessment<'a>) -> Associations<'a> {
    let mut named: BTreeMap<String, Named<'_>> = BTreeMap::new();
    for team in &assessment.teams {
        for membership in &team.team.memberships {
            let one = named.entry(sort_key(name_of(membership))).or_default();
            *one.spellings.entry(name_of(membership)).or_default() += 1;
            let is_member = membership.period.holds_on(assessment.today) && !team.standing.status.is_withdrawn();
            let is_there = one.members.last().is_some_and(|(last, _)| std::ptr::eq(*last, team));
            if is_member && !is_there {
                one.members.push((team, membership));
            }
        }
    }
    let mut taken = BTreeSet::new();
    let mut associations = Associations::default();
    for (key, Named { spellings, members }) in named {
        // The most frequent spelling; of several the first in order.
        let most = spellings.iter().rev().max_by_key(|(_, times)| **times).map(|(spelling, _)| *spelling);
        let (Some(name), Some(id)) = (most, id(&key, &mut taken)) else { continue };
        associations.by_name.insert(key, associations.all.len());
        let rank = members.iter().fold(Rank::default(), |rank, (team, _)| rank.with(team));
        associations.all.push(Association { id, name, members, rank });
    }
    associations
}

/// An id that no other association has.
fn id(name: &str, taken: &mut BTreeSet<Slug>) -> Option<Slug> {
    let folded = fold_to_id(name);
    let plain = folded.parse().ok();
    let plain: Slug = plain.or_else(|| format!("association-{folded}").trim_end_matches('-').parse().ok())?;
    let numbered = (2..).map_while(|number| format!("{plain}-{number}").parse().ok());
    let free = std::iter::once(plain.clone()).chain(numbered).find(|id| !taken.contains(id))?;
    taken.insert(free.clone());
    Some(free)
}
