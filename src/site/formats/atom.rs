//! `changes.atom`: what has become of the teams, as a feed (RFC 4287). The only module that names the crate that writes it.
//!
//! The newest changes, from the dates of the entries: a build that changes nothing changes nothing here, and an entry keeps
//! its id. Links must be absolute in a feed, and are left out where nobody said where the site stands. Of which changes there
//! are, and which are left out on purpose, see `assess::changes`.

use crate::assess::Assessment;
use crate::assess::Namespace;
use crate::model::{Date, Url};
use crate::site::RenderError;
use crate::site::api::{TeamChange, newest};
use atom_syndication::{Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text, WriteConfig};
use std::io::{self, Write};

/// Where it stands in the site.
pub(super) const PATH: &str = "changes.atom";

/// How many changes it holds at most.
const MOST: usize = 100;

/// Writes the feed.
///
/// # Errors
/// Where `out` fails.
pub(super) fn feed(assessment: &Assessment<'_>, mut out: &mut dyn Write) -> Result<(), RenderError> {
    let (changes, _) = newest(assessment, MOST);
    let config = &assessment.directory.config;
    let namespace = Namespace::of(assessment);
    let base = config.base_url.as_ref().map(Url::href);
    let title = config.title.to_string();
    let updated = changes.first().map_or(assessment.today, |newest| newest.change.on);
    let links = base.map(|base| {
        let to = |path: &str, rel: &str, media: &str| link(format!("{base}{path}"), rel, media);
        vec![to(PATH, "self", "application/atom+xml"), to("index.html", "alternate", "text/html")]
    });
    let feed = Feed {
        title: Text::plain(format!("{title}: changes")),
        id: format!("urn:uuid:{}", namespace.uuid("feed/changes")),
        updated: instant(updated),
        authors: vec![Person { name: title, ..Person::default() }],
        generator: Some(Generator {
            value: "Peerage".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            uri: None,
        }),
        links: links.unwrap_or_default(),
        entries: changes.iter().map(|change| entry(change, namespace, base)).collect(),
        lang: Some(config.language.id().to_owned()),
        ..Feed::default()
    };
    let form = WriteConfig { write_document_declaration: true, indent_size: Some(1) };
    feed.write_with_config(&mut out, form).map_err(io::Error::other)?;
    Ok(out.write_all(b"\n")?)
}

fn entry(one: &TeamChange<'_>, namespace: Namespace, base: Option<&str>) -> Entry {
    let (team, kind, on) = (one.team.team, one.change.kind, one.change.on);
    let key = kind.key().map(|key| format!("/{}", key.fingerprint.digits())).unwrap_or_default();
    let words = format!("{}: {kind}", team.name.as_str());
    let country = format!("country-{}", team.country.code().to_ascii_lowercase());
    let terms = [kind.id()].into_iter().chain(kind.level().map(crate::model::Level::id)).chain([country.as_str()]);
    Entry {
        id: format!("urn:uuid:{}", namespace.uuid(&format!("{}/change/{on}/{}{key}", team.id, kind.id()))),
        title: Text::plain(words.as_str()),
        updated: instant(on),
        summary: Some(Text::plain(format!("{on}: {words}"))),
        categories: terms.map(|term| Category { term: term.to_owned(), ..Category::default() }).collect(),
        // An entry has a link to a page or a content (RFC 4287, section 4.1.2).
        content: base.is_none().then(|| Content { value: Some(words.clone()), ..Content::default() }),
        links: base.map(|base| link(format!("{base}teams/{}.html", team.id), "alternate", "text/html")).into_iter().collect(),
        ..Entry::default()
    }
}

fn link(href: String, rel: &str, media: &str) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: Some(media.to_owned()), ..Link::default() }
}

/// The first instant of a day.
fn instant(day: Date) -> FixedDateTime {
    day.begin().fixed_offset()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::assess;
    use crate::load::load;
    use std::path::Path;

    fn feed_of(name: &str, more: &str, today: &str) -> (String, Feed) {
        let folder = tempfile::tempdir().unwrap();
        let entry = format!("name: {name}\ncountry: AT\nstatus:\n  - {{level: listed, since: 2020-01-01}}\n");
        for (path, text) in [("site.yaml", format!("title: A & B <T>\nsample: true\n{more}")), ("teams/x.yaml", entry)] {
            let path = folder.path().join("content").join(path);
            std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let directory = load(folder.path()).unwrap().0.unwrap();
        let mut out = Vec::new();
        feed(&assess(&directory, today.parse().unwrap()), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let read = Feed::read_from(text.as_bytes()).unwrap();
        (text, read)
    }

    #[test]
    fn names_stay_names() {
        let (text, feed) = feed_of("'<b>]]>&amp; \"日本'", "", "2026-11-21");
        assert_eq!(feed.entries[0].title.value, "<b>]]>&amp; \"日本: Joined: Listed");
        assert_eq!(feed.title.value, "A & B <T>: changes");
        assert!(!text.contains("<b>"), "{text}");
    }

    #[test]
    fn a_later_build_without_news_is_the_same() {
        assert_eq!(feed_of("X", "", "2026-11-21").0, feed_of("X", "", "2027-11-21").0);
    }

    #[test]
    fn links_are_there_only_where_the_address_is_known() {
        let (text, without) = feed_of("X", "", "2026-11-21");
        assert!(
            !text.contains("<link") && without.entries[0].content.as_ref().unwrap().value.as_deref() == Some("X: Joined: Listed")
        );
        let feed = feed_of("X", "base_url: https://d.example/s/\n", "2026-11-21").1;
        let all = feed.links.iter().chain(&feed.entries[0].links).map(|link| link.href.as_str()).collect::<Vec<_>>();
        let expected = ["https://d.example/s/changes.atom", "https://d.example/s/index.html", "https://d.example/s/teams/x.html"];
        assert_eq!(all, expected);
    }

    #[test]
    fn without_any_change_it_is_still_a_feed() {
        let feed = feed_of("X", "", "2019-01-01").1;
        assert_eq!((feed.entries.len(), feed.updated.to_rfc3339().as_str()), (0, "2019-01-01T00:00:00+00:00"));
    }
}
