//! Input that is wrong, large or awkward.

use super::{TI_JSON, loaded, notes};
use peerage::import;

#[test]
fn awkward_texts_come_back_as_they_were() {
    let texts = [
        "NO",
        "no",
        "1.10",
        "09:00",
        "+43 1",
        "+4315056416",
        "null",
        "~",
        "true",
        "#1",
        "a #b",
        "a: b",
        "- a",
        "'a'",
        "\"a\"",
        "a\\b",
        "*a",
        "&a",
        "{a}",
        "[a]",
        "a, b",
        "|",
        "> a",
        "😀",
        "فريق الاستجابة",
        "צוות",
        "a\u{200f}b",
        "日本",
        "=1+1",
        "?",
        "2004-03-01",
        "0x1F",
    ];
    let teams: Vec<_> = texts
        .iter()
        .map(|text| {
            serde_json::json!({
                "short_name": format!("  {text} "), "official_name": text, "host_organisation": text, "business_hours": text,
                "postal_address": format!("{text}\r\n\r\n  {text}\n"), "country": {"code": "AT"},
                "phones": [{"number": "+12025550100", "comments": text}],
                "misp": {"org_uuid": "cf9d376c-cb74-4bdd-88fd-a5a9b13d8468", "org_name": text},
            })
        })
        .collect();
    let imported = import::ti_json(&serde_json::to_string(&teams).unwrap());
    assert_eq!(imported.entries.len(), texts.len());
    let directory = loaded(&imported);
    for (entry, text) in imported.entries.iter().zip(texts) {
        let team = directory.team(&entry.id).unwrap();
        let lines = [&team.official_name, &team.host, &team.contact.hours, &team.contact.phones[0].comment];
        assert!(lines.iter().all(|line| line.as_ref().is_some_and(|line| line.as_str() == text)), "{}", entry.text);
        assert_eq!((team.name.as_str(), team.misp.as_ref().unwrap().org_name.as_ref().unwrap().as_str()), (text, text));
        assert_eq!(team.contact.address.as_ref().unwrap().as_str(), format!("{text}\n\n  {text}"));
    }
}

#[test]
fn hostile_json_gives_notes() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let deep_team = format!("[{{\"short_name\": {}1{}}}]", "[".repeat(100), "]".repeat(100));
    for (text, note) in [
        ("", "line 1, column 0: this is not JSON"),
        ("<html>", "line 1, column 1: this is not JSON"),
        ("[{]", "line 1, column 3: this is not JSON"),
        ("{\"teams\": []}", "this is JSON, but not an array; expected is an array of teams"),
        ("null", "not an array"),
        ("[null, 3, \"x\", []]", "team 4: /3: `[]`: left out, for an array stands here; expected is an object"),
        (&deep, "recursion limit exceeded"),
        (&deep_team, "/0/short_name"),
        ("[{\"short_name\": \"a\0b\"}]", "this is not JSON: control character"),
    ] {
        let imported = import::ti_json(text);
        assert!(imported.refused > 0 && imported.entries.is_empty(), "{text:.40}");
        assert!(notes(&imported).contains(note), "{text:.40}: {}", notes(&imported));
    }
    assert!(import::ti_json("[]").notes.is_empty());
}

#[test]
fn wrong_kinds_everywhere_give_notes() {
    let sample: Vec<serde_json::Value> = serde_json::from_str(TI_JSON).unwrap();
    let wrong = [
        serde_json::json!(true),
        serde_json::json!(7),
        serde_json::json!("x"),
        serde_json::json!([[]]),
        serde_json::json!({"a": 1}),
    ];
    for key in sample[0].as_object().unwrap().keys() {
        for value in &wrong {
            let mut team = sample[0].clone();
            team[key] = value.clone();
            let imported = import::ti_json(&serde_json::json!([team]).to_string());
            let taken = value.is_string()
                && ["official_name", "short_name", "host_organisation", "postal_address", "business_hours"]
                    .contains(&key.as_str());
            assert_eq!(imported.notes.is_empty(), taken, "{key} {value}: {}", notes(&imported));
            loaded(&imported);
        }
    }
}

#[test]
fn too_large_an_entry_is_not_written() {
    let domains: Vec<_> = (0..20_000).map(|n| format!("a-rather-long-name-{n}.alpha.example")).collect();
    let team = serde_json::json!([{"short_name": "Alpha", "country": {"code": "AT"}, "constituency": {"domains": domains}}]);
    let imported = import::ti_json(&team.to_string());
    assert!(imported.entries.is_empty() && notes(&imported).contains("larger than 256 KiB"), "{}", notes(&imported));
}

#[test]
fn a_list_that_our_reader_refuses_is_shortened() {
    let emails: Vec<_> = (0..60).map(|n| format!("cert{n}@alpha.example")).collect();
    let phones: Vec<_> = (0..20_000).map(|n| format!("+1 202 {n:07}")).collect();
    let objects = |key: &str, all: &[String]| all.iter().map(|one| serde_json::json!({ key: one })).collect::<Vec<_>>();
    let ti = serde_json::json!([{
        "short_name": "Alpha", "country": {"code": "AT"}, "emails": objects("address", &emails),
        "phones": objects("number", &phones), "constituency": {"asns": (1..20_000).collect::<Vec<_>>()},
    }]);
    let first = serde_json::json!([{"team": "Alpha", "country": "AT", "email": emails, "phone": phones}]);
    let irt = serde_json::json!([{"short-team-name": "Alpha", "country-code": "AT", "email": emails, "phone-numbers": phones}]);
    let table = format!("team,country,email,phone\nAlpha,AT,{},{}\n", emails.join(";"), phones.join(";"));
    for imported in [
        import::ti_json(&ti.to_string()),
        import::first(&first.to_string()),
        import::global_irt(&irt.to_string()),
        import::csv(&table),
    ] {
        let notes = notes(&imported);
        for note in [
            "contact.emails`: an entry has room for 50 here: of 60 the last 10 were left out",
            "an entry has room for 10000 here: of 20000 the last 10000 were left out",
            "contact.phones`: an entry has room for 50 here: of 10000 the last 9950 were left out",
        ] {
            assert!(notes.contains(note), "{note} in\n{notes}");
        }
        let directory = loaded(&imported);
        let contact = &directory.teams[0].contact;
        assert_eq!((contact.emails.len(), contact.phones.len()), (50, 50));
    }
}

#[test]
fn notes_without_end_are_counted() {
    let imported = import::ti_json(&serde_json::to_string(&vec![1; 20_000]).unwrap());
    assert_eq!((imported.refused, imported.notes.len(), imported.untold), (20_000, 10_000, 30_000));
    let codes: Vec<_> = (0..20_000).map(|n| format!("x{n}")).collect();
    let one = serde_json::json!([{"short_name": "Alpha", "country": {"code": "AT"}, "constituency": {"types": vec!["!"; 20_000], "domains": codes}}]);
    let imported = import::ti_json(&one.to_string());
    assert_eq!((imported.entries.len(), imported.notes.len()), (1, 10_000));
    assert!(imported.untold > 0, "{}", imported.untold);
}

#[test]
fn ten_thousand_rows_of_one_name() {
    let table = format!("team,country\n{}", "Alpha,AT\n".repeat(10_000));
    let imported = import::csv(&table);
    assert_eq!(imported.entries.len(), 10_000);
    assert_eq!(imported.entries[9_999].id.as_str(), "alpha-10000");
    assert!(imported.entries[9_999].text.starts_with("# Imported from a CSV table, line 10001.\n"));
}
