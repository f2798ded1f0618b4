//! What was read once and need not be read again: entries and key files, which there are many of.
//!
//! Whoever keeps it says which files have changed since; nothing here looks at the files to find out.

use super::files::Found;
use super::keys::KeyFile;
use crate::diagnostic::Finding;
use crate::model::Team;
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// The entries and key files of a project as they were when they were last read.
#[derive(Debug, Default)]
pub struct Kept {
    pub(super) teams: KeptFiles<Team>,
    pub(super) keys: KeptFiles<KeyFile>,
}

impl Kept {
    /// The file, by its path from the root of the project with `/` between its parts, is another one now or is gone.
    pub fn forget(&mut self, file: &str) {
        self.teams.0.remove(file);
        self.keys.0.remove(file);
    }
}

/// Each file with what was made of it.
#[derive(Debug)]
pub(super) struct KeptFiles<T>(HashMap<Arc<str>, KeptFile<T>>);

/// What a file holds, where that could be read, and what was found in it.
type KeptFile<T> = (Option<Arc<T>>, Vec<Finding>);

impl<T> Default for KeptFiles<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T: Send + Sync> KeptFiles<T> {
    /// What the files hold, in their order: what is not kept yet is read, in parallel, and what is no longer among them is
    /// let go.
    pub(super) fn each<I: Sync>(
        &mut self,
        files: &[Found<I>],
        findings: &mut Vec<Finding>,
        read: impl Fn(&Found<I>) -> (Option<T>, Vec<Finding>) + Send + Sync,
    ) -> Vec<Arc<T>> {
        let new: Vec<_> = files
            .par_iter()
            .filter(|found| !self.0.contains_key(&found.file))
            .map(|found| {
                let (value, found_in) = read(found);
                (Arc::clone(&found.file), (value.map(Arc::new), found_in))
            })
            .collect();
        self.0.extend(new);
        let mut values = Vec::with_capacity(files.len());
        for (value, found) in files.iter().filter_map(|found| self.0.get(&found.file)) {
            values.extend(value.clone());
            findings.extend_from_slice(found);
        }
        if self.0.len() > files.len() {
            let mut rest = std::mem::take(&mut self.0);
            self.0 = files.iter().filter_map(|found| rest.remove_entry(&found.file)).collect();
        }
        values
    }
}
