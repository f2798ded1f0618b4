//! Where something stands: a file and a range of lines and columns.

use std::path::Path;
use std::sync::Arc;

/// A position in a file as a person counts: both from 1, columns in Unicode characters, a byte order mark not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pos {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl Pos {
    /// The position behind `text`, which is the beginning of a file.
    pub fn behind(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let column = text.rsplit('\n').next().unwrap_or_default().chars().count();
        Self { line: number(text.matches('\n').count() + 1), column: number(column + 1) }
    }
}

impl Default for Pos {
    fn default() -> Self {
        Self { line: 1, column: 1 }
    }
}

/// From `start` up to, not including, `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span {
    /// The first position.
    pub start: Pos,
    /// The position after the last.
    pub end: Pos,
}

impl Span {
    /// The span from `start` to `end`.
    pub fn new(start: Pos, end: Pos) -> Self {
        Self { start, end }
    }

    /// The span of one character.
    pub fn point(line: u32, column: u32) -> Self {
        Self { start: Pos { line, column }, end: Pos { line, column: column + 1 } }
    }
}

/// A span in a file. The file's path is relative to the project, with `/` between its parts on every system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: Arc<str>,
    /// Where in it.
    pub span: Span,
}

impl Place {
    /// A span in `file`.
    pub fn new(file: &Arc<str>, span: Span) -> Self {
        Self { file: Arc::clone(file), span }
    }

    /// The file as a whole: its first character.
    pub fn file(file: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), span: Span::point(1, 1) }
    }
}

/// The path of what lies below `folder`, as a place has it.
pub fn path_below(path: &Path, folder: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path);
    below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// A value, and where it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands in its file.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value at its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
