//! `peerage serve`.

use super::create::next_command;
use super::input::{Input, NO_LINKS, folders, roots, together};
use super::report::{identified, say, show, source};
use super::today::today;
use super::{FINE, Failure};
use crate::assess::Assessment;
use crate::cli::{self, Format};
use crate::diagnostic::{Count, Finding, path_below};
use crate::load::Kept;
use crate::serve::{self, Listener, Made};
use crate::site::{self, Site, Theme};
use std::path::{Path, PathBuf, absolute};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Shows the site to browsers on this machine until it is told to stop.
pub(super) fn run(args: &cli::Serve) -> Result<u8, Failure> {
    let listener = Listener::bind(args.port)?;
    let root = absolute(&args.project.project)?;
    let parts = folders(&args.project).iter().map(absolute).collect::<Result<Vec<_>, _>>()?;
    let address = listener.address();
    let preview = Preview { args: args.project.clone(), root, address, kept: Mutex::default(), theme: Mutex::default() };
    let project: Arc<dyn serve::Project> = Arc::new(preview);
    serve::run(listener, &project, parts, args.poll)?;
    Ok(FINE)
}

/// The project, and what need not be read again.
struct Preview {
    args: cli::Project,
    /// Its folder as the paths of changed files begin.
    root: PathBuf,
    /// Where the pages can be had.
    address: String,
    kept: Mutex<Kept>,
    theme: Mutex<Option<Arc<Theme>>>,
}

impl serve::Project for Preview {
    fn make(&self, changed: &[PathBuf], show: &mut dyn FnMut(Made<'_>)) -> Result<(), String> {
        let begin = Instant::now();
        let changed: Vec<String> = changed.iter().map(|path| path_below(path, &self.root)).collect();
        self.forget(&changed);
        let input = self.read().map_err(|failure| failure.to_string())?;
        let announce = |findings: &[Finding], done: Result<usize, Option<&str>>| {
            self.announce(&changed, findings, done, begin.elapsed());
        };
        let Some(assessment) = input.assess() else {
            let findings = input.findings(None, Vec::new(), NO_LINKS);
            let announce = || announce(&findings, Err(None));
            show(Made { site: None, whole: &Site::default, findings: &findings, failure: None, announce: &announce });
            return Ok(());
        };
        let theme = match self.theme(&assessment) {
            Ok(theme) => theme,
            Err(failure) => {
                let findings = input.findings(Some(&assessment), Vec::new(), NO_LINKS);
                let announce = || announce(&findings, Err(Some(&failure)));
                let failure = Some(failure.clone());
                show(Made { site: None, whole: &Site::default, findings: &findings, failure, announce: &announce });
                return Ok(());
            }
        };
        let ((site, found), checked) =
            rayon::join(|| site::plan_pages(&assessment, &theme, &self.args.project), || input.checked(Some(&assessment)));
        let findings = together(Some(&assessment), checked, found, NO_LINKS);
        let errors = findings.iter().any(Finding::is_error);
        let done = if errors { Err(None) } else { Ok(assessment.teams.len()) };
        let announce = || announce(&findings, done);
        let whole = || site::plan(&assessment, &theme, &self.args.project).0;
        let site = (!errors).then_some(&site);
        show(Made { site, whole: &whole, findings: &findings, failure: None, announce: &announce });
        Ok(())
    }

    fn source(&self, file: &str) -> Option<String> {
        source(&roots(&self.args), file)
    }

    fn say(&self, text: &str) {
        say(text);
    }
}

impl Preview {
    /// Lets go of what was kept of files that have changed.
    fn forget(&self, changed: &[String]) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        for file in changed {
            kept.forget(file);
        }
        if changed.iter().any(|file| Path::new(file).starts_with("themes")) {
            *self.theme.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }

    /// The project, read but for what is kept.
    fn read(&self) -> Result<Input<'_>, Failure> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        Input::read_again(&self.args, today(self.args.today)?, &mut kept)
    }

    /// The theme, loaded anew where its files or what its templates know of the site has changed.
    fn theme(&self, assessment: &Assessment<'_>) -> Result<Arc<Theme>, String> {
        let mut last = self.theme.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(theme) = last.as_ref().filter(|theme| site::fits(theme, assessment)) {
            return Ok(Arc::clone(theme));
        }
        let theme = site::theme(&self.args.project, assessment).map_err(|error| error.to_string())?;
        Ok(Arc::clone(last.insert(Arc::new(theme))))
    }

    /// Says what became of a save: the number of teams, or what stands against them.
    fn announce(&self, changed: &[String], findings: &[Finding], done: Result<usize, Option<&str>>, time: Duration) {
        // Warnings are the operator's list, which `check` shows.
        let is_human = self.args.format == Format::Human;
        let told: Vec<Finding> = findings.iter().filter(|finding| finding.is_error() || !is_human).cloned().collect();
        let is_told = !told.is_empty() || !is_human;
        let roots = roots(&self.args);
        if is_told && let Err(error) = show(&identified(&told, &roots), self.args.format, &roots) {
            say(format_args!("the findings cannot be shown: {error}"));
        }
        if let Err(Some(failure)) = done {
            say(failure);
        }
        if self.args.quiet {
            return;
        }
        if changed.is_empty() {
            say(format_args!("Preview: {} (Ctrl-C ends it)", self.address));
        }
        let what = if changed.is_empty() { "ready".to_owned() } else { named(changed) };
        let time = time.as_millis();
        match done {
            Ok(teams) => {
                let warnings = match findings.len() {
                    0 => String::new(),
                    count => format!("; {}: `{}` shows them", Count(count, "warning"), next_command("check", &self.args.project)),
                };
                say(format_args!("{what}: {}, in {time} ms{warnings}", Count(teams, "team")));
            }
            Err(_) => say(format_args!("{what}: nothing new is shown before this is mended ({time} ms)")),
        }
    }
}

/// The first few of the files that have changed.
fn named(changed: &[String]) -> String {
    const NAMED: usize = 3;
    let named = changed.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match changed.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {}", Count(more, "other")),
    }
}
