//! The forms in which keys come: armour as mails and web pages leave it, and what is no key at all.

use super::{asked, bytes, key, reading};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use peerage::diagnostic::Rule;
use peerage::openpgp::{Encryption, armor, read};

fn text(name: &str) -> String {
    String::from_utf8(bytes(name)).unwrap()
}

/// The packets of a key.
pub(crate) fn binary(name: &str) -> Vec<u8> {
    let text = text(name);
    let lines = text.lines().skip(2).take_while(|line| !line.starts_with(['=', '-']));
    STANDARD.decode(lines.collect::<String>()).unwrap()
}

/// The packets of a file in binary, each with its header; those of keys have lengths of one or two octets.
pub(crate) fn packets(mut file: &[u8]) -> Vec<&[u8]> {
    let mut found = Vec::new();
    while let [first, length, rest @ ..] = file {
        let (header, body) = match (first & 0x40 != 0, first & 3, *length) {
            (true, _, 0..192) | (false, 0, _) => (2, usize::from(*length)),
            (true, ..) => (3, (usize::from(length - 192) << 8) + usize::from(rest[0]) + 192),
            (false, ..) => (3, (usize::from(*length) << 8) + usize::from(rest[0])),
        };
        let (packet, after) = file.split_at(header + body);
        found.push(packet);
        file = after;
    }
    found
}

#[test]
fn a_key_survives_what_happens_to_text() {
    let whole = text("ed25519");
    let body = whole.split_once("\n\n").unwrap().1.trim_end();
    let begin = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
    let one_line =
        format!("{begin} Version: Example v2.0.22 (Test/Linux) Comment: our page has more {}", body.replace('\n', " "));
    let print = reading("ed25519").fingerprint;
    let unchecked: Vec<&str> = body.lines().filter(|line| !line.starts_with('=')).collect();
    for (how, changed) in [
        ("as it is", whole.clone()),
        ("line ends of Windows", whole.replace('\n', "\r\n")),
        ("text around", format!("Dear all,\n\nthis is our key:\n{whole}\nKind regards\n")),
        ("headers", whole.replacen("\n\n", &format!("\nComment: {}\nVersion: Example 1\n\n", print.digits()), 1)),
        ("headers without an empty line behind them", format!("{begin}\nVersion: Example 1 (x)\n{body}\n")),
        ("one line", one_line),
        ("one line without headers", format!("{begin} {}", body.replace('\n', " "))),
        ("no line breaks at all", format!("{begin}{}", body.replace('\n', ""))),
        ("spaces at both ends of lines", whole.replace('\n', "  \n  ")),
        ("no checksum", format!("{begin}\n\n{}\n", unchecked.join("\n"))),
        ("a mark at the beginning of the file", format!("\u{feff}{whole}")),
    ] {
        let keys = read(changed.as_bytes()).unwrap_or_else(|problem| panic!("{how}: {}\n{changed}", problem.message));
        assert_eq!(keys[0].as_of(asked()), reading("ed25519"), "{how}");
    }
}

#[test]
fn a_file_may_hold_several_keys() {
    let blocks = text("ed25519") + "and\n" + &text("p256");
    let joined = armor(&[binary("ed25519"), binary("p256")].concat());
    for file in [blocks.into_bytes(), joined.into_bytes(), [binary("ed25519"), binary("p256")].concat()] {
        let prints: Vec<_> = read(&file).unwrap().iter().map(|key| key.fingerprint().clone()).collect();
        assert_eq!(prints, [key("ed25519").fingerprint().clone(), key("p256").fingerprint().clone()]);
    }
}

#[test]
fn a_key_that_stands_in_a_file_twice_is_one() {
    let (first, second) = (binary("user-ids"), key("user-ids").minimised(asked(), &|_| true));
    for file in [[&first[..], &second[..]].concat(), [&second[..], &first[..]].concat()] {
        let keys = read(&file).unwrap();
        assert_eq!(keys.len(), 1);
        assert_eq!(keys[0].as_of(asked()), reading("user-ids"));
    }
}

#[test]
fn a_user_id_is_the_same_in_either_form_of_header() {
    let file = binary("user-ids");
    let changed = packets(&file).into_iter().map(|packet| match packet {
        [0xB4, rest @ ..] => [&[0xCD], rest].concat(),
        other => other.to_vec(),
    });
    let changed: Vec<u8> = changed.flatten().collect();
    assert_ne!(changed, file);
    assert_eq!(read(&[file, changed].concat()).unwrap()[0].as_of(asked()), reading("user-ids"));
}

#[test]
fn a_revocation_counts_also_behind_the_key() {
    let file = binary("compromised");
    let mut packets = packets(&file);
    let revocation = packets.remove(1);
    assert_eq!(read(&packets.concat()).unwrap()[0].as_of(asked()).revoked, None);
    for at in 1..=packets.len() {
        let mut moved = packets.clone();
        moved.insert(at, revocation);
        assert_eq!(read(&moved.concat()).unwrap()[0].as_of(asked()), reading("compromised"), "{at}");
    }
    // As GnuPG writes it: as a public key, which it is not.
    let head = "BLOCK-----\nComment: This is a revocation certificate\n";
    let certificate = armor(revocation).replacen("BLOCK-----\n", head, 1);
    let joined = armor(&packets.concat()) + &certificate;
    assert_eq!(read(joined.as_bytes()).unwrap()[0].as_of(asked()), reading("compromised"));
    let problem = read(certificate.as_bytes()).unwrap_err();
    assert_eq!(problem.rule, Rule::BrokenKey);
    assert!(problem.message.contains("revocation certificate") && problem.help.contains("gpg --import"), "{problem:?}");
}

