//! Which pages the site has: a recipe for each. Each renders by itself, from groups that are made once.

mod assets;
mod formats;
mod hosting;
mod keys;
mod lists;
mod lookup;

use super::copy::{STATIC, add_static};
use super::formats::shields;
use super::groups::Groups;
use super::links;
use super::markdown::{self, to_html_led};
use super::split::{self, LARGEST, Part, Series, escaped};
use super::statistics::{csv, json};
use super::views::{
    ContactsView, DataView, ExpiringView, HomeView, LookupView, OwnPage, Page, Plain, SeriesView, StatisticsView, is_reserved,
};
use super::{Catalogue, RenderError, Site, SitePath, Theme, Tree, badge, names};
use crate::assess::Assessment;
use crate::config::{self, Format};
use crate::diagnostic::{Finding, Place, Rule};
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// What the mark-up around a list takes at most in the default theme, apart from the texts of the site.
const FRAME: usize = 14_000;

/// The page for addresses that do not exist. Hosts know one for the whole site, so it is there in the main language alone.
const NOT_FOUND: &str = "404.html";

/// The pages of `assessment`, with the files of `theme` and the folder `static` of the project at `root`, and what is
/// wrong with these files.
pub fn plan<'a>(assessment: &'a Assessment<'a>, theme: &'a Theme, root: &Path) -> (Site<'a>, Vec<Finding>) {
    let mut planner = Planner::new(assessment, theme, root);
    planner.pages();
    planner.search_data();
    planner.lookup();
    planner.key_files();
    planner.sitemap();
    planner.hidden_folders();
    planner.host_files();
    planner.smaller_forms();
    planner.count();
    planner.findings.extend(names::clashes(&planner.copied, &planner.ours));
    (planner.site, planner.findings)
}

/// The same site without what is made of all teams for programs, such as what lookup answers with: most of the work. For a
/// preview, which is made anew after each save and asked for a few pages; what would be wrong with the rest, only [`plan`]
/// finds.
pub fn plan_pages<'a>(assessment: &'a Assessment<'a>, theme: &'a Theme, root: &Path) -> (Site<'a>, Vec<Finding>) {
    let mut planner = Planner::new(assessment, theme, root);
    planner.is_preview = true;
    planner.pages();
    planner.findings.extend(names::clashes(&planner.copied, &planner.ours));
    (planner.site, planner.findings)
}

/// What a page with a list takes at most, apart from its rows.
fn frame(assessment: &Assessment<'_>) -> usize {
    let config = &assessment.directory.config;
    let pages = assessment.directory.pages.iter().map(|page| 100 + page.id.as_str().len() + escaped(page.title.as_str()));
    // The address of the site stands before those of the page itself and of what is shown where it is shared.
    let base = config.base_url.as_ref().map_or(0, |url| escaped(url.href()));
    FRAME + 4 * base + 4 * escaped(config.title.as_str()) + pages.sum::<usize>()
}

struct Planner<'a> {
    assessment: &'a Assessment<'a>,
    theme: &'a Theme,
    /// The folder of the project.
    root: Arc<Path>,
    groups: Arc<Groups<'a>>,
    /// What the rows of one page may take.
    budget: usize,
    /// Whether the pages are for somebody who is just changing the files.
    is_preview: bool,
    site: Site<'a>,
    /// The paths in `site` of what is copied from `static`.
    copied: Arc<BTreeSet<SitePath>>,
    /// The paths in `site` of what is not copied from `static`.
    ours: BTreeSet<SitePath>,
    findings: Vec<Finding>,
}

/// What a recipe needs to render its page.
#[derive(Clone)]
struct Sheet<'a> {
    tree: &'a Tree,
    /// Where the page stands.
    path: SitePath,
    /// What leads from it to the root of the site.
    root: String,
    /// The folder of the pages in its language.
    prefix: String,
    template: &'static str,
    section: String,
    /// The files that are there once, whatever the language.
    copied: Arc<BTreeSet<SitePath>>,
}

impl<'a> Sheet<'a> {
    fn texts(&self) -> &'a Catalogue {
        self.tree.texts()
    }

    /// Markdown that was written for this page, as HTML: links to pages stay in its language.
    fn to_html(&self, text: &str, place: markdown::Place) -> String {
        let name = &self.path.as_str()[self.prefix.len()..];
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let lead = |link: &str| {
            let path = links::target(folder, link).filter(|_| !self.prefix.is_empty())?;
            let is_page = path.is_page() && !self.copied.contains(&path);
            (!is_page).then(|| format!("{}{path}", self.root))
        };
        to_html_led(text, place, &lead)
    }

    fn render(&self, title: &str, description: &str, view: &impl Serialize, out: &mut dyn Write) -> Result<(), RenderError> {
        let Self { root, prefix, section, .. } = self;
        let (path, tree) = (self.path.as_str(), format!("{root}{prefix}"));
        let page = Page { root, tree: &tree, path, page: &path[prefix.len()..], title, description, section, view };
        self.tree.render(self.template, &page, out)
    }
}

