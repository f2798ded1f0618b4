//! Hostile YAML.

use super::{found, rules};
use crate::project::{ENTRY, Project};

const HEAD: &str = "name: X\ncountry: AT\n";

/// Asserts that each entry breaks these rules and no other.
fn assert_rules(entries: &[(&str, String, &[&str])]) {
    let told: Vec<_> = entries.iter().map(|(what, entry, _)| (*what, rules(what, entry))).collect();
    let expected: Vec<_> = entries.iter().map(|(what, _, expected)| (*what, expected.to_vec())).collect();
    assert_eq!(told, expected);
}

#[test]
fn nothing_can_be_multiplied_or_nested_without_end() {
    let bomb: String = (1..9).map(|at| format!("a{at}: &a{at} [{}]\n", format!("*a{},", at - 1).repeat(9))).collect();
    let many = 100_000;
    assert_rules(&[
        ("alias bomb", format!("a0: &a0 [x,x,x]\n{bomb}"), &["yaml-feature"]),
        ("an anchor that holds itself", "name: &a [*a]\n".to_owned(), &["yaml-feature"]),
        ("brackets", "[".repeat(many), &["too-deep"]),
        ("brackets, closed", "[".repeat(many) + &"]".repeat(many), &["too-deep"]),
        ("braces", "{a: ".repeat(50_000), &["too-deep"]),
        ("braces of braces", "{".repeat(many), &["too-deep"]),
        ("hyphens", "- ".repeat(many), &["too-deep"]),
        ("question marks", "? ".repeat(many), &["yaml-feature"]),
        ("colons", ": ".repeat(many), &["too-deep"]),
        ("ever deeper indents", (0..700).map(|at| format!("{}a:\n", " ".repeat(at))).collect(), &["too-deep"]),
        ("brackets in a value", format!("{HEAD}types: {}", "[".repeat(many)), &["too-deep"]),
        ("quotes", "\"".repeat(many), &["yaml-syntax"]),
        ("a quote that never ends", format!("name: \"{}", "x".repeat(200_000)), &["yaml-syntax"]),
        ("bangs", "!".repeat(many), &["yaml-syntax"]),
        ("ampersands", "&a ".repeat(80_000), &["yaml-feature"]),
        ("tabs", "\t".repeat(many), &["empty-value"]),
        ("line breaks", "\n".repeat(250_000), &["empty-value"]),
        ("comments", "# x\n".repeat(60_000), &["empty-value"]),
        ("documents", "---\n".repeat(60_000), &["yaml-feature"]),
        ("commas", format!("[{}]", ",".repeat(many)), &["yaml-syntax"]),
        ("percent signs", "%a\n".repeat(60_000), &["yaml-syntax"]),
        ("one block text of many lines", format!("{HEAD}description: |\n{}", "  a\n".repeat(24_900)), &[]),
        ("a plain text of many lines", format!("{HEAD}host: a\n{}", "  a\n".repeat(60_000)), &["text-too-long"]),
    ]);
}

#[test]
fn what_lets_one_place_speak_for_another_is_refused() {
    for (what, entry) in [
        ("anchor", "name: &a X\ncountry: AT\n"),
        ("anchor on a key", "&a name: X\ncountry: AT\n"),
        ("anchor on a mapping", "contact: &a {}\n"),
        ("alias", "name: *a\n"),
        ("alias as a key", "*a : x\n"),
        ("tag", "name: !!str X\n"),
        ("tag of their own", "name: !exec rm\n"),
        ("tag on a list", "types: !!python/object [a]\n"),
        ("verbatim tag", "name: !<tag:yaml.org,2002:str> X\n"),
        ("binary", "name: !!binary aGVsbG8=\n"),
        ("merge key", "<<: {name: X}\n"),
        ("merge key in quotes", "\"<<\": {name: X}\n"),
        ("second document", "name: X\ncountry: AT\n---\nname: Y\n"),
        ("empty second document", "name: X\ncountry: AT\n---\n"),
        ("a list as a key", "? [a]\n: b\n"),
        ("a mapping as a key", "{{a: b}: c}\n"),
        ("set", "? name\n? country\n? {a: b}\n"),
    ] {
        assert_eq!(rules(what, entry), ["yaml-feature"], "{what}");
    }
}

