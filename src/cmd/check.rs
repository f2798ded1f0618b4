//! `peerage check`.

use super::Failure;
use super::input::Input;
use super::progress::Progress;
use crate::cli;
use crate::diagnostic::{Count, Finding, Place, Rule};
use crate::load::Directory;
use crate::model::Url;
use crate::site::{self, DeadLink, dead_links};

/// Shows every finding. The pages are rendered and thrown away, so that errors in templates and dead links are found.
pub(super) fn run(args: &cli::Check) -> Result<u8, Failure> {
    let progress = Progress::new(args.project.quiet);
    let input = Input::read(&args.project, &progress)?;
    let Some(assessment) = input.assess() else {
        progress.done();
        return input.report(&input.findings(None, Vec::new()));
    };
    let directory = assessment.directory;
    let theme = input.theme(&assessment)?;
    let (site, mut found) = site::plan(&assessment, &theme, &args.project.project);
    progress.stage("Rendering");
    let base_url = directory.config.base_url.as_ref().map(Url::href);
    let dead = dead_links(&site, base_url).map_err(|(page, error)| format!("{page} cannot be rendered: {error}"))?;
    found.extend(dead.iter().map(|dead| finding(dead, directory)));
    let findings = input.findings(Some(&assessment), found);
    progress.done();
    let code = input.report(&findings)?;
    if findings.is_empty() && !args.project.quiet {
        eprintln!("{}: nothing to mend", Count(assessment.teams.len(), "team"));
    }
    Ok(code)
}

/// A dead link as a finding in the file from which its page is made, as far as that can be told.
fn finding(dead: &DeadLink, directory: &Directory) -> Finding {
    let page = dead.page.as_str();
    let id = page.strip_suffix(".html").unwrap_or(page);
    let team = id.strip_prefix("teams/").and_then(|id| directory.teams.iter().find(|team| team.id.as_str() == id));
    let own = directory.pages.iter().find(|own| own.id.as_str() == id);
    let file = team.map(|team| &team.file).or(own.map(|own| &own.file));
    let place = file.map_or_else(|| Place::file(page), |file| Place::file(std::sync::Arc::clone(file)));
    let message = format!("the link `{}` leads to no file of the site", dead.link);
    let help =
        format!("on {page}: write the path of a page from there, such as ../teams/cert-alpha.html, or a whole https:// link");
    Finding::new(Rule::DeadLink, place, message, help)
}
