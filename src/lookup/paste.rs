//! Texts as people paste them: made harmless, so that nobody follows them by mistake (*defanged*), behind `mailto:`, or in
//! angle brackets as a mail has them, with the quotes, brackets and stops of the sentence around them. Only what can be meant in
//! no other way is undone; what is left is for
//! [`Query`](super::Query) to understand.

use super::host::{Host, behind_scheme, host};
use std::net::IpAddr;

/// What stands for a character of an address when it is in brackets.
const MARKS: [(&str, &str); 7] = [(".", "."), ("dot", "."), ("@", "@"), ("at", "@"), ("://", "://"), (":", ":"), ("/", "/")];

/// What stands before and behind what is quoted, in one language or another.
const QUOTES: [char; 13] = ['"', '\'', '`', '“', '”', '„', '‘', '’', '‚', '«', '»', '‹', '›'];

/// What stands around it in brackets.
const BRACKETS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>')];

/// What ends a sentence, or a part of one.
const STOPS: [char; 6] = ['.', ',', ';', ':', '!', '?'];

/// What stands between several things that were pasted at once, but for white space.
const BETWEEN: [char; 14] = [',', ';', '|', '=', '-', '–', '"', '\'', '<', '>', '(', ')', '[', ']'];

/// The address in a text as it is pasted, or the text itself.
pub(super) fn unwrapped(text: &str) -> String {
    let text = refanged(text);
    let text = bare(&text);
    behind_mailto(behind_name(text).unwrap_or(text)).to_owned()
}

/// What stands in angle brackets behind a name. Where what stands before them could be asked for, too, it is no name, but for
/// the same address once more.
fn behind_name(text: &str) -> Option<&str> {
    let (before, inner) = text.strip_suffix('>')?.rsplit_once('<')?;
    let is_address = inner.contains('@') || inner.contains("://");
    let is_name = !before.contains(['<', '@']) && !before.contains("://") && !parts(before).any(is_ip_address);
    (is_address && (is_name || bare(before) == behind_mailto(inner))).then_some(inner)
}

/// The address behind `mailto:`, or the text itself.
fn behind_mailto(text: &str) -> &str {
    match text.split_once(':') {
        Some((scheme, address)) if scheme.eq_ignore_ascii_case("mailto") && address.contains('@') => {
            address.split('?').next().unwrap_or_default()
        }
        _ => text,
    }
}

/// The text without quotes and brackets around all of it, and without the stops behind it.
pub(super) fn bare(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(inner) = enclosed(text).or_else(|| stopped(text)) {
        text = inner.trim();
    }
    text
}

/// What stands in quotes or brackets, if all of the text does.
fn enclosed(text: &str) -> Option<&str> {
    let quoted = text.strip_prefix(QUOTES).and_then(|rest| rest.strip_suffix(QUOTES));
    quoted.or_else(|| BRACKETS.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close)))
}

/// The text without the stop at its end. Two colons end a network of IPv6, too.
fn stopped(text: &str) -> Option<&str> {
    text.strip_suffix(STOPS).filter(|_| !text.ends_with("::"))
}

/// Whether an IP address stands in a text among other things.
pub(super) fn holds_address(text: &str) -> bool {
    parts(text).any(|part| part != text && is_ip_address(part))
}

/// Whether a text with a host and a path is one address to its end: there is no white space in it, and another address begins
/// neither behind a comma nor behind a semicolon or bar. A domain does not count: a name of a file looks the same.
pub(super) fn is_one(text: &str) -> bool {
    let begins = |part: &str| is_ip_address(part) || is_mailbox(part) || behind_scheme(bare(part)).is_some();
    !text.contains(char::is_whitespace) && !text.split([',', ';', '|']).skip(1).any(begins)
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || BETWEEN.contains(&c))
}

fn before_path(part: &str) -> &str {
    bare(part).split('/').next().unwrap_or_default()
}

fn is_ip_address(part: &str) -> bool {
    let part = before_path(part);
    // `::` stands between words, too.
    part != "::" && (part.parse::<IpAddr>().is_ok() || matches!(host(part), Some(Host::Address(_))))
}

fn is_mailbox(part: &str) -> bool {
    before_path(part).split_once('@').is_some_and(|(local, host)| !local.is_empty() && is_full_name(host))
}

/// Whether a text is a domain below another. One letter at the end is rather that of an abbreviation: `e.V`.
fn is_full_name(text: &str) -> bool {
    matches!(host(text), Some(Host::Name(name)) if name.rsplit_once('.').is_some_and(|(_, top)| top.len() > 1))
}

/// The text with `[.]`, `(at)` and the like as the characters they stand for, also with white space around them.
fn refanged(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['[', '(', '{']) {
        let (before, bracket) = rest.split_at(at);
        if let Some((mark, after)) = mark(bracket) {
            plain += before.trim_end();
            plain += mark;
            rest = after.trim_start();
        } else {
            plain += &rest[..=at];
            rest = &rest[at + 1..];
        }
    }
    plain + rest
}

