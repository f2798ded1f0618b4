//! Planted values: one in every field of the private tree, by the declarations of its fields. None is in any byte that is published,
//! and each is in the message for those for whom it is. A field that somebody adds without a mark, or without planting it here, fails.

use super::keys::{key, open, public};
use crate::common::{run_well, tree, write_files};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

/// What is planted in a field.
enum Planted {
    /// Texts by one of which it would be found.
    Told(&'static [&'static str]),
    /// Texts that nobody is told, not even sealed.
    Hidden(&'static [&'static str]),
    /// A word of a closed list, which stands in public files anyway.
    Word,
}
use Planted::{Hidden, Told, Word};

/// The fields of private entries.
const ENTRY: &[(&str, Planted)] = &[
    ("contact.audience", Word),
    ("contact.emails[].address", Told(&["planted-address@heron.example"])),
    ("contact.emails[].usage[]", Word),
    ("contact.phones[].number", Told(&["+1 202 555 0171", "+12025550171"])),
    ("contact.phones[].usage[]", Word),
    ("contact.phones[].timezone", Told(&["Pacific/Chatham"])),
    ("contact.phones[].comment", Told(&["heron comment"])),
    ("contact.hours", Told(&["heron hours"])),
    ("contact.timezone", Told(&["Antarctica/Troll"])),
    ("contact.address", Told(&["Heron Street 7"])),
    ("channels[].audience", Word),
    ("channels[].kind", Told(&["heron-net"])),
    ("channels[].address", Told(&["@heron:planted.example"])),
    ("channels[].comment", Told(&["heron channel"])),
    ("alerts[].audience", Word),
    ("alerts[].name", Told(&["Heron Officer"])),
    ("alerts[].phone", Told(&["+1 202 555 0172", "+12025550172"])),
    ("alerts[].usage[]", Word),
    ("alerts[].email", Told(&["planted-alert@heron.example"])),
    ("alerts[].comment", Told(&["heron alert"])),
    ("notes[].audience", Word),
    ("notes[].text", Told(&["heron note"])),
    ("maturity[].model", Word),
    ("maturity[].kind", Word),
    ("maturity[].assessed", Hidden(&["2026-02-27"])),
    ("maturity[].visibility", Word),
    // Every score a team can have is a digit; tests/disclosure holds that none changes a public byte.
    ("maturity[].scores", Word),
    ("response_tests[].date", Hidden(&["2026-02-26"])),
    ("response_tests[].channel", Word),
    ("response_tests[].hours", Word),
    ("response_tests[].answered", Word),
];

/// The fields of what is said of closed meetings.
const MEETING: &[(&str, Planted)] = &[
    ("audience", Word),
    ("place", Told(&["Heron Hall"])),
    ("access", Told(&["heron code"])),
    ("agenda", Told(&["heron agenda"])),
    ("contact", Told(&["Heron Host"])),
];

const MEETING_TEXT: &str = "audience: accredited
place: Heron Hall
access: heron code
agenda: heron agenda
contact: Heron Host
";

const ENTRY_TEXT: &str = "contact:
  audience: accredited
  emails: [{address: planted-address@heron.example, usage: [contact]}]
  phones:
    - {number: +1 202 555 0171, usage: [emergency], timezone: Pacific/Chatham, comment: heron comment}
  hours: heron hours
  timezone: Antarctica/Troll
  address: Heron Street 7
channels: [{audience: accredited, kind: heron-net, address: '@heron:planted.example', comment: heron channel}]
alerts:
  - {audience: accredited, name: Heron Officer, phone: +1 202 555 0172, usage: [voice, text], email: planted-alert@heron.example,
     comment: heron alert}
notes: [{audience: accredited, text: heron note}]
maturity: [{model: sim3-v2i, kind: audit, assessed: 2026-02-27, visibility: aggregate, scores: {O-1: 4}}]
response_tests: [{date: 2026-02-26, channel: telephone, hours: out, answered: not}]
";

