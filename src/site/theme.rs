//! How pages look: templates and assets, ours or the operator's. The only module that names the template engine.
//!
//! The default theme is part of the program. A folder `themes/NAME` in the project replaces its files one by one, and its
//! texts one by one; it may add others. What is read is bounded in size, and links are not followed. Texts are put into
//! the templates when they are loaded, once for each language of the site. Nothing here knows what a page says.

mod body;
mod code;
mod files;
mod inline;
mod report;

use super::assets::Assets;
use super::texts::{Catalogue, Expanded, expand};
use super::{RenderError, SitePath, minify};
use crate::config::Language;
use files::ThemeFiles;
use inline::Components;
use rayon::prelude::*;
use report::{describe, point};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tera::{Context, Kwargs, State, Tera};

/// Templates, ready to render in each language of the site, and the files that go with them.
pub struct Theme {
    name: String,
    main: Tree,
    others: Vec<Tree>,
    assets: Arc<Assets>,
    /// The templates and style sheets of the project's own.
    own: Vec<String>,
}

/// What the tree of pages in one language is made with.
pub struct Tree {
    texts: Catalogue,
    engine: Tera,
    globals: Context,
    sources: Arc<Sources>,
    assets: Arc<Assets>,
}

/// The templates as they were written, by name: errors name places that exist.
type Sources = BTreeMap<String, String>;

/// Why a theme cannot be used.
#[derive(Debug)]
pub enum ThemeError {
    /// There is no theme of this name: neither ours, nor a folder of the project.
    Unknown(String),
    /// A file or folder of the theme cannot be read.
    Unreadable(PathBuf, io::Error),
    /// A file is not one that a theme may hold, and why.
    File(PathBuf, &'static str),
    /// A file of texts is wrong; the text names file, line and column.
    Text(String),
    /// A template or a style sheet is wrong; the text names file, line and column.
    Template(String),
}

impl fmt::Display for ThemeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(name) => {
                write!(f, "there is no theme `{name}`: make a folder themes/{name}, or remove `theme` from site.yaml")
            }
            Self::Unreadable(path, error) => write!(f, "{} cannot be read: {error}", path.display()),
            Self::File(path, why) => write!(f, "{} cannot be part of a theme: {why}", path.display()),
            Self::Text(report) | Self::Template(report) => f.write_str(report),
        }
    }
}

impl std::error::Error for ThemeError {}

impl Theme {
    /// The theme `name` of the project at `root`, in the language `main` and in `others`. What `globals` makes for the
    /// texts of a language is known to each of its templates.
    ///
    /// # Errors
    /// [`ThemeError`] where there is no such theme, a file of it cannot be read, or a template or a text is wrong.
    pub fn load<G: Serialize>(
        root: &Path,
        name: &str,
        main: Language,
        others: &[Language],
        globals: impl Fn(&Catalogue) -> G,
    ) -> Result<Self, ThemeError> {
        let ThemeFiles { templates, assets, own, texts } = ThemeFiles::read(root, name)?;
        let sources = Arc::new(templates);
        let assets = Arc::new(Assets::new(assets).map_err(|error| ThemeError::Template(error.to_string()))?);
        let tree = |language| Tree::new(catalogue(language, &texts)?, &globals, Arc::clone(&sources), Arc::clone(&assets));
        let main = tree(main)?;
        let others = others.iter().map(|language| tree(*language)).collect::<Result<_, _>>()?;
        Ok(Self { name: name.to_owned(), main, others, assets, own })
    }

    /// Whether [`load`](Self::load) would give the same again, provided that its files are the same.
    pub fn fits<G: Serialize>(&self, name: &str, main: Language, others: &[Language], globals: impl Fn(&Catalogue) -> G) -> bool {
        let wanted = std::iter::once(main).chain(others.iter().copied());
        let same = |tree: &Tree| Context::from_serialize(&globals(&tree.texts)).is_ok_and(|globals| globals == tree.globals);
        self.name == name && self.trees().map(|tree| tree.texts.language()).eq(wanted) && self.trees().all(same)
    }

    /// The tree in the main language.
    pub fn main(&self) -> &Tree {
        &self.main
    }

    /// The tree of each language, the main one first.
    pub fn trees(&self) -> impl Iterator<Item = &Tree> {
        std::iter::once(&self.main).chain(&self.others)
    }

    /// Every file that is copied: its plain name below `assets`, where it stands in the site, and its bytes.
    pub fn assets(&self) -> impl Iterator<Item = (&str, &SitePath, &[u8])> {
        self.assets.iter()
    }

    /// Whether a template or a style sheet of the project's own may ask for the asset of this plain name: whether it has
    /// the name in it.
    pub fn may_ask_for(&self, name: &str) -> bool {
        self.own.iter().any(|text| text.contains(name))
    }
}

