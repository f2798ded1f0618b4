//! What the site consists of.

pub mod markdown;
mod minify;
mod path;
mod recipe;

pub use path::{InvalidPath, SitePath};
pub use recipe::{RenderError, Site};
