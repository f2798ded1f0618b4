//! Which column holds what, by the names in the header.

use super::super::Imported;
use super::super::note::{Notes, Origin};
use crate::diagnostic::shorten;
use ::csv::StringRecord;
use std::collections::BTreeMap;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Name,
    OfficialName,
    Host,
    Country,
    Established,
    Types,
    Website,
    Rfc2350,
    Email,
    Phone,
    Domains,
    Asns,
    Networks,
}

/// The names of the columns, in lower case with single blanks; where a table has two of one kind, the first here is read.
const NAMES: &[(Column, &[&str])] = &[
    (Column::Name, &["short name", "short team name", "name", "team name", "team"]),
    (Column::OfficialName, &["official name", "official team name"]),
    (Column::Host, &["host", "host organisation"]),
    (Column::Country, &["country code", "cc", "country"]),
    (Column::Established, &["established", "date of establishment"]),
    (Column::Types, &["types", "constituency types", "type of constituency"]),
    (Column::Website, &["website", "www", "url"]),
    (Column::Rfc2350, &["rfc2350"]),
    (Column::Email, &["email", "e mail"]),
    (Column::Phone, &["phone", "telephone"]),
    (Column::Domains, &["domains", "constituency domains"]),
    (Column::Asns, &["asns", "constituency asns"]),
    (Column::Networks, &["networks", "constituency networks"]),
];

/// The columns of a table.
#[derive(Debug)]
pub(super) struct Columns {
    headers: Vec<String>,
    positions: BTreeMap<Column, usize>,
}

impl Columns {
    /// The columns of a header, and notes on those that are not read.
    ///
    /// # Errors
    /// Nothing is imported where a column is missing without which there is no entry.
    pub(super) fn find(header: &StringRecord, line: usize) -> Result<(Self, Notes), Box<Imported>> {
        let folded: Vec<String> = header.iter().map(fold).collect();
        let positions = NAMES.iter().filter_map(|(column, names)| {
            let position = names.iter().find_map(|name| folded.iter().position(|header| header == name));
            Some((*column, position?))
        });
        let columns = Self { headers: header.iter().map(|name| shorten(name.trim())).collect(), positions: positions.collect() };
        for (column, what, names) in [
            (Column::Name, "the team's name", "`team` or `name`"),
            (Column::Country, "its country", "`country_code` or `country`"),
        ] {
            if columns.position(column).is_none() {
                let message = format!("the table has no column for {what}");
                let help = format!("the first line holds the names of the columns: call that column {names}");
                return Err(Box::new(Imported::nothing(Origin::Row(line), message, help)));
            }
        }
        let mut notes = Notes::new(None);
        for (at, name) in folded.iter().enumerate() {
            columns.note(at, name, line, &mut notes);
        }
        Ok((columns, notes))
    }

    /// A note on a column that is not read. The country's name beside its code says nothing new.
    fn note(&self, at: usize, name: &str, line: usize, notes: &mut Notes) {
        let known = NAMES.iter().find(|(_, names)| names.contains(&name)).map(|(column, _)| *column);
        let message = match known.map(|column| self.position(column)) {
            Some(Some(read)) if read == at => return,
            Some(Some(read)) if known == Some(Column::Country) && fold(&self.headers[read]) != name => return,
            Some(Some(read)) => format!("the column is not read, for `{}` holds the same", self.headers[read]),
            _ => "the column is not read, for it has none of the names that are known (docs/import.md)".to_owned(),
        };
        notes.push(&self.origin(at, line), "", message, "rename it in the header if it holds something that entries have");
    }

    /// Where the column stands, from 0.
    pub(super) fn position(&self, column: Column) -> Option<usize> {
        self.positions.get(&column).copied()
    }

    /// How many columns there are.
    pub(super) fn count(&self) -> usize {
        self.headers.len()
    }

    /// The cell of the column at `at` in the row that begins on `line`.
    pub(super) fn origin(&self, at: usize, line: usize) -> Origin {
        Origin::Cell { line, column: at + 1, header: self.headers[at].clone() }
    }
}

/// A header as it is compared: in lower case, with one blank for whatever is neither letter nor digit.
fn fold(header: &str) -> String {
    let lower = header.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
