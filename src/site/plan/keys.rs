//! The page of all keys, and the files with keys.

use super::{Planner, numbered};
use crate::site::keys::files;
use crate::site::split::{self, Series};
use crate::site::views::KeysView;
use crate::site::{key_json, wkd};
use std::sync::Arc;

/// What the first page says of keyrings and of the Web Key Directory takes at most, apart from the domains.
const INTRODUCTION: usize = 8_000;

impl Planner<'_> {
    /// The list of all keys, on as many pages as it needs.
    pub(super) fn key_pages(&mut self) {
        let (groups, today) = (Arc::clone(&self.groups), self.assessment.today);
        let lists = &groups.keys;
        let rows = [&lists.soon, &lists.off, &lists.all].into_iter().flatten();
        let weights: Vec<usize> = rows.map(|held| split::key(held, today)).collect();
        let served: usize = lists.wkd.served().map(|domain| 50 + domain.len()).sum();
        let budget = self.budget.saturating_sub(INTRODUCTION + served);
        for part in split::split(&weights, budget, &Series::new("keys.html", "keys/page/")) {
            self.page(part.path(), "keys.html", "keys", move |sheet, groups, out| {
                let texts = sheet.texts();
                let view = KeysView::new(groups, &part, today, texts);
                let title = numbered(&texts.text("keys.title"), &part, texts);
                sheet.render(&title, &texts.text("describe.keys"), &view, out)
            });
        }
    }

    /// The files with keys, and their index.
    pub(super) fn key_files(&mut self) {
        let (assessment, groups) = (self.assessment, Arc::clone(&self.groups));
        let lists = &groups.keys;
        for file in files(assessment, &lists.rings).into_iter().chain(lists.wkd.files()) {
            self.file(file.path.clone(), move |out| file.write(assessment.today, out));
        }
        for path in lists.wkd.policies() {
            self.file(path, |out| Ok(out.write_all(wkd::POLICY.as_bytes())?));
        }
        let groups = Arc::clone(&self.groups);
        self.file(key_json::PATH.to_owned(), move |out| key_json::index(assessment, &groups.keys.rings, out));
    }
}
