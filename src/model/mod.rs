//! The domain, valid by construction: a value of these types has been checked when it was made.
//!
//! Each small type has a file of its own and is made from text (`FromStr`), with a [`Problem`](crate::diagnostic::Problem)
//! that says what was expected. Knows neither files nor YAML, and no clock: what holds today is for `assess` to say.

mod authority;
mod checked;
mod claim;
mod confidential;
mod contact;
mod country;
mod date;
mod domain;
mod edition;
mod editor;
mod fingerprint;
mod history;
mod hours;
mod id;
mod key;
pub(crate) mod keyword;
mod ledger;
mod level;
mod links;
mod maturity;
mod meeting;
mod network;
mod profile;
mod response;
pub(crate) mod schema;
mod sealed;
mod sim3;
mod spread;
mod tally;
mod team;
mod text;
mod waiver;

pub use authority::{Accreditation, Authority, Entitlement, EntitlementKind, Period};
pub use claim::Claim;
pub use confidential::{AlertContact, AlertUsage, Channel, Confidential, PrivateEntry, PrivateMeeting, Restricted};
pub use contact::{Contact, Email, EmailAddress, EmailUsage, Misp, Phone, PhoneNumber, PhoneUsage, Timezone, Uuid, mailbox};
pub use country::Country;
pub use date::{Date, months_after, years_after};
pub use domain::Domain;
pub use edition::{Cohort, CohortFigures, Edition, SeriesFigures, WITHHELD, Withheld};
pub use editor::Editor;
pub use fingerprint::Fingerprint;
pub use history::{Entry, Event, Until, Verification, VerificationKind};
pub use hours::Hours;
pub use id::{AuthorityId, GivenIds, MeetingId, PageId, ProfileId, Slug, TeamId, fold_to_id, meant_id};
pub use key::{KeyAlgorithm, KeyKind, Weakness, bits};
pub(crate) use keyword::keywords;
pub use ledger::{Contributor, Ledger, ProfileLedger, SeriesLedger};
pub use level::{Level, State};
pub use links::Url;
pub use maturity::{AssessmentKind, MaturityAssessment, Score, Series, Visibility};
pub use meeting::{Attendance, Meeting, MeetingDetails};
pub use network::{Asn, Network};
pub use profile::{Gap, Profile};
pub use response::{Answered, ResponseTest, TestChannel, TestHours, results_until, rounds, sheets, ways};
pub use sealed::{SealedFor, SealedIndex, SealedKey, SealedMessage};
pub use sim3::{Category, Named, Parameter, ScoredModel, Sim3};
pub use spread::Spread;
pub use tally::{Quartiles, Tally, Tenths, divide, quartiles_of, share_of};
pub use team::{Agreement, AgreementKind, Constituency, ContactKey, Membership, Part, Team};
pub use text::{Line, Name, Text, joined, name_key, sort_key, words};
pub use waiver::Waiver;
