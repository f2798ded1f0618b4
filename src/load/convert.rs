//! From an entry as written to the model: what its values say together.

mod authority;

pub(super) use authority::authority;
use authority::period;

use super::files::Found;
use super::raw::{
    RawAgreement, RawAssessment, RawConstituency, RawContact, RawEntry, RawKey, RawMembership, RawResponseTest, RawTeam,
    RawVerification, RawWaiver, country, report_repeats,
};
use crate::diagnostic::{Finding, Problem, Rule, Severity, Span, Spanned};
use crate::model::{
    Agreement, Constituency, Contact, ContactKey, Country, Date, Email, EmailUsage, Entry, Event, Level, MaturityAssessment,
    Membership, Misp, Parameter, Part, Phone, PhoneUsage, ResponseTest, Score, Sim3, State, Team, TeamId, Until, Verification,
    Waiver, sheets,
};
use crate::yaml::{Reader, Tried};
use std::sync::Arc;

/// What stands for a country that could not be read.
const NOWHERE: &str = "EU";

/// The team of an entry. Where it lacks what every team needs, something stands in its place, so that all else is held against the rules
/// at once; then the team is not whole.
pub(super) fn team(found: &Found<TeamId>, raw: RawTeam, reader: &mut Reader) -> Option<Team> {
    let is_whole = raw.name.is_some() && raw.country.is_some();
    let history = history(raw.status, reader);
    report_repeats(raw.types.iter().map(|t| (t.value.clone(), t.span)), "type", reader);
    report_repeats(raw.services.iter().map(|s| (s.value.clone(), s.span)), "service", reader);
    let country = raw.country.map(|written| country(written, reader));
    let contact = raw.contact.map(contact).unwrap_or_default();
    let constituency = raw.constituency.map(|raw| constituency(raw, reader)).unwrap_or_default();
    let smime = certificates(raw.smime, reader);
    let keys = keys(raw.keys, reader);
    let memberships = raw.memberships.into_iter().filter_map(|raw| membership(raw, reader)).collect();
    let agreements = raw.agreements.into_iter().filter_map(|raw| agreement(raw, reader)).collect();
    let maturity = raw.maturity.into_iter().filter_map(|raw| maturity(raw, reader)).collect();
    let response_tests: Vec<ResponseTest> = raw.response_tests.iter().filter_map(response_test).collect();
    if let Some(established) = raw.established {
        let verified = history.iter().flat_map(|entry| &entry.verifications).map(|verification| verification.date);
        let happened = history.iter().map(|entry| entry.since).chain(verified).chain(raw.confirmed);
        report_before(established.value, happened.chain(response_tests.iter().map(|test| test.date)), reader);
    }
    let waivers = waivers(raw.waivers, reader);
    report_repeats(raw.editors.iter().map(|e| (e.value.account(), e.span)), "editor", reader);
    let unread = Part::ALL.into_iter().filter(|(_, key)| reader.is_unread(key)).map(|(part, _)| part).collect();
    Some(Team {
        id: found.id.clone(),
        file: Arc::clone(&found.file),
        is_whole,
        unread,
        name: raw.name.or_else(|| Some(Spanned::new(found.id.as_str().parse().ok()?, Span::default())))?,
        official_name: raw.official_name.map(|name| name.value),
        host: raw.host.map(|host| host.value),
        country: country.or_else(|| Country::from_code(NOWHERE).ok())?,
        established: raw.established,
        types: raw.types,
        website: raw.website.map(|url| url.value),
        rfc2350: raw.rfc2350.map(|url| url.value),
        contact,
        constituency,
        keys,
        smime,
        history,
        confirmed: raw.confirmed,
        services: raw.services.into_iter().map(|service| service.value).collect(),
        memberships,
        agreements,
        misp: raw.misp.and_then(|raw| {
            Some(Misp {
                org_uuid: raw.org_uuid?,
                org_name: raw.org_name.map(|name| name.value),
                org_email: raw.org_email.map(|email| email.value),
            })
        }),
        maturity,
        tested: sheets(&response_tests),
        response_tests,
        description: raw.description.map(|text| text.value),
        waivers,
        editors: raw.editors.into_iter().map(|editor| editor.value).collect(),
    })
}

pub(super) fn response_test(raw: &RawResponseTest) -> Option<ResponseTest> {
    let (channel, hours) = (raw.channel?.value, raw.hours?.value);
    Some(ResponseTest { date: raw.date?, channel, hours, answered: raw.answered?.value })
}

/// The contact; where no usage is written, an address is for contact and a number for calls.
pub(super) fn contact(raw: RawContact) -> Contact {
    fn or<T>(usage: Vec<Spanned<T>>, default: T) -> Vec<T> {
        if usage.is_empty() { vec![default] } else { usage.into_iter().map(|usage| usage.value).collect() }
    }
    Contact {
        emails: raw
            .emails
            .into_iter()
            .filter_map(|raw| Some(Email { address: raw.address?, usage: or(raw.usage, EmailUsage::Contact) }))
            .collect(),
        phones: raw
            .phones
            .into_iter()
            .filter_map(|raw| {
                Some(Phone {
                    number: raw.number?.value,
                    usage: or(raw.usage, PhoneUsage::Voice),
                    timezone: raw.timezone.map(|zone| zone.value),
                    comment: raw.comment.map(|line| line.value),
                })
            })
            .collect(),
        hours: raw.hours.map(|hours| hours.value),
        timezone: raw.timezone.map(|zone| zone.value),
        address: raw.address.map(|address| address.value),
    }
}