/// What the brackets at the beginning of `text` stand for, and what is behind them.
fn mark(text: &str) -> Option<(&'static str, &str)> {
    let close = match text.chars().next()? {
        '[' => ']',
        '(' => ')',
        _ => '}',
    };
    let (inner, after) = text[1..].split_once(close)?;
    let known = MARKS.iter().find(|(written, _)| inner.eq_ignore_ascii_case(written));
    known.map(|(_, mark)| (*mark, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_harmless_is_what_it_was() {
        for (text, expected) in [
            ("192.0.2[.]17", "192.0.2.17"),
            ("alpha(.)example{.}org", "alpha.example.org"),
            ("cert[AT]alpha[Dot]example", "cert@alpha.example"),
            ("cert (at) alpha [dot] example", "cert@alpha.example"),
            ("cert[@]alpha.example", "cert@alpha.example"),
            ("hxxps[:]//alpha[.]example[/]x", "hxxps://alpha.example/x"),
            ("hxxp[://]alpha.example", "hxxp://alpha.example"),
            ("a [.] [.] b", "a..b"),
            ("[[.]]", "[.]"),
            ("[.", "[."),
            ("[.)", "[.)"),
            ("(at", "(at"),
            ("[::]:80", "[::]:80"),
            ("x@[192.0.2.1]", "x@[192.0.2.1]"),
            ("CERT (dotted)", "CERT (dotted)"),
        ] {
            assert_eq!(refanged(text), expected, "{text}");
        }
    }

    #[test]
    fn an_address_is_taken_out_of_what_a_mail_puts_around_it() {
        for (text, expected) in [
            ("mailto:cert@alpha.example", "cert@alpha.example"),
            ("MAILTO:cert@alpha.example?subject=x", "cert@alpha.example"),
            ("CERT Alpha <cert@alpha.example>", "cert@alpha.example"),
            ("<mailto:cert[at]alpha.example>", "cert@alpha.example"),
            ("<https://alpha.example/>", "https://alpha.example/"),
            ("mailto:alpha", "mailto:alpha"),
            ("tel:cert@alpha.example", "tel:cert@alpha.example"),
            ("<script>", "script"),
            ("a <b> c@d", "a <b> c@d"),
            ("CERT.example <cert@alpha.example>", "cert@alpha.example"),
            ("'cert@alpha.example' <cert@alpha.example>", "cert@alpha.example"),
            ("cert@alpha.example<mailto:cert@alpha.example>", "cert@alpha.example"),
            ("x <cert@alpha.example> To: <csirt@beta.example>", "x <cert@alpha.example> To: <csirt@beta.example>"),
            ("csirt@beta.example <cert@alpha.example>", "csirt@beta.example <cert@alpha.example>"),
            ("x://beta.example <cert@alpha.example>", "x://beta.example <cert@alpha.example>"),
            ("192.0.2.17<cert@alpha.example>", "192.0.2.17<cert@alpha.example>"),
        ] {
            assert_eq!(unwrapped(text), expected, "{text}");
        }
    }

    #[test]
    fn what_a_sentence_puts_around_it_is_left_out() {
        for (text, expected) in [
            ("192.0.2.17.", "192.0.2.17"),
            ("192.0.2.17,", "192.0.2.17"),
            ("192.0.2[.]17;", "192.0.2.17"),
            ("(192.0.2.17)", "192.0.2.17"),
            ("(192.0.2.17).", "192.0.2.17"),
            ("\"alpha.example\"", "alpha.example"),
            ("“alpha.example,”", "alpha.example"),
            ("„alpha.example“", "alpha.example"),
            ("« alpha.example »", "alpha.example"),
            ("`<[alpha.example]>`!?", "alpha.example"),
            ("<192.0.2.17>", "192.0.2.17"),
            ("CERT Alpha <cert@alpha.example>,", "cert@alpha.example"),
            ("2001:db8::", "2001:db8::"),
            ("2001:db8::,", "2001:db8::"),
            ("2001:db8::1:", "2001:db8::1"),
            ("[2001:db8::1]:80", "[2001:db8::1]:80"),
            ("x@[192.0.2.1]", "x@[192.0.2.1]"),
            ("https://", "https://"),
            ("(192.0.2.17", "(192.0.2.17"),
            ("\"", "\""),
            ("...", ""),
        ] {
            assert_eq!(unwrapped(text), expected, "{text}");
        }
    }

    #[test]
    fn an_address_among_other_things_is_seen() {
        for text in [
            "192.0.2.17, 198.51.100.3",
            "192.0.2.17 198.51.100.3",
            "src=192.0.2.17",
            "from 2001:db8::1.",
            "192.0.2.1-192.0.2.9",
            "192.0.2.0/24, 198.51.100.0/24",
            "192.0.2.17:443 tcp",
            "[2001:db8::1]:443 tcp",
        ] {
            assert!(holds_address(text), "{text}");
        }
        for text in
            ["192.0.2.17", "192.0.2.0/33", "CERT Alpha", "CERT :: Alpha", "1.2.3.4.5", "version 1.2.3", "AS64500, AS64501", ""]
        {
            assert!(!holds_address(text), "{text}");
        }
    }

    #[test]
    fn an_address_ends_where_another_begins() {
        for text in ["x://alpha.example/a,b.html;c=1|2", "x://alpha.example/?ip=192.0.2.1", "x://a/,q=1/x://b/", "192.0.2.17/x"] {
            assert!(is_one(text), "{text}");
        }
        for text in
            ["x://alpha.example/ x", "x://alpha.example/,192.0.2.1", "x://alpha.example,cert@beta.example/", "x://a/|x://b/"]
        {
            assert!(!is_one(text), "{text}");
        }
    }
}
