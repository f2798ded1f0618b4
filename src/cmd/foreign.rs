//! What a stranger wrote, made safe to print at a terminal.

use crate::diagnostic::misleads;

/// The longest text that is shown, in characters.
const LONGEST: usize = 500;

/// A text on one line, bounded, without what could steer the terminal.
pub(super) fn plain(text: &str) -> String {
    let mut plain: String = text.chars().take(LONGEST).map(|c| if misleads(c) { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        plain.push('…');
    }
    plain
}

/// JSON that means the same, in which every character that could steer a terminal is written as an escape. Outside of
/// texts there is none but the line breaks.
pub(super) fn plain_json(json: &str) -> String {
    let mut plain = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            c if c != '\n' && misleads(c) => plain += &format!("\\u{:04x}", u32::from(c)),
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_keep_the_meaning() {
        let text = "a\u{9b}31m\u{202e}\u{7f}\u{feff}\nž";
        let shown = plain_json(&serde_json::to_string(text).unwrap());
        assert_eq!(shown, r#""a\u009b31m\u202e\u007f\ufeff\nž""#);
        assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), text);
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(plain("a\nb\u{1b}[31m"), "a\u{fffd}b\u{fffd}[31m");
        assert_eq!(plain(&"x".repeat(501)).chars().count(), 501);
    }
}
