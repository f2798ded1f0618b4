//! Ids out of names.

use crate::model::{Slug, TeamId, fold_to_id};
use std::collections::{BTreeMap, BTreeSet};

/// The ids of one import. They depend on the input alone, not on what stands on the disk, so that importing the same
/// data again gives the same ids.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: BTreeSet<TeamId>,
    /// The last number that was tried behind an id.
    last: BTreeMap<TeamId, usize>,
}

impl Ids {
    /// The id for a team of this name, and the one that it would have if no other had it.
    pub(super) fn take(&mut self, name: &str) -> Option<(TeamId, TeamId)> {
        let wanted = wanted(name)?;
        let mut id = wanted.clone();
        let last = self.last.entry(wanted.clone()).or_insert(1);
        while self.taken.contains(&id) {
            *last += 1;
            id = format!("{wanted}-{last}").parse().ok()?;
        }
        self.taken.insert(id.clone());
        Some((id, wanted))
    }
}

/// The id for a team of this name.
fn wanted(name: &str) -> Option<TeamId> {
    let folded = fold_to_id(name);
    let prefixed = format!("team-{folded}");
    folded.parse().ok().or_else(|| prefixed.trim_end_matches('-').parse().ok())
}

/// The word of an open vocabulary for a name of it.
pub(super) fn slug(name: &str) -> Option<Slug> {
    let folded = fold_to_id(name);
    folded.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        for (name, id) in [
            ("CERT Alpha", "cert-alpha"),
            ("NÚKIB / GovCERT.CZ", "nukib-govcert-cz"),
            ("../../etc/passwd", "etc-passwd"),
            ("365 CSIRT", "team-365-csirt"),
            ("Con", "team-con"),
            ("index", "team-index"),
            ("!!!", "team"),
            ("-a-", "a"),
            ("日本", "ri-ben"),
        ] {
            assert_eq!(wanted(name).map(|id| id.to_string()).as_deref(), Some(id), "{name}");
        }
        assert!(wanted(&"x".repeat(500)).is_some_and(|id| id.as_str().len() == 70));
    }

    #[test]
    fn an_id_is_given_once() {
        let mut ids = Ids::default();
        let given: Vec<_> =
            ["A", "a", "A-2", "a!"].iter().filter_map(|name| ids.take(name)).map(|(id, _)| id.to_string()).collect();
        assert_eq!(given, ["a", "a-2", "a-2-2", "a-3"]);
    }
}
