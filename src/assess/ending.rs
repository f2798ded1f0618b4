//! What ends, and when.

use super::key_flag::KeyName;
use super::standing::Status;
use crate::diagnostic::{Count, Span};
use crate::model::{Date, Fingerprint, Line};
use std::fmt;

/// A thing with a last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending<'d> {
    /// What ends.
    pub what: What<'d>,
    /// The last day on which it holds.
    pub on: Date,
    /// How many days are left: 0 on the last day, negative when it has ended.
    pub days_left: i64,
    /// The place in the team's file.
    pub span: Span,
}

/// What ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What<'d> {
    /// The certification.
    Certification,
    /// The time in which an accreditation candidate is to be accredited.
    Candidacy,
    /// The last confirmation of the team's data.
    Confirmation,
    /// The time in which the newest published assessment counts.
    Assessment,
    /// A contact key.
    Key(KeyName<'d>),
    /// That messages can be encrypted to a key, where the key itself lasts longer.
    Encryption(&'d Fingerprint),
    /// An agreement.
    Agreement(&'d Line),
    /// A suspension.
    Suspension,
    /// What the team is, by an entry of a day that has not come: this is what it becomes.
    Level(Status),
}

impl What<'_> {
    /// The kind of thing in one word.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Certification => "certification",
            Self::Candidacy => "candidacy",
            Self::Confirmation => "confirmation",
            Self::Assessment => "assessment",
            Self::Key(_) => "key",
            Self::Encryption(_) => "encryption",
            Self::Agreement(_) => "agreement",
            Self::Suspension => "suspension",
            Self::Level(_) => "level",
        }
    }

    /// Whether the team leaves, so that nothing else of it has an end that counts.
    pub(super) fn is_withdrawal(self) -> bool {
        matches!(self, Self::Level(to) if to.is_withdrawn())
    }
}

/// The last day before the team leaves, where that is announced: what would end on it or later, no longer counts.
pub fn leaves(endings: &[Ending<'_>]) -> Option<Date> {
    endings.iter().find(|ending| ending.what.is_withdrawal()).map(|ending| ending.on)
}

impl fmt::Display for What<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Certification => f.write_str("Certification"),
            Self::Candidacy => f.write_str("Time to become accredited"),
            Self::Confirmation => f.write_str("Confirmation of the data"),
            Self::Assessment => f.write_str("SIM3 assessment"),
            Self::Key(key) => key.fmt(f),
            Self::Encryption(fingerprint) => write!(f, "Encryption to key …{}", fingerprint.last_digits()),
            Self::Agreement(name) => write!(f, "Agreement “{name}”"),
            Self::Suspension => f.write_str("Suspension"),
            Self::Level(to) => write!(f, "Level (announced: {})", to.title()),
        }
    }
}

impl Ending<'_> {
    /// `ends in 12 days`, `ends today`, `ended 3 days ago`.
    pub fn when(&self) -> String {
        let days = |n: i64| Count(usize::try_from(n.unsigned_abs()).unwrap_or(usize::MAX), "day");
        match self.days_left {
            0 => "ends today".to_owned(),
            left if left > 0 => format!("ends in {}", days(left)),
            gone => format!("ended {} ago", days(gone)),
        }
    }

    /// Whether it has ended.
    pub fn has_ended(&self) -> bool {
        self.days_left < 0
    }
}
