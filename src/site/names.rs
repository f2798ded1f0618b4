//! Whether what is copied from `static` can stand beside the files that we make, on every file system. The writer asks the
//! same again and refuses; here it is a finding, with a place and a cure.

use super::copy::STATIC;
use super::{SitePath, prefixes};
use crate::diagnostic::{Finding, Place, Rule};
use std::collections::{BTreeSet, HashMap};

/// Marks the output as ours.
pub const MANIFEST: &str = "manifest.json";
/// Lists the files of the output, for us and for `sha256sum -c`.
pub const SUMS: &str = "SHA256SUMS";
/// The folder in which the writer may stage files.
pub const INSIDE: &str = ".peerage";

/// Where the signatures of the manifest lie: of OpenPGP, and of minisign. The writer leaves them alone.
pub const SIGNATURES: [&str; 2] = ["manifest.json.asc", "manifest.json.minisig"];

/// The names at the root of the site that the writer keeps to itself.
pub const WRITERS: [&str; 5] = [MANIFEST, SUMS, INSIDE, SIGNATURES[0], SIGNATURES[1]];

/// A name, and what stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name<'p> {
    /// The path of the folder or the file.
    pub path: &'p str,
    /// Whether it is a folder.
    pub is_folder: bool,
}

impl<'p> Name<'p> {
    /// The folders that lead to a file, outermost first, and the file itself.
    pub fn all(path: &'p str) -> impl Iterator<Item = Self> {
        let folders = prefixes(path).map(|path| Self { path, is_folder: true });
        folders.chain([Self { path, is_folder: false }])
    }
}

/// Names that can stand side by side on every file system, which may take upper and lower case for one: by the name in small letters.
#[derive(Debug, Default)]
pub struct Names<'p>(HashMap<String, Name<'p>>);

impl<'p> Names<'p> {
    /// Takes a name, unless another has it: that one.
    pub fn take(&mut self, one: Name<'p>) -> Option<Name<'p>> {
        let first = *self.0.entry(one.path.to_ascii_lowercase()).or_insert(one);
        (first != one).then_some(first)
    }
}

/// A finding for each file of `copied` that cannot stand beside `ours`, beside the writer's own or beside another; for
/// what lies in a folder of which that is true, one for the first file.
pub(super) fn clashes(copied: &BTreeSet<SitePath>, ours: &BTreeSet<SitePath>) -> Vec<Finding> {
    let mut taken = Names::default();
    for one in ours.iter().flat_map(|path| Name::all(path.as_str())) {
        taken.take(one);
    }
    let mut told = BTreeSet::new();
    let mut findings = Vec::new();
    for path in copied {
        let clash = Name::all(path.as_str()).find_map(|one| Some((one, problem(one, &mut taken)?)));
        if let Some((one, (message, help))) = clash
            && told.insert(one.path)
        {
            findings.push(Finding::new(Rule::FileName, Place::file(format!("{STATIC}/{path}")), message, help));
        }
    }
    findings
}

/// Why `one` cannot stand where it does, and what to do about it. Where it can, the name is taken from then on.
fn problem<'p>(one: Name<'p>, taken: &mut Names<'p>) -> Option<(String, String)> {
    let Name { path: name, is_folder } = one;
    let kind = if is_folder { "folder" } else { "file" };
    if let Some(own) = WRITERS.iter().find(|own| own.eq_ignore_ascii_case(name)) {
        let message = format!("`{own}` is a name that Peerage keeps for what it says of a build");
        return Some((message, format!("give the {kind} `{name}` another name, or remove it")));
    }
    let Name { path: other, is_folder: other_is_folder } = taken.take(one)?;
    Some(match (is_folder, other_is_folder) {
        (true, true) => {
            let message =
                format!("the folder `{name}` differs from the folder `{other}` of the site only in upper and lower case");
            (message, format!("spell it `{other}` too, or give it another name"))
        }
        (false, false) => {
            let message = format!("`{name}` differs from `{other}`, a file of the site, only in upper and lower case");
            (message, "give it another name: many file systems take the two for one".to_owned())
        }
        _ => {
            let what = if other_is_folder { "folder" } else { "file" };
            let message = format!("the {kind} `{name}` stands where the site has the {what} `{other}`");
            (message, format!("give the {kind} another name"))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(paths: &[&str]) -> BTreeSet<SitePath> {
        paths.iter().map(|path| SitePath::new(*path).unwrap()).collect()
    }

    fn found(copied: &[&str]) -> Vec<String> {
        let ours = set(&["about.html", "index.html", "teams/a.html", "teams/page/2.html"]);
        clashes(&set(copied), &ours).into_iter().map(|finding| finding.place.file.to_string()).collect()
    }

    #[test]
    fn what_can_stand_side_by_side_is_fine() {
        assert!(found(&["a.txt", "teams/b.html", "teams/page/x", "x/manifest.json", "x/index.html", "robots.txt"]).is_empty());
        // That a file of ours would be replaced is told where it is planned.
        assert!(found(&["index.html"]).is_empty());
    }

    #[test]
    fn what_cannot_is_a_finding_at_its_file() {
        for bad in [
            "ABOUT.html",
            "manifest.json",
            "Manifest.json",
            "SHA256SUMS",
            "sha256sums/x",
            "manifest.json.asc",
            "manifest.json.minisig",
            "manifest.json/x/y",
            ".peerage/x",
            "index.html/x",
            "Index.HTML/x",
            "teams",
            "TEAMS",
            "Teams/b.html",
            "teams/Page/3.html",
            "teams/a.html/x",
        ] {
            assert_eq!(found(&[bad]), [format!("static/{bad}")]);
        }
        assert_eq!(found(&["a.txt", "A.txt"]), ["static/a.txt"]);
    }

    #[test]
    fn a_folder_is_told_once() {
        assert_eq!(found(&["Teams/1", "Teams/2", "Teams/x/3", "x/1"]), ["static/Teams/1"]);
    }
}
