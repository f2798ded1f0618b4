//! S/MIME certificates: what we read is what OpenSSL reads, and what is no certificate is refused in words that help.
//!
//! The certificates and what OpenSSL says of them are made by `tests/smime/make`.

use peerage::diagnostic::{Problem, Rule, misleads};
use peerage::model::{KeyAlgorithm, Weakness};
use peerage::smime::{Certificate, read};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

fn fixture(name: &str) -> Vec<u8> {
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/smime").join(name)).unwrap()
}

fn one(name: &str) -> Certificate {
    let mut found = read(&fixture(name)).unwrap_or_else(|problem| panic!("{name}: {problem:?}"));
    assert_eq!(found.len(), 1, "{name}");
    found.remove(0)
}

fn refused(bytes: &[u8]) -> Problem {
    read(bytes).expect_err("it is refused")
}

/// What OpenSSL says, by certificate: each fact by its name.
fn openssl() -> BTreeMap<String, Vec<(String, String)>> {
    let mut said: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let mut name = String::new();
    for line in String::from_utf8(fixture("openssl.txt")).unwrap().lines() {
        match (line.strip_prefix("== "), line.split_once('=')) {
            (Some(next), _) => next.clone_into(&mut name),
            (None, Some((key, value))) => {
                said.entry(name.clone()).or_default().push((key.to_owned(), value.trim().to_owned()));
            }
            _ => panic!("{line}"),
        }
    }
    said
}

/// Our algorithm in OpenSSL's words.
fn spelt(algorithm: &KeyAlgorithm, said: &BTreeMap<&str, &str>) -> bool {
    let bits = |bits: u32| said["Public-Key"] == format!("({bits} bit)");
    let curve = said.get("ASN1 OID").copied();
    match algorithm {
        KeyAlgorithm::Rsa(size) => matches!(said["Public Key Algorithm"], "rsaEncryption" | "rsassaPss") && bits(*size),
        KeyAlgorithm::Dsa(size) => said["Public Key Algorithm"] == "dsaEncryption" && bits(*size),
        KeyAlgorithm::Curve("NIST P-256") => curve == Some("prime256v1"),
        KeyAlgorithm::Curve("NIST P-384") => curve == Some("secp384r1"),
        KeyAlgorithm::Curve("NIST P-521") => curve == Some("secp521r1"),
        KeyAlgorithm::Curve("brainpoolP256r1") => curve == Some("brainpoolP256r1"),
        KeyAlgorithm::Curve(name) => said["Public Key Algorithm"] == name.to_uppercase(),
        KeyAlgorithm::Other(name) if name == "elliptic curve 1.3.132.0.17" => curve == Some("sect283r1"),
        KeyAlgorithm::Other(name) => name == "an elliptic curve of its own" && curve.is_none() && bits(256),
        KeyAlgorithm::Elgamal(_) => false,
    }
}

#[test]
fn every_fact_is_the_one_that_openssl_reads() {
    for (name, facts) in openssl() {
        let ours = one(&format!("{name}.pem"));
        let said: BTreeMap<&str, &str> = facts.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(ours.fingerprint.digits(), said["sha256 Fingerprint"].replace(':', ""), "{name}");
        assert_eq!(ours.serial, said["serial"], "{name}");
        assert_eq!(ours.issuer, said["issuer"], "{name}");
        if name == "long" {
            assert_eq!(ours.subject, format!("{}…", said["subject"].chars().take(500).collect::<String>()));
        } else {
            assert_eq!(ours.subject, said["subject"], "{name}");
        }
        let time = |at: chrono::DateTime<chrono::Utc>| at.format("%Y-%m-%d %H:%M:%SZ").to_string();
        assert_eq!((time(ours.not_before), time(ours.not_after)), (said["notBefore"].to_owned(), said["notAfter"].to_owned()));
        assert!(spelt(&ours.algorithm, &said), "{name}: {}, {said:?}", ours.algorithm);
        let sha1 = said["Signature Algorithm"] == "sha1WithRSAEncryption"
            || said.get("Hash Algorithm").is_some_and(|hash| hash.starts_with("sha1"));
        assert_eq!(ours.weaknesses.contains(&Weakness::OldHash("SHA-1")), sha1, "{name}");
        if name != "many" {
            let theirs: BTreeSet<_> =
                facts.iter().filter(|(key, _)| key == "email").map(|(_, value)| value.to_lowercase()).collect();
            assert_eq!(ours.emails.iter().map(|email| email.to_lowercase()).collect::<BTreeSet<_>>(), theirs, "{name}");
        }
    }
}

