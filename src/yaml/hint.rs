//! What a person probably did where a file is no YAML, and where: the parser often stops a line or more behind it.
//!
//! Only slips are named that can be seen in the text itself. Whatever else is wrong is told in the parser's words.

use crate::diagnostic::Span;

/// How a tab is mended.
const TAB: &str = "write spaces in place of the tab: lines of YAML are indented by spaces alone";
/// How a tab behind a colon is.
const TAB_BEHIND: &str = "write a blank in place of the tab";
/// How a conflict is.
const CONFLICT: &str = "a merge left both versions here: keep one, and remove the lines of `<<<<<<<`, `=======` and `>>>>>>>`";
/// How a key that runs into its value is.
pub(super) const COLON: &str = "write a blank behind the colon of the key";
/// How another sign than a hyphen is.
const HYPHEN: &str = "begin each value of a list with a hyphen and a blank: `- `";

/// Where in `text` the slip stands by which the parser lost its way at `at`, and how it is mended. `error` is what the parser said.
pub(super) fn hint(text: &str, at: Span, error: &str) -> Option<(Span, &'static str)> {
    let text = text.replace("\r\n", "\n");
    let lines = || (1..).zip(text.split(['\n', '\r']));
    let conflict = |line: &str| ["<<<<<<< ", ">>>>>>> "].iter().any(|sign| line.starts_with(sign)) || line == "=======";
    if let Some((line, _)) = lines().find(|(_, words)| conflict(words)) {
        return Some((Span::point(line, 1), CONFLICT));
    }
    if error.contains("tab") {
        // At the place, or at the head of a line behind it.
        let mut behind = lines().filter(|(line, _)| *line >= at.start.line);
        return behind.find_map(|(line, words)| Some((column(line, words, first_tab(words)?)?, TAB)));
    }
    if error.contains("may not precede") {
        return Some((at, COLON));
    }
    if error.contains("valid YAML whitespace")
        && let Some((line, words)) = lines().find(|(line, _)| *line == at.start.line)
        && let Some(colon) = words.find(":\t")
    {
        return Some((column(line, words, colon + 1)?, TAB_BEHIND));
    }
    // The line itself, or the last one before it in which anything stands.
    let mut near: Vec<_> = lines().filter(|(line, words)| *line <= at.start.line && !words.trim().is_empty()).collect();
    near.reverse();
    near.into_iter().take(2).find_map(|(line, words)| {
        let (place, cure) = slip(words)?;
        Some((column(line, words, place)?, cure))
    })
}

/// At which byte a tab stands among the blanks with which a line begins.
fn first_tab(words: &str) -> Option<usize> {
    words[..words.len() - words.trim_start().len()].find('\t')
}

/// A slip in a line: at which byte, and how it is mended.
fn slip(words: &str) -> Option<(usize, &'static str)> {
    let begin = words.len() - words.trim_start_matches(' ').len();
    let rest = &words[begin..];
    if rest.starts_with(['–', '—', '•', '‐', '‑'])
        || rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(['{', '[', '\u{a0}']))
    {
        return Some((begin, HYPHEN));
    }
    let key = rest.strip_prefix("- ").unwrap_or(rest).trim_start();
    let name = key.len() - key.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '_' || c == '-').len();
    let behind = &key[name..];
    let runs_on = behind.strip_prefix(':').is_some_and(|value| !value.is_empty() && !value.starts_with([' ', '\t', '/']));
    let is_slip = name > 0 && (runs_on || behind.starts_with('：'));
    is_slip.then(|| (words.len() - behind.len(), COLON))
}

/// The place of a byte of a line.
fn column(line: u32, words: &str, at: usize) -> Option<Span> {
    Some(Span::point(line, u32::try_from(words.get(..at)?.chars().count() + 1).ok()?))
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    #[test]
    fn a_slip_that_can_be_seen_is_told_where_it_stands() {
        for (text, place, cure) in [
            ("name: X\n\tcountry: AT\n", (2, 1), "spaces in place of the tab"),
            ("name: X\r\n\r\n\tcountry: AT\r\n", (3, 1), "spaces in place of the tab"),
            ("name: X\rcountry: AT\rcontact:\r\temails: []\r", (4, 1), "spaces in place of the tab"),
            ("name: X\ncountry: AT\ndescription: |\n\tText\n", (4, 1), "spaces in place of the tab"),
            ("name: X\ncontact:\n  hours:\t24/7\n", (3, 9), "a blank in place of the tab"),
            ("name: X\nemails: [{usage:[contact]}]\n", (2, 16), "a blank behind the colon"),
            ("name: X\ncountry:AT\nhost: Y\n", (2, 8), "a blank behind the colon"),
            ("name: X\ncountry: AT\nconfirmed:2026-09-01\n", (3, 10), "a blank behind the colon"),
            ("name: X\ncountry：AT\nhost: Y\n", (2, 8), "a blank behind the colon"),
            ("name: X\ncountry:\u{a0}AT\nhost: Y\n", (2, 8), "a blank behind the colon"),
            ("name: X\n<<<<<<< HEAD\ncountry: AT\n=======\ncountry: DE\n>>>>>>> other\n", (2, 1), "a merge"),
            ("name: X\nstatus:\n  - {level: listed, since: 2020-01-01}\n  – {level: accredited}\n", (4, 3), "a hyphen"),
            ("name: X\nstatus:\n  - {level: listed, since: 2020-01-01}\n  -{level: accredited}\n", (4, 3), "a hyphen"),
        ] {
            let (problem, span) = parse(text).unwrap_err();
            assert_eq!((span.start.line, span.start.column), place, "{text}: {problem:?}");
            assert!(problem.help.contains(cure), "{text}: {}", problem.help);
        }
    }

    #[test]
    fn what_is_no_slip_of_these_is_told_in_the_words_of_the_parser() {
        for text in ["name: \"X\n", "name: X\nwebsite: [https://x.example\n", "a: b: c\n"] {
            let (problem, _) = parse(text).unwrap_err();
            assert!(problem.help.contains("lost its way"), "{text}: {}", problem.help);
        }
    }
}
