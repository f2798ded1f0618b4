//! The commands. Here alone is a clock, and here alone things are printed.

mod baseline;
mod build;
mod check;
mod codeowners;
mod completions;
mod create;
mod diff;
mod due;
mod edition;
mod fmt;
mod foreign;
mod import;
mod init;
mod input;
mod key;
mod lookup;
mod man;
mod new;
mod next_change;
mod progress;
mod read;
mod report;
mod repository;
mod schema;
mod seal;
mod serve;
mod signing;
mod today;
mod verify;

use crate::cli::{Cli, Command};
use std::process::ExitCode;

/// All is well.
const FINE: u8 = 0;
/// The files have errors.
const ERRORS: u8 = 1;
/// We could not work.
const FAILED: u8 = 2;

/// Does what was asked.
pub fn run(cli: &Cli) -> ExitCode {
    let result = match &cli.command {
        Command::Check(args) => check::run(args),
        Command::Fmt(args) => fmt::run(args),
        Command::New(args) => new::run(args),
        Command::Key(args) => key::run(args),
        Command::Lookup(args) => lookup::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Due(args) => due::run(args),
        Command::NextChange(args) => next_change::run(args),
        Command::Init(args) => init::run(args),
        Command::Import(args) => import::run(args),
        Command::Build(args) => build::run(args),
        Command::Edition(args) => edition::run(args),
        Command::Seal(args) => seal::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Serve(args) => serve::run(args),
        Command::Codeowners(args) => codeowners::run(args),
        Command::Completions(args) => completions::run(args),
        Command::Man => man::run(),
        Command::Schema(args) => schema::run(args),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            report::say(format_args!("peerage: {error}"));
            ExitCode::from(FAILED)
        }
    }
}

/// Why a command could not work, in a sentence.
type Failure = Box<dyn std::error::Error>;
