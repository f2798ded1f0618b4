//! The directory, grouped once, so that no page has to look through all of it.

use super::api::{self, TeamChange};
use super::authorities::Authorities;
use super::keys::{self, Ring, TeamKey};
use super::search::Search;
use super::split;
use super::statistics::Figures;
use super::wkd::WebKeyDirectory;
use crate::assess::{AssessedTeam, Assessment, Ending, FlagKind, Status, Strength};
use crate::config::Config;
use crate::model::{Country, Level, Slug, State, sort_key};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The teams in groups; within each they keep the order of the assessment.
pub(super) struct Groups<'a> {
    /// Every team.
    pub(super) all: Vec<&'a AssessedTeam<'a>>,
    /// Countries in which a team has its seat, by name.
    pub(super) countries: Vec<Group<'a, Country>>,
    /// Every status, also one that no team has, in the order of [`statuses`].
    pub(super) statuses: Vec<Group<'a, Status>>,
    /// Constituency types, by name.
    pub(super) types: Vec<Group<'a, &'a Slug>>,
    /// What is still to end, soonest first; then what has ended, the latest first.
    pub(super) due: Vec<Due<'a>>,
    /// How many of `due` are still to end.
    pub(super) ahead: usize,
    /// The teams that have not withdrawn, whom one may want to reach.
    pub(super) active: Vec<&'a AssessedTeam<'a>>,
    /// The newest changes, at most [`NEWEST`].
    pub(super) newest: Vec<TeamChange<'a>>,
    /// What the bodies that accredit and certify have done.
    pub(super) authorities: Authorities<'a>,
    /// The contact keys.
    pub(super) keys: KeyLists<'a>,
    /// The directory as a whole.
    pub(super) figures: Figures<'a>,
    /// What the list of all teams can be searched for.
    pub(super) search: Search<'a>,
    /// What the operator chose.
    pub(super) config: &'a Config,
    /// What the row of each team weighs in a list, by [`AssessedTeam::number`].
    weights: Vec<usize>,
    seats: BTreeSet<Country>,
    type_names: BTreeMap<&'a Slug, String>,
}

/// How many changes the first page shows at most.
const NEWEST: usize = 8;

/// Teams that have something in common.
pub(super) struct Group<'a, K> {
    /// What.
    pub(super) key: K,
    /// The teams.
    pub(super) teams: Vec<&'a AssessedTeam<'a>>,
}

impl<K> Group<'_, K> {
    /// How many of them have not withdrawn: the number of teams that is told wherever one is, as in the statistics. Lists have
    /// the others too.
    pub(super) fn active(&self) -> usize {
        self.teams.iter().filter(|team| !team.standing.status.is_withdrawn()).count()
    }
}

/// Something that ends, and whose.
#[derive(Clone, Copy)]
pub(super) struct Due<'a> {
    /// The team.
    pub(super) team: &'a AssessedTeam<'a>,
    /// What, and when.
    pub(super) ending: Ending<'a>,
    /// How much it matters.
    pub(super) strength: Strength,
}

/// The contact keys, as the page of all keys lists them; within each list they keep the order of the teams.
pub(super) struct KeyLists<'a> {
    /// What ends soon, soonest first.
    pub(super) soon: Vec<TeamKey<'a>>,
    /// What nobody should write with.
    pub(super) off: Vec<TeamKey<'a>>,
    /// Every key.
    pub(super) all: Vec<TeamKey<'a>>,
    /// The keyrings.
    pub(super) rings: Vec<Ring<'a>>,
    /// Where mail programs look for the keys of an address.
    pub(super) wkd: WebKeyDirectory<'a>,
}

