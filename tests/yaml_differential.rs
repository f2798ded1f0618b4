//! Our reader of YAML against another one, `serde_yaml`, on every YAML file of the project and on documents that are hard
//! to read. Where both read a document, they read the same.

use peerage::yaml::{Key, Kind, Node, parse};
use serde_yaml::Value;
use std::path::Path;

/// What our tree says, as the other reader would type it: a plain scalar has no type of its own, so the other reader
/// gives it one.
fn typed(node: &Node<'_>, other: &Value) -> Value {
    match &node.kind {
        Kind::Null => Value::Null,
        Kind::Text(text) => match other {
            Value::String(_) => Value::String(text.to_string()),
            // Quotes are gone from our tree; the other says that there were none.
            _ => serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}")),
        },
        Kind::List(items) => {
            let others = other.as_sequence().map_or(&[][..], Vec::as_slice);
            Value::Sequence(
                items.iter().enumerate().map(|(at, item)| typed(item, others.get(at).unwrap_or(&Value::Null))).collect(),
            )
        }
        Kind::Mapping(entries) => {
            let others = other.as_mapping();
            let entry = |(key, value): &(Key<'_>, Node<'_>)| {
                let text = Value::String(key.text.to_string());
                let plain = || serde_yaml::from_str::<Value>(&key.text).ok();
                let known = |name: &Value| others.is_some_and(|others| others.contains_key(name));
                let name = if known(&text) { text } else { plain().filter(known).unwrap_or(text) };
                let other = others.and_then(|others| others.get(&name)).unwrap_or(&Value::Null);
                (name, typed(value, other))
            };
            Value::Mapping(entries.iter().map(entry).collect())
        }
    }
}

/// Whether both read `text`; fails where they read it differently.
fn agree(what: &str, text: &str) -> bool {
    let (Ok(ours), Ok(other)) = (parse(text), serde_yaml::from_str::<Value>(text)) else { return false };
    let ours = ours.as_ref().map_or(Value::Null, |node| typed(node, &other));
    assert_eq!(ours, other, "{what}");
    true
}

#[test]
fn both_read_every_yaml_file_of_the_project_alike() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut read = 0;
    for folder in ["content", "tests"] {
        for entry in walkdir::WalkDir::new(root.join(folder)).sort_by_file_name().into_iter().map(Result::unwrap) {
            if entry.file_type().is_file() && entry.path().extension().is_some_and(|end| end == "yaml") {
                let text = std::fs::read_to_string(entry.path()).unwrap();
                read += usize::from(agree(&entry.path().display().to_string(), &text));
            }
        }
    }
    assert!(read > 100, "both read only {read} files");
}

#[test]
fn our_own_content_is_read_by_both() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/teams");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let entries: Vec<_> = entries.filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect();
    assert!(!entries.is_empty());
    for path in entries {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(agree(&path.display().to_string(), &text), "{}", path.display());
    }
}