#[test]
fn encodings_make_findings_or_nothing() {
    assert_rules(&[
        ("byte order mark", format!("\u{feff}{HEAD}"), &[]),
        ("two byte order marks", format!("\u{feff}\u{feff}{HEAD}"), &[]),
        ("CRLF", HEAD.replace('\n', "\r\n"), &[]),
        ("CR", HEAD.replace('\n', "\r"), &[]),
        ("NUL", "name: X\0\ncountry: AT\n".to_owned(), &["control-character"]),
        ("escaped NUL", "name: \"X\\0\"\ncountry: AT\n".to_owned(), &["control-character"]),
        ("a surrogate", "name: \"\\uD800\"\ncountry: AT\n".to_owned(), &["yaml-syntax"]),
        ("beyond Unicode", "name: \"\\UFFFFFFFF\"\ncountry: AT\n".to_owned(), &["yaml-syntax"]),
        ("an escape sequence in a comment", format!("# \u{1b}[2J\u{9b}x\n{HEAD}"), &[]),
        ("an escape sequence in a text", "name: \u{1b}[2J\ncountry: AT\n".to_owned(), &["control-character"]),
    ]);
    for (what, bytes) in [
        ("Latin-1", &b"name: M\xfcller\n"[..]),
        ("UTF-16", b"\xff\xfen\0a\0m\0e\0"),
        ("an overlong form", b"name: \xc0\xaf\n"),
        ("half a character", b"name: \xe6\x97"),
        ("a surrogate in UTF-8", b"name: \xed\xa0\x80\n"),
    ] {
        assert_eq!(rules(what, bytes), ["not-utf8"], "{what}");
    }
}

#[test]
fn an_empty_file_is_one_finding() {
    for text in ["", " ", "\n\n", "\u{feff}", "# only a comment", "---\n", "---\n...\n", "~", "null", "--- # x\n"] {
        assert_eq!(rules(text, text), ["empty-value"], "{text:?}");
    }
    for text in ["name", "[]", "- name: X", "12", "''", "\"\""] {
        assert_eq!(rules(text, text), ["wrong-type"], "{text:?}");
    }
}

#[test]
fn a_value_means_what_its_place_asks_for() {
    let entry = "name: 1.10\ncountry: NO\nhost: 0x1F\nofficial_name: yes\ncontact:\n  hours: 09:00\n  phones: [{number: +43 1 505 6416}, \
                 {number: +4315056416}]\ndescription: 1e3\nservices: [on, off, null-route]\n";
    let project = Project::with_entry(entry);
    let (directory, findings) = peerage::load::load(&project.root()).unwrap();
    assert_eq!(findings, []);
    let directory = directory.unwrap();
    let team = directory.team(&"x".parse().unwrap()).unwrap();
    let contact = &team.contact;
    let texts = [
        team.name.as_str(),
        team.country.code(),
        team.host.as_ref().unwrap().as_str(),
        team.official_name.as_ref().unwrap().as_str(),
        contact.hours.as_ref().unwrap().as_str(),
        contact.phones[0].number.as_str(),
        contact.phones[1].number.as_str(),
        team.description.as_ref().unwrap().as_str(),
        team.services[0].as_str(),
    ];
    assert_eq!(texts, ["1.10", "NO", "0x1F", "yes", "09:00", "+43 1 505 6416", "+4315056416", "1e3", "on"]);
}

#[test]
fn nothing_stands_for_a_text() {
    for nothing in ["", "~", "null", "Null", "NULL", "\"\"", "' '", "|\n"] {
        let entry = format!("name: X\ncountry: AT\nhost: {nothing}\n");
        assert_eq!(rules(nothing, entry), ["empty-value"], "{nothing:?}");
    }
    let written = "name: \"null\"\ncountry: AT\nhost: '~'\n";
    assert_eq!(rules("in quotes", written), Vec::<&str>::new());
}

