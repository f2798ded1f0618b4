//! Teams by something that they have, such as a country, and how far those are vouched for.

use crate::assess::AssessedTeam;
use crate::model::Level;
use std::collections::BTreeMap;

/// How many teams, and how many of them rank higher.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rank {
    /// All.
    pub teams: u32,
    /// Those that are accredited or more; the certified are among them, the suspended are not.
    pub accredited: u32,
    /// Those that are certified.
    pub certified: u32,
}

impl Rank {
    /// The same with one team more.
    #[must_use]
    pub(super) fn with(self, team: &AssessedTeam<'_>) -> Self {
        let level = team.standing.status.counting();
        Self {
            teams: self.teams + 1,
            accredited: self.accredited + u32::from(level.is_some_and(Level::is_accredited)),
            certified: self.certified + u32::from(level == Some(Level::Certified)),
        }
    }
}

/// The teams by each of their keys, in the order of the keys. A team that has a key twice counts once for it.
pub(super) fn ranks<'a, K: Ord + Copy, I: Iterator<Item = K>>(
    teams: &[&'a AssessedTeam<'a>],
    keys: impl Fn(&'a AssessedTeam<'a>) -> I,
) -> Vec<(K, Rank)> {
    let mut ranks: BTreeMap<K, Rank> = BTreeMap::new();
    for team in teams {
        let mut own: Vec<K> = keys(team).collect();
        own.sort_unstable();
        own.dedup();
        for key in own {
            let rank = ranks.entry(key).or_default();
            *rank = rank.with(team);
        }
    }
    ranks.into_iter().collect()
}
