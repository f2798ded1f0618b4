//! The pages of a whole site: what they say agrees, nothing that a team writes does harm, and no list is too long.

mod contrast;
mod data;
mod dates;
mod endings;
mod face;
mod formats;
mod keys;
mod languages;
mod lookup_page;
mod search;
mod trust;

use crate::project::{ENTRY, Project};
use peerage::assess::{Assessment, FlagKind, KeyFault, What, assess};
use peerage::load::{Directory, load};
use peerage::output::{Stamp, write};
use peerage::site::{Site, SitePath, dead_links, plan, theme};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const TODAY: &str = "2026-11-21";

/// The pages of a project, planned for [`TODAY`], handed to `look`.
fn with_site(root: &Path, look: impl FnOnce(&Site<'_>, &Assessment<'_>)) {
    with_site_on(TODAY, root, look);
}

/// The same, planned for a day.
fn with_site_on(day: &str, root: &Path, look: impl FnOnce(&Site<'_>, &Assessment<'_>)) {
    let directory: Directory = load(root).unwrap().0.unwrap();
    let assessment = assess(&directory, day.parse().unwrap());
    let theme = theme(root, &assessment).unwrap();
    let (site, findings) = plan(&assessment, &theme, root);
    assert_eq!(findings, []);
    look(&site, &assessment);
}

fn bytes(site: &Site<'_>, path: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let found = site.render(&SitePath::new(path).unwrap(), &mut out);
    found.unwrap_or_else(|| panic!("there is no {path}")).unwrap_or_else(|error| panic!("{path}: {error}"));
    out
}

fn page(site: &Site<'_>, path: &str) -> String {
    String::from_utf8(bytes(site, path)).unwrap()
}

/// Where the asset of this plain name stands in the site: `style.css` as `assets/style.0123abcd.css`.
fn asset(site: &Site<'_>, name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.').unwrap();
    let is_it = |path: &&str| {
        let hash = path.strip_prefix(&format!("assets/{stem}.")).and_then(|rest| rest.strip_suffix(&format!(".{ending}")));
        hash.is_some_and(|hash| hash.len() == 8 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    site.paths().map(SitePath::as_str).find(is_it).map(str::to_owned)
}

/// A project with these files.
fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("content/teams")).unwrap();
    fs::write(
        folder.path().join("content/site.yaml"),
        "title: A & B <i>\nsample: true\nformats: [trusted-introducer, web-key-directory]\n",
    )
    .unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn sample() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The part of a list that is about one team.
fn row<'h>(html: &'h str, id: &str) -> &'h str {
    let at = html.find(&format!("teams/{id}.html\"")).unwrap_or_else(|| panic!("{id} is not in the list"));
    html[at..].split("</tr>").next().unwrap()
}

#[test]
fn no_page_is_made_without_its_entry() {
    let project = Project::with_entry("name: X\ncountry: AT\nstatus: [{level: listed, since: 2020-01-01}]\n");
    with_site(&project.root(), |site, _| {
        fs::remove_file(project.path(ENTRY)).unwrap();
        let made = site.render(&SitePath::new("teams/x.html").unwrap(), &mut Vec::new()).unwrap();
        let told = made.unwrap_err().to_string();
        assert!(told.contains(ENTRY) && told.contains("cannot be read now"), "{told}");
    });
}

#[test]
fn lists_and_pages_agree_on_every_level() {
    with_site(sample(), |site, assessment| {
        let all = page(site, "teams/index.html");
        for assessed in &assessment.teams {
            let (id, status) = (assessed.team.id.as_str(), assessed.standing.status);
            let badge = format!("badge-{}", if status.id() == "not-stated" { "none" } else { status.id() });
            let country = page(site, &format!("countries/{}.html", assessed.team.country.code().to_lowercase()));
            let level = page(site, &format!("levels/{}.html", status.id()));
            for list in [row(&all, id), row(&country, id), row(&level, id)] {
                assert!(list.contains(&badge) && list.contains(status.title()), "{id}: {list}");
            }
            let team = page(site, &format!("teams/{id}.html"));
            assert!(team.contains(&format!("{badge} badge-large")), "{id}");
            if let Some(until) = assessed.standing.valid_until {
                assert!(team.contains(&format!("Until <time>{until}<")), "{id}");
            }
        }
    });
}

#[test]
fn every_link_inside_leads_somewhere() {
    with_site(sample(), |site, assessment| assert_eq!(dead_links(site, assessment.directory, &|_| None).unwrap(), []));
}

