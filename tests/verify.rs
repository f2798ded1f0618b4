//! `peerage verify`: what is refused, each by its name, and what is said of the rest.

mod signatures;

use crate::common::{run, run_well, stderr, stdout, tree, write, write_files};
use crate::seal::keys::{key, public, secret};
use pgp::composed::SignedSecretKey;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::TempDir;

/// A project, the operator's key, and a built site that is signed by it; as of today, since a signature is.
struct World {
    folder: TempDir,
    operator: SignedSecretKey,
}

impl World {
    fn new() -> Self {
        let world = Self { folder: tempfile::tempdir().unwrap(), operator: key("operator@directory.example") };
        write_files(
            world.folder.path(),
            &[
                ("project/content/site.yaml", "title: Test\nsample: true\n"),
                ("project/content/teams/alpha.yaml", "name: Alpha\ncountry: AT\n"),
            ],
        );
        write(&world.path("secret.asc"), secret(&world.operator));
        write(&world.path("operator.asc"), public(&world.operator));
        world.build(&[]);
        world
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn build(&self, more: &[&str]) {
        let (project, secret) = (self.path("project"), self.path("secret.asc"));
        let words = ["build".as_ref(), project.as_os_str(), "--quiet".as_ref(), "--sign-with".as_ref(), secret.as_os_str()];
        run_well(words.into_iter().chain(more.iter().map(AsRef::as_ref)));
    }

    fn site(&self) -> PathBuf {
        self.path("project/public")
    }

    fn verify(&self, more: &[&str]) -> Output {
        let (site, key) = (self.site(), self.path("operator.asc"));
        let words = ["verify".as_ref(), site.as_os_str(), "--key".as_ref(), key.as_os_str()];
        run(words.into_iter().chain(more.iter().map(AsRef::as_ref)))
    }

    fn refused(&self, more: &[&str], part: &str) {
        let output = self.verify(more);
        let said = stderr(&output);
        assert!(output.status.code() == Some(1) && said.contains("refused: ") && said.contains(part), "{part}: {said}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn what_is_whole_fresh_and_signed_is_told_so_and_what_that_proves() {
    let world = World::new();
    let said = stdout(&world.verify(&[]));
    for part in [
        "serial 2",
        "00, fresh until ",
        "Each file is the one",
        "signed by the OpenPGP key",
        "Not asked: whether it is older",
        "no checksum proves",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains("Nobody vouches"), "{said}");
    let without = stdout(&run(["verify", world.site().to_str().unwrap()]));
    assert!(without.contains("Not asked: who published it"), "{without}");
    write(&world.site().join("CNAME"), "directory.example\n");
    assert!(stdout(&world.verify(&[])).contains("Nobody vouches for what else lies in the folder: CNAME"));
}

#[test]
fn one_byte_that_was_changed_is_named() {
    let world = World::new();
    let files = tree(&world.site());
    assert!(files.len() > 20);
    for (path, bytes) in files.iter().filter(|(_, bytes)| !bytes.is_empty()).step_by(7) {
        let full = world.site().join(path);
        let mut changed = bytes.clone();
        changed[bytes.len() / 2] ^= 1;
        fs::write(&full, changed).unwrap();
        let name = path.to_str().unwrap();
        let part = match name {
            "manifest.json" | "manifest.json.asc" => "refused",
            "SHA256SUMS" => "SHA256SUMS was changed",
            name => name,
        };
        world.refused(&[], part);
        fs::write(&full, bytes).unwrap();
    }
    fs::remove_file(world.site().join("teams/alpha.html")).unwrap();
    world.refused(&[], "teams/alpha.html");
}

#[test]
fn every_byte_of_manifest_and_list_counts() {
    let world = World::new();
    for name in ["manifest.json", "SHA256SUMS"] {
        let full = world.site().join(name);
        let bytes = fs::read(&full).unwrap();
        for at in (0..bytes.len()).step_by(bytes.len() / 12) {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            fs::write(&full, changed).unwrap();
            world.refused(&[], "");
        }
        fs::write(&full, bytes).unwrap();
    }
    assert!(world.verify(&[]).status.success());
}

#[test]
fn an_older_site_is_refused_and_so_is_another_of_the_same_serial() {
    let world = World::new();
    world.build(&["--serial", "2"]);
    let seen = world.path("seen.json");
    fs::copy(world.site().join("manifest.json"), &seen).unwrap();
    let against = ["--against", seen.to_str().unwrap()];
    assert!(stdout(&world.verify(&against)).contains("It is not older than the one you had"));
    world.build(&["--serial", "1"]);
    world.refused(&against, "it is older than the one you have: its serial is ");
    write(&world.path("project/content/teams/beta.yaml"), "name: Beta\ncountry: AT\n");
    world.build(&["--serial", "2"]);
    world.refused(&against, "it is another site under the serial of the one you have");
    world.build(&["--serial", "3"]);
    assert!(world.verify(&against).status.success());
    let manifest = fs::read_to_string(world.site().join("manifest.json")).unwrap();
    let without: Vec<&str> = manifest.lines().filter(|line| !line.contains("serial")).collect();
    fs::write(world.site().join("manifest.json"), without.join("\n")).unwrap();
    let unsigned = run(["verify", world.site().to_str().unwrap(), "--against", seen.to_str().unwrap()]);
    assert!(stderr(&unsigned).contains("it has no serial"), "{}", stderr(&unsigned));
}

#[test]
fn what_has_expired_or_has_not_come_is_refused() {
    let world = World::new();
    world.refused(&["--today", "2999-01-01"], "it expired: ");
    let manifest = world.site().join("manifest.json");
    let ahead = fs::read_to_string(&manifest).unwrap().replacen("\"today\": \"20", "\"today\": \"29", 1);
    fs::write(&manifest, ahead).unwrap();
    let output = run(["verify", world.site().to_str().unwrap()]);
    assert!(stderr(&output).contains("which has not come"), "{}", stderr(&output));
}

#[test]
fn a_foreign_signature_is_refused_and_so_is_none() {
    let world = World::new();
    let stranger = key("stranger@directory.example");
    write(&world.path("operator.asc"), public(&stranger));
    world.refused(&[], "it is signed by another key, ");
    write(&world.path("operator.asc"), public(&world.operator));
    assert!(world.verify(&[]).status.success());
    fs::remove_file(world.site().join("manifest.json.asc")).unwrap();
    world.refused(&[], "there is no signature ");
    write(&world.site().join("manifest.json.asc"), "nothing");
    world.refused(&[], "there is no detached OpenPGP signature in this file");
}

#[test]
fn a_signature_stays_when_the_site_is_built_anew_and_no_longer_counts() {
    let world = World::new();
    let signature = fs::read(world.site().join("manifest.json.asc")).unwrap();
    let words = [
        std::ffi::OsString::from("build"),
        world.path("project").into_os_string(),
        "--quiet".into(),
        "--serial".into(),
        "9".into(),
    ];
    let said = stderr(&run_well(words));
    assert_eq!(said, "manifest.json.asc is the signature of an earlier build: sign the manifest anew\n");
    assert_eq!(fs::read(world.site().join("manifest.json.asc")).unwrap(), signature);
    world.refused(&[], "its signature does not match");
}

#[test]
fn whoever_has_the_site_that_stood_there_must_not_have_to_refuse_the_new_one_unsaid() {
    let world = World::new();
    let project = world.path("project");
    let build = |words: &[&str]| {
        let words = ["build", project.to_str().unwrap(), "--quiet"].into_iter().chain(words.iter().copied());
        stderr(&run_well(words.collect::<Vec<_>>()))
    };
    build(&["--today", "2026-11-28", "--serial", "2"]);
    let settings = project.join("content/site.yaml");
    let changed = fs::read_to_string(&settings).unwrap() + "issuer: Another\n";
    assert!(!build(&["--today", "2026-11-28", "--serial", "2"]).contains("serial"), "nothing changed");
    write(&settings, changed);
    let same = build(&["--today", "2026-11-28", "--serial", "2"]);
    assert!(
        same.contains("The site that stood here has the serial 2026112802, and this one 2026112802")
            && same.contains("a greater --serial"),
        "{same}"
    );
    let older = build(&["--today", "2026-11-01"]);
    assert!(older.contains("and this one 2026110100") && older.contains("for the present day"), "{older}");
    assert!(!build(&["--today", "2026-11-29"]).contains("this one"));
    // Of what nobody signed nobody knows that it was published.
    fs::remove_file(world.site().join("manifest.json.asc")).unwrap();
    assert_eq!(build(&["--today", "2026-11-01"]), "");
}

/// `tests/verify/make` made the site and its signature with minisign 0.11.
#[test]
fn signatures_of_minisign_are_read() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verify");
    let (site, key) = (fixtures.join("site"), fixtures.join("minisign.pub"));
    let words = |site: &Path, key: &Path| {
        let words =
            ["verify".as_ref(), site.as_os_str(), "--today".as_ref(), "2026-11-21".as_ref(), "--key".as_ref(), key.as_os_str()];
        run(words)
    };
    let said = words(&site, &key);
    assert!(stdout(&said).contains("signed by the minisign key (a trusted comment)"), "{}", stderr(&said));
    let other = words(&site, &fixtures.join("other.pub"));
    assert!(stderr(&other).contains("refused: it is signed by another key"), "{}", stderr(&other));
    let copy = tempfile::tempdir().unwrap();
    for (path, bytes) in tree(&site) {
        write(&copy.path().join(path), bytes);
    }
    let manifest = copy.path().join("manifest.json");
    let changed = fs::read_to_string(&manifest).unwrap().replace("2026112100", "2026112101");
    fs::write(&manifest, changed).unwrap();
    let said = words(copy.path(), &key);
    assert!(stderr(&said).contains("refused: its signature does not match"), "{}", stderr(&said));
}

#[test]
fn a_key_that_is_too_large_is_not_read_to_its_end() {
    let world = World::new();
    fs::File::create(world.path("operator.asc")).unwrap().set_len((1 << 20) + 1).unwrap();
    let output = world.verify(&[]);
    let said = stderr(&output);
    assert!(output.status.code() == Some(2) && said.contains("operator.asc is larger than 1 MiB"), "{said}");
}

#[test]
fn what_is_no_site_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().to_str().unwrap();
    for (manifest, part) in [
        (None, "manifest.json is no manifest of Peerage: it is not there. Name the folder of a built site"),
        (Some("{}"), "missing field"),
        (Some("{\"format\": 1, \"generator\": \"hugo\", \"today\": \"2026-01-01\", \"sums\": \"\"}"), "another program wrote it"),
        (Some("{\"format\": 1, \"generator\": \"peerage\", \"today\": \"soon\", \"sums\": \"\"}"), "is not a date"),
    ] {
        if let Some(text) = manifest {
            write(&folder.path().join("manifest.json"), text);
        }
        let output = run(["verify", site]);
        assert!(output.status.code() == Some(1) && stderr(&output).contains(part), "{part}: {}", stderr(&output));
    }
    write(
        &folder.path().join("manifest.json"),
        "{\"format\": 1, \"generator\": \"peerage\", \"today\": \"2026-01-01\", \"sums\": \"\"}",
    );
    assert!(stderr(&run(["verify", site])).contains("SHA256SUMS, the list for which manifest.json vouches, cannot be read"));
    let missing = run(["verify", folder.path().join("nowhere").to_str().unwrap()]);
    assert!(missing.status.code() == Some(2) && stderr(&missing).contains("does not exist"), "{}", stderr(&missing));
    let manifest = folder.path().join("manifest.json");
    fs::rename(&manifest, folder.path().join("elsewhere.json")).unwrap();
    std::os::unix::fs::symlink("elsewhere.json", &manifest).unwrap();
    assert!(stderr(&run(["verify", site])).contains("it is not a regular file"));
    fs::rename(folder.path().join("elsewhere.json"), &manifest).unwrap();
    write(&folder.path().join("SHA256SUMS"), format!("{}  ../outside\n", "0".repeat(64)));
    assert!(stderr(&run(["verify", site])).contains("refused: SHA256SUMS was changed"));
}

/// Whatever is done to a signature, it never says anything else than it did, and never stops the program.
#[test]
fn a_signature_that_was_changed_says_the_same_or_nothing() {
    use base64::Engine;
    use peerage::openpgp::{SigningKey, read, signed_by};
    let operator = key("operator@directory.example");
    let now = "2026-11-21T12:00:00Z".parse().unwrap();
    let later = "2026-11-22T12:00:00Z".parse().unwrap();
    let signer = SigningKey::read(secret(&operator).as_bytes(), now).unwrap();
    let signature = signer.sign(b"content").unwrap();
    let certificates = read(public(&operator).as_bytes()).unwrap();
    let good = signed_by(b"content", signature.as_bytes(), &certificates, later).unwrap();
    assert_eq!(good.on, now);
    assert!(signed_by(b"contents", signature.as_bytes(), &certificates, later).is_err());
    let early = signed_by(b"content", signature.as_bytes(), &certificates, "2026-11-21T11:00:00Z".parse().unwrap());
    assert!(early.unwrap_err().message.contains("which has not come"));
    let body: String = signature.lines().skip(2).take_while(|line| !line.starts_with('=')).collect();
    let binary = base64::engine::general_purpose::STANDARD.decode(body).unwrap();
    assert_eq!(signed_by(b"content", &binary, &certificates, later).unwrap(), good);
    for at in 0..binary.len() {
        for flip in [1, 0x80] {
            let mut changed = binary.clone();
            changed[at] ^= flip;
            let said = signed_by(b"content", &changed, &certificates, later);
            assert!(said.as_ref().is_ok_and(|said| *said == good) || said.is_err(), "{at}: {said:?}");
        }
        assert!(signed_by(b"content", &binary[..at], &certificates, later).is_err(), "{at}");
    }
}

/// A mirror may have put it there, and a script sees nothing but what is said on standard error.
#[test]
fn what_nobody_vouches_for_is_told_even_in_quiet() {
    let world = World::new();
    let quiet = world.verify(&["--quiet"]);
    assert!(quiet.status.success() && quiet.stderr.is_empty(), "{}", stderr(&quiet));
    write(&world.site().join(".git/HEAD"), "ref");
    write(&world.site().join("teams/.git/index.html"), "planted");
    let quiet = world.verify(&["--quiet"]);
    assert!(quiet.status.success() && quiet.stdout.is_empty());
    assert!(
        stderr(&quiet).ends_with("Nobody vouches for what else lies in the folder: .git, teams/.git/index.html\n"),
        "{}",
        stderr(&quiet)
    );
}
