//! How JSON comes to its file. What it says and how it is laid out, the modules know that write it.

use super::RenderError;
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;
use std::io::{self, BufWriter, Write};

/// How many bytes are handed on at once: JSON is written in many small pieces.
const BUFFER: usize = 64 * 1024;

/// Writes `value`, and a line break after it.
///
/// # Errors
/// Where `out` fails.
pub(super) fn write(value: &impl Serialize, layout: impl Formatter, out: &mut dyn Write) -> Result<(), RenderError> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    value.serialize(&mut Serializer::with_formatter(&mut out, layout)).map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(out.flush()?)
}
