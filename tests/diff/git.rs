//! Revisions of a git repository: read without a checkout, whatever the repository says.

use super::{ALPHA, BETA, diff};
use crate::common::{peerage, stderr, stdout, write, write_files};
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// `git` in a folder, as nobody in particular.
fn git(root: &Path, words: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(root).args(["-c", "user.name=Nobody", "-c", "user.email=nobody@a.example", "-c", "commit.gpgsign=false"]);
    command.args(["-c", "protocol.file.allow=always"]).args(words);
    let output = command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").output().unwrap();
    assert!(output.status.success(), "git {words:?}: {}", stderr(&output));
    stdout(&output).trim_end().to_owned()
}

fn commit(root: &Path, message: &str) -> String {
    git(root, &["add", "-A"]);
    git(root, &["commit", "-q", "--allow-empty", "-m", message]);
    git(root, &["rev-parse", "HEAD"])
}

/// A repository with a directory of two teams in `folder` of it, committed once.
fn repository(folder: &str) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    git(root.path(), &["init", "-q", "-b", "main"]);
    let project = root.path().join(folder);
    write_files(
        &project,
        &[
            ("content/site.yaml", "title: Test\nsample: true\n"),
            ("content/teams/cert-alpha.yaml", ALPHA),
            ("content/teams/cert-beta.yaml", BETA),
        ],
    );
    commit(root.path(), "first");
    root
}

/// Runs the command in `here`, with a folder of its own for what it keeps meanwhile, which is empty again afterwards.
fn in_folder(here: &Path, words: &[&str], environment: &[(&str, &str)]) -> Output {
    let kept = tempfile::tempdir().unwrap();
    let mut command = peerage();
    command.current_dir(here).arg("diff").args(["--today", "2026-11-21"]).args(words).env("TMPDIR", kept.path());
    let output = command.envs(environment.iter().copied()).output().unwrap();
    assert_eq!(std::fs::read_dir(kept.path()).unwrap().count(), 0, "something is left behind");
    output
}

fn told(output: &Output) -> Value {
    assert!(output.status.success(), "{}", stderr(output));
    serde_json::from_str(&stdout(output)).unwrap()
}

fn kinds(told: &Value) -> Vec<&str> {
    let parts = told["parts"].as_array().unwrap().iter();
    parts.flat_map(|part| part["changes"].as_array().unwrap()).map(|change| change["kind"].as_str().unwrap()).collect()
}

const CALLED: &str = "0199";

#[test]
fn revisions_and_folders_are_compared_in_every_combination() {
    for folder in ["", "directory"] {
        let root = repository(folder);
        let here = root.path().join(folder);
        let first = git(root.path(), &["rev-parse", "HEAD"]);
        write(&here.join("content/teams/cert-alpha.yaml"), ALPHA.replace(CALLED, "0198"));
        commit(root.path(), "second");
        write(&here.join("content/teams/cert-alpha.yaml"), ALPHA.replace(CALLED, "0197"));
        for words in [&["HEAD^"][..], &["HEAD^", "HEAD"], &[&first, "main"], &["HEAD", "."], &[".", "HEAD"]] {
            let told = told(&in_folder(&here, &[words, &["--json"]].concat(), &[]));
            assert_eq!(kinds(&told), ["emergency-changed", "contact-removed", "contact-added"], "{words:?}");
        }
        assert!(kinds(&told(&in_folder(&here, &["main", "main", "--json"], &[]))).is_empty());
        let shown = stdout(&in_folder(&here, &["HEAD^", "HEAD"], &[]));
        assert!(shown.contains(&format!("`HEAD^ ({})` → `HEAD (", &first[..12])), "{shown}");
    }
    // From the root of the repository the folder says where the project is.
    let root = repository("directory");
    write(&root.path().join("directory/content/teams/cert-alpha.yaml"), ALPHA.replace(CALLED, "0198"));
    assert_eq!(kinds(&told(&in_folder(root.path(), &["HEAD", "./directory", "--json"], &[]))).len(), 3);
}

#[test]
fn no_folder_stands_in_for_a_revision_that_is_called_like_it() {
    let root = repository("");
    let first = git(root.path(), &["rev-parse", "HEAD"]);
    write(&root.path().join("content/teams/cert-alpha.yaml"), ALPHA.replace(CALLED, "0198"));
    // What was before, as a change might bring it to have nothing told.
    for name in ["main", "HEAD", "HEAD^", &first] {
        write_files(&root.path().join(name), &[("content/site.yaml", "title: Test\n"), ("content/teams/cert-beta.yaml", BETA)]);
    }
    commit(root.path(), "second");
    let changed = ["emergency-changed", "contact-removed", "contact-added"];
    for words in [["HEAD^", "HEAD"], [&first, "main"], [&first, "."]] {
        assert_eq!(kinds(&told(&in_folder(root.path(), &[&words[..], &["--json"]].concat(), &[]))), changed, "{words:?}");
    }
    // Nor for one that is not there.
    write_files(&root.path().join("origin/main"), &[("content/site.yaml", "title: Test\n")]);
    let output = in_folder(root.path(), &["origin/main", "HEAD"], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("no revision of this repository: `git fetch` it first, or write ./origin/main"),
        "{}",
        stderr(&output)
    );
    for old in ["./main", root.path().join("main").to_str().unwrap()] {
        let told = told(&in_folder(root.path(), &[old, ".", "--json"], &[]));
        assert!(told["old"] == old && kinds(&told).contains(&"team-added"), "{told}");
    }
}

