//! How the small types are described in JSON Schema, in two forms: as we tell them in our own JSON (the contract
//! `Serialize`), and as people write them in YAML (`Deserialize`).
//!
//! YAML 1.2 types a value before a schema sees it: `+12025550100` is a number, `true` a truth value, `NO` a text. What we
//! read as a text therefore takes each type that such a text may be given, and its pattern holds for texts alone. What a schema
//! cannot say is let pass: no form refuses what `FromStr` takes. Patterns keep to what regular expressions of JavaScript, Java
//! and Python have in common; `errorMessage` and `enumDescriptions` are shown by editors, and
//! ignored by everybody else.

use super::contact::{UUID_FORM, ZERO_KEPT};
use super::{
    Asn, Claim, Cohort, Country, Date, Domain, Fingerprint, Network, Parameter, Score, Sim3, Tenths, Timezone, Until, Url,
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;
use std::fmt::Display;
use std::ops::RangeInclusive;

macro_rules! described {
    ($($type:ident: $told:tt $(, written $written:expr)?;)+) => {$(
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                $(
                    if generator.contract().is_deserialize() {
                        let written: fn(&mut SchemaGenerator) -> Schema = $written;
                        return titled(stringify!($type), written(generator));
                    }
                )?
                let _ = generator;
                json_schema!($told)
            }
        }
    )+};
}

described! {
    Asn: {
        "type": "integer", "minimum": 1, "maximum": 4_294_967_294_u32,
        "description": "An autonomous system number (RFC 6793): 1 to 4294967294."
    }, written |_| asn();
    Claim: {"type": "string"}, written claim;
    Cohort: {"type": "string", "description": "A group of teams: `all`, `type/academic`, `level/certified`."};
    Country: {
        "type": "string", "pattern": "^[A-Z]{2}$", "description": "ISO 3166-1 alpha-2, `EU` or `XK`."
    }, written |_| country();
    Date: {
        "type": "string", "format": "date", "description": "A day, from 00:00:00 to 23:59:59 UTC."
    }, written |_| date();
    Domain: {
        "type": "string", "description": "A domain in A-labels (RFC 5890); a leading `*.` means nothing."
    }, written |_| domain();
    Fingerprint: {"type": "string", "description": "In groups of four digits."}, written |_| fingerprint();
    Network: {
        "type": "string", "description": "An IPv4 or IPv6 network with the length of its prefix."
    }, written |_| network();
    Parameter: {
        "type": "string", "pattern": "^[OHTPR]-[0-9]{1,2}$",
        "description": "A parameter of SIM3 (O, H, T, P), or a way in which teams were tested (R)."
    };
    Score: {
        "type": "integer", "minimum": 0, "maximum": 4,
        "description": "A score from 0 (not available) to 4 (audited on the authority of governance levels above the team's head)."
    }, written |_| score();
    Sim3: {
        "type": "string", "description": "A version of SIM3, or `response-tests`. Figures of two do not compare."
    }, written |_| sim3();
    Tenths: {"type": "number", "description": "Rounded to one decimal, half upwards."};
    Timezone: {"type": "string", "description": "A name of the IANA time zone database."}, written |_| timezone();
    Until: {"type": "string"}, written until;
    Url: {"type": "string", "format": "uri"}, written |_| url();
}

/// A schema with its name in words as the title: `EmailAddress` as `Email address`.
pub(crate) fn titled(name: &str, mut schema: Schema) -> Schema {
    let mut title = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !title.is_empty() {
            title.push(' ');
            title.extend(letter.to_lowercase());
        } else {
            title.push(letter);
        }
    }
    at_first(&mut schema, "title", &title);
    schema
}

fn at_first(schema: &mut Schema, key: &str, text: &str) {
    schema.ensure_object().shift_insert(0, key.to_owned(), text.into());
}

