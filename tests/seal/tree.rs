//! What the command makes of the private tree and of messages, and what it refuses.

use super::keys::{key, open, public, secret};
use crate::common::{peerage, run, run_well, stderr, stdout, text, tree, write, write_files};
use pgp::composed::SignedSecretKey;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use tempfile::TempDir;

const TODAY: &str = "2026-11-21";

/// A project with two accredited teams and one that is listed, each with a key, and a private tree with something for each level.
struct World {
    folder: TempDir,
    one: SignedSecretKey,
    two: SignedSecretKey,
    listed: SignedSecretKey,
}

impl World {
    fn new() -> Self {
        let world = Self {
            folder: tempfile::tempdir().unwrap(),
            one: key("cert@one.example"),
            two: key("cert@two.example"),
            listed: key("cert@listed.example"),
        };
        write_files(&world.project(), &[("content/site.yaml", "title: Test\nsample: true\n")]);
        for (id, level, key) in
            [("one", "accredited", &world.one), ("two", "accredited", &world.two), ("listed", "listed", &world.listed)]
        {
            world.team(id, level, Some(key));
        }
        let notes = "notes: [{audience: listed, text: for all}, {audience: accredited, text: for some}]\n";
        write_files(&world.private(), &[("teams/one.yaml", notes)]);
        world
    }

    fn team(&self, id: &str, level: &str, key: Option<&SignedSecretKey>) {
        let entry = format!(
            "name: {id}\ncountry: AT\ncontact: {{emails: [{{address: cert@{id}.example}}]}}\nconfirmed: 2026-11-01\n\
             status: [{{level: {level}, since: 2020-01-01}}]\n"
        );
        write(&self.project().join(format!("content/teams/{id}.yaml")), entry);
        if let Some(key) = key {
            write(&self.project().join(format!("content/teams/{id}.asc")), public(key));
        }
    }

    fn project(&self) -> PathBuf {
        self.folder.path().join("project")
    }

    fn private(&self) -> PathBuf {
        self.folder.path().join("private")
    }

    fn words(&self, command: &str, more: &[&str]) -> Vec<OsString> {
        let mut words = vec![command.into(), self.project().into_os_string(), "--today".into(), TODAY.into()];
        words.extend(more.iter().map(OsString::from));
        words
    }

    /// Seals the private tree.
    fn seal(&self, more: &[&str]) -> Output {
        let mut words = self.words("seal", more);
        words.extend(["--private".into(), self.private().into_os_string()]);
        run(words)
    }

    /// The message for an audience, in the project.
    fn message(&self, audience: &str) -> Option<Vec<u8>> {
        let files = tree(&self.project().join("content/sealed"));
        let is_it = |path: &PathBuf| path.to_str().unwrap().rsplit_once('-').is_some_and(|(named, _)| named == audience);
        files.into_iter().find(|(path, _)| is_it(path)).map(|(_, bytes)| bytes)
    }

    /// The published message for an audience, after a build.
    fn published(&self, audience: &str) -> Option<Vec<u8>> {
        run_well(self.words("build", &["--quiet"]));
        std::fs::read(self.project().join(format!("public/sealed/{audience}.tar.gpg"))).ok()
    }

    /// Encrypts a message that comes on standard input.
    fn mail(&self, readers: &[&str], more: &[&str]) -> Output {
        let mut command = peerage();
        command.args(["seal", "-"]).arg(self.project()).args(["--today", TODAY]).args(more);
        command.args(readers.iter().flat_map(|reader| ["--for", reader]));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(MAIL).ok();
        child.wait_with_output().unwrap()
    }
}

const MAIL: &[u8] = b"Subject: A worm\n\nLook at 192.0.2.17.\n";

#[test]
fn each_message_opens_for_those_who_are_entitled_and_a_build_copies_it() {
    let world = World::new();
    let said = world.seal(&[]);
    assert!(said.status.success(), "{}", stderr(&said));
    assert!(stdout(&said).contains("For teams that are accredited or above: 2 teams can read it, "), "{}", stdout(&said));
    for (audience, expected) in [("listed", [true, true, true]), ("accredited", [true, true, false])] {
        let message = world.message(audience).unwrap();
        let opened = [&world.one, &world.two, &world.listed].map(|key| open(key, &message).is_some());
        assert_eq!(opened, expected, "{audience}");
        assert_eq!(world.published(audience).as_ref(), Some(&message));
        let archive = open(&world.one, &message).unwrap();
        assert_eq!(archive.len(), 64 * 1024);
    }
    let page = text(&world.project().join("public/sealed.html"));
    assert!(page.contains("accredited.tar.gpg") && page.contains("listed.tar.gpg"));
    let index = crate::common::json(&world.project().join("public/sealed/index.json"));
    assert_eq!(index["messages"][1]["recipients"].as_array().unwrap().len(), 2);
}