/// The fields that a schema describes, by path, each with the keys of the records in which it stands, the outermost first.
fn fields(schema: &Value) -> BTreeMap<String, Vec<BTreeSet<String>>> {
    fn walk(
        node: &Value,
        root: &Value,
        path: &str,
        within: &[BTreeSet<String>],
        found: &mut BTreeMap<String, Vec<BTreeSet<String>>>,
    ) {
        if let Some(name) = node["$ref"].as_str().and_then(|name| name.strip_prefix("#/definitions/")) {
            return walk(&root["definitions"][name], root, path, within, found);
        }
        match node["properties"].as_object() {
            // What is a mapping of parameters is one value.
            Some(properties) if !path.ends_with(".scores") => {
                let required = node["required"].as_array().into_iter().flatten();
                let keys = required.filter_map(|key| Some(key.as_str()?.to_owned())).collect();
                let within: Vec<_> = within.iter().cloned().chain([keys]).collect();
                for (key, property) in properties {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    walk(property, root, &path, &within, found);
                }
            }
            _ if node["items"].is_object() => walk(&node["items"], root, &format!("{path}[]"), within, found),
            _ => drop(found.insert(path.to_owned(), within.to_vec())),
        }
    }
    let mut found = BTreeMap::new();
    walk(schema, schema, "", &[], &mut found);
    found
}

#[test]
fn every_field_has_a_mark_and_is_planted() {
    for (schema, planted, least) in
        [(peerage::load::schema::private_entry(), ENTRY, 20), (peerage::load::schema::private_meeting(), MEETING, 4)]
    {
        let fields = fields(&schema);
        assert!(fields.len() > least, "{fields:?}");
        let planted: BTreeSet<&str> = planted.iter().map(|(path, _)| *path).collect();
        let declared: BTreeSet<&str> = fields.keys().map(String::as_str).collect();
        assert_eq!(declared, planted, "plant what is new in this file");
        for (path, within) in &fields {
            let has_mark = within.iter().any(|keys| keys.contains("audience") || keys.contains("visibility"));
            // Of a response test no other use is made than to count it with those of others.
            let is_marked = has_mark || path.starts_with("response_tests[].");
            assert!(is_marked, "{path} has no mark that says for which level it is");
        }
    }
}

/// The bytes of a file as a reader gets them.
fn decompressed(path: &Path, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    match path.extension().and_then(|end| end.to_str()) {
        Some("gz") => drop(flate2::read::GzDecoder::new(bytes).read_to_end(&mut out).unwrap()),
        Some("br") => drop(brotli::Decompressor::new(bytes, 4096).read_to_end(&mut out).unwrap()),
        _ => out.extend_from_slice(bytes),
    }
    out
}

fn holds(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|part| part == needle.as_bytes())
}

#[test]
fn no_planted_value_is_published_and_each_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (project, private) = (folder.path().join("project"), folder.path().join("private"));
    let team = key("cert@heron.example");
    let entry = "name: Heron\ncountry: AT\ncontact: {emails: [{address: cert@heron.example}]}\nconfirmed: 2026-11-01\n\
                 status: [{level: accredited, since: 2020-01-01}]\n";
    write_files(
        &project,
        &[
            (
                "content/site.yaml",
                "title: T\nsample: true\nlanguages: [de]\ncompress: [gzip, brotli]\nformats: [trusted-introducer, first, \
            global-irt, cerebrate, stix, csv, vcard, team-vcard, team-json, icalendar, atom, json-ld, shields, lookup, lookup-files]\n",
            ),
            ("content/teams/heron.yaml", entry),
            ("content/events/moot.md", "---\ntitle: Moot\nsince: 2027-01-01\naudience: accredited\n---\n"),
            ("content/teams/heron.asc", &public(&team)),
        ],
    );
    write_files(&private, &[("teams/heron.yaml", ENTRY_TEXT), ("events/moot.yaml", MEETING_TEXT)]);
    let words = |command: &'static str| {
        let words =
            [Path::new(command), &project, Path::new("--private"), &private, Path::new("--today"), Path::new("2026-11-21")];
        words.map(Path::to_path_buf)
    };
    run_well(words("seal"));
    run_well(words("build"));
    let public: BTreeMap<_, _> = [project.join("public"), project.join("content")].iter().flat_map(|root| tree(root)).collect();
    assert!(public.keys().any(|path| path.extension().is_some_and(|end| end == "br")));
    let message = &public[Path::new("sealed/accredited.tar.gpg")];
    let opened = open(&team, message).unwrap();
    for (path, planted) in ENTRY.iter().chain(MEETING) {
        let (Told(needles) | Hidden(needles)) = planted else { continue };
        let leaked = |(_, bytes): &(&std::path::PathBuf, &Vec<u8>)| needles.iter().any(|needle| holds(bytes, needle));
        for (file, bytes) in &public {
            let whole = decompressed(file, bytes);
            assert!(!leaked(&(file, &whole)), "{path} stands in {}", file.display());
        }
        let is_told = needles.iter().any(|needle| holds(&opened, needle));
        assert_eq!(is_told, matches!(planted, Told(_)), "{path}");
    }
}
