//! Long lists in pages, by weight: a name may be a hundred times as long as another, so rows are not counted.

use super::authorities::Issued;
use super::groups::{Due, Groups, named};
use super::keys::TeamKey;
use super::views::warnings;
use crate::assess::{AssessedTeam, FlagClass, FlagKind};
use crate::model::{Authority, Date, Entitlement, Line, Membership, Slug};
use memchr::{memchr2_iter, memchr3_iter};
use std::collections::BTreeMap;
use std::ops::Range;

/// No page with a list is larger than this, in bytes.
pub(super) const LARGEST: usize = 150_000;

/// What the mark-up of a row takes at most, apart from its texts, in the default theme.
const ROW: usize = 850;

/// The same for a flag.
const FLAG: usize = 420;

/// The same for something that a status will be.
const CHANGE: usize = "2026-11-21 certification-candidate ".len();

/// What says that the day of a key has passed.
const OVER: usize = 420;

/// The same for a telephone number or an e-mail address.
const PHONE: usize = 300;

/// How long the sentence of a warning about a key is at most, in any language.
const WARNING: usize = 160;

/// The pages of one list: where the first stands, and in which folder the others.
#[derive(Debug, Clone)]
pub(super) struct Series {
    first: String,
    folder: String,
}

impl Series {
    pub(super) fn new(first: impl Into<String>, folder: impl Into<String>) -> Self {
        Self { first: first.into(), folder: folder.into() }
    }

    fn path(&self, number: usize) -> String {
        if number == 1 { self.first.clone() } else { format!("{}{number}.html", self.folder) }
    }
}

/// A page of a list.
#[derive(Debug)]
pub(super) struct Part {
    /// Which of the rows.
    pub(super) range: Range<usize>,
    /// Which of the pages, from 1.
    pub(super) number: usize,
    /// How many pages there are.
    pub(super) count: usize,
    series: Series,
}

impl Part {
    /// Where page `number` of the same list stands.
    pub(super) fn href(&self, number: usize) -> String {
        self.series.path(number)
    }

    /// Where this page stands.
    pub(super) fn path(&self) -> String {
        self.href(self.number)
    }
}

/// The pages of a list whose rows have these weights; one page, where there are no rows.
pub(super) fn split(weights: &[usize], budget: usize, series: &Series) -> impl Iterator<Item = Part> + use<> {
    let mut ranges = Vec::new();
    let (mut start, mut sum) = (0, 0);
    for (at, weight) in weights.iter().enumerate() {
        if sum + weight > budget && at > start {
            ranges.push(start..at);
            (start, sum) = (at, 0);
        }
        sum += weight;
    }
    ranges.push(start..weights.len());
    let (count, series) = (ranges.len(), series.clone());
    ranges.into_iter().zip(1..).map(move |(range, number)| Part { range, number, count, series: series.clone() })
}

/// What a team's row takes at most; `types` has the English names of constituency types.
pub(super) fn row(team: &AssessedTeam<'_>, types: &BTreeMap<&Slug, String>) -> usize {
    let entry = team.team;
    let official_name = entry.official_name.as_ref().map_or(0, |name| escaped(name.as_str()));
    let types: usize = entry.types.iter().map(|kind| in_any_language(named(types, kind)) + ", ".len()).sum();
    let flags: usize = team.flags.iter().map(|flag| self::flag(&flag.kind)).sum();
    ROW + entry.id.as_str().len() + escaped(entry.name.as_str()) + official_name + types + flags + ahead(team)
}

/// What says how the status of a team will change takes at most: each entry may begin and end something that is still to come.
fn ahead(team: &AssessedTeam<'_>) -> usize {
    if team.standing.next.is_some() { 2 * CHANGE * team.team.history.len() } else { 0 }
}

/// What says that a certification has expired takes at most.
fn expired(team: &AssessedTeam<'_>) -> usize {
    let flags = team.flags.iter().filter(|flag| flag.kind.class() == FlagClass::CertificationExpired);
    flags.map(|flag| self::flag(&flag.kind)).sum()
}

/// What a flag takes at most: what is still to end says also what it will be then.
fn flag(kind: &FlagKind<'_>) -> usize {
    let text = in_any_language(&kind.to_string());
    let is_ahead = matches!(kind, FlagKind::Ends(ending) if !ending.has_ended());
    FLAG + if is_ahead { 2 * text } else { text }
}

/// What the form takes at most by which the list of all teams is searched, with what its script draws.
pub(super) fn form(groups: &Groups<'_>) -> usize {
    /// The mark-up and texts, apart from what can be chosen.
    const FRAME: usize = 14_000;
    /// The mark-up of a choice.
    const CHOICE: usize = 40;
    /// The name of a country.
    const COUNTRY: usize = 60;
    let types = groups.search.types.iter().map(|kind| kind.as_str().len() + in_any_language(groups.type_name(kind)));
    let memberships = groups.search.memberships.iter().map(|name| 2 * escaped(name));
    FRAME + groups.countries.len() * (CHOICE + COUNTRY) + types.chain(memberships).map(|choice| CHOICE + choice).sum::<usize>()
}

