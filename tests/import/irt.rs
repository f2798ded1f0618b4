//! FIRST's API and Global IRT: what arrives, and what is said of the rest.

use super::{GLOBAL_IRT, first_json, loaded, notes, team};
use peerage::import::{self, Imported};
use peerage::model::Team;
use serde_json::{Value, json};

fn texts<T: ToString>(values: impl IntoIterator<Item = T>) -> Vec<String> {
    values.into_iter().map(|value| value.to_string()).collect()
}

fn phones(team: &Team) -> Vec<(String, String)> {
    team.contact.phones.iter().map(|phone| (phone.number.to_string(), texts(&phone.usage).join(" "))).collect()
}

fn assert_notes(imported: &Imported, expected: &[&str]) {
    let notes = notes(imported);
    for note in expected {
        assert!(notes.contains(note), "{note}\nin\n{notes}");
    }
}

/// FIRST's shape with one team.
fn first(team: &Value) -> Imported {
    import::first(&json!({"data": [team]}).to_string())
}

#[test]
fn every_field_of_first_arrives() {
    let directory = loaded(&import::first(&first_json()));
    let alpha = team(&directory, "csirt-alpha");
    assert_eq!(alpha.name.as_str(), "CSIRT Alpha");
    assert_eq!(alpha.official_name.as_ref().unwrap().as_str(), "Computer Security Incident Response Team Alpha");
    assert_eq!(alpha.host.as_ref().unwrap().as_str(), "Alpha Networks: the \"first\" #1");
    assert_eq!(alpha.established.unwrap().to_string(), "2008-09-08");
    assert_eq!((alpha.country.code(), texts(&alpha.constituency.countries)), ("AT", vec!["LI".to_owned(), "CH".to_owned()]));
    assert_eq!(alpha.website.as_ref().unwrap().as_str(), "https://csirt.alpha.example/");
    assert_eq!(alpha.rfc2350.as_ref().unwrap().as_str(), "https://csirt.alpha.example/rfc2350.txt");
    assert_eq!(alpha.contact.main_email().unwrap().as_str(), "csirt@ed25519.example");
    assert_eq!(
        phones(alpha),
        [
            ("+1 202 555 0100", "voice"),
            ("+1 202 555 0102", "voice emergency fax"),
            ("+1 202 555 0103", "fax"),
            ("+1 202 555 0198", "emergency")
        ]
        .map(|(number, usage)| (number.to_owned(), usage.to_owned()))
    );
    assert_eq!(alpha.contact.timezone.unwrap().name(), "Europe/Vienna");
    assert_eq!(alpha.contact.hours.as_ref().unwrap().as_str(), "24/7");
    assert_eq!(alpha.contact.address.as_ref().unwrap().as_str(), "Alpha Networks\nLindenhofgasse 14\n9999 Alphastadt");
    assert_eq!(texts(alpha.types.iter().map(|kind| &kind.value)), ["service-provider", "academic"]);
    assert_eq!(alpha.constituency.description.as_ref().unwrap().as_str(), "Schools\nand their networks");
    let membership = &alpha.memberships[0];
    assert_eq!(
        (membership.name.as_str(), membership.period.since.unwrap().to_string().as_str()),
        ("FIRST (Full Member)", "2010-07-08")
    );
    assert_eq!(texts(alpha.keys.iter().map(|key| key.fingerprint.digits())), ["C490D699CAF91ABF31C9E4BEB10B4D90D7858C08"]);
    assert!(alpha.history.is_empty() && alpha.confirmed.is_none(), "no level is stated, and nothing is confirmed");
    assert_eq!(directory.key_files(&alpha.id).len(), 1, "the key stands beside the entry");
}

