//! Pages of the operator's own: Markdown with front matter.

use super::files::{Found, MAX_PAGE_BYTES, read_text};
use crate::diagnostic::{Finding, Place, Rule, Spanned};
use crate::model::{Name, PageId};
use crate::yaml::{Reader, record};
use std::path::Path;
use std::sync::Arc;

/// A page of the operator's own.
#[derive(Debug)]
pub struct Page {
    /// The name of its file.
    pub id: PageId,
    /// The file, as findings show it.
    pub file: Arc<str>,
    /// Its heading, and its name in the menu.
    pub title: Name,
    /// Markdown.
    pub body: String,
}

record! {
    struct FrontMatter, "a page's front matter" {
        required title: Spanned<Name>,
    }
}

/// Reads a page.
pub(super) fn read(root: &Path, found: &Found<PageId>) -> (Option<Page>, Vec<Finding>) {
    let text = match read_text(&root.join(&*found.file), &found.file, MAX_PAGE_BYTES) {
        Ok(text) => text.replace("\r\n", "\n"),
        Err(finding) => return (None, vec![*finding]),
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let Some((front, body)) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) else {
        let help = "begin the file with a line `---`, a line `title: …`, and another line `---`";
        let place = Place::file(Arc::clone(&found.file));
        return (None, vec![Finding::new(Rule::FrontMatter, place, "the page has no front matter", help)]);
    };
    let mut reader = Reader::new(Arc::clone(&found.file));
    // The first line keeps its number, so that places are those of the file.
    let matter: Option<FrontMatter> = reader.document(&format!("\n{front}\n"));
    let page = matter.and_then(|matter| matter.title).map(|title| Page {
        id: found.id.clone(),
        file: Arc::clone(&found.file),
        title: title.value,
        body: body.to_owned(),
    });
    (page, reader.into_findings())
}
