//! What is found by an exact key.

use super::{Number, has_withdrawn, numbered};
use crate::assess::{AssessedKey, AssessedTeam};
use crate::lookup::file::{MOST_BUCKETS, ROWS, bucket};
use crate::lookup::{LIMIT, Reason, ReasonKind};
use crate::model::{Fingerprint, KeyKind, Team, joined};
use rayon::prelude::*;

/// Teams by exact keys.
#[derive(Debug)]
pub(super) struct Keys {
    /// Sorted by key.
    groups: Vec<Group>,
    /// The teams of all groups, one group after the other.
    entries: Vec<Entry>,
    /// Which groups each bucket has, sorted.
    buckets: Vec<Vec<u32>>,
}

#[derive(Debug)]
struct Group {
    key: Box<str>,
    total: usize,
    /// Where its entries begin, and how many it has.
    entries: (usize, usize),
}

/// A team behind a key.
#[derive(Debug)]
pub(super) struct Entry {
    /// Why.
    kind: ReasonKind,
    /// The team.
    pub(super) team: Number,
}

/// What is behind a key.
pub(super) struct Behind<'k> {
    key: &'k str,
    /// How many teams there are.
    pub(super) total: usize,
    /// The best of them, the best first.
    pub(super) entries: &'k [Entry],
}

impl Behind<'_> {
    /// Why a team, that of `entry`, is found.
    pub(super) fn reason(&self, entry: &Entry, assessed: &AssessedTeam<'_>) -> Reason {
        let team = assessed.team;
        let value = self.key.split_once(':').map_or(self.key, |(_, value)| value);
        let value = match entry.kind {
            ReasonKind::Asn => format!("AS{value}"),
            ReasonKind::Key | ReasonKind::KeyId => value.to_ascii_uppercase(),
            ReasonKind::Name => match &team.official_name {
                Some(official) if joined(team.name.as_str()) != value => official.to_string(),
                _ => team.name.to_string(),
            },
            _ => value.to_owned(),
        };
        let has = |key: &&AssessedKey<'_>| {
            key.fingerprints().any(|of| key_of(entry.kind, key.kind, of).is_some_and(|of| of == self.key))
        };
        // Of two keys with one id that counts which is offered.
        let key = assessed.keys.iter().filter(has).max_by_key(|key| key.offered);
        let fingerprint = key.map(|key| key.fingerprint.digits().to_owned());
        Reason { fingerprint, ..Reason::new(entry.kind, value) }
    }
}

impl Keys {
    /// Indexes `teams`, the best first.
    pub(super) fn new(teams: &[&AssessedTeam<'_>]) -> Self {
        let numbered: Vec<_> = numbered(teams).collect();
        let mut rows: Vec<(Box<str>, ReasonKind, Number)> = numbered
            .par_iter()
            .flat_map_iter(|(number, team)| keys(team).into_iter().map(|(key, kind)| (key.into_boxed_str(), kind, *number)))
            .collect();
        rows.par_sort_unstable();
        rows.dedup();
        let mut keys = Self { groups: Vec::new(), entries: Vec::new(), buckets: Vec::new() };
        for (key, kind, team) in rows {
            match keys.groups.last_mut().filter(|group| group.key == key) {
                Some(group) => {
                    group.total += 1;
                    if group.total > LIMIT {
                        continue;
                    }
                    group.entries.1 += 1;
                }
                None => keys.groups.push(Group { key, total: 1, entries: (keys.entries.len(), 1) }),
            }
            keys.entries.push(Entry { kind, team });
        }
        let least = u32::try_from(keys.entries.len().div_ceil(ROWS)).unwrap_or(u32::MAX);
        let count = least.min(MOST_BUCKETS).next_power_of_two();
        keys.buckets.resize_with(count as usize, Vec::new);
        for (number, group) in (0..).zip(&keys.groups) {
            keys.buckets[bucket(&group.key, count) as usize].push(number);
        }
        keys
    }

    /// How many buckets there are.
    pub(super) fn buckets(&self) -> u32 {
        u32::try_from(self.buckets.len()).unwrap_or(MOST_BUCKETS)
    }

    /// The keys in a bucket.
    pub(super) fn of_bucket(&self, bucket: u32) -> impl Iterator<Item = &str> {
        let groups = self.buckets.get(bucket as usize).into_iter().flatten();
        groups.map(|group| &*self.groups[*group as usize].key)
    }

    /// What stands behind `prefix` in the keys that begin with it.
    pub(super) fn with_prefix<'s>(&'s self, prefix: &'s str) -> impl Iterator<Item = &'s str> {
        let first = self.groups.partition_point(|group| &*group.key < prefix);
        self.groups[first..].iter().map_while(move |group| group.key.strip_prefix(prefix))
    }

    /// What is behind a key.
    pub(super) fn get(&self, key: &str) -> Option<Behind<'_>> {
        let group = &self.groups[self.groups.binary_search_by(|group| (*group.key).cmp(key)).ok()?];
        let (first, count) = group.entries;
        Some(Behind { key: &group.key, total: group.total, entries: &self.entries[first..first + count] })
    }
}

/// Every key by which a team is found. What says only who it is holds for one that has withdrawn, too.
fn keys(assessed: &AssessedTeam<'_>) -> Vec<(String, ReasonKind)> {
    let team = assessed.team;
    let mut keys = vec![(format!("id:{}", team.id), ReasonKind::Id)];
    let names = team.names().map(joined).filter(|name| !name.is_empty());
    keys.extend(names.map(|name| (format!("name:{name}"), ReasonKind::Name)));
    let emails = team.contact.emails.iter().map(|email| email.address.mailbox());
    keys.extend(emails.map(|address| (format!("email:{address}"), ReasonKind::Email)));
    for key in &assessed.keys {
        for (fingerprint, kind) in key.fingerprints().flat_map(|of| [(of, ReasonKind::KeyId), (of, ReasonKind::Key)]) {
            keys.extend(key_of(kind, key.kind, fingerprint).map(|key| (key, kind)));
        }
    }
    if !has_withdrawn(assessed) {
        claims(team, &mut keys);
    }
    keys
}

/// By what a key or a subkey is found for a reason of this kind; `None` for what is found by something else.
fn key_of(kind: ReasonKind, of: KeyKind, fingerprint: &Fingerprint) -> Option<String> {
    match kind {
        ReasonKind::Key => Some(format!("key:{}", fingerprint.digits().to_ascii_lowercase())),
        ReasonKind::KeyId if of == KeyKind::OpenPgp => Some(format!("keyid:{}", fingerprint.key_id().to_ascii_lowercase())),
        _ => None,
    }
}

/// What a team answers for, but for networks.
fn claims(team: &Team, keys: &mut Vec<(String, ReasonKind)>) {
    let claims = &team.constituency;
    keys.extend(claims.domains.iter().map(|domain| (format!("domain:{}", domain.name()), ReasonKind::Domain)));
    keys.extend(claims.asns.iter().map(|asn| (format!("asn:{}", asn.number()), ReasonKind::Asn)));
    let named = if team.is_national() { ReasonKind::NationalConstituency } else { ReasonKind::ConstituencyCountry };
    keys.extend(claims.countries.iter().map(|country| (format!("country:{country}"), named)));
    // For one country a team has one reason.
    if !claims.countries.contains(&team.country) {
        let seat = if team.nations().contains(&team.country) { ReasonKind::NationalSeat } else { ReasonKind::Seat };
        keys.push((format!("country:{}", team.country), seat));
    }
}
