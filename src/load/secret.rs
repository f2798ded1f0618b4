//! Secret keys where everybody can read them: found in whatever form they stand, and never shown.
//!
//! Text is searched for the first line of an armoured key, without a thought for what else the file is. What only
//! speaks of such a line, and puts it between quotation marks, is left alone. What is no text is known by its first bytes.

use super::files::unreadable;
use super::keys::{self, MAX_KEY_BYTES};
use crate::diagnostic::{Finding, Place, Problem, Rule, Span};
use crate::{openpgp, smime};
use memchr::{memchr, memmem};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use walkdir::{DirEntry, WalkDir};

/// How an armoured key begins (RFC 9580, section 6.2; RFC 7468, section 2).
const BEGIN: &[u8] = b"-----BEGIN ";

/// The longest label between `BEGIN` and the hyphens; `ENCRYPTED PRIVATE KEY` has 21 letters.
const LONGEST_LABEL: usize = 40;

/// The most bytes that decide whether a secret key begins: with the hyphens, and one byte behind them.
const LONGEST: usize = BEGIN.len() + LONGEST_LABEL + 6;

/// How much of a file is searched at once.
const CHUNK: u64 = 64 * 1024;

/// Endings of files that are read as key files, whatever their first bytes are.
const NAMED: &[&str] = &["asc", "gpg", "pgp", "key", "pem", "crt", "cer", "der", "p12", "pfx"];

/// The finding of a secret key that begins at `place`. It shows no line.
pub(super) fn found(place: Place) -> Finding {
    let help = "take it out, and treat the key as compromised: revoke it and make a new one, since git keeps what was once \
                in a file";
    let mut finding = Finding::new(Rule::SecretKey, place, "a secret key stands here, where everybody can read it", help);
    finding.confidential = true;
    finding
}

/// The finding of an armoured secret key in a text, if there is one.
pub(super) fn in_text(text: &[u8], file: &str) -> Option<Finding> {
    // Almost no text has the words of it in it, and this is asked of every entry.
    if memchr(0, text).is_none() && memmem::find(text, BEGIN).is_none() {
        return None;
    }
    Some(found(at_line(file, armour(text).ok()??)))
}

/// The finding of a secret key in the regular file at `path`, shown as `file`, in armour or in binary; or of why the file
/// cannot be read. However large the file, little of it is in memory at once.
pub fn in_file(path: &Path, file: &str) -> Option<Finding> {
    match search(path, file) {
        Ok(place) => place.map(found),
        Err(error) => Some(unreadable(file, &error.to_string(), "make the file readable")),
    }
}

/// The findings of secret keys in what stands at `path`, a file or a folder, shown as `file`; links are not followed, and
/// what git keeps is passed over.
pub(super) fn below(path: &Path, file: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let is_git = |entry: &DirEntry| entry.file_name() == ".git";
    let entries = WalkDir::new(path).follow_root_links(false).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| !is_git(entry)) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                findings.push(unreadable(file, &error.to_string(), "make it readable, or remove it"));
                continue;
            }
        };
        if entry.file_type().is_file() {
            let rest = entry.path().strip_prefix(path).unwrap_or(entry.path());
            let shown = rest.iter().fold(file.to_owned(), |shown, part| shown + "/" + &part.to_string_lossy());
            findings.extend(in_file(entry.path(), &shown));
        }
    }
    findings
}

fn search(path: &Path, file: &str) -> io::Result<Option<Place>> {
    if let Some(line) = armour(File::open(path)?)? {
        return Ok(Some(at_line(file, line)));
    }
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let is_named = NAMED.iter().any(|known| ending.eq_ignore_ascii_case(known));
    let (mut open, mut bytes) = (File::open(path)?, Vec::new());
    open.by_ref().take(1).read_to_end(&mut bytes)?;
    // Text is not read a second time. DER begins with 30 (a sequence), a packet with its highest bit set.
    if !is_named && bytes.first().is_none_or(|first| *first != 0x30 && first & 0x80 == 0) {
        return Ok(None);
    }
    open.take(MAX_KEY_BYTES).read_to_end(&mut bytes)?;
    let is_secret = in_binary(&bytes) || is_named && refused_as_secret(keys::read(&bytes, ending));
    Ok(is_secret.then(|| Place::file(file)))
}

/// Whether a file in binary, which may be anything, is made to hold a secret key.
fn in_binary(bytes: &[u8]) -> bool {
    smime::is_secret(bytes) || openpgp::begins_key(bytes) && refused_as_secret(openpgp::read(bytes))
}

