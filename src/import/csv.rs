//! Tables: rows of teams below a header, in comma, semicolon or tab separated values.
//!
//! Columns are found by their names, in any order. A table states no level here, for a level without its date is none.

mod columns;
mod text;

use super::entry::{Constituency, Contact, Email, Entry, Phone};
use super::note::{Notes, Origin};
use super::{Collector, Imported, constituency_type, country};
use crate::diagnostic::{Count, Problem, shorten};
use crate::model::{Country, Domain, EmailAddress, Line, Name, PhoneNumber, PhoneUsage, Slug};
use crate::yaml::MANY;
use ::csv::{ReaderBuilder, StringRecord};
use columns::{Column, Columns};
use std::collections::BTreeMap;
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

/// A cell that is not empty: the position of its column, and what stands in it.
type Cell<'r> = (usize, &'r str);

/// A row of the table.
struct Row<'r> {
    record: &'r StringRecord,
    line: usize,
    columns: &'r Columns,
}

impl<'r> Row<'r> {
    /// The cells in the columns of a kind that are not empty, the column that is read first before others.
    fn cells(&self, column: Column) -> impl Iterator<Item = Cell<'r>> {
        let text = |at: &usize| Some((*at, plain(self.record.get(*at)?)));
        self.columns.positions(column).iter().filter_map(text).filter(|(_, text)| !is_nothing(text))
    }

    /// The first of these cells, for what an entry has once.
    fn cell(&self, column: Column) -> Option<Cell<'r>> {
        self.cells(column).next()
    }

    fn origin(&self, at: usize) -> Origin {
        self.columns.origin(at, self.line)
    }

    /// The value in the first cell of the kind. Another one that says something else gets a note.
    fn parse<T: FromStr<Err = Problem>>(&self, column: Column, notes: &mut Notes) -> Option<T> {
        let (first, text) = self.cell(column)?;
        for (at, other) in self.cells(column).filter(|(_, other)| *other != text) {
            let message = format!("left out, for the column `{}` says something else", self.columns.header(first));
            notes.push(&self.origin(at), other, message, "an entry has this once: correct it there if this one is right");
        }
        notes.parse(&self.origin(first), text)
    }

    /// What stands in the cells one by one, between which stands what `split` says.
    fn pieces(&self, cells: &[Cell<'r>], split: fn(char) -> bool, notes: &mut Notes) -> Vec<(Origin, &'r str)> {
        let Some((first, _)) = cells.first() else { return Vec::new() };
        let all = cells.iter().flat_map(|(at, text)| parts(text, split).map(move |part| (*at, part)));
        let mut pieces = notes.within(MANY, &self.origin(*first), "", all);
        // What two columns hold is written once, without a note: nothing is lost, and there would be one for every team.
        let mut held = BTreeMap::new();
        pieces.retain(|(at, part)| held.entry(*part).or_insert(*at) == at);
        pieces.into_iter().map(|(at, part)| (self.origin(at), part)).collect()
    }

    /// The values in the cells.
    fn values<T: FromStr<Err = Problem>>(
        &self,
        cells: &[Cell<'r>],
        split: fn(char) -> bool,
        notes: &mut Notes,
    ) -> Vec<(Origin, T)> {
        let pieces = self.pieces(cells, split, notes).into_iter();
        pieces.filter_map(|(origin, part)| notes.parse(&origin, part).map(|value| (origin, value))).collect()
    }
}

/// Whether a cell says that there is nothing to say.
fn is_nothing(text: &str) -> bool {
    ["", "-", "--", "–", "—", "n/a", "#n/a", "none", "null"].iter().any(|nothing| text.eq_ignore_ascii_case(nothing))
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
    pieces.map(|part| plain(part.trim().trim_end_matches('.'))).filter(|part| !is_nothing(part))
}

/// What divides the labels of a domain name (UTS 46).
const DOTS: [char; 4] = ['.', '\u{3002}', '\u{ff0e}', '\u{ff61}'];

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
    let (name, official_name) = names(row, notes);
    let seat = seat(row, notes);
    let emails: Vec<_> = row.cells(Column::Email).collect();
    let emails = row.values(&emails, words, notes);
    let entry = Entry {
        official_name,
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
        constituency: claims(row, seat, notes),
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

/// The name and the official name: beside a short name another one is that, where no column has it.
fn names(row: &Row<'_>, notes: &mut Notes) -> (Option<Name>, Option<Line>) {
    let official = row.parse(Column::OfficialName, notes);
    let short = row
        .cell(Column::Name)
        .filter(|(at, _)| official.is_none() && row.columns.header(*at).to_lowercase().starts_with("short"));
    let long = short.and_then(|(_, short)| row.cells(Column::Name).find(|(_, name)| *name != short));
    match (short, long) {
        (Some((at, short)), Some((beside, long))) => {
            (notes.parse(&row.origin(at), short), notes.parse(&row.origin(beside), long))
        }
        _ => (row.parse(Column::Name, notes), official),
    }
}

/// The country of the team's seat: what the first cell means that means one. A name beside its code says nothing new.
fn seat(row: &Row<'_>, notes: &mut Notes) -> Option<Country> {
    let mut seat: Option<(usize, Country)> = None;
    for (at, text) in row.cells(Column::Country) {
        let Some((first, stated)) = seat else {
            seat = notes.keep(&row.origin(at), text, country(text)).map(|country| (at, country));
            continue;
        };
        if country(text) != Ok(stated) && !stated.is_called(text) {
            let message = format!("not read, for `{}` says {stated}, which is {}", row.columns.header(first), stated.name());
            notes.push(&row.origin(at), text, message, "correct the one that is wrong; an entry holds the code alone");
        }
    }
    seat.map(|(_, country)| country)
}

fn phones(row: &Row<'_>, notes: &mut Notes) -> Vec<Phone> {
    // Between numbers ` - ` divides; within one it would leave the beginning of it, which is a number too, but another.
    let divides = |rest: &str| rest.trim().is_empty() || plain(rest).starts_with('+');
    let mut cells: Vec<_> = row.cells(Column::Phone).collect();
    cells.retain(|(at, text)| {
        let is_clear = text.split(" - ").skip(1).all(divides);
        if !is_clear {
            let message = "left out, for it cannot be told whether ` - ` divides numbers or stands within one";
            notes.push(&row.origin(*at), text, message, "write `; ` between numbers, and a hyphen without blanks within one");
        }
        is_clear
    });
    let numbers = row.values(&cells, phrases, notes);
    let phone = |number| Phone { number, usage: vec![PhoneUsage::Voice], timezone: None, comment: None };
    notes.unique(numbers, |number: &PhoneNumber| number.as_str().to_owned()).into_iter().map(phone).collect()
}

fn types(row: &Row<'_>, notes: &mut Notes) -> Vec<Slug> {
    let cells: Vec<_> = row.cells(Column::Types).collect();
    let mut types = Vec::new();
    for (origin, name) in row.pieces(&cells, phrases, notes) {
        let known =
            |(id, ours, theirs): &(&str, &str, &str)| [*id, *ours, *theirs].iter().any(|known| known.eq_ignore_ascii_case(name));
        let kind = constituency_type(&origin, name, known, notes);
        types.extend(kind.map(|kind| (origin, kind)));
    }
    notes.unique(types, Slug::to_string)
}

fn claims(row: &Row<'_>, seat: Option<Country>, notes: &mut Notes) -> Constituency {
    let [asns, networks] = [Column::Asns, Column::Networks].map(|column| row.cells(column).collect::<Vec<_>>());
    let domains = domains(row, seat, notes);
    let asns = row.values(&asns, words, notes);
    let networks = row.values(&networks, words, notes);
    Constituency {
        description: None,
        domains: notes.unique(domains, |domain: &Domain| domain.name().to_owned()),
        asns: notes.unique(asns, ToString::to_string),
        networks: notes.unique(networks, ToString::to_string),
        countries: Vec::new(),
    }
}

/// The domains. A word without a dot would be a whole top-level domain, and is more likely one of a sentence, whose other
/// words then mean something else than a claim: `all but a.example`.
fn domains(row: &Row<'_>, seat: Option<Country>, notes: &mut Notes) -> Vec<(Origin, Domain)> {
    let mut domains = Vec::new();
    let mut cells: Vec<_> = row.cells(Column::Domains).collect();
    cells.retain(|(at, text)| {
        let label = text.strip_prefix('.').unwrap_or(text).to_ascii_lowercase();
        if seat.is_some() && Country::of_top_level_domain(&label) == seat {
            domains.extend(notes.parse(&row.origin(*at), &label).map(|domain| (row.origin(*at), domain)));
            return false;
        }
        let Some(word) = parts(text, words).find(|part| !part.contains(DOTS)) else { return true };
        let message = format!("left out, for `{}` has no dot, and seems to be a word of a sentence", shorten(word));
        let help = "write the domains alone, with `; ` between them, and a whole top-level domain as `*.at`";
        notes.push(&row.origin(*at), text, message, help);
        false
    });
    domains.extend(row.values(&cells, words, notes));
    domains
}
