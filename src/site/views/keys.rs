//! The page of all keys.

use super::key::{KeyName, Mark, RevokedView, marks, still_ends};
use super::list::Pager;
use crate::model::Date;
use crate::site::Catalogue;
use crate::site::groups::Groups;
use crate::site::keys::{Ring, TeamKey};
use crate::site::split::Part;
use serde::Serialize;
use std::ops::Range;

/// A page of the list of keys; the first has the keyrings besides.
#[derive(Serialize)]
pub(in crate::site) struct KeysView<'a> {
    /// What ends soon, what is off, and all: as much of each as stands on this page.
    sections: Vec<Section<'a>>,
    rings: Vec<RingView>,
    /// How many mail domains have a Web Key Directory to be served.
    domains: usize,
    /// One of them.
    domain: Option<&'a str>,
    /// The domains for which this site is that directory.
    served: Vec<&'a str>,
    /// Which of the pages this is.
    number: usize,
    pager: Pager,
}

#[derive(Serialize)]
struct Section<'a> {
    /// `soon`, `off`, `all`.
    id: &'static str,
    rows: Vec<KeyRow<'a>>,
    /// How many there are on all pages.
    total: usize,
    /// The number of the first row of this page within the section.
    first: usize,
    last: usize,
}

#[derive(Serialize)]
struct KeyRow<'a> {
    id: &'a str,
    team: &'a str,
    name: KeyName<'a>,
    algorithm: Option<String>,
    /// The last day on which it is valid, unless it is revoked.
    ends: Option<Date>,
    /// The last day on which it is of use, where that is still to come.
    still_ends: Option<Date>,
    revoked: Option<RevokedView>,
    /// Whether that was read from the key, or there is known to be none.
    read: bool,
    offered: bool,
    marks: Vec<Mark>,
}

#[derive(Serialize)]
struct RingView {
    /// Whose keys: `all`, `accredited`, `certified`.
    circle: &'static str,
    /// Whether only software for RFC 9580 reads it.
    modern: bool,
    keys: usize,
    /// The names of its files, without their endings.
    name: String,
}

impl<'a> KeysView<'a> {
    /// The page `part`.
    pub(in crate::site) fn new(groups: &'a Groups<'a>, part: &Part, today: Date, texts: &Catalogue) -> Self {
        let keys = &groups.keys;
        let mut from = 0;
        let mut sections = Vec::new();
        for (id, held) in [("soon", &keys.soon), ("off", &keys.off), ("all", &keys.all)] {
            let within = |at: usize| at.saturating_sub(from).min(held.len());
            sections.push(Section::new(id, held, within(part.range.start)..within(part.range.end), today, texts));
            from += held.len();
        }
        sections.retain(|section| !section.rows.is_empty());
        let domains = keys.wkd.for_owners();
        Self {
            sections,
            rings: if part.number == 1 { keys.rings.iter().map(RingView::new).collect() } else { Vec::new() },
            domains: domains.len(),
            domain: domains.first().copied(),
            served: keys.wkd.served().collect(),
            number: part.number,
            pager: Pager::new(part),
        }
    }
}

impl<'a> Section<'a> {
    fn new(id: &'static str, all: &[TeamKey<'a>], rows: Range<usize>, today: Date, texts: &Catalogue) -> Self {
        Self {
            id,
            total: all.len(),
            first: rows.start + 1,
            last: rows.end,
            rows: all[rows].iter().map(|held| KeyRow::new(held, today, texts)).collect(),
        }
    }
}

impl<'a> KeyRow<'a> {
    fn new(held: &TeamKey<'a>, today: Date, texts: &Catalogue) -> Self {
        Self {
            id: held.team.team.id.as_str(),
            team: held.team.team.name.as_str(),
            name: KeyName::new(held, texts),
            algorithm: held.key.algorithm().map(|algorithm| texts.algorithm(algorithm)),
            ends: held.key.expires(),
            still_ends: still_ends(held.key, today),
            revoked: RevokedView::new(held.key, today),
            read: held.key.file.is_some(),
            offered: held.key.offered,
            marks: marks(held, today, texts),
        }
    }
}

impl RingView {
    fn new(ring: &Ring<'_>) -> Self {
        Self { circle: ring.circle.id(), modern: ring.modern, keys: ring.len(), name: ring.name() }
    }
}
