//! The files of lookup are what `docs/lookup.md` says, for whoever reads them in another language.

use super::random::{Random, entries};
use super::{with_directory, write_lookup};
use crate::common;
use crate::common::{json, project, text};
use peerage::lookup::{Index, Meaning, Query, answer};
use serde_json::Value;
use std::path::Path;

const SITE: &str = "title: \"A </script> & B\"\nsample: true\nformats: [lookup, lookup-files]\n";

/// The data in a script, which calls one function with its own name.
fn script(root: &Path, name: &str) -> Value {
    let text = text(&root.join(format!("lookup/shards/{name}.js")));
    let data = text.strip_prefix(&format!("peerageLookup(\"{name}\",")).and_then(|rest| rest.strip_suffix(");\n"));
    serde_json::from_str(data.unwrap_or_else(|| panic!("{name}: {text}"))).unwrap()
}

/// The files of a directory with enough teams for every tree to branch.
fn random_site() -> (tempfile::TempDir, tempfile::TempDir) {
    let project = project(&[("content/site.yaml", SITE)]);
    for (id, entry) in entries(&mut Random::new(9), 500) {
        common::write(&project.path().join(format!("content/teams/{id}.yaml")), entry);
    }
    let out = tempfile::tempdir().unwrap();
    with_directory(project.path(), |assessment| write_lookup(project.path(), assessment, out.path()));
    (project, out)
}

/// FNV-1a as its authors give it.
fn hash(key: &str) -> u64 {
    key.bytes().fold(2_166_136_261, |hash: u64, byte| ((hash ^ u64::from(byte)) * 16_777_619) % (1 << 32))
}

#[test]
fn every_key_stands_in_its_bucket_and_every_card_is_there() {
    let (_, out) = random_site();
    let head = json(&out.path().join("lookup/index.json"));
    assert_eq!(head, script(out.path(), "index"));
    assert_eq!(head["directory"], "A </script> & B");
    assert_eq!((&head["format"], &head["version"], &head["teams"]), (&"peerage/lookup".into(), &1.into(), &500.into()));
    let buckets = head["buckets"].as_u64().unwrap();
    assert!(buckets.is_power_of_two() && buckets > 8, "{buckets}");
    let (mut keys, mut rows, mut countries, mut labels) = (0, 0, 0, 0);
    for bucket in 0..buckets {
        let shard = script(out.path(), &format!("{bucket:x}"));
        assert_eq!(shard["computed_for"], super::TODAY);
        for (key, found) in shard["keys"].as_object().unwrap() {
            assert_eq!(hash(key) % buckets, bucket, "{key}");
            let told = found["rows"].as_array().unwrap();
            assert_eq!(told.len() as u64, found["total"].as_u64().unwrap().min(50), "{key}");
            for row in told {
                let id = row["team"].as_str().unwrap();
                assert_eq!(shard["teams"][id]["id"], id);
                assert!(row["kind"].is_string() && row["value"].is_string(), "{row}");
            }
            (keys, rows) = (keys + 1, rows + told.len());
            if let Some(code) = key.strip_prefix("country:") {
                assert!(head["countries"][code].is_string(), "{code}");
                countries += 1;
            }
            if let Some(domain) = key.strip_prefix("domain:") {
                labels = labels.max(domain.split('.').count());
            }
        }
    }
    // Those in which only teams that have withdrawn have their seat have no key.
    assert!(countries <= head["countries"].as_object().unwrap().len());
    assert_eq!((labels, &head["labels"]), (4, &4.into()));
    assert!(keys > 500 && rows as u64 <= 64 * buckets, "{keys} keys, {rows} rows, {buckets} buckets");
}

