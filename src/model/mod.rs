//! The domain, valid by construction: a value of these types has been checked when it was made.
//!
//! Each small type has a file of its own and is made from text (`FromStr`), with a [`Problem`](crate::diagnostic::Problem)
//! that says what was expected. Knows neither files nor YAML, and no clock: what holds today is for `assess` to say.

mod authority;
mod checked;
mod confidential;
mod contact;
mod country;
mod date;
mod domain;
mod fingerprint;
mod history;
mod id;
mod key;
pub(crate) mod keyword;
mod level;
mod links;
mod maturity;
mod network;
mod team;
mod text;

pub use authority::Authority;
pub use confidential::PrivateEntry;
pub use contact::{Contact, Email, EmailAddress, EmailUsage, Misp, Phone, PhoneNumber, PhoneUsage, Timezone, Uuid};
pub use country::Country;
pub use date::{Date, months_after, years_after};
pub use domain::Domain;
pub use fingerprint::Fingerprint;
pub use history::{Entry, Event, Until};
pub use id::{AuthorityId, PageId, Slug, TeamId};
pub use key::{KeyAlgorithm, KeyKind, Weakness, bits};
pub(crate) use keyword::keywords;
pub use level::{Level, State};
pub use links::Url;
pub use maturity::{AssessmentKind, MaturityAssessment, Parameter, Score, Sim3, Visibility};
pub use network::{Asn, Network};
pub use team::{Agreement, AgreementKind, Constituency, ContactKey, Membership, Team};
pub use text::{Line, Name, Text, sort_key};
