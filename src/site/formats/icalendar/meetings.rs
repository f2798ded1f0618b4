//! `events.ics`: the meetings, as a calendar to subscribe to. An all-day event for each, past ones too; of a closed one no more than its
//! name, its days and who may attend.

use super::{UTC, compact, head, line, link};
use crate::assess::Assessment;
use crate::assess::Namespace;
use crate::model::{Meeting, Url};
use crate::site::RenderError;
use calcard::icalendar::{ICalendarEntry, ICalendarParameter, ICalendarProperty, ICalendarTransparency, ICalendarValueType};
use std::fmt;
use std::io::{self, Write};

/// Where it stands in the site.
pub(in crate::site) const PATH: &str = "events.ics";

/// Writes the calendar.
///
/// # Errors
/// Where `out` fails.
pub(in crate::site) fn calendar(assessment: &Assessment<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    let mut text = String::new();
    let meetings = &assessment.directory.meetings;
    head(&format!("{}: meetings", assessment.directory.config.title), &mut text).map_err(io::Error::other)?;
    for meeting in meetings {
        event(meeting, assessment, &mut text).map_err(io::Error::other)?;
    }
    if meetings.is_empty() {
        text.push_str(UTC);
    }
    text.push_str("END:VCALENDAR\r\n");
    Ok(out.write_all(text.as_bytes())?)
}

fn event(meeting: &Meeting, assessment: &Assessment<'_>, text: &mut String) -> fmt::Result {
    text.push_str("BEGIN:VEVENT\r\n");
    line(ICalendarProperty::Uid, Namespace::of(assessment).uuid(&format!("events/{}", meeting.id)), text)?;
    line(ICalendarProperty::Dtstamp, format!("{}T000000Z", compact(assessment.today)), text)?;
    // The end of a day is the beginning of the next (RFC 5545, section 3.6.1).
    for (name, day) in [(ICalendarProperty::Dtstart, meeting.since), (ICalendarProperty::Dtend, meeting.until.next())] {
        let day = ICalendarEntry::new(name).with_value(compact(day));
        day.with_param(ICalendarParameter::value(ICalendarValueType::Date)).write_to(text)?;
    }
    line(ICalendarProperty::Summary, meeting.title.as_str(), text)?;
    line(ICalendarProperty::Transp, ICalendarTransparency::Transparent, text)?;
    if let Some(place) = &meeting.place {
        line(ICalendarProperty::Location, place.as_str(), text)?;
    }
    if let Some(level) = meeting.level() {
        line(ICalendarProperty::Description, format!("For teams that are {}.", level.or_above()), text)?;
    }
    let page = assessment.directory.config.base_url.as_ref().map(|base| format!("{}events/{}.html", base.href(), meeting.id));
    if let Some(href) = page.or_else(|| meeting.website.as_ref().map(|site| Url::href(site).to_owned())) {
        link(&href, text);
    }
    text.push_str("END:VEVENT\r\n");
    Ok(())
}
