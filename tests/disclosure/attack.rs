//! The attack, on thousands of invented cohorts and sequences of editions.
//!
//! `PEERAGE_CASES=50000 cargo test disclosure` makes more of it.

use super::attacker::{Evidence, Finding};
use super::random::Random;
use super::world::{Case, World};
use rayon::prelude::*;
use std::fmt::Write;
use std::ops::Add;

/// How many cases are tried of each kind.
fn cases() -> u64 {
    std::env::var("PEERAGE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(200)
}

/// What became of some cases.
#[derive(Default, Clone, Debug)]
struct Outcome {
    cases: usize,
    attempted: usize,
    made: usize,
    /// Cases with more than one edition made.
    sequences: usize,
    published: usize,
    withheld: usize,
    /// Cases in which a parameter was withheld after it had been published.
    later: usize,
    shares: usize,
    /// Scores that were attacked by somebody.
    attacks: usize,
    leaks: Vec<String>,
}

impl Add for Outcome {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self.cases += other.cases;
        self.attempted += other.attempted;
        self.made += other.made;
        self.sequences += other.sequences;
        self.published += other.published;
        self.withheld += other.withheld;
        self.later += other.later;
        self.shares += other.shares;
        self.attacks += other.attacks;
        self.leaks.extend(other.leaks);
        self
    }
}

/// Everybody attacks everybody else's every score.
fn attack(case: &Case, truth: &World, seed: u64) -> Outcome {
    let evidence = Evidence::new(case, truth, Case::controlled);
    let sheets = evidence.sheets();
    let seen = &evidence.seen;
    let withheld = |at: usize| seen[at].figures.withheld.parameters.clone();
    let mut outcome = Outcome {
        cases: 1,
        attempted: case.editions.len(),
        made: seen.len(),
        sequences: usize::from(seen.len() > 1),
        published: seen.iter().map(|seen| seen.figures.cohorts[0].parameters.len()).sum(),
        withheld: (0..seen.len()).map(|at| withheld(at).len()).sum(),
        later: usize::from((1..seen.len()).any(|at| withheld(at).len() > withheld(at - 1).len())),
        shares: seen.iter().map(|seen| seen.figures.cohorts[0].profiles.len()).sum(),
        ..Outcome::default()
    };
    let mut teams: Vec<usize> = sheets.iter().map(|sheet| case.sheets[*sheet]).collect();
    teams.sort_unstable();
    teams.dedup();
    for own in teams {
        for sheet in sheets.iter().copied().filter(|sheet| case.sheets[*sheet] != own) {
            for parameter in 0..case.parameters.len() {
                outcome.attacks += 1;
                let found = evidence.attack(own, sheet, parameter);
                if found != Finding::Open {
                    let mut text = format!("case {seed}: team {own} on sheet {sheet}, parameter {parameter}: {found:?}\n");
                    write!(text, "{truth:?}\n{:?}\n{:#?}", case.editions, evidence.seen).unwrap();
                    outcome.leaks.push(text);
                    return outcome;
                }
            }
        }
    }
    outcome
}

fn attack_all(editions: usize, parameters: usize) -> Outcome {
    let of = |seed| {
        let (case, truth) = Case::random(&mut Random::new(seed), editions, parameters);
        attack(&case, &truth, seed)
    };
    let outcome = (0..cases()).into_par_iter().map(of).reduce(Outcome::default, Outcome::add);
    let leaks = outcome.leaks.len();
    println!(
        "{editions} editions, {parameters} parameters: {:?}, {leaks} leaks",
        Outcome { leaks: Vec::new(), ..outcome.clone() }
    );
    assert!(outcome.leaks.is_empty(), "{leaks} cases leak, such as\n{}", outcome.leaks[0]);
    outcome
}

#[test]
fn nobody_learns_a_score_from_one_edition() {
    for parameters in [1, 2] {
        let outcome = attack_all(1, parameters);
        assert!(
            outcome.published * 5 > outcome.cases && outcome.withheld * 5 > outcome.cases,
            "the test sees too little: {outcome:?}"
        );
    }
}

#[test]
fn nobody_learns_a_score_from_several_editions() {
    for (editions, parameters) in [(2, 1), (3, 1), (2, 2), (3, 2)] {
        let outcome = attack_all(editions, parameters);
        assert!(outcome.sequences * 20 > outcome.cases && outcome.later > 0, "the test sees too little: {outcome:?}");
    }
}

/// In how many cases somebody learns somebody's score where everything is published, rounded in the same way.
#[test]
fn without_the_control_the_same_attacker_wins() {
    for editions in [1, 2] {
        let of = |seed| {
            let (case, truth) = Case::random(&mut Random::new(seed), editions, 1);
            let evidence = Evidence::new(&case, &truth, Case::uncontrolled);
            let sheets = evidence.sheets();
            let own = case.sheets[*sheets.iter().next().unwrap()];
            let mut others = sheets.iter().filter(|sheet| case.sheets[**sheet] != own);
            usize::from(others.any(|sheet| evidence.attack(own, *sheet, 0) == Finding::Known))
        };
        let won: usize = (0..cases()).into_par_iter().map(of).sum();
        let all = usize::try_from(cases()).unwrap();
        println!("without the control: {won} of {all} cases with {editions} editions tell a score to one given contributor");
        assert!(won * 3 > all, "{won} of {all}");
    }
}
