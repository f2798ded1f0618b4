//! Findings as a code quality report of GitLab, a subset of the Code Climate format.
//!
//! GitLab shows only the first of several findings with one fingerprint, and knows a finding again by it.

use super::{Identified, Severity};
use serde::Serialize;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'static str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// The findings as a report, with a line break at its end.
///
/// # Errors
/// Where serialisation fails, which these types give no cause for.
pub fn to_gitlab(findings: &[Identified<'_>]) -> serde_json::Result<String> {
    let issues: Vec<_> = findings.iter().map(issue).collect();
    serde_json::to_string_pretty(&issues).map(|text| text + "\n")
}

fn issue<'a>(identified: &'a Identified<'_>) -> Issue<'a> {
    let Identified { finding, fingerprint } = identified;
    let span = finding.place.span;
    Issue {
        description: finding.sentence(),
        check_name: finding.rule.id(),
        fingerprint,
        severity: match finding.rule.severity() {
            Severity::Error => "major",
            Severity::Warning => "minor",
        },
        location: Location {
            path: &finding.place.file,
            lines: Lines { begin: span.start.line, end: span.end.line.max(span.start.line) },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Finding, Place, Rule, Span};
    use super::*;

    #[test]
    fn an_issue_has_what_gitlab_asks_for() {
        let place = Place::new(&"content/teams/a.yaml".into(), Span::point(2, 1));
        let finding = Finding::new(Rule::UnknownKey, place, "`contry` is not a key of a team", "did you mean `country`?");
        let known = Identified { finding: &finding, fingerprint: "0f".repeat(16) };
        let report: serde_json::Value = serde_json::from_str(&to_gitlab(&[known]).unwrap()).unwrap();
        let expected = serde_json::json!([{
            "description": "`contry` is not a key of a team; did you mean `country`?",
            "check_name": "unknown-key",
            "fingerprint": "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",
            "severity": "major",
            "location": {"path": "content/teams/a.yaml", "lines": {"begin": 2, "end": 2}},
        }]);
        assert_eq!(report, expected);
        assert_eq!(to_gitlab(&[]).unwrap(), "[]\n");
    }
}
