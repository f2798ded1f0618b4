//! `peerage check`.

use super::input::{Input, NO_LINKS, Planned, together};
use super::progress::Progress;
use super::report::say;
use super::{Failure, baseline};
use crate::cli;
use crate::diagnostic::Count;
use crate::load::source;
use crate::site;

/// Shows every finding that is not known already. The pages are rendered and thrown away, so that errors in templates and dead
/// links are found.
pub(super) fn run(args: &cli::Check) -> Result<u8, Failure> {
    let progress = Progress::new(args.project.quiet);
    let input = Input::read(&args.project, &progress)?;
    let Some(assessment) = input.assess() else {
        progress.done();
        let code = input.report(&input.findings(None, Vec::new(), NO_LINKS))?;
        if args.baseline.is_some() {
            say("The baseline was left aside: most rules are not looked at while content/site.yaml cannot be used.");
        }
        return Ok(code);
    };
    let mut theme = None;
    let Planned { site, mut found, checked } = input.plan(&assessment, &mut theme, &progress)?;
    progress.stage("Rendering");
    let dead = site::dead_links(&site, assessment.directory, &|file| source(&args.project.project, file));
    found.extend(dead.map_err(|(page, error)| format!("{page} cannot be rendered: {error}"))?);
    let findings = together(Some(&assessment), checked, found, &[]);
    progress.done();
    if let Some(path) = &args.baseline {
        return baseline::show(&input, args, path, &findings);
    }
    let code = input.report(&findings)?;
    if findings.is_empty() && !args.project.quiet {
        say(format_args!("{}: nothing to mend", Count(assessment.teams.len(), "team")));
    }
    Ok(code)
}
