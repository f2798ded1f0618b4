//! Every rule has a fixture that breaks it and one that keeps it. A fixture is a small tree of files that is laid over
//! `tests/rules/base`; what stands below `private/` goes into the private tree.
//!
//! What the breaking fixture yields is kept in `expected.txt`, as people read it, for messages are part of the product.
//! `PEERAGE_BLESS=1 cargo test --test rules` writes these files anew; the difference is then for a person to judge.

use crate::project::{ENTRY, Project, fixtures};
use peerage::diagnostic::{Finding, Rule};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Makes in a project what git cannot hold.
type Maker = fn(&Project);

/// The makers of what breaks a rule, where files in a repository cannot.
const MAKERS: &[(Rule, Maker)] = &[
    (Rule::UnreadableFile, unreadable),
    (Rule::FileTooLarge, too_large),
    (Rule::FileName, not_utf8_name),
    (Rule::MissingFile, |project| fs::remove_file(project.path("content/site.yaml")).unwrap()),
    (Rule::NotUtf8, |project| project.write(ENTRY, b"name: X\n# M\xfcller\ncountry: AT\n")),
];

/// Links instead of a file, of a folder, and to nothing at all.
fn unreadable(project: &Project) {
    use std::os::unix::fs::symlink;
    symlink("alpha.yaml", project.path("content/teams/link.yaml")).unwrap();
    symlink("nothing", project.path("content/teams/nothing.yaml")).unwrap();
    symlink("teams", project.path("content/pages")).unwrap();
    symlink("../site.yaml", project.path("content/teams/alpha.asc")).unwrap();
}

/// An entry, a page, a configuration and a key file, each one byte too large.
fn too_large(project: &Project) {
    let long = |head: &str, max: usize| head.to_owned() + &"#".repeat(max + 1 - head.len());
    project.write(ENTRY, long("name: X\ncountry: AT\n", 256 * 1024));
    project.write("content/pages/about.md", long("---\ntitle: About\n---\n", 1024 * 1024));
    project.write("content/teams/alpha.asc", long("-----BEGIN PGP PUBLIC KEY BLOCK-----\n", 1024 * 1024));
    project.write("content/site.yaml", long("title: Test\nsample: true\n", 256 * 1024));
}

fn not_utf8_name(project: &Project) {
    use std::os::unix::ffi::OsStrExt;
    let name = std::ffi::OsStr::from_bytes(b"m\xfcller.yaml");
    fs::write(project.path("content/teams").join(name), "name: X\ncountry: AT\n").unwrap();
}

/// The base with what breaks `rule`.
fn broken(rule: Rule) -> Project {
    let project = Project::base();
    let folder = fixtures().join(rule.id()).join("fail");
    let maker = MAKERS.iter().find(|(made, _)| *made == rule);
    assert!(folder.is_dir() || maker.is_some(), "{}: tests/rules/{0}/fail is missing", rule.id());
    if folder.is_dir() {
        project.overlay(&folder);
    }
    if let Some((_, make)) = maker {
        make(&project);
    }
    project
}

/// Asserts that a message is one sentence, and has a cure.
fn assert_plain(rule: Rule, finding: &Finding) {
    let (message, help) = (&finding.message, &finding.help);
    assert!(!message.ends_with('.') && !message.is_empty() && !help.is_empty(), "{}: {message}: {help}", rule.id());
    assert!(message.chars().count() < 200, "{}: {message}", rule.id());
}

#[test]
fn the_base_keeps_every_rule() {
    let project = Project::base();
    let findings = project.findings();
    assert!(findings.is_empty(), "{}", project.shown(&findings));
}

#[test]
fn every_rule_is_found_broken_in_the_words_that_are_expected_one_sentence_with_a_cure() {
    let bless = std::env::var_os("PEERAGE_BLESS").is_some();
    let mut wrong = BTreeMap::new();
    for rule in Rule::ALL.iter().copied() {
        let project = broken(rule);
        let findings = project.findings();
        let shown = project.shown(&findings);
        for finding in &findings {
            assert_plain(rule, finding);
        }
        if !findings.iter().any(|finding| finding.rule == rule) {
            wrong.insert(rule.id(), format!("the rule was not found broken:\n{shown}"));
        }
        let path = fixtures().join(rule.id()).join("expected.txt");
        if bless {
            fs::write(&path, &shown).unwrap();
        } else if fs::read_to_string(&path).unwrap_or_default() != shown {
            wrong.insert(rule.id(), format!("not as in expected.txt:\n{shown}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.iter().map(|(rule, what)| format!("{rule}: {what}\n")).collect::<String>());
}

#[test]
fn what_keeps_a_rule_is_left_in_peace() {
    let mut wrong = String::new();
    for rule in Rule::ALL.iter().copied() {
        let folder = fixtures().join(rule.id()).join("pass");
        assert!(folder.is_dir(), "{}: tests/rules/{0}/pass is missing", rule.id());
        let project = Project::base();
        project.overlay(&folder);
        let findings = project.findings();
        if !findings.is_empty() {
            wrong += &format!("{}:\n{}\n", rule.id(), project.shown(&findings));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn no_fixture_is_left_over() {
    let expected: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.id()).chain(["base", "make-keys"]).collect();
    for entry in fs::read_dir(fixtures()).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        assert!(expected.contains(&*name), "tests/rules/{name} belongs to no rule");
        if matches!(&*name, "base" | "make-keys") {
            continue;
        }
        for part in fs::read_dir(entry.path()).unwrap().map(|part| part.unwrap().file_name().into_string().unwrap()) {
            assert!(matches!(&*part, "fail" | "pass" | "expected.txt"), "tests/rules/{name}/{part} is not used");
        }
    }
}
