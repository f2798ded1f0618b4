//! The rules one by one, and the figures of a cohort that can be worked out by hand.

use super::world::series;
use peerage::disclosure::{Decision, Known, Made, Refusal, Roll, Seen, Split, decide};
use peerage::model::{
    Cohort, Confidential, Contributor, Date, Level, Parameter, Profile, Quartiles, Score, SeriesLedger, Spread, TeamId, Tenths,
};
use std::collections::{BTreeMap, BTreeSet};

/// Contributors with one score for each digit: `["0123", "4321"]` are four, with two parameters. Their numbers begin with
/// `from`, and every second one is certified.
fn contributors(from: usize, scores: &[&str]) -> Vec<Contributor> {
    let of = |at: usize| Contributor {
        team: format!("team-{:03}", from + at).parse().unwrap(),
        assessed: "2026-01-01".parse().unwrap(),
        level: Some(if at.is_multiple_of(2) { Level::Certified } else { Level::Accredited }),
        types: BTreeSet::new(),
        scores: Confidential::new(
            parameters(scores.len()).into_iter().zip(scores.iter().map(|digits| digits[at..=at].parse().unwrap())).collect(),
        ),
    };
    (0..scores[0].len()).map(of).collect()
}

fn parameters(count: usize) -> Vec<Parameter> {
    ["O-1", "O-2", "H-1"][..count].iter().map(|id| id.parse().unwrap()).collect()
}

fn roll(contributors: Vec<Contributor>) -> Roll {
    let parameters = contributors[0].scores.look_inside().keys().copied().collect();
    Roll {
        series: series(),
        parameters,
        minimum: 5,
        contributors,
        open: Vec::new(),
        known: BTreeMap::new(),
        groups: vec![Cohort::All, Cohort::Level(Level::Certified), Cohort::Level(Level::Accredited)],
        profiles: Vec::new(),
    }
}

fn profile(minimum: &[(&str, usize)]) -> Profile {
    Profile {
        id: "some".parse().unwrap(),
        title: "Some".parse().unwrap(),
        source: "invented".parse().unwrap(),
        link: None,
        verified: false,
        model: series().model,
        minimum: minimum.iter().map(|(id, score)| (id.parse().unwrap(), Score::ALL[*score])).collect(),
    }
}

fn made(roll: &Roll, past: &[&SeriesLedger]) -> Made {
    match decide(roll, past, false) {
        Decision::Made(made) => *made,
        Decision::Refused(refusal) => panic!("{refusal}"),
    }
}

fn refused(roll: &Roll, past: &[&SeriesLedger]) -> Refusal {
    match decide(roll, past, false) {
        Decision::Made(made) => panic!("{:?}", made.figures),
        Decision::Refused(refusal) => refusal,
    }
}

#[test]
fn figures_are_those_of_all_scores() {
    // Certified: 0, 1, 2, 3, 4; accredited: 1, 2, 2, 3, 4. The second parameter: 4, 3, 2, 1, 0 and 0, 1, 1, 2, 3.
    let mut roll = roll(contributors(0, &["0112223344", "4031211203"]));
    let open = contributors(50, &["4", "4"]);
    roll.open = open;
    roll.profiles = vec![profile(&[("O-1", 2), ("O-2", 1)])];
    let made = made(&roll, &[]);
    let figures = made.figures.get();
    assert_eq!(figures.cohorts.iter().map(|cohort| cohort.teams).collect::<Vec<_>>(), [11, 6, 5]);
    let all = &figures.cohorts[0];
    // 0, 1, 1, 2, 2, 2, 3, 3, 4, 4, 4: 26 in 11 is 2.36; the 3rd, 6th and 9th; 1, 2, 3, 2 and 3 of 11 are 9, 18, 27 per cent.
    let quartiles = |lower, median, upper| Quartiles { lower, median, upper };
    let spread = Spread { scores: 11, mean: Tenths(24), quartiles: quartiles(1, 2, 4), shares: [10, 20, 25, 20, 25] };
    assert_eq!(all.parameters[&parameters(1)[0]], spread);
    // With 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 4 thrown in: 47 in 22 is 2.136; the 6th, 11th and 17th of 22.
    let pooled = Spread { scores: 22, mean: Tenths(21), quartiles: quartiles(1, 2, 3), shares: [15, 25, 25, 20, 25] };
    assert_eq!(all.categories, BTreeMap::from([('O', pooled)]));
}

