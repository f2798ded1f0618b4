//! Findings as a person reads them: the source line, a caret below the mistake, and the cure.

use super::text::visible;
use super::{Finding, Place, Severity, Sources};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::ops::Range;

/// Shows findings one by one.
pub struct Human<'a> {
    renderer: Renderer,
    sources: Sources<'a>,
}

impl<'a> Human<'a> {
    /// Shows findings in colour or not, with source lines from `read`.
    pub fn new(colour: bool, read: impl FnMut(&str) -> Option<String> + 'a) -> Self {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        Self { renderer: renderer.decor_style(DecorStyle::Ascii), sources: Sources::new(read) }
    }

    /// The finding as several lines of text, without a line break at the end.
    pub fn show(&mut self, finding: &Finding) -> String {
        let title = match finding.rule.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        }
        .primary_title(visible(&finding.message))
        .id(finding.rule.id());
        let mut line = |place| if finding.shows_its_line() { self.sources.excerpt(place) } else { None };
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
}

fn origin(place: &Place) -> Origin<'_> {
    let usize_of = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    Origin::path(visible(&place.file)).line(usize_of(place.span.start.line)).char_column(usize_of(place.span.start.column))
}

#[cfg(test)]
mod tests {
    use super::super::{Pos, Rule, Span};
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
