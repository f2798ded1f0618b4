//! One text: its pieces, and its form for one and for several.
//!
//! `{name}` stands for a value, `<name>…</name>` for an element; who uses the text says what each of them is. All else is
//! plain. So a text can hold neither mark-up nor a template's tag of its own.

use crate::config::Language;
use std::collections::BTreeSet;

/// The placeholder that says how many there are, which chooses the form.
pub(in crate::site) const COUNT: &str = "n";

/// A text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::site) struct Message {
    /// The form for one thing, where it differs.
    one: Option<Vec<Piece>>,
    other: Vec<Piece>,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::site) enum Piece {
    /// Words.
    Words(String),
    /// A value.
    Value(String),
    /// Where an element begins.
    Open(String),
    /// Where it ends.
    Close(String),
}

/// What a text leaves to its user, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::site) struct Places {
    pub(in crate::site) values: BTreeSet<String>,
    pub(in crate::site) elements: BTreeSet<String>,
}

impl Message {
    /// A text with one form.
    ///
    /// # Errors
    /// What cannot stand in a text.
    pub(in crate::site) fn new(text: &str) -> Result<Self, String> {
        Ok(Self { one: None, other: pieces(text)? })
    }

    /// A text with a form for one and a form for others.
    ///
    /// # Errors
    /// What cannot stand in a text, or where one form has what the other lacks.
    pub(in crate::site) fn plural(one: &str, other: &str) -> Result<Self, String> {
        let message = Self { one: Some(pieces(one)?), other: pieces(other)? };
        let [first, mut second] = [message.one.as_deref().unwrap_or_default(), &message.other].map(Places::of);
        second.values.remove(COUNT);
        let mut same = first;
        same.values.remove(COUNT);
        if same == second { Ok(message) } else { Err("its two forms do not have the same placeholders".to_owned()) }
    }

    /// The form for one thing, where there is one, and that for others.
    pub(in crate::site) fn forms(&self) -> (Option<&[Piece]>, &[Piece]) {
        (self.one.as_deref(), &self.other)
    }

    /// The form for `count` things.
    pub(in crate::site) fn form(&self, count: Option<u64>, language: Language) -> &[Piece] {
        let is_one = count.is_some_and(|count| if one_covers_none(language) { count < 2 } else { count == 1 });
        self.one.as_deref().filter(|_| is_one).unwrap_or(&self.other)
    }

    /// What it leaves to its user; a text with two forms asks how many there are, whether it names the number or not.
    pub(in crate::site) fn places(&self) -> Places {
        let mut places = Places::of(&self.other);
        if let Some(one) = &self.one {
            places.values.insert(COUNT.to_owned());
            places.values.extend(Places::of(one).values);
        }
        places
    }
}

/// Whether the form for one is also that for none, as in French.
pub(in crate::site) fn one_covers_none(language: Language) -> bool {
    language == Language::French
}

impl Places {
    fn of(pieces: &[Piece]) -> Self {
        let mut places = Self::default();
        for piece in pieces {
            match piece {
                Piece::Value(name) => drop(places.values.insert(name.clone())),
                Piece::Open(name) => drop(places.elements.insert(name.clone())),
                Piece::Words(_) | Piece::Close(_) => {}
            }
        }
        places
    }
}

/// Whether `text` can be the name of a placeholder.
pub(in crate::site) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    loop {
        let at = rest.find(['{', '}', '<', '>', '\\']).unwrap_or(rest.len());
        let (words, tail) = rest.split_at(at);
        if words.contains(|c: char| c.is_control()) {
            return Err("it has a line break or another control character".to_owned());
        }
        if !words.is_empty() {
            pieces.push(Piece::Words(words.to_owned()));
        }
        let Some(mark) = tail.chars().next() else { break };
        let close = if mark == '{' { '}' } else { '>' };
        let inner = tail[1..].split_once(close).filter(|_| matches!(mark, '{' | '<'));
        let Some((name, after)) = inner.filter(|(name, _)| is_name(name.strip_prefix('/').unwrap_or(name))) else {
            return Err(format!("`{mark}` stands only for a placeholder: `{{name}}`, or `<name>` up to `</name>`"));
        };
        match (mark, name.strip_prefix('/')) {
            ('{', None) => pieces.push(Piece::Value(name.to_owned())),
            ('<', None) => {
                open.push(name);
                pieces.push(Piece::Open(name.to_owned()));
            }
            ('<', Some(name)) if open.last() == Some(&name) => {
                open.pop();
                pieces.push(Piece::Close(name.to_owned()));
            }
            _ => return Err(format!("`{mark}{name}{close}` closes nothing that is open")),
        }
        rest = after;
    }
    match (open.pop(), pieces.is_empty()) {
        (Some(name), _) => Err(format!("`<{name}>` is not closed")),
        (None, true) => Err("it is empty".to_owned()),
        (None, false) => Ok(pieces),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_words_values_and_elements() {
        let message = Message::new("See <a>the {what}</a>.").unwrap();
        let expected = [
            Piece::Words("See ".to_owned()),
            Piece::Open("a".to_owned()),
            Piece::Words("the ".to_owned()),
            Piece::Value("what".to_owned()),
            Piece::Close("a".to_owned()),
            Piece::Words(".".to_owned()),
        ];
        assert_eq!(message.forms(), (None, &expected[..]));
        let places = message.places();
        assert!(places.values.iter().eq(["what"]) && places.elements.iter().eq(["a"]));
    }

    #[test]
    fn mark_up_and_tags_of_templates_are_refused() {
        for bad in [
            "{{ site.title }}",
            "{% if a %}",
            "{# a #}",
            "<b class=x>a</b>",
            "<b>a",
            "a</b>",
            "<a><b>x</a></b>",
            "1 < 2",
            "a > b",
            "}",
            "{",
            "{Name}",
            "{/a}",
            "",
            "a\nb",
            "a\\b",
            "<script>",
            "<!-- a -->",
        ] {
            assert!(Message::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_counts_as_one_depends_on_the_language() {
        let message = Message::plural("one {what}", "{n} {what}").unwrap();
        let one = |count, language| message.form(Some(count), language).len() == 2;
        assert_eq!([0, 1, 2].map(|count| one(count, Language::English)), [false, true, false]);
        assert_eq!([0, 1, 2].map(|count| one(count, Language::French)), [true, true, false]);
        assert_eq!(message.form(None, Language::English).len(), 3);
        assert!(message.places().values.iter().eq(["n", "what"]));
        assert!(Message::plural("a {b}", "a {c}").is_err());
    }
}
