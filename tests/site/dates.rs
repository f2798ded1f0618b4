//! What pages hold so that a script can tell, on a later day, what no longer holds: and that their words stay true without it.

use super::{TODAY, asset, page, project, row, sample, with_site};
use std::fs;

const TEAM: &str = "name: A\ncountry: AT\nconfirmed: 2026-11-01\nstatus:\n  - {level: accredited, since: 2020-01-01}\n  - {level: certified, since: 2024-05-01}\n\
                    keys: [{fingerprint: 945C 2808 4340 505C 36CC FA6B CA51 9536 60F3 B29B, expires: 2027-01-05}]\n\
                    contact: {hours: 'Monday to Tuesday 08:00-18:00', timezone: Europe/Vienna}\n";

#[test]
fn a_status_carries_everything_that_it_becomes() {
    let later = "name: B\ncountry: AT\nstatus:\n  - {level: certified, since: 2024-05-01}\n  - {state: suspended, since: 2027-02-01, until: 2027-02-28}\n  - {state: withdrawn, since: 2028-01-01}\n";
    let none = "name: C\ncountry: AT\nstatus: [{level: listed, since: 2020-01-01}]\n";
    let project = project(&[("content/teams/a.yaml", TEAM), ("content/teams/b.yaml", later), ("content/teams/c.yaml", none)]);
    with_site(project.path(), |site, _| {
        let then = [
            ("a", "certified", "2027-05-02 accredited"),
            ("b", "certified", "2027-02-01 suspended 2027-03-01 certified 2027-05-02 accredited 2028-01-01 withdrawn"),
            ("c", "listed", ""),
        ];
        let list = page(site, "teams/index.html");
        for (id, status, then) in then {
            let carried = format!("data-status=\"{status}\" data-then=\"{then}\"");
            assert!(row(&list, id).contains(&carried), "{id}: {}", row(&list, id));
            let team = page(site, &format!("teams/{id}.html"));
            assert!(team.contains(&carried), "{id}: {team}");
            // All that it may become can be drawn.
            for word in then.split(' ').skip(1).step_by(2).filter(|word| *word != "certified") {
                assert!(team.contains(&format!("data-part=\"badge-{word}\"")), "{id}: {word}");
                assert!(list.contains(&format!("data-part=\"badge-{word}\"")), "{word}");
            }
        }
    });
}

#[test]
fn what_ends_says_so_in_words_that_stay_true() {
    let project = project(&[("content/teams/a.yaml", TEAM)]);
    with_site(project.path(), |site, _| {
        for path in ["teams/a.html", "teams/index.html"] {
            let html = page(site, path);
            let flag = html.split("data-ends=\"2027-01-05\"").nth(1).unwrap().split("</li>").next().unwrap();
            assert!(
                flag.contains("expires on <time>2027-01-05") && flag.contains("expired on <time>2027-01-05"),
                "{path}: {flag}"
            );
            assert!(!flag.contains("days"), "a number of days is true on one day only: {flag}");
            let (before, after) = flag.split_once("data-after hidden").unwrap();
            assert!(before.contains("expires on") && after.contains("expired on"), "{path}: {flag}");
        }
        let html = page(site, "teams/a.html");
        assert!(html.contains("data-ends=\"2027-03-01\""), "the confirmation holds four months: {html}");
        assert!(page(site, "index.html").contains("data-ends=\"2027-01-05\""));
        assert!(page(site, "expiring.html").contains("data-ends=\"2027-01-05\""));
    });
}

#[test]
fn what_has_ended_already_or_would_raise_trust_is_left_as_it_is() {
    let team = "name: A\ncountry: AT\nstatus:\n  - {level: certified, since: 2020-01-01}\n  - {state: suspended, since: 2026-11-01, until: 2026-12-01}\n\
                agreements: [{kind: code-of-practice, name: Old, until: 2026-11-01}]\n";
    let project = project(&[("content/teams/a.yaml", team)]);
    with_site(project.path(), |site, _| {
        let html = page(site, "teams/a.html");
        assert!(html.contains("Suspension ends on <time>2026-12-01<") && html.contains("ended on <time>2026-11-01<"), "{html}");
        assert!(!html.contains("data-ends=\"2026-12-01\"") && !html.contains("data-ends=\"2026-11-01\""), "{html}");
    });
}

