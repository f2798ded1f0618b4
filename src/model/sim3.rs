//! The versions of SIM3, from data: categories, parameters with their names, and what the levels 0 to 4 mean.
//!
//! A version is a file beside this one and a line in [`FILES`]. What it says was checked when the tests ran, so that
//! nothing can go wrong with it later. Scores are for `maturity`, minimums for `profile`.

use super::keyword;
use crate::diagnostic::{Problem, Rule, shorten};
use serde::Deserialize;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// Every version that is known, the oldest first; and behind them the response tests, which are no version of SIM3 but are
/// scored like one, so that what they add up to is told by the same rules.
const FILES: &[&str] =
    &[include_str!("sim3/sim3-v1.json"), include_str!("sim3/sim3-v2i.json"), include_str!("sim3/response-tests.json")];

/// How the response tests call themselves.
const RESPONSE_TESTS: &str = "response-tests";

/// What the files say.
static VERSIONS: LazyLock<Vec<Version>> =
    LazyLock::new(|| FILES.iter().filter_map(|text| serde_json::from_str(text).ok()).collect());

/// The letters of the categories, in the order in which the versions have them.
static LETTERS: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut letters = Vec::new();
    for category in VERSIONS.iter().flat_map(|version| &version.categories) {
        if !letters.contains(&category.letter) {
            letters.push(category.letter);
        }
    }
    letters
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Version {
    id: String,
    title: String,
    source: String,
    levels: [String; 5],
    categories: Vec<Category>,
}

/// A category of parameters in one version.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// The letter with which its parameters begin.
    pub letter: char,
    /// Its name.
    pub name: String,
    parameters: Vec<Named>,
}

/// A parameter's place in its category, and its name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    number: u8,
    /// The name in words.
    pub name: String,
    /// Whether the wording was compared with a source.
    pub verified: bool,
}

/// A version of the Security Incident Management Maturity Model; or the response tests, of which no file of a team or a profile
/// can say that they are its model. Versions are never averaged together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sim3(u8);

impl Sim3 {
    /// Every version of SIM3, the oldest first.
    pub fn all() -> impl Iterator<Item = Self> + Clone {
        Self::scored().filter(|model| model.is_sim3())
    }

    /// Every version of SIM3, and the response tests.
    pub fn scored() -> impl Iterator<Item = Self> + Clone {
        (0..).map(Self).take(VERSIONS.len())
    }

    /// The response tests.
    pub fn response_tests() -> Option<Self> {
        Self::scored().find(|model| !model.is_sim3())
    }

    /// Whether it is a version of SIM3, and not the response tests.
    pub fn is_sim3(self) -> bool {
        self.id() != RESPONSE_TESTS
    }

    fn version(self) -> &'static Version {
        // A value of this type is made from a place in the list, and from nothing else.
        &VERSIONS[usize::from(self.0)]
    }

    /// The word by which it is written: `sim3-v2i`.
    pub fn id(self) -> &'static str {
        &self.version().id
    }

    /// Its name: `SIM3 version 2 interim`.
    pub fn title(self) -> &'static str {
        &self.version().title
    }

    /// Where its numbers and names are from, and how sure that is.
    pub fn source(self) -> &'static str {
        &self.version().source
    }

    /// What the scores 0 to 4 mean.
    pub fn levels(self) -> &'static [String; 5] {
        &self.version().levels
    }

    /// Its categories, in the model's order.
    pub fn categories(self) -> &'static [Category] {
        &self.version().categories
    }

    /// All parameters that it scores, in the model's order.
    pub fn parameters(self) -> impl Iterator<Item = Parameter> {
        self.categories().iter().flat_map(Category::parameters)
    }

    /// The name that it gives to a parameter; `None` where it does not score it.
    pub fn name_of(self, parameter: Parameter) -> Option<&'static Named> {
        let category = self.categories().iter().find(|category| category.letter == parameter.category())?;
        category.parameters.iter().find(|named| named.number == parameter.number)
    }

    /// Whether the wording of a parameter's name was compared with a source; a parameter that it does not score has none.
    pub fn is_verified(self, parameter: Parameter) -> bool {
        self.name_of(parameter).is_none_or(|named| named.verified)
    }
}

impl Category {
    /// Its parameters, in the model's order.
    pub fn parameters(&self) -> impl Iterator<Item = Parameter> {
        let rank = LETTERS.iter().zip(0..).find(|(letter, _)| **letter == self.letter).map_or(0, |(_, rank)| rank);
        self.parameters.iter().map(move |named| Parameter { category: rank, number: named.number })
    }
}

impl FromStr for Sim3 {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let found = Self::all().find(|version| version.id() == text);
        found.ok_or_else(|| keyword::unknown(text, "a SIM3 version", Self::all().map(Self::id)))
    }
}

/// What the figures of an edition may be of: a version of SIM3, or the response tests.
#[derive(Debug, Clone, Copy)]
pub struct ScoredModel(pub Sim3);

