//! How scores are spread: a bar for each parameter, cut by the shares of the scores 0 to 4, with the mean at its end.

use super::{Segment, WIDTH, along};
use crate::model::Spread;
use crate::site::Catalogue;
use serde::Serialize;

/// What is left for the names, and for the means.
const SIDE: u32 = 44;
const MEAN: u32 = 40;

/// How high the head and a row are.
const HEAD: u32 = 18;
const ROW: u32 = 21;

/// From which length on a part has room for its share.
const ROOM: u32 = 26;

/// A parameter.
#[derive(Debug)]
pub(in crate::site) struct SpreadRow {
    /// Its id, or the name of what has the scores.
    pub(in crate::site) name: String,
    /// `None` where it is withheld, or nobody was scored.
    pub(in crate::site) spread: Option<Spread>,
    /// Whether it is withheld.
    pub(in crate::site) withheld: bool,
}

/// The chart.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Spreads {
    width: u32,
    height: u32,
    /// Where the bars begin, and where the means end.
    left: u32,
    right: u32,
    bars: Vec<Bar>,
}

#[derive(Debug, Serialize)]
struct Bar {
    y: u32,
    name: String,
    mean: Option<String>,
    withheld: bool,
    segments: Vec<Segment>,
}

impl Spreads {
    pub(in crate::site) fn new(rows: Vec<SpreadRow>, texts: &Catalogue) -> Self {
        let height = HEAD + ROW * u32::try_from(rows.len()).unwrap_or_default();
        let bar = |(row, at): (SpreadRow, u32)| Bar {
            y: HEAD + at * ROW,
            withheld: row.withheld,
            mean: row.spread.map(|spread| texts.decimal(spread.mean)),
            segments: row.spread.map(|spread| segments(&row.name, spread.shares, texts)).unwrap_or_default(),
            name: row.name,
        };
        Self { width: WIDTH, height, left: SIDE, right: WIDTH, bars: rows.into_iter().zip(0..).map(bar).collect() }
    }
}

/// The bar of one parameter. As shares are rounded, they may add up to a little more or less than the whole.
fn segments(name: &str, shares: [u8; 5], texts: &Catalogue) -> Vec<Segment> {
    let whole: u32 = shares.into_iter().map(u32::from).sum();
    let length = WIDTH - SIDE - MEAN;
    let mut sum = 0;
    let segment = |(share, score): (u8, u8)| {
        let at = along(sum, whole, length);
        sum += u32::from(share);
        let long = along(sum, whole, length) - at;
        let label = Some(u32::from(share)).filter(|_| long >= ROOM);
        let words = texts.say("chart.score", &[("parameter", &name), ("score", &score), ("share", &share)]);
        Segment { tone: score, at: SIDE + at, length: long, words, label }
    };
    shares.into_iter().zip(0..).map(segment).filter(|segment| segment.length > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounded_shares_fill_the_bar() {
        let bar = segments("O-1", [0, 35, 35, 35, 0], &crate::site::texts::english());
        let last = bar.last().unwrap();
        assert_eq!((bar.len(), bar[0].at, last.at + last.length), (3, SIDE, WIDTH - MEAN));
        assert_eq!((bar[0].words.as_str(), bar[0].label), ("O-1: score 1, 35 %", Some(35)));
    }
}
