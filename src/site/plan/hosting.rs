//! What tells hosts how to serve the site, and the smaller forms of its files that they may send.

use super::Planner;
use crate::config::{self, HostFile};
use crate::diagnostic::{Finding, Place as At, Rule};
use crate::model::Url;
use crate::site::SitePath;
use crate::site::compress;
use crate::site::hosting::{self, HEADERS, NGINX, Place};
use rayon::prelude::*;
use std::io::Write;

/// The file that GitHub Pages looks for.
const HIDDEN_FOLDERS: &str = ".nojekyll";

impl Planner<'_> {
    /// What keeps some hosts from leaving out folders such as `.well-known`; one of the operator's own does as well.
    pub(super) fn hidden_folders(&mut self) {
        if !self.has(HIDDEN_FOLDERS) {
            self.file(HIDDEN_FOLDERS.to_owned(), |_| Ok(()));
        }
    }

    /// The files that the operator chose, unless there is one of their own.
    pub(super) fn host_files(&mut self) {
        let config = &self.assessment.directory.config;
        let rules = hosting::rules(self.site.paths());
        let base = config.base_url.as_ref().map(Url::href);
        let path = base.map_or("/", path_of);
        let strict = path == "/" && base.is_some_and(|base| base.starts_with("https://"));
        for file in &config.hosting {
            let rules = rules.clone();
            match file {
                HostFile::Headers if !self.has(HEADERS) => {
                    self.file(HEADERS.to_owned(), move |out| hosting::headers_file(&rules, strict, out));
                }
                HostFile::Nginx if !self.has(NGINX) => match decoded(path) {
                    Some(path) => {
                        let recipe = move |out: &mut dyn Write| {
                            hosting::nginx(&rules, &Place { path: &path, strict, compressed: &config.compress }, out)
                        };
                        self.file(NGINX.to_owned(), recipe);
                    }
                    None => self.findings.push(no_place(path)),
                },
                HostFile::Headers | HostFile::Nginx => {}
            }
        }
    }

    fn has(&self, name: &str) -> bool {
        SitePath::new(name).is_ok_and(|path| self.site.contains(&path))
    }

    /// Every text in the forms that the operator chose, where it is large enough. How large it is, only rendering tells.
    pub(super) fn smaller_forms(&mut self) {
        let forms = &self.assessment.directory.config.compress;
        if forms.is_empty() {
            return;
        }
        let texts: Vec<_> = self.site.paths().filter(|path| compress::is_text(path)).cloned().collect();
        let recipes = texts.into_par_iter().filter_map(|path| self.site.recipe(&path).map(|recipe| (path, recipe)));
        let large: Vec<_> = recipes.filter(|(_, recipe)| compress::is_worth_it(recipe)).collect();
        for (path, recipe) in large {
            for form in forms.iter().copied() {
                let recipe = recipe.clone();
                self.file(compress::path(&path, form), move |out| compress::write(form, &recipe, out));
            }
        }
    }
}

/// The path of an address, from a slash on.
fn path_of(address: &str) -> &str {
    let host = address.find("://").map_or(0, |at| at + 3);
    address[host..].find('/').map_or("/", |at| &address[host + at..])
}

/// The path of an address as nginx compares it: without percent-encoding. `None` where it cannot stand in the
/// configuration of nginx: that has no way to write a dollar sign, and of what ends a text or a line nobody would make a
/// folder.
fn decoded(path: &str) -> Option<String> {
    let mut parts = path.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    let is_bad = |c: char| c.is_control() || matches!(c, '$' | '"' | '\\');
    String::from_utf8(bytes).ok().filter(|path| !path.contains(is_bad))
}

fn no_place(path: &str) -> Finding {
    let message = format!("the path `{path}` of `base_url` cannot stand in {NGINX}");
    let help = "a configuration of nginx cannot hold `$`, quotes, `\\` and what is not UTF-8: choose another path, or take `nginx` \
                out of `hosting`";
    Finding::new(Rule::InvalidUrl, At::file(config::FILE), message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_as_nginx_compares_it() {
        for (address, expected) in [
            ("https://x.example", Some("/")),
            ("https://x.example/", Some("/")),
            ("https://x.example/b%C3%BCcher/a%20b/", Some("/bücher/a b/")),
            ("https://x.example/a%2Eb's/", Some("/a.b's/")),
            ("https://x.example/a$b/", None),
            ("https://x.example/a%24b/", None),
            ("https://x.example/a%22/", None),
            ("https://x.example/a%5C/", None),
            ("https://x.example/a%0A/", None),
            ("https://x.example/a%FF/", None),
            ("https://x.example/a%", None),
            ("https://x.example/a%+1/", None),
            ("https://x.example/a%ü", None),
        ] {
            assert_eq!(decoded(path_of(address)).as_deref(), expected, "{address}");
        }
    }
}
