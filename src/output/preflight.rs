//! The last look before anything changes: does something that is not ours stand where a file must go?

use super::order::{LAST, order, rank};
use super::stage::Ready;
use super::tree::{self, Found, Ways};
use super::workspace::same_device;
use super::{Commit, OutputError, Staged, Written, journal, record};
use crate::site::SitePath;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// A staged site with a free way.
#[derive(Debug)]
pub struct Cleared {
    staged: Staged,
    ops: Vec<journal::Op>,
}

impl Staged {
    /// Looks at each place where a file of the site goes.
    ///
    /// # Errors
    /// [`OutputError::InTheWay`] with everything that is not ours and stands there, or [`OutputError::ListLost`] where that
    /// cannot be told; [`OutputError::OtherDevice`] where a folder of the target cannot be moved into.
    pub fn preflight(self) -> Result<Cleared, OutputError> {
        let target = self.ground.work.target();
        let new: BTreeSet<_> = self.files.iter().map(|file| &file.path).collect();
        let going = self.ground.owned.iter().filter(|path| !new.contains(path)).map(SitePath::as_str).collect();
        let ways = Ways::look(target, self.files.iter().map(|file| &file.path))?;
        let looked: Vec<_> = self.files.par_iter().map(|file| self.is_fresh(file, &ways, &going)).collect();
        let mut in_the_way = BTreeSet::new();
        let mut fresh = Vec::with_capacity(self.files.len());
        for result in looked {
            let (is_fresh, found) = result?;
            fresh.push(is_fresh);
            in_the_way.extend(found);
        }
        if !in_the_way.is_empty() {
            if record::has_lost_list(target) {
                return Err(OutputError::ListLost(target.to_path_buf()));
            }
            let paths = in_the_way.into_iter().collect();
            return Err(OutputError::InTheWay { target: target.to_path_buf(), paths });
        }
        let moved = self.files.iter().filter(|file| !file.same);
        let folders: BTreeSet<_> = moved.filter_map(|file| tree::prefixes(file.path.as_str()).next_back()).collect();
        for folder in folders {
            let folder = target.join(folder);
            if !same_device(self.ground.work.place(), &folder)? {
                return Err(OutputError::OtherDevice(folder));
            }
        }
        let ops = order(&self.files, &fresh, &going, &self.respelled);
        Ok(Cleared { staged: self, ops })
    }

    /// Whether nothing of ours has to be replaced by `file`; and what is not ours and would have to be.
    fn is_fresh(&self, file: &Ready, ways: &Ways<'_>, going: &BTreeSet<&str>) -> Result<(bool, BTreeSet<String>), OutputError> {
        let (path, target) = (&file.path, self.ground.work.target());
        let mut in_the_way = BTreeSet::new();
        match ways.find(path)? {
            Found::Nothing => {}
            Found::File if self.ground.owns(path) => return Ok((false, in_the_way)),
            // Only another name for one of ours: it is deleted under its old name first.
            Found::File if self.is_respelled(path)? => {}
            // Ours that makes way for a folder, or a folder of nothing but ours that makes way for a file.
            Found::Blocked(at, true) if going.contains(at) => {}
            Found::Folder => tree::staying(target, path.as_str(), going, &mut in_the_way)?,
            Found::Blocked(at, _) => drop(in_the_way.insert(at.to_owned())),
            Found::File | Found::Other => drop(in_the_way.insert(path.to_string())),
        }
        Ok((true, in_the_way))
    }

    /// Whether what stands at `path` is one of our files that the file system knows in any spelling.
    fn is_respelled(&self, path: &SitePath) -> Result<bool, OutputError> {
        let Some(old) = self.respelled.get(path) else { return Ok(false) };
        let target = self.ground.work.target();
        Ok(matches!(tree::find(target, old)?, Found::File)
            && tree::is_one_file(&target.join(path.as_str()), &target.join(old.as_str()))?)
    }
}

impl Cleared {
    /// Writes down what is to be done. From here on it is done, by this build or by the next.
    ///
    /// # Errors
    /// Where the journal cannot be written; the old site is whole then.
    pub fn journal(self) -> Result<Commit, OutputError> {
        let Staged { ground, files, bytes, .. } = self.staged;
        let mut work = ground.work;
        // The list, the manifest and its signature come last.
        let site = files.iter().take_while(|file| rank(&file.path) != LAST).count();
        let changed = files.iter().take(site).filter(|file| !file.same).count();
        let unchanged = site - changed;
        let written = Written { files: site, bytes, changed, unchanged, deleted: 0, resumed: ground.resumed };
        if !self.ops.is_empty() {
            work.write_journal(|out| journal::write(ground.ours, &self.ops, out))?;
        }
        Ok(Commit::new(work, self.ops, written))
    }
}
