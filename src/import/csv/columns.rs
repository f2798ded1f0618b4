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

/// The names of the columns, in lower case with single blanks; where a table has two of one kind, the first here goes first.
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
    positions: BTreeMap<Column, Vec<usize>>,
}

impl Columns {
    /// The columns of a header, and notes on those that are not read.
    ///
    /// # Errors
    /// Nothing is imported where a column is missing without which there is no entry.
    pub(super) fn find(header: &StringRecord, line: usize) -> Result<(Self, Notes), Box<Imported>> {
        let folded: Vec<String> = header.iter().map(fold).collect();
        let headers = folded.as_slice();
        let positions = NAMES.iter().map(|(column, names)| {
            let named = |name: &'static str| (0..headers.len()).filter(move |at| headers[*at] == name);
            (*column, names.iter().copied().flat_map(named).collect())
        });
        let columns = Self { headers: header.iter().map(|name| shorten(name.trim())).collect(), positions: positions.collect() };
        for (column, what, names) in [
            (Column::Name, "the team's name", "`team` or `name`"),
            (Column::Country, "its country", "`country_code` or `country`"),
        ] {
            if columns.positions(column).is_empty() {
                let message = format!("the table has no column for {what}");
                let help = format!("the first line holds the names of the columns: call that column {names}");
                return Err(Box::new(Imported::nothing(Origin::Row(line), message, help)));
            }
        }
        let mut notes = Notes::new(None);
        let unknown = |name: &String| !NAMES.iter().any(|(_, names)| names.contains(&name.as_str()));
        for (at, _) in folded.iter().enumerate().filter(|(_, name)| unknown(name)) {
            let message = "the column is not read, for it has none of the names that are known (docs/import.md)";
            let help = "rename it in the header if it holds something that entries have";
            notes.push(&columns.origin(at, line), "", message, help);
        }
        Ok((columns, notes))
    }

    /// Where the columns of a kind stand, from 0.
    pub(super) fn positions(&self, column: Column) -> &[usize] {
        self.positions.get(&column).map_or(&[], Vec::as_slice)
    }

    /// The name of the column at `at`.
    pub(super) fn header(&self, at: usize) -> &str {
        &self.headers[at]
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
