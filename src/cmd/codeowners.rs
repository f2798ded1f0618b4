//! `peerage codeowners`.

use super::report::{identified, print, show};
use super::repository::below;
use super::{FINE, Failure};
use crate::cli::{self, Format};
use crate::diagnostic::{Finding, sort};
use crate::load::{Directory, load};
use crate::model::Editor;
use std::fmt::Write;

/// Prints CODEOWNERS. Of entries that cannot be read nothing would be true, so their mistakes are shown instead.
pub(super) fn run(args: &cli::Codeowners) -> Result<u8, Failure> {
    let below = below(&args.project);
    speakable(&below)?;
    let (directory, mut findings) = load(&args.project)?;
    findings.retain(Finding::is_error);
    if let Some(directory) = directory.filter(|_| findings.is_empty()) {
        print(&text(&directory, &below))?;
        return Ok(FINE);
    }
    sort(&mut findings);
    let roots = [args.project.as_path()];
    show(&identified(&findings, &roots), Format::Human, &roots)
}

/// Fails where forges would read the path of a project, as in `below`, as something else than it is.
pub(super) fn speakable(below: &str) -> Result<(), Failure> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    if below.chars().all(plain) && !below.starts_with('-') {
        return Ok(());
    }
    let help =
        "give its folders names of letters, digits and . _ - alone, for other names mean something else in files of forges";
    Err(format!("the project lies in {below:?} below the root of its repository; {help}").into())
}

/// The owners of each entry and its key files, with those of the site; before them, for the last line that fits counts, those of
/// all else. GitHub and GitLab read it alike.
pub(super) fn text(directory: &Directory, below: &str) -> String {
    let mut text = "# Who is asked to review a change. Made by `peerage codeowners` of the lists `editors` in content/site.yaml and in the\n\
                    # entries: change it there, and write this file anew.\n"
        .to_owned();
    let all = if below.is_empty() { "*".to_owned() } else { format!("/{below}") };
    let own = directory.teams.iter().map(|team| (format!("/{below}content/teams/{}.*", team.id), &team.editors));
    let always = &directory.config.editors;
    for (pattern, editors) in std::iter::once((all, always)).chain(own) {
        if !editors.is_empty() {
            // The last line that fits is the only one: who is asked for all is asked for each entry too.
            let more = always.iter().filter(|editor| editors.iter().all(|named| named.account() != editor.account()));
            let names: Vec<&str> = editors.iter().chain(more).map(Editor::as_str).collect();
            // To write into a text does not fail.
            writeln!(text, "{pattern} {}", names.join(" ")).ok();
        }
    }
    text
}
