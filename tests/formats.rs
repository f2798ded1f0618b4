//! What the files for other programs say and leave out, by small directories of our own.

use crate::common::{self, json, project, run_well, text, tree};
use serde_json::Value;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const NEWER: &str = "trusted-introducer/directory/downloads/json/teams/index.html";
const FIRST: &str = "first/v1/teams.json";
const GLOBAL_IRT: &str = "global-irt/v1/teams.json";
const INDEX: &str = "organisations/index";
const REST: &str = "organisations.json";
const STIX: &str = "stix/teams.json";
const ALL: &str = "title: Test\nsample: true\nbase_url: https://d.example/x/\nformats: [trusted-introducer, first, global-irt, cerebrate, stix]\n";

/// A project with teams by their ids, all countries `AT`.
fn directory(site: &str, teams: &[(&str, &str)]) -> TempDir {
    let folder = project(&[("content/site.yaml", site)]);
    for (id, text) in teams {
        common::write(&folder.path().join(format!("content/teams/{id}.yaml")), format!("country: AT\n{text}"));
    }
    folder
}

/// The site of `folder` on a day.
fn built(folder: &TempDir, day: &str) -> PathBuf {
    let out = folder.path().join(format!("site-{day}"));
    let words = ["build", "--today", day, "--out"].map(OsStr::new);
    run_well(words.into_iter().chain([out.as_os_str(), folder.path().as_os_str()]));
    out
}

fn identity(site: &Path, name: &str) -> Value {
    let objects = json(&site.join(STIX))["objects"].clone();
    objects.as_array().unwrap().iter().find(|object| object["name"] == name).unwrap().clone()
}

fn names(teams: &Value, key: &str) -> Vec<String> {
    teams.as_array().unwrap().iter().map(|team| team[key].as_str().unwrap().to_owned()).collect()
}

/// One team of each standing that a format may leave out.
const STANDINGS: &[(&str, &str)] = &[
    ("a", "name: A\nstatus: [{level: listed, since: 2020-01-01}]\n"),
    ("b", "name: B\n"),
    ("c", "name: C\nstatus: [{level: listed, since: 2020-01-01}, {state: suspended, since: 2021-01-01}]\n"),
    (
        "d",
        "name: D\ncontact: {emails: [{address: d@d.example}]}\n\
         status: [{level: listed, since: 2020-01-01}, {state: withdrawn, since: 2021-01-01}]\n",
    ),
];

#[test]
fn a_format_is_written_where_it_is_chosen() {
    let ours = [NEWER, "directory/teams.json", FIRST, GLOBAL_IRT, INDEX, REST, STIX];
    let there = |site: &str| -> BTreeSet<usize> {
        let files = tree(&built(&directory(site, STANDINGS), "2026-11-21"));
        (0..ours.len()).filter(|at| files.contains_key(Path::new(ours[*at]))).collect()
    };
    assert_eq!(there("title: Test\nformats: []\n"), BTreeSet::new());
    assert_eq!(there("title: Test\n"), BTreeSet::from([0, 1, 4, 5]), "what a site has where none is chosen");
    assert_eq!(there("title: Test\nformats: [stix, first]\n"), BTreeSet::from([2, 6]));
    assert_eq!(there(ALL).len(), ours.len());
}

#[test]
fn nobody_is_told_to_write_to_a_team_that_has_withdrawn() {
    let contact = "contact: {emails: [{address: x@x.example}], phones: [{number: +1 202 555 0100, usage: [emergency]}], hours: 24x7}\n\
         website: https://x.example/\n";
    let left = "status: [{level: listed, since: 2020-01-01}, {state: withdrawn, since: 2021-01-01}]";
    let teams = [("here", &*format!("name: H\n{contact}")), ("gone", &*format!("name: G\n{contact}{left}\n"))];
    let folder = directory("title: Test\nsample: true\nformats: [team-vcard]\n", &teams);
    let site = built(&folder, "2026-11-21");
    let card = |id: &str| text(&site.join(format!("teams/{id}.vcf"))).replace("\r\n ", "");
    for way in ["x@x.example", "+12025550100", "+1 202 555 0100", "24x7", "https://x.example/"] {
        assert!(card("here").contains(way) && !card("gone").contains(way), "{way}: {}", card("gone"));
    }
    assert!(card("gone").contains("Withdrawn since 2021-01-01"));
}

