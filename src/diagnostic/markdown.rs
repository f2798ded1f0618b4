//! What a stranger wrote, as a piece of Markdown that stays the piece that it is.
//!
//! It stands in a code span, for there alone nothing works: no mark-up and no HTML, and on GitHub and GitLab neither links of
//! their own making, nor mentions, nor references to issues and commits. To escape signs by backslashes would not do: those
//! links are made of what is shown.

use super::text::in_sight;

/// `text` in a code span: on one line, shortened where it is very long, and with every character that cannot be seen, or
/// turns the direction of others, as its number, such as `[U+202E]`. It must not stand in a table, where a `|` would end its
/// cell.
pub fn to_code(text: &str) -> String {
    let shown = in_sight(text);
    if shown.is_empty() {
        return "(nothing)".to_owned();
    }
    let fence = "`".repeat(longest_run(&shown) + 1);
    let touches = |c: char| c == '`' || c == ' ';
    // One space at either end belongs to the span and is not shown, unless there is nothing but spaces (CommonMark 0.31.2,
    // section 6.1).
    let is_blank = shown.bytes().all(|b| b == b' ');
    let pad = if !is_blank && (shown.starts_with(touches) || shown.ends_with(touches)) { " " } else { "" };
    format!("{fence}{pad}{shown}{pad}{fence}")
}

/// How many backquotes stand next to each other at most.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_closed_by_nothing_in_it() {
        for (text, span) in [
            ("CERT Alpha", "`CERT Alpha`"),
            ("a`b``c", "```a`b``c```"),
            ("`a", "`` `a ``"),
            (" a ", "`  a  `"),
            ("  ", "`  `"),
            ("", "(nothing)"),
            ("a\\", "`a\\`"),
        ] {
            assert_eq!(to_code(text), span, "{text:?}");
        }
    }

    #[test]
    fn what_cannot_be_seen_is_told() {
        assert_eq!(in_sight("a\u{202e}b\nc\u{200b}d\u{e0041}"), "a[U+202E]b[U+000A]c[U+200B]d[U+E0041]");
        assert_eq!(in_sight("Žofia فريق 日本"), "Žofia فريق 日本");
        assert_eq!(in_sight(&"x".repeat(301)).chars().count(), 301);
    }
}
