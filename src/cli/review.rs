//! What was typed for those who review and operate: what changes, and when.

use super::date;
use crate::model::Date;
use clap::Args;
use std::ffi::OsString;
use std::path::PathBuf;

/// `peerage diff`.
#[derive(Debug, Args)]
pub struct Diff {
    /// What was before: a project's folder (inside a repository written ./FOLDER), or a git revision
    pub old: OsString,
    /// What is now: likewise
    #[arg(default_value = ".")]
    pub new: OsString,
    /// Print all of it for programs
    #[arg(long)]
    pub json: bool,
    /// The day for which levels are told on both sides, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub today: Option<Date>,
}

/// `peerage due`.
#[derive(Debug, Args)]
pub struct Due {
    /// The project's folder
    #[arg(default_value = ".")]
    pub project: PathBuf,
    /// How many days ahead
    #[arg(long, value_name = "DAYS", default_value_t = 90, value_parser = clap::value_parser!(u32).range(..=36_500))]
    pub within: u32,
    /// Print the list for programs
    #[arg(long, conflicts_with = "markdown")]
    pub json: bool,
    /// Print the list as Markdown with tasks, for an issue
    #[arg(long)]
    pub markdown: bool,
    /// The day from which it is counted, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub today: Option<Date>,
}

/// `peerage next-change`.
#[derive(Debug, Args)]
pub struct NextChange {
    /// The project's folder
    #[arg(default_value = ".")]
    pub project: PathBuf,
    /// The day after which the change is looked for, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub today: Option<Date>,
}
