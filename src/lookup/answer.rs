//! The one algorithm: what a query finds, why, and in which order.

use super::file::hexadecimal;
use super::host::suffixes;
use super::name::search;
use super::paste::bare;
use super::query::as_id;
use super::{Below, Card, Claimed, Family, Found, LIMIT, Meaning, Query, Reason, ReasonKind, Source};
use crate::model::{Country, Date, sort_key};
use ipnet::IpNet;
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Answer {
    format: &'static str,
    version: u32,
    /// The directory's name.
    pub directory: String,
    /// The day for which every status was computed.
    pub computed_for: Date,
    /// What was asked.
    pub query: String,
    /// What it was taken for.
    pub meanings: Vec<MeaningView>,
    /// The teams, the best match first.
    pub matches: Vec<Match>,
    /// Where there are more teams than are told.
    pub cut: Vec<Cut>,
}

/// What a query was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MeaningView {
    /// What kind of thing.
    pub kind: &'static str,
    /// What was looked up.
    pub value: String,
}

/// A team that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Match {
    /// The team.
    pub team: Card,
    /// Why, the best reason first; at least one.
    pub reasons: Vec<Reason>,
}

/// A key behind which there are more teams than are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cut {
    /// The key (`docs/lookup.md`).
    pub key: String,
    /// How many teams there are behind it, or claims to parts of a network.
    pub total: usize,
}

/// Looks up a query.
///
/// # Errors
/// Where the source fails.
pub fn answer<S: Source>(query: &Query, source: &S) -> Result<Answer, S::Error> {
    let mut gathering = Gathering { source, found: BTreeMap::new(), cut: Vec::new() };
    for meaning in query.meanings() {
        gathering.look_up(meaning, query.text())?;
    }
    if !query.meanings().iter().any(|meaning| matches!(meaning, Meaning::Country(_))) {
        gathering.last_resort(query.meanings())?;
    }
    let mut matches: Vec<Match> = gathering.found.into_values().collect();
    settle(&mut matches);
    Ok(Answer {
        format: "peerage/answer",
        version: 1,
        directory: source.about().directory.clone(),
        computed_for: source.about().computed_for,
        query: query.text().to_owned(),
        meanings: query.meanings().iter().map(|of| MeaningView { kind: of.kind(), value: of.value() }).collect(),
        matches,
        cut: gathering.cut,
    })
}

/// Says what follows from the teams as they are now: which keys are offered, and where each match stands.
fn settle(matches: &mut [Match]) {
    for found in &mut *matches {
        for reason in &mut found.reasons {
            reason.offered = reason.fingerprint.as_ref().map(|key| found.team.keys.contains(key));
        }
        found.reasons.sort_by_key(Reason::place);
    }
    matches.sort_by_cached_key(|found| {
        let team = &found.team;
        (found.reasons.first().map(Reason::place), team.status.place(), sort_key(&team.name), team.id.clone())
    });
}

impl Answer {
    /// The answer as it is on a later day than that for which the statuses were computed: what has ended since is lowered,
    /// keys that have ended are left out, nothing is raised, and who has withdrawn since answers for nothing.
    #[must_use]
    pub fn as_of(mut self, today: Date) -> Self {
        for found in &mut self.matches {
            found.team.lower(today);
            if found.team.status.is_withdrawn() {
                found.reasons.retain(|reason| reason.kind.identifies());
            }
        }
        self.matches.retain(|found| !found.reasons.is_empty());
        settle(&mut self.matches);
        self
    }
}

/// What has been found so far, by the ids of the teams.
struct Gathering<'s, S> {
    source: &'s S,
    found: BTreeMap<String, Match>,
    cut: Vec<Cut>,
}

