//! Tables: rows of teams below a header, in comma, semicolon or tab separated values.
//!
//! Columns are found by their names, in any order. A table states no level here, for a level without its date is none.

mod columns;
mod text;

use super::entry::{Constituency, Contact, Email, Entry, Phone};
use super::note::{Notes, Origin};
use super::{Collector, Imported, constituency_type, country};
use crate::diagnostic::{Count, Problem};
use crate::model::{Domain, EmailAddress, PhoneNumber, PhoneUsage, Slug};
use crate::yaml::MANY;
use ::csv::{ReaderBuilder, StringRecord};
use columns::{Column, Columns};
use std::str::FromStr;
use text::{Lines, Text};

/// Makes entries out of a table.
pub fn csv(input: &str) -> Imported {
    let text = Text::of(input);
    if let Some(line) = text.open_quote() {
        let message = format!("a quote that begins in line {line} is not closed, so nothing was imported");
        let help = "close it, or write two where a cell holds one; if it looks well, see the quotes in the lines above it";
        return Imported::nothing(Origin::File, message, help);
    }
    let mut options = ReaderBuilder::new();
    let mut reader = options.has_headers(false).flexible(true).delimiter(text.delimiter).from_reader(text.rows.as_bytes());
    let mut lines = Lines::new(&text);
    let mut record = StringRecord::new();
    let mut collector = Collector::default();
    let mut columns: Option<Columns> = None;
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let mut notes = Notes::new(None);
                notes.push(
                    &Origin::Row(lines.line),
                    "",
                    format!("the table cannot be read on from here: {error}"),
                    "mend the line",
                );
                collector.add(None, "", notes, &Origin::File);
                break;
            }
        }
        let line = lines.of(&record);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match &columns {
            None => match Columns::find(&record, line) {
                Ok((found, notes)) => {
                    collector.note(notes);
                    columns = Some(found);
                }
                Err(nothing) => return *nothing,
            },
            Some(columns) => row(&Row { record: &record, line, columns }, &mut collector),
        }
    }
    if columns.is_none() {
        return Imported::nothing(Origin::File, "the table is empty", "its first line holds the names of the columns");
    }
    collector.finish()
}

/// A row of the table.
struct Row<'r> {
    record: &'r StringRecord,
    line: usize,
    columns: &'r Columns,
}

impl<'r> Row<'r> {
    /// The cell in `column`, if there is such a column and its cell is not empty.
    fn cell(&self, column: Column) -> Option<(Origin, &'r str)> {
        let at = self.columns.position(column)?;
        let text = plain(self.record.get(at)?);
        (!text.is_empty()).then(|| (self.columns.origin(at, self.line), text))
    }

    fn parse<T: FromStr<Err = Problem>>(&self, column: Column, notes: &mut Notes) -> Option<T> {
        let (origin, text) = self.cell(column)?;
        notes.parse(&origin, text)
    }

    /// The values in a cell, between which stands what `split` says.
    fn values<T: FromStr<Err = Problem>>(&self, column: Column, split: fn(char) -> bool, notes: &mut Notes) -> Vec<(Origin, T)> {
        let Some((origin, text)) = self.cell(column) else { return Vec::new() };
        let parts = notes.within(MANY, &origin, "", parts(text, split));
        parts.into_iter().filter_map(|part| Some((origin.clone(), notes.parse(&origin, part)?))).collect()
    }
}

/// A cell without blanks around it, and without the apostrophe by which spreadsheets are kept from reading it as a formula.
fn plain(cell: &str) -> &str {
    let cell = cell.trim();
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
}

/// What stands between commas, semicolons, line breaks, ` - ` and whatever else `split` says. A full stop at the end of
/// a part is none of it: older exports write `. - ` for a line break.
fn parts(text: &str, split: fn(char) -> bool) -> impl Iterator<Item = &str> {
    let pieces =
        text.split(" - ").flat_map(move |piece| piece.split(move |c: char| matches!(c, ',' | ';' | '\n' | '\r') || split(c)));
    pieces.map(|part| plain(part.trim().trim_end_matches('.'))).filter(|part| !part.is_empty() && *part != "-")
}

fn words(c: char) -> bool {
    c.is_whitespace()
}

fn phrases(_: char) -> bool {
    false
}

