//! Domain names.

use super::text::{QUOTES, is_dash};
use crate::diagnostic::{Problem, Rule, shorten};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use unicode_normalization::char::is_combining_mark;

/// A domain name as lower-case A-labels (RFC 5890), without a dot at its end.
///
/// A leading `*.` is kept, for other directories write it, but means nothing: `*.at` and `at` are the same claim.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Domain {
    ascii: Box<str>,
    wildcard: bool,
}

impl Domain {
    /// The name in A-labels, without `*.`: what a claim is about.
    pub fn name(&self) -> &str {
        &self.ascii
    }

    /// The name as people read it, in U-labels, with `*.` where it was written.
    pub fn unicode(&self) -> String {
        let (text, errors) = idna::domain_to_unicode(&self.ascii);
        let name = if errors.is_ok() { text.as_str() } else { &*self.ascii };
        format!("{}{name}", self.star())
    }

    /// Whether the name is set aside (RFC 2606, RFC 6761, RFC 9476), so that no team can answer for it.
    pub fn is_reserved(&self) -> bool {
        let last = self.ascii.rsplit('.').next().unwrap_or_default();
        let under = |name: &str| *self.ascii == *name || self.ascii.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'));
        matches!(last, "example" | "test" | "invalid" | "localhost" | "local" | "alt")
            || ["example.com", "example.net", "example.org"].into_iter().any(under)
    }

    fn star(&self) -> &'static str {
        if self.wildcard { "*." } else { "" }
    }
}

impl FromStr for Domain {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let shown = shorten(text);
        let fail = |help: Cow<'static, str>| Problem::new(Rule::InvalidDomain, format!("`{shown}` is not a domain name"), help);
        let (wildcard, name) = text.strip_prefix("*.").map_or((false, text), |name| (true, name));
        let name = name.strip_suffix('.').unwrap_or(name);
        if name.contains(['/', '@', ':']) {
            return Err(fail("write the name alone, such as alpha.example, without https:// or a user name".into()));
        }
        if !name.chars().all(is_in_names) {
            let meant = text.replace(QUOTES, "").replace(is_dash, "-");
            if meant == text || meant.parse::<Self>().is_err() {
                return Err(fail("write letters, digits, hyphens and dots alone: quotes and signs are no part of a name".into()));
            }
            // An asterisk begins an alias where it does not stand in quotes.
            let problem = fail(format!("write it with the signs of a keyboard: \"{meant}\"").into());
            return Err(problem.or_rather(Some(meant).filter(|meant| !meant.starts_with('*'))));
        }
        let ascii = idna::domain_to_ascii_cow(name.as_bytes(), idna::AsciiDenyList::STD3)
            .map_err(|_| fail("each part between dots consists of letters, digits and hyphens".into()))?;
        if ascii.split('.').any(|label| label.starts_with('-') || label.ends_with('-')) {
            return Err(fail("a part between dots neither begins nor ends with a hyphen".into()));
        }
        let labels_fit = ascii.len() <= 253 && ascii.split('.').all(|label| (1..=63).contains(&label.len()));
        if !labels_fit {
            return Err(fail("each part between dots has 1 to 63 characters, and the whole at most 253".into()));
        }
        if ascii.rsplit('.').next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit())) {
            return Err(fail("the last part is a number; write addresses and networks under `networks`".into()));
        }
        Ok(Self { ascii: ascii.into(), wildcard })
    }
}

/// Whether a character may stand in a name as people write it: of those beyond ASCII letters, digits and marks, and the few others
/// that IDNA 2008 takes in their context (RFC 5892, appendix A); and what East Asian keyboards have for a dot.
fn is_in_names(c: char) -> bool {
    let in_context = matches!(c, '·' | '\u{375}' | '\u{5f3}' | '\u{5f4}' | '\u{30fb}' | '\u{200c}' | '\u{200d}');
    c.is_ascii() || c.is_alphanumeric() || is_combining_mark(c) || in_context || matches!(c, '。' | '．' | '｡')
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.star(), self.ascii)
    }
}

impl serde::Serialize for Domain {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_lower_case_a_labels() {
        for (written, kept) in [
            ("Alpha.Example", "alpha.example"),
            ("bücher.example.", "xn--bcher-kva.example"),
            ("*.at", "*.at"),
            ("例え.example", "xn--r8jz45g.example"),
            ("例え。example", "xn--r8jz45g.example"),
            ("हिन्दी.example", "xn--j2bd4cyah0f.example"),
            ("col·lecció.example", "xn--collecci-ioa91d.example"),
        ] {
            assert_eq!(written.parse::<Domain>().map(|d| d.to_string()).as_deref(), Ok(kept));
        }
        assert_eq!("*.xn--bcher-kva.example".parse::<Domain>().map(|d| d.unicode()).as_deref(), Ok("*.bücher.example"));
    }

    #[test]
    fn refuses_what_is_no_name() {
        let long = "a".repeat(64);
        for bad in [
            "",
            ".",
            "a..b",
            "-a.example",
            "a_b.example",
            "https://a.example",
            "a@b.example",
            "192.0.2.1",
            "x.*",
            "“alpha.example”",
            "‘alpha.example",
            "alpha…example",
            "alpha․example",
            "alpha–team.example",
            "☎.example",
            "*",
            "a b",
            &long,
        ] {
            assert_eq!(bad.parse::<Domain>().map_err(|p| p.rule), Err(Rule::InvalidDomain), "{bad}");
        }
    }

    #[test]
    fn what_takes_its_place_is_the_same_name() {
        for (written, cure, replacement) in [
            ("“alpha.example”", "\"alpha.example\"", Some("alpha.example")),
            ("alpha–team.example", "\"alpha-team.example\"", Some("alpha-team.example")),
            ("alpha−team‐x.example", "\"alpha-team-x.example\"", Some("alpha-team-x.example")),
            ("“*.alpha.example”", "\"*.alpha.example\"", None),
            ("alpha․example", "letters, digits, hyphens and dots", None),
            ("alpha™.example", "letters, digits, hyphens and dots", None),
        ] {
            let problem = written.parse::<Domain>().unwrap_err();
            assert!(problem.help.contains(cure), "{written}: {}", problem.help);
            assert_eq!(problem.replacement.as_deref(), replacement, "{written}");
        }
    }
}
