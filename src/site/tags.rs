//! The tags of a template, told from what stands around them. What they say is for others: the texts, the minifier and the theme
//! each put something in their place, and leave the rest to the engine.

/// A part of a template.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Part<'t> {
    /// What no tag is; also what stands between `{% raw %}` and `{% endraw %}`, with these.
    Markup(&'t str),
    /// A tag or a comment, with its braces.
    Tag(&'t str),
}

/// The parts of a template; a tag that never ends counts as mark-up, so that the engine finds it.
pub(super) fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next();
        let (length, is_tag) = match (first, next_tag(rest)) {
            (None, _) => return None,
            (_, Some(0)) => tag_length(rest).map_or((rest.len(), false), |length| match raw_length(rest, length) {
                Some(length) => (length, false),
                None => (length, true),
            }),
            (_, next) => (next.unwrap_or(rest.len()), false),
        };
        let (part, after) = rest.split_at(length);
        rest = after;
        Some(if is_tag { Part::Tag(part) } else { Part::Markup(part) })
    })
}

/// How far it goes from `{% raw %}`, which is `length` long, to the end of `{% endraw %}`; `None` where that tag is another.
fn raw_length(text: &str, length: usize) -> Option<usize> {
    let is = |tag: &str, keyword| statement(tag) == Some(keyword);
    if !is(&text[..length], "raw") {
        return None;
    }
    let mut at = length;
    while let Some(next) = text[at..].find("{%") {
        at += next;
        let Some(end) = text[at..].find("%}").map(|end| at + end + 2) else { break };
        if is(&text[at..end], "endraw") {
            return Some(end);
        }
        at += 2;
    }
    Some(text.len())
}

/// Where the next tag or comment begins.
pub(super) fn next_tag(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'{', bytes).find(|at| matches!(bytes.get(at + 1), Some(b'{' | b'%' | b'#')))
}

/// How long the tag at the beginning of `text` is. Ends within texts and within nested braces do not count.
pub(super) fn tag_length(text: &str) -> Option<usize> {
    let close = match text.as_bytes().get(1)? {
        b'{' => "}}",
        b'%' => "%}",
        _ => return text.find("#}").map(|at| at + 2),
    };
    let mut quote = None;
    let mut escaped = false;
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().skip(2) {
        match (quote, c) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
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

/// The code of `{% … %}`, without braces and signs for white space.
pub(super) fn statement(tag: &str) -> Option<&str> {
    Some(trimmed(tag.strip_prefix("{%")?.strip_suffix("%}")?))
}

/// The code of `{{ … }}`.
pub(super) fn expression(tag: &str) -> Option<&str> {
    Some(trimmed(tag.strip_prefix("{{")?.strip_suffix("}}")?))
}

fn trimmed(code: &str) -> &str {
    let code = code.strip_prefix('-').unwrap_or(code);
    code.strip_suffix('-').unwrap_or(code).trim()
}

/// Whether a tag or a comment takes away the white space before it, and behind it.
pub(super) fn trims(tag: &str) -> [bool; 2] {
    [tag.get(2..3) == Some("-"), tag.len() > 4 && tag.as_bytes()[tag.len() - 3] == b'-']
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_end_of_a_tag() {
        for tag in [
            "{{ a }}",
            "{{ \"}}\" }}",
            "{{ \"\\\"}}\" }}",
            "{{ {a: {b: 1}} }}",
            "{{<badge a={x} b=\"}}\"/>}}",
            "{% if a == \"%}\" %}",
            "{# }} #}",
        ] {
            assert_eq!(tag_length(&format!("{tag} rest }}}}")), Some(tag.len()), "{tag}");
        }
    }

    #[test]
    fn tells_tags_from_what_is_around_them() {
        use Part::{Markup, Tag};
        for (text, expected) in [
            ("a{{ b }}{# c #}d", vec![Markup("a"), Tag("{{ b }}"), Tag("{# c #}"), Markup("d")]),
            ("{% raw %}{{ a }}{% endraw %}{{ b }}", vec![Markup("{% raw %}{{ a }}{% endraw %}"), Tag("{{ b }}")]),
            ("{%- raw -%}{% {% endraw", vec![Markup("{%- raw -%}{% {% endraw")]),
            ("a { b {{ never", vec![Markup("a { b "), Markup("{{ never")]),
            ("é{%%}é", vec![Markup("é"), Tag("{%%}"), Markup("é")]),
            ("", vec![]),
        ] {
            assert_eq!(parts(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