#[test]
fn every_status_has_its_page_even_without_teams() {
    let project = project(&[]);
    with_site(project.path(), |site, assessment| {
        for id in [
            "listed",
            "accreditation-candidate",
            "accredited",
            "certification-candidate",
            "certified",
            "suspended",
            "withdrawn",
            "not-stated",
        ] {
            assert!(page(site, &format!("levels/{id}.html")).contains("No teams"), "{id}");
            assert!(page(site, "methodology.html").contains(&format!("levels/{id}.html")), "{id}");
        }
        for path in ["index.html", "teams/index.html", "countries/index.html", "types/index.html", "expiring.html"] {
            assert!(page(site, path).contains("A &amp; B &lt;i&gt;"), "{path}");
        }
        assert_eq!(dead_links(site, assessment.directory, &|_| None).unwrap(), []);
    });
}

/// The page without the elements that load scripts of ours.
fn without_scripts(site: &Site<'_>, html: &str) -> String {
    let mut html = html.to_owned();
    for name in ["dates.js", "shards.js", "teams.js", "team.js"] {
        for root in ["", "../"] {
            let path = asset(site, name).unwrap_or_else(|| panic!("there is no {name}"));
            html = html.replace(&format!("<script src=\"{root}{path}\" defer></script>"), "");
        }
    }
    html
}

#[test]
fn what_a_team_writes_is_only_text() {
    let entry = r#"
name: "<script>alert(1)</script>"
official_name: "{{ site.title }} {% raw %} \u200fab\" onclick=\"x"
country: AT
host: "</bdi></h1><img src=x>"
types: [academic]
website: https://a.example/"onclick=x
contact:
  emails: [{address: "a&b'c@a.example"}]
  phones: [{number: +1 202 555 0100, comment: "<b>"}]
  hours: "<i>"
  address: |
    One <b>
    Two
agreements: [{kind: code-of-practice, name: "<u>{{ x }}", until: 2026-12-01}]
status: [{level: certified, since: 2024-05-01, certificate: "<s>"}]
description: |
  <script>alert(2)</script>
"#;
    let project = project(&[("content/teams/evil.yaml", entry)]);
    with_site(project.path(), |site, _| {
        for path in ["index.html", "teams/index.html", "teams/evil.html", "expiring.html", "countries/at.html"] {
            let html = without_scripts(site, &page(site, path));
            for bad in ["<script", "<img src=x", "<b>", "<i>", "<u>", "<s>", "\"x\"", "\"onclick", "\" onclick"] {
                assert!(!html.contains(bad), "{path} has {bad}");
            }
        }
        let html = page(site, "teams/evil.html");
        assert!(html.contains("<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>"));
        assert!(html.contains("{{ site.title }} {% raw %}"));
        assert!(html.contains("One &lt;b&gt;</bdi><br><bdi>Two"), "{html}");
        assert!(html.contains("mailto:a%26b&#39;c@a.example"), "{html}");
    });
}

#[test]
fn no_list_is_too_long_even_with_the_longest_names() {
    let mut files = Vec::new();
    for at in 0..300 {
        let mut entry = format!("name: '{at:03}{}'\nofficial_name: '{}'\ncountry: DE\n", "\"".repeat(97), "&".repeat(500));
        entry.push_str("types: [academic, commercial, financial, ciip]\nstatus: [{level: certified, since: 2024-01-01}]\n");
        entry.push_str("keys:\n");
        for key in 0..3 {
            writeln!(entry, "- {{fingerprint: {:040X}, expires: 2026-12-0{}}}", at * 10 + key + 1, key + 1).unwrap();
        }
        writeln!(entry, "agreements: [{{kind: code-of-practice, name: '{}', until: 2026-12-24}}]", "<".repeat(400)).unwrap();
        files.push((format!("content/teams/t{at:03}-{}.yaml", "x".repeat(70)), entry));
    }
    let own: Vec<(String, String)> =
        (0..20).map(|at| (format!("content/pages/p{at}.md"), format!("---\ntitle: '{}'\n---\n", "\"".repeat(100)))).collect();
    let all: Vec<(&str, &str)> = files.iter().chain(&own).map(|(path, text)| (path.as_str(), text.as_str())).collect();
    with_site(project(&all).path(), |site, assessment| {
        let mut teams = 0;
        for path in site.paths().filter(|path| path.is_page()) {
            let html = page(site, path.as_str());
            assert!(html.len() <= 150_000, "{path} has {} bytes", html.len());
            let is_list = path.as_str().starts_with("teams/page/") || path.as_str() == "teams/index.html";
            teams += if is_list { html.matches("<tr><th scope=row>").count() } else { 0 };
        }
        assert_eq!(teams, 300);
        for path in
            ["teams/page/2.html", "countries/de/2.html", "levels/certified/2.html", "types/ciip/2.html", "expiring/2.html"]
        {
            assert!(site.contains(&SitePath::new(path).unwrap()), "{path}");
        }
        assert_eq!(dead_links(site, assessment.directory, &|_| None).unwrap(), []);
    });
}