#[test]
fn each_format_names_the_teams_that_it_can() {
    let folder = directory(ALL, STANDINGS);
    let site = built(&folder, "2026-11-21");
    assert_eq!(names(&json(&site.join("directory/teams.json")), "short_name"), ["A"]);
    assert_eq!(names(&json(&site.join(FIRST))["data"], "team"), ["A", "B", "C"]);
    let irt = json(&site.join(GLOBAL_IRT));
    assert_eq!(names(&irt, "-peerage-status"), ["listed", "not-stated", "suspended"]);
    assert_eq!(names(&json(&site.join(INDEX)), "name"), ["A", "B", "C"]);
    assert_eq!(json(&site.join(REST)).as_array().unwrap().len(), 3);
    let (stated, gone) = (identity(&site, "A"), identity(&site, "D"));
    assert_eq!((&stated["labels"][0], &gone["labels"][0]), (&"listed".into(), &"withdrawn".into()));
    assert!(gone.get("contact_information").is_none() && gone.get("revoked").is_none(), "{gone}");
    assert_eq!(identity(&site, "B")["created"], "1970-01-01T00:00:00.000Z", "no date is stated");
    assert_eq!(stated["external_references"][0]["url"], "https://d.example/x/teams/a.html");
}

#[test]
fn a_browser_finds_nothing_to_run_in_what_looks_like_a_page() {
    let name = "<img src=x onerror=alert(1)></script><!--&lt; é";
    let team = format!("name: A\nhost: '{name}'\nstatus: [{{level: listed, since: 2020-01-01}}]\n");
    let folder = directory(ALL, &[("a", &team)]);
    let site = built(&folder, "2026-11-21");
    let page = text(&site.join(NEWER));
    assert!(!page.contains(['<', '>', '&']), "{page}");
    assert_eq!(json(&site.join(NEWER)), json(&site.join("directory/teams.json")), "it says the same");
    assert_eq!(json(&site.join(NEWER))[0]["host_organisation"], name);
}

#[test]
fn an_identity_of_one_time_says_the_same_on_every_day() {
    let team = "name: A\nestablished: 2001-05-01\nconfirmed: 2026-10-01\nstatus:\n  \
                - {level: accredited, since: 2020-01-01}\n  - {level: certified, since: 2023-12-01}\n";
    let folder = directory(ALL, &[("a", team)]);
    let [one, next, last, lapsed, later] =
        ["2026-11-21", "2026-11-22", "2026-12-01", "2026-12-02", "2027-06-01"].map(|day| built(&folder, day));
    for (site, other) in [(&one, &next), (&one, &last), (&lapsed, &later)] {
        assert_eq!(text(&site.join(STIX)), text(&other.join(STIX)));
    }
    let (one, lapsed) = (identity(&one, "A"), identity(&lapsed, "A"));
    assert_eq!(one["created"], "2001-05-01T00:00:00.000Z");
    assert_eq!(one["modified"], "2026-10-01T00:00:00.000Z");
    assert_eq!(one["description"], "Certified since 2023-12-01, until 2026-12-01\nCountry: Austria (AT)");
    assert_eq!((&lapsed["modified"], &lapsed["labels"][0]), (&"2026-12-02T00:00:00.000Z".into(), &"accredited".into()));
    assert_eq!(lapsed["id"], one["id"]);
}

#[test]
fn organisations_of_one_name_are_told_apart() {
    let misp = "misp: {org_uuid: CF9D376C-cb74-4bdd-88fd-a5a9b13d8468, org_name: cert-x}\n";
    let known = format!("name: CERT A\nofficial_name: Team A\n{misp}types: [energy, national]\n");
    let folder = directory(ALL, &[("a", &known), ("b", "name: CERT-X\n"), ("c", "name: CERT-Y\n")]);
    let site = built(&folder, "2026-11-21");
    let index = json(&site.join(INDEX));
    assert_eq!(names(&index, "name"), ["cert-x (a)", "CERT-X (b)", "CERT-Y"]);
    assert_eq!(index[0]["uuid"], "cf9d376c-cb74-4bdd-88fd-a5a9b13d8468");
    assert_eq!((&index[0]["sector"], &index[1]["sector"]), (&"Energy".into(), &"".into()));
    assert!(index[1]["uuid"] != index[2]["uuid"] && index[1]["uuid"].as_str().unwrap().len() == 36);
    let rest = json(&site.join(REST));
    for (flat, one) in index.as_array().unwrap().iter().zip(rest.as_array().unwrap()) {
        let one = &one["Organisation"];
        assert!(flat.as_object().unwrap().iter().all(|(key, value)| one[key] == *value), "{flat} {one}");
        // Cerebrate's importer takes fields of different teams together where one lacks some.
        assert_eq!(one.as_object().unwrap().len(), rest[0]["Organisation"].as_object().unwrap().len());
    }
    assert_eq!(rest[0]["Organisation"]["description"], "Team A");
}