impl FromStr for ScoredModel {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let found = Sim3::scored().find(|model| model.id() == text).map(Self);
        found.ok_or_else(|| keyword::unknown(text, "a SIM3 version", Sim3::scored().map(Sim3::id)))
    }
}

impl fmt::Display for Sim3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl serde::Serialize for Sim3 {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

/// A parameter of SIM3, `O-1` to `P-17`, in the model's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Parameter {
    /// Which of [`LETTERS`].
    category: u8,
    number: u8,
}

impl Parameter {
    /// The letter of its category: O, H, T or P.
    pub fn category(self) -> char {
        LETTERS[usize::from(self.category)]
    }

    /// Whether `version` scores it: version 1 leaves O-6 blank.
    pub fn is_scored_in(self, version: Sim3) -> bool {
        version.name_of(self).is_some()
    }
}

impl FromStr for Parameter {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        // Every score of every entry comes by here: nothing is spelt out to be compared.
        let category = text.chars().next();
        let number = text.split_once('-').filter(|(letter, digits)| letter.len() == 1 && !digits.starts_with(['0', '+']));
        let number = number.and_then(|(_, digits)| digits.parse().ok());
        let mut all = Sim3::scored().flat_map(Sim3::parameters);
        all.find(|parameter| category == Some(parameter.category()) && number == Some(parameter.number)).ok_or_else(|| {
            let shown = shorten(text);
            Problem::new(Rule::UnknownParameter, format!("`{shown}` is not a SIM3 parameter"), known())
        })
    }
}

/// `the parameters are O-1 to O-11, H-1 to H-7 and T-1 to T-10`.
fn known() -> String {
    let last = |letter: char| Sim3::all().flat_map(Sim3::parameters).filter(|p| p.category() == letter).map(|p| p.number).max();
    let letters = LETTERS.iter().filter(|letter| last(**letter).is_some());
    let ranges: Vec<String> =
        letters.map(|letter| format!("{letter}-1 to {letter}-{}", last(*letter).unwrap_or_default())).collect();
    match ranges.split_last() {
        Some((end, start)) if !start.is_empty() => format!("the parameters are {} and {end}", start.join(", ")),
        _ => format!("the parameters are {}", ranges.concat()),
    }
}

impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.category(), self.number)
    }
}

impl serde::Serialize for Parameter {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(id: &str) -> Sim3 {
        id.parse().unwrap()
    }

    #[test]
    fn every_file_is_read_and_says_something() {
        assert_eq!(VERSIONS.len(), FILES.len());
        assert_eq!(Sim3::all().count() + 1, FILES.len());
        assert!(RESPONSE_TESTS.parse::<Sim3>().is_err() && RESPONSE_TESTS.parse::<ScoredModel>().is_ok());
        for version in Sim3::all() {
            assert_eq!(version.id().parse(), Ok(version));
            assert!(!version.title().is_empty() && version.source().ends_with('.'), "{version}");
            assert!(version.levels().iter().all(|level| !level.is_empty()), "{version}");
            let letters: Vec<char> = version.categories().iter().map(|category| category.letter).collect();
            assert!(LETTERS.starts_with(&letters), "{version}");
            for category in version.categories() {
                let numbers: Vec<u8> = category.parameters.iter().map(|named| named.number).collect();
                assert!(numbers.is_sorted_by(|a, b| a < b) && numbers[0] == 1, "{version}: {}", category.name);
                assert!(category.parameters.iter().all(|named| !named.name.is_empty()), "{version}: {}", category.name);
            }
        }
    }

    #[test]
    fn versions_have_44_and_45_parameters() {
        assert_eq!(version("sim3-v1").parameters().count(), 44);
        assert_eq!(version("sim3-v2i").parameters().count(), 45);
        let counts: Vec<usize> = version("sim3-v2i").categories().iter().map(|category| category.parameters().count()).collect();
        assert_eq!(counts, [11, 7, 10, 17]);
    }

    #[test]
    fn only_version_2_has_a_public_media_policy() {
        let parameter: Parameter = "O-6".parse().unwrap();
        assert!(version("sim3-v1").name_of(parameter).is_none());
        let named = version("sim3-v2i").name_of(parameter).unwrap();
        assert_eq!((named.name.as_str(), named.verified), ("Public Media Policy", true));
    }

    #[test]
    fn parameters_keep_the_order_of_the_model() {
        let all: Vec<_> = version("sim3-v2i").parameters().map(|p| p.to_string()).collect();
        assert_eq!((all[0].as_str(), all[9].as_str(), all[11].as_str(), all[44].as_str()), ("O-1", "O-10", "H-1", "P-17"));
        assert!(version("sim3-v2i").parameters().is_sorted());
        for bad in ["O-0", "O-12", "o-1", "O1", "O-01", "X-1", ""] {
            assert!(bad.parse::<Parameter>().is_err(), "{bad}");
        }
    }
}
