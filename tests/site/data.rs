//! What the site has for programs: what is offered is there, and what is not chosen is neither.

use super::{page, project, with_site};
use peerage::site::{Site, SitePath};
use serde_json::Value;

const ALL: &str = "title: T\nsample: true\nbase_url: https://d.example/\nformats: [trusted-introducer, first, global-irt, cerebrate, \
                   stix, csv, vcard, icalendar, atom, json-ld, lookup, team-vcard, team-json, shields, lookup-files, web-key-directory]\n";
const KEY: &str = include_str!("../../content/teams/cert-alpha.asc");

/// A team that has something of everything. The name is not kindly meant.
fn entry(name: &str) -> String {
    let id = name.to_lowercase();
    format!(
        "name: \"{name} </script><b>\"\ncountry: AT\ntypes: [academic]\nstatus: [{{level: listed, since: 2020-01-01}}]\n\
         contact: {{emails: [{{address: cert@alpha.example}}, {{address: cert@{id}.example}}], phones: [{{number: +1 202 555 0100}}]}}\n\
         constituency: {{domains: [{id}.example, {id}.test], asns: [{}], networks: [192.0.2.0/24]}}\n",
        64_496 + name.len()
    )
}

fn files_of(site: &Site<'_>) -> Vec<String> {
    site.paths().map(ToString::to_string).collect()
}

fn index(site: &Site<'_>) -> Value {
    serde_json::from_str(&page(site, "api/v1/index.json")).unwrap()
}

#[test]
fn what_is_offered_is_there_and_shown_as_it_is() {
    let files = [("content/site.yaml", ALL), ("content/teams/a.yaml", &entry("A")), ("content/teams/a.asc", KEY)];
    with_site(project(&files).path(), |site, _| {
        let data = page(site, "data.html");
        let offered = index(site)["files"].as_array().unwrap().clone();
        assert!(offered.len() > 25);
        for file in &offered {
            let path = file["path"].as_str().unwrap();
            assert!(data.contains(path), "{path}");
            if !path.bytes().any(|b| b.is_ascii_uppercase()) {
                assert!(site.contains(&SitePath::new(path).unwrap()), "{path} is offered and not there");
                assert!(data.contains(&format!("href=\"{path}\"")) || data.contains(&format!("href={path}")), "{path}");
            }
        }
        assert!(data.contains("&lt;b") && !data.contains("<b>"), "a sample is text");
        assert!(data.contains("https://d.example/directory/teams.json"));
    });
}

#[test]
fn what_is_not_chosen_is_neither_written_nor_offered() {
    let settings = "title: T\nsample: true\nformats: []\n";
    let files = [("content/site.yaml", settings), ("content/teams/a.yaml", &entry("A")), ("content/teams/a.asc", KEY)];
    with_site(project(&files).path(), |site, _| {
        let (data, index) = (page(site, "data.html"), index(site).to_string());
        for gone in
            ["teams.csv", "directory/teams.json", "expiry.ics", "changes.atom", "teams.vcf", "organisations", "lookup", "stix"]
        {
            assert!(!data.contains(gone) && !index.contains(gone), "{gone} is offered");
            assert!(!files_of(site).iter().any(|path| path.contains(gone)), "{gone} is written");
        }
        assert!(data.contains("api/v1/teams.json") && data.contains("keys/all.asc"));
    });
}

#[test]
fn without_a_choice_a_team_adds_six_files_at_most() {
    let settings = "title: T\nsample: true\n";
    let (one, two) = (entry("A"), entry("B"));
    let key = |id: &str| (format!("content/teams/{id}.asc"), include_str!("../../content/teams/arfaj-csirt.asc"));
    let first = [("content/site.yaml", settings), ("content/teams/a.yaml", &one), ("content/teams/a.asc", KEY)];
    let (path, other) = key("b");
    let other_key = two.replace("cert@alpha.example", "csirt@arfaj.example");
    let both = [&first[..], &[("content/teams/b.yaml", &other_key), (&path, other)]].concat();
    let count = |files: &[(&str, &str)]| {
        let mut found = Vec::new();
        with_site(project(files).path(), |site, _| found = files_of(site));
        found
    };
    let (before, after) = (count(&first), count(&both));
    let added: Vec<&String> = after.iter().filter(|path| !before.contains(path)).collect();
    assert!(added.iter().any(|path| path.starts_with("keys/")), "the key is read: {added:?}");
    assert!((3..=6).contains(&added.len()), "{added:?}");
}