impl<'a> Planner<'a> {
    /// A plan that has the files of `static` in it.
    fn new(assessment: &'a Assessment<'a>, theme: &'a Theme, root: &Path) -> Self {
        let mut planner = Self {
            assessment,
            theme,
            root: root.into(),
            groups: Arc::new(Groups::new(assessment)),
            budget: LARGEST.saturating_sub(frame(assessment)),
            is_preview: false,
            site: Site::default(),
            copied: Arc::default(),
            ours: BTreeSet::new(),
            findings: Vec::new(),
        };
        add_static(root, &mut planner.site, &mut planner.findings);
        planner.copied = Arc::new(planner.site.paths().cloned().collect());
        planner
    }

    /// The pages, and what they show or link to.
    fn pages(&mut self) {
        self.assets();
        self.home();
        self.teams();
        self.countries();
        self.levels();
        self.types();
        self.expiring();
        self.contacts();
        self.key_pages();
        self.statistics();
        self.texts();
        self.lookup_page();
        self.badges();
        self.api();
        self.formats();
    }

    /// Adds the page at `path`, in each language.
    fn page(
        &mut self,
        path: impl Into<String>,
        template: &'static str,
        section: &str,
        recipe: impl Fn(&Sheet<'a>, &Groups<'a>, &mut dyn Write) -> Result<(), RenderError> + Send + Sync + 'a,
    ) {
        let path = path.into();
        let recipe = Arc::new(recipe);
        for tree in self.theme.trees() {
            let prefix = self.assessment.directory.config.prefix(tree.texts().language());
            let Some(full) = self.claim(format!("{prefix}{path}")) else { continue };
            let (path, root, section) = (full.clone(), full.to_root(), section.to_owned());
            let sheet = Sheet { tree, path, root, prefix, template, section, copied: Arc::clone(&self.copied) };
            let (groups, recipe) = (Arc::clone(&self.groups), Arc::clone(&recipe));
            self.site.add(full, move |out| recipe(&sheet, &groups, out));
        }
    }

    /// The path of a file of ours. A file of `static` that stands in its place is a finding, and is left out.
    fn claim(&mut self, path: String) -> Option<SitePath> {
        match SitePath::new(path) {
            Ok(path) => {
                if self.site.contains(&path) {
                    let place = Place::file(format!("{STATIC}/{path}"));
                    let help = "rename it: the page of this name is one that Peerage makes";
                    self.findings.push(Finding::new(Rule::FileName, place, "this file would replace a page of ours", help));
                }
                self.ours.insert(path.clone());
                Some(path)
            }
            Err(invalid) => {
                let place = Place::file(invalid.0.as_str());
                self.findings.push(Finding::new(Rule::FileName, place, invalid.to_string(), "rename what the page is made of"));
                None
            }
        }
    }

    /// Adds a file that is no page.
    fn file(&mut self, path: String, recipe: impl Fn(&mut dyn Write) -> Result<(), RenderError> + Send + Sync + 'a) {
        if let Some(path) = self.claim(path) {
            self.site.add(path, recipe);
        }
    }

    /// Hosts limit how many files they take; the last of them is not missed before somebody looks for it.
    fn count(&mut self) {
        let (files, most) = (self.site.len(), self.assessment.directory.config.max_files);
        if files > most {
            let message = format!("the site has {files} files, more than the {most} of `max_files`");
            let help = "leave out formats that have a file for each team or claim (`formats` in site.yaml), or set `max_files` to \
                        what your host takes";
            self.findings.push(Finding::new(Rule::TooManyFiles, Place::file(config::FILE), message, help));
        }
    }

    fn home(&mut self) {
        let config = &self.assessment.directory.config;
        let description = config.description.as_ref().map_or("", |text| text.as_str());
        self.page("index.html", "index.html", "home", move |sheet, groups, out| {
            sheet.render("", description, &HomeView::new(groups, sheet.texts()), out)
        });
    }

    fn expiring(&mut self) {
        let weights: Vec<usize> = self.groups.due.iter().map(split::due).collect();
        let series = Series::new("expiring.html", "expiring/");
        let parts: Vec<Part> = split::split(&weights, self.budget, &series).collect();
        let ended_on = parts.iter().find(|part| part.range.contains(&self.groups.ahead)).map_or(1, |part| part.number);
        for part in parts {
            self.page(part.path(), "expiring.html", "expiring", move |sheet, groups, out| {
                let texts = sheet.texts();
                let view = ExpiringView::new(groups, &part, ended_on, texts);
                let title = numbered(&texts.text("expiring.title"), &part, texts);
                sheet.render(&title, &texts.text("describe.expiring"), &view, out)
            });
        }
    }

    /// How each team is reached, for paper.
    fn contacts(&mut self) {
        let assessment = self.assessment;
        let weights: Vec<usize> = self.groups.active.iter().map(|team| split::reach(team)).collect();
        for part in split::split(&weights, self.budget, &Series::new("contacts.html", "contacts/")) {
            self.page(part.path(), "contacts.html", "contacts", move |sheet, groups, out| {
                let texts = sheet.texts();
                let title = numbered(&texts.text("contacts.title"), &part, texts);
                let view = ContactsView::new(groups, &part, assessment, texts);
                sheet.render(&title, &texts.text("describe.contacts"), &view, out)
            });
        }
    }

