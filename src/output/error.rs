//! What can go wrong while writing, and how to say so: the path first, then the reason, then the mend.

use crate::site::{RenderError, SitePath};
use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// How many of the files in the way are named.
const NAMED: usize = 10;

/// How a target and an input meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlap {
    /// They are the same folder.
    Same,
    /// The input lies in the target.
    Holds,
    /// The target lies in the input.
    Within,
}

/// Why nothing, or not everything, was written.
#[derive(Debug)]
#[non_exhaustive]
pub enum OutputError {
    /// Writing to the target could destroy an input.
    Overlap {
        /// The folder to write to.
        target: PathBuf,
        /// The input it meets.
        input: PathBuf,
        /// How they meet.
        how: Overlap,
    },
    /// Something that is not a folder stands where a folder is needed.
    NotAFolder(PathBuf),
    /// A symlink that leads nowhere.
    DeadLink(PathBuf),
    /// `..` after a folder that does not exist: nobody can say where that leads.
    Dots(PathBuf),
    /// The target holds files, and no manifest of ours.
    NotOurs(PathBuf),
    /// The manifest in the target has a format this version does not know.
    Format(PathBuf, u64),
    /// The generator's name does not begin with `peerage`, so the next build would not recognise the folder.
    Generator(String),
    /// The site has a file under a name that the writer needs itself.
    Reserved(SitePath),
    /// Two paths of the site that are one on some file systems, or a file and a folder of the same name.
    Clash(String, String),
    /// Another build holds the lock.
    Busy(PathBuf),
    /// The list of our files in the target is missing, or is not the one for which the manifest vouches, so that what stands there
    /// cannot be told from what others put there.
    ListLost(PathBuf),
    /// Files in the target that are not ours stand where ours must go.
    InTheWay {
        /// The folder to write to.
        target: PathBuf,
        /// What stands in the way: paths inside the target, sorted.
        paths: Vec<String>,
    },
    /// A folder inside the target lies on another file system, so that nothing can be moved into it in one step.
    OtherDevice(PathBuf),
    /// A file of the site could not be made.
    Render(SitePath, RenderError),
    /// The manifest could not be signed, and why.
    Sign(String),
    /// The file system refused something.
    Io {
        /// What was to be done, as in "cannot …".
        doing: &'static str,
        /// To what.
        path: PathBuf,
        /// The refusal.
        error: io::Error,
    },
    /// The journal of an interrupted build cannot be understood.
    Journal(PathBuf),
    /// A build was interrupted, and the folder it wrote to has been exchanged for another one since.
    Exchanged {
        /// The folder to write to.
        target: PathBuf,
        /// What the interrupted build left.
        leftovers: PathBuf,
    },
    /// The build stopped after its journal was written; the next one finishes it.
    HalfDone(Box<OutputError>),
}

impl OutputError {
    /// For `map_err`: names what was to be done, and to which path.
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |error| Self::Io { doing, path, error }
    }
}

/// What is said of a folder that somebody else filled.
const NOT_OURS: &str = " holds files but no manifest.json of peerage, so it was not written by peerage and is left alone. Name an empty or a new folder. If this is the right one, move what is in it elsewhere, build, and move it back: the files of others are kept.";

/// What is said of a site whose list of files is gone.
const LIST_LOST: &str = " is a site of peerage, and its list of files, SHA256SUMS, is missing or was changed, so it cannot be told what there is ours. Put the list back; or move what is yours elsewhere, empty the folder, and build again.";

/// What is said of a folder within the site that is mounted from elsewhere.
const OTHER_DEVICE: &str = " lies on another file system than the rest of the site, so no file can be put there in one step. Unmount it, or name a target inside one file system.";

