//! The trees of pages in several languages: complete, linked with each other, and at one about every fact.

use super::{bytes, page, project, sample, with_site};
use peerage::config::Language;
use peerage::site::{Site, SitePath, dead_links};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The sample in English and three other languages.
fn in_four(look: impl FnOnce(&Site<'_>, &peerage::assess::Assessment<'_>)) {
    let project = tempfile::tempdir().unwrap();
    copy(&sample().join("content"), &project.path().join("content"));
    let settings = project.path().join("content/site.yaml");
    let text = fs::read_to_string(&settings).unwrap();
    let text: String = text.lines().filter(|line| !line.starts_with("languages:")).map(|line| format!("{line}\n")).collect();
    fs::write(&settings, format!("{text}base_url: https://d.example/x/\nlanguages: [en, fr, de, es]\n")).unwrap();
    let about = |title: &str, link: &str| format!("---\ntitle: {title}\n---\n[x]({link}) [y](about.html)\n");
    fs::create_dir_all(project.path().join("content/pages")).unwrap();
    fs::write(project.path().join("content/pages/house.md"), about("Our house", "files/a.txt")).unwrap();
    fs::write(project.path().join("content/pages/house.fr.md"), about("Notre maison", "files/a.txt")).unwrap();
    fs::create_dir_all(project.path().join("static/files")).unwrap();
    fs::write(project.path().join("static/files/a.txt"), "a").unwrap();
    with_site(project.path(), look);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The pages of the main tree.
fn main_pages<'s>(site: &'s Site<'_>) -> Vec<&'s str> {
    let is_main = |path: &&str| !Language::ALL.iter().any(|language| path.starts_with(&format!("{language}/")));
    site.paths().filter(|path| path.is_page()).map(SitePath::as_str).filter(is_main).collect()
}

/// What follows `mark` up to `end`, each time.
fn all<'h>(html: &'h str, mark: &str, end: char) -> Vec<&'h str> {
    html.split(mark).skip(1).map(|rest| rest.split(end).next().unwrap()).collect()
}

#[test]
fn every_page_is_there_in_every_language_and_every_file_once() {
    in_four(|site, assessment| {
        let pages = main_pages(site);
        assert!(pages.len() > 50 && pages.contains(&"house.html"));
        for language in ["fr", "de", "es"] {
            let prefix = format!("{language}/");
            let there: BTreeSet<&str> = site.paths().filter_map(|path| path.as_str().strip_prefix(&prefix)).collect();
            let expected: BTreeSet<&str> = pages.iter().copied().filter(|page| *page != "404.html").collect();
            assert_eq!(there, expected, "{language}");
        }
        assert_eq!(dead_links(site, assessment.directory, &|_| None).unwrap(), []);
    });
}

#[test]
fn the_trees_are_at_one_about_days_levels_and_names() {
    in_four(|site, _| {
        for path in main_pages(site).into_iter().filter(|path| *path != "404.html") {
            let main = page(site, path);
            for language in ["fr", "de", "es"] {
                let other = page(site, &format!("{language}/{path}")).replace("<bdi lang=\"en\">", "<bdi>");
                for (mark, end) in [("<time>", '<'), ("class=\"badge ", '"'), ("class=\"flag ", '"'), ("<bdi>", '<')] {
                    let [mut ours, mut theirs] = [&main, &other].map(|html| all(html, mark, end));
                    // A sentence may name things in another order, a list may be sorted by other names.
                    ours.sort_unstable();
                    theirs.sort_unstable();
                    let is_named = mark == "<bdi>";
                    if is_named
                        && (path.starts_with("house")
                            || [
                                "index.html",
                                "teams/",
                                "lookup",
                                "countries",
                                "types",
                                "statistics",
                                "authorities/",
                                "associations/",
                            ]
                            .iter()
                            .any(|kind| path.starts_with(kind)))
                    {
                        continue;
                    }
                    assert_eq!(ours, theirs, "{language}/{path}: {mark}");
                }
            }
        }
    });
}

