//! The page on which one looks up who answers for something. What is found stands in files that the page loads.

use crate::assess::{AssessedTeam, Assessment};
use crate::config::Format;
use crate::site::Catalogue;
use serde::Serialize;
use url::form_urlencoded::byte_serialize;

/// The page for looking things up.
#[derive(Serialize)]
pub(in crate::site) struct LookupView {
    /// What could be asked of this directory: of each kind one thing that is found.
    examples: Vec<Example>,
    /// Whether there is a file for each AS number, domain and country.
    files: bool,
}

#[derive(Serialize)]
struct Example {
    /// The fragment of the page's address that asks for it.
    href: String,
    text: String,
    kind: String,
}

/// A kind of thing that could be asked for, and what a team has of it.
type Kind = (&'static str, fn(&AssessedTeam<'_>, &Catalogue) -> Option<String>);

const KINDS: &[Kind] = &[
    ("network", |team, _| team.team.constituency.networks.first().map(|network| network.value.to_string())),
    ("domain", |team, _| team.team.constituency.domains.first().map(|domain| format!("www.{}", domain.name()))),
    ("asn", |team, _| team.team.constituency.asns.first().map(|asn| asn.value.to_string())),
    ("email", |team, _| team.team.contact.main_email().map(ToString::to_string)),
    ("country", |team, texts| Some(texts.country(team.team.country).to_owned())),
    ("key", |team, _| team.keys.first().map(|key| key.fingerprint.digits().to_owned())),
    ("name", |team, _| Some(team.team.name.to_string())),
];

impl LookupView {
    pub(in crate::site) fn new(assessment: &Assessment<'_>, texts: &Catalogue) -> Self {
        let teams = || assessment.teams.iter().filter(|team| !team.standing.status.is_withdrawn());
        let example = |(kind, of): &Kind| {
            let text = teams().find_map(|team| of(team, texts))?;
            Some(Example {
                href: format!("#q={}", byte_serialize(text.as_bytes()).collect::<String>()),
                text,
                kind: texts.member("lookup_kind", kind),
            })
        };
        let files = assessment.directory.config.writes(Format::LookupFiles);
        Self { examples: KINDS.iter().filter_map(example).collect(), files }
    }
}
