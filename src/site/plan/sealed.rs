//! What was sealed: its page, its index, and the messages, copied as they are. One whose audience has changed since is left out.

use super::Planner;
use crate::site::copy::copy;
use crate::site::json;
use crate::site::sealed::{self, INDEX, Published};
use crate::site::views::SealedView;
use serde_json::ser::PrettyFormatter;
use std::sync::Arc;

impl Planner<'_> {
    /// Nothing where nothing was ever sealed.
    pub(super) fn sealed(&mut self) {
        let Some(published) = Published::of(self.assessment) else { return };
        let published = Arc::new(published);
        for message in &published.messages {
            let source = self.root.join(&message.file);
            self.file(sealed::path(message.audience), move |out| copy(&source, out));
        }
        let index = Arc::clone(&published);
        self.file(INDEX.to_owned(), move |out| json::write(&sealed::index(&index), PrettyFormatter::new(), out));
        self.page("sealed.html", "sealed.html", "sealed", move |sheet, _, out| {
            let texts = sheet.texts();
            let (title, description) = (texts.text("sealed.title"), texts.text("describe.sealed"));
            sheet.render(&title, &description, &SealedView::new(&published, texts), out)
        });
    }
}
