//! What stands in a page for those who find it elsewhere: its one address, and Open Graph.

use super::{build, project, read};

#[test]
fn a_page_says_where_it_stands_and_what_it_is() {
    let project = project("base_url: https://d.example/x/\ndescription: Who is who\n");
    let site = build(project.path());
    let card = std::fs::read_dir(site.join("assets")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let card = card.into_iter().find(|name| name.starts_with("card.") && name.len() == "card.01234567.png".len()).unwrap();
    let team = read(site.join("teams/a.html"));
    for (name, value) in [
        ("og:type", "website"),
        ("og:url", "https://d.example/x/teams/a.html"),
        ("og:site_name", "T &amp; Co"),
        ("og:title", "A &lt;&amp;"),
        ("og:locale", "en_GB"),
        ("og:image", &format!("https://d.example/x/assets/{card}")),
    ] {
        let forms = [format!("content=\"{value}\" property={name}>"), format!("content={value} property={name}>")];
        assert!(forms.iter().any(|form| team.contains(form)), "{name}: {team}");
    }
    assert!(team.contains("A &lt;&amp; (Austria): "), "its description: {team}");
    assert_eq!(team.matches("rel=canonical").count() + team.matches("rel=\"canonical\"").count(), 1, "{team}");
    assert!(read(site.join("index.html")).contains("https://d.example/x/index.html"));
    // What stands nowhere has no address of its own.
    let lost = read(site.join("404.html"));
    assert!(!lost.contains("canonical") && !lost.contains("og:"), "{lost}");
}

#[test]
fn without_an_address_nothing_of_it_is_said() {
    let project = project("");
    let site = build(project.path());
    for page in ["index.html", "teams/a.html", "404.html"] {
        let html = read(site.join(page));
        assert!(!html.contains("og:") && !html.contains("canonical"), "{html}");
    }
    let assets = std::fs::read_dir(site.join("assets")).unwrap();
    assert!(assets.map(Result::unwrap).all(|entry| !entry.file_name().to_str().unwrap().starts_with("card.")));
}
