//! Files with errors: the last good pages stay, and what is wrong is told beside them.

use super::preview::{Preview, in_a_calm_moment, without_script};
use crate::common::{project, write};
use std::fs;

const ALPHA: &str = "content/teams/cert-alpha.yaml";
const FINE: &str = "name: CERT Alpha\ncountry: AT\nstatus: [{level: listed, since: 2020-01-15}]\n";

#[test]
fn an_error_is_told_over_the_last_good_pages_until_it_is_mended() {
    in_a_calm_moment(|| {
        let folder = project(&[(ALPHA, FINE)]);
        let root = folder.path();
        let preview = Preview::start(root, &[]);
        let (page, state) = (preview.get("/teams/").text(), preview.state("/"));
        assert_eq!(preview.findings()["title"], "");
        write(&root.join(ALPHA), format!("{FINE}contry: AT\n\"</script><b>\": 1\n"));
        let (told, line) = preview.told();
        assert!(line.starts_with("content/teams/cert-alpha.yaml: nothing new is shown before this is mended ("), "{line}");
        assert!(told.join("\n").contains("error[unknown-key]: `contry` is not a key of a team"), "{told:?}");
        assert!(told.last().unwrap().starts_with("2 errors and 0 warnings"), "{told:?}");

        assert_eq!(without_script(&preview.get("/teams/").text()), without_script(&page));
        assert!(preview.get("/teams/cert-alpha.html").text().contains("<title>CERT Alpha"));
        assert_ne!(preview.state("/"), state, "pages that are open are loaded again");
        let findings = preview.findings();
        assert_eq!(findings["title"], "2 errors");
        let error = &findings["errors"][0];
        assert_eq!(
            (error["place"].as_str(), error["page"].as_str()),
            (Some("content/teams/cert-alpha.yaml:4:1"), Some("teams/cert-alpha.html"))
        );
        assert!(error["text"].as_str().unwrap().contains("4 | contry: AT"), "{error}");
        assert!(findings["errors"][1]["text"].as_str().unwrap().contains("</script><b>"), "it is told as text");

        // A team that was never shown has no page to lead to.
        write(&root.join("content/teams/cert-new.yaml"), "name: [\n");
        preview.told();
        let findings = preview.findings();
        let new = findings["errors"]
            .as_array()
            .unwrap()
            .iter()
            .find(|error| error["place"].as_str().unwrap().contains("cert-new"))
            .unwrap();
        assert!(new["page"].is_null(), "{new}");
        fs::remove_file(root.join("content/teams/cert-new.yaml")).unwrap();
        preview.told();

        write(&root.join(ALPHA), FINE.replace("Alpha", "Mended"));
        preview.saved(&[ALPHA]);
        assert_eq!(preview.findings()["title"], "");
        assert!(preview.get("/teams/cert-alpha.html").text().contains("CERT Mended"));
        preview.shows_what_a_build_writes(root);
    });
}

#[test]
fn a_preview_begins_with_errors_too() {
    in_a_calm_moment(|| {
        let folder = project(&[(ALPHA, "name: [\n")]);
        let root = folder.path();
        let preview = Preview::start(root, &[]);
        assert!(preview.first.join("\n").contains("error[yaml-syntax]"), "{:?}", preview.first);
        for path in ["/", "/teams/cert-alpha.html", "/nothing"] {
            let reply = preview.get(path);
            assert_eq!((reply.status, reply.header("content-type")), (503, "text/html; charset=utf-8"));
            assert!(without_script(&reply.text()).contains("There are no pages yet"));
        }
        assert_eq!(preview.findings()["errors"][0]["page"], serde_json::Value::Null);
        write(&root.join(ALPHA), FINE);
        preview.saved(&[ALPHA]);
        preview.shows_what_a_build_writes(root);
    });
}

#[test]
fn mistakes_in_a_theme_are_told_where_they_stand() {
    in_a_calm_moment(|| {
        let folder = project(&[(ALPHA, FINE)]);
        let root = folder.path();
        let template = "themes/default/templates/methodology.html";
        let preview = Preview::start(root, &[]);
        write(&root.join(template), "<p>\n{% if %}");
        let (told, _) = preview.told();
        assert!(told.join("\n").contains("methodology.html, line 2, column "), "{told:?}");
        let findings = preview.findings();
        assert!(findings["failure"].as_str().unwrap().contains("methodology.html, line 2, column "), "{findings}");
        assert_eq!((findings["title"].as_str(), preview.get("/methodology.html").status), (Some("1 error"), 200));

        // What only rendering finds out is shown in place of the page.
        write(&root.join(template), "<p>\n{{ nothing }}");
        preview.saved(&[template]);
        let reply = preview.get("/methodology.html");
        assert_eq!(reply.status, 500);
        assert!(without_script(&reply.text()).contains("methodology.html, line 2, column "), "{}", reply.text());
        write(&root.join(template), "<p>Mended</p>");
        preview.saved(&[template]);
        assert_eq!(preview.get("/methodology.html").status, 200);

        // What changed while something else was wrong is shown as soon as that is mended.
        let site = "content/site.yaml";
        write(&root.join(site), "title: [");
        preview.told();
        write(&root.join(template), "<p>Changed</p>");
        preview.told();
        write(&root.join(site), "title: Test directory\nsample: true\n");
        preview.saved(&[site]);
        assert!(preview.get("/methodology.html").text().contains("<p>Changed"));
    });
}

#[test]
fn more_errors_than_anybody_reads_are_counted() {
    let files: Vec<(String, String)> =
        (0..60).map(|at| (format!("content/teams/team-{at}.yaml"), "name: Team\ncontry: AT\n".to_owned())).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect();
    let folder = project(&files);
    let preview = Preview::start(folder.path(), &[]);
    let findings = preview.findings();
    let shown = findings["errors"].as_array().unwrap().len();
    let title = findings["title"].as_str().unwrap();
    let all: usize = title.strip_suffix(" errors").unwrap().parse().unwrap();
    assert_eq!(shown, 50);
    assert_eq!(findings["more"], all - shown);
}