fn row(row: &Row<'_>, collector: &mut Collector) {
    let origin = Origin::Row(row.line);
    let number = format!("the team in line {}", row.line);
    let name = row.cell(Column::Name).or_else(|| row.cell(Column::OfficialName)).map_or(&*number, |(_, name)| name);
    let mut notes = Notes::new(Some(name));
    let entry = if row.record.len() == row.columns.count() {
        let entry = team(row, &mut notes);
        if entry.is_none() {
            let message = "the team was not imported, for it has no usable name or no usable country";
            notes.push(&origin, "", message, "an entry needs a name and a country");
        }
        entry
    } else {
        let (fields, needed) = (Count(row.record.len(), "field"), row.columns.count());
        let message = format!("the team was not imported, for the row has {fields} and the header {needed}");
        notes.push(&origin, "", message, "look for a separator too many or too few, or for a quote that is not closed");
        None
    };
    let comment = format!("Imported from a CSV table, line {}.", row.line);
    collector.add(entry, &comment, notes, &origin);
}

/// The entry of a team; `None` where it lacks what every entry needs.
fn team(row: &Row<'_>, notes: &mut Notes) -> Option<Entry> {
    // Everything is read before anything is missed, so that every note is made at once.
    let name = row.parse(Column::Name, notes);
    let seat = row.cell(Column::Country).and_then(|(origin, text)| notes.keep(&origin, text, country(text)));
    let emails = row.values(Column::Email, words, notes);
    let entry = Entry {
        official_name: row.parse(Column::OfficialName, notes),
        host: row.parse(Column::Host, notes),
        established: row.parse(Column::Established, notes),
        types: types(row, notes),
        website: row.parse(Column::Website, notes),
        rfc2350: row.parse(Column::Rfc2350, notes),
        contact: Contact {
            emails: notes
                .unique(emails, EmailAddress::mailbox)
                .into_iter()
                .map(|address| Email { address, usage: Vec::new() })
                .collect(),
            phones: phones(row, notes),
            ..Contact::default()
        },
        constituency: claims(row, notes),
        keys: Vec::new(),
        status: Vec::new(),
        memberships: Vec::new(),
        misp: None,
        key_file: None,
        name: name?,
        country: seat?,
    };
    Some(entry)
}

fn phones(row: &Row<'_>, notes: &mut Notes) -> Vec<Phone> {
    // Between numbers ` - ` divides; within one it would leave the beginning of it, which is a number too, but another.
    let Some((origin, text)) = row.cell(Column::Phone) else { return Vec::new() };
    let divides = |rest: &str| rest.trim().is_empty() || plain(rest).starts_with('+');
    if !text.split(" - ").skip(1).all(divides) {
        let message = "left out, for it cannot be told whether ` - ` divides numbers or stands within one";
        notes.push(&origin, text, message, "write `; ` between numbers, and a hyphen without blanks within one");
        return Vec::new();
    }
    let numbers = row.values(Column::Phone, phrases, notes);
    let phone = |number| Phone { number, usage: vec![PhoneUsage::Voice], timezone: None, comment: None };
    notes.unique(numbers, |number: &PhoneNumber| number.as_str().to_owned()).into_iter().map(phone).collect()
}

fn types(row: &Row<'_>, notes: &mut Notes) -> Vec<Slug> {
    let Some((origin, text)) = row.cell(Column::Types) else { return Vec::new() };
    let mut types = Vec::new();
    for name in notes.within(MANY, &origin, "", parts(text, phrases)) {
        let known =
            |(id, ours, theirs): &(&str, &str, &str)| [*id, *ours, *theirs].iter().any(|known| known.eq_ignore_ascii_case(name));
        types.extend(constituency_type(&origin, name, known, notes).map(|kind| (origin.clone(), kind)));
    }
    notes.unique(types, Slug::to_string)
}

fn claims(row: &Row<'_>, notes: &mut Notes) -> Constituency {
    let domains = row.values(Column::Domains, words, notes);
    let asns = row.values(Column::Asns, words, notes);
    let networks = row.values(Column::Networks, words, notes);
    Constituency {
        description: None,
        domains: notes.unique(domains, |domain: &Domain| domain.name().to_owned()),
        asns: notes.unique(asns, ToString::to_string),
        networks: notes.unique(networks, ToString::to_string),
        countries: Vec::new(),
    }
}
