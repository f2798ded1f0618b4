//! An entry may ask that a warning is not told for a while, and what is told of the waiver itself.

use crate::common::{peerage, stderr, stdout, tree};
use crate::project::{ENTRY, Project};
use serde_json::Value;

/// An entry with a warning, `country-alias`, and these waivers.
fn entry(waivers: &str) -> String {
    format!("name: X\ncountry: UK\nwaivers: [{waivers}]\n")
}

const GOOD: &str = "{rule: country-alias, reason: The register is moved this winter, until: 2027-03-01}";

/// The rules that are told on a day, and the exit code.
fn told_on(project: &Project, today: &str) -> (Vec<String>, Option<i32>) {
    let root = project.root();
    let words = ["check", root.to_str().unwrap(), "--today", today, "--format", "json"];
    let output = peerage().args(words).output().unwrap();
    let found: Vec<Value> = serde_json::from_str(&stdout(&output)).unwrap_or_else(|error| panic!("{error}: {output:?}"));
    (found.iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect(), output.status.code())
}

fn told(waivers: &str) -> Vec<String> {
    told_on(&Project::with_entry(entry(waivers)), "2026-11-21").0
}

#[test]
fn a_waiver_holds_up_to_and_including_its_last_day() {
    let project = Project::with_entry(entry(GOOD));
    // Confirmations of the base end meanwhile.
    let of_x = |today: &str| {
        let (rules, code) = told_on(&project, today);
        (rules.into_iter().filter(|rule| rule != "data-unconfirmed").collect::<Vec<_>>(), code)
    };
    assert_eq!(of_x("2026-11-21"), (vec![], Some(0)));
    assert_eq!(of_x("2027-03-01"), (vec![], Some(0)));
    assert_eq!(of_x("2027-03-02"), (vec!["country-alias".to_owned(), "waiver-ended".to_owned()], Some(0)));
}

#[test]
fn a_waiver_holds_from_a_year_before_its_end() {
    let of = |until: &str| told(&format!("{{rule: country-alias, reason: Later, until: {until}}}"));
    assert_eq!(of("2027-11-21"), [""; 0]);
    assert_eq!(of("2027-11-22"), ["country-alias", "waiver-too-long"]);
    let project = Project::with_entry(entry("{rule: country-alias, reason: Later, until: 2027-01-21}"));
    project.write("content/site.yaml", "title: Test\nsample: true\npolicy: {waiver_months: 1}\n");
    assert_eq!(told_on(&project, "2026-11-21").0, ["country-alias", "waiver-too-long"]);
    assert_eq!(told_on(&project, "2026-12-21").0, [""; 0]);
}

#[test]
fn a_waiver_that_has_nothing_left_to_waive_is_to_be_removed() {
    let help = |country: &str| {
        let waiver = "waivers: [{rule: country-alias, reason: Later, until: 2026-11-20}]\n";
        let findings = Project::with_entry(format!("name: X\ncountry: {country}\n{waiver}")).findings();
        let ended = findings.into_iter().find(|finding| finding.rule == peerage::diagnostic::Rule::WaiverEnded);
        ended.unwrap().help.to_string()
    };
    assert!(help("GB").starts_with("remove it"), "{}", help("GB"));
    assert!(help("UK").contains("a new end"), "{}", help("UK"));
}

#[test]
fn what_could_not_be_read_may_be_what_a_waiver_is_for() {
    let status = "status: [{level: accredited, since: 2020-01-01, sponsors: [alpha, beta]}]\n";
    let waiver = |rule: &str| format!("waivers: [{{rule: {rule}, reason: Later, until: 2027-01-01}}]\n");
    for (entry, rule, error) in [
        (format!("{status}confirmed: 2026-01-32\n"), "data-unconfirmed", "invalid-date"),
        ("agreements: [{kind: code-of-practice, name: Code, until: 2026-01-32}]\n".to_owned(), "agreement-ended", "invalid-date"),
        ("types: [acad emic]\n".to_owned(), "unknown-type", "invalid-id"),
    ] {
        let project = Project::with_entry(format!("name: X\ncountry: AT\n{entry}{}", waiver(rule)));
        let told = told_on(&project, "2026-11-21").0;
        assert!(told.iter().any(|told| told == error) && !told.iter().any(|told| told == "unused-waiver"), "{rule}: {told:?}");
    }
}

#[test]
fn only_what_is_named_is_waived() {
    assert_eq!(told("{rule: unknown-type, reason: Ours, until: 2027-01-01}"), ["country-alias", "unused-waiver"]);
    let project = Project::with_entry(entry(GOOD));
    project.write("content/teams/y.yaml", "name: Y\ncountry: UK\n");
    assert_eq!(told_on(&project, "2026-11-21").0, ["country-alias"], "another entry's warning is told");
}

#[test]
fn what_is_said_of_a_team_s_key_file_can_be_waived_in_its_entry() {
    let project = Project::base();
    project.overlay(&crate::project::fixtures().join("repeated-value/fail"));
    let before: Vec<_> = project.findings().into_iter().filter(|finding| !finding.place.file.ends_with(".yaml")).collect();
    for finding in &before {
        let team = finding.place.file.rsplit('/').next().unwrap().split('.').next().unwrap();
        let file = format!("content/teams/{team}.yaml");
        let text = std::fs::read_to_string(project.path(&file)).unwrap();
        let waiver = format!("waivers: [{{rule: {}, reason: X, until: 2027-01-01}}]\n", finding.rule.id());
        project.write(&file, text + &waiver);
        assert!(!project.findings().contains(finding), "{finding:?}");
    }
    assert!(!before.is_empty());
}

