//! One generation of the site: made, shown, and asked for files until the next is there.

use super::http::Live;
use super::live::Told;
use super::{Made, Project};
use crate::site::{Site, SitePath};
use std::cell::OnceCell;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread;

/// The page for addresses that do not exist.
const NOT_FOUND: &str = "404.html";

/// A question to a generation. Whoever asks gets no reply where rendering stopped half-way.
pub(super) enum Ask {
    /// For what stands at a path; without one, for what is shown where there is nothing.
    File(Option<SitePath>, Box<dyn FnOnce(Answer) + Send>),
    /// Whether there is a file.
    Holds(SitePath, Box<dyn FnOnce(bool) + Send>),
}

/// What stands at a path.
pub(super) enum Answer {
    /// A file, with its bytes as a build writes them.
    File(Vec<u8>),
    /// A folder with an index.
    Folder,
    /// Nothing; the page that says so, where the site has one.
    Missing(Option<Vec<u8>>),
    /// What cannot be rendered, and why.
    Failed(String),
}

/// Makes a generation out of the files of `project`, and returns when it is shown. With errors in them, those are shown over
/// the last good one.
///
/// # Errors
/// Where there is no project to be read.
pub(super) fn make(project: &Arc<dyn Project>, changed: Vec<PathBuf>, live: &Arc<Live>) -> Result<(), String> {
    let (done, made) = mpsc::channel();
    let (project, live) = (Arc::clone(project), Arc::clone(live));
    thread::spawn(move || {
        let shown = done.clone();
        let result = project.make(&changed, &mut |made| show(&made, &*project, &live, &shown));
        // Whoever waited has gone on if it was shown.
        done.send(result).ok();
    });
    made.recv().unwrap_or_else(|_| Err("the pages could not be made: this is a mistake in Peerage, and is told above".to_owned()))
}

/// Shows what was made, and answers from it for as long as it is shown.
fn show(made: &Made<'_>, project: &dyn Project, live: &Live, shown: &Sender<Result<(), String>>) {
    let told = Told::new(made, project, |page| live.holds(page));
    let (ask, asks) = mpsc::channel();
    live.publish(made.site.map(|_| ask), told);
    (made.announce)();
    // Whoever waits for it may have gone.
    shown.send(Ok(())).ok();
    let Some(site) = made.site else { return };
    let whole = OnceCell::new();
    // Ends when nobody can ask any more.
    for ask in asks {
        match ask {
            Ask::File(path, reply) => {
                let is_elsewhere = path.as_ref().is_some_and(|path| !path.is_page() && !site.contains(path));
                let site = if is_elsewhere { whole.get_or_init(made.whole) } else { site };
                reply(find(site, path.as_ref()));
            }
            Ask::Holds(path, reply) => reply(site.contains(&path)),
        }
    }
}

fn find(site: &Site<'_>, path: Option<&SitePath>) -> Answer {
    if let Some(answer) = path.and_then(|path| render(site, path)) {
        return answer;
    }
    let index = path.and_then(|path| SitePath::new(format!("{path}/index.html")).ok());
    if index.is_some_and(|index| site.contains(&index)) {
        return Answer::Folder;
    }
    match SitePath::new(NOT_FOUND).ok().and_then(|page| render(site, &page)) {
        Some(Answer::File(page)) => Answer::Missing(Some(page)),
        _ => Answer::Missing(None),
    }
}

fn render(site: &Site<'_>, path: &SitePath) -> Option<Answer> {
    let mut bytes = Vec::new();
    Some(match site.render(path, &mut bytes)? {
        Ok(()) => Answer::File(bytes),
        Err(error) => Answer::Failed(format!("{path} cannot be rendered: {error}")),
    })
}
