//! Small things that many pages show: a status, a flag, a country, a link.

use crate::assess::{AssessedTeam, Assessment, End, Flag, FlagClass, FlagKind, Status, What, changes_after};
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

/// How long a status holds, in words that stay true however old the page is, and what scripts lower it to then.
#[derive(Serialize)]
pub(super) struct HoldsView {
    pub(super) since: Option<Date>,
    /// The last day.
    pub(super) until: Option<Date>,
    /// It is a certification whose end nobody stated.
    pub(super) end_not_stated: bool,
    /// What the status becomes, and from which days on, soonest first: `2027-05-02 accredited`.
    pub(super) then: String,
}

impl HoldsView {
    /// What the status becomes, for scripts.
    pub(super) fn then(&self) -> &str {
        &self.then
    }

    pub(super) fn new(team: &AssessedTeam<'_>, assessment: &Assessment<'_>) -> Self {
        let standing = &team.standing;
        let certified = standing.status.counting() == Some(Level::Certified);
        let end_not_stated = certified && standing.certificate.is_some_and(|certificate| certificate.end == End::NotStated);
        Self { since: standing.status_since(), until: standing.valid_until, end_not_stated, then: then(team, assessment) }
    }
}

/// What the status of a team becomes, and from which days on, soonest first.
pub(in crate::site) fn then(team: &AssessedTeam<'_>, assessment: &Assessment<'_>) -> String {
    let changes = changes_after(&team.team.history, assessment.directory.config.policy, assessment.today);
    let changes: Vec<String> = changes.iter().map(|change| format!("{} {}", change.on, change.to.id())).collect();
    changes.join(" ")
}

/// Something a reader should know.
#[derive(Serialize)]
pub(super) struct FlagView<'a> {
    strength: &'static str,
    text: Quoted<'a>,
    /// Behind which day it says something else, where that is still to come and trust is lower then; and what.
    ends: Option<Date>,
    after: Option<Quoted<'a>>,
}

impl<'a> FlagView<'a> {
    /// The flags to show; that no level is stated is what the badge says already.
    pub(super) fn all(team: &AssessedTeam<'a>, texts: &Catalogue) -> Vec<Self> {
        let shown = team.flags.iter().filter(|flag| flag.kind != FlagKind::NoLevelStated);
        shown.map(|flag| Self::new(flag, texts)).collect()
    }

    /// That a certification has expired, for lists that show no other flag.
    pub(super) fn expired(team: &AssessedTeam<'a>, texts: &Catalogue) -> Option<Self> {
        let flag = team.flags.iter().find(|flag| flag.kind.class() == FlagClass::CertificationExpired)?;
        Some(Self::new(flag, texts))
    }

    fn new(flag: &Flag<'a>, texts: &Catalogue) -> Self {
        let strength = flag.strength.id();
        let FlagKind::Ends(ending) = flag.kind else {
            return Self { strength, text: Quoted::new(&texts.flag(&flag.kind), None), ends: None, after: None };
        };
        let text = Quoted::new(&texts.flag(&flag.kind), Some(ending.what));
        // When a suspension has ended, a level counts again; nobody is told so before it is looked at.
        let lowers = !ending.has_ended() && ending.what != What::Suspension;
        let after = lowers.then(|| Quoted::new(&texts.ending(&ending, true), Some(ending.what)));
        Self { strength, text, ends: after.as_ref().map(|_| ending.on), after }
    }
}

/// A sentence of ours, in pieces.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Quoted<'a>(Vec<Piece<'a>>);

/// A piece of a sentence.
#[derive(Serialize)]
struct Piece<'a> {
    /// `day` where it is one, which no line breaks; `name` where it is a text of the team's, which may run in the other
    /// direction; or nothing.
    kind: Option<&'static str>,
    text: Cow<'a, str>,
}

impl<'a> Quoted<'a> {
    pub(super) fn new(text: &str, what: Option<What<'a>>) -> Self {
        let mut pieces = Vec::with_capacity(3);
        let name = match what {
            Some(What::Agreement(name)) => text.split_once(name.as_str()).map(|(before, after)| (before, name.as_str(), after)),
            _ => None,
        };
        let (before, after) = name.map_or((text, ""), |(before, _, after)| (before, after));
        days(before, &mut pieces);
        pieces.extend(name.map(|(_, name, _)| Piece { kind: Some("name"), text: name.into() }));
        days(after, &mut pieces);
        Self(pieces)
    }
}

/// Takes `text` apart where a day stands in it.
fn days(mut text: &str, pieces: &mut Vec<Piece<'_>>) {
    const LENGTH: usize = "2026-11-13".len();
    let mut plain = |text: &str, kind| {
        if !text.is_empty() {
            pieces.push(Piece { kind, text: text.to_owned().into() });
        }
    };
    let is_day = |part: &str| part.parse::<Date>().is_ok();
    let first = |text: &str| {
        let years = text.match_indices('-').filter_map(|(at, _)| at.checked_sub("2026".len()));
        { years }.find(|at| text.get(*at..*at + LENGTH).is_some_and(is_day))
    };
    while let Some(at) = first(text) {
        plain(&text[..at], None);
        plain(&text[at..at + LENGTH], Some("day"));
        text = &text[at + LENGTH..];
    }
    plain(text, None);
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
