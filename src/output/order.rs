//! The order of a commit, for those who read the site while it changes:
//!
//! 1. what pages need (styles, scripts, pictures, data), so that no new page refers to what is not there yet;
//! 2. the pages, also in the smaller forms that a host sends in their place;
//! 3. deletions, so that no old page refers to what is no longer there;
//! 4. the list, then the manifest, then its signature: it says what is true once all the rest is.
//!
//! The exception is an old file whose name, or folder, a new one needs: it goes just before.

use super::journal::Op;
use super::stage::Ready;
use super::tree::{all_in, prefixes};
use crate::site::{MANIFEST, SIGNATURES, SUMS, SitePath, uncompressed};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Puts the steps in order. `fresh` runs along with `files`; `going` are our old files that the site no longer has.
pub(super) fn order(
    files: &[Ready],
    fresh: &[bool],
    going: &BTreeSet<&str>,
    respelled: &BTreeMap<SitePath, SitePath>,
) -> Vec<Op> {
    let mut going = going.clone();
    let mut moves: Vec<_> = files.iter().zip(fresh).enumerate().filter(|(_, (file, _))| !file.same).collect();
    // Stable: within a rank by path, the list before the manifest, and that before its signature.
    moves.sort_by_key(|(_, (file, _))| rank(&file.path));
    let mut ops = Vec::with_capacity(moves.len() + going.len());
    for (id, (file, &fresh)) in moves {
        let path = file.path.as_str();
        if rank(&file.path) == LAST {
            ops.extend(std::mem::take(&mut going).into_iter().filter_map(|path| delete(path, None)));
        }
        let old = respelled.get(&file.path).map(SitePath::as_str);
        let mut way: Vec<_> = all_in(path, &going).collect();
        way.extend(prefixes(path).chain(old).filter(|path| going.contains(path)));
        for path in way {
            going.remove(path);
            ops.extend(delete(path, Some(id)));
        }
        ops.push(Op::Place { id, digest: file.digest, path: file.path.clone(), fresh });
    }
    ops.extend(going.into_iter().filter_map(|path| delete(path, None)));
    ops
}

/// The signature that a build makes.
const SIGNATURE: &str = SIGNATURES[0];

/// The rank of the list, the manifest and its signature.
pub(super) const LAST: u8 = 2;

/// Files of a lower rank go before those of a higher.
pub(super) fn rank(path: &SitePath) -> u8 {
    match path.as_str() {
        SUMS | MANIFEST | SIGNATURE => LAST,
        path => {
            let ending = Path::new(uncompressed(path)).extension();
            u8::from(ending.is_some_and(|ending| ending == "html"))
        }
    }
}

/// `path` is one of ours, and so a path of a site.
fn delete(path: &str, before: Option<usize>) -> Option<Op> {
    SitePath::new(path).ok().map(|path| Op::Delete { path, before })
}
