//! Values that stand in `site.yaml` alone.

use crate::diagnostic::{Problem, Rule, shorten};
use crate::model::{EmailAddress, Url, keywords};
use crate::yaml::{Kind, Node, Read, Reader};
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// A mapping with keys of one kind and values of another.
#[derive(Debug)]
pub(super) struct Dictionary<K, V>(pub(super) Vec<(K, V)>);

impl<K, V> Default for Dictionary<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: FromStr<Err = Problem>, V: Read> Read for Dictionary<K, V> {
    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        let Kind::Mapping(entries) = &node.kind else {
            reader.wrong_type(node, "a mapping is expected: write each key on a line of its own, with a colon and its value");
            return None;
        };
        let mut read = Vec::new();
        for (key, value) in entries {
            match key.text.parse() {
                Ok(key) => read.extend(V::read(value, reader).map(|value| (key, value))),
                Err(problem) => reader.report(problem, key.span),
            }
        }
        Some(Self(read))
    }
}

/// A whole number in `range`, in digits alone.
fn whole<N: FromStr + PartialOrd>(text: &str, range: &RangeInclusive<N>) -> Option<N> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|number| digits && range.contains(number))
}

/// What a [`Duration`] may be.
pub(super) const DURATIONS: RangeInclusive<u32> = 1..=3650;

/// What a [`GroupSize`] may be. Below 5 nobody could be protected.
pub(super) const GROUP_SIZES: RangeInclusive<usize> = 5..=3650;

/// What a [`FileCount`] may be.
pub(super) const FILE_COUNTS: RangeInclusive<usize> = 1..=10_000_000;

/// What a [`SponsorCount`] may be.
pub(super) const SPONSOR_COUNTS: RangeInclusive<usize> = 0..=9;

/// A number of years, months or days.
#[derive(Debug, Clone, Copy)]
pub(super) struct Duration(pub(super) u32);

impl FromStr for Duration {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        whole(text, &DURATIONS).map(Self).ok_or_else(|| {
            let message = format!("`{}` is not a duration", shorten(text));
            Problem::new(Rule::InvalidNumber, message, "write a whole number from 1 to 3650")
        })
    }
}

/// How many teams a group needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct GroupSize(pub(super) usize);

impl FromStr for GroupSize {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        whole(text, &GROUP_SIZES).map(Self).ok_or_else(|| {
            let message = format!("`{}` is not a size for groups", shorten(text));
            let help = "write a whole number from 5 to 3650; in smaller groups nobody could be protected";
            Problem::new(Rule::InvalidNumber, message, help)
        })
    }
}

/// How many teams vouch for another.
#[derive(Debug, Clone, Copy)]
pub(super) struct SponsorCount(pub(super) usize);

impl FromStr for SponsorCount {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        whole(text, &SPONSOR_COUNTS).map(Self).ok_or_else(|| {
            let message = format!("`{}` is not a number of sponsors", shorten(text));
            Problem::new(Rule::InvalidNumber, message, "write a whole number from 0 to 9; 0 asks for no sponsors")
        })
    }
}

keywords! {
    /// Yes or no.
    pub enum Switch, "a switch" {
        /// Yes.
        On = "true",
        /// No.
        Off = "false",
    }
}

/// The address under which the site will stand: it ends with a slash, and has neither query nor fragment.
#[derive(Debug, Clone)]
pub(super) struct BaseUrl(pub(super) Url);

impl FromStr for BaseUrl {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let url: Url = text.parse()?;
        if url.href().ends_with('/') && !url.href().contains(['?', '#']) {
            return Ok(Self(url));
        }
        let help = "it ends with a slash and has neither ? nor #: https://directory.example.org/";
        Err(Problem::new(Rule::InvalidUrl, format!("`{text}` cannot be the site's address"), help))
    }
}

/// Where a file of the project can be changed in a browser: a page that is read over https, for any file.
#[derive(Debug, Clone)]
pub struct Repository {
    before: Box<str>,
    after: Box<str>,
}

