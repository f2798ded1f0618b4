//! The radars, read as people read them: where a line crosses a ray, the rings say the score.

use super::{Figures, figures, folder, records, site};
use crate::common::{self, run_well, text};
use std::collections::BTreeMap;
use std::path::Path;

/// Where something lies, from the left and from the top.
type Point = (f64, f64);

/// A line in pieces, which end where a score is missing: the places of its rays, and the scores.
type Pieces = Vec<Vec<(usize, u8)>>;

/// A radar: its title, the numbers at its rays, and its lines by their kind.
struct Radar {
    title: String,
    numbers: Vec<String>,
    lines: BTreeMap<String, Pieces>,
}

/// The radars of a page.
fn radars(html: &str) -> Vec<Radar> {
    html.split("<svg").filter(|svg| svg.contains("plot radar")).map(|svg| radar(svg.split("</svg>").next().unwrap())).collect()
}

fn radar(svg: &str) -> Radar {
    let after = |tag: &str| -> Vec<String> { svg.split(tag).skip(1).map(str::to_owned).collect() };
    let content = |tag: &String| tag.split_once('>').unwrap().1.split('<').next().unwrap().to_owned();
    let rings: Vec<f64> = after("<circle").iter().map(|ring| attribute(ring, "r").parse().unwrap()).collect();
    assert_eq!(rings.len(), 5);
    let (mut rays, mut lines) = (Vec::new(), Vec::new());
    for path in after("<path") {
        let d = attribute(&path, "d");
        match attribute(&path, "class") {
            "grid" | "axis" => rays.extend(spokes(d)),
            kind => lines.push((kind.split(' ').nth(1).unwrap_or(kind).to_owned(), points(d))),
        }
    }
    rays.sort_by(|one, other| clockwise(one).total_cmp(&clockwise(other)));
    let read = |pieces: Vec<Vec<Point>>| -> Pieces {
        pieces.iter().map(|piece| piece.iter().map(|point| on_ray(*point, &rays, &rings)).collect()).collect()
    };
    Radar {
        title: content(&after("<title")[0]),
        numbers: svg
            .split_once("<g class=rim>")
            .unwrap()
            .1
            .split("</g>")
            .next()
            .unwrap()
            .split("<text")
            .skip(1)
            .map(|label| content(&label.to_owned()))
            .collect(),
        lines: lines.into_iter().map(|(kind, pieces)| (kind, read(pieces))).collect(),
    }
}

fn attribute<'t>(tag: &'t str, name: &str) -> &'t str {
    let rest = tag.split_once(&format!(" {name}=")).unwrap_or_else(|| panic!("no {name} in {tag}")).1;
    rest.strip_prefix('"').map_or_else(|| rest.split([' ', '>']).next(), |quoted| quoted.split('"').next()).unwrap()
}

/// The rays that one path draws, each from the middle and back.
fn spokes(path: &str) -> Vec<[Point; 2]> {
    let all = points(path).remove(0);
    all[1..].iter().map(|end| [all[0], *end]).collect()
}

/// How far a ray is turned from the one that leads upwards.
fn clockwise([middle, end]: &[Point; 2]) -> f64 {
    let angle = (end.0 - middle.0).atan2(middle.1 - end.1);
    // The first may lie a rounding to the left.
    if angle < -0.001 { angle + std::f64::consts::TAU } else { angle }
}

/// The points of a path, in pieces. A line is written as the step from the point before, or from where the piece begins after `z`.
fn points(path: &str) -> Vec<Vec<Point>> {
    // A score alone is a diamond around its point.
    let path = path.replace("m-3 0l3-3 3 3-3 3z", "");
    let pair = |text: &str| -> Point {
        let text = text.trim_end_matches('z');
        // Before a minus there is no blank.
        let end = text.find(' ').or_else(|| text[1..].find('-').map(|at| at + 1)).unwrap();
        (text[..end].parse().unwrap(), text[end..].trim().parse().unwrap())
    };
    let piece = |text: &str| {
        let mut steps = text.split('l');
        let start = pair(steps.next().unwrap());
        let (mut at, mut all) = (start, vec![start]);
        for step in steps {
            let (right, down) = pair(step);
            at = (at.0 + right, at.1 + down);
            all.push(at);
            if step.ends_with('z') {
                at = start;
            }
        }
        all
    };
    path.split('M').skip(1).map(piece).collect()
}

