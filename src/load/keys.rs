//! Key files: which keys stand beside which entry.
//!
//! A file is read and its signatures are verified once. What of a key holds on a day is asked later, in `assess`.

use super::files::{self, Found};
use super::secret;
use crate::diagnostic::{Finding, Place, Problem, Rule};
use crate::model::{Fingerprint, KeyKind, TeamId, meant_id};
use crate::{openpgp, smime};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// The largest key file that is read, in bytes.
pub const MAX_KEY_BYTES: u64 = 1024 * 1024;

/// How a key file becomes smaller.
const SHORTER: &str = "leave out what others signed: `gpg --armor --export-options export-minimal --export FINGERPRINT` does";

/// The finding of a key file, shown as `file`, that has more than [`MAX_KEY_BYTES`].
pub fn too_large(file: &str) -> Finding {
    files::too_large(file, MAX_KEY_BYTES, SHORTER)
}

/// The endings of key files. Of which kind the keys in it are a file's content tells, whatever its ending says.
pub(super) const ENDINGS: &[&str] = &["asc", "gpg", "pgp", "pem", "crt", "cer", "der"];

/// A key file that could be read.
#[derive(Debug, Clone)]
pub struct KeyFile {
    /// The team beside whose entry it stands.
    pub team: TeamId,
    /// The file, as findings show it.
    pub file: Arc<str>,
    /// What it holds, in its order; at least one.
    pub keys: Vec<PublicKey>,
}

/// A public key of either kind, parsed and verified once, when it was read.
#[derive(Debug, Clone)]
pub enum PublicKey {
    /// An OpenPGP certificate. All that hold copies of it share what the copies say together.
    OpenPgp(Arc<openpgp::Certificate>),
    /// An S/MIME certificate.
    Smime(Arc<smime::Certificate>),
}

impl PublicKey {
    /// Of which kind it is.
    pub fn kind(&self) -> KeyKind {
        match self {
            Self::OpenPgp(_) => KeyKind::OpenPgp,
            Self::Smime(_) => KeyKind::Smime,
        }
    }

    /// Its fingerprint: of the primary key (OpenPGP), or SHA-256 of the certificate (S/MIME).
    pub fn fingerprint(&self) -> &Fingerprint {
        match self {
            Self::OpenPgp(certificate) => certificate.fingerprint(),
            Self::Smime(certificate) => &certificate.fingerprint,
        }
    }
}

/// The name of a key file: `ID.ENDING`, or `ID.N.ENDING` with N from 2 to 99. They sort by team, number and ending.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct KeyFileName {
    /// The team whose key it is.
    pub(super) team: TeamId,
    number: u8,
    ending: &'static str,
}

impl KeyFileName {
    /// The parts of a name; `None` where it is not that of a key file.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let (stem, ending) = name.rsplit_once('.')?;
        let ending = ENDINGS.iter().find(|known| **known == ending)?;
        let (id, number) = match stem.split_once('.') {
            // One name for one number: no `02`, no `+2`.
            Some((id, number)) => (id, (2..=99).find(|n: &u8| n.to_string() == number)?),
            None => (stem, 1),
        };
        Some(Self { team: id.parse().ok()?, number, ending })
    }
}

/// Reads the key file of a team.
pub(super) fn read_file(root: &Path, found: &Found<KeyFileName>) -> (Option<KeyFile>, Vec<Finding>) {
    let file = &found.file;
    let bytes = match files::read_bytes(&root.join(&**file), file, MAX_KEY_BYTES, SHORTER) {
        Ok(bytes) => bytes,
        Err(finding) => return (None, vec![*finding]),
    };
    if let Some(finding) = secret::in_text(&bytes, file) {
        return (None, vec![finding]);
    }
    match read(&bytes, found.id.ending) {
        Ok(keys) => (Some(KeyFile { team: found.id.team.clone(), file: Arc::clone(file), keys }), Vec::new()),
        Err(problem) => {
            let place = Place::file(Arc::clone(file));
            (None, vec![if problem.rule == Rule::SecretKey { secret::found(place) } else { problem.at(place) }])
        }
    }
}

