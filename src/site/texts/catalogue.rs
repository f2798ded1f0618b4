//! All texts of one language, by key: what the files of a theme say, and how a text is said.

use super::message::{COUNT, Message, Piece};
use crate::config::Language;
use crate::diagnostic::{Pos, Span};
use crate::yaml::{Key, Kind, Node, parse};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Write as _;

/// All texts of one language.
#[derive(Debug, Clone)]
pub struct Catalogue {
    language: Language,
    messages: BTreeMap<String, Message>,
}

/// A value that fills a placeholder, by the placeholder's name.
pub(in crate::site) type Value<'v> = (&'v str, &'v dyn std::fmt::Display);

/// What is wrong with a file of texts, and where.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::site) struct Mistake {
    pub(in crate::site) at: Pos,
    pub(in crate::site) what: String,
}

impl Catalogue {
    /// No text yet.
    pub(in crate::site) fn new(language: Language) -> Self {
        Self { language, messages: BTreeMap::new() }
    }

    /// Adds the texts of a file. Those that are there already are replaced, by texts with the same placeholders.
    ///
    /// # Errors
    /// The first mistake of the file.
    pub(in crate::site) fn add(&mut self, text: &str) -> Result<(), Mistake> {
        let root = parse(text).map_err(|(problem, span)| Mistake { at: span.start, what: problem.message })?;
        match root {
            Some(Node { kind: Kind::Mapping(entries), .. }) => self.add_all("", &entries),
            Some(node) => Err(mistake(node.span, "texts are written as `key: text`")),
            None => Ok(()),
        }
    }

    fn add_all(&mut self, prefix: &str, entries: &[(Key<'_>, Node<'_>)]) -> Result<(), Mistake> {
        for (key, node) in entries {
            if !is_key(&key.text) {
                return Err(mistake(key.span, "a key consists of a-z, 0-9, `-` and `_`, and begins with a letter"));
            }
            let path = if prefix.is_empty() { key.text.to_string() } else { format!("{prefix}.{}", key.text) };
            let message = match &node.kind {
                Kind::Text(text) => Message::new(text),
                Kind::Mapping(entries) => {
                    let Some((one, other)) = forms(entries) else {
                        self.add_all(&path, entries)?;
                        continue;
                    };
                    Message::plural(one, other)
                }
                Kind::Null | Kind::List(_) => Err("it is a text, or a mapping of texts".to_owned()),
            };
            let message = message.map_err(|what| mistake(node.span, &format!("the text `{path}` cannot be used: {what}")))?;
            self.set(path, message).map_err(|what| mistake(node.span, &what))?;
        }
        Ok(())
    }

    fn set(&mut self, path: String, message: Message) -> Result<(), String> {
        match self.messages.entry(path) {
            Entry::Vacant(free) => drop(free.insert(message)),
            Entry::Occupied(mut ours) if fits(&message, ours.get()) => drop(ours.insert(message)),
            Entry::Occupied(ours) => {
                let names = ours.get().places();
                let names: Vec<String> = names
                    .values
                    .iter()
                    .map(|name| format!("{{{name}}}"))
                    .chain(names.elements.iter().map(|name| format!("<{name}>")))
                    .collect();
                let all = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
                return Err(format!("the text `{}` must have the placeholders of the text that it replaces: {all}", ours.key()));
            }
        }
        Ok(())
    }

