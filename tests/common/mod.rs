//! What the tests of the command share: running it, and reading folders.

use peerage::assess::Assessment;
use peerage::site::{self, Theme};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

/// The command, with an environment that says nothing of the day or of colours.
pub fn peerage() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_peerage"));
    command.env_remove("SOURCE_DATE_EPOCH").env_remove("NO_COLOR");
    command
}

/// Runs the command with these words.
pub fn run<S: AsRef<std::ffi::OsStr>>(words: impl IntoIterator<Item = S>) -> Output {
    peerage().args(words).output().unwrap()
}

/// Runs the command and asserts that all is well.
pub fn run_well<S: AsRef<std::ffi::OsStr>>(words: impl IntoIterator<Item = S>) -> Output {
    let output = run(words);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Every file below `root` with its bytes, by its path from there.
pub fn tree(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().strip_prefix(root).unwrap().to_owned(), std::fs::read(entry.path()).unwrap())).collect()
}

/// Writes files below `root`, making folders as needed.
pub fn write_files(root: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        write(&root.join(path), text);
    }
}

/// Writes a file, making folders as needed.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// A project with these files, and a `site.yaml` where none is among them.
pub fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_files(folder.path(), &[("content/site.yaml", "title: Test directory\nsample: true\n")]);
    std::fs::create_dir(folder.path().join("content/teams")).unwrap();
    write_files(folder.path(), files);
    folder
}

/// The theme of the project at `root`. To prepare it takes longer than all else where there are few teams: one that was made
/// for another project, and would be the same here, is taken again where neither has a theme of its own.
pub fn theme(root: &Path, assessment: &Assessment<'_>) -> Arc<Theme> {
    static THEMES: Mutex<Vec<Arc<Theme>>> = Mutex::new(Vec::new());
    if root.join("themes").exists() {
        return Arc::new(site::theme(root, assessment).unwrap());
    }
    let mut themes = THEMES.lock().unwrap();
    let at = themes.iter().position(|theme| site::fits(theme, assessment)).unwrap_or_else(|| {
        themes.push(Arc::new(site::theme(root, assessment).unwrap()));
        themes.len() - 1
    });
    themes[at].clone()
}

/// What the command said to programs.
pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What the command said to people.
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The JSON in a file.
pub fn json(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The text of a file.
pub fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// Numbers that look random and are the same in every run.
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 to `end`, without it.
    pub fn below(&mut self, end: u32) -> u32 {
        // Knuth's MMIX; its lower bits are not random at all.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap() % end
    }
}
