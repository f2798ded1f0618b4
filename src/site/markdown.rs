//! Markdown that strangers wrote, as HTML that is safe to publish.
//!
//! Raw HTML is shown as text, images are left out but for their words, and links lead only where a reader expects:
//! https, http, mail, or a place in this site. Headings are moved below those of the page. What stands too deep within
//! other things loses its mark-up and keeps its text.

mod found;

pub(super) use found::left_out;
pub use found::{Found, found};

use crate::diagnostic::misleads;
use crate::model::{EmailAddress, Url};
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};
use pulldown_cmark_escape::escape_href;
use std::borrow::Cow;

/// Where the text stands, which says how far its headings are moved down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Under a heading of the first level: the first heading becomes one of the second.
    Page,
    /// Under a heading of the second level: the first heading becomes one of the third.
    Section,
}

/// How many quotes, lists, items and emphases may stand within each other: deeper ones are dropped, for browsers give up
/// on pages that are nested without end.
const DEEPEST: usize = 16;

/// What we know of Markdown besides CommonMark.
const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// `text` as HTML.
pub fn to_html(text: &str, place: Place) -> String {
    to_html_led(text, place, &|_| None)
}

/// `text` as HTML on a page from which some links inside the site have another path than the one that was written, which
/// `lead` says: in each language there are pages, but files are there once.
pub(super) fn to_html_led(text: &str, place: Place, lead: &dyn Fn(&str) -> Option<String>) -> String {
    let leftward = text.chars().any(runs_leftward);
    let mut safe = Safe { place, lead, first: None, dropped_links: Vec::new(), open: Vec::new(), depth: 0, leftward };
    let events = Parser::new_ext(text, OPTIONS).filter_map(|event| safe.event(event));
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    html::push_html(&mut out, events);
    out
}

/// Whether a letter is of a script that runs from right to left: of Hebrew, Arabic and their kin.
fn runs_leftward(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// The beginning of a list whose direction is that of its first letter.
fn list(first: Option<u64>) -> String {
    match first {
        None => "<ul dir=\"auto\">\n".to_owned(),
        Some(1) => "<ol dir=\"auto\">\n".to_owned(),
        Some(first) => format!("<ol dir=\"auto\" start=\"{first}\">\n"),
    }
}

struct Safe<'p> {
    place: Place,
    /// To where a link of this path leads instead.
    lead: &'p dyn Fn(&str) -> Option<String>,
    /// The level of the first heading as written, be that `#` or `##`: it stands at the top.
    first: Option<usize>,
    /// For each link that is open: whether it was dropped.
    dropped_links: Vec<bool>,
    /// For each container that is open: whether it was kept.
    open: Vec<bool>,
    /// How many of them were kept.
    depth: usize,
    /// Whether some of the text runs from right to left, so that each list says on which side its marks stand.
    leftward: bool,
}

impl Safe<'_> {
    fn event<'t>(&mut self, event: Event<'t>) -> Option<Event<'t>> {
        match event {
            Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
            // A block of raw HTML is text like any other, and text stands in a paragraph.
            Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
            Event::Start(Tag::Heading { level, .. }) => {
                Some(Event::Start(Tag::Heading { level: self.lower(level), id: None, classes: Vec::new(), attrs: Vec::new() }))
            }
            Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(self.lower(level)))),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => self.open_link(&target(link_type, &dest_url)),
            Event::End(TagEnd::Link) => {
                let dropped = self.dropped_links.pop().unwrap_or(true);
                (!dropped).then_some(Event::Html(CowStr::Borrowed("</a>")))
            }
            // How a column is aligned would be written as a style of its cells, which the policy of our pages refuses. A table may be
            // wider than the screen: whoever has no mouse moves it by its frame.
            Event::Start(Tag::Table(_)) => Some(Event::Html(CowStr::Borrowed("<div class=\"wide\" tabindex=\"0\"><table>"))),
            Event::End(TagEnd::Table) => Some(Event::Html(CowStr::Borrowed("</tbody></table></div>\n"))),
            Event::Start(tag) => match Container::of(tag.to_end()) {
                // What was on lines of its own stays apart.
                Some(kind) if !self.open(kind) => (kind == Container::Item).then_some(Event::SoftBreak),
                _ => Some(match tag {
                    Tag::List(first) if self.leftward => Event::Html(list(first).into()),
                    tag => Event::Start(tag),
                }),
            },
            Event::End(tag) if Container::of(tag).is_some() => self.close().then_some(event),
            other => Some(other),
        }
    }

    /// Whether a container that begins is kept.
    fn open(&mut self, container: Container) -> bool {
        let keep = match container {
            // A list needs room for its items, and an item cannot do without its list.
            Container::List => self.depth + 1 < DEEPEST,
            Container::Item => self.open.last().copied().unwrap_or(false),
            Container::Other => self.depth < DEEPEST,
        };
        self.open.push(keep);
        self.depth += usize::from(keep);
        keep
    }

    /// Whether the container that ends was kept.
    fn close(&mut self) -> bool {
        let kept = self.open.pop().unwrap_or(false);
        self.depth -= usize::from(kept);
        kept
    }

    fn open_link<'t>(&mut self, target: &str) -> Option<Event<'t>> {
        let kind = link(target);
        self.dropped_links.push(kind.is_none());
        let mut tag = String::from("<a href=\"");
        // Writing into a text cannot fail.
        match kind? {
            Link::External(target) => {
                escape_href(&mut tag, &target).ok()?;
                tag.push_str("\" rel=\"nofollow\">");
            }
            Link::Internal => {
                let (path, rest) = target.split_at(target.find(['?', '#']).unwrap_or(target.len()));
                let led = if path.is_empty() { None } else { (self.lead)(path) };
                escape_href(&mut tag, led.as_deref().unwrap_or(path)).ok()?;
                escape_href(&mut tag, rest).ok()?;
                tag.push_str("\">");
            }
        }
        Some(Event::Html(tag.into()))
    }

    fn lower(&mut self, level: HeadingLevel) -> HeadingLevel {
        let top = match self.place {
            Place::Page => 2,
            Place::Section => 3,
        };
        let first = *self.first.get_or_insert(level as usize);
        let below = (level as usize).saturating_sub(first);
        HeadingLevel::try_from((top + below).min(6)).unwrap_or(HeadingLevel::H6)
    }
}

