//! Meetings: a page for each, their list, and a calendar. Nothing where there are none.

use super::{Planner, numbered};
use crate::model::{Level, Meeting};
use crate::site::formats::meetings;
use crate::site::markdown;
use crate::site::sealed::Published;
use crate::site::split::{self, Series, escaped};
use crate::site::views::{MeetingView, MeetingsView};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a row of the list takes at most, apart from what stands in it.
const ROW: usize = 700;

impl Planner<'_> {
    /// The pages, and the calendar.
    pub(super) fn meetings(&mut self) {
        let (assessment, today) = (self.assessment, self.assessment.today);
        if assessment.directory.meetings.is_empty() {
            return;
        }
        // What is ahead, the soonest first; then what is over, the latest first.
        let (mut ahead, mut over): (Vec<&Meeting>, Vec<&Meeting>) =
            assessment.directory.meetings.iter().partition(|meeting| today <= meeting.until);
        ahead.sort_by_key(|meeting| (meeting.since, &meeting.id));
        over.sort_by_key(|meeting| (std::cmp::Reverse(meeting.since), &meeting.id));
        ahead.append(&mut over);
        let weight = |meeting: &&Meeting| {
            ROW + escaped(meeting.title.as_str()) + meeting.place.as_ref().map_or(0, |place| escaped(place.as_str()))
        };
        let weights: Vec<usize> = ahead.iter().map(weight).collect();
        let listed = Arc::new(ahead);
        for part in split::split(&weights, self.budget, &Series::new("events.html", "events/page/")) {
            let listed = Arc::clone(&listed);
            self.page(part.path(), "events.html", "events", move |sheet, _, out| {
                let texts = sheet.texts();
                let title = numbered(&texts.text("events.title"), &part, texts);
                sheet.render(&title, &texts.text("describe.events"), &MeetingsView::new(&listed, &part, today, texts), out)
            });
        }
        let published = Published::of(assessment).map(|published| published.messages).unwrap_or_default();
        let sealed: Arc<BTreeSet<Level>> = Arc::new(published.iter().map(|message| message.audience).collect());
        for meeting in &assessment.directory.meetings {
            let (sealed, language) = (Arc::clone(&sealed), assessment.directory.config.language);
            self.page(format!("events/{}.html", meeting.id), "event.html", "events", move |sheet, _, out| {
                let body = sheet.to_html(&meeting.body, markdown::Place::Page);
                let view = MeetingView::new(meeting, body, &sealed, language, sheet.texts());
                sheet.render(meeting.title.as_str(), "", &view, out)
            });
        }
        self.file(meetings::PATH.to_owned(), move |out| meetings::calendar(assessment, out));
    }
}
