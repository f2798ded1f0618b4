//! `peerage check`.

use super::Failure;
use super::report::report;
use super::today::today;
use crate::cli;

pub(super) fn run(args: &cli::Check) -> Result<u8, Failure> {
    let today = today(args.project.today)?;
    let root = &args.project.project;
    let (directory, mut findings) = crate::load::load(root)?;
    if let Some(directory) = &directory {
        let assessment = crate::assess::assess(directory, today);
        findings.extend(crate::check::check(&assessment));
    }
    crate::diagnostic::sort(&mut findings);
    report(&findings, args.project.format, &[root])
}
