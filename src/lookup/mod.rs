//! Who answers for an address, a network, a domain, an AS number or a country; whose address or key this is; and which team
//! is called so.
//!
//! One algorithm ([`answer`]) asks one kind of [`Source`]: the directory in memory ([`Index`]), or the files of a built site
//! ([`Folder`]). `docs/lookup.md` holds the rules and the files for whoever reads them in another language; the two must say
//! the same. What is alike but does not match is not found here: nothing is guessed. Neither is anything downloaded, and
//! no clock is read: what has ended since a site was built is for [`Answer::as_of`] to say.

mod answer;
mod card;
pub mod file;
mod folder;
mod host;
mod index;
mod name;
mod paste;
mod query;
mod reason;
mod refusal;
mod source;

pub use answer::{Answer, Cut, Match, MeaningView, answer, national};
pub use card::{Card, CardStatus, NextStatus};
pub use folder::{Folder, FolderError};
pub use index::Index;
pub use query::{Meaning, Query};
pub use reason::{Reason, ReasonKind};
pub use refusal::QueryError;
pub use source::{About, Below, Claimed, Family, Found, Named, NamedTeam, NetworkNode, Source};

/// How many teams are told of behind one key at most; how many there are is told beside.
pub const LIMIT: usize = 50;