#[test]
fn the_tree_of_networks_can_be_read_without_a_call_too() {
    let (_, out) = random_site();
    let mut waiting = vec!["network/ipv4".to_owned(), "network/ipv6".to_owned()];
    let (mut networks, mut deepest) = (0, 0);
    while let Some(name) = waiting.pop() {
        let node = json(&out.path().join(format!("lookup/{name}.json")));
        assert_eq!(node, script(out.path(), &name));
        let depth = name.matches('/').count() - 1;
        deepest = deepest.max(depth);
        for row in node["networks"].as_array().unwrap() {
            let net: ipnet::IpNet = row["network"].as_str().unwrap().parse().unwrap();
            let digits = |address: std::net::IpAddr| match address {
                std::net::IpAddr::V4(of) => of.octets().iter().map(|octet| format!("{octet:02x}")).collect::<String>(),
                std::net::IpAddr::V6(of) => of.octets().iter().map(|octet| format!("{octet:02x}")).collect::<String>(),
            };
            assert_eq!(row["first"], digits(net.network()));
            assert_eq!(row["last"], digits(net.broadcast()));
            assert!(usize::from(net.prefix_len()) >= 4 * depth, "{name}: {net}");
            networks += 1;
        }
        waiting.extend(node["children"].as_array().unwrap().iter().map(|child| format!("{name}/{}", child.as_str().unwrap())));
    }
    assert!(networks > 200 && deepest >= 8, "{networks} networks, {deepest} deep");
}

#[test]
fn the_tree_of_names_holds_every_team_at_its_leaves() {
    let (_, out) = random_site();
    let mut waiting = vec![(String::new(), 500)];
    let mut nodes = 0;
    while let Some((prefix, total)) = waiting.pop() {
        let points: Vec<String> = prefix.chars().map(|c| format!("{:x}", u32::from(c))).collect();
        let name = points.first().map_or("names".to_owned(), |first| format!("names/{first}/{}", points.join("-")));
        let node = script(out.path(), &name);
        assert_eq!(node["total"], total, "{prefix}");
        let rows = node["rows"].as_array().unwrap();
        assert_eq!(rows.len(), total.min(200), "{prefix}");
        assert!(rows.iter().all(|row| node["teams"][row["team"].as_str().unwrap()]["name"].is_string()));
        if total > 200 {
            let tree = script(out.path(), &format!("{name}-tree"));
            for (child, total) in tree["children"].as_object().unwrap() {
                assert!(child.starts_with(&prefix) && child.len() > prefix.len() && child.chars().count() <= 24, "{child}");
                waiting.push((child.clone(), usize::try_from(total.as_u64().unwrap()).unwrap()));
            }
        }
        nodes += 1;
    }
    assert!(nodes > 40, "{nodes} nodes");
}

#[test]
fn the_answers_for_scripts_are_those_of_the_core_to_one_meaning() {
    let (project, out) = random_site();
    with_directory(project.path(), |assessment| {
        let index = Index::new(assessment);
        let mut files = 0;
        for (folder, prefix) in [("asn", "asn:"), ("domain", "domain:"), ("country", "country:")] {
            for claimed in index.claimed(prefix) {
                let meaning = match folder {
                    "asn" => Meaning::Asn(claimed.parse().unwrap()),
                    "domain" => Meaning::Domain(claimed.to_owned()),
                    _ => Meaning::Country(claimed.parse().unwrap()),
                };
                let Ok(told) = answer(&Query::of(meaning), &index);
                let path = out.path().join(format!("lookup/{folder}/{}.json", claimed.to_lowercase()));
                assert_eq!(json(&path), serde_json::to_value(&told).unwrap(), "{claimed}");
                files += 1;
            }
            assert_eq!(std::fs::read_dir(out.path().join("lookup").join(folder)).unwrap().count(), index.claimed(prefix).count());
        }
        assert!(files > 100, "{files}");
    });
}

