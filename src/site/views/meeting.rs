//! A meeting, and the list of all.

use super::list::Pager;
use crate::config::Language;
use crate::model::{Date, Level, Line, Meeting, Url};
use crate::site::Catalogue;
use crate::site::split::Part;
use serde::Serialize;
use std::collections::BTreeSet;

/// The page of a meeting.
#[derive(Serialize)]
pub(in crate::site) struct MeetingView<'a> {
    days: DaysView,
    place: Option<&'a str>,
    website: Option<&'a str>,
    /// Those who may attend, by their level. Nothing: everybody may.
    audience: Option<String>,
    /// Whether there is a sealed message for that level.
    sealed: bool,
    /// HTML.
    body: String,
    /// In which language it is written (BCP 47).
    language: &'static str,
}

/// A page of the list.
#[derive(Serialize)]
pub(in crate::site) struct MeetingsView<'a> {
    /// What is ahead, or goes on, the soonest first.
    ahead: Vec<RowView<'a>>,
    /// What is over, the latest first.
    over: Vec<RowView<'a>>,
    number: usize,
    pager: Pager,
}

#[derive(Serialize)]
struct RowView<'a> {
    id: &'a str,
    title: &'a str,
    days: DaysView,
    place: Option<&'a str>,
    audience: Option<String>,
}

/// When it is.
#[derive(Serialize)]
struct DaysView {
    since: Date,
    /// Nothing where it is on one day.
    until: Option<Date>,
}

impl DaysView {
    fn new(meeting: &Meeting) -> Self {
        Self { since: meeting.since, until: Some(meeting.until).filter(|until| *until != meeting.since) }
    }
}

impl<'a> MeetingView<'a> {
    /// What there is to say of `meeting`; `body` is its text in HTML, and `sealed` says for which levels there are messages.
    pub(in crate::site) fn new(
        meeting: &'a Meeting,
        body: String,
        sealed: &BTreeSet<Level>,
        language: Language,
        texts: &Catalogue,
    ) -> Self {
        let level = meeting.level();
        Self {
            days: DaysView::new(meeting),
            place: meeting.place.as_ref().map(Line::as_str),
            website: meeting.website.as_ref().map(Url::href),
            audience: level.map(|level| texts.audience(level)),
            sealed: level.is_some_and(|level| sealed.contains(&level)),
            body,
            language: language.id(),
        }
    }
}

impl<'a> MeetingsView<'a> {
    /// The rows of a part of `listed`, in which what is over on `today` stands last.
    pub(in crate::site) fn new(listed: &[&'a Meeting], part: &Part, today: Date, texts: &Catalogue) -> Self {
        let row = |meeting: &&'a Meeting| RowView {
            id: meeting.id.as_str(),
            title: meeting.title.as_str(),
            days: DaysView::new(meeting),
            place: meeting.place.as_ref().map(Line::as_str),
            audience: meeting.level().map(|level| texts.audience(level)),
        };
        let rows = &listed[part.range.clone()];
        let (ahead, over) = rows.split_at(rows.partition_point(|meeting| today <= meeting.until));
        Self {
            ahead: ahead.iter().map(row).collect(),
            over: over.iter().map(row).collect(),
            number: part.number,
            pager: Pager::new(part),
        }
    }
}
