//! What the list of all teams can be filtered by.

use super::StatusView;
use crate::assess::{Assessment, FlagClass};
use crate::model::sort_key;
use crate::site::Catalogue;
use crate::site::groups::Groups;
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
    name: String,
}

#[derive(Serialize)]
struct FlagChoice {
    id: FlagClass,
    after: Option<FlagClass>,
}

impl Choice<'_> {
    /// By their names in the language of the page.
    fn sorted(choices: impl Iterator<Item = Self>) -> Vec<Self> {
        let mut choices: Vec<Self> = choices.collect();
        choices.sort_by_cached_key(|choice| (sort_key(&choice.name), choice.id.to_owned()));
        choices
    }
}

impl<'a> SearchView<'a> {
    pub(in crate::site) fn new(groups: &'a Groups<'a>, assessment: &Assessment<'_>, texts: &Catalogue) -> Self {
        let search = &groups.search;
        let types = groups.types.iter().map(|group| group.key).filter(|kind| search.types.contains(kind));
        let types = types.map(|kind| Choice { id: kind.as_str(), name: texts.type_name(kind, groups.config) });
        let countries = groups.countries.iter().map(|group| &group.key);
        let countries = countries.map(|country| Choice { id: country.code(), name: texts.country(*country).to_owned() });
        Self {
            files: search.files(&groups.all, assessment).len(),
            teams: groups.all.len(),
            levels: groups
                .statuses
                .iter()
                .filter(|group| !group.teams.is_empty())
                .map(|group| StatusView::new(group.key, texts))
                .collect(),
            countries: Choice::sorted(countries),
            types: Choice::sorted(types),
            flags: search.flags.iter().copied().filter(|class| *class != FlagClass::NoLevelStated).collect(),
            memberships: search.memberships.iter().copied().collect(),
            all_flags: FlagClass::ALL.iter().map(|class| FlagChoice { id: *class, after: class.after() }).collect(),
        }
    }
}
