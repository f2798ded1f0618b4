//! The file of known findings: read, and written where that is asked for.

use super::Failure;
use super::create::replace;
use super::input::Input;
use super::report::say;
use crate::cli::{self, Format};
use crate::diagnostic::{Baseline, Count, Finding, Held, order};
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path};
use std::sync::Arc;

/// The largest baseline that is read, in bytes: one of some 200,000 findings.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Shows what of the findings is not in the baseline, and says by which code to exit.
pub(super) fn show(input: &Input<'_>, args: &cli::Check, path: &Path, findings: &[Finding]) -> Result<u8, Failure> {
    let identified = input.identified(findings);
    let shown = path.display();
    if args.update_baseline {
        if read(path)?.is_some_and(|text| !Baseline::is_one(&text)) {
            return Err(format!("{shown} is another file, not a baseline: name one that is, or is not there yet").into());
        }
        let baseline = Baseline::of(&identified);
        replace(path, &baseline.to_text()?)?;
        if !args.project.quiet {
            say(format_args!("Wrote {shown} with {}", Count(baseline.len(), "known finding")));
        }
    }
    let Some(text) = read(path)? else {
        return Err(format!("there is no baseline at {shown}: --update-baseline makes one of all that is found now").into());
    };
    let baseline = Baseline::parse(&text).map_err(|why| {
        format!(
            "{shown}: {why}; take it back from the last commit, or make it anew with --update-baseline and look at the difference"
        )
    })?;
    let Held { fresh: mut shown_now, known, gone } = baseline.hold(identified, &name(path, &args.project.project), &text);
    shown_now.extend(input.identified(gone.as_slice()));
    shown_now.sort_by(|a, b| order(a.finding, b.finding));
    let code = input.show(&shown_now)?;
    if args.project.format == Format::Human && !args.project.quiet {
        say(format_args!("{} in {shown}, and {} besides", Count(known, "known finding"), Count(shown_now.len(), "finding")));
    }
    Ok(code)
}

/// The text of the baseline; `None` where there is no such file.
fn read(path: &Path) -> Result<Option<String>, Failure> {
    let fail = |why: &str| Err(format!("the baseline {} cannot be read: {why}", path.display()).into());
    match path.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => fail(&error.to_string()),
        // It comes with a pull request: a link in its place would lead to any file.
        Ok(meta) if !meta.is_file() => fail("it is not a regular file; links are not followed"),
        Ok(meta) if meta.len() > MAX_BYTES => fail("it is larger than 64 MiB"),
        Ok(_) => match fs::read_to_string(path) {
            Ok(text) => Ok(Some(text)),
            Err(error) => fail(&error.to_string()),
        },
    }
}

/// The path of the baseline as findings show it: from the project's folder where it lies there, else as it was typed.
fn name(path: &Path, project: &Path) -> Arc<str> {
    let inside = path.canonicalize().ok().zip(project.canonicalize().ok());
    let inside = inside.as_ref().and_then(|(path, project)| path.strip_prefix(project).ok());
    let parts = inside.unwrap_or(path).components().map(|part| match part {
        Component::RootDir => std::borrow::Cow::Borrowed(""),
        part => part.as_os_str().to_string_lossy(),
    });
    parts.collect::<Vec<_>>().join("/").into()
}
