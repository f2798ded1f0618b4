//! Who stands behind whom: boxes in tiers, from top to bottom, with arrows from each tier to the next. It is read like a list,
//! so that it fits a narrow page.

use super::{WIDTH, cut};
use serde::Serialize;

/// How high a box is, how much lies between two of a tier, and between tiers, where the arrow is named.
const BOX: u32 = 40;
const GAP: u32 = 8;
const BETWEEN: u32 = 34;

/// How far each tier stands to the right of the one before, and how far the trunk of an arrow from the edge of a box.
const STEP: u32 = 36;
const TRUNK: u32 = 14;

/// How many letters a box holds in a line.
const LONGEST: usize = 42;

/// Boxes side by side in rank, and what they did for the next tier.
#[derive(Debug)]
pub(in crate::site) struct Tier {
    /// The boxes; a tier without any is left out.
    pub(in crate::site) rungs: Vec<Rung>,
    /// What stands at the arrow to the next tier.
    pub(in crate::site) verb: String,
}

/// A box.
#[derive(Debug)]
pub(in crate::site) struct Rung {
    /// Its name.
    pub(in crate::site) name: String,
    /// What is to be known of it.
    pub(in crate::site) note: String,
    /// How it is drawn: as the badge of a status, `own` for what the page is about, or `more` for what is not named.
    pub(in crate::site) kind: &'static str,
}

/// The picture.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Ladder {
    width: u32,
    height: u32,
    boxes: Vec<BoxView>,
    /// From box to box, without the heads of the arrows.
    lines: String,
    heads: String,
    verbs: Vec<Verb>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct BoxView {
    x: u32,
    y: u32,
    width: u32,
    height: u32,
    name: String,
    note: String,
    kind: &'static str,
}

/// What an arrow means.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Verb {
    x: u32,
    y: u32,
    text: String,
}

/// The upper left corner of a box.
type Spot = (u32, u32);

impl Ladder {
    /// The picture; `None` where there are not two tiers.
    pub(in crate::site) fn new(tiers: &[Tier]) -> Option<Self> {
        let tiers: Vec<&Tier> = tiers.iter().filter(|tier| !tier.rungs.is_empty()).collect();
        if tiers.len() < 2 {
            return None;
        }
        let spots = spots(&tiers);
        let height = spots.iter().flatten().map(|(_, y)| y + BOX).max()?;
        let right = spots.iter().flatten().map(|(x, _)| *x).max()?;
        let mut ladder =
            Self { width: WIDTH, height, boxes: Vec::new(), lines: String::new(), heads: String::new(), verbs: Vec::new() };
        for (tier, spots) in tiers.iter().zip(&spots) {
            let boxes = tier.rungs.iter().zip(spots).map(|(rung, spot)| BoxView::new(rung, *spot, WIDTH - right));
            ladder.boxes.extend(boxes);
        }
        for ((above, below), tier) in spots.iter().zip(&spots[1..]).zip(tiers) {
            ladder.join(above, below, &tier.verb);
        }
        Some(ladder)
    }

    /// Arrows from each box of a tier to each of the next, along one trunk: beneath a single box, else to the left of all.
    fn join(&mut self, above: &[Spot], below: &[Spot], verb: &str) {
        let (Some((left, last)), Some((_, foot))) = (above.last(), below.last()) else { return };
        let foot = foot + BOX / 2;
        let trunk = if above.len() == 1 { left + TRUNK } else { left - TRUNK };
        if above.len() == 1 {
            self.lines += &format!("M{trunk} {}V{foot}", last + BOX);
        } else {
            self.lines.extend(above.iter().map(|(x, y)| format!("M{x} {}H{trunk}V{foot}", y + BOX / 2)));
        }
        for (x, y) in below.iter().map(|(x, y)| (x, y + BOX / 2)) {
            self.lines += &format!("M{trunk} {y}H{x}");
            self.heads += &format!("M{x} {y}l-8-4v8z");
        }
        self.verbs.push(Verb { x: trunk + 8, y: last + BOX + BETWEEN / 2 + 4, text: verb.to_owned() });
    }
}

/// Where the boxes of each tier stand.
fn spots(tiers: &[&Tier]) -> Vec<Vec<Spot>> {
    // Room for a trunk to the left of the first tier.
    let mut x = if tiers.first().is_some_and(|tier| tier.rungs.len() > 1) { TRUNK + 1 } else { 0 };
    let mut y = 0;
    let mut spots = Vec::new();
    for tier in tiers {
        let of_tier: Vec<Spot> = tier.rungs.iter().zip(0..).map(|(_, at)| (x, y + at * (BOX + GAP))).collect();
        y = of_tier.last().map_or(y, |(_, last)| last + BOX + BETWEEN);
        x += STEP;
        spots.push(of_tier);
    }
    spots
}

impl BoxView {
    fn new(rung: &Rung, (x, y): Spot, width: u32) -> Self {
        Self { x, y, width, height: BOX, name: cut(&rung.name, LONGEST), note: cut(&rung.note, LONGEST), kind: rung.kind }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tier(names: &[&str], verb: &str) -> Tier {
        let rung = |name: &&str| Rung { name: (*name).to_owned(), note: String::new(), kind: "listed" };
        Tier { rungs: names.iter().map(rung).collect(), verb: verb.to_owned() }
    }

    #[test]
    fn boxes_do_not_touch_and_stay_in_the_picture() {
        let tiers = [tier(&["a", "b"], "for"), tier(&["own"], "for"), tier(&["c", "d", "e"], "")];
        let ladder = Ladder::new(&tiers).unwrap();
        assert!(ladder.boxes.windows(2).all(|pair| pair[0].y + pair[0].height < pair[1].y), "{:?}", ladder.boxes);
        let last = ladder.boxes.last().unwrap();
        assert_eq!((last.x + last.width, last.y + last.height), (ladder.width, ladder.height));
        // Each of the others is pointed at, and what that means is said once for each step.
        assert_eq!((ladder.heads.matches('z').count(), ladder.verbs.len()), (4, 2));
        assert_eq!(ladder.verbs[0].x + TRUNK - 8, ladder.boxes[0].x);
    }

    #[test]
    fn a_tier_without_boxes_is_left_out_and_one_tier_is_no_picture() {
        assert!(Ladder::new(&[tier(&[], "for"), tier(&["own"], "")]).is_none());
        let ladder = Ladder::new(&[tier(&[], "for"), tier(&["own"], "of"), tier(&["c"], "")]).unwrap();
        assert_eq!((ladder.boxes[0].x, ladder.verbs[0].text.as_str(), ladder.heads.matches('z').count()), (0, "of", 1));
    }
}