/// Whether what was read was refused since it holds a secret key.
pub(super) fn refused_as_secret<T>(read: Result<T, Problem>) -> bool {
    read.is_err_and(|problem| problem.rule == Rule::SecretKey)
}

fn at_line(file: &str, line: u32) -> Place {
    Place { file: file.into(), span: Span::point(line, 1) }
}

/// The line on which an armoured secret key begins, if one does.
fn armour(mut from: impl Read) -> io::Result<Option<u32>> {
    let lines = |bytes: &[u8]| u32::try_from(bytes.split(|byte| *byte == b'\n').count() - 1).unwrap_or(u32::MAX);
    let (mut window, mut line) = (Vec::<u8>::new(), 1_u32);
    loop {
        let mut chunk = Vec::new();
        let more = from.by_ref().take(CHUNK).read_to_end(&mut chunk)? > 0;
        // Without the zeros that UTF-16 puts between letters, a line is the same as in ASCII.
        window.extend(chunk.into_iter().filter(|byte| *byte != 0));
        for at in memmem::find_iter(&window, BEGIN) {
            if begins_secret(&window[at + BEGIN.len()..], more) {
                return Ok(Some(line.saturating_add(lines(&window[..at]))));
            }
        }
        if !more {
            return Ok(None);
        }
        // What begins so near the end that the rest of it decides is looked at again.
        let done = window.len().saturating_sub(LONGEST);
        line = line.saturating_add(lines(&window[..done]));
        window.drain(..done);
    }
}

/// Whether `rest`, which stands behind `BEGIN`, makes it the first line of a secret key. `more`: the file goes on.
fn begins_secret(rest: &[u8], more: bool) -> bool {
    let label = rest.iter().take(LONGEST_LABEL).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b' ').count();
    let (label, rest) = rest.split_at(label);
    let secret = [&b"PRIVATE KEY"[..], b"PRIVATE KEY BLOCK"].iter().any(|end| label.ends_with(end));
    // In a string of a programming language the line breaks may be written `\n`; on a web page they may be lost.
    let ends = match rest.strip_prefix(b"-----") {
        Some([]) => !more,
        Some([next, ..]) => next.is_ascii_whitespace() || next.is_ascii_alphanumeric() || *next == b'\\',
        None => false,
    };
    secret && ends
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &[u8]) -> Option<u32> {
        armour(text).unwrap()
    }

    #[test]
    fn finds_the_line_of_a_secret_key_in_any_text() {
        for label in ["PGP PRIVATE KEY BLOCK", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY"] {
            for (before, after, expected) in [
                ("", "\n\nlQ==", 1),
                ("a\nb\n  ", "\r\nlQ==", 3),
                ("\"key\": \"", "\\nlQ==", 1),
                ("> ", " lQ==", 1),
                ("> ", "lQ==", 1),
                ("\n", "", 2),
            ] {
                let text = format!("{before}-----BEGIN {label}-----{after}");
                assert_eq!(line(text.as_bytes()), Some(expected), "{text}");
            }
        }
    }

    #[test]
    fn leaves_in_peace_what_is_public_or_only_spoken_of() {
        for text in [
            "-----BEGIN PGP PUBLIC KEY BLOCK-----\n",
            "-----BEGIN CERTIFICATE-----\n",
            "never publish a `-----BEGIN PGP PRIVATE KEY BLOCK-----`",
            "-----END PRIVATE KEY-----\n",
            "-----BEGIN PRIVATE KEYS-----\n",
            "BEGIN PRIVATE KEY",
            "-----BEGIN ",
            "",
        ] {
            assert_eq!(line(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn finds_it_in_utf_16() {
        let text = "a\n-----BEGIN PGP PRIVATE KEY BLOCK-----\r\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!((line(&little), line(&big)), (Some(2), Some(2)));
    }

    #[test]
    fn finds_it_wherever_a_piece_of_the_file_ends() {
        let marker = b"-----BEGIN PGP PRIVATE KEY BLOCK-----\n";
        let chunk = usize::try_from(CHUNK).unwrap();
        for before in chunk - LONGEST - 40..=chunk + 1 {
            let text = [vec![b'\n'; before], marker.to_vec(), vec![b'x'; 10]].concat();
            assert_eq!(line(&text), Some(u32::try_from(before).unwrap() + 1), "{before}");
        }
    }
}
