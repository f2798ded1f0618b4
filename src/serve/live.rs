//! What a page of the preview has besides: one script element, which loads the page again when there is a newer one and
//! shows the errors that stand against it; and pages of our own for where the site has none.
//!
//! The script works under the policy that pages bring with them, which lets nothing connect: it asks by loading a picture,
//! whose arrival says that there is something new, and gets what it shows as a part of itself. What it shows is put into the
//! page as text.

use super::{Made, Project};
use crate::diagnostic::{Count, Finding, Human};
use crate::site::SitePath;
use serde::Serialize;

/// Where everything lies that is not the site's.
pub(super) const OWN: &str = "/__peerage/";

/// How its name begins for the script, the style sheet of what it shows, and the two ways to wait for something new.
pub(super) const SCRIPT: &str = "live.js";
pub(super) const STYLE: &str = "live.css";
pub(super) const NEXT: &str = "next";
pub(super) const WAIT: &str = "wait";

/// The style sheet.
pub(super) const STYLE_TEXT: &str = include_str!("live.css");

/// The picture that says that there is something new.
pub(super) const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>";

/// What is said of the pages while something stands against them.
const STAYS: &str = "The pages are as they were before. They are loaded again when this is mended.";

/// How many errors are shown over a page; who has more does not read them there.
const MOST: usize = 50;

/// What stands against the site, as the script is told it.
#[derive(Debug, Default, Serialize)]
pub(super) struct Told {
    /// What is the matter, in a few words; nothing where all is well.
    title: String,
    /// What becomes of the pages meanwhile.
    stays: &'static str,
    /// What has no place in a file.
    failure: Option<String>,
    errors: Vec<Shown>,
    /// How many errors there are besides.
    more: usize,
}

/// An error as it is shown.
#[derive(Debug, Serialize)]
struct Shown {
    /// `file:line:column`.
    place: String,
    /// The page that is made of the file, from the root of the site, where there is one.
    page: Option<String>,
    /// What `check` prints.
    text: String,
}

impl Told {
    /// What stands against what was made; `holds` says whether the pages that are shown have one at a path.
    pub(super) fn new(made: &Made<'_>, project: &dyn Project, holds: impl Fn(&SitePath) -> bool) -> Self {
        if made.site.is_some() {
            return Self::default();
        }
        let errors: Vec<&Finding> = made.findings.iter().filter(|finding| finding.is_error()).collect();
        let mut human = Human::new(false, |file: &str| project.source(file));
        let shown = errors.iter().take(MOST).map(|finding| Shown {
            place: {
                let at = finding.place.span.start;
                format!("{}:{}:{}", finding.place.file, at.line, at.column)
            },
            page: page(&finding.place.file).filter(|page| holds(page)).map(|page| page.to_string()),
            text: human.show(finding),
        });
        let number = errors.len() + usize::from(made.failure.is_some());
        Self {
            title: Count(number, "error").to_string(),
            stays: STAYS,
            failure: made.failure.clone(),
            errors: shown.collect(),
            more: errors.len().saturating_sub(MOST),
        }
    }

    /// That nothing can be read.
    pub(super) fn failure(text: String) -> Self {
        Self { title: "The project cannot be read".to_owned(), stays: STAYS, failure: Some(text), ..Self::default() }
    }

    /// The script that tells it.
    pub(super) fn script(&self) -> String {
        // JSON is JavaScript; these types give no cause for a failure.
        let told = serde_json::to_string(self).unwrap_or_else(|_| "null".to_owned());
        format!("\"use strict\";\nconst peerageTold = {told};\n{}", include_str!("live.js"))
    }
}

/// The page that is made of the file of a finding.
fn page(file: &str) -> Option<SitePath> {
    let of = |folder: &str, ending: &str| file.strip_prefix(folder)?.strip_suffix(ending);
    let team = of("content/teams/", ".yaml").map(|id| format!("teams/{id}.html"));
    let path = team.or_else(|| of("content/pages/", ".md").map(|id| format!("{id}.html")));
    SitePath::new(path?).ok()
}

/// The page with the script element, which is made for what is shown under `state`.
pub(super) fn insert(page: &[u8], state: &str) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let element = format!("<script src=\"{OWN}{SCRIPT}?state={state}\" defer></script>");
    let at = page.windows(END.len()).rposition(|part| part.eq_ignore_ascii_case(END)).unwrap_or(page.len());
    [&page[..at], element.as_bytes(), &page[at..]].concat()
}

/// Whether the page's own policy lets no script run, so that another way has to be taken to load it again.
pub(super) fn forbids_scripts(page: &[u8]) -> bool {
    let has = |what: &[u8]| page.windows(what.len()).any(|part| part == what);
    has(b"Content-Security-Policy") && !has(b"script-src")
}

/// A page of our own, with a title and a paragraph.
pub(super) fn own_page(title: &str, text: &str) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let (title, text) = (escaped(title), escaped(text));
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, \
         initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title></head><body><main>\
         <h1>{title}</h1><pre>{text}</pre></main></body></html>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_element_is_inserted_where_the_body_ends() {
        let element = "<script src=\"/__peerage/live.js?state=7-1\" defer></script>";
        for (page, before) in [("<body></body>a</BODY> </html>", "<body></body>a"), ("<p>no end", "<p>no end"), ("", "")] {
            let expected = format!("{before}{element}{}", &page[before.len()..]);
            assert_eq!(String::from_utf8(insert(page.as_bytes(), "7-1")).unwrap(), expected);
        }
    }

    #[test]
    fn pages_are_known_by_their_files() {
        for (file, expected) in [
            ("content/teams/cert-alpha.yaml", Some("teams/cert-alpha.html")),
            ("content/pages/about.md", Some("about.html")),
            ("content/teams/cert-alpha.asc", None),
            ("content/teams/ü.yaml", None),
            ("content/site.yaml", None),
        ] {
            assert_eq!(page(file).map(|page| page.to_string()).as_deref(), expected, "{file}");
        }
    }

    #[test]
    fn pages_that_forbid_scripts_are_known() {
        let page = |policy: &str| format!("<meta content=\"{policy}\" http-equiv=Content-Security-Policy><p>text");
        assert!(forbids_scripts(page("default-src 'none'").as_bytes()));
        assert!(!forbids_scripts(page("default-src 'none'; script-src 'self'").as_bytes()));
        assert!(!forbids_scripts(b"<p>no policy"));
    }

    #[test]
    fn our_own_pages_show_text() {
        assert!(own_page("a<b", "<script>&").contains("<h1>a&lt;b</h1><pre>&lt;script&gt;&amp;</pre>"));
    }
}
