//! How pages look: templates and assets, ours or the operator's. The only module that names the template engine.
//!
//! The default theme is part of the program. A folder `themes/NAME` in the project replaces its files one by one, and
//! may add others. What is read is bounded in size, and links are not followed. Nothing here knows what a page says.

use super::assets::{self, Assets};
use super::default_theme::FILES;
use super::{RenderError, SitePath, minify};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tera::{Context, ErrorKind, Kwargs, State, Tera};
use walkdir::WalkDir;

/// The largest file of a theme that is read, in bytes.
const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// The folder of templates within a theme.
const TEMPLATES: &str = "templates/";

/// Templates, ready to render, and the files that go with them.
pub struct Theme {
    engine: Tera,
    /// The templates as they were written, by name: errors name lines that exist.
    sources: BTreeMap<String, String>,
    globals: Context,
    assets: Arc<Assets>,
}

/// Why a theme cannot be used.
#[derive(Debug)]
pub enum ThemeError {
    /// There is no theme of this name: neither ours, nor a folder of the project.
    Unknown(String),
    /// A file or folder of the theme cannot be read.
    Unreadable(PathBuf, io::Error),
    /// A file is not one that a theme may hold, and why.
    File(PathBuf, &'static str),
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
            Self::Template(report) => f.write_str(report),
        }
    }
}

impl std::error::Error for ThemeError {}

/// The files of a theme, by path within it.
type Files = BTreeMap<String, Cow<'static, [u8]>>;

impl Theme {
    /// The theme `name` of the project at `root`; what is in `globals` is known to each of its templates.
    ///
    /// # Errors
    /// [`ThemeError`] where there is no such theme, a file of it cannot be read, or a template is wrong.
    pub fn load(root: &Path, name: &str, globals: &impl Serialize) -> Result<Self, ThemeError> {
        let mut files: Files = FILES.iter().map(|(path, bytes)| ((*path).to_owned(), Cow::Borrowed(*bytes))).collect();
        let themes = root.join("themes");
        if themes.is_symlink() {
            return Err(ThemeError::File(themes, "links are not followed"));
        }
        let folder = themes.join(name);
        match folder.symlink_metadata() {
            Ok(meta) if meta.is_dir() => read_folder(&folder, &mut files)?,
            Ok(_) => return Err(ThemeError::File(folder, "it is not a folder; links are not followed")),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(ThemeError::Unreadable(folder, error)),
            Err(_) if name != "default" => return Err(ThemeError::Unknown(name.to_owned())),
            Err(_) => {}
        }
        let mut sources = BTreeMap::new();
        let mut of_assets = BTreeMap::new();
        for (path, bytes) in files {
            if let Some(template) = path.strip_prefix(TEMPLATES) {
                let text = String::from_utf8(bytes.into_owned())
                    .map_err(|_| ThemeError::File(folder.join(&path), "a template is a text in UTF-8"))?;
                sources.insert(template.to_owned(), text);
            } else if let Some(asset) = path.strip_prefix(assets::FOLDER) {
                of_assets.insert(asset.to_owned(), bytes);
            }
        }
        let assets = Arc::new(Assets::new(of_assets).map_err(|error| ThemeError::Template(error.to_string()))?);
        let globals = Context::from_serialize(globals).map_err(|error| ThemeError::Template(error.to_string()))?;
        // First as written, so that a mistake is reported where it stands.
        compile(&sources, &globals, &assets, |_, text| text.to_owned())?;
        let engine = compile(&sources, &globals, &assets, minify::template)?;
        Ok(Self { engine, sources, globals, assets })
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
        let again = compile(&self.sources, &self.globals, &self.assets, |_, text| text.to_owned());
        again
            .ok()
            .and_then(|engine| engine.render(template, context).err())
            .map_or_else(|| describe(error), |same| describe(&same))
    }

    /// Every file that is copied: its plain name below `assets`, where it stands in the site, and its bytes.
    pub fn assets(&self) -> impl Iterator<Item = (&str, &SitePath, &[u8])> {
        self.assets.iter()
    }
}

fn compile(
    sources: &BTreeMap<String, String>,
    globals: &Context,
    assets: &Arc<Assets>,
    prepare: impl Fn(&str, &str) -> String,
) -> Result<Tera, ThemeError> {
    let mut engine = Tera::new();
    engine.autoescape_on([".html", ".svg"]);
    *engine.global_context() = globals.clone();
    let assets = Arc::clone(assets);
    engine.register_function("asset", move |arguments: Kwargs, _: &State<'_>| {
        let name = arguments.must_get::<&str>("name")?;
        assets.path(name).map(ToString::to_string).map_err(tera::Error::message)
    });
    engine
        .add_raw_templates(sources.iter().map(|(name, text)| (name, prepare(name, text))))
        .map_err(|error| ThemeError::Template(describe(&error)))?;
    Ok(engine)
}

/// The engine's report, which names template, line and column and shows the line.
fn describe(error: &tera::Error) -> String {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            let (file, line, column) = (report.filename(), span.start_line, span.start_col + 1);
            format!("template {file}, line {line}, column {column}: {}\n{error}", report.message())
        }
        _ => error.to_string(),
    }
}

/// What names of files may consist of.
const NAMES: &str = "names consist of ASCII letters, digits and .-_";

