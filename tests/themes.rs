//! Themes: what each template receives, as the documents have it; a theme that replaces every template; and mistakes in one,
//! as the command tells them.

mod shape;

use crate::common::{self, run, stderr, tree, write};
use peerage::assess::assess;
use peerage::load::load;
use peerage::site::{Site, dead_links, plan, theme};
use shape::Shape;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The names of our own templates.
fn templates() -> Vec<String> {
    let files = tree(&Path::new(ROOT).join("themes/default/templates"));
    files.keys().map(|path| path.to_str().unwrap().to_owned()).collect()
}

/// A project with the sample's content and these settings besides, in which the theme `mine` has these templates.
fn project(settings: &str, templates: &BTreeMap<String, String>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in tree(&Path::new(ROOT).join("content")) {
        write(&folder.path().join("content").join(path), bytes);
    }
    let site = folder.path().join("content/site.yaml");
    let text = fs::read_to_string(&site).unwrap();
    fs::write(&site, format!("{text}\ntheme: mine\n{settings}")).unwrap();
    for (name, text) in templates {
        write(&folder.path().join("themes/mine/templates").join(name), text);
    }
    folder
}

/// The site of a project, handed to `look`.
fn with_site(root: &Path, look: impl FnOnce(&Site<'_>, &peerage::load::Directory)) {
    let directory = load(root).unwrap().0.unwrap();
    let assessment = assess(&directory, "2026-11-21".parse().unwrap());
    let theme = theme(root, &assessment).unwrap();
    let (site, findings) = plan(&assessment, &theme, root);
    assert_eq!(findings, []);
    look(&site, &directory);
}

/// A project of so many teams that its lists go over several pages.
fn large(templates: &BTreeMap<String, String>) -> tempfile::TempDir {
    let folder = project("", templates);
    fs::remove_dir_all(folder.path().join("content")).unwrap();
    write(&folder.path().join("content/site.yaml"), "title: T\nsample: true\ntheme: mine\n");
    for number in 0..1_500 {
        let entry = format!("name: Team {number}\ncountry: AT\nstatus: [{{level: accredited, since: 2020-01-01}}]\n");
        write(&folder.path().join(format!("content/teams/t{number}.yaml")), entry);
    }
    folder
}

/// A project whose entries say as little as they may, where the sample says all.
fn sparse(templates: &BTreeMap<String, String>) -> tempfile::TempDir {
    let folder = project("", templates);
    let content = folder.path().join("content");
    fs::remove_dir_all(&content).unwrap();
    for (path, text) in [
        ("site.yaml", "title: T\nsample: true\ntheme: mine\nformats: [csv]\n"),
        ("authorities/one.yaml", "name: One\nentitlements: [{kind: certification}]\naccreditations: [{authority: two}]\n"),
        ("authorities/two.yaml", "name: Two\nentitlements: [{kind: accreditation}]\n"),
        ("profiles/least.yaml", "title: Least\nsource: S\nmodel: sim3-v2i\nminimum: {O-1: 2, T-1: 1}\n"),
        ("events/ahead.md", "---\ntitle: Ahead\nsince: 2027-02-02\naudience: public\n---\n"),
        ("events/over.md", "---\ntitle: Over\nsince: 2026-02-02\naudience: public\n---\n"),
        ("teams/least.yaml", "name: Least\ncountry: AT\n"),
        (
            "teams/some.yaml",
            "name: Some\ncountry: AT\nmemberships: [{name: M}]\nagreements: [{kind: code-of-practice, name: A}]\n\
             contact: {hours: 24/7}\nconstituency: {domains: [a.example]}\n\
             misp: {org_uuid: cf9d376c-cb74-4bdd-88fd-a5a9b13d8468}\n\
             maturity: [{model: sim3-v2i, kind: self-assessment, assessed: 2026-01-01, visibility: public, scores: {O-1: 2}}]\n\
             status: [{level: certified, since: 2025-01-01, authority: one, sponsors: [least]}]\n",
        ),
        (
            "teams/other.yaml",
            "name: Other\ncountry: AT\nmemberships: [{name: m}]\n\
             status: [{level: certified, since: 2003-01-01}, {level: certified, since: 2026-01-01}]\n\
             contact: {emails: [{address: csirt@user-ids.example}, {address: csirt@subkeys.example}]}\n\
             maturity: [{model: sim3-v1, kind: self-assessment, assessed: 2026-01-01, visibility: public, scores: {H-1: 2}}]\n\
             response_tests: [{date: 2026-09-01, channel: email, hours: in, answered: within-1-hour}]\n",
        ),
    ] {
        write(&content.join(path), text);
    }
    for (path, key) in [("teams/other.asc", "user-ids.asc"), ("teams/other.2.asc", "subkeys.asc")] {
        fs::copy(Path::new(ROOT).join("tests/openpgp/keys").join(key), content.join(path)).unwrap();
    }
    folder
}

/// What each template receives, over all pages of a project: the shape of its data by its name.
fn received(root: &Path, shapes: &mut BTreeMap<String, Shape>) {
    with_site(root, |site, _| {
        for path in site.paths() {
            let mut bytes = Vec::new();
            site.render(path, &mut bytes).unwrap().unwrap_or_else(|error| panic!("{path}: {error}"));
            let text = String::from_utf8_lossy(&bytes);
            let Some((name, data)) = text.strip_prefix("RECEIVED ").and_then(|rest| rest.split_once(' ')) else { continue };
            shapes.entry(name.to_owned()).or_default().add(&Shape::read(data));
        }
    });
}

/// Every template in the place of which the data that it receives can be shown.
fn showing() -> BTreeMap<String, String> {
    templates().into_iter().map(|name| (name.clone(), format!("RECEIVED {name} {{{{ __tera_context | safe }}}}"))).collect()
}

/// `docs/theme-data.md` says what each template receives, and no more: what is really serialised is compared with it.
#[test]
fn the_documents_say_what_each_template_receives() {
    let mut shapes = BTreeMap::new();
    received(project("base_url: https://directory.example/\n", &showing()).path(), &mut shapes);
    let empty = project("", &showing());
    fs::remove_dir_all(empty.path().join("content")).unwrap();
    write(&empty.path().join("content/site.yaml"), "title: T\ntheme: mine\n");
    received(empty.path(), &mut shapes);
    received(large(&showing()).path(), &mut shapes);
    received(sparse(&showing()).path(), &mut shapes);

    let every = shapes["index.html"].without("view");
    let mut text = String::from(
        "# What templates receive\n\nThis is made from what the pages of the sample, of an empty directory, and of one that says as little as it may \
         receive,\nand held against it. How templates are replaced says [themes.md](themes.md). Each line has a path and what stands \
         there: a\ntext, a number, yes or no, or nothing; `[]` is each entry of a list. Where a path is said to be nothing and others \
         begin\nwith it, it is nothing or has these.\n\n## Every page\n\n",
    );
    write!(text, "```text\n{}```\n", every.lines("")).unwrap();
    for (name, shape) in &shapes {
        let own = if name == "badge.svg" { shape.without_those_of(&every) } else { shape.only("view") };
        let lines = own.lines("");
        write!(text, "\n## `{name}`\n\n").unwrap();
        match lines.as_str() {
            "" | "view: map\n" => text.push_str("Nothing besides.\n"),
            lines => write!(text, "```text\n{lines}```\n").unwrap(),
        }
    }
    let path = Path::new(ROOT).join("docs/theme-data.md");
    if std::env::var_os("PEERAGE_BLESS").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    let differs = text.lines().zip(written.lines()).position(|(a, b)| a != b).unwrap_or_default();
    assert!(
        written == text,
        "docs/theme-data.md, line {}, is no longer what templates receive: `{}`. PEERAGE_BLESS=1 renews it; look at the difference, \
         and see whether docs/themes.md is still true",
        differs + 1,
        text.lines().nth(differs).unwrap_or_default()
    );
}

/// A theme that takes nothing from ours: every template is another one.
fn minimal() -> BTreeMap<String, String> {
    let files = tree(&Path::new(ROOT).join("tests/themes/minimal/templates"));
    files.into_iter().map(|(path, bytes)| (path.to_str().unwrap().to_owned(), String::from_utf8(bytes).unwrap())).collect()
}

#[test]
fn a_theme_may_replace_every_template() {
    let templates = minimal();
    let (ours, theirs): (Vec<String>, Vec<&String>) = (self::templates(), templates.keys().collect());
    assert!(
        ours.iter().eq(theirs.iter().copied()),
        "tests/themes/minimal has another template for each of ours: {ours:?}, {theirs:?}"
    );
    for folder in [project("base_url: https://directory.example/x/\n", &templates), large(&templates)] {
        for (path, bytes) in tree(&Path::new(ROOT).join("tests/themes/minimal/assets")) {
            write(&folder.path().join("themes/mine/assets").join(path), bytes);
        }
        with_site(folder.path(), |site, directory| {
            assert_eq!(dead_links(site, directory, &|_| None).unwrap(), []);
            let text = |path: &str| {
                let mut bytes = Vec::new();
                let path = site.paths().find(|known| known.as_str() == path).unwrap_or_else(|| panic!("there is no {path}"));
                site.render(path, &mut bytes).unwrap().unwrap();
                String::from_utf8(bytes).unwrap()
            };
            let of = |begin: &str, end: &str| {
                let mut found = site.paths().filter(|path| path.as_str().starts_with(begin) && path.as_str().ends_with(end));
                found.next().unwrap_or_else(|| panic!("there is no {begin}*{end}")).as_str().to_owned()
            };
            let (style, ground) = (of("assets/style.", ".css"), of("assets/ground.", ".svg"));
            let picture = ground.strip_prefix("assets/").unwrap();
            assert!(text(&style).contains(&format!("url(\"{picture}\")")), "{}", text(&style));
            let lists =
                site.paths().filter(|path| path.as_str().starts_with("teams/page/") || path.as_str() == "teams/index.html");
            let rows: usize = lists.map(|path| text(path.as_str()).matches("<li>").count()).sum();
            assert_eq!(rows, directory.teams.len());
            for team in &directory.teams {
                let page = text(&format!("teams/{}.html", team.id));
                assert!(page.contains(&style) && !page.contains("class="), "{page}");
            }
        });
    }
}

/// What is wrong in a template, and where the command says it is.
#[test]
fn mistakes_in_a_theme_are_told_with_their_place() {
    for (name, text, said) in [
        ("team.html", "<p>\n{{ view.nothing }}", "template team.html, line 2, column 9: "),
        ("team.html", "<p>\n  {% if %}", "template team.html, line 2, column "),
        ("team.html", "{{ asset(name='styl.css') }}", "the theme has no asset `styl.css`; did you mean `style.css`?"),
        ("team.html", "{% include \"none.html\" %}", "none.html"),
        (
            "index.html",
            "[[layout.menu]] {{ <none/> }} {{ 1 | none }}",
            "template index.html, line 1, column 20: Unknown component `none`",
        ),
        (
            "index.html",
            "[[layout.menu]] {{ <none/> }} {{ 1 | none }}",
            "template index.html, line 1, column 38: Unknown filter `none`",
        ),
    ] {
        let folder = common::project(&[
            ("content/site.yaml", "title: T\ntheme: mine\n"),
            ("content/teams/a.yaml", "name: A\ncountry: AT\n"),
            (&format!("themes/mine/templates/{name}"), text),
        ]);
        for command in ["build", "check"] {
            let output = run([command, "--today", "2026-11-21", folder.path().to_str().unwrap()]);
            assert_eq!(output.status.code(), Some(2), "{text}");
            assert!(stderr(&output).contains(said), "{command}: {text}: {}", stderr(&output));
        }
        assert!(!folder.path().join("public").exists());
    }
}

/// What our theme has for the page for looking things up is left out of a site that has none, unless the project asks for it.
#[test]
fn an_asset_of_ours_is_there_where_a_theme_of_its_own_asks_for_it() {
    let names = ["lookup.css", "lookup.js", "ask.js", "card.png"];
    let there = |template: &str, sheet: &str| -> Vec<&str> {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        write(&root.join("content/site.yaml"), "title: T\nsample: true\ntheme: mine\nformats: [csv]\n");
        write(&root.join("content/teams/a.yaml"), "name: A\ncountry: AT\n");
        write(&root.join("themes/mine/templates/team.html"), template);
        write(&root.join("themes/mine/assets/own.css"), sheet);
        let mut found = Vec::new();
        with_site(root, |site, directory| {
            assert_eq!(dead_links(site, directory, &|_| None).unwrap(), []);
            let is_there = |name: &str| {
                let (stem, ending) = name.split_once('.').unwrap();
                site.paths().any(|path| {
                    path.as_str().starts_with(&format!("assets/{stem}.")) && path.as_str().ends_with(&format!(".{ending}"))
                })
            };
            found = names.into_iter().filter(|name| is_there(name)).collect();
        });
        found
    };
    assert_eq!(there("<p>", "a { b: c }"), Vec::<&str>::new());
    let link =
        "<link href=\"{{ root }}{{ asset(name='lookup.css') }}\"><script src=\"{{ root }}{{ asset(name='ask.js') }}\"></script>";
    assert_eq!(there(link, "a { b: c }"), ["lookup.css", "ask.js"]);
    assert_eq!(there("<p>", "a { background: url(card.png) }"), ["card.png"]);
}
