//! What a reader finds in a text that is written in Markdown, and what its author wrote in vain.

use super::{Link, OPTIONS, link, target};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// What a reader finds in a text.
#[derive(Debug, Default)]
pub struct Found {
    /// Its words, those of its links among them.
    pub words: String,
    /// The links that lead out of the site: where to, and behind which words.
    pub links: Vec<(String, String)>,
}

/// What a reader of `text` finds in it, where [`to_html`](super::to_html) has made a page of it.
pub fn found(text: &str) -> Found {
    let mut found = Found::default();
    // Where a link leads, and where its words begin; links do not stand within each other.
    let mut open = None;
    for event in Parser::new_ext(text, OPTIONS) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => found.words += &text,
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                open = Some((target(link_type, &dest_url).into_owned(), found.words.len()));
            }
            Event::End(TagEnd::Link) => {
                let Some((target, start)) = open.take() else { continue };
                if let Some(Link::External(href)) = link(&target) {
                    found.links.push((href.into_owned(), found.words[start..].to_owned()));
                }
            }
            // Marks for emphasis part no words; all else does.
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {}
            _ => found.words.push(' '),
        }
    }
    found
}

/// The targets in `text` of links that become none.
pub(in super::super) fn left_out(text: &str) -> Vec<String> {
    // Most texts have no link at all.
    if !text.contains(['[', '<']) {
        return Vec::new();
    }
    let parser = Parser::new_ext(text, OPTIONS);
    let targets = parser.filter_map(|event| match event {
        Event::Start(Tag::Link { link_type, dest_url, .. }) => Some(target(link_type, &dest_url).into_owned()),
        _ => None,
    });
    targets.filter(|target| !target.is_empty() && link(target).is_none()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_finds_is_what_the_page_has() {
        let found = found(
            "Write to [**cert**@a&#46;example](mailto:c@b.example), <https://c.example/>,\n[d](e.html) or ![f](https://g.example/)",
        );
        assert_eq!(found.words.trim(), "Write to cert@a.example, https://c.example/, d or  f");
        let links = [("mailto:c@b.example", "cert@a.example"), ("https://c.example/", "https://c.example/")];
        assert_eq!(found.links, links.map(|(target, words)| (target.to_owned(), words.to_owned())));
    }
}
