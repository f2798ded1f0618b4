//! What the list of all teams is searched by: the files hold every team once, in the order of the list, and no more than a page
//! may; what can be chosen stands in the form.

use super::{page, project, with_site};
use peerage::site::Site;
use serde_json::Value;
use std::fmt::Write as _;

/// The teams of all files, in order; each file is small enough, and is data alone.
fn teams(site: &Site<'_>) -> Vec<Value> {
    let mut teams = Vec::new();
    for number in 1.. {
        let path = format!("teams/data/{number}.js");
        if !site.paths().any(|one| one.as_str() == path) {
            break;
        }
        let script = page(site, &path);
        assert!(script.len() <= 150_000, "{path} has {} bytes", script.len());
        assert!(!script.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{path}");
        let data = script.strip_prefix(&format!("peerageTeams(\"{number}\",")).unwrap().strip_suffix(");\n").unwrap();
        let mut data: Value = serde_json::from_str(data).unwrap();
        assert_eq!(data["computed_for"], "2026-11-21");
        teams.append(data["teams"].as_array_mut().unwrap());
    }
    assert!(page(site, "teams/index.html").contains(&format!("data-teams=\"{}\"", teams.len())));
    teams
}

#[test]
fn a_team_is_told_with_all_that_it_is_found_and_filtered_by() {
    let entry = "name: \"CERT-Škoda </script>\"\nofficial_name: Škoda & Co\ncountry: CZ\ntypes: [academic, energy]\n\
                 memberships: [{name: 'FIRST <b>'}]\nstatus: [{level: certified, since: 2024-05-01}]\nconfirmed: 2026-11-01\n\
                 keys: [{fingerprint: 945C 2808 4340 505C 36CC FA6B CA51 9536 60F3 B29B, expires: 2026-12-05}]\n";
    let open = "name: B\ncountry: AT\nstatus: [{level: certified, since: 2024-05-01, until: unknown}]\nconfirmed: 2026-11-01\n";
    let project = project(&[("content/teams/cert-skoda.yaml", entry), ("content/teams/b.yaml", open)]);
    with_site(project.path(), |site, _| {
        let teams = teams(site);
        let b: Value = serde_json::json!([
            "b",
            "B",
            null,
            "AT",
            "certified",
            "unknown",
            "",
            [],
            [["end-not-stated", "soft", null]],
            [],
            "b"
        ]);
        let skoda: Value = serde_json::json!([
            "cert-skoda",
            "CERT-Škoda </script>",
            "Škoda & Co",
            "CZ",
            "certified",
            "2027-05-01",
            "2027-05-02 accredited",
            ["academic", "energy"],
            [["certification-expiring", "soft", "2027-05-01"], ["key-expiring", "strong", "2026-12-05"]],
            ["FIRST <b>"],
            "cert skoda script co certskodascript"
        ]);
        assert_eq!(teams[0], b);
        let sorted = |team: &Value| {
            let mut team = team.clone();
            team[8].as_array_mut().unwrap().sort_by_key(ToString::to_string);
            team
        };
        assert_eq!(sorted(&teams[1]), skoda);
        let form = page(site, "teams/index.html").split("<form").nth(1).unwrap().split("</form>").next().unwrap().to_owned();
        for choice in ["certified", "CZ", "academic", "energy", "key-expiring", "end-not-stated", "FIRST &lt;b&gt;"] {
            assert!(form.contains(&format!("<option value=\"{choice}\">")), "{choice}: {form}");
        }
        for absent in ["\"listed\"", "\"DE\"", "\"key-revoked\""] {
            assert!(!form.contains(absent), "{absent}: {form}");
        }
        assert!(!page(site, "countries/at.html").contains("<form"), "only the list of all teams is searched");
    });
}

#[test]
fn no_file_is_too_large_and_none_is_missing_a_team() {
    let mut files = Vec::new();
    for at in 0..600 {
        let mut entry = format!("name: '{at:03}{}'\nofficial_name: '{}'\ncountry: DE\n", "<".repeat(90), "&".repeat(400));
        writeln!(
            entry,
            "memberships: [{}]",
            (0..10).map(|tie| format!("{{name: '{tie}{}'}}", ">".repeat(50))).collect::<Vec<_>>().join(", ")
        )
        .unwrap();
        files.push((format!("content/teams/t{at:03}.yaml"), entry));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    with_site(project(&files).path(), |site, _| {
        let teams = teams(site);
        let ids: Vec<&str> = teams.iter().map(|team| team[0].as_str().unwrap()).collect();
        assert_eq!(ids, (0..600).map(|at| format!("t{at:03}")).collect::<Vec<_>>());
        let count = site.paths().filter(|path| path.as_str().starts_with("teams/data/")).count();
        assert!((10..=60).contains(&count), "{count} files");
    });
}

#[test]
fn an_empty_directory_has_a_list_that_can_be_searched() {
    with_site(project(&[]).path(), |site, _| assert_eq!(teams(site), [Value::Null; 0]));
}
