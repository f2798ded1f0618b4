//! Copies of one key in several files: what one of them knows counts for all.

use super::forms::{binary, packets};
use super::{asked, key, reading};
use peerage::diagnostic::Rule;
use peerage::load::{Directory, PublicKey, load};
use peerage::openpgp::Reading;
use std::fs;

/// Teams `beta` and `gamma` with these key files, and what is found.
fn directory(files: &[(&str, &[u8])]) -> (Directory, Vec<(Rule, String)>) {
    let project = tempfile::tempdir().unwrap();
    let teams = project.path().join("content/teams");
    fs::create_dir_all(&teams).unwrap();
    fs::write(project.path().join("content/site.yaml"), "title: T\n").unwrap();
    for team in ["beta", "gamma"] {
        fs::write(teams.join(format!("{team}.yaml")), "name: T\ncountry: AT\n").unwrap();
    }
    for (name, bytes) in files {
        fs::write(teams.join(name), bytes).unwrap();
    }
    let (directory, findings) = load(project.path()).unwrap();
    (directory.unwrap(), findings.into_iter().map(|finding| (finding.rule, finding.message.into())).collect())
}

fn readings(directory: &Directory, team: &str) -> Vec<Reading> {
    let keys = directory.key_files(&team.parse().unwrap()).iter().flat_map(|file| &file.keys);
    let read = keys.filter_map(|key| match key {
        PublicKey::OpenPgp(certificate) => Some(certificate.as_of(asked())),
        PublicKey::Smime(_) => None,
    });
    read.collect()
}

/// A key as it was before it was revoked.
fn clean() -> Vec<u8> {
    let file = binary("compromised");
    let mut packets = packets(&file);
    packets.remove(1);
    packets.concat()
}

#[test]
fn a_revocation_in_a_newer_file_of_the_team_counts() {
    let (clean, revoked) = (clean(), binary("compromised"));
    for files in [[("beta.asc", &clean[..]), ("beta.2.asc", &revoked)], [("beta.asc", &revoked[..]), ("beta.2.asc", &clean)]] {
        let (directory, findings) = directory(&files);
        assert_eq!(readings(&directory, "beta"), [reading("compromised")]);
        let print = key("compromised").fingerprint().clone();
        let message = format!("beta.2.asc holds the same key as beta.asc, {print}: both were put together");
        assert_eq!(findings, [(Rule::RepeatedValue, message)]);
    }
}

#[test]
fn a_revocation_that_one_team_knows_counts_for_all() {
    let (clean, revoked) = (clean(), binary("compromised"));
    for (beta, gamma) in [(&clean, &revoked), (&revoked, &clean)] {
        let (directory, findings) = directory(&[("beta.asc", beta), ("gamma.asc", gamma)]);
        for team in ["beta", "gamma"] {
            assert_eq!(readings(&directory, team), [reading("compromised")], "{team}");
        }
        assert_eq!(findings, []);
    }
}

#[test]
fn what_both_copies_of_a_key_say_stands_there_once() {
    let mut twice = key("compromised");
    twice.merge(key("compromised"));
    assert_eq!(twice.minimised(asked(), &|_| true), key("compromised").minimised(asked(), &|_| true));
}