#[test]
fn what_is_sealed_anew_takes_the_place_of_the_old_as_a_whole() {
    let world = World::new();
    assert!(world.seal(&[]).status.success());
    let first = tree(&world.project().join("content/sealed"));
    assert!(world.seal(&[]).status.success());
    let second = tree(&world.project().join("content/sealed"));
    assert_eq!((first.len(), second.len()), (3, 3));
    assert!(first.iter().all(|(path, bytes)| second.get(path) != Some(bytes)), "no message is the same twice");
    assert!(run(world.words("check", &["--format", "short"])).stdout.is_empty());
}

#[test]
fn a_message_whose_audience_changed_is_left_out_until_it_is_sealed_anew() {
    type Change = fn(&World);
    let new = |world: &World| world.team("three", "accredited", Some(&key("cert@three.example")));
    let changes: [(Change, &str); 4] = [
        (new, "three may read it now, and cannot"),
        (|world| world.team("two", "listed", None), "two can read it, and may not any more or has no valid key"),
        (|world| world.team("two", "accredited", Some(&key("cert@two.example"))), "two has other keys now"),
        (
            |world| std::fs::remove_file(world.project().join("content/teams/two.asc")).unwrap(),
            "two can read it, and may not any more or has no valid key",
        ),
    ];
    for (change, who) in changes {
        let world = World::new();
        assert!(world.seal(&[]).status.success());
        assert!(world.published("accredited").is_some());
        change(&world);
        let told = stdout(&run(world.words("check", &["--format", "short"])));
        assert!(told.contains("sealed-audience") && told.contains(who), "{who}: {told}");
        assert_eq!(world.published("accredited"), None, "{who}");
        assert!(world.seal(&[]).status.success());
        assert!(world.published("accredited").is_some(), "{who}");
    }
}

#[test]
fn hidden_recipients_stand_nowhere_and_a_change_is_seen_all_the_same() {
    let world = World::new();
    assert!(world.seal(&["--hide-recipients"]).status.success());
    let index = text(&world.project().join("content/sealed/index.yaml"));
    assert!(!index.contains("team:") && index.contains("digest:"), "{index}");
    assert!(open(&world.two, &world.message("accredited").unwrap()).is_some());
    assert!(world.published("accredited").is_some());
    world.team("two", "listed", None);
    assert_eq!(world.published("accredited"), None);
}

#[test]
fn nothing_is_written_where_nobody_could_read_it_or_the_files_are_wrong() {
    type Spoil = fn(&World);
    let cases: [(Spoil, &str, i32); 6] = [
        (
            |world| write(&world.private().join("teams/two.yaml"), "notes: [{audience: certified, text: secret heron}]\n"),
            "no team that is certified has a key",
            1,
        ),
        (|world| write(&world.private().join("teams/two.yaml"), "notes: [{text: secret heron}]\n"), "`audience`", 1),
        (
            |world| {
                let entry = world.project().join("content/teams/two.yaml");
                write(&entry, text(&entry) + "notes: [{audience: accredited, text: secret heron}]\n");
            },
            "is confidential, and this file is public",
            1,
        ),
        (
            |world| {
                std::fs::remove_dir_all(world.private().join("teams")).unwrap();
                std::fs::create_dir(world.private().join("teams")).unwrap();
            },
            "private is for a level, so nothing was sealed; if it is the right folder",
            2,
        ),
        (|world| std::fs::remove_dir_all(world.private().join("teams")).unwrap(), "there is no private tree at", 2),
        (|world| write(&world.project().join("content/sealed"), "in the way"), "is not a folder", 2),
    ];
    for (spoil, part, code) in cases {
        let world = World::new();
        spoil(&world);
        let before = tree(&world.project());
        let output = world.seal(&[]);
        let said = stderr(&output);
        assert!(output.status.code() == Some(code) && said.contains(part), "{part}: {said}");
        assert!(!said.contains("heron") && !stdout(&output).contains("heron"), "{said}");
        assert_eq!(tree(&world.project()), before, "{part}");
    }
}

#[test]
fn messages_without_an_index_do_not_stay() {
    let world = World::new();
    write(&world.project().join("content/sealed/index.yaml/in-the-way"), "");
    let before = tree(&world.project());
    let output = world.seal(&[]);
    assert!(output.status.code() == Some(2) && stderr(&output).contains("index.yaml"), "{}", stderr(&output));
    assert_eq!(tree(&world.project()), before);
}

