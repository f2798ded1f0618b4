//! The writer: the only code that puts a site into a folder, and the only code that deletes anything of one.
//!
//! A build goes through types that can only be had in this order, each by consuming the one before:
//!
//! | Type | Made by | What holds from then on |
//! | --- | --- | --- |
//! | [`Target`] | [`Target::check`] | the folder is no input and may be written to |
//! | [`Locked`] | [`Target::lock`] | no other build writes to it |
//! | [`Recovered`] | [`Locked::recover`] | no earlier build is left half done |
//! | [`Staged`] | [`Recovered::stage`] | every file that differs lies ready beside the target |
//! | [`Cleared`] | [`Staged::preflight`] | nothing that is not ours stands in the way |
//! | [`Commit`] | [`Cleared::journal`] | what remains to be done is on disk, and is done even if we are killed |
//!
//! Up to [`Cleared`], dropping a value removes all traces and the old site is whole. From [`Commit`] on, dropping it
//! leaves the journal, from which the next build rolls forward.
//!
//! The writer owns what its own `SHA256SUMS` lists, and nothing else. It never follows a symlink inside the target.
//!
//! Left out on purpose: clocks (the date comes in with the [`Stamp`]), and flushing each page to the disk. What is
//! flushed is the journal and the list of what we own, so after a power cut, too, the next build knows what is its own
//! and, since it compares every byte, mends what the cut spoiled.

mod commit;
mod digest;
mod error;
mod journal;
mod names;
mod order;
mod preflight;
mod record;
mod recover;
mod signature;
mod sink;
mod stage;
mod target;
mod tree;
mod verify;
mod workspace;

pub use commit::Commit;
pub use error::{OutputError, Overlap};
pub use preflight::Cleared;
pub use record::Stamp;
pub use recover::{Locked, Recovered};
pub use signature::{Signatory, signed};
pub use stage::Staged;
pub use target::Target;
pub use verify::{Claim, Refusal, Whole, claim, fresh, whole};

pub use crate::site::SIGNATURES;
use crate::site::Site;
use std::path::{Path, PathBuf};

/// Makes a detached signature of the manifest, armoured, or says why it cannot.
pub type Sign<'a> = dyn Fn(&[u8]) -> Result<String, String> + 'a;

/// What a build did. Files and bytes are those of the site, without `manifest.json` and `SHA256SUMS`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// How many files the site has.
    pub files: usize,
    /// How many bytes they have together.
    pub bytes: u64,
    /// How many of them are new or differ from what stood there.
    pub changed: usize,
    /// How many stood there already and were not touched.
    pub unchanged: usize,
    /// How many files of the last build were deleted.
    pub deleted: usize,
    /// Whether an earlier build had been interrupted and was finished first.
    pub resumed: bool,
}

/// Writes `site` into the folder `target`, which is made where it does not exist.
///
/// `inputs` are the files and folders the site was read from. With `sign` the manifest comes with its signature, and neither without the
/// other. `progress` is called with the number of files rendered
/// and their total, from several threads at once, so the numbers need not arrive in order.
///
/// # Errors
/// Whatever stops the build, as a sentence. Only [`OutputError::HalfDone`] means that files of the target may have been
/// changed already; after every other error the old site is whole (an interrupted earlier build may have been finished).
pub fn write(
    site: &Site<'_>,
    target: &Path,
    inputs: &[PathBuf],
    stamp: &Stamp<'_>,
    sign: Option<&Sign<'_>>,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Written, OutputError> {
    Target::check(target, inputs)?.lock()?.recover()?.stage(site, stamp, sign, progress)?.preflight()?.journal()?.finish()
}