/// Types and associations are what entries name, so that there may be any number.
#[test]
fn the_lists_of_all_types_and_associations_are_split() {
    let names: Vec<String> = (0..60).map(|at| format!("content/teams/t{at}.yaml")).collect();
    let entry = |at: usize| {
        let types: Vec<String> = (0..20).map(|kind| format!("kind-{at}-{kind}-{}", "x".repeat(60))).collect();
        let ties: Vec<String> = (0..20).map(|tie| format!("{{name: '{at} {tie} {}'}}", "\"".repeat(80))).collect();
        format!("name: T{at}\ncountry: AT\ntypes: [{}]\nmemberships: [{}]\n", types.join(", "), ties.join(", "))
    };
    let entries: Vec<String> = (0..60).map(entry).collect();
    let files: Vec<(&str, &str)> = names.iter().zip(&entries).map(|(name, entry)| (name.as_str(), entry.as_str())).collect();
    with_site(project(&files).path(), |site, assessment| {
        for folder in ["types", "associations"] {
            let pages = (2..).map(|number| format!("{folder}/page/{number}.html")).map(|path| SitePath::new(path).unwrap());
            let pages: Vec<SitePath> = pages.take_while(|path| site.contains(path)).collect();
            assert!(!pages.is_empty(), "{folder}");
            let mut entries = 0;
            for path in std::iter::once(&SitePath::new(format!("{folder}/index.html")).unwrap()).chain(&pages) {
                let html = page(site, path.as_str());
                assert!(html.len() <= 150_000 && html.contains("class=pages"), "{path} has {} bytes", html.len());
                entries += html.matches("<span class=n>").count();
            }
            assert_eq!(entries, 1200, "{folder}");
        }
        assert_eq!(dead_links(site, assessment.directory, &|_| None).unwrap(), []);
    });
}

#[test]
fn pages_are_well_filled() {
    let entry = "name: A team with a name\nofficial_name: The Official Name of the Team\ncountry: FR\ntypes: [academic]\nstatus: [{level: certified, since: 2025-01-01}]\nconfirmed: 2026-11-01\n";
    let names: Vec<String> = (0..400).map(|at| format!("content/teams/team-{at}.yaml")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), entry)).collect();
    with_site(project(&files).path(), |site, _| {
        let length = page(site, "teams/index.html").len();
        assert!((75_000..=150_000).contains(&length), "{length}");
    });
}

#[test]
fn a_page_that_is_served_at_any_depth_has_no_relative_link() {
    let project = project(&[]);
    with_site(project.path(), |site, _| {
        let html = page(site, "404.html");
        assert!(!html.contains("href") && !html.contains("src="), "{html}");
    });
    fs::write(project.path().join("content/site.yaml"), "title: T\nbase_url: https://d.example/x/\n").unwrap();
    with_site(project.path(), |site, assessment| {
        let html = page(site, "404.html");
        let style = format!("https://d.example/x/{}", asset(site, "style.css").unwrap());
        assert!(html.contains(&style) && html.contains("https://d.example/x/teams/index.html"));
        assert_eq!(
            html.matches("href").count(),
            html.matches("href=\"https://d.example/x/").count() + 1,
            "all but #main: {html}"
        );
        assert_eq!(dead_links(site, assessment.directory, &|_| None).unwrap(), []);
    });
}

#[test]
fn names_that_are_ours_are_findings() {
    let text = "---\ntitle: Mine\n---\nhello\n";
    let project = project(&[
        ("content/pages/teams.md", text),
        ("content/pages/own.md", text),
        ("static/index.html", "x"),
        ("static/a.txt", "a"),
    ]);
    let directory = load(project.path()).unwrap().0.unwrap();
    let assessment = assess(&directory, TODAY.parse().unwrap());
    let theme = theme(project.path(), &assessment).unwrap();
    let (site, findings) = plan(&assessment, &theme, project.path());
    let files: Vec<&str> = findings.iter().map(|finding| &*finding.place.file).collect();
    assert_eq!(files, ["static/index.html", "content/pages/teams.md"]);
    assert!(findings.iter().all(|finding| finding.rule.id() == "file-name"));
    assert_eq!(page(&site, "a.txt"), "a");
    assert!(page(&site, "index.html").contains("<h1>") && page(&site, "own.html").contains("hello"));
}

#[test]
fn the_same_input_makes_the_same_bytes() {
    let all = || {
        let mut pages = Vec::new();
        with_site(sample(), |site, _| pages = site.paths().map(|path| bytes(site, path.as_str())).collect());
        pages
    };
    assert_eq!(all(), all());
}

