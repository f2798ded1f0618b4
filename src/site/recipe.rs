//! The site as a sorted map from path to recipe. Knows nothing of teams or templates.

use super::path::SitePath;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;

/// Makes the bytes of one file, by itself, on any thread, and hands them to the writer as they come.
pub(super) type Recipe<'a> = Arc<dyn Fn(&mut dyn Write) -> Result<(), RenderError> + Send + Sync + 'a>;

/// What is to be written where. Nothing is rendered until a file is asked for, so the memory it takes does not grow
/// with the size of the pages.
#[derive(Default)]
pub struct Site<'a> {
    entries: BTreeMap<SitePath, Recipe<'a>>,
}

/// Why a file could not be rendered.
#[derive(Debug)]
pub enum RenderError {
    /// The place it was to be written to failed.
    Io(io::Error),
    /// A template failed; the text names template, line and column.
    Template(String),
    /// An input that is copied as it is could not be read: its path, and why.
    Copy(std::path::PathBuf, io::Error),
    /// An entry that was read before, by its path from the root of the project, cannot be read now.
    Gone(String),
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "{error}"),
            Self::Template(report) => f.write_str(report),
            Self::Copy(path, error) => write!(f, "{} cannot be read: {error}", path.display()),
            Self::Gone(file) => write!(f, "{file} was read before and cannot be read now; check it, and build again"),
        }
    }
}

impl std::error::Error for RenderError {}

impl From<io::Error> for RenderError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl<'a> Site<'a> {
    /// Adds a file. A second recipe for one path replaces the first, so what is copied from `static/` goes in first.
    pub fn add(&mut self, path: SitePath, recipe: impl Fn(&mut dyn Write) -> Result<(), RenderError> + Send + Sync + 'a) {
        self.entries.insert(path, Arc::new(recipe));
    }

    /// Every path, in order.
    pub fn paths(&self) -> impl ExactSizeIterator<Item = &SitePath> + Clone {
        self.entries.keys()
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether the site has a file at `path`.
    pub fn contains(&self, path: &SitePath) -> bool {
        self.entries.contains_key(path)
    }

    /// What makes the file at `path`, for a file that is made of that one.
    pub(super) fn recipe(&self, path: &SitePath) -> Option<Recipe<'a>> {
        self.entries.get(path).map(Arc::clone)
    }

    /// Renders the file at `path` into `out`; `None` where there is no such file.
    pub fn render(&self, path: &SitePath, out: &mut dyn Write) -> Option<Result<(), RenderError>> {
        self.entries.get(path).map(|recipe| recipe(out))
    }
}
