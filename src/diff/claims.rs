//! What a team says that it answers for, and who else does.

use super::{Change, Kind, Said, Side};
use crate::lookup::{Query, ReasonKind, answer, national};
use crate::model::{Claim, Country, Team, TeamId};
use std::collections::{BTreeMap, BTreeSet};

/// What a new team claims that is, all or in part, another's, and for which countries it answers: there it is found for whatever
/// nobody claims.
pub(super) fn of_others(new: &Team, side: &Side<'_>) -> Vec<Change> {
    let claims: BTreeSet<Claim<&str>> = new.constituency.claims().map(|claim| claim.value).collect();
    claims
        .iter()
        .map(|claim| added(*claim, &new.id, side))
        .filter(|(_, is_anothers)| *is_anothers)
        .map(|(change, _)| change)
        .chain(new.nations().iter().map(|country| nation(*country, &new.id, side)))
        .collect()
}

/// What changed of the claims.
pub(super) fn changes(old: &Team, new: &Team, side: &Side<'_>) -> Vec<Change> {
    let [was, is] = [old, new].map(|team| team.constituency.claims().map(|claim| claim.value).collect::<BTreeSet<_>>());
    let [shared_was, shared_is] =
        [old, new].map(|team| team.constituency.shared.iter().map(|claim| claim.as_ref()).collect::<BTreeSet<_>>());
    let mut changes: Vec<Change> = is.difference(&was).map(|claim| added(*claim, &new.id, side).0).collect();
    let gone = was.difference(&is).map(|claim| Change::of(Kind::ClaimRemoved, what(*claim), Some(text(*claim)), None));
    changes.extend(gone);
    if shared_was != shared_is {
        changes.push(Change::other("what it shares with other teams changed"));
    }
    changes.extend(countries(old, new, side));
    if old.constituency.description != new.constituency.description {
        changes.push(Change::other("description of its constituency changed"));
    }
    changes
}

/// The countries of a team, and whether it answers for all of each or names it no more than as a part of its constituency.
fn by_country(team: &Team) -> BTreeMap<Country, bool> {
    let named = team.constituency.countries.iter().map(|country| (*country, false));
    named.chain(team.nations().iter().map(|country| (*country, true))).collect()
}

fn countries(old: &Team, new: &Team, side: &Side<'_>) -> Vec<Change> {
    let [was, is] = [old, new].map(by_country);
    let more = |these: &BTreeMap<Country, bool>, than: &BTreeMap<Country, bool>, all: bool| -> Vec<Country> {
        let more = these.iter().filter(|(country, of_all)| **of_all == all && than.get(country) < Some(of_all));
        more.map(|(country, _)| *country).collect()
    };
    let list = |countries: Vec<Country>| {
        (!countries.is_empty()).then(|| countries.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
    };
    let mut changes: Vec<Change> = more(&is, &was, true).into_iter().map(|country| nation(country, &new.id, side)).collect();
    for (kind, words, was, is) in [
        (Kind::ClaimAdded, NAMED, None, list(more(&is, &was, false))),
        (Kind::ClaimRemoved, NAMED, list(more(&was, &is, false)), None),
        (Kind::ClaimRemoved, ALL_OF, list(more(&was, &is, true)), None),
    ] {
        if was.is_some() || is.is_some() {
            changes.push(Change::of(kind, Said::ours_alone(words), was, is));
        }
    }
    let names = |team: &Team| team.constituency.countries.iter().copied().collect::<BTreeSet<_>>();
    // A national team may name the country of its seat, or leave it out.
    if changes.is_empty() && names(old) != names(new) {
        changes.push(Change::other("countries of its constituency changed"));
    }
    changes
}

/// What is said of countries that a team names as a part of its constituency.
const NAMED: &str = "countries of its constituency ";

/// What is said of countries for all of which a team answers.
const ALL_OF: &str = "as a national team for all of ";

/// A country for all of which a team answers that did not, with the other teams that do.
fn nation(country: Country, id: &TeamId, side: &Side<'_>) -> Change {
    let Ok(found) = national(country, side.index());
    let others: Vec<String> = found.teams.into_iter().map(|(card, _)| card.id).filter(|other| other != id.as_str()).collect();
    let kind = if others.is_empty() { Kind::ClaimAdded } else { Kind::ClaimOfAnother };
    let said = Said::some(", with other national teams: ", others);
    Change::of(kind, Said::ours_alone(ALL_OF), None, Some(country.to_string())).because(said)
}

/// A claim that was not there, with the other teams that are found for it; and whether there are any.
fn added(claim: Claim<&str>, id: &TeamId, side: &Side<'_>) -> (Change, bool) {
    let mut same = BTreeSet::new();
    let mut around = BTreeSet::new();
    let (found, many) = found(claim, side);
    for (team, kind, value) in found {
        if team != id.as_str() {
            let is_wider = matches!(kind, ReasonKind::Network | ReasonKind::Domain) && value != text(claim);
            (if is_wider { &mut around } else { &mut same }).insert(team);
        }
    }
    let kind = if same.is_empty() && many.is_none() { Kind::ClaimAdded } else { Kind::ClaimOfAnother };
    let is_anothers = !same.is_empty() || !around.is_empty() || many.is_some();
    let [same, around] = [same, around].map(Vec::from_iter);
    let said = match many {
        Some(many) => Said::ours_alone(format!(", which all or in part is claimed by {many} teams")),
        None => Said::some(", which all or in part is claimed by ", same),
    };
    let said = said.and(Said::some(", which lies in what is claimed by ", around));
    (Change::of(kind, what(claim), None, Some(text(claim))).because(said), is_anothers)
}

/// Which teams lookup finds for a claim, and by which of theirs; and how many make it, all or in part, where those are so many that
/// lookup names none or only some.
fn found(claim: Claim<&str>, side: &Side<'_>) -> (Vec<(String, ReasonKind, String)>, Option<usize>) {
    let text = text(claim);
    let Ok(query) = Query::parse(&text) else { return Default::default() };
    let Ok(answer) = answer(&query, side.index());
    let of_it = |key: &str| key.split_once(':').is_some_and(|(_, value)| value == text);
    let many = answer.cut.iter().filter(|cut| of_it(&cut.key)).map(|cut| cut.total).max();
    let counts = |kind| matches!(kind, ReasonKind::Network | ReasonKind::NetworkWithin | ReasonKind::Domain | ReasonKind::Asn);
    let reasons = answer.matches.into_iter().flat_map(|found| {
        let id = found.team.id;
        found.reasons.into_iter().map(move |reason| (id.clone(), reason.kind, reason.value))
    });
    (reasons.filter(|(_, kind, _)| counts(*kind)).collect(), many)
}

fn what(claim: Claim<&str>) -> Said {
    Said::ours_alone(match claim {
        Claim::Domain(_) => "domain ",
        Claim::Asn(_) => "AS number ",
        Claim::Network(_) => "network ",
    })
}

fn text(claim: Claim<&str>) -> String {
    match claim {
        Claim::Domain(name) => name.to_string(),
        Claim::Asn(asn) => asn.to_string(),
        Claim::Network(network) => network.to_string(),
    }
}
