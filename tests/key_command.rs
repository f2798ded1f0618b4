//! `peerage key`: what it says of a key to people and to programs, and what it refuses without showing a byte.

use crate::common::{peerage, stderr, stdout};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

const TODAY: &str = "2026-11-21";

fn smime(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/smime").join(name)
}

fn key(file: &Path, more: &[&str]) -> Output {
    peerage().arg("key").arg(file).args(more).output().unwrap()
}

fn told(name: &str, today: &str) -> String {
    let output = key(&smime(name), &["--today", today]);
    assert!(output.status.success() && output.stderr.is_empty(), "{name}: {}", stderr(&output));
    stdout(&output)
}

fn json(file: &Path) -> serde_json::Value {
    let output = key(file, &["--json", "--today", TODAY]);
    assert!(output.status.success() && output.stderr.is_empty(), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_certificate_is_told_in_plain_words_with_what_to_do() {
    let fingerprint = json(&smime("rsa.pem"))[0]["fingerprint"].as_str().unwrap().to_owned();
    let groups = fingerprint.as_bytes().chunks(4).map(|group| std::str::from_utf8(group).unwrap()).collect::<Vec<_>>().join(" ");
    let serial = json(&smime("rsa.pem"))[0]["certificate"]["serial"].as_str().unwrap().to_owned();
    let expected = format!(
        "This S/MIME certificate can be used to encrypt messages.

  fingerprint  {groups}
  kind         S/MIME
  subject      C=AT, O=Alpha Research Network, CN=CERT Alpha, emailAddress=CERT@alpha.example
  addresses    cert@alpha.example
               duty@alpha.example
  issuer       C=AT, OU=Mail + O=Example Trust\\, Services, CN=Example Issuing CA
  serial       {serial}
  algorithm    RSA, 2048 bits
  valid from   2025-01-01
  expires      2028-01-01, in 406 days
  encryption   until 2028-01-01, in 406 days

In the entry of the team, content/teams/ID.yaml:

smime:
  - fingerprint: \"{groups}\"

Beside it, this file as content/teams/ID.pem, or ID.2.pem where that name is taken.
"
    );
    assert_eq!(told("rsa.pem", TODAY), expected);
    assert!(told("rsa.der", TODAY).ends_with("ID.der, or ID.2.der where that name is taken.\n"));
}

#[test]
fn what_is_wrong_is_said_first() {
    for (file, today, first) in [
        ("expired.pem", TODAY, "This S/MIME certificate has expired: its last day was 2020-12-31, 2151 days ago.\n"),
        ("rsa.pem", "2028-01-02", "This S/MIME certificate has expired: its last day was 2028-01-01, 1 day ago.\n"),
        ("rsa.pem", "2028-01-01", "This S/MIME certificate can be used to encrypt messages.\n"),
        ("rsa.pem", "2024-12-31", "This S/MIME certificate is not yet valid, from 2025-01-01 on, in 1 day.\n"),
        ("sign.pem", TODAY, "This S/MIME certificate cannot be used to encrypt messages.\n"),
        ("first_version.pem", "2027-01-01", "This S/MIME certificate can be used to encrypt messages.\n"),
    ] {
        assert!(told(file, today).starts_with(first), "{file}: {}", told(file, today));
    }
    let expired = told("expired.pem", TODAY);
    assert!(expired.contains("\n  encryption   ended 2020-12-31, 2151 days ago\n"), "{expired}");
    let server = told("server.pem", TODAY);
    assert!(server.contains("\nIt names no mail address that counts, so the directory could not offer it"), "{server}");
    let weak = told("short.pem", TODAY);
    assert!(
        weak.contains("\nIt is weak: RSA with 1024 bits, fewer than 2048.\nIt is weak: signed with SHA-1, which can be forged"),
        "{weak}"
    );
    let many = told("many.pem", TODAY);
    assert!(many.contains("team20@alpha.example\n               and 30 more\n") && !many.contains("team21@"), "{many}");
}

#[test]
fn programs_are_told_every_fact() {
    let keys = json(&smime("rsa.pem"));
    let key = &keys[0];
    assert_eq!(keys.as_array().unwrap().len(), 1);
    for (name, value) in [
        ("kind", "smime"),
        ("created", "2025-01-01T00:00:00Z"),
        ("expires", "2028-01-01T12:00:00Z"),
        ("algorithm", "RSA, 2048 bits"),
        ("computed_for", TODAY),
    ] {
        assert_eq!(key[name], value, "{name}");
    }
    assert_eq!(key["can_encrypt"], true);
    assert!(key["revoked"].is_null());
    assert_eq!(key["user_ids"][1]["address"], "duty@alpha.example");
    assert_eq!(json(&smime("expired.pem"))[0]["can_encrypt"], false, "it has expired");
    assert_eq!(json(&smime("announced.pem"))[0]["expires"], "9999-12-31T23:59:59Z");
}

#[test]
fn several_keys_are_told_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("both");
    let both = ["p256.pem", "rsa.pem"].map(|name| std::fs::read(smime(name)).unwrap()).concat();
    std::fs::write(&path, both).unwrap();
    let (first, second) = (json(&smime("p256.pem")), json(&smime("rsa.pem")));
    let found = json(&path);
    assert_eq!(found.as_array().unwrap(), &[first[0].clone(), second[0].clone()]);
    let words = stdout(&key(&path, &["--today", TODAY]));
    assert_eq!((words.matches("\nsmime:\n").count(), words.matches("  - fingerprint: ").count()), (1, 2), "{words}");
}

#[test]
fn the_yaml_can_be_pasted() {
    let words = told("rsa.pem", TODAY);
    let yaml = &words[words.find("smime:\n").unwrap()..words.find("\nBeside").unwrap()];
    let read: serde_yaml::Value = serde_yaml::from_str(yaml).unwrap();
    let shown = read["smime"][0]["fingerprint"].as_str().unwrap().replace(' ', "");
    assert_eq!(shown, json(&smime("rsa.pem"))[0]["fingerprint"].as_str().unwrap());
}

#[test]
fn standard_input_is_a_file_too() {
    let mut child = peerage().args(["key", "-", "--today", TODAY]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&std::fs::read(smime("rsa.pem")).unwrap()).unwrap();
    assert_eq!(stdout(&child.wait_with_output().unwrap()), told("rsa.pem", TODAY));
}

#[test]
fn what_stands_in_a_key_steers_no_terminal() {
    for more in [&["--today", TODAY][..], &["--today", TODAY, "--json"]] {
        let output = key(&smime("hostile.pem"), more);
        assert!(output.status.success());
        let steers = |c: char| c != '\n' && peerage::diagnostic::misleads(c);
        assert!(!stdout(&output).chars().any(steers), "{}", stdout(&output));
    }
}

#[test]
fn a_broken_file_is_one_finding() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let rsa = std::fs::read(smime("rsa.pem")).unwrap();
    for (path, rule) in [
        (file("cut.pem", &rsa[..500]), "error[broken-key]: "),
        (file("empty.pem", b""), "error[broken-key]: "),
        (file("large.pem", &vec![b' '; 1024 * 1024 + 1]), "error[file-too-large]: "),
        (smime("request.pem"), "error[broken-key]: "),
        (smime("authority.pem"), "error[broken-key]: "),
    ] {
        for more in [&[][..], &["--json"]] {
            let output = key(&path, more);
            let shown = stderr(&output);
            assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(1), ""), "{shown}");
            assert!(
                shown.starts_with(rule) && shown.contains("= help: ") && shown.ends_with("1 error and 0 warnings\n"),
                "{shown}"
            );
        }
    }
}

