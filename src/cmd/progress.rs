//! One line on a terminal that says how far long work has come.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Shows nothing where standard error is no terminal, or the user asked for quiet.
#[derive(Debug)]
pub(super) struct Progress {
    shown: bool,
    /// The highest percentage shown so far, plus one; 0 where none was.
    percent: AtomicUsize,
}

impl Progress {
    pub(super) fn new(quiet: bool) -> Self {
        Self { shown: !quiet && io::stderr().is_terminal(), percent: AtomicUsize::new(0) }
    }

    /// Says what is done now.
    pub(super) fn stage(&self, what: &str) {
        self.show(&format!("{what} …"));
    }

    /// Says that `done` of `total` pages are rendered. May be called from several threads.
    pub(super) fn count(&self, done: usize, total: usize) {
        let percent = done * 100 / total.max(1) + 1;
        if self.shown && self.percent.fetch_max(percent, Ordering::Relaxed) < percent {
            self.show(&format!("Rendering … {} %", percent - 1));
        }
    }

    /// Clears the line.
    pub(super) fn done(&self) {
        self.show("");
    }

    fn show(&self, text: &str) {
        if self.shown {
            // A terminal that has gone away is no reason to stop the work.
            write!(io::stderr(), "\r\x1b[K{text}").ok();
        }
    }
}

/// Whatever comes next, be it an error, begins on a line of its own.
impl Drop for Progress {
    fn drop(&mut self) {
        self.done();
    }
}
