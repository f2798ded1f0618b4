//! The statistics of an invented cohort, against figures that were worked out without any of our code: 24 teams, scored
//! in two versions of SIM3 and two kinds of assessment.
//!
//! `teams.csv` and `scores.csv` are the cohort, `figures.py` works the figures out, and `working.txt` shows how.

mod days;
mod edition;
mod page;
mod radar;

use crate::common::{self, json, run_well, text};
use page::{rows, svg};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// What a figure is of: section, series, group, item, measure.
type Of = [String; 5];

/// Figures by what they are of.
type Figures = BTreeMap<Of, String>;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/statistics")
}

fn records(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

fn figures(path: &Path) -> Figures {
    let of = |row: &BTreeMap<String, String>| ["section", "series", "group", "item", "measure"].map(|key| row[key].clone());
    let rows = records(path);
    let figures: Figures = rows.iter().map(|row| (of(row), row["value"].clone())).collect();
    assert_eq!(figures.len(), rows.len(), "a figure stands twice in {}", path.display());
    figures
}

/// The site of the cohort on 2026-11-21.
fn site() -> TempDir {
    let folder = folder();
    let scores = records(&folder.join("scores.csv"));
    let mut files = vec![("content/profiles/test-profile.yaml".to_owned(), text(&folder.join("profile.yaml")))];
    for team in records(&folder.join("teams.csv")) {
        let own = scores.iter().filter(|row| row["team"] == team["team"]);
        files.push((format!("content/teams/{}.yaml", team["team"]), entry(&team, own)));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let project = common::project(&files);
    let out = tempfile::tempdir().unwrap();
    run_well(["build", "--today", "2026-11-21", "--out"].map(Path::new).into_iter().chain([out.path(), project.path()]));
    out
}

/// The entry of a team: its line, and the lines of its scores.
fn entry<'r>(team: &BTreeMap<String, String>, scores: impl Iterator<Item = &'r BTreeMap<String, String>>) -> String {
    let mut entry = format!("name: {}\ncountry: {}\n", team["team"], team["country"]);
    writeln!(entry, "types: [{}]", team["types"].replace(' ', ", ")).unwrap();
    if !team["established"].is_empty() {
        writeln!(entry, "established: {}", team["established"]).unwrap();
    }
    for (at, event) in team["history"].split("; ").filter(|event| !event.is_empty()).enumerate() {
        let words: Vec<&str> = event.split(' ').collect();
        let kind = if matches!(words[0], "suspended" | "withdrawn") { "state" } else { "level" };
        let until = words.get(2).map(|until| format!(", until: {until}")).unwrap_or_default();
        let head = if at == 0 { "status:\n" } else { "" };
        writeln!(entry, "{head}- {{{kind}: {}, since: {}{until}}}", words[0], words[1]).unwrap();
    }
    for (at, row) in scores.enumerate() {
        let scored = row.iter().filter(|(key, value)| key.contains('-') && !value.is_empty());
        let scored: Vec<String> = scored.map(|(parameter, score)| format!("{parameter}: {score}")).collect();
        let head = if at == 0 { "maturity:\n" } else { "" };
        let (model, kind, assessed) = (&row["model"], &row["kind"], &row["assessed"]);
        write!(entry, "{head}- {{model: {model}, kind: {kind}, assessed: {assessed}, visibility: public, ").unwrap();
        writeln!(entry, "scores: {{{}}}}}", scored.join(", ")).unwrap();
    }
    entry
}

/// Asserts that both say the same of the same.
fn assert_same(found: &Figures, expected: &Figures) {
    let wrong: Vec<_> = expected.iter().filter(|(of, value)| found.get(*of) != Some(*value)).take(10).collect();
    let wrong: Vec<_> = wrong.iter().map(|(of, value)| format!("{of:?} is {:?}, not {value}", found.get(*of))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let unknown: Vec<_> = found.keys().filter(|of| !expected.contains_key(*of)).take(10).collect();
    assert!(unknown.is_empty(), "nobody worked out {unknown:?}");
}

#[test]
fn every_figure_agrees_with_the_working() {
    let expected = figures(&folder().join("expected.csv"));
    assert!(expected.len() > 2_000);
    let site = site();
    assert_same(&figures(&site.path().join("statistics.csv")), &expected);
    assert_same(&of_json(&json(&site.path().join("api/v1/statistics.json"))), &expected);
    directory_page(&text(&site.path().join("statistics.html")), &expected);
    let series: BTreeSet<&str> = expected.keys().map(|of| of[1].as_str()).filter(|series| !series.is_empty()).collect();
    assert_eq!(series.len(), 4);
    for series in series {
        series_page(&text(&site.path().join(format!("statistics/{series}.html"))), series, &expected);
    }
}

/// The figures of the JSON file, named as in the CSV.
fn of_json(file: &Value) -> Figures {
    let mut found = Figures::new();
    let mut add = |of: [&str; 5], value: &Value| {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        assert_eq!(found.insert(of.map(str::to_owned), value), None, "{of:?} stands twice");
    };
    let list = |key: &str| file[key].as_array().unwrap();
    let quartiles = [("lower quartile", "lower"), ("median", "median"), ("upper quartile", "upper")];
    for year in list("levels") {
        let item = year["year"].to_string();
        for (level, teams) in year["levels"].as_object().unwrap() {
            add(["levels", "", "", &item, level], teams);
        }
        for key in ["suspended", "withdrawn", "total"] {
            add(["levels", "", "", &item, key], &year[key]);
        }
    }
    for year in list("certifications") {
        for key in ["granted", "renewed", "lapsed"] {
            add(["certifications", "", "", &year["year"].to_string(), key], &year[key]);
        }
    }
    for (section, id) in [("countries", "code"), ("types", "id")] {
        for place in list(section) {
            for key in ["teams", "accredited", "certified"] {
                add([section, "", "", place[id].as_str().unwrap(), key], &place[key]);
            }
        }
    }
    let ages = &file["ages"];
    for band in ages["bands"].as_array().unwrap() {
        add(["ages", "", "", &format!("from {} years", band["from"]), "teams"], &band["teams"]);
    }
    add(["ages", "", "", "not stated", "teams"], &ages["not_stated"]);
    for (measure, key) in quartiles {
        add(["ages", "", "", "all", measure], &ages["quartiles"][key]);
        for span in list("spans") {
            add(["spans", "", "", span["path"].as_str().unwrap(), measure], &span["days"][key]);
        }
    }
    for span in list("spans") {
        add(["spans", "", "", span["path"].as_str().unwrap(), "teams"], &span["teams"]);
    }
    for series in list("maturity") {
        let name = format!("{}-{}", series["model"].as_str().unwrap(), series["kind"].as_str().unwrap());
        for cohort in series["cohorts"].as_array().unwrap() {
            let group = cohort["cohort"].as_str().unwrap();
            add(["maturity", &name, group, "", "teams"], &cohort["teams"]);
            let spreads = ["categories", "parameters"].map(|key| cohort[key].as_object().unwrap());
            for (item, spread) in spreads.into_iter().flatten() {
                add(["maturity", &name, group, item, "scores"], &spread["scores"]);
                add(["maturity", &name, group, item, "mean"], &spread["mean"]);
                for (measure, key) in quartiles {
                    add(["maturity", &name, group, item, measure], &spread["quartiles"][key]);
                }
                for (score, share) in spread["shares"].as_array().unwrap().iter().enumerate() {
                    add(["maturity", &name, group, item, &format!("share of {score}")], share);
                }
            }
            for (profile, share) in cohort["profiles"].as_object().unwrap() {
                add(["maturity", &name, group, profile, "share that meets it"], share);
            }
        }
    }
    found
}

const LEVELS: [&str; 5] = ["listed", "accreditation-candidate", "accredited", "certification-candidate", "certified"];

/// Looks a figure up that must have been worked out.
fn look<'f>(expected: &'f Figures, of: [&str; 5]) -> &'f str {
    expected.get(&of.map(str::to_owned)).unwrap_or_else(|| panic!("nobody worked out {of:?}"))
}

