//! A radar: one ray for each parameter, from 0 near the middle to 4 at the rim, in the order of the model.

use super::WIDTH;
use crate::model::{Category, Parameter, Sim3};
use serde::Serialize;
use std::f64::consts::TAU;
use std::fmt::Write;

/// The middle, and how far from it the score 0, the score 4, a number and the name of a category lie.
const MIDDLE: Point = (240, 205);
const ZERO: f64 = 14.0;
const RIM: f64 = 158.0;
const NUMBER: f64 = 171.0;
const NAME: f64 = 190.0;
const HEIGHT: u32 = 412;

/// Scores to draw, at most one for each parameter.
pub(in crate::site) struct Layer<F> {
    /// How it is drawn: `team`, `median`, `profile`.
    pub(in crate::site) kind: &'static str,
    /// The score of a parameter, where there is one.
    pub(in crate::site) score: F,
}

/// Where something lies, from the left and from the top, in whole units: finer is not seen, and no machine's arithmetic shows.
type Point = (i32, i32);

/// What the radars of a model have in common.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Frame {
    width: u32,
    height: u32,
    middle: Point,
    rings: Vec<Ring>,
    /// The rays, and those with which a category begins.
    grid: String,
    axes: String,
    /// The numbers at the rim: of every other ray.
    numbers: Vec<Number>,
    names: Vec<Name>,
}

/// The chart, in the frame of its model.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Radar {
    /// The area between two layers, as far as both go.
    band: Option<String>,
    lines: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Ring {
    score: u8,
    radius: i32,
}

#[derive(Debug, Serialize)]
struct Number {
    number: u8,
    x: i32,
    y: i32,
}

#[derive(Debug, Serialize)]
struct Name {
    name: &'static str,
    anchor: &'static str,
    x: i32,
    y: i32,
}

#[derive(Debug, Serialize)]
struct Line {
    kind: &'static str,
    path: String,
    /// Whether it goes all around.
    closed: bool,
}

type Score<'a> = &'a dyn Fn(Parameter) -> Option<u8>;

impl Frame {
    /// The frame of `model`.
    pub(in crate::site) fn new(model: Sim3) -> Self {
        let count = model.parameters().count();
        let angle = |at: usize| turn(at, count);
        let (mut numbers, mut names) = (Vec::new(), Vec::new());
        let mut lines = [Way::from(MIDDLE), Way::from(MIDDLE)];
        let mut at = 0;
        for category in model.categories() {
            let first = at;
            for parameter in category.parameters() {
                let number =
                    parameter.to_string().split_once('-').and_then(|(_, number)| number.parse().ok()).unwrap_or_default();
                let (x, y) = point(angle(at), NUMBER);
                numbers.push(Number { number, x, y });
                lines[usize::from(at == first)].there_and_back(point(angle(at), RIM));
                at += 1;
            }
            names.push(name(category, f64::midpoint(angle(first), angle(at.saturating_sub(1)))));
        }
        numbers.retain(|number| number.number % 2 == 1);
        let [grid, axes] = lines.map(|way| way.path);
        let rings = (0..=4).map(|score| Ring { score, radius: whole(radius(score)) }).collect();
        Self { width: WIDTH, height: HEIGHT, middle: MIDDLE, rings, grid, axes, numbers, names }
    }
}

impl Radar {
    /// The radar of `model`, with the area between `band` (the lower and the upper score) below the `layers`.
    pub(in crate::site) fn new(model: Sim3, band: Option<[Score<'_>; 2]>, layers: &[Layer<Score<'_>>]) -> Self {
        let all: Vec<Parameter> = model.parameters().collect();
        let line = |layer: &Layer<Score<'_>>| {
            let (path, closed) = outline(&all, layer.score);
            Line { kind: layer.kind, path, closed }
        };
        Self { band: band.map(|[lower, upper]| area(&all, lower, upper)), lines: layers.iter().map(line).collect() }
    }
}

/// A path of straight lines. Each is written as the step from where the last one ended, which is shorter.
struct Way {
    path: String,
    at: Point,
}

impl Way {
    fn from(start: Point) -> Self {
        let mut way = Self { path: String::new(), at: start };
        way.jump(start);
        way
    }

    fn empty() -> Self {
        Self { path: String::new(), at: (0, 0) }
    }

    fn jump(&mut self, (x, y): Point) {
        self.write('M', x);
        self.write(' ', y);
        self.at = (x, y);
    }

    fn line(&mut self, (x, y): Point) {
        let (right, down) = (x - self.at.0, y - self.at.1);
        self.write('l', right);
        if down < 0 {
            self.write('-', -down);
        } else {
            self.write(' ', down);
        }
        self.at = (x, y);
    }