/// What may stand within itself, to any depth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Container {
    List,
    Item,
    /// A quote or an emphasis.
    Other,
}

impl Container {
    fn of(tag: TagEnd) -> Option<Self> {
        match tag {
            TagEnd::List(_) => Some(Self::List),
            TagEnd::Item => Some(Self::Item),
            TagEnd::BlockQuote(_) | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => Some(Self::Other),
            _ => None,
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Link<'t> {
    /// With where it leads, in the form in which it leads there from everywhere: `https:a.example` would lead into the site.
    External(Cow<'t, str>),
    Internal,
}

/// Where a link leads as it is written.
fn target(kind: LinkType, written: &str) -> Cow<'_, str> {
    if kind == LinkType::Email { format!("mailto:{written}").into() } else { written.into() }
}

/// What kind of link `target` is; `None` where it must not become one.
fn link(target: &str) -> Option<Link<'_>> {
    // Browsers drop tabs and line breaks, and take a backslash for a slash.
    if target.is_empty() || target.contains('\\') || target.chars().any(|c| misleads(c) || c.is_whitespace()) {
        return None;
    }
    if let Some(address) = target.strip_prefix("mailto:") {
        let (address, fields) = address.split_once('?').unwrap_or((address, ""));
        // Others name whom the letter goes to besides (RFC 6068, section 2), which nobody sees.
        let is_seen = |field: &str| ["subject", "body"].contains(&field.split('=').next().unwrap_or_default());
        let is_one = address.parse::<EmailAddress>().is_ok() && fields.split('&').all(|field| field.is_empty() || is_seen(field));
        return is_one.then_some(Link::External(target.into()));
    }
    // The same links as in the fields of an entry: https or http, a host, and no user name before an @.
    if let Ok(url) = target.parse::<Url>() {
        return Some(Link::External(url.href().to_owned().into()));
    }
    let first = target.split(['/', '?', '#']).next().unwrap_or_default();
    (!first.contains(':') && !target.starts_with('/')).then_some(Link::Internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_files_lead_to_where_they_are_once() {
        let text = "[a](files/b.pdf) [c](d.html#e) [f](#g) [h](https://i.example/j.pdf) [k](l.html?m#n)";
        let html = to_html_led(text, Place::Page, &|path| (path != "d.html").then(|| format!("../{path}")));
        for link in ["../files/b.pdf", "../l.html?m#n", "d.html#e", "#g", "https://i.example/j.pdf"] {
            assert!(html.contains(&format!("href=\"{link}\"")), "{html}");
        }
        assert!(to_html(text, Place::Page).contains("href=\"files/b.pdf\""));
    }

    #[test]
    fn a_link_elsewhere_leads_there_from_every_page() {
        for target in ["https:a.example/x", "https:/a.example/x", "https:///a.example/x", "HTTPS://A.example/x"] {
            let html = to_html(&format!("[a]({target})"), Place::Page);
            assert!(html.contains("<a href=\"https://a.example/x\" rel=\"nofollow\">a</a>"), "{html}");
        }
    }

    #[test]
    fn lists_that_run_from_right_to_left_have_their_marks_there() {
        let html = to_html("- \u{5d0}\n  1. b\n\n7. x\n", Place::Page);
        assert_eq!(
            html,
            "<ul dir=\"auto\">\n<li>\u{5d0}<ol dir=\"auto\">\n<li>b</li>\n</ol>\n</li>\n</ul>\n<ol dir=\"auto\" start=\"7\">\n<li>x</li>\n</ol>\n"
        );
        assert!(to_html("- a\n", Place::Page).starts_with("<ul>"));
    }

    #[test]
    fn a_mail_goes_to_whom_the_link_names_alone() {
        let link = |query: &str| to_html(&format!("[a](mailto:a@b.example{query})"), Place::Page).contains("<a ");
        assert!(link("") && link("?subject=x") && link("?body=x&subject=y"));
        assert!(!link("?bcc=c@d.example") && !link("?subject=x&cc=c@d.example") && !link("?%62cc=c@d.example"));
    }

    #[test]
    fn tables_have_no_style_of_their_own() {
        let html = to_html("|a|b|\n|:-:|--:|\n|1|2|\n", Place::Page);
        assert!(html.contains("<td>2</td>") && !html.contains("style"), "{html}");
    }

    fn section(text: &str) -> String {
        to_html(text, Place::Section)
    }

    #[test]
    fn raw_html_is_text() {
        for text in ["<script>alert(1)</script>", "a <b onclick=x>b</b>", "<img src=x onerror=y>", "<!-- x -->", "<svg/onload=z>"]
        {
            let html = section(text);
            assert!(html.contains("&lt;"), "{html}");
            assert!(
                !html.contains("<script") && !html.contains("<b") && !html.contains("<img") && !html.contains("<svg"),
                "{html}"
            );
        }
    }

    #[test]
    fn links_lead_where_a_reader_expects() {
        let bad = [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "//evil.example",
            "/\\evil.example",
            "file:///etc/passwd",
            "java&#115;cript:x",
            "&#106;avascript:x",
            "tel:1",
            "/absolute",
            "https://cert.example@evil.example/",
            "https://a.example/\u{202e}gnp",
            "\\\\evil.example",
            "mailto:nobody",
        ];
        for target in bad {
            let html = section(&format!("[text](<{target}>)"));
            assert!(!html.contains("<a") && html.contains("text"), "{html}");
        }
        assert!(section("<javascript:alert(1)>").contains("javascript") && !section("<javascript:alert(1)>").contains("<a"));
        assert_eq!(
            section("[a](https://a.example/?x=1&y=\"2\")").trim(),
            "<p><a href=\"https://a.example/?x=1&amp;y=%222%22\" rel=\"nofollow\">a</a></p>"
        );
        assert_eq!(section("[a](cert-beta.html#keys)").trim(), "<p><a href=\"cert-beta.html#keys\">a</a></p>");
        assert!(section("<cert@alpha.example>").contains("<a href=\"mailto:cert@alpha.example\""));
    }

    #[test]
    fn images_leave_their_words() {
        assert_eq!(section("![logo](https://a.example/track.png)").trim(), "<p>logo</p>");
    }

    #[test]
    fn headings_stay_below_the_page() {
        assert_eq!(section("# a").trim(), "<h3>a</h3>");
        assert_eq!(section("##### a").trim(), "<h3>a</h3>");
        assert_eq!(section("## a\n##### b\n# c").replace('\n', ""), "<h3>a</h3><h6>b</h6><h3>c</h3>");
        assert_eq!(to_html("# a", Place::Page).trim(), "<h2>a</h2>");
    }

    /// How deep elements stand within each other.
    fn depth(html: &str) -> usize {
        let (mut depth, mut deepest) = (0_usize, 0);
        for tag in html.split('<').skip(1) {
            depth = if tag.starts_with('/') { depth - 1 } else { depth + 1 };
            deepest = deepest.max(depth);
        }
        assert_eq!(depth, 0);
        deepest
    }

    #[test]
    fn nesting_ends_somewhere_and_text_stays() {
        for start in ["> ", "- ", "* > - ", "1. ", "*a **b ", "~~a *b "] {
            for text in [start.repeat(50_000 / start.len()) + "end", start.repeat(30) + "one\n\n" + &start.repeat(28) + "two"] {
                let html = section(&text);
                assert!(depth(&html) <= DEEPEST + 1, "{start}: {}", depth(&html));
                assert!(html.contains("end") || (html.contains("one") && html.contains("two")), "{start}");
                assert!(html.len() < text.len() * 2 + 1_000, "{start}: {}", html.len());
            }
        }
        let closed = section(&("*a ".repeat(9_000) + &"a*".repeat(9_000)));
        assert!(depth(&closed) <= DEEPEST + 1);
    }

    #[test]
    fn what_is_not_deep_is_kept_and_dropped_items_stay_apart() {
        assert_eq!(
            section("> - a\n>   - *b*").replace('\n', ""),
            "<blockquote><ul><li>a<ul><li><em>b</em></li></ul></li></ul></blockquote>"
        );
        assert_eq!(section(&"> ".repeat(16)).matches("<blockquote>").count(), 16);
        let deep = "> ".repeat(15);
        let html = section(&format!("{deep}- a\n{deep}- b"));
        assert!(!html.contains("<ul>") && !html.contains("<li>") && html.contains("a\nb"), "{html}");
    }

    #[test]
    fn templates_in_text_stay_text() {
        assert!(section("{{ 7 * 7 }} {% raw %}").contains("{{ 7 * 7 }} {% raw %}"));
    }
}
