//! Entries of the private tree. Whatever stands in one, but the scores, has a mark that says for which level it is; it is told to
//! nobody but, sealed, to the teams at that level or above it. Nothing of it is repeated in a finding.

use super::convert::{contact, maturity, response_test};
use super::files::Found;
use super::raw::{RawAssessment, RawContact, RawEmail, RawPhone, RawResponseTest, RawScored};
use crate::diagnostic::{Problem, Rule, Spanned};
use crate::model::{
    AlertContact, AlertUsage, Channel, Confidential, Contact, EmailAddress, Level, Line, Name, PhoneNumber, PrivateEntry,
    ResponseTest, Restricted, Slug, TeamId, Text, Timezone, rounds,
};
use crate::yaml::{Node, Read, Reader, Tried, record};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use std::borrow::Cow;
use std::sync::Arc;

/// The keys that stand in private entries alone.
pub(super) const KEYS: &[&str] = &["audience", "channels", "alerts", "notes"];

record! {
    /// What the operator knows of a team, and does not publish. The name of the file is the team's id.
    pub(super) struct RawPrivate as PrivateEntry, "a private entry" {
        /// How the team is reached besides what its public entry says.
        optional contact: RawPrivateContact,
        /// Ways to reach the team where its usual ones cannot be trusted.
        few channels: RawChannel,
        /// Who of the team is alerted: called, or written to.
        few alerts: RawAlert,
        /// Remarks.
        few notes: RawNote,
        /// SIM3 assessments whose scores the team does not publish.
        few maturity: RawConfidential,
        /// Tests of whether the team can be reached: they count in published figures, and nobody is told of one.
        few response_tests: RawResponseTest,
    }
}

record! {
    /// How a team is reached, for those at a level.
    pub(super) struct RawPrivateContact as PrivateContact, "a private contact" {
        /// For which teams it is: those at this level or above it.
        required audience: Spanned<Level>,
        /// E-mail addresses.
        few emails: RawEmail,
        /// Telephone numbers.
        few phones: RawPhone,
        /// When somebody is there, in words.
        optional hours: Spanned<Line>,
        /// The time zone of the hours: a name of the IANA database, such as `Europe/Vienna`.
        optional timezone: Spanned<Timezone>,
        /// The postal address, in lines.
        optional address: Spanned<Text>,
    }
}

record! {
    /// A way to reach a team out of band.
    pub(super) struct RawChannel as Channel, "a channel" {
        /// For which teams it is: those at this level or above it.
        required audience: Spanned<Level>,
        /// Of what kind it is: `signal`, `matrix`, `satellite-phone`.
        required kind: Spanned<Slug>,
        /// The address there: a number, a name, a link.
        required address: Spanned<Line>,
        /// A remark.
        optional comment: Spanned<Line>,
    }
}

record! {
    /// Somebody who is called or written to in an alert; there is a number, or an address.
    pub(super) struct RawAlert as AlertContact, "an alert contact" {
        /// For which teams it is: those at this level or above it.
        required audience: Spanned<Level>,
        /// The person, or the role.
        required name: Spanned<Name>,
        /// The number in international form: `+1 202 555 0100`.
        tried phone: Spanned<PhoneNumber>,
        /// What the number takes; `voice` where left out.
        few usage: Spanned<AlertUsage>,
        /// The bare address.
        tried email: Spanned<EmailAddress>,
        /// When, or for what.
        optional comment: Spanned<Line>,
    }
}

record! {
    /// A remark about a team.
    pub(super) struct RawNote as Note, "a note" {
        /// For which teams it is: those at this level or above it.
        required audience: Spanned<Level>,
        /// The remark, in Markdown.
        required text: Spanned<Text>,
    }
}

/// An assessment whose scores nobody is told; its mark is its visibility.
#[derive(Debug)]
pub(super) struct RawConfidential(RawAssessment);

impl Read for RawConfidential {
    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        RawAssessment::read(node, reader).map(Self)
    }
}

impl JsonSchema for RawConfidential {
    fn schema_name() -> Cow<'static, str> {
        RawScored::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        RawScored::json_schema(generator)
    }
}

/// The private entry of a file.
pub(super) fn convert(found: &Found<TeamId>, raw: RawPrivate, reader: &mut Reader) -> PrivateEntry {
    let alerts = raw.alerts.into_iter().filter_map(|raw| alert(raw, reader)).collect();
    // Nothing but what they add up to with those of others is told of them, as of scores.
    let tests: Vec<ResponseTest> = raw.response_tests.iter().filter_map(response_test).collect();
    let tested = rounds(&tests);
    let assessments: Vec<_> = raw.maturity.into_iter().filter_map(|raw| maturity(raw.0, reader)).collect();
    PrivateEntry {
        id: found.id.clone(),
        file: Arc::clone(&found.file),
        contact: raw.contact.and_then(private_contact),
        channels: raw.channels.into_iter().filter_map(channel).collect(),
        alerts,
        notes: raw.notes.into_iter().filter_map(|raw| Some(Restricted::new(raw.audience?.value, raw.text?.value))).collect(),
        maturity: assessments.into_iter().chain(tested).map(Confidential::new).collect(),
    }
}

fn private_contact(raw: RawPrivateContact) -> Option<Restricted<Contact>> {
    let RawPrivateContact { audience, emails, phones, hours, timezone, address } = raw;
    Some(Restricted::new(audience?.value, contact(RawContact { emails, phones, hours, timezone, address })))
}

fn channel(raw: RawChannel) -> Option<Restricted<Channel>> {
    let channel =
        Channel { kind: raw.kind?.value, address: raw.address?.value, comment: raw.comment.map(|comment| comment.value) };
    Some(Restricted::new(raw.audience?.value, channel))
}

fn alert(raw: RawAlert, reader: &mut Reader) -> Option<Restricted<AlertContact>> {
    let name = raw.name?;
    if matches!((&raw.phone, &raw.email), (Tried::Absent, Tried::Absent)) {
        let help = "add `phone:` or `email:`: who is alerted is called or written to";
        reader.report(Problem::new(Rule::MissingKey, "an alert contact has a number or an address", help), name.span);
    }
    let usage: Vec<AlertUsage> = raw.usage.into_iter().map(|usage| usage.value).collect();
    let contact = AlertContact {
        name: name.value,
        usage: if usage.is_empty() { vec![AlertUsage::Voice] } else { usage },
        phone: value(raw.phone),
        email: value(raw.email),
        comment: raw.comment.map(|comment| comment.value),
    };
    Some(Restricted::new(raw.audience?.value, contact))
}

fn value<T>(tried: Tried<Spanned<T>>) -> Option<T> {
    match tried {
        Tried::Value(written) => Some(written.value),
        Tried::Absent | Tried::Failed => None,
    }
}