#[test]
fn an_answer_has_the_shape_of_the_documentation() {
    let entry = "name: CERT Alpha\ncountry: AT\ntypes: [national]\n\
        contact:\n  emails: [{address: cert@alpha.example, usage: [contact]}]\n  \
        phones: [{number: +1 202 555 0100, usage: [voice]}, {number: +1 202 555 0199, usage: [emergency], comment: At any hour}]\n\
        constituency: {domains: [alpha.example], networks: [192.0.2.0/24]}\n\
        status: [{level: accredited, since: 2020-01-01}, {level: certified, since: 2023-12-01}]\n";
    let project = project(&[("content/site.yaml", SITE), ("content/teams/cert-alpha.yaml", entry)]);
    let out = tempfile::tempdir().unwrap();
    with_directory(project.path(), |assessment| write_lookup(project.path(), assessment, out.path()));
    let card = serde_json::json!({
        "id": "cert-alpha", "name": "CERT Alpha", "country": "AT",
        "status": {
            "id": "certified", "title": "Certified", "since": "2023-12-01", "valid_until": "2026-12-01",
            "next": {"on": "2026-12-02", "to": "accredited"}, "then": []
        },
        "email": "cert@alpha.example", "emergency": "+1 202 555 0199", "telephone": null, "phone_comment": "At any hour",
        "keys": [], "key_ends": [], "page": "teams/cert-alpha.html"
    });
    let expected = serde_json::json!({
        "format": "peerage/answer", "version": 1, "directory": "A </script> & B", "computed_for": "2026-11-21", "query": "alpha.example",
        "meanings": [{"kind": "domain", "value": "alpha.example"}],
        "matches": [{"team": card, "reasons": [{"kind": "domain", "value": "alpha.example"}]}], "cut": []
    });
    assert_eq!(json(&out.path().join("lookup/domain/alpha.example.json")), expected);
    let country = json(&out.path().join("lookup/country/at.json"));
    assert_eq!(country["matches"][0]["reasons"], serde_json::json!([{"kind": "national-seat", "value": "AT"}]));
    assert_eq!(script(out.path(), "names")["rows"], serde_json::json!([{"team": "cert-alpha", "official_name": null}]));
}

#[test]
fn the_country_of_a_team_that_has_withdrawn_has_a_name_though_no_key() {
    let entry = "name: Gone\ncountry: AR\nconstituency: {countries: [PY]}\nstatus: [{state: withdrawn, since: 2026-01-01}]\n";
    let project = project(&[("content/site.yaml", SITE), ("content/teams/gone.yaml", entry)]);
    let out = tempfile::tempdir().unwrap();
    with_directory(project.path(), |assessment| write_lookup(project.path(), assessment, out.path()));
    assert_eq!(script(out.path(), "index")["countries"], serde_json::json!({"AR": "Argentina"}));
    assert!(!out.path().join("lookup/country").exists(), "nobody answers for it");
}

#[test]
fn only_what_was_chosen_is_written_and_no_file_has_too_long_a_name() {
    let long = format!("{}.example", ["a".repeat(60), "b".repeat(60), "c".repeat(60), "d".repeat(60)].join("."));
    assert!(long.len() > 250);
    let entry = format!("name: N\ncountry: AT\nconstituency: {{domains: [{long}, b.example], asns: [64500]}}\n");
    for (formats, expected) in [
        ("[csv]", vec![]),
        ("[lookup-files]", vec!["asn/64500.json", "country/at.json", "domain/b.example.json"]),
        (
            "[lookup]",
            vec![
                "index.json",
                "network/ipv4.json",
                "network/ipv6.json",
                "shards/0.js",
                "shards/index.js",
                "shards/names.js",
                "shards/network/ipv4.js",
                "shards/network/ipv6.js",
            ],
        ),
    ] {
        let site = format!("title: T\nsample: true\nformats: {formats}\n");
        let project = project(&[("content/site.yaml", &site), ("content/teams/n.yaml", &entry)]);
        let out = tempfile::tempdir().unwrap();
        with_directory(project.path(), |assessment| write_lookup(project.path(), assessment, out.path()));
        let found: Vec<String> = common::tree(out.path()).keys().map(|path| path.to_str().unwrap().replace('\\', "/")).collect();
        let expected: Vec<String> = expected.iter().map(|path| format!("lookup/{path}")).collect();
        assert_eq!(found, expected, "{formats}");
    }
}
