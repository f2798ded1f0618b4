//! The text of a table: its separator, where its lines end, and whether its last quote is closed.

use ::csv::StringRecord;

/// The text of a table, without what stands before its header.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'t> {
    /// The header and the rows.
    pub(super) rows: &'t str,
    /// What stands between the cells of a row.
    pub(super) delimiter: u8,
    /// The line of the file on which `rows` begins.
    line: usize,
}

impl<'t> Text<'t> {
    /// The text of the table in `input`.
    pub(super) fn of(input: &'t str) -> Self {
        let input = input.strip_prefix('\u{feff}').unwrap_or(input);
        match stated(input) {
            Some((delimiter, rows)) => Self { rows, delimiter, line: 2 },
            None => Self { rows: input, delimiter: delimiter(input), line: 1 },
        }
    }

    /// The line in which a quote begins that is open at the end of the text, or is closed in another line by one behind which the
    /// cell goes on, which is where another cell begins. The CSV crate takes all that stands in between for one cell.
    pub(super) fn open_quote(&self) -> Option<usize> {
        let ends = |c: char| c == char::from(self.delimiter) || matches!(c, '\n' | '\r');
        let mut rest = self.rows;
        loop {
            if let Some(quoted) = rest.strip_prefix('"') {
                let behind = behind_quote(quoted).filter(|behind| {
                    let (within, next) = (&quoted[..quoted.len() - behind.len()], behind.trim_start_matches(' '));
                    next.is_empty() || next.starts_with(ends) || breaks(within) == 0
                });
                let Some(behind) = behind else {
                    let before = self.rows.len() - rest.len();
                    return Some(self.line + breaks(&self.rows[..before]));
                };
                rest = behind;
            }
            rest = rest.split_once(ends)?.1;
        }
    }
}

/// What stands behind the quote that closes a cell. Two quotes in a row are one that belongs to the cell.
fn behind_quote(mut rest: &str) -> Option<&str> {
    loop {
        rest = rest.split_once('"')?.1;
        let Some(within) = rest.strip_prefix('"') else { return Some(rest) };
        rest = within;
    }
}

/// The separator that a first line `sep=;` states, as it is written for Excel, and what stands below that line.
fn stated(input: &str) -> Option<(u8, &str)> {
    let (line, rest) = input.split_at(input.find(['\n', '\r'])?);
    let bare = line.strip_prefix('"').and_then(|line| line.strip_suffix('"')).unwrap_or(line);
    let (key, value) = bare.split_at_checked(4)?;
    let &[delimiter] = value.as_bytes() else { return None };
    let is_separator = key.eq_ignore_ascii_case("sep=") && (delimiter == b'\t' || delimiter.is_ascii_punctuation());
    let rows = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r']))?;
    (is_separator && delimiter != b'"').then_some((delimiter, rows))
}

/// The separator: of the three, the one that stands most often in the first line, outside quotes.
fn delimiter(input: &str) -> u8 {
    let header = input.split(['\n', '\r']).find(|line| !line.trim().is_empty()).unwrap_or_default();
    let bare: String = header.split('"').step_by(2).collect();
    let count = |delimiter: &u8| bare.bytes().filter(|b| b == delimiter).count();
    // Of equals, the last wins.
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// How many lines end in `text`: by LF, by CR and LF, or, as old programs write, by CR alone.
fn breaks(text: &str) -> usize {
    let count = |end: &str| text.matches(end).count();
    count("\n") + count("\r") - count("\r\n")
}

/// Counts lines. The CSV crate's own numbers are those of the blank lines before a row.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    at: usize,
    /// The line on which the last record begins that was asked for.
    pub(super) line: usize,
}

impl<'t> Lines<'t> {
    /// The lines of a table.
    pub(super) fn new(text: &Text<'t>) -> Self {
        Self { text: text.rows, at: 0, line: text.line }
    }

    /// The line on which a record begins. Records are asked for in their order.
    pub(super) fn of(&mut self, record: &StringRecord) -> usize {
        let start = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(self.at);
        let rest = self.text.get(start..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches(['\n', '\r']).len();
        let passed = self.text.get(self.at..start + blank).unwrap_or_default();
        self.line += breaks(passed);
        self.at = start + blank;
        self.line
    }
}
