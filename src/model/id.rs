//! Names that stand in addresses and references.

use super::{Country, checked::checked, schema};
use crate::diagnostic::{Problem, Rule, closest_within, shorten};
use schemars::Schema;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::str::FromStr;

/// Ids that cannot be used, for their pages would collide with ours, some system cannot store such a file, or YAML takes the word
/// for no value.
const RESERVED: &[&str] = &["index", "page", "con", "prn", "aux", "nul", "null"];

/// Names of devices, each with a digit behind it.
const DEVICES: &[&str] = &["com", "lpt"];

/// The longest id, so that a file name with any ending fits every file system.
const LONGEST: usize = 80;

fn check(text: &str) -> Result<Box<str>, Problem> {
    let shown = shorten(text);
    let fail = |help: String| Err(Problem::new(Rule::InvalidId, format!("`{shown}` cannot be an id"), help));
    let device =
        DEVICES.iter().filter_map(|name| text.strip_prefix(name)).any(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit());
    if RESERVED.contains(&text) || device {
        return fail("the name is reserved: choose another".to_owned());
    }
    if text.len() > LONGEST {
        return fail(format!("an id has at most {LONGEST} characters"));
    }
    let letters = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !letters || !text.starts_with(|c: char| c.is_ascii_lowercase()) {
        return fail("an id consists of lower-case letters a-z, digits and hyphens, and begins with a letter".to_owned());
    }
    Ok(text.into())
}

fn written() -> Schema {
    let devices = DEVICES.iter().flat_map(|name| (0..=9).map(move |digit| format!("{name}{digit}")));
    let reserved: Vec<String> = RESERVED.iter().map(ToString::to_string).chain(devices).collect();
    schema::id(LONGEST, &reserved)
}

checked! {
    /// A team's id: the name of its file. `[a-z][a-z0-9-]*`, at most 80 characters, none that is reserved.
    TeamId, check, written();
    /// The id of a body that accredits or certifies: the name of its file.
    AuthorityId, check, written();
    /// The id of a meeting: the name of its file.
    MeetingId, check, written();
    /// The id of a page of the operator's own: the name of its file.
    PageId, check, written();
    /// The id of a SIM3 minimum profile: the name of its file.
    ProfileId, check, written();
    /// A word of an open vocabulary, such as a service or a constituency type.
    Slug, check, written();
}

/// The id of a team or body, or the domain of one, that was most likely meant. Each of them vouches and answers for itself, so that
/// one letter may be wrong or one pair swapped, and no more; and where two differ in nothing but a short part, the code of a country or
/// a number, they are those of two.
pub fn meant_id<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const SHORT: usize = 2;
    let are_alike = |(a, b): (&str, &str)| a == b || a.len().max(b.len()) <= SHORT || differ_in_code(a, b);
    let are_two = |known: &str| parts(written).count() == parts(known).count() && parts(written).zip(parts(known)).all(are_alike);
    closest_within(written, known.into_iter().filter(|known| !are_two(known)), 1)
}

/// What of an id or a domain stands by itself.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['-', '.'])
}

/// Whether two words differ in nothing but the code of a country at one end, or a number behind: `certfr` and `certfi`, `cert1` and
/// `cert2`.
fn differ_in_code(a: &str, b: &str) -> bool {
    // A shorter word is none with a code beside it.
    const LEAST: usize = 4;
    let stem = |word| str::trim_end_matches(word, |c: char| c.is_ascii_digit());
    let are_numbered = stem(a) == stem(b) && stem(a).len() < a.len().min(b.len());
    let is_country = |code: &str| Country::from_code(&code.to_ascii_uppercase()).is_ok();
    let before = |word| str::split_at_checked(word, 2).map(|(code, stem)| (stem, code));
    let behind = |word| str::len(word).checked_sub(2).and_then(|at| str::split_at_checked(word, at));
    let are_countries = [before(a).zip(before(b)), behind(a).zip(behind(b))]
        .into_iter()
        .flatten()
        .any(|((stem, code), (other, known))| stem == other && stem.len() >= LEAST && is_country(code) && is_country(known));
    are_numbered || are_countries
}

