//! Fingerprints of OpenPGP keys and S/MIME certificates.

use super::text::is_dash;
use crate::diagnostic::{Problem, Rule, shorten};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// The whole fingerprint of an OpenPGP key, 40 hexadecimal digits (version 4, RFC 4880) or 64 (version 6, RFC 9580), or of
/// an S/MIME certificate, 64 (SHA-256); kept in upper case without spaces. Shorter ids can be forged and are refused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(Box<str>);

impl Fingerprint {
    /// The digits in upper case, without spaces.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// The long key id of an OpenPGP key: the last 16 digits of a fingerprint of version 4, the first 16 of one of version 6
    /// (RFC 9580, section 5.5.4). S/MIME has none.
    pub fn key_id(&self) -> &str {
        let (first, end) = if self.0.len() == 40 { (24, 40) } else { (0, 16) };
        self.0.get(first..end).unwrap_or_default()
    }
}

impl FromStr for Fingerprint {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let digits: String = text.strip_prefix("0x").unwrap_or(text).chars().filter(|c| !is_between(*c)).collect();
        if text.contains("-----BEGIN PGP PUBLIC KEY") || text.contains("-----BEGIN CERTIFICATE") {
            let help = "put the key into a file of its own beside this one, called like it but .asc (a certificate: .pem), and write \
                        its fingerprint here";
            return Err(Problem::new(Rule::InvalidFingerprint, "this is a key, and no fingerprint", help).confidential());
        }
        if let Some(problem) = with_more(text) {
            return Err(problem);
        }
        if is_far_off(text) {
            let help = "write the whole fingerprint, as `gpg --fingerprint` shows it; where this was a secret key, it is one no \
                        longer: revoke it";
            return Err(Problem::new(Rule::InvalidFingerprint, "this is not a fingerprint", help).confidential());
        }
        let fail = |help: Cow<'static, str>| {
            Err(Problem::new(Rule::InvalidFingerprint, format!("`{}` is not a fingerprint", shorten(text)), help))
        };
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return fail("a fingerprint consists of the digits 0-9 and A-F; spaces and colons between groups are allowed".into());
        }
        if digits.bytes().all(|b| b == b'0') && !digits.is_empty() {
            return fail(
                "no key has a fingerprint of zeros alone: write the real one, or leave the key out until it is known".into(),
            );
        }
        match digits.len() {
            40 | 64 => Ok(Self(digits.to_ascii_uppercase().into())),
            8 | 16 => fail(
                "this is a short key id, which others can forge: write the whole fingerprint, as `gpg --fingerprint` shows it"
                    .into(),
            ),
            found => fail(
                format!("there are {found} digits; a whole fingerprint has 40 (OpenPGP version 4) or 64 (version 6, or S/MIME)")
                    .into(),
            ),
        }
    }
}

/// The problem of a whole fingerprint with what programs print before it, or with hyphens between its groups.
fn with_more(text: &str) -> Option<Problem> {
    const LONGEST_WORDS: usize = 40;
    let (words, digits) = text.rsplit_once('=').unwrap_or(("", text));
    let digits = digits.trim().replace(|c| c == '-' || is_dash(c), "");
    if words.len() > LONGEST_WORDS || !text.contains(|c| matches!(c, '=' | '-') || is_dash(c)) {
        return None;
    }
    let whole: Fingerprint = digits.parse().ok()?;
    let problem = |help: String| Problem::new(Rule::InvalidFingerprint, "more than a fingerprint stands here", help);
    // What OpenSSL prints where nobody asks for another.
    if words.to_ascii_lowercase().contains("sha1") {
        return Some(problem(
            "write the one that `openssl x509 -noout -fingerprint -sha256` prints, without the words".to_owned(),
        ));
    }
    Some(problem(format!("write the digits alone: {whole}")).or_rather(Some(whole.to_string())))
}

/// Whether a text is so far from a fingerprint that it may be a part of a secret key, which must not be repeated.
fn is_far_off(text: &str) -> bool {
    const LONGEST: usize = 80;
    const MOST_SLIPS: usize = 8;
    let slips = text.chars().filter(|c| !c.is_ascii_hexdigit() && !is_between(*c)).count();
    slips > MOST_SLIPS || text.chars().filter(|c| !is_between(*c)).count() > LONGEST
}

/// Whether a character may stand between the groups of digits: blanks, those too that do not break and are seen as blanks, and colons.
fn is_between(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | ':')
}

