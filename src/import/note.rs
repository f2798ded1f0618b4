//! Notes: what could not be carried over, where it stood and why.

use crate::diagnostic::{Problem, misleads, shorten};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

/// Where in the input something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The file as a whole.
    File,
    /// A position in the text, both from 1.
    At {
        /// The line.
        line: u32,
        /// The column in characters.
        column: u32,
    },
    /// A value in JSON, by its pointer (RFC 6901).
    Pointer(String),
    /// A row of a table, by the line on which it begins.
    Row(usize),
    /// A cell of a table.
    Cell {
        /// The line on which its row begins.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// The column's name.
        header: String,
    },
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => f.write_str("the file"),
            Self::At { line, column } => write!(f, "line {line}, column {column}"),
            Self::Pointer(pointer) => f.write_str(pointer),
            Self::Row(line) => write!(f, "line {line}"),
            Self::Cell { line, column, header } => write!(f, "line {line}, column {column} ({header})"),
        }
    }
}

/// Something that could not be carried over, or not as it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The team by its name, or by its number where it has none. `None` where it is about the whole file.
    pub team: Option<String>,
    /// Where it stands.
    pub origin: Origin,
    /// The value, shortened; empty where there is none.
    pub value: String,
    /// What is wrong, a sentence without a full stop.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

impl fmt::Display for Note {
    /// One line, whatever characters stand in the input.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(team) = &self.team {
            write!(f, "{}: ", Harmless(team))?;
        }
        write!(f, "{}: ", Harmless(&self.origin.to_string()))?;
        if !self.value.is_empty() && !self.message.contains(&format!("`{}`", self.value)) {
            write!(f, "`{}`: ", Harmless(&self.value))?;
        }
        write!(f, "{}; {}", Harmless(&self.message), Harmless(&self.help))
    }
}

/// A text with every character escaped that could steer a terminal, break the line, or mislead a reader.
struct Harmless<'t>(&'t str);

impl fmt::Display for Harmless<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            c if misleads(c) => write!(f, "{}", c.escape_default()),
            c => write!(f, "{c}"),
        })
    }
}

/// How many notes are told. Who has more has brought something else, and whoever made it may have meant to fill our memory.
pub(super) const MOST: usize = 10_000;

/// Collects the notes on one team, or on the file.
#[derive(Debug)]
pub(super) struct Notes {
    team: Option<String>,
    list: Vec<Note>,
    /// How many there were besides.
    untold: usize,
    /// How often each field for which entries have no place was met.
    unknown: BTreeMap<String, usize>,
}

impl Notes {
    /// Notes on a team; on the file where it is `None`.
    pub(super) fn new(team: Option<&str>) -> Self {
        Self { team: team.map(shorten), list: Vec::new(), untold: 0, unknown: BTreeMap::new() }
    }

    /// Adds a note.
    pub(super) fn push(&mut self, origin: &Origin, value: &str, message: impl Into<String>, help: impl Into<String>) {
        if self.list.len() == MOST {
            self.untold += 1;
            return;
        }
        self.list.push(Note {
            team: self.team.clone(),
            origin: origin.clone(),
            value: shorten(value),
            message: message.into(),
            help: help.into(),
        });
    }

    /// Adds what is wrong with a value, which is left out for it.
    pub(super) fn refuse(&mut self, origin: &Origin, value: &str, problem: Problem) {
        let value = if problem.confidential { "" } else { value };
        self.push(origin, value, format!("left out, for {}", problem.message), problem.help);
    }

    /// The value that a text means, or a note on why it means none.
    pub(super) fn parse<T: FromStr<Err = Problem>>(&mut self, origin: &Origin, text: &str) -> Option<T> {
        self.keep(origin, text, text.trim().parse())
    }

    /// The value, or a note on why `text` means none.
    pub(super) fn keep<T>(&mut self, origin: &Origin, text: &str, result: Result<T, Problem>) -> Option<T> {
        result.map_err(|problem| self.refuse(origin, text, problem)).ok()
    }

    /// The values without those that stand a second time, each of which gets a note.
    pub(super) fn unique<T, K: Ord + fmt::Display>(&mut self, values: Vec<(Origin, T)>, key: impl Fn(&T) -> K) -> Vec<T> {
        let mut seen = BTreeSet::new();
        let mut kept = Vec::with_capacity(values.len());
        for (origin, value) in values {
            let key = key(&value);
            if seen.contains(&key) {
                self.push(&origin, &key.to_string(), "this stands twice", "it was written once");
            } else {
                seen.insert(key);
                kept.push(value);
            }
        }
        kept
    }

    /// As many of the values as an entry has room for, with a note on how many it has not.
    pub(super) fn within<T>(&mut self, most: usize, origin: &Origin, list: &str, values: impl IntoIterator<Item = T>) -> Vec<T> {
        let mut values = values.into_iter();
        let kept = values.by_ref().take(most).collect();
        let more = values.count();
        if more > 0 {
            let message = format!("an entry has room for {most} here: of {} the last {more} were left out", most + more);
            self.push(origin, list, message, "leave in the input those that matter most");
        }
        kept
    }

    /// Counts a field for which entries have no place.
    pub(super) fn unknown(&mut self, field: &str) {
        *self.unknown.entry(shorten(field)).or_default() += 1;
    }

    /// All notes, in the order in which they were made, how many more there were, and how often each unknown field was met.
    pub(super) fn into_parts(self) -> (Vec<Note>, usize, BTreeMap<String, usize>) {
        (self.list, self.untold, self.unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_one_harmless_line() {
        let mut notes = Notes::new(Some("a\u{1b}[31m\u{202e}b"));
        notes.push(&Origin::Pointer("/0/phones/1".to_owned()), "x\ny", "left out", "write it on one line");
        assert_eq!(
            notes.list[0].to_string(),
            "a[U+001B][31m[U+202E]b: /0/phones/1: `x[U+000A]y`: left out; write it on one line"
        );
    }

    #[test]
    fn a_value_is_not_said_twice() {
        let mut notes = Notes::new(None);
        assert_eq!(notes.parse::<crate::model::Date>(&Origin::Row(3), "soon"), None);
        let text = notes.list[0].to_string();
        assert_eq!(text, "line 3: left out, for `soon` is not a date; write it as year, month and day: 2026-05-01");
    }
}