/// Where we differ from OpenSSL's purpose "S/MIME encryption", which knows only key encipherment, only the one extended
/// key usage, and does not look at what the key can do.
const ENCRYPTS_OTHERWISE: &[(&str, bool)] = &[
    // keyAgreement, as RFC 5753, section 7, has it.
    ("p256", true),
    ("x25519", true),
    // anyExtendedKeyUsage, RFC 8550, section 4.4.4.
    ("p384", true),
    // Keys that only sign.
    ("dsa", false),
    ("ed25519", false),
    ("ed448", false),
    ("pss_only", false),
];

#[test]
fn certificates_encrypt_as_openssl_says_but_for_listed_ones() {
    let mut differ = Vec::new();
    for (name, facts) in openssl() {
        let theirs = facts.iter().any(|fact| *fact == ("encryption".to_owned(), "Yes".to_owned()));
        let ours = one(&format!("{name}.pem")).encrypts;
        if ours != theirs {
            differ.push((name, ours));
        }
    }
    let mut expected: Vec<_> = ENCRYPTS_OTHERWISE.iter().map(|(name, ours)| ((*name).to_owned(), *ours)).collect();
    expected.sort();
    assert_eq!(differ, expected);
    assert!(!one("sign.pem").encrypts && !one("server.pem").encrypts);
}

#[test]
fn weak_keys_are_told() {
    assert_eq!(one("short.pem").weaknesses, [Weakness::ShortRsa(1024), Weakness::OldHash("SHA-1")]);
    assert_eq!(one("odd.pem").weaknesses, [Weakness::ShortRsa(2047)]);
    assert_eq!(one("dsa.pem").weaknesses, [Weakness::Dsa]);
    assert_eq!(one("pss_sha1.pem").weaknesses, [Weakness::OldHash("SHA-1")]);
    assert_eq!(one("rsa.pem").weaknesses, []);
}

#[test]
fn addresses_stand_once_and_are_bounded() {
    assert_eq!(one("rsa.pem").emails, ["cert@alpha.example", "duty@alpha.example"], "CERT@alpha.example is the first again");
    let many = one("many.pem").emails;
    assert_eq!((many.len(), many[0].as_str(), many[49].as_str()), (50, "team1@alpha.example", "team50@alpha.example"));
}

#[test]
fn nothing_that_misleads_passes_on() {
    let hostile = one("hostile.pem");
    assert_eq!(hostile.emails, ["cert@alpha.example"], "the one in the subject holds an escape character");
    assert!(!hostile.subject.chars().any(misleads), "{:?}", hostile.subject);
    assert!(hostile.subject.contains("O=Alpha\u{fffd}[31m\u{fffd} \u{fffd}ahplA, CN=a\u{fffd}b"), "{:?}", hostile.subject);
}

#[test]
fn forms_of_a_file_make_no_difference() {
    let (rsa, p256) = (fixture("rsa.pem"), fixture("p256.pem"));
    let der = read(&fixture("rsa.der")).unwrap().remove(0);
    assert_eq!((der.fingerprint, &der.der), (one("rsa.pem").fingerprint, &fixture("rsa.der")));
    let text = String::from_utf8(rsa.clone()).unwrap();
    let same = [
        text.replace('\n', "\r\n"),
        format!("\u{feff}{text}"),
        format!("Bag Attributes\n    friendlyName: \u{1b}CERT Alpha\n{text}trailing text"),
        text.replace("CERTIFICATE", "X509 CERTIFICATE"),
        text.repeat(3),
        text.trim_end().to_owned(),
    ];
    for (at, text) in same.iter().enumerate() {
        let found = read(text.as_bytes()).unwrap_or_else(|problem| panic!("{at}: {problem:?}"));
        assert_eq!(found.iter().map(|found| &found.fingerprint).collect::<Vec<_>>(), [&one("rsa.pem").fingerprint], "{at}");
    }
    let both = read(&[&p256[..], b"\xff\xfe\n", &rsa].concat()).unwrap();
    assert_eq!(
        both.iter().map(|found| &found.fingerprint).collect::<Vec<_>>(),
        [&one("p256.pem").fingerprint, &one("rsa.pem").fingerprint],
        "in the order of the file"
    );
}

