//! `peerage build` as its user sees it: what comes out, and what does not when something is wrong.

use crate::common::{json, project, run, run_well, stderr, text, tree, write_files};
use std::path::Path;

const TEAM: &str = "name: CERT Alpha\ncountry: AT\nconfirmed: 2026-05-01\nstatus:\n  - {level: accredited, since: 2020-01-15}\n  - {level: certified, since: 2023-05-01}\n";

fn build(root: &Path, today: &str) -> std::process::Output {
    run([Path::new("build"), root, Path::new("--today"), Path::new(today)])
}

/// A page without what scripts show only when a day has passed.
fn shown(html: &str) -> String {
    let mut parts = html.split("data-after hidden>");
    let begin = parts.next().unwrap_or_default().to_owned();
    parts.fold(begin, |text, part| text + part.split_once("</").map_or("", |(_, rest)| rest))
}

#[test]
fn a_certificate_that_ends_lowers_the_level_everywhere_on_the_same_day() {
    let folder = project(&[("content/teams/cert-alpha.yaml", TEAM)]);
    let public = folder.path().join("public");
    let pages = ["teams/cert-alpha.html", "teams/index.html", "countries/at.html"];
    for (today, level, title, expired) in
        [("2026-05-01", "certified", "Certified", false), ("2026-05-02", "accredited", "Accredited", true)]
    {
        assert!(build(folder.path(), today).status.success());
        for page in pages {
            let html = text(&public.join(page));
            assert!(html.contains(&format!("badge-{level}")), "{page} on {today}");
            assert_eq!(shown(&html).contains("expired on"), expired, "{page} on {today}");
        }
        assert!(text(&public.join(format!("levels/{level}.html"))).contains("cert-alpha.html"), "{today}");
        let svg = text(&public.join("teams/cert-alpha.svg"));
        assert!(svg.contains(title) && svg.contains("expired") == expired, "{svg}");
        let team = json(&public.join("api/v1/teams.json"))["teams"][0].clone();
        assert_eq!(team["status"]["id"], level);
        assert_eq!(team["flags"].to_string().contains("certification-expired"), expired, "{team}");
        assert_eq!(json(&public.join("directory/teams.json"))[0]["classification"]["name"], title);
    }
    assert!(!text(&public.join("levels/certified.html")).contains("cert-alpha.html"));
}

#[test]
fn nothing_is_written_while_a_file_has_an_error() {
    let folder = project(&[("content/teams/cert-alpha.yaml", TEAM)]);
    assert!(build(folder.path(), "2026-01-01").status.success());
    let before = tree(&folder.path().join("public"));
    write_files(folder.path(), &[("content/teams/cert-beta.yaml", "name: CERT Beta\ncontry: AT\n")]);
    let output = build(folder.path(), "2026-02-01");
    assert_eq!(output.status.code(), Some(1));
    let shown = String::from_utf8_lossy(&output.stderr);
    assert!(shown.contains("did you mean `country`?") && shown.contains("content/teams/cert-beta.yaml:2:1"), "{shown}");
    assert_eq!(tree(&folder.path().join("public")), before);
}

/// Without its settings nothing can be assessed; what is wrong with other files is told all the same.
#[test]
fn nothing_is_written_while_the_settings_cannot_be_used() {
    let folder = project(&[("content/teams/cert-alpha.yaml", TEAM)]);
    assert!(build(folder.path(), "2026-01-01").status.success());
    let before = tree(&folder.path().join("public"));
    write_files(
        folder.path(),
        &[("content/site.yaml", "titel: Test\n"), ("content/teams/cert-beta.yaml", "name: CERT Beta\ncontry: AT\n")],
    );
    let output = build(folder.path(), "2026-02-01");
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("content/site.yaml:1:1") && said.contains("content/teams/cert-beta.yaml:2:1"), "{said}");
    assert_eq!(tree(&folder.path().join("public")), before);
}

#[test]
fn a_theme_that_is_not_there_is_a_failure_that_names_its_folder() {
    let settings = ("content/site.yaml", "title: Test\nsample: true\ntheme: dark\n");
    let folder = project(&[settings, ("content/teams/cert-beta.yaml", "name: CERT Beta\ncontry: AT\n")]);
    let output = build(folder.path(), "2026-01-01");
    let said = stderr(&output);
    assert!(output.status.code() == Some(2) && said.contains("there is no theme `dark`: make a folder themes/dark"), "{said}");
    assert!(said.contains("content/teams/cert-beta.yaml:2:1"), "what is wrong elsewhere is told too: {said}");
    assert!(!folder.path().join("public").exists());
}

#[test]
fn a_folder_that_is_no_project_is_a_failure_with_advice() {
    let folder = tempfile::tempdir().unwrap();
    let output = build(folder.path(), "2026-01-01");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("peerage init"));
}

