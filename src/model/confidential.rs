//! What stands in the private tree. Kept apart from [`Team`](super::Team), so that nothing which renders a team can
//! reach it.

use super::{
    Contact, EmailAddress, Level, Line, MaturityAssessment, MeetingDetails, MeetingId, Name, PhoneNumber, Slug, TeamId, Text,
    keywords,
};
use std::fmt;
use std::sync::Arc;

/// What is told to nobody: it has no text form, is not serialised, and shows itself to no debugger's print.
///
/// Statistical disclosure control alone looks inside; `tests/tidy.rs` holds that the name of the way in stands in
/// `disclosure` and nowhere else.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Confidential<T>(T);

impl<T> Confidential<T> {
    /// Puts a value away.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, for `disclosure`.
    pub fn look_inside(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Confidential<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Confidential")
    }
}

/// What is told to the teams of a level and above it, sealed, and to nobody else. It has no text form either.
///
/// `seal` alone asks for it; `tests/tidy.rs` holds that.
#[derive(Clone)]
pub struct Restricted<T> {
    audience: Level,
    value: T,
}

impl<T> Restricted<T> {
    /// Puts a value away for the teams at `audience` or above it.
    pub fn new(audience: Level, value: T) -> Self {
        Self { audience, value }
    }

    /// For whom it is: the teams at this level or above it.
    pub fn audience(&self) -> Level {
        self.audience
    }

    /// The value, where it is for this audience by name.
    pub fn told_to(&self, audience: Level) -> Option<&T> {
        (self.audience == audience).then_some(&self.value)
    }
}

impl<T> fmt::Debug for Restricted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Restricted to {}", self.audience)
    }
}

/// What the private tree holds about a team.
#[derive(Debug, Clone)]
pub struct PrivateEntry {
    /// The team.
    pub id: TeamId,
    /// The file, as findings show it.
    pub file: Arc<str>,
    /// Addresses and numbers that are not published.
    pub contact: Option<Restricted<Contact>>,
    /// Ways to reach the team where its usual ones cannot be trusted.
    pub channels: Vec<Restricted<Channel>>,
    /// Who of the team is alerted.
    pub alerts: Vec<Restricted<AlertContact>>,
    /// Remarks, in Markdown.
    pub notes: Vec<Restricted<Text>>,
    /// Assessments that the team does not publish. They are told to nobody, and so never sealed.
    pub maturity: Vec<Confidential<MaturityAssessment>>,
}

impl PrivateEntry {
    /// For whom something of it is, with repeats.
    pub fn audiences(&self) -> impl Iterator<Item = Level> {
        let contact = self.contact.iter().map(Restricted::audience);
        let channels = self.channels.iter().map(Restricted::audience);
        let alerts = self.alerts.iter().map(Restricted::audience);
        contact.chain(channels).chain(alerts).chain(self.notes.iter().map(Restricted::audience))
    }
}

/// What the private tree holds about a closed meeting.
#[derive(Debug, Clone)]
pub struct PrivateMeeting {
    /// The meeting.
    pub id: MeetingId,
    /// The file, as findings show it.
    pub file: Arc<str>,
    /// What those are told who may attend.
    pub details: Restricted<MeetingDetails>,
}

/// A way to reach a team out of band.
#[derive(Clone)]
pub struct Channel {
    /// Of what kind it is, `signal` or `matrix` for example.
    pub kind: Slug,
    /// The address there.
    pub address: Line,
    /// A remark.
    pub comment: Option<Line>,
}

/// Who is called or written to in an alert.
#[derive(Clone)]
pub struct AlertContact {
    /// The person, or the role.
    pub name: Name,
    /// The number.
    pub phone: Option<PhoneNumber>,
    /// What the number takes.
    pub usage: Vec<AlertUsage>,
    /// The address.
    pub email: Option<EmailAddress>,
    /// When, or for what.
    pub comment: Option<Line>,
}

keywords! {
    /// What a telephone number of an alert roster takes.
    pub enum AlertUsage, "a use of a number in the alert roster" {
        /// Calls.
        Voice = "voice",
        /// Text messages.
        Text = "text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_debugger_shows_what_is_put_away() {
        let told = (Confidential::new("heron"), Restricted::new(Level::Accredited, "heron"));
        assert_eq!(format!("{told:?}"), "(Confidential, Restricted to accredited)");
    }
}
