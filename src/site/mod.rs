//! What the site consists of.

mod api;
pub mod markdown;
mod minify;
mod path;
mod recipe;
mod ti;

pub use path::{InvalidPath, SitePath};
pub use recipe::{RenderError, Site};
