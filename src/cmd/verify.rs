//! `peerage verify`.

use super::foreign::plain;
use super::read::read_bounded;
use super::report::{print, say};
use super::today::today;
use super::{ERRORS, FINE, Failure};
use crate::assess::end_of_day;
use crate::cli::Verify;
use crate::diagnostic::Count;
use crate::load::MAX_KEY_BYTES;
use crate::model::Date;
use crate::output::{Claim, Refusal, SIGNATURES, Signatory, Whole, claim, fresh, signed, whole};
use std::fmt::Display;
use std::io::ErrorKind;
use std::path::Path;

/// Holds a built site against its manifest, and that against a key and an older one.
pub(super) fn run(args: &Verify) -> Result<u8, Failure> {
    let today = today(args.today)?;
    let refused = |why: &dyn Display| {
        // What a stranger wrote may stand in it.
        let why: Vec<String> = why.to_string().lines().map(plain).collect();
        say(format_args!("{}: refused: {}", args.folder.display(), why.join("\n")));
        ERRORS
    };
    let key = args.key.as_deref().map(signatory).transpose()?;
    let seen = args.against.as_deref().map(claim).transpose()?;
    if args.folder.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound) {
        return Err(format!("{} does not exist: name the folder of a built site", args.folder.display()).into());
    }
    let claimed = match claim(&args.folder) {
        Ok(claimed) => claimed,
        Err(why) => return Ok(refused(&why)),
    };
    // A signature first: what is not the operator's says nothing.
    let by = match key.map(|key| signed(&args.folder, &claimed, &key, end_of_day(today))).transpose() {
        Ok(by) => by,
        Err(why) => return Ok(refused(&why)),
    };
    match fresh(&claimed, seen.as_ref(), today).and_then(|()| whole(&args.folder, &claimed)) {
        Ok(found) if args.quiet => {
            if let Some(others) = unvouched(&found) {
                say(format_args!("{}: {others}", args.folder.display()));
            }
        }
        Ok(found) => print(&words(args, &claimed, by.as_deref(), &found))?,
        Err(Refusal::Output(error)) => return Err(error.into()),
        Err(why) => return Ok(refused(&why)),
    }
    Ok(FINE)
}

/// The public key in a file: where there is none nothing can be said of the site.
fn signatory(file: &Path) -> Result<Signatory, Failure> {
    let key = read_bounded(file, MAX_KEY_BYTES)?;
    Signatory::read(&key).map_err(|why| format!("{}: {why}", file.display()).into())
}

/// What was found, what that proves, and what not.
fn words(args: &Verify, claim: &Claim, by: Option<&str>, found: &Whole) -> String {
    let serial = claim.serial.map(|serial| format!(", serial {serial}")).unwrap_or_default();
    let until = claim.expires.map_or_else(|| ", without an end".to_owned(), |day: Date| format!(", fresh until {day}"));
    let mut text = format!("{}: {} as of {}{serial}{until}\n", args.folder.display(), Count(found.files, "file"), claim.today);
    text += "  Each file is the one for which the manifest vouches.\n";
    text += &match by {
        Some(by) => format!("  The manifest is signed {}: the owner of that key published these files.\n", plain(by)),
        None => format!(
            "  Not asked: who published it. Whoever can change the files can change the manifest too. Name the key of the operator, \
             from elsewhere than the site, with --key FILE; the signature lies beside the manifest, as {} or {}.\n",
            SIGNATURES[0], SIGNATURES[1]
        ),
    };
    text += match args.against {
        Some(_) => "  It is not older than the one you had.\n",
        None => "  Not asked: whether it is older than one that you had before (--against FOLDER).\n",
    };
    if let Some(others) = unvouched(found) {
        text += &format!("  {others}\n");
    }
    text + "  That what the files say is true, no checksum proves.\n"
}

/// What lies in the folder besides, if anything does: whoever copies the folder should know.
fn unvouched(found: &Whole) -> Option<String> {
    let names = found.others.iter().map(|name| plain(name)).collect::<Vec<_>>().join(", ");
    let more = if found.more > 0 { format!(" and {} more", found.more) } else { String::new() };
    (!names.is_empty()).then(|| format!("Nobody vouches for what else lies in the folder: {names}{more}"))
}
