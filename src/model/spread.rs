//! Published figures about many scores, and whether they can be true of any.

use super::{Quartiles, Tally, Tenths};

/// How scores are spread. Each figure is rounded by itself, half upwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Spread {
    /// How many scores there are: of a parameter, the teams that scored it.
    pub scores: u32,
    /// Their mean, 0.0 to 4.0.
    pub mean: Tenths,
    /// The quartiles, 0 to 4, by nearest rank.
    pub quartiles: Quartiles<u8>,
    /// The share of each score from 0 to 4 in per cent, each a multiple of 5. They need not add up to 100.
    pub shares: [u8; 5],
}

impl Spread {
    /// The figures of some scores; `None` without any.
    pub fn of(tally: &Tally) -> Option<Self> {
        Some(Self { scores: tally.number(), mean: tally.mean()?, quartiles: tally.quartiles()?, shares: tally.shares()? })
    }

    /// Whether there are scores with these figures.
    ///
    /// Shares and quartiles bound how many scores are at most 0, 1, 2 and 3, each bound and each difference between
    /// neighbours by itself; the least and the greatest such numbers bound the mean.
    pub fn is_possible(&self) -> bool {
        let number = i64::from(self.scores);
        if number == 0 {
            return false;
        }
        let parts = self.shares.map(|share| rounded(i64::from(share) / 5, number, 20));
        // How many scores are at most 0, 1, 2, 3 and 4.
        let mut bounds = [(0, number); 5];
        bounds[4].0 = number;
        for (quarter, value) in [(1, self.quartiles.lower), (2, self.quartiles.median), (3, self.quartiles.upper)] {
            let (rank, value) = ((number * quarter + 3) / 4, usize::from(value));
            if let Some(bound) = bounds.get_mut(value) {
                bound.0 = bound.0.max(rank);
            }
            if let Some(bound) = value.checked_sub(1).and_then(|below| bounds.get_mut(below)) {
                bound.1 = bound.1.min(rank - 1);
            }
        }
        let mut below = (0, 0);
        for (bound, part) in bounds.iter_mut().zip(parts) {
            *bound = (bound.0.max(below.0 + part.0), bound.1.min(below.1 + part.1));
            below = *bound;
        }
        let mut above = below;
        for (bound, part) in bounds.iter_mut().zip(&parts[1..]).rev() {
            *bound = (bound.0.max(above.0 - part.1), bound.1.min(above.1 - part.0));
            above = *bound;
        }
        let [zero, one, two, three, _] = bounds;
        let least = 4 * number - (zero.1 + one.1 + two.1 + three.1);
        let most = 4 * number - (zero.0 + one.0 + two.0 + three.0);
        let sums = rounded(i64::from(self.mean.0), number, 10);
        bounds.iter().all(|(least, most)| least <= most) && least.max(sums.0) <= most.min(sums.1)
    }
}

/// The least and the greatest whole number, at least 0, that becomes `steps` when it is divided by `number`, multiplied
/// by `scale` and rounded, half upwards.
fn rounded(steps: i64, number: i64, scale: i64) -> (i64, i64) {
    let first = |steps: i64| ((2 * steps - 1) * number + 2 * scale - 1).div_euclid(2 * scale).max(0);
    (first(steps), first(steps + 1) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Score;

    fn all(number: u32) -> Vec<Tally> {
        let mut tallies = vec![(Tally::default(), 0)];
        for _ in 0..number {
            let more = tallies.iter().flat_map(|(tally, least)| {
                (*least..5).map(move |score| {
                    let mut tally = *tally;
                    tally.add(Score::ALL[score]);
                    (tally, score)
                })
            });
            tallies = more.collect();
        }
        tallies.into_iter().map(|(tally, _)| tally).collect()
    }

    #[test]
    fn what_is_true_of_some_scores_is_possible() {
        for number in 1..9 {
            for tally in all(number) {
                let spread = Spread::of(&tally).unwrap();
                assert!(spread.is_possible(), "{tally:?}: {spread:?}");
            }
        }
        assert_eq!(Spread::of(&Tally::default()), None);
    }

    #[test]
    fn what_is_true_of_no_scores_is_found_out() {
        let real: Vec<Spread> = all(6).iter().filter_map(Spread::of).collect();
        let (mut wrong, mut found) = (0, 0);
        for spread in &real {
            let steps = [-15_i32, -5, 5, 10].map(|step| spread.mean.0.saturating_add_signed(step));
            let moved = steps.map(|mean| Spread { mean: Tenths(mean), ..*spread });
            let mut turned = *spread;
            turned.shares.swap(0, 1);
            turned.shares.swap(3, 4);
            for other in moved.into_iter().chain([turned]).filter(|other| !real.contains(other)) {
                wrong += 1;
                found += usize::from(!other.is_possible());
            }
        }
        assert_eq!(found, wrong);
        assert!(wrong > 500, "{wrong}");
    }

    #[test]
    fn nothing_and_very_much_are_no_trouble() {
        let quartiles = Quartiles { lower: 2, median: 3, upper: 4 };
        let spread = Spread { scores: u32::MAX, mean: Tenths(28), quartiles, shares: [5, 15, 20, 20, 40] };
        assert!(spread.is_possible());
        assert!(!Spread { scores: 0, ..spread }.is_possible());
        assert!(!Spread { mean: Tenths(36), ..spread }.is_possible());
        assert!(!Spread { quartiles: Quartiles { lower: 3, median: 2, upper: 4 }, ..spread }.is_possible());
    }
}
