//! What was typed.

mod init;
mod publication;
mod review;
mod seal;
mod shell;

pub use init::{Codeowners, Forge, Host, Init};
pub use publication::Verify;
pub use review::{Diff, Due, NextChange};
pub use seal::{ReaderOf, Seal};
pub use shell::{Completions, manual};

use crate::model::{Date, TeamId};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Turns one YAML file per incident response team (CSIRT) into a public directory as a static site.
#[derive(Debug, Parser)]
#[command(
    name = "peerage",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 all is well, 1 the files have errors, 2 Peerage could not work."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// What was typed for this run. Where it makes no sense, or asks for help, that is said and the program ends.
    pub fn typed() -> Self {
        Self::parse()
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the site
    ///
    /// Reads the project, and writes its site into a folder that any web host can serve. Where a file has an error,
    /// nothing is written and every error is shown.
    #[command(
        after_help = "Examples:\n  peerage build\n  peerage build my-directory --out /srv/www\n  peerage build --today 2027-01-01"
    )]
    Build(Build),
    /// Verify a built site: every file, the signature, that it is fresh, and that it is not older than another
    ///
    /// Says what that proves and what it does not. Nothing is written, and nothing is fetched.
    #[command(
        after_help = "Exit codes: 0 all of it holds, 1 it was refused, 2 Peerage could not work.\n\nExamples:\n  peerage verify public\n  peerage verify mirror --key operator.asc --against last-week/manifest.json"
    )]
    Verify(Verify),
    /// Show every mistake in every file, and what lapses; `peerage due` lists all that ends soon
    ///
    /// Does all that a build does but write. A date that passes is a warning; only mistakes in files are errors. With a
    /// baseline, a directory with old mistakes is checked for new ones; it is not built before the old ones are mended.
    #[command(
        after_help = "Examples:\n  peerage check\n  peerage check my-directory --format short\n  peerage check --format gitlab > gl-code-quality-report.json\n  peerage check --baseline baseline.json --update-baseline"
    )]
    Check(Check),
    /// Preview the site in a browser, always as the files are now
    ///
    /// The pages are shown on this machine alone, and are loaded again after each save. While files have errors, the last
    /// good pages stay, with the errors on top of them. Nothing is written.
    #[command(
        after_help = "Examples:\n  peerage serve\n  peerage serve my-directory --port 8080\n  peerage serve /mnt/shared/my-directory --poll"
    )]
    Serve(Serve),
    /// Show, or make, an edition of maturity figures from confidential scores
    ///
    /// Shows what would be published, what is withheld and why, and what the step from the last edition would reveal.
    /// With --write it writes the figures into content/editions, and into the private tree who contributed.
    #[command(
        after_help = "Examples:\n  peerage edition --private ../private\n  peerage edition my-directory --private ../private --write"
    )]
    Edition(Edition),
    /// Encrypt what the private tree has for a level, or a message, for the teams that are entitled to it
    ///
    /// Writes into content/sealed one OpenPGP message for each level for which the private tree has something, for the teams at
    /// that level or above it by the keys they have today, and says who cannot read it and why. With --for, a text or a mail is
    /// encrypted and printed instead.
    #[command(
        after_help = "Examples:\n  peerage seal --private ../private\n  peerage seal my-directory --private ../private --sign-with ~/keys/operator.asc\n  peerage seal alert.txt --for accredited > alert.asc\n  peerage seal - --for cert-alpha --for cert-beta < mail.eml"
    )]
    Seal(Seal),
    /// Bring entries into the canonical form, without losing a comment
    ///
    /// The order of keys, quotes, dates, fingerprints and layout, as docs/entries.md has them; for entries, authorities,
    /// profiles and site.yaml. What is written is read again and held against what was there: no fact changes. Files that
    /// cannot be read as YAML are left alone, with their mistakes shown.
    #[command(
        after_help = "Examples:\n  peerage fmt\n  peerage fmt my-directory --check\n  peerage fmt --diff content/teams/cert-alpha.yaml\n  peerage fmt - < content/teams/cert-alpha.yaml"
    )]
    Fmt(Fmt),
    /// Begin the entry of a team: a file that explains itself
    #[command(after_help = "Example:\n  peerage new cert-alpha")]
    New(New),
    /// Show what the directory would say of a key
    ///
    /// Reads OpenPGP keys and S/MIME certificates, and says what each says of itself on the day, whether messages can be
    /// encrypted to it, and what to write into the team's entry. Nothing is written, and a secret key is never shown.
    #[command(
        after_help = "Examples:\n  peerage key cert-alpha.asc\n  gpg --export --armor cert@alpha.example | peerage key -\n  peerage key cert-alpha.pem --json"
    )]
    Key(Key),
    /// Find out who answers for an address, a network, a domain, an AS number or a country
    ///
    /// Also whose an e-mail address, a fingerprint or a long key id is, and which team is called so. Every team that matches
    /// is shown, the best match first, with the reason; nothing is guessed.
    #[command(
        after_help = "Exit codes: 0 somebody was found, 1 nobody was found, 2 Peerage could not work.\n\nExamples:\n  peerage lookup 192.0.2.17\n  peerage lookup www.alpha.example /srv/www --json\n  peerage lookup \"cert alpha\" my-directory"
    )]
    Lookup(Lookup),
    /// Tell what a change means in terms of trust
    ///
    /// Compares two versions of a directory, each a project's folder or a git revision: levels, history, keys, contacts and
    /// claims, team by team, the gravest first, as Markdown for a comment on a pull request. Of a key that takes another's
    /// place it is told whether the old one signed it. Revisions are read without a checkout; the project in them lies where
    /// the current folder does, or the folder that is compared with them.
    #[command(
        after_help = "Exit codes: 0 compared, be there changes or not, 2 Peerage could not work.\n\nExamples:\n  peerage diff origin/main\n  peerage diff v1 v2 --json\n  peerage diff ../before ."
    )]
    Diff(Diff),
    /// List what ends, or is to be done, within a number of days
    ///
    /// Certifications, keys, confirmations, candidacies, agreements, assessments and waivers: what is over already stands first,
    /// then what ends next. Nothing of a team that has withdrawn.
    #[command(
        after_help = "Examples:\n  peerage due\n  peerage due my-directory --within 30\n  peerage due --markdown | gh issue create --title \"What ends soon\" --body-file -"
    )]
    Due(Due),
    /// Print the next day on which the site changes although no file does
    ///
    /// For a scheduler: build the site again on that day. A level, a flag, a key, a figure or a list becomes another one then.
    /// That pages count the days from their own, and say of which day they are, is no change; but they are fresh for `stale_days` alone,
    /// so build within these. Where nothing will ever change, nothing is printed.
    #[command(after_help = "Example:\n  peerage next-change my-directory")]
    NextChange(NextChange),
    /// Make a directory project that builds at once
    ///
    /// With --host it has what publishes it there, every night too, and with that or --forge what keeps its repository: checks,
    /// a preview and a report of what changes in terms of trust for each proposed change, forms for those who do not use git,
    /// and CODEOWNERS. In a project that is there already, only these files are written, and none over another.
    #[command(
        after_help = "Examples:\n  peerage init my-directory\n  peerage init my-directory --host github-pages\n  peerage init . --host nginx --forge gitlab"
    )]
    Init(Init),
    /// Print the JSON Schema of what people write
    ///
    /// Editors that know YAML check and complete a file with it while one types. What takes more than one file, dates in order
    /// and the like, `peerage check` alone can see.
    #[command(after_help = "Example:\n  peerage schema entry > schema/entry.json")]
    Schema(Schema),
    /// Print CODEOWNERS: who is asked to review a change to which entry
    ///
    /// It is made of the lists `editors` in the entries and in content/site.yaml, for GitHub and GitLab alike.
    #[command(after_help = "Example:\n  peerage codeowners > CODEOWNERS")]
    Codeowners(Codeowners),
    /// Print the script that completes the command line in a shell
    #[command(
        after_help = "Examples:\n  peerage completions bash > ~/.local/share/bash-completion/completions/peerage\n  peerage completions fish > ~/.config/fish/completions/peerage.fish"
    )]
    Completions(Completions),
    /// Print the manual page
    #[command(after_help = "Example:\n  peerage man > /usr/local/share/man/man1/peerage.1")]
    Man,
    /// Make entries out of another directory's data
    ///
    /// Writes one entry per team, never over an existing file, and lists what it could not map.
    #[command(subcommand)]
    Import(Import),
}

