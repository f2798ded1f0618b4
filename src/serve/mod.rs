//! The preview: the site as the files are now, in a browser on this machine, loaded again after each save.
//!
//! A *generation* is the site as it was planned from the files once (`generation`). It borrows the directory that was read,
//! so it lives on a thread of its own, which renders what is asked for over a channel, and ends when a newer generation has
//! taken its place and the channel closes. While files have errors there is no newer one: the last good generation answers
//! on, and the errors are told beside it. Each change of what is shown has a number, by which a page that is open knows that
//! it is old.
//!
//! `watch` tells when files have changed, `tree` which; `http` hands out pages, each as a build writes it but for one script
//! element, `live`. Nothing here writes a file, reads a clock or knows how a site is made: that is the [`Project`]'s.

mod generation;
mod http;
mod live;
mod tree;
mod watch;

pub use http::Listener;

use crate::diagnostic::Finding;
use crate::site::Site;
use http::Live;
use live::Told;
use std::path::PathBuf;
use std::sync::Arc;
use watch::Watch;

/// What is previewed.
pub trait Project: Send + Sync + 'static {
    /// Makes the site anew and hands it to `show`, once, which returns when the site is no longer needed. `changed` are the
    /// files that are new, gone or different since the last time; at first there are none.
    ///
    /// # Errors
    /// Where there is no project to be read; `show` is not called then.
    fn make(&self, changed: &[PathBuf], show: &mut dyn FnMut(Made<'_>)) -> Result<(), String>;

    /// The text of the file that findings call `file`; `None` where no line of it is to be shown.
    fn source(&self, file: &str) -> Option<String>;

    /// Says something to the person at the terminal.
    fn say(&self, text: &str);
}

/// What became of the files.
pub struct Made<'a> {
    /// The pages of the site; `None` where errors stand against it.
    pub site: Option<&'a Site<'a>>,
    /// Makes the site with all its files, which is done when one of them is asked for.
    pub whole: &'a dyn Fn() -> Site<'a>,
    /// What was found, sorted; only errors are shown over the pages.
    pub findings: &'a [Finding],
    /// What is wrong that has no place in a file of the content: with the theme.
    pub failure: Option<String>,
    /// Called when the pages can be had.
    pub announce: &'a dyn Fn(),
}

/// Shows `project` to browsers until the program is told to stop. It is made of what lies in the folders `parts` and in
/// nothing else; with `poll` they are looked at time and again.
///
/// # Errors
/// Where there is no project to be read at the start, or no connection can be taken.
pub fn run(listener: Listener, project: &Arc<dyn Project>, parts: Vec<PathBuf>, poll: bool) -> Result<(), String> {
    let live = Arc::new(Live::new());
    // Watched from before they are read, so that no change is missed.
    let mut watch = Watch::new(parts, poll);
    for notice in watch.notices() {
        project.say(&notice);
    }
    generation::make(project, Vec::new(), &live)?;
    let (project, shown) = (Arc::clone(project), Arc::clone(&live));
    std::thread::spawn(move || {
        loop {
            let changed = watch.changes();
            for notice in watch.notices() {
                project.say(&notice);
            }
            if let Err(failure) = generation::make(&project, changed, &shown) {
                project.say(&failure);
                shown.publish(None, Told::failure(failure));
            }
        }
    });
    http::serve(listener, live)
}
