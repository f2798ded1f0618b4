//! The rules: one table with all of them, whichever phase finds them broken.

use super::{Problem, closest, shorten};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;
use std::str::FromStr;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file is wrong: it stops a pull request.
    Error,
    /// Time has passed, or something is doubtful: it goes on the operator's list.
    Warning,
}

impl Severity {
    /// The word by which people and programs know it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $severity:ident $variant:ident = $id:literal;)+) => {
        /// A rule that entries, files and the directory as a whole are held to. Each states what holds when it is kept.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $($(#[doc = $doc])+ $variant,)+ }

        impl Rule {
            /// All rules, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name by which people and programs know the rule. Never changes.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// Whether a breach stops a pull request.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }

            /// What holds when the rule is kept.
            pub const fn doc(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc,)+).trim_ascii(),)+ }
            }
        }
    };
}

impl FromStr for Rule {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        if let Some(rule) = Self::ALL.iter().find(|rule| rule.id() == text) {
            return Ok(*rule);
        }
        let meant = closest(text, Self::ALL.iter().map(|rule| rule.id()));
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "write the name that stands in brackets behind `warning`".to_owned(),
        };
        Err(Problem::new(Self::UnknownValue, format!("`{}` is not a rule", shorten(text)), help).or_rather(meant))
    }
}

/// What an entry may name in a waiver.
impl JsonSchema for Rule {
    fn schema_name() -> Cow<'static, str> {
        "Rule".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let waivable = Self::ALL.iter().filter(|rule| rule.can_be_waived());
        let (ids, docs): (Vec<&str>, Vec<&str>) = waivable.map(|rule| (rule.id(), rule.doc())).unzip();
        json_schema!({
            "title": "Rule",
            "description": "The name of a rule whose breach is a warning.",
            "enum": ids,
            "enumDescriptions": docs,
            "errorMessage": "write the name that stands in brackets behind `warning`; an error cannot be waived",
        })
    }
}

impl Rule {
    /// Whether it is about what is sealed: only who has the private tree is told, and what is left out stays out.
    pub const fn is_about_sealed(self) -> bool {
        matches!(self, Self::SealedReader | Self::SealedAudience | Self::SealedNobody)
    }

    /// Whether an entry may ask that breaches are not told for a while: never of errors, and not of what is said of waivers
    /// and the baseline themselves, or of what is sealed.
    pub const fn can_be_waived(self) -> bool {
        let about_known = matches!(self, Self::WaiverEnded | Self::WaiverTooLong | Self::UnusedWaiver | Self::BaselineOutdated);
        matches!(self.severity(), Severity::Warning) && !about_known && !self.is_about_sealed()
    }

    /// Whether a breach is about a file as a whole, so that no line of it says more.
    pub(super) const fn is_about_the_file(self) -> bool {
        matches!(
            self,
            Self::UnreadableFile
                | Self::FileTooLarge
                | Self::FileName
                | Self::UnknownFile
                | Self::MissingFile
                | Self::PrivateWithoutTeam
                | Self::SealedNobody
                | Self::TooManyFiles
        )
    }
}

