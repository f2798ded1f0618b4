//! Days on which something begins or ends.

use super::{figures, look};
use crate::common::{self, run_well};
use std::path::Path;

#[test]
fn a_day_belongs_to_what_begins_and_ends_on_it() {
    let teams = [
        ("born-today", "established: 2026-11-21\nstatus: [{level: listed, since: 2026-11-21}]"),
        ("born-tomorrow", "established: 2026-11-22"),
        ("two-today", "established: 2024-11-21"),
        ("two-tomorrow", "established: 2024-11-22"),
        ("certified-today", "status: [{level: listed, since: 2026-01-02}, {level: certified, since: 2026-11-21}]"),
        ("until-today", "status: [{level: certified, since: 2024-01-01, until: 2026-11-21}]"),
        ("until-yesterday", "status: [{level: certified, since: 2024-01-01, until: 2026-11-20}]"),
        (
            "left-before",
            "status: [{level: certified, since: 2024-01-01, until: 2025-06-30}, {state: withdrawn, since: 2025-01-01}]",
        ),
        (
            "back-since",
            "status: [{level: certified, since: 2022-01-01, until: 2023-06-30}, {state: withdrawn, since: 2023-01-01}, \
             {level: listed, since: 2024-05-01}]",
        ),
        (
            "renewed",
            "status: [{level: certified, since: 2022-01-01, until: 2025-12-31}, {level: certification-candidate, since: \
             2025-06-01}, {level: certified, since: 2025-12-01, until: 2028-12-31}]",
        ),
    ];
    let files: Vec<(String, String)> = teams
        .iter()
        .map(|(id, more)| (format!("content/teams/{id}.yaml"), format!("name: {id}\ncountry: DE\n{more}\n")))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let project = common::project(&files);
    let out = tempfile::tempdir().unwrap();
    run_well(["build", "--today", "2026-11-21", "--out"].map(Path::new).into_iter().chain([out.path(), project.path()]));
    let found = figures(&out.path().join("statistics.csv"));
    for (section, item, measure, value) in [
        ("ages", "from 0 years", "teams", "2"),
        ("ages", "from 2 years", "teams", "1"),
        ("ages", "not stated", "teams", "6"),
        ("levels", "2026", "listed", "2"),
        ("levels", "2026", "certified", "3"),
        ("levels", "2026", "withdrawn", "1"),
        ("certifications", "2024", "granted", "3"),
        ("certifications", "2023", "lapsed", "0"),
        ("certifications", "2025", "lapsed", "0"),
        ("certifications", "2025", "granted", "0"),
        ("certifications", "2025", "renewed", "1"),
        ("certifications", "2026", "granted", "1"),
        ("certifications", "2026", "lapsed", "1"),
        ("spans", "listed-to-certified", "teams", "1"),
        ("spans", "listed-to-certified", "median", "323"),
    ] {
        assert_eq!(look(&found, [section, "", "", item, measure]), value, "{section} {item} {measure}");
    }
}
