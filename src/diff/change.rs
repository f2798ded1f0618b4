//! Changes as data: what changed, of what it is said, and what it was before.

use super::{Kind, Risk, Said};
use crate::model::{Date, TeamId};
use std::borrow::Cow;

/// What changed between two versions of a directory.
#[derive(Debug)]
pub struct Comparison {
    /// The day for which levels and keys are told, on both sides.
    pub today: Date,
    /// What was compared with what, in words of whoever asked.
    pub names: [String; 2],
    /// What changed, the part with the gravest change first, then by team. Each has at least one change.
    pub parts: Vec<Part>,
    /// What was left aside on either side, and why: links, files that lie elsewhere, files that are too large.
    pub aside: Vec<Said>,
}

/// What changed of one team, or of the directory itself.
#[derive(Debug)]
pub struct Part {
    /// The team's id, the new one where it has another; none: the directory itself.
    pub team: Option<TeamId>,
    /// The team's name, as far as one is known.
    pub name: Option<String>,
    /// What changed, the gravest first.
    pub changes: Vec<Change>,
}

/// What is told where nothing was, or is.
const NOTHING: &str = "(nothing)";

/// One change.
#[derive(Debug, Clone)]
pub struct Change {
    /// What it is.
    pub kind: Kind,
    /// What is to be said of it.
    pub said: Said,
    /// What was there before; none where nothing was, or it says nothing to a program.
    pub old: Option<String>,
    /// What is there now; none where nothing is.
    pub new: Option<String>,
}

impl Change {
    /// A change of which only words are told.
    pub fn new(kind: Kind, said: Said) -> Self {
        Self { kind, said, old: None, new: None }
    }

    /// The change of a value, after words that say which.
    pub fn of(kind: Kind, said: Said, old: Option<String>, new: Option<String>) -> Self {
        let said = match (&old, &new) {
            (Some(old), Some(new)) => {
                let [old, new] = around_difference(old, new);
                said.theirs(&old).ours(" → ").theirs(&new)
            }
            // Of other kinds the title says whether it came or went.
            (None, Some(new)) if kind.is_of_a_value() => said.ours(format!("{NOTHING} → ")).theirs(new),
            (Some(old), None) if kind.is_of_a_value() => said.theirs(old).ours(format!(" → {NOTHING}")),
            (None, Some(value)) | (Some(value), None) => said.theirs(value),
            (None, None) => said,
        };
        Self { kind, said, old, new }
    }

    /// Which facts are other ones than before: each with its kind, the words that say which it is, and its value.
    pub(super) fn of_facts<const N: usize>(
        old: [(Kind, &'static str, Option<String>); N],
        new: [(Kind, &'static str, Option<String>); N],
    ) -> impl Iterator<Item = Self> {
        let pairs = old.into_iter().zip(new).filter(|((.., was), (.., is))| was != is);
        pairs.map(|((kind, what, was), (.., is))| Self::of(kind, Said::ours_alone(what), was, is))
    }

    /// The same with more words behind it.
    #[must_use]
    pub fn because(mut self, more: Said) -> Self {
        self.said = self.said.and(more);
        self
    }

    /// Something that matters to nobody's trust, in a few words.
    pub fn other(words: &str) -> Self {
        Self::new(Kind::Other, Said::ours_alone(words))
    }
}

/// Two texts from shortly before the place where they differ: of long ones only so much is shown, and the difference is to be
/// in it.
fn around_difference<'t>(old: &'t str, new: &'t str) -> [Cow<'t, str>; 2] {
    /// How many characters before the difference are shown.
    const BEFORE: usize = 80;
    let same = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).count();
    if same <= 2 * BEFORE {
        return [old.into(), new.into()];
    }
    [old, new].map(|text| format!("…{}", text.chars().skip(same - BEFORE).collect::<String>()).into())
}

impl Part {
    /// A part with its changes in order; none where there are none.
    pub(super) fn new(team: Option<TeamId>, name: Option<String>, mut changes: Vec<Change>) -> Option<Self> {
        changes.sort_by_key(|change| (change.kind.risk(), change.kind));
        (!changes.is_empty()).then_some(Self { team, name, changes })
    }

    /// How much its gravest change matters.
    pub fn risk(&self) -> Risk {
        self.changes.first().map_or(Risk::Low, |change| change.kind.risk())
    }
}

impl Comparison {
    /// How many changes matter so much.
    pub fn count(&self, risk: Risk) -> usize {
        self.parts.iter().flat_map(|part| &part.changes).filter(|change| change.kind.risk() == risk).count()
    }
}
