//! The rules of `docs/lookup.md`, applied to every team one after the other, without any index.

use peerage::assess::{AssessedTeam, Assessment};
use peerage::lookup::{Answer, Meaning, Query, ReasonKind};
use peerage::model::{State, sort_key};
use std::collections::{BTreeMap, BTreeSet};

const LIMIT: usize = 50;

/// Of how many teams with a beginning the names are looked at.
const LOOKED_AT: usize = 200;

/// The order of the table in the documentation.
const KINDS: [&str; 16] = [
    "email",
    "key",
    "key-id",
    "id",
    "name",
    "network",
    "network-within",
    "domain",
    "asn",
    "national-constituency",
    "national-seat",
    "constituency-country",
    "seat",
    "name-begins",
    "name-words",
    "country-of-domain",
];

const STATUSES: [&str; 8] = [
    "certified",
    "certification-candidate",
    "accredited",
    "accreditation-candidate",
    "listed",
    "not-stated",
    "suspended",
    "withdrawn",
];

/// A reason by its kind and its value.
type Why = (String, String);

/// What an answer says, in the simplest form: the ids with their reasons, in order, and what was cut.
#[derive(Debug, PartialEq, Eq)]
pub struct Plain {
    pub matches: Vec<(String, Vec<Why>)>,
    pub cut: BTreeSet<(String, usize)>,
}

pub fn plain(answer: &Answer) -> Plain {
    let reasons = |of: &peerage::lookup::Match| of.reasons.iter().map(|why| (why.kind.to_string(), why.value.clone())).collect();
    Plain {
        matches: answer.matches.iter().map(|found| (found.team.id.clone(), reasons(found))).collect(),
        cut: answer.cut.iter().map(|cut| (cut.key.clone(), cut.total)).collect(),
    }
}

struct Brute<'a> {
    /// The best first.
    teams: Vec<&'a AssessedTeam<'a>>,
    found: BTreeMap<String, Vec<Why>>,
    cut: BTreeSet<(String, usize)>,
}

pub fn search(query: &Query, assessment: &Assessment<'_>) -> Plain {
    let mut teams: Vec<&AssessedTeam<'_>> = assessment.teams.iter().collect();
    let status = |team: &AssessedTeam<'_>| STATUSES.iter().position(|id| *id == team.standing.status.id()).unwrap();
    let order = |team: &AssessedTeam<'_>| (status(team), sort_key(team.team.name.as_str()), team.team.id.to_string());
    teams.sort_by_key(|team| order(team));
    let mut brute = Brute { teams, found: BTreeMap::new(), cut: BTreeSet::new() };
    for meaning in query.meanings() {
        brute.look_up(meaning, query.text());
    }
    brute.last_resort(query);
    let place = |(kind, value): &Why| {
        let specific = match &**kind {
            "network" => value.split_once('/').unwrap().1.parse::<i32>().unwrap(),
            "network-within" => -value.split_once('/').unwrap().1.parse::<i32>().unwrap(),
            "domain" => i32::try_from(value.matches('.').count()).unwrap(),
            _ => 0,
        };
        (KINDS.iter().position(|known| known == kind).unwrap(), -specific)
    };
    let mut matches: Vec<_> = brute.found.into_iter().collect();
    for (_, reasons) in &mut matches {
        reasons.sort_by_key(place);
    }
    let at: BTreeMap<String, usize> = brute.teams.iter().enumerate().map(|(at, team)| (team.team.id.to_string(), at)).collect();
    matches.sort_by_key(|(id, reasons)| (place(&reasons[0]), at[id]));
    Plain { matches, cut: brute.cut }
}