/// Which ray the point lies on, and at which ring: the nearest crossing. All are in whole units, so that it may be a unit or so
/// away; the next one never is as near.
fn on_ray((x, y): Point, rays: &[[Point; 2]], rings: &[f64]) -> (usize, u8) {
    let mut nearest = (f64::INFINITY, (0, 0));
    for (place, [middle, end]) in rays.iter().enumerate() {
        for (score, ring) in (0..).zip(rings) {
            let part = ring / rings[4];
            let (at_x, at_y) = (middle.0 + (end.0 - middle.0) * part, middle.1 + (end.1 - middle.1) * part);
            let away = (x - at_x).hypot(y - at_y);
            if away < nearest.0 {
                nearest = (away, (place, score));
            }
        }
    }
    assert!(nearest.0 < 1.5, "{x} {y} is a score on no ray");
    nearest.1
}

/// The parameters of a version, clockwise.
fn parameters(series: &str) -> Vec<String> {
    let all = [('O', 11), ('H', 7), ('T', 10), ('P', 17)].into_iter();
    let all = all.flat_map(|(letter, last)| (1..=last).map(move |number| format!("{letter}-{number}")));
    all.filter(|parameter| parameter != "O-6" || !series.starts_with("sim3-v1")).collect()
}

/// The line through scores; a missing one breaks it.
fn line(scores: &[Option<u8>]) -> Pieces {
    let placed: Vec<_> = scores.iter().enumerate().map(|(place, score)| score.map(|score| (place, score))).collect();
    let pieces = placed.split(Option::is_none).map(|piece| piece.iter().flatten().copied().collect());
    pieces.filter(|piece: &Vec<_>| !piece.is_empty()).collect()
}

/// The way around the area between two lines: two rings, or pieces of a ring where scores are missing.
fn area(lower: &[Option<u8>], upper: &[Option<u8>]) -> Pieces {
    let whole = upper.iter().all(Option::is_some);
    let (lower, upper) = (line(lower).into_iter(), line(upper).into_iter());
    if whole {
        return upper.chain(lower).collect();
    }
    upper.zip(lower).map(|(there, back)| there.into_iter().chain(back.into_iter().rev()).collect()).collect()
}

/// A figure of each parameter for all teams of a series.
fn of_all(expected: &Figures, series: &str, measure: &str) -> Vec<Option<u8>> {
    let of = |item: String| expected.get(&["maturity", series, "all", &item, measure].map(str::to_owned));
    parameters(series).into_iter().map(|item| of(item).map(|value| value.parse().unwrap())).collect()
}

fn assert_numbers(radar: &Radar, series: &str) {
    // Every second ray has its number.
    let odd = |number: &String| number.parse::<u8>().unwrap() % 2 == 1;
    let numbers: Vec<String> = parameters(series).iter().map(|item| item[2..].to_owned()).filter(odd).collect();
    assert_eq!(radar.numbers, numbers, "{series}");
}

