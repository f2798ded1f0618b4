//! What may be said of many scores at once, and how it is rounded. All of it is exact: integers, and half is rounded up.
//!
//! Whether it may be told to anybody is not asked here.

use super::Score;
use std::fmt;

/// How often each score from 0 to 4 was given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally([u32; 5]);

/// Three values that cut a sorted list into quarters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Quartiles<T> {
    /// A quarter of the list is not above it.
    pub lower: T,
    /// Half of the list is not above it.
    pub median: T,
    /// Three quarters of the list are not above it.
    pub upper: T,
}

/// A number with one decimal, as so many tenths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tenths(pub u32);

impl Tally {
    /// Counts one more score.
    pub fn add(&mut self, score: Score) {
        self.0[usize::from(score.value())] += 1;
    }

    /// Counts the scores of another too.
    pub fn merge(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(own, other)| *own += other);
    }

    /// How many scores there are.
    pub fn number(&self) -> u32 {
        self.0.iter().sum()
    }

    /// The mean to one decimal; `None` without scores.
    pub fn mean(&self) -> Option<Tenths> {
        let sum: u32 = self.0.iter().zip(0..).map(|(count, score)| count * score).sum();
        divide(u64::from(sum) * 10, self.number().into()).and_then(|tenths| u32::try_from(tenths).ok()).map(Tenths)
    }

    /// The quartiles, each the smallest score that so large a part of all does not exceed (the nearest rank); `None`
    /// without scores.
    pub fn quartiles(&self) -> Option<Quartiles<u8>> {
        let number = self.number();
        let at = |quarters: u32| {
            let rank = (number * quarters).div_ceil(4);
            let mut seen = 0;
            self.0.iter().zip(0..).find_map(|(count, score)| {
                seen += count;
                (seen >= rank).then_some(score)
            })
        };
        if number == 0 { None } else { Some(Quartiles { lower: at(1)?, median: at(2)?, upper: at(3)? }) }
    }

    /// The share of each score in per cent, in steps of five points; `None` without scores. As each is rounded by
    /// itself, they need not add up to 100.
    pub fn shares(&self) -> Option<[u8; 5]> {
        let mut shares = [0; 5];
        for (share, count) in shares.iter_mut().zip(self.0) {
            *share = share_of(count, self.number())?;
        }
        Some(shares)
    }
}

impl FromIterator<Score> for Tally {
    fn from_iter<I: IntoIterator<Item = Score>>(scores: I) -> Self {
        let mut tally = Self::default();
        scores.into_iter().for_each(|score| tally.add(score));
        tally
    }
}

/// The share that `part` has in `whole` in per cent, in steps of five points; `None` where the whole is nothing.
pub fn share_of(part: u32, whole: u32) -> Option<u8> {
    divide(u64::from(part) * 20, whole.into()).and_then(|steps| u8::try_from(steps * 5).ok())
}

/// The quotient as a whole number, half rounded up; `None` where the divisor is 0.
pub fn divide(dividend: u64, divisor: u64) -> Option<u64> {
    (2 * dividend + divisor).checked_div(2 * divisor)
}

/// The quartiles of values sorted from the smallest to the largest, by nearest rank; `None` without values.
pub fn quartiles_of<T: Copy>(sorted: &[T]) -> Option<Quartiles<T>> {
    let at = |quarters: usize| sorted.get((sorted.len() * quarters).div_ceil(4).checked_sub(1)?).copied();
    Some(Quartiles { lower: at(1)?, median: at(2)?, upper: at(3)? })
}

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

impl serde::Serialize for Tenths {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 10.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(scores: &[usize]) -> Tally {
        scores.iter().map(|score| Score::ALL[*score]).collect()
    }

    #[test]
    fn nothing_is_said_of_nothing() {
        let none = Tally::default();
        assert_eq!((none.number(), none.mean(), none.quartiles(), none.shares()), (0, None, None, None));
        assert_eq!(quartiles_of::<u8>(&[]), None);
    }

    #[test]
    fn half_is_rounded_up() {
        // 1.25 and 1.75
        assert_eq!(tally(&[1, 1, 1, 2]).mean().map(|mean| mean.to_string()).as_deref(), Some("1.3"));
        assert_eq!(tally(&[1, 2, 2, 2]).mean(), Some(Tenths(18)));
        // 1 in 40 is 2.5 %, 39 in 40 is 97.5 %
        assert_eq!((share_of(1, 40), share_of(39, 40), share_of(1, 41), share_of(1, 3)), (Some(5), Some(100), Some(0), Some(35)));
    }

    #[test]
    fn quartiles_are_scores_that_were_given() {
        let of = |lower, median, upper| Some(Quartiles { lower, median, upper });
        assert_eq!(tally(&[3]).quartiles(), of(3, 3, 3));
        assert_eq!(tally(&[0, 4]).quartiles(), of(0, 0, 4));
        assert_eq!(tally(&[0, 1, 2, 3]).quartiles(), of(0, 1, 2));
        assert_eq!(tally(&[0, 1, 2, 3, 4]).quartiles(), of(1, 2, 3));
        assert_eq!(quartiles_of(&[10, 20, 30, 40, 50]), of(20, 30, 40));
        assert_eq!(quartiles_of(&[10, 20, 30, 40]), of(10, 20, 30));
    }
}
