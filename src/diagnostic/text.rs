//! Small helpers for messages that a person would say.

use std::fmt;

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

/// A text as a message shows it: cut where it is too long to be read there.
pub fn shorten(text: &str) -> String {
    const LONGEST: usize = 80;
    let cut: String = text.chars().take(LONGEST).collect();
    if cut.len() < text.len() { cut + "…" } else { cut }
}

/// Whether a character is invisible and could steer a terminal, break a line, or make a text look like another: control
/// characters, line separators, and the marks that turn the direction of what follows (Unicode Bidirectional Algorithm:
/// embeddings, overrides and isolates); and the two that XML cannot hold (XML 1.0, section 2.2). The plain left-to-right and
/// right-to-left marks are harmless.
pub fn misleads(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// `text` on one line, without what would command a terminal or turn the direction of what follows.
pub(super) fn visible(text: &str) -> String {
    text.replace(misleads, "\u{fffd}")
}

/// The known word that was most likely meant, if one is near enough to be more than a guess.
pub fn closest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // No word that we know is so long, and to compare takes time with the square of the length.
    if written.len() > 200 {
        return None;
    }
    let folded = written.to_lowercase();
    // A third of the word may be wrong, and always one letter or a swapped pair.
    let length = written.chars().count();
    let allowed = (length / 3).max(1);
    known
        .into_iter()
        .filter(|word| word.chars().count().abs_diff(length) <= allowed)
        .map(|word| (strsim::osa_distance(&folded, &word.to_lowercase()), word))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, word)| (*distance, *word))
        .map(|(_, word)| word)
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
}
