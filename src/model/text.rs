//! Texts for people: free, but bounded and without characters that would mislead a reader.

use super::checked::checked;
use super::schema;
use crate::diagnostic::{Problem, Rule, misleads};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

checked! {
    /// A short name, on one line, 1 to 100 characters.
    Name, |text| check(text, 100, false), schema::line(100);
    /// A text on one line, 1 to 500 characters.
    Line, |text| check(text, 500, false), schema::line(500);
    /// A text of several lines, 1 to 50,000 characters.
    Text, |text| check(text, 50_000, true), schema::lines();
}

fn check(text: &str, max: usize, lines: bool) -> Result<Box<str>, Problem> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::new(Rule::EmptyValue, "the text is empty", "write something, or remove the key"));
    }
    if !lines && text.contains('\n') {
        let help = "write it on one line; a line break belongs only into addresses and descriptions";
        return Err(Problem::new(Rule::WrongType, "the text has several lines", help));
    }
    if let Some(bad) = text.chars().find(|&c| misleads(c) && !matches!(c, '\n' | '\t')) {
        let message = format!("the text holds the invisible character U+{:04X}", u32::from(bad));
        let help = "remove it: control characters and direction overrides can make a text look like another";
        return Err(Problem::new(Rule::ControlCharacter, message, help));
    }
    let length = text.chars().count();
    if length > max {
        let message = format!("the text has {length} characters");
        return Err(Problem::new(Rule::TextTooLong, message, format!("shorten it to {max} characters at most")));
    }
    Ok(text.into())
}

/// A key by which people expect texts to be sorted and found: without case and without accents.
pub fn sort_key(text: &str) -> String {
    // Most names are ASCII, in which nothing is composed.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_people_write() {
        for text in ["CERT Ž", "فريق", "צוות", "日本", "a\u{200f}b", "{{ x }}", "<script>"] {
            assert_eq!(text.parse::<Name>().map(|t| t.to_string()), Ok(text.to_owned()));
        }
        assert_eq!("a\r\nb\n".parse::<Text>().map(|t| t.to_string()), Ok("a\nb".to_owned()));
    }

    #[test]
    fn refuses_what_misleads() {
        for text in ["a\u{202e}b", "a\u{0}b", "a\u{1b}[31mb", "a\u{2066}b"] {
            assert_eq!(text.parse::<Name>().map_err(|p| p.rule), Err(Rule::ControlCharacter), "{text:?}");
        }
        assert_eq!("x".repeat(101).parse::<Name>().map_err(|p| p.rule), Err(Rule::TextTooLong));
        assert_eq!("a\nb".parse::<Line>().map_err(|p| p.rule), Err(Rule::WrongType));
    }

    #[test]
    fn sorts_as_people_look_things_up() {
        assert_eq!(sort_key("Škoda-CERT"), "skoda-cert");
        assert!(sort_key("Évora") < sort_key("Faro"));
    }
}
