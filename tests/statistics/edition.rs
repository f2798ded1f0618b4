//! The editions of the sample: their pages and files tell what they tell, and of what is withheld that it is.

use super::page::rows;
use crate::common::{json, run_well, text};
use peerage::load::load;
use peerage::model::{SeriesFigures, WITHHELD};
use std::path::Path;

#[test]
fn what_is_withheld_is_never_a_number() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let directory = load(root).unwrap().0.unwrap();
    let out = tempfile::tempdir().unwrap();
    run_well(["build", "--today", "2026-11-21", "--out"].map(Path::new).into_iter().chain([out.path(), root]));
    let mut editions: Vec<_> = directory.editions.iter().collect();
    editions.sort_by_key(|edition| std::cmp::Reverse(edition.date));
    let newest = editions[0];
    let (mut parameters, mut profiles, mut groups, mut changes) = (0, 0, 0, 0);
    for figures in &newest.series {
        let html = text(&out.path().join(format!("statistics/{}.html", figures.series)));
        assert!(html.contains(&WITHHELD.replace('\'', "’")), "{}", figures.series);
        let before = editions[1..].iter().find_map(|edition| edition.series.iter().find(|of| of.series == figures.series));
        changes += table(&html, figures, before);
        for (profile, row) in directory.profiles.iter().filter(|of| of.model == figures.series.model).zip(rows(&html, "profiles"))
        {
            let share = figures.cohorts[0].profiles.get(&profile.id).map(|share| format!("{share} %"));
            profiles += usize::from(figures.withheld.profiles.contains(&profile.id));
            assert_eq!(row[1], share.unwrap_or_else(|| "withheld".to_owned()), "{}", profile.id);
        }
        let shown = rows(&html, "groups");
        assert_eq!(shown.len(), figures.cohorts.len());
        parameters += figures.withheld.parameters.len();
        groups += figures.withheld.cohorts.len();
        in_files(out.path(), figures);
    }
    // The sample shows all of it.
    assert!(parameters > 0 && profiles > 0 && groups > 0 && changes > 0, "{parameters} {profiles} {groups} {changes}");
}

#[test]
fn an_edition_is_shown_from_its_day_on() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let first = load(root).unwrap().0.unwrap().editions.first().unwrap().date;
    for (day, shown) in [(first.previous(), false), (first, true)] {
        let out = tempfile::tempdir().unwrap();
        let day = day.to_string();
        run_well(["build", "--today", &day, "--out"].map(Path::new).into_iter().chain([out.path(), root]));
        let html = text(&out.path().join("statistics.html"));
        assert_eq!(html.contains("edition of "), shown, "{day}");
    }
}

/// Asserts that the tables of a page say what an edition says, and how means changed. How many did.
fn table(html: &str, figures: &SeriesFigures, before: Option<&SeriesFigures>) -> usize {
    let mut changes = 0;
    for parameter in figures.series.model.parameters() {
        let rows = rows(html, &parameter.category().to_string());
        let id = parameter.to_string();
        let row =
            rows.iter().find(|row| row[0].split(' ').next() == Some(id.as_str())).unwrap_or_else(|| panic!("{id} has no row"));
        let Some(spread) = figures.cohorts[0].parameters.get(&parameter) else {
            assert!(figures.withheld.parameters.contains(&parameter), "{id}");
            assert_eq!(row[1..], ["withheld"], "{id}");
            continue;
        };
        let shares = spread.shares.map(|share| share.to_string());
        assert_eq!((row[1].clone(), row[2].clone()), (spread.scores.to_string(), spread.mean.to_string()), "{id}");
        assert_eq!(row[4..9], shares, "{id}");
        let Some(before) = before else { continue };
        let change = before.cohorts[0].parameters.get(&parameter).map(|of| i64::from(spread.mean.0) - i64::from(of.mean.0));
        let shown = change.map_or_else(String::new, |tenths| match tenths {
            0 => "0.0".to_owned(),
            1.. => format!("+{}.{}", tenths / 10, tenths % 10),
            _ => format!("−{}.{}", -tenths / 10, -tenths % 10),
        });
        assert_eq!(row[9].trim_matches('–'), shown, "{id}");
        changes += usize::from(change.is_some_and(|tenths| tenths != 0));
    }
    changes
}

/// Asserts that the files for programs say what is withheld, and give no figure of it.
fn in_files(out: &Path, figures: &SeriesFigures) {
    let file = json(&out.join("api/v1/statistics.json"));
    let csv = text(&out.join("statistics.csv"));
    let (model, kind) = (figures.series.model.id(), figures.series.kind.id());
    let all = file["maturity"].as_array().unwrap();
    let series = all.iter().find(|series| series["model"] == model && series["kind"] == kind).unwrap();
    let told = series["cohorts"].as_array().unwrap();
    assert_eq!(series["edition"]["withheld"]["reason"], WITHHELD);
    assert_eq!(series["edition"]["withheld"]["parameters"].as_array().unwrap().len(), figures.withheld.parameters.len());
    for parameter in &figures.withheld.parameters {
        let id = parameter.to_string();
        assert!(told.iter().all(|cohort| cohort["parameters"].get(&id).is_none()), "{id}");
        let lines: Vec<&str> = csv.lines().filter(|line| line.starts_with(&format!("maturity,{},", figures.series))).collect();
        let of: Vec<&&str> = lines.iter().filter(|line| line.split(',').nth(3) == Some(id.as_str())).collect();
        assert_eq!(of, [&format!("maturity,{},all,{id},all figures,withheld", figures.series)]);
    }
    for cohort in &figures.withheld.cohorts {
        assert!(told.iter().all(|shown| shown["cohort"] != cohort.to_string()), "{cohort}");
    }
}
