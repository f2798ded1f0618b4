//! Texts for people: free, but bounded and without characters that would mislead a reader.

use super::checked::checked;
use super::schema;
use crate::diagnostic::{Problem, Rule, hides, misleads};
use std::str::FromStr;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

checked! {
    /// A short name, on one line, 1 to 100 characters.
    Name, name, schema::name(100);
    /// A text on one line, 1 to 500 characters.
    Line, |text| check(text, 500, false), schema::line(500);
    /// A text of several lines, 1 to 50,000 characters.
    Text, |text| check(text, 50_000, true), schema::lines();
}

/// By its name a team is told apart from others, so that nothing may stand in one which cannot be seen; but for what scripts need:
/// joiners, marks of direction, and selectors of variants.
fn name(text: &str) -> Result<Box<str>, Problem> {
    match text.trim().chars().find(|c| is_useless(*c) && !misleads(*c)) {
        Some(bad) => Err(invisible(bad, "remove it: a name that looks like another's must be the other's")),
        None => check(text, 100, false),
    }
}

/// Whether a character cannot be seen, and no script needs it: scripts need joiners, marks of direction, and selectors of variants.
pub(super) fn is_useless(c: char) -> bool {
    let needed = matches!(c, '\u{200c}'..='\u{200f}' | '\u{61c}' | '\u{180b}'..='\u{180d}' | '\u{fe00}'..='\u{fe0f}');
    hides(c) && !needed
}

/// What texts put around a link or a name, besides the quotes of a keyboard.
pub(super) const QUOTES: [char; 13] = ['“', '”', '„', '‟', '‘', '’', '‚', '«', '»', '‹', '›', '<', '>'];

/// What was most likely meant with a text in which dashes stand for hyphens, as word processors put them; and how that is said.
pub(super) fn with_hyphens<T: FromStr>(text: &str) -> Option<(String, String)> {
    let meant = text.replace(is_dash, "-");
    (meant != text && meant.parse::<T>().is_ok()).then(|| (format!("write hyphens in place of the dashes: {meant}"), meant))
}

/// Whether a character is one of the dashes and signs that look like the hyphen of a keyboard.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn invisible(bad: char, help: &'static str) -> Problem {
    Problem::new(Rule::ControlCharacter, format!("the text holds the invisible character U+{:04X}", u32::from(bad)), help)
}

fn check(text: &str, max: usize, lines: bool) -> Result<Box<str>, Problem> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if !text.chars().any(is_seen) {
        return Err(Problem::new(
            Rule::EmptyValue,
            "the text is empty",
            "write something; a key of which there is nothing to say is left out",
        ));
    }
    if !lines && text.contains('\n') {
        let help = "write it on one line; a line break belongs only into addresses and descriptions";
        return Err(Problem::new(Rule::WrongType, "the text has several lines", help));
    }
    if let Some(bad) = text.chars().find(|&c| misleads(c) && !matches!(c, '\n' | '\t')) {
        return Err(invisible(bad, "remove it: control characters and direction overrides can make a text look like another"));
    }
    let length = text.chars().count();
    if length > max {
        let message = format!("the text has {length} characters");
        return Err(Problem::new(Rule::TextTooLong, message, format!("shorten it to {max} characters at most")));
    }
    Ok(text.into())
}

/// Whether a reader sees something where a character stands alone.
fn is_seen(c: char) -> bool {
    !c.is_whitespace() && !is_combining_mark(c) && (misleads(c) || !hides(c))
}

/// A key by which people expect texts to be sorted and found: without case and without accents.
pub fn sort_key(text: &str) -> String {
    // Most names are ASCII, in which nothing is composed.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// The words of a text as people look it up: runs of letters and digits, without case and without accents.
pub fn words(text: &str) -> Vec<String> {
    let folded = sort_key(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The words of a text, without anything between them: `certalpha` for `CERT-Alpha`.
pub fn joined(text: &str) -> String {
    sort_key(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What two names have in common that people take for one: all that differs is case, accents, what cannot be seen, and what
/// stands between words. A name without letters and digits is like itself alone.
pub fn name_key(name: &str) -> String {
    Some(joined(name)).filter(|key| !key.is_empty()).unwrap_or_else(|| sort_key(name))
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
        for text in ["a\u{202e}b", "a\u{0}b", "a\u{1b}[31mb", "a\u{2066}b", "a\u{ffff}b", "a\u{200b}b", "\u{3164}", "a\u{2800}b"]
        {
            assert_eq!(text.parse::<Name>().map_err(|p| p.rule), Err(Rule::ControlCharacter), "{text:?}");
        }
        for text in ["", " ", "\u{301}", "\u{200d}", "\u{fe0f}"] {
            assert_eq!(text.parse::<Name>().map_err(|p| p.rule), Err(Rule::EmptyValue), "{text:?}");
        }
        assert_eq!("\u{200b}\u{2800}".parse::<Line>().map_err(|p| p.rule), Err(Rule::EmptyValue));
        assert_eq!("x".repeat(101).parse::<Name>().map_err(|p| p.rule), Err(Rule::TextTooLong));
        assert_eq!("a\nb".parse::<Line>().map_err(|p| p.rule), Err(Rule::WrongType));
    }

    #[test]
    fn sorts_as_people_look_things_up() {
        assert_eq!(sort_key("Škoda-CERT"), "skoda-cert");
        assert_eq!(name_key("CE\u{200d}RT"), name_key("CERT"));
        assert!(sort_key("Évora") < sort_key("Faro"));
    }

    #[test]
    fn words_are_what_people_would_type() {
        for (text, expected) in [
            ("CERT Alpha", "cert alpha"),
            ("Škoda-CERT (İzmir)", "skoda cert izmir"),
            ("CERT.at", "cert at"),
            ("ΣΑΣ", "σασ"),
            ("情報セキュリティ 2", "情報セキュリティ 2"),
            ("***", ""),
        ] {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
        assert_eq!(joined("CERT-Alpha"), "certalpha");
    }

    #[test]
    fn names_are_one_where_people_see_one() {
        for name in ["CERT-Alpha", "cert alpha", "CÉRT\u{a0}Alpha", "CERT\u{200b} Alpha", "CE\u{ad}RT Alpha"] {
            assert_eq!(name_key(name), "certalpha", "{name:?}");
        }
        assert_ne!(name_key("***"), name_key("+++"));
    }
}