#[test]
fn what_is_no_certificate_is_refused_with_a_way_out() {
    let rsa = fixture("rsa.pem");
    let text = String::from_utf8(rsa.clone()).unwrap();
    let der = fixture("rsa.der");
    let files: Vec<(&str, Vec<u8>, &str)> = vec![
        ("empty", Vec::new(), "BEGIN CERTIFICATE"),
        ("a text", b"0123 hello".to_vec(), "BEGIN CERTIFICATE"),
        ("a certificate cut off", text.as_bytes()[..600].to_vec(), "copy the whole block"),
        ("wrong base64", text.replacen("MII", "M!I", 1).into_bytes(), "copy the whole block"),
        ("DER cut off", der[..der.len() - 1].to_vec(), "openssl x509"),
        ("DER and more", [&der[..], b"\n"].concat(), "in PEM"),
        ("two in DER", [&der[..], &der].concat(), "in PEM"),
        ("a block of nothing", b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n".to_vec(), "BEGIN CERTIFICATE"),
        // Found by fuzzing: a first line that is no text.
        ("no block at all", b"-----BEGIN CERTIFICAT\xff-----\nAAAA\n".to_vec(), "BEGIN CERTIFICATE"),
        ("a request", fixture("request.pem"), "authority"),
        ("a request in DER", fixture("request.der"), "authority"),
        ("an authority", fixture("authority.pem"), "CA:FALSE"),
        ("a chain", [&rsa[..], &fixture("authority.pem")].concat(), "the team's own certificate"),
        ("a revocation list", fixture("revoked.pem"), "certificate here"),
        ("PKCS#7", fixture("bundle.pem"), "openssl pkcs7"),
        ("PKCS#7 in DER", fixture("bundle.p7b"), "openssl pkcs7"),
        ("a public key", fixture("public.pem"), "put the certificate here"),
        ("a public key in DER", fixture("public.der"), "put the certificate here"),
        ("OpenSSL's own form", fixture("trusted.pem"), "openssl x509"),
        (
            "OpenPGP",
            b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEZ\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n".to_vec(),
            "ID.asc",
        ),
        ("parameters", b"-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n".to_vec(), "leave only"),
    ];
    for (what, bytes, help) in files {
        let problem = refused(&bytes);
        assert_eq!(problem.rule, Rule::BrokenKey, "{what}: {problem:?}");
        assert!(problem.help.contains(help), "{what}: {problem:?}");
        assert!(!problem.message.ends_with('.') && problem.message.chars().count() < 200, "{what}: {problem:?}");
    }
}

#[test]
fn a_file_holds_twenty_certificates_at_most() {
    let one = fixture("rsa.pem");
    assert!(read(&one.repeat(20)).is_ok());
    assert!(refused(&one.repeat(21)).message.contains("more than 20"));
}

#[test]
fn secret_keys_are_known_in_every_form_and_never_shown() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/smime");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<(String, Vec<u8>)> =
        names.filter(|name| name.starts_with("secret_")).map(|name| (name.clone(), fixture(&name))).collect();
    assert_eq!(files.len(), 11, "{files:?}");
    files.push(("bundle.p12".to_owned(), fixture("bundle.p12")));
    let pem = fixture("secret_pkcs8.pem");
    let disguised = String::from_utf8(pem.clone()).unwrap().replace("PRIVATE KEY", "CERTIFICATE");
    files.push(("under another name".to_owned(), disguised.into_bytes()));
    files.push(("behind a certificate".to_owned(), [&fixture("rsa.pem")[..], &pem].concat()));
    files.push(("cut off".to_owned(), pem[..60].to_vec()));
    files.push(("of OpenPGP".to_owned(), b"-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n!\n".to_vec()));
    for (name, bytes) in files {
        // A binary key is known by its beginning, so also where the end is missing.
        let half = if name.contains(".der") { &bytes[..bytes.len() * 3 / 4] } else { &bytes[..] };
        for bytes in [&bytes[..], half] {
            let problem = refused(bytes);
            assert_eq!(problem.rule, Rule::SecretKey, "{name}: {problem:?}");
            let secret = String::from_utf8_lossy(bytes);
            let leaked = secret.lines().filter(|line| line.len() > 8 && !line.contains("BEGIN"));
            assert!(leaked.filter(|line| format!("{problem:?}").contains(line)).count() == 0, "{name}: {problem:?}");
        }
    }
}

