//! What changed of one team that is there on both sides, or came, or went.

use super::{Change, Kind, Said, Side, claims, contact, keys, level, pair, texts, trust_marks};
use crate::assess::AssessedTeam;
use crate::model::{Date, Editor, Level, Line, Slug, Team, Waiver};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that changed between two versions of a team.
pub(super) fn changes(old: &AssessedTeam<'_>, new: &AssessedTeam<'_>, side: &Side<'_>, today: Date) -> Vec<Change> {
    let mut changes = level::changes(old, new, today);
    changes.extend(keys::changes(old, new, side, today));
    changes.extend(contact::changes(old.team, new.team));
    changes.extend(claims::changes(old.team, new.team, side));
    changes.extend(pair::like_another(Some(old), new, side));
    changes.extend(identity(old.team, new.team));
    changes.extend(editors("", &old.team.editors, &new.team.editors));
    waivers(old.team, new.team, &mut changes);
    changes.extend(trust_marks::changes(old.team, new.team));
    changes.extend(texts::of_team(old.team, new.team));
    changes.extend(others(old.team, new.team));
    changes
}

/// What a team brings that was not there.
pub(super) fn added(new: &AssessedTeam<'_>, side: &Side<'_>, today: Date) -> Vec<Change> {
    let said = Said::ours_alone("in the file ").theirs(&new.team.file).ours(format!(": {}", level::why(&new.standing)));
    let mut changes = vec![Change { new: Some(new.team.id.to_string()), ..Change::new(Kind::TeamAdded, said) }];
    // A suspension ends, and the level below it counts.
    let level = new.standing.status.level.filter(|level| *level > Level::Listed && !new.standing.status.is_withdrawn());
    if let Some(level) = level {
        changes.push(Change::of(Kind::LevelRaised, Said::ours_alone("new, and at once "), None, Some(level.title().to_owned())));
    }
    level::announced(new, today, &mut changes);
    // What it says that nobody else does is for whoever reads the entry.
    changes.extend(claims::of_others(new.team, side));
    changes.extend(pair::like_another(None, new, side));
    changes.extend(texts::of_new_team(new.team));
    let mut waived = Vec::new();
    added_waivers(&[], &new.team.waivers, &mut waived);
    changes.extend(waived);
    changes
}

/// That a team is gone.
pub(super) fn removed(old: &AssessedTeam<'_>) -> Change {
    let said = Said::ours_alone("in the file ").theirs(&old.team.file).ours(format!(": {}", level::why(&old.standing)));
    Change { old: Some(old.team.id.to_string()), ..Change::new(Kind::TeamRemoved, said) }
}

/// Who the team is.
fn identity(old: &Team, new: &Team) -> impl Iterator<Item = Change> {
    let line = |text: Option<&Line>| text.map(ToString::to_string);
    let facts = |team: &Team| {
        [
            ("name ", Some(team.name.to_string())),
            ("official name ", line(team.official_name.as_ref())),
            ("host organisation ", line(team.host.as_ref())),
            ("country ", Some(team.country.to_string())),
            ("organisation in MISP ", misp(team)),
            ("types ", set(team.types.iter().map(|kind| kind.value.as_str()))),
            ("established ", team.established.map(|day| day.value.to_string())),
        ]
        .map(|(what, value)| (Kind::IdentityChanged, what, value))
    };
    Change::of_facts(facts(old), facts(new))
}

/// Who may change what; in which order they are written means nothing, nor does the case.
pub(super) fn editors(what: &str, old: &[Editor], new: &[Editor]) -> Option<Change> {
    let by_account =
        |editors: &[Editor]| editors.iter().map(|editor| (editor.account(), editor.to_string())).collect::<BTreeMap<_, _>>();
    let (was, is) = (by_account(old), by_account(new));
    let differ = !was.keys().eq(is.keys());
    let list =
        |editors: BTreeMap<String, String>| (!editors.is_empty()).then(|| editors.into_values().collect::<Vec<_>>().join(", "));
    differ.then(|| Change::of(Kind::EditorsChanged, Said::ours_alone(what), list(was), list(is)))
}

fn misp(team: &Team) -> Option<String> {
    let misp = team.misp.as_ref()?;
    let more = [misp.org_name.as_ref().map(ToString::to_string), misp.org_email.as_ref().map(ToString::to_string)];
    Some(more.into_iter().flatten().fold(misp.org_uuid.to_string(), |text, more| format!("{text}, {more}")))
}

/// Words of which the order in which they are written means nothing.
fn set<'w>(words: impl Iterator<Item = &'w str>) -> Option<String> {
    let words: BTreeSet<&str> = words.collect();
    (!words.is_empty()).then(|| Vec::from_iter(words).join(", "))
}

fn waivers(old: &Team, new: &Team, changes: &mut Vec<Change>) {
    added_waivers(&old.waivers, &new.waivers, changes);
    // One of the same rule in other words is told as that.
    let is_replaced = |waiver: &Waiver| {
        let mut others = new.waivers.iter().filter(|other| other.rule.value == waiver.rule.value);
        others.any(|other| !is_among(other, &old.waivers))
    };
    let gone = old.waivers.iter().filter(|waiver| !is_among(waiver, &new.waivers) && !is_replaced(waiver));
    changes.extend(gone.map(|waiver| Change::new(Kind::Other, Said::ours_alone("waiver removed: ").theirs(words_of(waiver)))));
}

fn words_of(waiver: &Waiver) -> String {
    format!("{} until {}: {}", waiver.rule.value.id(), waiver.until.value, waiver.reason)
}

fn is_among(waiver: &Waiver, others: &[Waiver]) -> bool {
    others.iter().any(|other| words_of(other) == words_of(waiver))
}

/// Waivers that were not there in these words.
fn added_waivers(old: &[Waiver], new: &[Waiver], changes: &mut Vec<Change>) {
    for waiver in new.iter().filter(|waiver| !is_among(waiver, old)) {
        let before = old.iter().find(|other| other.rule.value == waiver.rule.value && !is_among(other, new));
        changes.push(Change::of(Kind::WaiverAdded, Said::new(), before.map(words_of), Some(words_of(waiver))));
    }
}

/// Everything else, in a few words each.
fn others(old: &Team, new: &Team) -> Vec<Change> {
    let tests = |team: &Team| -> Vec<String> {
        let all = team.response_tests.iter();
        let mut all: Vec<String> =
            all.map(|test| format!("{} {} {} {}", test.date.value, test.channel, test.hours, test.answered)).collect();
        all.sort_unstable();
        all
    };
    let facts = |team: &Team| {
        [
            ("data confirmed on ", team.confirmed.map(|day| day.to_string())),
            ("services ", set(team.services.iter().map(Slug::as_str))),
        ]
        .map(|(what, value)| (Kind::Other, what, value))
    };
    let mut changes: Vec<Change> = Change::of_facts(facts(old), facts(new)).collect();
    for (words, differs) in
        [("response tests changed", tests(old) != tests(new)), ("description changed", old.description != new.description)]
    {
        changes.extend(differs.then(|| Change::other(words)));
    }
    changes
}