#[test]
fn a_secret_key_is_refused_and_not_shown() {
    for name in ["secret_pkcs8.pem", "secret_sec1.pem", "secret_encrypted.pem", "secret_pkcs1.der", "bundle.p12"] {
        let output = key(&smime(name), &[]);
        let shown = stderr(&output);
        assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(1), ""), "{name}: {shown}");
        assert!(shown.starts_with("error[secret-key]: ") && shown.contains("do not publish it"), "{name}: {shown}");
        let secret = std::fs::read(smime(name)).unwrap();
        let secret = String::from_utf8_lossy(&secret);
        assert!(!secret.lines().filter(|line| line.len() > 8).any(|line| shown.contains(line)), "{name}: {shown}");
    }
}

#[test]
fn what_cannot_be_read_is_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().join("none"), folder.path().to_owned()] {
        let output = key(&path, &[]);
        let shown = stderr(&output);
        assert!(output.status.code() == Some(2) && shown.starts_with("peerage: ") && shown.contains("cannot be read"), "{shown}");
    }
    let typed = key(&smime("rsa.pem"), &["--today", "tomorrow"]);
    assert_eq!(typed.status.code(), Some(2));
}

#[cfg(target_os = "linux")]
#[test]
fn an_endless_file_ends() {
    let mut child = peerage();
    child.args(["key", "-"]).stdin(File::open("/dev/zero").unwrap());
    let output = child.output().unwrap();
    assert!(output.status.code() == Some(1) && stderr(&output).contains("file-too-large"), "{}", stderr(&output));
}

