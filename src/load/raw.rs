//! An entry as it is written: every value checked for itself, nothing yet held against another.

use crate::diagnostic::{Finding, Problem, Rule, Span, Spanned};
use crate::model::{
    AgreementKind, Asn, AssessmentKind, AuthorityId, Claim, Country, Date, Domain, Editor, EmailAddress, EmailUsage, Fingerprint,
    Level, Line, Name, Network, Parameter, PhoneNumber, PhoneUsage, Score, Sim3, Slug, State, TeamId, Text, Timezone, Until, Url,
    Uuid, Visibility,
};
use crate::yaml::{Kind, Node, Read, Reader, first_line, record};
use std::str::FromStr;

record! {
    pub(super) struct RawTeam, "a team" {
        required name: Spanned<Name>,
        optional official_name: Spanned<Line>,
        optional host: Spanned<Line>,
        required country: Spanned<WrittenCountry>,
        optional established: Spanned<Date>,
        few types: Spanned<Slug>,
        optional website: Spanned<Url>,
        optional rfc2350: Spanned<Url>,
        optional contact: RawContact,
        optional constituency: RawConstituency,
        few keys: RawKey,
        few smime: RawKey,
        few status: RawEntry,
        optional confirmed: Spanned<Date>,
        few services: Spanned<Slug>,
        few memberships: RawMembership,
        few agreements: RawAgreement,
        optional misp: RawMisp,
        few maturity: RawAssessment,
        optional description: Spanned<Text>,
        few waivers: RawWaiver,
        few editors: Spanned<Editor>,
    }
}

record! {
    pub(super) struct RawWaiver, "a waiver" {
        required rule: Spanned<Rule>,
        required reason: Spanned<Line>,
        required until: Spanned<Date>,
    }
}

record! {
    pub(super) struct RawAuthority, "an authority" {
        required name: Spanned<Name>,
        optional official_name: Spanned<Line>,
        optional website: Spanned<Url>,
        optional country: Spanned<WrittenCountry>,
        optional description: Spanned<Text>,
    }
}

record! {
    pub(super) struct RawPrivate, "a private entry" {
        optional contact: RawContact,
        few maturity: RawAssessment,
    }
}

record! {
    pub(super) struct RawContact, "a contact" {
        few emails: RawEmail,
        few phones: RawPhone,
        optional hours: Spanned<Line>,
        optional timezone: Spanned<Timezone>,
        optional address: Spanned<Text>,
    }
}

record! {
    pub(super) struct RawEmail, "an e-mail address" {
        required address: Spanned<EmailAddress>,
        few usage: Spanned<EmailUsage>,
    }
}

record! {
    pub(super) struct RawPhone, "a telephone number" {
        required number: Spanned<PhoneNumber>,
        few usage: Spanned<PhoneUsage>,
        optional timezone: Spanned<Timezone>,
        optional comment: Spanned<Line>,
    }
}

record! {
    pub(super) struct RawConstituency, "a constituency" {
        optional description: Spanned<Text>,
        many domains: Spanned<Domain>,
        many asns: Spanned<Asn>,
        many networks: Spanned<Network>,
        many countries: Spanned<WrittenCountry>,
        many shared: Spanned<Claim>,
    }
}

record! {
    pub(super) struct RawKey, "a key" {
        required fingerprint: Spanned<Fingerprint>,
        optional expires: Spanned<Date>,
    }
}

record! {
    pub(super) struct RawEntry, "an entry of the history" {
        tried level: Spanned<Level>,
        tried state: Spanned<State>,
        required since: Spanned<Date>,
        optional until: Spanned<Until>,
        few sponsors: Spanned<TeamId>,
        optional authority: Spanned<AuthorityId>,
        optional certificate: Spanned<Line>,
    }
}

record! {
    pub(super) struct RawMembership, "a membership" {
        required name: Spanned<Line>,
        optional since: Spanned<Date>,
    }
}

record! {
    pub(super) struct RawAgreement, "an agreement" {
        required kind: Spanned<AgreementKind>,
        required name: Spanned<Line>,
        optional since: Spanned<Date>,
        optional until: Spanned<Date>,
    }
}

record! {
    pub(super) struct RawMisp, "an organisation in MISP" {
        required org_uuid: Spanned<Uuid>,
        optional org_name: Spanned<Line>,
        optional org_email: Spanned<EmailAddress>,
    }
}

record! {
    struct RawScored, "an assessment" {
        required model: Spanned<Sim3>,
        required kind: Spanned<AssessmentKind>,
        required assessed: Spanned<Date>,
        required visibility: Spanned<Visibility>,
        required scores: Scores,
    }
}