fn constituency(raw: RawConstituency, reader: &mut Reader) -> Constituency {
    report_repeats(raw.domains.iter().map(|d| (d.value.name().to_owned(), d.span)), "domain", reader);
    report_repeats(raw.asns.iter().map(|a| (a.value, a.span)), "AS number", reader);
    report_repeats(raw.networks.iter().map(|n| (n.value, n.span)), "network", reader);
    report_repeats(raw.shared.iter().map(|s| (s.value.clone(), s.span)), "shared claim", reader);
    let places: Vec<Span> = raw.countries.iter().map(|written| written.span).collect();
    let countries: Vec<_> = raw.countries.into_iter().map(|written| country(written, reader)).collect();
    report_repeats(countries.iter().copied().zip(places), "country", reader);
    Constituency {
        description: raw.description.map(|text| text.value),
        domains: raw.domains,
        asns: raw.asns,
        networks: raw.networks,
        countries,
        shared: raw.shared,
    }
}

fn keys(raw: Vec<RawKey>, reader: &mut Reader) -> Vec<ContactKey> {
    let keys: Vec<_> =
        raw.into_iter().filter_map(|raw| Some(ContactKey { fingerprint: raw.fingerprint?, expires: raw.expires })).collect();
    report_repeats(keys.iter().map(|key| (key.fingerprint.value.clone(), key.fingerprint.span)), "fingerprint", reader);
    keys
}

/// S/MIME certificates; their fingerprints are those of SHA-256.
fn certificates(raw: Vec<RawKey>, reader: &mut Reader) -> Vec<ContactKey> {
    let mut keys = keys(raw, reader);
    keys.retain(|key| {
        let fingerprint = &key.fingerprint;
        let whole = fingerprint.digits().len() == 64;
        if !whole {
            let help = "a certificate is named by SHA-256, which has 64 digits: `openssl x509 -in FILE -noout -fingerprint -sha256` \
                        shows it; the fingerprint of an OpenPGP key belongs under `keys`";
            let message = "this is not the fingerprint of an S/MIME certificate";
            reader.report(Problem::new(Rule::InvalidFingerprint, message, help), fingerprint.span);
        }
        whole
    });
    keys
}

fn membership(raw: RawMembership, reader: &mut Reader) -> Option<Membership> {
    let period = period(raw.since, raw.until, reader);
    Some(Membership { name: raw.name?.value, period })
}

fn agreement(raw: RawAgreement, reader: &mut Reader) -> Option<Agreement> {
    if let (Some(since), Some(until)) = (raw.since, raw.until) {
        in_order(since.value, until.value, until.span, reader);
    }
    Some(Agreement { kind: raw.kind?.value, name: raw.name?.value, since: raw.since.map(|date| date.value), until: raw.until })
}

/// The assessment; parameters that its version does not score are reported.
pub(super) fn maturity(raw: RawAssessment, reader: &mut Reader) -> Option<MaturityAssessment> {
    let model = raw.model?.value;
    report_unscored(&raw.scores, model, reader);
    Some(MaturityAssessment {
        model,
        kind: raw.kind?.value,
        assessed: raw.assessed?,
        visibility: raw.visibility?.value,
        scores: raw.scores.into_iter().map(|(parameter, score)| (parameter.value, score)).collect(),
    })
}

/// The waivers of what can be waived; the others are reported.
fn waivers(raw: Vec<RawWaiver>, reader: &mut Reader) -> Vec<Waiver> {
    let waiver = |raw: RawWaiver| Some(Waiver { rule: raw.rule?, reason: raw.reason?.value, until: raw.until? });
    let mut waivers: Vec<_> = raw.into_iter().filter_map(waiver).collect();
    report_repeats(waivers.iter().map(|waiver| (waiver.rule.value, waiver.rule.span)), "waiver", reader);
    waivers.retain(|waiver| {
        let rule = waiver.rule.value;
        if !rule.can_be_waived() {
            let (message, help) = match rule.severity() {
                Severity::Error => (
                    format!("`{}` is an error, and no error can be waived", rule.id()),
                    "mend it where it is found, and remove the waiver",
                ),
                Severity::Warning if rule.is_about_sealed() => (
                    format!(
                        "`{}` is told to whoever has the private tree, and cannot be waived where everybody reads it",
                        rule.id()
                    ),
                    "do what the warning says, and remove this waiver",
                ),
                Severity::Warning => (
                    format!("`{}` is about what is waived or known, and cannot be waived itself", rule.id()),
                    "do what the warning says, and remove this waiver",
                ),
            };
            reader.report(Problem::new(Rule::NotWaivable, message, help), waiver.rule.span);
        }
        rule.can_be_waived()
    });
    waivers
}

