//! What is to end, what has ended, and what a history shows of it.

use super::{TODAY, page, project, sample, with_site};
use peerage::site::{SitePath, dead_links};

/// The days of a table, in the order of its rows.
fn days(html: &str) -> Vec<&str> {
    html.split("<time>").skip(1).map(|rest| &rest[..10]).collect()
}

/// The sections of a page of what ends: what is still to end, and what has ended.
fn due(html: &str) -> (Vec<&str>, Vec<&str>) {
    let part = |id: &str| {
        let table = html.split_once(&format!("<h2 id={id}>")).map(|(_, rest)| rest.split("</section>").next().unwrap());
        table.map(days).unwrap_or_default()
    };
    (part("ahead"), part("ended"))
}

#[test]
fn what_is_to_end_comes_before_what_has_ended() {
    let entry = |from: &str, to: &str| {
        let agreement = |until| format!("{{kind: code-of-practice, name: A, until: {until}}}");
        format!("name: N\ncountry: DE\nagreements: [{}, {}]\n", agreement(from), agreement(to))
    };
    let project = project(&[
        ("content/teams/a.yaml", &entry("1999-01-01", "2026-12-24")),
        ("content/teams/b.yaml", &entry("2026-11-20", "2026-11-21")),
        ("content/teams/c.yaml", &entry("2026-11-20", "2026-12-24")),
    ]);
    with_site(project.path(), |site, _| {
        let html = page(site, "expiring.html");
        let (ahead, ended) = due(&html);
        assert_eq!(ahead, ["2026-11-21", "2026-12-24", "2026-12-24"]);
        assert_eq!(ended, ["2026-11-20", "2026-11-20", "1999-01-01"]);
        assert!(
            html.contains("Still to end on <time>2026-11-21</time>: 3.") && html.contains("expiring.html#ended\">Ended: 3.</a>"),
            "{html}"
        );
        let rows = html.split_once("id=ended").unwrap().1;
        assert!(rows.find("teams/b.html") < rows.find("teams/c.html"), "of one day: in the order of the teams");
        let home = page(site, "index.html");
        assert!(home.contains("and what has ended") && !home.contains("1999-01-01") && !home.contains("2026-11-20"));
    });
}

#[test]
fn what_is_announced_ends_a_level_on_the_page_of_what_ends_and_on_that_of_the_team() {
    let entry = |state: &str| {
        let certified = "{level: certified, since: 2024-03-01}";
        format!("name: N\ncountry: DE\nconfirmed: 2026-11-01\nstatus: [{certified}, {{state: {state}, since: 2026-12-31}}]\n")
    };
    let project = project(&[
        ("content/site.yaml", "title: T\nlanguages: [en, de, es, fr]\n"),
        ("content/teams/leaves.yaml", &entry("withdrawn")),
        ("content/teams/rests.yaml", &entry("suspended")),
    ]);
    with_site(project.path(), |site, _| {
        let html = page(site, "expiring.html");
        assert_eq!(due(&html).0, ["2026-12-30", "2026-12-30", "2027-03-01"], "the certification of the one that stays: {html}");
        assert!(html.contains("Level (announced: Withdrawn)") && html.contains("Level (announced: Suspended)"), "{html}");
        let team = page(site, "teams/leaves.html");
        assert!(team.contains("Level holds until <time>2026-12-30</time>; announced after that: Withdrawn"), "{team}");
        assert!(!team.contains("Certification expires"), "{team}");
        assert!(page(site, "api/v1/teams.json").contains("Level (announced: Withdrawn) ends in 39 days"));
        for (language, told) in [
            ("de", "Stufe (angekündigt: Ausgeschieden)"),
            ("es", "Nivel (anunciado: Retirado)"),
            ("fr", "Niveau (annoncé\u{a0}: Retirée)"),
        ] {
            assert!(page(site, &format!("{language}/expiring.html")).contains(told), "{language}");
        }
    });
}