#[test]
fn without_a_private_tree_it_is_said_where_it_is_named() {
    let world = World::new();
    let output = run(world.words("seal", &[]));
    assert!(output.status.code() == Some(2) && stderr(&output).contains("name it with --private FOLDER"), "{}", stderr(&output));
    assert!(!world.project().join("content/sealed").exists());
}

#[test]
fn a_private_tree_in_the_public_one_is_refused() {
    let world = World::new();
    let inside = world.project().join("private");
    std::fs::rename(world.private(), &inside).unwrap();
    let mut words = world.words("seal", &["--private"]);
    words.push(inside.into_os_string());
    let output = run(words);
    assert!(output.status.code() == Some(2) && stderr(&output).contains("lie in each other"), "{}", stderr(&output));
    assert!(!world.project().join("content/sealed").exists());
}

/// Findings name its files by its own name, and those of the project by theirs.
#[test]
fn a_private_tree_that_is_called_as_a_folder_of_a_project_is_refused() {
    let world = World::new();
    let named = world.folder.path().join("content");
    std::fs::rename(world.private(), &named).unwrap();
    let mut words = world.words("check", &["--private"]);
    words.push(named.into_os_string());
    let output = run(words);
    assert!(output.status.code() == Some(2) && stderr(&output).contains("give it another name"), "{}", stderr(&output));
}

#[test]
fn a_message_for_nobody_is_not_taken_for_one_that_was_encrypted() {
    let world = World::new();
    let message = world.folder.path().join("alert.txt");
    write(&message, MAIL);
    let mut words = world.words("seal", &["--private"]);
    words.extend([world.private().into_os_string(), message.into_os_string()]);
    let output = run(words);
    assert!(output.status.code() == Some(2) && stderr(&output).contains("name them with --for"), "{}", stderr(&output));
    assert!(!world.project().join("content/sealed").exists());
    let misspelt = world.mail(&["acredited"], &[]);
    assert!(
        misspelt.status.code() == Some(2) && stderr(&misspelt).contains("did you mean `accredited`?"),
        "{}",
        stderr(&misspelt)
    );
}

#[test]
fn of_who_has_withdrawn_nothing_is_told() {
    let world = World::new();
    let notes = "notes: [{audience: accredited, text: secret heron}]\nalerts: [{audience: accredited, name: Egret, phone: +1 202 555 0100}]\n";
    write(&world.private().join("teams/two.yaml"), notes);
    let told = |world: &World| {
        assert!(world.seal(&[]).status.success());
        String::from_utf8_lossy(&open(&world.one, &world.message("accredited").unwrap()).unwrap()).into_owned()
    };
    assert!(told(&world).contains("secret heron"));
    let entry = world.project().join("content/teams/two.yaml");
    write(&entry, text(&entry).replace("]\n", ", {state: withdrawn, since: 2026-01-01}]\n").replace("}], {", "}, {"));
    let left = told(&world);
    assert!(left.contains("for some") && !left.contains("heron") && !left.contains("Egret"), "{left}");
    // Where nothing is left for a level, there is no message for it.
    write(&world.private().join("teams/one.yaml"), "notes: [{audience: listed, text: for all}]\n");
    assert!(world.seal(&[]).status.success());
    assert!(world.message("accredited").is_none() && world.message("listed").is_some());
}

#[test]
fn who_cannot_read_is_listed_with_the_reason() {
    let world = World::new();
    world.team("nokey", "accredited", None);
    let other = key("cert@elsewhere.example");
    world.team("suspended", "accredited", None);
    let entry = world.project().join("content/teams/suspended.yaml");
    write(&entry, text(&entry).replace("]\n", ", {state: suspended, since: 2026-01-01}]\n").replace("}], {", "}, {"));
    let said = stdout(&world.seal(&[]));
    assert!(said.contains("  nokey cannot: no OpenPGP key\n"), "{said}");
    assert!(!said.contains("suspended cannot"), "{said}");
    // A key that is not the team's is an error of the files, and nothing is sealed.
    world.team("foreign", "accredited", Some(&other));
    assert_eq!(world.seal(&[]).status.code(), Some(1));
}

