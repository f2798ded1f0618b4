//! How old the teams are.

use super::count;
use crate::assess::AssessedTeam;
use crate::model::{Date, Quartiles, quartiles_of, years_after};

/// The first age of each band, in full years; a band goes up to the next.
const BANDS: [u32; 6] = [0, 2, 5, 10, 15, 20];

/// How old the teams are, in full years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ages {
    /// How many teams there are in each of [`BANDS`].
    counts: [u32; 6],
    /// How many teams do not say when they were established, or name a day to come.
    pub not_stated: u32,
    /// The quartiles, by nearest rank.
    pub quartiles: Option<Quartiles<u32>>,
}

impl Ages {
    /// Each band: its first age, its last, which that of the oldest has not, and how many teams there are in it.
    pub fn bands(&self) -> impl Iterator<Item = (u32, Option<u32>, u32)> {
        let ends = BANDS.iter().skip(1).map(|next| Some(next - 1)).chain([None]);
        BANDS.into_iter().zip(ends).zip(self.counts).map(|((from, to), teams)| (from, to, teams))
    }
}

/// The ages of `teams` on `today`.
pub(super) fn ages(teams: &[&AssessedTeam<'_>], today: Date) -> Ages {
    let established = |team: &&AssessedTeam<'_>| team.team.established.map(|day| day.value).filter(|day| *day <= today);
    let mut ages: Vec<u32> = teams.iter().filter_map(established).map(|day| full_years(day, today)).collect();
    ages.sort_unstable();
    let mut counts = [0; 6];
    for age in &ages {
        counts[BANDS.partition_point(|from| from <= age) - 1] += 1;
    }
    Ages { counts, not_stated: count(teams.len() - ages.len()), quartiles: quartiles_of(&ages) }
}

/// The full years from `day` to `today`, which is not before it.
fn full_years(day: Date, today: Date) -> u32 {
    let years = u32::try_from(today.year() - day.year()).unwrap_or_default();
    if years_after(day, years) <= today { years } else { years.saturating_sub(1) }
}
