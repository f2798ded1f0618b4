//! What is flagged of contact keys, and which of them are offered.

use super::{date, directory, flags_of};
use crate::project::{Project, fixtures};
use chrono::{DateTime, Utc};
use peerage::assess::assess;
use peerage::check::check;
use peerage::load::{Directory, KeyFile, PublicKey, load};
use peerage::model::{KeyAlgorithm, Weakness};
use peerage::smime;
use std::sync::Arc;

/// An entry with an address, and more.
fn entry(rest: &str) -> String {
    format!("contact: {{emails: [{{address: cert@alpha.example}}]}}\nstatus: [{{level: listed, since: 2010-01-01}}]\n{rest}")
}

/// A sound certificate for 2025 and 2026.
fn certificate() -> smime::Certificate {
    let instant = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    smime::Certificate {
        fingerprint: "AB".repeat(32).parse().unwrap(),
        subject: "CN=CERT Alpha".to_owned(),
        emails: vec!["CERT@alpha.example".to_owned()],
        issuer: "CN=Issuer".to_owned(),
        serial: "01".to_owned(),
        not_before: instant("2025-01-01T00:00:00Z"),
        not_after: instant("2026-12-31T23:59:59Z"),
        algorithm: KeyAlgorithm::Rsa(2048),
        encrypts: true,
        weaknesses: Vec::new(),
        der: Vec::new(),
    }
}

/// A directory whose team `x` has this certificate.
fn with(certificate: smime::Certificate, rest: &str) -> Directory {
    let mut directory = directory(&entry(rest));
    let keys = vec![PublicKey::Smime(Arc::new(certificate))];
    directory.key_files = vec![KeyFile { team: "x".parse().unwrap(), file: "content/teams/x.pem".into(), keys }];
    directory
}

/// The flags of team `x` on a day, and how many of its keys are offered then.
fn told(directory: &Directory, day: &str) -> (Vec<String>, usize) {
    let assessment = assess(directory, date(day));
    let keys = &assessment.team(&"x".parse().unwrap()).unwrap().keys;
    (flags_of(&assessment, "x"), keys.iter().filter(|key| key.offered).count())
}

fn assert_told(directory: &Directory, days: &[(&str, &[&str], usize)]) {
    for (day, flags, offered) in days {
        assert_eq!(told(directory, day), (flags.iter().map(|flag| (*flag).to_owned()).collect(), *offered), "{day}");
    }
}

/// Of its last day there is one instant, which is no day on which anybody could count on it.
#[test]
fn a_certificate_that_ends_at_midnight_held_to_the_day_before() {
    let mut ends = certificate();
    ends.not_after = "2027-01-01T00:00:00Z".parse().unwrap();
    let directory = with(ends, "");
    let offered: Vec<usize> = ["2026-12-31", "2027-01-01"].iter().map(|day| told(&directory, day).1).collect();
    assert_eq!(offered, [1, 0]);
}

#[test]
fn a_certificate_counts_from_its_first_day_to_the_end_of_its_last() {
    assert_told(
        &with(certificate(), ""),
        &[
            ("2024-12-31", &["i S/MIME certificate …ABAB ABAB ABAB ABAB is valid only from 2025-01-01 on"], 0),
            ("2025-01-01", &[], 1),
            ("2026-07-03", &[], 1),
            ("2026-07-04", &["! S/MIME certificate …ABAB ABAB ABAB ABAB expires in 180 days"], 1),
            ("2026-10-02", &["!! S/MIME certificate …ABAB ABAB ABAB ABAB expires in 90 days"], 1),
            ("2026-12-31", &["!! S/MIME certificate …ABAB ABAB ABAB ABAB expires today"], 1),
            ("2027-01-01", &["!! S/MIME certificate …ABAB ABAB ABAB ABAB expired 1 day ago"], 0),
        ],
    );
}

#[test]
fn a_key_that_cannot_encrypt_is_not_offered_and_a_weak_one_is() {
    let cannot = smime::Certificate { encrypts: false, ..certificate() };
    let expired = "!! S/MIME certificate …ABAB ABAB ABAB ABAB expired 1 day ago";
    assert_told(
        &with(cannot, ""),
        &[
            ("2026-01-01", &["!! S/MIME certificate …ABAB ABAB ABAB ABAB cannot encrypt messages"], 0),
            // What has expired needs no more words.
            ("2027-01-01", &[expired], 0),
        ],
    );
    let weak = smime::Certificate { weaknesses: vec![Weakness::ShortRsa(1024), Weakness::OldHash("MD5")], ..certificate() };
    let short = "! S/MIME certificate …ABAB ABAB ABAB ABAB is weak: RSA with 1024 bits, fewer than 2048";
    let hash = "! S/MIME certificate …ABAB ABAB ABAB ABAB is weak: signed with MD5, which can be forged";
    assert_told(&with(weak, ""), &[("2026-01-01", &[short, hash], 1), ("2027-01-01", &[expired, short, hash], 0)]);
}

