//! Who stands behind a team: the bodies that decided, and those behind them; associations, agreements and tests of reachability.

use super::{bytes, page, project, with_site, with_site_on};
use peerage::site::SitePath;

/// The part of a page that begins with the heading of this id.
fn part<'h>(html: &'h str, id: &str) -> &'h str {
    let part = html.split(&format!("aria-labelledby={id}")).nth(1).unwrap_or_else(|| panic!("there is no {id}: {html}"));
    part.split("</section>").next().unwrap()
}

/// Where each of the words stands, in order.
fn in_order(text: &str, words: &[&str]) -> bool {
    let mut from = 0;
    words.iter().all(|word| text[from..].find(word).map(|at| from += at + word.len()).is_some())
}

const TEAM: &str = "name: Alpha\ncountry: AT\nconfirmed: 2026-11-01\nstatus:\n\
    - {level: accredited, since: 2015-01-01, authority: board, verifications: [{kind: reachability, date: 2014-12-01}]}\n\
    - {level: certified, since: 2025-01-01, authority: office, certificate: O-1, verifications: [{kind: on-site-workshop, date: \
      2024-12-01, authority: board}]}\n";

#[test]
fn the_chain_leads_from_the_first_body_to_the_team() {
    let office = "name: Office <b>\nentitlements: [{kind: certification, scheme: Office scheme, standards: [SIM3]}]\n\
                  accreditations:\n- {authority: old, until: 2019-12-31}\n- {authority: beacon, since: 2020-01-01, until: 2026-11-20, standards: [EA-7/03]}\n";
    let project = project(&[
        ("content/teams/alpha.yaml", TEAM),
        ("content/authorities/board.yaml", "name: Board\n"),
        ("content/authorities/office.yaml", office),
        ("content/authorities/beacon.yaml", "name: Beacon\naccreditations: [{authority: office, since: 2020-01-01}]\n"),
        ("content/authorities/old.yaml", "name: Old\n"),
    ]);
    with_site(project.path(), |site, _| {
        let html = page(site, "teams/alpha.html");
        let chain = part(&html, "chain");
        let words = chain.split("<ol").nth(1).unwrap();
        assert!(
            in_order(words, &["Beacon", "accredited", "Office &lt;b&gt;", "Office &lt;b&gt;", "certified", "Alpha"]),
            "{words}"
        );
        assert!(words.contains("ended <time>2026-11-20") && words.contains("EA-7/03"), "{words}");
        assert!(words.contains("Office scheme") && words.contains("SIM3") && words.contains("Certificate <bdi>O-1"), "{words}");
        let picture = chain.split("<ol").next().unwrap();
        assert!(in_order(picture, &["accredited", "certified", "Beacon", "Office &lt;b&gt;", "Alpha"]), "{picture}");
        // The two bodies accredit each other; the chain ends all the same.
        assert_eq!(words.matches("<li>").count(), 2, "{words}");
        let history = part(&html, "history");
        assert!(
            in_order(
                history,
                &["2025-01-01", "on-site workshop, ", "Board", "2024-12-01", "2015-01-01", "reachability (<time>2014-12-01"]
            ),
            "{history}"
        );
        assert!(!page(site, "authorities/board.html").contains("aria-labelledby=accredited-by"));
        let of = page(site, "authorities/office.html");
        assert!(
            in_order(part(&of, "accredited-by"), &["Old", "ended <time>2019-12-31", "Beacon", "ended <time>2026-11-20"]),
            "{of}"
        );
        assert!(part(&of, "accredited").contains("Beacon") && part(&of, "issued").contains("O-1"), "{of}");
    });
}

#[test]
fn decisions_of_a_body_are_split_and_none_is_lost() {
    let names: Vec<(String, String)> = (0..700)
        .map(|at| {
            let entry =
                format!("name: Team {at}\ncountry: AT\nstatus: [{{level: accredited, since: 2020-01-01, authority: board}}]\n");
            (format!("content/teams/t{at}.yaml"), entry)
        })
        .collect();
    let mut files: Vec<(&str, &str)> = names.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(("content/authorities/board.yaml", "name: Board\n"));
    let project = project(&files);
    with_site(project.path(), |site, _| {
        let is_its =
            |path: &&SitePath| path.as_str() == "authorities/board.html" || path.as_str().starts_with("authorities/board/");
        let pages: Vec<&str> = site.paths().filter(is_its).map(SitePath::as_str).collect();
        assert!(pages.len() > 2, "{pages:?}");
        let listed: usize = pages.iter().map(|path| page(site, path).matches("class=name").count()).sum();
        assert_eq!(listed, 700);
        assert!(pages.iter().all(|path| bytes(site, path).len() < 150_000));
    });
}

