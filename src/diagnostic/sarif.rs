//! Findings in the Static Analysis Results Interchange Format, SARIF 2.1.0.
//!
//! Columns count characters, and the log says so. The fingerprint has a name of our own: under the name that GitHub reads,
//! its uploader computes another one for itself, and warns where it finds ours.

use super::text::visible;
use super::{Finding, Identified, Place, Pos, Rule, Span};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Value,
    original_uri_base_ids: Value,
    column_kind: &'static str,
    results: Results<'a>,
}

/// The results, made one by one as they are written: all of them at once would need a great deal of memory.
struct Results<'a> {
    findings: &'a [Identified<'a>],
    rules: &'a [Rule],
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.findings.iter().map(|known| result(known, self.rules)))
    }
}

/// The findings as a log with one run, with a line break at its end.
///
/// # Errors
/// Where serialisation fails, which these values give no cause for.
pub fn to_sarif(findings: &[Identified<'_>]) -> serde_json::Result<String> {
    let used: BTreeSet<Rule> = findings.iter().map(|known| known.finding.rule).collect();
    let rules: Vec<Rule> = used.into_iter().collect();
    let driver = json!({
        "name": "Peerage",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules.iter().map(|rule| descriptor(*rule)).collect::<Vec<_>>(),
    });
    let run = Run {
        tool: json!({"driver": driver}),
        original_uri_base_ids: json!({ROOT: {"description": {"text": "The root of the repository; without one the project's folder, which holds `content`."}}}),
        column_kind: "unicodeCodePoints",
        results: Results { findings, rules: &rules },
    };
    let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    let log = Log { schema, version: "2.1.0", runs: [run] };
    serde_json::to_string_pretty(&log).map(|text| text + "\n")
}

/// The name of the folder from which paths begin.
const ROOT: &str = "%SRCROOT%";

/// The name under which a result has its fingerprint, with the version of how it is made.
const FINGERPRINT: &str = "peerage/v1";

fn descriptor(rule: Rule) -> Value {
    let text = json!({"text": plain(rule.doc())});
    json!({
        "id": rule.id(),
        "shortDescription": text,
        "fullDescription": text,
        "help": {"text": "Each finding says how to mend it."},
        "defaultConfiguration": {"level": rule.severity().word()},
    })
}

fn result(known: &Identified<'_>, rules: &[Rule]) -> Value {
    let Identified { finding, fingerprint } = known;
    let mut result = json!({
        "ruleId": finding.rule.id(),
        "ruleIndex": rules.binary_search(&finding.rule).unwrap_or_default(),
        "level": finding.rule.severity().word(),
        "message": {"text": format!("{}.\n{}", plain(&finding.message), plain(&finding.help))},
        "locations": [{"physicalLocation": location(&finding.place)}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    });
    if !finding.also.is_empty() {
        let related = finding.also.iter().zip(1..).map(
            |((place, words), id)| json!({"id": id, "physicalLocation": location(place), "message": {"text": plain(words)}}),
        );
        result["relatedLocations"] = related.collect();
    }
    if let Some(text) = finding.cure() {
        result["fixes"] = json!([fix(finding, text)]);
    }
    result
}

fn fix(finding: &Finding, text: &str) -> Value {
    let replacement = json!({"deletedRegion": region(finding.place.span), "insertedContent": {"text": text}});
    json!({
        "description": {"text": format!("Write `{}`", plain(text))},
        "artifactChanges": [{"artifactLocation": artifact(&finding.place), "replacements": [replacement]}],
    })
}

fn location(place: &Place) -> Value {
    json!({"artifactLocation": artifact(place), "region": region(place.span)})
}

fn artifact(place: &Place) -> Value {
    json!({"uri": uri(&place.file), "uriBaseId": ROOT})
}

fn region(span: Span) -> Value {
    let Pos { line, column } = span.start;
    let end = span.end.max(span.start);
    json!({"startLine": line, "startColumn": column, "endLine": end.line, "endColumn": end.column})
}

/// A path as a relative reference (RFC 3986): all but letters, digits, `-._~` and the slashes is percent-encoded.
fn uri(path: &str) -> String {
    let encode = |byte: u8| {
        let stays = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/');
        if stays { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    path.bytes().map(encode).collect()
}

/// A text as a message: what would be a link (`[text](target)`) or a placeholder (`{0}`) there loses that meaning. To double
/// the braces, as the standard would have it, shows them doubled in most viewers.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut before = None;
    for c in visible(text).chars() {
        if matches!((before, c), (Some(']'), '(') | (Some('{'), '0'..='9')) {
            plain.push(' ');
        }
        plain.push(c);
        before = Some(c);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(finding: &Finding) -> Value {
        let known = Identified { finding, fingerprint: "0f".repeat(16) };
        serde_json::from_str(&to_sarif(&[known]).unwrap()).unwrap()
    }

    #[test]
    fn a_result_has_its_place_its_rule_and_its_cure() {
        let span = Span::new(Pos { line: 2, column: 1 }, Pos { line: 2, column: 7 });
        let place = Place { file: "content/teams/ž a.yaml".into(), span };
        let finding = Finding::new(Rule::UnknownKey, place.clone(), "`contry` is no key", "did you mean `country`?");
        let log = log(&finding.or_rather(Some("country")).and(place, "see here"));
        let run = &log["runs"][0];
        let result = &run["results"][0];
        assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "unknown-key");
        assert_eq!((&result["ruleIndex"], &result["level"]), (&json!(0), &json!("error")));
        assert_eq!(result["message"]["text"], "`contry` is no key.\ndid you mean `country`?");
        let region = json!({"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 7});
        let artifact = json!({"uri": "content/teams/%C5%BE%20a.yaml", "uriBaseId": "%SRCROOT%"});
        assert_eq!(result["locations"][0]["physicalLocation"], json!({"artifactLocation": artifact, "region": region}));
        assert_eq!(result["relatedLocations"][0]["message"]["text"], "see here");
        let change = &result["fixes"][0]["artifactChanges"][0];
        assert_eq!(change["artifactLocation"], artifact);
        assert_eq!(change["replacements"], json!([{"deletedRegion": region, "insertedContent": {"text": "country"}}]));
    }

    #[test]
    fn a_hostile_message_makes_no_link_and_no_placeholder() {
        let place = Place::file("content/teams/a.yaml");
        let log = log(&Finding::new(Rule::UnknownKey, place, "`[here](https://a.example) {0}` is no key", "remove it"));
        let text = log["runs"][0]["results"][0]["message"]["text"].as_str().unwrap().to_owned();
        assert_eq!(text, "`[here] (https://a.example) { 0}` is no key.\nremove it");
    }

    #[test]
    fn a_path_is_a_reference_that_stays_in_the_project() {
        assert_eq!(uri("a:b/c?d#e%f"), "a%3Ab/c%3Fd%23e%25f");
    }
}
