//! Hostile key files, and secret keys in all places: one finding each, and the rest is read.

use super::found;
use crate::project::{ENTRY, Project};
use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

const ARMOUR: &str = "-----BEGIN PGP PUBLIC KEY BLOCK-----";

/// What stands in every secret key of these tests.
const SECRET: &str = "bm90IHJlYWxseSBhIGtleQ";

/// The base, a team `x`, and a team `y` with a mistake of its own.
fn project() -> Project {
    let project = Project::with_entry("name: X\ncountry: AT\ncontact: {emails: [{address: cert@x.example}]}\n");
    project.write("content/teams/y.yaml", "name: Y\n");
    project
}

/// What is found besides that mistake: rules with their files and lines.
fn places(what: &str, project: Project) -> Vec<String> {
    let (findings, shown) = found(what, project);
    assert!(!shown.contains(SECRET), "{what}: {shown}");
    let place = |finding: &peerage::diagnostic::Finding| {
        format!("{} {}:{}", finding.rule.id(), finding.place.file, finding.place.span.start.line)
    };
    let mut places: Vec<_> = findings.iter().map(place).collect();
    let own = places.iter().position(|place| place == "missing-key content/teams/y.yaml:1");
    places.remove(own.unwrap_or_else(|| panic!("{what}: {shown}")));
    places
}

/// A secret key, each line of it behind `indent`.
fn secret(label: &str, indent: &str) -> String {
    format!("{indent}-----BEGIN {label}-----\n\n{indent}{SECRET}\n{indent}-----END {label}-----\n")
}

#[test]
fn what_is_no_key_is_one_finding() {
    let garbage: Vec<u8> = (0..20_000_u32).map(|at| u8::try_from((at * at * 7 + at / 3) % 256).unwrap()).collect();
    let with = |first: &[u8]| [first, &garbage].concat();
    let cases: &[(&str, Vec<u8>)] = &[
        ("nothing", Vec::new()),
        ("text", b"Ask us for our key.\n".to_vec()),
        ("NUL", vec![0; 1000]),
        ("the line alone", ARMOUR.into()),
        ("no data", format!("{ARMOUR}\n\n-----END PGP PUBLIC KEY BLOCK-----\n").into()),
        ("no base64", format!("{ARMOUR}\n\n\u{202e}\u{1b}[2J!!!!\n-----END PGP PUBLIC KEY BLOCK-----\n").into()),
        ("truncated armour", format!("{ARMOUR}\n\nmDMEZt65EBYJKwYBBAHaRw8BAQdAtTaj/RLovaUXnpwG6pCglf90N4oSYuwcond+\n").into()),
        ("many beginnings", format!("{ARMOUR}\n").repeat(20_000).into()),
        ("headers without end", format!("{ARMOUR}\n{}", "Comment: x\n".repeat(50_000)).into()),
        ("old packet", with(&[0x99, 0xff, 0xff])),
        ("new packet", with(&[0xc6, 0xff, 0xff, 0xff, 0xff, 0xff])),
        ("partial lengths", [0xc6, 0xe0].repeat(100_000)),
        ("compressed", with(&[0xa3, 0x01])),
        ("sequence", with(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff])),
        ("nested sequences", [0x30, 0x80].repeat(200_000)),
        ("empty certificate", b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n".to_vec()),
        ("certificate of nothing", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_vec()),
        ("half a certificate", b"-----BEGIN CERTIFICATE-----\nMIID".to_vec()),
        ("both", format!("{ARMOUR}\n-----BEGIN CERTIFICATE-----\n").into()),
        ("random", garbage.clone()),
    ];
    for (what, bytes) in cases {
        for ending in ["asc", "der"] {
            let project = project();
            project.write(&format!("content/teams/x.{ending}"), bytes);
            assert_eq!(places(what, project), [format!("broken-key content/teams/x.{ending}:1")], "{what}");
        }
    }
}