/// The project, and the day for which it is read.
#[derive(Debug, Clone, Args)]
pub struct Project {
    /// The project's folder, the one that holds `content`
    #[arg(default_value = ".")]
    pub project: PathBuf,
    /// The day for which levels and flags are computed, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub today: Option<Date>,
    /// A private tree, outside the project: checked, never published
    #[arg(long, value_name = "FOLDER")]
    pub private: Option<PathBuf>,
    /// Say nothing but findings and errors
    #[arg(long, short)]
    pub quiet: bool,
    /// How findings are shown; all but `human` on standard output
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, with the source line, on standard error
    Human,
    /// One line for each finding
    Short,
    /// An array of objects
    Json,
    /// Annotations in a workflow of GitHub; what it would not show goes to the summary of the step
    Github,
    /// A code quality report for GitLab
    Gitlab,
    /// SARIF 2.1.0
    Sarif,
    /// For reviewdog, with suggestions that can be accepted
    Rdjson,
}

/// `peerage build`.
#[derive(Debug, Args)]
pub struct Build {
    /// The project and the day.
    #[command(flatten)]
    pub project: Project,
    /// Where the site is written [default: `public` in the project]
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// The number of this publication among those of its day, 0 to 99: the end of its serial, which only ever grows
    #[arg(long, value_name = "NUMBER", default_value_t = 0, value_parser = clap::value_parser!(u8).range(..100))]
    pub serial: u8,
    /// Sign the manifest by the secret key in this file, which has no passphrase and lies outside the project
    #[arg(long, value_name = "FILE")]
    pub sign_with: Option<PathBuf>,
}