/// Puts the files below `folder` over those in `files`. What begins with a dot is passed over, as are texts about the
/// theme that lie beside its two folders.
fn read_folder(folder: &Path, files: &mut Files) -> Result<(), ThemeError> {
    let hidden = |entry: &walkdir::DirEntry| entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
    for entry in WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter().filter_entry(|entry| !hidden(entry)) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            ThemeError::Unreadable(path, error.into())
        })?;
        let kind = entry.file_type();
        if kind.is_dir() {
            if entry.depth() == 1 && !["templates", "assets"].iter().any(|known| entry.file_name() == *known) {
                return Err(ThemeError::File(entry.into_path(), "a theme has the folders `templates` and `assets`"));
            }
            continue;
        }
        if !kind.is_file() {
            return Err(ThemeError::File(entry.into_path(), "it is not a regular file; links are not followed"));
        }
        if entry.depth() == 1 {
            continue;
        }
        let name = name_within(folder, entry.path()).ok_or_else(|| ThemeError::File(entry.path().to_owned(), NAMES))?;
        files.insert(name, Cow::Owned(read_bounded(entry.path())?));
    }
    Ok(())
}

/// The path of a file within `folder`, with `/` between its parts.
fn name_within(folder: &Path, file: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = file.strip_prefix(folder).ok()?.iter().map(|part| part.to_str()).collect();
    SitePath::new(parts?.join("/")).ok().map(|path| path.to_string())
}

fn read_bounded(path: &Path) -> Result<Vec<u8>, ThemeError> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes));
    match read {
        Err(error) => Err(ThemeError::Unreadable(path.to_owned(), error)),
        Ok(_) if bytes.len() as u64 > MAX_BYTES => Err(ThemeError::File(path.to_owned(), "it is larger than 8 MiB")),
        Ok(_) => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[derive(Serialize)]
    struct View {
        name: &'static str,
    }

    fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn load(project: &tempfile::TempDir, name: &str) -> Result<Theme, ThemeError> {
        Theme::load(project.path(), name, &BTreeMap::from([("site", "S")]))
    }

    fn render(theme: &Theme, template: &str) -> Result<String, String> {
        let mut out = Vec::new();
        theme.render(template, &View { name: "<b>\"&" }, &mut out).map_err(|error| error.to_string())?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn a_project_replaces_file_by_file() {
        let project = project(&[
            ("themes/mine/templates/own.html", "<p title=\"{{ name }}\">{{ name }} {{ site }}</p>"),
            ("themes/mine/assets/style.css", "x"),
            ("themes/mine/README.md", "about it"),
            ("themes/mine/.git/config", "x"),
        ]);
        let theme = load(&project, "mine").unwrap();
        let escaped = "&lt;b&gt;&quot;&amp;";
        assert_eq!(render(&theme, "own.html"), Ok(format!("<p title=\"{escaped}\">{escaped} S</p>")));
        let assets: BTreeMap<_, _> = theme.assets().map(|(name, path, bytes)| (name, (path.as_str(), bytes))).collect();
        assert_eq!(assets["style.css"], ("assets/style.2d711642.css", b"x".as_slice()));
        assert!(assets.contains_key("icon.svg"));
        assert!(theme.sources.contains_key("layout.html"));
    }

    #[test]
    fn an_unknown_theme_is_an_error() {
        assert!(matches!(load(&project(&[]), "mine"), Err(ThemeError::Unknown(name)) if name == "mine"));
        assert!(load(&project(&[]), "default").is_ok());
    }

    #[test]
    fn mistakes_are_reported_where_they_were_written() {
        let project = project(&[("themes/mine/templates/own.html", "<p>\n  x</p>\n<p>\n  {{ nothing }}</p>")]);
        let report = render(&load(&project, "mine").unwrap(), "own.html").unwrap_err();
        assert!(report.starts_with("template own.html, line 4, column 6: "), "{report}");
        fs::write(project.path().join("themes/mine/templates/own.html"), "<p>\n\n {% if %}").unwrap();
        let report = load(&project, "mine").err().map(|error| error.to_string()).unwrap();
        assert!(report.contains("own.html, line 3, column "), "{report}");
    }

    #[test]
    fn an_asset_that_is_not_there_is_reported_where_it_was_asked_for() {
        let project = project(&[
            ("themes/mine/templates/own.html", "<p>\n</p> {{ asset(name='style.css') }}"),
            ("themes/mine/templates/wrong.html", "<p>\n</p> {{ asset(name='styl.css') }}"),
            ("themes/mine/assets/style.css", "x"),
        ]);
        let theme = load(&project, "mine").unwrap();
        assert_eq!(render(&theme, "own.html"), Ok("<p></p> assets/style.2d711642.css".to_owned()));
        let report = render(&theme, "wrong.html").unwrap_err();
        assert!(report.starts_with("template wrong.html, line 2, column 9: "), "{report}");
        assert!(report.contains("the theme has no asset `styl.css`; did you mean `style.css`?"), "{report}");
        fs::write(project.path().join("themes/mine/assets/style.css"), "a { b: url(c.png) }").unwrap();
        let report = load(&project, "mine").err().map(|error| error.to_string()).unwrap();
        assert!(report.starts_with("style sheet assets/style.css, line 1, column 8: "), "{report}");
    }

    #[test]
    fn a_theme_holds_files_that_are_safe() {
        for file in ["themes/mine/template/a.html", "themes/mine/assets/a b.css"] {
            assert!(matches!(load(&project(&[(file, "")]), "mine"), Err(ThemeError::File(..))), "{file}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let project = project(&[("themes/mine/assets/a.css", "")]);
        let linked = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(project.path().join("themes"), linked.path().join("themes")).unwrap();
        assert!(matches!(load(&linked, "mine"), Err(ThemeError::File(..))));
        std::os::unix::fs::symlink("/etc/passwd", project.path().join("themes/mine/assets/b.css")).unwrap();
        assert!(matches!(load(&project, "mine"), Err(ThemeError::File(..))));
        std::os::unix::fs::symlink(project.path().join("themes/mine"), project.path().join("themes/other")).unwrap();
        assert!(matches!(load(&project, "other"), Err(ThemeError::File(..))));
    }
}