/// A key of the sample directory, made by GnuPG.
fn openpgp(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content/teams").join(name)
}

#[test]
fn an_openpgp_key_is_told_in_plain_words() {
    let words = stdout(&key(&openpgp("cert-alpha.asc"), &["--today", TODAY]));
    for line in [
        "This OpenPGP key can be used to encrypt messages.\n\n",
        "\n  fingerprint  72B5 F05C 0643 4D76 C32F 35F6 1F62 3BBA 1040 D8D9\n",
        "\n  kind         OpenPGP, version 4\n",
        "  CERT Alpha <cert@alpha.example>\n",
        "  CERT Alpha <abuse@alpha.example>\n",
        "  CERT Alpha <vulnerability@alpha.example>\n",
        "\n  algorithm    elliptic curve Ed25519\n",
        "\n  created      2022-03-01\n",
        "\n  expires      2028-03-01, in 466 days\n",
        "\n  encryption   until 2028-03-01, in 466 days\n",
        "\nkeys:\n  - fingerprint: \"72B5 F05C 0643 4D76 C32F 35F6 1F62 3BBA 1040 D8D9\"\n",
        "content/teams/ID.asc, or ID.2.asc where that name is taken.\n",
    ] {
        assert!(words.contains(line), "{line}: {words}");
    }
}

#[test]
fn what_is_wrong_with_an_openpgp_key_is_said_first() {
    for (file, first) in [
        ("quillback-cirt.asc", "This OpenPGP key has expired: its last day was 2026-10-31, 21 days ago.\n"),
        ("nordlys-csirt.asc", "This OpenPGP key is revoked since 2025-11-03: "),
        ("leuchtfeuer-csirt.asc", "This OpenPGP key cannot be used to encrypt messages.\n"),
    ] {
        let words = stdout(&key(&openpgp(file), &["--today", TODAY]));
        assert!(words.starts_with(first), "{file}: {words}");
    }
    let ended = stdout(&key(&openpgp("karee-csirt.asc"), &["--today", "2027-03-01"]));
    assert!(ended.starts_with("Messages can no longer be encrypted to it: the last day for that was 2027-02-15, 14 days ago.\n"));
}

#[test]
fn programs_are_told_every_fact_of_an_openpgp_key() {
    let found = json(&openpgp("huard-csirt.asc"));
    let key = &found[0];
    for (name, value) in [
        ("kind", "openpgp"),
        ("fingerprint", "FEA1A9433F80F2371BF45116F9F04540406FEB1C"),
        ("created", "2020-05-07T09:00:00Z"),
        ("expires", "2028-05-07T12:00:00Z"),
        ("can_encrypt_until", "2028-05-07T12:00:00Z"),
    ] {
        assert_eq!(key[name], value, "{name}");
    }
    assert_eq!(key["user_ids"][0]["address"], "csirt@huard.example");
    assert_eq!(key["subkeys"][0]["fingerprint"], "9FCEBEF216FE40FE7BDDB0A4FF4E5E86EA477B89");
    assert!(key["can_encrypt"] == true && key["revoked"].is_null() && key["certificate"].is_null());
    let revoked = json(&openpgp("zlutasek-csirt.asc"));
    assert!(revoked[0]["can_encrypt"] == false && revoked[0]["revoked"]["on"].as_str().unwrap().starts_with("2026-10-19T"));
}

#[test]
fn openpgp_in_binary_is_the_same_key() {
    let text = std::fs::read_to_string(openpgp("cert-alpha.asc")).unwrap();
    let body: Vec<&str> = text.lines().skip_while(|line| !line.is_empty()).filter(|line| !line.starts_with(['-', '='])).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    std::fs::write(&path, base64(&body.concat())).unwrap();
    assert_eq!(json(&path), json(&openpgp("cert-alpha.asc")));
    assert!(stdout(&key(&path, &[])).contains("content/teams/ID.gpg"));
}

/// What base64 stands for (RFC 4648).
fn base64(text: &str) -> Vec<u8> {
    let digit = |c: u8| match c {
        b'A'..=b'Z' => u32::from(c - b'A'),
        b'a'..=b'z' => u32::from(c - b'a') + 26,
        b'0'..=b'9' => u32::from(c - b'0') + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u32> = text.bytes().filter(|c| *c != b'=').map(digit).collect();
    let groups = digits.chunks(4).map(|group| {
        let bits = group.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - group.len()));
        bits.to_be_bytes()[1..group.len()].to_vec()
    });
    groups.flatten().collect()
}
