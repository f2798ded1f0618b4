//! Texts and their quotes.
//!
//! What may stand without quotes is for the YAML crate to say. Where a text may not, it stands in double quotes, which can hold
//! everything; in single quotes only where that spares it a backslash.

use super::tree::{Block, Form, Style, Text};
use crate::diagnostic::misleads;

/// Words that our reader takes as texts, but others as yes and no (YAML 1.1).
const SWITCHES: [&str; 6] = ["y", "n", "yes", "no", "on", "off"];

/// A text on one line; `in_flow` where brackets, braces and commas around it would be taken for its own.
pub(super) fn inline(text: &str, style: Style, in_flow: bool) -> String {
    // A dash as the last word, and then a brace or a comma, is an item to some readers.
    let dash = in_flow && text.ends_with(" -");
    let plain = match style {
        Style::Quoted => false,
        _ if dash => false,
        Style::Kept if text.starts_with(['|', '>']) || text.contains('\n') => stands_alone(text, in_flow),
        Style::Kept => true,
        Style::Plain => (is_simple(text) && !text.eq_ignore_ascii_case("null")) || stands_alone(text, in_flow),
        Style::Written => stands_alone(text, in_flow),
        Style::Text => stands_alone(text, in_flow) && !is_ambiguous(text),
    };
    if plain { text.to_owned() } else { quoted(text, style != Style::Quoted) }
}

/// A key, which nobody takes for anything but a text.
pub(super) fn key(text: &str) -> String {
    inline(text, Style::Written, true)
}

fn stands_alone(text: &str, in_flow: bool) -> bool {
    let alone = serde_yaml::to_string(text).is_ok_and(|written| written.strip_suffix('\n') == Some(text));
    let clashes = in_flow && text.contains([',', '[', ']', '{', '}', ':', '?']);
    let switch = SWITCHES.iter().any(|word| text.eq_ignore_ascii_case(word));
    alone && !clashes && !switch && !text.chars().any(is_special)
}

/// Whether it is made of digits, letters and little else, as dates and numbers are.
fn is_simple(text: &str) -> bool {
    let within = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(within)
}

/// Whether readers of YAML 1.1 take it for a date or a number where our judge, who reads YAML 1.2, does not.
fn is_ambiguous(text: &str) -> bool {
    let number = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = |number: &str| number.chars().all(|c| c.is_ascii_digit() || matches!(c, '_' | ':' | '.'));
    // 12:30 is 750, 1_000 a thousand, 014 twelve.
    let counted = number.starts_with(|c: char| c.is_ascii_digit())
        && digits(number)
        && (number.contains(['_', ':']) || number.starts_with('0'));
    let based = number.strip_prefix("0b").is_some_and(digits)
        || number.strip_prefix("0x").is_some_and(|n| digits(&n.replace(|c: char| c.is_ascii_hexdigit(), "0")));
    // 2004-03-01 is a day, with or without a time behind it.
    let bytes = text.as_bytes();
    let day =
        bytes.len() >= 8 && bytes[..4].iter().all(u8::is_ascii_digit) && text.split(['t', 'T', ' ']).next().is_some_and(is_day);
    counted || based || day || matches!(text, "=" | "<<")
}

fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.len() == 3 && parts.iter().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

/// A text in quotes.
fn quoted(text: &str, single: bool) -> String {
    use std::fmt::Write;
    // What JSON writes YAML reads too, but for a few characters that are no text in YAML.
    let mut out = String::with_capacity(text.len() + 2);
    for c in serde_json::Value::from(text).to_string().chars() {
        if is_special(c) {
            // Writing to a text cannot fail.
            write!(out, "\\u{:04X}", u32::from(c)).unwrap_or_default();
        } else {
            out.push(c);
        }
    }
    let spares = text.contains(['"', '\\']) && !text.contains('\'') && !text.chars().any(is_special);
    if single && spares { format!("'{text}'") } else { out }
}

/// What YAML or people do not see as it is, and what therefore stands escaped. Marks that scripts need, such as a joiner, do not.
fn is_special(c: char) -> bool {
    misleads(c) || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}')
}

/// The text behind a mark, if that is how it is to be written; `width` is what its lines and, on the first, its own one may be
/// wide.
pub(super) fn block(text: &Text, room: usize, width: usize) -> Option<Block> {
    match &text.form {
        Form::Block(Block { mark, chomp, lines }) => Some(Block { mark: *mark, chomp, lines: lines.clone() }),
        _ if text.text.contains('\n') => literal(&text.text),
        Form::Wrapped if inline(&text.text, text.style, false).chars().count() > room => folded(&text.text, width),
        Form::Line | Form::Wrapped => None,
    }
}

/// A text of several lines behind `|`, where that can hold it as it is.
fn literal(text: &str) -> Option<Block> {
    let (chomp, body) = text.strip_suffix('\n').map_or(("-", text), |body| ("", body));
    let plain = |line: &str| !line.ends_with(char::is_whitespace) && !line.chars().any(|c| c.is_control() || c == '\u{feff}');
    let indented = body.starts_with(char::is_whitespace) || body.lines().any(|line| line.starts_with('\t'));
    if !body.contains('\n') || indented || body.ends_with('\n') || !body.split('\n').all(plain) {
        return None;
    }
    Some(Block { mark: '|', chomp, lines: body.split('\n').map(ToOwned::to_owned).collect() })
}

/// A long text on one line behind `>`, in lines of at most `width` characters; where it has blanks that would not come back, not.
fn folded(text: &str, width: usize) -> Option<Block> {
    let words: Vec<&str> = text.split(' ').collect();
    if words.iter().any(|word| word.is_empty() || word.chars().any(|c| c.is_whitespace() || is_special(c))) {
        return None;
    }
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    Some(Block { mark: '>', chomp: "-", lines })
}

impl Block {
    /// What stands behind the key.
    pub(super) fn header(&self) -> String {
        let first = self.lines.iter().find(|line| !line.is_empty());
        let indent = if first.is_some_and(|line| line.starts_with(char::is_whitespace)) { "2" } else { "" };
        format!("{}{indent}{}", self.mark, self.chomp)
    }
}