#[test]
fn what_is_no_revision_is_a_failure_in_a_sentence() {
    let root = repository("");
    let blob = git(root.path(), &["rev-parse", "HEAD:content/site.yaml"]);
    for wrong in ["nowhere", "HEAD~9", "main..main", &blob, "", "HEAD:content", "0000000000000000000000000000000000000000"] {
        let output = in_folder(root.path(), &[wrong, "main"], &[]);
        assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""), "{wrong}");
        assert!(stderr(&output).contains("no revision of this repository"), "{wrong}: {}", stderr(&output));
    }
    // None of these is an option to git.
    for wrong in ["--output=stolen", "-h", "--upload-pack=touch stolen", "--all"] {
        let output = in_folder(root.path(), &["--", wrong, "main"], &[]);
        assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""), "{wrong}");
        assert!(stderr(&output).contains("no revision of this repository"), "{wrong}: {}", stderr(&output));
        assert!(!root.path().join("stolen").exists());
    }
    git(root.path(), &["rm", "-rq", "content"]);
    write(&root.path().join("readme"), "x");
    commit(root.path(), "without a project");
    let output = in_folder(root.path(), &["HEAD^", "HEAD"], &[]);
    assert!(output.status.code() == Some(2) && stderr(&output).contains("no directory project"), "{}", stderr(&output));
    let outside = tempfile::tempdir().unwrap();
    let output = in_folder(outside.path(), &["HEAD"], &[("GIT_CEILING_DIRECTORIES", "/")]);
    assert!(output.status.code() == Some(2) && stderr(&output).contains("no git repository"), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn links_submodules_and_files_that_lie_elsewhere_are_said_and_not_followed() {
    let root = repository("");
    let (teams, first) = (root.path().join("content/teams"), git(root.path(), &["rev-parse", "HEAD"]));
    let secret = root.path().join("secret");
    write(&secret, ALPHA.replace("CERT Alpha", "PLANTED"));
    std::fs::remove_file(teams.join("cert-alpha.yaml")).unwrap();
    std::os::unix::fs::symlink(&secret, teams.join("cert-alpha.yaml")).unwrap();
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";
    write(&teams.join("cert-beta.yaml"), pointer);
    write(&teams.join("large.yaml"), "x".repeat(1024 * 1024 + 1));
    // Messages are larger than anything else that is read.
    write(&root.path().join("content/sealed/listed-2c26b46b68ffc68f.tar.gpg"), "x".repeat(1024 * 1024 + 1));
    let other = repository("");
    git(root.path(), &["submodule", "--quiet", "add", other.path().to_str().unwrap(), "content/pages"]);
    commit(root.path(), "hostile");
    let output = in_folder(root.path(), &[&first, "HEAD", "--json"], &[]);
    let told = told(&output);
    let aside: Vec<&str> = told["aside"].as_array().unwrap().iter().map(|said| said.as_str().unwrap()).collect();
    assert!(!aside.iter().any(|said| said.contains("content/sealed/")), "{aside:?}");
    for (file, why) in [
        ("content/pages", "submodule"),
        ("content/teams/cert-alpha.yaml", "symbolic link"),
        ("content/teams/cert-beta.yaml", "Git LFS"),
        ("content/teams/large.yaml", "larger than"),
    ] {
        assert!(aside.iter().any(|said| said.starts_with(file) && said.contains(why)), "{file}: {aside:?}");
    }
    // The message has no index.
    assert_eq!(kinds(&told), ["unreadable", "unreadable", "unreadable", "mistake"], "{told}");
    assert!(!stdout(&output).contains("PLANTED"));
    let shown = stdout(&in_folder(root.path(), &[&first, "HEAD"], &[]));
    assert!(shown.contains("### Not read") && shown.contains("`content/teams/cert-alpha.yaml`"), "{shown}");
}

/// A tree with a name that no `git add` makes.
fn tree_with(root: &Path, name: &str, blob: &str) -> String {
    let write_tree = |lines: String| {
        let mut child = Command::new("git");
        child.current_dir(root).args(["mktree", "-z"]).stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
        let mut child = child.spawn().unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), lines.as_bytes()).unwrap();
        stdout(&child.wait_with_output().unwrap()).trim_end().to_owned()
    };
    let teams = write_tree(format!("100644 blob {blob}\t{name}\0"));
    let content = write_tree(format!("100644 blob {blob}\tsite.yaml\0040000 tree {teams}\tteams\0"));
    let tree = write_tree(format!("040000 tree {content}\tcontent\0"));
    git(root, &["commit-tree", "-m", "hostile", &tree])
}

