//! A template in its parts, and the code in its tags, as far as components are put in the place of their calls: its words, and
//! what stands for a parameter. What is not understood here is left to the engine.

use crate::site::minify::{next_tag, tag_length};
use std::collections::{BTreeMap, BTreeSet};

/// A part of a template.
#[derive(Clone, Copy)]
pub(super) enum Part<'t> {
    Markup(&'t str),
    /// A tag with its braces.
    Tag(&'t str),
}

/// The parts of a template; one that never ends counts as mark-up, so that the engine finds it.
pub(super) fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (length, is_tag) = match next_tag(rest) {
            Some(0) => tag_length(rest).map_or((rest.len(), false), |length| (length, true)),
            Some(at) => (at, false),
            None => (rest.len(), false),
        };
        let (part, after) = rest.split_at(length);
        rest = after;
        Some(if is_tag { Part::Tag(part) } else { Part::Markup(part) })
    })
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

/// Whether a tag takes away the white space before it, and behind it.
pub(super) fn trims(tag: &str) -> [bool; 2] {
    [tag.get(2..3) == Some("-"), tag.len() > 4 && tag.as_bytes()[tag.len() - 3] == b'-']
}

/// What code consists of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Word<'t> {
    /// A text with its quotes.
    Text(&'t str),
    /// A name, or a keyword.
    Name(&'t str),
    /// A number.
    Number(&'t str),
    /// Anything else: one character, or `==`, `!=`, `<=`, `>=`.
    Sign(&'t str),
}

impl<'t> Word<'t> {
    fn text(self) -> &'t str {
        let (Self::Text(text) | Self::Name(text) | Self::Number(text) | Self::Sign(text)) = self;
        text
    }
}

/// The words of code.
pub(super) fn words<'t>(code: &'t str) -> Vec<Word<'t>> {
    let mut words = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let run = |test: fn(char) -> bool| rest.find(|c| !test(c)).unwrap_or(rest.len());
        let (length, make): (usize, fn(&'t str) -> Word<'t>) = match first {
            '"' | '\'' | '`' => (rest[1..].find(first).map_or(rest.len(), |at| at + 2), Word::Text),
            c if c.is_ascii_alphabetic() || c == '_' => (run(|c| c.is_ascii_alphanumeric() || c == '_'), Word::Name),
            c if c.is_ascii_digit() => (run(|c| c.is_ascii_digit()), Word::Number),
            _ if ["==", "!=", "<=", ">="].iter().any(|sign| rest.starts_with(sign)) => (2, Word::Sign),
            c => (c.len_utf8(), Word::Sign),
        };
        let (word, after) = rest.split_at(length);
        words.push(make(word));
        rest = after.trim_start();
    }
    words
}

/// What is given for a parameter.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Binding {
    /// A name, and perhaps fields of it.
    Path(String),
    /// A text with its quotes, a number, `true` or `false`.
    Plain(String),
}

impl Binding {
    /// Reads what is given, where it is one of these.
    pub(super) fn read(code: &str) -> Option<Self> {
        let all = words(code);
        match all.as_slice() {
            [Word::Text(text)] if text.len() > 1 => Some(Self::Plain((*text).to_owned())),
            [Word::Number(word) | Word::Name(word @ ("true" | "false"))] => Some(Self::Plain((*word).to_owned())),
            [Word::Name(first), rest @ ..] if !is_keyword(first) => {
                let is_path = rest.chunks(2).all(|pair| matches!(pair, [Word::Sign("."), Word::Name(_)]));
                is_path.then(|| Self::Path(all.iter().map(|word| word.text()).collect()))
            }
            _ => None,
        }
    }
}

/// What stands for each parameter of a component, and the names of its loops.
#[derive(Debug, Default)]
pub(super) struct Bindings<'t> {
    all: BTreeMap<&'t str, Binding>,
    loops: BTreeSet<String>,
}

