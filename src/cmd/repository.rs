//! The repository that a folder lies in, as its `.git` tells. Nothing of git is run or read.

use std::path::{Path, PathBuf, absolute};

/// A repository, and a folder in it.
pub(super) struct Repository {
    /// The folder that holds `.git`.
    pub(super) root: PathBuf,
    /// Where the folder lies below it: empty, or with `/` between the parts and at the end.
    pub(super) below: String,
}

/// The repository that `folder` lies in, which need not exist yet; `None` where it lies in none.
pub(super) fn holding(folder: &Path) -> Option<Repository> {
    let typed = absolute(folder).ok()?;
    // What exists is looked at where it really is.
    let (there, real) = typed.ancestors().find_map(|part| Some((part, part.canonicalize().ok()?)))?;
    let folder = real.join(typed.strip_prefix(there).ok()?);
    let root = folder.ancestors().find(|part| part.join(".git").symlink_metadata().is_ok())?.to_owned();
    let parts = folder.strip_prefix(&root).ok()?.components();
    let below = parts.map(|part| part.as_os_str().to_string_lossy().into_owned() + "/").collect();
    Some(Repository { root, below })
}

/// Where `folder` lies below the root of its repository, as in [`Repository::below`]; empty where it lies in none.
pub(super) fn below(folder: &Path) -> String {
    holding(folder).map(|repository| repository.below).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_folder_knows_its_repository_also_before_it_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("r/.git")).unwrap();
        for (typed, expected) in [("r", ""), ("r/", ""), ("r/a", "a/"), ("r/a/b", "a/b/")] {
            let found = holding(&root.join(typed)).unwrap();
            assert_eq!((found.root, found.below.as_str()), (root.join("r"), expected), "{typed}");
        }
        // The innermost counts, and a worktree has a file of that name.
        fs::create_dir_all(root.join("r/a/b")).unwrap();
        fs::write(root.join("r/a/.git"), "gitdir: elsewhere\n").unwrap();
        assert_eq!(below(&root.join("r/a/b")), "b/");
    }
}
