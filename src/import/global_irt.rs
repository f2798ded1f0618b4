//! Global IRT, version 1: an array of teams, bare or in an envelope (`docs/import.md` says what becomes of each field).
//!
//! Where its text and its example differ, in whether a country is a text or a list, both are read. Left out:
//! `last-modified`, for who changed a record has not thereby confirmed the rest of it; what other directories say with a
//! prefix of their own, but for the membership in FIRST.

use super::Imported;
use super::entry::{Constituency, Entry, Key};
use super::fields::Fields;
use super::irt::{Phones, contact, countries, membership, types, websites};
use super::json::Shape;
use super::note::{Notes, Origin};
use crate::model::{Fingerprint, PhoneUsage};

/// Makes entries out of the JSON of Global IRT.
pub fn global_irt(input: &str) -> Imported {
    let shape = Shape {
        comment: "Imported from data in the shape of Global IRT.",
        help: "expected is an array of teams, as an API of Global IRT gives it: [{\"short-team-name\": …}, …]",
        has_envelope: true,
        fields: &[
            "short-team-name",
            "official-team-name",
            "postal-address",
            "country-code",
            "additional-country-code",
            "website",
            "email",
            "host",
            "establishment",
            "phone-numbers",
            "enckeys",
            "operating-hours",
            "constituency",
            "constituency-description",
            "-first-member-type",
        ],
        names: ["short-team-name", "official-team-name"],
        country: "country-code",
        read: team,
    };
    shape.import(input)
}

fn team(fields: &Fields<'_>, notes: &mut Notes) -> Option<Entry> {
    // Everything is read before anything is missed, so that every note is made at once.
    let name = fields.parse("short-team-name", notes);
    let mut seats = countries(fields, "country-code", notes).into_iter();
    let seat = seats.next().map(|(_, seat)| seat);
    let others = seats.chain(countries(fields, "additional-country-code", notes)).collect();
    let mut phones = Phones::default();
    phones.add(fields, "phone-numbers", PhoneUsage::Voice, notes);
    let [website, rfc2350] = websites(fields, notes);
    Some(Entry {
        official_name: fields.parse("official-team-name", notes),
        host: fields.parse("host", notes),
        established: fields.parse("establishment", notes),
        types: types(fields, notes),
        website,
        rfc2350,
        contact: contact(fields, phones, "postal-address", notes),
        constituency: Constituency {
            description: fields.parse("constituency-description", notes),
            countries: notes.unique(others, ToString::to_string),
            ..Constituency::default()
        },
        keys: keys(fields, notes),
        status: Vec::new(),
        memberships: membership(fields, "-first-member-type", None, notes).into_iter().collect(),
        misp: None,
        key_file: None,
        name: name?,
        country: seat?,
    })
}

/// The keys by their whole fingerprints; shorter ids are refused.
fn keys(fields: &Fields<'_>, notes: &mut Notes) -> Vec<Key> {
    let keys: Vec<(Origin, Fingerprint)> = fields.values("enckeys", notes);
    notes.unique(keys, ToString::to_string).into_iter().map(|fingerprint| Key { fingerprint, expires: None }).collect()
}
