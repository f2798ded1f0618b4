//! The files of a theme: ours, and over them those of a folder of the project.

use super::ThemeError;
use crate::config::Language;
use crate::site::SitePath;
use crate::site::assets::FOLDER;
use crate::site::default_theme::FILES;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The largest file of a theme that is read, in bytes.
const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// The folder of templates within a theme, and that of texts.
const TEMPLATES: &str = "templates/";
const TEXTS: &str = "texts/";

/// The folders of a theme.
const FOLDERS: [&str; 3] = ["templates", "assets", "texts"];

/// Files by their path within the theme.
type Files = BTreeMap<String, Cow<'static, [u8]>>;

/// The files of a theme, by what they are.
#[derive(Default)]
pub(super) struct ThemeFiles {
    /// The templates as they were written, by name.
    pub(super) templates: BTreeMap<String, String>,
    /// What is copied, by its name below `assets`.
    pub(super) assets: BTreeMap<String, Cow<'static, [u8]>>,
    /// The templates and style sheets of the project's own, as they were written: what they name is theirs to ask for.
    pub(super) own: Vec<String>,
    /// The texts of each language: where they stand, for people, and what stands there; ours first.
    pub(super) texts: Vec<(Language, PathBuf, String)>,
}

impl ThemeFiles {
    /// The files of the theme `name` of the project at `root`.
    pub(super) fn read(root: &Path, name: &str) -> Result<Self, ThemeError> {
        let themes = root.join("themes");
        if themes.is_symlink() {
            return Err(ThemeError::File(themes, "links are not followed"));
        }
        let folder = themes.join(name);
        let mut own = Files::new();
        match folder.symlink_metadata() {
            Ok(meta) if meta.is_dir() => read_folder(&folder, &mut own)?,
            Ok(_) => return Err(ThemeError::File(folder, "it is not a folder; links are not followed")),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(ThemeError::Unreadable(folder, error)),
            Err(_) if name != "default" => return Err(ThemeError::Unknown(name.to_owned())),
            Err(_) => {}
        }
        let mut files = Self::default();
        for (path, bytes) in FILES {
            files.add(Path::new("the default theme"), path, Cow::Borrowed(*bytes))?;
        }
        for (path, bytes) in own {
            if path.starts_with(TEMPLATES) || path.ends_with(".css") {
                files.own.push(String::from_utf8_lossy(&bytes).into_owned());
            }
            files.add(&folder, &path, bytes)?;
        }
        Ok(files)
    }

    fn add(&mut self, folder: &Path, path: &str, bytes: Cow<'static, [u8]>) -> Result<(), ThemeError> {
        let text = |bytes: Cow<'static, [u8]>| {
            let text = String::from_utf8(bytes.into_owned());
            text.map_err(|_| ThemeError::File(folder.join(path), "a template or a file of texts is a text in UTF-8"))
        };
        if let Some(template) = path.strip_prefix(TEMPLATES) {
            self.templates.insert(template.to_owned(), text(bytes)?);
        } else if let Some(name) = path.strip_prefix(TEXTS) {
            let language = name.strip_suffix(".yaml").and_then(|id| id.parse().ok());
            let language = language.ok_or_else(|| ThemeError::File(folder.join(path), LANGUAGES))?;
            self.texts.push((language, folder.join(path), text(bytes)?));
        } else if let Some(asset) = path.strip_prefix(FOLDER) {
            self.assets.insert(asset.to_owned(), bytes);
        }
        Ok(())
    }
}

/// What files of texts are called.
const LANGUAGES: &str = "a file of texts is called by its language: en.yaml, fr.yaml, de.yaml or es.yaml";

/// What names of files may consist of.
const NAMES: &str = "names consist of ASCII letters, digits and .-_";

/// Puts the files below `folder` over those in `files`. What begins with a dot is passed over, as are texts about the
/// theme that lie beside its folders.
fn read_folder(folder: &Path, files: &mut Files) -> Result<(), ThemeError> {
    let hidden = |entry: &walkdir::DirEntry| entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
    for entry in WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter().filter_entry(|entry| !hidden(entry)) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            ThemeError::Unreadable(path, error.into())
        })?;
        let kind = entry.file_type();
        if kind.is_dir() {
            if entry.depth() == 1 && !FOLDERS.iter().any(|known| entry.file_name() == *known) {
                return Err(ThemeError::File(entry.into_path(), "a theme has the folders `templates`, `assets` and `texts`"));
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
