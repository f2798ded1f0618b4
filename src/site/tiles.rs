//! Where each country stands in the map of tiles: one square for each, in three panels that stand side by side or one
//! below the other. A drawing of our own: no borders, no areas, nothing to dispute, and as many squares as there are
//! countries. Neighbours stand near each other; more is not promised.

use crate::model::Country;
use std::sync::LazyLock;

/// How many columns a panel has: so few that a square can be touched where a screen is 320 pixels wide.
pub(super) const COLUMNS: usize = 12;

/// A part of the map.
#[derive(Debug)]
pub(super) struct Panel {
    /// Its name, for programs.
    pub(super) id: &'static str,
    /// How many rows it has.
    pub(super) rows: usize,
    /// The countries, by row, then by column.
    pub(super) places: Vec<Place>,
}

/// Where a country stands, both from 0.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) country: Country,
    pub(super) column: usize,
    pub(super) row: usize,
}

/// The panels, from west to east.
pub(super) static PANELS: LazyLock<Vec<Panel>> = LazyLock::new(|| {
    vec![panel("americas", AMERICAS), panel("europe-africa", EUROPE_AFRICA), panel("asia-pacific", ASIA_PACIFIC)]
});

const AMERICAS: &str = "
.. .. .. .. .. .. .. GL .. .. .. ..
.. CA .. .. .. PM .. .. .. .. .. ..
.. US .. .. .. BM .. .. .. .. .. ..
.. MX .. .. BS TC .. .. .. .. .. ..
.. GT BZ KY CU HT DO PR VI VG AI ..
.. SV HN .. JM .. .. .. SX MF BL ..
.. .. NI .. .. .. .. .. KN MS AG ..
.. .. CR PA AW CW BQ .. GP DM MQ ..
.. .. .. CO VE TT .. GD VC LC BB ..
.. .. .. EC .. GY SR GF .. .. .. ..
.. .. .. PE BO BR .. .. .. .. .. ..
.. .. .. .. PY .. .. .. .. .. .. ..
.. .. .. CL AR UY .. .. .. .. .. ..
.. .. .. .. .. FK .. .. .. .. .. ..
.. .. .. .. AQ .. GS .. .. .. .. ..
";

const EUROPE_AFRICA: &str = "
.. .. .. .. .. .. SJ .. .. .. .. ..
.. IS .. FO .. .. NO SE AX FI .. ..
.. .. IE IM GB NL DK .. .. EE .. RU
.. .. GG JE BE LU DE PL LT LV BY ..
EU .. .. FR CH LI AT CZ SK UA .. ..
.. PT ES AD MC IT SI HU RO MD .. ..
.. .. GI .. VA SM HR BA RS BG .. GE
.. .. .. .. .. MT ME XK MK TR AM AZ
.. .. .. .. .. .. AL GR .. CY SY IQ
.. .. .. MA DZ TN LY EG IL LB .. KW
CV .. EH MR ML NE TD SD PS JO SA BH
.. SN GM GN BF BJ NG SS ER .. AE QA
.. GW SL CI GH TG CM CF ET DJ YE OM
.. .. LR .. ST GQ CG UG KE SO .. ..
.. .. .. .. .. GA CD RW TZ .. SC ..
SH .. .. .. .. AO ZM BI MW KM YT ..
.. .. .. .. .. NA BW ZW MZ MG RE MU
.. .. .. BV .. .. ZA LS SZ .. TF ..
";

const ASIA_PACIFIC: &str = "
.. .. .. .. .. .. .. .. .. .. .. ..
.. .. .. .. .. .. .. .. .. .. .. ..
KZ .. .. .. .. .. .. .. .. .. .. ..
UZ KG .. .. MN .. KP .. JP .. .. ..
TM TJ .. .. CN .. KR .. .. .. .. ..
IR AF NP BT .. MO HK TW .. .. .. ..
.. PK IN BD MM LA VN .. PH MP .. ..
.. .. LK .. .. TH KH .. .. GU MH UM
.. MV .. .. .. MY BN .. PW FM NR KI
.. IO .. .. .. SG ID TL PG SB TV TK
.. .. .. .. CC CX .. .. VU WF WS AS
.. .. .. .. .. .. AU NC FJ TO NU CK
.. .. .. .. .. .. .. NF .. .. .. PF
.. .. .. .. .. .. .. .. NZ .. .. PN
.. .. .. HM .. .. .. .. .. .. .. ..
";

/// Reads a drawing: two characters for each square, and two dots where there is only the sea.
fn panel(id: &'static str, drawing: &str) -> Panel {
    let rows: Vec<&str> = drawing.trim().lines().collect();
    let place = |(row, line): (usize, &&str)| -> Vec<Place> {
        let codes = line.split(' ').enumerate();
        codes.filter_map(|(column, code)| Some(Place { country: Country::from_code(code).ok()?, column, row })).collect()
    };
    Panel { id, rows: rows.len(), places: rows.iter().enumerate().flat_map(place).collect() }
}

/// The darkness of a square: 0 where there is no team, then 1 to 5.
pub(super) const fn step(teams: usize) -> u8 {
    match teams {
        0 => 0,
        1 => 1,
        2..=4 => 2,
        5..=9 => 3,
        10..=24 => 4,
        _ => 5,
    }
}

/// What the steps stand for, from 1 on.
pub(super) const STEPS: [&str; 5] = ["1", "2–4", "5–9", "10–24", "25+"];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_country_has_one_place() {
        let placed: Vec<Country> = PANELS.iter().flat_map(|panel| &panel.places).map(|place| place.country).collect();
        let once: BTreeSet<Country> = placed.iter().copied().collect();
        assert_eq!(placed.len(), once.len(), "a country stands in two places");
        let missing: Vec<_> = Country::all().filter(|country| !once.contains(country)).collect();
        assert_eq!(missing, []);
        assert_eq!(placed.len(), Country::all().count());
    }

    #[test]
    fn a_drawing_holds_codes_and_sea_and_nothing_else() {
        for (drawing, panel) in [AMERICAS, EUROPE_AFRICA, ASIA_PACIFIC].iter().zip(PANELS.iter()) {
            let squares: Vec<&str> = drawing.split_whitespace().collect();
            assert_eq!(squares.len(), COLUMNS * panel.rows, "{}", panel.id);
            let codes = squares.iter().filter(|square| **square != "..").count();
            assert_eq!(codes, panel.places.len(), "{} has a code that is no country's", panel.id);
            assert!(panel.places.iter().all(|place| place.column < COLUMNS && place.row < panel.rows));
        }
    }

    #[test]
    fn steps_rise_and_are_named() {
        let steps = [0, 1, 2, 4, 5, 9, 10, 24, 25, 5000].map(step);
        assert_eq!(steps, [0, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
        for (name, at) in STEPS.iter().zip(1..) {
            let first: usize = name.trim_end_matches('+').split('–').next().unwrap().parse().unwrap();
            assert_eq!((step(first), step(first - 1)), (at, at - 1), "{name}");
        }
    }
}
