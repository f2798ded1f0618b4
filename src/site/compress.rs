//! Files in smaller forms, beside the files themselves, for hosts that send what lies ready. The only module that names
//! the compressors.
//!
//! Each is made by its own recipe, which renders the file once more: nothing is kept, and the writer owns, renames and
//! deletes it like every other file. What is small gains nothing, and pictures are small already.

use super::recipe::Recipe;
use super::{RenderError, SitePath};
use crate::config::Compression;
use flate2::GzBuilder;
use std::io::{self, ErrorKind, Write};

/// From how many bytes on a file is worth it: what is smaller travels in one packet anyway.
const SMALLEST: usize = 1024;

/// gzip's best: 100 µs for a page.
const GZIP_LEVEL: u32 = 9;

/// Brotli's level: 170 µs for a page, and a tenth smaller than gzip. Level 11 takes seventy times as long for another tenth.
const BROTLI_LEVEL: u32 = 5;

/// Brotli's window, as the logarithm of its size, and its buffer in bytes.
const BROTLI_WINDOW: u32 = 22;
const BROTLI_BUFFER: usize = 4096;

/// How names of files with text end.
const TEXTS: &[&str] =
    &["asc", "atom", "css", "csv", "html", "ics", "js", "json", "md", "mjs", "pem", "svg", "txt", "vcf", "webmanifest", "xml"];

/// The one file with text whose name has no ending.
const INDEX_OF_ORGANISATIONS: &str = "organisations/index";

/// What the names of files in these forms end with.
const GZIP: &str = ".gz";
const BROTLI: &str = ".br";

/// Where the file lies in this form.
pub(super) fn path(path: &SitePath, form: Compression) -> String {
    match form {
        Compression::Gzip => format!("{path}{GZIP}"),
        Compression::Brotli => format!("{path}{BROTLI}"),
    }
}

/// The path of the file that lies at `path` in a smaller form; `path` itself, if it does not.
pub fn uncompressed(path: &str) -> &str {
    [GZIP, BROTLI].iter().find_map(|form| path.strip_suffix(form)).unwrap_or(path)
}

/// Whether a file is a text, by its name.
pub(super) fn is_text(path: &SitePath) -> bool {
    let ending = path.as_str().rsplit('/').next().and_then(|file| file.rsplit_once('.')).map(|(_, ending)| ending);
    ending.is_some_and(|ending| TEXTS.contains(&ending)) || path.as_str() == INDEX_OF_ORGANISATIONS
}

/// Whether what `recipe` makes is large enough. What cannot be rendered is not: the writer will say why.
pub(super) fn is_worth_it(recipe: &Recipe<'_>) -> bool {
    let mut measure = Measure { left: SMALLEST };
    let _ = recipe(&mut measure);
    measure.left == 0
}

/// Makes the form of what `recipe` makes. The same bytes become the same bytes: no time and no name stands in them.
///
/// # Errors
/// Where the file cannot be rendered, or `out` fails.
pub(super) fn write(form: Compression, recipe: &Recipe<'_>, out: &mut dyn Write) -> Result<(), RenderError> {
    match form {
        Compression::Gzip => {
            let mut encoder = GzBuilder::new().write(out, flate2::Compression::new(GZIP_LEVEL));
            recipe(&mut encoder)?;
            encoder.finish()?;
        }
        Compression::Brotli => {
            let mut encoder = brotli::CompressorWriter::new(out, BROTLI_BUFFER, BROTLI_LEVEL, BROTLI_WINDOW);
            recipe(&mut encoder)?;
            encoder.into_inner();
        }
    }
    Ok(())
}

/// Counts bytes until they are enough.
struct Measure {
    left: usize,
}

impl Write for Measure {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.left = self.left.saturating_sub(bytes.len());
        // Nothing more has to be rendered.
        if self.left == 0 { Err(ErrorKind::WriteZero.into()) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
