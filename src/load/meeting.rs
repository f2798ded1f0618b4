//! Meetings: Markdown with front matter, and what of a closed one stands in the private tree.

use super::files::Found;
use super::page::front_matter;
use crate::diagnostic::{Finding, Problem, Rule, Span, Spanned};
use crate::model::{
    Attendance, Date, Level, Line, Meeting, MeetingDetails, MeetingId, Name, PrivateMeeting, Restricted, Text, Url,
};
use crate::yaml::{Reader, record};
use std::path::Path;
use std::sync::Arc;

record! {
    struct RawMeeting, "a meeting's front matter" {
        required title: Spanned<Name>,
        required since: Spanned<Date>,
        optional until: Spanned<Date>,
        required audience: Spanned<Attendance>,
        optional place: Spanned<Line>,
        optional website: Spanned<Url>,
    }
}

record! {
    /// What those who may attend a closed meeting are told of it. The name of the file is that of the meeting's.
    pub(super) struct RawDetails as PrivateMeeting, "a private meeting" {
        /// For which teams it is: those at this level or above it, who may attend.
        required audience: Spanned<Level>,
        /// Where it is.
        optional place: Spanned<Line>,
        /// How to take part: links, numbers, codes.
        optional access: Spanned<Text>,
        /// What is on it, in Markdown.
        optional agenda: Spanned<Text>,
        /// Whom to ask.
        optional contact: Spanned<Line>,
    }
}

/// Reads the file of a meeting.
pub(super) fn read(root: &Path, found: &Found<MeetingId>) -> (Option<Meeting>, Vec<Finding>) {
    let (front, body) = match front_matter(root, &found.file) {
        Ok(parts) => parts,
        Err(finding) => return (None, vec![*finding]),
    };
    let mut reader = Reader::new(Arc::clone(&found.file)).without(&["access", "agenda", "contact"]);
    let raw: Option<RawMeeting> = reader.document(&front);
    let meeting = raw.and_then(|raw| convert(found, raw, &body, &mut reader));
    (meeting, reader.into_findings())
}

fn convert(found: &Found<MeetingId>, raw: RawMeeting, body: &str, reader: &mut Reader) -> Option<Meeting> {
    let audience = raw.audience?;
    // Before all else that may be wrong: it stands where everybody can read it.
    if audience.value != Attendance::Public {
        let place = raw.place.as_ref().map(|place| ("its place", place.span));
        let text = (!body.trim().is_empty()).then(|| ("its text", Span::default()));
        for (what, span) in place.into_iter().chain(text) {
            let message = format!("the meeting is closed, and {what} stands where everybody can read it");
            let help = format!(
                "move it into events/{}.yaml of the private tree, which is sealed for those who may attend, or write `audience: public`",
                found.id
            );
            reader.report(Problem::new(Rule::ConfidentialFact, message, help).confidential(), span);
        }
    }
    let since = raw.since?;
    let until = raw.until.unwrap_or(since);
    if until.value < since.value {
        let message = format!("the end, {}, lies before the beginning, {}", until.value, since.value);
        reader.report(Problem::new(Rule::PeriodOrder, message, "correct one of the two dates"), until.span);
        return None;
    }
    Some(Meeting {
        id: found.id.clone(),
        file: Arc::clone(&found.file),
        title: raw.title?.value,
        since: since.value,
        until: until.value,
        place_of_audience: reader.place(audience.span),
        audience: audience.value,
        place: raw.place.map(|place| place.value),
        website: raw.website.map(|url| url.value),
        body: body.to_owned(),
    })
}

/// What a file of the private tree says of a meeting.
pub(super) fn details(found: &Found<MeetingId>, raw: RawDetails) -> Option<PrivateMeeting> {
    let details = MeetingDetails {
        place: raw.place.map(|place| place.value),
        access: raw.access.map(|access| access.value),
        agenda: raw.agenda.map(|agenda| agenda.value),
        contact: raw.contact.map(|contact| contact.value),
    };
    let details = Restricted::new(raw.audience?.value, details);
    Some(PrivateMeeting { id: found.id.clone(), file: Arc::clone(&found.file), details })
}
