//! Which team is which: one that has another id now, and an id that is another team's now.

use super::{Change, Kind, Said, Side};
use crate::assess::{AssessedKey, AssessedTeam};
use crate::model::{Fingerprint, TeamId, name_key};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// By what a team is known whatever its id, as it is compared, with a letter for its kind in front; and how its entry writes it.
fn marks(team: &AssessedTeam<'_>) -> BTreeMap<String, String> {
    let keys = team.keys.iter().flat_map(AssessedKey::fingerprints).map(Fingerprint::digits);
    let keys = keys.map(|digits| (format!("k{digits}"), digits.to_owned()));
    let uuid = team.team.misp.iter().map(|misp| misp.org_uuid.as_str()).map(|uuid| (format!("u{uuid}"), uuid.to_owned()));
    let emails = team.team.contact.emails.iter();
    let emails = emails.map(|email| (format!("e{}", email.address.mailbox()), email.address.to_string()));
    let names = team.team.names().map(|name| (format!("n{}", name_key(name)), name.to_owned()));
    keys.chain(uuid).chain(emails).chain(names).collect()
}

/// Which teams of a version have a mark, by mark.
pub(super) fn by_mark<'d>(teams: &'d [AssessedTeam<'d>]) -> BTreeMap<String, BTreeSet<&'d TeamId>> {
    let mut by_mark: BTreeMap<String, BTreeSet<&TeamId>> = BTreeMap::new();
    for team in teams {
        for mark in marks(team).into_keys() {
            by_mark.entry(mark).or_default().insert(&team.team.id);
        }
    }
    by_mark
}

/// By what a team may now be taken for another: a name, an address, a key or a UUID of it that it did not have before.
pub(super) fn like_another(old: Option<&AssessedTeam<'_>>, new: &AssessedTeam<'_>, side: &Side<'_>) -> Vec<Change> {
    let before = old.map(marks).unwrap_or_default();
    let fresh = marks(new).into_iter().filter(|(mark, _)| !before.contains_key(mark));
    let changes = fresh.filter_map(|(mark, written)| {
        let others: Vec<&TeamId> = side.marks().get(&mark)?.iter().copied().filter(|id| **id != new.team.id).collect();
        let what = match mark.chars().next() {
            Some('k') => "the key ",
            Some('u') => "the UUID ",
            Some('e') => "the address ",
            _ => "the name ",
        };
        let is_anothers = !others.is_empty();
        let said = Said::ours_alone(what).theirs(&written).and(Said::some(" is also that of ", others));
        is_anothers.then(|| Change { new: Some(written), ..Change::new(Kind::LikeAnother, said) })
    });
    changes.collect()
}

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
        for mark in marks(team).into_keys() {
            by_mark.entry(mark).or_default().push(at);
        }
    }
    // What many share is no mark of one.
    by_mark.retain(|_, teams| teams.len() == 1);
    let mut pairs = Vec::new();
    for team in gone {
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        for at in marks(team).keys().filter_map(|mark| by_mark.get(mark)).flatten() {
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
    let is = marks(new);
    !marks(old).keys().any(|mark| is.contains_key(mark))
}
