//! ASCII armour (RFC 9580, section 6): out of it, as people's mails and web pages leave it, and into it.
//!
//! Left out on purpose: what the header lines say, since nobody signs them.

use super::{broken, secret};
use crate::diagnostic::Problem;
use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::borrow::Cow;

/// Some programs leave out the padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

const BEGIN: &str = "-----BEGIN PGP ";
const END: &str = "-----END PGP ";
const PUBLIC: &str = "PUBLIC KEY BLOCK";

/// The shortest piece of text that is taken for the first line of base64 where no empty line says where it begins.
const SHORTEST_LINE: usize = 20;

/// How many places are tried as the beginning of the base64 where no empty line marks it.
const MOST_STARTS: usize = 20;

/// The packets in a file: what stands in its blocks, one after the other, or the file itself where it is binary.
///
/// # Errors
/// It holds no block with a public key, or one that is broken, or a block of another kind.
pub(super) fn packets(file: &[u8]) -> Result<Cow<'_, [u8]>, Problem> {
    // The first octet of a packet has its highest bit set (RFC 9580, section 4.2), which in text only UTF-8 has.
    if file.first().is_some_and(|first| first & 0x80 != 0) && std::str::from_utf8(file).is_err() {
        return Ok(Cow::Borrowed(file));
    }
    let text = String::from_utf8_lossy(file);
    let blocks = blocks(&text)?;
    if blocks.is_empty() {
        return Err(broken("there is no OpenPGP key in this file"));
    }
    let mut packets = Vec::new();
    for body in blocks {
        packets.extend(decode(body)?);
    }
    Ok(Cow::Owned(packets))
}

/// What stands between the first and the last line of each block.
fn blocks(text: &str) -> Result<Vec<&str>, Problem> {
    let label = |rest: &str| rest.split_once("-----").map_or("", |(label, _)| label).to_owned();
    // A secret key is the worst that a file can hold: look for it before anything else is found wrong.
    if text.match_indices(BEGIN).any(|(at, _)| label(&text[at + BEGIN.len()..]).starts_with("PRIVATE KEY")) {
        return Err(secret());
    }
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(BEGIN) {
        let kind = label(after);
        match kind.as_str() {
            PUBLIC => {}
            "MESSAGE" => return Err(broken("this is an encrypted message, not a public key")),
            "SIGNATURE" | "SIGNED MESSAGE" => return Err(broken("this is a signature or a signed text, not a public key")),
            _ => return Err(broken("there is a block in it that is no public key")),
        }
        let body = &after[kind.len() + "-----".len()..];
        let end = format!("{END}{PUBLIC}-----");
        let Some((body, after)) = body.split_once(end.as_str()).filter(|(body, _)| !body.contains(BEGIN)) else {
            return Err(broken("the end of the key is missing: there is no line -----END PGP PUBLIC KEY BLOCK-----"));
        };
        blocks.push(body);
        rest = after;
    }
    Ok(blocks)
}

/// The octets of a block. Line breaks may have become spaces, or the empty line behind the headers may be lost: then the
/// first place from which all is base64, and the checksum is right, is taken.
fn decode(body: &str) -> Result<Vec<u8>, Problem> {
    let mut first = None;
    for start in starts(body) {
        match decode_from(&body[start..]) {
            Ok(octets) => return Ok(octets),
            Err(problem) => first = first.or(Some(problem)),
        }
    }
    Err(first.unwrap_or_else(|| broken("there is nothing in its block of text")))
}

/// Where the base64 may begin, the likeliest place first.
fn starts(body: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    for (number, line) in body.split_inclusive('\n').enumerate() {
        at += line.len();
        // What follows the first line of the block on that line is empty, and not the line behind the headers, unless
        // there are none.
        let is_empty = line.trim().is_empty();
        let headers_follow = number == 0 && body[at..].lines().next().is_some_and(|next| next.contains(": "));
        if is_empty && !headers_follow {
            starts.push(at);
            break;
        }
    }
    let base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    let other = body.char_indices().rfind(|(_, c)| !base64(*c) && !c.is_whitespace());
    let begin = other.map_or(0, |(at, c)| at + c.len_utf8());
    // The word with that last character is no base64, to its end.
    let begin = body[begin..].find(char::is_whitespace).map_or(begin, |space| if begin == 0 { 0 } else { begin + space });
    let tail = &body[begin..];
    let words = tail.split_whitespace().filter(|word| word.len() >= SHORTEST_LINE).take(MOST_STARTS);
    starts.extend(words.map(|word| word.as_ptr() as usize - body.as_ptr() as usize));
    starts.push(begin);
    starts
}

fn decode_from(text: &str) -> Result<Vec<u8>, Problem> {
    let text: String = text.split_whitespace().collect();
    let unreadable = || broken("its text is damaged: what should be base64 is none");
    let (data, checksum) = match text.len().checked_sub(5).and_then(|at| text.split_at_checked(at)) {
        Some((data, sum)) if sum.starts_with('=') && !sum[1..].contains('=') => (data, Some(&sum[1..])),
        _ => (text.as_str(), None),
    };
    let octets = BASE64.decode(data).map_err(|_| unreadable())?;
    if octets.first().is_none_or(|first| first & 0x80 == 0) {
        return Err(unreadable());
    }
    if let Some(checksum) = checksum {
        let found = crc24::hash_raw(&octets).to_be_bytes();
        if BASE64.decode(checksum).map_err(|_| unreadable())? != found[1..] {
            return Err(broken("the checksum does not match; the file was damaged on its way"));
        }
    }
    Ok(octets)
}

/// Certificates in binary as ASCII armour (RFC 9580, section 6.2), with a checksum, for older software asks for one.
pub fn armor(binary: &[u8]) -> String {
    armor_as(PUBLIC, binary)
}

/// Packets in binary as ASCII armour with this label.
pub(super) fn armor_as(label: &str, binary: &[u8]) -> String {
    const COLUMNS: usize = 64;
    let data = BASE64.encode(binary);
    let checksum = BASE64.encode(&crc24::hash_raw(binary).to_be_bytes()[1..]);
    let mut text = format!("{BEGIN}{label}-----\n\n");
    for (at, c) in data.chars().enumerate() {
        text.push(c);
        if at % COLUMNS == COLUMNS - 1 {
            text.push('\n');
        }
    }
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text + &format!("={checksum}\n{END}{label}-----\n")
}
