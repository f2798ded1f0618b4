//! The Trusted Introducer's JSON: an array of teams (`docs/import.md` says what becomes of each field).
//!
//! Only what was seen in its data is mapped. The codes of candidates and of suspended teams are not known, so they give
//! a note and no status.

use super::entry::{Constituency, Contact, Email, Entry, Key, Misp, Phone, Status};
use super::fields::Fields;
use super::json::Shape;
use super::note::{Notes, Origin};
use super::{Imported, constituency_type, country};
use crate::diagnostic::Problem;
use crate::model::{Country, Domain, EmailUsage, Level, PhoneUsage, Slug, Timezone};
use std::fmt::Display;
use std::str::FromStr;

/// Makes entries out of the Trusted Introducer's JSON.
pub fn ti_json(input: &str) -> Imported {
    let shape = Shape {
        comment: "Imported from the Trusted Introducer's JSON.",
        help: "expected is an array of teams, as in the Trusted Introducer's teams.json: [{\"short_name\": …}, …]",
        has_envelope: false,
        fields: &[
            "official_name",
            "short_name",
            "country",
            "established",
            "host_organisation",
            "classification",
            "postal_address",
            "constituency",
            "business_hours",
            "business_hours_timezone",
            "pgp_keys",
            "phones",
            "emails",
            "misp",
        ],
        names: ["short_name", "official_name"],
        country: "country.code",
        read: team,
    };
    shape.import(input)
}

/// The entry of a team; `None` where it lacks what every entry needs.
fn team(fields: &Fields<'_>, notes: &mut Notes) -> Option<Entry> {
    // Everything is read before anything is missed, so that every note is made at once.
    let name = fields.parse("short_name", notes);
    let seat = fields.object("country", &["code", "name"], notes);
    let seat = seat.and_then(|seat| seat.parse_with("code", country, notes));
    let timezone = fields.parse("business_hours_timezone", notes);
    let constituency = fields.object("constituency", &["types", "asns", "domains", "ipranges", "countries"], notes);
    let status = fields.object("classification", &["code", "name", "since"], notes).and_then(|c| status(&c, notes));
    let mut entry = Entry {
        official_name: fields.parse("official_name", notes),
        host: fields.parse("host_organisation", notes),
        established: fields.parse("established", notes),
        types: constituency.as_ref().map(|fields| types(fields, notes)).unwrap_or_default(),
        website: None,
        rfc2350: None,
        contact: Contact {
            emails: emails(fields, notes),
            phones: phones(fields, timezone, notes),
            hours: fields.parse("business_hours", notes),
            timezone,
            address: fields.parse("postal_address", notes),
        },
        constituency: constituency.map(|fields| claims(&fields, notes)).unwrap_or_default(),
        keys: keys(fields, notes),
        status: status.into_iter().collect(),
        memberships: Vec::new(),
        misp: fields.object("misp", &["org_uuid", "org_name", "org_email"], notes).and_then(|misp| self::misp(&misp, notes)),
        key_file: None,
        name: name?,
        country: seat?,
    };
    drop_late_founding(&mut entry, fields, notes);
    Some(entry)
}

/// Nothing happens to a team before it is established; of the two dates the level's is the one that others vouch for.
fn drop_late_founding(entry: &mut Entry, fields: &Fields<'_>, notes: &mut Notes) {
    let Some((established, status)) = entry.established.zip(entry.status.first()) else { return };
    if status.since < established {
        let message = format!("left out, for it lies after {}, the day of the team's level", status.since);
        notes.push(&fields.origin("established"), &established.to_string(), message, "correct one of the two dates");
        entry.established = None;
    }
}

/// The level. TI states only when it was first reached, so the end of a certification is not known.
fn status(fields: &Fields<'_>, notes: &mut Notes) -> Option<Status> {
    let since = fields.parse("since", notes);
    let Some(code) = fields.text("code", notes) else {
        notes.push(&fields.origin("code"), "", "left out, for no level is stated", "write the team's `status` by hand");
        return None;
    };
    let level = match code.trim() {
        "l" | "L" => Level::Listed,
        "a" | "A" => Level::Accredited,
        "c" | "C" => Level::Certified,
        _ => {
            let help = "known are l (listed), a (accredited) and c (certified): write the team's `status` by hand";
            notes.push(&fields.origin("code"), code, "left out, for this level is not known", help);
            return None;
        }
    };
    let Some(since) = since else {
        let message = format!("left out, for it is not known since when the team is `{level}`");
        notes.push(&fields.origin("since"), "", message, "write the team's `status` by hand");
        return None;
    };
    Some(Status { level, since, until: (level == Level::Certified).then_some("unknown") })
}

