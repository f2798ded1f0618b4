//! The files of lookup: `docs/lookup.md` describes them. What is in them is for `lookup` to say, and where they stand for
//! the plan.

use super::RenderError;
use crate::lookup::{Index, Meaning, Query, answer, file};
use serde::Serialize;
use std::io::{self, Write};

/// The longest name of a domain that a file can have: with its ending it has no more than 255 characters.
const LONGEST_NAME: usize = 250;

/// What the answers of one kind are about: the prefix of its keys, its folder, and how what is behind the prefix is read.
pub(super) struct Kind {
    /// The prefix.
    pub(super) prefix: &'static str,
    folder: &'static str,
    meaning: fn(&str) -> Option<Meaning>,
}

/// What has a file for each answer.
pub(super) const KINDS: [Kind; 3] = [
    Kind { prefix: "asn:", folder: "asn", meaning: |text| text.parse().ok().map(Meaning::Asn) },
    Kind { prefix: "domain:", folder: "domain", meaning: |text| Some(Meaning::Domain(text.to_owned())) },
    Kind { prefix: "country:", folder: "country", meaning: |text| text.parse().ok().map(Meaning::Country) },
];

impl Kind {
    /// Where the answer on what stands behind the prefix is written, and the query; `None` for what cannot be a file.
    pub(super) fn file(&self, claimed: &str) -> Option<(String, Query)> {
        let meaning = (self.meaning)(claimed).filter(|_| claimed.len() <= LONGEST_NAME)?;
        Some((format!("lookup/{}/{}.json", self.folder, claimed.to_ascii_lowercase()), Query::of(meaning)))
    }
}

/// Writes data as a script of this name.
///
/// # Errors
/// Where `out` fails.
pub(super) fn script(name: &str, data: &impl Serialize, out: &mut dyn Write) -> Result<(), RenderError> {
    let script = file::script(name, data).map_err(io::Error::from)?;
    Ok(out.write_all(script.as_bytes())?)
}

/// Writes data as JSON.
///
/// # Errors
/// Where `out` fails.
pub(super) fn json(data: &impl Serialize, mut out: &mut dyn Write) -> Result<(), RenderError> {
    serde_json::to_writer(&mut out, data).map_err(io::Error::from)?;
    Ok(out.write_all(b"\n")?)
}

/// Writes the answer to a query.
///
/// # Errors
/// Where `out` fails.
pub(super) fn write_answer(query: &Query, index: &Index<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    let Ok(answer) = answer(query, index);
    json(&answer, out)
}