/// What is said of a damaged journal.
const JOURNAL: &str = " is left from an interrupted build and cannot be understood. Remove the folder it lies in, empty the target, and build again.";

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overlap { target, input, how } => overlap(f, target, input, *how),
            Self::NotAFolder(path) => about(f, path, " is not a folder. Name another one, or move it elsewhere."),
            Self::DeadLink(path) => about(f, path, " is a symlink that leads nowhere. Remove it, or make what it points to."),
            Self::Dots(path) => about(f, path, ": `..` follows a folder that does not exist. Write the path without it."),
            Self::NotOurs(path) => about(f, path, NOT_OURS),
            Self::ListLost(path) => about(f, path, LIST_LOST),
            Self::OtherDevice(path) => about(f, path, OTHER_DEVICE),
            Self::Journal(path) => about(f, path, JOURNAL),
            Self::Format(path, format) => write!(
                f,
                "{} was written by a version of peerage that uses format {format}, which this version does not know. Use that version, or empty the folder.",
                path.display()
            ),
            Self::Generator(name) => write!(f, "the generator is called `{name}`: its name must begin with `peerage`."),
            Self::Sign(why) => f.write_str(why),
            Self::Reserved(path) => {
                write!(f, "the site has a file `{path}`, but the writer needs that name itself. Rename the file.")
            }
            Self::Clash(one, other) => write!(
                f,
                "the site has both `{one}` and `{other}`, which cannot stand side by side on every file system. Rename one of them."
            ),
            Self::Busy(target) => {
                write!(f, "another build is writing to {}. Wait until it is done, then build again.", target.display())
            }
            Self::InTheWay { target, paths } => in_the_way(f, target, paths),
            Self::Render(path, error) => {
                write!(f, "`{path}` could not be made: {error}.")?;
                if let RenderError::Io(error) = error { mend(f, error) } else { Ok(()) }
            }
            Self::Io { doing, path, error } => {
                write!(f, "cannot {doing} {}: {error}.", path.display())?;
                mend(f, error)
            }
            Self::Exchanged { target, leftovers } => write!(
                f,
                "a build into {} was interrupted, and since then the folder has been exchanged for one that peerage did not write. If this is as it should be, remove {} and build again.",
                target.display(),
                leftovers.display()
            ),
            Self::HalfDone(cause) => write!(
                f,
                "{cause} The site may be partly old and partly new, but each file is whole. Build again once this is mended: the interrupted build is finished first."
            ),
        }
    }
}

impl Error for OutputError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Render(_, error) => Some(error),
            Self::Io { error, .. } => Some(error),
            Self::HalfDone(cause) => Some(cause.as_ref()),
            _ => None,
        }
    }
}

fn about(f: &mut fmt::Formatter<'_>, path: &Path, what: &str) -> fmt::Result {
    write!(f, "{}{what}", path.display())
}

fn overlap(f: &mut fmt::Formatter<'_>, target: &Path, input: &Path, how: Overlap) -> fmt::Result {
    let (target, input) = (target.display(), input.display());
    match how {
        Overlap::Same => write!(f, "{target} is an input of the build, so the site cannot be written to it.")?,
        Overlap::Holds => write!(f, "{target} holds an input of the build, {input}.")?,
        Overlap::Within => write!(f, "{target} lies in an input of the build, {input}.")?,
    }
    f.write_str(" Name a folder beside the inputs.")
}

fn in_the_way(f: &mut fmt::Formatter<'_>, target: &Path, paths: &[String]) -> fmt::Result {
    write!(f, "in {} stands what peerage did not write where a file of the site must go: ", target.display())?;
    for (n, path) in paths.iter().take(NAMED).enumerate() {
        write!(f, "{}`{path}`", if n == 0 { "" } else { ", " })?;
    }
    if paths.len() > NAMED {
        write!(f, " and {} more", paths.len() - NAMED)?;
    }
    f.write_str(". Move it elsewhere, then build again.")
}