#[test]
fn an_empty_directory_says_so() {
    with_site(project(&[]).path(), |site, _| {
        let home = page(site, "index.html");
        assert!(home.contains("No team stands in this directory yet") && !home.contains("<h2"), "{home}");
    });
}

#[test]
fn a_badge_comes_with_what_shows_it_elsewhere() {
    let project = project(&[("content/teams/a.yaml", "name: A \"&\" B\ncountry: DE\n")]);
    with_site(project.path(), |site, _| assert!(!page(site, "teams/a.html").contains("<pre>")));
    fs::write(project.path().join("content/site.yaml"), "title: T\nbase_url: https://d.example/x/\n").unwrap();
    with_site(project.path(), |site, _| {
        let html = page(site, "teams/a.html");
        let snippet = html.split("<pre><code>").nth(1).unwrap().split("</code>").next().unwrap();
        let read = snippet.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        let page = "https://d.example/x/teams/a";
        let alt = "A &quot;&amp;&quot; B in T";
        assert_eq!(read, format!("<a href=\"{page}.html\"><img src=\"{page}.svg\" alt=\"{alt}\"></a>"));
        assert!(!snippet.contains('<'));
    });
}

/// Where the methodology speaks of a flag: the heading of its row.
fn row_of(kind: &FlagKind<'_>) -> &'static str {
    match kind {
        FlagKind::Ends(ending) => match ending.what {
            What::Certification | What::Key(_) => "Certification or key ends",
            What::Encryption(_) => "Encryption to a key ends",
            What::Candidacy if ending.has_ended() => "Accreditation overdue",
            What::Candidacy => "Time to become accredited ends",
            What::Confirmation => "Data unconfirmed",
            What::Assessment => "Assessment ends or is out of date",
            What::Agreement(_) => "Agreement ends",
            What::Suspension => "Suspension ends",
            What::Level(_) => "Level ends, as announced",
        },
        FlagKind::EndNotStated => "End not stated",
        FlagKind::EarlyCertificationCandidate(..) => "Certification candidate too soon",
        FlagKind::NeverConfirmed => "Data unconfirmed",
        FlagKind::Suspended(_) => "Suspended",
        FlagKind::Withdrawn(_) => "Withdrawn",
        FlagKind::NoLevelStated => "No level stated",
        FlagKind::Key(_, KeyFault::Revoked(..) | KeyFault::RevokedAhead(..)) => "Key revoked",
        FlagKind::Key(
            _,
            KeyFault::UserIdExpired(_) | KeyFault::UserIdRevoked(_) | KeyFault::NoUserId(_) | KeyFault::OfOther(_),
        ) => "Key not offered",
        FlagKind::Key(_, KeyFault::CannotEncrypt) => "Key cannot encrypt",
        FlagKind::Key(_, KeyFault::Weak(_)) => "Key is weak",
        FlagKind::Key(_, KeyFault::NotYetValid(_)) => "Key not yet valid",
    }
}

#[test]
fn the_methodology_speaks_of_every_flag() {
    with_site(sample(), |site, assessment| {
        let html = page(site, "methodology.html");
        let mut rows: BTreeSet<&str> =
            assessment.teams.iter().flat_map(|team| &team.flags).map(|flag| row_of(&flag.kind)).collect();
        // What no team of the sample may have.
        rows.extend(["Time to become accredited ends", "Agreement ends", "Suspension ends", "Level ends, as announced"]);
        rows.extend(["Certification candidate too soon"]);
        for row in rows {
            assert!(html.contains(&format!("<th scope=row>{row}<")), "{row}: {html}");
        }
    });
}

#[test]
fn what_the_writer_would_refuse_is_a_finding() {
    let about = "---\ntitle: About\n---\nhello\n";
    for bad in ["ABOUT.html", "SHA256SUMS", "manifest.json/x", "index.html/x", "teams", ".peerage/x"] {
        let file = format!("static/{bad}");
        let project = project(&[("content/pages/about.md", about), (&file, "x")]);
        let directory = load(project.path()).unwrap().0.unwrap();
        let assessment = assess(&directory, TODAY.parse().unwrap());
        let theme = theme(project.path(), &assessment).unwrap();
        let (site, findings) = plan(&assessment, &theme, project.path());
        let found: Vec<_> = findings.iter().map(|finding| (finding.rule.id(), &*finding.place.file)).collect();
        assert_eq!(found, [("file-name", file.as_str())]);
        let target = tempfile::tempdir().unwrap();
        let stamp = Stamp { generator: "peerage", serial: None, today: TODAY, expires: None };
        assert!(write(&site, &target.path().join("out"), &[], &stamp, None, &|_, _| {}).is_err(), "{bad}");
    }
}
