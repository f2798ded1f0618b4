//! What the first page, the page of a team and the sheet of contacts show.

use super::*;
use peerage::model::{Country, State};
use std::collections::BTreeMap;

#[test]
fn the_map_has_a_square_for_every_country_and_a_link_for_those_with_teams() {
    with_site(sample(), |site, assessment| {
        let html = page(site, "index.html");
        let map = html.split("class=map").nth(1).unwrap().split("class=legend").next().unwrap();
        let mut teams: BTreeMap<Country, usize> = BTreeMap::new();
        for assessed in assessment.teams.iter().filter(|team| !team.standing.status.is_withdrawn()) {
            *teams.entry(assessed.team.country).or_default() += 1;
        }
        assert!(teams.values().sum::<usize>() < assessment.teams.len(), "the sample has one that withdrew");
        assert_eq!(map.matches("<a ").count(), teams.len());
        let faint = map.split("<path").filter(|path| path.contains("class=faint"));
        let faint: usize = faint.map(|path| path.split('>').next().unwrap().matches('M').count()).sum();
        assert_eq!(faint + teams.len(), Country::all().count());
        for (country, number) in teams {
            let words = if number == 1 { "team" } else { "teams" };
            let name = format!("<title>{} ({country}): {number} {words}</title>", country.name());
            let link = format!("countries/{}.html", country.code().to_lowercase());
            let square = map.split("<a ").find(|square| square.contains(&name)).unwrap_or_else(|| panic!("no {name} in {map}"));
            assert!(square.contains(&link) && square.contains(&format!(">{country}<")), "{square}");
            assert!(square.contains(&format!(">{number}<")), "colour is not all that tells the number: {square}");
            // The same in words.
            let list = html.split("class=index").nth(1).unwrap();
            let row = list.split("<li>").find(|row| row.contains(&link)).unwrap();
            assert!(row.contains(&format!(">{number}<")), "{row}");
        }
    });
}

#[test]
fn who_withdrew_is_in_lists_and_counted_nowhere() {
    let (gone, here) = ("status: [{level: listed, since: 2020-01-01}, {state: withdrawn, since: 2025-01-01}]", "");
    let team = |name: &str, country: &str, status: &str| format!("name: {name}\ncountry: {country}\ntypes: [gov]\n{status}\n");
    let (a, b, c) = (team("A", "FR", gone), team("B", "AT", gone), team("C", "AT", here));
    let project = project(&[("content/teams/a.yaml", &a), ("content/teams/b.yaml", &b), ("content/teams/c.yaml", &c)]);
    let row = |html: &str, href: &str| html.split("<li>").find(|row| row.contains(href)).map(str::to_owned);
    with_site(project.path(), |site, _| {
        let home = page(site, "index.html");
        assert!(home.contains("1 team in 1 country"), "{home}");
        assert!(row(&home, "countries/at.html").unwrap().contains(">1<"), "{home}");
        assert!(row(&home, "types/gov.html").unwrap().contains(">1<"), "{home}");
        assert!(!home.contains("countries/fr.html"), "{home}");
        assert!(page(site, "statistics.html").contains("1 team"));
        // Whoever looks for one that withdrew finds it.
        let all = page(site, "countries/index.html");
        assert!(row(&all, "fr.html").unwrap().contains(">0<"), "{all}");
        assert!(page(site, "countries/fr.html").contains("teams/a.html"));
    });
    // Where all are gone the first page still leads to them.
    fs::remove_file(project.path().join("content/teams/c.yaml")).unwrap();
    with_site(project.path(), |site, _| {
        let home = page(site, "index.html");
        assert!(home.contains("0 teams in 0 countries") && home.contains("levels/withdrawn.html"), "{home}");
    });
}

