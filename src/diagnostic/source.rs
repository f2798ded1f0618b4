//! The lines that findings are about, as they may be shown: with scores hidden.

use super::mask::Lines;
use super::{Place, Pos};
use std::ops::Range;
use std::sync::Arc;

/// Where the source text of a file comes from; `None` where it cannot be had any more.
type ReadSource<'a> = Box<dyn FnMut(&str) -> Option<String> + 'a>;

/// The texts of files. It keeps those of the two files it read last: findings come sorted by file, and some point at a
/// second one.
pub struct Sources<'a> {
    read: ReadSource<'a>,
    /// The files read last, the newest first.
    recent: Vec<(Arc<str>, Option<Lines>)>,
}

/// How much of a very long line is shown, in bytes.
const LONGEST_LINE: usize = 2000;

impl<'a> Sources<'a> {
    /// Takes texts from `read`, which is given the path of a file as findings show it.
    pub fn new(read: impl FnMut(&str) -> Option<String> + 'a) -> Self {
        Self { read: Box::new(read), recent: Vec::new() }
    }

    /// The line on which `place` begins, and the bytes of it that are meant. `None` also where a mistake stands so far
    /// to the right that nobody would find it in the line.
    pub(super) fn excerpt(&mut self, place: &Place) -> Option<(String, Range<usize>)> {
        let (lines, at) = self.line(&place.file, place.span.start.line)?;
        let Pos { line, column } = place.span.start;
        let shown = beginning(lines.get(at)?);
        let byte = |column: u32| {
            let skip = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
            // A place may lie just behind the last character of its line.
            shown.char_indices().map(|(at, _)| at).chain([shown.len()]).nth(skip)
        };
        let start = byte(column).filter(|start| *start < LONGEST_LINE)?;
        let end = if place.span.end.line == line { byte(place.span.end.column) } else { None };
        Some((lines.hide(at, &of_one_width(shown)), start..end.unwrap_or(shown.len()).max(start)))
    }

    /// The beginning of the line on which `place` begins, with scores hidden.
    pub(super) fn masked(&mut self, place: &Place) -> Option<String> {
        let (lines, at) = self.line(&place.file, place.span.start.line)?;
        Some(lines.hide(at, beginning(lines.get(at)?)))
    }

    /// The column of a position counted in bytes of UTF-8, from 1. `None` also where it stands far to the right: to count
    /// there for each finding of a long line would take long.
    pub(super) fn byte_column(&mut self, file: &Arc<str>, pos: Pos) -> Option<usize> {
        let (lines, at) = self.line(file, pos.line)?;
        let line = beginning(lines.get(at)?);
        let before = usize::try_from(pos.column).ok()?.checked_sub(1)?;
        // A place may lie just behind the last character.
        line.char_indices().map(|(at, _)| at).chain([line.len()]).nth(before).map(|byte| byte + 1)
    }

    /// The text of the file, and the number of the line in it, from 0.
    fn line(&mut self, file: &Arc<str>, line: u32) -> Option<(&Lines, usize)> {
        if !self.recent.iter().any(|(known, _)| known == file) {
            self.recent.truncate(1);
            self.recent.insert(0, (Arc::clone(file), (self.read)(file).map(|text| Lines::new(&text))));
        }
        let lines = self.recent.iter().find(|(known, _)| known == file)?.1.as_ref()?;
        Some((lines, usize::try_from(line).ok()?.checked_sub(1)?))
    }
}

fn beginning(line: &str) -> &str {
    &line[..line.floor_char_boundary(LONGEST_LINE)]
}

/// A source line without the control characters of Latin-1, which the renderer would let through. What takes their place
/// has as many bytes.
fn of_one_width(line: &str) -> String {
    line.replace(|c| matches!(c, '\u{80}'..='\u{9f}'), "\u{b7}")
}

#[cfg(test)]
mod tests {
    use super::super::Span;
    use super::*;

    #[test]
    fn columns_are_counted_in_bytes_for_whoever_wants_that() {
        let mut sources = Sources::new(|_| Some("\u{feff}a𐐀b\r\nž: x\n".to_owned()));
        let file: Arc<str> = "a.yaml".into();
        let mut column = |line, column| sources.byte_column(&file, Pos { line, column });
        assert_eq!([column(1, 1), column(1, 2), column(1, 3), column(1, 4)], [Some(1), Some(2), Some(6), Some(7)]);
        assert_eq!([column(2, 2), column(2, 99), column(9, 1)], [Some(3), None, None]);
    }

    #[test]
    fn a_masked_line_tells_no_score() {
        let mut sources = Sources::new(|_| Some("maturity:\n  - scores: {O-1: 3, O-2: 4}\n".to_owned()));
        let place = Place::new(&"a.yaml".into(), Span::point(2, 5));
        assert_eq!(sources.masked(&place).as_deref(), Some("  - scores: {O-1: *, O-2: *}"));
    }
}
