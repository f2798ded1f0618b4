//! `_headers`, as Netlify and Cloudflare Pages read it: at most 100 rules, and 2,000 characters a line. Both serve a site at
//! the root of a host name, and join what several rules say of one path.

use super::table::{Header, Rule, of_all};
use crate::site::RenderError;
use std::io::{self, Write};

/// Writes what is said of every file, which is more where the site is `strict`, and `rules`.
///
/// # Errors
/// Where `out` fails.
pub(in crate::site) fn write(rules: &[&Rule], strict: bool, out: &mut dyn Write) -> Result<(), RenderError> {
    section("/*", of_all(strict), out)?;
    Ok(rules.iter().try_for_each(|rule| section(rule.pattern, rule.headers(), out))?)
}

fn section(pattern: &str, headers: impl Iterator<Item = Header>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{pattern}")?;
    for (name, value) in headers {
        writeln!(out, "  {name}: {value}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::table::RULES;
    use super::*;

    #[test]
    fn the_limits_of_hosts_are_kept() {
        let mut out = Vec::new();
        write(&RULES.iter().collect::<Vec<_>>(), true, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let rules = text.lines().filter(|line| line.starts_with('/')).count();
        assert_eq!(rules, RULES.len() + 1);
        assert!(rules <= 100, "{rules}");
        assert!(text.lines().all(|line| line.len() <= 2000 && line.is_ascii()), "{text}");
        let api = "/api/*\n  Cache-Control: public, max-age=300\n  Access-Control-Allow-Origin: *\n  \
                   Cross-Origin-Resource-Policy: cross-origin\n  Content-Type: application/json\n";
        assert!(text.contains(api), "{text}");
    }
}
