//! What an earlier build may have left: finished where its journal stands, thrown away where it does not.

use super::record::{self, Standing};
use super::workspace::Workspace;
use super::{Commit, OutputError, journal};
use crate::site::{MANIFEST, SIGNATURES, SUMS, SitePath};
use std::collections::BTreeSet;

/// A target that no other build writes to.
#[derive(Debug)]
pub struct Locked {
    work: Workspace,
}

/// A locked target that is whole: some build wrote all of it, or none did.
#[derive(Debug)]
pub struct Recovered {
    pub(super) work: Workspace,
    /// The files in it that are ours, without the two that say so.
    pub(super) owned: BTreeSet<SitePath>,
    /// Whether it has a manifest of ours.
    pub(super) ours: bool,
    pub(super) resumed: bool,
}

impl Locked {
    pub(super) fn new(work: Workspace) -> Self {
        Self { work }
    }

    /// Rolls an interrupted build forward where its journal stands, and removes what is left of it.
    ///
    /// # Errors
    /// Where that build cannot be finished, and, as [`super::Target::check`], where the target is not ours.
    pub fn recover(self) -> Result<Recovered, OutputError> {
        let mut work = self.work;
        let text = work.read_journal()?;
        let resumed = text.is_some();
        if let Some(text) = text {
            let Some(journal) = journal::parse(&text) else { return Err(OutputError::Journal(work.journal())) };
            if journal.ours && matches!(record::standing(work.target()), Err(OutputError::NotOurs(_))) {
                let (target, leftovers) = (work.target().to_path_buf(), work.place().to_path_buf());
                return Err(OutputError::Exchanged { target, leftovers });
            }
            let mut commit = Commit::resume(work, journal.ops);
            while commit.step()? {}
            work = commit.into_work();
        }
        work.settle()?;
        let (ours, owned) = match record::standing(work.target())? {
            Standing::Fresh => (false, BTreeSet::new()),
            Standing::Ours(sums) => (true, record::owned(work.target(), sums.as_deref())?),
        };
        Ok(Recovered { work, owned, ours, resumed })
    }
}

impl Recovered {
    /// Whether the file at `path`, if there is one, is ours.
    pub(super) fn owns(&self, path: &SitePath) -> bool {
        self.owned.contains(path) || self.ours && [MANIFEST, SUMS, SIGNATURES[0]].contains(&path.as_str())
    }
}