impl<'t> Bindings<'t> {
    pub(super) fn insert(&mut self, name: &'t str, binding: Binding) {
        self.all.insert(name, binding);
    }

    /// Takes the name of a loop; `None` where it would hide a parameter, or something that is given for one.
    pub(super) fn shadow(&mut self, name: &str) -> Option<()> {
        let is_name = matches!(words(name).as_slice(), [Word::Name(name)] if !is_keyword(name));
        let root = |binding: &Binding| match binding {
            Binding::Path(path) => path.split('.').next() == Some(name),
            Binding::Plain(_) => false,
        };
        let is_free = is_name && !self.all.contains_key(name) && !self.all.values().any(root);
        self.loops.insert(name.to_owned());
        is_free.then_some(())
    }

    /// The code with what stands for its parameters; `None` where a name is none of them.
    pub(super) fn fill(&self, code: &str) -> Option<String> {
        let all = words(code);
        let mut out = String::with_capacity(code.len());
        for (at, word) in all.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| all[at]);
            let behind = all.get(at + 1).copied();
            let filled = match word {
                // The name of a component is followed by its values.
                Word::Name(name) if at == 1 && before == Some(Word::Sign("<")) => name,
                Word::Name(name) if matches!(before, Some(Word::Sign("." | "|") | Word::Name("is"))) => name,
                Word::Name(name) if matches!(behind, Some(Word::Sign("=" | "("))) => name,
                Word::Name(name) if is_keyword(name) || self.loops.contains(*name) => name,
                Word::Name("loop") if !self.loops.is_empty() => "loop",
                Word::Name(name) => match self.all.get(name)? {
                    Binding::Path(path) => path,
                    Binding::Plain(_) if matches!(behind, Some(Word::Sign("." | "["))) => return None,
                    Binding::Plain(text) => text,
                },
                other => other.text(),
            };
            let is_tight = match (before, word) {
                (Some(Word::Name(name)), Word::Sign("(")) => !is_keyword(name),
                (Some(Word::Sign("." | "{" | "<" | "=" | "(")), _) => true,
                _ => matches!(word, Word::Sign("." | "}" | "=" | ")" | ",")),
            };
            if !out.is_empty() && !is_tight {
                out.push(' ');
            }
            out.push_str(filled);
        }
        // `/ >` ends no call.
        Some(if let Some(call) = out.strip_suffix("/ >") { format!("{call}/>") } else { out })
    }
}

fn is_keyword(name: &str) -> bool {
    matches!(name, "if" | "else" | "and" | "or" | "not" | "in" | "is" | "true" | "false" | "none")
}

/// A call of a component: `<name a={path} b="text"/>`.
#[derive(Debug)]
pub(super) struct Call<'t> {
    pub(super) name: &'t str,
    pub(super) values: BTreeMap<&'t str, Binding>,
}

impl<'t> Call<'t> {
    /// Reads code that is nothing but a call, with values that [`Binding`] knows, and whose tag takes no white space away.
    pub(super) fn read(code: &'t str, trims: [bool; 2]) -> Option<Self> {
        let all = words(code);
        let [Word::Sign("<"), Word::Name(name), values @ .., Word::Sign("/"), Word::Sign(">")] = all.as_slice() else {
            return None;
        };
        let mut call = Self { name, values: BTreeMap::new() };
        let mut rest = values;
        while let [Word::Name(parameter), Word::Sign("="), given @ ..] = rest {
            let length = match given {
                [Word::Sign("{"), inner @ ..] => inner.iter().position(|word| *word == Word::Sign("}"))? + 2,
                [Word::Text(_), ..] => 1,
                _ => return None,
            };
            let (given, after) = given.split_at_checked(length)?;
            let inner = if length > 1 { &given[1..length - 1] } else { given };
            let code: String = inner.iter().map(|word| word.text()).collect::<Vec<_>>().join(" ");
            call.values.insert(parameter, Binding::read(&code)?);
            rest = after;
        }
        (rest.is_empty() && trims == [false; 2]).then_some(call)
    }
}
