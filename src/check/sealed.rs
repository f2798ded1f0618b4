//! What was sealed, and what is to be, held against who is entitled to it today.

use crate::assess::{Assessment, Shift};
use crate::diagnostic::{Finding, Place, Rule};
use crate::load::PrivateDirectory;
use crate::model::{Attendance, Level, Part, TeamId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many teams a message names.
const MOST_NAMED: usize = 5;

/// A message whose audience is another one today is not published.
pub(super) fn audiences(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let directory = assessment.directory;
    let Some(index) = &directory.sealed else { return };
    let is_unread =
        |id: &TeamId| directory.team(id).is_none_or(|team| team.is_unread(Part::Contact) || team.is_unread(Part::Status));
    let unread: BTreeSet<&TeamId> = directory.team_ids.iter().filter(|id| is_unread(id)).collect();
    for message in &index.messages {
        let mut shifts = assessment.shifts(message);
        // What has become of a team whose entry cannot be read is not known; that is told elsewhere.
        shifts.retain(|shift| match shift {
            Shift::Joined(team) | Shift::Left(team) | Shift::Keys(team) => !unread.contains(team),
            Shift::Hidden => unread.is_empty(),
        });
        if shifts.is_empty() {
            continue;
        }
        let mut who: Vec<String> = shifts.iter().take(MOST_NAMED).map(ToString::to_string).collect();
        if shifts.len() > MOST_NAMED {
            who.push(format!("and {} more", shifts.len() - MOST_NAMED));
        }
        let audience = message.audience;
        let text =
            format!("the message for `{audience}` is left out of the site, for its audience has changed: {}", who.join("; "));
        let help = "seal anew with `peerage seal --private FOLDER`, and commit what it writes";
        findings.push(Finding::new(Rule::SealedAudience, message.place.clone(), text, help));
    }
}

/// Whether anybody can read what the private tree has for a level, and who of those who may read it cannot.
pub(super) fn readers(assessment: &Assessment<'_>, private: &PrivateDirectory) -> Vec<Finding> {
    let mut levels: BTreeMap<Level, &Arc<str>> = BTreeMap::new();
    for (level, file) in private.audiences() {
        levels.entry(level).or_insert(file);
    }
    let mut findings = Vec::new();
    for (level, file) in &levels {
        if assessment.audience(*level).readers.is_empty() {
            let least = level.or_above();
            let message = format!("no team that is {least} has a key by which it could read what is for it");
            let help = "name a level that some team has, or see to it that such a team has a valid OpenPGP key";
            let mut finding = Finding::new(Rule::SealedNobody, Place::file(Arc::clone(file)), message, help);
            finding.confidential = true;
            findings.push(finding);
        }
    }
    // Who is entitled to what is for the lowest level is all who are entitled to anything.
    let Some(lowest) = levels.keys().next() else { return findings };
    findings.extend(assessment.audience(*lowest).unable.iter().map(|unable| {
        let why: Vec<String> = unable.why.iter().map(ToString::to_string).collect();
        let message = format!("the team may read what is sealed, and cannot: {}", why.join("; "));
        let help = "put an OpenPGP key that is valid, encrypts and carries an address of the team beside its entry";
        Finding::new(Rule::SealedReader, unable.team.team.place(unable.team.team.name.span), message, help)
    }));
    findings
}

/// What the private tree says of meetings, held against the meetings.
pub(super) fn meetings(assessment: &Assessment<'_>, private: &PrivateDirectory) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut report = |file: &Arc<str>, message: String, help: String| {
        let mut finding = Finding::new(Rule::MeetingDetails, Place::file(Arc::clone(file)), message, help);
        finding.confidential = true;
        findings.push(finding);
    };
    for details in &private.meetings {
        let directory = assessment.directory;
        let Some(meeting) = directory.meetings.iter().find(|meeting| meeting.id == details.id) else {
            if !directory.meeting_ids.contains(&details.id) {
                let help = "give the file the id of a meeting in content/events, or remove it".to_owned();
                report(&details.file, "no public meeting has this id".to_owned(), help);
            }
            continue;
        };
        let told = details.details.audience();
        if meeting.audience != Attendance::Level(told) {
            let message = format!("what stands here is for `{told}`, and the meeting is for `{}`", meeting.audience);
            report(&details.file, message, format!("write one audience here and in {}", meeting.file));
        }
    }
    findings
}
