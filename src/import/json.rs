//! JSON with teams: where they stand in a file, and reading one after the other.

use super::entry::Entry;
use super::fields::{Fields, text};
use super::note::{Notes, Origin};
use super::repeated::{self, Repeated};
use super::{Collector, Imported};
use crate::diagnostic::Count;
use serde_json::{Map, Value};

/// How teams stand in the JSON of a directory.
pub(super) struct Shape {
    /// What the first line of each entry says.
    pub(super) comment: &'static str,
    /// What is expected, for who brings something else.
    pub(super) help: &'static str,
    /// Whether the array of teams may stand in an object, as its field `data`.
    pub(super) has_envelope: bool,
    /// Every field of a team that is read.
    pub(super) fields: &'static [&'static str],
    /// The fields that hold its names, that by which it is called first.
    pub(super) names: [&'static str; 2],
    /// The field with its country.
    pub(super) country: &'static str,
    /// Makes the entry of a team; `None` where it lacks what every entry needs.
    pub(super) read: fn(&Fields<'_>, &mut Notes) -> Option<Entry>,
}

impl Shape {
    /// Makes entries out of `input`.
    pub(super) fn import(&self, input: &str) -> Imported {
        let (file, mut repeated) = match repeated::read(input) {
            Ok(file) => file,
            Err(error) => {
                let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                let origin = Origin::At { line: number(error.line()), column: number(error.column()) };
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or_default();
                return Imported::nothing(origin, format!("this is not JSON: {message}"), self.help);
            }
        };
        let mut collector = Collector::default();
        match &file {
            Value::Array(teams) => self.teams(teams, "", &mut repeated, &mut collector),
            Value::Object(envelope) if self.has_envelope && envelope.get("data").is_some_and(Value::is_array) => {
                let teams = envelope.get("data").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                self.teams(teams, "/data", &mut repeated, &mut collector);
                if let Some(notes) = missing(envelope, teams.len()) {
                    collector.note(notes);
                }
            }
            _ if self.has_envelope => {
                let message = "this is JSON, but neither an array nor an object with an array in `data`";
                return Imported::nothing(Origin::File, message, self.help);
            }
            _ => return Imported::nothing(Origin::File, "this is JSON, but not an array", self.help),
        }
        let mut notes = Notes::new(None);
        tell(repeated, &mut notes);
        collector.note(notes);
        collector.finish()
    }

    fn teams(&self, teams: &[Value], pointer: &str, repeated: &mut Repeated, collector: &mut Collector) {
        let Self { comment, names, country, .. } = self;
        for (at, value) in teams.iter().enumerate() {
            let name = |key| text(value.get(key)?).ok().filter(|name| !name.trim().is_empty());
            let number = format!("team {}", at + 1);
            let mut notes = Notes::new(Some(names.iter().find_map(name).unwrap_or(&number)));
            let origin = Origin::Pointer(format!("{pointer}/{at}"));
            tell(below(&origin, repeated), &mut notes);
            let fields = Fields::open(value, &origin, "", self.fields, &mut notes);
            let entry = fields.and_then(|fields| (self.read)(&fields, &mut notes));
            if entry.is_none() {
                let message = format!("the team was not imported, for it has no usable `{}` or no usable `{country}`", names[0]);
                notes.push(&origin, "", message, "an entry needs a name and a country");
            }
            collector.add(entry, comment, notes, &origin);
        }
    }
}

/// The fields of the object at `origin` and in it, taken out of `repeated`.
fn below(origin: &Origin, repeated: &mut Repeated) -> Repeated {
    let mut own = repeated.split_off(&format!("{origin}/"));
    // A digit stands behind `/`.
    repeated.append(&mut own.split_off(&format!("{origin}0")));
    own
}

fn tell(repeated: Repeated, notes: &mut Notes) {
    for pointer in repeated {
        let message = "this stands more than once, and the last one was taken";
        notes.push(&Origin::Pointer(pointer), "", message, "see which one is right, and remove the others");
    }
}

/// A note where an envelope says that there are more teams than the `there` that it holds, for such files come in pages.
fn missing(envelope: &Map<String, Value>, there: usize) -> Option<Notes> {
    let total = envelope.get("total").and_then(Value::as_u64).filter(|total| *total > there as u64)?;
    let mut notes = Notes::new(None);
    let message = format!("the file holds {} of {total}", Count(there, "team"));
    let help = "fetch the others with `offset` and import these files too";
    notes.push(&Origin::Pointer("/total".to_owned()), "", message, help);
    Some(notes)
}
