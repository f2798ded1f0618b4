//! `content/site.yaml`: what the directory is called, who issues its levels, and by which rules they are computed.

mod classification;
mod format;
mod policy;
mod schema;
mod serving;
mod value;

pub use classification::TiClass;
pub use format::Format;
pub use policy::Policy;
pub use serving::{Compression, HostFile};
pub use value::{Repository, SecurityContact, Switch};

use crate::diagnostic::{Finding, Spanned};
use crate::model::{Domain, Editor, Level, Line, Name, PageId, Slug, Text, Url, Uuid, keywords};
use crate::yaml::{AtMost, Reader, record, schema_of};
use classification::RawTiClass;
use policy::RawPolicy;
use std::collections::{BTreeMap, BTreeSet};
use value::{BaseUrl, Dictionary, FileCount};

/// The largest `site.yaml` that is read, in bytes.
pub const MAX_BYTES: u64 = 256 * 1024;

/// Where the configuration stands, as findings show it.
pub const FILE: &str = "content/site.yaml";

/// What `site.yaml` says, with our defaults where it is silent.
#[derive(Debug, Clone)]
pub struct Config {
    /// Whether it has a title. Otherwise one that means nothing stands in its place, so that all else is held against the rules.
    pub is_whole: bool,
    /// The directory's name.
    pub title: Name,
    /// One or two sentences about it.
    pub description: Option<Text>,
    /// Where it will be published; needed for what must be absolute.
    pub base_url: Option<Url>,
    /// The language of its texts (BCP 47): that of the pages at the root of the site.
    pub language: Language,
    /// The other languages, each of which has a tree of pages of its own. None stands twice, and none is the main one.
    pub languages: Vec<Language>,
    /// Whether the content is invented, so that ranges set aside for documentation are right.
    pub sample: bool,
    /// The folder below `themes/` whose files replace ours one by one.
    pub theme: PageId,
    /// Who issues the levels, in words.
    pub issuer: Option<Line>,
    /// Whether the page of a team tells how soon it answered when it was tested last.
    pub response_tests: bool,
    /// Constituency types of the operator's own, by id, with their names.
    pub types: BTreeMap<Slug, Line>,
    /// By which rules levels and flags follow from dates.
    pub policy: Policy,
    /// How levels are named in TI's JSON, where ours differ from its own. [`Config::ti_class`] has that of any level.
    pub ti_classification: BTreeMap<Level, TiClass>,
    /// The mail domains for which this site is the Web Key Directory.
    pub web_key_directory: Vec<Spanned<Domain>>,
    /// Which formats the site has, besides its pages and what belongs to them.
    pub formats: BTreeSet<Format>,
    /// Where a file of the project can be changed in a browser.
    pub repository: Option<Repository>,
    /// Which files for hosts the site has.
    pub hosting: BTreeSet<HostFile>,
    /// In which forms the site's texts lie beside them, for hosts that send what lies ready.
    pub compress: BTreeSet<Compression>,
    /// How many files the site has at most before the operator is warned, for hosts limit them.
    pub max_files: usize,
    /// Whom to tell of a weakness of the site itself, the best first (RFC 9116, section 2.5.3).
    pub security_contact: Vec<Spanned<SecurityContact>>,
    /// The namespace (RFC 9562, section 5.5) in which teams and events have their UUIDs; without it, one is made of the
    /// site's address, or of its title where it has none.
    pub uuid: Option<Uuid>,
    /// Who may change whatever no entry names editors for: for the repository alone.
    pub editors: Vec<Editor>,
}

/// How many files one common host takes without payment.
const MAX_FILES: usize = 20_000;

keywords! {
    /// A language of the theme's texts.
    pub enum Language, "a language" {
        /// English.
        English = "en",
        /// French.
        French = "fr",
        /// German.
        German = "de",
        /// Spanish.
        Spanish = "es",
    }
}

impl Language {
    /// What it calls itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::French => "Français",
            Self::German => "Deutsch",
            Self::Spanish => "Español",
        }
    }

    /// The language with a country, as Open Graph wants it.
    pub const fn locale(self) -> &'static str {
        match self {
            Self::English => "en_GB",
            Self::French => "fr_FR",
            Self::German => "de_DE",
            Self::Spanish => "es_ES",
        }
    }
}

