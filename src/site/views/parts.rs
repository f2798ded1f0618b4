//! Small things that many pages show: a status, a flag, a country, a link.

use crate::assess::{AssessedTeam, End, Ending, Flag, FlagKind, Status, What};
use crate::model::{Country, Date, Level, Slug, Team, Url};
use crate::site::Catalogue;
use crate::site::groups::Groups;
use serde::Serialize;
use std::borrow::Cow;

/// A level, or what stands in its place.
#[derive(Serialize)]
pub(in crate::site) struct StatusView {
    pub(super) id: &'static str,
    /// Which badge shows it.
    pub(super) badge: &'static str,
    pub(super) title: String,
}

impl StatusView {
    pub(in crate::site) fn new(status: Status, texts: &Catalogue) -> Self {
        Self { id: status.id(), badge: badge(status), title: texts.status(status) }
    }
}

/// Which badge shows a status.
pub(super) fn badge(status: Status) -> &'static str {
    if status.state.is_some() || status.level.is_some() { status.id() } else { "none" }
}

/// How long a status holds, in words that stay true however old the page is.
#[derive(Serialize)]
pub(super) struct HoldsView {
    pub(super) since: Option<Date>,
    /// The last day.
    pub(super) until: Option<Date>,
    /// It is a certification whose end nobody stated.
    pub(super) end_not_stated: bool,
}

impl HoldsView {
    pub(super) fn new(team: &AssessedTeam<'_>) -> Self {
        let standing = &team.standing;
        let certified = standing.status.counting() == Some(Level::Certified);
        let end_not_stated = certified && standing.certificate.is_some_and(|certificate| certificate.end == End::NotStated);
        Self { since: standing.status_since(), until: standing.valid_until, end_not_stated }
    }
}

/// Something a reader should know.
#[derive(Serialize)]
pub(super) struct FlagView<'a> {
    strength: &'static str,
    text: Quoted<'a>,
    /// The day of which it speaks, where the words do not say it.
    on: Option<Date>,
}

impl<'a> FlagView<'a> {
    /// The flags to show; that no level is stated is what the badge says already.
    pub(super) fn all(team: &AssessedTeam<'a>, texts: &Catalogue) -> Vec<Self> {
        let shown = team.flags.iter().filter(|flag| flag.kind != FlagKind::NoLevelStated);
        shown.map(|flag| Self::new(flag, texts)).collect()
    }

    fn new(flag: &Flag<'a>, texts: &Catalogue) -> Self {
        let text = texts.flag(&flag.kind);
        let (on, what) = match flag.kind {
            FlagKind::Ends(Ending { what, on, .. }) => (Some(on), Some(what)),
            _ => (None, None),
        };
        let on = on.filter(|on| !text.contains(&on.to_string()));
        Self { strength: flag.strength.id(), text: Quoted::new(text, what), on }
    }
}

/// A sentence of ours with, at most, one text of the team's in it, which may run in the other direction.
#[derive(Serialize)]
pub(super) struct Quoted<'a> {
    before: String,
    name: Option<&'a str>,
    after: String,
}

impl<'a> Quoted<'a> {
    pub(super) fn new(text: String, what: Option<What<'a>>) -> Self {
        if let Some(What::Agreement(name)) = what
            && let Some((before, after)) = text.split_once(name.as_str())
        {
            return Self { before: before.to_owned(), name: Some(name.as_str()), after: after.to_owned() };
        }
        Self { before: text, name: None, after: String::new() }
    }
}

/// A name that leads to a page of the site, if it has one.
#[derive(Serialize)]
pub(super) struct Named<'a> {
    pub(super) name: Cow<'a, str>,
    /// From the root of the pages in its language.
    pub(super) href: Option<String>,
}

impl<'a> Named<'a> {
    pub(super) fn country(country: Country, groups: &Groups<'_>, texts: &Catalogue) -> Self {
        let href = groups.has_page(country).then(|| format!("countries/{}.html", country.code().to_ascii_lowercase()));
        Self { name: texts.country(country).into(), href }
    }

    pub(super) fn team(team: &'a Team) -> Self {
        Self { name: team.name.as_str().into(), href: Some(format!("teams/{}.html", team.id)) }
    }

    pub(super) fn kind(kind: &Slug, groups: &Groups<'_>, texts: &Catalogue) -> Self {
        Self { name: texts.type_name(kind, groups.config).into(), href: Some(format!("types/{kind}.html")) }
    }
}

/// A link to somewhere else.
#[derive(Serialize)]
pub(super) struct LinkView<'a> {
    href: &'a str,
    /// The link without what goes without saying.
    text: &'a str,
}

impl<'a> LinkView<'a> {
    pub(super) fn new(url: &'a Url) -> Self {
        let text = url.as_str();
        let text = text.strip_prefix("https://").unwrap_or(text);
        Self { href: url.href(), text: text.strip_suffix('/').unwrap_or(text) }
    }
}
