//! Findings that are known: what was wrong when a directory began to be checked, so that nothing is added to it.
//!
//! A baseline is a file that people commit and review, so it says in words what each fingerprint stands for. What must not
//! wait is never in it: secret keys, and what is confidential, of which not even a fingerprint belongs into a public file.

use super::text::visible;
use super::{Count, Finding, Identified, Place, Rule, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What stands in the key `format` of a baseline.
const FORMAT: &str = "peerage/baseline";

/// The version of the format.
const VERSION: u32 = 1;

/// Findings that are known.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    format: String,
    version: u32,
    findings: Vec<Known>,
}

/// A finding that is known. Only the fingerprint counts; the rest is for people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    file: String,
    rule: String,
    message: String,
    fingerprint: String,
}

/// Findings held against a baseline.
pub struct Held<'a> {
    /// Those that are not in it.
    pub fresh: Vec<Identified<'a>>,
    /// How many are in it.
    pub known: usize,
    /// What is to be said of those in it that were not found, as one warning about the baseline.
    pub gone: Option<Finding>,
}

impl Baseline {
    /// The baseline that holds all of these, sorted.
    pub fn of(findings: &[Identified<'_>]) -> Self {
        let may_wait = findings.iter().filter(|known| may_wait(known.finding));
        let mut findings: Vec<Known> = may_wait
            .map(|Identified { finding, fingerprint }| Known {
                file: finding.place.file.to_string(),
                rule: finding.rule.id().to_owned(),
                message: visible(&finding.message),
                fingerprint: fingerprint.clone(),
            })
            .collect();
        findings.sort();
        Self { format: FORMAT.to_owned(), version: VERSION, findings }
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// What is wrong with the text, with line and column.
    pub fn parse(text: &str) -> Result<Self, String> {
        let baseline: Self = serde_json::from_str(text).map_err(|error| {
            let (line, column) = (error.line().max(1), error.column().max(1));
            format!("line {line}, column {column}: this is not a baseline, or was damaged by hand or by a merge")
        })?;
        if baseline.format == FORMAT && baseline.version == VERSION {
            Ok(baseline)
        } else {
            Err(format!("line 1: this is not a baseline of version {VERSION}, which this Peerage reads"))
        }
    }

    /// Whether a text is a baseline, if perhaps a damaged one, and no other file.
    pub fn is_one(text: &str) -> bool {
        text.lines().take(5).any(|line| line.contains(FORMAT))
    }

    /// The baseline as text, with a line break at its end.
    ///
    /// # Errors
    /// Where serialisation fails, which these types give no cause for.
    pub fn to_text(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }

    /// How many findings it holds.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Holds all findings of a run against the baseline, which stands in `file` as `text`.
    pub fn hold<'a>(&self, findings: Vec<Identified<'a>>, file: &Arc<str>, text: &str) -> Held<'a> {
        let mut left: BTreeMap<&str, &Known> = self.findings.iter().map(|known| (&*known.fingerprint, known)).collect();
        let all = findings.len();
        let is_fresh = |found: &Identified<'_>| !may_wait(found.finding) || left.remove(found.fingerprint.as_str()).is_none();
        let fresh: Vec<_> = findings.into_iter().filter(is_fresh).collect();
        let mut gone: Vec<&Known> = left.into_values().collect();
        gone.sort();
        Held { known: all - fresh.len(), gone: outdated(&gone, file, text), fresh }
    }
}

/// Whether a finding may be put off: a secret that stands in a public file may not.
fn may_wait(finding: &Finding) -> bool {
    !finding.confidential && finding.rule != Rule::SecretKey
}

/// How many of the known findings that are gone are named.
const NAMED: usize = 10;

