//! Smaller pages, at no cost per page: templates are minified once, when they are loaded.
//!
//! minify-html knows nothing of templates, so each tag (`{{ … }}`, `{% … %}`) is replaced by a stand-in that HTML leaves
//! alone, and put back afterwards. Where that cannot be shown to be sound the template is used as it was written: a tag
//! among the attributes of an element, a stand-in that got lost or doubled, or an entity that became a tag.

use minify_html::{Cfg, minify};
use std::panic::catch_unwind;
use std::path::Path;

/// What begins and ends a stand-in: private-use characters, which no template has a reason to hold. The space between
/// them keeps the quotes around an attribute's value.
const OPEN: char = '\u{e000}';
const CLOSE: &str = " \u{e001}";

/// The template minified, or as it was written where that would not be safe.
pub(super) fn template(name: &str, text: &str) -> String {
    let is_html = Path::new(name).extension().is_some_and(|ending| ending == "html") && !text.contains(OPEN);
    is_html.then(|| try_template(text)).flatten().unwrap_or_else(|| text.to_owned())
}

fn try_template(text: &str) -> Option<String> {
    let pieces = split(text)?;
    let mut html = String::with_capacity(text.len());
    let mut tags = Vec::new();
    for piece in &pieces {
        match piece {
            Piece::Html(text) => html.push_str(text),
            Piece::Tag(tag) => {
                html.push(OPEN);
                html.push_str(&tags.len().to_string());
                html.push_str(CLOSE);
                tags.push(*tag);
            }
        }
    }
    let small = catch_unwind(|| minify(html.as_bytes(), &config())).ok()?;
    restore(&String::from_utf8(small).ok()?, &tags)
}

fn config() -> Cfg {
    let mut config = Cfg::new();
    config.keep_html_and_head_opening_tags = true;
    config
}

/// Puts the tags back, each exactly once. Their order may differ, for attributes are sorted.
fn restore(html: &str, tags: &[&str]) -> Option<String> {
    let mut parts = html.split(OPEN);
    let mut out = parts.next()?.to_owned();
    let mut order = Vec::new();
    for part in parts {
        let (number, rest) = part.split_once(CLOSE)?;
        let at: usize = number.parse().ok()?;
        out.push_str(tags.get(at)?);
        out.push_str(rest);
        order.push(at);
    }
    // An entity may have become a brace: only what reads as the same tags is the same template.
    let again = split(&out)?.into_iter().filter_map(|piece| match piece {
        Piece::Tag(tag) => Some(tag),
        Piece::Html(_) => None,
    });
    let is_same = again.eq(order.iter().map(|at| tags[*at]));
    order.sort_unstable();
    (is_same && order.into_iter().eq(0..tags.len())).then_some(out)
}

#[derive(Debug, PartialEq)]
enum Piece<'t> {
    Html(&'t str),
    Tag(&'t str),
}

/// Where in the HTML a tag stands.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Spot {
    Text,
    /// Between `<` and `>`, outside a value in quotes.
    Element,
    /// Inside a value that began with this quote.
    Value(char),
}

/// The template in pieces, comments left out; `None` where a tag stands among attributes, or never ends.
fn split(text: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    let mut spot = Spot::Text;
    let mut rest = text;
    loop {
        let (html, tagged) = rest.split_at(tag_begin(rest).unwrap_or(rest.len()));
        spot = walk(html, spot);
        pieces.push(Piece::Html(html));
        if tagged.is_empty() {
            return Some(pieces);
        }
        let (tag, after) = tagged.split_at(tag_length(tagged)?);
        if !tag.starts_with("{#") {
            if spot == Spot::Element {
                return None;
            }
            pieces.push(Piece::Tag(tag));
        }
        rest = after;
    }
}

/// Where in `text` the next tag begins. It looks no farther than that, for this is done at each tag of each template.
fn tag_begin(text: &str) -> Option<usize> {
    text.match_indices('{').map(|(at, _)| at).find(|at| matches!(text.as_bytes().get(at + 1), Some(b'{' | b'%' | b'#')))
}

