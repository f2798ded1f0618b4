//! The pages of the bodies that accredit and certify.

use super::{Planner, numbered};
use crate::site::markdown::Place;
use crate::site::split::{self, Series};
use crate::site::views::{AuthoritiesView, AuthorityView, page_of};
use std::sync::Arc;

impl Planner<'_> {
    /// The list of all bodies, and a page or more for each.
    pub(super) fn authorities(&mut self) {
        let (assessment, groups) = (self.assessment, Arc::clone(&self.groups));
        let all = &assessment.directory.authorities;
        let weights: Vec<usize> = all.values().map(split::authority).collect();
        for part in split::split(&weights, self.budget, &Series::new("authorities.html", "authorities/page/")) {
            self.page(part.path(), "authorities.html", "authorities", move |sheet, groups, out| {
                let texts = sheet.texts();
                let title = numbered(&texts.text("authorities.title"), &part, texts);
                let view = AuthoritiesView::new(&part, assessment, groups, texts);
                sheet.render(&title, &texts.text("describe.authorities"), &view, out)
            });
        }
        for authority in all.values() {
            let weights: Vec<usize> = groups.authorities.issued(&authority.id).iter().map(split::issued).collect();
            let series = Series::new(page_of(&authority.id), format!("authorities/{}/", authority.id));
            for part in split::split(&weights, self.budget.saturating_sub(split::about(authority)), &series) {
                self.page(part.path(), "authority.html", "authorities", move |sheet, groups, out| {
                    let texts = sheet.texts();
                    let description = authority.description.as_ref().map(|text| sheet.to_html(text.as_str(), Place::Section));
                    let view = AuthorityView::new(authority, description, &part, assessment, groups, texts);
                    let title = numbered(authority.name.as_str(), &part, texts);
                    sheet.render(&title, &texts.say("describe.authority", &[("name", &authority.name)]), &view, out)
                });
            }
        }
    }
}
