//! What is told to one audience: plain values, as the JSON in a message has them.

use crate::assess::{AssessedTeam, Assessment};
use crate::load::PrivateDirectory;
use crate::model::{
    AlertContact, AlertUsage, Channel, Contact, Date, EmailAddress, EmailUsage, Level, Line, Meeting, MeetingDetails, MeetingId,
    Name, PhoneNumber, PhoneUsage, PrivateEntry, PrivateMeeting, Restricted, Slug, TeamId, Text, Timezone,
};
use serde::Serialize;
use std::collections::BTreeSet;

/// The format of the JSON; it changes when a key goes or means something else.
const FORMAT: u32 = 1;

/// What is told to one audience.
#[derive(Serialize)]
pub(super) struct Told<'a> {
    format: u32,
    pub(super) directory: &'a str,
    pub(super) audience: Level,
    pub(super) as_of: Date,
    pub(super) teams: Vec<OfTeam<'a>>,
    pub(super) meetings: Vec<OfMeeting<'a>>,
}

impl Told<'_> {
    /// Whether there is nothing to tell.
    pub(super) fn is_empty(&self) -> bool {
        self.teams.is_empty() && self.meetings.is_empty()
    }
}

/// What is told of a closed meeting.
#[derive(Serialize)]
pub(super) struct OfMeeting<'a> {
    pub(super) id: &'a MeetingId,
    pub(super) title: &'a Name,
    pub(super) since: Date,
    pub(super) until: Date,
    pub(super) place: Option<&'a Line>,
    pub(super) access: Option<&'a Text>,
    pub(super) agenda: Option<&'a Text>,
    pub(super) contact: Option<&'a Line>,
}

/// What is told of a team.
#[derive(Serialize)]
pub(super) struct OfTeam<'a> {
    pub(super) id: &'a TeamId,
    pub(super) name: &'a str,
    pub(super) country: &'a str,
    pub(super) status: &'static str,
    pub(super) contact: Option<ContactView<'a>>,
    pub(super) channels: Vec<ChannelView<'a>>,
    pub(super) alerts: Vec<AlertView<'a>>,
    pub(super) notes: Vec<&'a Text>,
}

/// How a team is reached besides.
#[derive(Serialize)]
pub(super) struct ContactView<'a> {
    pub(super) emails: Vec<EmailView<'a>>,
    pub(super) phones: Vec<PhoneView<'a>>,
    pub(super) hours: Option<&'a Line>,
    pub(super) timezone: Option<&'static str>,
    pub(super) address: Option<&'a Text>,
}

/// An address.
#[derive(Serialize)]
pub(super) struct EmailView<'a> {
    pub(super) address: &'a EmailAddress,
    pub(super) usage: &'a [EmailUsage],
}

/// A number.
#[derive(Serialize)]
pub(super) struct PhoneView<'a> {
    pub(super) number: &'a PhoneNumber,
    pub(super) usage: &'a [PhoneUsage],
    pub(super) timezone: Option<&'static str>,
    pub(super) comment: Option<&'a Line>,
}

/// A way out of band.
#[derive(Serialize)]
pub(super) struct ChannelView<'a> {
    pub(super) kind: &'a Slug,
    pub(super) address: &'a Line,
    pub(super) comment: Option<&'a Line>,
}

/// Who is alerted.
#[derive(Serialize)]
pub(super) struct AlertView<'a> {
    pub(super) name: &'a Name,
    pub(super) phone: Option<&'a PhoneNumber>,
    pub(super) usage: &'a [AlertUsage],
    pub(super) email: Option<&'a EmailAddress>,
    pub(super) comment: Option<&'a Line>,
}

/// For which audiences anything stands in the private tree, the lowest first.
pub(super) fn audiences(private: &PrivateDirectory) -> BTreeSet<Level> {
    private.audiences().map(|(level, _)| level).collect()
}

/// What is told to `audience`. What belongs to no team of the directory is left out, and so is who has withdrawn.
pub(super) fn told<'a>(audience: Level, private: &'a PrivateDirectory, assessment: &'a Assessment<'a>) -> Told<'a> {
    let of = |entry: &'a PrivateEntry| {
        let team = assessment.team(&entry.id).filter(|team| !team.standing.status.is_withdrawn())?;
        of_team(audience, entry, team)
    };
    Told {
        format: FORMAT,
        directory: assessment.directory.config.title.as_str(),
        audience,
        as_of: assessment.today,
        teams: private.entries.iter().filter_map(of).collect(),
        meetings: private.meetings.iter().filter_map(|details| of_meeting(audience, details, assessment)).collect(),
    }
}

fn of_meeting<'a>(audience: Level, private: &'a PrivateMeeting, assessment: &Assessment<'a>) -> Option<OfMeeting<'a>> {
    let MeetingDetails { place, access, agenda, contact } = private.details.told_to(audience)?;
    let meeting: &Meeting = assessment.directory.meetings.iter().find(|meeting| meeting.id == private.id)?;
    Some(OfMeeting {
        id: &meeting.id,
        title: &meeting.title,
        since: meeting.since,
        until: meeting.until,
        place: place.as_ref(),
        access: access.as_ref(),
        agenda: agenda.as_ref(),
        contact: contact.as_ref(),
    })
}

fn of_team<'a>(audience: Level, entry: &'a PrivateEntry, team: &'a AssessedTeam<'a>) -> Option<OfTeam<'a>> {
    fn told<T>(values: &[Restricted<T>], audience: Level) -> impl Iterator<Item = &T> {
        values.iter().filter_map(move |value| value.told_to(audience))
    }
    let view = OfTeam {
        id: &team.team.id,
        name: team.team.name.as_str(),
        country: team.team.country.code(),
        status: team.standing.status.id(),
        contact: entry.contact.as_ref().and_then(|contact| contact.told_to(audience)).map(contact),
        channels: told(&entry.channels, audience).map(channel).collect(),
        alerts: told(&entry.alerts, audience).map(alert).collect(),
        notes: told(&entry.notes, audience).collect(),
    };
    let is_empty = view.contact.is_none() && view.channels.is_empty() && view.alerts.is_empty() && view.notes.is_empty();
    (!is_empty).then_some(view)
}

fn contact(contact: &Contact) -> ContactView<'_> {
    let emails = contact.emails.iter().map(|email| EmailView { address: &email.address.value, usage: &email.usage });
    let phones = contact.phones.iter().map(|phone| PhoneView {
        number: &phone.number,
        usage: &phone.usage,
        timezone: phone.timezone.map(Timezone::name),
        comment: phone.comment.as_ref(),
    });
    ContactView {
        emails: emails.collect(),
        phones: phones.collect(),
        hours: contact.hours.as_ref(),
        timezone: contact.timezone.map(Timezone::name),
        address: contact.address.as_ref(),
    }
}

fn channel(channel: &Channel) -> ChannelView<'_> {
    ChannelView { kind: &channel.kind, address: &channel.address, comment: channel.comment.as_ref() }
}

fn alert(alert: &AlertContact) -> AlertView<'_> {
    AlertView {
        name: &alert.name,
        phone: alert.phone.as_ref(),
        usage: &alert.usage,
        email: alert.email.as_ref(),
        comment: alert.comment.as_ref(),
    }
}
