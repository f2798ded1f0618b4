//! Texts as people paste them: made harmless, so that nobody follows them by mistake (*defanged*), behind `mailto:`, or in
//! angle brackets as a mail has them. Only what can be meant in no other way is undone; what is left is for
//! [`Query`](super::Query) to understand.

/// What stands for a character of an address when it is in brackets.
const MARKS: [(&str, &str); 7] = [(".", "."), ("dot", "."), ("@", "@"), ("at", "@"), ("://", "://"), (":", ":"), ("/", "/")];

/// The address in a text as it is pasted, or the text itself.
pub(super) fn unwrapped(text: &str) -> String {
    let text = refanged(text);
    let inner = text.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')).map(|(_, inner)| inner);
    let text = inner.filter(|inner| inner.contains('@') || inner.contains("://")).unwrap_or(&text);
    match text.split_once(':') {
        Some((scheme, address)) if scheme.eq_ignore_ascii_case("mailto") && address.contains('@') => {
            address.split('?').next().unwrap_or_default().to_owned()
        }
        _ => text.to_owned(),
    }
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
            ("<script>", "<script>"),
            ("a <b> c@d", "a <b> c@d"),
        ] {
            assert_eq!(unwrapped(text), expected, "{text}");
        }
    }
}
