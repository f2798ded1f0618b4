//! `peerage edition`.

use super::create::{create_both, editions_folder, folder};
use super::input::{Input, NO_LINKS};
use super::progress::Progress;
use super::report::say;
use super::{FINE, Failure};
use crate::cli;
use crate::diagnostic::Finding;
use crate::disclosure::{Decision, Made, complete, decide, edition_text, gather, ledger_text, left_out, report};
use crate::model::{Date, Ledger, Series, SeriesLedger};
use std::io::{self, Write};
use std::path::Path;

/// Shows what an edition of today would be, or makes it.
pub(super) fn run(args: &cli::Edition) -> Result<u8, Failure> {
    let Some(private) = &args.project.private else {
        return Err("an edition is made from confidential scores: name the private tree with --private FOLDER".into());
    };
    let progress = Progress::new(args.project.quiet);
    let input = Input::read(&args.project, &progress)?;
    progress.done();
    let assessment = input.assess();
    let findings = input.findings(assessment.as_ref(), Vec::new(), NO_LINKS);
    let Some(assessment) = assessment.filter(|_| !findings.iter().any(Finding::is_error)) else {
        return input.report(&findings);
    };
    let ledgers = &input.private().ledgers;
    complete(&assessment.directory.editions, ledgers, input.today)?;
    let gathered = gather(&assessment, input.private());
    let mut made = Vec::new();
    for roll in &gathered.rolls {
        let (past, last) = past(ledgers, roll.series);
        let decision = decide(roll, &past, args.insist);
        if !args.project.quiet {
            say(report(roll, &decision, last));
        }
        if let Decision::Made(edition) = decision {
            made.push(*edition);
        }
    }
    if !args.project.quiet {
        let left_out = left_out(&gathered);
        if !left_out.is_empty() {
            say(left_out);
        }
    }
    if gathered.rolls.is_empty() {
        return Err("no team contributes confidential scores that count today".into());
    }
    if made.is_empty() {
        return Err("no edition can be made today".into());
    }
    if args.write { write(&made, &args.project.project, private, input.today) } else { show(&made, args.project.quiet) }
}

/// The editions that a series had, oldest first, and the day of the last.
fn past(ledgers: &[Ledger], series: Series) -> (Vec<&SeriesLedger>, Option<Date>) {
    let of = ledgers.iter().flat_map(|ledger| ledger.series.iter().map(|series| (series, ledger.date)));
    let past: Vec<_> = of.filter(|(ledger, _)| ledger.series == series).collect();
    let last = past.last().map(|(_, date)| *date);
    (past.into_iter().map(|(ledger, _)| ledger).collect(), last)
}

fn show(made: &[Made], quiet: bool) -> Result<u8, Failure> {
    io::stdout().lock().write_all(edition_text(made.iter().map(|made| &made.figures))?.as_bytes())?;
    if !quiet {
        say("Nothing was written. With --write this becomes an edition.");
    }
    Ok(FINE)
}

fn write(made: &[Made], project: &Path, private: &Path, today: Date) -> Result<u8, Failure> {
    let edition = edition_text(made.iter().map(|made| &made.figures))?;
    let ledger = ledger_text(made.iter().map(|made| &made.ledger))?;
    let name = format!("{today}.yaml");
    let (public, hidden) = (editions_folder(project)?.join(&name), folder(private, "ledger")?.join(&name));
    if !create_both((&hidden, &ledger), (&public, &edition))? {
        return Err(format!("{} or {} is there already; nothing was written", hidden.display(), public.display()).into());
    }
    let mut out = io::stdout().lock();
    writeln!(out, "Wrote {}: commit it, and it is published with the next build", public.display())?;
    writeln!(out, "Wrote {}: keep it, for without it no other edition can be made", hidden.display())?;
    Ok(FINE)
}
