//! The first page: what there is, where, what changed last, and what ends next.

use super::list::IndexEntry;
use super::map::MapView;
use super::{ChangeRow, DueRow, StatusView};
use crate::site::Catalogue;
use crate::site::groups::{Group, Groups};
use serde::Serialize;

/// How many endings are shown.
const ENDINGS: usize = 8;

/// How many types are shown, those with the most teams.
const INDEX: usize = 18;

/// The first page.
#[derive(Serialize)]
pub(in crate::site) struct HomeView<'a> {
    /// How many teams there are that have not withdrawn, and in how many countries.
    teams: usize,
    countries: usize,
    /// The five levels.
    levels: Vec<Step>,
    /// What may stand in place of a level, where a team has it.
    others: Vec<Step>,
    changes: Vec<ChangeRow<'a>>,
    next: Vec<DueRow<'a>>,
    map: MapView<'a>,
    /// Every country with such teams: what the map shows, in words.
    all_countries: Vec<IndexEntry<'a>>,
    top_types: Vec<IndexEntry<'a>>,
    /// How many types there are.
    types: usize,
}

/// A status, and how many teams have it.
#[derive(Serialize)]
struct Step {
    status: StatusView,
    teams: usize,
}

impl<'a> HomeView<'a> {
    pub(in crate::site) fn new(groups: &'a Groups<'a>, texts: &Catalogue) -> Self {
        let steps = groups.statuses.iter().map(|group| (group.key, group.teams.len()));
        let step = |(status, teams)| Step { status: StatusView::new(status, texts), teams };
        let countries = groups.countries.iter().filter(|group| group.active() > 0);
        let is_level = |status: crate::assess::Status| status.counting().is_some();
        Self {
            teams: groups.active.len(),
            countries: countries.clone().count(),
            levels: steps.clone().filter(|(status, _)| is_level(*status)).map(step).collect(),
            others: steps.filter(|(status, teams)| !is_level(*status) && *teams > 0).map(step).collect(),
            changes: groups.newest.iter().map(|one| ChangeRow::new(one, texts)).collect(),
            next: groups.due[..groups.ahead].iter().take(ENDINGS).map(|due| DueRow::new(due, texts)).collect(),
            map: MapView::new(groups, texts),
            all_countries: IndexEntry::sorted(countries.map(|group| IndexEntry::country(group, groups, texts))),
            top_types: IndexEntry::sorted(
                largest(&groups.types, Group::active).map(|group| IndexEntry::kind(group, groups, texts)),
            ),
            types: groups.types.len(),
        }
    }
}

/// The largest groups, in the order in which they stood.
fn largest<T>(groups: &[T], size: impl Fn(&T) -> usize) -> impl Iterator<Item = &T> {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(size(&groups[*at])));
    order.truncate(INDEX);
    order.sort_unstable();
    order.into_iter().map(|at| &groups[at])
}
