//! Arguments in, exit code out.

use clap::Parser;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    peerage::cmd::run(&peerage::cli::Cli::parse())
}