    /// Writes a number behind a sign.
    fn write(&mut self, sign: char, number: i32) {
        self.path.push(sign);
        // Writing into a text cannot fail.
        let _ = write!(self.path, "{number}");
    }

    /// Back to where the last jump led.
    fn close(&mut self) {
        self.path.push('z');
    }

    fn there_and_back(&mut self, end: Point) {
        let start = self.at;
        self.line(end);
        self.close();
        self.at = start;
    }
}

/// What lies between two scores: a ring, or pieces of it where a score is missing.
fn area(all: &[Parameter], lower: Score<'_>, upper: Score<'_>) -> String {
    let edge = |at: usize| Some((lower(*all.get(at)?)?, upper(*all.get(at)?)?));
    if (0..all.len()).all(|at| edge(at).is_some()) {
        return outline(all, upper).0 + &outline(all, lower).0;
    }
    let mut way = Way::empty();
    let mut from = 0;
    while from < all.len() {
        let run: Vec<(u8, u8)> = (from..).map_while(edge).collect();
        let there = run.iter().enumerate().map(|(at, edge)| (from + at, edge.1));
        let back = run.iter().enumerate().map(|(at, edge)| (from + at, edge.0)).rev();
        for (step, (at, score)) in there.chain(back).enumerate() {
            let to = point(turn(at, all.len()), radius(score));
            if step == 0 { way.jump(to) } else { way.line(to) }
        }
        if !run.is_empty() {
            way.close();
        }
        from += run.len() + 1;
    }
    way.path
}

/// The way around through the scores, and whether none is missing; a missing one breaks it.
fn outline(all: &[Parameter], score_of: Score<'_>) -> (String, bool) {
    let closed = all.iter().all(|parameter| score_of(*parameter).is_some());
    let mut way = Way::empty();
    let mut is_down = false;
    for (at, parameter) in all.iter().enumerate() {
        let Some(score) = score_of(*parameter) else {
            is_down = false;
            continue;
        };
        let to = point(turn(at, all.len()), radius(score));
        if is_down {
            way.line(to);
        } else {
            way.jump(to);
            if !closed && all.get(at + 1).is_none_or(|next| score_of(*next).is_none()) {
                // A score between two that are missing is a small diamond.
                way.path += "m-3 0l3-3 3 3-3 3z";
            }
        }
        is_down = true;
    }
    if closed {
        way.close();
    }
    (way.path, closed)
}

/// The direction of ray `at` of `of`, from straight up and clockwise.
#[allow(clippy::cast_precision_loss, reason = "a model has few parameters")]
fn turn(at: usize, of: usize) -> f64 {
    TAU * at as f64 / of as f64
}

fn radius(score: u8) -> f64 {
    ZERO + (RIM - ZERO) * f64::from(score) / 4.0
}

fn point(angle: f64, radius: f64) -> Point {
    (MIDDLE.0 + whole(radius * angle.sin()), MIDDLE.1 - whole(radius * angle.cos()))
}

#[allow(clippy::cast_possible_truncation, reason = "the chart is a few hundred units wide")]
fn whole(length: f64) -> i32 {
    length.round() as i32
}

fn name(category: &'static Category, angle: f64) -> Name {
    let (x, y) = point(angle, NAME);
    let anchor = match angle.sin() {
        sine if sine > 0.3 => "start",
        sine if sine < -0.3 => "end",
        _ => "middle",
    };
    Name { name: &category.name, anchor, x, y }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_score_breaks_the_line() {
        let model: Sim3 = "sim3-v2i".parse().unwrap();
        let gap: Parameter = "H-1".parse().unwrap();
        let whole = |_: Parameter| Some(4);
        let broken = |parameter| (parameter != gap).then_some(2);
        let radar = Radar::new(model, None, &[Layer { kind: "team", score: &whole }, Layer { kind: "median", score: &broken }]);
        let frame = Frame::new(model);
        assert_eq!((frame.numbers.len(), frame.names.len()), (24, 4));
        let band = Radar::new(model, Some([&broken, &whole]), &[]).band.unwrap();
        assert_eq!((band.matches('M').count(), band.matches('z').count(), band.matches('l').count()), (2, 2, 2 * 44 - 2));
        assert!(radar.lines[0].closed && radar.lines[0].path.starts_with("M240 47l22 2l") && radar.lines[0].path.ends_with('z'));
        assert!(!radar.lines[1].closed && radar.lines[1].path.matches('M').count() == 2);
    }
}
