//! What is written is read back as it was.

use super::to_text;
use crate::yaml::{Kind, Node, parse};
use serde_json::{Value, json};

/// The value as our reader sees it: every scalar is a text.
fn read(node: &Node<'_>) -> Value {
    match &node.kind {
        Kind::Null => Value::Null,
        Kind::Text(text) => Value::from(&**text),
        Kind::List(items) => items.iter().map(read).collect(),
        Kind::Mapping(entries) => Value::Object(entries.iter().map(|(key, node)| (key.text.to_string(), read(node))).collect()),
    }
}

#[test]
fn lays_out_as_a_person_would() {
    let value = json!({
        "name": "CERT Alpha",
        "types": ["academic", "national"],
        "contact": {
            "phones": [{"number": "+1 202 555 0100", "usage": ["voice"]}],
            "address": "Alpha\n\nStreet 1",
        },
        "networks": ["2001:db8::/32"],
        "country": "NO",
    });
    let expected = "name: CERT Alpha\ntypes: [academic, national]\ncontact:\n  phones:\n    \
                    - {number: +1 202 555 0100, usage: [voice]}\n  address: |-\n    Alpha\n\n    Street 1\n\
                    networks: [\"2001:db8::/32\"]\ncountry: \"NO\"\n";
    assert_eq!(to_text(&value, None).unwrap(), expected);
}

#[test]
fn what_is_empty_stays_so_behind_the_longest_key() {
    let key = "|".repeat(120);
    let value = json!({"contact": {&key: []}, &key: {}, "list": [{&key: []}, {&key: {}}]});
    let text = to_text(&value, None).unwrap();
    assert_eq!(read(&parse(&text).unwrap().unwrap()), value, "{text}");
}

#[test]
fn long_lists_have_a_line_for_each() {
    let names: Vec<String> = (0..30).map(|n| format!("n{n}.example")).collect();
    let text = to_text(&json!({"domains": names, "keys": [{"a": "x".repeat(120), "b": ["1"]}]}), None).unwrap();
    assert!(text.starts_with("domains:\n  - n0.example\n  - n1.example\n"), "{text}");
    assert!(text.contains("\nkeys:\n  - a: xxx") && text.ends_with("x\n    b: [\"1\"]\n"), "{text}");
}

#[test]
fn what_is_not_seen_stands_escaped() {
    for (text, written) in
        [("A\u{200b}B", "name: \"A\\u200BB\"\n"), ("A\u{202e}B", "name: \"A\\u202EB\"\n"), ("A\u{200d}B", "name: A\u{200d}B\n")]
    {
        assert_eq!(to_text(&json!({ "name": text }), None).unwrap(), written);
        assert_eq!(read(&parse(written).unwrap().unwrap())["name"], text);
    }
}

#[test]
fn every_text_comes_back() {
    let texts = [
        "NO",
        "no",
        "1.10",
        "09:00",
        "+43 1 505",
        "+4315056",
        "null",
        "~",
        "",
        "a: b",
        "a #b",
        "#a",
        "- a",
        "a,b",
        "*.at",
        "{x}",
        "[x]",
        "x'y",
        "\"q\"",
        "a\\b",
        "true",
        "0x1F",
        "---",
        "...",
        "? a",
        ":a",
        "a:",
        "😀",
        "فريق",
        "צוות",
        "日本",
        "a\u{200f}b",
        " a",
        "a ",
        "a\tb",
        "\ta",
        "a\nb",
        "a\n b",
        " a\nb",
        "a\n",
        "a\n\n",
        "\na",
        "a \nb",
        "a\n\tb",
        "a\n\nb\n",
        "a\r\nb",
        "a\u{7f}b",
        "a\u{85}b",
        "a\u{2028}b",
        "\u{feff}a",
        "a\0b",
        "<<",
        "&a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a",
        "a?",
        "https://a.example/",
        "a]",
        "a}",
        "a, b",
        "=a",
        "\u{a0}a",
        "a\u{a0}\nb",
        "a\u{fffe}b",
        "# a\n# b",
        "---\na",
        "a\n...\nb",
    ];
    texts.into_iter().for_each(comes_back);
}

#[test]
fn every_mixture_comes_back() {
    let parts = [
        " ", "\n", "\t", "-", ":", "#", ",", "[", "]", "{", "}", "'", "\"", "\\", "|", ">", "?", "!", "&", "*", "%", "a", "1",
        ".",
    ];
    let mut seed: usize = 1;
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..5 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(parts[(seed >> 33) % parts.len()]);
        }
        comes_back(&text);
    }
}

fn comes_back(text: &str) {
    // As a key, `<<` means something else and is never read.
    let key = if text == "<<" { "a" } else { text };
    let value = json!({"plain": text, "list": [text], "items": [{"a": text}], "deep": {"a": [[text], {key: "v"}]}});
    let written = to_text(&value, None).unwrap();
    let tree = parse(&written).unwrap_or_else(|(problem, _)| panic!("{text:?}: {problem:?}\n{written}")).unwrap();
    assert_eq!(read(&tree), value, "{written}");
    let judge: Value = serde_yaml::from_str(&written).unwrap();
    assert_eq!(judge["plain"], value["plain"], "{written}");
}
