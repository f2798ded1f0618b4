//! What the site consists of: pages, and files that are copied. Pure but for reading the project's theme and `static`.

mod api;
mod assets;
mod badge;
mod charts;
mod compress;
mod copy;
mod default_theme;
mod encoding;
mod formats;
mod groups;
mod hosting;
mod key_json;
mod keys;
mod links;
mod lookup;
pub mod markdown;
mod minify;
mod names;
mod path;
mod plan;
mod recipe;
mod sample;
mod split;
mod statistics;
mod theme;
mod tiles;
mod views;
mod wkd;

pub use links::dead_links;
pub use path::{InvalidPath, SitePath};
pub use plan::plan;
pub use recipe::{RenderError, Site};
pub use theme::{Theme, ThemeError};
pub use views::Globals;
