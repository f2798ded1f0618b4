//! What build and check begin with: the project, read, and the day.

use super::Failure;
use super::progress::Progress;
use super::report::{identified, say, show};
use super::today::today;
use crate::assess::{Assessment, assess};
use crate::check::{check, check_private, waive};
use crate::cli::Project;
use crate::diagnostic::{Count, Finding, Identified, Rule, sort};
use crate::load::{Directory, Kept, PrivateDirectory, load, load_again, load_private};
use crate::model::Date;
use crate::site::{self, Site, Theme, ThemeError};
use std::path::{Path, PathBuf};

/// What breaks no rule as far as a command knows that does not follow the links of all pages.
pub(super) const NO_LINKS: &[Rule] = &[Rule::DeadLink];

/// The project at `root`, for a command that shows no findings: it only says that there are some.
pub(super) fn read(root: &Path) -> Result<Directory, Failure> {
    let (directory, findings) = load(root)?;
    let errors = findings.iter().filter(|finding| Finding::is_error(finding)).count();
    if errors > 0 {
        let found = Count(errors, "error");
        say(format_args!("{found} in the files: what cannot be read is left out; `peerage check` shows them"));
    }
    directory.ok_or_else(|| "content/site.yaml cannot be used: `peerage check` shows why".into())
}

/// A project as it was read.
pub(super) struct Input<'a> {
    args: &'a Project,
    pub(super) today: Date,
    directory: Option<Directory>,
    private: PrivateDirectory,
    findings: Vec<Finding>,
}

/// A site, and what was found until it was planned.
pub(super) struct Planned<'s> {
    pub(super) site: Site<'s>,
    /// What is wrong with the site itself.
    pub(super) found: Vec<Finding>,
    /// What the reader and the rules found; see [`together`].
    pub(super) checked: Vec<Finding>,
}

impl<'a> Input<'a> {
    /// Reads the project, and the private tree where there is one.
    pub(super) fn read(args: &'a Project, progress: &Progress) -> Result<Self, Failure> {
        let today = today(args.today)?;
        progress.stage("Reading");
        Self::read_again(args, today, &mut Kept::default())
    }

    /// Reads the project as [`read`](Self::read) does, but for what `kept` still has from the last time.
    pub(super) fn read_again(args: &'a Project, today: Date, kept: &mut Kept) -> Result<Self, Failure> {
        let (directory, mut findings) = load_again(&args.project, kept)?;
        let mut private = PrivateDirectory::default();
        if let Some(root) = &args.private {
            let (read, found) = load_private(root)?;
            refuse_overlap(&args.project, root)?;
            private = read;
            findings.extend(found);
        }
        Ok(Self { args, today, directory, private, findings })
    }

    /// The directory as of the day; `None` where `site.yaml` cannot be used.
    pub(super) fn assess(&self) -> Option<Assessment<'_>> {
        self.directory.as_ref().map(|directory| assess(directory, self.today))
    }

    /// What stands in the private tree; nothing where none was named.
    pub(super) fn private(&self) -> &PrivateDirectory {
        &self.private
    }

    /// The site by the theme that the directory names, which `theme` takes; with what is wrong with the site, and what
    /// [`checked`](Self::checked) gives, as one is done beside the other. Where the theme cannot be used, what is wrong
    /// elsewhere is shown all the same.
    pub(super) fn plan<'s>(
        &self,
        assessment: &'s Assessment<'s>,
        theme: &'s mut Option<Theme>,
        progress: &Progress,
    ) -> Result<Planned<'s>, Failure> {
        let root = &self.args.project;
        let (planned, checked) = rayon::join(
            move || -> Result<_, ThemeError> {
                let theme = theme.insert(site::theme(root, assessment)?);
                Ok(site::plan(assessment, theme, root))
            },
            || self.checked(Some(assessment)),
        );
        match planned {
            Ok((site, found)) => Ok(Planned { site, found, checked }),
            Err(error) => {
                progress.done();
                self.report(&together(Some(assessment), checked, Vec::new(), NO_LINKS))?;
                Err(error.into())
            }
        }
    }

    /// Everything that was found by the reader and by the rules, in no order, and whether it is waived or not.
    pub(super) fn checked(&self, assessment: Option<&Assessment<'_>>) -> Vec<Finding> {
        let mut findings = self.findings.clone();
        if let Some(assessment) = assessment {
            findings.extend(check_private(assessment, &self.private));
            check(assessment, &mut findings);
        }
        findings
    }

    /// Everything that was found: by the reader, by the rules, and, as `more`, by whoever came after; see [`together`].
    pub(super) fn findings(
        &self,
        assessment: Option<&Assessment<'_>>,
        more: Vec<Finding>,
        not_looked_for: &[Rule],
    ) -> Vec<Finding> {
        together(assessment, self.checked(assessment), more, not_looked_for)
    }

    /// Shows the findings, and says by which code to exit.
    pub(super) fn report(&self, findings: &[Finding]) -> Result<u8, Failure> {
        self.show(&self.identified(findings))
    }

    /// The findings with their fingerprints.
    pub(super) fn identified<'f>(&self, findings: &'f [Finding]) -> Vec<Identified<'f>> {
        identified(findings, &roots(self.args))
    }

    /// Shows findings that have their fingerprints, and says by which code to exit.
    pub(super) fn show(&self, findings: &[Identified<'_>]) -> Result<u8, Failure> {
        show(findings, self.args.format, &roots(self.args))
    }

    /// What the site is made of, and must never be written into.
    pub(super) fn folders(&self) -> Vec<PathBuf> {
        folders(self.args)
    }
}

/// These findings and those, without what is waived, sorted. Nobody looked for what breaks the rules in `not_looked_for`.
pub(super) fn together(
    assessment: Option<&Assessment<'_>>,
    mut findings: Vec<Finding>,
    more: Vec<Finding>,
    not_looked_for: &[Rule],
) -> Vec<Finding> {
    findings.reserve_exact(more.len());
    findings.extend(more);
    if let Some(assessment) = assessment {
        waive(assessment, not_looked_for, &mut findings);
    }
    sort(&mut findings);
    findings
}

/// The folders below which lie the files of findings.
pub(super) fn roots(args: &Project) -> Vec<&Path> {
    let roots = [Some(&args.project), args.private.as_ref()];
    roots.into_iter().flatten().map(PathBuf::as_path).collect()
}

/// The folders of a project of which a site is made.
const PARTS: [&str; 3] = ["content", "themes", "static"];

/// The folders that a site is made of.
pub(super) fn folders(args: &Project) -> Vec<PathBuf> {
    let parts = PARTS.iter().map(|part| args.project.join(part));
    parts.chain(args.private.clone()).collect()
}

/// What is confidential does not lie in a folder that is published, and is not called like one.
fn refuse_overlap(project: &Path, private: &Path) -> Result<(), Failure> {
    let real = |path: &Path| path.canonicalize().map_err(|error| format!("{} cannot be read: {error}", path.display()));
    let (public, hidden) = (real(project)?, real(private)?);
    if PARTS.iter().any(|part| hidden.ends_with(part)) {
        let private = private.display();
        return Err(format!("the private tree {private} is called as a folder of the project, so that nobody could tell of whose files a finding speaks: give it another name").into());
    }
    if hidden.starts_with(&public) || public.starts_with(&hidden) {
        let (project, private) = (project.display(), private.display());
        return Err(format!("the private tree {private} and the project {project} lie in each other: move the private tree elsewhere, out of the public repository").into());
    }
    Ok(())
}