/// The items of a section.
fn items<'f>(expected: &'f Figures, section: &str) -> BTreeSet<&'f str> {
    expected.keys().filter(|of| of[0] == section).map(|of| of[3].as_str()).collect()
}

/// Asserts that the tables and charts of `statistics.html` say what was worked out.
fn directory_page(html: &str, expected: &Figures) {
    let plain = |section, item, keys: &[&str]| -> Vec<String> {
        keys.iter().map(|key| look(expected, [section, "", "", item, key]).to_owned()).collect()
    };
    let (levels, chart) = (rows(html, "levels"), svg(html, "by-level"));
    let years = items(expected, "levels");
    assert_eq!(levels.len(), years.len());
    for (row, year) in levels.iter().zip(years.iter().rev()) {
        let keys = [&LEVELS[..], &["suspended", "total", "withdrawn"]].concat();
        assert_eq!(row[0], *year);
        assert_eq!(row[1..], plain("levels", year, &keys), "{year}");
        for (name, level) in
            ["Listed", "Accreditation candidate", "Accredited", "Certification candidate", "Certified"].iter().zip(LEVELS)
        {
            chart.says(&format!("{year}: {name} "), look(expected, ["levels", "", "", year, level]));
        }
        chart.says(&format!("{year}: Suspended "), look(expected, ["levels", "", "", year, "suspended"]));
    }
    let (certifications, chart) = (rows(html, "certifications"), svg(html, "granted"));
    let years = items(expected, "certifications");
    assert_eq!(certifications.len(), years.len());
    for (row, year) in certifications.iter().zip(years.iter().rev()) {
        assert_eq!(row[1..], plain("certifications", year, &["granted", "renewed", "lapsed"]), "{year}");
        for (name, key) in [("Granted", "granted"), ("Renewed", "renewed"), ("Lapsed", "lapsed")] {
            chart.says(&format!("{year}: {name} "), look(expected, ["certifications", "", "", year, key]));
        }
    }
    for (section, id) in [("countries", "by-country"), ("types", "by-type")] {
        places(html, section, id, expected);
    }
    let bands = ["from 0 years", "from 2 years", "from 5 years", "from 10 years", "from 15 years", "from 20 years", "not stated"];
    let (ages, chart) = (rows(html, "ages"), svg(html, "by-age"));
    assert_eq!(ages.len(), bands.len());
    for (row, band) in ages.iter().zip(bands) {
        assert_eq!(row[1..], plain("ages", band, &["teams"]), "{band}");
        chart.says(&format!("{}: teams ", row[0]), &row[1]);
    }
    let half = look(expected, ["ages", "", "", "all", "median"]);
    assert!(html.contains(&format!("Half of the teams that say so are {half} years old or younger")));
    let paths = ["listed-to-accredited", "accredited-to-certified", "listed-to-certified"];
    for (row, path) in rows(html, "spans").iter().zip(paths) {
        let days: Vec<&str> = row[1..].iter().map(|cell| cell.split(' ').next().unwrap()).collect();
        assert_eq!(days, plain("spans", path, &["teams", "lower quartile", "median", "upper quartile"]), "{path}");
    }
}

