//! Lists of teams, of countries and of types.

use super::parts::Named;
use super::{DueRow, ReachRow, Row, SearchView, StatusView, association_page};
use crate::assess::{AssessedTeam, Assessment, Status};
use crate::model::{Country, Slug, sort_key};
use crate::site::Catalogue;
use crate::site::groups::{Due, Group, Groups};
use crate::site::split::Part;
use serde::Serialize;
use std::ops::Range;

/// One page of a list.
#[derive(Serialize)]
pub(super) struct ListView<R> {
    rows: Vec<R>,
    /// How many there are on all pages.
    total: usize,
    /// The number of the first row of this page.
    first: usize,
    last: usize,
    pager: Pager,
}

impl<R> ListView<R> {
    pub(super) fn new<T>(all: &[T], part: &Part, row: impl Fn(&T) -> R) -> Self {
        let rows = part.range.clone();
        Self {
            total: all.len(),
            first: rows.start + 1,
            last: rows.end,
            pager: Pager::new(part),
            rows: all[rows].iter().map(row).collect(),
        }
    }
}

/// The way to the other pages of a list.
#[derive(Serialize)]
pub(super) struct Pager {
    previous: Option<String>,
    next: Option<String>,
    /// The first and the last page, and those near this one. Without a link: a gap. Empty where there is one page.
    pages: Vec<PagerItem>,
}

#[derive(Serialize)]
struct PagerItem {
    number: usize,
    href: Option<String>,
    current: bool,
}

impl Pager {
    /// How many pages are shown on either side of the present one.
    const NEAR: usize = 2;

    pub(super) fn new(part: &Part) -> Self {
        let (number, count) = (part.number, part.count);
        let link = |number| (1..=count).contains(&number).then(|| part.href(number));
        let mut pages = Vec::new();
        let shown = (1..=count).filter(|at| *at == 1 || *at == count || at.abs_diff(number) <= Self::NEAR);
        let mut before = 0;
        for at in shown.filter(|_| count > 1) {
            if at > before + 1 {
                pages.push(PagerItem { number: 0, href: None, current: false });
            }
            pages.push(PagerItem { number: at, href: link(at), current: at == number });
            before = at;
        }
        Self { previous: link(number - 1), next: link(number + 1), pages }
    }
}

/// A page of teams: of all, or of those that have something in common.
#[derive(Serialize)]
pub(in crate::site) struct TeamsView<'a> {
    /// What the teams have in common, where it has a name.
    name: &'a str,
    /// The level or state that they have in common, where it is that.
    status: Option<StatusView>,
    list: ListView<Row<'a>>,
    /// On the list of all teams: what it can be filtered by.
    search: Option<SearchView<'a>>,
}

impl<'a> TeamsView<'a> {
    pub(in crate::site) fn new(
        name: &'a str,
        status: Option<Status>,
        teams: &[&'a AssessedTeam<'a>],
        part: &Part,
        assessment: &'a Assessment<'a>,
        groups: &'a Groups<'a>,
        texts: &Catalogue,
    ) -> Self {
        let list = ListView::new(teams, part, |team| Row::new(team, assessment, groups, texts));
        Self { name, status: status.map(|status| StatusView::new(status, texts)), list, search: None }
    }

    /// The same with what it can be filtered by.
    pub(in crate::site) fn with_search(self, groups: &'a Groups<'a>, assessment: &Assessment<'_>, texts: &Catalogue) -> Self {
        Self { search: Some(SearchView::new(groups, assessment, texts)), ..self }
    }
}

/// A page of the sheet that says how each team is reached.
#[derive(Serialize)]
pub(in crate::site) struct ContactsView<'a> {
    list: ListView<ReachRow<'a>>,
}

impl<'a> ContactsView<'a> {
    pub(in crate::site) fn new(groups: &Groups<'a>, part: &Part, assessment: &Assessment<'_>, texts: &Catalogue) -> Self {
        Self { list: ListView::new(&groups.active, part, |team| ReachRow::new(team, assessment, texts)) }
    }
}

/// A page of what ends: the end of one part of the list and the beginning of the other may stand on one page.
#[derive(Serialize)]
pub(in crate::site) struct ExpiringView<'a> {
    /// What is still to end, soonest first.
    ahead: DueView<'a>,
    /// What has ended, the latest first.
    ended: DueView<'a>,
    /// Where what has ended begins, which may be another page.
    ended_href: String,
    /// Which of the pages this is.
    number: usize,
    pager: Pager,
}

/// What a page has of one part of the list.
#[derive(Serialize)]
struct DueView<'a> {
    rows: Vec<DueRow<'a>>,
    /// How many there are on all pages.
    total: usize,
    /// The number of the first row of this page within its part.
    first: usize,
    last: usize,
}