#[test]
fn what_is_no_file_is_not_opened_and_what_is_too_large_not_read() {
    type Maker = fn(&std::path::Path);
    let cases: &[(&str, Maker, &str)] = &[
        ("folder", |path| fs::create_dir(path).unwrap(), "unknown-file"),
        ("link", |path| symlink("alpha.yaml", path).unwrap(), "unreadable-file"),
        ("link to nothing", |path| symlink("nowhere", path).unwrap(), "unreadable-file"),
        ("endless", |path| symlink("/dev/zero", path).unwrap(), "unreadable-file"),
        ("pipe", |path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success()), "unreadable-file"),
        ("2 MiB", |path| fs::write(path, vec![b'\n'; 2 << 20]).unwrap(), "file-too-large"),
        ("sparse", |path| fs::File::create(path).unwrap().set_len(1 << 40).unwrap(), "file-too-large"),
    ];
    for (what, make, rule) in cases {
        for name in ["x.asc", "x.2.der"] {
            let project = project();
            make(&project.path(&format!("content/teams/{name}")));
            assert_eq!(places(what, project), [format!("{rule} content/teams/{name}:1")], "{what}");
        }
    }
}

#[test]
fn a_file_without_a_team_is_one_finding_and_many_are_found_in_time() {
    let project = project();
    for at in 0..500 {
        project.write(&format!("content/teams/z{at}.asc"), "");
        project.write(&format!("content/teams/t{at}.yaml"), format!("name: T{at}\ncountry: AT\n"));
    }
    let places = places("strays", project);
    assert!(places.len() == 500 && places.iter().all(|place| place.starts_with("key-without-team ")), "{places:?}");
}

#[test]
fn a_secret_key_is_found_wherever_it_stands_and_no_line_of_its_file_is_shown() {
    let pgp = "PGP PRIVATE KEY BLOCK";
    let page = format!("---\ntitle: About\nodd: {SECRET}\n---\n{}", secret(pgp, ""));
    let entry = format!("name: X\ncontry: {SECRET}\ndescription: |\n{}", secret("PRIVATE KEY", "  "));
    let site = format!("title: T\nsample: true\nodd: {SECRET}\n{}", secret(pgp, "# "));
    let not_utf8 = [b"\xff\n", secret(pgp, "").as_bytes()].concat();
    let nul = format!("\0{}", secret(pgp, ""));
    let long_line = format!("{}{}", "x".repeat(100_000), secret(pgp, ""));
    for (file, text, expected) in [
        ("content/teams/x.asc", secret(pgp, "").into_bytes(), "content/teams/x.asc:1"),
        ("content/teams/x.pem", format!("a\n{}", secret("RSA PRIVATE KEY", "")).into(), "content/teams/x.pem:2"),
        (ENTRY, entry.into(), "content/teams/x.yaml:4"),
        (ENTRY, not_utf8, "content/teams/x.yaml:2"),
        (ENTRY, nul.into(), "content/teams/x.yaml:1"),
        ("content/authorities/x.yaml", secret(pgp, "  ").into(), "content/authorities/x.yaml:1"),
        ("content/pages/about.md", page.into(), "content/pages/about.md:5"),
        ("static/a/page.html", long_line.into(), "static/a/page.html:1"),
    ] {
        let project = project();
        project.write(file, text);
        assert_eq!(places(file, project), [format!("secret-key {expected}")], "{file}");
    }
    let project = project();
    project.write("content/site.yaml", site);
    let (findings, shown) = found("site.yaml", project);
    assert!(findings.iter().any(|finding| finding.rule.id() == "secret-key") && !shown.contains(SECRET), "{shown}");
}

#[test]
fn a_secret_key_is_found_in_what_is_not_read_otherwise() {
    let text = secret("PGP PRIVATE KEY BLOCK", "");
    for (file, expected) in [
        ("content/teams/x.txt", &["secret-key content/teams/x.txt:1"][..]),
        ("content/teams/.x.yaml.swp", &["secret-key content/teams/.x.yaml.swp:1"]),
        ("content/.hidden/x", &["secret-key content/.hidden/x:1"]),
        (
            "content/authorities/X y.yaml",
            &["file-name content/authorities/X y.yaml:1", "secret-key content/authorities/X y.yaml:1"],
        ),
        ("content/teams/z.asc", &["secret-key content/teams/z.asc:1", "key-without-team content/teams/z.asc:1"]),
        ("content/old/a/x.txt", &["unknown-file content/old:1", "secret-key content/old/a/x.txt:1"]),
        ("themes/mine/templates/x.html", &["secret-key themes/mine/templates/x.html:1"]),
        ("themes/mine/assets/x.js", &["secret-key themes/mine/assets/x.js:1"]),
        ("themes/mine/.git/x", &[]),
    ] {
        let project = project();
        project.write(file, &text);
        assert_eq!(places(file, project), expected, "{file}");
    }
    let large = project();
    large.write("content/large.txt", format!("{}{text}", "\n".repeat(1 << 20)));
    assert_eq!(places("large", large), ["secret-key content/large.txt:1048577"]);
    // What lies elsewhere is not looked at.
    let project = project();
    project.write("../outside/x.txt", &text);
    symlink("../../outside", project.path("content/old")).unwrap();
    symlink("../../../outside/x.txt", project.path("content/teams/x.txt")).unwrap();
    let expected = ["content/old", "content/teams/x.txt"].map(|file| format!("unknown-file {file}:1"));
    assert_eq!(places("elsewhere", project), expected);
}

