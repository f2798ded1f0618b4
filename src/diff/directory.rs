//! What changed of the directory itself: its settings, the bodies that grant levels, profiles, editions, meetings and pages.
//!
//! A policy, a body, a profile and a meeting are taken apart field by field, so that a new one has a place here before it compiles.

use super::team::editors;
use super::{Change, Kind, Said, Side, texts};
use crate::config::{Config, Policy};
use crate::load::Page;
use crate::model::{Accreditation, Authority, Date, Edition, Entitlement, Level, Line, Meeting, Period, Profile};
use std::collections::BTreeMap;
use std::fmt::Display;

/// Everything that changed but for the teams.
pub(super) fn changes(old: &Side<'_>, new: &Side<'_>) -> Vec<Change> {
    let (was, is) = (old.assessment.directory, new.assessment.directory);
    let mut changes = policy(was.config.policy, is.config.policy);
    changes.extend(settings(&was.config, &is.config));
    let authorities = |map: &BTreeMap<_, Authority>| -> BTreeMap<String, String> {
        map.values().map(|one| (one.id.to_string(), authority(one))).collect()
    };
    sets(&authorities(&was.authorities), &authorities(&is.authorities), [Kind::AuthorityChanged; 2], new, &mut changes);
    let profiles =
        |all: &[Profile]| -> BTreeMap<String, String> { all.iter().map(|one| (one.id.to_string(), profile(one))).collect() };
    sets(&profiles(&was.profiles), &profiles(&is.profiles), [Kind::ProfileChanged; 2], new, &mut changes);
    let editions = |all: &[Edition]| -> BTreeMap<String, String> {
        let words = |Edition { date, file: _, series }: &Edition| (date.to_string(), format!("{series:?}"));
        all.iter().map(words).collect()
    };
    let kinds = [Kind::EditionAdded, Kind::EditionRewritten];
    sets(&editions(&was.editions), &editions(&is.editions), kinds, new, &mut changes);
    let meetings =
        |all: &[Meeting]| -> BTreeMap<String, String> { all.iter().map(|one| (one.id.to_string(), meeting(one))).collect() };
    sets(&meetings(&was.meetings), &meetings(&is.meetings), [Kind::MeetingChanged; 2], new, &mut changes);
    let pages = |side: &Side<'_>| -> BTreeMap<String, (String, String)> {
        let words = |Page { id: _, language: _, file, title, body }: &Page| (file.to_string(), (title.to_string(), body.clone()));
        side.assessment.directory.pages.iter().map(words).collect()
    };
    let (was, is) = (pages(old), pages(new));
    let names: std::collections::BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    for name in names.into_iter().filter(|name| was.get(*name) != is.get(*name)) {
        let said = Said::ours_alone("page ").theirs(name);
        let body = |pages: &BTreeMap<String, (String, String)>| pages.get(name).map(|(_, body)| body.clone()).unwrap_or_default();
        changes.extend(texts::of_text(&said, &body(&was), &body(&is)));
        changes.push(Change::new(Kind::Other, said.ours(" changed")));
    }
    changes
}

fn meeting(one: &Meeting) -> String {
    let Meeting { id: _, file: _, title, since, until, audience, place_of_audience: _, place, website, body } = one;
    let place = place.as_ref().map(|place| format!(", {place}")).unwrap_or_default();
    let website = website.as_ref().map(|url| format!(", {}", url.href())).unwrap_or_default();
    format!("{title}, {since} to {until}, for {audience}{place}{website}\n{body}")
}

fn profile(one: &Profile) -> String {
    let Profile { id: _, title, source, link, verified, model, minimum } = one;
    let link = link.as_ref().map(|url| format!(", {}", url.href())).unwrap_or_default();
    format!("{title}, from {source}{link}: {:?} {minimum:?}", (verified, model))
}

