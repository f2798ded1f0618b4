//! Findings, shown.

use super::repository::below;
use super::{ERRORS, FINE, Failure};
use crate::cli::Format;
use crate::diagnostic::{
    Count, Finding, Human, Identified, Place, Sources, identify, to_github, to_gitlab, to_json, to_rdjson, to_sarif, to_short,
};
use std::fmt::Display;
use std::fs::OpenOptions;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

/// The findings, whose files lie below `roots`, with their fingerprints.
pub(super) fn identified<'f>(findings: &'f [Finding], roots: &[&Path]) -> Vec<Identified<'f>> {
    identify(findings, &mut sources(roots))
}

/// Shows the findings, whose files lie below `roots`, and says by which code to exit.
///
/// For people they go to standard error, so that standard output stays free; for programs to standard output. Forges look for
/// files from the root of the repository, so what they are told begins there.
pub(super) fn show(identified: &[Identified<'_>], format: Format, roots: &[&Path]) -> Result<u8, Failure> {
    let is_for_forges = matches!(format, Format::Github | Format::Gitlab | Format::Sarif);
    let below = roots.first().filter(|_| is_for_forges).map(|project| below(project)).unwrap_or_default();
    if below.is_empty() {
        return show_as_named(identified, format, roots);
    }
    let moved: Vec<Finding> = identified.iter().map(|known| moved(known.finding, &below, roots)).collect();
    let named = |(finding, known): (_, &Identified<'_>)| Identified { finding, fingerprint: known.fingerprint.clone() };
    show_as_named(&moved.iter().zip(identified).map(named).collect::<Vec<_>>(), format, roots)
}

/// The finding with its files, which lie in the first of `roots`, named from where that lies `below`. Those of the private tree
/// lie in no repository of the project, and keep their names.
fn moved(finding: &Finding, below: &str, roots: &[&Path]) -> Finding {
    let hidden: Vec<_> = roots.iter().skip(1).filter_map(|root| root.file_name()).collect();
    let named = |place: &mut Place| {
        if !Path::new(&*place.file).iter().next().is_some_and(|first| hidden.contains(&first)) {
            place.file = format!("{below}{}", place.file).into();
        }
    };
    let mut finding = finding.clone();
    named(&mut finding.place);
    finding.also.iter_mut().for_each(|(place, _)| named(place));
    finding
}

fn show_as_named(identified: &[Identified<'_>], format: Format, roots: &[&Path]) -> Result<u8, Failure> {
    let findings: Vec<&Finding> = identified.iter().map(|known| known.finding).collect();
    match format {
        Format::Human => unless_closed(human(&findings, roots))?,
        Format::Short => print(&to_short(findings.iter().copied()))?,
        Format::Json => print(&to_json(identified)?)?,
        Format::Github => print(&github(&findings))?,
        Format::Gitlab => print(&to_gitlab(identified)?)?,
        Format::Sarif => print(&to_sarif(identified)?)?,
        Format::Rdjson => print(&to_rdjson(findings.iter().copied(), &mut sources(roots))?)?,
    }
    let errors = findings.iter().any(|finding| finding.is_error());
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

/// The text of a file, as far as lines of it may be shown.
pub(super) fn source(roots: &[&Path], file: &str) -> Option<String> {
    roots.iter().find_map(|root| crate::load::source(root, file))
}

fn sources<'a>(roots: &'a [&Path]) -> Sources<'a> {
    Sources::new(|file| source(roots, file))
}

fn human(findings: &[&Finding], roots: &[&Path]) -> io::Result<()> {
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let mut shown = Human::new(colour, |file| source(roots, file));
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

/// Workflow commands. What GitHub would not show goes to the summary of the step, and into the log what has no room there.
fn github(findings: &[&Finding]) -> String {
    let github = to_github(findings.iter().copied());
    if github.beyond.is_empty() {
        return github.commands;
    }
    let mut held = 0;
    if let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) {
        let path = Path::new(&path);
        let used = path.metadata().map_or(0, |meta| usize::try_from(meta.len()).unwrap_or(usize::MAX));
        let summary = github.summary(used);
        let written = OpenOptions::new().create(true).append(true).open(path);
        match written.and_then(|mut file| file.write_all(summary.text.as_bytes())) {
            Ok(()) => held = summary.held,
            Err(error) => say(format_args!("peerage: the summary {} could not be written: {error}", path.display())),
        }
    }
    let told = if held > 0 { format!("{} in the summary of this step\n", Count(held, "more finding")) } else { String::new() };
    github.commands.clone() + &told + &github.log(held)
}
