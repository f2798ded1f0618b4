//! Hides scores in source lines and messages.
//!
//! A score that stands where it ought not to must not reach a public log because of a mistake beside it, not even where
//! the file is no YAML at all. So this looks at text, not at structure, and rather hides too much: bytes keep their places.

/// A source text in lines, with what may be a score hidden when a line is shown.
pub(super) struct Lines {
    lines: Vec<String>,
    /// Which lines may hold scores.
    scored: Vec<bool>,
}

impl Lines {
    /// The lines of `text`, as YAML counts them.
    pub(super) fn new(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let mut within = false;
        let scored = lines
            .iter()
            .map(|line| {
                let top = line.starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '\''));
                within = speaks_of_scores(line) || (within && !top);
                within
            })
            .collect();
        Self { lines, scored }
    }

    /// The line with this number, from 0, as it is in the file.
    pub(super) fn get(&self, at: usize) -> Option<&str> {
        self.lines.get(at).map(String::as_str)
    }

    /// `shown`, which is the beginning of the line with this number, with scores hidden.
    pub(super) fn hide(&self, at: usize, shown: &str) -> String {
        let masked = values(shown);
        if self.scored.get(at) == Some(&true) { lone_numbers(&masked) } else { masked }
    }
}

fn speaks_of_scores(line: &str) -> bool {
    let folded = line.to_lowercase();
    ["matur", "score", "sim3"].iter().any(|word| folded.contains(word))
        || (0..line.len()).any(|at| parameter(line.as_bytes(), at).is_some())
}

/// Hides every value that stands behind a SIM3 parameter (`O-1: 3`), whatever the text is about.
pub fn values(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let Some(mut rest) = parameter(&bytes, at) else {
            at += 1;
            continue;
        };
        at = rest;
        while bytes.get(rest).is_some_and(|b| matches!(b, b' ' | b'"' | b'\'')) {
            rest += 1;
        }
        if bytes.get(rest) == Some(&b':') {
            for byte in bytes[rest + 1..].iter_mut().take_while(|b| !matches!(b, b',' | b'}' | b'#' | b'`')) {
                if byte.is_ascii() && *byte != b' ' {
                    *byte = b'*';
                }
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// Where the parameter that begins at `at` ends, if there is one; also one that is misspelt (`o_1`).
fn parameter(bytes: &[u8], at: usize) -> Option<usize> {
    let word = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || !b.is_ascii());
    let before = at.checked_sub(1).and_then(|before| bytes.get(before));
    if word(before) || !matches!(bytes.get(at)?.to_ascii_uppercase(), b'O' | b'H' | b'T' | b'P') {
        return None;
    }
    let digits = at + 1 + usize::from(matches!(bytes.get(at + 1), Some(b'-' | b'_')));
    let count = bytes[digits.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    let end = digits + count;
    ((1..=2).contains(&count) && !word(bytes.get(end))).then_some(end)
}

/// Hides every number of one or two digits that is not part of a word, a date or a parameter.
fn lone_numbers(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut hidden = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        if let Some(end) = parameter(bytes, at) {
            at = end;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        let joined = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'-');
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        if (1..=2).contains(&(end - at)) && !joined(before) && !joined(bytes.get(end)) {
            hidden[at..end].fill(b'*');
        }
        at = end.max(at + 1);
    }
    String::from_utf8(hidden).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_what_stands_behind_a_parameter() {
        for (line, shown) in [
            ("scores: {O-1: 3, \"P-17\": 4}  # O-2", "scores: {O-1: *, \"P-17\": *}  # O-2"),
            ("  T-3: \"2\"", "  T-3: ***"),
            ("o_1: 3, h2 : x4", "o_1: *, h2 : **"),
            ("the key `O-1:3` stands twice", "the key `O-1:*` stands twice"),
            ("name: H-1 žluť: x", "name: H-1 žluť: x"),
            ("žO-1: 3, to 18:00", "žO-1: 3, to 18:00"),
        ] {
            assert_eq!(values(line), shown);
        }
    }

    #[test]
    fn hides_numbers_near_scores_and_nowhere_else() {
        let lines = Lines::new("hours: 9\nmaturity:\n  - [O-1, 3]\n  - {assessed: 2026-03-01, x: 4}\nhours: 9\n");
        let shown: Vec<String> = (0..5).map(|at| lines.hide(at, lines.get(at).unwrap())).collect();
        assert_eq!(shown, ["hours: 9", "maturity:", "  - [O-1, *]", "  - {assessed: 2026-03-01, x: *}", "hours: 9"]);
    }
}