/// Asserts that countries or types say what was worked out, in the order of their teams.
fn places(html: &str, section: &str, id: &str, expected: &Figures) {
    let of = |item: &str| ["teams", "accredited", "certified"].map(|key| look(expected, [section, "", "", item, key]).to_owned());
    let mut worked_out: Vec<[String; 3]> = items(expected, section).into_iter().map(of).collect();
    let found = rows(html, section);
    let chart = svg(html, id);
    for row in &found {
        let number = |at: usize| row[at].parse::<u32>().unwrap();
        chart.says(&format!("{}: Certified ", row[0]), &row[3]);
        chart.says(&format!("{}: Accredited ", row[0]), &(number(2) - number(3)).to_string());
        chart.says(&format!("{}: Neither ", row[0]), &(number(1) - number(2)).to_string());
    }
    assert!(found.is_sorted_by_key(|row| std::cmp::Reverse(row[1].parse::<u32>().unwrap())));
    let mut found: Vec<[String; 3]> = found.into_iter().map(|row| [row[1].clone(), row[2].clone(), row[3].clone()]).collect();
    found.sort_unstable();
    worked_out.sort_unstable();
    assert_eq!(found, worked_out, "{section}");
}

/// Asserts that the page of a series says what was worked out.
fn series_page(html: &str, series: &str, expected: &Figures) {
    let all = |item: &str, measure: &str| look(expected, ["maturity", series, "all", item, measure]);
    for (letter, name) in [("O", "Organisation"), ("H", "Human"), ("T", "Tools"), ("P", "Processes")] {
        let (found, chart) = (rows(html, letter), svg(html, &format!("spread-{letter}")));
        let scored: BTreeSet<&str> = items(expected, "maturity");
        let blank = usize::from(letter == "O" && series.starts_with("sim3-v1"));
        let scored = scored.iter().filter(|item| item.starts_with(&format!("{letter}-"))).count() - blank;
        assert_eq!(found.len(), scored + 1, "{series} {letter}");
        for row in &found {
            let item = if row[0] == format!("All of {name}") { letter } else { row[0].split(' ').next().unwrap() };
            let quartiles = ["lower quartile", "median", "upper quartile"].map(|measure| all(item, measure)).join(" · ");
            let shares = (0..5).map(|score| all(item, &format!("share of {score}")).to_owned());
            let cells: Vec<String> =
                [all(item, "scores").to_owned(), all(item, "mean").to_owned(), quartiles].into_iter().chain(shares).collect();
            assert_eq!(row[1..], cells, "{series} {item}");
            if item != letter {
                for score in 0..5 {
                    let share = all(item, &format!("share of {score}"));
                    chart.says(
                        &format!("{item}: score {score}, "),
                        &if share == "0" { "0".to_owned() } else { format!("{share} %") },
                    );
                }
            }
        }
        let means: Vec<&str> = found.iter().filter(|row| !row[0].starts_with("All")).map(|row| row[2].as_str()).collect();
        assert_eq!(chart.means(), means, "{series} {letter}");
    }
    let groups: BTreeSet<&str> =
        expected.keys().filter(|of| of[1] == series).map(|of| of[2].as_str()).filter(|group| *group != "all").collect();
    let found = rows(html, "groups");
    assert_eq!(found.len(), if groups.is_empty() { 0 } else { groups.len() + 1 }, "{series}: {groups:?}");
    // After all teams the levels, then the types: as their ids are sorted.
    for (row, group) in found.iter().zip(["all"].into_iter().chain(groups)) {
        let mean = |letter: &str| look(expected, ["maturity", series, group, letter, "mean"]).to_owned();
        let teams = look(expected, ["maturity", series, group, "", "teams"]).to_owned();
        let cells: Vec<String> = [teams].into_iter().chain(["O", "H", "T", "P"].map(mean)).collect();
        assert_eq!(row[1..], cells, "{series} {group}");
    }
    if series.starts_with("sim3-v2i") {
        let share = format!("{} %", all("test-profile", "share that meets it"));
        assert_eq!(rows(html, "profiles")[0][1], share, "{series}");
    }
}

