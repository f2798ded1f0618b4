//! Invented contributors over some editions, and what is published about them: with the control, and without.

use super::random::Random;
use peerage::disclosure::{Decision, Roll, decide};
use peerage::model::{
    Cohort, CohortFigures, Confidential, Contributor, Date, Level, Parameter, Profile, Score, Series, SeriesFigures,
    SeriesLedger, Spread, Withheld, share_of,
};
use std::collections::BTreeMap;

/// The smallest group in these tests: the least that there can be.
pub const MINIMUM: usize = 5;

/// The scores of every sheet, by parameter.
pub type World = Vec<Vec<u8>>;

/// Everything about contributors that is public.
#[derive(Clone)]
pub struct Case {
    pub parameters: Vec<Parameter>,
    pub profiles: Vec<Profile>,
    /// The team of each sheet.
    pub sheets: Vec<usize>,
    /// The confidential contributors of each edition that is attempted.
    pub editions: Vec<Vec<Member>>,
    /// Teams that publish their scores.
    pub open: Vec<(Attributes, Vec<u8>)>,
}

/// A contributor to an edition.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Member {
    pub sheet: usize,
    pub attributes: Attributes,
}

/// What decides to which groups a team belongs.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Attributes {
    pub level: Level,
    pub types: Vec<&'static str>,
}

/// What is published of one attempted edition.
#[derive(Clone, PartialEq, Debug)]
pub struct Seen {
    /// Its place among the attempts.
    pub edition: usize,
    pub figures: SeriesFigures,
}

pub fn series() -> Series {
    Series { model: "sim3-v2i".parse().unwrap(), kind: peerage::model::AssessmentKind::Audit }
}

fn groups() -> Vec<Cohort> {
    ["all", "level/certified", "level/accredited", "type/academic", "type/national"].map(|group| group.parse().unwrap()).into()
}

impl Case {
    /// A case with up to `editions` editions, and the scores that are true in it.
    pub fn random(random: &mut Random, editions: usize, parameters: usize) -> (Self, World) {
        let mut case = Self {
            parameters: ["O-1", "O-2"][..parameters].iter().map(|id| id.parse().unwrap()).collect(),
            profiles: Vec::new(),
            sheets: Vec::new(),
            editions: Vec::new(),
            open: Vec::new(),
        };
        // With one parameter the search for worlds is exhaustive; a profile of it would add nothing.
        for number in 0..if parameters > 1 { random.below(3) } else { 0 } {
            case.profiles.push(profile(number, &case.parameters, random));
        }
        // Mixtures from even to nearly uniform, for in between lies what is hard to decide.
        let usual = random.below(5);
        let strays = random.pick(&[10, 30, 50, 80, 100]);
        let values = 2 + random.below(4);
        let score = |random: &mut Random| {
            let value = if random.chance(strays) { random.below(values) } else { usual };
            u8::try_from(value).unwrap()
        };
        let scores = |random: &mut Random| (0..parameters).map(|_| score(random)).collect::<Vec<u8>>();
        for _ in 0..random.below(3) {
            let team = (attributes(random), scores(random));
            case.open.push(team);
        }
        let mut world = World::new();
        let teams = 5 + random.below(8);
        let mut present: Vec<Option<Member>> = vec![None; teams + if editions > 1 { random.below(8) } else { 0 }];
        // How much happens between two editions, in per cent of the teams.
        let (move_, anew, promoted) = (random.pick(&[0, 20, 50]), random.pick(&[0, 20, 50, 100]), random.pick(&[0, 10, 60]));
        let groups = random.chance(40);
        for edition in 0..editions {
            for (team, member) in present.iter_mut().enumerate() {
                let comes = if edition == 0 { team < teams } else { random.chance(move_) };
                let fresh = match member {
                    Some(_) if edition > 0 && comes => {
                        *member = None;
                        continue;
                    }
                    Some(_) => random.chance(anew),
                    None if comes => true,
                    None => continue,
                };
                let mut attributes = match member {
                    Some(member) if !random.chance(promoted) => member.attributes.clone(),
                    _ => attributes(random),
                };
                if !groups {
                    attributes = Attributes { level: Level::Listed, types: Vec::new() };
                }
                let sheet = match member {
                    Some(member) if !fresh => member.sheet,
                    _ => {
                        case.sheets.push(team);
                        world.push(scores(random));
                        world.len() - 1
                    }
                };
                *member = Some(Member { sheet, attributes });
            }
            case.editions.push(present.iter().flatten().cloned().collect());
        }
        (case, world)
    }

