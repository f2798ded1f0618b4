//! When files have changed. The only module that names the watcher of files.
//!
//! What the system tells is a reason to look, and no more (see `tree`). Each folder is watched by itself, never a file: a
//! file that is saved is often another one afterwards. How long one waits before looking follows from what happens: a file
//! that is written in place is looked at when nothing more is told for a moment; where something is gone, new, empty or
//! still open for writing, or where much happens at once, the next step of the same save is waited for. There is no clock
//! in it: only silence is measured.

use super::tree::{Changes, Identity, Tree, standing};
use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

/// The silence after which a file that was written in place is looked at.
const MOMENT: Duration = Duration::from_millis(10);

/// The silence after which it is thought that a save of several steps has come to its end.
const SETTLED: Duration = Duration::from_millis(150);

/// How often one looks where nothing is told; and otherwise whether the folders are still the same.
const LOOK: Duration = Duration::from_millis(500);

/// From how many files on much happens at once.
const MANY: usize = 8;

/// From how many things that are told of each file on it was saved more than once, and is likely to be saved again.
const AGAIN: usize = 12;

/// How many things may be told of each file before it is looked at in spite of more to come.
const PATIENCE: usize = 500;

/// The files that are watched.
pub(super) struct Watch {
    /// The folders with all that lies in them, which need not be there.
    parts: Vec<PathBuf>,
    /// What is told, unless nothing is.
    told: Option<Told>,
    tree: Tree,
    notices: Vec<String>,
}

/// What the system tells.
struct Told {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    /// The folders that are watched.
    watched: BTreeMap<PathBuf, Identity>,
}

/// What was told since one looked last.
#[derive(Default)]
struct Batch {
    events: usize,
    /// Every path that was named.
    named: HashSet<PathBuf>,
    /// The files that are open for writing, as far as the system tells when they are closed.
    open: HashSet<PathBuf>,
}

impl Batch {
    /// Whether much happens at once: to many files, or to a few time and again.
    fn is_busy(&self) -> bool {
        self.named.len() > MANY || self.events > AGAIN * self.named.len()
    }
}

impl Watch {
    /// Watches what lies in `parts`; with `poll` by looking at it time and again.
    pub(super) fn new(parts: Vec<PathBuf>, poll: bool) -> Self {
        let mut watch = Self { parts, told: None, tree: Tree::default(), notices: Vec::new() };
        if !poll {
            let (sender, events) = mpsc::channel();
            match RecommendedWatcher::new(sender, notify::Config::default()) {
                Ok(watcher) => watch.told = Some(Told { watcher, events, watched: BTreeMap::new() }),
                Err(error) => watch.give_up(&error),
            }
        }
        watch.tree = watch.look(&HashSet::new());
        watch
    }

