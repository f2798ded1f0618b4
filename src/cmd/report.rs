//! Findings, shown.

use super::{ERRORS, FINE, Failure};
use crate::cli::Format;
use crate::diagnostic::{Count, Finding, Human, to_json};
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

/// Shows the findings, whose files lie below `roots`, and says by which code to exit.
///
/// For people they go to standard error, so that standard output stays free; for programs to standard output.
pub(super) fn report(findings: &[Finding], format: Format, roots: &[&Path]) -> Result<u8, Failure> {
    let shown = match format {
        Format::Json => io::stdout().lock().write_all(to_json(findings)?.as_bytes()),
        Format::Human => human(findings, roots),
    };
    unless_closed(shown)?;
    let errors = findings.iter().any(Finding::is_error);
    Ok(if errors { ERRORS } else { FINE })
}

/// Prints a result, for people or for programs, on standard output.
pub(super) fn print(text: &str) -> io::Result<()> {
    unless_closed(io::stdout().lock().write_all(text.as_bytes()))
}

/// Who stops reading has seen enough: the code is the same.
fn unless_closed(written: io::Result<()>) -> io::Result<()> {
    written.or_else(|error| if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })
}

/// Says something to the person at the terminal. That nobody can read it is no reason to stop.
pub(super) fn say(text: impl Display) {
    writeln!(io::stderr().lock(), "{text}").ok();
}

fn human(findings: &[Finding], roots: &[&Path]) -> io::Result<()> {
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let read = |file: &str| roots.iter().find_map(|root| crate::load::source(root, file));
    let mut shown = Human::new(colour, read);
    let mut out = io::BufWriter::new(io::stderr().lock());
    for finding in findings {
        writeln!(out, "{}\n", shown.show(finding))?;
    }
    if !findings.is_empty() {
        let errors = findings.iter().filter(|finding| finding.is_error()).count();
        writeln!(out, "{} and {}", Count(errors, "error"), Count(findings.len() - errors, "warning"))?;
    }
    out.flush()
}
