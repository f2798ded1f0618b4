//! Findings on one line each: for editors, `grep`, and people who know the rules.

use super::text::visible;
use super::{Finding, Place};
use std::fmt::Write;

/// One line for each finding: `file:line:column: error[rule]: what is wrong; how to mend it`.
pub fn to_short<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> String {
    let mut text = String::new();
    for finding in findings {
        text.push_str(&line(finding));
        text.push('\n');
    }
    text
}

/// One finding, without a line break at its end.
pub(super) fn line(finding: &Finding) -> String {
    let (place, severity, rule) = (at(&finding.place), finding.rule.severity().word(), finding.rule.id());
    let mut line = format!("{place}: {severity}[{rule}]: {}", finding.sentence());
    for (place, words) in &finding.also {
        // To write into a text does not fail.
        write!(line, " ({}: {})", visible(words), at(place)).ok();
    }
    line
}

/// The file, line and column of a place.
pub(super) fn at(place: &Place) -> String {
    format!("{}:{}:{}", visible(&place.file), place.span.start.line, place.span.start.column)
}

#[cfg(test)]
mod tests {
    use super::super::{Rule, Span};
    use super::*;

    #[test]
    fn a_finding_is_one_line_whatever_stands_in_it() {
        let file = "content/teams/a.yaml".into();
        let place = Place::new(&file, Span::point(3, 1));
        let finding = Finding::new(Rule::DuplicateKey, place, "the key `a\nb\u{1b}[2J` stands twice", "keep one of the two");
        let finding = finding.and(Place::new(&file, Span::point(1, 1)), "it stands here first");
        assert_eq!(
            to_short([&finding, &finding].into_iter().take(1)),
            "content/teams/a.yaml:3:1: error[duplicate-key]: the key `a\u{fffd}b\u{fffd}[2J` stands twice; keep one of the two \
             (it stands here first: content/teams/a.yaml:1:1)\n"
        );
    }
}
