//! Findings in the Reviewdog Diagnostic Format (`rdjson`), with suggestions that can be accepted where they are read.
//!
//! Its columns count bytes of UTF-8. Where the text of a line cannot be had, its columns are left out.

use super::text::visible;
use super::{Finding, Place, Pos, Severity, Sources, Span};
use serde::Serialize;

#[derive(Serialize)]
struct Report {
    source: Source,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Diagnostic {
    message: String,
    location: Location,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion>,
}

#[derive(Serialize)]
struct Location {
    path: String,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

/// The findings as a report, with a line break at its end.
///
/// # Errors
/// Where serialisation fails, which these types give no cause for.
pub fn to_rdjson<'a>(findings: impl IntoIterator<Item = &'a Finding>, sources: &mut Sources<'_>) -> serde_json::Result<String> {
    let diagnostics = findings.into_iter().map(|finding| diagnostic(finding, sources)).collect();
    let report = Report { source: Source { name: "peerage" }, diagnostics };
    serde_json::to_string_pretty(&report).map(|text| text + "\n")
}

fn diagnostic(finding: &Finding, sources: &mut Sources<'_>) -> Diagnostic {
    let mut message = finding.sentence();
    for (place, words) in &finding.also {
        message += &format!("\n{}: {}", visible(words), super::short::at(place));
    }
    // A suggestion needs the very bytes that it takes the place of.
    let cure = |range: &Range| finding.cure().filter(|_| range.start.column.is_some() && range.end.column.is_some());
    let whole = range(&finding.place, sources);
    let suggestions = cure(&whole).map(|text| Suggestion { range: range(&finding.place, sources), text: text.to_owned() });
    Diagnostic {
        message,
        location: Location { path: finding.place.file.to_string(), range: whole },
        severity: match finding.rule.severity() {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
        },
        code: Code { value: finding.rule.id() },
        suggestions: suggestions.into_iter().collect(),
    }
}

/// Both ends with their columns, or both without.
fn range(place: &Place, sources: &mut Sources<'_>) -> Range {
    let Span { start, end } = place.span;
    let end = end.max(start);
    let mut column = |pos: Pos| sources.byte_column(&place.file, pos);
    let columns = column(start).zip(column(end));
    Range {
        start: Position { line: start.line, column: columns.map(|(start, _)| start) },
        end: Position { line: end.line, column: columns.map(|(_, end)| end) },
    }
}

#[cfg(test)]
mod tests {
    use super::super::Rule;
    use super::*;
    use serde_json::{Value, json};

    fn report(finding: &Finding, text: Option<&str>) -> Value {
        let mut sources = Sources::new(|_| text.map(str::to_owned));
        serde_json::from_str(&to_rdjson([finding], &mut sources).unwrap()).unwrap()
    }

    fn finding() -> Finding {
        let span = Span::new(Pos { line: 1, column: 10 }, Pos { line: 1, column: 16 });
        let place = Place { file: "content/teams/a.yaml".into(), span };
        let finding = Finding::new(Rule::UnknownKey, place, "`contry` is not a key of a team", "did you mean `country`?");
        finding.or_rather(Some("country"))
    }

    #[test]
    fn a_suggestion_replaces_the_very_bytes() {
        let text = "{a: \"日\", contry: AT}\n";
        let found = report(&finding(), Some(text));
        let diagnostic = &found["diagnostics"][0];
        let range = json!({"start": {"line": 1, "column": 12}, "end": {"line": 1, "column": 18}});
        assert_eq!(diagnostic["location"], json!({"path": "content/teams/a.yaml", "range": range}));
        assert_eq!(diagnostic["suggestions"], json!([{"range": range, "text": "country"}]));
        assert_eq!(&text[11..17], "contry");
        assert_eq!((&diagnostic["severity"], &diagnostic["code"]["value"]), (&json!("ERROR"), &json!("unknown-key")));
    }

    #[test]
    fn without_the_text_there_are_lines_alone() {
        let found = report(&finding(), None);
        let range = json!({"start": {"line": 1}, "end": {"line": 1}});
        assert_eq!(found["diagnostics"][0]["location"]["range"], range);
        assert_eq!(found["diagnostics"][0].get("suggestions"), None);
    }

    #[test]
    fn what_is_confidential_has_no_suggestion() {
        let mut secret = finding();
        secret.confidential = true;
        let found = report(&secret, Some("{a: \"日\", contry: AT}\n"));
        assert_eq!(found["diagnostics"][0].get("suggestions"), None);
    }
}
