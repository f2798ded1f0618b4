//! A team: everything that its public entry says.

use super::{
    Asn, Claim, Contact, Country, Date, Domain, Editor, Entry, Fingerprint, Line, MaturityAssessment, Misp, Name, Network,
    Period, ResponseTest, Slug, TeamId, Text, Url, Waiver, keywords, mailbox,
};
use crate::diagnostic::{Place, Span, Spanned};
use std::sync::Arc;

/// A part of an entry on which findings rest that say what is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The history.
    Status,
    /// The day of the last confirmation.
    Confirmed,
    /// How the team is reached.
    Contact,
    /// For whom it answers.
    Constituency,
    /// What it agreed with others.
    Agreements,
}

impl Part {
    /// Each with the key under which it stands.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Status, "status"),
        (Self::Confirmed, "confirmed"),
        (Self::Contact, "contact"),
        (Self::Constituency, "constituency"),
        (Self::Agreements, "agreements"),
    ];
}

/// A team as its entry describes it.
#[derive(Debug, Clone)]
pub struct Team {
    /// The name of its file.
    pub id: TeamId,
    /// The file, as findings show it.
    pub file: Arc<str>,
    /// Whether its entry has what every team needs. Otherwise its name or its country are none of its own, and it is there to be held
    /// against the rules alone.
    pub is_whole: bool,
    /// The parts of its entry in which something could not be read: what is missing there may well be written there.
    pub unread: Vec<Part>,
    /// The short name.
    pub name: Spanned<Name>,
    /// The full name.
    pub official_name: Option<Line>,
    /// The organisation that hosts it.
    pub host: Option<Line>,
    /// The country of its seat.
    pub country: Country,
    /// The day on which it was set up.
    pub established: Option<Spanned<Date>>,
    /// Constituency types.
    pub types: Vec<Spanned<Slug>>,
    /// Its site.
    pub website: Option<Url>,
    /// Its RFC 2350 document.
    pub rfc2350: Option<Url>,
    /// How it is reached.
    pub contact: Contact,
    /// For whom it answers.
    pub constituency: Constituency,
    /// Its OpenPGP keys, as the entry names them.
    pub keys: Vec<ContactKey>,
    /// Its S/MIME certificates, as the entry names them.
    pub smime: Vec<ContactKey>,
    /// Its dated history, oldest first, no two entries on one day. Empty where no level was stated.
    pub history: Vec<Entry>,
    /// The day on which it last confirmed its data.
    pub confirmed: Option<Spanned<Date>>,
    /// What it does for its constituency.
    pub services: Vec<Slug>,
    /// What it is a member of.
    pub memberships: Vec<Membership>,
    /// What it has agreed to.
    pub agreements: Vec<Agreement>,
    /// How it is known in MISP.
    pub misp: Option<Misp>,
    /// Assessments whose scores it publishes.
    pub maturity: Vec<MaturityAssessment>,
    /// What came of tests of whether it can be reached, as the entry publishes them.
    pub response_tests: Vec<ResponseTest>,
    /// The same as scores: a sheet for each day of a test.
    pub tested: Vec<MaturityAssessment>,
    /// Markdown.
    pub description: Option<Text>,
    /// Which warnings about the entry are not told for a while: for editors and reviewers alone, never shown on the site.
    pub waivers: Vec<Waiver>,
    /// Who may change the entry: for the repository alone, never shown on the site.
    pub editors: Vec<Editor>,
}

impl Team {
    /// Whether something in this part of its entry could not be read.
    pub fn is_unread(&self, part: Part) -> bool {
        self.unread.contains(&part)
    }

    /// Whether `address` is one of its e-mail addresses, however it is spelt ([`mailbox`]).
    pub fn has_address(&self, address: &str) -> bool {
        let wanted = mailbox(address);
        self.contact.emails.iter().any(|email| email.address.mailbox() == wanted)
    }

    /// Whether it answers for a country as a whole, by its constituency types.
    pub fn is_national(&self) -> bool {
        self.types.iter().any(|kind| kind.value.as_str() == "national")
    }

    /// The countries for all of which it answers: those of its constituency, or that of its seat where it names none there.
    pub fn nations(&self) -> &[Country] {
        match &self.constituency.countries[..] {
            _ if !self.is_national() => &[],
            [] => std::slice::from_ref(&self.country),
            named => named,
        }
    }

    /// Its names, the short one first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [Some(self.name.as_str()), self.official_name.as_ref().map(Line::as_str)].into_iter().flatten()
    }

    /// A span of the team's file.
    pub fn place(&self, span: Span) -> Place {
        Place::new(&self.file, span)
    }
}

/// For whom a team answers.
#[derive(Debug, Clone, Default)]
pub struct Constituency {
    /// In words.
    pub description: Option<Text>,
    /// By domain.
    pub domains: Vec<Spanned<Domain>>,
    /// By autonomous system.
    pub asns: Vec<Spanned<Asn>>,
    /// By network.
    pub networks: Vec<Spanned<Network>>,
    /// By country.
    pub countries: Vec<Country>,
    /// Which of its domains, AS numbers and networks it shares with other teams on purpose.
    pub shared: Vec<Spanned<Claim>>,
}

impl Constituency {
    /// Its domains, AS numbers and networks, in the order of the entry.
    pub fn claims(&self) -> impl Iterator<Item = Spanned<Claim<&str>>> {
        let domains = self.domains.iter().map(|domain| Spanned::new(Claim::from(&domain.value), domain.span));
        let asns = self.asns.iter().map(|asn| Spanned::new(Claim::from(asn.value), asn.span));
        let networks = self.networks.iter().map(|network| Spanned::new(Claim::from(network.value), network.span));
        domains.chain(asns).chain(networks)
    }
}

/// A contact key as the entry names it.
#[derive(Debug, Clone)]
pub struct ContactKey {
    /// The fingerprint.
    pub fingerprint: Spanned<Fingerprint>,
    /// The last day on which it is valid, where it was typed.
    pub expires: Option<Spanned<Date>>,
}

/// A membership in an association of teams.
#[derive(Debug, Clone)]
pub struct Membership {
    /// The association, with the kind of membership in brackets where it has some: `FIRST (Full Member)`.
    pub name: Line,
    /// From when until when.
    pub period: Period,
}

keywords! {
    /// What kind of agreement it is.
    pub enum AgreementKind, "a kind of agreement" {
        /// A code of practice that the team follows.
        CodeOfPractice = "code-of-practice",
        /// A memorandum of understanding.
        MemorandumOfUnderstanding = "memorandum-of-understanding",
        /// A service level agreement.
        ServiceLevelAgreement = "service-level-agreement",
    }
}

/// An agreement, with its end where it has one.
#[derive(Debug, Clone)]
pub struct Agreement {
    /// What kind it is.
    pub kind: AgreementKind,
    /// Its name, or with whom it is.
    pub name: Line,
    /// The first day.
    pub since: Option<Date>,
    /// The last day.
    pub until: Option<Spanned<Date>>,
}

impl Agreement {
    /// Whether it is in force on `day`.
    pub fn holds_on(&self, day: Date) -> bool {
        Period { since: self.since, until: self.until.map(|until| until.value) }.holds_on(day)
    }
}
