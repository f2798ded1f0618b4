//! What was typed for what is published, and for whoever has got it.

use super::date;
use crate::model::Date;
use clap::Args;
use std::path::PathBuf;

/// `peerage verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The folder of a built site, or a copy of it
    #[arg(default_value = "public")]
    pub folder: PathBuf,
    /// A site that you had before, or its manifest.json: the new one must not be older
    #[arg(long, value_name = "FOLDER|FILE")]
    pub against: Option<PathBuf>,
    /// The public key of whoever signs the site, of OpenPGP or minisign, from elsewhere than the site
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// The day for which it is asked, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub today: Option<Date>,
    /// Say nothing where all is well
    #[arg(long, short)]
    pub quiet: bool,
}