#[test]
fn every_ray_agrees_with_the_working() {
    let expected = figures(&folder().join("expected.csv"));
    let scores = records(&folder().join("scores.csv"));
    let site = site();
    let (mut counting, mut withdrawn) = (0, 0);
    for (series, title) in [
        ("sim3-v1-self-assessment", "SIM3 version 1, self-assessment"),
        ("sim3-v1-audit", "SIM3 version 1, audit"),
        ("sim3-v2i-self-assessment", "SIM3 version 2 interim, self-assessment"),
        ("sim3-v2i-audit", "SIM3 version 2 interim, audit"),
    ] {
        let [lower, median, upper] = ["lower quartile", "median", "upper quartile"].map(|of| of_all(&expected, series, of));
        let found = radars(&text(&site.path().join(format!("statistics/{series}.html"))));
        assert_eq!(found.len(), 1, "{series}");
        assert_eq!(found[0].title, format!("Median scores, {title}"));
        assert_numbers(&found[0], series);
        assert_eq!(found[0].lines["trace-median"], line(&median), "{series}");
        assert_eq!(found[0].lines["band"], area(&lower, &upper), "{series}");
        assert_eq!(found[0].lines.len(), 2, "{series}");

        let minimum = BTreeMap::from([("O-1", 3), ("O-2", 2), ("O-6", 3), ("H-7", 1), ("T-4", 1), ("P-17", 1)]);
        let asked: Vec<_> = parameters(series).iter().map(|item| minimum.get(item.as_str()).copied()).collect();
        for team in records(&folder().join("teams.csv")) {
            let page = text(&site.path().join(format!("teams/{}.html", team["team"])));
            let of_series = |radar: &Radar| radar.title == format!("Scores of the team, {title}");
            let Some(radar) = radars(&page).into_iter().find(of_series) else { continue };
            let of_team = |row: &&BTreeMap<String, String>| {
                row["team"] == team["team"]
                    && format!("{}-{}", row["model"], row["kind"]) == series
                    && row["assessed"].as_str() <= "2026-11-21"
            };
            let newest = scores.iter().filter(of_team).max_by_key(|row| &row["assessed"]).unwrap();
            let own: Vec<_> = parameters(series).iter().map(|item| newest[item].parse().ok()).collect();
            assert_numbers(&radar, series);
            assert_eq!(radar.lines["trace-team"], line(&own), "{series} {}", team["team"]);
            assert_eq!(radar.lines["trace-median"], line(&median), "{series} {}", team["team"]);
            let profile = series.starts_with("sim3-v2i").then(|| line(&asked));
            assert_eq!(radar.lines.get("trace-profile"), profile.as_ref(), "{series} {}", team["team"]);
            if team["history"].contains("withdrawn") { withdrawn += 1 } else { counting += 1 }
        }
    }
    let teams = |of: &&[String; 5]| of[0] == "maturity" && of[2] == "all" && of[4] == "teams";
    let teams: usize = expected.iter().filter(|(of, _)| teams(of)).map(|(_, value)| value.parse::<usize>().unwrap()).sum();
    // A team that has withdrawn counts in no figure; its scores are shown all the same.
    assert_eq!((counting, withdrawn), (teams, 1));
}

/// What one team alone scored is no median, and where fewer scored a parameter than another, that is said.
#[test]
fn a_median_is_of_several_teams() {
    let entry = |scores: &str| {
        format!(
            "name: N\ncountry: AT\nmaturity: [{{model: sim3-v2i, kind: audit, assessed: 2026-03-01, visibility: public, scores: {{{scores}}}}}]\n"
        )
    };
    let page_of = |scores: &[&str]| {
        let files: Vec<(String, String)> =
            scores.iter().enumerate().map(|(at, scores)| (format!("content/teams/t{at}.yaml"), entry(scores))).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let project = common::project(&files);
        let out = tempfile::tempdir().unwrap();
        run_well(["build", "--today", "2026-11-21", "--out"].map(Path::new).into_iter().chain([out.path(), project.path()]));
        text(&out.path().join("teams/t0.html"))
    };
    for (scores, median, words) in [
        (&["O-1: 3, O-2: 4", "O-1: 1"][..], Some((0, 1)), "Median of 2 teams"),
        (&["O-1: 3, O-2: 4", "O-1: 1, O-2: 2", "O-1: 1"], Some((0, 1)), "Median of up to 3 teams"),
        (&["O-1: 3", "O-2: 4"], None, "This team"),
        (&["O-1: 3"], None, "This team"),
    ] {
        let page = page_of(scores);
        assert!(page.contains(words) && page.contains("Median") == median.is_some(), "{scores:?}");
        let found = radars(&page);
        let first = found[0].lines.get("trace-median").map(|pieces| pieces[0][0]);
        assert_eq!(first, median, "{scores:?}");
        let rays: usize = found[0].lines.get("trace-median").map_or(0, |pieces| pieces.iter().map(Vec::len).sum());
        assert_eq!(rays, median.map_or(0, |_| scores.len() - 1), "{scores:?}");
    }
}
