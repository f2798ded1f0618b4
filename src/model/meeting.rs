//! Meetings of the teams.

use super::{Date, Level, Line, MeetingId, Name, Text, Url};
use crate::diagnostic::{Place, Problem};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A meeting, as its public file describes it.
#[derive(Debug, Clone)]
pub struct Meeting {
    /// The name of its file.
    pub id: MeetingId,
    /// The file, as findings show it.
    pub file: Arc<str>,
    /// What it is called.
    pub title: Name,
    /// The first day.
    pub since: Date,
    /// The last day.
    pub until: Date,
    /// Who may attend.
    pub audience: Attendance,
    /// Where the file says so.
    pub place_of_audience: Place,
    /// Where it is. Never known of a closed meeting.
    pub place: Option<Line>,
    /// Its site.
    pub website: Option<Url>,
    /// Markdown; nothing for a closed meeting.
    pub body: String,
}

impl Meeting {
    /// The level from which on teams may attend; `None` where everybody may.
    pub fn level(&self) -> Option<Level> {
        match self.audience {
            Attendance::Public => None,
            Attendance::Level(level) => Some(level),
        }
    }
}

/// Who may attend a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attendance {
    /// Everybody.
    Public,
    /// The teams at this level or above it.
    Level(Level),
}

impl fmt::Display for Attendance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public => f.write_str(PUBLIC),
            Self::Level(level) => level.fmt(f),
        }
    }
}

/// How it is written that everybody may attend.
const PUBLIC: &str = "public";

impl FromStr for Attendance {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let words = std::iter::once(PUBLIC).chain(Level::ALL.iter().map(|level| level.id()));
        match text.parse() {
            _ if text == PUBLIC => Ok(Self::Public),
            Ok(level) => Ok(Self::Level(level)),
            Err(Problem { .. }) => Err(super::keyword::unknown(text, "an audience", words)),
        }
    }
}

/// What the teams that may attend a closed meeting are told of it.
#[derive(Clone)]
pub struct MeetingDetails {
    /// Where it is.
    pub place: Option<Line>,
    /// How to take part: links, numbers, codes.
    pub access: Option<Text>,
    /// What is on it, in Markdown.
    pub agenda: Option<Text>,
    /// Whom to ask.
    pub contact: Option<Line>,
}