#[test]
fn a_secret_key_in_binary_or_in_utf_16_is_found_whatever_its_file_is_called() {
    let read = |file: &str| fs::read(crate::project::fixtures().join("..").join(file)).unwrap();
    let (bundle, packets) = (read("smime/bundle.p12"), read("rules/secret-key/fail/static/backup.gpg"));
    let (pkcs8, sec1, pkcs1) =
        (read("smime/secret_pkcs8_dsa.der"), read("smime/secret_sec1.der"), read("smime/secret_pkcs1.der"));
    let utf16: Vec<u8> = secret("PGP PRIVATE KEY BLOCK", "").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for file in
        ["static/x.bin", "static/x", "content/teams/x.p12", "content/x.secret", "content/teams/.x", "themes/mine/assets/x.png"]
    {
        for bytes in [&bundle, &packets, &pkcs8, &sec1, &pkcs1, &utf16] {
            let project = project();
            project.write(file, bytes);
            let first = &bytes[..4];
            assert_eq!(places(file, project), [format!("secret-key {file}:1")], "{file}: {first:x?}");
        }
    }
    // What only begins like one.
    let polish = "\u{15a}wi\u{119}to".as_bytes();
    let time_stamp_request = [0x30, 0x0B, 0x02, 1, 1, 0x30, 4, 0x30, 2, 6, 0, 4, 0];
    for bytes in [polish, &time_stamp_request, &read("openpgp/keys/ed25519.asc"), &read("smime/public.der"), &[0x95, 0, 9]] {
        let project = project();
        project.write("static/x.bin", bytes);
        assert_eq!(places("public", project), Vec::<String>::new());
    }
}

#[test]
fn data_behind_the_key_of_a_file_is_not_passed_over() {
    let read = |file: &str| fs::read(crate::project::fixtures().join("..").join(file)).unwrap();
    let latin = b"Schl\xfcssel\n".to_vec();
    for (file, key) in [("content/teams/x.asc", "openpgp/keys/ed25519.asc"), ("content/teams/x.pem", "smime/rsa.pem")] {
        for (more, rule) in [
            (read("smime/bundle.p12"), Some("secret-key")),
            (read("smime/secret_pkcs1.der"), Some("secret-key")),
            (read("rules/secret-key/fail/static/backup.gpg"), Some("secret-key")),
            (read("rules/secret-key/pass/static/key.gpg"), Some("broken-key")),
            (read("smime/public.der"), Some("broken-key")),
            (latin.clone(), None),
        ] {
            let project = project();
            project.write(file, [&read(key)[..], b"\n", &more].concat());
            let (findings, _) = found(file, project);
            let told = findings.iter().find(|finding| matches!(finding.rule.id(), "secret-key" | "broken-key"));
            assert_eq!(told.map(|finding| finding.rule.id()), rule, "{file}");
        }
    }
}

#[test]
fn a_key_file_in_utf_16_says_what_it_is() {
    let text = fs::read_to_string(crate::project::fixtures().join("../openpgp/keys/ed25519.asc")).unwrap();
    for (mark, octets) in [([0xFF, 0xFE], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xFE, 0xFF], u16::to_be_bytes)] {
        let project = project();
        project.write("content/teams/x.asc", [&mark[..], &text.encode_utf16().flat_map(octets).collect::<Vec<_>>()].concat());
        let (findings, _) = found("UTF-16", project);
        let told = findings.iter().find(|finding| finding.rule.id() == "broken-key").unwrap();
        assert!(told.message.contains("UTF-16") && told.help.contains("--output"), "{told:?}");
    }
}