#[test]
fn fewer_than_k_are_not_told_even_to_who_insists() {
    let roll = roll(contributors(0, &["0123"]));
    assert!(matches!(decide(&roll, &[], true), Decision::Refused(Refusal::TooFew(4, 5))));
}

#[test]
fn a_group_without_its_rest_is_not_told() {
    // Five certified and four accredited.
    let nine = roll(contributors(0, &["012301230"]));
    let made_of_nine = made(&nine, &[]);
    assert_eq!(made_of_nine.figures.get().cohorts.len(), 1);
    assert_eq!(made_of_nine.account.cohorts, [(Cohort::Level(Level::Certified), 4), (Cohort::Level(Level::Accredited), 4)]);
    assert_eq!(made(&roll(contributors(0, &["0123012301"])), &[]).figures.get().cohorts.len(), 3);
}

#[test]
fn three_deviate_or_nothing_is_told() {
    for (scores, told) in [("33333012", true), ("33333301", false), ("33333333", false), ("33333330", false), ("01234", true)] {
        let made = made(&roll(contributors(0, &[scores])), &[]);
        assert_eq!(made.ledger.published.len() == 1, told, "{scores}");
        assert_eq!(made.figures.get().cohorts[0].parameters.len(), usize::from(told));
        assert_eq!(made.figures.get().withheld.parameters.len(), usize::from(!told));
    }
}

#[test]
fn what_was_withheld_stays_so_while_its_assessments_are_used() {
    let first = made(&roll(contributors(0, &["3333301"])), &[]).ledger;
    assert_eq!(first.uniform.len(), 1);
    // Two of the first are still there; then none.
    let mut members = contributors(0, &["33"]);
    members.extend(contributors(20, &["0123401"]));
    let mut second = roll(members);
    second.groups.truncate(1);
    second.minimum = 2;
    let second = made(&second, &[&first]);
    assert_eq!((second.account.barred.len(), second.ledger.published.len(), second.ledger.uniform.len()), (1, 0, 0));
    let third = made(&roll(contributors(20, &["0123401"])[2..].to_vec()), &[&first]);
    assert_eq!(third.ledger.published.len(), 1);
}

#[test]
fn what_was_published_before_it_was_withheld_stays_so_too() {
    let alone = |contributors: Vec<Contributor>| Roll { groups: vec![Cohort::All], ..roll(contributors) };
    let members = contributors(0, &["0123401234"]);
    let first = made(&alone(members.clone()), &[]).ledger;
    assert_eq!(first.published.len(), 1);
    // In between all are others; then half of the first are back.
    let second = made(&alone(contributors(20, &["3333301"])), &[&first]).ledger;
    assert_eq!(second.uniform.len(), 1);
    let back = alone([&members[..5], &*contributors(40, &["01234"])].concat());
    assert_eq!(made(&back, &[&first, &second]).account.barred, parameters(1));
}

#[test]
fn what_was_withheld_twice_stays_so_for_the_second_time() {
    let alone = |contributors: Vec<Contributor>| Roll { groups: vec![Cohort::All], ..roll(contributors) };
    let first = made(&alone(contributors(0, &["33333"])), &[]).ledger;
    let members = contributors(20, &["3333301234"]);
    let mut second = made(&alone(members[..5].to_vec()), &[&first]).ledger;
    assert_eq!((first.uniform.len(), second.uniform.len()), (1, 1));
    let third = alone(members);
    assert_eq!(made(&third, &[&first, &second]).account.barred, parameters(1));
    // What an edition withheld on which the operator insisted is promised to nobody.
    second.insisted = true;
    assert_eq!(made(&third, &[&first, &second]).account.barred, []);
}

#[test]
fn few_joining_or_leaving_are_not_singled_out() {
    let first = made(&roll(contributors(0, &["01234012340123"])), &[]).ledger;
    let more = contributors(20, &["0123"]);
    let mut with_four = contributors(0, &["01234012340123"]);
    with_four.extend(more.clone());
    assert_eq!(refused(&roll(with_four.clone()), &[&first]), Refusal::TooLittleChanged(4, 5));
    // Four come and one leaves: five changed, but each kind by itself is too small.
    let refusal = refused(&roll(with_four[1..].to_vec()), &[&first]);
    let Refusal::Differencing(splits, 5) = &refusal else { panic!("{refusal:?}") };
    let small: Vec<_> = splits.iter().map(|split| (split.seen, split.teams.len())).collect();
    assert_eq!(small, [(Seen::Before, 1), (Seen::Now, 4)]);
    assert!(refusal.to_string().contains("1 team in earlier editions only (team-000)"), "{refusal}");
}

