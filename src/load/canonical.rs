//! The canonical form of what people write: for which files there is one, in which order keys stand, how scalars are written.
//! Their layout is for `yaml`.

use super::files::{self, Content};
use super::{LoadError, content_folder, schema};
use crate::config;
use crate::diagnostic::{Finding, Rule};
use crate::model::{Asn, Fingerprint};
use crate::yaml::{Canon, Reader, Scalar, Style, format, to_text};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;

/// A kind of file that has a canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// The entry of a team.
    Entry,
    /// A body that accredits or certifies.
    Authority,
    /// A SIM3 minimum profile.
    Profile,
    /// `site.yaml`.
    Site,
}

impl FileKind {
    /// What the file at `path` is, by its name and that of its folder.
    pub fn of(path: &Path) -> Option<Self> {
        if path.file_name()? == "site.yaml" {
            return Some(Self::Site);
        }
        let folder = path.parent()?.file_name()?.to_str()?;
        match folder {
            _ if path.extension()? != "yaml" => None,
            "teams" => Some(Self::Entry),
            "authorities" => Some(Self::Authority),
            "profiles" => Some(Self::Profile),
            _ => None,
        }
    }

    /// What a text without a name is, by the keys that stand in it without an indent.
    ///
    /// Where both a team and an authority would do, it is the one in whose order its keys stand.
    pub fn of_text(text: &str) -> Self {
        let keys: Vec<&str> = text.lines().filter_map(|line| line.split_once(':')).map(|(key, _)| key).collect();
        let place = |name: &str| keys.iter().position(|key| *key == name);
        let has = |name: &str| place(name).is_some();
        match () {
            () if has("minimum") || has("verified") => Self::Profile,
            () if has("title") => Self::Site,
            () if has("entitlements") || has("accreditations") => Self::Authority,
            () if has("website") && place("website") < place("country") => Self::Authority,
            () => Self::Entry,
        }
    }

    fn schema(self) -> Value {
        match self {
            Self::Entry => schema::entry(),
            Self::Authority => schema::authority(),
            Self::Profile => schema::profile(),
            Self::Site => schema::site(),
        }
    }
}

/// The canonical form of one kind of file.
#[derive(Debug)]
pub struct Canonical {
    schema: Value,
}

impl Canonical {
    /// That of `kind`.
    pub fn new(kind: FileKind) -> Self {
        Self { schema: kind.schema() }
    }

    /// The canonical form of `text`, which is readable.
    ///
    /// # Errors
    /// What would be lost, where something would: a fault of ours.
    pub fn format(&self, text: &str) -> Result<String, String> {
        format(text, &self.canon())
    }

    /// `value` as canonical text.
    ///
    /// # Errors
    /// Where a value has no form in YAML.
    pub fn write(&self, value: &impl serde::Serialize) -> Result<String, String> {
        to_text(value, Some(&self.canon()))
    }

    fn canon(&self) -> Canon<'_> {
        Canon { schema: &self.schema, scalar }
    }
}

/// The canonical form of a scalar, by the name of its definition. What cannot be read as what it should be stays as it is.
fn scalar(definition: &str, text: &str) -> Option<Scalar> {
    let plain = |text: String| Some(Scalar { text, style: Style::Plain });
    match definition {
        "Fingerprint" => {
            let grouped = text.parse::<Fingerprint>().ok()?.to_string();
            Some(Scalar { text: grouped, style: Style::Quoted })
        }
        "Asn" => plain(text.parse::<Asn>().map_or_else(|_| text.to_owned(), |asn| asn.number().to_string())),
        // `AS64500` stays as it is where it shows what kind of claim it is.
        "Claim" | "Date" | "Until" | "Score" | "Switch" | "Duration" | "GroupSize" | "FileCount" | "SponsorCount" => {
            plain(text.to_owned())
        }
        _ => None,
    }
}

/// A file that has a canonical form.
#[derive(Debug)]
pub struct Source {
    /// What it is.
    pub kind: FileKind,
    /// Its path from the project's root, with `/` between the parts.
    pub file: Arc<str>,
}

/// The files of the project at `root` that have a canonical form, and which folders could not be read.
///
/// # Errors
/// Where there is no folder `content` that can be read.
pub fn sources(root: &Path) -> Result<(Vec<Source>, Vec<Finding>), LoadError> {
    content_folder(root)?;
    let mut findings = Vec::new();
    let content = Content::scan(root, &mut findings);
    findings.retain(|finding| finding.rule == Rule::UnreadableFile);
    let source = |kind| move |file: &Arc<str>| Source { kind, file: Arc::clone(file) };
    let mut sources: Vec<Source> = content.site.iter().map(|_| source(FileKind::Site)(&Arc::from(config::FILE))).collect();
    sources.extend(content.authorities.iter().map(|found| source(FileKind::Authority)(&found.file)));
    sources.extend(content.profiles.iter().map(|found| source(FileKind::Profile)(&found.file)));
    sources.extend(content.teams.iter().map(|found| source(FileKind::Entry)(&found.file)));
    Ok((sources, findings))
}

/// The text of a file, which findings call `file`, where it is readable YAML.
///
/// # Errors
/// Everything that keeps it from being read.
pub fn readable(path: &Path, file: &str) -> Result<String, Vec<Finding>> {
    let text = files::read_text(path, file, files::MAX_ENTRY_BYTES).map_err(|finding| vec![*finding])?;
    readable_text(text, file)
}

/// The text that findings call `file`, from its bytes, where it is readable YAML.
///
/// # Errors
/// Everything that keeps it from being read.
pub fn readable_bytes(bytes: Vec<u8>, file: &str) -> Result<String, Vec<Finding>> {
    let text = files::public_text(bytes, file, files::MAX_ENTRY_BYTES).map_err(|finding| vec![*finding])?;
    readable_text(text, file)
}

fn readable_text(text: String, file: &str) -> Result<String, Vec<Finding>> {
    let mut reader = Reader::new(file);
    if reader.is_readable(&text) { Ok(text) } else { Err(reader.into_findings()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_a_name_is_known_by_its_keys() {
        for (text, kind) in [
            ("name: A\ncountry: AT\n", FileKind::Entry),
            ("country: AT\nwebsite: https://a.example/\ncontact:\n  hours: 24x7\n", FileKind::Entry),
            ("name: A\nwebsite: https://a.example/\ncountry: AT\n", FileKind::Authority),
            ("name: A\ncountry: AT\nentitlements: []\n", FileKind::Authority),
            ("# A site\ntitle: A\n", FileKind::Site),
            ("title: A\nsource: B\nverified: false\n", FileKind::Profile),
            ("", FileKind::Entry),
        ] {
            assert_eq!(FileKind::of_text(text), kind, "{text}");
        }
    }

    #[test]
    fn a_file_is_known_by_its_folder() {
        assert_eq!(FileKind::of(Path::new("a/content/teams/b.yaml")), Some(FileKind::Entry));
        assert_eq!(FileKind::of(Path::new("content/site.yaml")), Some(FileKind::Site));
        assert_eq!(FileKind::of(Path::new("content/teams/b.asc")), None);
        assert_eq!(FileKind::of(Path::new("content/editions/2026-01-01.yaml")), None);
    }
}