fn words(text: &str) -> Vec<String> {
    let folded = sort_key(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn names(team: &AssessedTeam<'_>) -> Vec<String> {
    let official = team.team.official_name.as_ref().map(ToString::to_string);
    [Some(team.team.name.to_string()), official, Some(team.team.id.to_string())].into_iter().flatten().collect()
}

fn cut24(text: &str) -> String {
    text.chars().take(24).collect()
}

/// What of a team begins with `start`, each cut to what the tree of names knows.
fn beginnings(team: &AssessedTeam<'_>, start: &str) -> BTreeSet<String> {
    let names = names(team);
    let whole = names.iter().map(|name| words(name).concat());
    let all = whole.chain(names.iter().flat_map(|name| words(name)));
    all.map(|text| cut24(&text)).filter(|text| text.starts_with(&cut24(start))).collect()
}

fn is_national(team: &AssessedTeam<'_>) -> bool {
    team.team.types.iter().any(|kind| kind.value.as_str() == "national")
}

impl<'a> Brute<'a> {
    fn answering(&self) -> impl Iterator<Item = &'a AssessedTeam<'a>> {
        self.teams.clone().into_iter().filter(|team| team.standing.status.state != Some(State::Withdrawn))
    }

    /// Puts the best of those behind a key to what was found.
    fn tell(&mut self, key: String, teams: &[(&AssessedTeam<'_>, Why)]) {
        if teams.len() > LIMIT {
            self.cut.insert((key, teams.len()));
        }
        for (team, why) in teams.iter().take(LIMIT) {
            self.put(team, why.clone());
        }
    }

    fn put(&mut self, team: &AssessedTeam<'_>, why: Why) {
        let reasons = self.found.entry(team.team.id.to_string()).or_default();
        if !reasons.contains(&why) {
            reasons.push(why);
        }
    }

    fn look_up(&mut self, meaning: &Meaning, text: &str) {
        match meaning {
            Meaning::Network(net) => self.network(*net),
            Meaning::Domain(domain) => self.domain(domain),
            Meaning::Email(address) => {
                let has = |team: &&AssessedTeam<'_>| {
                    team.team.contact.emails.iter().any(|email| {
                        let (local, host) = email.address.as_str().rsplit_once('@').unwrap();
                        format!("{}@{}", local.to_lowercase(), idna::domain_to_ascii(host).unwrap()) == *address
                    })
                };
                self.all(format!("email:{address}"), ReasonKind::Email, address, &has);
            }
            Meaning::Asn(asn) => {
                let key = format!("asn:{}", asn.number());
                let teams: Vec<_> = self
                    .answering()
                    .filter(|team| team.team.constituency.asns.iter().any(|of| of.value == *asn))
                    .map(|team| (team, ("asn".to_owned(), asn.to_string())))
                    .collect();
                self.tell(key, &teams);
            }
            Meaning::Country(country) => {
                let teams = self.of_country(country.code());
                self.tell(format!("country:{country}"), &teams);
            }
            Meaning::Fingerprint(digits) => {
                let has = |team: &&AssessedTeam<'_>| team.keys.iter().any(|key| key.fingerprint.digits() == digits);
                self.all(format!("key:{}", digits.to_lowercase()), ReasonKind::Key, digits, &has);
            }
            Meaning::KeyId(digits) => {
                let id = |print: &str| if print.len() == 40 { print[24..].to_owned() } else { print[..16].to_owned() };
                let has = |team: &&AssessedTeam<'_>| team.keys.iter().any(|key| id(key.fingerprint.digits()) == *digits);
                self.all(format!("keyid:{}", digits.to_lowercase()), ReasonKind::KeyId, digits, &has);
            }
            Meaning::Name(words) => self.name(words, text),
        }
    }

    /// All teams for which something holds, withdrawn ones too.
    fn all(&mut self, key: String, kind: ReasonKind, value: &str, holds: &dyn Fn(&&'a AssessedTeam<'a>) -> bool) {
        let teams: Vec<_> =
            self.teams.clone().into_iter().filter(holds).map(|team| (team, (kind.to_string(), value.to_owned()))).collect();
        self.tell(key, &teams);
    }

    fn network(&mut self, net: ipnet::IpNet) {
        let mut holding: BTreeMap<ipnet::IpNet, Vec<(&AssessedTeam<'_>, Why)>> = BTreeMap::new();
        let mut parts: Vec<(&AssessedTeam<'_>, Why)> = Vec::new();
        for team in self.answering() {
            for claim in &team.team.constituency.networks {
                let claim = *claim.value.net();
                let teams = holding.entry(claim).or_default();
                if claim.contains(&net) && teams.iter().all(|(other, _)| other.team.id != team.team.id) {
                    teams.push((team, ("network".to_owned(), claim.to_string())));
                }
                let part = (team, ("network-within".to_owned(), claim.to_string()));
                let is_new = parts.iter().all(|(other, why)| other.team.id != team.team.id || *why != part.1);
                if net.contains(&claim) && net != claim && is_new {
                    parts.push(part);
                }
            }
        }
        parts.sort_by_cached_key(|(_, (_, claim))| claim.parse::<ipnet::IpNet>().unwrap());
        let ids: BTreeSet<&str> = parts.iter().map(|(team, _)| team.team.id.as_str()).collect();
        if ids.len() > LIMIT {
            self.cut.insert((format!("network-within:{net}"), parts.len()));
        } else if parts.len() > LIMIT {
            self.cut.insert((format!("network-largest:{net}"), parts.len()));
            parts.sort_by_key(|(_, (_, claim))| claim.split_once('/').unwrap().1.parse::<u8>().unwrap());
            let mut told = BTreeSet::new();
            parts.retain(|(team, _)| told.insert(team.team.id.as_str()));
            self.tell(String::new(), &parts);
        } else {
            self.tell(String::new(), &parts);
        }
        for (claim, teams) in holding {
            self.tell(format!("network:{claim}"), &teams);
        }
    }

    fn domain(&mut self, domain: &str) {
        let mut rest = Some(domain);
        while let Some(suffix) = rest {
            let has = |team: &&AssessedTeam<'_>| team.team.constituency.domains.iter().any(|claim| claim.value.name() == suffix);
            let teams: Vec<_> =
                self.answering().filter(has).map(|team| (team, ("domain".to_owned(), suffix.to_owned()))).collect();
            self.tell(format!("domain:{suffix}"), &teams);
            rest = suffix.split_once('.').map(|(_, rest)| rest);
        }
    }

    /// Sorted by reason, then the best first.
    fn of_country(&self, code: &str) -> Vec<(&'a AssessedTeam<'a>, Why)> {
        let kind = |team: &AssessedTeam<'_>| {
            let countries = &team.team.constituency.countries;
            let (named, seat) = (countries.iter().any(|country| country.code() == code), team.team.country.code() == code);
            match (is_national(team), named, seat) {
                (true, true, _) => Some("national-constituency"),
                (true, false, true) if countries.is_empty() => Some("national-seat"),
                (false, true, _) => Some("constituency-country"),
                (_, false, true) => Some("seat"),
                (_, false, false) => None,
            }
        };
        let mut teams: Vec<_> = self.answering().filter_map(|team| Some((kind(team)?, team))).collect();
        teams.sort_by_key(|(kind, _)| KINDS.iter().position(|known| known == kind));
        teams.into_iter().map(|(kind, team)| (team, (kind.to_owned(), code.to_owned()))).collect()
    }

    fn name(&mut self, query: &[String], text: &str) {
        let id = text.to_lowercase();
        self.all(format!("id:{id}"), ReasonKind::Id, &id, &|team| team.team.id.as_str() == id);
        let whole = query.concat();
        let named = |team: &AssessedTeam<'_>| {
            let official = team.team.official_name.as_ref().map(ToString::to_string);
            let both = [Some(team.team.name.to_string()), official];
            both.into_iter().flatten().find(|name| words(name).concat() == whole)
        };
        let teams: Vec<_> = self.teams.iter().filter_map(|team| Some((*team, ("name".to_owned(), named(team)?)))).collect();
        self.tell(format!("name:{whole}"), &teams);
        let begins = |team: &AssessedTeam<'_>| names(team).into_iter().find(|name| words(name).concat().starts_with(&whole));
        let has_all = |team: &AssessedTeam<'_>| {
            let all: Vec<String> = names(team).iter().flat_map(|name| words(name)).collect();
            query.iter().all(|wanted| all.iter().any(|word| word.starts_with(wanted)))
        };
        for word in self.lists(query, &whole) {
            let mut teams: Vec<_> = self.teams.iter().copied().filter(|team| !beginnings(team, &word).is_empty()).collect();
            let behind = teams.len();
            teams.truncate(LOOKED_AT);
            let is_joined = word == whole;
            teams.retain(|team| (is_joined && begins(team).is_some()) || (query.contains(&word) && has_all(team)));
            let total = if behind > LOOKED_AT { behind } else { teams.len() };
            if total > LIMIT {
                self.cut.insert((format!("word:{word}"), total));
            }
            teams.sort_by_key(|team| begins(team).is_none());
            for team in teams.into_iter().take(LIMIT) {
                let better = |(kind, _): &Why| matches!(&**kind, "id" | "name" | "name-begins");
                if self.found.get(team.team.id.as_str()).is_some_and(|known| known.iter().any(better)) {
                    continue;
                }
                match begins(team) {
                    Some(name) => self.put(team, ("name-begins".to_owned(), name)),
                    None => self.put(team, ("name-words".to_owned(), query.join(" "))),
                }
            }
        }
    }

    /// The words by which a name is looked for: the joined ones, and the rarest.
    fn lists(&self, query: &[String], whole: &str) -> BTreeSet<String> {
        let teams = |word: &&String| self.teams.iter().filter(|team| !beginnings(team, word).is_empty()).count();
        let first = &query[..query.len().min(10)];
        let few = first.iter().find(|word| teams(word) <= LOOKED_AT);
        let rarest = few.or_else(|| first.iter().min_by_key(teams)).unwrap();
        BTreeSet::from([whole.to_owned(), rarest.clone()])
    }

    fn last_resort(&mut self, query: &Query) {
        let claimed = self.found.values().flatten().any(|(kind, _)| kind == "domain");
        let is_country = query.meanings().iter().any(|meaning| matches!(meaning, Meaning::Country(_)));
        for meaning in query.meanings() {
            let Meaning::Domain(domain) = meaning else { continue };
            let code = match domain.rsplit('.').next().unwrap() {
                "uk" | "gb" => "GB",
                "eu" => "EU",
                "at" => "AT",
                "us" => "US",
                "de" => "DE",
                "jp" => "JP",
                _ => continue,
            };
            if claimed || is_country {
                continue;
            }
            let mut teams = self.of_country(code);
            let total = teams.len();
            teams.truncate(LIMIT);
            teams.retain(|(_, (kind, _))| kind.starts_with("national"));
            if teams.len() == LIMIT && total > LIMIT {
                self.cut.insert((format!("country:{code}"), total));
            }
            for (team, _) in teams {
                self.put(team, ("country-of-domain".to_owned(), code.to_owned()));
            }
        }
    }
}
