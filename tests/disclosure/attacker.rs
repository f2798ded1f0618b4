//! The attacker: knows everything that is public, the way in which it is decided, and the scores of one team.
//!
//! A *world* is a value for every score. One in which exactly the same would have been published, and in which the
//! attacker's own scores are as they are, is possible. The attacker knows a score if it is the same in all possible
//! worlds. To show that one remains unknown, one other possible world is enough; that it is possible is decided by doing
//! all over again in it what was done in the true one. Where no guess yields one, all worlds are searched that differ in
//! this parameter: with one parameter those are all there are, with two the attacker is taken to win a little too early.

use super::world::{Case, Seen, World};
use peerage::model::{CohortFigures, Score, Spread, Tally};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// How many steps an exhaustive search may take. One that needs more is taken as if it had found nothing, which can only
/// make the test fail.
const STEPS: usize = 3_000_000;

/// What would be published in a world, when these editions are attempted.
pub type Publish = fn(&Case, &World, &[usize]) -> Vec<Seen>;

/// What is known, and worlds that were found possible.
pub struct Evidence<'a> {
    case: &'a Case,
    truth: &'a World,
    publish: Publish,
    pub seen: Vec<Seen>,
    attempts: Vec<usize>,
    possible: RefCell<Vec<World>>,
    refuted: RefCell<BTreeSet<World>>,
}

/// What came of a search.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Finding {
    /// Another value is possible.
    Open,
    /// No other value is possible.
    Known,
    /// The search was given up.
    GivenUp,
}

impl<'a> Evidence<'a> {
    pub fn new(case: &'a Case, truth: &'a World, publish: Publish) -> Self {
        let all: Vec<usize> = (0..case.editions.len()).collect();
        let seen = publish(case, truth, &all);
        // That an edition was attempted and refused is told to nobody.
        let attempts = seen.iter().map(|seen| seen.edition).collect();
        let (possible, refuted) = (RefCell::default(), RefCell::default());
        Self { case, truth, publish, seen, attempts, possible, refuted }
    }

    /// The sheets that were used in a published edition.
    pub fn sheets(&self) -> BTreeSet<usize> {
        let editions = self.attempts.iter().flat_map(|edition| &self.case.editions[*edition]);
        editions.map(|member| member.sheet).collect()
    }

    /// What the team `own` finds out about the score of `sheet` for the parameter with this place.
    pub fn attack(&self, own: usize, sheet: usize, parameter: usize) -> Finding {
        let fits = |world: &World| world[sheet][parameter] != self.truth[sheet][parameter] && self.keeps(own, world);
        if self.possible.borrow().iter().any(fits) {
            return Finding::Open;
        }
        for world in self.guesses(own, sheet, parameter) {
            if fits(&world) && self.is_possible(&world) {
                self.possible.borrow_mut().push(world);
                return Finding::Open;
            }
        }
        Search::new(self, own, sheet, parameter).run()
    }

    /// Whether the scores of the team `own` are in `world` as they are.
    fn keeps(&self, own: usize, world: &World) -> bool {
        (0..world.len()).all(|sheet| self.case.sheets[sheet] != own || world[sheet] == self.truth[sheet])
    }

    fn is_possible(&self, world: &World) -> bool {
        if self.refuted.borrow().contains(world) {
            return false;
        }
        let possible = (self.publish)(self.case, world, &self.attempts) == self.seen;
        if !possible {
            self.refuted.borrow_mut().insert(world.clone());
        }
        possible
    }

    /// Worlds that are often possible: two sheets exchanged, whole or for one parameter, one score changed, or all alike.
    fn guesses(&self, own: usize, sheet: usize, parameter: usize) -> impl Iterator<Item = World> {
        let sheets: Vec<usize> = self.sheets().into_iter().filter(|other| self.case.sheets[*other] != own).collect();
        let alike = |other: &usize| self.memberships(*other) != self.memberships(sheet);
        let mut partners = sheets.clone();
        partners.sort_by_key(alike);
        let whole = partners.clone().into_iter().map(move |other| {
            let mut world = self.truth.clone();
            world.swap(sheet, other);
            world
        });
        let one = partners.into_iter().map(move |other| {
            let mut world = self.truth.clone();
            (world[sheet][parameter], world[other][parameter]) = (world[other][parameter], world[sheet][parameter]);
            world
        });
        let changed = (0..5).map(move |value| {
            let mut world = self.truth.clone();
            world[sheet][parameter] = value;
            world
        });
        let alike = (0..5).map(move |value| {
            let mut world = self.truth.clone();
            for sheet in &sheets {
                world[*sheet][parameter] = value;
            }
            world
        });
        whole.chain(one).chain(changed).chain(alike)
    }

    /// To which published editions a sheet contributed, and with which attributes.
    fn memberships(&self, sheet: usize) -> Vec<(usize, &'a super::world::Attributes)> {
        let editions = self.attempts.iter().flat_map(|edition| self.case.editions[*edition].iter().map(move |m| (*edition, m)));
        editions.filter(|(_, member)| member.sheet == sheet).map(|(edition, member)| (edition, &member.attributes)).collect()
    }
}

/// An exhaustive search through the worlds that differ in one parameter. Sheets with the same memberships are alike to
/// every figure, so only how often each value occurs among them is tried.
struct Search<'a, 'e> {
    evidence: &'e Evidence<'a>,
    sheet: usize,
    parameter: usize,
    classes: Vec<Vec<usize>>,
    limits: Vec<Limit>,
    steps: usize,
}

/// A published figure: which classes it is about, what else is in it, and the tallies that it may stand for.
struct Limit {
    classes: Vec<usize>,
    known: [u32; 5],
    allowed: Vec<[u32; 5]>,
}