#[test]
fn associations_have_their_members_of_the_day() {
    let team = |name: &str, ties: &str| format!("name: {name}\ncountry: AT\n{ties}\n");
    let project = project(&[
        ("content/teams/a.yaml", &team("A", "memberships: [{name: First <b>, since: 2020-01-01}, {name: index}]")),
        ("content/teams/b.yaml", &team("B", "memberships: [{name: FIRST <b> (Full Member), until: 2026-11-21}]")),
        (
            "content/teams/c.yaml",
            &team("C", "memberships: [{name: first <B>, since: 2026-12-01}, {name: 東京}, {name: Dong Jing}]"),
        ),
        ("content/teams/d.yaml", &team("D", "memberships: [{name: First <b>}]\nstatus: [{state: withdrawn, since: 2020-01-01}]")),
    ]);
    let members = |day: &str, id: &str| {
        let mut found = Vec::new();
        with_site_on(day, project.path(), |site, _| {
            let html = page(site, &format!("associations/{id}.html"));
            let rows = html.split("<tbody").nth(1).unwrap().split("</table>").next().unwrap();
            found.extend(rows.split("teams/").skip(1).map(|rest| rest.split('.').next().unwrap().to_owned()));
        });
        found.join(" ")
    };
    assert_eq!(members("2026-11-21", "first-b"), "a b");
    assert_eq!(members("2026-11-22", "first-b"), "a");
    assert_eq!(members("2026-12-01", "first-b"), "a c");
    with_site(project.path(), |site, _| {
        let index = page(site, "associations/index.html");
        let index = index.split("class=index").nth(1).unwrap().split("</ul>").next().unwrap();
        // Reserved names, and names that are alike in ASCII alone, have addresses of their own.
        for part in ["associations/association-index.html", "associations/dong-jing.html", "associations/dong-jing-2.html"] {
            assert!(index.contains(part), "{part}: {index}");
        }
        assert!(index.contains("<bdi>First &lt;b&gt;</bdi>"), "{index}");
        let b = page(site, "teams/b.html");
        assert!(part(&b, "marks").contains("associations/first-b.html") && part(&b, "ties").contains("(Full Member)"), "{b}");
        assert!(!page(site, "teams/d.html").contains("aria-labelledby=marks"));
        let told = page(site, "statistics.csv");
        assert!(told.contains("associations,,,first-b,teams,2\r\n"), "{told}");
    });
}

#[test]
fn agreements_count_while_they_are_in_force() {
    let team = |name: &str, agreements: &str| format!("name: {name}\ncountry: AT\nagreements: [{agreements}]\n");
    let code = "{kind: code-of-practice, name: Code";
    let project = project(&[
        ("content/teams/a.yaml", &team("A", &format!("{code}, since: 2020-01-01}}, {code} too}}"))),
        ("content/teams/b.yaml", &team("B", &format!("{code}, until: 2026-11-20}}"))),
        ("content/teams/c.yaml", &team("C", "{kind: service-level-agreement, name: S, since: 2026-11-22}")),
    ]);
    with_site(project.path(), |site, _| {
        let told = page(site, "statistics.csv");
        assert!(told.contains("agreements,,,code-of-practice,teams,1\r\n") && !told.contains("service-level"), "{told}");
        let html = page(site, "statistics.html");
        let table = part(&html, "agreements");
        assert!(
            in_order(table, &["code of practice", "<td>1", "memorandum", "<td>0", "service level agreement", "<td>0"]),
            "{table}"
        );
        let (a, b) = (page(site, "teams/a.html"), page(site, "teams/b.html"));
        assert!(part(&a, "marks").contains("Code too") && !b.contains("aria-labelledby=marks"), "{a}");
    });
}