#[test]
fn a_key_of_somebody_else_is_not_offered() {
    let other = smime::Certificate { emails: vec!["cert@beta.example".to_owned()], ..certificate() };
    let why = "!! S/MIME certificate …ABAB ABAB ABAB ABAB is not offered: it carries no address of the team";
    assert_told(&with(other, ""), &[("2026-01-01", &[why], 0)]);
}

#[test]
fn keys_of_a_suspended_team_are_flagged_and_offered_and_those_of_one_that_has_withdrawn_are_not() {
    let with_state = |state: &str| {
        let rest = format!("status: [{{state: {state}, since: 2026-01-01}}]\n");
        let mut directory = directory(&format!("contact: {{emails: [{{address: cert@alpha.example}}]}}\n{rest}"));
        directory.key_files = with(certificate(), "").key_files;
        directory
    };
    let flags: &[&str] = &["!! Suspended since 2026-01-01", "!! S/MIME certificate …ABAB ABAB ABAB ABAB expires in 30 days"];
    assert_told(&with_state("suspended"), &[("2026-12-01", flags, 1)]);
    assert_told(&with_state("withdrawn"), &[("2026-12-01", &["!! Withdrawn on 2026-01-01"], 0)]);
}

#[test]
fn what_is_only_typed_is_flagged_and_never_offered() {
    let rest = format!("smime: [{{fingerprint: {}, expires: 2026-12-31}}]\n", "AB".repeat(32));
    let flag = "!! S/MIME certificate …ABAB ABAB ABAB ABAB expires in 30 days";
    assert_told(&directory(&entry(&rest)), &[("2026-12-01", &[flag], 0)]);
    // Of a key that was read, the key itself counts.
    let rest = rest.replace("2026", "2027");
    assert_told(&with(certificate(), &rest), &[("2026-12-01", &[flag], 1)]);
}

/// What is found of a directory on a day, besides what flags tell: rules with their files.
fn found(directory: &Directory, day: &str) -> Vec<String> {
    let mut findings = Vec::new();
    check(&assess(directory, date(day)), &mut findings);
    let errors = findings.into_iter().filter(peerage::diagnostic::Finding::is_error);
    errors.map(|finding| format!("{} {}", finding.rule.id(), finding.place.file)).collect()
}

#[test]
fn a_typed_end_is_that_of_the_key_on_any_day() {
    for (end, agree) in [
        ("2026-12-31T23:59:59Z", &["2026-12-31"][..]),
        ("2026-12-31T12:00:00Z", &["2026-12-31"]),
        ("2026-12-31T00:00:00Z", &["2026-12-31", "2026-12-30"]),
        ("2026-12-31T00:00:01Z", &["2026-12-31"]),
    ] {
        let certificate = smime::Certificate { not_after: end.parse().unwrap(), ..certificate() };
        for typed in ["2026-12-29", "2026-12-30", "2026-12-31", "2027-01-01"] {
            let rest = format!("smime: [{{fingerprint: {}, expires: {typed}}}]\n", "AB".repeat(32));
            let directory = with(certificate.clone(), &rest);
            let expected: &[&str] = if agree.contains(&typed) { &[] } else { &["typed-expiry content/teams/x.yaml"] };
            for day in ["2020-01-01", "2026-12-31", "2030-01-01"] {
                assert_eq!(found(&directory, day), expected, "{end}, {typed} on {day}");
            }
        }
    }
}

#[test]
fn each_key_is_named_where_one_of_its_kind_is() {
    let other = "CD".repeat(32);
    for (rest, expected) in [
        (String::new(), None),
        (format!("keys: [{{fingerprint: {other}}}]\n"), None),
        (format!("smime: [{{fingerprint: {}}}]\n", "ab:".repeat(32).trim_end_matches(':')), None),
        (format!("smime: [{{fingerprint: {}}}, {{fingerprint: {other}}}]\n", "AB".repeat(32)), None),
        // Where the name without a key may be meant for the key without a name, they are one mistake.
        (format!("smime: [{{fingerprint: {other}}}]\n"), Some("wrong-fingerprint content/teams/x.yaml")),
    ] {
        assert_eq!(found(&with(certificate(), &rest), "2026-01-01"), expected.into_iter().collect::<Vec<_>>(), "{rest}");
    }
    let mut two = with(certificate(), &format!("smime: [{{fingerprint: {}}}]\n", "AB".repeat(32)));
    let more = smime::Certificate { fingerprint: other.parse().unwrap(), ..certificate() };
    let keys = vec![PublicKey::Smime(Arc::new(more))];
    two.key_files.push(KeyFile { team: "x".parse().unwrap(), file: "content/teams/x.2.pem".into(), keys });
    assert_eq!(found(&two, "2026-01-01"), ["wrong-fingerprint content/teams/x.2.pem"]);
}