fn walk(html: &str, mut spot: Spot) -> Spot {
    for c in html.chars() {
        spot = match (spot, c) {
            (Spot::Text, '<') => Spot::Element,
            (Spot::Element, '>') => Spot::Text,
            (Spot::Element, quote @ ('"' | '\'')) => Spot::Value(quote),
            (Spot::Value(quote), c) if c == quote => Spot::Element,
            (spot, _) => spot,
        };
    }
    spot
}

/// How long the tag at the beginning of `text` is. Ends within texts and within nested braces do not count.
pub(super) fn tag_length(text: &str) -> Option<usize> {
    let close = match text.as_bytes().get(1)? {
        b'{' => "}}",
        b'%' => "%}",
        _ => return text.find("#}").map(|at| at + 2),
    };
    let mut quote = None;
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().skip(2) {
        match (quote, c) {
            (Some(open), c) => quote = Some(open).filter(|open| *open != c),
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, _) if depth == 0 && text[at..].starts_with(close) => return Some(at + 2),
            (None, '{') => depth += 1,
            (None, '}') => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::default_theme::FILES;
    use super::*;

    fn small(text: &str) -> String {
        template("x.html", text)
    }

    #[test]
    fn keeps_every_tag_and_drops_white_space() {
        let text = "<ul>\n  {% for x in xs %}\n  <li class=\"{{ x.kind }}\">  {{ x.name }}  </li>\n  {% endfor %}\n</ul>\n{# a comment #}\n<p>a {{ b }} c</p>\n";
        let minified = small(text);
        for tag in ["{% for x in xs %}", "\"{{ x.kind }}\"", "{{ x.name }}", "{% endfor %}", "a {{ b }} c"] {
            assert_eq!(minified.matches(tag).count(), 1, "{minified}");
        }
        assert!(!minified.contains("comment") && !minified.contains('\n'), "{minified}");
    }

    #[test]
    fn drops_no_blank_that_may_be_needed() {
        for text in ["<p>foo {% for s in t %} b{{ s }}{% endfor %}", "<p>z {% if a %}x {% else %} w{% endif %}"] {
            let minified = small(text);
            assert!(minified.contains("%} b{{ s }}") || minified.contains("{% else %} w"), "{minified}");
        }
    }

    #[test]
    fn attributes_may_change_places() {
        let minified = small("<p>  <img src=\"{{ a }}\"  alt=\"{{ b }}\">  </p>");
        assert!(
            minified.contains("src=\"{{ a }}\"") && minified.contains("alt=\"{{ b }}\"") && !minified.contains("  "),
            "{minified}"
        );
    }

    #[test]
    fn every_template_of_ours_gets_smaller() {
        let templates = FILES.iter().filter(|(path, _)| Path::new(path).extension().is_some_and(|ending| ending == "html"));
        for (path, bytes) in templates {
            let text = std::str::from_utf8(bytes).unwrap();
            assert!(template(path, text).len() < text.len(), "{path} is used as it is");
        }
    }

    #[test]
    fn leaves_alone_what_it_cannot_be_sure_of() {
        for text in [
            "<li {% if a %}class=\"x\"{% endif %}  id=\"y\">  a</li>",
            "<p>&#123;&#123; a }}  b</p>{{ c }}",
            "<p>&#123;{{ a }}  b</p>",
            "<p>{{ never ends",
            "<{{ element }}>  a",
            "<p>\u{e000}  {{ a }}",
        ] {
            assert_eq!(small(text), text);
        }
        assert_eq!(template("x.svg", "<svg  viewBox=\"0 0 1 1\"/>"), "<svg  viewBox=\"0 0 1 1\"/>");
    }

    #[test]
    fn finds_the_end_of_a_tag() {
        for tag in
            ["{{ a }}", "{{ \"}}\" }}", "{{ {a: {b: 1}} }}", "{{<badge a={x} b=\"}}\"/>}}", "{% if a == \"%}\" %}", "{# }} #}"]
        {
            assert_eq!(tag_length(&format!("{tag} rest }}}}")), Some(tag.len()), "{tag}");
        }
    }
}
