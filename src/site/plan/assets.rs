//! The files of the theme that pages load.

use super::Planner;
use crate::config::Format;

/// What is loaded only by the page for looking things up, and by the field that leads there.
const OF_LOOKUP: [&str; 3] = ["ask.js", "lookup.css", "lookup.js"];

/// What is shown where somebody shares a page, which takes a whole address.
const CARD: &str = "card.png";

impl Planner<'_> {
    /// The assets, but for those of ours that are for pages which the site does not have; the project's own theme may ask for
    /// them elsewhere.
    pub(super) fn assets(&mut self) {
        let config = &self.assessment.directory.config;
        let is_used = |name: &str| match name {
            CARD => config.base_url.is_some(),
            name => config.writes(Format::Lookup) || !OF_LOOKUP.contains(&name),
        };
        let theme = self.theme;
        for (_, path, bytes) in theme.assets().filter(|(name, ..)| is_used(name) || theme.may_ask_for(name)) {
            self.file(path.to_string(), move |out| Ok(out.write_all(bytes)?));
        }
    }
}
