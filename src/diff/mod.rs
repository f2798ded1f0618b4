//! What a change to a directory means in terms of trust: two versions of it, assessed for one day, and what is another than
//! before, the gravest first. Pure: who reads the versions, and from where, is for the command to say.
//!
//! How much a change matters is in one table ([`Kind`]). What cannot be read is said, and the rest is compared all the same.
//! Left out on purpose: themes and copied files, which are code and are reviewed as such, and the private tree.

mod change;
mod claims;
mod contact;
mod directory;
mod json;
mod keys;
mod kind;
mod level;
mod markdown;
mod pair;
mod said;
mod sealed;
mod team;
mod texts;
mod trust_marks;

pub use change::{Change, Comparison, Part};
pub use json::to_json;
pub use kind::{Kind, Risk};
pub use markdown::{LONGEST as LONGEST_MARKDOWN, to_markdown};
pub use said::Said;

use crate::assess::{AssessedTeam, Assessment};
use crate::config;
use crate::diagnostic::Finding;
use crate::lookup::Index;
use crate::model::TeamId;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// How many mistakes of one file are told.
const MOST_MISTAKES: usize = 10;

/// One version of a directory.
pub struct Side<'d> {
    name: String,
    assessment: &'d Assessment<'d>,
    aside: BTreeMap<String, &'static str>,
    key_bytes: &'d dyn Fn(&str) -> Option<Vec<u8>>,
    /// The errors by file.
    errors: BTreeMap<&'d str, Vec<&'d Finding>>,
    index: OnceCell<Index<'d>>,
    marks: OnceCell<BTreeMap<String, BTreeSet<&'d TeamId>>>,
}

impl<'d> Side<'d> {
    /// A version that is called `name`. `findings` are those of whoever read it; `aside` are the files that were not read, each
    /// with why; `key_bytes` has the bytes of a key file by its name.
    pub fn new(
        name: String,
        assessment: &'d Assessment<'d>,
        findings: &'d [Finding],
        aside: BTreeMap<String, &'static str>,
        key_bytes: &'d dyn Fn(&str) -> Option<Vec<u8>>,
    ) -> Self {
        let mut errors: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| finding.is_error()) {
            errors.entry(&finding.place.file).or_default().push(finding);
        }
        Self { name, assessment, aside, key_bytes, errors, index: OnceCell::new(), marks: OnceCell::new() }
    }

    /// Every id for which there is an entry, be it readable or not.
    fn ids(&self) -> impl Iterator<Item = TeamId> {
        let aside = self.aside.keys().filter_map(|file| file.strip_prefix("content/teams/")?.strip_suffix(".yaml")?.parse().ok());
        self.assessment.directory.team_ids.iter().cloned().chain(aside)
    }

    /// What was not read, and why.
    fn left_aside(&self) -> impl Iterator<Item = Said> {
        self.aside.iter().map(|(file, why)| Said::theirs_alone(file).ours(" in ").theirs(&self.name).ours(format!(" {why}")))
    }

    fn team(&self, id: &TeamId) -> Option<&'d AssessedTeam<'d>> {
        self.assessment.team(id)
    }

    /// Whether there is an entry with this id, be it readable or not.
    fn has(&self, id: &TeamId) -> bool {
        self.assessment.directory.team_ids.contains(id) || self.aside.contains_key(&entry_of(id))
    }

    /// Who answers for what in this version.
    fn index(&self) -> &Index<'d> {
        self.index.get_or_init(|| Index::new(self.assessment))
    }

    /// Which teams in this version have a name, an address or a key, folded and with a letter for its kind in front.
    fn marks(&self) -> &BTreeMap<String, BTreeSet<&'d TeamId>> {
        self.marks.get_or_init(|| pair::by_mark(&self.assessment.teams))
    }

    /// Whether something in a file could not be read.
    fn is_broken(&self, file: &str) -> bool {
        self.errors.contains_key(file) || self.aside.contains_key(file)
    }
}

/// The file of an entry.
fn entry_of(id: &TeamId) -> String {
    format!("content/teams/{id}.yaml")
}

