//! Foreign data to entries of ours. Pure: text in, the text of entries out, and a note on everything that did not fit.
//!
//! Nothing is dropped in silence and nothing is guessed: a value that an entry cannot hold is left out with a note that
//! says where it stood and why. What is written is what our own reader reads without a finding, but for what time or
//! the rest of the directory says of it. Files are for the command to read and to write.

mod csv;
mod entry;
mod fields;
mod first;
mod global_irt;
mod id;
mod irt;
mod json;
mod note;
mod repeated;
mod ti_json;

pub use csv::csv;
pub use first::first;
pub use global_irt::global_irt;
pub use note::{Note, Origin};
pub use ti_json::ti_json;

use crate::config::TYPES;
use crate::diagnostic::{Count, Pos, Problem};
use crate::load::{Canonical, FileKind, MAX_ENTRY_BYTES};
use crate::model::{Country, GivenIds, Slug, TeamId};
use entry::Entry;
use note::Notes;
use std::collections::BTreeMap;

/// The largest file that is imported, in bytes: several times what all teams of the world take.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// What came of foreign data.
#[derive(Debug, Default)]
pub struct Imported {
    /// The entries, in the order of the input.
    pub entries: Vec<Written>,
    /// What did not fit, team by team: the first ten thousand, and those on the file as a whole.
    pub notes: Vec<Note>,
    /// How many notes there were besides.
    pub untold: usize,
    /// How many teams did not become entries; a file that could not be read at all counts as one.
    pub refused: usize,
}

/// An entry, ready to be written.
#[derive(Debug)]
pub struct Written {
    /// The id: the name of its file without `.yaml`.
    pub id: TeamId,
    /// The country of the team's seat.
    pub country: Country,
    /// The text of the file.
    pub text: String,
    /// The text of the key file beside it, where the input holds the team's key.
    pub key: Option<String>,
}

/// The text of a file.
///
/// # Errors
/// What came of the file where it is not UTF-8: nothing, and a note on where.
pub fn decode(bytes: &[u8]) -> Result<&str, Box<Imported>> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        // Where lines end by CR alone, as in tables of old programs, it counts as LF does.
        let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).replace("\r\n", "\n").replace('\r', "\n");
        let Pos { line, column } = Pos::behind(&before);
        let help = "save it as UTF-8; spreadsheets offer `CSV UTF-8` among the formats of `Save as`";
        Box::new(Imported::nothing(Origin::At { line, column }, "the file is not UTF-8", help))
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

impl Imported {
    /// Nothing, and why.
    fn nothing(origin: Origin, message: impl Into<String>, help: impl Into<String>) -> Self {
        let note = Note { team: None, origin, value: String::new(), message: message.into(), help: help.into() };
        Self { entries: Vec::new(), notes: vec![note], untold: 0, refused: 1 }
    }
}

/// Collects entries while foreign data are read.
#[derive(Debug)]
struct Collector {
    canonical: Canonical,
    imported: Imported,
    /// The ids of this import. They depend on the input alone, not on what stands on the disk, so that importing the same data
    /// again gives the same ids.
    ids: GivenIds<TeamId>,
    unknown: BTreeMap<String, usize>,
}

impl Default for Collector {
    fn default() -> Self {
        Self {
            canonical: Canonical::new(FileKind::Entry),
            imported: Imported::default(),
            ids: GivenIds::default(),
            unknown: BTreeMap::new(),
        }
    }
}

impl Collector {
    /// Adds what was read of a team: its entry if it has one, written under `comment`, and its notes.
    fn add(&mut self, entry: Option<Entry>, comment: &str, mut notes: Notes, origin: &Origin) {
        match entry.and_then(|entry| self.write(entry, comment, &mut notes, origin)) {
            Some(written) => self.imported.entries.push(written),
            None => self.imported.refused += 1,
        }
        let (list, untold, unknown) = notes.into_parts();
        let told = list.len().min(note::MOST.saturating_sub(self.imported.notes.len()));
        self.imported.untold += untold + list.len() - told;
        self.imported.notes.extend(list.into_iter().take(told));
        for (field, times) in unknown {
            *self.unknown.entry(field).or_default() += times;
        }
    }

    /// Adds notes on the file as a whole.
    fn note(&mut self, notes: Notes) {
        let (list, untold, _) = notes.into_parts();
        self.imported.untold += untold;
        self.imported.notes.extend(list);
    }

    /// Everything, with one note for each field that has no place in an entry.
    fn finish(mut self) -> Imported {
        let mut notes = Notes::new(None);
        for (field, times) in &self.unknown {
            let message = format!("the field stands in the input {}, and was left out", Count(*times, "time"));
            notes.push(&Origin::File, field, message, "entries have no place for it");
        }
        self.note(notes);
        self.imported
    }

    fn write(&mut self, mut entry: Entry, comment: &str, notes: &mut Notes, origin: &Origin) -> Option<Written> {
        entry.shorten_lists(origin, notes);
        let text = match entry.to_text(&self.canonical) {
            Ok(text) => format!("# {comment}\n{text}"),
            Err(error) => {
                notes.push(origin, "", format!("the team was not imported: {error}"), "please report this as a mistake of ours");
                return None;
            }
        };
        if text.len() as u64 > MAX_ENTRY_BYTES {
            let message = format!("the team was not imported: its entry would be larger than {} KiB", MAX_ENTRY_BYTES / 1024);
            notes.push(origin, "", message, "shorten its lists of domains, AS numbers and networks");
            return None;
        }
        let wanted = id::wanted(entry.name.as_str())?;
        let id = self.ids.give(&wanted)?;
        if id != wanted {
            let message = format!("another team of this import has the id `{wanted}`; this one is `{id}`");
            notes.push(origin, "", message, "an id is for ever: if it should be another, rename the file before you publish it");
        }
        Some(Written { id, country: entry.country, text, key: entry.key_file })
    }
}

/// The country that a foreign text means: its code in any case, or its English name.
fn country(text: &str) -> Result<Country, Problem> {
    let named = || Country::from_code(&text.to_uppercase()).ok().or_else(|| Country::from_name(text));
    Country::from_code(text).or_else(|problem| named().ok_or(problem))
}

/// The constituency type that a name means: the one that is `known` by it, else a new one, with a note.
fn constituency_type(
    origin: &Origin,
    name: &str,
    known: impl Fn(&(&str, &str, &str)) -> bool,
    notes: &mut Notes,
) -> Option<Slug> {
    if let Some((id, ..)) = TYPES.iter().find(|kind| known(kind)) {
        return id.parse().ok();
    }
    let Some(id) = id::slug(name) else {
        notes.push(origin, name, "left out, for no constituency type can be named so", "choose a type from docs/entries.md");
        return None;
    };
    let message = format!("the constituency type is not among ours, so `{id}` was written");
    notes.push(origin, name, message, "choose one of ours, or name it under `types` in content/site.yaml");
    Some(id)
}
