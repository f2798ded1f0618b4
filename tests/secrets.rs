//! A score that stands where it ought not to is told to nobody: the output is the same whatever the score is.

use crate::project::{self, Project};

/// Everything that is said about the project's files, to people and to programs in every form.
fn told(project: &Project) -> Vec<(&'static str, String)> {
    let findings = project.findings_of_files();
    assert!(findings.iter().any(peerage::diagnostic::Finding::is_error), "{findings:?}");
    let mut told = project.told(&findings);
    told.push(("human", project.shown(&findings)));
    told
}

/// Asserts that what is told about a project does not depend on what stands in place of `@`.
fn assert_silent(file: &str, text: &str) {
    let of = |score: &str| {
        let project = Project::base();
        project.write(file, text.replace('@', score));
        told(&project)
    };
    let first = of("0");
    for score in ["2", "4"] {
        assert_eq!(of(score), first, "a score is told: {text}");
    }
}

/// How a block of confidential scores may be marked, or not.
const MARKS: [&str; 9] = [
    "",
    "visibility: aggregate",
    "visibility: none",
    "visibility: pubic",
    "visibility: Public",
    "visibility: [public]",
    "visibility:",
    "visiblity: public",
    "visibility: 'public '",
];

/// Scores in flow style and in block style, with mistakes beside them.
const FLOW: [&str; 9] = [
    "{O-1: @, P-17: @}",
    "{O-1: @, O-1: @}",
    "{O-1:@, O-1:@}",
    "{\"O-1\": \"@\", 'O-2' : @}",
    "{o-1: @, O1: @, O_1: @, X-1: @}",
    "{O-1: x@, O-2: @.5, O-3: -@, O-4: 0@}",
    "[O-1, @]",
    "O-1 @",
    "{O-1: [@], O-2: {a: @}}",
];

#[test]
fn confidential_scores_are_refused_without_a_word() {
    for mark in MARKS {
        for flow in FLOW {
            let comma = if mark.is_empty() { "" } else { ", " };
            let head = "name: X\ncountry: AT\n";
            assert_silent(
                project::ENTRY,
                &format!(
                    "{head}maturity: [{{model: sim3-v2i, kind: audit, assessed: 2026-03-01{comma}{mark}, scores: {flow}}}]\n"
                ),
            );
            let block =
                format!("  - model: sim3-v2i\n    kind: audit\n    assessed: 2026-03-01\n    {mark}\n    scores: {flow}\n");
            assert_silent(project::ENTRY, &format!("{head}maturity:\n{block}"));
        }
    }
}

