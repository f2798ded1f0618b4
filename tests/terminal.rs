//! What is printed, where, and what becomes of the exit code when nobody can read it.

use crate::common::{peerage, project, run, text};
use std::process::{Command, Output};

const FINE: (&str, &str) =
    ("content/teams/cert-alpha.yaml", "name: CERT Alpha\ncountry: AT\nstatus: [{level: listed, since: 2020-01-15}]\n");
const WRONG: (&str, &str) = ("content/teams/cert-beta.yaml", "name: CERT Beta\ncontry: AT\n");

fn check(folder: &tempfile::TempDir) -> Command {
    let mut command = peerage();
    command.arg("check").arg(folder.path()).args(["--today", "2026-11-21"]);
    command
}

fn silent(output: &Output) -> bool {
    output.stdout.is_empty() && output.stderr.is_empty()
}

#[test]
fn quiet_says_nothing_when_all_is_well() {
    let folder = project(&[FINE]);
    let root = folder.path().to_str().unwrap();
    for name in ["check", "build"] {
        let (loud, quiet) = (run([name, root]), run([name, root, "--quiet"]));
        assert!(loud.status.success() && !silent(&loud), "{name}: {loud:?}");
        assert!(quiet.status.success() && silent(&quiet), "{name}: {quiet:?}");
    }
    assert!(text(&folder.path().join("public/index.html")).contains("Test"));
    let wrong = project(&[WRONG]);
    let told = check(&wrong).arg("--quiet").output().unwrap();
    assert!(told.status.code() == Some(1) && !told.stderr.is_empty(), "findings are shown all the same");
}

#[test]
fn no_escape_sequences_go_into_a_file() {
    let folder = project(&[FINE, WRONG]);
    let output = check(&folder).output().unwrap();
    assert!(!output.stderr.is_empty() && !output.stderr.contains(&0x1b), "{}", String::from_utf8_lossy(&output.stderr));
}

/// What the command shows on a terminal of its own.
#[cfg(target_os = "linux")]
fn on_a_terminal(words: &str, no_color: bool) -> String {
    let line = format!("{} {words}", env!("CARGO_BIN_EXE_peerage"));
    let mut command = Command::new("script");
    command.args(["--quiet", "--command", &line, "/dev/null"]).env_remove("SOURCE_DATE_EPOCH").env_remove("NO_COLOR");
    if no_color {
        command.env("NO_COLOR", "1");
    }
    String::from_utf8(command.stdin(std::process::Stdio::null()).output().unwrap().stdout).unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_is_shown_colours_unless_it_asks_for_none() {
    let folder = project(&[FINE, WRONG]);
    let words = format!("check {} --quiet", folder.path().display());
    let (coloured, plain) = (on_a_terminal(&words, false), on_a_terminal(&words, true));
    assert!(coloured.contains("\x1b["), "{coloured:?}");
    assert!(plain.contains("did you mean `country`?") && !plain.contains('\x1b'), "{plain:?}");
}

#[test]
fn who_stops_reading_changes_no_exit_code() {
    for (files, code) in [(vec![FINE, WRONG], 1), (vec![FINE], 0)] {
        let folder = project(&files);
        for format in ["json", "human"] {
            let closed = || {
                let (reader, writer) = std::io::pipe().unwrap();
                drop(reader);
                writer
            };
            let status = check(&folder).args(["--format", format]).stdout(closed()).stderr(closed()).status().unwrap();
            assert_eq!(status.code(), Some(code), "{format}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure_and_no_panic() {
    let folder = project(&[FINE, WRONG]);
    let full = || std::fs::File::options().write(true).open("/dev/full").unwrap();
    let human = check(&folder).stderr(full()).output().unwrap();
    assert_eq!(human.status.code(), Some(2));
    let json = check(&folder).args(["--format", "json"]).stdout(full()).output().unwrap();
    let told = String::from_utf8_lossy(&json.stderr);
    assert!(json.status.code() == Some(2) && told.starts_with("peerage: ") && !told.contains("panicked"), "{told}");
}

/// The line that says how far work has come is gone before anything else is said.
#[cfg(target_os = "linux")]
#[test]
fn what_goes_wrong_is_told_on_a_line_of_its_own() {
    let nothing = tempfile::tempdir().unwrap();
    let broken = project(&[FINE, ("themes/default/templates/team.html", "{% if %}")]);
    for (folder, told) in [(&nothing, "peerage: "), (&broken, "peerage: ")] {
        let shown = on_a_terminal(&format!("build {}", folder.path().display()), true);
        let line = shown.lines().find(|line| line.contains(told)).unwrap_or_else(|| panic!("{shown:?}"));
        assert!(line.rsplit("\x1b[K").next().is_some_and(|rest| rest.starts_with(told)), "{shown:?}");
    }
}
