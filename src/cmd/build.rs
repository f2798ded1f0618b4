//! `peerage build`.

use super::create::next_command;
use super::input::{Input, NO_LINKS, Planned, together};
use super::progress::Progress;
use super::report::say;
use super::signing::signing_key;
use super::{ERRORS, FINE, Failure};
use crate::assess::Assessment;
use crate::cli::{self, Format};
use crate::diagnostic::{Count, Finding};
use crate::model::Date;
use crate::output::{self, Claim, SIGNATURES, Stamp, Written, claim};
use std::fs;
use std::path::Path;

/// Builds the site, or shows the errors that stand against it.
pub(super) fn run(args: &cli::Build) -> Result<u8, Failure> {
    let progress = Progress::new(args.project.quiet);
    let input = Input::read(&args.project, &progress)?;
    let Some(assessment) = input.assess() else {
        progress.done();
        return input.report(&input.findings(None, Vec::new(), NO_LINKS));
    };
    let root = &args.project.project;
    let mut theme = None;
    let Planned { site, found, checked } = input.plan(&assessment, &mut theme, &progress)?;
    let findings = together(Some(&assessment), checked, found, NO_LINKS);
    let errors = findings.iter().any(Finding::is_error);
    progress.done();
    // Warnings are the operator's list, which `check` shows; a build that is well says only how many there are.
    if errors || args.project.format != Format::Human {
        input.report(&findings)?;
    }
    if errors {
        return Ok(ERRORS);
    }
    // Large directories have many, and none is needed again.
    let warnings = findings.len();
    drop(findings);

    let target = args.out.clone().unwrap_or_else(|| root.join("public"));
    let published = || vec![root.clone(), target.clone()];
    refuse_to_empty(&assessment, &target)?;
    let signer = args.sign_with.as_deref().map(|file| signing_key(file, &published())).transpose()?;
    let (today, expires) = (input.today.to_string(), expiry(&assessment).to_string());
    let serial = serial(&today, args.serial);
    let generator = concat!("peerage ", env!("CARGO_PKG_VERSION"));
    let stamp = Stamp { generator, serial, today: &today, expires: Some(&expires) };
    let before = claim(&target).ok();
    let sign = signer.as_ref().map(|signer| |manifest: &[u8]| signer.sign(manifest));
    let sign = sign.as_ref().map(|sign| sign as &output::Sign<'_>);
    let written = output::write(&site, &target, &input.folders(), &stamp, sign, &|done, total| progress.count(done, total));
    progress.done();
    let written = written?;
    if let (Some(before), Ok(after)) = (before, claim(&target))
        && before.bytes != after.bytes
    {
        tell_unsigned(&target, signer.is_some());
        tell_serial(&target, &before, &after);
    }
    if !args.project.quiet {
        summarise(&written, &target, Count(assessment.teams.len(), "team"), &today);
        if warnings > 0 {
            let check = next_command("check", root);
            say(format_args!("{}: `{check}` shows them", Count(warnings, "warning")));
        }
    }
    Ok(FINE)
}

/// The page of a team never goes away, and least of all all of them: where there are no teams any more, a folder was moved.
fn refuse_to_empty(assessment: &Assessment<'_>, target: &Path) -> Result<(), Failure> {
    if !assessment.teams.is_empty() || claim(target).is_err() {
        return Ok(());
    }
    let folder = target.join("teams");
    let names = fs::read_dir(&folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.file_name()));
    let mut pages =
        names.filter_map(|name| name.to_str()?.strip_suffix(".html").map(str::to_owned)).filter(|name| name != "index");
    match pages.next() {
        None => Ok(()),
        Some(team) => {
            let (folder, target) = (folder.display(), target.display());
            Err(format!("there is no entry in content/teams, and {folder} has the page of {team}, perhaps of others too: nothing was written. Put the entries back; where all teams are to go, remove {target} before you build").into())
        }
    }
}

/// The last day on which the site is fresh: from the next day on its pages say that it was not renewed.
fn expiry(assessment: &Assessment<'_>) -> Date {
    assessment.today.plus_days(assessment.directory.config.policy.stale_days)
}

/// The serial of a publication, as zones of the DNS have it: `2026-11-21` and 3 are 2026112103.
fn serial(today: &str, number: u8) -> Option<u64> {
    format!("{}{number:02}", today.replace('-', "")).parse().ok()
}

/// Says which signatures are of an earlier build: the writer leaves them alone.
fn tell_unsigned(target: &Path, signed: bool) {
    let of_us = usize::from(signed);
    for name in SIGNATURES.iter().skip(of_us).filter(|name| target.join(name).exists()) {
        say(format_args!("{name} is the signature of an earlier build: sign the manifest anew"));
    }
}

/// Says where whoever has the publication that stood there must refuse this one. Of what is not signed nobody knows that it was published.
fn tell_serial(target: &Path, before: &Claim, after: &Claim) {
    let (Some(old), Some(new)) = (before.serial, after.serial) else { return };
    if new > old || before.sums == after.sums || !SIGNATURES.iter().any(|name| target.join(name).exists()) {
        return;
    }
    let help = if new == old { "where that was published, build with a greater --serial" } else { "build for the present day" };
    say(format_args!(
        "The site that stood here has the serial {old}, and this one {new}: who has that one refuses this one; {help}"
    ));
}

fn summarise(written: &Written, target: &Path, teams: Count<'_>, today: &str) {
    if written.resumed {
        say("An earlier build had been interrupted; it was finished first.");
    }
    let files = Count(written.files, "file");
    let (target, changed, deleted) = (target.display(), written.changed, written.deleted);
    say(format_args!("{teams} as of {today}: {files} in {target}, {changed} changed, {deleted} deleted"));
}