rules! {
    // Files
    /// Every file and folder of the project can be read, and is a regular file or folder, not a link or a device.
    Error UnreadableFile = "unreadable-file";
    /// A file is no larger than its kind allows.
    Error FileTooLarge = "file-too-large";
    /// A file's name is an id: lower-case letters, digits and hyphens, beginning with a letter, and none that is reserved.
    Error FileName = "file-name";
    /// Every file in `content` is one that Peerage reads.
    Warning UnknownFile = "unknown-file";
    /// A file that the project needs is there.
    Error MissingFile = "missing-file";
    /// A Markdown page begins with front matter between two lines of three hyphens.
    Error FrontMatter = "front-matter";

    // YAML
    /// A file is UTF-8.
    Error NotUtf8 = "not-utf8";
    /// A file is YAML: brackets, quotes and indents are right.
    Error YamlSyntax = "yaml-syntax";
    /// A file does without anchors, aliases, tags, merge keys, keys that are not text, and a second document.
    Error YamlFeature = "yaml-feature";
    /// Values are nested at most 32 deep.
    Error TooDeep = "too-deep";
    /// No key stands twice in one mapping.
    Error DuplicateKey = "duplicate-key";
    /// Every key is one that is read.
    Error UnknownKey = "unknown-key";
    /// Every key that is required is there.
    Error MissingKey = "missing-key";
    /// Every key has a value; one without is left out.
    Error EmptyValue = "empty-value";
    /// A value is of the kind that its key asks for: a text, a list or a mapping.
    Error WrongType = "wrong-type";

    // Values
    /// Text holds no control character and no character that turns the direction of what follows.
    Error ControlCharacter = "control-character";
    /// Text is no longer than its place allows.
    Error TextTooLong = "text-too-long";
    /// A list is no longer than its place allows.
    Error ListTooLong = "list-too-long";
    /// A date is a day of the calendar, written YYYY-MM-DD.
    Error InvalidDate = "invalid-date";
    /// A value is one of those that its key allows.
    Error UnknownValue = "unknown-value";
    /// A number is a whole number in the range that its key allows.
    Error InvalidNumber = "invalid-number";
    /// A country is an ISO 3166-1 alpha-2 code, `EU` or `XK`.
    Error InvalidCountry = "invalid-country";
    /// The United Kingdom is written `GB`, its ISO 3166-1 code.
    Warning CountryAlias = "country-alias";
    /// A link is absolute and begins with https:// or http://.
    Error InvalidUrl = "invalid-url";
    /// An e-mail address is a bare address with a domain name.
    Error InvalidEmail = "invalid-email";
    /// A telephone number is in international form (E.164): a plus sign and 7 to 15 digits.
    Error InvalidPhone = "invalid-phone";
    /// A time zone is a name of the IANA time zone database.
    Error InvalidTimezone = "invalid-timezone";
    /// A fingerprint is the whole fingerprint of an OpenPGP key, 40 hexadecimal digits (version 4) or 64 (version 6), or of
    /// an S/MIME certificate, 64 (SHA-256).
    Error InvalidFingerprint = "invalid-fingerprint";
    /// A domain is a valid domain name.
    Error InvalidDomain = "invalid-domain";
    /// An autonomous system number is a whole number from 1 to 4294967294.
    Error InvalidAsn = "invalid-asn";
    /// A network is an address and a prefix length, and the bits behind the prefix are zero.
    Error InvalidNetwork = "invalid-network";
    /// What a team declares as shared is a domain, an AS number or a network.
    Error InvalidClaim = "invalid-claim";
    /// A reference to a team, an authority, a type or a service is an id.
    Error InvalidId = "invalid-id";
    /// An editor is named as GitHub and GitLab know people: a handle, a team, or an e-mail address.
    Error InvalidEditor = "invalid-editor";
    /// A UUID has 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.
    Error InvalidUuid = "invalid-uuid";
    /// No type, service, domain, AS number, network, country, shared claim, fingerprint, sponsor, waiver or editor stands twice in one
    /// list, and no key in the key files of one team.
    Warning RepeatedValue = "repeated-value";
    /// A constituency type is one that Peerage or `site.yaml` knows.
    Warning UnknownType = "unknown-type";

    // History
    /// An entry of the history has exactly one of `level` and `state`.
    Error LevelOrState = "level-or-state";
    /// The history runs from the oldest entry to the newest.
    Error HistoryOrder = "history-order";
    /// No two entries of a history begin on one day.
    Error HistorySameDay = "history-same-day";
    /// Nothing in the history of a team, nothing that it confirmed, and nothing that was verified or tested of it lies before it was
    /// established.
    Error BeforeEstablished = "before-established";
    /// What has a beginning and an end begins before it ends.
    Error PeriodOrder = "period-order";
    /// Only a certification or a suspension has an end.
    Error UntilNotAllowed = "until-not-allowed";
    /// No level is skipped: a team is accredited before it is a certification candidate, or certified.
    Warning SkippedLevel = "skipped-level";
    /// After its withdrawal nothing happens to a team but that it comes back, with a level.
    Warning AfterWithdrawal = "after-withdrawal";
    /// Teams have been set up, what the history, a verification, a confirmation, an assessment and a response test say has
    /// happened, keys have been made, and messages have been sealed: their dates do not lie after today.
    Warning FutureDate = "future-date";
    /// A certification candidate has been accredited for as long as the policy asks (eight months by default).
    Warning EarlyCertificationCandidate = "early-certification-candidate";

    // Time
    /// The newest certification is valid today.
    Warning CertificationExpired = "certification-expired";
    /// The certification does not end soon (within 180 days by default).
    Warning CertificationExpiring = "certification-expiring";
    /// It is known when the certification ends.
    Warning CertificationEndUnknown = "certification-end-unknown";
    /// An accreditation candidate is accredited within the time that the policy allows (three months by default).
    Warning CandidateOverdue = "candidate-overdue";
    /// An accredited team has confirmed its data as recently as the policy asks (four months by default).
    Warning DataUnconfirmed = "data-unconfirmed";
    /// The newest published assessment is recent enough to count (three years by default).
    Warning AssessmentStale = "assessment-stale";
    /// No contact key has expired, and of none the user id by which it is the team's.
    Warning KeyExpired = "key-expired";
    /// No contact key, and nothing in one by which it can encrypt, expires soon (within 180 days by default).
    Warning KeyExpiring = "key-expiring";
    /// No agreement has ended.
    Warning AgreementEnded = "agreement-ended";
    /// No agreement ends soon (within 180 days by default).
    Warning AgreementEnding = "agreement-ending";

    // Keys
    /// A key file holds whole OpenPGP certificates or S/MIME certificates, undamaged.
    Error BrokenKey = "broken-key";
    /// No public file holds a secret key.
    Error SecretKey = "secret-key";
    /// A key file belongs to an entry: it is named as the entry is.
    Error KeyWithoutTeam = "key-without-team";
    /// The fingerprints in an entry are those of the keys in its key files.
    Error WrongFingerprint = "wrong-fingerprint";
    /// A key carries a user id with one of the team's e-mail addresses, and none of anybody else.
    Error NoMatchingUserId = "no-matching-user-id";
    /// Where an entry types when a key ends, the key says the same.
    Error TypedExpiry = "typed-expiry";
    /// A domain for which the site is to be the Web Key Directory is one of which a key is offered.
    Warning UnusedDomain = "unused-domain";
    /// Messages can be encrypted to a key.
    Warning CannotEncrypt = "cannot-encrypt";
    /// No key is revoked.
    Warning KeyRevoked = "key-revoked";
    /// Keys are strong: RSA of 2048 bits or more, no DSA, no binding that is signed with SHA-1 or MD5 alone.
    Warning WeakKey = "weak-key";
    /// A key belongs to one team only, and is handed out with no address of another.
    Warning SharedKey = "shared-key";

    // Confidential facts
    /// What is told to the teams of a level alone stands in the private tree, not in a public file.
    Error ConfidentialFact = "confidential-fact";
    /// A sealed message is as it was when it was sealed.
    Error SealedMessage = "sealed-message";
    /// What stands in the private tree for a level is for at least one team that can read it.
    Warning SealedNobody = "sealed-nobody";
    /// A team that may read what is sealed has a key by which it can.
    Warning SealedReader = "sealed-reader";
    /// A sealed message is for the teams that are entitled to it today, by the keys that they have today.
    Warning SealedAudience = "sealed-audience";

    // Maturity
    /// Scores that the team publishes itself stand in its public entry, and all others in the private tree.
    Error ConfidentialScores = "confidential-scores";
    /// A parameter is one of the SIM3 version that the assessment names.
    Error UnknownParameter = "unknown-parameter";
    /// A score is a whole number from 0 to 4.
    Error InvalidScore = "invalid-score";
    /// The figures of an edition can be true together.
    Error ImpossibleFigure = "impossible-figure";

    // Across files
    /// A sponsor is a team of the directory, and another one.
    Error UnknownSponsor = "unknown-sponsor";
    /// A sponsor could vouch: it was established by then, and had not withdrawn.
    Error ImpossibleSponsor = "impossible-sponsor";
    /// No teams vouch for each other in a circle, so that none of them was listed before the others.
    Error CircularVouching = "circular-vouching";
    /// A sponsor was accredited, or more, and not suspended on the day for which it vouched.
    Warning SponsorNotAccredited = "sponsor-not-accredited";
    /// A listing names as many sponsors as the policy asks (two by default), from the first listing on that names any: before
    /// that there was nobody to vouch.
    Warning TooFewSponsors = "too-few-sponsors";
    /// An authority has a file of its own in `content/authorities`, and does not accredit itself.
    Error UnknownAuthority = "unknown-authority";
    /// A body that states what it is entitled to was entitled to accredit or to certify on the day on which it did.
    Error NotEntitled = "not-entitled";
    /// A body gives the number of a certificate once.
    Error SameCertificate = "same-certificate";
    /// What a level rests on was verified by the day on which it was given.
    Warning LateVerification = "late-verification";
    /// A domain, AS number or network is claimed by one team only, or each team that claims it declares it as shared.
    Warning ClaimedTwice = "claimed-twice";
    /// What a team declares as shared is among its own claims, and among another team's.
    Warning NotShared = "not-shared";
    /// Whoever looks up a claim finds it: it does not lie in a wider one of the same team, and more specific claims of other
    /// teams do not cover all of it.
    Warning ShadowedClaim = "shadowed-claim";
    /// A team that claims domains, AS numbers or networks has an address for contact.
    Warning ClaimWithoutContact = "claim-without-contact";
    /// A top-level domain is claimed by national teams only.
    Warning TopLevelDomain = "top-level-domain";
    /// An e-mail address is given by one team only.
    Warning SharedAddress = "shared-address";
    /// No two teams have the same name, be it the official one of one of the two.
    Warning SameName = "same-name";
    /// The UUID of an organisation in MISP stands in one entry only: two teams would be one to programs that know them by it.
    Error SameUuid = "same-uuid";
    /// An entry is finished: its name does not say `(unfinished)`, as a new one does.
    Warning UnfinishedEntry = "unfinished-entry";
    /// Domains, networks and AS numbers are real, not set aside for documentation or private use, but in sample content.
    Warning ReservedRange = "reserved-range";
    /// An entry of the private tree belongs to a team of the public one.
    Error PrivateWithoutTeam = "private-without-team";

    /// What the private tree says of a meeting is of one in `content/events`, and for those who may attend it.
    Error MeetingDetails = "meeting-details";

    // Waivers and the baseline
    /// A waiver is of a warning, and of none about waivers or the baseline: an error is mended.
    Error NotWaivable = "not-waivable";
    /// No waiver has ended.
    Warning WaiverEnded = "waiver-ended";
    /// A waiver ends within the time that the policy allows (twelve months by default); until then it does not hold.
    Warning WaiverTooLong = "waiver-too-long";
    /// A waiver waives something.
    Warning UnusedWaiver = "unused-waiver";
    /// What the baseline holds still occurs.
    Warning BaselineOutdated = "baseline-outdated";

    // The site
    /// Every page of the operator is shown in some language of the site.
    Warning UnusedPage = "unused-page";
    /// No level has the code or the name of another in TI's JSON; a candidate may have those of the level that it holds.
    Error SameClassification = "same-classification";
    /// The site has no more files than `max_files` in `site.yaml`, for hosts limit them.
    Warning TooManyFiles = "too-many-files";
    /// A `security_contact` in `site.yaml` stands where the site can have a `security.txt`.
    Warning UnusedSecurityContact = "unused-security-contact";
    /// Links inside the site lead somewhere, and no link that is written in Markdown is left out of its page.
    Warning DeadLink = "dead-link";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_unique_and_well_formed() {
        let ids: BTreeSet<_> = Rule::ALL.iter().map(|rule| rule.id()).collect();
        assert_eq!(ids.len(), Rule::ALL.len());
        assert!(ids.iter().all(|id| id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')));
    }

    #[test]
    fn every_rule_states_what_holds() {
        assert!(Rule::ALL.iter().all(|rule| rule.doc().ends_with('.')));
    }
}