#[test]
fn first_is_told_of_one_key_that_may_be_used() {
    let (stated, past) =
        ("45EC D318 2807 7DA7 A898 FDA0 87F4 A698 070E 6295", "8D02 91BB CA8B 1708 4954 6594 F217 0B40 AA12 21A0");
    let read = "C490 D699 CAF9 1ABF 31C9 E4BE B10B 4D90 D785 8C08";
    let keys = |list: &str| format!("name: A\ncontact: {{emails: [{{address: csirt@ed25519.example}}]}}\nkeys: [{list}]\n");
    let key = |fingerprint: &str, more: &str| format!("{{fingerprint: \"{fingerprint}\"{more}}}");
    let past = key(past, ", expires: 2026-11-20");
    let both = keys(&[past.clone(), key(stated, ", expires: 2026-11-21"), key(read, "")].join(", "));
    let folder = directory(ALL, &[("a", &both), ("b", &keys(&past).replace("csirt", "b"))]);
    common::write(&folder.path().join("content/teams/a.asc"), include_str!("openpgp/keys/ed25519.asc"));
    let site = built(&folder, "2026-11-21");
    let teams = json(&site.join(FIRST))["data"].clone();
    assert_eq!(
        (&teams[0]["pgp-fingerprint"], &teams[0]["pgp-id"]),
        (&read.replace(' ', "").into(), &"0xB10B4D90D7858C08".into())
    );
    let file = text(&site.join(format!("keys/{}.asc", read.replace(' ', ""))));
    assert_eq!(teams[0]["pgp-key"], file, "as its own file has it");
    assert!(teams[1].get("pgp-key").is_none() && teams[1].get("pgp-fingerprint").is_none(), "{}", teams[1]);
    let irt = json(&site.join(GLOBAL_IRT));
    assert_eq!(irt[0]["enckeys"].as_array().unwrap().len(), 2, "{irt}");
    assert!(irt[1].get("enckeys").is_none());
}