fn emails(fields: &Fields<'_>, notes: &mut Notes) -> Vec<Email> {
    let known = ["address", "usage"];
    let read = |email: Fields<'_>, notes: &mut Notes| {
        let usage = usage(&email, EmailUsage::General, notes);
        Some(Email { address: email.required("address", notes)?, usage })
    };
    fields.objects("emails", &known, notes, read)
}

fn phones(fields: &Fields<'_>, team: Option<Timezone>, notes: &mut Notes) -> Vec<Phone> {
    let known = ["number", "usage", "timezone", "comments"];
    let read = |phone: Fields<'_>, notes: &mut Notes| {
        let usage = usage(&phone, PhoneUsage::Voice, notes);
        let timezone: Option<Timezone> = phone.parse("timezone", notes);
        let comment = phone.parse("comments", notes);
        let number = phone.required("number", notes)?;
        Some(Phone { number, usage, timezone: timezone.filter(|zone| Some(*zone) != team), comment })
    };
    fields.objects("phones", &known, notes, read)
}

/// The uses that are stated. Where none of them is known, `other`, for an entry without any would promise more.
fn usage<T>(fields: &Fields<'_>, other: T, notes: &mut Notes) -> Vec<T>
where
    T: FromStr<Err = Problem> + Display + Copy,
{
    let stated = fields.texts("usage", notes).into_iter();
    let known: Vec<(Origin, T)> =
        stated.filter_map(|(origin, word)| notes.parse(&origin, word).map(|usage| (origin, usage))).collect();
    let mut known = notes.unique(known, T::to_string);
    if known.is_empty() && fields.states("usage") {
        notes.push(&fields.origin("usage"), "", format!("no use is known, so `{other}` was written"), "correct it in the entry");
        known.push(other);
    }
    known
}

fn types(fields: &Fields<'_>, notes: &mut Notes) -> Vec<Slug> {
    let mut types = Vec::new();
    for (origin, name) in fields.texts("types", notes) {
        let kind = constituency_type(&origin, name.trim(), |(.., theirs)| *theirs == name.trim(), notes);
        types.extend(kind.map(|kind| (origin, kind)));
    }
    notes.unique(types, Slug::to_string)
}

fn claims(fields: &Fields<'_>, notes: &mut Notes) -> Constituency {
    let asns = fields.values("asns", notes);
    let domains = fields.values("domains", notes);
    let networks = fields.values("ipranges", notes);
    let countries = fields.objects("countries", &["code", "name"], notes, |fields, notes| place(&fields, notes));
    Constituency {
        description: None,
        asns: notes.unique(asns, ToString::to_string),
        domains: notes.unique(domains, |domain: &Domain| domain.name().to_owned()),
        networks: notes.unique(networks, ToString::to_string),
        countries: notes.unique(countries, ToString::to_string),
    }
}

/// A country by its code; by its name alone where it has no code.
fn place(fields: &Fields<'_>, notes: &mut Notes) -> Option<(Origin, Country)> {
    let Some(key) = ["code", "name"].into_iter().find(|key| fields.states(key)) else {
        notes.push(&fields.whole(), "", "left out, for it has neither `code` nor `name`", "expected is an object with `code`");
        return None;
    };
    Some((fields.origin(key), fields.parse_with(key, country, notes)?))
}

fn keys(fields: &Fields<'_>, notes: &mut Notes) -> Vec<Key> {
    let read = |key: Fields<'_>, notes: &mut Notes| {
        let expires = key.parse("expires", notes);
        Some((key.origin("fingerprint"), Key { fingerprint: key.required("fingerprint", notes)?, expires }))
    };
    let keys = fields.objects("pgp_keys", &["fingerprint", "expires"], notes, read);
    notes.unique(keys, |key| key.fingerprint.to_string())
}

fn misp(fields: &Fields<'_>, notes: &mut Notes) -> Option<Misp> {
    let org_name = fields.parse("org_name", notes);
    let org_email = fields.parse("org_email", notes);
    Some(Misp { org_uuid: fields.required("org_uuid", notes)?, org_name, org_email })
}
