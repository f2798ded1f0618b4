//! FIRST's API: an array of teams, bare or in its envelope (`docs/import.md` says what becomes of each field).
//!
//! Left out: `last-modified`, for who changed a record has not thereby confirmed the rest of it; `other-communication`,
//! which may hold names and numbers of people; time zones that are no names of one.

use super::entry::{Constituency, Contact, Entry, Key};
use super::fields::Fields;
use super::irt::{Phones, contact, countries, day, membership, types, websites};
use super::json::Shape;
use super::note::Notes;
use super::{Imported, country};
use crate::assess::timeless;
use crate::diagnostic::Rule;
use crate::load::{MAX_KEY_BYTES, PublicKey, read_keys};
use crate::model::{Fingerprint, PhoneUsage, mailbox};
use crate::openpgp::{Certificate, UserIdState};
use std::sync::Arc;

const BEGIN: &str = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
const END: &str = "-----END PGP PUBLIC KEY BLOCK-----";

/// Makes entries, and key files, out of the JSON of FIRST's API.
pub fn first(input: &str) -> Imported {
    let shape = Shape {
        comment: "Imported from FIRST's API.",
        help: "expected is what https://api.first.org/data/v1/teams answers: {\"data\": [{\"team\": …}, …], …}",
        has_envelope: true,
        fields: &[
            "team",
            "team-full",
            "membership",
            "member-since",
            "host",
            "establishment",
            "address",
            "country",
            "country-other",
            "website",
            "email",
            "phone",
            "fax",
            "phone-emergency",
            "timezone",
            "operating-hours",
            "constituency",
            "constituency-description",
            "pgp-id",
            "pgp-fingerprint",
            "pgp-key",
        ],
        names: ["team", "team-full"],
        country: "country",
        read: team,
    };
    shape.import(input)
}

fn team(fields: &Fields<'_>, notes: &mut Notes) -> Option<Entry> {
    // Everything is read before anything is missed, so that every note is made at once.
    let name = fields.parse("team", notes);
    let seat = fields.parse_with("country", country, notes);
    let member_since = fields.parse_with("member-since", day, notes);
    let mut phones = Phones::default();
    phones.add(fields, "phone", PhoneUsage::Voice, notes);
    phones.add(fields, "fax", PhoneUsage::Fax, notes);
    phones.add(fields, "phone-emergency", PhoneUsage::Emergency, notes);
    let others = countries(fields, "country-other", notes);
    let [website, rfc2350] = websites(fields, notes);
    let mut contact = contact(fields, phones, "address", notes);
    contact.timezone = fields.parse("timezone", notes);
    let (keys, key_file) = keys(fields, &contact, notes);
    Some(Entry {
        official_name: fields.parse("team-full", notes),
        host: fields.parse("host", notes),
        established: fields.parse_with("establishment", day, notes),
        types: types(fields, notes),
        website,
        rfc2350,
        contact,
        constituency: Constituency {
            description: fields.parse("constituency-description", notes),
            countries: notes.unique(others, ToString::to_string),
            ..Constituency::default()
        },
        keys,
        status: Vec::new(),
        memberships: membership(fields, "membership", member_since, notes).into_iter().collect(),
        misp: None,
        key_file,
        name: name?,
        country: seat?,
    })
}

/// The key as the entry names it, and the text of its file where the input holds it. A key that has not the fingerprint
/// beside it, or no address of the team, is left out: whose it is, only the team can say.
fn keys(fields: &Fields<'_>, contact: &Contact, notes: &mut Notes) -> (Vec<Key>, Option<String>) {
    let stated: Option<Fingerprint> = fields.parse("pgp-fingerprint", notes);
    let (found, text) = block(fields, notes).unwrap_or_default();
    let origin = fields.origin("pgp-key");
    let fingerprints: Vec<&Fingerprint> = found.iter().map(|certificate| certificate.fingerprint()).collect();
    let (keys, file) = match &stated {
        _ if found.is_empty() => (stated.into_iter().collect(), None),
        Some(stated) if !fingerprints.contains(&stated) => {
            let message = format!("left out, for its fingerprint is {}, and {stated} is stated beside it", fingerprints[0]);
            let help = "ask the team which of the two is right; until then the entry has the one that is stated";
            notes.push(&origin, "", message, help);
            (vec![stated.clone()], None)
        }
        _ if !found.iter().all(|certificate| carries_address(certificate, contact)) => {
            let message = "left out, for the key carries no address of the team; the entry has its fingerprint alone";
            let help = "add the key's address to the entry where it is the team's, else ask for a key that carries the team's";
            notes.push(&origin, "", message, help);
            (fingerprints.into_iter().cloned().collect(), None)
        }
        _ => (fingerprints.into_iter().cloned().collect(), Some(text)),
    };
    if let Some(id) = fields.text("pgp-id", notes) {
        let digits: String = id.to_uppercase().trim().trim_start_matches("0X").split_whitespace().collect();
        if digits.len() < 8 || !keys.iter().any(|key| key.digits().ends_with(&digits) || key.digits().starts_with(&digits)) {
            let message = "left out, for it is the id of no key that the entry names";
            notes.push(&fields.origin("pgp-id"), id, message, "ask the team for the whole fingerprint, or for the key");
        }
    }
    (keys.into_iter().map(|fingerprint| Key { fingerprint, expires: None }).collect(), file)
}

/// Whether a key has an address of the team in what is not revoked.
fn carries_address(certificate: &Certificate, contact: &Contact) -> bool {
    let own = |address: &str| contact.emails.iter().any(|email| email.address.mailbox() == mailbox(address));
    let ids = timeless(certificate).user_ids.into_iter().filter(|id| id.state != UserIdState::Revoked);
    ids.filter_map(|id| id.address).any(|address| own(&address))
}

/// The keys in the armoured block that the input holds, and its text as a file, which is read as our own reader will.
fn block(fields: &Fields<'_>, notes: &mut Notes) -> Option<(Vec<Arc<Certificate>>, String)> {
    let text = fields.text("pgp-key", notes)?;
    let origin = fields.origin("pgp-key");
    let start = text.find(BEGIN).unwrap_or_default();
    let end = text.rfind(END).map_or(text.len(), |at| at + END.len()).max(start);
    let file = format!("{}\n", text[start..end].replace("\r\n", "\n"));
    if text.len().max(file.len()) as u64 > MAX_KEY_BYTES {
        let message = format!("left out, for it is larger than {} KiB", MAX_KEY_BYTES / 1024);
        notes.push(&origin, "", message, "ask the team for its key without the signatures of others");
        return None;
    }
    // What stands around the key is dropped; but a secret in it is known to all who have the input.
    let is_secret = |part: &str| matches!(read_keys(part.as_bytes(), "asc"), Err(problem) if problem.rule == Rule::SecretKey);
    let keys = match read_keys(file.as_bytes(), "asc") {
        Err(problem) if problem.rule != Rule::SecretKey => {
            notes.refuse(&origin, "", problem);
            return None;
        }
        Ok(keys) if !is_secret(&text[..start]) && !is_secret(&text[end..]) => keys,
        _ => {
            let help = "tell the team: this key is no secret any longer, and must be revoked";
            notes.push(&origin, "", "left out, for this is a secret key", help);
            return None;
        }
    };
    let mut certificates = Vec::new();
    for key in keys {
        let PublicKey::OpenPgp(certificate) = key else {
            let help = "put it beside the entry by hand, into a file ID.pem";
            notes.push(&origin, "", "left out, for this is an S/MIME certificate", help);
            return None;
        };
        certificates.push(certificate);
    }
    Some((certificates, file))
}
