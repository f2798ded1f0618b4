//! Links that lead nowhere: what pages say in `href` and `src`. The only module that names the reader of HTML.

use super::{RenderError, Site, SitePath, left_out};
use crate::diagnostic::{Finding, Place, Pos, Rule, Span};
use crate::load::Directory;
use crate::model::Url;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use memchr::memchr_iter;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many dead links are told of one file: who has more will see how.
pub(super) const MOST: usize = 100;

/// Renders every file of `site`, which was made of `directory`, and reports the links of its pages that lead nowhere, in
/// the order of the pages and of the text; each once a page, and once for the pages of all languages that are made of one file, whose
/// text `source` has; of one file no more than a hundred. Then those that pages leave out of what is written in Markdown. Links that begin with the site's own address are links inside it too.
///
/// # Errors
/// The first file that cannot be rendered, and why.
pub fn dead_links(
    site: &Site<'_>,
    directory: &Directory,
    source: &(dyn Fn(&str) -> Option<String> + Sync),
) -> Result<Vec<Finding>, (SitePath, RenderError)> {
    let base_url = directory.config.base_url.as_ref().map(Url::href);
    let (pages, others): (Vec<&SitePath>, Vec<&SitePath>) = site.paths().partition(|path| path.is_page());
    others.into_par_iter().try_for_each(|path| match site.render(path, &mut std::io::sink()) {
        Some(Err(error)) => Err((path.clone(), error)),
        _ => Ok(()),
    })?;
    // Those of the main language first, for which people write.
    let (others, main): (Vec<_>, Vec<_>) =
        pages.into_iter().partition(|page| directory.config.page_name(page.as_str()).1 != page.as_str());
    let pages = [main, others].concat();
    let links: Result<Vec<Vec<String>>, _> = pages.par_iter().map(|page| of_page(site, page, base_url)).collect();
    let mut of_files: Vec<DeadLinks<'_>> = Vec::new();
    let mut known = BTreeMap::new();
    for (page, links) in pages.into_iter().zip(links?).filter(|(_, links)| !links.is_empty()) {
        let file = made_of(page.as_str(), directory);
        let at = *known.entry(file.map_or(page.as_str(), |file| file)).or_insert(of_files.len());
        if at == of_files.len() {
            of_files.push(DeadLinks { file, links: Vec::new(), seen: BTreeSet::new() });
        }
        of_files[at].add(page, links);
    }
    let found: Vec<Vec<Finding>> = of_files.par_iter().map(|links| links.findings(directory, source)).collect();
    Ok(found.into_iter().flatten().chain(left_out::findings(directory, source)).collect())
}

/// The file from which a page is made, as far as that can be told.
fn made_of<'d>(page: &str, directory: &'d Directory) -> Option<&'d Arc<str>> {
    let (language, name) = directory.config.page_name(page);
    let id = name.strip_suffix(".html").unwrap_or(name);
    let team = id.strip_prefix("teams/").and_then(|id| directory.team(&id.parse().ok()?));
    let own = id.parse().ok().and_then(|id| directory.page_in(&id, language));
    team.map(|team| &team.file).or(own.map(|own| &own.file))
}

/// The dead links of the pages that are made of one file, or of one page of which that cannot be told.
struct DeadLinks<'d> {
    file: Option<&'d Arc<str>>,
    /// Each with the first page on which it stands.
    links: Vec<(&'d str, String)>,
    seen: BTreeSet<String>,
}

impl<'d> DeadLinks<'d> {
    fn add(&mut self, page: &'d SitePath, links: Vec<String>) {
        let new = links.into_iter().filter(|link| self.seen.insert(link.clone()));
        self.links.extend(new.map(|link| (page.as_str(), link)));
    }

    fn findings(&self, directory: &Directory, source: &dyn Fn(&str) -> Option<String>) -> Vec<Finding> {
        let text = self.file.and_then(|file| source(file));
        let told = self.links.iter().take(MOST).map(|(page, link)| {
            let place = self.file.map_or_else(|| Place::file(*page), |file| place(file, text.as_deref(), link));
            let up = "../".repeat(directory.config.page_name(page).1.matches('/').count());
            let message = format!("the link `{link}` leads to no file of the site");
            let help = format!(
                "it stands on {page}: write the path of a page from there, such as {up}index.html, or a whole https:// link"
            );
            Finding::new(Rule::DeadLink, place, message, help)
        });
        let mut told: Vec<Finding> = told.collect();
        if let (Some(last), more @ 1..) = (told.last_mut(), self.links.len().saturating_sub(MOST)) {
            last.help = format!("{}; of this file {more} more could be told", last.help).into();
        }
        told
    }
}

/// Where a link stands in a file with this text: the file as a whole, where it does not stand there as it is.
pub(super) fn place(file: &Arc<str>, text: Option<&str>, link: &str) -> Place {
    text.and_then(|text| span(text, link)).map_or_else(|| Place::file(Arc::clone(file)), |span| Place::new(file, span))
}

/// Where a link stands in the text of a file, if it stands there as it is.
fn span(text: &str, link: &str) -> Option<Span> {
    let behind = |signs: &[char]| text.match_indices(link).map(|(at, _)| at).find(|at| text[..*at].ends_with(signs));
    let at = behind(&['(', '<']).or_else(|| behind(&[' ']))?;
    Some(Span::new(Pos::behind(&text[..at]), Pos::behind(&text[..at + link.len()])))
}