#[test]
fn whatever_first_loses_has_a_note() {
    let imported = import::first(&first_json());
    assert_notes(
        &imported,
        &[
            "Beta: /data/1/constituency: `Government, Private and Public sectors`: the constituency type is not among ours",
            "Beta: /data/1/pgp-id: `0x1234567890ABCDEF`: left out, for it is the id of no key that the entry names",
            "Gamma: /data/2/member-since: left out, for `in summer` is not a date",
            "Gamma: /data/2/establishment: left out, for `2009-02-30` is not a date; that month has no such day",
            "Gamma: /data/2/website: left out, for `www.gamma.example` is not a link",
            "Gamma: /data/2/email: left out, for `Gamma <gamma@gamma.example>`",
            "Gamma: /data/2/phone/0: `(fax)`: left out, for no number stands here",
            "Gamma: /data/2/phone/1: left out, for `510-555-0107` is not an international telephone number",
            "Gamma: /data/2/phone/2: left out, for `+1 202 555 0104 (mobile)`",
            "Gamma: /data/2/phone/3: `7`: left out, for a number stands here; expected is a text",
            "Gamma: /data/2/fax: `{\"number\":1}`: left out, for an object stands here",
            "Gamma: /data/2/timezone: left out, for `UTC-0500` is not a time zone",
            "Gamma: /data/2/country-other/1: left out, for `XX` is not a country code",
            "Gamma: /data/2/country-other/3: `FR`: this stands twice",
            "Gamma: /data/2/pgp-key: left out, for its fingerprint is C490 D699 CAF9 1ABF 31C9 E4BE B10B 4D90 D785 8C08, and \
             B104 6EE7 F6B0 EC46 C25D 5EE7 3862 EB3C F5D1 CC7C is stated beside it",
            "Delta: /data/3/website/2: `https://delta.example/blog`: left out, for an entry has one such link",
            "Delta: /data/3/pgp-key: left out, for the key carries no address of the team",
            "/total: the file holds 4 teams of 5; fetch the others with `offset`",
            "the file: `last-modified`: the field stands in the input 1 time, and was left out",
            "the file: `other-communication`",
            "the file: `team-type`",
            "the file: `timezone-dst`",
        ],
    );
    let directory = loaded(&imported);
    let delta = team(&directory, "delta");
    assert_eq!(phones(delta), [("+1 202 555 0105".to_owned(), "voice emergency fax".to_owned())]);
    assert_eq!(delta.rfc2350.as_ref().unwrap().as_str(), "https://delta.example/RFC-2350");
    assert_eq!(delta.keys.len(), 1, "its fingerprint is read from the key");
    assert_eq!(texts(&team(&directory, "gamma").constituency.countries), ["GB", "FR"]);
    assert_eq!(directory.key_files.len(), 1, "only a key that is the team's for certain is written");
    assert_eq!((imported.refused, imported.entries.len()), (0, 4));
}

#[test]
fn every_field_of_global_irt_arrives() {
    let imported = import::global_irt(GLOBAL_IRT);
    let directory = loaded(&imported);
    let alpha = team(&directory, "csirt-alpha");
    assert_eq!(alpha.official_name.as_ref().unwrap().as_str(), "Computer Security Incident Response Team Alpha");
    assert_eq!(alpha.contact.address.as_ref().unwrap().as_str(), "Alpha Networks\nLindenhofgasse 14");
    assert_eq!(texts(&alpha.constituency.countries), ["LI", "CH"]);
    assert_eq!(alpha.rfc2350.as_ref().unwrap().as_str(), "https://csirt.alpha.example/rfc2350.txt");
    assert_eq!(alpha.contact.main_email().unwrap().as_str(), "csirt@alpha.example");
    assert_eq!(alpha.host.as_ref().unwrap().as_str(), "Alpha Networks");
    assert_eq!(alpha.established.unwrap().to_string(), "2008-01-05");
    let uses: Vec<String> = phones(alpha).into_iter().map(|(_, usage)| usage).collect();
    assert_eq!(uses, ["voice", "fax", "voice emergency"]);
    assert_eq!(alpha.keys.len(), 2);
    assert_eq!(alpha.contact.hours.as_ref().unwrap().as_str(), "Monday to Friday");
    assert_eq!(texts(alpha.types.iter().map(|kind| &kind.value)), ["academic", "vendor"]);
    assert_eq!(alpha.constituency.description.as_ref().unwrap().as_str(), "Schools");
    assert_eq!(alpha.memberships[0].name.as_str(), "FIRST (Full Member)");
    let beta = team(&directory, "beta");
    assert_eq!((beta.country.code(), texts(&beta.constituency.countries), beta.keys.len()), ("BE", vec!["NL".to_owned()], 1));
    assert_notes(
        &imported,
        &[
            "Beta: /1/enckeys/0: left out, for `0x22BD4CD5` is not a fingerprint; this is a short key id",
            "Beta: /1/enckeys/2: `B104 6EE7 F6B0 EC46 C25D 5EE7 3862 EB3C F5D1 CC7C`: this stands twice",
            "Beta: /1/operating-hours: `{\"mon_1_open\":\"09:00\"}`: left out, for an object stands here",
            "Team Gamma: /2/country-code: left out, for `Ruritania` is not a country code",
            "Team Gamma: /2: the team was not imported, for it has no usable `short-team-name` or no usable `country-code`",
            "the file: `-ti-classification`",
            "the file: `constituency-code`",
            "the file: `last-modified`",
        ],
    );
    assert_eq!((imported.refused, imported.entries.len()), (1, 2));
}

