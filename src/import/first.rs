//! FIRST's API: an array of teams, bare or in its envelope (`docs/import.md` says what becomes of each field).
//!
//! Left out: `last-modified`, for who changed a record has not thereby confirmed the rest of it; `other-communication`,
//! which may hold names and numbers of people; time zones that are no names of one.

use super::entry::{Constituency, Entry, Key};
use super::fields::Fields;
use super::irt::{Phones, contact, countries, day, membership, types, websites};
use super::json::Shape;
use super::note::Notes;
use super::{Imported, country};
use crate::diagnostic::Rule;
use crate::load::MAX_KEY_BYTES;
use crate::model::{Fingerprint, PhoneUsage};
use crate::openpgp;

const BEGIN: &str = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
const END: &str = "-----END PGP PUBLIC KEY BLOCK-----";

/// Makes entries, and key files, out of the JSON of FIRST's API.
pub fn first(input: &str) -> Imported {
    let shape = Shape {
        comment: "Imported from FIRST's API.",
        help: "expected is what https://api.first.org/data/v1/teams answers: {\"data\": [{\"team\": …}, …], …}",
        has_envelope: true,
        fields: &[
            "id",
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
    let (keys, key_file) = keys(fields, notes);
    let mut entry = Entry {
        official_name: fields.parse("team-full", notes),
        host: fields.parse("host", notes),
        established: fields.parse_with("establishment", day, notes),
        types: types(fields, notes),
        website,
        rfc2350,
        contact: contact(fields, phones, "address", notes),
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
    };
    entry.contact.timezone = fields.parse("timezone", notes);
    Some(entry)
}

/// The key as the entry names it, and the text of its file where the input holds it. A key that has not the fingerprint
/// beside it is left out: which of the two is right, only the team can say.
fn keys(fields: &Fields<'_>, notes: &mut Notes) -> (Vec<Key>, Option<String>) {
    let stated: Option<Fingerprint> = fields.parse("pgp-fingerprint", notes);
    let (found, block) = block(fields, notes).unzip();
    let found = found.unwrap_or_default();
    let key = |fingerprint| Key { fingerprint, expires: None };
    let (keys, file) = match stated {
        Some(stated) if !found.is_empty() && !found.contains(&stated) => {
            let message = format!("left out, for its fingerprint is {}, and {stated} is stated beside it", found[0]);
            let help = "ask the team which of the two is right; until then the entry has the one that is stated";
            notes.push(&fields.origin("pgp-key"), "", message, help);
            (vec![stated], None)
        }
        Some(stated) if found.is_empty() => (vec![stated], None),
        _ => (found, block),
    };
    if let Some(id) = fields.text("pgp-id", notes) {
        let digits = id.trim().trim_start_matches("0x").to_uppercase();
        if !keys.iter().any(|key| key.digits().ends_with(&digits) || key.digits().starts_with(&digits)) {
            let message = "left out, for it is the id of no key that the entry names";
            notes.push(&fields.origin("pgp-id"), id, message, "ask the team for the whole fingerprint, or for the key");
        }
    }
    (keys.into_iter().map(key).collect(), file)
}

/// The keys in the armoured block that the input holds, and its text as a file.
fn block(fields: &Fields<'_>, notes: &mut Notes) -> Option<(Vec<Fingerprint>, String)> {
    let text = fields.text("pgp-key", notes)?;
    let origin = fields.origin("pgp-key");
    if text.len() as u64 > MAX_KEY_BYTES {
        let message = format!("left out, for it is larger than {} KiB", MAX_KEY_BYTES / 1024);
        notes.push(&origin, "", message, "ask the team for its key without the signatures of others");
        return None;
    }
    match openpgp::read(text.as_bytes()) {
        Ok(certificates) => {
            let found = certificates.iter().map(|certificate| certificate.fingerprint().clone()).collect();
            let start = text.find(BEGIN).unwrap_or_default();
            let end = text.rfind(END).map_or(text.len(), |at| at + END.len());
            let lines = text.get(start..end).unwrap_or(text).replace("\r\n", "\n");
            Some((found, format!("{lines}\n")))
        }
        Err(problem) if problem.rule == Rule::SecretKey => {
            let help = "tell the team: this key is no secret any longer, and must be revoked";
            notes.push(&origin, "", "left out, for this is a secret key", help);
            None
        }
        Err(problem) => {
            notes.refuse(&origin, "", problem);
            None
        }
    }
}
