//! What became of the messages that were sealed. What one says nobody here can read, so that its checksum stands for it; for whom it
//! is stands in the index alone, which decides whether it is still published.

use super::{Change, Kind, Said, Side};
use crate::load::SEALED_INDEX;
use crate::model::{Level, SealedFor, SealedIndex, SealedKey, SealedMessage};
use std::collections::{BTreeMap, BTreeSet};

/// What changed of the index and its messages.
pub(super) fn changes(old: &Side<'_>, new: &Side<'_>) -> Vec<Change> {
    let (was, is) = (old.assessment.directory.sealed.as_ref(), new.assessment.directory.sealed.as_ref());
    let mut changes = Vec::new();
    if let (Some(SealedIndex { file: _, sealed: before, messages: _ }), Some(SealedIndex { sealed: now, .. })) = (was, is)
        && before.value != now.value
    {
        let said = Said::ours_alone("sealed as of ");
        changes.push(Change::of(Kind::Other, said, Some(before.to_string()), Some(now.to_string())));
    }
    let (was, is) = (by_audience(was), by_audience(is));
    for audience in was.keys().chain(is.keys()).collect::<BTreeSet<_>>() {
        let (was, is) = (was.get(audience).copied(), is.get(audience).copied());
        let said = match (was, is) {
            // What is wrong with the file is told besides.
            (Some(_), None) if new.is_broken(SEALED_INDEX) => Said::ours_alone(" cannot be read any more"),
            (Some(_), None) => Said::ours_alone(" is gone"),
            (None, _) => Said::ours_alone(" is new"),
            (Some(was), Some(is)) if words(was) == words(is) => continue,
            (Some(was), Some(is)) => {
                let same = if was.sha256 == is.sha256 { " is the same" } else { " says something else" };
                Said::ours_alone(same).and(readers(&was.sealed_for, &is.sealed_for))
            }
        };
        let said = Said::ours_alone("message for ").theirs(audience).and(said);
        changes.push(Change { old: was.map(words), new: is.map(words), ..Change::new(Kind::SealedChanged, said) });
    }
    changes
}

fn by_audience(index: Option<&SealedIndex>) -> BTreeMap<Level, &SealedMessage> {
    index.iter().flat_map(|index| &index.messages).map(|message| (message.audience, message)).collect()
}

/// All that the index says of a message, on one line.
fn words(message: &SealedMessage) -> String {
    let SealedMessage { audience: _, place: _, file: _, bytes: _, sha256, sealed_for } = message;
    let readers = match sealed_for {
        SealedFor::Keys(keys) => keys.iter().map(reader).collect::<Vec<_>>().join("; "),
        SealedFor::Hidden { salt, digest } => format!("keys that are hidden behind {salt}, {digest}"),
    };
    format!("{sha256}, for {readers}")
}

fn reader(SealedKey { team, key, encrypted_to }: &SealedKey) -> String {
    let parts: Vec<String> = encrypted_to.iter().map(ToString::to_string).collect();
    format!("{team} ({key}: {})", parts.join(", "))
}

/// For whom it was and is no longer, and for whom it is now.
fn readers(was: &SealedFor, is: &SealedFor) -> Said {
    match (was, is) {
        (SealedFor::Keys(was), SealedFor::Keys(is)) => {
            let only = |these: &[SealedKey], others: &[SealedKey]| -> Vec<String> {
                these.iter().filter(|key| !others.contains(key)).map(reader).collect()
            };
            Said::some(", no longer for ", only(was, is)).and(Said::some(", now for ", only(is, was)))
        }
        (was, is) if was == is => Said::new(),
        (SealedFor::Hidden { .. }, SealedFor::Hidden { .. }) => {
            Said::ours_alone(", and another checksum stands for those whom it is for")
        }
        (_, SealedFor::Hidden { .. }) => Said::ours_alone(", and it is hidden now whom it is for"),
        (SealedFor::Hidden { .. }, _) => Said::ours_alone(", and it is told now whom it is for"),
    }
}