#[test]
fn an_insisted_edition_counts_for_what_comes_after() {
    let ungrouped = |contributors: Vec<Contributor>| Roll { groups: vec![Cohort::All], ..roll(contributors) };
    let members = contributors(0, &["01234012340123"]);
    let first = made(&ungrouped(members.clone()), &[]).ledger;
    let Decision::Made(insisted) = decide(&ungrouped(members[1..].to_vec()), &[&first], true) else { panic!() };
    assert!(insisted.figures.get().insisted && insisted.ledger.insisted);
    assert_eq!(insisted.account.against, Some(Refusal::TooLittleChanged(1, 5)));
    // Now four have left, and five came. The first edition tells of the four together, the insisted one of the three that
    // were still there; that it told of the one is no news.
    let next = [&members[4..], &*contributors(30, &["01234"])].concat();
    let refusal = refused(&ungrouped(next), &[&first, &insisted.ledger]);
    let Refusal::Differencing(splits, 5) = refusal else { panic!("{refusal}") };
    assert_eq!(splits.iter().map(|split| split.teams.len()).collect::<Vec<_>>(), [3, 4]);
}

#[test]
fn a_parameter_of_a_profile_that_was_looked_at_is_not_withheld_later() {
    let of = |second: &str, profiles: &[Profile]| {
        let mut first = roll(contributors(0, &["4040404041234", "0123401234012"]));
        first.profiles = profiles.to_vec();
        first.groups.truncate(1);
        let first = made(&first, &[]).ledger;
        assert_eq!(first.published.len(), 2);
        // The odd ones of the first leave, and the rest is too uniform.
        let stay: Vec<Contributor> = contributors(0, &["4040404041234", "0123401234012"])
            .into_iter()
            .filter(|c| c.level == Some(Level::Certified))
            .collect();
        let mut members = stay;
        members.extend(contributors(40, &[second, "012340"]));
        let mut next = roll(members);
        next.groups.truncate(1);
        decide(&next, &[&first], false)
    };
    let Decision::Made(made) = of("012340", &[]) else { panic!() };
    assert_eq!(made.ledger.uniform.len(), 1);
    let Decision::Refused(refusal) = of("012340", &[profile(&[("O-1", 2), ("O-2", 1)])]) else { panic!() };
    assert_eq!(refusal, Refusal::TooUniform(parameters(1)));
}

#[test]
fn a_profile_of_assessments_that_are_all_gone_does_not_count() {
    let of = |contributors: Vec<Contributor>, profiles: &[Profile]| Roll {
        groups: vec![Cohort::All],
        profiles: profiles.to_vec(),
        ..roll(contributors)
    };
    let first = made(&of(contributors(0, &["012344"]), &[profile(&[("O-1", 2)])]), &[]).ledger;
    assert_eq!(first.profiles.len(), 1);
    // Others, who are too uniform; then others again; then half of these, and once more too uniform.
    let second = made(&of(contributors(20, &["333330"]), &[]), &[&first]).ledger;
    let members = contributors(40, &["3333301234"]);
    let third = made(&of(members.clone(), &[]), &[&first, &second]).ledger;
    let fourth = of([&members[..5], &*contributors(60, &["01234"])].concat(), &[]);
    let fourth = made(&fourth, &[&first, &second, &third]).ledger;
    let uniform = [&first, &second, &third, &fourth].map(|ledger| ledger.uniform.len());
    assert_eq!(uniform, [0, 1, 0, 1]);
}

#[test]
fn a_share_is_not_told_where_it_would_tell_of_those_who_left() {
    // Of the first six and of the new ones three meet the profile; of the other six only one.
    let alone = |contributors: Vec<Contributor>| Roll {
        groups: vec![Cohort::All],
        profiles: vec![profile(&[("O-1", 2)])],
        ..roll(contributors)
    };
    let members = contributors(0, &["011234000113"]);
    let first = made(&alone(members.clone()), &[]).ledger;
    assert!(first.profiles[0].published);
    let next = alone([&members[..6], &*contributors(20, &["011234"])].concat());
    assert_eq!(made(&next, &[]).account.profiles, []);
    let second = made(&next, &[&first]);
    assert_eq!((second.account.profiles, second.ledger.published.len()), (vec![("some".parse().unwrap(), Some((5, 6)))], 1));
    // One that asks for something else was not told before, nor one that was withheld then.
    let mut changed = first.clone();
    changed.profiles[0].minimum = profile(&[("O-1", 3)]).minimum;
    let mut withheld = first;
    withheld.profiles[0].published = false;
    for past in [changed, withheld] {
        assert_eq!(made(&next, &[&past]).account.profiles, []);
    }
}