/// A word of a closed list, each with what it means. In YAML, `true` and `false` without quotes are no words.
pub(crate) fn keyword(generator: &SchemaGenerator, name: &str, doc: &str, words: &[(&str, &str)]) -> Schema {
    let ids: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    if generator.contract().is_serialize() {
        return json_schema!({"type": "string", "enum": ids});
    }
    let mut values: Vec<(Value, &str)> = Vec::new();
    for (word, meaning) in words {
        values.extend(word.parse().ok().map(|truth: bool| (Value::Bool(truth), meaning.trim())));
        values.push(((*word).into(), meaning.trim()));
    }
    let (values, meanings): (Vec<Value>, Vec<&str>) = values.into_iter().unzip();
    titled(name, json_schema!({"description": doc.trim(), "enum": values, "enumDescriptions": meanings}))
}

/// A text as it is told, and as it is written.
pub(crate) fn text(generator: &SchemaGenerator, name: &str, doc: &str, written: Schema) -> Schema {
    let schema = if generator.contract().is_deserialize() { titled(name, written) } else { json_schema!({"type": "string"}) };
    described(doc, schema)
}

fn described(doc: &str, mut schema: Schema) -> Schema {
    schema.insert("description".to_owned(), doc.trim().into());
    schema
}

/// A whole number in a range, in digits.
pub(crate) fn whole<N: Serialize + Display>(doc: &str, range: &RangeInclusive<N>) -> Schema {
    let (from, to) = (range.start(), range.end());
    json_schema!({
        "description": doc,
        "type": ["integer", "string"],
        "minimum": from,
        "maximum": to,
        "pattern": "^[0-9]+$",
        "errorMessage": format!("write a whole number from {from} to {to}"),
    })
}

/// White space that is cut off at both ends of a text.
const BLANK: &str = r"[\s\u0085]";

/// The inside of a class with what no text may hold besides control characters: see [`misleads`](crate::diagnostic::misleads).
const HIDDEN: &str = r"\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff";

/// What no name holds besides, as far as one unit of a regular expression can say it.
const UNSEEN: &str =
    r"\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u180f\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164\uffa0\ufff0-\ufff8";

/// One line with at most `max` characters.
pub(super) fn line(max: usize) -> Schema {
    line_without(HIDDEN, max)
}

/// One line with at most `max` characters, all of which can be seen.
pub(super) fn name(max: usize) -> Schema {
    line_without(&format!("{HIDDEN}{UNSEEN}"), max)
}

fn line_without(hidden: &str, max: usize) -> Schema {
    let inside = format!(r"[^\u0000-\u0008\u000a-\u001f{hidden}]{{0,{}}}", max.saturating_sub(2));
    free_text(&inside, hidden, &format!("write one line of 1 to {max} characters, none of them invisible"))
}

/// Lines without a limit: the limit of ours is more than some regular expressions can count to.
pub(super) fn lines() -> Schema {
    let inside = format!(r"[^\u0000-\u0008\u000b\u000c\u000e-\u001f{HIDDEN}]*");
    free_text(&inside, HIDDEN, "write a text without invisible characters")
}

fn free_text(inside: &str, hidden: &str, cure: &str) -> Schema {
    let end = format!(r"[^\s\u0000-\u001f{hidden}]");
    json_schema!({
        "type": ["string", "number", "boolean"],
        "pattern": format!("^{BLANK}*{end}({inside}{end})?{BLANK}*$"),
        "errorMessage": cure,
    })
}

/// An id of at most `longest` characters that is none of `reserved`.
pub(super) fn id(longest: usize, reserved: &[String]) -> Schema {
    json_schema!({
        "type": ["string", "boolean"],
        "pattern": format!("^[a-z][a-z0-9-]{{0,{}}}$", longest.saturating_sub(1)),
        "errorMessage": "write lower-case letters a-z, digits and hyphens, beginning with a letter",
        "not": {"enum": reserved},
    })
}

pub(super) fn email() -> Schema {
    json_schema!({
        "type": "string",
        "pattern": format!("^{EMAIL}$"),
        "errorMessage": "write the bare address, such as cert@alpha.example, without a name or brackets around it",
        "maxLength": 254,
        "not": {"pattern": r"\.[0-9]+$"},
        "examples": ["cert@alpha.example", "csirt@beta.example"],
    })
}

/// A bare address; what its parts look like is left out.
pub(crate) const EMAIL: &str = r#"[^\s@<>":;,()]+@[^\s@<>":;,()_]+\.[^\s@<>":;,()_]+"#;

