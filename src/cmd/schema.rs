//! `peerage schema`.

use super::report::print;
use super::{FINE, Failure};
use crate::cli::{self, SchemaOf};
use crate::load::schema::{authority, entry, private_entry, private_meeting, profile, site};

/// Prints a schema. Nothing is read.
pub(super) fn run(args: &cli::Schema) -> Result<u8, Failure> {
    print(&text(args.of)?)?;
    Ok(FINE)
}

/// A schema as it stands in a file.
///
/// # Errors
/// Where it is no JSON, which it always is.
pub(super) fn text(of: SchemaOf) -> Result<String, Failure> {
    let schema = match of {
        SchemaOf::Entry => entry(),
        SchemaOf::Site => site(),
        SchemaOf::Profile => profile(),
        SchemaOf::Authority => authority(),
        SchemaOf::PrivateEntry => private_entry(),
        SchemaOf::PrivateMeeting => private_meeting(),
    };
    Ok(serde_json::to_string_pretty(&schema)? + "\n")
}
