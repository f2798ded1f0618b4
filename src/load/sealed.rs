//! What `peerage seal` wrote: the index, and the messages, of which no more is asked than whether they are those of the index.

use super::files::{Found, MAX_PAGE_BYTES, read_bytes, unknown};
use super::raw::report_repeats;
use super::read_limited;
use crate::diagnostic::{Finding, Place, Problem, Rule, Span, Spanned, hex};
use crate::model::{Date, Fingerprint, Level, SealedFor, SealedIndex, SealedKey, SealedMessage, TeamId};
use crate::openpgp::encrypted_to;
use crate::yaml::{AtMost, Reader, record};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

/// The index, from the project's root.
pub const INDEX: &str = "content/sealed/index.yaml";

/// The largest message that is read, in bytes.
pub const MAX_MESSAGE_BYTES: u64 = 64 * MAX_PAGE_BYTES;

/// The largest index that is read, in bytes: that of some ten thousand recipients.
const MAX_INDEX_BYTES: u64 = 16 * MAX_PAGE_BYTES;

/// How what was sealed is mended.
const ANEW: &str = "seal it anew with `peerage seal --private FOLDER`: what was sealed is never changed by hand";

record! {
    struct RawIndex, "an index of sealed messages" {
        required sealed: Spanned<Date>,
        few messages: RawMessage,
    }
}

record! {
    struct RawMessage, "a sealed message" {
        required audience: Spanned<Level>,
        required sha256: Spanned<Hex>,
        many recipients: RawRecipient,
        optional hidden: RawHidden,
    }
}

record! {
    struct RawRecipient, "a recipient" {
        required team: Spanned<TeamId>,
        required key: Spanned<Fingerprint>,
        required encrypted_to: AtMost<50, Spanned<Fingerprint>>,
    }
}

record! {
    struct RawHidden, "hidden recipients" {
        required salt: Spanned<Hex>,
        required digest: Spanned<Hex>,
    }
}

/// 64 hexadecimal digits in lower case.
#[derive(Debug, Clone)]
struct Hex(String);

impl FromStr for Hex {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let is_one = text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f'));
        let problem = || Problem::new(Rule::SealedMessage, "this is no SHA-256 checksum", ANEW);
        is_one.then(|| Self(text.to_owned())).ok_or_else(problem)
    }
}

/// The name of the file of a message: its audience, and the beginning of its checksum, so that a new message never stands in the
/// place of an old one.
pub fn file_name(audience: Level, sha256: &str) -> String {
    format!("{audience}-{}.tar.gpg", sha256.get(..16).unwrap_or(sha256))
}

/// Reads the index and looks at the messages, where `there` names any file of the folder.
pub(super) fn read(root: &Path, there: &[String]) -> (Option<SealedIndex>, Vec<Finding>) {
    if there.is_empty() {
        return (None, Vec::new());
    }
    let file: Arc<str> = Arc::from(INDEX);
    if !there.iter().any(|name| name == INDEX) {
        let help = format!("put it back, or remove the folder; or {ANEW}");
        let finding = Finding::new(Rule::MissingFile, Place::file(file), "the folder of sealed messages has no index", help);
        return (None, vec![finding]);
    }
    let found = Found { id: (), file: Arc::clone(&file) };
    let reader = Reader::new(Arc::clone(&file));
    let (index, mut findings) = read_limited(root, &found, MAX_INDEX_BYTES, reader, |raw, reader| convert(raw, &file, reader));
    let Some(mut index) = index else { return (None, findings) };
    let known: BTreeSet<&str> = index.messages.iter().map(|message| &*message.file).chain([INDEX]).collect();
    let help = "it is none of the messages that index.yaml names: remove it";
    findings.extend(there.iter().filter(|name| !known.contains(&***name)).map(|name| unknown(name, help)));
    index.messages.retain_mut(|message| match whole(root, message) {
        Ok(bytes) => {
            message.bytes = bytes;
            true
        }
        Err(finding) => {
            findings.push(*finding);
            false
        }
    });
    (Some(index), findings)
}