fn authority(one: &Authority) -> String {
    let Authority { id: _, file: _, name, official_name, website, country, entitlements, accreditations, description } = one;
    let line = |text: Option<String>| text.unwrap_or_default();
    let mut words = format!(
        "{name}, {}, {}, {}",
        line(official_name.as_ref().map(ToString::to_string)),
        line(website.as_ref().map(|url| url.href().to_owned())),
        line(country.map(|country| country.to_string()))
    );
    for Entitlement { kind, scheme, standards: all, period: when } in entitlements {
        let scheme = line(scheme.as_ref().map(|scheme| format!(" by {scheme}")));
        words += &format!("; {kind}{scheme}{}{}", standards(all), period(*when));
    }
    for Accreditation { authority, standards: all, certificate, period: when } in accreditations {
        let number = line(certificate.as_ref().map(|number| format!(", certificate {number}")));
        words += &format!("; accredited by {}{}{number}{}", authority.value, standards(all), period(*when));
    }
    words + &line(description.as_ref().map(|text| format!("\n{text}")))
}

fn standards(all: &[Line]) -> String {
    let names: Vec<&str> = all.iter().map(Line::as_str).collect();
    if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) }
}

/// From when until when, with a blank before it.
pub(super) fn period(Period { since, until }: Period) -> String {
    let day = |word, day: Option<Date>| day.map(|day| format!(" {word} {day}")).unwrap_or_default();
    day("since", since) + &day("until", until)
}

/// Files with ids that came, went or say something else. The second kind is for what was there before.
fn sets(
    was: &BTreeMap<String, String>,
    is: &BTreeMap<String, String>,
    [added, changed]: [Kind; 2],
    new: &Side<'_>,
    changes: &mut Vec<Change>,
) {
    let (noun, file): (_, fn(&str) -> String) = match changed {
        Kind::AuthorityChanged => ("authority", |id| format!("content/authorities/{id}.yaml")),
        Kind::ProfileChanged => ("profile", |id| format!("content/profiles/{id}.yaml")),
        Kind::MeetingChanged => ("meeting", |id| format!("content/events/{id}.md")),
        _ => ("edition", |id| format!("content/editions/{id}.yaml")),
    };
    let mut add = |kind, verb: &str, id: &String, old: Option<&String>, new: Option<&String>| {
        let said = Said::ours_alone(format!("{noun} ")).theirs(id);
        // An edition has no words.
        if changed != Kind::EditionRewritten {
            let words = |words: Option<&String>| words.cloned().unwrap_or_default();
            changes.extend(texts::of_text(&said, &words(old), &words(new)));
        }
        changes.push(Change { old: old.cloned(), new: new.cloned(), ..Change::new(kind, said.ours(format!(" {verb}"))) });
    };
    for (id, words) in is {
        match was.get(id) {
            None => add(added, "is new", id, None, Some(words)),
            Some(before) if before != words => add(changed, "says something else", id, Some(before), Some(words)),
            Some(_) => {}
        }
    }
    for (id, words) in was.iter().filter(|(id, _)| !is.contains_key(*id)) {
        // What is wrong with the file is told besides.
        let broken = new.is_broken(&file(id));
        add(changed, if broken { "cannot be read any more" } else { "is gone" }, id, Some(words), None);
    }
}

