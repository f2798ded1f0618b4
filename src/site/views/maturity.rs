//! Scores that a team publishes itself, against those of others and against minimum profiles.

use super::model::{ModelName, ParameterName};
use crate::assess::{self, AssessedTeam, Assessment, counting};
use crate::model::{Category, Date, Gap, MaturityAssessment, Parameter, Profile, Spread};
use crate::site::Catalogue;
use crate::site::charts::{Layer, Radar};
use crate::site::groups::Groups;
use crate::site::statistics::{Told, page_of};
use serde::Serialize;

/// One assessment.
#[derive(Serialize)]
pub(super) struct MaturityView<'a> {
    assessed: Date,
    /// By which version: what it consists of, every template knows.
    model: ModelName,
    /// Its kind, as it stands in a sentence.
    kind: String,
    /// The scores by category and parameter, in the order of the model; none of a category in which nothing was scored.
    scores: Vec<Vec<Option<u8>>>,
    /// Whether the wording of a name was not compared with a source.
    doubtful: bool,
    /// What follows from it, where it counts on the day.
    standing: Option<Standing<'a>>,
}

/// How the scores compare.
#[derive(Serialize)]
struct Standing<'a> {
    radar: Radar,
    /// How many teams stand behind the median that is drawn, where one is.
    others: Option<Others>,
    /// The profile that is drawn: the first.
    drawn: Option<&'a str>,
    profiles: Vec<Met<'a>>,
}

#[derive(Serialize)]
struct Others {
    /// Of the parameter that most of them scored.
    teams: u32,
    /// Whether fewer scored another one.
    fewer: bool,
    href: String,
}

impl Others {
    /// Of the parameters whose median is drawn.
    fn new<'s>(drawn: impl Iterator<Item = &'s Spread>, href: String) -> Option<Self> {
        let scores: Vec<u32> = drawn.map(|spread| spread.scores).collect();
        let teams = scores.iter().copied().max()?;
        Some(Self { teams, fewer: scores.iter().any(|of_one| *of_one < teams), href })
    }
}

/// A profile, and where the scores fall short of it: nowhere, where they meet it.
#[derive(Serialize)]
struct Met<'a> {
    title: &'a str,
    verified: bool,
    /// How many parameters fall short.
    short: usize,
    /// Those that were scored.
    gaps: Vec<GapView>,
    /// The ids of those that were not.
    not_scored: Vec<String>,
}

#[derive(Serialize)]
struct GapView {
    parameter: ParameterName,
    minimum: u8,
    score: u8,
}

/// The published assessments of a team, newest first; none of a day that has not come.
pub(super) fn published<'a>(
    assessed: &'a AssessedTeam<'a>,
    assessment: &'a Assessment<'a>,
    groups: &'a Groups<'a>,
    texts: &Catalogue,
) -> Vec<MaturityView<'a>> {
    let team = assessed.team;
    let counts = counting(&team.maturity, assessment.directory.config.policy, assessment.today);
    let mut published: Vec<_> = assess::published(team, assessment.today).collect();
    published.sort_by_key(|one| std::cmp::Reverse(one.assessed.value));
    let view = |one: &'a MaturityAssessment| {
        let counts = counts.get(&one.series()).is_some_and(|counts| std::ptr::eq(*counts, one));
        MaturityView::new(one, counts.then(|| Standing::new(one, assessment, groups)), texts)
    };
    published.into_iter().map(view).collect()
}

impl<'a> MaturityView<'a> {
    fn new(assessment: &MaturityAssessment, standing: Option<Standing<'a>>, texts: &Catalogue) -> Self {
        let model = assessment.model;
        let score = |parameter| assessment.scores.get(&parameter).map(|score| score.value());
        let of_category = |category: &Category| {
            let scores: Vec<_> = category.parameters().map(score).collect();
            if scores.iter().any(Option::is_some) { scores } else { Vec::new() }
        };
        Self {
            assessed: assessment.assessed.value,
            model: ModelName::new(model),
            kind: texts.member("assessment", assessment.kind.id()),
            doubtful: !assessment.scores.keys().all(|parameter| model.is_verified(*parameter)),
            scores: model.categories().iter().map(of_category).collect(),
            standing,
        }
    }
}

impl<'a> Standing<'a> {
    fn new(scores: &'a MaturityAssessment, assessment: &'a Assessment<'a>, groups: &'a Groups<'a>) -> Self {
        let series = scores.series();
        let profiles: Vec<&Profile> =
            assessment.directory.profiles.iter().filter(|profile| profile.model == series.model).collect();
        let first = profiles.first().copied();
        // What a single team scores is no median of others.
        let all = groups.figures.of(series).and_then(Told::everybody);
        let of_several = |parameter: Parameter| all?.parameters.get(&parameter).filter(|spread| spread.scores > 1);
        let others = Others::new(series.model.parameters().filter_map(of_several), page_of(series));
        let own = |parameter: Parameter| scores.scores.get(&parameter).map(|score| score.value());
        let median = |parameter: Parameter| Some(of_several(parameter)?.quartiles.median);
        let asked = |parameter: Parameter| first?.minimum.get(&parameter).map(|score| score.value());
        let mut layers: Vec<Layer<&dyn Fn(Parameter) -> Option<u8>>> = vec![Layer { kind: "team", score: &own }];
        if first.is_some() {
            layers.push(Layer { kind: "profile", score: &asked });
        }
        if others.is_some() {
            layers.push(Layer { kind: "median", score: &median });
        }
        Self {
            radar: Radar::new(series.model, None, &layers),
            others,
            drawn: first.map(|profile| profile.title.as_str()),
            profiles: profiles.into_iter().map(|profile| Met::new(profile, scores)).collect(),
        }
    }
}

impl<'a> Met<'a> {
    fn new(profile: &'a Profile, scores: &MaturityAssessment) -> Self {
        let all = profile.gaps(&scores.scores);
        let gap = |gap: &Gap| {
            let parameter = ParameterName::new(gap.parameter, profile.model);
            gap.score.map(|score| GapView { parameter, minimum: gap.minimum.value(), score: score.value() })
        };
        let not_scored = all.iter().filter(|gap| gap.score.is_none()).map(|gap| gap.parameter.to_string());
        Self {
            title: profile.title.as_str(),
            verified: profile.verified,
            short: all.len(),
            gaps: all.iter().filter_map(gap).collect(),
            not_scored: not_scored.collect(),
        }
    }
}
