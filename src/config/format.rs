//! The formats for other programs, of which an operator chooses.

use crate::model::keywords;
use std::collections::BTreeSet;

keywords! {
    /// A form in which the directory is written for other programs, besides its pages, badges, keys and its own JSON.
    pub enum Format, "a format" {
        /// TI's JSON, under both of the paths at which its own has stood.
        TrustedIntroducer = "trusted-introducer",
        /// The shape of FIRST's API.
        First = "first",
        /// Global IRT, version 1.
        GlobalIrt = "global-irt",
        /// The organisations that MISP's Cerebrate client reads.
        Cerebrate = "cerebrate",
        /// A bundle of STIX 2.1 identities.
        Stix = "stix",
        /// Tables of teams and of keys (RFC 4180).
        Csv = "csv",
        /// One file with the cards of all teams (vCard 4.0, RFC 6350).
        VCard = "vcard",
        /// A card for each team: a file a team.
        TeamVCard = "team-vcard",
        /// What ends, as a calendar (RFC 5545).
        ICalendar = "icalendar",
        /// What changed, as a feed (RFC 4287).
        Atom = "atom",
        /// What search engines read on team pages (schema.org). No file of its own.
        JsonLd = "json-ld",
        /// Our own JSON for each team: a file a team.
        TeamJson = "team-json",
        /// The badge of each team as an endpoint of Shields: a file a team.
        Shields = "shields",
        /// The page on which one looks up who answers for something, and its data.
        Lookup = "lookup",
        /// The answers for programs: a file for each AS number, domain and country that is claimed.
        LookupFiles = "lookup-files",
        /// The trees that owners of mail domains can put up as their Web Key Directory: two files or more a domain.
        WebKeyDirectory = "web-key-directory",
    }
}

impl Format {
    /// What a site has where `site.yaml` names none: no file of these is one a team or a claim.
    pub(super) fn usual() -> BTreeSet<Self> {
        let left_out = |format: &Self| {
            matches!(
                format,
                Self::First
                    | Self::GlobalIrt
                    | Self::Stix
                    | Self::TeamVCard
                    | Self::TeamJson
                    | Self::Shields
                    | Self::LookupFiles
                    | Self::WebKeyDirectory
            )
        };
        Self::ALL.iter().copied().filter(|format| !left_out(format)).collect()
    }
}