/// What changed from `old` to `new`.
pub fn compare(old: &Side<'_>, new: &Side<'_>) -> Comparison {
    let renamed = pair::renamed(old, new);
    let taken_over: BTreeSet<&TeamId> = renamed.values().collect();
    let mut parts = Vec::new();
    for id in old.ids().chain(new.ids()).collect::<BTreeSet<TeamId>>() {
        // What another id took over is told there.
        if taken_over.contains(&id) {
            continue;
        }
        let changes = of_team(&id, renamed.get(&id), old, new);
        let name = new.team(&id).or_else(|| old.team(&id)).map(|team| team.team.name.to_string());
        parts.extend(Part::new(Some(id), name, changes));
    }
    let mut own = directory::changes(old, new);
    own.extend(sealed::changes(old, new));
    let of_no_team = |file: &&&str| team_of(file).is_none_or(|id| !new.has(&id) && !old.has(&id));
    let strays = new.errors.keys().filter(of_no_team);
    own.extend(strays.flat_map(|file| {
        // What these say counts for all teams; what could not be read of them was taken from the other side, or not at all.
        let is_for_all = **file == *config::FILE || file.starts_with("content/authorities/");
        mistakes(file, if is_for_all { Kind::Unreadable } else { Kind::Mistake }, old, new)
    }));
    parts.extend(Part::new(None, None, own));
    parts.sort_by_key(|part| (part.risk(), part.team.is_some()));
    Comparison {
        today: new.assessment.today,
        names: [old.name.clone(), new.name.clone()],
        aside: old.left_aside().chain(new.left_aside()).collect(),
        parts,
    }
}

/// What changed of the team with this id, which `before` was another one's.
fn of_team(id: &TeamId, before: Option<&TeamId>, old: &Side<'_>, new: &Side<'_>) -> Vec<Change> {
    let was_id = before.unwrap_or(id);
    let mut changes = Vec::new();
    match (old.has(was_id), new.has(id), old.team(was_id), new.team(id)) {
        (_, true, _, None) => {
            let errors = mistakes(&entry_of(id), Kind::Unreadable, old, new);
            // A file that could not be read before for the same reasons, and was not touched, is not this change's.
            let is_news = old.team(was_id).is_some() || !old.has(was_id);
            if errors.is_empty() && is_news {
                let why = new.aside.get(&entry_of(id)).copied().unwrap_or("could not be read");
                changes.push(Change::new(Kind::Unreadable, Said::theirs_alone(entry_of(id)).ours(format!(" {why}"))));
            }
            changes.extend(errors);
            return changes;
        }
        (true, true, None, Some(is)) => {
            let said = Said::ours_alone("before, the entry could not be read: all that it says now may be new");
            changes.push(Change::new(Kind::Unreadable, said));
            changes.extend(team::added(is, new, new.assessment.today));
        }
        (_, _, Some(was), Some(is)) => {
            if before.is_some() {
                changes.push(Change::of(Kind::TeamRenamed, Said::new(), Some(was_id.to_string()), Some(id.to_string())));
            } else if pair::is_another(was, is) {
                let said = Said::ours_alone("neither name nor address nor key is that of the team before: ");
                let names = (was.team.name.to_string(), is.team.name.to_string());
                changes.push(Change::of(Kind::IdReused, said, Some(names.0), Some(names.1)));
            }
            changes.extend(team::changes(was, is, new, new.assessment.today));
        }
        (_, _, None, Some(is)) => changes.extend(team::added(is, new, new.assessment.today)),
        (_, _, Some(was), None) => changes.push(team::removed(was)),
        (true, _, None, None) => {
            let said = Said::theirs_alone(entry_of(id)).ours(", which could not be read before");
            changes.push(Change { old: Some(id.to_string()), ..Change::new(Kind::TeamRemoved, said) });
        }
        (false, _, None, None) => {}
    }
    // The names of an entry and of the key files beside it begin alike, and nothing stands between them.
    let begin = format!("content/teams/{id}.");
    let files = new.errors.range(begin.as_str()..).map(|(file, _)| *file).take_while(|file| file.starts_with(&begin));
    changes.extend(files.flat_map(|file| mistakes(file, Kind::Mistake, old, new)));
    changes
}

/// The team of whose entry or keys a file is, by its name.
fn team_of(file: &str) -> Option<TeamId> {
    file.strip_prefix("content/teams/")?.split('.').next()?.parse().ok()
}

/// The errors in a file that were not there before.
fn mistakes(file: &str, kind: Kind, old: &Side<'_>, new: &Side<'_>) -> Vec<Change> {
    let known = |finding: &&&Finding| {
        let before = old.errors.get(file).into_iter().flatten();
        before.into_iter().any(|other| other.rule == finding.rule && other.message == finding.message)
    };
    let errors: Vec<_> = new.errors.get(file).into_iter().flatten().filter(|finding| !known(finding)).collect();
    let more = errors.len().saturating_sub(MOST_MISTAKES);
    let say = |finding: &&&Finding| {
        let place = format!("{}:{}", finding.place.file, finding.place.span.start.line);
        Change::new(kind, Said::theirs_alone(place).ours(": ").theirs(&finding.message))
    };
    let mut changes: Vec<Change> = errors.iter().take(MOST_MISTAKES).map(say).collect();
    if more > 0 {
        changes.push(Change::new(kind, Said::ours_alone(format!("and {more} more in ")).theirs(file)));
    }
    changes
}