    fn roll(&self, world: &World, edition: usize) -> Roll {
        Roll {
            series: series(),
            parameters: self.parameters.clone(),
            minimum: MINIMUM,
            contributors: self.confidential(world, edition),
            open: self.open(),
            known: BTreeMap::new(),
            groups: groups(),
            profiles: self.profiles.clone(),
        }
    }

    fn confidential(&self, world: &World, edition: usize) -> Vec<Contributor> {
        let contributor =
            |member: &Member| self.contributor(self.sheets[member.sheet], member.sheet, &member.attributes, &world[member.sheet]);
        self.editions[edition].iter().map(contributor).collect()
    }

    fn open(&self) -> Vec<Contributor> {
        let open = self.open.iter().enumerate();
        open.map(|(at, (attributes, scores))| self.contributor(100 + at, 0, attributes, scores)).collect()
    }

    fn contributor(&self, team: usize, sheet: usize, attributes: &Attributes, scores: &[u8]) -> Contributor {
        Contributor {
            team: format!("team-{team:03}").parse().unwrap(),
            assessed: Date::new(2000, 1, 1).unwrap().plus_days(u32::try_from(sheet).unwrap()),
            level: Some(attributes.level),
            types: attributes.types.iter().map(|id| id.parse().unwrap()).collect(),
            scores: Confidential::new(
                self.parameters.iter().copied().zip(scores.iter().map(|s| Score::ALL[usize::from(*s)])).collect(),
            ),
        }
    }

    /// What is published where the control decides, when the editions of `attempts` are attempted.
    pub fn controlled(&self, world: &World, attempts: &[usize]) -> Vec<Seen> {
        let mut past: Vec<SeriesLedger> = Vec::new();
        let mut seen = Vec::new();
        for edition in attempts.iter().copied() {
            if let Decision::Made(made) = decide(&self.roll(world, edition), &past.iter().collect::<Vec<_>>(), false) {
                seen.push(Seen { edition, figures: made.figures.get().clone() });
                past.push(made.ledger);
            }
        }
        seen
    }

    /// What is published where everything is, rounded in the same way.
    pub fn uncontrolled(&self, world: &World, attempts: &[usize]) -> Vec<Seen> {
        let of = |edition: &usize| {
            let mut everybody = self.confidential(world, *edition);
            everybody.extend(self.open());
            let cohorts = groups().into_iter().filter_map(|cohort| self.uncontrolled_figures(&everybody, cohort)).collect();
            let minimum = u32::try_from(MINIMUM).unwrap();
            let withheld = Withheld::default();
            Seen { edition: *edition, figures: SeriesFigures { series: series(), minimum, insisted: false, cohorts, withheld } }
        };
        attempts.iter().map(of).collect()
    }

    fn uncontrolled_figures(&self, everybody: &[Contributor], cohort: Cohort) -> Option<CohortFigures> {
        let members: Vec<BTreeMap<Parameter, Score>> = everybody
            .iter()
            .filter(|contributor| contributor.belongs_to(&cohort))
            .map(|contributor| contributor.scores.look_inside().clone())
            .collect();
        let all = |parameters: &[Parameter]| {
            let scores = members.iter().flat_map(|scores| parameters.iter().map(|parameter| scores[parameter]));
            Spread::of(&scores.collect())
        };
        let met = |profile: &Profile| members.iter().filter(|scores| profile.gaps(scores).is_empty()).count();
        let number = |count: usize| u32::try_from(count).unwrap();
        let share = |profile: &Profile| share_of(number(met(profile)), number(members.len()));
        Some(CohortFigures {
            teams: number(members.len()),
            parameters: self.parameters.iter().map(|p| Some((*p, all(&[*p])?))).collect::<Option<_>>()?,
            categories: [('O', all(&self.parameters)?)].into(),
            profiles: self.profiles.iter().map(|profile| Some((profile.id.clone(), share(profile)?))).collect::<Option<_>>()?,
            cohort,
        })
    }
}

fn attributes(random: &mut Random) -> Attributes {
    let types = ["academic", "national"].into_iter().filter(|_| random.chance(50)).collect();
    Attributes { level: random.pick(&[Level::Accredited, Level::Certified]), types }
}

fn profile(number: usize, parameters: &[Parameter], random: &mut Random) -> Profile {
    let all = random.chance(50);
    let asked = parameters.iter().skip(usize::from(!all));
    Profile {
        id: format!("profile-{number}").parse().unwrap(),
        title: "A profile".parse().unwrap(),
        source: "invented".parse().unwrap(),
        link: None,
        verified: false,
        model: series().model,
        minimum: asked.map(|parameter| (*parameter, Score::ALL[1 + random.below(3)])).collect(),
    }
}