#[test]
fn no_name_leads_out_of_the_folder() {
    let root = repository("");
    let blob = git(root.path(), &["rev-parse", "HEAD:content/site.yaml"]);
    for name in ["..", ".", "a\\..\\b.yaml", "C:x.yaml", "a\nb.yaml", &"x".repeat(250)] {
        let hostile = tree_with(root.path(), name, &blob);
        let told = told(&in_folder(root.path(), &["main", &hostile, "--json"], &[]));
        let aside = told["aside"].to_string();
        assert!(aside.contains("has a name that no file of a project has"), "{name:?}: {aside}");
    }
}

#[test]
fn neither_the_environment_nor_the_repository_makes_anything_run() {
    let root = repository("");
    let here = root.path();
    let trap = format!("sh -c 'touch {}/ran; cat'", here.display());
    for (key, value) in [
        ("filter.trap.smudge", trap.as_str()),
        ("filter.trap.clean", &trap),
        ("diff.trap.textconv", &trap),
        ("core.fsmonitor", &trap),
        ("core.pager", &trap),
        ("core.hooksPath", "hooks"),
    ] {
        git(here, &["config", key, value]);
    }
    write(&here.join(".gitattributes"), "* diff=trap\n");
    git(here, &["-c", "core.fsmonitor=false", "add", "-A"]);
    git(here, &["-c", "core.fsmonitor=false", "commit", "-qm", "traps"]);
    write(&here.join(".git/info/attributes"), "* filter=trap diff=trap\n");
    std::fs::remove_file(here.join("ran")).ok();
    let other = repository("");
    write(&other.path().join("content/teams/cert-alpha.yaml"), ALPHA.replace(CALLED, "0198"));
    commit(other.path(), "elsewhere");
    let elsewhere = other.path().join(".git").to_str().unwrap().to_owned();
    let environment = [
        ("GIT_DIR", elsewhere.as_str()),
        ("GIT_WORK_TREE", "/"),
        ("GIT_OBJECT_DIRECTORY", "/nowhere"),
        ("GIT_INDEX_FILE", "/nowhere"),
        ("GIT_TRACE", "1"),
        ("GIT_EXTERNAL_DIFF", &trap),
        ("GIT_PAGER", &trap),
        ("GIT_CONFIG_PARAMETERS", "'alias.ls-tree=!false'"),
    ];
    let output = in_folder(here, &["HEAD^", "HEAD", "--json"], &environment);
    assert!(kinds(&told(&output)).is_empty(), "{}", stdout(&output));
    assert!(!here.join("ran").exists(), "something ran");
}

#[test]
fn keys_are_read_from_revisions_too() {
    let root = repository("");
    let keys = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff/keys");
    let put = |name: &str| {
        let bytes = std::fs::read(keys.join(format!("{name}.asc"))).unwrap();
        write(&root.path().join("content/teams/cert-alpha.asc"), bytes);
        commit(root.path(), name)
    };
    let (old, new) = (put("old"), put("signed"));
    let shown = stdout(&in_folder(root.path(), &[&old, &new], &[]));
    assert!(shown.contains("**Key replaced**") && shown.contains("Signed by the old key: yes."), "{shown}");
}

#[test]
fn both_may_be_folders_outside_of_any_repository() {
    let (old, new) = (super::directory(ALPHA), super::directory(&ALPHA.replace(CALLED, "0198")));
    assert!(diff(&[&old.path(), &new.path()]).status.success());
}

/// Who stops the program half-way leaves nothing behind.
#[cfg(unix)]
#[test]
fn who_is_stopped_leaves_no_folder() {
    let root = repository("");
    for team in 0..3000 {
        let entry = BETA
            .replace("CERT Beta", &format!("Team {team}"))
            .replace("domains: [beta.example], networks: [198.51.100.0/24]", "");
        write(&root.path().join(format!("content/teams/t{team}.yaml")), entry);
    }
    commit(root.path(), "many");
    let kept = tempfile::tempdir().unwrap();
    let has_folder = || std::fs::read_dir(kept.path()).unwrap().count() > 0;
    let mut command = peerage();
    command.current_dir(root.path()).args(["diff", "HEAD^", "HEAD"]).env("TMPDIR", kept.path());
    let mut child = command.stdout(std::process::Stdio::null()).spawn().unwrap();
    while !has_folder() && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    let stopped = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    let code = child.wait().unwrap().code();
    assert!(stopped.success() && code == Some(130), "it had ended before: {code:?}");
    assert!(!has_folder(), "a folder is left behind");
}
