//! The pages of the associations of teams.

use super::{Planner, numbered};
use crate::site::split::{self, Series};
use crate::site::views::{AssociationView, IndexView, association_page};
use std::sync::Arc;

impl Planner<'_> {
    /// The list of all associations, and a page or more for each.
    pub(super) fn associations(&mut self) {
        let (assessment, groups) = (self.assessment, Arc::clone(&self.groups));
        let all = &groups.figures.all.associations.all;
        let weights: Vec<usize> = all.iter().map(|association| split::index(association.name)).collect();
        self.index(
            "associations",
            "associations.html",
            ["associations.title", "describe.associations"],
            &weights,
            |groups, part, _| IndexView::associations(groups, part),
        );
        for (at, association) in all.iter().enumerate() {
            let weights: Vec<usize> = association.members.iter().map(|(team, one)| split::member(team, one)).collect();
            let series = Series::new(association_page(association), format!("associations/{}/", association.id));
            for part in split::split(&weights, self.budget, &series) {
                self.page(part.path(), "association.html", "associations", move |sheet, groups, out| {
                    let Some(association) = groups.figures.all.associations.all.get(at) else { return Ok(()) };
                    let texts = sheet.texts();
                    let view = AssociationView::new(association, &part, assessment, groups, texts);
                    let title = numbered(association.name, &part, texts);
                    sheet.render(&title, &texts.say("describe.association", &[("name", &association.name)]), &view, out)
                });
            }
        }
    }
}