/// That a contributor has published its scores by now.
fn published(member: &Contributor) -> ((TeamId, Date), BTreeMap<Parameter, Score>) {
    ((member.team.clone(), member.assessed), member.scores.look_inside().clone())
}

#[test]
fn who_published_since_protects_nobody() {
    let members = contributors(0, &["0123401234"]);
    let first = made(&roll(members.clone()), &[]).ledger;
    assert_eq!(first.cohorts.len(), 3);
    // Six new ones; of the ten that leave together, six have published by now.
    let mut next = roll(contributors(20, &["012340"]));
    next.known = members[..6].iter().map(published).collect();
    assert_eq!(made(&next, &[&first]).account.splits.len(), 1);
}

#[test]
fn who_published_a_part_is_not_given_away_by_it() {
    let ungrouped = |contributors: Vec<Contributor>| Roll { groups: vec![Cohort::All], ..roll(contributors) };
    // The last has a score that nobody else has.
    let members = contributors(0, &["01230123014", "01234012340"]);
    let first = made(&ungrouped(members.clone()), &[]).ledger;
    assert_eq!(first.published.len(), 2);
    let last = &members[10];
    let kept = last.scores.look_inside().iter().skip(1).map(|(parameter, score)| (*parameter, *score)).collect();
    let part = Contributor { scores: Confidential::new(kept), ..last.clone() };
    // The last does not contribute any more, and only so many of the others do; five new ones come, none of them with a 4.
    let next = |stay: usize, known: &Contributor| {
        let mut next = ungrouped([&members[..stay], &*contributors(20, &["01230", "01234"])].concat());
        next.known = [published(known)].into();
        next
    };
    let Refusal::Differencing(splits, 5) = refused(&next(10, &part), &[&first]) else { panic!() };
    assert_eq!(splits, [Split { seen: Seen::Before, teams: [last.team.clone()].into() }]);
    // Where it published all, it has nothing left to give away.
    assert_eq!(made(&next(10, last), &[&first]).account.splits.len(), 1);
    // Nor does it hide others: five leave, of whom four hide each other.
    let Refusal::Differencing(splits, 5) = refused(&next(6, &part), &[&first]) else { panic!() };
    assert_eq!(splits.iter().map(|split| split.teams.len()).collect::<Vec<_>>(), [5]);
}

#[test]
fn who_published_a_part_does_not_count_among_those_that_deviate() {
    let ungrouped = |contributors: Vec<Contributor>| Roll { groups: vec![Cohort::All], ..roll(contributors) };
    // Of the first seven and of the rest three each deviate, one of them the very last.
    let members = contributors(0, &["3333012333012", "0123401234012"]);
    let first = made(&ungrouped(members.clone()), &[]).ledger;
    let last = &members[12];
    let with = |known: Known| {
        let mut next = ungrouped([&members[..7], &*contributors(20, &["01234", "01234"])].concat());
        next.known = known;
        made(&next, &[&first])
    };
    assert_eq!(with(Known::new()).account.uniform, []);
    let kept = last.scores.look_inside().iter().skip(1).map(|(parameter, score)| (*parameter, *score)).collect();
    let part = Contributor { scores: Confidential::new(kept), ..last.clone() };
    assert_eq!(with([published(&part)].into()).account.uniform, [(parameters(1)[0], 3, 5)]);
}

#[test]
fn what_was_published_once_stays_known() {
    let members = contributors(0, &["0123401234"]);
    let mut before = roll(members[..5].to_vec());
    before.groups.truncate(1);
    before.open = members[5..7].to_vec();
    let first = made(&before, &[]).ledger;
    // Two of these published what is confidential now: four are left to hide each other, whoever insists.
    let next = roll(members[3..9].to_vec());
    for insist in [false, true] {
        let decision = decide(&next, &[&first], insist);
        assert!(matches!(decision, Decision::Refused(Refusal::TooFew(4, 5))), "{decision:?}");
    }
}
