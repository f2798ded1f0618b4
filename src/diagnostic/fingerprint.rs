//! By what a finding is known again after the file has changed elsewhere.
//!
//! A fingerprint is made of the rule, the file and the text of the line, not of the line's number and not of the message,
//! in which days are counted. Scores are hidden in the line before, so that a fingerprint tells nothing either; of a line
//! that is confidential nothing goes in at all.

use super::{Finding, Sources, hex};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// A finding with its fingerprint.
#[derive(Debug, Clone)]
pub struct Identified<'a> {
    /// The finding.
    pub finding: &'a Finding,
    /// 32 hexadecimal digits. No two findings of one run have the same.
    pub fingerprint: String,
}

/// Makes the fingerprints of all findings of a run, which are sorted: equal ones are told apart by their order.
pub fn identify<'a>(findings: &'a [Finding], sources: &mut Sources<'_>) -> Vec<Identified<'a>> {
    let mut seen: HashMap<[u8; 32], u64> = HashMap::new();
    let of = |finding: &'a Finding| {
        let line = if finding.shows_its_line() { sources.masked(&finding.place) } else { None };
        let base = digest(&[finding.rule.id(), &finding.place.file, line.as_deref().unwrap_or_default().trim()]);
        let count = seen.entry(base).or_default();
        *count += 1;
        let whole = Sha256::new().chain_update(base).chain_update(count.to_be_bytes()).finalize();
        Identified { finding, fingerprint: hex(&whole[..16]) }
    };
    findings.iter().map(of).collect()
}

/// The checksum of several texts; none of them holds a NUL.
fn digest(parts: &[&str]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
        hasher.update([0]);
    }
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::super::{Place, Rule, Span};
    use super::*;
    use std::collections::BTreeSet;

    const FILE: &str = "content/teams/a.yaml";

    fn finding(rule: Rule, line: u32, message: &str) -> Finding {
        Finding::new(rule, Place::new(&FILE.into(), Span::point(line, 1)), message, "mend it")
    }

    fn of(findings: &[Finding], text: &str) -> Vec<String> {
        let mut sources = Sources::new(|_| Some(text.to_owned()));
        identify(findings, &mut sources).into_iter().map(|known| known.fingerprint).collect()
    }

    #[test]
    fn what_moves_or_counts_other_days_is_known_again() {
        let before = of(&[finding(Rule::KeyExpiring, 2, "ends in 9 days")], "name: X\nkeys: [1]\n");
        let after = of(&[finding(Rule::KeyExpiring, 4, "ends in 8 days")], "# new\nname: X\n\n  keys: [1]  \n");
        assert_eq!(before, after);
        for other in [finding(Rule::KeyExpired, 2, "ends in 9 days"), finding(Rule::KeyExpiring, 1, "ends in 9 days")] {
            assert_ne!(of(&[other], "name: X\nkeys: [1]\n"), before);
        }
        assert_ne!(of(&[finding(Rule::KeyExpiring, 2, "ends in 9 days")], "name: X\nkeys: [2]\n"), before);
    }

    #[test]
    fn no_two_findings_have_the_same() {
        let many: Vec<_> = (1..=3).map(|line| finding(Rule::UnknownKey, line, "wrong")).collect();
        let found = of(&many, "x: 1\nx: 1\nx: 1\n");
        assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), 3);
        assert!(found.iter().all(|text| text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit())), "{found:?}");
        assert_eq!(found[..2], of(&many[..2], "x: 1\nx: 1\n"));
    }

    #[test]
    fn nothing_of_a_confidential_line_goes_in() {
        let mut secret = finding(Rule::ConfidentialScores, 1, "wrong");
        secret.confidential = true;
        assert_eq!(of(&[secret.clone()], "one\n"), of(&[secret], "two\n"));
        let beside = [finding(Rule::UnknownKey, 1, "wrong")];
        assert_eq!(of(&beside, "scores: {O-1: 3}\n"), of(&beside, "scores: {O-1: 4}\n"));
    }
}
