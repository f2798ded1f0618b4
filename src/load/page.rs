//! Pages of the operator's own: Markdown with front matter.

use super::files::{Found, MAX_PAGE_BYTES, read_text};
use crate::config::Language;
use crate::diagnostic::{Finding, Place, Problem, Rule, Spanned};
use crate::model::{Name, PageId};
use crate::yaml::{Reader, record};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

/// A page of the operator's own.
#[derive(Debug)]
pub struct Page {
    /// The name of its file, up to the language.
    pub id: PageId,
    /// The language that the name of its file names; without one it is in the site's main language.
    pub language: Option<Language>,
    /// The file, as findings show it.
    pub file: Arc<str>,
    /// Its heading, and its name in the menu.
    pub title: Name,
    /// Markdown.
    pub body: String,
}

/// The name of a page's file, without its ending: `about`, or `about.fr` in a language of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PageName {
    id: PageId,
    language: Option<Language>,
}

impl FromStr for PageName {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let (id, language) = text.split_once('.').map_or((text, None), |(id, language)| (id, Some(language)));
        Ok(Self { id: id.parse()?, language: language.map(str::parse).transpose()? })
    }
}

record! {
    struct FrontMatter, "a page's front matter" {
        required title: Spanned<Name>,
    }
}

/// Reads a page.
pub(super) fn read(root: &Path, found: &Found<PageName>) -> (Option<Page>, Vec<Finding>) {
    let (front, body) = match front_matter(root, &found.file) {
        Ok(parts) => parts,
        Err(finding) => return (None, vec![*finding]),
    };
    let mut reader = Reader::new(Arc::clone(&found.file));
    let matter: Option<FrontMatter> = reader.document(&front);
    let page = matter.and_then(|matter| matter.title).map(|title| Page {
        id: found.id.id.clone(),
        language: found.id.language,
        file: Arc::clone(&found.file),
        title: title.value,
        body,
    });
    (page, reader.into_findings())
}

/// The front matter of a Markdown file, in lines that have the numbers of the file, and what follows it.
pub(super) fn front_matter(root: &Path, file: &Arc<str>) -> Result<(String, String), Box<Finding>> {
    let text = read_text(&root.join(&**file), file, MAX_PAGE_BYTES)?.replace("\r\n", "\n");
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let parts = text.strip_prefix("---\n").and_then(|rest| match rest.split_once("\n---\n") {
        // What stands in the front matter may be all.
        None => Some((rest.strip_suffix("\n---")?, "")),
        parts => parts,
    });
    let help = "begin the file with a line `---`, a line `title: …`, and another line `---`";
    let none = || Finding::new(Rule::FrontMatter, Place::file(Arc::clone(file)), "the page has no front matter", help);
    // The first line keeps its number.
    parts.map(|(front, body)| (format!("\n{front}\n"), body.to_owned())).ok_or_else(|| Box::new(none()))
}
