//! What is copied as it is: the folder `static` of the project. Links are not followed, `.git` is passed over, and secret
//! keys are reported.

use super::{RenderError, Site, SitePath};
use crate::diagnostic::{Finding, Place, Rule, path_below};
use crate::load::secret_in_file;
use rayon::prelude::*;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The folder, as findings show it.
pub(super) const STATIC: &str = "static";

/// Adds every file below `root/static` to `site`, under its path there.
pub(super) fn add_static(root: &Path, site: &mut Site<'_>, findings: &mut Vec<Finding>) {
    let folder = root.join(STATIC);
    match folder.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return,
        // The walk would follow it.
        Ok(metadata) if !metadata.is_dir() => {
            let help = "put the folder itself here: links are not followed";
            findings.push(unreadable(&folder, root, "it is not a folder", help));
            return;
        }
        _ => {}
    }
    let is_git = |entry: &DirEntry| entry.depth() > 0 && entry.file_name() == ".git";
    let mut copied = Vec::new();
    for entry in WalkDir::new(&folder).sort_by_file_name().into_iter().filter_entry(|entry| !is_git(entry)) {
        let result = match entry {
            Ok(entry) => add(&folder, &entry, site).map(|file| copied.extend(file)),
            Err(error) => {
                Err(Box::new(unreadable(error.path().unwrap_or(&folder), root, &error.to_string(), "make it readable")))
            }
        };
        findings.extend(result.err().map(|finding| *finding));
    }
    let secrets: Vec<_> = copied.par_iter().filter_map(|file| secret_in_file(file, &path_below(file, root))).collect();
    findings.extend(secrets);
}

/// Adds what is a file, and says where it stands.
fn add(folder: &Path, entry: &DirEntry, site: &mut Site<'_>) -> Result<Option<PathBuf>, Box<Finding>> {
    let root = folder.parent().unwrap_or(folder);
    let kind = entry.file_type();
    if kind.is_dir() {
        return Ok(None);
    }
    if !kind.is_file() {
        let help = "put the file itself here: links are not followed";
        return Err(Box::new(unreadable(entry.path(), root, "it is not a regular file", help)));
    }
    let shown = path_below(entry.path(), folder);
    let path = SitePath::new(shown.as_str()).map_err(|error| {
        let help = "rename it, or remove it";
        Box::new(Finding::new(Rule::FileName, Place::file(format!("{STATIC}/{shown}")), error.to_string(), help))
    })?;
    let source = entry.path().to_owned();
    let file = Some(source.clone());
    site.add(path, move |out| copy(&source, out));
    Ok(file)
}

/// Copies a file of the project as it is.
pub(super) fn copy(source: &PathBuf, out: &mut dyn io::Write) -> Result<(), RenderError> {
    let fail = |error| RenderError::Copy(source.clone(), error);
    // It may have become a link since it was found.
    if !source.symlink_metadata().map_err(fail)?.is_file() {
        return Err(fail(io::Error::other("it is no longer a regular file")));
    }
    let mut file = File::open(source).map_err(fail)?;
    io::copy(&mut file, out)?;
    Ok(())
}

fn unreadable(path: &Path, root: &Path, why: &str, help: &'static str) -> Finding {
    Finding::new(Rule::UnreadableFile, Place::file(path_below(path, root)), format!("this cannot be read: {why}"), help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn plan(root: &Path) -> (Site<'_>, Vec<(Rule, String)>) {
        let (mut site, mut findings) = (Site::default(), Vec::new());
        add_static(root, &mut site, &mut findings);
        (site, findings.into_iter().map(|finding| (finding.rule, finding.place.file.to_string())).collect())
    }

    #[test]
    fn files_are_copied_byte_by_byte() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("static/.well-known")).unwrap();
        fs::write(root.path().join("static/.well-known/a.txt"), [0, 255]).unwrap();
        let (site, findings) = plan(root.path());
        assert_eq!(findings, []);
        let mut out = Vec::new();
        site.render(&SitePath::new(".well-known/a.txt").unwrap(), &mut out).unwrap().unwrap();
        assert_eq!(out, [0, 255]);
    }

    #[test]
    fn no_folder_is_fine() {
        let root = tempfile::tempdir().unwrap();
        let (site, findings) = plan(root.path());
        assert!(site.is_empty() && findings.is_empty());
    }

    #[test]
    fn what_git_keeps_is_no_part_of_the_site() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("static/a/.git")).unwrap();
        for file in ["static/a/.git/config", "static/.git", "static/.gitignore"] {
            fs::write(root.path().join(file), "").unwrap();
        }
        let (site, findings) = plan(root.path());
        assert_eq!(findings, []);
        assert!(site.paths().map(SitePath::as_str).eq([".gitignore"]));
    }

    #[test]
    fn a_secret_key_is_found_whatever_the_file_is_called() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("static/a")).unwrap();
        fs::write(root.path().join("static/a/notes.html"), "<pre>\n-----BEGIN PRIVATE KEY-----\nx\n</pre>").unwrap();
        fs::write(root.path().join("static/a/key.html"), "<pre>-----BEGIN PUBLIC KEY-----\nx\n</pre>").unwrap();
        let (_, findings) = plan(root.path());
        assert_eq!(findings, [(Rule::SecretKey, "static/a/notes.html".to_owned())]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_place_of_the_folder_is_one_finding() {
        let root = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/", root.path().join(STATIC)).unwrap();
        let (site, findings) = plan(root.path());
        assert!(site.is_empty());
        assert_eq!(findings, [(Rule::UnreadableFile, STATIC.to_owned())]);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_odd_names_are_findings() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("static")).unwrap();
        fs::write(root.path().join("static/a b.txt"), "").unwrap();
        std::os::unix::fs::symlink("/etc/passwd", root.path().join("static/passwd")).unwrap();
        let (site, findings) = plan(root.path());
        assert!(site.is_empty());
        let expected = [(Rule::FileName, "static/a b.txt"), (Rule::UnreadableFile, "static/passwd")];
        assert_eq!(findings, expected.map(|(rule, file)| (rule, file.to_owned())));
    }
}
