//! What the directory is for other programs: one file for each form in which it is written. Our own JSON is in `api`, and
//! what is handed out of keys in `keys`.
//!
//! Which of them a site has is chosen in `site.yaml` (`Format`). Every file is written team by team, so that no more than
//! one team is in memory in any of these forms, and says nothing that a page does not say.

mod atom;
mod cerebrate;
mod csv;
mod facts;
mod first;
mod global_irt;
mod icalendar;
mod json;
pub(super) mod json_ld;
mod offers;
pub(super) mod security_txt;
pub(super) mod shields;
pub(super) mod sitemap;
mod stix;
mod trusted_introducer;
mod vcard;

pub use csv::write_table;
pub(super) use icalendar::meetings;
#[cfg(test)]
pub(super) use offers::all_offers;
pub(super) use offers::offers;
pub use vcard::{Person, write_person};

use super::{RenderError, api};
use crate::assess::{AssessedTeam, Assessment};
use crate::config::Format;
use std::io::Write;

/// Writes a file of the whole directory.
pub(super) type Whole = fn(&Assessment<'_>, &mut dyn Write) -> Result<(), RenderError>;

/// Writes a file of one team.
pub(super) type OfTeam = fn(&AssessedTeam<'_>, &Assessment<'_>, &mut dyn Write) -> Result<(), RenderError>;

/// The files of the whole directory: of which format, where, and how.
pub(super) const WHOLE: &[(Format, &str, Whole)] = &[
    (Format::TrustedIntroducer, trusted_introducer::PATH, trusted_introducer::teams),
    (Format::TrustedIntroducer, trusted_introducer::INDEX, trusted_introducer::index),
    (Format::First, first::PATH, first::teams),
    (Format::GlobalIrt, global_irt::PATH, global_irt::teams),
    (Format::Cerebrate, cerebrate::INDEX, cerebrate::index),
    (Format::Cerebrate, cerebrate::REST, cerebrate::rest),
    (Format::Stix, stix::PATH, stix::bundle),
    (Format::Csv, csv::TEAMS, csv::teams),
    (Format::Csv, csv::KEYS, csv::keys),
    (Format::VCard, vcard::PATH, vcard::teams),
    (Format::ICalendar, icalendar::PATH, icalendar::calendar),
    (Format::Atom, atom::PATH, atom::feed),
];

/// The files of each team: of which format, what stands before and behind its id in the path, and how.
pub(super) const OF_TEAM: &[(Format, [&str; 2], OfTeam)] =
    &[(Format::TeamVCard, vcard::OF_TEAM, vcard::team), (Format::TeamJson, ["api/v1/teams/", ".json"], api::team)];