#[test]
fn an_address_of_the_team_is_asked_of_every_key_of_a_team_that_has_not_withdrawn() {
    for (emails, expected) in [
        (vec!["CERT@Alpha.Example"], None),
        (vec!["a@b.example", "cert@alpha.example"], None),
        (vec!["cert@alpha.example.net"], Some("no-matching-user-id content/teams/x.pem")),
        (vec![], Some("no-matching-user-id content/teams/x.pem")),
    ] {
        let own = smime::Certificate { emails: emails.iter().map(|&email| email.to_owned()).collect(), ..certificate() };
        assert_eq!(found(&with(own.clone(), ""), "2030-01-01"), expected.into_iter().collect::<Vec<_>>(), "{emails:?}");
        let mut withdrawn = directory("status: [{state: withdrawn, since: 2026-01-01}]\n");
        withdrawn.key_files = with(own, "").key_files;
        assert!(found(&withdrawn, "2030-01-01").is_empty(), "{emails:?}");
    }
}

/// The directory of a fixture.
fn fixture(rule: &str) -> Directory {
    let project = Project::base();
    project.overlay(&fixtures().join(rule));
    load(&project.root()).unwrap().0.unwrap()
}

/// The flags of a team of a fixture on a day, without the fingerprints, which change when fixtures are made anew; and how
/// many of its keys are offered.
fn of_fixture(rule: &str, id: &str, day: &str) -> (Vec<String>, usize) {
    let directory = fixture(rule);
    let assessment = assess(&directory, date(day));
    let team = assessment.team(&id.parse().unwrap()).unwrap();
    let flags = flags_of(&assessment, id).into_iter().map(|flag| {
        team.keys.iter().fold(flag, |flag, key| {
            let groups = key.fingerprint.to_string();
            flag.replace(&groups[groups.len() - 19..], "X")
        })
    });
    (flags.collect(), team.keys.iter().filter(|key| key.offered).count())
}

#[test]
fn a_key_is_flagged_by_what_it_says_itself() {
    for (rule, id, day, flags, offered) in [
        ("key-expired/fail", "x", "2026-11-20", vec!["!! Key …X expires today", "!! S/MIME certificate …X expires today"], 2),
        (
            "key-expired/fail",
            "x",
            "2026-11-21",
            vec!["!! Key …X expired 1 day ago", "!! S/MIME certificate …X expired 1 day ago"],
            0,
        ),
        // What was extended lasts to its new end.
        ("key-expired/pass", "x", "2026-11-21", vec![], 1),
        ("key-expiring/fail", "y", "2026-11-20", vec!["! Encryption to key …X ends in 180 days"], 1),
        ("key-expiring/fail", "y", "2027-05-19", vec!["!! Encryption to key …X ends today"], 1),
        ("key-expiring/fail", "y", "2027-05-20", vec!["!! Encryption to key …X ended 1 day ago"], 0),
        ("key-revoked/fail", "x", "2026-01-01", vec!["!! Key …X revoked on 2026-01-01: replaced by another key"], 0),
        ("key-revoked/pass", "x", "2026-11-21", vec![], 1),
        ("cannot-encrypt/fail", "x", "2026-11-21", vec!["!! Key …X cannot encrypt messages"], 0),
        ("weak-key/fail", "x", "2026-11-21", vec!["! Key …X is weak: RSA with 1024 bits, fewer than 2048"], 1),
        ("weak-key/fail", "z", "2026-11-21", vec!["! Key …X is weak: signed with SHA-1, which can be forged"], 1),
        ("future-date/fail", "y", "2026-11-21", vec!["i Key …X is valid only from 2026-11-22 on"], 0),
        ("future-date/fail", "y", "2026-11-22", vec![], 1),
        (
            "no-matching-user-id/fail",
            "y",
            "2026-11-21",
            vec!["!! Key …X is not offered: its user id cert@y.example was revoked"],
            0,
        ),
        (
            "key-revoked/fail",
            "x",
            "2025-12-31",
            vec!["!! Key …X revoked; its revocation is dated 2026-01-01: replaced by another key"],
            0,
        ),
        ("shared-key/pass", "y", "2026-11-21", vec!["!! Withdrawn on 2020-01-01"], 0),
    ] {
        let (mut told, count) = of_fixture(rule, id, day);
        told.retain(|flag| flag != "i No level stated");
        assert_eq!((told, count), (flags.into_iter().map(str::to_owned).collect(), offered), "{rule} {id} {day}");
    }
}

#[test]
fn key_files_are_read_in_the_order_of_their_numbers_and_tell_of_which_kind_they_are() {
    let directory = fixture("broken-key/pass");
    let read: Vec<_> = directory
        .key_files(&"x".parse().unwrap())
        .iter()
        .map(|file| format!("{} {}", file.file, file.keys.iter().map(|key| key.kind().id()).collect::<String>()))
        .collect();
    let expected = ["x.asc openpgp", "x.2.gpg openpgp", "x.3.asc openpgp", "x.4.asc smime"];
    assert_eq!(read, expected.map(|file| format!("content/teams/{file}")));
    assert!(directory.key_files(&"alpha".parse().unwrap()).is_empty());
}
