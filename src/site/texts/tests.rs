//! The catalogues of the default theme: complete, without leftovers, and filled as they ask to be.

use super::message::COUNT;
use super::tag::{OPEN, Tag};
use super::{Catalogue, expand};
use crate::assess::Status;
use crate::config::{Language, TYPES};
use crate::model::{
    AgreementKind, Answered, AssessmentKind, EmailUsage, EntitlementKind, PhoneUsage, TestChannel, TestHours, VerificationKind,
};
use crate::openpgp::RevocationReason;
use crate::site::default_theme::FILES;
use crate::site::groups::statuses;
use crate::site::tags::tag_length;
use std::collections::BTreeSet;
use std::path::Path;
use walkdir::WalkDir;

fn catalogue(language: Language) -> Catalogue {
    let path = format!("texts/{language}.yaml");
    let (_, bytes) = FILES.iter().find(|(file, _)| **file == path).unwrap();
    let mut catalogue = Catalogue::new(language);
    let read = catalogue.add(std::str::from_utf8(bytes).unwrap());
    assert_eq!(read, Ok(()), "{path}");
    catalogue
}

fn templates() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("templates/")?, std::str::from_utf8(bytes).unwrap())))
}

/// The keys that templates ask for.
fn of_templates(texts: &Catalogue) -> BTreeSet<String> {
    let keys = templates().flat_map(|(name, template)| match expand(template, texts) {
        Ok(expanded) => expanded.keys,
        Err((at, what)) => panic!("{name}, line {}: {what}", template[..at].matches('\n').count() + 1),
    });
    keys.collect()
}

/// The code of the site, without its tests.
fn sources() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/site");
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files =
        files.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs") && entry.file_name() != "tests.rs");
    let read = |entry: walkdir::DirEntry| {
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let shipped = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_owned();
        (entry.path().display().to_string(), shipped)
    };
    files.map(read).collect()
}

/// What stands in quotes in a piece of code.
fn literals(code: &str) -> impl Iterator<Item = &str> {
    code.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| line.split('"').skip(1).step_by(2))
}

/// The keys that views ask for one by one.
fn of_views(texts: &Catalogue) -> BTreeSet<String> {
    let tops: BTreeSet<&str> = texts.keys().filter_map(|key| key.split('.').next()).collect();
    let is_file = |text: &str| {
        text.rsplit('.')
            .next()
            .is_some_and(|end| ["asc", "atom", "css", "csv", "html", "ics", "js", "json", "svg", "vcf"].contains(&end))
    };
    let is_key = |text: &&str| {
        let parts: Vec<&str> = text.split('.').collect();
        let plain = |part: &&str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_-".contains(&b))
        };
        let is_family = texts.keys().any(|key| key.strip_prefix(text).is_some_and(|member| member.starts_with('.')));
        parts.len() > 1 && parts.iter().all(plain) && tops.contains(parts[0]) && !is_file(text) && !is_family
    };
    let sources = sources();
    sources.iter().flat_map(|(_, code)| literals(code).filter(is_key)).map(str::to_owned).collect()
}

