//! What the template engine says is wrong, at the place where it was written: the engine knows only templates into which
//! texts were put.

use super::Sources;
use crate::site::texts::Expanded;
use std::collections::BTreeMap;
use tera::ErrorKind;

/// The engine's report, with template, line and column as they were written. The notes on which template called which
/// are the engine's, and name lines.
pub(super) fn describe(error: &tera::Error, expanded: &BTreeMap<String, Expanded>, sources: &Sources) -> String {
    let report = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => report,
        ErrorKind::Msg(text) => return several(text, expanded, sources).unwrap_or_else(|| error.to_string()),
        _ => return error.to_string(),
    };
    let name = report.filename();
    let (Some(template), Some(source)) = (expanded.get(name), sources.get(name)) else { return error.to_string() };
    let mut text = point(name, source, template.origin(report.span().range.start), report.message());
    let full = error.to_string();
    for (at, _) in full.match_indices("\nnote: ") {
        text.push_str(full[at..].lines().nth(1).unwrap_or_default().rsplit_once(':').map_or("", |(line, _)| line));
    }
    text
}

/// Several mistakes, which the engine has as one text: what asks for a component, a filter or a function that is not there.
/// Of each there is a line that says what is wrong, and one with template, line and column.
fn several(text: &str, expanded: &BTreeMap<String, Expanded>, sources: &Sources) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let points = lines.windows(2).filter_map(|pair| {
        let place = pair[1].trim_start().strip_prefix("--> ")?;
        let (place, column) = place.rsplit_once(':')?;
        let (name, line) = place.rsplit_once(':')?;
        let (template, source) = (expanded.get(name)?, sources.get(name)?);
        let at = offset(&template.text, line.parse().ok()?, column.parse().ok()?)?;
        Some(point(name, source, template.origin(at), pair[0].trim_start_matches("error: ")))
    });
    let points: Vec<String> = points.collect();
    (!points.is_empty()).then(|| points.join("\n"))
}

/// Where a line and a column, each from 1, are in a text.
fn offset(text: &str, line: usize, column: usize) -> Option<usize> {
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let within = text.get(start..)?.char_indices().map(|(at, _)| at).nth(column.checked_sub(1)?)?;
    Some(start + within)
}

/// A mistake at a place of a template, with the line on which it is.
pub(super) fn point(name: &str, source: &str, at: usize, what: &str) -> String {
    let before = source.get(..at).unwrap_or(source);
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = source[start..].lines().next().unwrap_or_default();
    let (number, column) = (before.matches('\n').count() + 1, before[start..].chars().count() + 1);
    let margin = " ".repeat(number.to_string().len());
    let under: String = before[start..].chars().map(|c| if c == '\t' { c } else { ' ' }).collect();
    format!("template {name}, line {number}, column {column}: {what}\n{margin} |\n{number} | {line}\n{margin} | {under}^")
}