#[test]
fn without_its_direct_key_signature_nothing_of_a_key_of_version_6_holds() {
    let file = binary("v6");
    let mut packets = packets(&file);
    let direct = packets.remove(1);
    assert_eq!(direct[direct.len() - usize::from(direct[1])..][..2], [6, 0x1F]);
    let later = "2027-01-01T00:00:00Z".parse().unwrap();
    let stripped = read(&packets.concat()).unwrap()[0].as_of(later);
    assert_eq!((stripped.user_ids.len(), stripped.subkeys.len(), stripped.encryption), (0, 0, Encryption::Never));
}

#[test]
fn armour_is_that_of_gnupg() {
    assert_eq!(armor(&binary("subkeys")), text("subkeys"));
    assert_eq!(armor(&[0x99; 48]).lines().nth(2).map(str::len), Some(64), "no empty line after a full one");
    assert_eq!(armor(&[0x99; 48]).lines().count(), 5);
}

#[test]
fn each_kind_of_bad_file_says_what_it_is() {
    let v3 = [&[0x99, 0, 12, 3][..], &[0; 11]].concat();
    let v5 = [&[0x99, 0, 12, 5][..], &[0; 11]].concat();
    let pqc = [&[0x99, 0, 12, 4, 0, 0, 0, 0, 30][..], &[0; 6]].concat();
    let good = binary("ed25519");
    let damaged = text("ed25519").replacen("mDMEX", "mDMEY", 1);
    assert_ne!(damaged, text("ed25519"));
    let block = |kind: &str| text("ed25519").replace("PUBLIC KEY BLOCK", kind).into_bytes();
    for (file, part) in [
        (b"".to_vec(), "no OpenPGP key"),
        (b"see https://alpha.example/key".to_vec(), "no OpenPGP key"),
        (block("MESSAGE"), "encrypted message"),
        (block("SIGNATURE"), "a signature"),
        (block("ARMORED FILE"), "no public key"),
        (damaged.into_bytes(), "checksum"),
        (text("ed25519").replace("-----END", "").into_bytes(), "end of the key is missing"),
        (text("ed25519").replace("\n=", "\n?=").into_bytes(), "base64"),
        (text("ed25519").replace("\n=", "\nü=").into_bytes(), "base64"),
        (v3, "version 3"),
        (v5, "version 5"),
        (pqc, "ML-DSA-65"),
        (good[53..].to_vec(), "does not begin with a key"),
        ([&good[..], &[0xC8, 2, 1, 0]].concat(), "compressed"),
        ([&good[..], &[0xA3, 1, 0]].concat(), "unknown length"),
        ([&good[..], &[0xCB, 0xE1, 0, 0]].concat(), "unknown length"),
        ([&good[..], &[0xD6, 1, 0]].concat(), "nobody knows"),
        ([&good[..], &[0xCB, 1, 0]].concat(), "message"),
        ([&good[..], b"and more"].concat(), "damaged"),
        (good[..53].to_vec(), "no user id"),
        (packets(&good)[2].to_vec(), "this is a signature, not a public key"),
        (packets(&good)[..2].concat(), "no signature of the key itself"),
    ] {
        let problem = read(&file).unwrap_err();
        assert_eq!(problem.rule, Rule::BrokenKey);
        assert!(problem.message.contains(part), "{part}: {}", problem.message);
    }
}

#[test]
fn what_may_stand_between_packets_is_passed_over() {
    let good = binary("ed25519");
    // A marker, a trust packet, padding, and one that is of no weight by its number.
    for extra in [&[0xCA, 3, b'P', b'G', b'P'][..], &[0xCC, 1, 0], &[0xD5, 1, 0], &[0xE8, 1, 0]] {
        let with = [&good[..53], extra, &good[53..]].concat();
        assert_eq!(read(&with).unwrap()[0].as_of(asked()), reading("ed25519"));
    }
}

#[test]
fn a_secret_key_is_found_before_all_else() {
    let block = text("ed25519").replace("PUBLIC KEY BLOCK", "PRIVATE KEY BLOCK");
    let mut packet = binary("ed25519");
    packet[0] = 0x94;
    for file in [block.into_bytes(), armor(&packet).into_bytes(), packet] {
        let problem = read(&file).unwrap_err();
        assert_eq!(problem.rule, Rule::SecretKey);
        assert!(problem.help.contains("revoke"), "{}", problem.help);
    }
    let mixed = format!("-----BEGIN PGP MESSAGE-----\n\n{}", text("p256").replace("PUBLIC KEY", "PRIVATE KEY"));
    assert_eq!(read(mixed.as_bytes()).unwrap_err().rule, Rule::SecretKey);
}
