//! An entry as it is written: the keys of `docs/entries.md` that foreign data can fill, in that order.
//!
//! Its values are of the model, so they are valid; what is empty is not written.

use super::note::{Notes, Origin};
use crate::load::Canonical;
use crate::model::{
    Asn, Country, Date, Domain, EmailAddress, EmailUsage, Fingerprint, Level, Line, Name, Network, PhoneNumber, PhoneUsage, Slug,
    Text, Timezone, Url, Uuid,
};
use crate::yaml::FEW;
use serde::Serialize;
use serde_json::Value;
use std::mem::take;

/// A team's entry.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    pub(super) name: Name,
    pub(super) official_name: Option<Line>,
    pub(super) host: Option<Line>,
    pub(super) country: Country,
    pub(super) established: Option<Date>,
    pub(super) types: Vec<Slug>,
    pub(super) website: Option<Url>,
    pub(super) rfc2350: Option<Url>,
    pub(super) contact: Contact,
    pub(super) constituency: Constituency,
    pub(super) keys: Vec<Key>,
    pub(super) status: Vec<Status>,
    pub(super) memberships: Vec<Membership>,
    pub(super) misp: Option<Misp>,
    /// The text of its key file, where the input holds one.
    #[serde(skip)]
    pub(super) key_file: Option<String>,
}

/// How the team is reached.
#[derive(Debug, Default, Serialize)]
pub(super) struct Contact {
    pub(super) emails: Vec<Email>,
    pub(super) phones: Vec<Phone>,
    pub(super) hours: Option<Line>,
    pub(super) timezone: Option<Timezone>,
    pub(super) address: Option<Text>,
}

/// An e-mail address; for contact where no usage is written.
#[derive(Debug, Serialize)]
pub(super) struct Email {
    pub(super) address: EmailAddress,
    pub(super) usage: Vec<EmailUsage>,
}

/// A telephone number; for calls where no usage is written.
#[derive(Debug, Serialize)]
pub(super) struct Phone {
    pub(super) number: PhoneNumber,
    pub(super) usage: Vec<PhoneUsage>,
    pub(super) timezone: Option<Timezone>,
    pub(super) comment: Option<Line>,
}

/// For whom the team answers.
#[derive(Debug, Default, Serialize)]
pub(super) struct Constituency {
    pub(super) description: Option<Text>,
    pub(super) domains: Vec<Domain>,
    pub(super) asns: Vec<Asn>,
    pub(super) networks: Vec<Network>,
    pub(super) countries: Vec<Country>,
}

/// A contact key.
#[derive(Debug, Serialize)]
pub(super) struct Key {
    pub(super) fingerprint: Fingerprint,
    pub(super) expires: Option<Date>,
}

/// A level of the history.
#[derive(Debug, Serialize)]
pub(super) struct Status {
    pub(super) level: Level,
    pub(super) since: Date,
    /// `unknown`, or nothing.
    pub(super) until: Option<&'static str>,
}

/// A membership in an association of teams.
#[derive(Debug, Serialize)]
pub(super) struct Membership {
    pub(super) name: Line,
    pub(super) since: Option<Date>,
}

/// How the team is known in MISP.
#[derive(Debug, Serialize)]
#[allow(clippy::struct_field_names, reason = "these are the names of the keys")]
pub(super) struct Misp {
    pub(super) org_uuid: Uuid,
    pub(super) org_name: Option<Line>,
    pub(super) org_email: Option<EmailAddress>,
}

impl Entry {
    /// Leaves out what is more than our reader takes, each with a note.
    pub(super) fn shorten_lists(&mut self, origin: &Origin, notes: &mut Notes) {
        self.types = notes.within(FEW, origin, "types", take(&mut self.types));
        self.contact.emails = notes.within(FEW, origin, "contact.emails", take(&mut self.contact.emails));
        self.contact.phones = notes.within(FEW, origin, "contact.phones", take(&mut self.contact.phones));
        self.keys = notes.within(FEW, origin, "keys", take(&mut self.keys));
    }

    /// The entry as YAML, in the canonical form of entries.
    pub(super) fn to_text(&self, canonical: &Canonical) -> Result<String, String> {
        let value = serde_json::to_value(self).map_err(|error| error.to_string())?;
        canonical.write(&filled(value))
    }
}

/// The value without the keys whose values are empty.
fn filled(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(key, value)| (key, filled(value)));
            Value::Object(fields.filter(|(_, value)| !is_empty(value)).collect())
        }
        Value::Array(items) => items.into_iter().map(filled).collect(),
        plain => plain,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}
