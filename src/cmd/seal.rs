//! `peerage seal`.

use super::create::{create_bytes, folder, replace};
use super::input::{Input, NO_LINKS};
use super::progress::Progress;
use super::read::read_bounded;
use super::report::say;
use super::signing::signing_key;
use super::{ERRORS, FINE, Failure};
use crate::assess::{Assessment, Audience};
use crate::cli::{ReaderOf, Seal};
use crate::diagnostic::{Count, Finding, Rule};
use crate::load::sealed_file_name;
use crate::model::{Level, TeamId, meant_id};
use crate::openpgp::armor_message;
use crate::seal::{Mode, Sealed, index_text, seal_message, seal_tree};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The largest message that is encrypted, in bytes.
const MAX_MESSAGE_BYTES: u64 = 32 * 1024 * 1024;

/// The folder of what was sealed, as findings show its files.
const SEALED: &str = "content/sealed/";

/// Seals what the private tree has for a level, or a message that is handed over.
pub(super) fn run(args: &Seal) -> Result<u8, Failure> {
    let project = args.project();
    let progress = Progress::new(args.quiet);
    let input = Input::read(&project, &progress)?;
    progress.done();
    let assessment = input.assess();
    let mut findings = input.findings(assessment.as_ref(), Vec::new(), NO_LINKS);
    // What is wrong with what was sealed is mended by sealing it anew.
    findings.retain(|finding| !finding.place.file.starts_with(SEALED));
    // That nobody can read something any more is no mistake in a file, and yet stops this.
    let stops = |finding: &Finding| finding.is_error() || finding.rule == Rule::SealedNobody;
    let Some(assessment) = assessment.filter(|_| !findings.iter().any(stops)) else {
        input.report(&findings)?;
        return Ok(ERRORS);
    };
    let signer = args.sign_with.as_deref().map(|file| signing_key(file, std::slice::from_ref(&project.project))).transpose()?;
    let mode = Mode { hidden: args.hide_recipients, signer: signer.as_ref() };
    if !args.readers.is_empty() {
        return message(args, &assessment, mode);
    }
    if let [_, message] = &*args.paths {
        let message = message.display();
        return Err(format!(
            "nobody is named who is to read {message}: name them with --for, as in `peerage seal {message} --for accredited`"
        )
        .into());
    }
    let Some(tree) = &args.private else {
        let help = "name it with --private FOLDER; or name a message, and for whom it is with --for";
        return Err(format!("what is sealed stands in the private tree: {help}").into());
    };
    let sealed = seal_tree(input.private(), &assessment, mode)?;
    if sealed.is_empty() {
        let help = "if it is the right folder, and content/sealed holds what no longer is, remove that";
        return Err(format!("nothing in {} is for a level, so nothing was sealed; {help}", tree.display()).into());
    }
    let index = index_text(&sealed, args.hide_recipients, assessment.today);
    write(&folder(&project.project.join("content"), "sealed")?, &sealed, &index)?;
    if !args.quiet {
        let mut out = io::stdout().lock();
        for message in &sealed {
            tell(message, &mut out)?;
        }
        writeln!(out, "Commit content/sealed as a whole: it is published with the next build.")?;
    }
    Ok(FINE)
}

/// Encrypts a message for those whom the command line names.
fn message(args: &Seal, assessment: &Assessment<'_>, mode: Mode<'_>) -> Result<u8, Failure> {
    let Some(path) = args.paths.first() else { return Err("name the message, or `-` for standard input".into()) };
    let audience = audience(&args.readers, assessment)?;
    for unable in &audience.unable {
        let why: Vec<String> = unable.why.iter().map(ToString::to_string).collect();
        say(format_args!("{} cannot read it: {}", unable.team.team.id, why.join("; ")));
    }
    let named = |id| args.readers.iter().any(|reader| matches!(reader, ReaderOf::Team(team) if team == id));
    if let Some(unable) = audience.unable.iter().find(|unable| named(&unable.team.team.id)) {
        say(format_args!("Nothing was written, for {} was named and could not read it.", unable.team.team.id));
        return Ok(ERRORS);
    }
    let bytes = seal_message(read_bounded(path, MAX_MESSAGE_BYTES)?, &audience, mode)?;
    let text = armor_message(&bytes);
    match &args.out {
        None => io::stdout().lock().write_all(text.as_bytes())?,
        Some(out) if create_bytes(out, text.as_bytes())? => {}
        Some(out) => return Err(format!("{} is there already; nothing was written", out.display()).into()),
    }
    if !args.quiet {
        say(format_args!("{} can read it.", Count(audience.readers.len(), "team")));
    }
    Ok(FINE)
}

