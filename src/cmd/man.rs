//! `peerage man`.

use super::report::print;
use super::{FINE, Failure};
use crate::cli;

pub(super) fn run() -> Result<u8, Failure> {
    print(&String::from_utf8_lossy(&cli::manual()?))?;
    Ok(FINE)
}