/// The keys that views put together of a family and an id.
fn of_families() -> BTreeSet<String> {
    fn family<'i>(name: &'static str, ids: impl IntoIterator<Item = &'i str>) -> Vec<String> {
        ids.into_iter().map(|id| format!("{name}.{id}")).collect()
    }
    let offers = crate::site::formats::all_offers();
    let menu = [
        "lookup",
        "teams",
        "countries",
        "types",
        "expiring",
        "keys",
        "statistics",
        "data",
        "methodology",
        "contacts",
        "events",
        "sealed",
        "authorities",
        "associations",
    ];
    let kinds = ["network", "domain", "asn", "email", "country", "key", "name"];
    let emergency = |id: &&str| *id != "emergency";
    let ends = ["certification", "key", "candidacy", "assessment", "encryption", "agreement", "suspension", "level"];
    let ends = ends.iter().flat_map(|what| ["ahead", "past"].map(|when| format!("ends.{what}.{when}")));
    let levels = ["joined", "level-raised", "level-lowered", "certification-lapsed", "reinstated"];
    let changes = ["certification-renewed", "suspended", "withdrew", "key-made", "key-expired", "key-revoked"];
    [
        family("status", statuses().map(Status::id)),
        family("type", TYPES.iter().map(|(id, ..)| *id)),
        family("usage", PhoneUsage::ALL.iter().map(|usage| usage.id()).filter(emergency)),
        family("usage", EmailUsage::ALL.iter().map(|usage| usage.id()).filter(emergency)),
        family("assessment", AssessmentKind::ALL.iter().map(|kind| kind.id())),
        family("agreement_kind", AgreementKind::ALL.iter().map(|kind| kind.id())),
        family("revocation", RevocationReason::ALL.iter().map(|reason| reason.id())),
        family("menu", menu),
        family("mark", ["accredited", "certified", "code", "member"]),
        family("chain.did", EntitlementKind::ALL.iter().map(|kind| kind.id())),
        family("entitlement", EntitlementKind::ALL.iter().map(|kind| kind.id())),
        family("verification", VerificationKind::ALL.iter().map(|kind| kind.id())),
        family("channel", TestChannel::ALL.iter().map(|channel| channel.id())),
        family("test_hours", TestHours::ALL.iter().map(|hours| hours.id())),
        family("answered", Answered::ALL.iter().map(|answered| answered.id())),
        family("answer_short", Answered::ALL.iter().map(|answered| answered.id())),
        family("lookup_kind", kinds),
        family("certification", ["granted", "renewed", "lapsed"]),
        family("rank", ["certified", "accredited", "neither"]),
        offers.iter().map(|offer| format!("offer.{}", offer.id())).collect(),
        family("readers", offers.iter().map(|offer| offer.readers)),
        ends.collect(),
        family("change", levels.into_iter().chain(changes)),
    ]
    .concat()
    .into_iter()
    .collect()
}

#[test]
fn every_text_is_there_and_is_used() {
    let english = catalogue(Language::English);
    let mut used = of_templates(&english);
    used.extend(of_views(&english));
    used.extend(of_families());
    let there: BTreeSet<String> = english.keys().map(str::to_owned).collect();
    let missing: Vec<_> = used.difference(&there).collect();
    let unused: Vec<_> = there.difference(&used).collect();
    assert!(missing.is_empty() && unused.is_empty(), "missing: {missing:#?}, unused: {unused:#?}");
}

#[test]
fn every_language_has_the_same_texts_with_the_same_placeholders() {
    let english = catalogue(Language::English);
    for language in Language::ALL {
        let texts = catalogue(*language);
        let (ours, theirs): (BTreeSet<_>, BTreeSet<_>) = (english.keys().collect(), texts.keys().collect());
        assert!(ours == theirs, "{language}: {:#?}", ours.symmetric_difference(&theirs));
        for key in english.keys() {
            let places = [&english, &texts].map(|texts| {
                let mut places = texts.message(key).unwrap().places();
                places.values.remove(COUNT);
                places
            });
            assert_eq!(places[0], places[1], "{language}: {key}");
            let forms = [&english, &texts].map(|texts| texts.message(key).unwrap().forms().0.is_some());
            assert!(forms[1] || !forms[0], "{language}: {key} has one form");
        }
        assert!(!of_templates(&texts).is_empty());
    }
}

#[test]
fn views_fill_the_placeholders_that_a_text_has() {
    let english = catalogue(Language::English);
    let mut calls = 0;
    for (file, code) in sources() {
        for (at, call) in [".say(\"", ".count(\""].iter().flat_map(|call| code.match_indices(call)) {
            let rest = &code[at + call.len()..];
            let key = rest.split('"').next().unwrap();
            let values = rest.split_once("&[").map_or("", |(_, values)| values.split("])").next().unwrap_or_default());
            let given: BTreeSet<String> =
                values.split("(\"").skip(1).map(|value| value.split('"').next().unwrap().to_owned()).collect();
            let mut asked = english.message(key).unwrap_or_else(|| panic!("{file}: {key}")).places().values;
            asked.remove(COUNT);
            assert_eq!(given, asked, "{file}: {key}");
            calls += 1;
        }
    }
    assert!(calls > 20, "{calls}");
}