#[test]
fn the_site_is_never_written_into_what_it_is_made_of() {
    let folder = project(&[("content/teams/cert-alpha.yaml", TEAM)]);
    let before = tree(folder.path());
    for out in ["content", "content/teams", "."] {
        let output = run([Path::new("build"), folder.path(), Path::new("--out"), &folder.path().join(out)]);
        assert_eq!(output.status.code(), Some(2), "{out}");
    }
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn the_private_tree_leaves_no_trace() {
    let files = [("content/teams/cert-alpha.yaml", TEAM)];
    let (public, private) = (project(&files), tempfile::tempdir().unwrap());
    assert!(build(public.path(), "2026-01-01").status.success());
    let before = tree(&public.path().join("public"));
    let secret = "contact: {audience: accredited, phones: [{number: \"+1 202 555 0177\", usage: [emergency]}]}\n\
                  maturity:\n  - {model: sim3-v2i, kind: audit, assessed: 2025-03-01, visibility: aggregate, scores: {O-1: 1, O-2: 2}}\n\
                  response_tests: [{date: 2025-03-01, channel: telephone, hours: out, answered: not}]\n";
    write_files(private.path(), &[("teams/cert-alpha.yaml", secret)]);
    let words = ["build", "--today", "2026-01-01", "--private"].map(Path::new);
    let output = run(words.into_iter().chain([private.path(), public.path()]));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(tree(&public.path().join("public")), before);
}

#[test]
fn a_private_tree_inside_the_project_is_refused() {
    let folder = project(&[("content/teams/cert-alpha.yaml", TEAM), ("private/teams/cert-alpha.yaml", "{}\n")]);
    let output = run([Path::new("check"), folder.path(), Path::new("--private"), &folder.path().join("private")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("out of the public repository"));
}

#[test]
fn a_folder_with_nothing_of_a_private_tree_is_refused_as_one() {
    let (public, other) = (project(&[("content/teams/cert-alpha.yaml", TEAM)]), tempfile::tempdir().unwrap());
    write_files(other.path(), &[("cert-alpha.yaml", "{}\n")]);
    for command in ["check", "build", "seal", "edition"] {
        let output = run([Path::new(command), public.path(), Path::new("--private"), other.path()]);
        assert_eq!(output.status.code(), Some(2), "{command}");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains("a folder `teams`, `events` or `ledger` in it"), "{command}: {told}");
    }
}

#[test]
fn what_the_trusted_introducer_publishes_survives_import_and_export() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("d");
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/ti.json");
    run_well([Path::new("init"), &root]);
    std::fs::remove_dir_all(root.join("content/teams")).unwrap();
    std::fs::create_dir(root.join("content/teams")).unwrap();
    run_well([Path::new("import"), Path::new("ti-json"), &data, Path::new("--into"), &root]);
    run_well([Path::new("build"), &root, Path::new("--today"), Path::new("2026-11-21")]);
    let by_name = |value: serde_json::Value| {
        let teams = value.as_array().unwrap().iter().map(|team| (team["short_name"].to_string(), team.clone()));
        teams.collect::<std::collections::BTreeMap<_, _>>()
    };
    let (before, after) = (by_name(json(&data)), by_name(json(&root.join("public/directory/teams.json"))));
    assert!(before.len() >= 4);
    assert_eq!(after, before);
}

#[test]
fn an_operators_own_template_replaces_ours() {
    let template = "<!DOCTYPE html><html lang=\"en\"><title>x</title><h1>Our own 404</h1></html>";
    let folder = project(&[("content/teams/cert-alpha.yaml", TEAM), ("themes/default/templates/404-bare.html", template)]);
    assert!(build(folder.path(), "2026-01-01").status.success());
    assert!(text(&folder.path().join("public/404.html")).contains("Our own 404"));
    write_files(folder.path(), &[("themes/default/templates/404-bare.html", "<p>{{ nothing.here }}</p>")]);
    let output = build(folder.path(), "2026-01-01");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("404-bare.html"), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A folder that was moved or left out by mistake must not take the page of every team with it.
#[test]
fn a_site_with_teams_is_not_emptied() {
    let folder = project(&[("content/teams/cert-alpha.yaml", TEAM)]);
    assert!(build(folder.path(), "2026-01-01").status.success());
    let before = tree(&folder.path().join("public"));
    std::fs::remove_dir_all(folder.path().join("content/teams")).unwrap();
    let refused = build(folder.path(), "2026-01-02");
    assert!(refused.status.code() == Some(2) && stderr(&refused).contains("the page of cert-alpha"), "{}", stderr(&refused));
    assert_eq!(tree(&folder.path().join("public")), before);
    std::fs::remove_dir_all(folder.path().join("public")).unwrap();
    assert!(build(folder.path(), "2026-01-02").status.success());
    assert!(build(folder.path(), "2026-01-03").status.success(), "an empty site may be built again");
}