fn convert(raw: RawIndex, file: &Arc<str>, reader: &mut Reader) -> Option<SealedIndex> {
    let audiences = raw.messages.iter().filter_map(|message| message.audience);
    report_repeats(audiences.map(|audience| (audience.value, audience.span)), "audience", reader);
    let mut messages: Vec<_> = raw.messages.into_iter().filter_map(|raw| message(raw, file, reader)).collect();
    messages.sort_by_key(|message| message.audience);
    messages.dedup_by_key(|message| message.audience);
    Some(SealedIndex { file: Arc::clone(file), sealed: raw.sealed?, messages })
}

fn message(raw: RawMessage, file: &Arc<str>, reader: &mut Reader) -> Option<SealedMessage> {
    let (audience, sha256) = (raw.audience?, raw.sha256?.value.0);
    let sealed_for = match (raw.hidden, raw.recipients) {
        (Some(hidden), recipients) if recipients.is_empty() => {
            SealedFor::Hidden { salt: hidden.salt?.value.0, digest: hidden.digest?.value.0 }
        }
        (None, recipients) if !recipients.is_empty() => {
            let mut keys = recipients.into_iter().map(recipient).collect::<Option<Vec<_>>>()?;
            keys.sort();
            SealedFor::Keys(keys)
        }
        _ => {
            let message = "the index does not say for whom this message is";
            reader.report(Problem::new(Rule::SealedMessage, message, ANEW), audience.span);
            return None;
        }
    };
    let name = file_name(audience.value, &sha256);
    let place = Place::new(file, audience.span);
    let file = format!("content/sealed/{name}");
    Some(SealedMessage { audience: audience.value, place, file, bytes: 0, sha256, sealed_for })
}

fn recipient(raw: RawRecipient) -> Option<SealedKey> {
    let encrypted_to = raw.encrypted_to?.0.into_iter().map(|key| key.value).collect();
    Some(SealedKey { team: raw.team?.value, key: raw.key?.value, encrypted_to })
}

/// How long a message is that is the one of which the index speaks.
fn whole(root: &Path, message: &SealedMessage) -> Result<u64, Box<Finding>> {
    let file = &message.file;
    if !root.join(file).exists() {
        let what = format!("the message {file} is not there");
        return Err(Box::new(Finding::new(Rule::SealedMessage, message.place.clone(), what, ANEW)));
    }
    let bytes = read_bytes(&root.join(file), file, MAX_MESSAGE_BYTES, "seal less")?;
    let found = hex(&Sha256::digest(&bytes));
    if found == message.sha256 {
        return match is_for(&bytes, &message.sealed_for) {
            Ok(()) => Ok(bytes.len() as u64),
            Err(what) => Err(Box::new(Finding::new(Rule::SealedMessage, message.place.clone(), what, ANEW))),
        };
    }
    let place = Place { file: file.as_str().into(), span: Span::default() };
    let finding = Finding::new(Rule::SealedMessage, place, "this is not the message that was sealed: it was changed since", ANEW);
    Err(Box::new(finding.and(message.place.clone(), "its checksum stands here")))
}

/// Whether a message is encrypted, and to the keys of which the index speaks and no others.
fn is_for(message: &[u8], sealed_for: &SealedFor) -> Result<(), &'static str> {
    let Some(found) = encrypted_to(message) else { return Err("the message is not encrypted: everybody could read it") };
    let as_said = match sealed_for {
        SealedFor::Hidden { .. } => found.iter().all(|id| id.bytes().all(|digit| digit == b'0')),
        SealedFor::Keys(keys) => {
            let mut expected: Vec<&str> = keys.iter().flat_map(|key| &key.encrypted_to).map(Fingerprint::key_id).collect();
            expected.sort_unstable();
            found == expected
        }
    };
    if as_said { Ok(()) } else { Err("the message is encrypted to other keys than the index says") }
}