#[test]
fn a_mistake_beside_a_score_does_not_tell_it() {
    let rest = "model: sim3-v2i, kind: audit, assessed: 2026-03-01, visibility: aggregate";
    for wrong in [
        // The key or the place is wrong
        "maturty: [{REST, scores: {O-1: @}}]",
        "maturty:\n  - {REST, scores: {O-1: @, o-2: @}}",
        "maturty:\n  - scores:\n      O-1:\n        @",
        "maturity: {REST, scores: {O-1: @}}",
        "maturity: O-1 @",
        "maturity:\n  - O-1 @",
        "maturity:\n  - [O-1, @]",
        "maturity:\n  - {O-1: @}",
        "maturity: [[O-1, @], [O-2, @]]",
        "scores: {O-1: @}",
        "O-1: @",
        "o-1: @",
        "contact: {O-1: @}",
        "maturity:\nO-1: @\nO-2: @",
        // No YAML at all
        "maturity: [{REST, scores: {O-1: @, O-2: @}",
        "maturity: [{REST, scores: {O-1: @]}]",
        "maturity:\n  - scores:\n      O-1: \"@\n",
        "maturity:\n  - scores:\n      O-1: @: 3",
        "maturity:\n  - scores:\n      O-1: @\n     O-2: @",
        "maturity:\n  - scores:\n\tO-1: @",
        "maturity:\n  - scores:\n      O-1: @ \"x\": [",
        "maturity:\n  - scores:\n      O-1:\n        @ \"x\": [",
        "maturity:\n  - scores:\n      O-1: '@'x",
        "maturity:\n  - scores: {O-1: @} }",
        // What is refused
        "maturity:\n  - scores: {O-1: &a @, O-2: @}",
        "maturity:\n  - scores: {O-1: !!int @}",
        "maturity:\n  - scores: {O-1: *a, O-2: @}",
        "maturity:\n  - scores: {<<: {O-1: @}}",
        "maturity:\n  - scores:\n      ? O-1\n      : !!int @",
        "maturity:\n  - scores: {[O-1]: @}",
        "---\nmaturity: [{scores: {O-1: @}}]",
        "maturity:\n  - scores: {O-1: @\0}",
        "maturity:\n  - {scores: {O-1: @}, scores: {O-1: @}}",
        "maturity: [{scores: {O-1: @}}]\nmaturity: [{scores: {O-1: @}}]",
    ] {
        let wrong = wrong.replace("REST", rest);
        assert_silent(project::ENTRY, &format!("name: X\ncountry: AT\n{wrong}\n"));
        let with_another_mistake = format!("name: X\ncuntry: AT\n{wrong}\n");
        assert_silent(project::ENTRY, &with_another_mistake);
    }
}

#[test]
fn public_scores_that_are_wrong_are_not_repeated_either() {
    for scores in ["{O-1: 5@}", "{O-1: -@}", "{X-1: @}", "{O-1:@}", "{O-1: @, O-1: @}", "{O-99: @}"] {
        let head = "name: X\ncountry: AT\nmaturity:\n";
        let entry =
            format!("{head}  - {{model: sim3-v2i, kind: audit, assessed: 2026-03-01, visibility: public, scores: {scores}}}\n");
        assert_silent(project::ENTRY, &entry);
    }
}

#[test]
fn nothing_of_the_private_tree_is_repeated() {
    for wrong in [
        "maturity:\n  - {model: sim3-v2i, kind: audit, assessed: 2026-03-01, visibility: aggregate, scores: {O-1: 5@}}",
        "maturity:\n  - {model: sim3-v2i, kind: audit, assessed: 2026-03-01, visibility: aggregate, scores: {O-1:@}}",
        "maturity:\n  - {model: sim3-v2i, kind: audit, assessed: 2026-03-01, visibility: aggregate, scores: {O-1: @, O-1: @}}",
        "maturity:\n  - {model: sim3-w@, kind: audit, assessed: 2026-13-@@, visibility: x@, scores: {}}",
        "maturity:\n  - {assessed: 2026-13-0@, model: sim3-v1, kind: k@, visibility: none, scores: {Z@: 1}}",
        "contact: {phones: [{number: 0043 1 505 @@@}], emails: [{address: x@@y}], hours: \"\\e@\", timezone: Q@}",
        "k@: 1",
        "contact: {phones: [{number: +43 1 505 641@, usage: [u@]}]}",
        "contact: [@",
        "contact: &a@ {}",
        "contact: {a@: 1, a@: 1}",
    ] {
        assert_silent("private/teams/alpha.yaml", wrong);
    }
    assert_silent("private/teams/nobody.yaml", "contact: {phones: [{number: +43 1 505 641@}]}\n");
}

#[test]
fn a_mistake_in_the_private_tree_still_says_what_to_mend() {
    let project = Project::base();
    project.write(
        "private/teams/alpha.yaml",
        "maturity:\n  - {model: sim3-v2i, kind: audit, scores: {O-1: 7}}\ncontact: {hours: }\n",
    );
    let shown = project.shown(&project.findings());
    for part in ["teams/alpha.yaml:2:", "`assessed`", "`visibility`", "from 0 to 4", "`hours` has no value"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("O-1: 7") && !shown.contains(" | "), "{shown}");
}