impl<'a> ExpiringView<'a> {
    /// The page `part`, where what has ended begins on page `ended_on`.
    pub(in crate::site) fn new(groups: &Groups<'a>, part: &Part, ended_on: usize, texts: &Catalogue) -> Self {
        let (ahead, ended) = groups.due.split_at(groups.ahead);
        let Range { start, end } = part.range;
        Self {
            ahead: DueView::new(ahead, start.min(ahead.len())..end.min(ahead.len()), texts),
            ended: DueView::new(ended, start.saturating_sub(ahead.len())..end.saturating_sub(ahead.len()), texts),
            ended_href: part.href(ended_on),
            number: part.number,
            pager: Pager::new(part),
        }
    }
}

impl<'a> DueView<'a> {
    fn new(all: &[Due<'a>], rows: Range<usize>, texts: &Catalogue) -> Self {
        let (first, last) = (rows.start + 1, rows.end);
        Self { total: all.len(), first, last, rows: all[rows].iter().map(|due| DueRow::new(due, texts)).collect() }
    }
}

/// A list of countries, of types or of associations, each with the number of its teams.
#[derive(Serialize)]
pub(in crate::site) struct IndexView<'a> {
    entries: Vec<IndexEntry<'a>>,
    pager: Pager,
}

/// A country, a type or an association.
#[derive(Serialize)]
pub(super) struct IndexEntry<'a> {
    link: Named<'a>,
    teams: usize,
}

impl<'a> IndexView<'a> {
    pub(in crate::site) fn countries(groups: &'a Groups<'a>, part: &Part, texts: &Catalogue) -> Self {
        let countries = groups.countries[part.range.clone()].iter();
        Self::new(countries.map(|group| IndexEntry::country(group, groups, texts)), part)
    }

    pub(in crate::site) fn associations(groups: &'a Groups<'a>, part: &Part) -> Self {
        let associations = groups.figures.all.associations.all[part.range.clone()].iter();
        let entries = associations.map(|association| IndexEntry {
            link: Named { name: association.name.into(), href: Some(association_page(association)) },
            teams: association.members.len(),
        });
        Self::new(entries, part)
    }

    pub(in crate::site) fn types(groups: &'a Groups<'a>, part: &Part, texts: &Catalogue) -> Self {
        let types = groups.types[part.range.clone()].iter();
        Self::new(types.map(|group| IndexEntry::kind(group, groups, texts)), part)
    }

    fn new(entries: impl Iterator<Item = IndexEntry<'a>>, part: &Part) -> Self {
        Self { entries: IndexEntry::sorted(entries), pager: Pager::new(part) }
    }
}

impl<'a> IndexEntry<'a> {
    pub(super) fn country(group: &Group<'a, Country>, groups: &'a Groups<'a>, texts: &Catalogue) -> Self {
        Self { link: Named::country(group.key, groups, texts), teams: group.active() }
    }

    pub(super) fn kind(group: &Group<'a, &'a Slug>, groups: &'a Groups<'a>, texts: &Catalogue) -> Self {
        Self { link: Named::kind(group.key, groups, texts), teams: group.active() }
    }

    /// By their names in the language of the page.
    pub(super) fn sorted(entries: impl Iterator<Item = Self>) -> Vec<Self> {
        let mut entries: Vec<Self> = entries.collect();
        entries.sort_by_cached_key(|entry| sort_key(&entry.link.name));
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::split::{Series, split};

    #[test]
    fn the_pager_shows_both_ends_and_what_is_near() {
        let parts: Vec<Part> = split(&[1; 12], 1, &Series::new("a.html", "a/")).collect();
        let shown = |at: usize| -> Vec<String> {
            let pager = Pager::new(&parts[at]);
            pager.pages.iter().map(|item| item.href.clone().unwrap_or_else(|| "…".to_owned())).collect()
        };
        assert_eq!(shown(0), ["a.html", "a/2.html", "a/3.html", "…", "a/12.html"]);
        assert_eq!(shown(5), ["a.html", "…", "a/4.html", "a/5.html", "a/6.html", "a/7.html", "a/8.html", "…", "a/12.html"]);
        let pager = Pager::new(&parts[11]);
        assert_eq!((pager.previous.as_deref(), pager.next), (Some("a/11.html"), None));
    }

    #[test]
    fn a_single_page_has_no_pager() {
        let parts: Vec<Part> = split(&[1; 3], 10, &Series::new("a.html", "a/")).collect();
        assert!(Pager::new(&parts[0]).pages.is_empty());
    }
}