    /// What the person at the terminal should know, once.
    pub(super) fn notices(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notices)
    }

    /// Waits until files are new, gone or different, and says which: all that belong to one save together.
    pub(super) fn changes(&mut self) -> Vec<PathBuf> {
        loop {
            let mut batch = Batch::default();
            self.wait(&mut batch);
            let mut now = self.look(&batch.named);
            let mut changes = now.since(&self.tree);
            while self.is_unsettled(&changes, &batch) {
                self.gather(SETTLED, &mut batch);
                let later = self.look(&batch.named);
                let further = later.since(&now);
                now = later;
                changes = now.since(&self.tree);
                if further.files.is_empty() {
                    break;
                }
            }
            self.tree = now;
            if !changes.files.is_empty() {
                return changes.files;
            }
        }
    }

    /// Whether the next step of the same save is to be waited for.
    fn is_unsettled(&self, changes: &Changes, batch: &Batch) -> bool {
        // Nothing tells when a file is closed.
        let blind = self.told.is_none() && !changes.files.is_empty();
        changes.unsettled || blind || !batch.open.is_empty()
    }

    /// Waits for a reason to look, and then for silence.
    fn wait(&mut self, batch: &mut Batch) {
        loop {
            let Some(told) = &mut self.told else {
                std::thread::sleep(LOOK);
                return;
            };
            match told.events.recv_timeout(LOOK) {
                Ok(event) => {
                    if told.take(event, batch) {
                        return self.gather(MOMENT, batch);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    if told.has_moved(&self.parts) {
                        return;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => self.told = None,
            }
        }
    }

    /// Takes what is told until there is silence.
    fn gather(&mut self, silence: Duration, batch: &mut Batch) {
        let Some(told) = &mut self.told else {
            std::thread::sleep(silence);
            return;
        };
        loop {
            let silence = if batch.is_busy() { SETTLED } else { silence };
            match told.events.recv_timeout(silence) {
                Ok(event) => drop(told.take(event, batch)),
                Err(_) => return,
            }
            if batch.events > PATIENCE * (batch.named.len() + MANY) {
                return;
            }
        }
    }

    /// Looks at everything, and watches the folders that there are. What appeared before a folder was watched is seen by
    /// looking again.
    fn look(&mut self, named: &HashSet<PathBuf>) -> Tree {
        let mut tree = Tree::look(&self.parts, &self.tree, named);
        while let Some(told) = &mut self.told {
            match told.watch(&self.parts, &tree) {
                Ok(false) => break,
                Ok(true) => tree = Tree::look(&self.parts, &tree, named),
                Err(error) => self.give_up(&error),
            }
        }
        tree
    }

    fn give_up(&mut self, error: &notify::Error) {
        self.told = None;
        self.notices.push(format!(
            "changes are not told by the system ({error}): the files are looked at twice a second, as with --poll"
        ));
    }
}

impl Told {
    /// Notes an event; whether it is a reason to look.
    fn take(&mut self, event: notify::Result<Event>, batch: &mut Batch) -> bool {
        // What was lost, or went wrong, is a reason to look at everything.
        let Ok(event) = event else { return true };
        let closed = event.kind == EventKind::Access(AccessKind::Close(AccessMode::Write));
        if event.kind.is_access() && !closed {
            return false;
        }
        batch.events += 1;
        let written = matches!(event.kind, EventKind::Modify(ModifyKind::Data(_)));
        if !written && !closed {
            // A folder that went or came back is no longer watched, whatever its name and number.
            for path in &event.paths {
                self.watched.retain(|watched, _| !watched.starts_with(path));
            }
        }
        for path in event.paths {
            // Only there it is told when a file is closed.
            if written && cfg!(target_os = "linux") {
                batch.open.insert(path.clone());
            } else {
                batch.open.remove(&path);
            }
            batch.named.insert(path);
        }
        true
    }

    /// Watches each folder of `tree`, and those in which the `parts` lie, and none besides; whether any was not watched before.
    fn watch(&mut self, parts: &[PathBuf], tree: &Tree) -> notify::Result<bool> {
        let above = parts.iter().filter_map(|part| Some((above(part), standing(above(part))?)));
        let wanted: BTreeMap<&Path, Identity> =
            tree.folders.iter().map(|(path, identity)| (path.as_path(), *identity)).chain(above).collect();
        let gone: Vec<PathBuf> = self
            .watched
            .iter()
            .filter(|(path, is)| wanted.get(path.as_path()) != Some(*is))
            .map(|(path, _)| path.clone())
            .collect();
        for path in gone {
            self.watched.remove(&path);
            // The system may have stopped by itself.
            self.watcher.unwatch(&path).ok();
        }
        let mut any = false;
        for (path, identity) in wanted {
            if self.watched.contains_key(path) {
                continue;
            }
            self.watcher.unwatch(path).ok();
            match self.watcher.watch(path, RecursiveMode::NonRecursive) {
                Ok(()) => drop(self.watched.insert(path.to_owned(), identity)),
                // It went meanwhile, which is told of the folder above.
                Err(error) if standing(path).is_none() => drop(error),
                Err(error) => return Err(error),
            }
            any = true;
        }
        Ok(any)
    }

    /// Whether one of the uppermost folders is another one than is watched, which nobody tells.
    fn has_moved(&self, parts: &[PathBuf]) -> bool {
        let is_other = |path: &Path| standing(path).as_ref() != self.watched.get(path);
        parts.iter().any(|part| is_other(above(part)) || is_other(part))
    }
}

/// The folder in which a part lies: that of the project.
fn above(part: &Path) -> &Path {
    match part.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => part,
    }
}
