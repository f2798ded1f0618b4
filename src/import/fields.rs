//! Reading JSON objects field by field, with a note on every value that cannot be used.

use super::note::{Notes, Origin};
use crate::diagnostic::Problem;
use crate::yaml::MANY;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::str::FromStr;

/// An object, and where it stands. A field that is `null` or an empty text counts as absent: so others write nothing.
#[derive(Debug)]
pub(super) struct Fields<'v> {
    map: &'v Map<String, Value>,
    pointer: String,
    /// The names of the fields that lead here, each with a dot behind it.
    path: String,
}

/// The text that a value is; otherwise what else it is.
pub(super) fn text(value: &Value) -> Result<&str, &'static str> {
    match value {
        Value::String(text) => Ok(text),
        Value::Null => Err("nothing"),
        Value::Bool(_) => Err("true or false"),
        Value::Number(_) => Err("a number"),
        Value::Array(_) => Err("an array"),
        Value::Object(_) => Err("an object"),
    }
}

/// A note that `value` is of another kind than `expected`.
fn wrong_kind(value: &Value, origin: &Origin, expected: &str, notes: &mut Notes) {
    let kind = text(value).err().unwrap_or("a text");
    notes.push(origin, &value.to_string(), format!("left out, for {kind} stands here"), format!("expected is {expected}"));
}

/// A text, or a number as a text.
fn text_or_number(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(text.into()),
        Value::Number(number) => Some(number.to_string().into()),
        _ => None,
    }
}

impl<'v> Fields<'v> {
    /// The fields of `value`, which stands at `origin`; those that are not `known` are counted by their `path`.
    pub(super) fn open(value: &'v Value, origin: &Origin, path: &str, known: &[&str], notes: &mut Notes) -> Option<Self> {
        let Value::Object(map) = value else {
            wrong_kind(value, origin, "an object", notes);
            return None;
        };
        for key in map.keys().filter(|key| !known.contains(&key.as_str())) {
            notes.unknown(&format!("{path}{key}"));
        }
        Some(Self { map, pointer: origin.to_string(), path: path.to_owned() })
    }

    /// Where the field `key` stands, or would stand.
    pub(super) fn origin(&self, key: &str) -> Origin {
        Origin::Pointer(format!("{}/{key}", self.pointer))
    }

    /// Where the object itself stands.
    pub(super) fn whole(&self) -> Origin {
        Origin::Pointer(self.pointer.clone())
    }

    fn get(&self, key: &str) -> Option<&'v Value> {
        self.map.get(key).filter(|value| !value.is_null() && value.as_str().is_none_or(|text| !text.trim().is_empty()))
    }

    /// The text of `key`.
    pub(super) fn text(&self, key: &str, notes: &mut Notes) -> Option<&'v str> {
        let value = self.get(key)?;
        text(value).map_err(|_| wrong_kind(value, &self.origin(key), "a text", notes)).ok()
    }

    /// The value of `key`.
    pub(super) fn parse<T: FromStr<Err = Problem>>(&self, key: &str, notes: &mut Notes) -> Option<T> {
        let text = self.text(key, notes)?;
        notes.parse(&self.origin(key), text)
    }

    /// The value of `key`, which may be written as a number, by a function that reads it.
    pub(super) fn parse_with<T>(&self, key: &str, read: impl Fn(&str) -> Result<T, Problem>, notes: &mut Notes) -> Option<T> {
        let (value, origin) = (self.get(key)?, self.origin(key));
        let Some(text) = text_or_number(value) else {
            wrong_kind(value, &origin, "a text", notes);
            return None;
        };
        notes.keep(&origin, &text, read(text.trim()))
    }

    /// The value of `key`, without which the object is left out.
    pub(super) fn required<T: FromStr<Err = Problem>>(&self, key: &str, notes: &mut Notes) -> Option<T> {
        if self.get(key).is_none() {
            let message = format!("left out, for it has no `{key}`");
            notes.push(&self.whole(), "", message, format!("expected is an object with `{key}`"));
        }
        self.parse(key, notes)
    }

    /// Whether `key` holds anything, of whatever kind.
    pub(super) fn states(&self, key: &str) -> bool {
        self.get(key).is_some_and(|value| value.as_array().is_none_or(|items| !items.is_empty()))
    }

    /// The items of the array at `key`, as many as any list of an entry has room for.
    fn list(&self, key: &str, notes: &mut Notes) -> Vec<(Origin, &'v Value)> {
        match self.get(key) {
            None => Vec::new(),
            Some(Value::Array(items)) => {
                let item = |(at, value)| (Origin::Pointer(format!("{}/{key}/{at}", self.pointer)), value);
                notes.within(MANY, &self.origin(key), "", items.iter().enumerate()).into_iter().map(item).collect()
            }
            Some(other) => {
                wrong_kind(other, &self.origin(key), "an array", notes);
                Vec::new()
            }
        }
    }

    /// The texts in the array at `key`.
    pub(super) fn texts(&self, key: &str, notes: &mut Notes) -> Vec<(Origin, &'v str)> {
        let mut texts = Vec::new();
        for (origin, value) in self.list(key, notes) {
            match text(value) {
                Ok(text) => texts.push((origin, text)),
                Err(_) => wrong_kind(value, &origin, "a text", notes),
            }
        }
        texts
    }

    /// The texts in the array at `key`, or the one text that stands there instead of an array.
    pub(super) fn texts_or_one(&self, key: &str, notes: &mut Notes) -> Vec<(Origin, &'v str)> {
        match self.get(key) {
            Some(Value::String(text)) => vec![(self.origin(key), text)],
            _ => self.texts(key, notes),
        }
    }

    /// The values in the array at `key`, which may be written as numbers.
    pub(super) fn values<T: FromStr<Err = Problem>>(&self, key: &str, notes: &mut Notes) -> Vec<(Origin, T)> {
        let mut values = Vec::new();
        for (origin, value) in self.list(key, notes) {
            match text_or_number(value) {
                Some(text) => values.extend(notes.parse(&origin, &text).map(|value| (origin, value))),
                None => wrong_kind(value, &origin, "a text or a number", notes),
            }
        }
        values
    }

    /// The object at `key`.
    pub(super) fn object(&self, key: &str, known: &[&str], notes: &mut Notes) -> Option<Fields<'v>> {
        Fields::open(self.get(key)?, &self.origin(key), &format!("{}{key}.", self.path), known, notes)
    }

    /// What `read` makes of the objects in the array at `key`.
    pub(super) fn objects<T>(
        &self,
        key: &str,
        known: &[&str],
        notes: &mut Notes,
        read: impl Fn(Fields<'v>, &mut Notes) -> Option<T>,
    ) -> Vec<T> {
        let path = format!("{}{key}.", self.path);
        let mut values = Vec::new();
        for (origin, value) in self.list(key, notes) {
            let fields = Fields::open(value, &origin, &path, known, notes);
            values.extend(fields.and_then(|fields| read(fields, notes)));
        }
        values
    }
}