    /// Of which language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Every key, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.messages.keys().map(String::as_str)
    }

    /// The text behind `key`, as it is to be filled.
    pub(in crate::site) fn message(&self, key: &str) -> Option<&Message> {
        self.messages.get(key)
    }

    /// A text without placeholders. A key that is not there is shown itself, so that it is seen.
    pub(in crate::site) fn text(&self, key: &str) -> String {
        self.say(key, &[])
    }

    /// The text behind `key`, its placeholders filled.
    pub(in crate::site) fn say(&self, key: &str, values: &[Value<'_>]) -> String {
        self.fill(key, None, values)
    }

    /// The text behind `key` in its form for `count` things; `{n}` is their number.
    pub(in crate::site) fn count(&self, key: &str, count: u64, values: &[Value<'_>]) -> String {
        self.fill(key, Some(count), values)
    }

    fn fill(&self, key: &str, count: Option<u64>, values: &[Value<'_>]) -> String {
        let Some(message) = self.messages.get(key) else { return key.to_owned() };
        let mut out = String::new();
        for piece in message.form(count, self.language) {
            match (piece, count) {
                (Piece::Words(words), _) => out.push_str(words),
                (Piece::Value(name), Some(count)) if name == COUNT => out.push_str(&count.to_string()),
                (Piece::Value(name), _) => {
                    if let Some((_, value)) = values.iter().find(|(known, _)| known == name) {
                        // Writing into a text cannot fail.
                        let _ = write!(out, "{value}");
                    }
                }
                (Piece::Open(_) | Piece::Close(_), _) => {}
            }
        }
        out
    }
}

/// Whether `new` can stand where `old` stood: whoever fills the one fills the other.
fn fits(new: &Message, old: &Message) -> bool {
    let (mut new, old) = (new.places(), old.places());
    // A language or a theme may do without the number.
    if old.values.contains(COUNT) {
        new.values.insert(COUNT.to_owned());
    }
    new == old
}

/// The two forms, where a mapping is that.
fn forms<'n>(entries: &'n [(Key<'_>, Node<'_>)]) -> Option<(&'n str, &'n str)> {
    let form = |name| match entries.iter().find(|(key, _)| key.text == name).map(|(_, node)| &node.kind) {
        Some(Kind::Text(text)) => Some(text.as_ref()),
        _ => None,
    };
    Some((form("one")?, form("other")?)).filter(|_| entries.len() == 2)
}

/// Whether `text` can be a part of a key.
fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'))
}

fn mistake(span: Span, what: &str) -> Mistake {
    Mistake { at: span.start, what: what.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue(text: &str) -> Catalogue {
        let mut catalogue = Catalogue::new(Language::English);
        catalogue.add(text).unwrap();
        catalogue
    }

    #[test]
    fn texts_are_found_by_their_keys_and_filled() {
        let texts = catalogue("a: {b: c}").add("x: y");
        assert_eq!(texts, Ok(()));
    }

    #[test]
    fn says_what_was_asked() {
        let texts = catalogue("a:\n  b: Until {day}\n  teams: {one: 'One team in {where}', other: '{n} teams in {where}'}\n");
        assert_eq!(texts.say("a.b", &[("day", &"2026-11-21")]), "Until 2026-11-21");
        assert_eq!(texts.count("a.teams", 1, &[("where", &"AT")]), "One team in AT");
        assert_eq!(texts.count("a.teams", 3, &[("where", &"AT")]), "3 teams in AT");
        assert_eq!(texts.text("a.c"), "a.c");
        assert!(texts.keys().eq(["a.b", "a.teams"]));
    }

    #[test]
    fn a_text_is_replaced_by_one_that_is_filled_alike() {
        let mut texts = catalogue("a: {b: 'Until {day}'}");
        assert_eq!(texts.add("a: {b: 'To {day}'}"), Ok(()));
        assert_eq!(texts.say("a.b", &[("day", &1)]), "To 1");
        let mistake = texts.add("\na:\n  b: To {date}").unwrap_err();
        assert_eq!(mistake.at, Pos { line: 3, column: 6 });
        assert!(mistake.what.contains("`a.b`") && mistake.what.contains("{day}"), "{}", mistake.what);
    }

    #[test]
    fn mistakes_have_their_place() {
        for (text, line, column) in
            [("a: [b]", 1, 4), ("a:\n  B: c", 2, 3), ("a:\n  b: <script>", 2, 6), ("a", 1, 1), ("a: &b c", 1, 4)]
        {
            let mistake = Catalogue::new(Language::English).add(text).unwrap_err();
            assert_eq!((mistake.at.line, mistake.at.column), (line, column), "{text}: {}", mistake.what);
        }
    }
}