/// The keys in a file, of the kind that its content shows; where it shows none, of the kind of its ending.
///
/// # Errors
/// What is wrong with the file: [`Rule::BrokenKey`] or [`Rule::SecretKey`].
pub fn read(bytes: &[u8], ending: &str) -> Result<Vec<PublicKey>, Problem> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        let help =
            "have the program write the file itself: `gpg --output FILE --armor --export FINGERPRINT`, or save it as UTF-8";
        return Err(Problem::new(Rule::BrokenKey, "the file is in UTF-16, as PowerShell's > writes it", help));
    }
    // Whatever else stands in PEM, the reader of certificates says best what it is.
    let armour = labels(bytes).any(|label| label.starts_with(b"PGP "));
    let pem = labels(bytes).any(|label| !label.starts_with(b"PGP "));
    if armour && pem {
        let help = "put each into a file of its own: ID.asc and ID.pem";
        return Err(Problem::new(Rule::BrokenKey, "the file holds an OpenPGP key and an S/MIME certificate", help));
    }
    if armour || pem {
        around(bytes).into_iter().try_for_each(|part| refuse_data(part, ending))?;
    }
    let smime = match bytes {
        _ if armour || pem => pem,
        // DER begins with a sequence whose length takes more than one byte (X.690, 8.1.3.5), or is not said (8.1.3.6).
        [0x30, length, ..] if *length >= 0x80 => true,
        // A packet begins with its highest bit set (RFC 9580, section 4.2).
        [first, ..] if *first >= 0x80 => false,
        _ => matches!(ending, "pem" | "crt" | "cer" | "der"),
    };
    if smime {
        smime::read(bytes).map(|keys| keys.into_iter().map(|key| PublicKey::Smime(Arc::new(key))).collect())
    } else {
        openpgp::read(bytes).map(|keys| keys.into_iter().map(|key| PublicKey::OpenPgp(Arc::new(key))).collect())
    }
}

/// Refuses what stands around the blocks of a file where it is no text, for it would be dropped unseen. The octets that are
/// refused stand in no text but UTF-16; each key packet has one, its version, and so has DER at each number.
fn refuse_data(part: &[u8], ending: &str) -> Result<(), Problem> {
    if part.iter().all(|octet| *octet >= 7) {
        return Ok(());
    }
    match read(part.trim_ascii_start(), ending) {
        Err(problem) if problem.rule == Rule::SecretKey => Err(problem),
        _ => {
            let help = "leave only blocks of text in the file; put a key in binary into a file of its own";
            Err(Problem::new(Rule::BrokenKey, "data stands behind the key, or before it, that is no text", help))
        }
    }
}

/// What stands before, between and behind the blocks of a file. A block without an end goes to the end of the file.
fn around(bytes: &[u8]) -> Vec<&[u8]> {
    let find = |from: usize, what: &[u8]| bytes[from..].windows(what.len()).position(|part| part == what).map(|at| from + at);
    let (mut parts, mut rest) = (Vec::new(), 0);
    while let Some(begin) = find(rest, b"-----BEGIN ") {
        parts.push(&bytes[rest..begin]);
        let label = find(begin, b"-----END ").map(|end| end + b"-----END ".len());
        match label.and_then(|label| find(label, b"-----")) {
            Some(end) => rest = end + b"-----".len(),
            None => return parts,
        }
    }
    parts.push(&bytes[rest..]);
    parts
}

/// What stands behind each `-----BEGIN `, to the end of the file.
fn labels(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    const BEGIN: &[u8] = b"-----BEGIN ";
    let at = (0..bytes.len()).filter(move |at| bytes[*at..].starts_with(BEGIN));
    at.map(move |at| &bytes[at + BEGIN.len()..])
}

/// What is wrong with key files beside which no entry stands: that, or that they hold secret keys all the same.
pub(super) fn strays(root: &Path, files: &[Found<KeyFileName>], known: &BTreeSet<TeamId>) -> Vec<Finding> {
    /// To guess among many teams takes time; who has misnamed more than a few will see how.
    const GUESSES: usize = 10;
    let mut findings = Vec::new();
    for (at, found) in files.iter().enumerate() {
        let id = &found.id.team;
        let among = known.iter().filter(|_| at < GUESSES).map(TeamId::as_str);
        let help = match meant_id(id.as_str(), among) {
            Some(meant) => format!("did you mean `{meant}`? A key file is named as the entry of its team is"),
            None => format!("name it as the entry of its team is named, write content/teams/{id}.yaml, or remove it"),
        };
        let place = Place::file(Arc::clone(&found.file));
        findings.push(Finding::new(Rule::KeyWithoutTeam, place, format!("there is no team `{id}`"), help));
        let (_, more) = read_file(root, found);
        findings.extend(more.into_iter().filter(|finding| finding.rule == Rule::SecretKey));
    }
    findings
}