/// Every place for a link, with `@` in place of it.
const LINKS: [&str; 2] = ["website: @", "rfc2350: @"];

#[test]
fn no_link_can_run_anything() {
    for link in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "\"java\\nscript:alert(1)\"",
        "\"\\u0001javascript:alert(1)\"",
        "data:text/html;base64,PHNjcmlwdD4=",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://a.example/x",
        "//a.example",
        "https:a\\b",
        "https://u:p@a.example/",
    ] {
        for place in LINKS {
            let what = place.replace('@', link);
            let expected: &[&str] = if link == "https:a\\b" { &[] } else { &["invalid-url"] };
            assert_eq!(rules(&what, format!("{HEAD}{what}\n")), expected, "{what}");
        }
        let authority = Project::base();
        authority.write("content/authorities/bad.yaml", format!("name: Bad\nwebsite: {link}\n"));
        let site = Project::base();
        site.write("content/site.yaml", format!("title: Bad\nsample: true\nbase_url: {link}\n"));
        for (what, project) in [("authority", authority), ("site", site)] {
            let (findings, _) = found(what, project);
            let expected = usize::from(link != "https:a\\b" || what == "site");
            assert_eq!(findings.iter().filter(|finding| finding.rule.id() == "invalid-url").count(), expected, "{what}: {link}");
        }
    }
}

/// Every place for a text, with `@` in place of it.
const TEXTS: [&str; 12] = [
    "official_name: @",
    "host: @",
    "description: @",
    "contact: {hours: @}",
    "contact: {address: @}",
    "contact: {phones: [{number: +1 202 555 0100, comment: @}]}",
    "constituency: {description: @}",
    "memberships: [{name: @}]",
    "agreements: [{kind: code-of-practice, name: @}]",
    "misp: {org_uuid: cf9d376c-cb74-4bdd-88fd-a5a9b13d8468, org_name: @}",
    "status: [{level: listed, since: 2020-01-01, certificate: @}]",
    "maturity: [{model: sim3-v1, kind: audit, assessed: 2026-01-01, visibility: @, scores: {}}]",
];

#[test]
fn a_text_is_a_text_or_misleads_and_is_refused() {
    for place in TEXTS {
        let is_text = !place.contains("visibility");
        for (text, expected) in [
            ("\"<script>alert(1)</script>\"", None),
            ("\"{{ config }} {% include 'x' %} {# #}\"", None),
            ("\"]]> --> </style>\"", None),
            ("\"\\u202Egnp.exe\"", Some("control-character")),
            ("\"\\u2066a\\u2069\"", Some("control-character")),
            ("\"a\\eb\"", Some("control-character")),
            ("\"a\\bb\"", Some("control-character")),
            ("\"a\\u0085b\"", Some("control-character")),
        ] {
            let what = place.replace('@', text);
            let expected = if is_text { expected } else { Some("confidential-scores") };
            assert_eq!(rules(&what, format!("{HEAD}{what}\n")).first().copied(), expected, "{what}");
        }
    }
    for (text, expected) in [("\"\\u202Egnp\"", "control-character"), ("\u{202e}gnp", "control-character")] {
        assert_eq!(rules("name", format!("name: {text}\ncountry: AT\n")), [expected]);
    }
}

#[test]
fn what_is_quoted_in_a_message_cannot_mislead() {
    for text in ["\"\\e[2J\\u202E\"", "\"\\n\\r\\0\"", "\u{202e}\u{9b}x", "\"\\u2028\\u0007\""] {
        for place in
            ["country: @", "established: @", "types: [@]", "constituency: {networks: [@], asns: [@], domains: [@]}", "@: x"]
        {
            let what = place.replace('@', text);
            let (findings, _) = found(&what, Project::with_entry(format!("name: X\ncountry: AT\n{what}\n")));
            assert!(!findings.is_empty(), "{what}");
        }
    }
}

