//! What is said of keys, and whether an old key signed a new one. `make-keys` says where the keys come from.

use super::{ALPHA, changes, directory};
use crate::common::write;
use peerage::openpgp::{Vouched, read, vouched};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn file(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/diff/keys");
    std::fs::read(folder.join(format!("{name}.asc"))).unwrap()
}

/// The directory whose first team has this key.
fn with(key: &str) -> TempDir {
    let folder = directory(ALPHA);
    write(&folder.path().join("content/teams/cert-alpha.asc"), file(key));
    folder
}

/// The kind and the words about the first change.
fn told(old: &Path, new: &Path) -> (String, String) {
    let mut all = changes(old, new);
    assert!(!all.is_empty());
    let (_, kind, text) = all.remove(0);
    (kind, text)
}

#[test]
fn a_replaced_key_is_told_with_whether_the_old_one_signed_it() {
    for (old, new, expected) in [
        ("old", "signed", "Signed by the old key: yes"),
        ("old", "unsigned", "Signed by the old key: no"),
        ("old", "taken-back", "Signed by the old key: no"),
        ("old", "late", "Signed by the old key: no"),
        ("old", "weak", "cannot be told, for the signature of the old key rests on SHA-1, which can be forged"),
        ("old-replaced", "signed", "Signed by the old key: yes"),
        ("old-compromised", "signed", "cannot be told, for the old key is revoked, so that a signature of it proves nothing"),
        ("unsigned", "signed", "Signed by the old key: no"),
    ] {
        let (before, after) = (with(old), with(new));
        let (kind, text) = told(before.path(), after.path());
        assert_eq!(kind, "key-replaced", "{old} → {new}: {text}");
        assert!(text.contains(expected), "{old} → {new}: {text}");
    }
}

#[test]
fn who_signed_is_not_who_says_so() {
    // The key that was never signed, with the signature over another key put behind its user id.
    let at = "2026-11-21T12:00:00Z".parse().unwrap();
    let old = read(&file("old")).unwrap().remove(0);
    let print = |name: &str| read(&file(name)).unwrap().remove(0).fingerprint().clone();
    assert_eq!(vouched(&file("signed"), &print("signed"), &old, at).unwrap(), Vouched::Yes);
    let damaged = |name: &str| {
        let text = String::from_utf8(file(name)).unwrap();
        let body: String =
            text.lines().filter(|line| !line.starts_with('-') && !line.starts_with('=') && !line.is_empty()).collect();
        base64::Engine::decode(&base64::engine::general_purpose::STANDARD, body).unwrap()
    };
    let signed = damaged("signed");
    let holds = |at_byte: usize| {
        let mut changed = signed.clone();
        changed[at_byte] ^= 1;
        vouched(&changed, &print("signed"), &old, at) == Ok(Vouched::Yes)
    };
    // The key, the user id and the certification are signed; what else the key says of itself is not asked here.
    let broken = (0..signed.len()).filter(|at_byte| !holds(*at_byte)).count();
    let user_id = signed.windows(6).position(|part| part == b"signed").unwrap();
    assert!((0..user_id + 6).all(|at_byte| !holds(at_byte)));
    assert!(broken > user_id + 100, "{broken} of {}", signed.len());
    assert!(vouched(&file("signed"), &print("unsigned"), &old, at).is_err(), "the key is not in the file");
    // A signature holds from its own day on.
    let before = "2021-01-15T00:00:00Z".parse().unwrap();
    assert_eq!(vouched(&file("signed"), &print("signed"), &old, before).unwrap(), Vouched::No);
}

#[test]
fn keys_come_go_and_say_something_else() {
    let (none, old, signed) = (directory(ALPHA), with("old"), with("signed"));
    let (kind, text) = told(none.path(), old.path());
    assert!(kind == "key-added" && text.contains("no key before that could have signed it"), "{kind}: {text}");
    assert_eq!(told(old.path(), none.path()).0, "key-removed");
    let (kind, text) = told(old.path(), with("old-compromised").path());
    assert!(kind == "key-changed" && text.contains("revoked on 2022-01-01, its secret key was compromised"), "{kind}: {text}");
    let (kind, text) = told(with("old-compromised").path(), old.path());
    assert!(kind == "revocation-gone" && text.contains("→ not revoked"), "{kind}: {text}");
    // That messages are encrypted to another part of it from now on, and that nothing binds it to its owner but what can be forged.
    let (kind, text) = told(old.path(), with("old-subkey").path());
    assert!(kind == "key-changed" && text.contains(" encrypts, until 2027-12-31"), "{kind}: {text}");
    assert!(text.starts_with("OpenPGP ") && text.contains(": no subkey "), "{kind}: {text}");
    let (kind, text) = told(with("old-subkey").path(), old.path());
    assert!(kind == "key-changed" && text.contains(" → no subkey "), "{kind}: {text}");
    let (kind, text) = told(with("old-subkey").path(), with("old-sha1").path());
    assert!(kind == "key-changed" && text.ends_with("not weak → weak: signed with SHA-1, which can be forged"), "{kind}: {text}");
    let both = with("old");
    write(&both.path().join("content/teams/cert-alpha.2.asc"), file("signed"));
    let (kind, text) = told(old.path(), both.path());
    assert!(kind == "key-added" && text.contains("Signed by the old key: yes"), "{kind}: {text}");
    // A fingerprint alone says nothing of what was signed.
    let named = directory(&format!("{ALPHA}keys: [{{fingerprint: {}}}]\n", "AB".repeat(20)));
    let (kind, text) = told(named.path(), signed.path());
    assert!(kind == "key-replaced" && text.contains("there was no file of the old key"), "{kind}: {text}");
    let (kind, text) = told(old.path(), named.path());
    assert!(kind == "key-replaced" && text.contains("there is no file of the new key"), "{kind}: {text}");
}

#[test]
fn a_key_file_that_cannot_be_read_is_said() {
    let (old, new) = (with("old"), with("old"));
    write(&new.path().join("content/teams/cert-alpha.asc"), "nonsense");
    let all = changes(old.path(), new.path());
    assert!(
        all.iter().any(|(team, kind, text)| team == "cert-alpha" && kind == "mistake" && text.contains("cert-alpha.asc:1")),
        "{all:?}"
    );
}
