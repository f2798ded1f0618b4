//! What an nginx includes in a `server` block whose `root` leads to the site. Ordinary media types are those of the
//! server's own `mime.types`.

use super::table::{Rule, Use, of_all};
use crate::config::Compression;
use crate::site::RenderError;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// What the site is to the server.
pub(in crate::site) struct Place<'a> {
    /// The path of the site on its host, from a slash to a slash.
    pub(in crate::site) path: &'a str,
    /// Whether its host is to be reached over https alone.
    pub(in crate::site) strict: bool,
    /// In which forms its files lie beside them.
    pub(in crate::site) compressed: &'a BTreeSet<Compression>,
}

/// What of the text types of the server is said to be UTF-8; HTML always is.
const TEXTS: &str = "text/css text/javascript application/javascript text/plain text/xml application/xml";

/// Writes one location for the site, and in it one for each of `rules` but those for pages, which are all the rest.
///
/// # Errors
/// Where `out` fails.
pub(in crate::site) fn write(rules: &[&Rule], place: &Place<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    let path = place.path;
    let root = path.trim_end_matches('/');
    writeln!(out, "# Made by Peerage: include it in the server block of the site. Its folder is `root` with {path} behind it.")?;
    writeln!(out, "location \"{path}\" {{")?;
    writeln!(out, "  index index.html;\n  error_page 404 \"{path}404.html\";\n  charset utf-8;\n  charset_types {TEXTS};")?;
    for form in place.compressed {
        match form {
            Compression::Gzip => writeln!(out, "  gzip_static on;\n  gzip_vary on;")?,
            Compression::Brotli => writeln!(out, "  brotli_static on;")?,
        }
    }
    headers(Use::Page, place.strict, "  ", out)?;
    for rule in rules.iter().filter(|rule| rule.used != Use::Page || rule.media_type.is_some()) {
        location(rule, root, place.strict, out)?;
    }
    Ok(writeln!(out, "}}")?)
}

/// A location in the location of the site. What sets headers of its own inherits none.
fn location(rule: &Rule, root: &str, strict: bool, out: &mut dyn Write) -> io::Result<()> {
    match rule.parts() {
        (path, None) => writeln!(out, "  location = \"{root}{path}\" {{")?,
        (before, Some("")) => writeln!(out, "  location ^~ \"{root}{before}\" {{")?,
        (before, Some(behind)) => {
            writeln!(out, "  location ~ \"^{}.*{}$\" {{", escaped(&format!("{root}{before}")), escaped(behind))?;
        }
    }
    if let Some(media_type) = rule.media_type {
        writeln!(out, "    types {{ }}\n    default_type \"{media_type}\";")?;
    }
    headers(rule.used, strict, "    ", out)?;
    writeln!(out, "  }}")
}

fn headers(used: Use, strict: bool, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut all = of_all(strict).chain(used.headers().iter().copied());
    all.try_for_each(|(name, value)| writeln!(out, "{indent}add_header {name} \"{value}\" always;"))
}

/// A path in a regular expression.
fn escaped(path: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_');
    path.chars().map(|c| if plain(c) { c.to_string() } else { format!("\\{c}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::table::RULES;
    use super::*;

    fn written(path: &str, compressed: &[Compression]) -> String {
        let (mut out, compressed) = (Vec::new(), compressed.iter().copied().collect());
        write(&RULES.iter().collect::<Vec<_>>(), &Place { path, strict: true, compressed: &compressed }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_location_has_every_header() {
        let text = written("/a.b/", &[]);
        let locations = text.matches("location ").count();
        assert_eq!(locations, RULES.len() - 5, "six rules are about pages, which the outer location is for");
        for (name, value) in of_all(true) {
            assert_eq!(text.matches(&format!("add_header {name} \"{value}\" always;")).count(), locations, "{name}");
        }
        assert_eq!(text.matches("Cache-Control").count(), locations);
        for line in ["location \"/a.b/\" {", "  location ^~ \"/a.b/api/\" {", "  location = \"/a.b/keys.json\" {"] {
            assert!(text.lines().any(|written| written == line), "{line}: {text}");
        }
        assert!(
            text.contains("  location ~ \"^/a\\.b/teams/.*\\.svg$\" {\n    types { }\n    default_type \"image/svg+xml\";"),
            "{text}"
        );
        assert!(!text.contains("_static"));
    }

    #[test]
    fn what_lies_ready_is_sent() {
        let text = written("/", Compression::ALL);
        assert!(text.contains("  gzip_static on;\n  gzip_vary on;\n  brotli_static on;\n"), "{text}");
        assert!(text.contains("location \"/\" {") && text.contains("location = \"/keys.json\" {"), "{text}");
    }
}
