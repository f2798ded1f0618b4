//! Which team is which: one that has another id now, and an id that is another team's now.

use super::{Change, Kind, Said, Side};
use crate::assess::AssessedTeam;
use crate::model::{TeamId, sort_key};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// By what a team is known whatever its id: each is text with a letter for its kind in front.
fn marks(team: &AssessedTeam<'_>) -> BTreeSet<String> {
    let keys = team.keys.iter().map(|key| format!("k{}", key.fingerprint.digits()));
    let emails = team.team.contact.emails.iter().map(|email| format!("e{}", email.address.as_str().to_ascii_lowercase()));
    let name = format!("n{}", sort_key(team.team.name.as_str()));
    let official = team.team.official_name.as_ref().map(|name| format!("o{}", sort_key(name.as_str())));
    keys.chain(emails).chain([name]).chain(official).collect()
}

/// Which teams of a version have a mark, by mark.
pub(super) fn by_mark<'d>(teams: &'d [AssessedTeam<'d>]) -> BTreeMap<String, BTreeSet<&'d TeamId>> {
    let mut by_mark: BTreeMap<String, BTreeSet<&TeamId>> = BTreeMap::new();
    for team in teams {
        for mark in marks(team) {
            by_mark.entry(mark).or_default().insert(&team.team.id);
        }
    }
    by_mark
}

/// By what a team may now be taken for another: a name, an address or a key of it that it did not have before.
pub(super) fn like_another(old: Option<&AssessedTeam<'_>>, new: &AssessedTeam<'_>, side: &Side<'_>) -> Vec<Change> {
    let before = old.map(marks).unwrap_or_default();
    let fresh = marks(new).into_iter().filter(|mark| !before.contains(mark));
    let changes = fresh.filter_map(|mark| {
        let others: Vec<String> =
            side.marks().get(&mark)?.iter().filter(|id| ***id != new.team.id).take(MOST).map(ToString::to_string).collect();
        let what = match mark.chars().next() {
            Some('k') => "the key ",
            Some('e') => "the address ",
            _ => "the name ",
        };
        let said = Said::ours_alone(what).theirs(&mark[1..]).ours(" is also that of ").and(Said::list(others.iter().cloned()));
        (!others.is_empty()).then(|| Change { new: Some(mark[1..].to_owned()), ..Change::new(Kind::LikeAnother, said) })
    });
    changes.collect()
}

/// How many other teams are named behind one mark.
const MOST: usize = 5;

/// The teams that are there under another id: the new ids with the old ones. Two are one where they have more in common than
/// with any other: a key, an address, a name. What also a team that stayed has proves nothing.
pub(super) fn renamed(old: &Side<'_>, new: &Side<'_>) -> BTreeMap<TeamId, TeamId> {
    let gone = old.assessment.teams.iter().filter(|team| !new.has(&team.team.id));
    let come: Vec<_> = new.assessment.teams.iter().filter(|team| !old.has(&team.team.id)).collect();
    if come.is_empty() {
        return BTreeMap::new();
    }
    let mut by_mark: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, team) in come.iter().enumerate() {
        for mark in marks(team) {
            by_mark.entry(mark).or_default().push(at);
        }
    }
    // What many share is no mark of one.
    by_mark.retain(|_, teams| teams.len() == 1);
    let mut pairs = Vec::new();
    for team in gone {
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        for at in marks(team).iter().filter_map(|mark| by_mark.get(mark)).flatten() {
            *common.entry(*at).or_default() += 1;
        }
        pairs.extend(common.into_iter().map(|(at, number)| (Reverse(number), &team.team.id, &come[at].team.id)));
    }
    // The closest first; of equals the first by id. Who comes too late was removed, or added.
    pairs.sort_unstable();
    let (mut renamed, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (_, was, is) in pairs {
        if !renamed.contains_key(is) && taken.insert(was) {
            renamed.insert(is.clone(), was.clone());
        }
    }
    renamed
}

/// Whether nothing by which a team is known is left of it.
pub(super) fn is_another(old: &AssessedTeam<'_>, new: &AssessedTeam<'_>) -> bool {
    marks(old).is_disjoint(&marks(new))
}