/// The team has an OpenPGP key and an S/MIME certificate, and the certificate ends first.
#[test]
fn each_file_of_keys_says_up_to_when_it_is_of_use() {
    with_site(sample(), |site, _| {
        let html = page(site, "teams/mbuyu-cert.html");
        for (file, until) in [("mbuyu-cert.asc", "2029-06-30"), ("mbuyu-cert.pem", "2027-06-30")] {
            let before = html.split(&format!("<a href=\"../teams/{file}\"")).next().unwrap();
            let ends = before.rsplit("data-ends=\"").next().unwrap();
            assert!(before.len() < html.len() && ends.starts_with(until), "{file}: {html}");
        }
    });
}

#[test]
fn a_site_says_when_it_is_old_by_the_policy() {
    let project = project(&[]);
    for (policy, until) in [("", "2026-11-28"), ("policy: {stale_days: 2}\n", "2026-11-23")] {
        fs::write(project.path().join("content/site.yaml"), format!("title: T\n{policy}")).unwrap();
        with_site(project.path(), |site, _| {
            for path in ["index.html", "methodology.html"] {
                let html = page(site, path);
                assert!(html.contains("data-computed-for=\"2026-11-21\""), "{path}");
                let notice = html.split(&format!("data-ends=\"{until}\"")).nth(1).unwrap_or_else(|| panic!("{path}: {html}"));
                assert!(notice.split("</p>").next().unwrap().contains("data-after hidden"), "{path}: {notice}");
            }
        });
    }
}

#[test]
fn hours_are_handed_to_the_script_where_they_are_certain() {
    let vague = TEAM.replace("Monday to Tuesday 08:00-18:00", "in the mornings");
    let always = TEAM.replace("Monday to Tuesday 08:00-18:00", "24/7");
    let files = [("content/teams/a.yaml", TEAM), ("content/teams/b.yaml", &vague), ("content/teams/c.yaml", &always)];
    with_site(project(&files).path(), |site, _| {
        let html = page(site, "teams/a.html");
        assert!(html.contains("data-hours=\"480-1080 1920-2520\" data-zone=\"Europe/Vienna\" class=screen hidden"), "{html}");
        for path in ["teams/b.html", "teams/c.html"] {
            let html = page(site, path);
            assert!(
                html.contains("data-hours=\"\" data-zone=\"Europe/Vienna\" class=screen hidden") && !html.contains("data-in"),
                "{html}"
            );
        }
        assert!(html.contains("data-copy=\"945C28084340505C36CCFA6BCA51953660F3B29B\""), "{html}");
    });
}

/// The scripts take their words from the page, and set text alone.
#[test]
fn scripts_set_text_and_find_their_parts() {
    let project = project(&[("content/teams/a.yaml", TEAM)]);
    with_site(project.path(), |site, _| {
        for name in ["dates", "shards", "teams", "team"] {
            let script = page(site, &asset(site, &format!("{name}.js")).unwrap());
            for bad in ["innerHTML", "outerHTML", "insertAdjacentHTML", "eval", "document.write", "Function("] {
                assert!(!script.contains(bad), "{name}: {bad}");
            }
        }
        for (path, scripts) in [("teams/index.html", ["dates", "teams"]), ("teams/a.html", ["dates", "team"])] {
            let html = page(site, path);
            for script in scripts.map(|name| page(site, &asset(site, &format!("{name}.js")).unwrap())) {
                // `part("template", "part")`; names that are put together are looked at elsewhere.
                let named = |rest: &str| Some(rest.split_once('"')?.1.strip_prefix(", \"")?.split('"').next()?.to_owned());
                let asked: Vec<String> = script.split("part(\"").skip(1).filter_map(named).collect();
                assert!(!asked.is_empty(), "{path}");
                for asked in asked {
                    let has =
                        [format!("data-part={asked}"), format!("data-part=\"{asked}\"")].iter().any(|part| html.contains(part));
                    assert!(has, "{path}: {asked}");
                }
            }
        }
    });
}

#[test]
fn an_assessment_of_a_day_that_has_not_come_is_told_nowhere() {
    let of = |day: &str| {
        format!(
            "name: A\ncountry: AT\nmaturity: [{{model: sim3-v2i, kind: audit, assessed: {day}, visibility: public, scores: {{O-1: 4}}}}]\n"
        )
    };
    for (day, is_told) in [(TODAY, true), ("2026-11-22", false)] {
        let project = project(&[("content/teams/a.yaml", &of(day))]);
        with_site(project.path(), |site, _| {
            for path in ["teams/a.html", "api/v1/teams.json"] {
                // The entry itself is shown as it stands in its file.
                let text = page(site, path).replace(&format!("assessed: {day}"), "");
                assert_eq!(
                    text.contains(&format!("assessed\":\"{day}")) || text.contains(&format!("audit of <time>{day}")),
                    is_told,
                    "{path} {day}"
                );
            }
        });
    }
}
