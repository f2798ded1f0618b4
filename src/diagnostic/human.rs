//! Findings as a person reads them: the source line, a caret below the mistake, and the cure.

use super::mask::Lines;
use super::{Finding, Place, Pos, Severity, misleads};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::ops::Range;
use std::sync::Arc;

/// Where the source text of a file comes from; `None` where it cannot be had any more.
type ReadSource<'a> = Box<dyn FnMut(&str) -> Option<String> + 'a>;

/// Shows findings one by one. It keeps the text of the two files it read last: findings come sorted by file, and some
/// point at a second one.
pub struct Human<'a> {
    renderer: Renderer,
    read: ReadSource<'a>,
    /// The files read last, the newest first.
    recent: Vec<(Arc<str>, Option<Lines>)>,
}

impl<'a> Human<'a> {
    /// Shows findings in colour or not, with source lines from `read`.
    pub fn new(colour: bool, read: impl FnMut(&str) -> Option<String> + 'a) -> Self {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        Self { renderer: renderer.decor_style(DecorStyle::Ascii), read: Box::new(read), recent: Vec::new() }
    }

    /// The finding as several lines of text, without a line break at the end.
    pub fn show(&mut self, finding: &Finding) -> String {
        let title = match finding.rule.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        }
        .primary_title(visible(&finding.message))
        .id(finding.rule.id());
        let bare = finding.confidential || finding.rule.is_about_the_file();
        let mut line = |place| if bare { None } else { self.line(place) };
        let others: Vec<_> = finding.also.iter().map(|(place, words)| (place, words, line(place))).collect();
        let line = line(&finding.place);

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
        let group = group.element(Level::HELP.message(visible(&finding.help)));
        self.renderer.render(&[group])
    }

    fn snippet<'g>(group: Group<'g>, place: &'g Place, text: &'g str, range: &Range<usize>, words: Option<&'g str>) -> Group<'g> {
        let kind = if words.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
        let line = usize::try_from(place.span.start.line).unwrap_or(usize::MAX);
        let annotation = kind.span(range.clone()).label(words);
        group.element(Snippet::source(text).path(visible(&place.file)).line_start(line).annotation(annotation))
    }

    /// The line on which `place` begins, and the bytes of it that are meant. `None` also where a mistake stands so far
    /// to the right that nobody would find it in the line.
    fn line(&mut self, place: &Place) -> Option<(String, Range<usize>)> {
        if !self.recent.iter().any(|(file, _)| *file == place.file) {
            self.recent.truncate(1);
            self.recent.insert(0, (Arc::clone(&place.file), (self.read)(&place.file).map(|text| Lines::new(&text))));
        }
        let lines = self.recent.iter().find(|(file, _)| *file == place.file)?.1.as_ref()?;
        let Pos { line, column } = place.span.start;
        let at = usize::try_from(line).ok()?.checked_sub(1)?;
        let full = lines.get(at)?;
        let shown = &full[..full.floor_char_boundary(LONGEST_LINE)];
        let byte = |column: u32| {
            let skip = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
            // A place may lie just behind the last character of its line.
            shown.char_indices().map(|(at, _)| at).chain([shown.len()]).nth(skip)
        };
        let start = byte(column).filter(|start| *start < LONGEST_LINE)?;
        let end = if place.span.end.line == line { byte(place.span.end.column) } else { None };
        Some((lines.hide(at, &of_one_width(shown)), start..end.unwrap_or(shown.len()).max(start)))
    }
}

/// `text` on one line, without what would command a terminal or turn the direction of what follows.
fn visible(text: &str) -> String {
    text.replace(misleads, "\u{fffd}")
}

/// A source line without the control characters of Latin-1, which the renderer would let through. What takes their place
/// has as many bytes.
fn of_one_width(line: &str) -> String {
    line.replace(|c| matches!(c, '\u{80}'..='\u{9f}'), "\u{b7}")
}

/// How much of a very long line is shown, in bytes.
const LONGEST_LINE: usize = 2000;

fn origin(place: &Place) -> Origin<'_> {
    let usize_of = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    Origin::path(visible(&place.file)).line(usize_of(place.span.start.line)).char_column(usize_of(place.span.start.column))
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
        let other = secret.place.clone();
        let secret = secret.and(other, "the other");
        let shown = Human::new(false, |_| Some("O-1: 3".to_owned())).show(&secret);
        assert!(!shown.contains("O-1"), "{shown}");
        assert!(shown.contains("content/teams/a.yaml:1:1"), "{shown}");
    }

    #[test]
    fn survives_a_source_that_changed_meanwhile() {
        let shown = Human::new(false, |_| Some("short".to_owned())).show(&finding(9, 80, 90));
        assert!(shown.contains("content/teams/a.yaml:9:80"), "{shown}");
    }
}
