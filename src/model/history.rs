//! The dated history of a team: facts as they were entered. What follows from them on a day is for `assess` to say.

use super::{AuthorityId, Date, Level, Line, State, TeamId, keywords};
use crate::diagnostic::{Problem, Rule, Spanned, closest};
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
    pub certificate: Option<Spanned<Line>>,
    /// What was verified before.
    pub verifications: Vec<Verification>,
}

/// Something that was verified of a team before a level was given.
#[derive(Debug, Clone)]
pub struct Verification {
    /// What.
    pub kind: VerificationKind,
    /// The day on which it was verified.
    pub date: Spanned<Date>,
    /// By whom, where it is another body than that which decided.
    pub authority: Option<Spanned<AuthorityId>>,
}

keywords! {
    /// What may be verified of a team before its level rises: what the first directories of teams asked for.
    pub enum VerificationKind, "a kind of verification" {
        /// The documents that were asked for have been received, and are complete.
        Documentation = "documentation",
        /// The personnel is competent.
        PersonnelCompetence = "personnel-competence",
        /// Procedures and policies are written down, and are followed.
        ProceduresAndPolicies = "procedures-and-policies",
        /// Whoever pays for the team will go on to do so.
        FinancialStability = "financial-stability",
        /// A workshop was held at the team's place.
        OnSiteWorkshop = "on-site-workshop",
        /// The team was reached as its entry says.
        Reachability = "reachability",
    }
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
            let help = match closest(text, ["unknown"]) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("{}, or `unknown` where nobody stated it; what has no end has no `until`", problem.help),
            };
            Problem::new(Rule::InvalidDate, problem.message, help)
        })
    }
}