#[test]
fn each_page_leads_to_itself_in_the_other_languages() {
    in_four(|site, _| {
        for (path, root) in [("index.html", ""), ("teams/cert-alpha.html", "../"), ("teams/index.html", "../"), ("keys.html", "")]
        {
            let html = page(site, &format!("fr/{path}"));
            assert!(html.contains("<html lang=\"fr\" dir=ltr>") || html.contains("lang=\"fr\""), "{html}");
            for (language, name, prefix) in [("en", "English", ""), ("de", "Deutsch", "de/"), ("es", "Español", "es/")] {
                let link = format!("href=\"{root}../{prefix}{path}\"");
                assert!(
                    html.split("<a ").any(|tag| tag.contains(&link)
                        && tag.contains(&format!("hreflang=\"{language}\""))
                        && tag.contains(&format!(">{name}</a>"))),
                    "{path}: {link}: {html}"
                );
                let alternate = format!("https://d.example/x/{prefix}{path}");
                assert!(
                    html.split("<link ").any(|tag| tag.contains(&alternate) && tag.contains(&format!("hreflang=\"{language}\""))),
                    "{path}: {alternate}"
                );
            }
            assert!(
                html.split("<link ").any(|tag| tag.contains("x-default") && tag.contains(&format!("https://d.example/x/{path}")))
            );
            // Every other page that it leads to is in French too.
            for link in all(&html, "href=\"", '"').into_iter().filter(|link| link.ends_with(".html")) {
                let leaves = link
                    .strip_prefix(&format!("{root}../"))
                    .is_some_and(|rest| rest != path && !["de/", "es/", "fr/"].iter().any(|tree| rest.starts_with(tree)));
                assert!(!leaves, "fr/{path} leads to {link}");
            }
        }
        let sitemap = page(site, "sitemap.xml");
        for address in ["teams/cert-alpha.html", "fr/teams/cert-alpha.html"] {
            let entry = sitemap.split("<url>").find(|entry| entry.contains(&format!("https://d.example/x/{address}<"))).unwrap();
            assert!(entry.contains("<lastmod>"), "{entry}");
        }
    });
}

#[test]
fn pages_speak_their_language_and_keep_the_words_of_others() {
    in_four(|site, _| {
        for (path, words) in [
            ("fr/teams/index.html", ["Équipes", "dans l’ordre de leurs noms", "Allemagne"]),
            ("de/teams/index.html", ["Stufe", "nach Namen geordnet", "Deutschland"]),
            ("es/teams/index.html", ["Nivel", "por orden de nombre", "Alemania"]),
        ] {
            let html = page(site, path);
            for word in words {
                assert!(html.contains(word), "{path}: {word}");
            }
            for word in ["Level", "To note", "Germany", "Methodology", "expires"] {
                assert!(!html.contains(&format!(">{word}")), "{path}: {word}");
            }
        }
        // Attributes may change places.
        let prose = |path: &str| page(site, path).split("<div ").find(|tag| tag.contains("class=prose")).unwrap().to_owned();
        let (french, german) = (prose("fr/house.html"), prose("de/house.html"));
        assert!(french.contains("lang=\"fr\"") && french.contains("><h1><bdi>Notre maison"), "{french}");
        assert!(german.contains("lang=\"en\"") && german.contains("><h1><bdi>Our house"), "{german}");
        assert!(german.contains("href=\"../files/a.txt\""), "{german}");
        for path in ["de/authorities/concord-board.html", "de/teams/cert-alpha.html"] {
            assert!(prose(path).starts_with("lang=\"en\""), "{path}: {}", prose(path));
        }
        let contacts = page(site, "de/contacts.html");
        assert!(contacts.contains("<bdi lang=\"en\">Answered at any hour"), "{contacts}");
        assert!(page(site, "de/teams/index.html").contains("<span lang=\"en\">Our house</span>"));
        assert!(!page(site, "fr/teams/index.html").contains("<span lang=\"en\">Our house</span>"));
        assert!(page(site, "fr/index.html").contains("Notre maison") && page(site, "index.html").contains("Our house"));
        // By their names in the language.
        let countries = page(site, "de/countries/index.html");
        let names = all(&countries, "<bdi>", '<');
        let at = |name: &str| names.iter().position(|known| *known == name);
        assert!(
            at("Deutschland").is_some() && at("Deutschland") < at("Norwegen") && at("Norwegen") < at("Österreich"),
            "{names:?}"
        );
        assert!(at("Österreich") < at("Polen"), "{names:?}");
    });
}

/// A comma stands before decimals where that is usual, in tables and in charts; files for programs have points.
#[test]
fn decimals_are_written_as_the_language_has_them() {
    in_four(|site, _| {
        let figures = |path: &str, mark: char| {
            let html = page(site, path);
            let texts = html.split('>').map(|text| text.split('<').next().unwrap().trim_start_matches(['+', '−']));
            texts.filter(|text| text.len() == 3 && text.parse::<f32>().is_ok() == (mark == '.') && text.contains(mark)).count()
        };
        for name in ["statistics.html", "statistics/sim3-v2i-self-assessment.html"] {
            let points = figures(name, '.');
            assert!(points > 3, "{name}: {points}");
            for language in ["fr", "de", "es"] {
                let path = format!("{language}/{name}");
                assert_eq!((figures(&path, ','), figures(&path, '.')), (points, 0), "{path}");
            }
        }
        let json: serde_json::Value = serde_json::from_str(&page(site, "api/v1/statistics.json")).unwrap();
        assert!(json.to_string().contains("\"mean\":2."));
    });
}

