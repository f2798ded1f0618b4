//! `.well-known/security.txt` (RFC 9116): whom to tell of a weakness of the site itself.
//!
//! It counts only at the root of a host, and over https. It speaks for the site, not for the teams. Left out: a
//! signature, which is the operator's to make, and `Encryption`, for we know no key of the operator. What the operator wrote
//! by hand in `static/.well-known/security.txt` is taken instead.

use crate::config::{Config, SecurityContact};
use crate::model::{Date, Url, months_after};
use crate::site::RenderError;
use crate::site::views::mailto;
use std::io::Write;

/// Where it stands in the site.
pub(in crate::site) const PATH: &str = ".well-known/security.txt";

/// For how many months it holds; RFC 9116, section 2.5.5, asks for less than a year. A site that nobody has built for so
/// long has nobody who would answer.
const MONTHS: u32 = 6;

/// The address of the site, where it can have the file: it is the root of a host, read over https, and somebody is to be told.
pub(in crate::site) fn base(config: &Config) -> Option<&str> {
    let base = config.base_url.as_ref().map(Url::href)?;
    let host = base.strip_prefix("https://")?.strip_suffix('/')?;
    (!host.contains('/') && !config.security_contact.is_empty()).then_some(base)
}

/// Writes the file of the site at `base`.
///
/// # Errors
/// Where `out` fails.
pub(in crate::site) fn write(base: &str, config: &Config, today: Date, out: &mut dyn Write) -> Result<(), RenderError> {
    for contact in contacts(config) {
        write!(out, "Contact: {contact}\r\n")?;
    }
    write!(out, "Expires: {}T00:00:00Z\r\n", months_after(today, MONTHS))?;
    write!(out, "Preferred-Languages: {}\r\n", config.language)?;
    Ok(write!(out, "Canonical: {base}{PATH}\r\n")?)
}

/// Whom to tell, the best first.
fn contacts(config: &Config) -> impl Iterator<Item = String> {
    config.security_contact.iter().map(|contact| match &contact.value {
        SecurityContact::Email(address) => mailto(address.as_str()),
        SecurityContact::Page(url) => url.href().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Rule;

    fn config(more: &str) -> Config {
        Config::read(&format!("title: T\n{more}"), "site.yaml").0.unwrap()
    }

    #[test]
    fn it_is_made_only_where_it_counts() {
        let contact = "security_contact: [s@d.example]\n";
        for (more, expected) in [
            (format!("base_url: https://d.example/\n{contact}"), true),
            (format!("base_url: https://d.example:8443/\n{contact}"), true),
            (format!("base_url: https://d.example/sub/\n{contact}"), false),
            (format!("base_url: http://d.example/\n{contact}"), false),
            (contact.to_owned(), false),
            ("base_url: https://d.example/\n".to_owned(), false),
        ] {
            assert_eq!(base(&config(&more)).is_some(), expected, "{more}");
        }
    }

    #[test]
    fn a_page_is_read_over_https() {
        let contact = |text: &str| text.parse::<SecurityContact>().map(|contact| contact.to_string()).map_err(|p| p.rule);
        assert_eq!(contact("http://d.example/tell"), Err(Rule::InvalidUrl));
        assert_eq!(contact("HTTPS://d.example/tell"), Ok("https://d.example/tell".to_owned()));
    }

    #[test]
    fn it_says_whom_to_tell_and_until_when() {
        let config = config("base_url: https://d.example/\nsecurity_contact: ['s+a?b@d.example', 'https://d.example/tell']\n");
        let mut out = Vec::new();
        write(base(&config).unwrap(), &config, "2026-08-31".parse().unwrap(), &mut out).unwrap();
        let expected = "Contact: mailto:s+a%3Fb@d.example\r\nContact: https://d.example/tell\r\n\
             Expires: 2027-02-28T00:00:00Z\r\nPreferred-Languages: en\r\n\
             Canonical: https://d.example/.well-known/security.txt\r\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
