//! Findings as JSON, for programs.

use super::Identified;
use serde::Serialize;

/// One finding as published. Lines and columns count from 1, columns in characters, the end is exclusive.
#[derive(Serialize)]
struct JsonFinding<'a> {
    rule: &'static str,
    severity: &'static str,
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    message: &'a str,
    help: &'a str,
    replacement: Option<&'a str>,
    fingerprint: &'a str,
    related: Vec<Related<'a>>,
}

/// Another place that belongs to a finding.
#[derive(Serialize)]
struct Related<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    message: &'a str,
}

/// The findings as a JSON array of objects, with a line break at its end.
///
/// # Errors
/// Where serialisation fails, which these types give no cause for.
pub fn to_json(findings: &[Identified<'_>]) -> serde_json::Result<String> {
    let rows: Vec<_> = findings.iter().map(row).collect();
    serde_json::to_string_pretty(&rows).map(|text| text + "\n")
}

fn row<'a>(identified: &'a Identified<'_>) -> JsonFinding<'a> {
    let Identified { finding, fingerprint } = identified;
    let span = finding.place.span;
    JsonFinding {
        rule: finding.rule.id(),
        severity: finding.rule.severity().word(),
        file: &finding.place.file,
        line: span.start.line,
        column: span.start.column,
        end_line: span.end.line,
        end_column: span.end.column,
        message: &finding.message,
        help: &finding.help,
        replacement: finding.cure(),
        fingerprint,
        related: finding
            .also
            .iter()
            .map(|(place, words)| Related {
                file: &place.file,
                line: place.span.start.line,
                column: place.span.start.column,
                message: words,
            })
            .collect(),
    }
}