/// What to do about the refusals that have one cure.
fn mend(f: &mut fmt::Formatter<'_>, error: &io::Error) -> fmt::Result {
    f.write_str(match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => " Make room on the disk, then build again.",
        io::ErrorKind::PermissionDenied => " Let the user who builds read and write there.",
        io::ErrorKind::ReadOnlyFilesystem => " Name a folder that can be written to.",
        _ => "",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_says_what_is_wrong_where_and_what_to_do() {
        let site = || PathBuf::from("/srv/site");
        let journal = || PathBuf::from("/srv/.site.peerage/journal");
        let path = SitePath::new("manifest.json").unwrap();
        let refused = |kind: io::ErrorKind| OutputError::io("write", &site())(io::Error::from(kind));
        let overlap = |how| OutputError::Overlap { target: site(), input: PathBuf::from("content"), how };
        let in_the_way = |count: usize| {
            let paths = (0..count).map(|n| format!("{n}.html")).collect();
            OutputError::InTheWay { target: site(), paths }
        };
        let cases: Vec<(OutputError, &[&str])> = vec![
            (overlap(Overlap::Same), &["/srv/site is an input of the build", "Name a folder beside the inputs."]),
            (overlap(Overlap::Holds), &["/srv/site holds an input of the build, content."]),
            (overlap(Overlap::Within), &["/srv/site lies in an input of the build, content."]),
            (OutputError::NotAFolder(site()), &["/srv/site is not a folder.", "Name another one"]),
            (OutputError::DeadLink(site()), &["/srv/site is a symlink that leads nowhere.", "Remove it"]),
            (OutputError::Dots(site()), &["/srv/site: `..` follows a folder that does not exist.", "without it"]),
            (OutputError::NotOurs(site()), &["/srv/site holds files but no manifest.json", "Name an empty or a new folder."]),
            (OutputError::Format(site(), 9), &["/srv/site was written", "format 9", "Use that version, or empty the folder."]),
            (OutputError::Generator("x".to_owned()), &["`x`", "must begin with `peerage`"]),
            (OutputError::Reserved(path.clone()), &["`manifest.json`", "Rename the file."]),
            (OutputError::Clash("a".to_owned(), "A".to_owned()), &["`a` and `A`", "Rename one of them."]),
            (OutputError::Busy(site()), &["another build is writing to /srv/site.", "Wait"]),
            (OutputError::ListLost(site()), &["/srv/site is a site of peerage", "SHA256SUMS, is missing", "Put the list back"]),
            (in_the_way(2), &["in /srv/site stands", "`0.html`, `1.html`. Move it elsewhere"]),
            (in_the_way(NAMED + 3), &["`9.html` and 3 more. Move it elsewhere"]),
            (OutputError::OtherDevice(site()), &["/srv/site lies on another file system", "Unmount it"]),
            (OutputError::Render(path.clone(), RenderError::Template("x:1:2: y".to_owned())), &["`manifest.json`", "x:1:2: y"]),
            (OutputError::Render(path, io::Error::from(io::ErrorKind::StorageFull).into()), &["Make room on the disk"]),
            (refused(io::ErrorKind::StorageFull), &["cannot write /srv/site: ", "Make room on the disk, then build again."]),
            (refused(io::ErrorKind::QuotaExceeded), &["Make room on the disk"]),
            (refused(io::ErrorKind::PermissionDenied), &["Let the user who builds read and write there."]),
            (refused(io::ErrorKind::ReadOnlyFilesystem), &["Name a folder that can be written to."]),
            (OutputError::Journal(journal()), &["/srv/.site.peerage/journal is left", "Remove the folder it lies in"]),
            (
                OutputError::Exchanged { target: site(), leftovers: PathBuf::from("/srv/.site.peerage") },
                &["a build into /srv/site was interrupted", "remove /srv/.site.peerage and build again."],
            ),
            (
                OutputError::HalfDone(Box::new(refused(io::ErrorKind::StorageFull))),
                &["cannot write /srv/site: ", "Make room", "each file is whole. Build again once this is mended"],
            ),
        ];
        for (error, parts) in cases {
            let text = error.to_string();
            assert!(parts.iter().all(|part| text.contains(part)), "{parts:?}: {text}");
            assert!(text.ends_with('.'), "{text}");
        }
        // What has no one cure is told as the system tells it.
        assert_eq!(refused(io::ErrorKind::TimedOut).to_string(), "cannot write /srv/site: timed out.");
    }

    #[test]
    fn what_lies_behind_it_can_be_asked_for() {
        let refused = OutputError::io("write", Path::new("x"))(io::Error::from(io::ErrorKind::StorageFull));
        let half_done = OutputError::HalfDone(Box::new(refused));
        let cause = half_done.source().and_then(Error::source).and_then(|cause| cause.downcast_ref::<io::Error>());
        assert_eq!(cause.map(io::Error::kind), Some(io::ErrorKind::StorageFull));
        assert!(OutputError::Busy(PathBuf::new()).source().is_none());
    }
}