#[test]
fn a_membership_in_first_is_no_other() {
    let team = |name: &str| format!("name: {name}\nmemberships: [{{name: '{name}', since: 2003-07-08}}]\n");
    let names = ["FIRST", "FIRST (Full Member)", "FIRSTBANK Circle", "First"];
    let texts = names.map(team);
    let teams: Vec<_> = ["a", "b", "c", "d"].into_iter().zip(texts.iter().map(String::as_str)).collect();
    let folder = directory(ALL, &teams);
    let site = built(&folder, "2026-11-21");
    let said: Vec<_> = json(&site.join(FIRST))["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|team| ["membership", "member-since"].map(|key| team.get(key).and_then(Value::as_str).unwrap_or("-").to_owned()))
        .collect();
    let expected = [["-", "July 8, 2003"], ["Full Member", "July 8, 2003"], ["-", "-"], ["-", "-"]];
    assert_eq!(said, expected.map(|pair| pair.map(str::to_owned)));
}

#[test]
fn what_readers_of_ti_take_last_is_what_counts_most() {
    let reach = "contact: {timezone: Europe/Vienna, emails: [{address: a@a.example}], phones: [{number: +1 202 555 0100}]}\n";
    let claims = "constituency: {domains: [a.example], asns: [64500], networks: [192.0.2.0/24]}\n";
    let teams = [
        ("a", format!("name: A\ntypes: [academic, ciip]\n{reach}{claims}status: [{{level: certified, since: 2025-01-01}}]\n")),
        ("b", format!("name: B\n{claims}status: [{{level: listed, since: 2020-01-01}}]\n")),
        (
            "c",
            "name: C\nstatus: [{level: listed, since: 2020-01-01}, {level: accreditation-candidate, since: 2026-09-01}]\n"
                .to_owned(),
        ),
        ("d", "name: D\nstatus: [{level: listed, since: 2020-01-01}]\n".to_owned()),
    ];
    let teams: Vec<(&str, &str)> = teams.iter().map(|(id, text)| (*id, text.as_str())).collect();
    let folder = directory(&format!("{ALL}types: {{ciip: Own Name}}\n"), &teams);
    let list = json(&built(&folder, "2026-11-21").join("directory/teams.json"));
    assert_eq!(names(&list, "short_name"), ["B", "D", "C", "A"]);
    let claimed = |at: usize| ["asns", "domains", "ipranges"].map(|key| list[at]["constituency"][key].as_array().unwrap().len());
    assert_eq!((claimed(0), claimed(3)), ([0, 0, 1], [1, 1, 1]), "a reader would find nobody to write to");
    assert_eq!((&list[2]["classification"]["code"], &list[2]["classification"]["since"]), (&"l".into(), &"2020-01-01".into()));
    assert_eq!(list[3]["phones"][0]["timezone"], "Europe/Vienna");
    assert_eq!(list[3]["constituency"]["types"], serde_json::json!(["Research & Education", "Own Name"]));
}

#[test]
fn a_table_has_each_number_and_address_in_one_cell() {
    let phones = "phones: [{number: +1 202 555 0100}, {number: +1 202 555 0101, usage: [fax]}, \
                  {number: +1 202 555 0102, usage: [fax, emergency]}, {number: +1 202 555 0103, usage: [emergency]}]";
    let emails = "emails: [{address: a@a.example}, {address: b@a.example}]";
    let team = format!("name: =A\ncontact: {{{emails}, {phones}}}\n");
    let folder = directory("title: T\nsample: true\nformats: [csv]\n", &[("a", &team)]);
    let table = text(&built(&folder, "2026-11-21").join("teams.csv"));
    let emergency = "tel:+12025550102; tel:+12025550103";
    let cells = format!(",a@a.example,b@a.example,{emergency},tel:+12025550100,tel:+12025550101,");
    assert!(table.contains(&cells) && table.contains("\r\na,'=A,"), "{table}");
}

#[test]
fn a_candidate_stands_at_the_level_that_it_holds_since_it_holds_it() {
    let candidate = "status: [{level: listed, since: 2018-01-01}, {level: accredited, since: 2019-01-01}, {level: listed, since: 2020-01-01}, \
         {level: accreditation-candidate, since: 2026-09-01}, {level: listed, since: 2027-03-01}]\n";
    let again = "status: [{level: accredited, since: 2019-01-01}, {level: certification-candidate, since: 2026-09-01}]\n";
    let teams = [("a", &*format!("name: A\n{candidate}")), ("b", &*format!("name: B\n{again}"))];
    let said = |more: &str| {
        let folder = directory(&format!("{ALL}{more}"), &teams);
        let list = json(&built(&folder, "2026-11-21").join("directory/teams.json"));
        [0, 1].map(|at| ["code", "name", "since"].map(|key| list[at]["classification"][key].as_str().unwrap().to_owned()))
    };
    assert_eq!(said(""), [["l", "Listed", "2020-01-01"], ["a", "Accredited", "2019-01-01"]]);
    let of_level = "ti_classification: {accredited: {code: x, name: X}, listed: {code: y, name: Y}}\n";
    assert_eq!(said(of_level), [["y", "Y", "2020-01-01"], ["x", "X", "2019-01-01"]]);
    let of_candidates = "ti_classification: {certification-candidate: {code: z, name: Z}}\n";
    assert_eq!(said(of_candidates), [["l", "Listed", "2020-01-01"], ["z", "Z", "2026-09-01"]]);
}

#[test]
fn every_number_says_what_it_is_for() {
    let phones = "phones: [{number: +1 202 555 0100, usage: [voice, emergency]}, {number: +1 202 555 0101, usage: [fax]}, \
         {number: +1 202 555 0102, usage: [fax]}, {number: +1 202 555 0103, usage: [emergency]}, {number: +1 202 555 0104}, \
         {number: +1 202 555 0105, usage: [voice, fax], comment: front desk}]";
    let team =
        format!("name: A\ncontact: {{hours: 24x7, timezone: Europe/Vienna, emails: [{{address: a@a.example}}], {phones}}}\n");
    let folder = directory(ALL, &[("a", &team)]);
    let site = built(&folder, "2026-11-21");
    let first = json(&site.join(FIRST))["data"][0].clone();
    let [one, fax, more_fax, emergency, plain, both] = [0, 1, 2, 3, 4, 5].map(|digit| format!("+1 202 555 010{digit}"));
    assert_eq!((&first["fax"], &first["phone-emergency"]), (&fax.as_str().into(), &one.as_str().into()));
    let marked =
        [&one, &format!("{more_fax} (fax)"), &format!("{emergency} (emergency)"), &plain, &both, &format!("{both} (fax)")];
    assert_eq!(first["phone"], serde_json::json!(marked));
    let numbers = json(&site.join(GLOBAL_IRT))[0]["phone-numbers"].clone();
    let marked = [
        format!("{one} (voice, emergency)"),
        format!("{fax} (fax)"),
        format!("{more_fax} (fax)"),
        format!("{emergency} (emergency)"),
        plain.clone(),
        format!("{both} (voice, fax)"),
    ];
    assert_eq!(numbers, serde_json::json!(marked));
    let lines = format!(
        "a@a.example (contact)\n{one} (voice, emergency)\n{fax} (fax)\n{more_fax} (fax)\n{emergency} (emergency)\n{plain} (voice)\n\
         {both} (voice, fax): front desk\n24x7 (Europe/Vienna)"
    );
    assert_eq!(json(&site.join(REST))[0]["Organisation"]["contacts"], lines);
    assert_eq!(identity(&site, "A")["contact_information"], lines);
}

#[test]
fn forms_with_times_tell_the_first_and_the_last_day_that_has_come() {
    let days = "established: 2003-09-08\nconfirmed: 2026-10-01\nstatus: [{level: listed, since: 2004-05-01}, {level: accredited, since: 2027-01-01}]\n";
    let folder = directory(ALL, &[("a", &format!("name: A\n{days}"))]);
    let site = built(&folder, "2026-11-21");
    let organisation = json(&site.join(REST))[0]["Organisation"].clone();
    let created = ["date_created", "date_modified"].map(|key| organisation[key].as_str().unwrap().to_owned());
    assert_eq!(created, ["2003-09-08 00:00:00", "2026-10-01 00:00:00"]);
    let first = json(&site.join(FIRST))["data"][0].clone();
    assert_eq!(first["establishment"], "September 8, 2003");
    assert_eq!(first["last-modified"], "Thu, 01 Oct 2026 00:00:00 GMT");
    assert_eq!(json(&site.join(GLOBAL_IRT))[0]["last-modified"], "2026-10-01T00:00:00+00:00");
}

#[test]
fn types_and_countries_have_the_names_of_the_reader() {
    let team = "name: A\nhost: Host\nofficial_name: Team A\nwebsite: https://a.example/\nrfc2350: https://a.example/rfc2350.txt\n\
         types: [academic, ciip, national]\nconstituency: {description: All of it, countries: [DE, AT, LI]}\n";
    let folder = directory(&format!("{ALL}types: {{ciip: Own Name}}\n"), &[("a", team)]);
    let site = built(&folder, "2026-11-21");
    let first = json(&site.join(FIRST))["data"][0].clone();
    assert_eq!((&first["country-other"], &first["team-full"]), (&serde_json::json!(["DE", "LI"]), &"Team A".into()));
    let constituency = first["constituency"].as_str().unwrap();
    assert!(constituency.contains("Own Name") && constituency.matches(", ").count() >= 2, "{constituency}");
    let irt = json(&site.join(GLOBAL_IRT))[0].clone();
    assert_eq!(irt["additional-country-code"], serde_json::json!(["DE", "LI"]));
    assert!(irt["constituency"].as_str().unwrap().contains(", Own Name, "), "{irt}");
    let identity = identity(&site, "A");
    assert_eq!(identity["sectors"], serde_json::json!(["education", "infrastructure"]));
    assert_eq!(identity["description"], "Team A\nNo level stated\nHost: Host\nCountry: Austria (AT)\nConstituency: All of it");
    let links: Vec<_> = identity["external_references"].as_array().unwrap().iter().map(|link| link["url"].clone()).collect();
    assert_eq!(links, ["https://d.example/x/teams/a.html", "https://a.example/", "https://a.example/rfc2350.txt"]);
}

#[test]
fn a_line_of_a_key_says_what_was_read_of_it() {
    let read = "C490 D699 CAF9 1ABF 31C9 E4BE B10B 4D90 D785 8C08";
    let stated = "45EC D318 2807 7DA7 A898 FDA0 87F4 A698 070E 6295";
    let team = format!(
        "name: A\ncontact: {{emails: [{{address: csirt@ed25519.example}}]}}\n\
         keys: [{{fingerprint: \"{read}\"}}, {{fingerprint: \"{stated}\", expires: 2026-11-20}}]\n"
    );
    let folder = directory("title: T\nsample: true\nformats: [csv]\n", &[("a", &team)]);
    common::write(&folder.path().join("content/teams/a.asc"), include_str!("openpgp/keys/ed25519.asc"));
    let table = text(&built(&folder, "2026-11-21").join("keys.csv"));
    let line = |print: &str| table.lines().find(|line| line.starts_with(print)).unwrap_or_else(|| panic!("{table}")).to_owned();
    assert!(line(stated).contains(",a,A,openpgp,false,false,,2026-11-20,,,,,,2026-11-21"), "{table}");
    let known = line(read);
    assert!(known.contains(",a,A,openpgp,true,true,20") && known.contains(",true,"), "{known}");
    assert!(known.ends_with(&format!(",keys/{}.asc,2026-11-21", read.replace(' ', ""))), "{known}");
}