#[test]
fn the_first_page_tells_what_changed_last_as_the_json_does() {
    with_site(sample(), |site, _| {
        let html = page(site, "index.html");
        let news = html.split("id=changed").nth(1).unwrap().split("</section>").next().unwrap();
        let told: serde_json::Value = serde_json::from_slice(&bytes(site, "api/v1/changes.json")).unwrap();
        let expected: Vec<(String, String)> = told["changes"].as_array().unwrap()[..8]
            .iter()
            .map(|change| (change["on"].as_str().unwrap().to_owned(), change["team"]["page"].as_str().unwrap().to_owned()))
            .collect();
        let shown = news.split("<li>").skip(1).map(|item| {
            let after = |mark: &str| item.split(mark).nth(1).unwrap();
            let day: String = after("<time>").chars().take(10).collect();
            (day, after("href=").trim_start_matches('"').split(['"', ' ', '>']).next().unwrap().to_owned())
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected);
    });
}

#[test]
fn the_field_sends_nothing_and_leads_to_lookup() {
    let project = project(&[("content/teams/a.yaml", "name: A\ncountry: DE\n")]);
    with_site(project.path(), |site, _| {
        let html = page(site, "index.html");
        assert!(!html.contains("<form") && html.contains("href=\"teams/index.html\""), "{html}");
        assert!(!site.paths().any(|path| path.as_str().contains("assets/ask.")));
    });
    fs::write(project.path().join("content/site.yaml"), "title: T\nformats: [lookup]\n").unwrap();
    with_site(project.path(), |site, _| {
        let html = page(site, "index.html");
        let form = html.split("<form").nth(1).unwrap().split("</form>").next().unwrap();
        assert!(form.contains("action=\"lookup.html\"") || form.contains("action=lookup.html"), "{form}");
        let field = form.split("<input").nth(1).unwrap().split('>').next().unwrap();
        assert!(!field.contains("name="), "what is typed would be sent to the host: {field}");
        assert!(form.contains("<label for=q>"), "{form}");
        assert!(html.contains("assets/ask."), "{html}");
    });
}

#[test]
fn the_sheet_has_whoever_can_be_reached() {
    with_site(sample(), |site, assessment| {
        let html = page(site, "contacts.html");
        for assessed in &assessment.teams {
            let (team, id) = (assessed.team, assessed.team.id.as_str());
            if assessed.standing.status.state == Some(State::Withdrawn) {
                assert!(!html.contains(&format!("teams/{id}.html")), "{id} has withdrawn");
                continue;
            }
            let row = row(&html, id);
            assert!(row.contains(assessed.standing.status.title()), "{id}: {row}");
            for phone in &team.contact.phones {
                let is_fax = phone.usage.iter().any(|usage| usage.id() == "fax");
                assert_eq!(row.contains(&format!("tel:{}", phone.number.compact())), !is_fax, "{id}: {row}");
            }
            let has_expired = assessed
                .standing
                .expired()
                .is_some_and(|last| row.contains(&format!("Certification expired on <time>{last}</time>")));
            assert_eq!(has_expired, assessed.standing.expired().is_some(), "{id}: {row}");
            assert!(team.contact.main_email().is_none_or(|email| row.contains(email.as_str())), "{id}: {row}");
            if let Some(until) = assessed.standing.valid_until {
                assert!(row.contains(&until.to_string()), "{id}: {row}");
            }
        }
    });
}

#[test]
fn no_page_of_the_sheet_is_too_long() {
    let phones: String = (0..10)
        .map(|at| format!("  - {{number: +1 202 555 01{at:02}, usage: [emergency], comment: '{}'}}\n", "&".repeat(200)))
        .collect();
    let entry = format!(
        "name: A\ncountry: DE\ncontact:\n  hours: '{}'\n  emails:\n  - {{address: \"{}@a.example\", usage: [emergency]}}\n  phones:\n{phones}",
        "<".repeat(200),
        "&'".repeat(30)
    );
    let names: Vec<String> = (0..60).map(|at| format!("content/teams/t{at}.yaml")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), entry.as_str())).collect();
    with_site(project(&files).path(), |site, _| {
        let sheets = site.paths().filter(|path| path.as_str().starts_with("contacts"));
        let lengths: Vec<usize> = sheets.map(|path| page(site, path.as_str()).len()).collect();
        assert!(lengths.len() > 1 && lengths.iter().all(|length| *length <= 150_000), "{lengths:?}");
        assert!(lengths.iter().sum::<usize>() > 300_000, "too little stands on them: {lengths:?}");
    });
}

#[test]
fn the_entry_is_shown_as_it_stands() {
    let entry = "# </code></pre><script>alert(1)</script> {{ site.title }}\nname: A\ncountry: DE\nhost: '\"><img src=x>'\n";
    let long = format!("name: B\ncountry: DE\n# {}\n", "x".repeat(5_000));
    let project = project(&[("content/teams/a.yaml", entry), ("content/teams/b.yaml", &long)]);
    with_site(project.path(), |site, _| {
        let html = page(site, "teams/a.html");
        let shown = html.split("<details>").nth(1).unwrap().split("<code>").nth(1).unwrap().split("</code>").next().unwrap();
        let read = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
        assert_eq!(read.trim(), entry.trim());
        assert!(!html.contains("<script>alert") && !html.contains("<img src=x"), "{html}");
        let html = page(site, "teams/b.html");
        assert!(html.contains("content/teams/b.yaml") && !html.contains("xxxxx"), "what is long is named, not shown: {html}");
    });
}