impl Tree {
    fn new<G: Serialize>(
        texts: Catalogue,
        globals: &impl Fn(&Catalogue) -> G,
        sources: Arc<Sources>,
        assets: Arc<Assets>,
    ) -> Result<Self, ThemeError> {
        let globals = Context::from_serialize(&globals(&texts)).map_err(|error| ThemeError::Template(error.to_string()))?;
        let expanded = expand_all(&sources, &texts)?;
        let components = Components::find(as_written(&expanded).map(|(_, text)| text));
        let engine = compile(small(&expanded, &components), &globals, &assets)
            // Whatever was wrong with what was put together: what the author wrote counts.
            .or_else(|_| compile(small(&expanded, &Components::default()), &globals, &assets))
            .map_err(|error| {
                // Again as written, so that a mistake is reported where it stands.
                let report = compile(as_written(&expanded), &globals, &assets).err();
                ThemeError::Template(report.map_or_else(|| error.to_string(), |error| describe(&error, &expanded, &sources)))
            })?;
        Ok(Self { texts, engine, globals, sources, assets })
    }

    /// The texts of its language.
    pub fn texts(&self) -> &Catalogue {
        &self.texts
    }

    /// Renders `template` with `view` into `out`.
    ///
    /// # Errors
    /// [`RenderError`] where the template and the view do not fit together, or `out` fails.
    pub fn render(&self, template: &str, view: &impl Serialize, out: &mut dyn Write) -> Result<(), RenderError> {
        let context = Context::from_serialize(view).map_err(|error| RenderError::Template(error.to_string()))?;
        match self.engine.render(template, &context) {
            Ok(page) => Ok(out.write_all(page.as_bytes())?),
            Err(error) => Err(RenderError::Template(self.report(template, &context, &error))),
        }
    }

    /// The error as it is with the templates as written: in what was minified, all is on one line.
    fn report(&self, template: &str, context: &Context, error: &tera::Error) -> String {
        let again = || {
            let expanded = expand_all(&self.sources, &self.texts).ok()?;
            let engine = compile(as_written(&expanded), &self.globals, &self.assets).ok()?;
            let same = engine.render(template, context).err()?;
            Some(describe(&same, &expanded, &self.sources))
        };
        again().unwrap_or_else(|| error.to_string())
    }
}

/// The texts of a language: ours, and over them those of the project's theme.
fn catalogue(language: Language, files: &[(Language, PathBuf, String)]) -> Result<Catalogue, ThemeError> {
    let mut catalogue = Catalogue::new(language);
    for (_, path, text) in files.iter().filter(|(of, ..)| *of == language) {
        catalogue.add(text).map_err(|mistake| {
            let (line, column) = (mistake.at.line, mistake.at.column);
            ThemeError::Text(format!("{}, line {line}, column {column}: {}", path.display(), mistake.what))
        })?;
    }
    Ok(catalogue)
}

/// The templates with the texts of a language.
fn expand_all(sources: &Sources, texts: &Catalogue) -> Result<BTreeMap<String, Expanded>, ThemeError> {
    let expanded = sources.iter().map(|(name, source)| match expand(source, texts) {
        Ok(expanded) => Ok((name.clone(), expanded)),
        Err((at, what)) => Err(ThemeError::Template(point(name, source, at, &what))),
    });
    expanded.collect()
}

/// The templates with components in the place of their calls, minified.
fn small<'t>(
    templates: &'t BTreeMap<String, Expanded>,
    components: &Components<'_>,
) -> impl Iterator<Item = (&'t str, String)> + use<'t> {
    let small = |(name, expanded): (&'t String, &'t Expanded)| {
        (name.as_str(), minify::template(name, &components.place_in(&expanded.text)))
    };
    templates.par_iter().map(small).collect::<Vec<_>>().into_iter()
}

/// The templates with their texts, and nothing else done to them.
fn as_written(templates: &BTreeMap<String, Expanded>) -> impl Iterator<Item = (&str, &str)> + Clone {
    templates.iter().map(|(name, expanded)| (name.as_str(), expanded.text.as_str()))
}

fn compile<'t>(
    templates: impl Iterator<Item = (&'t str, impl AsRef<str>)>,
    globals: &Context,
    assets: &Arc<Assets>,
) -> Result<Tera, tera::Error> {
    let mut engine = Tera::new();
    engine.autoescape_on([".html", ".svg"]);
    *engine.global_context() = globals.clone();
    let assets = Arc::clone(assets);
    engine.register_function("asset", move |arguments: Kwargs, _: &State<'_>| {
        let name = arguments.must_get::<&str>("name")?;
        assets.path(name).map(ToString::to_string).map_err(tera::Error::message)
    });
    engine.add_raw_templates(templates)?;
    Ok(engine)
}

#[cfg(test)]
mod tests;
