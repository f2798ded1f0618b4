//! Which files for other programs there are, when, and what of a team is in them.

use super::{TODAY, page, project, with_site, with_site_on};
use peerage::assess::assess;
use peerage::load::load;
use peerage::site::{Site, plan, theme};

const ALL: &str = "formats: [csv, vcard, team-vcard, icalendar, atom, json-ld]\n";

/// Teams that stand for all.
const TEAMS: &[(&str, &str)] = &[
    ("content/teams/here.yaml", "name: Here & <now>\ncountry: AT\nstatus:\n  - {level: listed, since: 2020-01-01}\n"),
    (
        "content/teams/gone.yaml",
        "name: Gone\ncountry: AT\ncontact: {emails: [{address: cert@gone.example}], phones: [{number: +1 202 555 0111, usage: [emergency]}], hours: 24/7, timezone: Europe/Vienna}\nwebsite: https://gone.example/about\nmisp: {org_uuid: 4be21a44-9dd6-4a8a-8b0e-0f0f0f0f0f0f, org_email: misp@gone.example}\nstatus:\n  - {level: certified, since: 2020-01-01}\n  - {state: withdrawn, since: 2021-01-01}\n",
    ),
    ("content/teams/none.yaml", "name: None\ncountry: AT\n"),
];

/// The site of [`TEAMS`] with more in `site.yaml`, and more files.
fn look(more: &str, files: &[(&str, &str)], look: impl FnOnce(&Site<'_>)) {
    let site = format!("title: Test\nsample: true\n{more}");
    let site = [("content/site.yaml", site.as_str())];
    let project = project(&[TEAMS, &site, files].concat());
    with_site(project.path(), |site, _| look(site));
}

fn has(site: &Site<'_>, path: &str) -> bool {
    site.paths().any(|one| one.as_str() == path)
}

#[test]
fn a_format_is_there_where_it_was_chosen() {
    let files = ["teams.csv", "keys.csv", "teams.vcf", "teams/here.vcf", "expiry.ics", "changes.atom"];
    look(ALL, &[], |site| {
        assert_eq!(files.map(|path| has(site, path)), [true; 6]);
        assert!(page(site, "teams/here.html").contains("ld+json"));
    });
    look("formats: [stix]\n", &[], |site| {
        assert_eq!(files.map(|path| has(site, path)), [false; 6]);
        assert!(!page(site, "teams/here.html").contains("ld+json"));
        assert!(has(site, "api/v1/changes.json"));
    });
    look("", &[], |site| {
        assert_eq!(files.map(|path| has(site, path)), [true, true, true, false, true, true]);
    });
}

#[test]
fn a_team_that_has_withdrawn_is_told_to_have() {
    look(ALL, &[], |site| {
        let all = page(site, "teams.vcf");
        assert!(!all.contains("FN:Gone") && all.contains("FN:Here & <now>") && all.contains("FN:None"), "{all}");
        assert!(page(site, "teams/gone.vcf").contains("NOTE:Withdrawn since 2021-01-01."));
        assert!(page(site, "teams.csv").contains("gone,Gone,,,AT,withdrawn,,2021-01-01,"));
        assert!(page(site, "teams.csv").contains("none,None,,,AT,not-stated,,,"));
        assert!(!page(site, "expiry.ics").contains("Gone"));
        assert!(page(site, "changes.atom").contains("<title>Gone: Withdrew</title>"));
        let page = page(site, "teams/gone.html");
        assert!(page.contains("ld+json") && !page.contains("hasCertification"), "{page}");
    });
}

#[test]
fn nobody_is_sent_to_a_team_that_has_withdrawn() {
    look("formats: [csv, vcard, team-vcard, json-ld, lookup]\n", &[], |site| {
        let data = |html: &str| html.split("ld+json").nth(1).unwrap().split("</script>").next().unwrap().to_owned();
        let told = [
            page(site, "teams.csv"),
            page(site, "teams.vcf"),
            page(site, "teams/gone.vcf"),
            data(&page(site, "teams/gone.html")),
        ];
        for text in told {
            assert!(!text.contains("cert@gone.example") && !text.contains("202 555") && !text.contains("2025550111"), "{text}");
        }
        let html = page(site, "teams/gone.html");
        let answer = html.split("aria-labelledby=reach").nth(1).unwrap().split("</section>").next().unwrap();
        assert!(answer.contains("nobody answers here any more") && answer.contains("cert@gone.example"), "what was: {answer}");
        assert!(answer.contains("+1 202 555 0111") && answer.contains("gone.example/about"), "{answer}");
        for invitation in ["href=", "class=call", "urgent", "tag-emergency", "data-copy", "data-zone", "How to reach"] {
            assert!(!answer.contains(invitation), "{invitation}: {answer}");
        }
        assert!(!html.contains("mailto:") && !html.contains("tel:") && !html.contains("Keys to write with"), "{html}");
        let shards = site.paths().filter(|path| path.as_str().starts_with("lookup/shards/"));
        let cards: Vec<String> =
            shards.map(|path| page(site, path.as_str())).filter(|text| text.contains("\"id\":\"gone\"")).collect();
        assert!(!cards.is_empty());
        assert!(
            cards.iter().all(|text| !text.contains("202 555") && !text.contains("\"email\":\"cert@gone.example\"")),
            "{cards:?}"
        );
    });
}

#[test]
fn data_in_a_page_cannot_end_its_element() {
    look(ALL, &[], |site| {
        let html = page(site, "teams/here.html");
        let data = html.split("ld+json").nth(1).unwrap().split("</script>").next().unwrap();
        assert!(data.contains(r"Here \u0026 \u003cnow\u003e") && !data[2..].contains(['<', '&']), "{data}");
    });
}

#[test]
fn a_link_in_a_card_is_no_text() {
    let team = [
        (
            "content/teams/a.yaml",
            "name: A\ncountry: AT\nwebsite: 'https://a.example/b,c;d?e=\\n'\ncontact: {emails: [{address: cert@alpha.example}]}\n",
        ),
        ("content/teams/a.asc", include_str!("../../content/teams/cert-alpha.asc")),
    ];
    look(&format!("{ALL}base_url: https://d.example/x,y/\n"), &team, |site| {
        let card = page(site, "teams/a.vcf").replace("\r\n ", "");
        assert!(card.contains("\r\nURL:https://a.example/b%2Cc;d?e=%5Cn\r\n"), "{card}");
        assert!(card.contains(":https://d.example/x%2Cy/teams/a.asc\r\n"), "{card}");
    });
}

#[test]
fn every_page_names_the_feed_where_there_is_one() {
    let link = "application/atom+xml";
    look("formats: [atom]\n", &[], |site| {
        assert!(page(site, "index.html").contains(link) && page(site, "teams/here.html").contains("../changes.atom"));
    });
    look("formats: [csv]\n", &[], |site| assert!(!page(site, "index.html").contains(link)));
}

#[test]
fn changes_are_in_order_and_counted() {
    look(ALL, &[], |site| {
        let file: serde_json::Value = serde_json::from_str(&page(site, "api/v1/changes.json")).unwrap();
        let changes = file["changes"].as_array().unwrap();
        let told: Vec<_> = changes.iter().map(|one| format!("{} {} {}", one["on"], one["team"]["id"], one["kind"])).collect();
        let expected =
            ["\"2021-01-01\" \"gone\" \"withdrew\"", "\"2020-01-01\" \"gone\" \"joined\"", "\"2020-01-01\" \"here\" \"joined\""];
        assert_eq!(
            (told, &file["total"], &file["computed_for"]),
            (expected.map(str::to_owned).to_vec(), &3.into(), &TODAY.into())
        );
    });
}

#[test]
fn a_long_list_of_changes_is_cut_and_the_whole_number_told() {
    let days: Vec<String> = (0..40).map(|at| format!("{}-{:02}-01", 1990 + at / 12, 1 + at % 12)).collect();
    let states = days.iter().enumerate().map(|(at, day)| match at % 2 {
        0 => format!("  - {{level: listed, since: {day}}}\n"),
        _ => format!("  - {{state: suspended, since: {day}}}\n"),
    });
    let entry = format!("name: X\ncountry: AT\nstatus:\n{}", states.collect::<String>());
    let files: Vec<(String, &str)> = (0..30).map(|at| (format!("content/teams/t{at}.yaml"), entry.as_str())).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let project = project(&files);
    std::fs::write(project.path().join("content/site.yaml"), format!("title: T\nsample: true\n{ALL}")).unwrap();
    with_site(project.path(), |site, assessment| {
        let total: usize = assessment.teams.iter().map(|team| assessment.changes(team).len()).sum();
        let file: serde_json::Value = serde_json::from_str(&page(site, "api/v1/changes.json")).unwrap();
        assert!(total > 1000, "{total}");
        assert_eq!((file["changes"].as_array().unwrap().len(), &file["total"]), (1000, &total.into()));
        assert_eq!(page(site, "changes.atom").matches("<entry>").count(), 100);
    });
}

#[test]
fn what_must_be_absolute_is_there_only_where_the_address_is_known() {
    let contact = "security_contact: [security@d.example]\n";
    for (more, expected, rules) in [
        (contact.to_owned(), [false, false], &["unused-security-contact"][..]),
        (format!("{contact}base_url: https://d.example/sub/\n"), [true, false], &["unused-security-contact"]),
        (format!("{contact}base_url: https://d.example/\n"), [true, true], &[]),
        ("base_url: https://d.example/\n".to_owned(), [true, false], &[]),
    ] {
        let settings = format!("title: Test\nsample: true\n{more}");
        let project = project(&[TEAMS, &[("content/site.yaml", settings.as_str())]].concat());
        let directory = load(project.path()).unwrap().0.unwrap();
        let assessment = assess(&directory, TODAY.parse().unwrap());
        let theme = theme(project.path(), &assessment).unwrap();
        let (site, findings) = plan(&assessment, &theme, project.path());
        assert_eq!(findings.iter().map(|finding| finding.rule.id()).collect::<Vec<_>>(), rules, "{more}");
        assert_eq!(["sitemap.xml", ".well-known/security.txt"].map(|path| has(&site, path)), expected, "{more}");
    }
}

#[test]
fn a_security_txt_by_hand_is_taken_as_it_is() {
    let own = [("static/.well-known/security.txt", "Contact: mailto:own@d.example\n")];
    look("base_url: https://d.example/\nsecurity_contact: [security@d.example]\n", &own, |site| {
        assert_eq!(page(site, ".well-known/security.txt"), own[0].1);
    });
}

#[test]
fn every_page_is_in_the_sitemap_with_the_day_of_its_entry() {
    look("base_url: https://d.example/a&b/\n", &[], |site| {
        let text = page(site, "sitemap.xml");
        let pages = site.paths().filter(|path| path.is_page()).count();
        assert_eq!(text.matches("<loc>").count(), pages - 1);
        assert!(!text.contains("404.html"));
        for (team, day) in [("here", "<lastmod>2020-01-01</lastmod>"), ("gone", "<lastmod>2021-01-01</lastmod>"), ("none", "")] {
            let rest = text.split(&format!("<loc>https://d.example/a&amp;b/teams/{team}.html</loc>")).nth(1).unwrap();
            assert_eq!(rest.split("</url>").next().unwrap().trim(), day, "{team}");
        }
        assert_eq!(text.matches("<lastmod>").count(), 2);
    });
}

#[test]
fn a_passing_day_is_in_a_file_only_where_it_says_so() {
    let project = project(TEAMS);
    std::fs::write(project.path().join("content/site.yaml"), format!("title: T\nsample: true\n{ALL}")).unwrap();
    let on = |day: &str| {
        let mut pages = Vec::new();
        with_site_on(day, project.path(), |site, _| {
            pages = ["changes.atom", "expiry.ics", "teams.csv"].map(|path| page(site, path)).to_vec();
        });
        pages
    };
    let (first, second, again) = (on("2026-11-21"), on("2026-11-22"), on("2026-11-21"));
    assert_eq!(first, again);
    assert_eq!(first[0], second[0]);
    assert_ne!(first[2], second[2]);
}

#[test]
fn an_end_that_changes_nothing_is_no_change() {
    let entry = "name: A\ncountry: AT\nstatus:\n  - {level: certified, since: 2019-01-01, until: 2025-12-31}\n  \
                 - {level: accredited, since: 2020-01-01}\n";
    look("base_url: https://d.example/\n", &[("content/teams/a.yaml", entry)], |site| {
        let text = page(site, "sitemap.xml");
        let rest = text.split("<loc>https://d.example/teams/a.html</loc>").nth(1).unwrap();
        assert_eq!(rest.split("</url>").next().unwrap().trim(), "<lastmod>2020-01-01</lastmod>");
    });
}

#[test]
fn what_became_of_the_keys_of_a_team_that_has_left_is_not_told() {
    let entry = |more: &str| {
        let emails = "contact: {emails: [{address: cert@alpha.example}]}\n";
        format!("name: A\ncountry: AT\n{emails}status:\n  - {{level: listed, since: 1990-01-01}}\n{more}")
    };
    let key = ("content/teams/a.asc", include_str!("../../content/teams/cert-alpha.asc"));
    for (more, told) in [("", true), ("  - {state: withdrawn, since: 1991-01-01}\n", false)] {
        look(ALL, &[("content/teams/a.yaml", &entry(more)), key], |site| {
            assert_eq!(page(site, "api/v1/changes.json").contains("key-made"), told, "{more}");
        });
    }
}

#[test]
fn a_card_says_what_to_prefer_and_when_no_end_is_stated() {
    let entry = "name: A\ncountry: AT\nstatus: [{level: certified, since: 2020-01-01, until: unknown}]\n\
                 contact:\n  emails: [{address: a@a.example}, {address: b@a.example}]\n  \
                 phones: [{number: +1 202 555 0100}, {number: +1 202 555 0101, usage: [emergency]}]\n";
    look(ALL, &[("content/teams/a.yaml", entry)], |site| {
        let card = page(site, "teams/a.vcf").replace("\r\n ", "");
        let preferred: Vec<_> = card.lines().filter(|line| line.contains("PREF=1")).collect();
        assert_eq!(preferred.len(), 2, "{card}");
        assert!(preferred[0].contains("a@a.example") && preferred[1].contains("+12025550101"), "{card}");
        assert!(card.contains("NOTE:Certified\\, end not stated. As of "), "{card}");
    });
}

#[test]
fn a_badge_for_shields_says_what_ours_says() {
    let lapsed = [("content/teams/old.yaml", "name: Old\ncountry: AT\nstatus:\n  - {level: certified, since: 2020-01-01}\n")];
    look("formats: [shields, team-json]\n", &lapsed, |site| {
        let told =
            |id: &str| -> serde_json::Value { serde_json::from_str(&page(site, &format!("teams/{id}.shields.json"))).unwrap() };
        let endpoint = |message: &str, color: &str, is_error: bool| {
            serde_json::json!({"schemaVersion": 1, "label": "Test", "message": message, "color": color, "labelColor": "#5b1a26",
                               "isError": is_error, "cacheSeconds": 21600})
        };
        assert_eq!(told("here"), endpoint("Listed as of 2026-11-21", "#5f5a52", false));
        assert_eq!(told("gone"), endpoint("Withdrawn as of 2026-11-21", "#5f5a52", true));
        assert_eq!(told("old"), endpoint("Accredited, certification expired 2023-01-01", "#24527a", true));
        for id in ["here", "gone", "old", "none"] {
            let message = told(id)["message"].as_str().unwrap().to_owned();
            assert!(page(site, &format!("teams/{id}.svg")).contains(&message), "{id}: {message}");
        }
        assert!(has(site, "api/v1/teams/here.json"), "the two have paths of their own");
    });
    look("", &[], |site| assert!(!has(site, "teams/here.shields.json")));
}
