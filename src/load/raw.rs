//! An entry as it is written: every value checked for itself, nothing yet held against another.

mod authority;
mod response;
mod verification;

pub(super) use authority::{RawAccreditation, RawAuthority, RawEntitlement};
pub(super) use response::RawResponseTest;
pub(super) use verification::RawVerification;

use crate::diagnostic::{Finding, Problem, Rule, Span, Spanned, closest};
use crate::model::{
    AgreementKind, Asn, AssessmentKind, AuthorityId, Claim, Country, Date, Domain, Editor, EmailAddress, EmailUsage, Fingerprint,
    Level, Line, Name, Network, Parameter, PhoneNumber, PhoneUsage, Score, Sim3, Slug, State, TeamId, Text, Timezone, Until, Url,
    Uuid, Visibility,
};
use crate::yaml::{Kind, Node, Read, Reader, first_line, record};
use std::borrow::Cow;
use std::str::FromStr;

record! {
    /// An entry: what a directory knows of one incident response team. The name of the file is the team's id.
    pub(super) struct RawTeam as Team, "a team", super::schema::known_types {
        /// The short name by which peers know the team, at most 100 characters.
        required name: Spanned<Name>,
        /// The full name.
        optional official_name: Spanned<Line>,
        /// The organisation that hosts the team.
        optional host: Spanned<Line>,
        /// The country of the seat: an ISO 3166-1 code of two letters, or `EU` or `XK`.
        required country: Spanned<WrittenCountry>,
        /// The day on which the team was set up.
        optional established: Spanned<Date>,
        /// Constituency types: those that are built in, and what `site.yaml` adds.
        few types: Spanned<Slug>,
        /// The team's site.
        optional website: Spanned<Url>,
        /// The team's own RFC 2350 document.
        optional rfc2350: Spanned<Url>,
        /// How the team is reached.
        optional contact: RawContact,
        /// For whom the team answers.
        optional constituency: RawConstituency,
        /// OpenPGP keys. May be left out where there are key files beside the entry.
        few keys: RawKey,
        /// S/MIME certificates. May be left out where there are files of them beside the entry.
        few smime: RawKey,
        /// The dated history, the oldest entry first. The level is computed from it, and never typed. Without it no level
        /// is stated.
        few status: RawEntry,
        /// The day on which the team last confirmed its data.
        optional confirmed: Spanned<Date>,
        /// What the team does for its constituency: names such as `incident-handling`.
        few services: Spanned<Slug>,
        /// Associations of teams to which the team belongs.
        few memberships: RawMembership,
        /// What the team has agreed to.
        few agreements: RawAgreement,
        /// How the team is known in MISP.
        optional misp: RawMisp,
        /// SIM3 assessments whose scores the team publishes itself. All others belong into the private tree.
        few maturity: RawAssessment,
        /// What came of tests of whether the team can be reached. What is not for everybody belongs into the private tree.
        few response_tests: RawResponseTest,
        /// Warnings about this entry of which editors and reviewers are not told for a while.
        few waivers: RawWaiver,
        /// Who may change this entry: `"@handle"`, `"@organisation/team"` or the e-mail address of an account. For the repository
        /// alone.
        few editors: Spanned<Editor>,
        /// About the team, in Markdown. Raw HTML is shown as text, and images are left out.
        optional description: Spanned<Text>,
    }
}

record! {
    /// A warning of which nobody is told up to a day, as reviewers have agreed.
    pub(super) struct RawWaiver as Waiver, "a waiver" {
        /// The name of the warning, as it stands in brackets behind `warning`.
        required rule: Spanned<Rule>,
        /// Why it is waived.
        required reason: Spanned<Line>,
        /// The last day on which it is waived.
        required until: Spanned<Date>,
    }
}

record! {
    /// How a team is reached.
    pub(super) struct RawContact as Contact, "a contact" {
        /// E-mail addresses. The first for `contact` is the one to write to.
        few emails: RawEmail,
        /// Telephone numbers.
        few phones: RawPhone,
        /// When somebody is there, in words: `Monday to Friday 08:00-18:00`. Where it is days and times alone, the page
        /// tells whether it is so now.
        optional hours: Spanned<Line>,
        /// The time zone of the hours: a name of the IANA database, such as `Europe/Vienna`.
        optional timezone: Spanned<Timezone>,
        /// The postal address, in lines.
        optional address: Spanned<Text>,
    }
}

record! {
    /// An e-mail address, and what it is for.
    pub(super) struct RawEmail as Email, "an e-mail address" {
        /// The bare address, without a name or brackets around it.
        required address: Spanned<EmailAddress>,
        /// What it is for; `contact` where left out.
        few usage: Spanned<EmailUsage>,
    }
}

