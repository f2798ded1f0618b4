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

/// Whether something stands in a text among other things that would be looked up by itself: what no name is likely to have.
pub(super) fn holds_several(text: &str) -> bool {
    let stands_alone =
        |part: &str| is_ip_address(part) || is_mailbox(part) || is_marked_asn(part) || is_full_name(before_path(part));
    text.matches('@').count() > 1 || parts(text).any(|part| part != text && stands_alone(part))
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

fn is_marked_asn(part: &str) -> bool {
    let part = bare(part);
    let (mark, digits) = part.split_at(part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len()));
    let known = ["AS", "ASN"].iter().any(|known| mark.eq_ignore_ascii_case(known));
    known && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a text is a domain below another. One letter at the end is rather that of an abbreviation: `e.V`.
fn is_full_name(text: &str) -> bool {
    matches!(host(text), Some(Host::Name(name)) if name.rsplit_once('.').is_some_and(|(_, top)| top.len() > 1))
}

/// Whether a text is like an IP address or a network: four numbers or stars with dots, or hexadecimal digits with colons.
pub(super) fn is_like_address(text: &str) -> bool {
    let address = text.trim_start_matches('[').split(['/', '%', ']']).next().unwrap_or_default();
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit() || b == b'*');
    let before_port = address.split(':').next().unwrap_or_default();
    let is_ipv4 = before_port.split('.').count() == 4 && before_port.split('.').all(is_number);
    let has_colons = address.contains("::") || address.matches(':').count() > 2;
    is_ipv4 || (has_colons && address.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.')))
}

/// Whether a text is a telephone number with the code of a country, also as a page links to it.
pub(super) fn is_telephone(text: &str) -> bool {
    let number = match text.split_once(':') {
        Some((scheme, number)) if scheme.eq_ignore_ascii_case("tel") => number,
        _ => text,
    };
    let is_of_number = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '(' | ')' | '.' | '/' | '-');
    number.strip_prefix('+').is_some_and(|rest| rest.contains(|c: char| c.is_ascii_digit()) && rest.chars().all(is_of_number))
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
    fn what_would_be_looked_up_by_itself_is_seen_among_other_things() {
        for text in [
            "AS64500, AS64501",
            "asn64500,64501",
            "alpha.example beta.example",
            "alpha.example,beta.example",
            "alpha.example/x beta.example",
            "(cert@alpha.example); csirt@beta.example",
            "a@b@alpha.example",
            "Team alpha.example",
            "from 192.0.2.17",
        ] {
            assert!(holds_several(text), "{text}");
        }
        for text in [
            "alpha.example",
            "cert@alpha.example",
            "AS64500",
            "Verein e.V. S.A. CERT",
            "CERT/CC",
            "AS 64500",
            "Team @ Home",
            "1.2.3 x",
        ] {
            assert!(!holds_several(text), "{text}");
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

    #[test]
    fn what_is_like_an_address_or_a_telephone_number_is_told_from_names() {
        for text in
            ["192.0.2.256", "192.0.2.017", "192.0.2.*", "192.0.2.256:80", "192.0.2.256/24", "2001:db8:::1", "[1::2::3]:80"]
        {
            assert!(is_like_address(text) && !is_telephone(text), "{text}");
        }
        for text in ["+1 202 555 0199", "+1 (202) 555-0199", "TEL:+12025550199"] {
            assert!(is_telephone(text) && !is_like_address(text), "{text}");
        }
        for text in ["192.0.2", "1.2.3.4.5", "192.0.2.x", "CERT :: Alpha", "12:34:56", "+", "+1 Team", "tel:1", "..."] {
            assert!(!is_like_address(text) && !is_telephone(text), "{text}");
        }
    }
}
