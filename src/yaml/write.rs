//! From values to YAML as a person would lay it out: short lists and small mappings on one line, long texts in lines.
//!
//! Only the layout is ours. Whether a text may stand without quotes is for the YAML crate to say; where it may not, the
//! text is written in double quotes, the one form that can hold everything. Anchors, tags and comments are never written.

use serde_json::{Map, Value};

/// The longest line that is filled with a list or a mapping.
const WIDTH: usize = 120;

/// Words that our reader takes as texts, but others as yes and no (YAML 1.1).
const SWITCHES: [&str; 6] = ["y", "n", "yes", "no", "on", "off"];

/// `value` as YAML text.
///
/// # Errors
/// Where a value has no form in YAML, which plain structures of texts, numbers and lists give no cause for.
pub fn to_text(value: &impl serde::Serialize) -> Result<String, String> {
    let value = serde_json::to_value(value).map_err(|error| error.to_string())?;
    let mut out = String::new();
    match &value {
        Value::Object(fields) if !fields.is_empty() => mapping(&mut out, fields, 0),
        Value::Array(items) if !items.is_empty() => list(&mut out, items, 0),
        other => {
            out.push_str(&flow(other));
            out.push('\n');
        }
    }
    Ok(out)
}

/// A mapping with one key per line, the first of them where the text ends now.
fn mapping(out: &mut String, fields: &Map<String, Value>, indent: usize) {
    for (at, (key, value)) in fields.iter().enumerate() {
        if at > 0 {
            margin(out, indent);
        }
        out.push_str(&scalar(key, true));
        out.push(':');
        match value {
            Value::Object(inner) if !inner.is_empty() => {
                out.push('\n');
                margin(out, indent + 2);
                mapping(out, inner, indent + 2);
            }
            Value::Array(items) if !items.is_empty() => {
                let line = format!(" {}\n", flow(value));
                if items.iter().any(Value::is_object) || !fits(&line, indent + key.chars().count() + 1) {
                    out.push('\n');
                    margin(out, indent + 2);
                    list(out, items, indent + 2);
                } else {
                    out.push_str(&line);
                }
            }
            Value::String(text) => {
                out.push(' ');
                out.push_str(&lines(text, indent + 2).unwrap_or_else(|| scalar(text, false)));
                out.push('\n');
            }
            other => {
                out.push(' ');
                out.push_str(&flow(other));
                out.push('\n');
            }
        }
    }
}

/// A list with one item per line, the first of them where the text ends now.
fn list(out: &mut String, items: &[Value], indent: usize) {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            margin(out, indent);
        }
        out.push_str("- ");
        let line = flow(item);
        match item {
            Value::Object(fields) if !fields.is_empty() && !fits(&line, indent + 2) => mapping(out, fields, indent + 2),
            Value::Array(inner) if !inner.is_empty() && !fits(&line, indent + 2) => list(out, inner, indent + 2),
            _ => {
                out.push_str(&line);
                out.push('\n');
            }
        }
    }
}

fn margin(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}

fn fits(line: &str, indent: usize) -> bool {
    indent + line.chars().count() <= WIDTH
}

/// A value on one line.
fn flow(value: &Value) -> String {
    match value {
        Value::String(text) => scalar(text, true),
        Value::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) => {
            let fields: Vec<_> = fields.iter().map(|(key, value)| format!("{}: {}", scalar(key, true), flow(value))).collect();
            format!("{{{}}}", fields.join(", "))
        }
        plain => plain.to_string(),
    }
}

/// A text on one line; `in_flow` where brackets, braces and commas around it would be taken for its own.
fn scalar(text: &str, in_flow: bool) -> String {
    let alone = serde_yaml::to_string(text).is_ok_and(|written| written.strip_suffix('\n') == Some(text));
    let clashes = in_flow && text.contains([',', '[', ']', '{', '}', ':', '"', '\'', '#', '?']);
    let switch = SWITCHES.iter().any(|word| text.eq_ignore_ascii_case(word));
    if alone && !clashes && !switch { text.to_owned() } else { quoted(text) }
}

/// A text in double quotes. What JSON writes there YAML reads too, but for a few characters that are no text in YAML.
fn quoted(text: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(text.len() + 2);
    for c in Value::from(text).to_string().chars() {
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') {
            // Writing to a text cannot fail.
            write!(out, "\\u{:04X}", u32::from(c)).unwrap_or_default();
        } else {
            out.push(c);
        }
    }
    out
}

/// A text of several lines as a block, where a block can hold it as it is.
fn lines(text: &str, indent: usize) -> Option<String> {
    let (mark, body) = text.strip_suffix('\n').map_or(("|-", text), |body| ("|", body));
    let plain = |line: &str| !line.ends_with(char::is_whitespace) && !line.chars().any(|c| c.is_control() || c == '\u{feff}');
    let indented = body.starts_with(char::is_whitespace) || body.lines().any(|line| line.starts_with('\t'));
    if !body.contains('\n') || indented || body.ends_with('\n') || !body.split('\n').all(plain) {
        return None;
    }
    let mut out = mark.to_owned();
    for line in body.split('\n') {
        out.push('\n');
        if !line.is_empty() {
            margin(&mut out, indent);
            out.push_str(line);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Node, parse};
    use super::*;
    use serde_json::json;

    /// The value as our reader sees it: every scalar is a text.
    fn read(node: &Node<'_>) -> Value {
        match &node.kind {
            Kind::Null => Value::Null,
            Kind::Text(text) => Value::from(&**text),
            Kind::List(items) => items.iter().map(read).collect(),
            Kind::Mapping(entries) => {
                Value::Object(entries.iter().map(|(key, node)| (key.text.to_string(), read(node))).collect())
            }
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
        assert_eq!(to_text(&value).unwrap(), expected);
    }

    #[test]
    fn long_lists_have_a_line_for_each() {
        let names: Vec<String> = (0..30).map(|n| format!("n{n}.example")).collect();
        let text = to_text(&json!({"domains": names, "keys": [{"a": "x".repeat(120), "b": ["1"]}]})).unwrap();
        assert!(text.starts_with("domains:\n  - n0.example\n  - n1.example\n"), "{text}");
        assert!(text.contains("\nkeys:\n  - a: xxx") && text.ends_with("x\n    b: [\"1\"]\n"), "{text}");
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
            " ", "\n", "\t", "-", ":", "#", ",", "[", "]", "{", "}", "'", "\"", "\\", "|", ">", "?", "!", "&", "*", "%", "a",
            "1", ".",
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
        let written = to_text(&value).unwrap();
        let tree = parse(&written).unwrap_or_else(|(problem, _)| panic!("{text:?}: {problem:?}\n{written}")).unwrap();
        assert_eq!(read(&tree), value, "{written}");
        let judge: Value = serde_yaml::from_str(&written).unwrap();
        assert_eq!(judge["plain"], value["plain"], "{written}");
    }
}
