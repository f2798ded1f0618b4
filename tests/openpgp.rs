//! OpenPGP keys: our reading is that of GnuPG, and no damage makes a key worth more. `README.md` says where the keys come
//! from.

mod copies;
mod forms;
mod hostile;
mod published;

use chrono::{DateTime, TimeZone, Utc};
use peerage::model::{KeyAlgorithm, Weakness};
use peerage::openpgp::{Certificate, Encryption, Reading, RevocationReason, Usage, UserIdState, read};
use std::fs;
use std::path::PathBuf;

fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/openpgp/keys").join(file)
}

fn bytes(name: &str) -> Vec<u8> {
    fs::read(path(&format!("{name}.asc"))).unwrap()
}

fn key(name: &str) -> Certificate {
    let mut keys = read(&bytes(name)).unwrap_or_else(|problem| panic!("{name}: {}", problem.message));
    assert_eq!(keys.len(), 1, "{name}");
    keys.remove(0)
}

/// When GnuPG was asked.
fn asked() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap()
}

fn reading(name: &str) -> Reading {
    key(name).as_of(asked())
}

/// What GnuPG lists of a key, in the words in which we say the same of ours.
#[derive(Debug, PartialEq, Eq)]
struct Listing {
    keys: Vec<String>,
    user_ids: Vec<String>,
}

fn listed_by_gpg(name: &str) -> Listing {
    let text = fs::read_to_string(path(&format!("{name}.colons"))).unwrap();
    let (mut keys, mut user_ids) = (Vec::new(), Vec::new());
    for fields in text.lines().map(|line| line.split(':').collect::<Vec<_>>()) {
        let state = if "rei".contains(fields[1]) { fields[1] } else { "-" };
        match fields[0] {
            "pub" | "sub" => {
                let curve = fields.get(16).copied().unwrap_or_default();
                let size = if curve.is_empty() { fields[2] } else { curve };
                let letters = |wanted: &str| wanted.chars().filter(|c| fields[11].contains(*c)).collect::<String>();
                let flags = letters(if fields[0] == "pub" { "escaE" } else { "esca" });
                keys.push(format!("{state} {size} {} {} {flags}", fields[5], fields[6]));
            }
            "fpr" => keys.last_mut().unwrap().push_str(&format!(" {}", fields[9])),
            // One without a valid signature, which GnuPG lists without a date.
            "uid" if state == "-" && fields[5].is_empty() => {}
            // On a key that has ended, GnuPG shows the key's state on what belongs to it.
            "uid" => user_ids.push(format!("{state} {}", fields[9])),
            other => panic!("{name}: {other}"),
        }
    }
    Listing { keys, user_ids }
}

fn listed_by_us(reading: &Reading) -> Listing {
    let end = |end: Option<DateTime<Utc>>| end.map_or(String::new(), |end| end.timestamp().to_string());
    let whole = if reading.revoked.is_some() {
        "r"
    } else if reading.expires.is_some_and(|end| end <= asked()) {
        "e"
    } else {
        "-"
    };
    let can = match reading.encryption {
        Encryption::Until(end) if whole == "-" && end.is_none_or(|end| asked() < end) => "E",
        _ => "",
    };
    let first = format!(
        "{whole} {} {} {} {}{can} {}",
        size(&reading.algorithm),
        reading.created.timestamp(),
        end(reading.expires),
        flags(reading.usage),
        reading.fingerprint.digits()
    );
    let subkeys = reading.subkeys.iter().map(|subkey| {
        let state = match () {
            () if subkey.revoked || whole == "r" => "r",
            () if subkey.expires.is_some_and(|end| end <= asked()) || whole == "e" => "e",
            () => "-",
        };
        let created = subkey.created.timestamp();
        let (size, flags) = (size(&subkey.algorithm), flags(subkey.usage));
        format!("{state} {size} {created} {} {flags} {}", end(subkey.expires), subkey.fingerprint.digits())
    });
    let user_ids = reading.user_ids.iter().map(|id| {
        let state = match id.state {
            _ if whole != "-" => whole,
            UserIdState::Valid => "-",
            UserIdState::Revoked => "r",
            UserIdState::Expired => "e",
        };
        format!("{state} {}", id.text)
    });
    Listing { user_ids: user_ids.collect(), keys: [first].into_iter().chain(subkeys).collect() }
}

fn size(algorithm: &KeyAlgorithm) -> String {
    match algorithm {
        KeyAlgorithm::Rsa(bits) | KeyAlgorithm::Dsa(bits) | KeyAlgorithm::Elgamal(bits) => bits.to_string(),
        KeyAlgorithm::Curve(name) => match *name {
            "Ed25519" => "ed25519",
            "Curve25519" => "cv25519",
            "NIST P-256" => "nistp256",
            "NIST P-384" => "nistp384",
            "NIST P-521" => "nistp521",
            other => other,
        }
        .to_owned(),
        KeyAlgorithm::Other(name) => name.clone(),
    }
}