    /// The directory as a whole, and a page for each series of assessments.
    fn statistics(&mut self) {
        self.page("statistics.html", "statistics.html", "statistics", |sheet, groups, out| {
            let texts = sheet.texts();
            let (title, description) = (texts.text("statistics.title"), texts.text("describe.statistics"));
            sheet.render(&title, &description, &StatisticsView::new(groups, texts), out)
        });
        let assessment = self.assessment;
        let groups = Arc::clone(&self.groups);
        for told in groups.figures.maturity() {
            let series = told.series;
            self.page(told.page(), "series.html", "statistics", move |sheet, groups, out| {
                let texts = sheet.texts();
                let title = format!("{}, {}", series.model.title(), texts.member("assessment", series.kind.id()));
                let view = groups.figures.of(series).and_then(|told| SeriesView::new(told, assessment, groups, texts));
                view.map_or(Ok(()), |view| sheet.render(&title, &texts.text("describe.series"), &view, out))
            });
        }
        if let Some(path) = self.claim(json::PATH.to_owned()) {
            let groups = Arc::clone(&self.groups);
            self.site.add(path, move |out| json::write(assessment, &groups, out));
        }
        if let Some(path) = self.claim(csv::PATH.to_owned()) {
            let groups = Arc::clone(&self.groups);
            self.site.add(path, move |out| csv::write(&groups, out));
        }
    }

    fn badges(&mut self) {
        let (assessment, theme) = (self.assessment, self.theme);
        for team in &assessment.teams {
            let title = assessment.directory.config.title.as_str();
            self.file(format!("teams/{}.svg", team.team.id), move |out| {
                let main = theme.main();
                main.render("badge.svg", &badge::view(team, title, assessment.today, main.texts()), out)
            });
            if assessment.directory.config.writes(Format::Shields) {
                self.file(shields::path(&team.team.id), move |out| shields::team(team, assessment, theme.main().texts(), out));
            }
        }
    }

    /// The page on which one looks up who answers for something.
    fn lookup_page(&mut self) {
        let assessment = self.assessment;
        if assessment.directory.config.writes(Format::Lookup) {
            self.page("lookup.html", "lookup.html", "lookup", move |sheet, _, out| {
                let texts = sheet.texts();
                let (title, description) = (texts.text("lookup.title"), texts.text("describe.lookup"));
                sheet.render(&title, &description, &LookupView::new(assessment, texts), out)
            });
        }
    }

    /// The pages that are mostly text: ours, and the operator's own.
    fn texts(&mut self) {
        let directory = self.assessment.directory;
        self.page("methodology.html", "methodology.html", "methodology", |sheet, _, out| {
            let texts = sheet.texts();
            sheet.render(&texts.text("methodology.title"), &texts.text("describe.methodology"), &Plain {}, out)
        });
        let assessment = self.assessment;
        self.page("data.html", "data.html", "data", move |sheet, groups, out| {
            let texts = sheet.texts();
            let (title, description) = (texts.text("data.title"), texts.text("describe.data"));
            sheet.render(&title, &description, &DataView::new(assessment, groups, texts), out)
        });
        let base = directory.config.base_url.as_ref().map(|url| url.href().to_owned());
        // It is served at any depth, so that no relative link on it would lead anywhere.
        let template = if base.is_some() { "404.html" } else { "404-bare.html" };
        if let Some(path) = self.claim(NOT_FOUND.to_owned()) {
            let (tree, root) = (self.theme.main(), base.unwrap_or_default());
            let (path_of, section, copied) = (path.clone(), "404".to_owned(), Arc::clone(&self.copied));
            let sheet = Sheet { tree, path: path_of, root, prefix: String::new(), template, section, copied };
            self.site.add(path, move |out| sheet.render(&tree.texts().text("not-found.title"), "", &Plain {}, out));
        }
        for reserved in directory.pages.iter().filter(|own| is_reserved(own.id.as_str())) {
            let help = "give the file another name: this one is kept for a page or folder of Peerage";
            let place = Place::file(Arc::clone(&reserved.file));
            self.findings.push(Finding::new(Rule::FileName, place, "the name of the page is reserved", help));
        }
        let main = directory.config.language;
        for id in directory.pages_in(main).map(|own| &own.id).filter(|id| !is_reserved(id.as_str())) {
            self.page(format!("{id}.html"), "page.html", id.as_str(), move |sheet, _, out| {
                let Some(own) = directory.page_in(id, sheet.texts().language()) else { return Ok(()) };
                let body = sheet.to_html(&own.body, markdown::Place::Page);
                let view = OwnPage { body, language: own.language.unwrap_or(main).id() };
                sheet.render(own.title.as_str(), "", &view, out)
            });
        }
    }
}

/// The title of a page of a list: from the second on with its number, so that no two pages are called the same.
fn numbered(name: &str, part: &Part, texts: &Catalogue) -> String {
    if part.number == 1 { name.to_owned() } else { texts.say("pager.title", &[("name", &name), ("number", &part.number)]) }
}
