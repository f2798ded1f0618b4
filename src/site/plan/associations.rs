//! The pages of the associations of teams.

use super::{Planner, numbered};
use crate::site::split::{self, Series};
use crate::site::views::{AssociationView, IndexView, association_page};
use std::sync::Arc;

impl Planner<'_> {
    /// The list of all associations, and a page or more for each.
    pub(super) fn associations(&mut self) {
        self.page("associations/index.html", "associations.html", "associations", |sheet, groups, out| {
            let texts = sheet.texts();
            let (title, description) = (texts.text("associations.title"), texts.text("describe.associations"));
            sheet.render(&title, &description, &IndexView::associations(groups), out)
        });
        let (assessment, groups) = (self.assessment, Arc::clone(&self.groups));
        for (at, association) in groups.figures.all.associations.all.iter().enumerate() {
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