/// `peerage check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The project and the day.
    #[command(flatten)]
    pub project: Project,
    /// A file of known findings: they are not shown, and do not count for the exit code
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// First write all that is found now into that file
    #[arg(long, requires = "baseline")]
    pub update_baseline: bool,
}

/// `peerage serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// The project and the day.
    #[command(flatten)]
    pub project: Project,
    /// The port; 0 takes any that is free [default: 8000, or the next that is free]
    #[arg(long, value_name = "NUMBER")]
    pub port: Option<u16>,
    /// Look at the files twice a second, for folders whose changes the system does not tell, such as shared ones
    #[arg(long)]
    pub poll: bool,
}

/// `peerage edition`.
#[derive(Debug, Args)]
pub struct Edition {
    /// The project and the day.
    #[command(flatten)]
    pub project: Project,
    /// Write the edition; publish it by committing it
    #[arg(long)]
    pub write: bool,
    /// Make an edition although it would reveal too much; it says so for ever
    #[arg(long)]
    pub insist: bool,
}

/// `peerage fmt`.
#[derive(Debug, Args)]
pub struct Fmt {
    /// A project's folder, or single files of it; `-` is standard input, formatted to standard output
    #[arg(default_value = ".", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Write nothing: name the files that would change, and exit with 1 where there are any
    #[arg(long)]
    pub check: bool,
    /// Write nothing: print what would change, as a unified diff
    #[arg(long)]
    pub diff: bool,
}

/// `peerage new`.
#[derive(Debug, Args)]
pub struct New {
    /// The team's id, for ever: lower-case letters, digits and hyphens
    #[arg(value_parser = team_id)]
    pub id: TeamId,
    /// The project's folder
    #[arg(default_value = ".")]
    pub project: PathBuf,
}

/// `peerage key`.
#[derive(Debug, Args)]
pub struct Key {
    /// The file with the keys; `-` is standard input
    pub file: PathBuf,
    /// Print an array for programs, one object for each key
    #[arg(long)]
    pub json: bool,
    /// The day for which it is said, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub today: Option<Date>,
}

/// `peerage lookup`.
#[derive(Debug, Args)]
pub struct Lookup {
    /// What to look up; several words in quotes
    pub query: String,
    /// A project, or a built site
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    /// Print the answer for programs
    #[arg(long)]
    pub json: bool,
    /// The day for which levels are told, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, else today in UTC]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub today: Option<Date>,
}

/// `peerage schema`.
#[derive(Debug, Args)]
pub struct Schema {
    /// What to describe
    #[arg(value_enum)]
    pub of: SchemaOf,
}

/// What there is a schema of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// A team: content/teams/ID.yaml
    Entry,
    /// The settings of the site: content/site.yaml
    Site,
    /// A SIM3 minimum profile: content/profiles/ID.yaml
    Profile,
    /// A body that accredits or certifies: content/authorities/ID.yaml
    Authority,
    /// What is not published of a team: teams/ID.yaml in the private tree
    PrivateEntry,
    /// What those are told who may attend a closed meeting: events/ID.yaml in the private tree
    PrivateMeeting,
}

/// `peerage import`.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// The Trusted Introducer's JSON
    #[command(after_help = "Example:\n  peerage import ti-json teams.json --into my-directory")]
    TiJson(ImportFile),
    /// A table with a header, in CSV: comma, semicolon or tab
    ///
    /// Columns are found by their names: country_code or country, team or name, official_name, host, website, email,
    /// phone, established, asns, domains, networks, rfc2350, types.
    #[command(after_help = "Example:\n  peerage import csv national-teams.csv --into my-directory")]
    Csv(ImportFile),
    /// The JSON of FIRST's API, with its keys as files beside the entries
    ///
    /// The API gives at most 100 teams at a time: fetch its pages with `limit` and `offset`, and import each.
    #[command(after_help = "Example:\n  peerage import first teams.json --into my-directory")]
    First(ImportFile),
    /// The JSON of an API of Global IRT, version 1
    #[command(after_help = "Example:\n  peerage import global-irt teams.json --into my-directory")]
    GlobalIrt(ImportFile),
}

/// What is imported, and where to.
#[derive(Debug, Args)]
pub struct ImportFile {
    /// The file to read
    pub file: PathBuf,
    /// The project's folder
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    pub into: PathBuf,
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|problem: crate::diagnostic::Problem| format!("{}: {}", problem.message, problem.help))
}

fn team_id(text: &str) -> Result<TeamId, String> {
    text.parse().map_err(|problem: crate::diagnostic::Problem| format!("{}: {}", problem.message, problem.help))
}
