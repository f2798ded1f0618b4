//! How the site wants to be served: one table of headers, and the files in which hosts read it. Nothing here knows what
//! a file holds.

mod headers_file;
mod nginx;
mod table;

pub(super) use headers_file::write as headers_file;
pub(super) use nginx::{Place, write as nginx};
pub(super) use table::{CONTENT_SECURITY_POLICY, Rule};

use super::{MANIFEST, SUMS, SitePath};

/// Where Netlify and Cloudflare Pages look for headers.
pub(super) const HEADERS: &str = "_headers";

/// What an nginx includes.
pub(super) const NGINX: &str = "_nginx.conf";

/// The rules that are about at least one file of a site, or about what the writer adds to these.
pub(super) fn rules<'p>(paths: impl Iterator<Item = &'p SitePath> + Clone) -> Vec<&'static Rule> {
    let requested = paths.map(|path| requested(path.as_str())).chain([MANIFEST, SUMS]);
    table::RULES.iter().filter(|rule| requested.clone().any(|path| rule.is_about(path))).collect()
}

/// What a visitor asks for to get the file at `path`: of an index its folder.
fn requested(path: &str) -> &str {
    path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/')).unwrap_or(path)
}
