//! What the directory is for other programs: one file for each form in which it is written. Our own JSON is in `api`, and
//! what is handed out of keys in `keys`.
//!
//! Which of them a site has is chosen in `site.yaml` (`Format`). Every file is written team by team, so that no more than
//! one team is in memory in any of these forms, and says nothing that a page does not say.

mod identity;
mod offers;
mod trusted_introducer;

pub(super) use offers::offers;

use super::{RenderError, api};
use crate::assess::{AssessedTeam, Assessment};
use crate::config::Format;
use std::io::Write;

/// Writes a file of the whole directory.
pub(super) type Whole = fn(&Assessment<'_>, &mut dyn Write) -> Result<(), RenderError>;

/// Writes a file of one team.
pub(super) type OfTeam = fn(&AssessedTeam<'_>, &Assessment<'_>, &mut dyn Write) -> Result<(), RenderError>;

/// The files of the whole directory: of which format, where, and how.
pub(super) const WHOLE: &[(Format, &str, Whole)] =
    &[(Format::TrustedIntroducer, trusted_introducer::PATH, trusted_introducer::teams)];

/// The files of each team: of which format, what stands before and behind its id in the path, and how.
pub(super) const OF_TEAM: &[(Format, [&str; 2], OfTeam)] = &[(Format::TeamJson, ["api/v1/teams/", ".json"], api::team)];