impl Fingerprint {
    /// The last sixteen digits, in groups of four. Eight would be a key id that anybody can forge.
    pub fn last_digits(&self) -> String {
        const SHOWN: usize = 4 * 4 + 3;
        let groups = self.to_string();
        groups[groups.len() - SHOWN..].to_owned()
    }
}

impl fmt::Display for Fingerprint {
    /// In groups of four digits with one space between them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for at in (0..self.0.len()).step_by(4) {
            if at > 0 {
                f.write_str(" ")?;
            }
            f.write_str(self.0.get(at..at + 4).unwrap_or_default())?;
        }
        Ok(())
    }
}

impl serde::Serialize for Fingerprint {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_its_digits() {
        let print: Fingerprint = "0x945c28084340505c36ccfa6bca51953660f3b29b".parse().unwrap();
        assert_eq!(print.to_string(), "945C 2808 4340 505C 36CC FA6B CA51 9536 60F3 B29B");
        assert_eq!(print.to_string().len(), 49);
        let with_colons: Fingerprint = "94:5C:28:08:43:40:50:5C:36:CC:FA:6B:CA:51:95:36:60:F3:B2:9B".parse().unwrap();
        assert_eq!(with_colons, print);
        let copied = "945C\u{a0}2808\u{a0}4340\u{a0}505C\u{a0}36CC\u{202f}FA6B\u{a0}CA51\u{a0}9536\u{a0}60F3\u{a0}B29B";
        assert_eq!(copied.parse::<Fingerprint>(), Ok(print));
    }

    #[test]
    fn refuses_what_can_be_forged_or_mistyped() {
        for (bad, hint) in [
            ("60F3B29B", "forge"),
            ("CA51953660F3B29B", "forge"),
            ("945C 2808", "forge"),
            ("945C", "4 digits"),
            ("O45C28084340505C36CCFA6BCA51953660F3B29B", "0-9"),
        ] {
            let problem = bad.parse::<Fingerprint>().unwrap_err();
            assert!(problem.help.contains(hint) && !problem.confidential, "{}", problem.help);
        }
        let zeros = "0".repeat(40).parse::<Fingerprint>().unwrap_err();
        assert!(zeros.help.contains("zeros"), "{}", zeros.help);
    }

    #[test]
    fn blanks_around_it_are_no_words() {
        for blank in [" ", "\u{a0}"] {
            let written = format!("{blank}945C 2808 4340 505C 36CC FA6B CA51 9536 60F3 B29B{blank}");
            assert!(written.parse::<Fingerprint>().is_ok(), "{written:?}");
        }
    }

    #[test]
    fn a_fingerprint_as_programs_print_it_is_no_secret() {
        let (bytes, print) = (["AB"; 32].join(":"), ["ABAB"; 16].join(" "));
        let groups = "945C 2808 4340 505C 36CC FA6B CA51 9536 60F3 B29B";
        for (written, meant) in [
            (format!("sha256 Fingerprint={bytes}"), Some(&*print)),
            (format!("Key fingerprint = {groups}"), Some(groups)),
            (groups.replace(' ', "-"), Some(groups)),
            (groups.replace(' ', "–"), Some(groups)),
            (format!("SHA1 Fingerprint={}", ["AB"; 20].join(":")), None),
        ] {
            let problem = written.parse::<Fingerprint>().unwrap_err();
            assert!(!problem.confidential && !problem.help.contains("revoke"), "{written}: {}", problem.help);
            assert_eq!(problem.replacement.as_deref(), meant, "{written}");
        }
    }

    #[test]
    fn what_may_be_a_secret_is_not_repeated() {
        let behind = format!("{}={}", "lQVYBGWeXw0BDADJ3f7qk9zXgkq1".repeat(2), "AB".repeat(20));
        for text in ["lQVYBGWeXw0BDADJ3f7qk9zXgkq1", &"AB".repeat(41), &behind] {
            let problem = text.parse::<Fingerprint>().unwrap_err();
            assert!(problem.confidential, "{text}");
            assert_eq!(problem.message, "this is not a fingerprint");
        }
        let key = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEZ".parse::<Fingerprint>().unwrap_err();
        assert!(key.confidential && key.help.contains("a file of its own") && !key.help.contains("revoke"), "{}", key.help);
        let colons = ["AB"; 32].join(":");
        assert!(colons.parse::<Fingerprint>().is_ok(), "a fingerprint as OpenSSL prints it");
    }
}
