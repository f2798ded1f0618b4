//! What tells hosts how to serve the site, and the smaller forms of its files that they may send.

use super::Planner;
use crate::config::HostFile;
use crate::model::Url;
use crate::site::compress;
use crate::site::hosting::{self, HEADERS, NGINX, Place};
use rayon::prelude::*;

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
                HostFile::Nginx if !self.has(NGINX) => {
                    let place = Place { path, strict, compressed: &config.compress };
                    self.file(NGINX.to_owned(), move |out| hosting::nginx(&rules, &place, out));
                }
                HostFile::Headers | HostFile::Nginx => {}
            }
        }
    }

    fn has(&self, name: &str) -> bool {
        self.site.paths().any(|path| path.as_str() == name)
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
