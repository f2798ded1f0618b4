//! Names that stand in addresses and references.

use super::{checked::checked, schema};
use crate::diagnostic::{Problem, Rule, shorten};
use schemars::Schema;

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