/// What the row of a team takes at most on the sheet that says how each is reached.
pub(super) fn reach(team: &AssessedTeam<'_>) -> usize {
    let entry = team.team;
    let phones: usize =
        entry.contact.phones.iter().map(|phone| PHONE + phone.comment.as_ref().map_or(0, |text| escaped(text.as_str()))).sum();
    // The address stands there twice: to be read, and to be written to, where a character may take three.
    let emails: usize = entry.contact.emails.iter().map(|email| PHONE + 4 * escaped(email.address.as_str())).sum();
    let hours = entry.contact.hours.as_ref().map_or(0, |hours| escaped(hours.as_str()));
    ROW + entry.id.as_str().len() + escaped(entry.name.as_str()) + phones + emails + hours + expired(team) + ahead(team)
}

/// What the row of something that ends takes at most.
pub(super) fn due(due: &Due<'_>) -> usize {
    ROW + due.team.team.id.as_str().len() + escaped(due.team.team.name.as_str()) + in_any_language(&due.ending.what.to_string())
}

/// What a country, a type or an association takes at most in the list of all: its name, and the address of its page, which
/// consists of the same letters.
pub(super) fn index(name: &str) -> usize {
    /// The mark-up, and the number of teams.
    const ENTRY: usize = 140;
    ENTRY + 2 * in_any_language(name)
}

/// What the row of a key takes at most.
pub(super) fn key(held: &TeamKey<'_>, today: Date) -> usize {
    let team = held.team.team;
    let marks = (FLAG + WARNING) * warnings(held, today).len();
    let algorithm = held.key.algorithm().map_or(0, |algorithm| escaped(&algorithm.to_string()));
    ROW + OVER + 2 * team.id.as_str().len() + escaped(team.name.as_str()) + algorithm + marks
}

/// What the row of something that a body decided takes at most.
pub(super) fn issued(issued: &Issued<'_>) -> usize {
    let team = issued.team.team;
    let certificate = issued.entry.certificate.as_ref().map_or(0, |number| escaped(number.as_str()));
    ROW + team.id.as_str().len() + escaped(team.name.as_str()) + certificate
}

/// What the row of a member of an association takes at most.
pub(super) fn member(team: &AssessedTeam<'_>, membership: &Membership) -> usize {
    let entry = team.team;
    ROW + entry.id.as_str().len() + escaped(entry.name.as_str()) + escaped(membership.name.as_str()) + expired(team) + ahead(team)
}

/// What the row of a body takes at most in the list of all; what is shown there of its entitlements is little of them.
pub(super) fn authority(authority: &Authority) -> usize {
    let official_name = authority.official_name.as_ref().map_or(0, |name| escaped(name.as_str()));
    ROW + authority.id.as_str().len() + escaped(authority.name.as_str()) + official_name + entitlements(authority)
}

/// What a page of a body takes at most, apart from what it decided about teams.
pub(super) fn about(authority: &Authority) -> usize {
    let description = authority.description.as_ref().map_or(0, |text| 2 * escaped(text.as_str()));
    let by: usize = authority.accreditations.iter().map(|one| ROW + lines(&one.standards)).sum();
    ACCREDITED + description + entitlements(authority) + by
}

/// What a list of bodies that another accredited takes at most.
const ACCREDITED: usize = 20_000;

fn entitlements(authority: &Authority) -> usize {
    let of = |one: &Entitlement| ROW + one.scheme.as_ref().map_or(0, |scheme| escaped(scheme.as_str())) + lines(&one.standards);
    authority.entitlements.iter().map(of).sum()
}

fn lines(all: &[Line]) -> usize {
    all.iter().map(|line| escaped(line.as_str()) + 2).sum()
}

/// How many bytes an English text of ours takes in HTML at most, in whatever language. The pages of all languages are cut
/// alike, so that each has its counterparts.
fn in_any_language(text: &str) -> usize {
    escaped(text) * 3 / 2
}

/// How many bytes a text takes in HTML.
pub(super) fn escaped(text: &str) -> usize {
    let bytes = text.as_bytes();
    let extra = |at: usize| match bytes.get(at) {
        Some(b'"') => "&quot;".len() - 1,
        Some(b'&') => "&amp;".len() - 1,
        Some(b'\'') => "&#39;".len() - 1,
        _ => "&lt;".len() - 1,
    };
    let special = memchr3_iter(b'<', b'>', b'&', bytes).chain(memchr2_iter(b'"', b'\'', bytes));
    text.len() + special.map(extra).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges(weights: &[usize]) -> Vec<Range<usize>> {
        split(weights, 10, &Series::new("a.html", "a/")).map(|part| part.range).collect()
    }

    #[test]
    fn pages_are_full_but_not_too_full() {
        assert_eq!(ranges(&[4, 4, 4, 4, 4]), [0..2, 2..4, 4..5]);
        assert_eq!(ranges(&[10, 1, 9, 1]), [0..1, 1..3, 3..4]);
    }

    #[test]
    fn an_empty_list_has_a_page_and_a_heavy_row_has_its_own() {
        assert!(ranges(&[]).iter().eq([&(0..0)]));
        assert_eq!(ranges(&[1, 50, 1]), [0..1, 1..2, 2..3]);
    }

    #[test]
    fn pages_know_where_the_others_stand() {
        let parts: Vec<Part> = split(&[6, 6], 10, &Series::new("teams/index.html", "teams/page/")).collect();
        let paths: Vec<String> = parts.iter().map(Part::path).collect();
        assert_eq!(paths, ["teams/index.html", "teams/page/2.html"]);
    }
}
