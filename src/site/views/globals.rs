//! What every page of a site says.

use super::model::{ModelView, models};
use crate::assess::Assessment;
use crate::config::{Config, Format, Language, Policy};
use crate::model::{Date, Line, Text, Url};
use crate::site::Catalogue;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What every template knows.
#[derive(Serialize)]
pub struct Globals<'a> {
    site: SiteView<'a>,
    policy: PolicyView,
    today: Date,
    /// The last day on which the site is fresh where nothing is built after it.
    fresh_until: Date,
    nav: Menu<'a>,
    /// The languages of the site, the main one first; none where there is one alone.
    trees: Vec<TreeView>,
    /// The levels and what may stand in their place, in order.
    statuses: Vec<super::StatusView>,
    /// The versions of SIM3, by their ids.
    models: BTreeMap<&'static str, ModelView>,
}

#[derive(Serialize)]
struct SiteView<'a> {
    title: &'a str,
    description: Option<&'a str>,
    /// The language of the page, and that of what the operator wrote in one language alone.
    language: &'static str,
    main_language: &'static str,
    /// The language with a country, as Open Graph wants it: `en_GB`.
    locale: &'static str,
    issuer: Option<&'a str>,
    base_url: Option<&'a str>,
    /// What pages may load and do.
    content_security_policy: &'static str,
    sample: bool,
    /// Whether there is a page for looking things up.
    lookup: bool,
    /// Whether there is a feed of changes.
    feed: bool,
    version: &'static str,
}

/// The pages in a language.
#[derive(Serialize)]
struct TreeView {
    language: &'static str,
    /// What the language calls itself.
    name: &'static str,
    /// The folder in which they stand, from the root of the site: `fr/`, or nothing.
    prefix: String,
}

/// The policy's durations, in the units of their names.
#[derive(Serialize)]
struct PolicyView {
    certification_years: u32,
    candidate_months: u32,
    certification_wait_months: u32,
    confirmation_months: u32,
    assessment_years: u32,
    expiring_days: u32,
    expiring_soon_days: u32,
}

/// The ways to all other pages.
#[derive(Serialize)]
struct Menu<'a> {
    /// What is looked for most, at the head of a page.
    main: Vec<NavItem<'a>>,
    /// What is left, with the operator's own pages, at its foot.
    more: Vec<NavItem<'a>>,
}

#[derive(Serialize)]
struct NavItem<'a> {
    /// Which pages belong to it.
    section: &'a str,
    /// From the root of the pages in the language.
    href: String,
    name: Cow<'a, str>,
    /// In which language that is (BCP 47).
    language: &'static str,
}

/// What stands at the head of each page: section, and page. The title of the site leads home.
const MAIN: &[(&str, &str)] = &[
    (LOOKUP, "lookup.html"),
    ("teams", "teams/index.html"),
    ("countries", "countries/index.html"),
    ("expiring", "expiring.html"),
    ("keys", "keys.html"),
    ("statistics", "statistics.html"),
];

/// What stands at its foot.
const MORE: &[(&str, &str)] = &[
    ("methodology", "methodology.html"),
    ("authorities", "authorities.html"),
    ("associations", "associations/index.html"),
    ("contacts", "contacts.html"),
    ("types", "types/index.html"),
    ("data", "data.html"),
    (EVENTS, "events.html"),
    (SEALED, "sealed.html"),
];

/// The entries that are there only where there is a meeting, and where anything was sealed.
const EVENTS: &str = "events";
const SEALED: &str = "sealed";

/// The entry that is there only where the operator chose the format.
const LOOKUP: &str = "lookup";

/// Names of pages and folders that are ours, or will be: no page of the operator's can have them.
const RESERVED_PAGES: &[&str] = &[
    "api",
    "assets",
    "associations",
    "authorities",
    "changes",
    "contacts",
    "countries",
    "data",
    "directory",
    "events",
    "expiring",
    "first",
    "global-irt",
    "index",
    "keys",
    "levels",
    "lookup",
    "methodology",
    "openpgpkey",
    "organisations",
    "sealed",
    "statistics",
    "stix",
    "teams",
    "trusted-introducer",
    "types",
];

/// Whether no page of the operator's can have this name: languages are names of folders.
pub(in crate::site) fn is_reserved(id: &str) -> bool {
    RESERVED_PAGES.contains(&id) || Language::ALL.iter().any(|language| language.id() == id)
}

fn trees(config: &Config) -> Vec<TreeView> {
    if config.languages.is_empty() {
        return Vec::new();
    }
    let all = std::iter::once(config.language).chain(config.languages.iter().copied());
    all.map(|language| TreeView { language: language.id(), name: language.name(), prefix: config.prefix(language) }).collect()
}

impl<'a> Globals<'a> {
    /// What every page of the site of `assessment` says.
    pub fn new(assessment: &'a Assessment<'_>, texts: &Catalogue) -> Self {
        let directory = assessment.directory;
        let has_lookup = directory.config.writes(Format::Lookup);
        let item = |(section, href): &(&'static str, &str)| {
            let name = Cow::Owned(texts.member("menu", section));
            NavItem { section, href: (*href).to_owned(), name, language: texts.language().id() }
        };
        let main = MAIN.iter().filter(|(section, ..)| *section != LOOKUP || has_lookup).map(item);
        let own = directory.pages_in(texts.language()).filter(|page| !is_reserved(page.id.as_str())).map(|page| NavItem {
            section: page.id.as_str(),
            href: format!("{}.html", page.id),
            name: page.title.as_str().into(),
            language: page.language.unwrap_or(directory.config.language).id(),
        });
        let more = MORE.iter().filter(|(section, ..)| match *section {
            EVENTS => !directory.meetings.is_empty(),
            SEALED => directory.sealed.is_some(),
            _ => true,
        });
        Self {
            site: SiteView::new(&directory.config, texts),
            policy: PolicyView::new(directory.config.policy),
            today: assessment.today,
            fresh_until: assessment.today.plus_days(directory.config.policy.stale_days),
            nav: Menu { main: main.collect(), more: more.map(item).chain(own).collect() },
            trees: trees(&directory.config),
            models: models(),
            statuses: crate::site::groups::statuses().map(|status| super::StatusView::new(status, texts)).collect(),
        }
    }
}

impl<'a> SiteView<'a> {
    fn new(config: &'a Config, texts: &Catalogue) -> Self {
        Self {
            title: config.title.as_str(),
            description: config.description.as_ref().map(Text::as_str),
            language: texts.language().id(),
            main_language: config.language.id(),
            locale: texts.language().locale(),
            issuer: config.issuer.as_ref().map(Line::as_str),
            base_url: config.base_url.as_ref().map(Url::href),
            content_security_policy: crate::site::hosting::CONTENT_SECURITY_POLICY,
            sample: config.sample,
            lookup: config.writes(Format::Lookup),
            feed: config.writes(Format::Atom),
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

impl PolicyView {
    fn new(policy: Policy) -> Self {
        let Policy { certification_years, candidate_months, certification_wait_months, .. } = policy;
        let Policy { confirmation_months, assessment_years, expiring_days, expiring_soon_days, .. } = policy;
        Self {
            certification_years,
            candidate_months,
            certification_wait_months,
            confirmation_months,
            assessment_years,
            expiring_days,
            expiring_soon_days,
        }
    }
}