/// What stands for the path of a file in a [`Repository`].
const PATH: &str = "{path}";

/// What stands in its place while the rest is read as a link, which would change the braces.
const STAND_IN: &str = "the-path-of-a-file";

impl Repository {
    /// The page for `file`, as findings show it: its name consists of characters that stand in an address as they are.
    pub fn page(&self, file: &str) -> String {
        format!("{}{file}{}", self.before, self.after)
    }
}

impl FromStr for Repository {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let shown = shorten(text);
        let fail = |why: &str| {
            let help = "write the page on which a file is changed, with {path} where the path of the file stands: \
                        https://git.example/org/directory/edit/main/{path}";
            Problem::new(Rule::InvalidUrl, format!("`{shown}` {why}"), help)
        };
        if text.matches(PATH).count() != 1 || text.contains(STAND_IN) {
            return Err(fail("does not have `{path}` in one place"));
        }
        let url: Url = text.replace(PATH, STAND_IN).parse()?;
        match url.href().split_once(STAND_IN) {
            Some((before, _)) if !before.starts_with("https://") => Err(fail("is not read over https")),
            Some((before, after)) if before.matches('/').count() > 2 => Ok(Self { before: before.into(), after: after.into() }),
            _ => Err(fail("has `{path}` in the name of its host")),
        }
    }
}

/// A number of files.
#[derive(Debug, Clone, Copy)]
pub(super) struct FileCount(pub(super) usize);

impl FromStr for FileCount {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        whole(text, &FILE_COUNTS).map(Self).ok_or_else(|| {
            let message = format!("`{}` is not a number of files", shorten(text));
            Problem::new(Rule::InvalidNumber, message, "write a whole number from 1 to 10000000, such as 20000")
        })
    }
}

/// Whom to tell of a weakness of the site: an e-mail address, or a page that is read over https, as RFC 9116 has it
/// (section 2.5.3).
#[derive(Debug, Clone)]
pub enum SecurityContact {
    /// An address to write to.
    Email(EmailAddress),
    /// A page that says how; RFC 9116, section 2.5.3, wants it read over https.
    Page(Url),
}

impl FromStr for SecurityContact {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        if text.contains("://") {
            let url: Url = text.parse()?;
            if !url.href().starts_with("https://") {
                let message = format!("`{}` is not read over https", shorten(text));
                let help = "security.txt takes only pages that begin with https:// (RFC 9116), and e-mail addresses";
                return Err(Problem::new(Rule::InvalidUrl, message, help));
            }
            return Ok(Self::Page(url));
        }
        text.strip_prefix("mailto:").unwrap_or(text).parse().map(Self::Email)
    }
}

impl fmt::Display for SecurityContact {
    /// As RFC 9116 has it: a URI.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Email(address) => write!(f, "mailto:{address}"),
            Self::Page(url) => f.write_str(url.href()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_leads_to_any_file() {
        for (text, page) in [
            ("https://git.example/o/d/edit/main/{path}", "https://git.example/o/d/edit/main/content/teams/a.yaml"),
            ("https://git.example/d?file={path}&line=1", "https://git.example/d?file=content/teams/a.yaml&line=1"),
            ("https://bücher.example/{path}", "https://xn--bcher-kva.example/content/teams/a.yaml"),
        ] {
            let repository: Repository = text.parse().unwrap();
            assert_eq!(repository.page("content/teams/a.yaml"), page);
        }
    }

    #[test]
    fn what_is_no_repository_is_told_with_its_cure() {
        for bad in [
            "https://git.example/o/d",
            "https://git.example/{path}/{path}",
            "http://git.example/{path}",
            "https://{path}/a",
            "https://a.{path}.example/a",
            "javascript:{path}",
            "//git.example/{path}",
            "git.example/{path}",
            "https://u:p@git.example/{path}",
        ] {
            let rule = bad.parse::<Repository>().err().map(|problem| problem.rule);
            assert_eq!(rule, Some(Rule::InvalidUrl), "{bad}");
        }
    }
}
