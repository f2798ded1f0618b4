//! The command: what it writes and what it leaves, its codes, its words.

use crate::common::{peerage, project, run, run_well, stderr, stdout, text, tree, write};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

const UNTIDY: &str = "# Our team\ncountry: 'AT'   # the seat\nname: \"CERT Alpha\"\n";
const TIDY: &str = "name: CERT Alpha\n# Our team\ncountry: AT   # the seat\n";

fn untidy() -> tempfile::TempDir {
    project(&[("content/teams/cert-alpha.yaml", UNTIDY), ("content/teams/cert-beta.yaml", "name: CERT Beta\ncountry: AT\n")])
}

fn fmt(words: &[&str], folder: &Path) -> Output {
    peerage().arg("fmt").args(words).current_dir(folder).output().unwrap()
}

#[test]
fn formats_a_project_and_tells_what_it_did() {
    let project = untidy();
    let output = fmt(&[], project.path());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stdout(&output), "Formatted content/teams/cert-alpha.yaml\n");
    assert_eq!(stderr(&output), "1 file formatted, 2 left as they are\n");
    assert_eq!(text(&project.path().join("content/teams/cert-alpha.yaml")), TIDY);
    let again = fmt(&[], project.path());
    assert_eq!((stdout(&again).as_str(), stderr(&again).as_str()), ("", "0 files formatted, 3 left as they are\n"));
}

#[test]
fn check_and_diff_write_nothing() {
    let project = untidy();
    let before = tree(project.path());
    let check = fmt(&["--check"], project.path());
    assert_eq!((check.status.code(), stdout(&check).as_str()), (Some(1), "content/teams/cert-alpha.yaml\n"));
    let diff = fmt(&["--diff"], project.path());
    assert_eq!(diff.status.code(), Some(0), "{}", stderr(&diff));
    let expected = "--- a/content/teams/cert-alpha.yaml\n+++ b/content/teams/cert-alpha.yaml\n@@ -1,3 +1,3 @@\n+name: CERT Alpha\n \
                    # Our team\n-country: 'AT'   # the seat\n-name: \"CERT Alpha\"\n+country: AT   # the seat\n";
    assert_eq!(stdout(&diff), expected);
    assert_eq!(fmt(&["--diff", "--check"], project.path()).status.code(), Some(1));
    assert_eq!(tree(project.path()), before);
    fmt(&[], project.path());
    assert_eq!(fmt(&["--check"], project.path()).status.code(), Some(0));
}

#[test]
fn single_files_are_formatted_wherever_one_stands() {
    let project = untidy();
    let teams = project.path().join("content/teams");
    assert_eq!(stdout(&fmt(&["cert-alpha.yaml"], &teams)), "Formatted cert-alpha.yaml\n");
    assert_eq!(text(&teams.join("cert-alpha.yaml")), TIDY);
    let odd = fmt(&["Cargo.toml"], &teams);
    assert_eq!(odd.status.code(), Some(2));
    write(&teams.join("../pages/a.md"), "---\ntitle: 'A'\n---\n");
    let page = fmt(&["content/pages/a.md"], project.path());
    assert_eq!(page.status.code(), Some(2));
    assert!(stderr(&page).contains("has no canonical form"), "{}", stderr(&page));
    write(&teams.join("cert-alpha.yaml"), UNTIDY);
    let twice = fmt(&["content/teams/cert-alpha.yaml", "./content/teams/cert-alpha.yaml", "."], project.path());
    assert_eq!((twice.status.code(), stdout(&twice).matches("Formatted").count()), (Some(0), 1), "{}", stderr(&twice));
}

#[test]
fn what_cannot_be_read_is_told_and_left_and_the_rest_is_formatted() {
    let project = untidy();
    let teams = project.path().join("content/teams");
    for (name, bad) in [
        ("a.yaml", &b"name: [A\ncountry: AT\n"[..]),
        ("b.yaml", b"name: 'A'\nname: 'B'\ncountry: AT\n"),
        ("c.yaml", b"name: 'A'\xff\n"),
        ("d.yaml", b"name: &a 'A'\ncountry: *a\n"),
    ] {
        write(&teams.join(name), bad);
    }
    let before = tree(&teams);
    let output = fmt(&[], project.path());
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    for (rule, name) in [("yaml-syntax", "a"), ("duplicate-key", "b"), ("not-utf8", "c"), ("yaml-feature", "d")] {
        let told = stderr(&output);
        assert!(told.contains(rule) && told.contains(&format!("content/teams/{name}.yaml")), "{rule}: {told}");
    }
    let mut expected = before;
    expected.insert("cert-alpha.yaml".into(), TIDY.into());
    assert_eq!(tree(&teams), expected);
}

