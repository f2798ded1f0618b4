//! A directory project in a temporary folder: the base of the rule tests, with files laid over it.

use crate::common;
use peerage::assess::Assessment;
use peerage::diagnostic::{
    Baseline, Finding, Human, Sources, identify, sort, to_github, to_gitlab, to_json, to_rdjson, to_sarif, to_short,
};
use peerage::load::{PrivateDirectory, load, load_private, source};
use peerage::model::Date;
use peerage::site::{dead_links, plan};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The day on which the tests live.
pub fn today() -> Date {
    "2026-11-21".parse().unwrap()
}

/// Fixtures of the tests.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

/// A project that is right as it is, until something is laid over it.
pub struct Project(TempDir);

impl Project {
    /// The base: a site.yaml, two teams and an authority.
    pub fn base() -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        project.overlay(&fixtures().join("base"));
        project
    }

    /// The base with one more team, `content/teams/x.yaml`.
    pub fn with_entry(text: impl AsRef<[u8]>) -> Self {
        let project = Self::base();
        project.write(ENTRY, text);
        project
    }

    /// The project's folder.
    pub fn root(&self) -> PathBuf {
        self.0.path().join("project")
    }

    /// The private tree, beside the project.
    pub fn private(&self) -> PathBuf {
        self.0.path().join("private")
    }

    /// Where a file of a fixture stands: below `private/` in the private tree, else in the project.
    pub fn path(&self, file: &str) -> PathBuf {
        match file.strip_prefix("private/") {
            Some(file) => self.private().join(file),
            None => self.root().join(file),
        }
    }

    /// Writes a file, and the folders that it needs.
    pub fn write(&self, file: &str, bytes: impl AsRef<[u8]>) {
        common::write(&self.path(file), bytes);
    }

    /// Copies every file below `folder` into the project.
    pub fn overlay(&self, folder: &Path) {
        for (path, bytes) in common::tree(folder) {
            self.write(&path.to_str().unwrap().replace('\\', "/"), bytes);
        }
    }

    /// Everything that is found, as `peerage check` finds it.
    pub fn findings(&self) -> Vec<Finding> {
        self.found(|assessment, findings| {
            let theme = common::theme(&self.root(), assessment);
            let (site, found) = plan(assessment, &theme, &self.root());
            findings.extend(found);
            findings.extend(dead_links(&site, assessment.directory, &|file| source(&self.root(), file)).unwrap());
        })
    }

    /// What is found in the files, without what is wrong with the site that is made of them, which takes most of the time.
    pub fn findings_of_files(&self) -> Vec<Finding> {
        self.found(|_, _| {})
    }

    /// What the reader and the rules find, and what `more` adds.
    fn found(&self, more: impl for<'a> FnOnce(&'a Assessment<'a>, &mut Vec<Finding>)) -> Vec<Finding> {
        let (directory, mut findings) = load(&self.root()).unwrap();
        let mut private = PrivateDirectory::default();
        if self.private().exists() {
            let (read, found) = load_private(&self.private()).unwrap();
            private = read;
            findings.extend(found);
        }
        if let Some(directory) = &directory {
            let assessment = peerage::assess::assess(directory, today());
            peerage::check::check(&assessment, &mut findings);
            findings.extend(peerage::check::check_private(&assessment, &private));
            more(&assessment, &mut findings);
            peerage::check::waive(&assessment, &[], &mut findings);
        }
        sort(&mut findings);
        self.fresh(findings)
    }

    /// What of the findings is not in the project's `baseline.json`, where there is one.
    fn fresh(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let Ok(text) = std::fs::read_to_string(self.path(BASELINE)) else { return findings };
        let identified = identify(&findings, &mut Sources::new(|file| self.source(file)));
        let held = Baseline::parse(&text).unwrap().hold(identified, &BASELINE.into(), &text);
        let fresh = held.fresh.into_iter().map(|known| known.finding.clone());
        let mut fresh: Vec<Finding> = fresh.chain(held.gone).collect();
        sort(&mut fresh);
        fresh
    }

    /// The findings as people read them, without colour.
    pub fn shown(&self, findings: &[Finding]) -> String {
        let mut human = Human::new(false, |file| self.source(file));
        findings.iter().map(|finding| human.show(finding) + "\n\n").collect()
    }

    /// The findings as programs read them, in every form, with its name.
    pub fn told(&self, findings: &[Finding]) -> Vec<(&'static str, String)> {
        let mut sources = Sources::new(|file| self.source(file));
        let identified = identify(findings, &mut sources);
        let github = to_github(findings);
        vec![
            ("short", to_short(findings)),
            ("json", to_json(&identified).unwrap()),
            ("github", github.commands.clone() + &github.log(0)),
            ("the summary of GitHub", github.summary(0).text),
            ("gitlab", to_gitlab(&identified).unwrap()),
            ("sarif", to_sarif(&identified).unwrap()),
            ("rdjson", to_rdjson(findings, &mut sources).unwrap()),
        ]
    }

    fn source(&self, file: &str) -> Option<String> {
        [self.root(), self.private()].iter().find_map(|root| source(root, file))
    }
}

/// The known findings of a fixture.
const BASELINE: &str = "baseline.json";

/// The file of the team that [`Project::with_entry`] adds.
pub const ENTRY: &str = "content/teams/x.yaml";