/// A generator of numbers that look random and are the same in each run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit).unwrap()).unwrap()
    }
}

#[test]
fn damage_is_refused_or_read_but_never_a_panic() {
    let mut numbers = Numbers(0x5eed);
    let (mut read_anyhow, mut refused) = (0, 0);
    for name in ["rsa.der", "request.der", "bundle.p7b", "p256.pem", "escaped.pem", "many.pem", "pss_sha1.pem", "explicit.pem"] {
        // Damage to PEM is seen at once by its base64: what lies within is damaged instead.
        let original = if name.contains(".pem") { one(name).der } else { fixture(name) };
        for _ in 0..1_000 {
            let mut bytes = original.clone();
            for _ in 0..=numbers.below(3) {
                let at = numbers.below(bytes.len());
                match numbers.below(4) {
                    0 => bytes[at] = u8::try_from(numbers.below(256)).unwrap(),
                    1 => bytes[at] ^= 1 << numbers.below(8),
                    2 => drop(bytes.drain(at..(at + numbers.below(9)).min(bytes.len() - 1).max(at))),
                    _ => bytes.insert(at, [0, 0x30, 0x80, 0xff][numbers.below(4)]),
                }
            }
            match read(&bytes) {
                Ok(found) => {
                    assert!(found.iter().all(|found| !(found.subject.clone() + &found.issuer).chars().any(misleads)), "{name}");
                    read_anyhow += 1;
                }
                Err(problem) => {
                    assert!(matches!(problem.rule, Rule::BrokenKey | Rule::SecretKey), "{name}: {problem:?}");
                    refused += 1;
                }
            }
        }
    }
    assert!(read_anyhow > 100 && refused > 1_000, "{read_anyhow} read, {refused} refused: the damage is of both kinds");
}

/// DER of a tag and its content.
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [&[tag, 0x84][..], &length, content].concat()
}

#[test]
fn an_endless_object_identifier_costs_no_time() {
    // The name of an attribute as one number of seven million bits: to write it down would take minutes.
    let number = [vec![0xff; 1_000_000], vec![0x7f]].concat();
    let attribute = der(0x30, &[der(0x06, &number), der(0x0c, b"x")].concat());
    let name = der(0x30, &der(0x31, &attribute));
    let original = fixture("p256.pem");
    let p256 = read(&original).unwrap().remove(0).der;
    let parts = x509_parts(&p256);
    let inner = [&parts.before_subject[..], &name, &parts.behind_subject].concat();
    let bytes = der(0x30, &[der(0x30, &inner), parts.signature].concat());
    let begin = std::time::Instant::now();
    assert_eq!(read(&bytes).unwrap()[0].subject, "unknown=x");
    assert!(begin.elapsed().as_secs() < 5, "{:?}", begin.elapsed());
}

/// A certificate, taken apart around its subject.
struct Parts {
    before_subject: Vec<u8>,
    behind_subject: Vec<u8>,
    signature: Vec<u8>,
}

fn x509_parts(bytes: &[u8]) -> Parts {
    let whole = content(bytes);
    let (inner, signature) = whole.split_at(length(whole));
    let fields = content(inner);
    // Version, serial number, algorithm, issuer and validity stand before the subject.
    let before = (0..5).fold(0, |at, _| at + length(&fields[at..]));
    let behind = before + length(&fields[before..]);
    Parts { before_subject: fields[..before].to_vec(), behind_subject: fields[behind..].to_vec(), signature: signature.to_vec() }
}

/// How long an element of DER is, with its tag and length, and where its content begins.
fn measure(bytes: &[u8]) -> (usize, usize) {
    match bytes[1] {
        short @ 0..=0x7f => (2 + usize::from(short), 2),
        long => {
            let count = usize::from(long & 0x7f);
            let size = bytes[2..2 + count].iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
            (2 + count + size, 2 + count)
        }
    }
}

fn length(bytes: &[u8]) -> usize {
    measure(bytes).0
}

fn content(bytes: &[u8]) -> &[u8] {
    let (end, begin) = measure(bytes);
    &bytes[begin..end]
}
