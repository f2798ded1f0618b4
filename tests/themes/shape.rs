//! The shape of data: which names stand where, and what kind of value.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What was seen at one place.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Shape {
    kinds: BTreeSet<&'static str>,
    fields: BTreeMap<String, Shape>,
    entries: Option<Box<Shape>>,
}

impl Shape {
    /// Reads what the template engine shows of its data: like JSON, with texts as Rust shows them, and nothing for null.
    pub(crate) fn read(text: &str) -> Self {
        let mut reader = Reader { text, at: 0 };
        let shape = reader.value();
        assert_eq!(reader.text[reader.at..].trim(), "", "this was not understood to its end");
        shape
    }

    fn of(kind: &'static str) -> Self {
        Self { kinds: [kind].into(), ..Self::default() }
    }

    /// Adds what was seen elsewhere at the same place.
    pub(crate) fn add(&mut self, other: &Self) {
        self.kinds.extend(&other.kinds);
        for (name, shape) in &other.fields {
            self.fields.entry(name.clone()).or_default().add(shape);
        }
        if let Some(entries) = &other.entries {
            self.entries.get_or_insert_default().add(entries);
        }
    }

    /// Without one of its names.
    pub(crate) fn without(&self, name: &str) -> Self {
        let mut shape = self.clone();
        shape.fields.remove(name);
        shape
    }

    /// One of its names alone.
    pub(crate) fn only(&self, name: &str) -> Self {
        let fields = self.fields.iter().filter(|(known, _)| *known == name);
        Self { fields: fields.map(|(name, shape)| (name.clone(), shape.clone())).collect(), ..Self::default() }
    }

    /// Without the names that another has.
    pub(crate) fn without_those_of(&self, other: &Self) -> Self {
        let fields = self.fields.iter().filter(|(name, _)| !other.fields.contains_key(*name));
        Self { fields: fields.map(|(name, shape)| (name.clone(), shape.clone())).collect(), ..Self::default() }
    }

    /// A line for each value below `path`.
    pub(crate) fn lines(&self, path: &str) -> String {
        let mut out = String::new();
        let mut kinds: Vec<&str> = self.kinds.iter().copied().filter(|kind| *kind != "nothing").collect();
        if self.entries.is_some() || !self.fields.is_empty() {
            kinds.retain(|kind| !matches!(*kind, "list" | "map"));
        }
        kinds.extend(self.kinds.contains("nothing").then_some("nothing"));
        if !path.is_empty() && !kinds.is_empty() {
            writeln!(out, "{path}: {}", kinds.join(" or ")).unwrap();
        }
        for (name, shape) in &self.fields {
            out += &shape.lines(&if path.is_empty() { name.clone() } else { format!("{path}.{name}") });
        }
        if let Some(entries) = &self.entries {
            out += &entries.lines(&format!("{path}[]"));
        }
        out
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn take(&mut self, token: &str) -> bool {
        self.at += self.rest().len() - self.rest().trim_start().len();
        let is_next = self.rest().starts_with(token);
        self.at += if is_next { token.len() } else { 0 };
        is_next
    }

    fn value(&mut self) -> Shape {
        if self.take("{") {
            let mut shape = Shape::of("map");
            while !self.take("}") {
                let name = self.string().unwrap_or_else(|| panic!("a name is expected: {}", &self.rest()[..40]));
                assert!(self.take(":"));
                shape.fields.insert(name, self.value());
                self.take(",");
            }
            return shape;
        }
        if self.take("[") {
            let mut shape = Shape::of("list");
            while !self.take("]") {
                let entry = self.value();
                shape.entries.get_or_insert_default().add(&entry);
                self.take(",");
            }
            return shape;
        }
        if self.string().is_some() {
            return Shape::of("text");
        }
        let end = self.rest().find([',', '}', ']']).unwrap_or(self.rest().len());
        let word = self.rest()[..end].trim().to_owned();
        self.at += end;
        match word.as_str() {
            "" => Shape::of("nothing"),
            "true" | "false" => Shape::of("yes or no"),
            number => {
                assert!(number.parse::<f64>().is_ok(), "{number}");
                Shape::of("number")
            }
        }
    }

    /// A text in quotes, as it is written.
    fn string(&mut self) -> Option<String> {
        if !self.take("\"") {
            return None;
        }
        let begin = self.at;
        let mut escaped = false;
        let end = self.rest().find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        self.at += end.unwrap();
        let text = self.text[begin..self.at].to_owned();
        self.at += 1;
        Some(text)
    }
}
