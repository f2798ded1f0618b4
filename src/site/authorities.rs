//! What each body that accredits or certifies has done, gathered once, in time linear in the entries of all histories.

use crate::assess::{AssessedTeam, Assessment};
use crate::model::{Accreditation, Authority, AuthorityId, Entry};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What the bodies have done, by their ids.
pub(super) struct Authorities<'a> {
    issued: BTreeMap<&'a AuthorityId, Vec<Issued<'a>>>,
    accredited: BTreeMap<&'a AuthorityId, Vec<(&'a Authority, &'a Accreditation)>>,
}

/// What a body decided about a team.
#[derive(Clone, Copy)]
pub(super) struct Issued<'a> {
    /// The team.
    pub(super) team: &'a AssessedTeam<'a>,
    /// The entry of its history.
    pub(super) entry: &'a Entry,
}

impl<'a> Authorities<'a> {
    pub(super) fn new(assessment: &'a Assessment<'a>) -> Self {
        let mut issued: BTreeMap<&AuthorityId, Vec<Issued<'_>>> = BTreeMap::new();
        for team in &assessment.teams {
            for entry in &team.team.history {
                if let Some(authority) = &entry.authority {
                    issued.entry(&authority.value).or_default().push(Issued { team, entry });
                }
            }
        }
        for list in issued.values_mut() {
            list.sort_by_key(|one| Reverse(one.entry.since.value));
        }
        let mut accredited: BTreeMap<&AuthorityId, Vec<(&Authority, &Accreditation)>> = BTreeMap::new();
        for body in assessment.directory.authorities.values() {
            for accreditation in &body.accreditations {
                accredited.entry(&accreditation.authority.value).or_default().push((body, accreditation));
            }
        }
        Self { issued, accredited }
    }

    /// What the body with this id decided about teams, the newest first; of one day, by team.
    pub(super) fn issued(&self, id: &AuthorityId) -> &[Issued<'a>] {
        self.issued.get(id).map_or(&[], Vec::as_slice)
    }

    /// Which bodies it accredited, in the order of their ids.
    pub(super) fn accredited(&self, id: &AuthorityId) -> &[(&'a Authority, &'a Accreditation)] {
        self.accredited.get(id).map_or(&[], Vec::as_slice)
    }
}
