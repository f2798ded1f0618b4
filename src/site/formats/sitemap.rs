//! `sitemap.xml` (sitemaps.org, version 0.9): every page, for search engines. The only module that names the XML writer.
//!
//! Left out: files that are no pages, and the page for addresses that do not exist. A day of change is told of team pages
//! alone, whose entries have dates; every page says for which day it was built, but that is no change of what it says.

use super::facts::span;
use crate::assess::Assessment;
use crate::model::Date;
use crate::site::{RenderError, SitePath};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io::{self, Write};

/// Where it stands in the site: the list of pages, or where these are too many, the list of such lists.
pub(in crate::site) const PATH: &str = "sitemap.xml";

/// The page for addresses that do not exist.
const NOT_FOUND: &str = "404.html";

/// How many pages one file may list.
const MOST: usize = 50_000;

/// A list of pages, and where it stands.
pub(in crate::site) struct Part {
    /// Where it stands in the site.
    pub(in crate::site) path: String,
    pages: Vec<SitePath>,
}

/// The lists of the pages among `paths`.
pub(in crate::site) fn parts<'p>(paths: impl Iterator<Item = &'p SitePath>) -> Vec<Part> {
    let pages: Vec<SitePath> = paths.filter(|path| path.is_page() && path.as_str() != NOT_FOUND).cloned().collect();
    split(&pages, MOST)
}

fn split(pages: &[SitePath], most: usize) -> Vec<Part> {
    let alone = pages.len() <= most;
    let path = |at: usize| if alone { PATH.to_owned() } else { format!("sitemap-{}.xml", at + 1) };
    pages.chunks(most).enumerate().map(|(at, pages)| Part { path: path(at), pages: pages.to_vec() }).collect()
}

/// Writes a list of pages, with the day on which the entry of a team last changed by its own dates.
///
/// # Errors
/// Where `out` fails.
pub(in crate::site) fn pages(
    part: &Part,
    base: &str,
    assessment: &Assessment<'_>,
    out: &mut dyn Write,
) -> Result<(), RenderError> {
    let addresses = part.pages.iter().map(|page| (page.as_str(), changed(page, assessment)));
    Ok(list(["urlset", "url"], addresses, base, out)?)
}

/// Writes the list of the lists at `paths`.
///
/// # Errors
/// Where `out` fails.
pub(in crate::site) fn index(paths: &[String], base: &str, out: &mut dyn Write) -> Result<(), RenderError> {
    Ok(list(["sitemapindex", "sitemap"], paths.iter().map(|path| (path.as_str(), None)), base, out)?)
}

fn list<'p>(
    [root, item]: [&str; 2],
    addresses: impl Iterator<Item = (&'p str, Option<Date>)>,
    base: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(out, b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let namespace = [("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")];
    writer.write_event(Event::Start(BytesStart::new(root).with_attributes(namespace)))?;
    for (path, changed) in addresses {
        writer.create_element(item).write_inner_content(|writer| {
            writer.create_element("loc").write_text_content(BytesText::new(&format!("{base}{path}")))?;
            if let Some(day) = changed {
                writer.create_element("lastmod").write_text_content(BytesText::new(&day.to_string()))?;
            }
            Ok(())
        })?;
    }
    writer.write_event(Event::End(BytesEnd::new(root)))?;
    writer.into_inner().write_all(b"\n")
}

/// The newest day that has come of those that the entry names, where the page is a team's.
fn changed(page: &SitePath, assessment: &Assessment<'_>) -> Option<Date> {
    let config = &assessment.directory.config;
    let id = config.page_name(page.as_str()).1.strip_prefix("teams/")?.strip_suffix(".html")?;
    let team = assessment.team(&id.parse().ok()?)?;
    span(team, assessment.directory.config.policy, assessment.today).map(|(_, last)| last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(texts: &[&str]) -> Vec<SitePath> {
        texts.iter().map(|text| SitePath::new(*text).unwrap()).collect()
    }

    #[test]
    fn only_pages_that_lead_somewhere_are_listed() {
        let parts = parts(paths(&["404.html", "a.svg", "index.html", "teams/x.html", "teams/x.vcf"]).iter());
        let listed: Vec<&str> = parts.iter().flat_map(|part| &part.pages).map(SitePath::as_str).collect();
        assert_eq!((listed, &*parts[0].path), (vec!["index.html", "teams/x.html"], PATH));
    }

    #[test]
    fn too_many_pages_for_one_file_are_several_and_an_index() {
        let all = paths(&["a.html", "b.html", "c.html", "d.html", "e.html"]);
        let sizes = |most| split(&all, most).into_iter().map(|part| (part.path, part.pages.len())).collect::<Vec<_>>();
        assert_eq!(sizes(5), [("sitemap.xml".to_owned(), 5)]);
        let expected = [("sitemap-1.xml", 2), ("sitemap-2.xml", 2), ("sitemap-3.xml", 1)];
        assert_eq!(sizes(2), expected.map(|(path, size)| (path.to_owned(), size)));
    }

    #[test]
    fn addresses_are_escaped() {
        let mut out = Vec::new();
        index(&["sitemap-1.xml".to_owned()], "https://d.example/a&b/", &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("<loc>https://d.example/a&amp;b/sitemap-1.xml</loc>"), "{text}");
    }
}
