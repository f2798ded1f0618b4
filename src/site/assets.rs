//! What a theme brings besides templates, under names that change with the content: `style.css` stands in the site as
//! `assets/style.0123abcd.css`, so that browsers may keep it for ever. Style sheets and scripts go out without what only
//! their authors read.
//!
//! Templates ask for an asset by its plain name, and so does `url()` in a style sheet. Scripts do not: what a script
//! needs, the page tells it.

mod script;
mod style;

use super::SitePath;
use crate::diagnostic::{closest, hex};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// The folder of assets, within a theme and in the site.
pub(super) const FOLDER: &str = "assets/";

/// How many bytes of the checksum stand in a name.
const HASH_BYTES: usize = 4;

/// The assets of a theme by their plain names, which are paths below [`FOLDER`].
#[derive(Debug, Default)]
pub(super) struct Assets(BTreeMap<String, Asset>);

/// A file, and where it stands in the site.
#[derive(Debug)]
struct Asset {
    path: SitePath,
    bytes: Cow<'static, [u8]>,
}

/// Why a style sheet cannot be used.
#[derive(Debug, PartialEq)]
pub(super) struct StyleError {
    /// The plain name of the style sheet.
    pub(super) name: String,
    /// Where in it, each from 1.
    pub(super) line: u32,
    pub(super) column: u32,
    /// What is wrong, and how to mend it.
    pub(super) problem: String,
}

impl fmt::Display for StyleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, line, column, problem } = self;
        write!(f, "style sheet {FOLDER}{name}, line {line}, column {column}: {problem}")
    }
}

impl Assets {
    /// The files by their plain names, with the addresses in style sheets led to the names in the site.
    ///
    /// # Errors
    /// The first `url()` of a style sheet that leads to no asset, and why.
    pub(super) fn new(files: BTreeMap<String, Cow<'static, [u8]>>) -> Result<Self, StyleError> {
        let (sheets, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|(name, _)| name.rsplit('.').next() == Some("css"));
        let mut assets = Self::default();
        for (name, bytes) in others {
            let short = if name.rsplit('.').next() == Some("js") { script::shorten(&bytes).map(Cow::Owned) } else { None };
            assets.add(name, short.unwrap_or(bytes));
        }
        // One style sheet cannot lead to another: its name would follow from its own content.
        let plain = assets;
        let mut all = Vec::new();
        for (name, bytes) in sheets {
            let led = plain.lead(&name, &bytes)?;
            all.push((name, Cow::Owned(led.into_bytes())));
        }
        let mut assets = plain;
        for (name, bytes) in all {
            assets.add(name, bytes);
        }
        Ok(assets)
    }

    fn add(&mut self, name: String, bytes: Cow<'static, [u8]>) {
        if let Ok(path) = SitePath::new(hashed(&format!("{FOLDER}{name}"), &bytes)) {
            self.0.insert(name, Asset { path, bytes });
        }
    }

    /// Where the asset `name` stands in the site.
    ///
    /// # Errors
    /// What to say where there is none.
    pub(super) fn path(&self, name: &str) -> Result<&SitePath, String> {
        self.0.get(name).map(|asset| &asset.path).ok_or_else(|| match closest(name, self.0.keys().map(String::as_str)) {
            Some(meant) => format!("the theme has no asset `{name}`; did you mean `{meant}`?"),
            None => format!("the theme has no asset `{name}`; an asset is a file below its folder `assets`"),
        })
    }

    /// Every asset: its plain name, where it stands in the site, and its bytes.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &SitePath, &[u8])> {
        self.0.iter().map(|(name, asset)| (name.as_str(), &asset.path, asset.bytes.as_ref()))
    }

    /// A style sheet in which every `url()` that leads to an asset leads to its name in the site.
    fn lead(&self, name: &str, bytes: &[u8]) -> Result<String, StyleError> {
        let wrong =
            |place: (u32, u32), problem: String| StyleError { name: name.to_owned(), line: place.0, column: place.1, problem };
        let css = std::str::from_utf8(bytes).map_err(|_| wrong((1, 1), "a style sheet is a text in UTF-8".to_owned()))?;
        let led = style::rewrite(css, |address| {
            let Some((at, target)) = target(name, address) else { return Ok(None) };
            let path = self.path(&target)?;
            let file = path.as_str().rsplit('/').next().unwrap_or_default();
            let end = target.rsplit('/').next().map_or(0, str::len);
            Ok(Some(format!("{}{file}{}", &address[..at - end], &address[at..])))
        });
        led.map_err(|error| wrong(error.place, error.problem))
    }
}

