//! What was typed for what is told to some teams alone.

use super::{Format, Project, date};
use crate::model::{Date, Level, TeamId};
use clap::Args;
use std::path::PathBuf;
use std::str::FromStr;

/// `peerage seal`.
#[derive(Debug, Args)]
pub struct Seal {
    /// The project's folder; with --for the message, `-` for standard input, and then the project's folder
    #[arg(value_name = "MESSAGE|PROJECT", num_args = 0..=2)]
    pub paths: Vec<PathBuf>,
    /// Encrypt a message for these: a level, for the teams at it or above it, or the id of a team; may be given more than once
    #[arg(long = "for", value_name = "LEVEL|TEAM", value_parser = reader)]
    pub readers: Vec<ReaderOf>,
    /// Where the encrypted message is written, instead of standard output
    #[arg(long, value_name = "FILE", requires = "readers", conflicts_with = "private")]
    pub out: Option<PathBuf>,
    /// The private tree, outside the project, of which what is for a level is sealed
    #[arg(long, value_name = "FOLDER", conflicts_with = "readers")]
    pub private: Option<PathBuf>,
    /// Do not say in messages for whom they are: whoever opens one tries all keys
    #[arg(long)]
    pub hide_recipients: bool,
    /// Sign messages, inside, by the secret key in this file, which has no passphrase and lies outside the project
    #[arg(long, value_name = "FILE")]
    pub sign_with: Option<PathBuf>,
    /// The day for which levels and keys are judged, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub today: Option<Date>,
    /// Say nothing but findings and errors
    #[arg(long, short)]
    pub quiet: bool,
    /// How findings are shown; all but `human` on standard output
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

/// Who is to read a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReaderOf {
    /// The teams at this level or above it.
    Level(Level),
    /// This team.
    Team(TeamId),
}

impl Seal {
    /// The project and the day.
    pub fn project(&self) -> Project {
        let at = usize::from(!self.readers.is_empty());
        Project {
            project: self.paths.get(at).cloned().unwrap_or_else(|| PathBuf::from(".")),
            today: self.today,
            private: self.private.clone(),
            quiet: self.quiet,
            format: self.format,
        }
    }
}

fn reader(text: &str) -> Result<ReaderOf, String> {
    if let Ok(level) = Level::from_str(text) {
        return Ok(ReaderOf::Level(level));
    }
    let team = TeamId::from_str(text).map(ReaderOf::Team);
    team.map_err(|_| format!("`{text}` is neither a level, such as `accredited`, nor the id of a team"))
}