/// A handle of GitHub or GitLab, or an address.
pub(super) fn editor() -> Schema {
    const NAME: &str = "[A-Za-z0-9_][A-Za-z0-9_.-]*";
    json_schema!({
        "type": "string",
        "pattern": format!(r"^(@{NAME}(/{NAME}){{0,20}}|{EMAIL})$"),
        "errorMessage": "write whom the forge knows, in quotes: \"@handle\", \"@organisation/team\", or an e-mail address",
        "maxLength": 256,
        "not": {"pattern": r"[#\\\u0080-\uffff]"},
        "examples": ["@alice", "@alpha-network/cert"],
    })
}

pub(super) fn phone() -> Schema {
    let zero_kept = ZERO_KEPT.join("|");
    json_schema!({
        "type": ["string", "number"],
        // Brackets stand in pairs.
        "pattern": r"^(?=[^()]*(\([^()]*\)[^()]*)*$)\+[1-9]([ ./()-]*[0-9]){6,14}[ ./()-]*$",
        "errorMessage": "write a plus sign, the country's number, and 7 to 15 digits in all: +1 202 555 0100",
        "maxLength": 40,
        // The zero that is dialled within a country alone, but where it is a part of the number; a second number behind a stroke.
        "not": {"type": "string", "anyOf": [
            {"pattern": r"\(0\)"},
            {"pattern": format!(r"^\+(?!({zero_kept})([^0-9]|$))([0-9 ./()-]*\( *0|[0-9]+[ ./()-]+0([^0-9]|$))")},
            {"pattern": r"/[ .()-]*([0-9][ .()-]*){0,3}$"},
        ]},
        "examples": ["+1 202 555 0100", "+1 202 555 0199"],
    })
}

pub(super) fn uuid() -> Schema {
    json_schema!({
        "type": "string",
        "pattern": "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$",
        "errorMessage": UUID_FORM,
    })
}

fn asn() -> Schema {
    json_schema!({
        "description": "An autonomous system number, 1 to 4294967294, with or without `AS` before it.",
        "type": ["string", "integer"],
        "minimum": 1,
        "maximum": 4_294_967_294_u32,
        "pattern": "^(AS)?[1-9][0-9]{0,9}$",
        "errorMessage": "write one number from 1 to 4294967294, such as 64500 or AS64500",
        "examples": ["AS64500", 64_501],
    })
}

/// `UK` is read, too.
fn country() -> Schema {
    let mut countries: Vec<(String, String)> =
        Country::all().map(|country| (country.code().to_owned(), country.name().to_owned())).collect();
    if let Ok(kingdom) = Country::from_code("UK") {
        countries.push(("UK".to_owned(), format!("{}; better written {kingdom}", kingdom.name())));
    }
    countries.sort();
    let (codes, names): (Vec<String>, Vec<String>) = countries.into_iter().unzip();
    json_schema!({
        "description": "A country by its ISO 3166-1 code of two capital letters, or `EU` or `XK`.",
        "enum": codes,
        "enumDescriptions": names,
        "errorMessage": "write an ISO 3166-1 code of two capital letters, such as AT; `EU` and `XK` are taken too",
    })
}

/// The calendar with its leap years.
fn date() -> Schema {
    const YEAR: &str = "(19|2[0-9])[0-9]{2}";
    const LEAP_YEAR: &str = "((19|2[0-9])(0[48]|[2468][048]|[13579][26])|(20|24|28)00)";
    const DAYS: &str = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])";
    json_schema!({
        "description": "A day, from 00:00:00 to 23:59:59 UTC: year, month and day.",
        "type": "string",
        "format": "date",
        "pattern": format!("^({YEAR}-({DAYS})|{LEAP_YEAR}-02-29)$"),
        "errorMessage": "write a day of the calendar as year, month and day: 2026-05-01",
    })
}

