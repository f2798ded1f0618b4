//! What is told to one audience, for people: Markdown that reads well as it stands, and a word on the files of a message.

use super::told::{ContactView, OfMeeting, OfTeam, Told};
use std::fmt::{Display, Write};

/// What lies in a message, by file.
pub(super) const READ_ME: &str = "README.txt";

/// The word on the files.
pub(super) fn read_me(told: &Told<'_>) -> String {
    format!(
        "What {} tells teams that are {}, as of {}.\n\nPlease keep it to your team: what is in it was handed over to be read by \
         the teams of this level.\n\n  directory.md    all of it, to read\n  directory.json  the same, for programs\n  roster.csv      \
         whom to alert, as a table: choose by the columns country, status, voice and text\n  roster.vcf      the same as cards for an \
         address book; country and status are their categories\n",
        told.directory,
        told.audience.or_above(),
        told.as_of
    )
}

/// All of it, to read.
pub(super) fn text(told: &Told<'_>) -> String {
    let mut out = format!("# {}\n\nFor teams that are {}, as of {}.\n", told.directory, told.audience.or_above(), told.as_of);
    for meeting in &told.meetings {
        of_meeting(meeting, &mut out);
    }
    for team in &told.teams {
        of_team(team, &mut out);
    }
    out
}

fn of_meeting(meeting: &OfMeeting<'_>, out: &mut String) {
    let days = if meeting.since == meeting.until {
        meeting.since.to_string()
    } else {
        format!("{} to {}", meeting.since, meeting.until)
    };
    *out += &format!("\n## {}, {days}\n\n", meeting.title);
    for (what, told) in [("Place", meeting.place), ("Contact", meeting.contact)] {
        if let Some(told) = told {
            line(what, told, None::<&str>, out);
        }
    }
    for text in meeting.access.into_iter().chain(meeting.agenda) {
        *out += &format!("\n{text}\n");
    }
}

fn of_team(team: &OfTeam<'_>, out: &mut String) {
    *out += &format!("\n## {} ({}, {}, {})\n\n", team.name, team.id, team.country, team.status);
    if let Some(contact) = &team.contact {
        of_contact(contact, out);
    }
    for alert in &team.alerts {
        let phone = alert.phone.map(|phone| format!("{phone} ({})", joined(alert.usage)));
        let ways: Vec<String> = phone.into_iter().chain(alert.email.map(ToString::to_string)).collect();
        line(&format!("Alert {}", alert.name), ways.join(", "), alert.comment, out);
    }
    for channel in &team.channels {
        line(&channel.kind.to_string(), channel.address, channel.comment, out);
    }
    for note in &team.notes {
        *out += &format!("\n{note}\n");
    }
}

fn of_contact(contact: &ContactView<'_>, out: &mut String) {
    for phone in &contact.phones {
        let zone = phone.timezone.map(|zone| format!(", {zone}")).unwrap_or_default();
        line("Telephone", format!("{} ({}{zone})", phone.number, joined(phone.usage)), phone.comment, out);
    }
    for email in &contact.emails {
        line("E-mail", format!("{} ({})", email.address, joined(email.usage)), None::<&str>, out);
    }
    if let Some(hours) = contact.hours {
        line("Hours", hours, contact.timezone, out);
    }
    if let Some(address) = contact.address {
        line("Address", address.as_str().lines().collect::<Vec<_>>().join(", "), None::<&str>, out);
    }
}

fn line(what: &str, value: impl Display, comment: Option<impl Display>, out: &mut String) {
    let comment = comment.map(|comment| format!(" — {comment}")).unwrap_or_default();
    // To write into a text does not fail.
    writeln!(out, "- {what}: {value}{comment}").ok();
}

fn joined<T: Display>(words: &[T]) -> String {
    words.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