fn flags(usage: Usage) -> String {
    let all = [('e', usage.encrypts), ('s', usage.signs), ('c', usage.certifies), ('a', usage.authenticates)];
    all.into_iter().filter_map(|(letter, set)| set.then_some(letter)).collect()
}

#[test]
fn every_key_reads_as_gnupg_lists_it() {
    let files = fs::read_dir(path("")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = files.filter_map(|file| file.strip_suffix(".colons").map(str::to_owned)).collect();
    names.sort();
    assert!(names.len() > 20, "{names:?}");
    for name in names.iter().filter(|name| !REFUSED.contains(&name.as_str())) {
        let (mut ours, mut theirs) = (listed_by_us(&reading(name)), listed_by_gpg(name));
        // GnuPG lists the others in an order of its own; the primary one is first in both.
        assert_eq!(ours.user_ids.first(), theirs.user_ids.first(), "{name}");
        ours.user_ids.sort();
        theirs.user_ids.sort();
        assert_eq!(ours, theirs, "{name}");
    }
}

/// Keys whose only signature asks for what nobody knows, or is made with MD5.
const REFUSED: [&str; 2] = ["refused", "md5"];

#[test]
fn what_must_not_count_does_not_bind() {
    for name in REFUSED {
        let problem = read(&bytes(name)).unwrap_err();
        assert_eq!(problem.message, "no signature of the key itself could be verified", "{name}");
        assert!(listed_by_gpg(name).keys[0].starts_with("i "), "GnuPG has it for invalid too: {name}");
    }
}

#[test]
fn weaknesses_are_told() {
    for (name, weak) in [
        ("rsa1024", vec![Weakness::ShortRsa(1024)]),
        ("rsa2048", vec![]),
        ("dsa", vec![Weakness::Dsa]),
        ("sha1", vec![Weakness::OldHash("SHA-1")]),
        ("ed25519", vec![]),
        ("ed25519-sha1", vec![Weakness::OldHash("SHA-1")]),
    ] {
        assert_eq!(reading(name).weaknesses, weak, "{name}");
    }
}

#[test]
fn revocations_tell_when_and_why() {
    for (name, reason) in [
        ("unstated", RevocationReason::Unstated),
        ("compromised", RevocationReason::Compromised),
        ("superseded", RevocationReason::Superseded),
        ("retired", RevocationReason::Retired),
    ] {
        let before = Utc.with_ymd_and_hms(2020, 6, 1, 0, 0, 0).unwrap();
        for at in [asked(), before] {
            let revoked = key(name).as_of(at).revoked.unwrap_or_else(|| panic!("{name} is revoked for good"));
            assert_eq!((revoked.reason, revoked.comment.as_str()), (reason, "We have moved"), "{name}");
            assert_eq!(revoked.on, Utc.with_ymd_and_hms(2021, 1, 1, 0, 0, 0).unwrap());
        }
    }
}

#[test]
fn what_was_not_signed_yet_does_not_count() {
    let then = Utc.with_ymd_and_hms(2020, 6, 1, 0, 0, 0).unwrap();
    let end = |years: i32| Some(Utc.with_ymd_and_hms(years, 1, 1, 0, 0, 0).unwrap());
    let day = |at: Option<DateTime<Utc>>| at.map(|at| at.date_naive());
    assert_eq!(day(key("extended").as_of(then).expires), day(Some(end(2022).unwrap() - chrono::TimeDelta::days(1))));
    assert!(reading("extended").expires > end(2040));
    // Before it was made, a key is shown as it will be.
    let before = Utc.with_ymd_and_hms(2019, 1, 1, 0, 0, 0).unwrap();
    assert_eq!(key("ed25519").as_of(before), reading("ed25519"));
}

#[test]
fn addresses_are_found_in_user_ids() {
    let addresses: Vec<_> = reading("user-ids").user_ids.into_iter().map(|id| id.address.unwrap()).collect();
    assert_eq!(addresses, ["abuse@user-ids.example", "csirt@user-ids.example", "gone@user-ids.example"]);
}

#[test]
fn version_6_is_read_and_told_apart() {
    let v6 = key("v6");
    let reading = v6.as_of(Utc.with_ymd_and_hms(2027, 1, 1, 0, 0, 0).unwrap());
    assert_eq!((reading.version, reading.algorithm, reading.expires), (6, KeyAlgorithm::Curve("Ed25519"), None));
    assert_eq!(reading.fingerprint.digits().len(), 64);
    assert_eq!(reading.user_ids[0].address.as_deref(), Some("csirt@v6.example"));
    assert_eq!(reading.encryption, Encryption::Until(None));
    assert!(v6.needs_rfc9580());
    assert!(!key("ed25519").needs_rfc9580());
}
