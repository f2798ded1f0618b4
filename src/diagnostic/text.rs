//! Small helpers for messages that a person would say.

use std::collections::BTreeSet;
use std::fmt::{self, Write};

/// A number with its noun: `1 team`, `3 teams`.
#[derive(Debug, Clone, Copy)]
pub struct Count<'a>(pub usize, pub &'a str);

impl fmt::Display for Count<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(n, noun) = self;
        match (*n, noun.strip_suffix('y')) {
            (1, _) => write!(f, "1 {noun}"),
            (_, Some(stem)) if !noun.ends_with("ay") && !noun.ends_with("ey") => write!(f, "{n} {stem}ies"),
            _ => write!(f, "{n} {noun}s"),
        }
    }
}

/// The values in backquotes, with commas and `or`: `` `a`, `b` or `c` ``.
pub fn quoted_list<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = values.into_iter().map(|value| format!("`{value}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

/// A text as a message shows it: cut where it is too long to be read there, and with what cannot be seen as its number, such as
/// `[U+200B]`.
pub fn shorten(text: &str) -> String {
    first(text, 80)
}

/// A text on one line, no longer than can be read, with what cannot be seen, or turns the direction of others, as its number.
pub fn in_sight(text: &str) -> String {
    first(text, 300)
}

/// The first `longest` characters of a text, with what cannot be seen as its number.
fn first(text: &str, longest: usize) -> String {
    let mut shown = String::with_capacity(text.len().min(4 * longest));
    for c in text.chars().take(longest) {
        // What only looks like a blank, such as one that does not break. That of East Asian texts is as wide as a letter, and seen.
        if hides(c) || c.is_whitespace() && !matches!(c, ' ' | '\u{3000}') {
            // To write into a text does not fail.
            write!(shown, "[U+{:04X}]", u32::from(c)).ok();
        } else {
            shown.push(c);
        }
    }
    if text.chars().nth(longest).is_some() {
        shown.push('…');
    }
    shown
}

/// Whether a character is invisible and could steer a terminal, break a line, or make a text look like another: control
/// characters, line separators, and the marks that turn the direction of what follows (Unicode Bidirectional Algorithm:
/// embeddings, overrides and isolates); and the two that XML cannot hold (XML 1.0, section 2.2). The plain left-to-right and
/// right-to-left marks are harmless.
pub fn misleads(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a character is not seen by itself, or changes how others are shown: what [`misleads`] tells, and besides what has no
/// width, the marks of direction, fillers, selectors of variants and tags (Unicode, `Default_Ignorable_Code_Point`), and the
/// pattern of Braille without dots.
pub fn hides(c: char) -> bool {
    misleads(c)
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{17b4}'
                | '\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fff8}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// `text` on one line, without what would command a terminal or turn the direction of what follows.
pub(super) fn visible(text: &str) -> String {
    text.replace(misleads, "\u{fffd}")
}

/// Bytes in lower-case hexadecimal digits, as checksums are written.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The known word that was most likely meant, if one is near enough to be more than a guess: a third of the word may be wrong, and
/// always one letter or a swapped pair.
pub fn closest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    closest_within(written, known, (written.chars().count() / 3).max(1))
}

/// The known word from which what was written differs least, and by at most `allowed` letters or swapped pairs; whatever the case.
/// Of several that are as near it is the one that goes on where what was written ends; where that is none, or more than one, nobody
/// can say which was meant.
pub fn closest_within<'a>(written: &str, known: impl IntoIterator<Item = &'a str>, allowed: usize) -> Option<&'a str> {
    // No word that we know is so long, and to compare takes time with the square of the length.
    if written.len() > 200 {
        return None;
    }
    let folded = written.to_lowercase();
    let length = written.chars().count();
    let near = known
        .into_iter()
        .filter(|word| word.chars().count().abs_diff(length) <= allowed)
        .map(|word| (strsim::osa_distance(&folded, &word.to_lowercase()), word))
        .filter(|(distance, _)| *distance <= allowed)
        .collect::<BTreeSet<_>>();
    let least = near.first()?.0;
    let nearest = || near.iter().map_while(|(distance, word)| (*distance == least).then_some(*word));
    only(nearest()).or_else(|| only(nearest().filter(|word| word.to_lowercase().starts_with(&folded))))
}

/// The only one that there is.
fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_as_a_person_does() {
        let texts = [Count(1, "team"), Count(2, "team"), Count(0, "entry"), Count(3, "day")].map(|c| c.to_string());
        assert_eq!(texts, ["1 team", "2 teams", "0 entries", "3 days"]);
    }

    #[test]
    fn what_only_looks_like_a_blank_is_told_by_its_number() {
        assert_eq!(shorten("+43\u{a0}1 5\u{202f}0"), "+43[U+00A0]1 5[U+202F]0");
        assert_eq!(shorten("東京\u{3000}日本"), "東京\u{3000}日本");
    }

    #[test]
    fn lists_with_or() {
        assert_eq!(quoted_list(["a"]), "`a`");
        assert_eq!(quoted_list(["a", "b", "c"]), "`a`, `b` or `c`");
    }

    #[test]
    fn guesses_only_what_is_near() {
        let known = ["country", "contact", "constituency"];
        assert_eq!(closest("contry", known), Some("country"));
        assert_eq!(closest("Contact", known), Some("contact"));
        assert_eq!(closest("phone", known), None);
        assert_eq!(closest("lsited", ["listed", "certified"]), Some("listed"));
    }

    #[test]
    fn of_words_that_are_as_near_none_is_preferred() {
        assert_eq!(closest("sim3-v2", ["sim3-v1", "sim3-v2i"]), Some("sim3-v2i"));
        assert_eq!(closest("SIM3v2", ["sim3-v1", "sim3-v2i"]), None);
        assert_eq!(closest("sim3-v2", ["sim3-v2i", "sim3-v2s"]), None);
        assert_eq!(closest("sim3-v1", ["sim3-v2i", "sim3-v1"]), Some("sim3-v1"));
        assert_eq!(closest("contry", ["country", "country"]), Some("country"), "a word that stands twice");
    }
}
