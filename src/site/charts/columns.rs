//! Upright bars, one for each year, of parts that stand on one another; what is lost hangs below the line.

use super::{Part, Segment, WIDTH, along, stack, step};
use crate::site::Catalogue;
use serde::Serialize;

/// What is left for the numbers at the side, and how high the bars and all else are.
const SIDE: u32 = 30;
const TOP: u32 = 16;
const PLOT: u32 = 210;
const FOOT: u32 = 20;

/// From which width of a bar on its sum stands over it, and how wide a year is.
const ROOM_FOR_SUM: u32 = 15;
const YEAR: u32 = 36;

/// How many years a chart shows at most: the latest.
const MOST: usize = 30;

/// A year.
#[derive(Debug)]
pub(in crate::site) struct Column {
    /// The year.
    pub(in crate::site) year: i32,
    /// What stands on the line, from below.
    pub(in crate::site) up: Vec<Part>,
    /// What hangs below it.
    pub(in crate::site) down: Vec<Part>,
}

/// The chart.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Columns {
    width: u32,
    height: u32,
    /// Where the bars begin, and where the line is on which they stand.
    left: u32,
    line: u32,
    years: u32,
    bars: Vec<Bar>,
    ticks: Vec<Tick>,
}

#[derive(Debug, Serialize)]
struct Bar {
    x: u32,
    width: u32,
    middle: u32,
    /// The year, where there is room for it.
    label: Option<i32>,
    sum: Option<u32>,
    top: u32,
    segments: Vec<Segment>,
}

#[derive(Debug, Serialize)]
struct Tick {
    y: u32,
    value: u32,
}

impl Columns {
    /// The chart of the latest of `columns`; `None` where they say nothing.
    pub(in crate::site) fn new(columns: &[Column], texts: &Catalogue) -> Option<Self> {
        let columns = &columns[columns.len().saturating_sub(MOST)..];
        let sum = |parts: &[Part]| parts.iter().map(|part| part.value).sum::<u32>();
        let up = columns.iter().map(|column| sum(&column.up)).max()?;
        let down = columns.iter().map(|column| sum(&column.down)).max()?;
        if up + down == 0 {
            return None;
        }
        let step = step(up.max(down), 5);
        let (above, below) = (up.div_ceil(step) * step, down.div_ceil(step) * step);
        let line = TOP + along(above, above + below, PLOT);
        let years = u32::try_from(columns.len()).unwrap_or(1);
        let room = (WIDTH - SIDE) / years;
        let every = i32::try_from(YEAR.div_ceil(room)).unwrap_or(1);
        let last = columns.last()?.year;
        let bar = |(column, at): (&Column, u32)| {
            let slot = SIDE + (WIDTH - SIDE) * at / years;
            let width = (room * 7 / 10).clamp(2, 36);
            let x = slot + (room - width) / 2;
            let name = column.year.to_string();
            // From the line upwards, drawn from the top: the first part stands lowest.
            let mut segments = stack(&name, &column.up, above + below, PLOT, texts);
            for segment in &mut segments {
                segment.at = line - segment.at - segment.length;
            }
            let top = segments.last().map_or(line, |segment| segment.at);
            let mut hanging = stack(&name, &column.down, above + below, PLOT, texts);
            for segment in &mut hanging {
                segment.at += line;
            }
            segments.extend(hanging);
            Bar {
                x,
                width,
                middle: x + width / 2,
                label: Some(column.year).filter(|year| (last - year) % every == 0),
                sum: Some(sum(&column.up)).filter(|sum| *sum > 0 && width >= ROOM_FOR_SUM),
                top: top - 4,
                segments,
            }
        };
        let values = (0..=above / step).map(|n| (n * step, true)).chain((1..=below / step).map(|n| (n * step, false)));
        let tick = |(value, up): (u32, bool)| {
            let length = along(value, above + below, PLOT);
            Tick { y: if up { line - length } else { line + length }, value }
        };
        Some(Self {
            width: WIDTH,
            height: TOP + PLOT + FOOT,
            left: SIDE,
            line,
            years,
            bars: columns.iter().zip(0..).map(bar).collect(),
            ticks: values.map(tick).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::texts::english;

    fn column(year: i32, up: &[u32], down: u32) -> Column {
        let part = |value: &u32| Part { tone: 0, value: *value, name: "x".to_owned() };
        Column { year, up: up.iter().map(part).collect(), down: vec![part(&down)] }
    }

    #[test]
    fn parts_stand_on_the_line_or_hang_from_it() {
        let chart = Columns::new(&[column(2025, &[2, 1], 1), column(2026, &[0, 0], 0)], &english()).unwrap();
        // Three of four steps are above the line.
        assert_eq!(chart.line, TOP + 158);
        let bar = &chart.bars[0];
        let ends: Vec<_> = bar.segments.iter().map(|segment| (segment.at, segment.at + segment.length)).collect();
        assert_eq!(ends, [(TOP + 53, chart.line), (TOP, TOP + 53), (chart.line, chart.line + 53)]);
        assert_eq!((bar.sum, bar.top, bar.label), (Some(3), TOP - 4, Some(2025)));
        assert_eq!((chart.bars[1].sum, chart.bars[1].segments.len()), (None, 0));
        let ticks: Vec<_> = chart.ticks.iter().map(|tick| (tick.value, tick.y)).collect();
        let below = chart.line + 53;
        assert_eq!(ticks, [(0, chart.line), (1, chart.line - 53), (2, chart.line - 105), (3, TOP), (1, below)]);
    }

    #[test]
    fn the_latest_years_are_shown() {
        let columns: Vec<Column> = (1980..2027).map(|year| column(year, &[1], 0)).collect();
        let chart = Columns::new(&columns, &english()).unwrap();
        assert_eq!((chart.bars.len(), chart.bars[MOST - 1].label), (MOST, Some(2026)));
        assert!(chart.bars.iter().all(|bar| bar.x >= SIDE && bar.x + bar.width <= WIDTH));
        assert!(Columns::new(&[column(2026, &[0], 0)], &english()).is_none());
    }
}
