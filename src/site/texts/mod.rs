//! The words of a site: one catalogue of texts for each language, and how its texts come into templates and views.
//!
//! A text is plain: no mark-up, no code. It is looked up by a key such as `team.keys.none`. Templates ask for texts by
//! tags, which are filled when the theme is loaded ([`expand`]); views ask a [`Catalogue`]. What an entry says is not
//! translated, nor is what programs read.

mod catalogue;
mod expand;
mod message;
mod tag;
#[cfg(test)]
mod tests;
mod words;

pub use catalogue::Catalogue;
pub(super) use expand::{Expanded, expand};

/// The texts of the default theme in English.
#[cfg(test)]
pub(super) fn english() -> Catalogue {
    let mut texts = Catalogue::new(crate::config::Language::English);
    let (_, bytes) = super::default_theme::FILES.iter().find(|(path, _)| *path == "texts/en.yaml").unwrap();
    texts.add(std::str::from_utf8(bytes).unwrap()).unwrap();
    texts
}
