//! The countries as a map of tiles: one square each, in which the number of its teams stands.

use super::parts::Named;
use crate::model::Country;
use crate::site::Catalogue;
use crate::site::groups::Groups;
use crate::site::tiles::{COLUMNS, PANELS, Panel, STEPS, step};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// How far squares stand from each other, and how wide they are. Where a panel is shown at its full width, these are pixels.
const PITCH: usize = 28;
const SIDE: usize = 26;

/// The map.
#[derive(Serialize)]
pub(super) struct MapView<'a> {
    panels: Vec<PanelView<'a>>,
    /// How many teams each darkness stands for, from the first on.
    steps: [&'static str; 5],
}

/// A part of the map, as a picture with lengths of its own.
#[derive(Serialize)]
struct PanelView<'a> {
    id: &'static str,
    width: usize,
    height: usize,
    /// The squares of the countries without teams, as one path.
    faint: String,
    tiles: Vec<Tile<'a>>,
}

/// The square of a country that has teams.
#[derive(Serialize)]
struct Tile<'a> {
    country: Named<'a>,
    code: String,
    teams: usize,
    /// How dark it is, 1 to 5.
    step: u8,
    x: usize,
    y: usize,
}

impl<'a> MapView<'a> {
    pub(super) fn new(groups: &'a Groups<'a>, texts: &Catalogue) -> Self {
        let teams: BTreeMap<Country, usize> = groups.countries.iter().map(|group| (group.key, group.active())).collect();
        Self { panels: PANELS.iter().map(|panel| PanelView::new(panel, &teams, groups, texts)).collect(), steps: STEPS }
    }
}

impl<'a> PanelView<'a> {
    fn new(panel: &Panel, teams: &BTreeMap<Country, usize>, groups: &'a Groups<'a>, texts: &Catalogue) -> Self {
        let (mut faint, mut tiles) = (String::new(), Vec::new());
        for place in &panel.places {
            let (x, y) = (place.column * PITCH, place.row * PITCH);
            if let Some(teams) = teams.get(&place.country).copied().filter(|teams| *teams > 0) {
                let (country, code) = (Named::country(place.country, groups, texts), place.country.code().to_owned());
                tiles.push(Tile { country, code, teams, step: step(teams), x, y });
            } else {
                // Writing into a text cannot fail.
                let _written = write!(faint, "M{x} {y}h{SIDE}v{SIDE}h-{SIDE}z");
            }
        }
        let length = |squares: usize| squares * PITCH - (PITCH - SIDE);
        Self { id: panel.id, width: length(COLUMNS), height: length(panel.rows), faint, tiles }
    }
}
