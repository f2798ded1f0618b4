//! What stands between two values: comments and blank lines.

use super::tree::Comment;
use std::collections::VecDeque;

/// What was found between two places.
#[derive(Debug, Default)]
pub(super) struct Gap {
    /// The comment on the line of what comes before.
    pub(super) trailing: Option<String>,
    /// Those on lines of their own.
    pub(super) comments: Vec<Comment>,
    /// Whether a blank line comes right before the end.
    pub(super) blank: bool,
    /// The columns of the dashes that begin items.
    pub(super) dashes: VecDeque<usize>,
}

/// What stands in `text` from `from` to `to`. No value is in between, so each `#` begins a comment.
pub(super) fn gap(text: &str, from: usize, to: usize) -> Gap {
    let mut found = Gap::default();
    // At the head of a file nothing comes before, neither on the line nor above.
    let mut breaks = usize::from(from == 0);
    // Whether a blank line came before the dash, colon or comma that belongs to what follows.
    let mut decided = None;
    let mut dash = None;
    let mut at = from;
    while let Some(c) = text.get(at..to).and_then(|rest| rest.chars().next()) {
        match c {
            '\n' => breaks += 1,
            '#' => {
                let end = text[at..to].find('\n').map_or(to, |length| at + length);
                let words = text[at..end].trim_end().to_owned();
                if breaks == 0 && dash.is_none() && found.comments.is_empty() && found.trailing.is_none() {
                    found.trailing = Some(words);
                } else {
                    let column = dash.unwrap_or_else(|| column(text, at));
                    let flush = column == 0 && dash.is_none() && !explains(&words);
                    found.comments.push(Comment { text: words, blank: decided.unwrap_or(breaks > 1), column, flush });
                }
                (breaks, decided) = (0, None);
                at = end;
                continue;
            }
            c if c.is_whitespace() => {}
            c => {
                // A colon or comma on the line of what comes before belongs to that.
                decided = decided.or((breaks > 0).then_some(breaks > 1));
                let alone = text[at + c.len_utf8()..].chars().next().is_none_or(char::is_whitespace);
                if matches!(c, '-' | '?') && alone && !text[..at].ends_with(c) {
                    dash = Some(column(text, at));
                    found.dashes.extend(dash.filter(|_| c == '-'));
                }
            }
        }
        at += c.len_utf8();
    }
    found.blank = decided.unwrap_or(breaks > 1);
    found
}

/// Whether a comment is made of words: it has one blank behind its mark. What was commented out has none, or its indent.
fn explains(comment: &str) -> bool {
    comment.strip_prefix("# ").is_some_and(|rest| !rest.starts_with(' '))
}

fn column(text: &str, at: usize) -> usize {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[line..at].chars().count()
}
