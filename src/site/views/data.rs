//! The page on what there is for programs.

use crate::assess::{AssessedTeam, Assessment};
use crate::model::Url;
use crate::site::Catalogue;
use crate::site::formats::offers;
use crate::site::groups::Groups;
use crate::site::sample::beginning;
use serde::Serialize;

/// What there is for programs.
#[derive(Serialize)]
pub(in crate::site) struct DataView<'a> {
    /// Which formats were chosen, by id.
    formats: Vec<&'static str>,
    /// Where the site is published; else what stands for that in examples.
    base: &'a str,
    /// Whether nobody said where it is published.
    placeholder: bool,
    offers: Vec<OfferView>,
    /// The keyring to begin with, if any holds a key.
    keyring: Option<&'static str>,
    example: Option<Example<'a>>,
}

/// A file, or a kind of file.
#[derive(Serialize)]
struct OfferView {
    path: &'static str,
    /// Whether there is one file of it, to which a link can lead.
    one: bool,
    media_type: &'static str,
    title: String,
    readers: String,
    /// How it begins.
    beginning: Option<String>,
}

/// A team on which the examples are shown.
#[derive(Serialize)]
struct Example<'a> {
    id: &'a str,
    asn: Option<u32>,
    domain: Option<&'a str>,
    country: String,
}

impl<'a> DataView<'a> {
    /// What the site of `assessment` offers.
    pub(in crate::site) fn new(assessment: &'a Assessment<'_>, groups: &Groups<'_>, texts: &Catalogue) -> Self {
        let config = &assessment.directory.config;
        let shown = example(assessment);
        let offers: Vec<OfferView> = offers(assessment.directory, groups)
            .map(|offer| OfferView {
                path: offer.path,
                one: offer.is_one(),
                media_type: offer.media_type,
                title: texts.member("offer", &offer.id()),
                readers: texts.member("readers", offer.readers),
                beginning: shown.and_then(|team| beginning(offer.path, team, assessment, groups)),
            })
            .collect();
        let offered = |path: &&str| offers.iter().any(|offer| offer.path == *path);
        Self {
            formats: config.formats.iter().map(|format| format.id()).collect(),
            placeholder: config.base_url.is_none(),
            base: config.base_url.as_ref().map_or("https://directory.example/", Url::href),
            keyring: ["keys/accredited.asc", "keys/all.asc"].into_iter().find(offered),
            offers,
            example: shown.map(|team| Example {
                id: team.team.id.as_str(),
                asn: team.team.constituency.asns.first().map(|asn| asn.value.number()),
                domain: team.team.constituency.domains.first().map(|domain| domain.value.name()),
                country: team.team.country.code().to_ascii_lowercase(),
            }),
        }
    }
}

/// The team that has most to show, claims of each kind and a key; of these the highest in level, and of these the first.
fn example<'a>(assessment: &'a Assessment<'a>) -> Option<&'a AssessedTeam<'a>> {
    let worth = |team: &AssessedTeam<'_>| {
        let constituency = &team.team.constituency;
        let has = [!constituency.asns.is_empty(), !constituency.domains.is_empty(), team.keys.iter().any(|key| key.offered)];
        (has.into_iter().filter(|has| *has).count(), team.standing.status.counting())
    };
    // Of several that are worth the same `max_by_key` takes the last.
    assessment.teams.iter().rev().max_by_key(|team| worth(team))
}
