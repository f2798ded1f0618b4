//! What changed of one team that is there on both sides, or came, or went.

use super::{Change, Kind, Said, Side, claims, contact, keys, level, pair, texts};
use crate::assess::AssessedTeam;
use crate::model::{Date, Level, Team, Waiver};
use std::collections::BTreeSet;

/// Everything that changed between two versions of a team.
pub(super) fn changes(old: &AssessedTeam<'_>, new: &AssessedTeam<'_>, side: &Side<'_>, today: Date) -> Vec<Change> {
    let mut changes = level::changes(old, new, today);
    changes.extend(keys::changes(old, new, side, today));
    changes.extend(contact::changes(old.team, new.team));
    changes.extend(claims::changes(old.team, new.team, side));
    changes.extend(pair::like_another(Some(old), new, side));
    changes.extend(identity(old.team, new.team));
    changes.extend(editors(old.team, new.team));
    waivers(old.team, new.team, &mut changes);
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
fn identity(old: &Team, new: &Team) -> Vec<Change> {
    let line = |text: Option<&crate::model::Line>| text.map(ToString::to_string);
    let facts = [
        ("name ", Some(old.name.to_string()), Some(new.name.to_string())),
        ("official name ", line(old.official_name.as_ref()), line(new.official_name.as_ref())),
        ("host organisation ", line(old.host.as_ref()), line(new.host.as_ref())),
        ("country ", Some(old.country.to_string()), Some(new.country.to_string())),
        ("organisation in MISP ", misp(old), misp(new)),
        ("types ", types(old), types(new)),
        ("established ", old.established.map(|day| day.value.to_string()), new.established.map(|day| day.value.to_string())),
    ];
    let changed = facts.into_iter().filter(|(_, was, is)| was != is);
    changed.map(|(what, was, is)| Change::of(Kind::IdentityChanged, Said::ours_alone(what), was, is)).collect()
}

/// Who may change the entry; in which order they are written means nothing.
fn editors(old: &Team, new: &Team) -> Option<Change> {
    let list = |team: &Team| -> Option<String> {
        let all: BTreeSet<&str> = team.editors.iter().map(crate::model::Editor::as_str).collect();
        (!all.is_empty()).then(|| Vec::from_iter(all).join(", "))
    };
    let (was, is) = (list(old), list(new));
    (was != is).then(|| Change::of(Kind::EditorsChanged, Said::new(), was, is))
}

fn misp(team: &Team) -> Option<String> {
    let misp = team.misp.as_ref()?;
    let more = [misp.org_name.as_ref().map(ToString::to_string), misp.org_email.as_ref().map(ToString::to_string)];
    Some(more.into_iter().flatten().fold(misp.org_uuid.to_string(), |text, more| format!("{text}, {more}")))
}

/// A set: in which order types are written means nothing.
fn types(team: &Team) -> Option<String> {
    let types: BTreeSet<&str> = team.types.iter().map(|kind| kind.value.as_str()).collect();
    (!types.is_empty()).then(|| Vec::from_iter(types).join(", "))
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
    let assessments = |team: &Team| -> Vec<String> {
        let all = team.maturity.iter();
        all.map(|a| format!("{:?} {:?} {} {:?} {:?}", a.model, a.kind, a.assessed.value, a.visibility, a.scores)).collect()
    };
    let agreements = |team: &Team| -> Vec<String> {
        let all = team.agreements.iter();
        all.map(|a| format!("{} {} {:?} {:?}", a.kind, a.name, a.since, a.until.map(|until| until.value))).collect()
    };
    let memberships = |team: &Team| team.memberships.iter().map(|one| (one.name.clone(), one.period)).collect::<Vec<_>>();
    let tests = |team: &Team| -> Vec<String> {
        let all = team.response_tests.iter();
        let mut all: Vec<String> =
            all.map(|test| format!("{} {} {} {}", test.date.value, test.channel, test.hours, test.answered)).collect();
        all.sort_unstable();
        all
    };
    let mut changes = Vec::new();
    if old.confirmed.map(|day| day.value) != new.confirmed.map(|day| day.value) {
        let day = |team: &Team| team.confirmed.map(|day| day.to_string());
        changes.push(Change::of(Kind::Other, Said::ours_alone("data confirmed on "), day(old), day(new)));
    }
    for (words, differs) in [
        ("services changed", old.services != new.services),
        ("memberships changed", memberships(old) != memberships(new)),
        ("agreements changed", agreements(old) != agreements(new)),
        ("published assessments changed", assessments(old) != assessments(new)),
        ("response tests changed", tests(old) != tests(new)),
        ("description changed", old.description != new.description),
    ] {
        changes.extend(differs.then(|| Change::other(words)));
    }
    changes
}
