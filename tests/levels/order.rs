//! In which order a reader is told what ends, and what to note.

use super::{date, directory, flags, status};
use peerage::assess::assess;

/// An entry in which nothing stands in the order in which it ends.
fn entry(history: &[&str]) -> String {
    let agreements = "agreements:\n  - {kind: code-of-practice, name: Late, until: 2027-02-01}\n  - {kind: code-of-practice, name: Tie, until: 2026-12-24}\n";
    let keys = "keys:\n  - {fingerprint: 45EC D318 2807 7DA7 A898 FDA0 87F4 A698 070E 6295, expires: 2026-12-24}\n  - {fingerprint: 945C 2808 4340 505C 36CC FA6B CA51 9536 60F3 B29B, expires: 2026-11-30}\n";
    let maturity = "maturity:\n  - {model: sim3-v1, kind: audit, assessed: 2023-11-20, visibility: public, scores: {O-1: 1}}\n";
    format!("{agreements}{keys}{}confirmed: 2026-11-01\n{maturity}", status(history))
}

#[test]
fn what_ends_is_told_soonest_first_and_on_one_day_as_it_was_entered() {
    let directory = directory(&entry(&["level: certified, since: 2024-01-01, until: 2026-12-31"]));
    let assessment = assess(&directory, date("2026-11-21"));
    let endings = &assessment.team(&"x".parse().unwrap()).unwrap().endings;
    assert_eq!(
        endings.iter().map(|ending| format!("{} {}", ending.on, ending.what)).collect::<Vec<_>>(),
        [
            "2026-11-20 SIM3 assessment",
            "2026-11-30 Key …CA51 9536 60F3 B29B",
            "2026-12-24 Agreement “Tie”",
            "2026-12-24 Key …87F4 A698 070E 6295",
            "2026-12-31 Certification",
            "2027-02-01 Agreement “Late”",
        ]
    );
}

#[test]
fn the_gravest_flag_comes_first_and_of_two_alike_the_one_that_ends_sooner() {
    assert_eq!(
        flags(&entry(&[]), "2026-11-21"),
        [
            "!! Key …CA51 9536 60F3 B29B expires in 9 days",
            "!! Key …87F4 A698 070E 6295 expires in 33 days",
            "! SIM3 assessment out of date: it held until 2026-11-20",
            "! Agreement “Tie” ends in 33 days",
            "! Agreement “Late” ends in 72 days",
            "i No level stated",
        ]
    );
}
