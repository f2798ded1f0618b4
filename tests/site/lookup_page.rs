//! The page for looking things up: where it is, and what it offers.

use super::{asset, page, project, sample, with_site};
use peerage::site::SitePath;
use std::fs;

#[test]
fn the_page_is_there_where_it_was_chosen() {
    let project = project(&[("content/teams/a.yaml", "name: A\ncountry: AT\n")]);
    for (formats, expected) in [("[lookup]", true), ("[csv]", false)] {
        fs::write(project.path().join("content/site.yaml"), format!("title: T\nsample: true\nformats: {formats}\n")).unwrap();
        with_site(project.path(), |site, _| {
            assert_eq!(site.contains(&SitePath::new("lookup.html").unwrap()), expected);
            assert_eq!(asset(site, "lookup.js").is_some(), expected);
            // The first page has another link, for those without scripts.
            for (path, links) in [("methodology.html", 1), ("index.html", 2)] {
                let html = page(site, path);
                assert_eq!(html.matches("href=\"lookup.html\"").count(), if expected { links } else { 0 }, "{path}: {html}");
            }
        });
    }
}

#[test]
fn what_could_be_asked_is_shown_as_text() {
    let entry = "name: \"A&B <i> 100%\"\ncountry: AT\nconstituency: {networks: [192.0.2.0/24], asns: [64500], domains: [bücher.example]}\n\
                 contact: {emails: [{address: a+b@a.example}]}\nstatus: [{level: listed, since: 2020-01-01}]\n";
    let gone = "name: AAA\ncountry: DE\nstatus: [{level: listed, since: 2020-01-01}, {state: withdrawn, since: 2021-01-01}]\n";
    let project = project(&[("content/teams/b.yaml", entry), ("content/teams/a.yaml", gone)]);
    fs::write(project.path().join("content/site.yaml"), "title: T\nsample: true\nformats: [lookup, lookup-files]\n").unwrap();
    with_site(project.path(), |site, _| {
        let html = page(site, "lookup.html");
        for (fragment, text) in [
            ("192.0.2.0%2F24", "192.0.2.0/24"),
            ("www.xn--bcher-kva.example", "www.xn--bcher-kva.example"),
            ("AS64500", "AS64500"),
            ("a%2Bb%40a.example", "a+b@a.example"),
            ("Austria", "Austria"),
            ("A%26B+%3Ci%3E+100%25", "A&amp;B &lt;i&gt; 100%"),
        ] {
            assert!(html.contains(&format!("href=\"#q={fragment}\"><bdi>{text}</bdi>")), "{text}: {html}");
        }
        assert!(!html.contains("AAA") && html.contains("lookup/asn/64500.json"), "{html}");
    });
}

/// The script takes its texts from the page: what it asks for by name is there.
#[test]
fn the_page_has_every_part_that_the_script_asks_for() {
    with_site(sample(), |site, _| {
        let (html, script) = (page(site, "lookup.html"), page(site, &asset(site, "lookup.js").unwrap()));
        // What a template fills in keeps its quotes.
        let has = |part: &str| {
            [format!("{part}>"), format!("{part} "), format!("\"{part}\"")]
                .iter()
                .any(|end| html.contains(&format!("data-part={end}")))
        };
        let quoted = script.split("part(\"").skip(1).chain(script.split("refuse(\"").skip(1));
        let asked: Vec<&str> = quoted.filter_map(|rest| rest.split('"').next()).collect();
        assert!(asked.len() > 10, "{asked:?}");
        let chosen = [
            "none",
            "one",
            "many",
            "resort",
            "cut",
            "cut-word",
            "cut-within",
            "cut-largest",
            "load",
            "no-address",
            "telephone",
            "is-suspended",
            "is-withdrawn",
            "badge-not-stated",
        ];
        let means = ["network", "domain", "asn", "country", "email", "key", "key-id", "name"].map(|kind| format!("means-{kind}"));
        let kinds = script.split("const KINDS = [").nth(1).and_then(|rest| rest.split(']').next()).unwrap();
        let kinds: Vec<&str> = kinds.split('"').skip(1).step_by(2).collect();
        assert_eq!(kinds.len(), 16, "{kinds:?}");
        for part in asked.iter().chain(&kinds).chain(&chosen).copied().chain(means.iter().map(String::as_str)) {
            assert!(has(part), "{part}: {html}");
        }
        assert!(!script.contains("innerHTML") && !script.contains("eval"), "only text is set");
        assert!(script.len() <= 27_000, "{}", script.len());
    });
}