/// Documents that both must read, and read alike.
const HARD: &[&str] = &[
    "",
    "~",
    "a",
    "---\na: b\n...\n",
    "--- a\n",
    "# x\n---\n# y\na: b # z\n",
    "%YAML 1.2\n---\na: b\n",
    "a: b:c",
    "a: b#c",
    "a: 'it''s'\nb: \"\\\"\\\\\\t\\u017e\\U0001F980\\x41\\\n  joined\"\n",
    "a: \"two\n\n  lines\"\nb: 'two\n\n  lines'\nc: two\n\n  lines\n",
    "a: |\n  x\n   y\n\n  z\n\nb: 1\n",
    "a: |-\n  x\n\nb: |+\n  x\n\nc: >\n  x\n  y\n\n  z\n   w\n  v\nd: >-\n  x\n",
    "a: |2\n    x\n   y\nb: |1-\n  x\n",
    "a: |\n\n\n  x\n",
    "a: >\n\n  x\n\n\n  y\n",
    "- a\n-  b\n-\n  c\n- - d\n  - e\n-\n  - f\n",
    "a:\n- b\n- c\nd:\n  - e\n",
    "- a: b\n  c: d\n-   e: f\n    g: h\n",
    "[a, b, [c], {d: e}, ]",
    "{a: b, c: , d: [], e: {}}",
    "{a: b,\n  c: [d,\n e], # x\n f: g}",
    "[a: b, c: d]",
    "{\"a\":b, 'c':d}",
    "{a: http://x/y?z=1, b: 10:20}",
    "? a\n: b\n? c\n",
    "a: -\nb: - x",
    "a: -1\nb: -x\nc: ?x\nd: :x\n",
    "a: NO\nb: yes\nc: on\nd: True\ne: 0x1F\nf: 1.10\ng: 09:00\nh: +43 1\ni: 1e3\nj: 0o17\nk: .inf\nl: 010\nm: 1_000\n",
    "a: 2026-05-01\nb: 2026-05-01T00:00:00Z\nc: '2026-05-01'\n",
    "a: \"null\"\nb: '~'\nc: null\nd: ~\ne:\nf: Null\ng: NULL\nh: nULL\n",
    "a: ''\nb: \"\"\nc: ' '\n",
    "\u{feff}a: b\n",
    "a: b\r\nc: |\r\n  d\r\n  e\r\nf: \"g\r\n  h\"\r\n",
    "a: b\rc: d\r",
    "ž: 日本\n🦀: {é: [ü]}\n\"\u{202e}x\": y\n",
    "a:   b   \nc:\td\n",
    "a: b\n\t\n# x\n\tc: d\n",
    "a: [\n\tb\n]\n",
    "a: @b",
    "a: `b`",
    "a: %b",
    "a: b: c",
    "a: &b\n",
    "a: 'b' c",
    "a:\n  b\n c: d\n",
    "a: b\n  c: d\n",
    "- a\nb: c\n",
    "a: [b\nc: d\n",
    "a: !b\n",
    "<<: {a: b}\n",
    "1: a\n2.5: b\ntrue: c\n~: d\n",
    "a: 'b\n---\n'\n",
    "a: |\n  ---\n  # no comment\n",
    "a: b\n... \n# end\n",
    "key with spaces: value with spaces\n'quoted key': x\n",
    "a: \"\\N\\_\\L\\P\\e\\0\"\n",
    "a: \"b \\\n   c\"\n",
    "a: b\n\n\n\n",
    "   a: b\n   c: d\n",
    "a: {b: c}d\n",
    "a: [b]c\n",
    "a: \"b\"c\n",
    "- - - a\n    - b\n  - c\n",
    "-\ta\n",
    "a: # nothing\n  b\n",
    "a: |  # a comment\n  b\n",
    "a: | b\n",
];

#[test]
fn hard_documents_are_read_alike_or_refused() {
    let read = HARD.iter().filter(|text| agree(text, text)).count();
    assert_eq!(read, 46, "of {} documents", HARD.len());
}

#[test]
fn what_the_other_refuses_as_syntax_we_do_not_make_sense_of() {
    let ours_only: Vec<_> =
        HARD.iter().filter(|text| parse(text).is_ok() && serde_yaml::from_str::<Value>(text).is_err()).collect();
    // YAML 1.2 allows a tab between the hyphen and the value; the other reader does not.
    assert_eq!(ours_only, [&"-\ta\n"]);
}

#[test]
fn a_difference_would_be_seen() {
    let (ours, other) = (parse("a: [b, 1.10]").unwrap().unwrap(), serde_yaml::from_str::<Value>("a: [b, 1.1]").unwrap());
    assert_eq!(typed(&ours, &other), other);
    for different in ["a: [b, 1.2]", "a: [b]", "a: b", "a: [b, 1.1, c]", "b: [b, 1.1]", "a: [b, '1.1']"] {
        let different = serde_yaml::from_str::<Value>(different).unwrap();
        assert_ne!(typed(&ours, &different), different);
    }
}
