//! Arbitrary text as Markdown: what comes of it are a few tags that are closed in order, and links that lead where they may.

#![no_main]

use libfuzzer_sys::fuzz_target;
use peerage_fuzz::site::markdown::{Place, to_html};

/// The tags of text, and those that stand alone.
const TAGS: &[&str] = &[
    "a",
    "blockquote",
    "code",
    "del",
    "div",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];
const ALONE: &[&str] = &["br", "hr"];

/// Whether an address, perhaps with what follows it, leads to a page of this or another site, or to a mailbox.
fn leads_where_it_may(href: &str) -> bool {
    let href = href.strip_suffix("\" rel=\"nofollow").unwrap_or(href);
    let scheme = href.split(['/', '?', '#']).next().unwrap_or_default().split_once(':').map(|(scheme, _)| scheme);
    !href.starts_with('/') && !href.contains('"') && scheme.is_none_or(|scheme| ["https", "http", "mailto"].contains(&scheme))
}

/// Whether a list says on which side its marks stand, and from which number it counts, and nothing else.
fn is_list(attributes: &str) -> bool {
    let rest = attributes.strip_prefix("dir=\"auto\"").unwrap_or(attributes).trim_start();
    let number = rest.strip_prefix("start=\"").and_then(|rest| rest.strip_suffix('"'));
    rest.is_empty() || number.is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
}

/// Fails where a tag or an attribute is none of those that may be.
fn hold(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let end = at + rest[at..].find('>').unwrap_or_else(|| panic!("a tag is open at the end: {html}"));
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{html}");
            continue;
        }
        let (name, attributes) =
            tag.trim_end_matches(['/', ' ']).split_once(' ').unwrap_or((tag.trim_end_matches(['/', ' ']), ""));
        if ALONE.contains(&name) {
            assert_eq!(attributes, "", "{html}");
            continue;
        }
        assert!(TAGS.contains(&name), "<{tag}> in {html}");
        open.push(name);
        let value = |attribute| attributes.strip_prefix(attribute).and_then(|rest: &str| rest.strip_suffix('"'));
        let known = match name {
            "a" => value("href=\"").is_some_and(leads_where_it_may),
            "code" => attributes.is_empty() || value("class=\"language-").is_some_and(|class| !class.contains('"')),
            "ol" | "ul" => is_list(attributes),
            "div" => attributes == "class=\"wide\" tabindex=\"0\"",
            "td" | "th" => attributes.is_empty() || value("style=\"text-align: ").is_some() || value("class=\"").is_some(),
            _ => attributes.is_empty(),
        };
        assert!(known, "<{tag}> in {html}");
    }
    assert!(open.is_empty(), "{open:?} are never closed in {html}");
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for place in [Place::Page, Place::Section] {
        hold(&to_html(text, place));
    }
});
