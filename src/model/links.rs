//! Links to the web.

use super::Domain;
use super::text::{QUOTES, is_useless};
use crate::diagnostic::{Problem, Rule, shorten};
use std::borrow::Cow;
use std::str::FromStr;

/// An absolute link with the scheme https or http, a host, and no user name or password in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url {
    written: Box<str>,
    /// The form for machines, where it differs from what was written.
    normal: Option<Box<str>>,
}

impl Url {
    /// The link as it was written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The link in ASCII, as RFC 3986 wants it.
    pub fn href(&self) -> &str {
        self.normal.as_deref().unwrap_or(&self.written)
    }

    /// Its host in ASCII, with the port where it names one that is not the usual one.
    pub fn host(&self) -> &str {
        host(self.href())
    }
}

impl FromStr for Url {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let shown = shorten(text);
        let fail = |help: Cow<'static, str>| {
            Problem::new(Rule::InvalidUrl, format!("`{shown}` is not a link that can be published"), help)
        };
        if text.chars().count() > 500 {
            return Err(fail("a link has at most 500 characters".into()));
        }
        // The parser would drop tabs and line breaks silently. Marks of direction, which texts need, no link holds (RFC 3987, section
        // 4.1): they come with what was copied, and lead elsewhere.
        let is_foreign = |c: char| is_useless(c) || c.is_whitespace() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}');
        if text.chars().any(is_foreign) {
            return Err(fail("remove the white space and the invisible characters".into()));
        }
        if text.starts_with(QUOTES) || text.ends_with(QUOTES) || host(text).contains(QUOTES) {
            return Err(fail("remove the quotes or brackets around it".into()));
        }
        let parsed = match url::Url::parse(text) {
            Ok(parsed) => parsed,
            Err(url::ParseError::RelativeUrlWithoutBase) => {
                let rest = text.trim_start_matches('/');
                let is_link = rest.contains('.') && first_part(rest).parse::<Domain>().is_ok();
                let whole = if is_link { rest } else { "www.example.org/page" };
                return Err(fail(format!("write the whole link: https://{whole}").into()));
            }
            Err(error) => return Err(fail(format!("{error}; write it like https://www.example.org/page").into())),
        };
        if !matches!(parsed.scheme(), "https" | "http") {
            return Err(fail("only links that begin with https:// or http:// are published".into()));
        }
        if !parsed.username().is_empty() || parsed.password().is_some() {
            return Err(fail("remove the user name and password before the @".into()));
        }
        if parsed.host_str().is_some_and(|host| host.trim_end_matches('.').split('.').any(str::is_empty)) {
            return Err(fail(
                "a part of the host's name between the dots is empty: write it like https://www.example.org/page".into(),
            ));
        }
        let normal = (parsed.as_str() != text).then(|| parsed.as_str().into());
        Ok(Self { written: text.into(), normal })
    }
}

/// The host of a link as it is written, with the port.
fn host(text: &str) -> &str {
    first_part(text.split_once("//").map_or(text, |(_, rest)| rest))
}

fn first_part(text: &str) -> &str {
    text.split(['/', '?', '#']).next().unwrap_or_default()
}

impl serde::Serialize for Url {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_only_what_is_safe_to_click() {
        for bad in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "ftp://a.example/",
            "//a.example/",
            "www.a.example",
            "https://",
            "https://u:p@a.example/",
            "java\nscript:x",
            "https://a.example/\u{202e}gnp",
            "https://a.example/ b",
            "mailto:a@b.example",
            "“https://a.example/”",
            "https://“a.example”/",
            "https://a.example/rfc2350.txt”",
            "<https://a.example/>",
            "https://a.example/\u{200b}",
            "https://a.example/x\u{2060}y",
            "https://a.example/x\u{ad}y",
            "https://a.example/x\u{200e}",
            "https://alpha..example/",
            "https://.example/",
        ] {
            assert_eq!(bad.parse::<Url>().map_err(|p| p.rule), Err(Rule::InvalidUrl), "{bad}");
        }
    }

    #[test]
    fn takes_what_scripts_need() {
        for good in
            ["https://a.example/نامه\u{200c}ای", "https://a.example/❤\u{fe0f}", "https://a.example./", "https://[2001:db8::1]/"]
        {
            assert!(good.parse::<Url>().is_ok(), "{good}");
        }
    }

    #[test]
    fn the_cure_for_a_link_is_a_link() {
        for (written, cure) in [
            ("www.a.example/x", "https://www.a.example/x"),
            ("//a.example/x", "https://a.example/x"),
            ("https;//a.example/x", "https://www.example.org/page"),
            ("[x](https://a.example)", "https://www.example.org/page"),
            ("rfc2350", "https://www.example.org/page"),
        ] {
            let problem = written.parse::<Url>().unwrap_err();
            assert_eq!(problem.help, format!("write the whole link: {cure}"), "{written}");
            assert!(cure.parse::<Url>().is_ok());
        }
    }

    #[test]
    fn keeps_what_was_written() {
        let url: Url = "https://bücher.example".parse().unwrap();
        assert_eq!((url.as_str(), url.href()), ("https://bücher.example", "https://xn--bcher-kva.example/"));
    }
}
