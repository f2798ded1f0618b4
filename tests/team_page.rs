//! What a reader sees first, and what no page does: the pages of `tests/golden/project`.

use crate::common::{run_well, tree};
use html5gum::{Token, Tokenizer};
use peerage::site::SitePath;
use std::collections::BTreeMap;
use std::path::Path;

/// Every page of the site, by its path.
fn pages() -> BTreeMap<String, String> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/project");
    let out = tempfile::tempdir().unwrap();
    run_well([Path::new("build"), &project, Path::new("--today"), Path::new("2026-11-21"), Path::new("--out"), out.path()]);
    let files = tree(out.path()).into_iter().map(|(path, bytes)| (path.to_str().unwrap().to_owned(), bytes));
    let html = files.filter(|(path, _)| SitePath::new(path.as_str()).is_ok_and(|path| path.is_page()));
    let pages: BTreeMap<String, String> = html.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect();
    assert!(pages.len() > 20, "only {} pages", pages.len());
    pages
}

/// The ids of the teams whose own page meets a condition.
fn teams(pages: &BTreeMap<String, String>, meets: impl Fn(&str) -> bool) -> Vec<&str> {
    let own = pages.iter().filter_map(|(path, html)| Some((path.strip_prefix("teams/cert-")?.strip_suffix(".html")?, html)));
    own.filter(|(_, html)| meets(html)).map(|(id, _)| id).collect()
}

/// The teams to which a page links, in order.
fn linked(html: &str) -> Vec<&str> {
    html.split("teams/cert-").skip(1).map(|rest| rest.split(".html").next().unwrap()).collect()
}

/// The names of elements with their attributes.
fn elements(html: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let tags = Tokenizer::new(html).filter_map(|token| match token {
        Ok(Token::StartTag(tag)) => Some(tag),
        _ => None,
    });
    tags.map(|tag| (text(&tag.name), tag.attributes.iter().map(|(name, value)| (text(name), text(&value.value))).collect()))
        .collect()
}

#[test]
fn the_emergency_number_comes_first() {
    let pages = pages();
    let elements = elements(&pages["teams/cert-alpha.html"]);
    let reached = elements.iter().filter_map(|(_, attributes)| attributes.get("href"));
    let reached: Vec<&str> =
        reached.map(String::as_str).filter(|href| href.starts_with("tel:") || href.starts_with("mailto:")).take(3).collect();
    assert_eq!(reached, ["tel:+12025550199", "tel:+12025550100", "tel:+12025550101"]);
}

#[test]
fn an_end_that_nobody_stated_is_called_so() {
    let pages = pages();
    assert_eq!(teams(&pages, |html| html.contains("End not stated<")), ["theta"]);
    assert_eq!(teams(&pages, |html| html.contains("<span class=until>end not stated</span>")), ["theta"]);
    let list = pages["teams/index.html"].split_once("<tbody").unwrap().1.split("</table>").next().unwrap();
    let row = list.split("<tr").find(|row| row.contains("cert-theta.html")).unwrap();
    assert!(row.contains("end not stated") && list.matches("end not stated").count() == 1, "{row}");
}

#[test]
fn only_a_certification_that_lapses_can_be_renewed() {
    let pages = pages();
    assert_eq!(teams(&pages, |html| html.contains("unless it is certified anew")), ["alpha"]);
    let announced = teams(&pages, |html| html.contains("the team is to be shown as"));
    assert_eq!(announced, ["alpha", "epsilon", "iota", "mu"]);
}

#[test]
fn the_history_marks_what_the_team_is_now() {
    let pages = pages();
    let mut marked = Vec::new();
    for (path, html) in pages.iter().filter(|(path, _)| path.starts_with("teams/cert-")) {
        for item in html.split("<li class=").skip(1).filter(|item| item.trim_start_matches('"').starts_with("now")) {
            let day = item.split("<time>").nth(1).unwrap().chars().take(10).collect::<String>();
            let badge = item.split("badge-").nth(1).unwrap().split(['"', ' ', '>']).next().unwrap();
            marked.push(format!("{} {day} {badge}", path.trim_start_matches("teams/cert-").trim_end_matches(".html")));
        }
    }
    assert_eq!(
        marked,
        [
            "alpha 2026-05-02 certified",
            "beta 2003-05-01 listed",
            "delta 2015-07-01 accredited",
            "epsilon 2026-09-01 certification-candidate",
            "eta 2026-10-01 accredited",
            "gamma 2026-08-01 accreditation-candidate",
            "iota 2026-10-01 suspended",
            "kappa 2024-06-30 withdrawn",
            "mu 2025-06-01 certified",
            "theta 2019-04-01 certified",
        ]
    );
}

#[test]
fn who_decided_is_linked() {
    let pages = pages();
    let link = "<a href=\"../authorities/test-board.html\"><bdi>Test Board</bdi></a>";
    let history = pages["teams/cert-alpha.html"].split("aria-labelledby=history").nth(1).unwrap();
    assert_eq!(history.split("</section>").next().unwrap().matches(link).count(), 3);
}

#[test]
fn the_first_page_lists_only_what_is_still_to_end() {
    let pages = pages();
    let soon = pages["index.html"].split_once("id=next").unwrap().1;
    assert_eq!(linked(soon), ["iota", "alpha", "epsilon", "alpha"]);
    let all = linked(&pages["expiring.html"]);
    assert_eq!(all, ["iota", "alpha", "epsilon", "alpha", "delta", "gamma", "eta"]);
}

#[test]
fn teams_stand_in_the_order_in_which_people_look_them_up() {
    let pages = pages();
    let order = linked(&pages["teams/index.html"]);
    assert_eq!(order, ["theta", "beta", "mu", "delta", "epsilon", "eta", "gamma", "iota", "kappa", "lambda", "alpha"]);
}

#[test]
fn no_page_loads_anything_from_elsewhere() {
    for (path, html) in pages() {
        let elements = elements(&html);
        for (element, attributes) in elements.iter().filter(|(element, _)| element != "a") {
            for name in ["href", "src", "srcset", "data", "poster", "action", "formaction", "style", "background", "xlink:href"] {
                let value = attributes.get(name).map_or("", String::as_str);
                let elsewhere = value.replace("https://directory.example/", "");
                assert!(!elsewhere.contains("//") && !elsewhere.contains(':'), "{path}: <{element} {name}={value}>");
            }
        }
        assert!(!elements.iter().any(|(element, _)| ["style", "iframe", "object", "base"].contains(&&**element)));
        // A script is a file of ours, or data that nothing runs.
        let scripts = elements.iter().filter(|(element, _)| element == "script");
        for (_, attributes) in scripts {
            let is_data = attributes.get("type").is_some_and(|kind| kind == "application/ld+json");
            assert!(is_data || attributes.get("src").is_some_and(|src| src.contains("assets/")), "{path}: {attributes:?}");
        }
        let policy = elements.iter().find(|(element, attributes)| {
            element == "meta" && attributes.get("http-equiv").is_some_and(|name| name == "Content-Security-Policy")
        });
        let policy = &policy.unwrap_or_else(|| panic!("{path} has no policy")).1["content"];
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe") && !policy.contains("http"), "{path}");
    }
}
