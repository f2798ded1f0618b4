//! Nothing that a stranger wrote does anything in the Markdown: a parser finds in it the structure that is ours, and the text as
//! text.

use super::{ALPHA, directory, markdown};
use crate::common::Numbers;
use peerage::diagnostic::{hides, in_sight, to_code};
use pulldown_cmark::{Event, Options, Parser};

/// Pieces of which hostile texts are made.
const PIECES: &[&str] = &[
    "`",
    "``",
    "```",
    "~~~",
    "|",
    "\\",
    "\\`",
    "<",
    ">",
    "<b>",
    "</code>",
    "<!--",
    "-->",
    "<script>",
    "&lt;",
    "&#96;",
    "&",
    "[",
    "](",
    "](https://a.example)",
    "![x](y)",
    "https://a.example/",
    "www.a.example",
    "a@b.example",
    "@octocat",
    "@org/team",
    "#1",
    "GH-1",
    "org/repo#1",
    "!5",
    "~label",
    "*",
    "**",
    "_",
    "__",
    "~~",
    "$",
    "$$",
    "# ",
    "- ",
    "+ ",
    "1. ",
    "> ",
    "---",
    "===",
    ":+1:",
    "[^1]",
    "[ ]",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "    ",
    " ",
    "",
    "a",
    "é",
    "日本",
    "فريق",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}",
    "\u{200d}",
    "\u{feff}",
    "\u{0}",
    "\u{1b}[31m",
    "\u{2028}",
    "\u{ad}",
    "\u{e0041}",
    "0123456789abcdef0123456789abcdef01234567",
];

/// Some of the pieces, one after the other.
fn hostile(numbers: &mut Numbers) -> String {
    let pieces = u32::try_from(PIECES.len()).unwrap();
    (0..numbers.below(9)).map(|_| PIECES[numbers.below(pieces) as usize]).collect()
}

/// What a parser that knows every extension finds, with the texts in code spans apart.
fn parsed(markdown: &str) -> (Vec<String>, Vec<String>) {
    let (mut structure, mut codes) = (Vec::new(), Vec::new());
    for event in Parser::new_ext(markdown, Options::all()) {
        match event {
            Event::Code(text) => {
                structure.push("code".to_owned());
                codes.push(text.to_string());
            }
            other => structure.push(format!("{other:?}")),
        }
    }
    (structure, codes)
}

#[test]
fn any_text_is_one_code_span_wherever_it_stands() {
    let mut numbers = Numbers::new(7);
    for _ in 0..20_000 {
        let (one, other) = (hostile(&mut numbers) + "x", hostile(&mut numbers) + "x");
        for (before, between, after) in [("- ▲ **a**: ", " → ", ". *b.*\n- c\n"), ("### ▲ ", ": ", "\n\nd\n"), ("", "", "")]
        {
            let document = |one: &str, other: &str| format!("{before}{one}{between}{other}{after}");
            // Two spans without anything between them would be one to no sentence of ours.
            let between_them = if between.is_empty() { ", " } else { "" };
            let made = document(&to_code(&one), &format!("{between_them}{}", to_code(&other)));
            let plain = document("`x`", &format!("{between_them}`x`"));
            let (structure, codes) = parsed(&made);
            assert_eq!(structure, parsed(&plain).0, "{made:?}");
            assert_eq!(codes, [in_sight(&one), in_sight(&other)], "{made:?}");
        }
    }
}

#[test]
fn nothing_invisible_is_left() {
    let mut numbers = Numbers::new(11);
    for _ in 0..2_000 {
        let shown = to_code(&hostile(&mut numbers));
        let odd = |c: char| {
            c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}')
        };
        assert!(!shown.contains(odd), "{shown:?}");
    }
}

/// A text as a YAML scalar in double quotes.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

#[test]
fn an_entry_full_of_markup_changes_no_structure() {
    let mut numbers = Numbers::new(13);
    let mut read = 0;
    for _ in 0..60 {
        // What the reader refuses never gets so far as to be compared.
        let plain = |text: String| {
            text.replace(['\n', '\r', '\t', '\0', '\u{1b}'], " ").replace(['\u{202e}', '\u{2066}', '\u{2028}', '\u{feff}'], "")
        };
        let [name, host, reason, comment] = [(); 4].map(|()| format!("x{}x", plain(hostile(&mut numbers))));
        // In a name nothing may stand that cannot be seen.
        let name = name.replace(hides, "");
        let entry = |name: &str, host: &str, reason: &str, comment: &str| {
            ALPHA
                .replace("name: CERT Alpha", &format!("name: {}", quoted(name)))
                .replace("host: Alpha Network", &format!("host: {}", quoted(host)))
                .replace("usage: [voice, emergency]", &format!("usage: [voice, emergency], comment: {}", quoted(comment)))
                + &format!("waivers: [{{rule: country-alias, reason: {}, until: 2026-12-31}}]\n", quoted(reason))
        };
        let old = directory(ALPHA);
        let (new, tame) = (directory(&entry(&name, &host, &reason, &comment)), directory(&entry("xx", "xx", "xx", "xx")));
        let (made, plain) = (markdown(old.path(), new.path()), markdown(old.path(), tame.path()));
        let (structure, codes) = parsed(&made);
        assert_eq!(structure, parsed(&plain).0, "{made}");
        assert!(codes.contains(&in_sight(name.trim())), "{codes:?}");
        read += usize::from(made.contains("**Waiver added**"));
    }
    assert_eq!(read, 60);
}

#[test]
fn what_is_found_wrong_in_a_file_breaks_out_of_nothing() {
    let mut numbers = Numbers::new(17);
    for _ in 0..40 {
        let text = format!("x{}", hostile(&mut numbers));
        let broken = ALPHA.replace("country: AT", &format!("country: {}", quoted(&text)));
        let (old, new) = (directory(ALPHA), directory(&broken));
        let (tame, made) = (directory(&ALPHA.replace("country: AT", "country: xxxxxx")), markdown(old.path(), new.path()));
        assert_eq!(parsed(&made).0, parsed(&markdown(old.path(), tame.path())).0, "{made}");
        // Keys of the mapping are hostile, too.
        let (wrong, tame) = (format!("{ALPHA}{}: 1\n", quoted(&text)), format!("{ALPHA}xxxxxx: 1\n"));
        let (new, tame) = (directory(&wrong), directory(&tame));
        let made = markdown(old.path(), new.path());
        assert_eq!(parsed(&made).0, parsed(&markdown(old.path(), tame.path())).0, "{made}");
    }
}