/// Puts together what the copies of each OpenPGP certificate say, of whichever team they are: a revocation or a new end that
/// one file knows counts everywhere. Of a certificate for S/MIME all copies are the same, byte by byte.
pub(super) fn merge_copies(files: &mut [KeyFile]) {
    let mut merged: BTreeMap<Fingerprint, Arc<openpgp::Certificate>> = BTreeMap::new();
    for key in files.iter().flat_map(|file| &file.keys) {
        let PublicKey::OpenPgp(copy) = key else { continue };
        match merged.entry(copy.fingerprint().clone()) {
            Entry::Vacant(place) => drop(place.insert(Arc::clone(copy))),
            Entry::Occupied(mut first) => Arc::make_mut(first.get_mut()).merge(openpgp::Certificate::clone(copy)),
        }
    }
    for key in files.iter_mut().flat_map(|file| &mut file.keys) {
        let PublicKey::OpenPgp(copy) = key else { continue };
        if let Some(whole) = merged.get(copy.fingerprint()) {
            *copy = Arc::clone(whole);
        }
    }
}

/// Keeps of each key of a team the first, and reports the others.
pub(super) fn drop_repeats(files: &mut Vec<KeyFile>, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<(TeamId, Fingerprint), Arc<str>> = BTreeMap::new();
    for KeyFile { team, file, keys } in &mut *files {
        keys.retain(|key| {
            let own = (team.clone(), key.fingerprint().clone());
            let Some(first) = seen.get(&own) else {
                seen.insert(own, Arc::clone(file));
                return true;
            };
            let name = |file: &str| file.rsplit_once('/').map_or(file, |(_, name)| name).to_owned();
            let (later, earlier, print) = (name(file), name(first), own.1);
            let (message, help) = match key {
                PublicKey::OpenPgp(_) => {
                    (format!("{later} holds the same key as {earlier}, {print}: both were put together"), "remove the older one")
                }
                PublicKey::Smime(_) => {
                    (format!("{later} holds the same certificate as {earlier}, {print}"), "remove one of the two")
                }
            };
            let finding = Finding::new(Rule::RepeatedValue, Place::file(Arc::clone(file)), message, help);
            findings.push(finding.and(Place::file(Arc::clone(first)), "it stands here first"));
            false
        });
    }
    files.retain(|file| !file.keys.is_empty());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_an_id_perhaps_a_number_and_a_known_ending() {
        for (name, expected) in [
            ("cert-alpha.asc", Some(("cert-alpha", 1, "asc"))),
            ("a.2.pem", Some(("a", 2, "pem"))),
            ("a.99.der", Some(("a", 99, "der"))),
            ("a.1.asc", None),
            ("a.02.asc", None),
            ("a.+2.asc", None),
            ("a.100.asc", None),
            ("a.2.3.asc", None),
            ("a.b.asc", None),
            ("A.asc", None),
            ("a.ASC", None),
            ("a.txt", None),
            (".asc", None),
            ("asc", None),
            ("con.asc", None),
        ] {
            let parsed = KeyFileName::parse(name);
            assert_eq!(parsed.as_ref().map(|name| (name.team.as_str(), name.number, name.ending)), expected, "{name}");
        }
    }

    #[test]
    fn names_sort_by_number_then_ending() {
        let mut names =
            ["a.10.asc", "a.2.pem", "a.pem", "b.asc", "a.asc", "a.2.asc"].map(|name| (KeyFileName::parse(name), name));
        names.sort();
        assert_eq!(names.map(|(_, name)| name), ["a.asc", "a.pem", "a.2.asc", "a.2.pem", "a.10.asc", "b.asc"]);
    }

    #[test]
    fn a_file_of_both_kinds_is_refused() {
        let both = b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n-----BEGIN CERTIFICATE-----\n";
        assert_eq!(read(both, "asc").err().map(|problem| problem.rule), Some(Rule::BrokenKey));
    }
}
