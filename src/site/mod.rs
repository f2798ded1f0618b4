//! What the site consists of.

mod path;
mod recipe;

pub use path::{InvalidPath, SitePath};
pub use recipe::{RenderError, Site};