/// An assessment that may stand where it stands.
#[derive(Debug)]
pub(super) struct RawAssessment {
    pub(super) model: Option<Spanned<Sim3>>,
    pub(super) kind: Option<Spanned<AssessmentKind>>,
    pub(super) assessed: Option<Spanned<Date>>,
    pub(super) visibility: Option<Spanned<Visibility>>,
    pub(super) scores: Vec<(Spanned<Parameter>, Score)>,
}

impl Read for RawAssessment {
    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        // Before anything else is said about a public block: are these scores public? A message about a score that
        // stands here by mistake must not be the way by which it leaks.
        if !reader.is_confidential() && !is_public(node) {
            let message = "these scores are not marked as published by the team";
            let help = "where the team publishes them itself, write `visibility: public`; move all others into the private tree, \
                        which is not in this repository, and remove them from its history";
            let mut finding = Finding::new(Rule::ConfidentialScores, reader.place(first_line(node.span)), message, help);
            finding.confidential = true;
            reader.push(finding);
            return None;
        }
        if reader.is_confidential() && !matches!(node.kind, Kind::Null) && is_public(node) {
            let message = "scores that a team publishes stand in the private tree, where nobody sees them";
            let help = "move them into the entry of the team in content/teams; where the team does not publish them, write \
                        `visibility: aggregate` or `visibility: none`";
            reader.report(Problem::new(Rule::ConfidentialScores, message, help), first_line(node.span));
            return None;
        }
        RawScored::read(node, reader).map(|raw| Self {
            model: raw.model,
            kind: raw.kind,
            assessed: raw.assessed,
            visibility: raw.visibility,
            scores: raw.scores.map(|scores| scores.0).unwrap_or_default(),
        })
    }
}

fn is_public(node: &Node<'_>) -> bool {
    let entries = match &node.kind {
        Kind::Mapping(entries) => entries,
        Kind::Null => return true,
        // What is no assessment may be scores all the same.
        Kind::Text(_) | Kind::List(_) => return false,
    };
    let visibility = entries.iter().find(|(key, _)| key.text == "visibility");
    matches!(visibility, Some((_, Node { kind: Kind::Text(text), .. })) if text == Visibility::Public.id())
}

/// Parameters with their scores, in the order of the entry.
#[derive(Debug)]
pub(super) struct Scores(pub(super) Vec<(Spanned<Parameter>, Score)>);

impl Read for Scores {
    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        let Kind::Mapping(entries) = &node.kind else {
            reader.wrong_type(node, "scores are a mapping: `{O-1: 4, O-2: 3}`");
            return None;
        };
        let mut scores = Vec::new();
        for (key, value) in entries {
            let score: Option<Spanned<Score>> = Spanned::read(value, reader);
            match key.text.parse() {
                Ok(parameter) => scores.extend(score.map(|score| (Spanned::new(parameter, key.span), score.value))),
                Err(problem) => reader.report(problem, key.span),
            }
        }
        Some(Self(scores))
    }
}

/// A country, and whether it was written `UK`.
#[derive(Debug, Clone, Copy)]
pub(super) struct WrittenCountry {
    country: Country,
    alias: bool,
}

impl FromStr for WrittenCountry {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        Country::from_code(text).map(|country| Self { country, alias: text != country.code() })
    }
}

/// The country; an alias is reported.
pub(super) fn country(written: Spanned<WrittenCountry>, reader: &mut Reader) -> Country {
    let WrittenCountry { country, alias } = written.value;
    if alias {
        let help = format!("write `{country}`, the ISO 3166-1 code");
        let problem = Problem::new(Rule::CountryAlias, "`UK` is read as the United Kingdom", help);
        reader.report(problem.or_rather(Some(country.code())), written.span);
    }
    country
}

/// Reports what stands in a list for the second time.
pub(super) fn report_repeats<T: Ord>(values: impl IntoIterator<Item = (T, Span)>, what: &str, reader: &mut Reader) {
    let mut seen = std::collections::BTreeMap::new();
    for (value, span) in values {
        if let Some(first) = seen.get(&value) {
            let finding = Finding::new(
                Rule::RepeatedValue,
                reader.place(span),
                format!("this {what} stands twice"),
                "remove one of the two",
            );
            let finding = finding.and(reader.place(*first), "it stands here first");
            reader.push(finding);
        } else {
            seen.insert(value, span);
        }
    }
}
