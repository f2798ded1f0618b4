//! Distinguished names as a person reads them.

use super::dotted;
use crate::diagnostic::misleads;
use x509_parser::asn1_rs::Tag;
use x509_parser::x509::{AttributeTypeAndValue, X509Name};

/// The longest name that is shown, in characters.
const LONGEST: usize = 500;

/// A name in the form of RFC 4514, but in the order of the certificate, with a blank after each comma. What would steer a
/// terminal or turn the direction of a text, and what is no text, is replaced by U+FFFD; a name that is too long is cut.
pub(super) fn readable(name: &X509Name<'_>) -> String {
    let mut text = String::new();
    for rdn in name.iter_rdn() {
        for (at, attribute) in rdn.iter().enumerate() {
            text += match (text.is_empty(), at) {
                (true, _) => "",
                (false, 0) => ", ",
                (false, _) => " + ",
            };
            text += &kind(attribute);
            text.push('=');
            escape(&value(attribute), &mut text);
        }
    }
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// The short name of a kind of attribute (RFC 4514, section 3, and what OpenSSL calls others), else its number.
fn kind(attribute: &AttributeTypeAndValue<'_>) -> String {
    let id = dotted(attribute.attr_type());
    let known = match id.as_str() {
        "2.5.4.3" => "CN",
        "2.5.4.4" => "SN",
        "2.5.4.5" => "serialNumber",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.9" => "street",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "2.5.4.12" => "title",
        "2.5.4.42" => "GN",
        "2.5.4.97" => "organizationIdentifier",
        "0.9.2342.19200300.100.1.1" => "UID",
        "0.9.2342.19200300.100.1.25" => "DC",
        "1.2.840.113549.1.9.1" => "emailAddress",
        _ => return id,
    };
    known.to_owned()
}

/// The text of an attribute (RFC 5280, section 4.1.2.4, DirectoryString, and IA5String).
fn value(attribute: &AttributeTypeAndValue<'_>) -> String {
    let bytes = attribute.as_slice();
    let text = match attribute.attr_value().tag() {
        Tag::Utf8String | Tag::PrintableString | Tag::Ia5String | Tag::NumericString | Tag::VisibleString => {
            String::from_utf8_lossy(bytes).into_owned()
        }
        // By its standard a switch between alphabets; in practice Latin-1.
        Tag::TeletexString => bytes.iter().copied().map(char::from).collect(),
        Tag::BmpString => {
            let units = bytes.chunks(2).map(|unit| unit.iter().fold(0, |sum, byte| sum << 8 | u16::from(*byte)));
            char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        Tag::UniversalString => {
            let points = bytes.chunks(4).map(|point| point.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte)));
            points.map(|point| char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        _ => char::REPLACEMENT_CHARACTER.to_string(),
    };
    text.replace(misleads, "\u{fffd}")
}

/// Adds a value to `out`, with a backslash before what has a meaning in a name (RFC 4514, section 2.4).
fn escape(value: &str, out: &mut String) {
    let last = value.chars().count().saturating_sub(1);
    for (at, c) in value.chars().enumerate() {
        let special = match c {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => true,
            ' ' => at == 0 || at == last,
            '#' => at == 0,
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
    }
}