fn policy(old: Policy, new: Policy) -> Vec<Change> {
    let numbers = |policy: Policy| {
        let Policy {
            certification_years,
            candidate_months,
            certification_wait_months,
            confirmation_months,
            assessment_years,
            aggregate_minimum,
            expiring_days,
            expiring_soon_days,
            stale_days,
            waiver_months,
            sponsors,
        } = policy;
        [
            ("certification_years ", u64::from(certification_years)),
            ("candidate_months ", u64::from(candidate_months)),
            ("certification_wait_months ", u64::from(certification_wait_months)),
            ("confirmation_months ", u64::from(confirmation_months)),
            ("assessment_years ", u64::from(assessment_years)),
            ("aggregate_minimum ", u64::try_from(aggregate_minimum).unwrap_or(u64::MAX)),
            ("expiring_days ", u64::from(expiring_days)),
            ("expiring_soon_days ", u64::from(expiring_soon_days)),
            ("stale_days ", u64::from(stale_days)),
            ("waiver_months ", u64::from(waiver_months)),
            ("sponsors ", u64::try_from(sponsors).unwrap_or(u64::MAX)),
        ]
    };
    let pairs = numbers(old).into_iter().zip(numbers(new)).filter(|((_, was), (_, is))| was != is);
    let change = |((name, was), (_, is)): ((&str, u64), (&str, u64))| {
        Change::of(
            Kind::PolicyChanged,
            Said::theirs_alone(name.trim_end()).ours(" "),
            Some(was.to_string()),
            Some(is.to_string()),
        )
    };
    pairs.map(change).collect()
}

/// Settings that touch who is trusted with what; the others in few words.
fn settings(old: &Config, new: &Config) -> Vec<Change> {
    fn list<T: Display>(all: impl IntoIterator<Item = T>) -> Option<String> {
        let all: Vec<String> = all.into_iter().map(|one| one.to_string()).collect();
        (!all.is_empty()).then(|| all.join(", "))
    }
    let facts = |config: &Config| {
        [
            (Kind::IssuerChanged, "issuer ", list(&config.issuer)),
            (Kind::SettingChanged, "title ", list([&config.title])),
            (Kind::SettingChanged, "address of the site ", list(config.base_url.as_ref().map(|url| url.href().to_owned()))),
            (Kind::SettingChanged, "sample content ", list([config.sample])),
            (Kind::SettingChanged, "response tests on pages ", list([config.response_tests])),
            (Kind::SettingChanged, "theme ", list([&config.theme])),
            (Kind::SettingChanged, "Web Key Directory for ", list(config.web_key_directory.iter().map(|domain| &domain.value))),
            (Kind::SettingChanged, "whom to tell of weaknesses ", list(config.security_contact.iter().map(|c| &c.value))),
            (Kind::SettingChanged, "namespace of UUIDs ", list(&config.uuid)),
            (Kind::SettingChanged, "where files are changed ", list(config.repository.as_ref().map(|r| r.page("FILE")))),
        ]
    };
    let mut changes: Vec<Change> = Change::of_facts(facts(old), facts(new)).collect();
    changes.extend(editors("editors of the directory ", &old.editors, &new.editors));
    let rest = |config: &Config| {
        [
            ("description of the site changed", list(&config.description)),
            ("languages changed", list([config.language].iter().chain(&config.languages))),
            ("formats changed", list(&config.formats)),
            (
                "files for hosts changed",
                list(config.hosting.iter().map(|file| file.id()).chain(config.compress.iter().map(|c| c.id()))),
            ),
            ("limit of files changed", list([config.max_files])),
            ("constituency types changed", list(config.types.iter().map(|(id, name)| format!("{id}: {name}")))),
        ]
    };
    let pairs = rest(old).into_iter().zip(rest(new)).filter(|((_, was), (_, is))| was != is);
    changes.extend(pairs.map(|((words, _), _)| Change::other(words)));
    let text = |config: &Config| config.description.as_ref().map(ToString::to_string).unwrap_or_default();
    changes.extend(texts::of_text(&Said::ours_alone("description of the site"), &text(old), &text(new)));
    changes.extend(classification(old, new));
    changes
}

/// As what other programs know the levels.
fn classification(old: &Config, new: &Config) -> impl Iterator<Item = Change> {
    Level::ALL.iter().filter_map(move |level| {
        let [was, is] = [old, new].map(|config| {
            let (code, name) = config.ti_class(*level);
            format!("{code} {name}")
        });
        let said = || Said::ours_alone(format!("{level} "));
        (was != is).then(|| Change::of(Kind::ClassificationChanged, said(), Some(was), Some(is)))
    })
}
