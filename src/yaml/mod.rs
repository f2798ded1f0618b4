//! The YAML crates, and what we make of them: a tree in which every value knows its place, and readers that report
//! every mistake of a file instead of the first.
//!
//! The tree is small on purpose. Anchors, aliases, tags, merge keys, keys that are not text, and a second document are
//! refused, for they let one file say what another place means. A plain scalar has no type of its own: whoever reads it
//! says what it ought to be, so `NO` is a country and `09:00` a text.
//!
//! Writing asks `serde_yaml` what may stand without quotes; it is also the judge of our reader in the tests.

mod format;
mod hint;
mod parse;
mod read;
mod record;
mod schema;

pub use format::{Canon, Scalar, Style, format, to_text};
pub use parse::{Key, Kind, MAX_DEPTH, Node, parse};
pub use read::{AtMost, FEW, Fields, MANY, Read, Reader, Tried, first_line};
pub(crate) use record::record;
pub(crate) use schema::RecordSchema;
pub use schema::schema_of;
