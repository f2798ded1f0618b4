//! Sentences in which what a stranger wrote stands apart from what we say.

use crate::diagnostic::{in_sight, to_code};
use std::fmt::Display;

/// How many of a list are named.
const MOST: usize = 5;

/// A sentence, or a piece of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// Words of ours, dates and numbers: nothing in them is Markdown.
    Ours(String),
    /// What stands in a file.
    Theirs(String),
}

impl Said {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Words of ours.
    pub fn ours_alone(words: impl Display) -> Self {
        Self::new().ours(words)
    }

    /// What stands in a file.
    pub fn theirs_alone(text: impl Display) -> Self {
        Self::new().theirs(text)
    }

    /// Goes on with words of ours.
    #[must_use]
    pub fn ours(mut self, words: impl Display) -> Self {
        self.0.push(Piece::Ours(words.to_string()));
        self
    }

    /// Goes on with what stands in a file.
    #[must_use]
    pub fn theirs(mut self, text: impl Display) -> Self {
        self.0.push(Piece::Theirs(text.to_string()));
        self
    }

    /// Goes on with another sentence.
    #[must_use]
    pub fn and(mut self, more: Self) -> Self {
        self.0.extend(more.0);
        self
    }

    /// These texts, with commas between them.
    pub fn list(texts: impl IntoIterator<Item = impl Display>) -> Self {
        let mut said = Self::new();
        for (at, text) in texts.into_iter().enumerate() {
            said = if at == 0 { said.theirs(text) } else { said.ours(", ").theirs(text) };
        }
        said
    }

    /// The first few of these texts behind words of ours, and how many more there are; nothing where there are none.
    pub fn some(words: &str, texts: Vec<impl Display>) -> Self {
        if texts.is_empty() {
            return Self::new();
        }
        let more = texts.len().saturating_sub(MOST);
        let said = Self::ours_alone(words).and(Self::list(texts.into_iter().take(MOST)));
        if more > 0 { said.ours(format!(" and {more} more")) } else { said }
    }

    /// As Markdown in which nothing works that a stranger wrote.
    pub fn markdown(&self) -> String {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Ours(words) => words.clone(),
                Piece::Theirs(text) => to_code(text),
            })
            .collect()
    }

    /// As plain text on one line, in which nothing is invisible.
    pub fn plain(&self) -> String {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Ours(words) => words.clone(),
                Piece::Theirs(text) => in_sight(text),
            })
            .collect()
    }
}