fn audience<'a>(readers: &[ReaderOf], assessment: &'a Assessment<'a>) -> Result<Audience<'a>, Failure> {
    let mut teams = BTreeSet::new();
    for reader in readers {
        match reader {
            ReaderOf::Level(level) => {
                let all = assessment.audience(*level);
                let readers = all.readers.iter().map(|reader| &reader.team.team.id);
                teams.extend(readers.chain(all.unable.iter().map(|unable| &unable.team.team.id)));
            }
            ReaderOf::Team(id) => {
                let team = assessment.team(id).ok_or_else(|| {
                    let known = Level::ALL.iter().map(|level| level.id());
                    let known = known.chain(assessment.directory.team_ids.iter().map(TeamId::as_str));
                    let meant = meant_id(id.as_str(), known).map(|meant| format!("; did you mean `{meant}`?"));
                    format!("there is neither a level nor a team `{id}`{}", meant.unwrap_or_default())
                })?;
                teams.insert(&team.team.id);
            }
        }
    }
    if teams.is_empty() {
        return Err("nobody is entitled to it today: no team has the level, or one above it".into());
    }
    Ok(assessment.audience_of(teams.into_iter().filter_map(|id| assessment.team(id))))
}

/// Writes the messages, then the index in place of the old one, which is the moment from which on the new ones count; then
/// removes the old ones. Who is killed before that leaves the old ones whole.
fn write(folder: &Path, sealed: &[Sealed<'_>], index: &str) -> Result<(), Failure> {
    let named = |message: &Sealed<'_>| folder.join(sealed_file_name(message.level, &message.sha256));
    let mut written = Vec::new();
    let result = sealed.iter().try_for_each(|message| {
        let path = named(message);
        if create_bytes(&path, &message.bytes)? {
            written.push(path);
        }
        Ok(())
    });
    if let Err(error) = result.and_then(|()| replace(&folder.join("index.yaml"), index)) {
        for path in written {
            fs::remove_file(&path).map_err(|left| format!("{error}; and {} could not be removed: {left}", path.display()))?;
        }
        return Err(error);
    }
    let fresh: BTreeSet<PathBuf> = sealed.iter().map(named).collect();
    for entry in fs::read_dir(folder).map_err(|error| format!("{} cannot be read: {error}", folder.display()))? {
        let path = entry?.path();
        if is_message(&path) && !fresh.contains(&path) {
            fs::remove_file(&path).map_err(|error| format!("{} could not be removed: {error}", path.display()))?;
        }
    }
    Ok(())
}

/// Whether a file is called as a message of ours.
fn is_message(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".tar.gpg"));
    let Some((level, sum)) = name.and_then(|name| name.rsplit_once('-')) else { return false };
    level.parse::<Level>().is_ok() && sum.len() == 16 && sum.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Says who can read a message, and who cannot and why.
fn tell(message: &Sealed<'_>, out: &mut impl Write) -> io::Result<()> {
    let Sealed { level, audience, bytes, .. } = message;
    let readers = Count(audience.readers.len(), "team");
    writeln!(out, "For teams that are {}: {readers} can read it, {} kB", level.or_above(), bytes.len() / 1000)?;
    for unable in &audience.unable {
        let why: Vec<String> = unable.why.iter().map(ToString::to_string).collect();
        writeln!(out, "  {} cannot: {}", unable.team.team.id, why.join("; "))?;
    }
    Ok(())
}
