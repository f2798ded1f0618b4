//! What the site consists of: pages, and files that are copied. Pure but for reading the project's theme and `static`.

mod api;
mod assets;
mod authorities;
mod badge;
mod charts;
mod compress;
mod copy;
mod default_theme;
mod encoding;
mod formats;
mod groups;
mod hosting;
mod json;
mod key_json;
mod keys;
mod left_out;
mod links;
mod lookup;
pub mod markdown;
mod minify;
mod names;
mod path;
mod plan;
mod recipe;
mod sample;
mod sealed;
mod search;
mod split;
mod statistics;
mod tags;
mod texts;
mod theme;
mod tiles;
mod views;
mod wkd;

pub use compress::uncompressed;
pub use formats::{Person, write_person, write_table};
pub use hosting::media_type;
pub use links::dead_links;
pub use names::{INSIDE, MANIFEST, Name, Names, SIGNATURES, SUMS, WRITERS};
pub use path::{InvalidPath, SitePath, prefixes};
pub use plan::{plan, plan_pages};
pub use recipe::{RenderError, Site};
pub use texts::Catalogue;
pub use theme::{Theme, ThemeError, Tree};
pub use views::Globals;

use crate::assess::{self, Assessment};
use crate::model::Date;
use crate::stats;
use std::path::Path;

/// The theme that the directory of `assessment` names, of the project at `root`, in the directory's languages.
///
/// # Errors
/// [`ThemeError`] where there is no such theme, a file of it cannot be read, or a template or a text is wrong.
pub fn theme(root: &Path, assessment: &Assessment<'_>) -> Result<Theme, ThemeError> {
    let config = &assessment.directory.config;
    Theme::load(root, config.theme.as_str(), config.language, &config.languages, |texts| Globals::new(assessment, texts))
}

/// Whether [`theme`] would load `theme` once more for `assessment`, provided that the theme's files are the same.
pub fn fits(theme: &Theme, assessment: &Assessment<'_>) -> bool {
    let config = &assessment.directory.config;
    theme.fits(config.theme.as_str(), config.language, &config.languages, |texts| Globals::new(assessment, texts))
}

/// The first day after that of `assessment` on which a page or a file becomes another one although no file of the project
/// does, but for what counts the days from the day of the build, or names that day. `None` where that never happens.
pub fn next_change(assessment: &Assessment<'_>) -> Option<Date> {
    let (directory, today) = (assessment.directory, assessment.today);
    let edition = directory.editions.iter().map(|edition| edition.date).filter(|date| *date > today).min();
    // A meeting moves to those that are over.
    let over = directory.meetings.iter().map(|meeting| meeting.until.next()).filter(|date| *date > today).min();
    let bodies = directory.authorities.values();
    let periods = bodies
        .flat_map(|body| body.entitlements.iter().map(|one| one.period).chain(body.accreditations.iter().map(|one| one.period)));
    let body = periods.filter_map(|period| period.until).map(Date::next).filter(|day| *day > today).min();
    [assess::next_change(directory, today), stats::next_change(assessment), edition, over, body].into_iter().flatten().min()
}
