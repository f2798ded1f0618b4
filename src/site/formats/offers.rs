//! What there is for programs, as the page on it and the index of our own JSON list it.

use crate::config::Format;
use crate::load::Directory;
use crate::site::api;
use crate::site::groups::Groups;

/// A file, or a kind of file, that programs read.
pub(in crate::site) struct Offer {
    when: When,
    /// Where it stands; words in capital letters stand for what differs from file to file.
    pub(in crate::site) path: &'static str,
    /// Its media type (RFC 6838).
    pub(in crate::site) media_type: &'static str,
    /// What it is, in English.
    pub(in crate::site) title: &'static str,
    /// Whose it is to read: one of the texts `readers`.
    pub(in crate::site) readers: &'static str,
}

/// When it is there.
enum When {
    Always,
    Chosen(Format),
    /// Where the site's address is known.
    Published,
    /// Where it would hold a key.
    Keyring,
    /// Where there is a meeting.
    Meeting,
    /// Where anything was sealed.
    Sealed,
}

use When::{Always, Chosen, Keyring, Meeting, Published, Sealed};

const JSON: &str = "application/json";
const OPENPGP: &str = "application/pgp-keys";

const fn offer(when: When, path: &'static str, media_type: &'static str, title: &'static str, readers: &'static str) -> Offer {
    Offer { when, path, media_type, title, readers }
}

/// Everything, in the order of the page.
const OFFERS: &[Offer] = &[
    offer(Always, "api/v1/index.json", JSON, "What there is", "begin"),
    offer(Always, api::TEAMS, JSON, "Every team, with all that its page says", "own"),
    offer(Chosen(Format::TeamJson), "api/v1/teams/ID.json", JSON, "One team", "own"),
    offer(Always, "api/v1/by-level/LEVEL.json", JSON, "The teams of a level", "own"),
    offer(Always, "api/v1/by-country/CODE.json", JSON, "The teams of a country", "own"),
    offer(Always, "api/v1/changes.json", JSON, "What changed, the newest first", "own"),
    offer(Always, api::AUTHORITIES, JSON, "Every authority, and what it has decided", "own"),
    offer(Always, api::ASSOCIATIONS, JSON, "Every association, with its members", "own"),
    offer(Always, "api/v1/statistics.json", JSON, "The directory as a whole, and maturity", "own"),
    offer(Always, "api/v1/schema/NAME.json", "application/schema+json", "JSON Schema of each of these", "validators"),
    offer(Chosen(Format::Lookup), "lookup/index.json", JSON, "Data of the lookup", "lookup"),
    offer(Chosen(Format::LookupFiles), "lookup/asn/NUMBER.json", JSON, "Who answers for an AS number", "scripts"),
    offer(Chosen(Format::LookupFiles), "lookup/domain/NAME.json", JSON, "Who answers for a domain", "scripts"),
    offer(Chosen(Format::LookupFiles), "lookup/country/CODE.json", JSON, "Who answers for a country", "scripts"),
    offer(Chosen(Format::TrustedIntroducer), "directory/teams.json", JSON, "TI’s JSON", "intelmq"),
    offer(Chosen(Format::First), "first/v1/teams.json", JSON, "The shape of FIRST’s API", "first"),
    offer(Chosen(Format::GlobalIrt), "global-irt/v1/teams.json", JSON, "Global IRT", "global-irt"),
    offer(Chosen(Format::Cerebrate), "organisations/index", JSON, "Organisations", "cerebrate"),
    offer(Chosen(Format::Cerebrate), "organisations.json", JSON, "Organisations, as MISP’s REST API has them", "misp"),
    offer(Chosen(Format::Stix), "stix/teams.json", "application/stix+json;version=2.1", "STIX 2.1 identities", "platforms"),
    offer(Keyring, "keys/all.asc", OPENPGP, "The keys of all teams", "gnupg"),
    offer(Keyring, "keys/accredited.asc", OPENPGP, "The keys of the accredited teams", "gnupg"),
    offer(Keyring, "keys/certified.asc", OPENPGP, "The keys of the certified teams", "gnupg"),
    offer(Always, "keys.json", JSON, "What each key says of itself", "own"),
    offer(Chosen(Format::Csv), "teams.csv", "text/csv", "Table of teams", "spreadsheets"),
    offer(Chosen(Format::Csv), "keys.csv", "text/csv", "Table of keys", "spreadsheets"),
    offer(Always, "statistics.csv", "text/csv", "Table of the statistics", "spreadsheets"),
    offer(Chosen(Format::VCard), "teams.vcf", "text/vcard", "Cards of all teams", "address-books"),
    offer(Chosen(Format::TeamVCard), "teams/ID.vcf", "text/vcard", "Card of one team", "address-books"),
    offer(Chosen(Format::Shields), "teams/ID.shields.json", JSON, "Badge of one team", "shields"),
    offer(Chosen(Format::ICalendar), "expiry.ics", "text/calendar", "What ends, and when", "calendars"),
    offer(Meeting, "events.ics", "text/calendar", "Meetings", "calendars"),
    offer(Sealed, "sealed/LEVEL.tar.gpg", "application/octet-stream", "What is for the teams of a level, encrypted", "entitled"),
    offer(Sealed, "sealed/index.json", JSON, "For which keys each of these is", "scripts"),
    offer(Chosen(Format::Atom), "changes.atom", "application/atom+xml", "What changed", "feed-readers"),
    offer(Published, "sitemap.xml", "application/xml", "Every page", "search-engines"),
];

/// Everything that any site offers.
#[cfg(test)]
pub(in crate::site) fn all_offers() -> &'static [Offer] {
    OFFERS
}

/// What the site of `directory` offers.
pub(in crate::site) fn offers(directory: &Directory, groups: &Groups<'_>) -> impl Iterator<Item = &'static Offer> {
    let config = &directory.config;
    let is_there = |path| groups.keys.rings.iter().any(|ring| !ring.keys.is_empty() && ring.path("asc") == path);
    OFFERS.iter().filter(move |offer| match offer.when {
        Always => true,
        Chosen(format) => config.writes(format),
        Published => config.base_url.is_some(),
        Keyring => is_there(offer.path),
        Meeting => !directory.meetings.is_empty(),
        Sealed => directory.sealed.is_some(),
    })
}

impl Offer {
    /// Its key among the texts `offer`: the path with hyphens.
    pub(in crate::site) fn id(&self) -> String {
        self.path.to_ascii_lowercase().replace(['/', '.'], "-")
    }

    /// Whether it is one file, and not a kind of file.
    pub(in crate::site) fn is_one(&self) -> bool {
        !self.path.bytes().any(|b| b.is_ascii_uppercase())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{OF_TEAM, WHOLE};
    use super::*;

    #[test]
    fn every_format_with_files_is_offered() {
        for (format, path, _) in WHOLE {
            let known = OFFERS.iter().any(|offer| offer.path == *path);
            // The second path at which TI's file stands is for programs that know it already.
            assert!(known || path.starts_with("trusted-introducer/"), "{format}: {path}");
        }
        for (format, [before, behind], _) in OF_TEAM {
            assert!(OFFERS.iter().any(|offer| offer.path == format!("{before}ID{behind}")), "{format}");
        }
    }
}