record! {
    /// A telephone number, and what it is for.
    pub(super) struct RawPhone as Phone, "a telephone number" {
        /// The number in international form: `+1 202 555 0100`.
        required number: Spanned<PhoneNumber>,
        /// What it is for; `voice` where left out.
        few usage: Spanned<PhoneUsage>,
        /// Its time zone, where it is not the team's.
        optional timezone: Spanned<Timezone>,
        /// A remark, such as who answers and when.
        optional comment: Spanned<Line>,
    }
}

record! {
    /// For whom a team answers. Whoever looks up an address or a name is led to the team by it.
    pub(super) struct RawConstituency as Constituency, "a constituency" {
        /// The constituency in words.
        optional description: Spanned<Text>,
        /// Domain names; each stands for all names below it.
        many domains: Spanned<Domain>,
        /// Autonomous system numbers: `64500` or `AS64500`.
        many asns: Spanned<Asn>,
        /// IPv4 and IPv6 networks: `192.0.2.0/24`, `2001:db8::/32`. The bits behind the prefix are zero.
        many networks: Spanned<Network>,
        /// Countries, by their ISO 3166-1 codes.
        many countries: Spanned<WrittenCountry>,
        /// Those of the domains, AS numbers and networks that the team shares with other teams on purpose.
        many shared: Spanned<Claim>,
    }
}

record! {
    /// A key, named by its fingerprint.
    pub(super) struct RawKey as Key, "a contact key" {
        /// The whole fingerprint, 40 or 64 hexadecimal digits. Spaces and colons are allowed.
        required fingerprint: Spanned<Fingerprint>,
        /// The last day of the key. Only where there is no file of it: otherwise it is read from the key.
        optional expires: Spanned<Date>,
    }
}

record! {
    /// One dated fact of the history: a level that was reached, or a state into which the team came.
    pub(super) struct RawEntry as HistoryEntry, "an entry of the history", super::schema::between_keys_of_history {
        /// The level that was reached.
        tried level: Spanned<Level>,
        /// What happened to the team, whatever its level.
        tried state: Spanned<State>,
        /// The first day.
        required since: Spanned<Date>,
        /// The last day, of a certification or a suspension alone. A certification without it lasts three years; `unknown`
        /// where nobody stated it.
        tried until: Spanned<Until>,
        /// The ids of the teams that vouched.
        few sponsors: Spanned<TeamId>,
        /// The id of the body that decided: the name of its file in `content/authorities`.
        optional authority: Spanned<AuthorityId>,
        /// The number of the certificate: each body gives one once.
        optional certificate: Spanned<Line>,
        /// What was verified of the team before, by whom and when.
        few verifications: RawVerification,
    }
}

record! {
    /// A membership in an association of teams.
    pub(super) struct RawMembership as Membership, "a membership" {
        /// The association.
        required name: Spanned<Line>,
        /// The first day, where it is known.
        optional since: Spanned<Date>,
        /// The last day, of one that has ended or will.
        optional until: Spanned<Date>,
    }
}

record! {
    /// An agreement, with its end where it has one.
    pub(super) struct RawAgreement as Agreement, "an agreement" {
        /// What kind of agreement it is.
        required kind: Spanned<AgreementKind>,
        /// Its name, or with whom it is.
        required name: Spanned<Line>,
        /// The first day.
        optional since: Spanned<Date>,
        /// The last day.
        optional until: Spanned<Date>,
    }
}

record! {
    /// How a team is known in MISP.
    pub(super) struct RawMisp as Misp, "an organisation in MISP" {
        /// The UUID of the organisation.
        required org_uuid: Spanned<Uuid>,
        /// The name of the organisation.
        optional org_name: Spanned<Line>,
        /// The e-mail address of the organisation.
        optional org_email: Spanned<EmailAddress>,
    }
}

record! {
    /// A SIM3 assessment whose scores the team publishes itself.
    pub(super) struct RawScored as Assessment, "an assessment" {
        /// The version of SIM3.
        required model: Spanned<Sim3>,
        /// How the scores came about.
        required kind: Spanned<AssessmentKind>,
        /// The day on which the assessment was finished.
        required assessed: Spanned<Date>,
        /// Who may learn the scores.
        required visibility: Spanned<Visibility>,
        /// A score from 0 to 4 for each parameter: `{O-1: 4, O-2: 3}`.
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
            let help = match misspelt_visibility(node) {
                Some(key) => Cow::Owned(format!("`{key}` may have been meant as `visibility`; {help}")),
                None => Cow::Borrowed(help),
            };
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

/// The key that was most likely meant as `visibility`. It is so much like it that it can be no secret.
fn misspelt_visibility<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    let Kind::Mapping(entries) = &node.kind else { return None };
    entries.iter().map(|(key, _)| &*key.text).find(|key| *key != "visibility" && closest(key, ["visibility"]).is_some())
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