impl<'a> KeyLists<'a> {
    fn new(assessment: &'a Assessment<'a>) -> Self {
        let all: Vec<TeamKey<'_>> = keys::of_all(assessment).collect();
        let off = all.iter().filter(|held| held.is_off(assessment.today)).copied().collect();
        let mut soon: Vec<(i64, TeamKey<'_>)> = all
            .iter()
            .filter(|held| !held.is_off(assessment.today))
            .filter_map(|held| Some((held.flags().find_map(|flag| days_left(&flag.kind))?, *held)))
            .collect();
        soon.sort_by_key(|(days, _)| *days);
        let soon = soon.into_iter().map(|(_, held)| held).collect();
        Self { soon, off, all, rings: keys::rings(assessment), wkd: WebKeyDirectory::new(assessment) }
    }
}

/// How many days are left, where a flag is about the end of something.
fn days_left(kind: &FlagKind<'_>) -> Option<i64> {
    match kind {
        FlagKind::Ends(ending) => Some(ending.days_left),
        _ => None,
    }
}

/// The levels from the lowest to the highest, and what may stand in their place.
pub(super) fn statuses() -> impl Iterator<Item = Status> {
    let levels = Level::ALL.iter().map(|level| Status { level: Some(*level), state: None });
    let states = State::ALL.iter().map(|state| Status { level: None, state: Some(*state) });
    levels.chain(states).chain([Status { level: None, state: None }])
}

impl<'a> Groups<'a> {
    /// Groups the teams of `assessment`.
    pub(super) fn new(assessment: &'a Assessment<'a>) -> Self {
        let teams = &assessment.teams;
        let mut countries = group(teams, |team| std::iter::once(team.team.country));
        countries.sort_by_key(|group| (sort_key(group.key.name()), group.key));
        let mut types = group(teams, |team| team.team.types.iter().map(|kind| &kind.value));
        let type_names: BTreeMap<&Slug, String> = names(&types, &assessment.directory.config);
        types.sort_by_key(|group| (sort_key(&type_names[group.key]), group.key));
        let mut by_status = group(teams, |team| std::iter::once(team.standing.status.id()));
        let statuses = statuses().map(|status| {
            let found = by_status.iter_mut().find(|group| group.key == status.id());
            Group { key: status, teams: found.map(|group| std::mem::take(&mut group.teams)).unwrap_or_default() }
        });
        let mut due: Vec<Due<'_>> = teams.iter().flat_map(due_of).collect();
        // Of one day: in the order of the teams, and within one as in its file.
        due.sort_by_key(|due| (due.ending.has_ended(), due.ending.days_left.unsigned_abs()));
        let ahead = due.partition_point(|due| !due.ending.has_ended());
        let all: Vec<&AssessedTeam<'_>> = teams.iter().collect();
        // What takes longest, side by side.
        let ((search, newest), (keys, figures)) = rayon::join(
            || rayon::join(|| Search::new(&all, assessment.today), || api::newest(assessment, NEWEST).0),
            || rayon::join(|| KeyLists::new(assessment), || Figures::new(assessment)),
        );
        Self {
            weights: teams.par_iter().map(|team| split::row(team, &type_names)).collect(),
            search,
            all,
            statuses: statuses.collect(),
            seats: countries.iter().map(|group| group.key).collect(),
            countries,
            types,
            due,
            ahead,
            active: teams.iter().filter(|team| !team.standing.status.is_withdrawn()).collect(),
            newest,
            authorities: Authorities::new(assessment),
            keys,
            figures,
            config: &assessment.directory.config,
            type_names,
        }
    }

    /// What the row of `team` weighs in a list of teams.
    pub(super) fn weight(&self, team: &AssessedTeam<'_>) -> usize {
        self.weights[team.number]
    }

    /// Whether `country` has a page: whether a team has its seat there.
    pub(super) fn has_page(&self, country: Country) -> bool {
        self.seats.contains(&country)
    }

    /// The English name of a constituency type that some team has.
    pub(super) fn type_name<'s>(&'s self, kind: &'s Slug) -> &'s str {
        named(&self.type_names, kind)
    }
}

/// The English name of a constituency type, out of those of the types that teams have.
pub(super) fn named<'s>(names: &'s BTreeMap<&Slug, String>, kind: &'s Slug) -> &'s str {
    names.get(kind).map_or(kind.as_str(), |name| name.as_str())
}

/// Everything of `team` that ended or ends soon; each ending has its flag, which says how much it matters.
fn due_of<'a>(team: &'a AssessedTeam<'a>) -> impl Iterator<Item = Due<'a>> {
    team.endings.iter().map(move |ending| {
        let flag = team.flags.iter().find(|flag| flag.kind == FlagKind::Ends(*ending));
        Due { team, ending: *ending, strength: flag.map_or(Strength::Info, |flag| flag.strength) }
    })
}

/// The teams by each of their keys, sorted by key. A team that has a key twice is in its group once.
fn group<'a, K: Ord, I: Iterator<Item = K>>(
    teams: &'a [AssessedTeam<'a>],
    keys: impl Fn(&'a AssessedTeam<'a>) -> I,
) -> Vec<Group<'a, K>> {
    let mut groups: BTreeMap<K, Vec<&AssessedTeam<'_>>> = BTreeMap::new();
    for team in teams {
        for key in keys(team) {
            let group = groups.entry(key).or_default();
            if group.last().is_none_or(|last| !std::ptr::eq(*last, team)) {
                group.push(team);
            }
        }
    }
    groups.into_iter().map(|(key, teams)| Group { key, teams }).collect()
}

fn names<'a>(types: &[Group<'a, &'a Slug>], config: &Config) -> BTreeMap<&'a Slug, String> {
    types.iter().map(|group| (group.key, config.type_name(group.key))).collect()
}