/// `a/b.css` with the checksum before its ending.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash = hex(&Sha256::digest(bytes)[..HASH_BYTES]);
    let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (&name[..=folder.len()], file));
    match file.rsplit_once('.') {
        Some((stem, ending)) => format!("{folder}{stem}.{hash}.{ending}"),
        None => format!("{folder}{file}.{hash}"),
    }
}

/// Where the path in an address ends, and which asset it means in the style sheet `sheet`; `None` for what is no path in
/// the theme: a part of the same document, or an address with a scheme or a host.
fn target(sheet: &str, address: &str) -> Option<(usize, String)> {
    let end = address.find(['#', '?']).unwrap_or(address.len());
    let path = &address[..end];
    if path.is_empty() || path.starts_with('/') || path.contains(':') {
        return None;
    }
    let mut parts: Vec<&str> = sheet.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." if !parts.is_empty() => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    Some((end, parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assets(files: &[(&str, &str)]) -> Result<Assets, StyleError> {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), Cow::Owned(text.as_bytes().to_vec())));
        Assets::new(files.collect())
    }

    fn text<'a>(assets: &'a Assets, name: &str) -> &'a str {
        std::str::from_utf8(&assets.0[name].bytes).unwrap()
    }

    #[test]
    fn names_follow_from_the_content() {
        for (name, expected) in [
            ("style.css", "assets/style.ba7816bf.css"),
            ("a/b.min.map", "assets/a/b.min.ba7816bf.map"),
            ("a.b/licence", "assets/a.b/licence.ba7816bf"),
        ] {
            let assets = assets(&[(name, "abc")]).unwrap();
            assert_eq!(assets.path(name).map(SitePath::as_str), Ok(expected));
        }
    }

    #[test]
    fn an_asset_that_is_not_there_is_told_with_the_one_that_was_meant() {
        let assets = assets(&[("style.css", "")]).unwrap();
        assert_eq!(assets.path("styl.css").unwrap_err(), "the theme has no asset `styl.css`; did you mean `style.css`?");
        assert!(assets.path("zzzzzzzz").unwrap_err().ends_with("a file below its folder `assets`"));
    }

    #[test]
    fn style_sheets_lead_to_the_names_in_the_site() {
        let sheet = "/* url(none.png) */ @font-face{src:url('../f/a.woff2?#x') format(\"woff2\")}\
                     a{background:url(b.svg),URL( \"b.svg\" );content:\"url(none)\";mask:url(#m);--x:url(data:,x)}";
        let with = |picture| assets(&[("css/s.css", sheet), ("f/a.woff2", "1"), ("css/b.svg", picture)]).unwrap();
        let assets = with("2");
        let expected = "@font-face{src:url(\"../f/a.6b86b273.woff2?#x\") format(\"woff2\")}\
                        a{background:url(\"b.d4735e3a.svg\"),url(\"b.d4735e3a.svg\");content:\"url(none)\";mask:url(#m);--x:url(data:,x)}";
        assert_eq!(text(&assets, "css/s.css"), expected);
        // What a style sheet leads to changes its own name.
        assert_ne!(assets.path("css/s.css"), with("3").path("css/s.css"));
    }

    #[test]
    fn a_style_sheet_that_leads_nowhere_is_told_at_its_place() {
        let error = assets(&[("s.css", "a {}\nb { c: url(\"d.png\") }")]).unwrap_err();
        let said = "style sheet assets/s.css, line 2, column 8: the theme has no asset `d.png`; an asset is a file below its \
                    folder `assets`";
        assert_eq!(error.to_string(), said);
        let error = assets(&[("s.css", "@media print { @import \"t.css\"; }"), ("t.css", "")]).unwrap_err();
        assert_eq!((error.line, error.column), (1, 16));
        assert!(assets(&[("s.css", &"(".repeat(100_000))]).unwrap_err().problem.contains("deep"));
        assert!(assets(&[("s.css", "a{b:url(../../c.png)}")]).is_err());
    }
}