/// A template without its tags and without the values of its attributes; what is code stays code.
fn plain(name: &str, template: &str) -> String {
    let mut words = String::new();
    let mut rest = template;
    while let Some(c) = rest.chars().next() {
        let tag = ["{{", "{%", "{#"].iter().any(|open| rest.starts_with(open));
        let skipped = if tag {
            tag_length(rest).unwrap()
        } else if rest.starts_with(OPEN) {
            Tag::read(rest, 0).unwrap_or_else(|(_, what)| panic!("{name}: {what}")).end
        } else {
            words.push(c);
            c.len_utf8()
        };
        rest = &rest[skipped..];
    }
    words
}

/// The elements in which words are commands, names of files and the like.
const CODE: [&str; 3] = ["code", "pre", "script"];

/// Whether a text in the code of a template is meant for people: names of classes and kinds are not.
fn is_for_people(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(char::is_uppercase) || (text.contains(' ') && text.contains(char::is_alphabetic) && !text.contains('-'))
}

#[test]
fn templates_have_no_words_in_their_code() {
    for (name, template) in templates() {
        let starts = ["{{", "{%"].iter().flat_map(|open| template.match_indices(open));
        for (at, _) in starts.filter(|(at, _)| tag_length(&template[*at..]).is_some()) {
            let tag = &template[at..at + tag_length(&template[at..]).unwrap()];
            let said = tag.split('"').skip(1).step_by(2).find(|text| is_for_people(text) && !text.contains("{{"));
            assert_eq!(said, None, "{name}: {tag}: put it into the catalogues");
        }
    }
}

#[test]
fn templates_have_no_words_of_their_own() {
    const NAMES: [&str; 6] = ["GnuPG", "IntelMQ", "MISP", "Web Key Directory", "404", "Peerage"];
    for (name, template) in templates().filter(|(name, _)| name.ends_with(".html")) {
        let mut text = plain(name, template);
        for element in CODE {
            while let Some((before, inside)) = text.split_once(&format!("<{element}")) {
                let (_, after) = inside.split_once(&format!("</{element}>")).unwrap();
                text = format!("{before}{after}");
            }
        }
        for said in ["alt", "aria-label", "title", "placeholder", "abbr", "data-name"] {
            for value in text.split(&format!(" {said}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap()) {
                assert!(!value.contains(char::is_alphabetic), "{name}: {said}={value}");
            }
        }
        for words in text.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words).trim()) {
            let known = NAMES.contains(&words)
                || words.starts_with('.')
                || words.ends_with("url(#tone-)")
                || !words.contains(char::is_alphabetic)
                || words.starts_with('&');
            assert!(known, "{name} says `{words}` itself: put it into the catalogues");
        }
    }
}

#[test]
fn french_marks_stand_apart_without_a_break() {
    let (_, bytes) = FILES.iter().find(|(file, _)| *file == "texts/fr.yaml").unwrap();
    for line in std::str::from_utf8(bytes).unwrap().lines().filter(|line| !line.starts_with('#')) {
        let text = line.split_once(": ").map_or("", |(_, text)| text);
        for mark in [" :", " ;", " ?", " !", "« ", " »", " %"] {
            assert!(!text.contains(mark), "a plain space: {line}");
        }
    }
}

#[test]
fn what_is_said_depends_on_the_number_as_the_language_wants_it() {
    let said = |language, count| catalogue(language).count("home.teams", count, &[]);
    assert_eq!([0, 1, 2].map(|count| said(Language::English, count)), ["0 teams", "1 team", "2 teams"]);
    assert_eq!([0, 1, 2].map(|count| said(Language::French, count)), ["0 équipe", "1 équipe", "2 équipes"]);
    assert_eq!([0, 1, 2].map(|count| said(Language::German, count)), ["0 Teams", "1 Team", "2 Teams"]);
}
