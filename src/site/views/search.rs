//! What the list of all teams can be filtered by.

use super::StatusView;
use crate::assess::FlagClass;
use crate::site::groups::Groups;
use crate::site::split::escaped;
use serde::Serialize;

/// The form above the list of all teams, and what its script needs to know.
#[derive(Serialize)]
pub(in crate::site) struct SearchView<'a> {
    /// How many files the teams stand in.
    files: usize,
    /// How many teams there are.
    teams: usize,
    /// Those that some team has; likewise below.
    levels: Vec<StatusView>,
    countries: Vec<Choice<'a>>,
    types: Vec<Choice<'a>>,
    flags: Vec<FlagClass>,
    memberships: Vec<&'a str>,
    /// Every kind of flag, and what it becomes when its day has passed.
    all_flags: Vec<FlagChoice>,
}

/// Something to choose, and how it is called.
#[derive(Serialize)]
struct Choice<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct FlagChoice {
    id: FlagClass,
    after: Option<FlagClass>,
}

impl<'a> SearchView<'a> {
    pub(in crate::site) fn new(groups: &'a Groups<'a>) -> Self {
        let search = &groups.search;
        let types = groups.types.iter().map(|group| group.key).filter(|kind| search.types.contains(kind));
        let countries = groups.countries.iter().map(|group| &group.key);
        Self {
            files: search.files(),
            teams: groups.all.len(),
            levels: groups
                .statuses
                .iter()
                .filter(|group| !group.teams.is_empty())
                .map(|group| StatusView::new(group.key))
                .collect(),
            countries: countries.map(|country| Choice { id: country.code(), name: country.name() }).collect(),
            types: types.map(|kind| Choice { id: kind.as_str(), name: groups.type_name(kind) }).collect(),
            flags: search.flags.iter().copied().filter(|class| *class != FlagClass::NoLevelStated).collect(),
            memberships: search.memberships.iter().copied().collect(),
            all_flags: FlagClass::ALL.iter().map(|class| FlagChoice { id: *class, after: class.after() }).collect(),
        }
    }

    /// What the form takes at most on a page of the default theme.
    pub(in crate::site) fn weight(&self) -> usize {
        /// The mark-up and texts of the form and of what the script draws, apart from what can be chosen.
        const FRAME: usize = 12_000;
        /// The mark-up of a choice.
        const CHOICE: usize = 40;
        let choices = self.countries.iter().chain(&self.types);
        let named = choices.map(|choice| CHOICE + choice.id.len() + escaped(choice.name)).sum::<usize>();
        FRAME + named + self.memberships.iter().map(|name| CHOICE + 2 * escaped(name)).sum::<usize>()
    }
}
