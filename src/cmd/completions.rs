//! `peerage completions`.

use super::report::print;
use super::{FINE, Failure};
use crate::cli;

pub(super) fn run(args: &cli::Completions) -> Result<u8, Failure> {
    print(&String::from_utf8_lossy(&args.script()))?;
    Ok(FINE)
}
