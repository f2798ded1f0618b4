//! What one file says about another.

use crate::assess::{Assessment, Namespace};
use crate::diagnostic::{Finding, Place, Rule, closest, shorten};
use crate::model::{Slug, Team, TeamId, meant_id, name_key};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A sponsor is another team of the directory.
pub(super) fn sponsors(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let known = &assessment.directory.team_ids;
    for team in &assessment.directory.teams {
        // To guess among many teams takes time; who has misspelt more than a few will see how.
        let mut guesses = 3;
        for sponsor in team.history.iter().flat_map(|entry| &entry.sponsors) {
            let (message, help) = if sponsor.value == team.id {
                ("a team cannot vouch for itself".to_owned(), "name the teams that vouched, or remove it".to_owned())
            } else if known.contains(&sponsor.value) {
                continue;
            } else {
                let among = if guesses > 0 { known.iter().map(TeamId::as_str).collect() } else { Vec::new() };
                guesses -= i32::from(guesses > 0);
                // In words alone: who vouched is for a person to say, and nothing to put in by a click.
                let help = match meant_id(sponsor.as_str(), among) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "a sponsor is named by the id of its entry: the name of its file in content/teams without .yaml"
                        .to_owned(),
                };
                (format!("there is no team `{}`", sponsor.value), help)
            };
            findings.push(Finding::new(Rule::UnknownSponsor, team.place(sponsor.span), message, help));
        }
    }
}

/// Constituency types are an open vocabulary, but a new word is more often a slip.
pub(super) fn types(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let config = &assessment.directory.config;
    let known = || crate::config::TYPES.iter().map(|(id, ..)| *id).chain(config.types.keys().map(Slug::as_str));
    for team in &assessment.directory.teams {
        for kind in team.types.iter().filter(|kind| !config.knows_type(kind)) {
            let meant = closest(kind.as_str(), known());
            let help = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("add it to `types` in site.yaml (`{}: Its name`), or choose a known one", kind.value),
            };
            let message = format!("`{}` is not a known constituency type", kind.value);
            findings.push(Finding::new(Rule::UnknownType, team.place(kind.span), message, help).or_rather(meant));
        }
    }
}

/// Two teams of one name cannot be told apart at night, be it the short name of one and the official name of the other. That
/// official names are the same is common, for many countries have a National Cyber Security Centre; then the short ones differ.
pub(super) fn names(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let (mut short, mut official) = (BTreeMap::<String, &Team>::new(), BTreeMap::new());
    for team in assessment.active() {
        let name = team.name.as_str();
        let key = name_key(name);
        let others = team.official_name.as_ref().map(|name| (name.as_str(), name_key(name.as_str())));
        // Of two names that both are another's the short one is told.
        let ways = [
            Some((name, "", &key, &short, "the other team")),
            Some((name, "", &key, &official, "the other team, by its official name")),
            others.as_ref().map(|(name, key)| (*name, ", which is the official name of this one", key, &short, "the other team")),
        ];
        let found = ways.into_iter().flatten().find_map(|(name, what, key, known, label)| {
            let other = *known.get(key)?;
            Some((format!("another team is called `{}` too{what}", shorten(name)), other, label))
        });
        if let Some((message, other, label)) = found {
            let help = "add what tells the two apart to one of the names, or remove the entry that stands twice";
            let finding = Finding::new(Rule::SameName, team.place(team.name.span), message, help);
            findings.push(finding.and(other.place(other.name.span), label));
        }
        short.insert(key, team);
        official.extend(others.map(|(_, key)| (key, team)));
    }
}

/// By this UUID other programs know a team, be it one that has withdrawn. For a team that states none one is made of its id.
pub(super) fn uuids(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let mut seen = BTreeMap::new();
    for team in &assessment.directory.teams {
        let Some(uuid) = team.misp.as_ref().map(|misp| &misp.org_uuid) else { continue };
        let (first, at) = *seen.entry(uuid.as_str()).or_insert((team, uuid.span));
        if first.id != team.id {
            let message = format!("`{}` has the UUID {} too", first.id, uuid.as_str());
            let help = "ask both teams for their own; where they are one organisation in MISP, keep it in one of the entries";
            let finding = Finding::new(Rule::SameUuid, team.place(uuid.span), message, help);
            findings.push(finding.and(first.place(at), "the other team"));
        }
    }
    if seen.is_empty() {
        return;
    }
    let namespace = Namespace::of(assessment);
    for other in assessment.directory.teams.iter().filter(|team| team.misp.is_none()) {
        if let Some((team, at)) = seen.get(&*namespace.team(other)) {
            let message = format!("programs know `{}` by this UUID, which is made of its id", other.id);
            let help = "ask the team for its own; who imports the directory would take the two for one";
            let finding = Finding::new(Rule::SameUuid, team.place(*at), message, help);
            findings.push(finding.and(other.place(other.name.span), "the other team"));
        }
    }
}

/// What the operator wrote is read by somebody.
pub(super) fn pages(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    let directory = assessment.directory;
    let languages = || std::iter::once(directory.config.language).chain(directory.config.languages.iter().copied());
    for page in &directory.pages {
        let shown = |language| directory.page_in(&page.id, language).is_some_and(|shown| shown.file == page.file);
        if languages().any(shown) {
            continue;
        }
        let help = match page.language.filter(|language| languages().all(|other| other != *language)) {
            Some(language) => format!("add `{}` to `languages` in site.yaml, or remove the page", language.id()),
            None => format!("another file of `{}` takes its place in every language: keep one of the two", page.id),
        };
        findings.push(Finding::new(
            Rule::UnusedPage,
            Place::file(Arc::clone(&page.file)),
            "no language of the site shows this page",
            help,
        ));
    }
}

/// What a name says as long as its entry is not finished; `peerage new` writes it.
pub const UNFINISHED: &str = "(unfinished)";

/// An entry that was begun is not yet one to rely on.
pub(super) fn unfinished(assessment: &Assessment<'_>, findings: &mut Vec<Finding>) {
    for team in assessment.directory.teams.iter().filter(|team| team.name.as_str().ends_with(UNFINISHED)) {
        let help = format!("fill the entry in, correct its name and country, and remove `{UNFINISHED}` from the name");
        findings.push(Finding::new(Rule::UnfinishedEntry, team.place(team.name.span), "this entry is not finished", help));
    }
}