#[test]
fn who_can_mend_an_entry_is_led_to_it() {
    let project = project(&[("content/teams/a.yaml", "name: A\ncountry: DE\n")]);
    with_site(project.path(), |site, _| assert!(!page(site, "teams/a.html").contains("Improve")));
    let config = "title: T\nrepository: https://git.example/d/edit/main/{path}?a=1&b=2\n";
    fs::write(project.path().join("content/site.yaml"), config).unwrap();
    with_site(project.path(), |site, _| {
        let html = page(site, "teams/a.html");
        let link = "href=\"https://git.example/d/edit/main/content/teams/a.yaml?a=1&amp;b=2\"";
        assert!(html.contains(link), "{html}");
    });
}

#[test]
fn who_vouched_and_for_whom_is_told_on_both_pages() {
    let sponsored = "name: New\ncountry: DE\nstatus:\n- {level: listed, since: 2024-01-01, sponsors: [old]}\n\
                     - {level: accredited, since: 2025-01-01, sponsors: [old, gone]}\n";
    let project = project(&[
        ("content/teams/new.yaml", sponsored),
        ("content/teams/old.yaml", "name: Old <b>\ncountry: DE\n"),
        ("content/teams/gone.yaml", "name: Gone\ncountry: DE\nstatus: [{level: listed, since: 2020-01-01}]\n"),
    ]);
    with_site(project.path(), |site, _| {
        let part = |id: &str| {
            let html = page(site, &format!("teams/{id}.html"));
            html.split("id=vouching").nth(1).map(|part| part.split("</section>").next().unwrap().to_owned())
        };
        let new = part("new").unwrap();
        assert_eq!((new.matches("teams/old.html").count(), new.matches("teams/gone.html").count()), (1, 1), "{new}");
        assert!(new.contains("Old &lt;b&gt;") && new.contains("Vouched for by") && !new.contains("Has vouched"), "{new}");
        let old = part("old").unwrap();
        assert!(old.contains("Has vouched for") && old.matches("teams/new.html").count() == 1, "{old}");
    });
}

/// However many they are, there is a way to all of them, and the page stays small.
#[test]
fn a_team_that_vouched_for_very_many_leads_to_all_of_them() {
    let vouched = |count: usize, name: &str| {
        let teams = (0..count).map(|at| {
            let path = format!("content/teams/new-{at}.yaml");
            (path, format!("name: {name} {at}\ncountry: DE\nstatus: [{{level: listed, since: 2024-01-01, sponsors: [old]}}]\n"))
        });
        let files: Vec<(String, String)> =
            teams.chain([("content/teams/old.yaml".to_owned(), "name: Old\ncountry: DE\n".to_owned())]).collect();
        let project = project(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>());
        let mut told = String::new();
        with_site(project.path(), |site, _| {
            let html = page(site, "teams/old.html");
            assert!(html.len() < 40_000, "{} bytes", html.len());
            told = html.split("id=vouching").nth(1).unwrap().split("</section>").next().unwrap().to_owned();
        });
        told
    };
    let some = vouched(60, "New");
    assert_eq!(some.matches("teams/new-").count(), 60, "{some}");
    assert!(some.contains("and 40 more") && !some.contains("teams.json"), "{some}");
    let many = vouched(300, &"New ".repeat(20));
    let shown = many.matches("teams/new-").count();
    assert!(many.contains("and 280 more") && (40..300).contains(&shown), "{shown} of 300");
    let left = format!("{} more stand in <a href=\"../api/v1/teams.json\">teams.json</a> alone", 300 - shown);
    assert!(many.contains(&left), "{left}: {many}");
}

#[test]
fn a_team_page_is_light() {
    with_site(sample(), |site, assessment| {
        let size = |reference: &str| bytes(site, reference.trim_start_matches("../")).len();
        let mut heaviest = 0;
        for assessed in &assessment.teams {
            let path = format!("teams/{}.html", assessed.team.id);
            let html = page(site, &path);
            assert!(html.len() < 40_000, "{path} has {} bytes", html.len());
            let loaded: BTreeSet<&str> = html.split("../assets/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
            let assets: usize = loaded.iter().map(|name| size(&format!("assets/{name}"))).sum();
            let whole = html.len() + assets + size(&format!("teams/{}.svg", assessed.team.id));
            assert!(whole < 72_000, "{path} weighs {whole} bytes with all that it loads");
            heaviest = heaviest.max(whole);
        }
        assert!(heaviest > 40_000, "{heaviest}");
    });
}