#[test]
fn a_team_is_told_where_it_falls_short() {
    let site = site();
    let minimum = [("O-1", 3), ("O-2", 2), ("O-6", 3), ("H-7", 1), ("T-4", 1), ("P-17", 1)];
    let scores = records(&folder().join("scores.csv"));
    let (mut met, mut not_met) = (0, 0);
    for team in ["team-01", "team-02", "team-03", "team-05", "team-09", "team-12", "team-13"] {
        let html = text(&site.path().join(format!("teams/{team}.html")));
        let counts = |row: &&BTreeMap<String, String>| {
            row["team"] == team && row["model"] == "sim3-v2i" && row["assessed"].as_str() <= "2026-11-21"
        };
        let newest = scores.iter().filter(counts).max_by_key(|row| &row["assessed"]).unwrap();
        let short = |(parameter, least): &&(&str, u8)| newest[*parameter].parse::<u8>().map_or(true, |score| score < *least);
        let gaps: Vec<_> = minimum.iter().filter(short).collect();
        let is_met = gaps.is_empty();
        let (not_scored, low): (Vec<_>, Vec<_>) = gaps.into_iter().partition(|(parameter, _)| newest[*parameter].is_empty());
        for (parameter, least) in &low {
            let gap = html.split(&format!("<li><b>{parameter}</b>")).nth(1).unwrap_or_else(|| panic!("{team}: {parameter}"));
            let words = format!(": {}, asked for {least}", newest[*parameter]);
            assert!(gap.split("</li>").next().unwrap().contains(&words), "{team}: {parameter}");
        }
        assert_eq!(html.matches(", asked for ").count(), low.len(), "{team}");
        let not_scored: Vec<&str> = not_scored.iter().map(|(parameter, _)| *parameter).collect();
        let said = html.split("<li>Not scored: ").nth(1).map_or("", |rest| rest.split("</li>").next().unwrap());
        let said = said.replace("<span class=id>", "").replace("</span>", "");
        assert_eq!(said.trim(), not_scored.join(", "), "{team}");
        assert_eq!(html.contains("<p>Met"), is_met, "{team}");
        if is_met { met += 1 } else { not_met += 1 }
    }
    assert!(met > 0 && not_met > 0, "{met} {not_met}");
}

