//! The dated history of a team: facts as they were entered. What follows from them on a day is for `assess` to say.

use super::{AuthorityId, Date, Level, Line, State, TeamId};
use crate::diagnostic::{Problem, Rule, Spanned};
use std::str::FromStr;

/// One dated fact.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What began.
    pub event: Event,
    /// The first day on which it held.
    pub since: Spanned<Date>,
    /// The last day, where one was entered. Only on certifications and suspensions.
    pub until: Option<Spanned<Until>>,
    /// The teams that vouched.
    pub sponsors: Vec<Spanned<TeamId>>,
    /// The body that decided.
    pub authority: Option<Spanned<AuthorityId>>,
    /// The certificate's number.
    pub certificate: Option<Line>,
}

/// What an entry says: a level was reached, or something happened to the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The team reached a level.
    Level(Level),
    /// The team came into a state.
    State(State),
}

impl Event {
    /// The event in words, as a heading has it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Level(level) => level.title(),
            Self::State(state) => state.title(),
        }
    }
}

/// The end of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// The last day.
    Date(Date),
    /// Nobody told us: neither expired nor confirmed.
    Unknown,
}

impl FromStr for Until {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        if text == "unknown" {
            return Ok(Self::Unknown);
        }
        text.parse().map(Self::Date).map_err(|problem: Problem| {
            Problem::new(Rule::InvalidDate, problem.message, format!("{}, or `unknown` where nobody stated it", problem.help))
        })
    }
}