impl<'a, 'e> Search<'a, 'e> {
    fn new(evidence: &'e Evidence<'a>, own: usize, sheet: usize, parameter: usize) -> Self {
        let mut classes: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for other in evidence.sheets().into_iter().filter(|other| evidence.case.sheets[*other] != own) {
            classes.entry(evidence.memberships(other)).or_default().push(other);
        }
        let classes: Vec<Vec<usize>> = classes.into_values().collect();
        let mut search = Self { evidence, sheet, parameter, classes, limits: Vec::new(), steps: STEPS };
        let figures = evidence.seen.iter().flat_map(|seen| seen.figures.cohorts.iter().map(|figures| (seen.edition, figures)));
        search.limits = figures.filter_map(|(edition, figures)| search.limit(own, edition, figures)).collect();
        search
    }

    fn limit(&self, own: usize, edition: usize, figures: &CohortFigures) -> Option<Limit> {
        let case = self.evidence.case;
        let spread = figures.parameters.get(&case.parameters[self.parameter])?;
        let belongs = |attributes: &super::world::Attributes| match &figures.cohort {
            peerage::model::Cohort::All => true,
            peerage::model::Cohort::Level(level) => attributes.level == *level,
            peerage::model::Cohort::Type(id) => attributes.types.contains(&id.as_str()),
        };
        let mut known = [0; 5];
        for (attributes, scores) in &case.open {
            known[usize::from(scores[self.parameter])] += u32::from(belongs(attributes));
        }
        let members = case.editions[edition].iter().filter(|member| belongs(&member.attributes));
        let members: BTreeSet<usize> = members.map(|member| member.sheet).collect();
        for sheet in members.iter().filter(|sheet| case.sheets[**sheet] == own) {
            known[usize::from(self.evidence.truth[*sheet][self.parameter])] += 1;
        }
        let classes = (0..self.classes.len()).filter(|class| members.contains(&self.classes[*class][0])).collect();
        Some(Limit { classes, known, allowed: tallies(spread.scores).filter(|tally| stands_for(tally, spread)).collect() })
    }

    fn run(mut self) -> Finding {
        let mut counts = Vec::new();
        match self.descend(&mut counts) {
            Some(true) => Finding::Open,
            Some(false) => Finding::Known,
            None => Finding::GivenUp,
        }
    }

    /// Tries every tally of the next class. `None` where the steps ran out.
    fn descend(&mut self, counts: &mut Vec<[u32; 5]>) -> Option<bool> {
        if counts.len() == self.classes.len() {
            return Some(self.is_another_world(counts));
        }
        let size = u32::try_from(self.classes[counts.len()].len()).unwrap();
        for tally in tallies(size) {
            self.steps = self.steps.checked_sub(1)?;
            counts.push(tally);
            if self.limits.iter().all(|limit| limit.holds(counts)) && self.descend(counts)? {
                return Some(true);
            }
            counts.pop();
        }
        Some(false)
    }

    /// Whether these tallies make a possible world in which the score in question has another value.
    fn is_another_world(&mut self, counts: &[[u32; 5]]) -> bool {
        let truth = self.evidence.truth[self.sheet][self.parameter];
        let class = self.classes.iter().position(|class| class.contains(&self.sheet)).unwrap();
        let Some(other) = (0..5).find(|value| *value != truth && counts[class][usize::from(*value)] > 0) else { return false };
        let mut world = self.evidence.truth.clone();
        for (class, counts) in self.classes.iter().zip(counts) {
            let mut values: Vec<u8> = (0_u8..5).flat_map(|value| (0..counts[usize::from(value)]).map(move |_| value)).collect();
            let mut sheets: Vec<&usize> = class.iter().collect();
            if class.contains(&self.sheet) {
                sheets.retain(|sheet| **sheet != self.sheet);
                values.remove(values.iter().position(|value| *value == other).unwrap());
                world[self.sheet][self.parameter] = other;
            }
            sheets.into_iter().zip(values).for_each(|(sheet, value)| world[*sheet][self.parameter] = value);
        }
        let possible = self.evidence.is_possible(&world);
        if possible {
            self.evidence.possible.borrow_mut().push(world);
        }
        possible
    }
}

impl Limit {
    /// Whether the classes that have their tallies leave room for one that the figure may stand for.
    fn holds(&self, counts: &[[u32; 5]]) -> bool {
        let mut sum = self.known;
        for class in self.classes.iter().filter(|class| **class < counts.len()) {
            sum.iter_mut().zip(counts[*class]).for_each(|(sum, count)| *sum += count);
        }
        let whole = self.classes.iter().all(|class| *class < counts.len());
        let fits = |allowed: &[u32; 5]| if whole { sum == *allowed } else { sum.iter().zip(allowed).all(|(a, b)| a <= b) };
        self.allowed.iter().any(fits)
    }
}

/// Every way in which so many scores can be spread.
fn tallies(number: u32) -> impl Iterator<Item = [u32; 5]> {
    (0..=number).flat_map(move |a| {
        (0..=number - a).flat_map(move |b| {
            (0..=number - a - b).flat_map(move |c| (0..=number - a - b - c).map(move |d| [a, b, c, d, number - a - b - c - d]))
        })
    })
}

fn stands_for(counts: &[u32; 5], published: &Spread) -> bool {
    let mut tally = Tally::default();
    for (score, count) in Score::ALL.into_iter().zip(counts) {
        (0..*count).for_each(|_| tally.add(score));
    }
    Spread::of(&tally) == Some(*published)
}