#[test]
fn no_page_is_heavy_whatever_teams_write() {
    let mut files = Vec::new();
    for at in 0..60 {
        let types: Vec<String> = (0..50).map(|kind| format!("t{at}-{kind}-{}", "x".repeat(70))).collect();
        let mut entry = format!("name: '{at}{}'\ncountry: DE\ntypes: [{}]\n", "\"".repeat(90), types.join(", "));
        // Five teams have each type of a sixth, so that its group is large enough.
        if at < 6 {
            entry = entry.replace(&format!("t{at}-"), "t0-");
        }
        entry.push_str("status: [{level: listed, since: 1900-01-01}, {level: certified, since: 1901-01-01}]\nmaturity:\n");
        for kind in ["self-assessment", "peer-review", "audit", "certification"] {
            for model in ["sim3-v1", "sim3-v2i"] {
                writeln!(
                    entry,
                    "- {{model: {model}, kind: {kind}, assessed: 2026-01-01, visibility: public, scores: {{O-1: 1}}}}"
                )
                .unwrap();
            }
        }
        files.push((format!("content/teams/t{at}.yaml"), entry));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let project = common::project(&files);
    let out = tempfile::tempdir().unwrap();
    run_well(["build", "--today", "2026-11-21", "--out"].map(Path::new).into_iter().chain([out.path(), project.path()]));
    let pages = common::tree(out.path()).into_iter().filter(|(path, _)| path.to_string_lossy().starts_with("statistics"));
    let pages: Vec<_> = pages.filter(|(path, _)| path.extension().is_some_and(|ending| ending == "html")).collect();
    assert_eq!(pages.len(), 9);
    for (path, bytes) in pages {
        assert!(bytes.len() <= 150_000, "{} has {} bytes", path.display(), bytes.len());
    }
    let html = text(&out.path().join("statistics/sim3-v1-audit.html"));
    assert!(rows(&html, "groups").len() > 40);
}