/// The constituency types that we know: ids, names, and the names in TI's JSON (seen in its data).
pub const TYPES: &[(&str, &str, &str)] = &[
    ("academic", "Academic sector", "Research & Education"),
    ("ciip", "Critical information infrastructure", "CIIP"),
    ("commercial", "Commercial", "Commercial Organisation"),
    ("financial", "Financial sector", "Financial Sector"),
    ("governmental", "Governmental sector", "Government"),
    ("internal", "Internal", "Internal"),
    ("military", "Military sector", "Military"),
    ("national", "National", "National"),
    ("service-provider", "Service provider customer base", "Service Provider Customer Base"),
    ("sme", "Small and medium enterprises", "Small & Medium Enterprises"),
    ("vendor", "Vendor customer base", "Vendor Customer Base"),
];

/// What FIRST calls those of [`TYPES`] that it knows (seen in its data).
pub const FIRST_TYPES: &[(&str, &str)] = &[
    ("academic", "Research & education"),
    ("commercial", "Other commercial"),
    ("financial", "Financial sector"),
    ("service-provider", "ISP customer base"),
    ("vendor", "ICT vendor customer base"),
];

impl Config {
    /// Reads `text`, the content of `file`.
    pub fn read(text: &str, file: &str) -> (Option<Self>, Vec<Finding>) {
        let mut reader = Reader::new(file);
        let raw: Option<RawConfig> = reader.document(text);
        if let Some(policy) = raw.as_ref().and_then(|raw| raw.policy.as_ref()) {
            policy.check(&mut reader);
        }
        if let Some(Dictionary(classes)) = raw.as_ref().and_then(|raw| raw.ti_classification.as_ref()) {
            classification::check(classes, &mut reader);
        }
        let config = raw.and_then(RawConfig::convert);
        (config, reader.into_findings())
    }

    /// The name of a constituency type; for one that nobody knows, its id in words.
    pub fn type_name(&self, id: &Slug) -> String {
        let ours = || TYPES.iter().find(|(known, ..)| *known == id.as_str()).map(|(_, name, _)| (*name).to_owned());
        self.types.get(id).map(ToString::to_string).or_else(ours).unwrap_or_else(|| id.words())
    }

    /// Where the pages in a language stand: at the root of the site, or in a folder that is called by the language.
    pub fn prefix(&self, language: Language) -> String {
        if language == self.language { String::new() } else { format!("{language}/") }
    }

    /// In which language a page is, and where it stands among those in that, by where it stands in the site.
    pub fn page_name<'p>(&self, path: &'p str) -> (Language, &'p str) {
        let inside = |language: &Language| Some((*language, path.strip_prefix(language.id())?.strip_prefix('/')?));
        self.languages.iter().find_map(inside).unwrap_or((self.language, path))
    }

    /// Whether the site has this format.
    pub fn writes(&self, format: Format) -> bool {
        self.formats.contains(&format)
    }

    /// Whether a constituency type is one that we or the operator know.
    pub fn knows_type(&self, id: &Slug) -> bool {
        self.types.contains_key(id) || TYPES.iter().any(|(known, ..)| *known == id.as_str())
    }
}

/// The JSON Schema of `site.yaml`.
pub fn schema() -> serde_json::Value {
    schema_of::<RawConfig>()
}

