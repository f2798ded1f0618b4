//! The tag by which a template asks for a text: `[[key name=value …]]`.
//!
//! A value is one of
//!
//! - `{expression}`: what the engine makes of it, escaped;
//! - `(fragment)`: a piece of template, as it stands;
//! - `<component …/>`: what the component makes;
//! - `<element …>`: what `<name>` in the text begins; it ends there with `</element>`;
//! - `[[key …]]`: another text.
//!
//! This module only cuts the tag into its parts.

use super::super::tags::tag_length;
use super::message::is_name;
use std::ops::Range;

/// What begins and ends a tag.
pub(super) const OPEN: &str = "[[";
const CLOSE: &str = "]]";

/// A tag, cut into its parts. Ranges are of the template.
#[derive(Debug)]
pub(super) struct Tag<'t> {
    pub(super) key: &'t str,
    pub(super) arguments: Vec<Argument<'t>>,
    /// Where the tag ends.
    pub(super) end: usize,
}

#[derive(Debug)]
pub(super) struct Argument<'t> {
    pub(super) name: &'t str,
    /// Where its name stands.
    pub(super) at: usize,
    pub(super) form: Form,
    /// What stands between the marks of its form.
    pub(super) range: Range<usize>,
}

/// What kind of value an argument is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Expression,
    Fragment,
    Component,
    Element,
    Text,
}

/// What is wrong, and where.
pub(super) type Mistake = (usize, String);

/// Whether a tag begins at `at`: a list within a list begins with other things than a key.
pub(super) fn begins(template: &str, at: usize) -> bool {
    let Some(rest) = template[at..].strip_prefix(OPEN) else { return false };
    let key = key_length(rest);
    let next = rest[key..].chars().next();
    rest[..key].contains('.') && (rest[key..].starts_with(CLOSE) || next.is_some_and(char::is_whitespace))
}

fn key_length(text: &str) -> usize {
    text.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_'))).unwrap_or(text.len())
}

impl<'t> Tag<'t> {
    /// The tag that begins at `start`.
    pub(super) fn read(template: &'t str, start: usize) -> Result<Self, Mistake> {
        let from = start + OPEN.len();
        let length = key_length(&template[from..]);
        let key = &template[from..from + length];
        let mut arguments = Vec::new();
        let mut at = from + length;
        loop {
            at += template[at..].len() - template[at..].trim_start().len();
            if template[at..].starts_with(CLOSE) {
                return Ok(Self { key, arguments, end: at + CLOSE.len() });
            }
            let argument = Argument::read(template, at)?;
            at = argument.end();
            arguments.push(argument);
        }
    }
}

impl<'t> Argument<'t> {
    fn read(template: &'t str, at: usize) -> Result<Self, Mistake> {
        let expected = || (at, "`]]` or `name=` with a value is expected".to_owned());
        let rest = &template[at..];
        let (name, value) = rest.split_once('=').filter(|(name, _)| is_name(name)).ok_or_else(expected)?;
        let start = at + name.len() + 1;
        let never = || (start, format!("the value of `{name}` never ends"));
        let (form, range) = match value.as_bytes().first() {
            Some(b'{') => (Form::Expression, start + 1..start + balanced(value, '{', '}').ok_or_else(never)? - 1),
            Some(b'(') => (Form::Fragment, start + 1..start + balanced(value, '(', ')').ok_or_else(never)? - 1),
            Some(b'<') => {
                let end = element_length(value).ok_or_else(never)?;
                let form = if value[..end].ends_with("/>") { Form::Component } else { Form::Element };
                (form, start..start + end)
            }
            Some(b'[') if begins(template, start) => (Form::Text, start..Tag::read(template, start)?.end),
            _ => {
                return Err((
                    start,
                    format!("the value of `{name}` is written {{expression}}, (fragment), <element>, <component/> or [[text]]"),
                ));
            }
        };
        Ok(Self { name, at, form, range })
    }

    fn end(&self) -> usize {
        self.range.end + usize::from(matches!(self.form, Form::Expression | Form::Fragment))
    }
}

/// How long what `open` begins is, up to the `close` that fits it. What stands in quotes or in a tag does not count.
fn balanced(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let is_tag = at > 0 && quote.is_none() && ["{{", "{%", "{#"].iter().any(|tag| text[at..].starts_with(tag));
        if is_tag && open == '(' {
            at += tag_length(&text[at..])?;
            continue;
        }
        at += c.len_utf8();
        match quote {
            Some(open) => quote = Some(open).filter(|open| *open != c),
            // A fragment holds words, in which an apostrophe is no quote.
            None if matches!(c, '"' | '`') || (c == '\'' && open != '(') => quote = Some(c),
            None if c == open => depth += 1,
            None if c == close => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            None => {}
        }
    }
    None
}

/// How long the element or component at the beginning of `text` is, up to its `>`.
fn element_length(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if ["{{", "{%", "{#"].iter().any(|tag| text[at..].starts_with(tag)) {
            at += tag_length(&text[at..])?;
            continue;
        }
        at += c.len_utf8();
        match (quote, c) {
            (Some(open), c) => quote = Some(open).filter(|open| *open != c),
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '{') => depth += 1,
            (None, '}') => depth = depth.saturating_sub(1),
            (None, '>') if depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_cut_into_its_parts() {
        let text = "x[[a.b day=<date day={x.y} z=\">\"/> a=<a href=\"{{ root }}a.html#{{ b }}\"> n={f(a=\"}\")} c=(<b>{{ \")\" }}</b> (d)) e=[[c.d]]]]y";
        let tag = Tag::read(text, 1).unwrap();
        assert_eq!((tag.key, &text[tag.end..]), ("a.b", "y"));
        let parts: Vec<_> = tag.arguments.iter().map(|one| (one.name, one.form, &text[one.range.clone()])).collect();
        assert_eq!(
            parts,
            [
                ("day", Form::Component, "<date day={x.y} z=\">\"/>"),
                ("a", Form::Element, "<a href=\"{{ root }}a.html#{{ b }}\">"),
                ("n", Form::Expression, "f(a=\"}\")"),
                ("c", Form::Fragment, "<b>{{ \")\" }}</b> (d)"),
                ("e", Form::Text, "[[c.d]]"),
            ]
        );
    }

    #[test]
    fn lists_within_lists_are_no_tags() {
        for list in ["[[1, 2], [3]]", "[[a, b]]", "[[]]", "[[a.b, c]]", "[[\"a.b\"]]", "[[x]]"] {
            assert!(!begins(list, 0), "{list}");
        }
        assert!(begins("[[a.b]]", 0) && begins("[[a.b-c.d n={x}]]", 0));
    }

    #[test]
    fn what_is_no_tag_says_where() {
        for (text, at) in [("[[a.b n]]", 6), ("[[a.b n=x]]", 8), ("[[a.b n={x]]", 8), ("[[a.b a=<b]]", 8), ("[[a.b", 5)] {
            assert_eq!(Tag::read(text, 0).map(|tag| tag.end).map_err(|(at, _)| at), Err(at), "{text}");
        }
    }
}