#[test]
fn the_last_response_test_is_told_where_the_operator_chose_so() {
    let team = "name: A\ncountry: AT\ncontact: {emails: [{address: a@a.example}]}\nresponse_tests:\n\
                - {date: 2026-12-01, channel: email, hours: in, answered: not}\n\
                - {date: 2026-09-19, channel: telephone, hours: out, answered: within-4-hours}\n\
                - {date: 2026-03-01, channel: email, hours: in, answered: later}\n";
    for (settings, told) in [("", false), ("response_tests: true\n", true), ("response_tests: false\n", false)] {
        let site = format!("title: T\nsample: true\n{settings}");
        let project = project(&[("content/site.yaml", &site), ("content/teams/a.yaml", team)]);
        with_site(project.path(), |site, _| {
            let html = page(site, "teams/a.html");
            let sentence = "<time>2026-09-19</time>, out of hours, by telephone: answered within 4 hours";
            assert_eq!(html.contains(sentence), told, "{settings}: {html}");
            let json = page(site, "api/v1/teams.json");
            assert_eq!(json.contains("within-4-hours"), told, "{json}");
            assert!(!json.contains("\"not\""), "{json}");
            // What all together amount to is told in any case; here of one team, whose entry says it.
            let statistics = page(site, "statistics.html");
            let table = part(&statistics, "reachability");
            assert!(
                in_order(table, &["by e-mail, in hours", "<td>1", "100 %", "by telephone, out of hours", "<td>1", "100 %"]),
                "{table}"
            );
            let figures = page(site, "statistics.csv");
            assert!(figures.contains("reachability,response-tests-audit,all,R-4,share of 3,100\r\n"), "{figures}");
        });
    }
}

#[test]
fn a_decision_that_is_ahead_is_called_announced() {
    let team = |since: &str| format!("name: A\ncountry: AT\nstatus: [{{level: accredited, since: {since}, authority: board}}]\n");
    for (since, is_ahead) in [("2026-11-21", false), ("2026-11-22", true)] {
        let files = [("content/teams/a.yaml", &*team(since)), ("content/authorities/board.yaml", "name: Board\n")];
        with_site(project(&files).path(), |site, _| {
            let html = page(site, "authorities/board.html");
            let row = super::row(&html, "a");
            assert_eq!(row.contains("Announced") && row.contains("badge-accredited badge-ahead"), is_ahead, "{since}: {row}");
        });
    }
}

#[test]
fn wherever_members_stand_a_certification_that_expired_is_told() {
    let team = |until: &str| {
        format!(
            "name: A\ncountry: AT\nmemberships: [{{name: Circle}}]\nstatus: [{{level: certified, since: 2020-01-01, until: {until}}}]\n"
        )
    };
    for (until, has_expired) in [("2026-11-20", true), ("2027-11-20", false)] {
        let files = [("content/site.yaml", "title: T\nsample: true\nformats: [csv]\n"), ("content/teams/a.yaml", &team(until))];
        with_site(project(&files).path(), |site, _| {
            let told = format!("Certification expired on <time>{until}</time>");
            for path in ["associations/circle.html", "contacts.html", "teams/index.html", "levels/accredited.html"] {
                let html = page(site, path);
                assert_eq!(html.contains("teams/a.html") && html.contains(&told), has_expired, "{path} until {until}: {html}");
            }
            let table = page(site, "teams.csv");
            let cells = if has_expired {
                ",accredited,accredited,2020-01-01,,2026-11-20,,,"
            } else {
                ",certified,certified,2020-01-01,2027-11-20,,2027-11-21,"
            };
            assert!(table.contains(cells), "{table}");
        });
    }
}

#[test]
fn of_many_trust_marks_the_code_comes_first_and_the_rest_is_counted() {
    let members = (1..=13).map(|at| format!("{{name: M{at}}}")).collect::<Vec<_>>().join(", ");
    let entry = format!(
        "name: A\ncountry: AT\nmemberships: [{members}]\nagreements: [{{kind: code-of-practice, name: Code, since: 2020-01-01}}]\n"
    );
    let project = project(&[("content/teams/a.yaml", &entry)]);
    with_site(project.path(), |site, _| {
        let html = page(site, "teams/a.html");
        let marks = part(&html, "marks");
        assert!(in_order(marks, &["Code", "M1<", "M11<", "and 2 more</a>"]) && !marks.contains("M12<"), "{marks}");
    });
}