#[test]
fn a_file_that_may_not_be_written_is_told_and_the_rest_is_formatted() {
    let project = untidy();
    let teams = project.path().join("content/teams");
    write(&teams.join("a.yaml"), "country: AT\nname: A\n");
    write(&teams.join("b.yaml"), "name: [\n");
    let mut permissions = std::fs::metadata(teams.join("a.yaml")).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(teams.join("a.yaml"), permissions).unwrap();
    let output = fmt(&[], project.path());
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("a.yaml could not be written: it may not be written to") && said.contains("b.yaml:2:1"), "{said}");
    assert_eq!(text(&teams.join("a.yaml")), "country: AT\nname: A\n");
    assert_eq!(text(&teams.join("cert-alpha.yaml")), TIDY);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let ask = |words: &[&str], input: &str| {
        let mut child =
            peerage().args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let output = ask(&["fmt", "-"], UNTIDY);
    assert_eq!((output.status.code(), stdout(&output).as_str(), stderr(&output).as_str()), (Some(0), TIDY, ""));
    let site = ask(&["fmt", "-"], "description: 'b'\ntitle: 'a'\n");
    assert_eq!(stdout(&site), "title: a\ndescription: b\n");
    let broken = ask(&["fmt", "-"], "name: [\n");
    assert_eq!((broken.status.code(), stdout(&broken).as_str()), (Some(1), ""));
    assert_eq!(ask(&["fmt", "-", "--check"], UNTIDY).status.code(), Some(1));
    assert_eq!(ask(&["fmt", "-", "--check"], TIDY).status.code(), Some(0));
    let diff = ask(&["fmt", "-", "--diff"], UNTIDY);
    assert_eq!(diff.status.code(), Some(0));
    assert!(stdout(&diff).contains("\n+name: CERT Alpha\n") && stdout(&diff).contains("\n-name: \"CERT Alpha\"\n"), "{diff:?}");
    assert_eq!(ask(&["fmt", "-", "."], UNTIDY).status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_links_are_not_followed() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let project = untidy();
    let teams = project.path().join("content/teams");
    std::fs::set_permissions(teams.join("cert-alpha.yaml"), PermissionsExt::from_mode(0o640)).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    write(&elsewhere.path().join("x.yaml"), UNTIDY);
    symlink(elsewhere.path().join("x.yaml"), teams.join("cert-link.yaml")).unwrap();
    let output = fmt(&[], project.path());
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("it is a symbolic link"), "{}", stderr(&output));
    assert_eq!(text(&elsewhere.path().join("x.yaml")), UNTIDY);
    let meta = std::fs::metadata(teams.join("cert-alpha.yaml")).unwrap();
    assert_eq!(meta.permissions().mode() & 0o777, 0o640);
    assert_eq!(text(&teams.join("cert-alpha.yaml")), TIDY);
    let left: Vec<_> = tree(&teams).into_keys().filter(|path| path.to_string_lossy().starts_with('.')).collect();
    assert!(left.is_empty(), "{left:?}");
    let link = fmt(&["content/teams/cert-link.yaml"], project.path());
    assert_eq!(link.status.code(), Some(1), "{}", stderr(&link));
    assert_eq!(text(&elsewhere.path().join("x.yaml")), UNTIDY);
}

/// A secret key that stands in an entry by mistake is not shown in a difference.
#[test]
fn a_secret_key_is_not_repeated() {
    let secret =
        "country: 'AT'\nname: A\ndescription: |\n  -----BEGIN PGP PRIVATE KEY BLOCK-----\n\n  lQVYBGWeXw0BDADJ3f7qk9zXgkq1\n";
    let project = project(&[("content/teams/cert-alpha.yaml", secret)]);
    let output = fmt(&["--diff"], project.path());
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(1), ""));
    assert!(!stderr(&output).contains("lQVYBGWe"), "{}", stderr(&output));
}

/// A project as `init` and `new` leave it, in a folder of its own.
fn begun() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("directory");
    let shown = root.to_str().unwrap();
    run_well(["init", shown]);
    run_well(["new", "cert-new", shown]);
    (folder, root)
}

#[test]
fn what_other_commands_write_is_canonical() {
    let (folder, root) = begun();
    is_canonical(&root);
    let built = folder.path().join("built");
    let out = built.to_str().unwrap();
    run_well(["build", env!("CARGO_MANIFEST_DIR"), "--today", "2026-11-21", "--out", out]);
    let inputs = [
        ("ti-json", "directory/teams.json"),
        ("csv", "teams.csv"),
        ("first", "first/v1/teams.json"),
        ("global-irt", "global-irt/v1/teams.json"),
    ];
    for (format, file) in inputs {
        let project = project(&[]);
        let file = built.join(file);
        run(["import", format, file.to_str().unwrap(), "--into", project.path().to_str().unwrap()]);
        assert!(std::fs::read_dir(project.path().join("content/teams")).unwrap().count() > 10, "{format}");
        is_canonical(project.path());
    }
}

/// The examples in what `peerage new` and `init` write hold when they are uncovered, and are canonical then.
#[test]
fn examples_that_are_uncovered_are_canonical() {
    let (_folder, root) = begun();
    for file in ["content/teams/cert-new.yaml", "content/site.yaml"] {
        let path = root.join(file);
        let uncover = |line: &str| match line.strip_prefix('#') {
            Some(rest) if !rest.starts_with(' ') || rest.starts_with("  ") => rest.to_owned(),
            _ => line.to_owned(),
        };
        let uncovered: Vec<String> = text(&path).lines().map(uncover).collect();
        write(&path, uncovered.join("\n") + "\n");
    }
    is_canonical(&root);
}

fn is_canonical(root: &Path) {
    let output = run(["fmt", "--diff", "--check", root.to_str().unwrap()]);
    assert_eq!(stdout(&output), "", "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}
