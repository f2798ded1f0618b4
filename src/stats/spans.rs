//! How long teams took from one level to another.

use super::count;
use crate::assess::AssessedTeam;
use crate::model::{Date, Entry, Event, Level, Quartiles, keywords, quartiles_of};

keywords! {
    /// From which level to which.
    pub enum Path, "a path" {
        /// From being listed to being accredited.
        ListedToAccredited = "listed-to-accredited",
        /// From being accredited to being certified.
        AccreditedToCertified = "accredited-to-certified",
        /// All the way.
        ListedToCertified = "listed-to-certified",
    }
}

/// How long teams took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// From where to where.
    pub path: Path,
    /// How many teams went there.
    pub teams: u32,
    /// The quartiles by nearest rank, in days; `None` where no team did.
    pub days: Option<Quartiles<i64>>,
}

impl Path {
    const fn ends(self) -> (Level, Level) {
        match self {
            Self::ListedToAccredited => (Level::Listed, Level::Accredited),
            Self::AccreditedToCertified => (Level::Accredited, Level::Certified),
            Self::ListedToCertified => (Level::Listed, Level::Certified),
        }
    }
}

/// How long `teams` took until `today`: from the day on which a team first reached the one level to the day on which it
/// first reached the other. A team counts where its history has both, in this order.
pub(super) fn spans(teams: &[&AssessedTeam<'_>], today: Date) -> Vec<Span> {
    let took = |path: Path, history: &[Entry]| {
        let (from, to) = path.ends();
        let first = |level| {
            let reached = |entry: &&Entry| entry.event == Event::Level(level) && entry.since.value <= today;
            history.iter().find(reached).map(|entry| entry.since.value)
        };
        Some(first(from)?.days_until(first(to)?)).filter(|days| *days > 0)
    };
    let span = |path: &Path| {
        let mut days: Vec<i64> = teams.iter().filter_map(|team| took(*path, &team.team.history)).collect();
        days.sort_unstable();
        Span { path: *path, teams: count(days.len()), days: quartiles_of(&days) }
    };
    Path::ALL.iter().map(span).collect()
}