#[test]
fn a_message_is_encrypted_for_levels_and_teams_by_name() {
    let world = World::new();
    for (readers, expected) in [
        (&["accredited"][..], [true, true, false]),
        (&["listed"], [true, true, true]),
        (&["two"], [false, true, false]),
        (&["two", "listed"], [true, true, true]),
    ] {
        let output = world.mail(readers, &[]);
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(stdout(&output).starts_with("-----BEGIN PGP MESSAGE-----\n"));
        // `listed` is a level before it is a team.
        let opened = [&world.one, &world.two, &world.listed].map(|key| open(key, &output.stdout));
        assert_eq!(opened, expected.map(|reads| reads.then(|| MAIL.to_vec())), "{readers:?}");
    }
    let out = world.folder.path().join("out.asc");
    assert!(world.mail(&["one"], &["--out", out.to_str().unwrap()]).status.success());
    assert_eq!(open(&world.one, &std::fs::read(&out).unwrap()).unwrap(), MAIL);
    let again = world.mail(&["one"], &["--out", out.to_str().unwrap()]);
    assert!(stderr(&again).contains("is there already"), "{}", stderr(&again));
}

#[test]
fn a_message_for_who_cannot_read_it_is_not_made() {
    let world = World::new();
    world.team("nokey", "accredited", None);
    for (reader, part, code) in [
        ("nokey", "nokey cannot read it: no OpenPGP key", 1),
        ("certified", "nobody is entitled to it today", 2),
        ("nobody", "there is neither a level nor a team `nobody`", 2),
        ("No Body", "is neither a level", 2),
    ] {
        let output = world.mail(&[reader], &[]);
        assert!(output.status.code() == Some(code) && stderr(&output).contains(part), "{reader}: {}", stderr(&output));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn the_operator_signs_with_a_key_that_lies_elsewhere_and_has_no_passphrase() {
    use pgp::composed::Message;
    use pgp::types::Password;
    let world = World::new();
    let operator = key("operator@directory.example");
    let file = world.folder.path().join("operator.asc");
    write(&file, secret(&operator));
    let output = world.mail(&["one"], &["--sign-with", file.to_str().unwrap()]);
    assert!(output.status.success(), "{}", stderr(&output));
    let message = Message::from_armor(&output.stdout[..]).unwrap().0;
    let mut opened = message.decrypt(&Password::empty(), &world.one).unwrap();
    assert_eq!(opened.as_data_vec().unwrap(), MAIL);
    assert!(opened.verify(&operator.to_public_key().primary_key).is_ok());
    assert!(opened.verify(&world.two.to_public_key().primary_key).is_err());

    let inside = world.project().join("operator.asc");
    write(&inside, secret(&operator));
    for (path, part) in [(inside.as_path(), "lies in the project"), (Path::new(env!("CARGO_MANIFEST_DIR")), "cannot be read")] {
        let output = world.mail(&["one"], &["--sign-with", path.to_str().unwrap()]);
        assert!(output.status.code() == Some(2) && stderr(&output).contains(part), "{}", stderr(&output));
    }
    std::fs::remove_file(inside).unwrap();
    write(&file, public(&operator));
    let output = world.mail(&["one"], &["--sign-with", file.to_str().unwrap()]);
    assert!(stderr(&output).contains("there is no OpenPGP secret key in this file"), "{}", stderr(&output));
}

#[test]
fn a_message_that_was_changed_is_an_error_and_is_not_published() {
    let world = World::new();
    assert!(world.seal(&[]).status.success());
    let (name, mut bytes) = tree(&world.project().join("content/sealed"))
        .into_iter()
        .find(|(path, _)| path.extension().is_some_and(|end| end == "gpg"))
        .unwrap();
    bytes[200] ^= 1;
    write(&world.project().join("content/sealed").join(name), bytes);
    let output = run(world.words("build", &[]));
    assert!(output.status.code() == Some(1) && stderr(&output).contains("sealed-message"), "{}", stderr(&output));
}

/// The files of an archive as `tar` reads them: by the name and the length in each header.
fn files(archive: &[u8]) -> std::collections::BTreeMap<String, String> {
    let mut files = std::collections::BTreeMap::new();
    let mut at = 0;
    while archive[at] != 0 {
        let field = |from: usize, length: usize| {
            let bytes = &archive[at + from..at + from + length];
            String::from_utf8(bytes.iter().copied().take_while(|byte| *byte != 0).collect()).unwrap()
        };
        let length = usize::from_str_radix(&field(124, 12), 8).unwrap();
        let sum = archive[at..at + 512].iter().enumerate();
        let sum: u32 = sum.map(|(n, byte)| if (148..156).contains(&n) { 32 } else { u32::from(*byte) }).sum();
        assert_eq!(u32::from_str_radix(field(148, 8).trim(), 8).unwrap(), sum);
        let content = archive[at + 512..at + 512 + length].to_vec();
        files.insert(field(0, 100), String::from_utf8(content).unwrap());
        at += 512 + length.next_multiple_of(512);
    }
    files
}

#[test]
fn the_alert_kit_is_a_table_and_cards_and_no_text_is_more_than_text() {
    let world = World::new();
    let alerts = "alerts:\n  - {audience: accredited, name: \"=cmd|'/C calc'!A0\", phone: +1 202 555 0101, usage: [text], comment: \"by day; not\"}\n\
                  \u{20} - {audience: accredited, name: Desk, email: desk@two.example}\n\
                  contact: {audience: accredited, phones: [{number: +1 202 555 0102, usage: [emergency]}, {number: +1 202 555 0103}]}\n";
    write(&world.private().join("teams/two.yaml"), alerts);
    assert!(world.seal(&[]).status.success());
    let files = files(&open(&world.one, &world.message("accredited").unwrap()).unwrap());
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(names, ["README.txt", "directory.json", "directory.md", "roster.csv", "roster.vcf"]);
    assert_eq!(
        files["roster.csv"],
        "team,team_name,country,status,name,phone,voice,text,email,comment\r\n\
         two,two,AT,accredited,'=cmd|'/C calc'!A0,tel:+12025550101,no,yes,,by day; not\r\n\
         two,two,AT,accredited,Desk,,no,no,desk@two.example,\r\n\
         two,two,AT,accredited,Emergency,tel:+12025550102,yes,no,,\r\n"
    );
    let cards = files["roster.vcf"].replace("\r\n ", "");
    for part in [
        "FN:=cmd|'/C calc'!A0 (two)\r\nORG:two\r\nTEL;VALUE=URI;TYPE=text:tel:+12025550101\r\nCATEGORIES:AT,accredited\r\nNOTE:by day\\; not\r\n",
        "EMAIL:desk@two.example\r\n",
        "TEL;VALUE=URI;TYPE=voice:tel:+12025550102\r\n",
    ] {
        assert!(cards.contains(part), "{part}: {cards}");
    }
    assert_eq!(cards.matches("BEGIN:VCARD").count(), 3);
    let told: serde_json::Value = serde_json::from_str(&files["directory.json"]).unwrap();
    assert_eq!((&told["audience"], &told["as_of"]), (&"accredited".into(), &TODAY.into()));
    assert_eq!(told["teams"][1]["contact"]["phones"][1]["number"], "+1 202 555 0103");
    assert!(files["directory.md"].contains("## two (two, AT, accredited)") && files["directory.md"].contains("for some"));
}

#[test]
fn a_message_for_others_than_the_index_says_is_an_error() {
    let world = World::new();
    run_well(world.words("seal", &["--private", world.private().to_str().unwrap()]));
    let sealed = world.project().join("content/sealed");
    let index = text(&sealed.join("index.yaml"));
    let named = |level: &str| {
        let names = tree(&sealed).into_keys().map(|path| path.to_str().unwrap().to_owned());
        names.into_iter().find(|name| name.starts_with(level)).unwrap()
    };
    let (listed, accredited) = (named("listed-"), named("accredited-"));
    let check = || {
        let output = run(world.words("check", &["--format", "short"]));
        (output.status.code(), stdout(&output) + &stderr(&output))
    };
    assert_eq!(check().0, Some(0), "{}", check().1);
    let exchange = |old: &str, level: &str, message: &[u8]| {
        use sha2::{Digest, Sha256};
        let sum: String = Sha256::digest(message).iter().map(|byte| format!("{byte:02x}")).collect();
        let line = index.lines().find(|line| line.contains(&old[level.len() + 1..level.len() + 17])).unwrap();
        write(&sealed.join("index.yaml"), index.replace(line.split(": ").nth(1).unwrap(), &sum));
        write(&sealed.join(format!("{level}-{}.tar.gpg", &sum[..16])), message);
        std::fs::remove_file(sealed.join(old)).unwrap();
    };
    let of_accredited = std::fs::read(sealed.join(&accredited)).unwrap();
    let before = std::fs::read(sealed.join(&listed)).unwrap();
    exchange(&listed, "listed", b"all secrets in clear");
    let (code, said) = check();
    assert!(code == Some(1) && said.contains("the message is not encrypted"), "{said}");
    std::fs::remove_file(sealed.join(named("listed-"))).unwrap();
    write(&sealed.join(&listed), &before);
    exchange(&listed, "listed", &of_accredited);
    let (code, said) = check();
    assert!(code == Some(1) && said.contains("encrypted to other keys than the index says"), "{said}");
}