#[test]
fn a_long_list_of_what_ends_turns_to_what_has_ended_once() {
    let files: Vec<(String, String)> = (0..190)
        .map(|at| {
            let ends = |month: u32| format!("{{kind: code-of-practice, name: A, until: 20{}-{month:02}-01}}", 26 - at % 3 % 2);
            (
                format!("content/teams/t{at}.yaml"),
                format!("name: N\ncountry: DE\nagreements: [{}, {}]\n", ends(12), ends(1 + at % 11)),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    with_site(project(&files).path(), |site, assessment| {
        let pages = ["expiring.html", "expiring/2.html", "expiring/3.html", "expiring/4.html"];
        let pages: Vec<String> =
            pages.iter().filter(|path| site.contains(&SitePath::new(**path).unwrap())).map(|path| page(site, path)).collect();
        assert!(pages.len() > 1);
        let (mut ahead, mut ended) = (Vec::new(), Vec::new());
        for html in &pages {
            let (one, other) = due(html);
            assert!(one.is_empty() || ended.is_empty(), "nothing is to end after what has ended");
            ahead.extend(one);
            ended.extend(other);
        }
        assert!(ahead.is_sorted() && ahead.iter().all(|day| *day >= TODAY));
        assert!(ended.iter().rev().is_sorted() && ended.iter().all(|day| *day < TODAY));
        let total: usize = assessment.teams.iter().map(|team| team.endings.len()).sum();
        assert_eq!(ahead.len() + ended.len(), total);
        assert!(pages.iter().all(|html| html.contains(&format!("</time>: {}.", ahead.len()))));
        assert!(pages.iter().any(|html| html.contains("id=ahead") && html.contains("id=ended")), "one page has both");
        assert_eq!(dead_links(site, assessment.directory, &|_| None).unwrap(), []);
    });
}

/// The rows of a team's history, each without its mark-up.
fn history(html: &str) -> Vec<String> {
    let list = html.split("timeline").nth(1).unwrap().split_once('>').unwrap().1.split("</ol>").next().unwrap();
    let plain = |row: &str| row.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect::<String>();
    let row = |row: &str| plain(row.split_once('>').unwrap().1).split_whitespace().collect::<Vec<_>>().join(" ");
    list.split("<li").skip(1).filter(|row| row.starts_with(' ')).map(row).collect()
}

#[test]
fn a_certification_that_lapsed_is_shown_as_ended() {
    with_site(sample(), |site, _| {
        let html = page(site, "teams/azulejo-csirt.html");
        let rows = history(&html);
        assert!(rows[0].starts_with("2026-11-14 AccreditedThe certification was not renewed"), "{rows:?}");
        assert!(rows[1].starts_with("2023-11-13 Certified ended 2026-11-13"), "{rows:?}");
        assert_eq!(html.matches("<li class=now>").count() + html.matches("<li class=\"now\">").count(), 1);
        assert_eq!(html.matches("badge-ended").count(), 1);
    });
}

#[test]
fn what_follows_a_certification_decides_whether_it_lapsed() {
    let team = |status: &str| format!("name: N\ncountry: DE\nstatus: [{{level: accredited, since: 2010-01-01}}, {status}]\n");
    let certified = |since: &str, until: &str| format!("{{level: certified, since: {since}, until: {until}}}");
    let first = certified("2020-01-01", "2022-12-31");
    let project = project(&[
        ("content/teams/renewed.yaml", &team(&format!("{first}, {}", certified("2023-01-01", "2027-12-31")))),
        ("content/teams/late.yaml", &team(&format!("{first}, {}", certified("2023-03-01", "2027-12-31")))),
        (
            "content/teams/lowered.yaml",
            &team("{level: certified, since: 2025-01-01, until: 2027-12-31}, {level: accredited, since: 2026-01-01}"),
        ),
        ("content/teams/suspended.yaml", &team(&format!("{first}, {{state: suspended, since: 2022-06-01, until: 2023-06-01}}"))),
        ("content/teams/gone.yaml", &team(&format!("{first}, {{state: withdrawn, since: 2022-06-01}}"))),
    ]);
    with_site(project.path(), |site, _| {
        let rows = |id: &str| history(&page(site, &format!("teams/{id}.html")));
        assert_eq!(rows("renewed")[1..3], ["2023-01-01 Certified until 2027-12-31", "2020-01-01 Certified ended 2022-12-31"]);
        assert_eq!(rows("late")[2], "2023-01-01 AccreditedThe certification was not renewed in time");
        assert_eq!(rows("lowered")[..2], ["2026-01-01 Accredited", "2025-01-01 Certified ended 2025-12-31"]);
        assert_eq!(rows("suspended")[0], "2023-06-02 AccreditedThe suspension ended");
        assert_eq!(rows("suspended")[1], "2023-01-01 AccreditedThe certification was not renewed");
        assert_eq!(rows("suspended")[2], "2022-06-01 Suspended ended 2023-06-01");
        assert_eq!(rows("gone")[0], "2022-06-01 Withdrawn");
        assert_eq!(rows("gone")[1], "2020-01-01 Certified ended 2022-05-31");
        assert_eq!(rows("gone").len(), 3);
    });
}

/// What follows from dates stands there, be something announced before it or not; what an announced level says of its own end
/// is in its row.
#[test]
fn what_follows_behind_what_is_announced_is_part_of_the_history() {
    let team = |status: &str| format!("name: N\ncountry: DE\nstatus: [{{level: accredited, since: 2010-01-01}}, {status}]\n");
    let certified = "{level: certified, since: 2025-01-01, until: 2027-12-31}";
    let project = project(&[
        ("content/teams/rests.yaml", &team(&format!("{certified}, {{state: suspended, since: 2026-12-01, until: 2027-01-31}}"))),
        (
            "content/teams/suspended.yaml",
            &team(&format!("{certified}, {{state: suspended, since: 2026-11-01, until: 2027-01-31}}")),
        ),
        ("content/teams/leaves.yaml", &team(&format!("{certified}, {{state: withdrawn, since: 2026-12-01}}"))),
        ("content/teams/rises.yaml", &team("{level: certified, since: 2026-12-01, until: 2029-11-30}")),
    ]);
    with_site(project.path(), |site, _| {
        let rows = |id: &str| history(&page(site, &format!("teams/{id}.html")));
        let ended = "2028-01-01 AccreditedIf there is no new certification until then";
        let over = "2027-02-01 CertifiedWhen the suspension has ended";
        assert_eq!(rows("rests")[..3], [ended, over, "2026-12-01 Suspended until 2027-01-31Announced"]);
        assert_eq!(rows("suspended")[..2], [ended, over]);
        assert_eq!(rows("leaves")[0], "2026-12-01 WithdrawnAnnounced");
        assert_eq!(rows("rises")[0], "2026-12-01 Certified until 2029-11-30Announced");
    });
}

#[test]
fn page_feed_and_statistics_agree_on_what_lapsed() {
    // What is entered from the day of the certification's end on, and whether page, feed and statistics tell a lapse.
    for (status, lapses) in [
        ("", true),
        ("{level: certification-candidate, since: 2023-01-01}", true),
        ("{level: certification-candidate, since: 2022-12-31}", true),
        ("{level: accredited, since: 2023-01-01}", true),
        ("{level: listed, since: 2023-01-01}", true),
        ("{state: suspended, since: 2023-01-01}", true),
        ("{state: suspended, since: 2022-12-31}", true),
        ("{level: accredited, since: 2022-12-31}", false),
        ("{level: certified, since: 2023-01-01}", false),
        ("{state: withdrawn, since: 2023-01-01}", false),
        ("{state: withdrawn, since: 2022-12-31}", false),
    ] {
        let entry = format!(
            "name: N\ncountry: DE\nstatus: [{{level: accredited, since: 2010-01-01}}, \
             {{level: certified, since: 2020-01-01, until: 2022-12-31}}, {status}]\n"
        );
        let project = project(&[("content/teams/t.yaml", &entry)]);
        with_site(project.path(), |site, _| {
            let rows = history(&page(site, "teams/t.html"));
            let on_page =
                rows.iter().any(|row| row.starts_with("2023-01-01 ") && row.ends_with("The certification was not renewed"))
                    || rows.contains(&"2023-01-01 Accredited".to_owned());
            assert_eq!(on_page, lapses, "{status}: {rows:?}");
            let feed = page(site, "api/v1/changes.json");
            let told = feed.matches("\"on\":\"2023-01-01\",\"kind\":\"certification-lapsed\"").count();
            assert_eq!(told, usize::from(lapses), "{status}: {feed}");
            let counted = page(site, "statistics.csv").contains("certifications,,,2023,lapsed,1");
            assert_eq!(counted, lapses, "{status}");
        });
    }
}

#[test]
fn a_certification_that_something_ended_is_over_on_every_page() {
    let first = "{level: certified, since: 2024-01-01, until: 2027-01-01, authority: board}";
    let unknown = "{level: certified, since: 2024-01-01, until: unknown, authority: board}";
    let suspended = "{state: suspended, since: 2026-02-01, until: 2027-01-31}";
    for (status, shown) in [
        (first.to_owned(), "until 2027-01-01"),
        (unknown.to_owned(), "end not stated"),
        (format!("{first}, {{state: withdrawn, since: 2026-06-01}}"), "ended 2026-05-31"),
        (format!("{unknown}, {{state: withdrawn, since: 2026-06-01}}"), "ended 2026-05-31"),
        (format!("{first}, {{level: certified, since: 2026-06-01}}"), "ended 2026-05-31"),
        (format!("{unknown}, {{level: certified, since: 2026-06-01}}"), "ended 2026-05-31"),
        (format!("{first}, {{level: accredited, since: 2026-06-01}}"), "ended 2026-05-31"),
        // What is announced may end it, and takes nothing's place before it has begun.
        (format!("{first}, {{level: accredited, since: 2026-12-01}}"), "until 2026-11-30"),
        (format!("{first}, {{level: certified, since: 2026-12-01}}"), "until 2027-01-01"),
        // These leave it as it is.
        (format!("{first}, {suspended}"), "until 2027-01-01"),
        (format!("{first}, {{level: certification-candidate, since: 2026-06-01}}"), "until 2027-01-01"),
        // Withdrawn, and back, but not with the certification that it had.
        (
            format!("{first}, {{state: withdrawn, since: 2026-02-01}}, {{level: certification-candidate, since: 2026-06-01}}"),
            "ended 2026-01-31",
        ),
    ] {
        let entry = format!("name: N\ncountry: DE\nstatus: [{{level: accredited, since: 2010-01-01}}, {status}]\n");
        let project = project(&[("content/teams/n.yaml", &entry), ("content/authorities/board.yaml", "name: Board\n")]);
        with_site(project.path(), |site, _| {
            let is_over = shown.starts_with("ended");
            let html = page(site, "teams/n.html");
            let rows = history(&html);
            let row = rows.iter().find(|row| row.starts_with("2024-01-01")).unwrap();
            assert_eq!(*row, format!("2024-01-01 Certified {shown}By Board"), "{status}");
            let body = page(site, "authorities/board.html");
            let row = super::row(&body, "n");
            assert_eq!(row.contains("badge-ended"), is_over, "{status}: {row}");
            let words = shown.split(' ').next_back().unwrap();
            assert!(row.contains(words) && row.contains(shown.split(' ').next().unwrap()), "{status}: {row}");
        });
    }
    let entry = format!("name: N\ncountry: DE\nstatus: [{first}, {suspended}, {{level: accredited, since: 2026-06-01}}]\n");
    with_site(project(&[("content/teams/n.yaml", &entry)]).path(), |site, _| {
        assert_eq!(history(&page(site, "teams/n.html"))[1], "2026-02-01 Suspended ended 2026-05-31", "by the next entry");
    });
}