/// The links of a page that lead nowhere.
fn of_page(site: &Site<'_>, page: &SitePath, base_url: Option<&str>) -> Result<Vec<String>, (SitePath, RenderError)> {
    let mut bytes = Vec::new();
    if let Some(Err(error)) = site.render(page, &mut bytes) {
        return Err((page.clone(), error));
    }
    let html = String::from_utf8_lossy(&bytes);
    let is_dead = |link: &str| is_dead(link, page, site, base_url);
    // Of nearly all pages that is all, and takes a hundredth of reading them.
    if !possible_links(&html).any(|link| (link.contains('&') && is_unclear(link, base_url)) || is_dead(link)) {
        return Ok(Vec::new());
    }
    let mut seen = BTreeSet::new();
    let is_new = |link: &String| seen.insert(link.clone());
    Ok(links(&html).into_iter().filter(is_new).filter(|link| is_dead(link)).collect())
}

/// Every text in a page that could be the value of an `href` or `src`, as it is written, whatever it stands in: none of
/// those that [`links`] finds is missing, but for empty ones.
fn possible_links(html: &str) -> impl Iterator<Item = &str> {
    let is_named = |name: &str| {
        let ends_with = |end: &str| {
            name.len().checked_sub(end.len()).is_some_and(|at| name.as_bytes()[at..].eq_ignore_ascii_case(end.as_bytes()))
        };
        ends_with("href") || ends_with("src")
    };
    memchr_iter(b'=', html.as_bytes()).filter(move |at| is_named(html[..*at].trim_ascii_end())).map(|at| {
        let value = html[at + 1..].trim_ascii_start();
        let quoted = value.strip_prefix(['"', '\'']).map(|rest| (rest, &value[..1]));
        let (value, end) = match quoted {
            Some((rest, quote)) => (rest, rest.find(quote)),
            None => (value, value.find(|c: char| c.is_ascii_whitespace() || c == '>')),
        };
        value[..end.unwrap_or(value.len())].trim()
    })
}

/// Whether references to characters in a link decide where it leads.
fn is_unclear(link: &str, base_url: Option<&str>) -> bool {
    base_url.is_some() || !is_external(link)
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
pub(super) fn target(folder: &str, path: &str) -> Option<SitePath> {
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
    let mut emitter = DefaultEmitter::<()>::default();
    // What stands in a script is no mark-up.
    emitter.naively_switch_states(true);
    let mut links = Vec::new();
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        let Token::StartTag(tag) = token else { continue };
        let named = tag.attributes.iter().filter(|(name, _)| matches!(&name[..], b"href" | b"src"));
        links.extend(named.map(|(_, value)| String::from_utf8_lossy(&value.value).trim().to_owned()));
    }
    links
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
        let site = site(pages);
        let of_page = |page: &SitePath| {
            let links = of_page(&site, page, Some("https://d.example/x/")).unwrap();
            links.into_iter().map(|link| (page.to_string(), link)).collect::<Vec<_>>()
        };
        site.paths().filter(|page| page.is_page()).flat_map(of_page).collect()
    }

    #[test]
    fn a_dead_link_is_found_where_it_stands() {
        let html = "<p><a href=\"b.html#x\">b</a><A class=x HREF=gone.html>c</A><img src='teams/no.svg'><a href=gone.html>";
        let found = dead(&[("a.html", html), ("b.html", "<a href=\"../b.html\"></a>")]);
        let expected = [("a.html", "gone.html"), ("a.html", "teams/no.svg"), ("b.html", "../b.html")];
        assert_eq!(found, expected.map(|(page, link)| (page.to_owned(), link.to_owned())));
    }

    #[test]
    fn every_link_is_possible_however_it_is_written() {
        let parts =
            ["<a ", "href", "SRC", "=", " ", "\n", "\"", "'", ">", "b.html", "é", "/", "<!--", "-->", "<script>", "</script>"];
        let mut found = 0;
        for begin in ["<a href=", "<IMG Src =", "x href='", "<script>", "<!--<a "] {
            for at in 0..parts.len().pow(4) {
                let html: String =
                    (0..4).fold(begin.to_owned(), |html, digit| html + parts[at / parts.len().pow(digit) % parts.len()]);
                let possible: Vec<&str> = possible_links(&html).collect();
                for link in links(&html).into_iter().filter(|link| !link.is_empty()) {
                    assert!(possible.contains(&&*link), "{html:?}: {link:?} is not among {possible:?}");
                    found += 1;
                }
            }
        }
        assert!(found > 1_000, "only {found} links");
    }

    #[test]
    fn what_is_written_in_references_is_read() {
        let html = "<a href=\"&#110;o.html\"></a><a href=\"https&#58;//d.example/x/no.html\"></a><a href=\"b.html&#35;top\"></a>";
        let found = dead(&[("a.html", html), ("b.html", "")]);
        assert_eq!(found.iter().map(|(_, link)| &**link).collect::<Vec<_>>(), ["no.html", "https://d.example/x/no.html"]);
    }

    #[test]
    fn a_link_has_its_place_in_the_text() {
        let text = "---\ntitle: no.html\n---\nA no.htmlx, [ž](no.html) and <no.html>.\n[x]: b.html\n";
        let place = |link| span(text, link).map(|span| (span.start.line, span.start.column, span.end.column));
        assert_eq!(place("no.html"), Some((4, 17, 24)));
        assert_eq!(place("b.html"), Some((5, 6, 12)));
        assert_eq!(place("c.html"), None);
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
}
