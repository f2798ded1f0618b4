//! The only code that changes the target. Each step can be repeated, so that a build that was killed in the middle is
//! finished by doing all of its steps again.

use super::digest::Digest;
use super::journal::Op;
use super::order::{LAST, rank};
use super::tree::{self, Found};
use super::workspace::Workspace;
use super::{OutputError, Written};
use crate::site::SitePath;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;

/// What is left to do, and written down. Dropping it leaves the rest to the next build.
#[derive(Debug)]
pub struct Commit {
    work: Workspace,
    ops: Vec<Op>,
    done: usize,
    /// Whether this is what an earlier build left, of which the disk may have lost something.
    resumed: bool,
    written: Written,
}

impl Commit {
    pub(super) fn new(work: Workspace, ops: Vec<Op>, written: Written) -> Self {
        Self { work, ops, done: 0, resumed: false, written }
    }

    pub(super) fn resume(work: Workspace, ops: Vec<Op>) -> Self {
        Self { work, ops, done: 0, resumed: true, written: Written::default() }
    }

    pub(super) fn into_work(self) -> Workspace {
        self.work
    }

    /// How many steps there are in all.
    pub fn steps(&self) -> usize {
        self.ops.len()
    }

    /// Takes the next step; `false` where none is left.
    ///
    /// # Errors
    /// [`OutputError::HalfDone`] with the cause. The step can be taken again.
    pub fn step(&mut self) -> Result<bool, OutputError> {
        let Some(op) = self.ops.get(self.done) else { return Ok(false) };
        let result = match op {
            Op::Place { id, digest, path, fresh } => {
                self.make_folders(path).and_then(|()| self.place(*id, *digest, path, *fresh)).map(|()| 0)
            }
            Op::Delete { path, before } => self.delete(path, *before).map(usize::from),
        };
        self.written.deleted += result.map_err(|cause| OutputError::HalfDone(Box::new(cause)))?;
        self.done += 1;
        Ok(true)
    }

    /// Takes the next steps that may be taken in any order, side by side; or else one. `false` where none is left.
    fn stride(&mut self) -> Result<bool, OutputError> {
        let rest = &self.ops[self.done..];
        let together = in_any_order(rest);
        if together < 2 {
            return self.step();
        }
        let half_done = |cause| OutputError::HalfDone(Box::new(cause));
        let mut folders = BTreeMap::new();
        for op in &rest[..together] {
            if let Op::Place { path, .. } = op {
                folders.entry(tree::prefixes(path.as_str()).next_back()).or_insert(path);
            }
        }
        for path in folders.into_values() {
            self.make_folders(path).map_err(half_done)?;
        }
        let results: Vec<_> = rest[..together]
            .par_iter()
            .map(|op| match op {
                Op::Place { id, digest, path, fresh } => self.place(*id, *digest, path, *fresh),
                Op::Delete { .. } => Ok(()),
            })
            .collect();
        // Of several errors the first by the order of the steps is told, whichever came first.
        results.into_iter().collect::<Result<(), _>>().map_err(half_done)?;
        self.done += together;
        Ok(true)
    }

    /// Takes every step that is left and removes the journal, the staged files and the lock.
    ///
    /// # Errors
    /// [`OutputError::HalfDone`] with the cause.
    pub fn finish(mut self) -> Result<Written, OutputError> {
        while self.stride()? {}
        self.work.settle().map_err(|cause| OutputError::HalfDone(Box::new(cause)))?;
        Ok(self.written)
    }

    /// Moves a staged file to its place, to which the folders lead; nothing to do where that was done before.
    fn place(&self, id: usize, digest: Digest, path: &SitePath, fresh: bool) -> Result<(), OutputError> {
        let staged = self.work.staged(id);
        let is_staged = || Ok(tree::look(&staged)?.is_some_and(|metadata| metadata.is_file()));
        if self.resumed {
            if !is_staged()? {
                return Ok(());
            }
            // Staged files are not flushed. What a power cut took is left out: the old file stays until the build that
            // follows has compared it.
            if Digest::of_file(&staged).map_err(OutputError::io("read", &staged))? != digest {
                return fs::remove_file(&staged).map_err(OutputError::io("remove", &staged));
            }
        }
        let place = self.work.target().join(path.as_str());
        if fresh && tree::look(&place)?.is_some() {
            return if is_staged()? { Err(self.in_the_way(path.as_str())) } else { Ok(()) };
        }
        match fs::rename(&staged, &place) {
            Err(error) if error.kind() == ErrorKind::NotFound && !is_staged()? => Ok(()),
            result => result.map_err(OutputError::io("write", &place)),
        }
    }

    /// Makes the folders that lead to `path`, which must be real ones.
    fn make_folders(&self, path: &SitePath) -> Result<(), OutputError> {
        let target = self.work.target();
        fs::create_dir_all(target).map_err(OutputError::io("create", target))?;
        for folder in tree::prefixes(path.as_str()) {
            let full = target.join(folder);
            match tree::look(&full)? {
                Some(metadata) if metadata.is_dir() => {}
                Some(_) => return Err(self.in_the_way(folder)),
                None => fs::create_dir(&full).map_err(OutputError::io("create", &full))?,
            }
        }
        Ok(())
    }

    /// Deletes a file and the folders that are empty without it; says whether there was one. What is not a regular file
    /// in real folders is not ours, whatever the last list says.
    fn delete(&self, path: &SitePath, before: Option<usize>) -> Result<bool, OutputError> {
        if let Some(id) = before
            && tree::look(&self.work.staged(id))?.is_none()
        {
            return Ok(false);
        }
        let target = self.work.target();
        let full = target.join(path.as_str());
        let deleted = match tree::find(target, path)? {
            Found::File => {
                fs::remove_file(&full).map_err(OutputError::io("remove", &full))?;
                true
            }
            // Perhaps we were killed just after: the folders may still be there.
            Found::Nothing => false,
            Found::Folder | Found::Other | Found::Blocked(..) => return Ok(false),
        };
        for folder in tree::prefixes(path.as_str()).rev() {
            let full = target.join(folder);
            match fs::remove_dir(&full) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                // Something else lies in it. The kind differs between systems, and what keeps a folder does no harm.
                Err(_) => break,
            }
        }
        Ok(deleted)
    }

    fn in_the_way(&self, path: &str) -> OutputError {
        OutputError::InTheWay { target: self.work.target().to_path_buf(), paths: vec![path.to_owned()] }
    }
}

/// How many of the first steps do not mind in which order they are taken: files of one rank, each at a place of its own.
fn in_any_order(ops: &[Op]) -> usize {
    let mut ranks = ops.iter().map(|op| match op {
        Op::Place { path, .. } => Some(rank(path)).filter(|rank| *rank != LAST),
        Op::Delete { .. } => None,
    });
    match ranks.next().flatten() {
        Some(first) => 1 + ranks.take_while(|rank| *rank == Some(first)).count(),
        None => 0,
    }
}
