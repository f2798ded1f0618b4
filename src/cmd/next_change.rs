//! `peerage next-change`.

use super::input::read;
use super::report::{print, say};
use super::today::today;
use super::{FINE, Failure};
use crate::assess::assess;
use crate::{cli, site};

/// Prints the day on which the site is to be built again.
pub(super) fn run(args: &cli::NextChange) -> Result<u8, Failure> {
    let today = today(args.today)?;
    let directory = read(&args.project)?;
    match site::next_change(&assess(&directory, today)) {
        Some(day) => print(&format!("{day}\n"))?,
        None => say(format_args!("After {today} nothing changes by itself: the site is built again when a file has changed.")),
    }
    Ok(FINE)
}
