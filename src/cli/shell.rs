//! What shells and `man` are told of the command line. It follows from the declarations alone.

use super::Cli;
use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use std::io;

/// `peerage completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

impl Completions {
    /// The script that completes the command line in the shell.
    pub fn script(&self) -> Vec<u8> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "peerage", &mut script);
        script
    }
}

/// The manual page, in roff: the program, and each of its commands with all options.
///
/// # Errors
/// Where it cannot be written into memory, which gives no cause for errors.
pub fn manual() -> io::Result<Vec<u8>> {
    let mut command = Cli::command();
    // Gives the commands their whole names, as they are typed.
    command.build();
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    for of in command.get_subcommands() {
        part(of, "peerage", &mut page)?;
    }
    notes(&man, &mut page)?;
    Ok(page)
}

/// A part of the manual page about one command, and parts about its own commands.
fn part(command: &Command, of: &str, page: &mut Vec<u8>) -> io::Result<()> {
    if command.get_name() == "help" {
        return Ok(());
    }
    let name = format!("{of} {}", command.get_name());
    let man = Man::new(command.clone());
    let mut text = Vec::new();
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    if command.get_arguments().any(|argument| !argument.is_hide_set()) {
        man.render_options_section(&mut text)?;
    }
    notes(&man, &mut text)?;
    // What is a page of its own to the crate is a part of ours: its sections are one step lower.
    let text = String::from_utf8_lossy(&text);
    let lower = |line: &str| line.strip_prefix(".SH").map_or_else(|| line.to_owned(), |title| format!(".SS{title}"));
    page.extend(format!(".SH \"{name}\"\n").bytes());
    page.extend(text.lines().flat_map(|line| (lower(line) + "\n").into_bytes()));
    command.get_subcommands().try_for_each(|inner| part(inner, &name, page))
}

/// What stands below the help of a command: examples and exit codes.
fn notes(man: &Man, page: &mut Vec<u8>) -> io::Result<()> {
    let mut text = Vec::new();
    man.render_extra_section(&mut text)?;
    page.extend(String::from_utf8_lossy(&text).replacen(".SH EXTRA", ".SH NOTES", 1).into_bytes());
    Ok(())
}