/// The longest id that is made of a name, so that a number fits behind it.
const LONGEST_FOLDED: usize = 70;

/// What an id can be made of: the lower-case ASCII letters and digits of a name in whatever script, with one hyphen for whatever
/// stands between them, at most 70 characters. It may be empty, begin with a digit or be reserved.
pub fn fold_to_id(name: &str) -> String {
    let mut folded = String::new();
    for c in deunicode::deunicode(name).chars() {
        if c.is_ascii_alphanumeric() {
            folded.push(c.to_ascii_lowercase());
        } else if !folded.is_empty() && !folded.ends_with('-') {
            folded.push('-');
        }
    }
    folded.truncate(LONGEST_FOLDED);
    folded.truncate(folded.trim_end_matches('-').len());
    folded
}

/// Ids that were given, each once.
#[derive(Debug)]
pub struct GivenIds<T> {
    given: BTreeSet<T>,
    /// The last number that was tried behind an id.
    last: BTreeMap<T, usize>,
}

impl<T> Default for GivenIds<T> {
    fn default() -> Self {
        Self { given: BTreeSet::new(), last: BTreeMap::new() }
    }
}

impl<T: Ord + Clone + Display + FromStr> GivenIds<T> {
    /// Gives `wanted` where nobody has it, else that id with the first free number behind it, from 2 on; `None` where such an id
    /// would be too long.
    pub fn give(&mut self, wanted: &T) -> Option<T> {
        let mut id = wanted.clone();
        while self.given.contains(&id) {
            let last = self.last.entry(wanted.clone()).or_insert(1);
            *last += 1;
            id = format!("{wanted}-{last}").parse().ok()?;
        }
        self.given.insert(id.clone());
        Some(id)
    }
}

impl Slug {
    /// The id in words: `law-enforcement` as `Law enforcement`.
    pub fn words(&self) -> String {
        let text = self.0.replace('-', " ");
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_given_once() {
        let mut ids = GivenIds::default();
        let given = ["a", "a", "a-2", "a"].map(|id| ids.give(&id.parse::<Slug>().unwrap()).unwrap().to_string());
        assert_eq!(given, ["a", "a-2", "a-2-2", "a-3"]);
    }

    #[test]
    fn an_id_of_another_is_not_meant() {
        let known = ["csirt-at", "team-1", "cert-alpha", "ab", "certfi", "nocert", "cert21", "alpha.example", "beta.fi"];
        for (written, meant) in [
            ("cert-alpa", Some("cert-alpha")),
            ("cert-aplha", Some("cert-alpha")),
            ("certalpha", Some("cert-alpha")),
            ("csrit-at", Some("csirt-at")),
            ("cert-aplah", None),
            ("csirt-fr", None),
            ("csirt-it", None),
            ("team-2", None),
            ("ac", None),
            ("certfr", None),
            ("cert-fr", None),
            ("certf", Some("certfi")),
            ("certxi", Some("certfi")),
            ("frcert", None),
            ("secert", None),
            ("cert22", None),
            ("alpa.example", Some("alpha.example")),
            ("bata.fi", Some("beta.fi")),
            ("beta.fr", None),
            ("beta.example", None),
        ] {
            assert_eq!(meant_id(written, known), meant, "{written}");
        }
    }

    #[test]
    fn ids_are_safe_in_addresses_and_file_systems() {
        for good in ["a", "cert-alpha", "cert2", "computer", "com10x"] {
            assert!(good.parse::<TeamId>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "Cert",
            "2cert",
            "-a",
            "a_b",
            "a.b",
            "../a",
            "a/b",
            "con",
            "com1",
            "lpt9",
            "index",
            "page",
            "null",
            "č",
            &"a".repeat(81),
        ] {
            assert_eq!(bad.parse::<TeamId>().map_err(|p| p.rule), Err(Rule::InvalidId), "{bad}");
        }
    }
}