record! {
    /// What the directory is called, who issues its levels, and by which rules they are computed.
    struct RawConfig as Site, "the site's configuration" {
        /// The directory's name.
        required title: Spanned<Name>,
        /// One or two sentences about it.
        optional description: Spanned<Text>,
        /// Whether the content is invented: ranges set aside for documentation are then right.
        optional sample: Spanned<Switch>,
        /// Who issues the levels, in words.
        optional issuer: Spanned<Line>,
        /// The language of the pages at the root of the site; English where left out.
        optional language: Spanned<Language>,
        /// The languages in which there are pages besides, each in a folder of its own.
        few languages: Spanned<Language>,
        /// Where it is published, with a slash at its end: `https://directory.example.org/`. Without it, what needs an
        /// absolute address is left out.
        optional base_url: Spanned<BaseUrl>,
        /// The folder below `themes` whose files replace ours one by one; `default` where left out.
        optional theme: Spanned<PageId>,
        /// Whether the page of a team tells how soon it answered when it was tested last; no where left out.
        optional response_tests: Spanned<Switch>,
        /// Constituency types of your own, by id, with their names: `{energy: Energy sector}`.
        optional types: Dictionary<Slug, Spanned<Line>>,
        /// How long things hold, and how early to warn.
        optional policy: RawPolicy,
        /// The mail domains for whose keys this site is the Web Key Directory.
        few web_key_directory: Spanned<Domain>,
        /// How a level is named in TI's JSON, where its own code is known: `{accreditation-candidate: {code: i, name: In
        /// accreditation}}`.
        optional ti_classification: Dictionary<Level, RawTiClass>,
        /// Which formats the site has for other programs, instead of the usual ones.
        optional formats: AtMost<50, Spanned<Format>>,
        /// Where a file of the project can be changed in a browser, with `{path}` in place of its path:
        /// `https://git.example/org/directory/edit/main/{path}`.
        optional repository: Spanned<Repository>,
        /// Which files for hosts the site has; `[headers]` where left out.
        optional hosting: AtMost<50, Spanned<HostFile>>,
        /// In which smaller forms texts lie beside them; in none where left out.
        optional compress: AtMost<50, Spanned<Compression>>,
        /// How many files the site may have before you are warned, for hosts limit them; 20000 where left out.
        optional max_files: Spanned<FileCount>,
        /// Whom to tell of a weakness of the site itself, the best first: e-mail addresses, or pages read over https.
        few security_contact: Spanned<SecurityContact>,
        /// The UUID from which those of teams, events and changes are made. Make one with `uuidgen`, and never change it.
        optional uuid: Spanned<Uuid>,
        /// Who may change whatever no entry names editors for: `"@handle"`, `"@organisation/team"` or the e-mail address of an
        /// account. For the repository alone.
        few editors: Spanned<Editor>,
    }
}

impl RawConfig {
    fn convert(self) -> Option<Config> {
        let language = self.language.map_or(Language::English, |language| language.value);
        let mut languages: Vec<Language> = Vec::new();
        for other in self.languages {
            if other.value != language && !languages.contains(&other.value) {
                languages.push(other.value);
            }
        }
        let classes = self.ti_classification.unwrap_or_default().0.into_iter();
        Some(Config {
            is_whole: self.title.is_some(),
            title: self.title.map_or_else(|| "?".parse().ok(), |title| Some(title.value))?,
            description: self.description.map(|text| text.value),
            base_url: self.base_url.map(|url| url.value.0),
            language,
            languages,
            response_tests: self.response_tests.is_some_and(|switch| switch.value == Switch::On),
            sample: self.sample.is_some_and(|switch| switch.value == Switch::On),
            theme: self.theme.map_or_else(|| "default".parse().ok(), |theme| Some(theme.value))?,
            issuer: self.issuer.map(|line| line.value),
            types: self.types.unwrap_or_default().0.into_iter().map(|(id, name)| (id, name.value)).collect(),
            policy: self.policy.map_or_else(Policy::default, RawPolicy::convert),
            ti_classification: classes.filter_map(|(level, class)| Some((level, class.convert()?))).collect(),
            web_key_directory: self.web_key_directory,
            formats: self
                .formats
                .map_or_else(Format::usual, |formats| formats.0.into_iter().map(|format| format.value).collect()),
            repository: self.repository.map(|repository| repository.value),
            hosting: self
                .hosting
                .map_or_else(|| [HostFile::Headers].into(), |files| files.0.into_iter().map(|file| file.value).collect()),
            compress: self.compress.unwrap_or_default().0.into_iter().map(|form| form.value).collect(),
            max_files: self.max_files.map_or(MAX_FILES, |count| count.value.0),
            security_contact: self.security_contact,
            uuid: self.uuid.map(|uuid| uuid.value),
            editors: self.editors.into_iter().map(|editor| editor.value).collect(),
        })
    }
}
