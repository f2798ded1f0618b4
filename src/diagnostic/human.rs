//! Findings as a person reads them: the source line, a caret below the mistake, and the cure.

use super::{Finding, Place, Pos, Severity};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::ops::Range;
use std::sync::Arc;

/// Where the source text of a file comes from; `None` where it cannot be had any more.
type ReadSource<'a> = Box<dyn FnMut(&str) -> Option<String> + 'a>;

/// Shows findings one by one. It keeps the text of the file it read last, for findings come sorted by file.
pub struct Human<'a> {
    renderer: Renderer,
    read: ReadSource<'a>,
    last: Option<(Arc<str>, Option<String>)>,
}

impl<'a> Human<'a> {
    /// Shows findings in colour or not, with source lines from `read`.
    pub fn new(colour: bool, read: impl FnMut(&str) -> Option<String> + 'a) -> Self {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        Self { renderer: renderer.decor_style(DecorStyle::Ascii), read: Box::new(read), last: None }
    }

    /// The finding as several lines of text, without a line break at the end.
    pub fn show(&mut self, finding: &Finding) -> String {
        let title = match finding.rule.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        }
        .primary_title(finding.message.as_str())
        .id(finding.rule.id());
        let line = if finding.confidential { None } else { self.line(&finding.place) };
        let others: Vec<_> = finding.also.iter().map(|(place, words)| (place, words, self.line(place))).collect();

        let mut group = Group::with_title(title);
        group = match &line {
            Some((text, range)) => Self::snippet(group, &finding.place, text, range, None),
            None => group.element(origin(&finding.place)),
        };
        for (place, words, line) in &others {
            group = match line {
                Some((text, range)) => Self::snippet(group, place, text, range, Some(words)),
                None => group.element(origin(place)),
            };
        }
        let group = group.element(Level::HELP.message(finding.help.as_str()));
        self.renderer.render(&[group])
    }

    fn snippet<'g>(group: Group<'g>, place: &'g Place, text: &'g str, range: &Range<usize>, words: Option<&'g str>) -> Group<'g> {
        let kind = if words.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
        let line = usize::try_from(place.span.start.line).unwrap_or(usize::MAX);
        let annotation = kind.span(range.clone()).label(words);
        group.element(Snippet::source(text).path(&*place.file).line_start(line).annotation(annotation))
    }

    /// The line on which `place` begins, and the bytes of it that are meant.
    fn line(&mut self, place: &Place) -> Option<(String, Range<usize>)> {
        if self.last.as_ref().is_none_or(|(file, _)| *file != place.file) {
            self.last = Some((Arc::clone(&place.file), (self.read)(&place.file)));
        }
        let text = self.last.as_ref()?.1.as_deref()?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let Pos { line, column } = place.span.start;
        let full = text.lines().nth(usize::try_from(line).ok()?.checked_sub(1)?)?;
        let byte = |column: u32| {
            let skip = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
            full.char_indices().nth(skip).map_or(full.len(), |(at, _)| at)
        };
        let end = if place.span.end.line == line { byte(place.span.end.column) } else { full.len() };
        let start = byte(column);
        Some(cut(&mask_scores(full), start..end.max(start)))
    }
}

/// Hides every value that stands behind a SIM3 parameter (`O-1: 3`), whatever the finding is about: a score in a file
/// where it ought not to be must not reach a public log. Bytes keep their places.
fn mask_scores(line: &str) -> String {
    let mut bytes = line.as_bytes().to_vec();
    let mut at = 0;
    while at + 2 < bytes.len() {
        let begins = matches!(bytes[at], b'O' | b'H' | b'T' | b'P') && bytes[at + 1] == b'-' && bytes[at + 2].is_ascii_digit();
        at += 1;
        if !begins {
            continue;
        }
        let mut rest = at + 1;
        while bytes.get(rest).is_some_and(|b| b.is_ascii_digit() || matches!(b, b' ' | b'"' | b'\'')) {
            rest += 1;
        }
        if bytes.get(rest) == Some(&b':') {
            for byte in bytes[rest + 1..].iter_mut().take_while(|b| !matches!(b, b',' | b'}' | b'#')) {
                if byte.is_ascii() && *byte != b' ' {
                    *byte = b'*';
                }
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// Keeps a very long line readable: what stands around the mistake, not the whole.
fn cut(line: &str, range: Range<usize>) -> (String, Range<usize>) {
    const LONGEST: usize = 2000;
    if line.len() <= LONGEST {
        return (line.to_owned(), range);
    }
    let end = line.floor_char_boundary(LONGEST);
    (line[..end].to_owned(), range.start.min(end)..range.end.min(end))
}

fn origin(place: &Place) -> Origin<'_> {
    let usize_of = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    Origin::path(&*place.file).line(usize_of(place.span.start.line)).char_column(usize_of(place.span.start.column))
}

#[cfg(test)]
mod tests {
    use super::super::{Rule, Span};
    use super::*;

    fn finding(line: u32, from: u32, to: u32) -> Finding {
        let span = Span::new(Pos { line, column: from }, Pos { line, column: to });
        let place = Place { file: "content/teams/a.yaml".into(), span };
        Finding::new(Rule::UnknownKey, place, "`contry` is not a key of a team", "did you mean `country`?")
    }

    #[test]
    fn points_at_the_right_column_after_wide_characters() {
        let text = "{a: \"žluťoučký 日本 🦀\", contry: AT}\n";
        let shown = Human::new(false, |_| Some(text.to_owned())).show(&finding(1, 23, 29));
        assert!(shown.contains("content/teams/a.yaml:1:23"), "{shown}");
        let lines: Vec<&str> = shown.lines().collect();
        let source = lines.iter().find(|l| l.contains("contry: AT")).unwrap();
        let carets = lines.iter().find(|l| l.contains("^^^^^^")).unwrap();
        assert!(source.contains("日本") && carets.matches('^').count() == 6, "{shown}");
    }

    #[test]
    fn shows_no_source_of_what_is_confidential() {
        let mut secret = finding(1, 1, 3);
        secret.confidential = true;
        let shown = Human::new(false, |_| Some("O-1: 3".to_owned())).show(&secret);
        assert!(!shown.contains("O-1"), "{shown}");
        assert!(shown.contains("content/teams/a.yaml:1:1"), "{shown}");
    }

    #[test]
    fn hides_scores_in_any_line() {
        assert_eq!(mask_scores("scores: {O-1: 3, \"P-17\": 4}  # O-2"), "scores: {O-1: *, \"P-17\": *}  # O-2");
        assert_eq!(mask_scores("  T-3: \"2\""), "  T-3: ***");
        assert_eq!(mask_scores("name: H-1 žluť: x"), "name: H-1 žluť: x");
    }

    #[test]
    fn survives_a_source_that_changed_meanwhile() {
        let shown = Human::new(false, |_| Some("short".to_owned())).show(&finding(9, 80, 90));
        assert!(shown.contains("content/teams/a.yaml:9:80"), "{shown}");
    }
}
