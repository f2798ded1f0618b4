//! Where a file stands in the site.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// A path inside the site: relative, with `/` between its parts. It cannot lead out of a folder on any file system; that Windows
/// keeps some names for devices is left to those who make names.
///
/// Each part is non-empty, is neither `.` nor `..`, and consists of ASCII letters, digits and `.-_` — so no path can
/// leave the output folder, and the same bytes can be served by any host. A copy takes no room of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

/// Why a text is not a [`SitePath`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidPath(pub String);

impl fmt::Display for InvalidPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` cannot be a path of the site: only ASCII letters, digits, `.`, `-` and `_` are allowed between slashes, and no part may be empty, `.` or `..`",
            self.0
        )
    }
}

impl std::error::Error for InvalidPath {}

impl SitePath {
    /// Takes `path` if it is safe.
    ///
    /// # Errors
    /// [`InvalidPath`] where a part is empty, `.`, `..` or holds another character than ASCII letters, digits, `.-_`.
    pub fn new(path: impl Into<String>) -> Result<Self, InvalidPath> {
        let path = path.into();
        let safe = |part: &str| {
            !matches!(part, "" | "." | "..") && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
        };
        if path.split('/').all(safe) { Ok(Self(path.into())) } else { Err(InvalidPath(path)) }
    }

    /// The path as text, `teams/cert-alpha.html`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the file is a page. What stands below the Trusted Introducer's own path is JSON, whatever its name.
    pub fn is_page(&self) -> bool {
        !self.0.starts_with("trusted-introducer/") && Path::new(self.as_str()).extension().is_some_and(|ending| ending == "html")
    }

    /// What leads from this file back to the root of the site: empty at the root, `../` one folder down.
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }
}

/// The folders that lead to `path`, outermost first: `a` and `a/b` for `a/b/c`.
pub fn prefixes(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end])
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_no_way_out() {
        for bad in ["", "/", "/etc", "..", "a/../b", "a//b", "./a", "a\\b", "a\0b", "č.html", "a b"] {
            assert_eq!(SitePath::new(bad), Err(InvalidPath(bad.to_owned())));
        }
    }

    #[test]
    fn tells_pages_from_what_is_called_like_one() {
        let pages = [("a.html", true), ("a/index.html", true), ("a.json", false), ("trusted-introducer/a/index.html", false)];
        for (path, is_page) in pages {
            assert_eq!(SitePath::new(path).map(|path| path.is_page()), Ok(is_page), "{path}");
        }
    }

    #[test]
    fn knows_the_way_back() {
        for (path, back) in [("index.html", ""), ("teams/a.html", "../"), ("teams/page/2.html", "../../")] {
            assert_eq!(SitePath::new(path).map(|p| p.to_root()).as_deref(), Ok(back));
        }
    }
}
