//! Charts: where each line and each bar goes. Templates draw them as SVG, so that a theme can draw them otherwise.
//!
//! Lengths are in units of the chart's own, about a pixel where it is shown at its full width. What is drawn is always
//! also said in words: by `words` where one points at a part, and in a table beside the chart. No part is told by its
//! colour alone; a `tone` is a texture.

mod bars;
mod columns;
mod ladder;
mod radar;
mod spreads;

pub(super) use bars::{Bars, Row};
pub(super) use columns::{Column, Columns};
pub(super) use ladder::{Ladder, Rung, Tier};
pub(super) use radar::{Frame, Layer, Radar};
pub(super) use spreads::{SpreadRow, Spreads};

use super::Catalogue;
use serde::Serialize;

/// How wide every chart is.
const WIDTH: u32 = 480;

/// A part of a bar.
#[derive(Debug, Serialize)]
pub(super) struct Segment {
    /// Its texture: 0 empty to 4 full, the more the higher; 5 stands outside this order.
    tone: u8,
    /// Where it begins, from the left or from the top.
    at: u32,
    /// How long it is.
    length: u32,
    /// What it says.
    words: String,
    /// A number to stand in it, where there is room.
    label: Option<u32>,
}

/// A value that a bar shows as one of its parts.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// Its texture.
    pub(super) tone: u8,
    /// How much.
    pub(super) value: u32,
    /// What it is, as in `Certified`.
    pub(super) name: String,
}

/// Where so many of `of` end on a length.
fn along(value: u32, of: u32, length: u32) -> u32 {
    let at = u64::from(value) * u64::from(length);
    crate::model::divide(at, of.max(1).into()).and_then(|at| u32::try_from(at).ok()).unwrap_or(length).min(length)
}

/// Parts one after the other from 0 on, where the whole is `length`; each says `name: part value`.
fn stack(name: &str, parts: &[Part], whole: u32, length: u32, texts: &Catalogue) -> Vec<Segment> {
    let mut sum = 0;
    let segment = |part: &Part| {
        let at = along(sum, whole, length);
        sum += part.value;
        let words = texts.say("chart.part", &[("name", &name), ("part", &part.name), ("value", &part.value)]);
        Segment { tone: part.tone, at, length: along(sum, whole, length) - at, words, label: None }
    };
    parts.iter().filter(|part| part.value > 0).map(segment).collect()
}

/// The least step of 1, 2 or 5 times a power of ten by which `most` is reached in at most `steps`.
fn step(most: u32, steps: u32) -> u32 {
    let mut power: u32 = 1;
    loop {
        for factor in [1, 2, 5] {
            let step = power.saturating_mul(factor);
            if step.saturating_mul(steps) >= most {
                return step;
            }
        }
        power = power.saturating_mul(10);
    }
}

/// A name of at most the width of `room` small letters; a longer one is cut, for the table has it whole.
fn cut(name: &str, room: usize) -> String {
    let mut room = room * 10;
    let mut kept = String::new();
    for letter in name.chars() {
        let width = width(letter);
        if width > room {
            return kept + "…";
        }
        room -= width;
        kept.push(letter);
    }
    kept
}

/// How wide a letter is at most, in tenths of a small one of Latin.
fn width(letter: char) -> usize {
    match letter {
        'M' | 'W' | 'm' | 'w' | '@' | '%' | 'Œ' | 'Æ' | 'œ' | 'æ' | 'Ж' | 'Ш' | 'Щ' | 'Ю' | 'Ф' | 'ж' | 'ш' | 'щ' | 'ю' | 'ы' => {
            15
        }
        _ if u32::from(letter) > 0x2e80 => 20,
        _ if letter.is_uppercase() => 13,
        _ => 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut() {
        assert_eq!(cut("Norway", 56), "Norway");
        assert_eq!(cut(&"x".repeat(60), 56), "x".repeat(56) + "…");
        assert_eq!(cut(&"本".repeat(60), 56).chars().count(), 29);
        assert_eq!(cut(&"W".repeat(60), 42).chars().count(), 29);
        assert_eq!(cut(&"CERT ".repeat(12), 42).chars().count(), 34);
    }

    #[test]
    fn steps_are_round() {
        assert_eq!([0, 1, 4, 5, 9, 21, 101].map(|most| step(most, 4)), [1, 1, 1, 2, 5, 10, 50]);
    }

    #[test]
    fn parts_touch_and_fill_the_whole() {
        let part = |value| Part { tone: 0, value, name: "x".to_owned() };
        let stack = stack("a", &[part(1), part(0), part(1), part(1)], 3, 100, &crate::site::texts::english());
        let ends: Vec<_> = stack.iter().map(|segment| (segment.at, segment.at + segment.length)).collect();
        assert_eq!(ends, [(0, 33), (33, 67), (67, 100)]);
        assert_eq!(stack[0].words, "a: x 1");
    }
}
