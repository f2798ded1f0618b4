//! `peerage check`.

use super::Failure;
use super::input::Input;
use super::progress::Progress;
use super::report::say;
use crate::cli;
use crate::diagnostic::Count;
use crate::site;

/// Shows every finding. The pages are rendered and thrown away, so that errors in templates and dead links are found.
pub(super) fn run(args: &cli::Check) -> Result<u8, Failure> {
    let progress = Progress::new(args.project.quiet);
    let input = Input::read(&args.project, &progress)?;
    let Some(assessment) = input.assess() else {
        progress.done();
        return input.report(&input.findings(None, Vec::new()));
    };
    let theme = input.theme(&assessment)?;
    let (site, mut found) = site::plan(&assessment, &theme, &args.project.project);
    progress.stage("Rendering");
    let dead = site::dead_links(&site, assessment.directory);
    found.extend(dead.map_err(|(page, error)| format!("{page} cannot be rendered: {error}"))?);
    let findings = input.findings(Some(&assessment), found);
    progress.done();
    let code = input.report(&findings)?;
    if findings.is_empty() && !args.project.quiet {
        say(format_args!("{}: nothing to mend", Count(assessment.teams.len(), "team")));
    }
    Ok(code)
}