impl<S: Source> Gathering<'_, S> {
    fn look_up(&mut self, meaning: &Meaning, text: &str) -> Result<(), S::Error> {
        match meaning {
            Meaning::Network(net) => self.network(*net),
            Meaning::Domain(domain) => {
                suffixes(domain, self.source.about().labels).try_for_each(|domain| self.key(&format!("domain:{domain}")))
            }
            Meaning::Email(address) => self.key(&format!("email:{address}")),
            Meaning::Asn(asn) => self.key(&format!("asn:{}", asn.number())),
            Meaning::Country(country) => self.key(&of_country(*country)),
            Meaning::Fingerprint(digits) => self.key(&format!("key:{}", digits.to_ascii_lowercase())),
            Meaning::KeyId(digits) => self.key(&format!("keyid:{}", digits.to_ascii_lowercase())),
            Meaning::Name(words) => {
                if let Some(id) = as_id(bare(text)) {
                    self.key(&format!("id:{id}"))?;
                }
                self.key(&format!("name:{}", words.concat()))?;
                self.names(words)
            }
        }
    }

    fn add(&mut self, card: Card, reason: Reason) {
        let found = self.found.entry(card.id.clone()).or_insert_with(|| Match { team: card, reasons: Vec::new() });
        if !found.reasons.contains(&reason) {
            found.reasons.push(reason);
        }
    }

    fn cut(&mut self, key: String, total: usize) {
        self.cut.push(Cut { key, total });
    }

    fn key(&mut self, key: &str) -> Result<(), S::Error> {
        let found = self.source.key(key)?;
        if found.total > found.teams.len() {
            self.cut(key.to_owned(), found.total);
        }
        for (card, reason) in found.teams {
            self.add(card, reason);
        }
        Ok(())
    }

    /// The networks that hold all of `net`: they stand on the way to it. Those that are only a part of it stand at the end of
    /// that way and below.
    fn network(&mut self, net: IpNet) -> Result<(), S::Error> {
        let digits = hexadecimal(net.network());
        // Below a digit that the prefix does not cover whole there are only smaller networks.
        let covered = usize::from(net.prefix_len() / 4);
        let mut parts = Vec::new();
        for depth in 0..=covered {
            let node = self.source.network(Family::of(&net), &digits[..depth])?;
            for claimed in node.networks {
                if claimed.net.contains(&net) {
                    if claimed.total > claimed.teams.len() {
                        self.cut(format!("network:{}", claimed.net), claimed.total);
                    }
                    self.add_all(claimed, ReasonKind::Network);
                } else if net.contains(&claimed.net) {
                    parts.push(claimed);
                }
            }
            if depth == covered {
                let below = node.children.into_iter().filter(|(digit, _)| begins_within(&net, &digits, *digit));
                let nodes = below.map(|(digit, below)| (format!("{}{digit}", &digits[..depth]), below));
                return self.within(net, parts, nodes.collect());
            }
            if digits.chars().nth(depth).is_none_or(|digit| !node.children.contains_key(&digit)) {
                break;
            }
        }
        self.within(net, parts, Vec::new())
    }

    /// The networks that are a part of `net`: `parts`, and those of nodes, each with how much is there and below. If they are
    /// few, all, which are always at the nodes themselves, since a node that has any below has more; else, if the teams are
    /// few, the largest of each.
    fn within(&mut self, net: IpNet, parts: Vec<Claimed>, nodes: Vec<(String, Below)>) -> Result<(), S::Error> {
        let below = nodes.iter().map(|(_, below)| below.claims);
        let total = parts.iter().map(|claimed| claimed.total).chain(below).fold(0, usize::saturating_add);
        if total <= LIMIT {
            let mut all = parts;
            for (way, _) in nodes {
                all.extend(self.source.network(Family::of(&net), &way)?.networks);
            }
            for claimed in all.into_iter().filter(|claimed| net.contains(&claimed.net)) {
                self.add_all(claimed, ReasonKind::NetworkWithin);
            }
        } else if let Some(largest) = self.largest(net, parts, nodes)? {
            self.cut(format!("network-largest:{net}"), total);
            for (part, card) in largest {
                self.add(card, Reason::new(ReasonKind::NetworkWithin, part.to_string()));
            }
        } else {
            self.cut(format!("network-within:{net}"), total);
        }
        Ok(())
    }

    /// Of each team the largest of the networks that are a part of `net`, or `None` where the teams are more
    /// than are told.
    fn largest(
        &self,
        net: IpNet,
        parts: Vec<Claimed>,
        nodes: Vec<(String, Below)>,
    ) -> Result<Option<Vec<(IpNet, Card)>>, S::Error> {
        if nodes.iter().any(|(_, below)| below.teams.is_none_or(|teams| teams > LIMIT)) {
            return Ok(None);
        }
        let (mut claims, mut largest) = (parts, Vec::new());
        for (way, _) in nodes {
            let node = self.source.network(Family::of(&net), &way)?;
            claims.extend(node.networks);
            largest.extend(node.largest);
        }
        if claims.iter().any(|claimed| claimed.total > claimed.teams.len()) {
            return Ok(None);
        }
        largest.extend(claims.into_iter().flat_map(|Claimed { net, teams, .. }| teams.into_iter().map(move |card| (net, card))));
        largest.retain(|(part, _)| net.contains(part));
        // The smallest go first, so that the largest stay.
        largest.sort_by_key(|(part, _)| Reverse((part.prefix_len(), *part)));
        let teams: BTreeMap<_, _> = largest.into_iter().map(|(part, card)| (card.id.clone(), (part, card))).collect();
        Ok((teams.len() <= LIMIT).then(|| teams.into_values().collect()))
    }

    fn add_all(&mut self, claimed: Claimed, kind: ReasonKind) {
        for card in claimed.teams {
            self.add(card, Reason::new(kind, claimed.net.to_string()));
        }
    }

    fn names(&mut self, words: &[String]) -> Result<(), S::Error> {
        let search = search(words, self.source)?;
        for (word, total) in search.cut {
            self.cut(format!("word:{word}"), total);
        }
        for (team, reason) in search.teams {
            let better = |known: &Reason| matches!(known.kind, ReasonKind::Id | ReasonKind::Name | ReasonKind::NameBegins);
            if !self.found.get(&team.card.id).is_some_and(|found| found.reasons.iter().any(better)) {
                self.add(team.card, reason);
            }
        }
        Ok(())
    }

    /// The national teams of the country of a top-level domain, where nobody claims the domain.
    fn last_resort(&mut self, meanings: &[Meaning]) -> Result<(), S::Error> {
        let claimed = self.found.values().flat_map(|found| &found.reasons).any(|reason| reason.kind == ReasonKind::Domain);
        let top = meanings.iter().find_map(|meaning| match meaning {
            Meaning::Domain(domain) => domain.rsplit('.').next(),
            _ => None,
        });
        let Some(country) = top.filter(|_| !claimed).and_then(Country::of_top_level_domain) else { return Ok(()) };
        let found = national(country, self.source)?;
        // National teams come first: where others were told too, none of them was cut off.
        if found.teams.len() >= LIMIT && found.total > found.teams.len() {
            self.cut(of_country(country), found.total);
        }
        for (card, _) in found.teams {
            self.add(card, Reason::new(ReasonKind::CountryOfDomain, country.code()));
        }
        Ok(())
    }
}

/// The national teams of a country, and the number of all that are found for it.
///
/// # Errors
/// Where the source fails.
pub fn national<S: Source>(country: Country, source: &S) -> Result<Found, S::Error> {
    let mut found = source.key(&of_country(country))?;
    found.teams.retain(|(_, reason)| matches!(reason.kind, ReasonKind::NationalConstituency | ReasonKind::NationalSeat));
    Ok(found)
}

fn of_country(country: Country) -> String {
    format!("country:{country}")
}

/// Whether what lies below this digit, where `digits` (those of its first address) are no longer covered whole by the prefix
/// of `net`, lies within it.
fn begins_within(net: &IpNet, digits: &str, digit: char) -> bool {
    let covered = usize::from(net.prefix_len() / 4);
    let own = digits.chars().nth(covered).and_then(|own| own.to_digit(16));
    own.zip(digit.to_digit(16)).is_some_and(|(own, digit)| (own ^ digit) >> (4 - net.prefix_len() % 4) == 0)
}
