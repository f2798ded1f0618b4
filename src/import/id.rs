//! Ids out of names.

use crate::model::{Slug, TeamId, fold_to_id};

/// The id that a team of this name would have if no other had it.
pub(super) fn wanted(name: &str) -> Option<TeamId> {
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
}