#[test]
fn an_envelope_may_be_missing_but_not_its_data() {
    assert_eq!(import::first("[{\"team\": \"A\", \"country\": \"AT\"}]").entries.len(), 1);
    assert_eq!(import::global_irt("{\"data\": [{\"short-team-name\": \"A\", \"country-code\": \"AT\"}]}").entries.len(), 1);
    for text in ["{}", "{\"data\": {}}", "{\"data\": null}", "7", "null", "\"[]\""] {
        for imported in [import::first(text), import::global_irt(text)] {
            assert_eq!(imported.refused, 1, "{text}");
            assert_notes(&imported, &["the file: this is JSON, but neither an array nor an object with an array in `data`"]);
        }
    }
    assert_notes(&import::first("{\"data\": [{]}"), &["line 1, column 12: this is not JSON"]);
    assert!(import::first("{\"data\": [], \"total\": -1}").notes.is_empty());
}

#[test]
fn wrong_kinds_everywhere_give_notes() {
    let wrong = [json!(true), json!(7), json!([[]]), json!([{}]), json!({"a": 1}), json!(["\u{202e}"]), json!("\u{0}")];
    let first_sample = serde_json::from_str::<Value>(&first_json()).unwrap()["data"][0].clone();
    let other_sample = serde_json::from_str::<Value>(GLOBAL_IRT).unwrap()[0].clone();
    let import: [fn(&str) -> Imported; 2] = [import::first, import::global_irt];
    for (sample, import) in [first_sample, other_sample].iter().zip(import) {
        for key in sample.as_object().unwrap().keys() {
            for value in &wrong {
                let mut team = sample.clone();
                team[key] = value.clone();
                let imported = import(&json!([team]).to_string());
                assert!(!imported.notes.is_empty(), "{key} {value}");
                loaded(&imported);
            }
        }
    }
}

#[test]
fn a_key_id_is_compared_however_it_is_written() {
    let fingerprint = "C490D699CAF91ABF31C9E4BEB10B4D90D7858C08";
    for (id, is_its) in [
        ("0XB10B 4D90 D785 8C08", true),
        ("b10b4d90d7858c08", true),
        (" 0xD7858C08 ", true),
        ("0xB10B4D90D7858C09", false),
        ("0x", false),
        ("8", false),
    ] {
        let team = json!({"team": "A", "country": "AT", "pgp-fingerprint": fingerprint, "pgp-id": id});
        assert_eq!(notes(&first(&team)).contains("the id of no key"), !is_its, "{id}");
    }
}

#[test]
fn a_key_block_is_hostile_too() {
    let good = first_json();
    let good = &serde_json::from_str::<Value>(&good).unwrap()["data"][0]["pgp-key"];
    let key = |block: Value| first(&json!({"team": "A", "country": "AT", "email": "csirt@ed25519.example", "pgp-key": block}));
    let block = good.as_str().unwrap();
    // As some send it, with blanks for its line breaks, and with words around it.
    let around = key(json!(format!("Our key:\r\n{}\r\nBest wishes\u{1b}[2J", block.replace('\n', "\r\n"))));
    assert_eq!(around.entries[0].key.as_deref(), Some(format!("{}\n", block.trim()).as_str()));
    assert_eq!(loaded(&around).key_files.len(), 1);
    let flat = key(json!(block.replace('\n', " ")));
    assert_eq!(loaded(&flat).key_files.len(), 1, "{}", notes(&flat));
    let twice = key(json!(format!("{block}\n{block}")));
    assert_eq!(loaded(&twice).teams[0].keys.len(), 1, "{}", notes(&twice));
    let secret = "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQVYBGcAAAABDADsecret\n-----END PGP PRIVATE KEY BLOCK-----";
    let told = key(json!(secret));
    assert_notes(&told, &["A: /data/0/pgp-key: left out, for this is a secret key; tell the team"]);
    let certificate = include_str!("../rules/wrong-fingerprint/pass/content/teams/x.pem");
    for (block, note) in [
        (json!(format!("{block}{secret}")), "this is a secret key"),
        (json!("none"), "there is no OpenPGP key in this file"),
        (json!("x".repeat(2_000_000)), "it is larger than 1024 KiB"),
        (json!(format!("{block}\u{1}\n{block}")), "left out, for "),
        (json!(certificate), "left out, for this is an S/MIME certificate"),
        (json!(format!("{block}\n{certificate}\n{block}")), "the file holds an OpenPGP key and an S/MIME certificate"),
        (json!(block.replace('a', "b")), "left out, for "),
    ] {
        let imported = key(block);
        assert_notes(&imported, &[note]);
        assert!(imported.entries[0].key.is_none() && !notes(&imported).contains("secret\n"), "{note}");
        assert!(!notes(&imported).contains("lQVY"));
        loaded(&imported);
    }
    let wrong = first(&json!({"team": "A", "country": "AT", "pgp-fingerprint": secret}));
    assert!(!notes(&wrong).contains("lQVY") && !notes(&wrong).contains("PRIVATE"), "{}", notes(&wrong));
}