#[test]
fn what_is_long_is_cut_in_messages() {
    let long = "é".repeat(10_000);
    for entry in [
        format!("{HEAD}\"{long}\": x\n"),
        format!("{HEAD}? {long}\n: x\n"),
        format!("{HEAD}{long}: x\n"),
        format!("{HEAD}{{\"{long}\": x}}\n"),
        format!("{HEAD}? {long}\n: x\n? {long}\n: x\n"),
        format!("name: X\ncountry: {long}\n"),
        format!("{HEAD}established: {long}\n"),
        format!("{HEAD}website: {long}\n"),
        format!("{HEAD}contact: {{timezone: {long}, emails: [{{address: {long}}}], phones: [{{number: {long}}}]}}\n"),
        format!("{HEAD}constituency: {{domains: [{long}], asns: [{long}], networks: [{long}], countries: [{long}]}}\n"),
        format!("{HEAD}services: [{long}]\nkeys: [{{fingerprint: {long}}}]\nmisp: {{org_uuid: {long}}}\n"),
        format!("{HEAD}status: [{{level: {long}, since: {long}, sponsors: [{long}], authority: {long}}}]\n"),
    ] {
        let (findings, _) = found("long", Project::with_entry(&entry));
        assert!(!findings.is_empty(), "{entry}");
        for finding in findings {
            let length = finding.message.chars().count() + finding.help.chars().count();
            assert!(length < 600, "{}: {length}", finding.rule.id());
        }
    }
}

#[test]
fn thousands_of_mistakes_are_all_told_in_time() {
    let keys: String = (0..5000).map(|at| format!("k{at}: x\n")).collect();
    let flow: String = (0..5000).map(|at| format!("k{at}: x, ")).collect();
    let values = "0,".repeat(5000);
    let long_words = format!("{}, ", "Q".repeat(1000)).repeat(200);
    for (what, entry, count) in [
        ("keys", format!("{HEAD}{keys}"), 5000),
        ("keys in one line", format!("{{name: X, country: AT, {flow}}}"), 5000),
        ("values in one line", format!("{HEAD}constituency: {{asns: [{values}]}}"), 5000),
        (
            "time zones",
            format!("{HEAD}contact: {{phones: [{}]}}", "{number: +1 202 555 0100, timezone: Europe/Viena},".repeat(50)),
            50,
        ),
        ("countries", format!("{HEAD}constituency: {{countries: [{long_words}]}}"), 200),
        ("duplicates", format!("{HEAD}{}", "host: A\n".repeat(5001)), 5000),
    ] {
        let (findings, _) = found(what, Project::with_entry(entry));
        assert_eq!(findings.len(), count, "{what}");
    }
}

#[test]
fn a_text_as_large_as_a_file_may_be_is_refused_in_time() {
    let large = "x".repeat(200 * 1024);
    assert_rules(&[
        ("plain", format!("{HEAD}description: {large}\n"), &["text-too-long"]),
        ("quoted", format!("{HEAD}description: \"{large}\"\n"), &["text-too-long"]),
        ("block", format!("{HEAD}description: |\n  {large}\n"), &["text-too-long"]),
        ("time zone", format!("{HEAD}contact: {{timezone: {large}}}\n"), &["invalid-timezone"]),
        ("country", format!("name: X\ncountry: {large}\n"), &["invalid-country"]),
        ("level", format!("{HEAD}status: [{{level: {large}, since: 2020-01-01}}]\n"), &["unknown-value"]),
        ("key", format!("{HEAD}\"{large}\": x\n"), &["yaml-syntax"]),
        ("explicit key", format!("{HEAD}? {large}\n: x\n"), &["unknown-key", "text-too-long"]),
        ("e-mail", format!("{HEAD}contact: {{emails: [{{address: {large}@x.example}}]}}\n"), &["invalid-email"]),
        ("domain", format!("{HEAD}constituency: {{domains: [{}]}}\n", "é".repeat(100_000)), &["invalid-domain"]),
        ("link", format!("{HEAD}website: https://{large}.example/\n"), &["invalid-url"]),
    ]);
    assert!(large.len() < 256 * 1024 && ENTRY.ends_with("x.yaml"));
}