#[test]
fn what_two_teams_cannot_both_have_is_waived_in_both_entries() {
    let waiver = |rule: &str| format!("waivers: [{{rule: {rule}, reason: They are one, until: 2027-01-01}}]\n");
    for (rule, claim) in [
        ("claimed-twice", "contact: {emails: [{address: cert@ID.example}]}\nconstituency: {domains: [a.example]}\n"),
        ("shared-address", "contact: {emails: [{address: cert@a.example}]}\n"),
        ("shared-key", "keys: [{fingerprint: 0123456789ABCDEF0123456789ABCDEF01234567}]\n"),
        ("same-name", "official_name: The A\n"),
    ] {
        let told = |first: bool, second: bool| {
            let entry = |id: &str, waives: bool| {
                let name = if rule == "same-name" { "A" } else { id };
                format!(
                    "name: {name}\ncountry: AT\n{}{}",
                    claim.replace("ID", id),
                    if waives { waiver(rule) } else { String::new() }
                )
            };
            let project = Project::with_entry(entry("x", second));
            project.write("content/teams/a.yaml", entry("a", first));
            let findings = project.findings();
            let shown = project.shown(&findings);
            let rules: Vec<&str> = findings.iter().map(|finding| finding.rule.id()).collect();
            (rules.iter().map(|rule| (*rule).to_owned()).collect::<Vec<_>>(), shown)
        };
        assert_eq!(told(false, false).0, [rule]);
        assert_eq!(told(true, true).0, [""; 0], "{rule}");
        for (first, second) in [(true, false), (false, true)] {
            let (rules, shown) = told(first, second);
            assert_eq!(rules, [rule], "neither silenced nor unused");
            let file = if first { "content/teams/a.yaml" } else { "content/teams/x.yaml" };
            assert!(shown.contains("told until the other entry waives it too") && shown.contains(file), "{shown}");
        }
    }
}

#[test]
fn an_error_is_mended_not_waived() {
    let project = Project::with_entry(
        "name: X\ncountry: AT\nwebsite: x\nwaivers: [{rule: invalid-url, reason: Later, until: 2027-01-01}]\n",
    );
    let (rules, code) = told_on(&project, "2026-11-21");
    assert_eq!((rules, code), (vec!["invalid-url".to_owned(), "not-waivable".to_owned()], Some(1)));
    assert_eq!(told("{rule: unused-waiver, reason: X, until: 2027-01-01}"), ["country-alias", "not-waivable"]);
}

#[test]
fn a_waiver_says_what_why_and_how_long() {
    for (waiver, rules) in [
        ("{rule: country-alias, until: 2027-01-01}", ["country-alias", "missing-key"].as_slice()),
        ("{rule: country-alias, reason: X}", &["country-alias", "missing-key"]),
        ("{rule: country-alias, reason: ' ', until: 2027-01-01}", &["country-alias", "empty-value"]),
        ("{rule: country-alias, reason: X, until: never}", &["country-alias", "invalid-date"]),
        ("{rule: contry-alias, reason: X, until: 2027-01-01}", &["country-alias", "unknown-value"]),
        ("{rule: country-alias, reason: X, until: 2027-01-01, by: me}", &["unknown-key"]),
        ("country-alias", &["country-alias", "wrong-type"]),
    ] {
        assert_eq!(told(waiver), rules, "{waiver}");
    }
    assert_eq!(told(&format!("{GOOD}, {GOOD}")), ["repeated-value"]);
    let project = Project::with_entry(entry("{rule: contry-alias, reason: X, until: 2027-01-01}"));
    assert!(project.shown(&project.findings()).contains("did you mean `country-alias`?"));
}

#[test]
fn a_waiver_changes_nothing_that_is_published_but_the_file_that_is_shown() {
    let build = |waivers: &str| {
        let project = Project::base();
        project.write(ENTRY, format!("name: X\ncountry: AT\nstatus: [{{level: accredited, since: 2020-01-01}}]\n{waivers}"));
        let root = project.root();
        let output = peerage().args(["build", root.to_str().unwrap(), "--today", "2026-11-21"]).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        (tree(&root.join("public")), stderr(&output))
    };
    let ((plain, told), (waived, silent)) =
        (build(""), build("waivers: [{rule: data-unconfirmed, reason: Asked twice, until: 2027-01-01}]\n"));
    assert!(told.contains("1 warning") && !silent.contains("warning"), "{told}{silent}");
    let differ: Vec<String> = plain
        .iter()
        .filter(|(path, bytes)| waived.get(*path) != Some(*bytes))
        .map(|(path, _)| path.to_string_lossy().into_owned())
        .filter(|path| !matches!(&**path, "SHA256SUMS" | "manifest.json"))
        .collect();
    assert_eq!(differ, ["teams/x.html"]);
    let page = String::from_utf8(waived[std::path::Path::new("teams/x.html")].clone()).unwrap();
    assert!(page.contains("Data unconfirmed") || page.contains("unconfirmed"), "the flag is shown all the same");
}

#[test]
fn a_build_does_not_call_unused_what_it_did_not_look_for() {
    let waiver = "waivers: [{rule: dead-link, reason: The page comes with the meeting, until: 2027-01-01}]\n";
    let dead = Project::with_entry(format!("name: X\ncountry: AT\ndescription: '[a](nowhere.html)'\n{waiver}"));
    assert_eq!(told_on(&dead, "2026-11-21").0, [""; 0]);
    let root = dead.root();
    let output = peerage().args(["build", root.to_str().unwrap(), "--today", "2026-11-21"]).output().unwrap();
    assert!(output.status.success() && !stderr(&output).contains("warning"), "{output:?}");
    let unused = Project::with_entry(format!("name: X\ncountry: AT\n{waiver}"));
    assert_eq!(told_on(&unused, "2026-11-21").0, ["unused-waiver"]);
}
