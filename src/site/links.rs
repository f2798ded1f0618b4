//! Links that lead nowhere. Reads only what pages say of themselves: the values of `href` and `src`.

use super::{RenderError, Site, SitePath};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// A link that leads to no file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLink {
    /// The page on which it stands.
    pub page: SitePath,
    /// The link, as written.
    pub link: String,
}

/// Renders every page of `site` and gives the links that lead nowhere, in the order of the pages and of the text; each
/// once a page. Links that begin with `base_url` are links inside the site too.
///
/// # Errors
/// The first page that cannot be rendered, and why.
pub fn dead_links(site: &Site<'_>, base_url: Option<&str>) -> Result<Vec<DeadLink>, (SitePath, RenderError)> {
    let pages = site.paths().filter(|path| path.as_str().rsplit_once('.').is_some_and(|(_, ending)| ending == "html"));
    let found: Result<Vec<Vec<DeadLink>>, _> =
        pages.collect::<Vec<_>>().into_par_iter().map(|page| of_page(site, page, base_url)).collect();
    Ok(found?.into_iter().flatten().collect())
}

fn of_page(site: &Site<'_>, page: &SitePath, base_url: Option<&str>) -> Result<Vec<DeadLink>, (SitePath, RenderError)> {
    let mut bytes = Vec::new();
    if let Some(Err(error)) = site.render(page, &mut bytes) {
        return Err((page.clone(), error));
    }
    let html = String::from_utf8_lossy(&bytes);
    let mut seen = BTreeSet::new();
    let dead = links(&html).into_iter().filter(|link| seen.insert(link.clone()) && is_dead(link, page, site, base_url));
    Ok(dead.map(|link| DeadLink { page: page.clone(), link }).collect())
}

fn is_dead(link: &str, page: &SitePath, site: &Site<'_>, base_url: Option<&str>) -> bool {
    let (folder, path) = match base_url.and_then(|base| link.strip_prefix(base)) {
        Some(path) => ("", path),
        None if is_external(link) => return false,
        None => (page.as_str().rsplit_once('/').map_or("", |(folder, _)| folder), link),
    };
    let path = path.split(['#', '?']).next().unwrap_or_default();
    if path.is_empty() {
        return false;
    }
    target(folder, path).is_none_or(|target| !site.contains(&target))
}

/// Whether the link has a scheme, or another host.
fn is_external(link: &str) -> bool {
    let scheme = link.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    scheme.is_some_and(is_scheme) || link.starts_with("//")
}

/// Where a relative link leads; `None` where it leaves the site or can be no file of it.
fn target(folder: &str, path: &str) -> Option<SitePath> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    SitePath::new(parts.join("/")).ok()
}

/// The values of every `href` and `src`, in order, with references to characters resolved.
fn links(html: &str) -> Vec<String> {
    let mut links = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (name, after) = element(rest, &mut links);
            rest = match name.to_ascii_lowercase().as_str() {
                // What stands in these is no mark-up.
                name @ ("script" | "style") => after.split_once(&format!("</{name}")).map_or("", |(_, after)| after),
                _ => after,
            };
        }
    }
    links
}

/// Reads an element from its name on; gives the name, and what follows its `>`.
fn element<'h>(html: &'h str, links: &mut Vec<String>) -> (&'h str, &'h str) {
    let end = html.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(html.len());
    let (name, mut rest) = html.split_at(end);
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return (name, rest);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (name, after);
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len());
        // An attribute's name has at least one character, even where that is an equals sign.
        let (attribute, after) = rest.split_at(if end == 0 { 1 } else { end });
        let after_name = after.trim_start();
        let Some(after_equals) = after_name.strip_prefix('=') else {
            rest = after_name;
            continue;
        };
        let (value, after) = value(after_equals.trim_start());
        if attribute.eq_ignore_ascii_case("href") || attribute.eq_ignore_ascii_case("src") {
            links.push(resolve(value.trim()));
        }
        rest = after;
    }
}

/// The value of an attribute, and what follows it.
fn value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(rest) = text.strip_prefix(quote) {
            return rest.split_once(quote).unwrap_or((rest, ""));
        }
    }
    text.split_at(text.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(text.len()))
}

/// The text with the references that templates, Markdown and minifying write.
fn resolve(value: &str) -> String {
    const REFERENCES: [(&str, &str); 6] =
        [("&quot;", "\""), ("&quot", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    REFERENCES.iter().fold(value.to_owned(), |text, (reference, character)| text.replace(reference, character))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(pages: &[(&'static str, &'static str)]) -> Site<'static> {
        let mut site = Site::default();
        for (path, html) in pages.iter().copied() {
            site.add(SitePath::new(path).unwrap(), move |out| Ok(out.write_all(html.as_bytes())?));
        }
        site
    }

    fn dead(pages: &[(&'static str, &'static str)]) -> Vec<(String, String)> {
        let found = dead_links(&site(pages), Some("https://d.example/x/")).unwrap();
        found.into_iter().map(|dead| (dead.page.to_string(), dead.link)).collect()
    }

    #[test]
    fn a_dead_link_is_found_where_it_stands() {
        let html = "<p><a href=\"b.html#x\">b</a><A class=x HREF=gone.html>c</A><img src='teams/no.svg'><a href=gone.html>";
        let found = dead(&[("a.html", html), ("b.html", "<a href=\"../b.html\"></a>")]);
        let expected = [("a.html", "gone.html"), ("a.html", "teams/no.svg"), ("b.html", "../b.html")];
        assert_eq!(found, expected.map(|(page, link)| (page.to_owned(), link.to_owned())));
    }

    #[test]
    fn what_leads_somewhere_is_not_found() {
        let html = "<a href=\"../a.html\"></a><a href=\"b.html?x=1#y\"></a><a href=\"\"></a><a href=\"#top\"></a>\
             <a href=./b.html></a><a href=\"https://c.example/\"></a><a href=//d.example></a><a href=mailto:x@y.example></a>\
             <a href=tel:+1></a><a href=\"https://d.example/x/a.html\"></a><a data-href=\"no.html\"></a>\
             <script>\"<a href=no.html>\"</script><!-- <a href=\"no.html\"> --> 1 < 2";
        assert_eq!(dead(&[("a.html", ""), ("t/b.html", html), ("t/c.txt", "<a href=no>")]), []);
    }

    #[test]
    fn what_would_not_work_everywhere_is_dead() {
        let html = "<a href=\"/a.html\"></a><a href=\"t/\"></a><a href=\"https://d.example/x/no.html\"></a>";
        assert_eq!(dead(&[("a.html", html), ("t/index.html", "")]).len(), 3);
    }

    #[test]
    fn broken_markup_ends() {
        for html in ["<a href=\"x", "<a href=", "<a ==x href=x>", "<!-- x", "<", "<a", "<script>x", "<a 'href=y'>"] {
            let _ = links(html);
        }
    }
}
