//! The journal: what a commit has to do, one step per line, complete or not there at all.
//!
//! ```text
//! peerage journal 1 ours
//! replace 17 ba7816bf… index.html
//! delete 18 teams
//! new 18 2cf24dba… teams/cert-alpha.html
//! delete - teams/cert-beta.html
//! end
//! ```

use super::digest::Digest;
use crate::site::SitePath;
use std::fmt;
use std::io::{self, Write};

const OURS: &str = "peerage journal 1 ours";
const FRESH: &str = "peerage journal 1 fresh";
const END: &str = "end";

/// One step of a commit. Each can be done twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Op {
    /// Moves a staged file to its place.
    Place {
        /// The number it is staged under.
        id: usize,
        /// Its checksum.
        digest: Digest,
        /// Where it goes.
        path: SitePath,
        /// Whether nothing stood there, so that what stands there now is not ours.
        fresh: bool,
    },
    /// Deletes a file of the last build and the folders that are empty without it.
    Delete {
        /// Which.
        path: SitePath,
        /// The staged file it makes way for: once that one is in its place, `path` may mean something else.
        before: Option<usize>,
    },
}

/// All steps, and whether the target had a manifest of ours before the first.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Journal {
    pub(super) ours: bool,
    pub(super) ops: Vec<Op>,
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Place { id, digest, path, fresh } => {
                write!(f, "{} {id} {digest} {path}", if *fresh { "new" } else { "replace" })
            }
            Self::Delete { path, before: Some(id) } => write!(f, "delete {id} {path}"),
            Self::Delete { path, before: None } => write!(f, "delete - {path}"),
        }
    }
}

/// Writes a journal, which is as long as the list of files: no text of it is kept.
pub(super) fn write(ours: bool, ops: &[Op], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", if ours { OURS } else { FRESH })?;
    for op in ops {
        writeln!(out, "{op}")?;
    }
    writeln!(out, "{END}")
}

/// Reads a journal; nothing where a single line is not understood.
pub(super) fn parse(text: &[u8]) -> Option<Journal> {
    let text = std::str::from_utf8(text).ok()?;
    let mut lines = text.strip_suffix('\n')?.split('\n');
    let ours = match lines.next()? {
        OURS => true,
        FRESH => false,
        _ => return None,
    };
    if lines.next_back()? != END {
        return None;
    }
    let ops = lines.map(op).collect::<Option<_>>()?;
    Some(Journal { ours, ops })
}

fn op(line: &str) -> Option<Op> {
    let words: Vec<_> = line.split(' ').collect();
    match *words.as_slice() {
        [kind @ ("new" | "replace"), id, digest, path] => Some(Op::Place {
            id: id.parse().ok()?,
            digest: Digest::parse(digest)?,
            path: SitePath::new(path).ok()?,
            fresh: kind == "new",
        }),
        ["delete", "-", path] => Some(Op::Delete { path: SitePath::new(path).ok()?, before: None }),
        ["delete", id, path] => Some(Op::Delete { path: SitePath::new(path).ok()?, before: Some(id.parse().ok()?) }),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_and_nothing_else() {
        let path = |path: &str| SitePath::new(path).unwrap();
        let ops = vec![
            Op::Place { id: 7, digest: Digest::of(b""), path: path("a/b"), fresh: true },
            Op::Place { id: 8, digest: Digest::of(b"x"), path: path("c"), fresh: false },
            Op::Delete { path: path("d"), before: None },
            Op::Delete { path: path("e"), before: Some(9) },
        ];
        let mut text = Vec::new();
        write(true, &ops, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        assert_eq!(parse(text.as_bytes()), Some(Journal { ours: true, ops }));
        for end in 0..text.len() {
            assert_eq!(parse(&text.as_bytes()[..end]), None, "a journal that ends early");
        }
        assert_eq!(parse(text.replace("a/b", "../b").as_bytes()), None);
        assert_eq!(parse(text.replace("delete - d", "delete - /d").as_bytes()), None);
    }
}
