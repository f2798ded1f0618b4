//! The lists of teams, and the teams themselves.

use super::{Planner, numbered};
use crate::assess::{AssessedTeam, Assessment, Status};
use crate::load::source;
use crate::site::groups::Groups;
use crate::site::markdown::Place;
use crate::site::search::Search;
use crate::site::split::{self, Part, Series};
use crate::site::views::{IndexView, TeamView, TeamsView};
use crate::site::{Catalogue, RenderError};
use std::sync::Arc;

/// A list of teams that goes over one or more pages.
#[derive(Clone)]
struct List<'a> {
    template: &'static str,
    section: &'static str,
    /// What it is a list of.
    name: Arc<NameOf<'a>>,
    status: Option<Status>,
    series: Series,
    teams: Arc<TeamsOf<'a>>,
    /// Whether it is the list that can be searched: that of all teams.
    is_searched: bool,
}

/// Which of the groups a list shows.
type TeamsOf<'a> = dyn for<'g> Fn(&'g Groups<'a>) -> &'g Vec<&'a AssessedTeam<'a>> + Send + Sync + 'a;

/// What a list is called in a language.
type NameOf<'a> = dyn Fn(&Groups<'a>, &Catalogue) -> String + Send + Sync + 'a;

impl<'a> Planner<'a> {
    /// A list of teams, on as many pages as it needs.
    fn list(&mut self, list: &List<'a>) {
        let weights: Vec<usize> = (list.teams)(&self.groups).iter().map(|team| self.groups.weight(team)).collect();
        let assessment = self.assessment;
        let form = if list.is_searched { split::form(&self.groups) } else { 0 };
        for part in split::split(&weights, self.budget.saturating_sub(form), &list.series) {
            let List { template, section, name, status, teams, is_searched, .. } = list.clone();
            self.page(part.path(), template, section, move |sheet, groups, out| {
                let texts = sheet.texts();
                let name = name(groups, texts);
                let view = TeamsView::new(&name, status, teams(groups), &part, assessment, groups, texts);
                let view = if is_searched { view.with_search(groups, assessment, texts) } else { view };
                let description = texts.say("describe.teams", &[("name", &name)]);
                sheet.render(&numbered(&name, &part, texts), &description, &view, out)
            });
        }
    }

    pub(super) fn teams(&mut self) {
        let series = Series::new("teams/index.html", "teams/page/");
        self.list(&List {
            template: "teams.html",
            section: "teams",
            name: Arc::new(|_, texts| texts.text("teams.title")),
            status: None,
            series,
            teams: Arc::new(|groups| &groups.all),
            is_searched: true,
        });
        let assessment = self.assessment;
        for team in &assessment.teams {
            let (root, is_preview) = (Arc::clone(&self.root), self.is_preview);
            self.page(format!("teams/{}.html", team.team.id), "team.html", "teams", move |sheet, groups, out| {
                let texts = sheet.texts();
                let description = team.team.description.as_ref().map(|text| sheet.to_html(text.as_str(), Place::Section));
                let entry = source(&root, &team.team.file);
                // A page that is silent on its entry would be neither that of before nor that of now.
                if entry.is_none() && !is_preview {
                    return Err(RenderError::Gone(team.team.file.to_string()));
                }
                let view = TeamView::new(team, description, entry, assessment, groups, texts);
                sheet.render(team.team.name.as_str(), &describe(team, assessment, texts), &view, out)
            });
        }
    }

    /// What the list of all teams is searched in.
    pub(super) fn search_data(&mut self) {
        let assessment = self.assessment;
        for number in 1..=self.groups.search.files(&self.groups.all, assessment).len() {
            let groups = Arc::clone(&self.groups);
            self.file(Search::path(number), move |out| groups.search.write(number, &groups.all, assessment, out));
        }
    }

    /// The list of all countries, types or associations, on as many pages as it needs; which it is, `section` says, and how it is called
    /// and described, the texts of these names.
    pub(super) fn index(
        &mut self,
        section: &'static str,
        template: &'static str,
        [title, description]: [&'static str; 2],
        weights: &[usize],
        view: impl for<'g> Fn(&'g Groups<'a>, &Part, &Catalogue) -> IndexView<'g> + Copy + Send + Sync + 'a,
    ) {
        let series = Series::new(format!("{section}/index.html"), format!("{section}/page/"));
        for part in split::split(weights, self.budget, &series) {
            self.page(part.path(), template, section, move |sheet, groups, out| {
                let texts = sheet.texts();
                let title = numbered(&texts.text(title), &part, texts);
                sheet.render(&title, &texts.text(description), &view(groups, &part, texts), out)
            });
        }
    }

    pub(super) fn countries(&mut self) {
        let weights: Vec<usize> = self.groups.countries.iter().map(|group| split::index(group.key.name())).collect();
        self.index("countries", "countries.html", ["countries.title", "describe.countries"], &weights, |groups, part, texts| {
            IndexView::countries(groups, part, texts)
        });
        for at in 0..self.groups.countries.len() {
            let country = self.groups.countries[at].key;
            let code = country.code().to_ascii_lowercase();
            self.list(&List {
                template: "country.html",
                section: "countries",
                name: Arc::new(move |_, texts| texts.country(country).to_owned()),
                status: None,
                series: Series::new(format!("countries/{code}.html"), format!("countries/{code}/")),
                teams: Arc::new(move |groups| &groups.countries[at].teams),
                is_searched: false,
            });
        }
    }

    pub(super) fn levels(&mut self) {
        for at in 0..self.groups.statuses.len() {
            let status = self.groups.statuses[at].key;
            let id = status.id();
            self.list(&List {
                template: "level.html",
                section: "teams",
                name: Arc::new(move |_, texts| texts.status(status)),
                status: Some(status),
                series: Series::new(format!("levels/{id}.html"), format!("levels/{id}/")),
                teams: Arc::new(move |groups| &groups.statuses[at].teams),
                is_searched: false,
            });
        }
    }

    pub(super) fn types(&mut self) {
        let weights: Vec<usize> = self.groups.types.iter().map(|group| split::index(self.groups.type_name(group.key))).collect();
        self.index("types", "types.html", ["types.title", "describe.types"], &weights, |groups, part, texts| {
            IndexView::types(groups, part, texts)
        });
        for at in 0..self.groups.types.len() {
            let kind = self.groups.types[at].key;
            self.list(&List {
                template: "type.html",
                section: "types",
                name: Arc::new(move |groups, texts| texts.type_name(kind, groups.config)),
                status: None,
                series: Series::new(format!("types/{kind}.html"), format!("types/{kind}/")),
                teams: Arc::new(move |groups| &groups.types[at].teams),
                is_searched: false,
            });
        }
    }
}

/// A team in a sentence that stays true.
fn describe(assessed: &AssessedTeam<'_>, assessment: &Assessment<'_>, texts: &Catalogue) -> String {
    let (name, country) = (&assessed.team.name.value, texts.country(assessed.team.country));
    let (status, today) = (texts.status(assessed.standing.status), assessment.today);
    match assessed.standing.valid_until {
        Some(until) => texts.say(
            "describe.team_until",
            &[("name", name), ("country", &country), ("status", &status), ("today", &today), ("until", &until)],
        ),
        None => texts.say("describe.team", &[("name", name), ("country", &country), ("status", &status), ("today", &today)]),
    }
}
