//! Lying bars, one below the other, each under its name.

use super::{Part, Segment, WIDTH, cut, stack};
use crate::site::Catalogue;
use serde::Serialize;

/// How high a row is, and how much is left for its number.
const ROW: u32 = 34;
const NUMBER: u32 = 44;

/// How long a name may be, where a letter of Latin counts 1; a longer one is cut, for the table has it whole.
const LONGEST: usize = 56;

/// A row.
#[derive(Debug)]
pub(in crate::site) struct Row<'a> {
    /// Its name.
    pub(in crate::site) name: &'a str,
    /// What it adds up to.
    pub(in crate::site) parts: Vec<Part>,
}

/// The chart.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Bars {
    width: u32,
    height: u32,
    bars: Vec<Bar>,
}

#[derive(Debug, Serialize)]
struct Bar {
    y: u32,
    name: String,
    sum: u32,
    /// Where the number stands.
    end: u32,
    segments: Vec<Segment>,
}

impl Bars {
    /// The chart; `None` where the rows say nothing.
    pub(in crate::site) fn new(rows: &[Row<'_>], texts: &Catalogue) -> Option<Self> {
        let sum = |row: &Row<'_>| row.parts.iter().map(|part| part.value).sum::<u32>();
        let most = rows.iter().map(sum).max().filter(|most| *most > 0)?;
        let bar = |(row, at): (&Row<'_>, u32)| {
            let name = cut(row.name, LONGEST);
            let segments = stack(&name, &row.parts, most, WIDTH - NUMBER, texts);
            let end = segments.last().map_or(0, |segment| segment.at + segment.length);
            Bar { y: at * ROW, name, sum: sum(row), end: end + 6, segments }
        };
        let bars: Vec<Bar> = rows.iter().zip(0..).map(bar).collect();
        Some(Self { width: WIDTH, height: ROW * u32::try_from(rows.len()).unwrap_or_default(), bars })
    }
}