/// Reports parameters that `model` does not score.
pub(super) fn report_unscored(scores: &[(Spanned<Parameter>, Score)], model: Sim3, reader: &mut Reader) {
    for (parameter, _) in scores.iter().filter(|(parameter, _)| !parameter.is_scored_in(model)) {
        let message = format!("{} is not scored in {model}", parameter.value);
        let help = "remove it, or name the version in which it was scored";
        reader.report(Problem::new(Rule::UnknownParameter, message, help), parameter.span);
    }
}

/// Reports what cannot have been before there was a team. Memberships and agreements can, as who goes on as another takes them over;
/// and so can assessments, as whoever sets a team up asks how far it is.
fn report_before(established: Date, dates: impl Iterator<Item = Spanned<Date>>, reader: &mut Reader) {
    for date in dates.filter(|date| date.value < established) {
        let message = format!("{} lies before the team was established", date.value);
        reader.report(Problem::new(Rule::BeforeEstablished, message, "correct this date, or `established`"), date.span);
    }
}

fn history(raw: Vec<RawEntry>, reader: &mut Reader) -> Vec<Entry> {
    let mut entries: Vec<Entry> = raw.into_iter().filter_map(|raw| entry(raw, reader)).collect();
    for pair in entries.windows(2) {
        let (earlier, later) = (&pair[0], &pair[1]);
        let (rule, message, help) = match earlier.since.value.cmp(&later.since.value) {
            std::cmp::Ordering::Less => continue,
            std::cmp::Ordering::Equal => (
                Rule::HistorySameDay,
                format!("two entries begin on {}", later.since.value),
                "what began on one day is one entry; correct one of the dates",
            ),
            std::cmp::Ordering::Greater => (
                Rule::HistoryOrder,
                format!("{} lies before {}, the entry above", later.since.value, earlier.since.value),
                "the history runs from the oldest entry to the newest: move the entry, or correct its date",
            ),
        };
        let finding = Finding::new(rule, reader.place(later.since.span), message, help);
        let finding = finding.and(reader.place(earlier.since.span), "the entry above");
        reader.push(finding);
    }
    entries.sort_by_key(|entry| entry.since.value);
    entries
}

fn entry(raw: RawEntry, reader: &mut Reader) -> Option<Entry> {
    let since = raw.since?;
    let event = match (raw.level, raw.state) {
        (Tried::Value(level), Tried::Absent) => Event::Level(level.value),
        (Tried::Absent, Tried::Value(state)) => Event::State(state.value),
        (Tried::Failed, _) | (_, Tried::Failed) => return None,
        (level, _) => {
            let (message, span) = match level {
                Tried::Value(level) => ("both `level` and `state` stand here", level.span),
                _ => ("there is neither a level nor a state", since.span),
            };
            let help = "an entry has one of the two: `level: accredited` or `state: suspended`";
            reader.report(Problem::new(Rule::LevelOrState, message, help), span);
            return None;
        }
    };
    let until = match raw.until {
        Tried::Value(until) => Some(until),
        // What was meant is not known, so that nothing follows from it: neither that it has ended nor that it goes on.
        Tried::Failed if event == Event::Level(Level::Certified) => Some(Spanned::new(Until::Unknown, since.span)),
        Tried::Failed | Tried::Absent => None,
    };
    if let (Some(until), Tried::Value(_)) = (until, raw.until) {
        end(event, since.value, until, reader);
    }
    report_repeats(raw.sponsors.iter().map(|s| (s.value.clone(), s.span)), "sponsor", reader);
    Some(Entry {
        event,
        since,
        until,
        sponsors: raw.sponsors,
        authority: raw.authority,
        certificate: raw.certificate,
        verifications: raw.verifications.into_iter().filter_map(verification).collect(),
    })
}

fn verification(raw: RawVerification) -> Option<Verification> {
    Some(Verification { kind: raw.kind?.value, date: raw.date?, authority: raw.authority })
}

fn end(event: Event, since: Date, until: Spanned<Until>, reader: &mut Reader) {
    match (event, until.value) {
        (Event::Level(Level::Certified) | Event::State(State::Suspended), Until::Date(date)) => {
            in_order(since, date, until.span, reader);
        }
        (Event::Level(Level::Certified), Until::Unknown) => {}
        (Event::State(State::Suspended), Until::Unknown) => {
            let help = "leave `until` out: a suspension without an end goes on until the next entry";
            reader.report(Problem::new(Rule::UntilNotAllowed, "a suspension has a date as its end, or none", help), until.span);
        }
        _ => {
            let message = format!("`{}` has no end of its own", event.title().to_lowercase());
            let help = "remove `until`: it ends with the next entry. Only certifications and suspensions have an end";
            reader.report(Problem::new(Rule::UntilNotAllowed, message, help), until.span);
        }
    }
}

fn in_order(since: Date, until: Date, at: Span, reader: &mut Reader) {
    if until < since {
        let message = format!("the end, {until}, lies before the beginning, {since}");
        reader.report(Problem::new(Rule::PeriodOrder, message, "correct one of the two dates"), at);
    }
}