/// The warning that known findings are gone; nothing where none is.
fn outdated(gone: &[&Known], file: &Arc<str>, text: &str) -> Option<Finding> {
    let (first, others) = gone.split_first()?;
    let place = |known: &Known| {
        let line = text.lines().position(|line| line.contains(&known.fingerprint)).unwrap_or_default();
        Place::new(file, Span::point(u32::try_from(line + 1).unwrap_or(u32::MAX), 1))
    };
    let words = |known: &Known| format!("`{}` in {}", visible(&known.rule), visible(&known.file));
    let message = match Count(gone.len(), "known finding") {
        one @ Count(1, _) => format!("{one} no longer occurs: {}", words(first)),
        many => format!("{many} no longer occur, first {}", words(first)),
    };
    let help = "what is mended must not come back: give the same command with --update-baseline, and commit the file";
    let finding = Finding::new(Rule::BaselineOutdated, place(first), message, help);
    Some(others.iter().take(NAMED).fold(finding, |finding, known| finding.and(place(known), words(known))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(rule: Rule, message: &str) -> Finding {
        Finding::new(rule, Place::file("content/teams/a.yaml"), message, "mend it")
    }

    fn identified(findings: &[Finding]) -> Vec<Identified<'_>> {
        let of = |(at, finding)| Identified { finding, fingerprint: format!("{at:032x}") };
        findings.iter().enumerate().map(of).collect()
    }

    #[test]
    fn a_baseline_is_sorted_and_reads_as_it_was_written() {
        let findings = [finding(Rule::UnknownKey, "b"), finding(Rule::MissingKey, "a")];
        let text = Baseline::of(&identified(&findings)).to_text().unwrap();
        let expected = r#"{
  "format": "peerage/baseline",
  "version": 1,
  "findings": [
    {
      "file": "content/teams/a.yaml",
      "rule": "missing-key",
      "message": "a",
      "fingerprint": "00000000000000000000000000000001"
    },
    {
      "file": "content/teams/a.yaml",
      "rule": "unknown-key",
      "message": "b",
      "fingerprint": "00000000000000000000000000000000"
    }
  ]
}
"#;
        assert_eq!(text, expected);
        assert_eq!(Baseline::parse(&text).unwrap().to_text().unwrap(), text);
        assert!(Baseline::is_one(&text) && Baseline::is_one(&text.replacen("  ]", "<<<<<<<", 1)) && !Baseline::is_one("name: X"));
    }

    #[test]
    fn each_known_finding_is_taken_in_once_and_what_is_gone_is_told() {
        let findings = [finding(Rule::UnknownKey, "a"), finding(Rule::UnknownKey, "b"), finding(Rule::UnknownKey, "c")];
        let all = identified(&findings);
        let baseline = Baseline::of(&all[..2]);
        let text = baseline.to_text().unwrap();
        let held = baseline.hold(all[1..].to_vec(), &"baseline.json".into(), &text);
        assert_eq!((held.known, held.fresh.len(), held.fresh[0].finding.message.as_ref()), (1, 1, "c"));
        let gone = held.gone.unwrap();
        assert_eq!(&*gone.message, "1 known finding no longer occurs: `unknown-key` in content/teams/a.yaml");
        assert_eq!((gone.place.span.start.line, gone.rule), (9, Rule::BaselineOutdated));
        assert!(baseline.hold(all, &"baseline.json".into(), &text).gone.is_none());
    }

    #[test]
    fn what_must_not_wait_is_in_no_baseline() {
        let mut scores = finding(Rule::ConfidentialScores, "a");
        scores.confidential = true;
        let findings = [finding(Rule::SecretKey, "b"), scores];
        let all = identified(&findings);
        assert!(Baseline::of(&all).is_empty());
        let forged = Baseline { findings: vec![], ..Baseline::of(&[]) };
        assert_eq!(forged.hold(all.clone(), &"b".into(), "").fresh.len(), 2);
        let known = |known: &Identified<'_>| Known {
            file: String::new(),
            rule: String::new(),
            message: String::new(),
            fingerprint: known.fingerprint.clone(),
        };
        let forged = Baseline { findings: all.iter().map(known).collect(), ..Baseline::of(&[]) };
        assert_eq!(forged.hold(all, &"b".into(), "").fresh.len(), 2);
    }

    #[test]
    fn what_is_no_baseline_is_refused_without_being_repeated() {
        for text in ["", "root:x:0:0", "[\"secret\"]", "{\"format\": \"secret\", \"version\": 1, \"findings\": []}"] {
            let error = Baseline::parse(text).unwrap_err();
            assert!(error.starts_with("line ") && !error.contains("secret") && !error.contains("root"), "{error}");
        }
    }
}
