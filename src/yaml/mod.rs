//! The YAML crates, and what we make of them: a tree in which every value knows its place, and readers that report
//! every mistake of a file instead of the first.
//!
//! The tree is small on purpose. Anchors, aliases, tags, merge keys, keys that are not text, and a second document are
//! refused, for they let one file say what another place means. A plain scalar has no type of its own: whoever reads it
//! says what it ought to be, so `NO` is a country and `09:00` a text.
//!
//! Writing goes through `serde_yaml`, which is also the judge of our reader in the tests.

mod parse;
mod read;
mod record;

pub use parse::{Key, Kind, MAX_DEPTH, Node, parse};
pub use read::{Fields, Read, Reader, Tried, first_line};
pub(crate) use record::record;

/// `value` as YAML text.
///
/// # Errors
/// Where a value has no form in YAML, which plain structures of texts, numbers and lists give no cause for.
pub fn to_text(value: &impl serde::Serialize) -> Result<String, String> {
    serde_yaml::to_string(value).map_err(|error| error.to_string())
}