/// What ends in `.html` is a page only where it is one of ours: a page of `static` is there once.
#[test]
fn links_to_pages_of_static_lead_back_and_those_to_pages_of_ours_stay() {
    let links = "[a](report.html#x) [b](teams/a.html) [c](teams.csv) [d](files/b.html)";
    let entry = "name: A\ncountry: DE\ndescription: \"[a](../report.html) [b](b.html) [d](a.svg) [c](index.html)\"\n";
    let project = project(&[
        ("content/site.yaml", "title: T\nsample: true\nlanguages: [en, fr]\nformats: [csv]\n"),
        ("content/pages/house.md", &format!("---\ntitle: H\n---\n{links}\n")),
        ("content/teams/a.yaml", entry),
        ("static/report.html", "<p>"),
        ("static/teams/b.html", "<p>"),
        ("static/files/b.html", "<p>"),
    ]);
    with_site(project.path(), |site, assessment| {
        for (path, expected) in [
            ("house.html", ["report.html#x", "teams/a.html", "teams.csv", "files/b.html"].as_slice()),
            ("fr/house.html", &["../report.html#x", "teams/a.html", "../teams.csv", "../files/b.html"]),
            ("teams/a.html", &["../report.html", "b.html", "a.svg", "index.html"]),
            ("fr/teams/a.html", &["../../report.html", "../../teams/b.html", "../../teams/a.svg", "index.html"]),
        ] {
            let html = page(site, path);
            let found: BTreeSet<&str> = ["href=\"", "href="].iter().flat_map(|mark| all(&html, mark, '>')).collect();
            for link in expected {
                assert!(found.iter().any(|tag| tag.trim_matches('"') == *link), "{path}: {link}: {found:?}");
            }
        }
        assert_eq!(dead_links(site, assessment.directory, &|_| None).unwrap(), []);
    });
}

#[test]
fn a_dead_link_is_told_in_the_file_of_its_language() {
    let text = |link: &str| format!("---\ntitle: H\n---\n[a]({link})\n");
    let project = project(&[
        ("content/site.yaml", "title: T\nsample: true\nlanguages: [en, fr, de]\n"),
        ("content/pages/house.md", &text("index.html")),
        ("content/pages/house.fr.md", &text("perdu.html")),
        ("content/pages/other.md", &text("lost.html")),
    ]);
    with_site(project.path(), |site, assessment| {
        let found = dead_links(site, assessment.directory, &|_| None).unwrap();
        let told: Vec<_> =
            found.iter().map(|finding| (&*finding.place.file, finding.message.split('`').nth(1).unwrap())).collect();
        // The other languages have no such page of their own, so the link is that of the main language, and told once.
        assert_eq!(told, [("content/pages/other.md", "lost.html"), ("content/pages/house.fr.md", "perdu.html")]);
    });
}

#[test]
fn one_language_has_no_trace_of_others() {
    with_site(project(&[]).path(), |site, _| {
        for path in main_pages(site) {
            let html = page(site, path);
            assert!(!html.contains("hreflang") && html.contains(" lang=\"en\" dir=ltr>"), "{path}");
        }
        assert!(site.paths().all(|path| !path.as_str().starts_with("fr/")));
    });
}

#[test]
fn any_language_may_be_the_main_one() {
    let project = project(&[("content/teams/a.yaml", "name: A\ncountry: DE\nstatus: [{level: listed, since: 2020-01-01}]\n")]);
    fs::write(project.path().join("content/site.yaml"), "title: T\nlanguage: de\nlanguages: [en, de]\n").unwrap();
    with_site(project.path(), |site, assessment| {
        assert!(page(site, "teams/a.html").contains("Gelistet") && page(site, "en/teams/a.html").contains("Listed"));
        assert!(String::from_utf8(bytes(site, "teams/a.svg")).unwrap().contains("Gelistet, Stand 2026-11-21"));
        assert_eq!(dead_links(site, assessment.directory, &|_| None).unwrap(), []);
    });
}

#[test]
fn no_page_is_too_long_in_any_language() {
    let entry = "name: A team with a name\nofficial_name: The Official Name of the Team\ncountry: FR\ntypes: [academic]\nstatus: [{level: certified, since: 2023-12-01}]\nkeys: [{fingerprint: 945C28084340505C36CCFA6BCA51953660F3B29B, expires: 2026-12-01}]\n";
    let names: Vec<String> = (0..300).map(|at| format!("content/teams/team-{at}.yaml")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), entry)).collect();
    let project = project(&files);
    fs::write(project.path().join("content/site.yaml"), "title: T\nsample: true\nlanguages: [fr, de, es]\n").unwrap();
    with_site(project.path(), |site, _| {
        for path in site.paths().filter(|path| path.is_page()) {
            let length = page(site, path.as_str()).len();
            assert!(length <= 150_000, "{path} has {length} bytes");
        }
    });
}