fn domain() -> Schema {
    // Of ASCII letters and digits, and inside hyphens; of all else anything.
    const LETTER: &str = r"[^\u0000-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007f]";
    const INNER: &str = r"[^\u0000-\u002c\u002e\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007f]";
    json_schema!({
        "description": "A domain name; a leading `*.` means nothing.",
        "type": ["string", "number", "boolean"],
        "pattern": format!(r"^(\*\.)?{LETTER}({INNER}*{LETTER})?(\.{LETTER}({INNER}*{LETTER})?)*\.?$"),
        "errorMessage": "write the name alone, such as alpha.example, without https:// or a user name",
        "not": {"type": "string", "pattern": r"(^|\.)[0-9]+\.?$"},
        "examples": ["alpha.example", "*.beta.example"],
    })
}

fn claim(generator: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "description": "A domain, AS number or network.",
        "anyOf": [
            generator.subschema_for::<Domain>(),
            generator.subschema_for::<Asn>(),
            generator.subschema_for::<Network>(),
        ],
    })
}

fn fingerprint() -> Schema {
    // What may stand between the digits, with the blanks that do not break.
    const BETWEEN: &str = r"[ :\u00a0\u202f]";
    json_schema!({
        "description": "The whole fingerprint: 40 hexadecimal digits (OpenPGP version 4) or 64 (version 6, and S/MIME).",
        "type": ["string", "number"],
        "pattern": format!("^(0x)?({BETWEEN}*[0-9A-Fa-f]){{40}}(({BETWEEN}*[0-9A-Fa-f]){{24}})?{BETWEEN}*$"),
        "errorMessage": "write the whole fingerprint of 40 or 64 hexadecimal digits, as `gpg --fingerprint` shows it",
        "not": {"type": "string", "pattern": format!("^(0x)?(0|{BETWEEN})*$")},
    })
}

fn network() -> Schema {
    const BYTE: &str = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    let ipv4 = format!(r"{BYTE}(\.{BYTE}){{3}}(/0*(3[0-2]|[12]?[0-9]))?");
    let ipv6 = r"[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(/0*(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?";
    json_schema!({
        "description": "An IPv4 or IPv6 network: an address and the length of the prefix, behind which all bits are zero.",
        "type": "string",
        "pattern": format!("^({ipv4}|{ipv6})$"),
        "errorMessage": "write an address and a prefix length, such as 192.0.2.0/24 or 2001:db8::/32",
        // What is mapped from IPv4 is written as IPv4.
        "not": {"type": "string", "pattern": "^[0:]*:[Ff]{4}:([0-9.]+|[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4})(/|$)"},
        "examples": ["192.0.2.0/24", "2001:db8::/32"],
    })
}

fn score() -> Schema {
    json_schema!({
        "description": "A score from 0 (not available) to 4 (audited on the authority of governance levels above the team's head).",
        "type": ["integer", "string"],
        "minimum": 0,
        "maximum": 4,
        "pattern": "^[0-4]$",
        "errorMessage": "write a whole number from 0 to 4",
    })
}

fn sim3() -> Schema {
    let (ids, titles): (Vec<&str>, Vec<&str>) = Sim3::all().map(|version| (version.id(), version.title())).unzip();
    json_schema!({
        "description": "A version of SIM3. Figures of two versions do not compare.",
        "enum": ids,
        "enumDescriptions": titles,
    })
}

fn timezone() -> Schema {
    json_schema!({
        "description": "A name of the IANA time zone database.",
        "enum": Timezone::all().map(Timezone::name).collect::<Vec<_>>(),
        "errorMessage": "write a name of the IANA time zone database: continent and city, such as Europe/Vienna, or UTC",
    })
}

fn until(generator: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "description": "The last day, or `unknown` where nobody stated it.",
        "anyOf": [generator.subschema_for::<Date>(), {"const": "unknown", "description": "Nobody stated the end."}],
    })
}

fn url() -> Schema {
    json_schema!({
        "description": "An absolute link that begins with https:// or http://.",
        "type": "string",
        "pattern": format!(r"{HTTP}[^\s\u0000-\u001f{HIDDEN}{UNSEEN}\u061c\u200e\u200f]+$"),
        "errorMessage": "write the whole link: https://www.example.org/page",
        "maxLength": 500,
    })
}

/// How a link begins, in any case.
pub(crate) const HTTP: &str = "^[Hh][Tt][Tt][Pp][Ss]?:";
