//! Hostile files: what is no file, what leads elsewhere, what is too large.

use super::found;
use crate::project::{ENTRY, Project};
use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

/// The rules that a project breaks, each with its file.
fn places(what: &str, project: Project) -> Vec<String> {
    let (findings, shown) = found(what, project);
    assert!(!shown.contains("secret"), "{what}: {shown}");
    findings.iter().map(|finding| format!("{} {}", finding.rule.id(), finding.place.file)).collect()
}

/// The base, and outside of it a file and a folder that are not for us.
fn with_outside() -> Project {
    let project = Project::base();
    let outside = project.root().parent().unwrap().join("outside");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("file.yaml"), "secret: secret\n").unwrap();
    project
}

#[test]
fn links_are_not_followed() {
    for (target, link, expected) in [
        ("../../../outside/file.yaml", ENTRY, "unreadable-file content/teams/x.yaml"),
        ("/etc/passwd", ENTRY, "unreadable-file content/teams/x.yaml"),
        ("nowhere", ENTRY, "unreadable-file content/teams/x.yaml"),
        ("x.yaml", ENTRY, "unreadable-file content/teams/x.yaml"),
        ("../../../outside", ENTRY, "unreadable-file content/teams/x.yaml"),
        ("../../outside", "content/pages", "unreadable-file content/pages"),
        ("../../../outside/file.yaml", "content/teams/readme.txt", "unknown-file content/teams/readme.txt"),
        ("../../outside", "content/other", "unknown-file content/other"),
        ("/dev/zero", ENTRY, "unreadable-file content/teams/x.yaml"),
        ("/dev/zero", "content/teams/readme.txt", "unknown-file content/teams/readme.txt"),
    ] {
        let project = with_outside();
        symlink(target, project.path(link)).unwrap();
        assert_eq!(places(target, project), [expected]);
    }
}

#[test]
fn a_folder_or_configuration_that_is_a_link_is_not_read() {
    let project = with_outside();
    fs::remove_dir_all(project.path("content/teams")).unwrap();
    symlink("../../outside", project.path("content/teams")).unwrap();
    assert_eq!(places("teams", project), ["unreadable-file content/teams"]);
    let project = with_outside();
    fs::remove_file(project.path("content/site.yaml")).unwrap();
    symlink("../../outside/file.yaml", project.path("content/site.yaml")).unwrap();
    assert_eq!(places("site.yaml", project), ["unreadable-file content/site.yaml"]);
}

#[test]
fn a_project_whose_content_is_a_link_or_a_file_is_not_read() {
    let elsewhere = with_outside();
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    symlink(elsewhere.path("content"), &content).unwrap();
    let told = || crate::common::run(["check".as_ref(), folder.path().as_os_str()]);
    let is_refused = |output: &std::process::Output| {
        let said = crate::common::stderr(output);
        assert!(output.status.code() == Some(2) && said.contains("content cannot be read: it is not a folder"), "{said}");
    };
    is_refused(&told());
    fs::remove_file(&content).unwrap();
    fs::write(&content, "in the way").unwrap();
    is_refused(&told());
}

#[test]
fn what_is_no_file_is_not_opened() {
    for name in [ENTRY, "content/teams/readme.txt", "content/authorities/x.yaml", "content/teams/x.asc"] {
        let project = Project::base();
        let made = Command::new("mkfifo").arg(project.path(name)).status().unwrap();
        assert!(made.success());
        let expected = match name {
            "content/teams/readme.txt" => vec![format!("unknown-file {name}")],
            "content/teams/x.asc" => vec![format!("key-without-team {name}")],
            _ => vec![format!("unreadable-file {name}")],
        };
        assert_eq!(places(name, project), expected);
    }
    let project = Project::base();
    let _socket = std::os::unix::net::UnixListener::bind(project.path(ENTRY)).unwrap();
    assert_eq!(places("socket", project), ["unreadable-file content/teams/x.yaml"]);
}

#[test]
fn folders_in_place_of_files_and_files_in_place_of_folders_are_told() {
    let project = Project::base();
    fs::create_dir(project.path(ENTRY)).unwrap();
    fs::remove_file(project.path("content/site.yaml")).unwrap();
    fs::create_dir(project.path("content/site.yaml")).unwrap();
    project.write("content/pages", "secret");
    assert_eq!(
        places("folders", project),
        ["unreadable-file content/pages", "unreadable-file content/site.yaml", "unknown-file content/teams/x.yaml"]
    );
}

#[test]
fn a_file_without_permission_is_told_to_whoever_it_binds() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::with_entry("name: X\ncountry: AT\n");
    let path = project.path(ENTRY);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    let expected: &[&str] = if fs::File::open(&path).is_ok() { &[] } else { &["unreadable-file content/teams/x.yaml"] };
    assert_eq!(places("permissions", project), expected);
}

#[test]
fn a_file_that_is_too_large_is_not_read_to_its_end() {
    let project = Project::base();
    for name in [ENTRY, "content/pages/about.md", "content/authorities/x.yaml"] {
        project.write(name, "name: X\n");
        fs::OpenOptions::new().write(true).open(project.path(name)).unwrap().set_len(50 << 20).unwrap();
    }
    assert_eq!(
        places("large", project),
        [
            "file-too-large content/authorities/x.yaml",
            "file-too-large content/pages/about.md",
            "file-too-large content/teams/x.yaml"
        ]
    );
}

#[test]
fn no_name_leads_out_of_its_folder_or_misleads() {
    let names = [
        "...yaml",
        "..yaml",
        "a b.yaml",
        "a\u{1b}[2J.yaml",
        "a\u{202e}lmay.yaml",
        "a\nb.yaml",
        "COM1.yaml",
        "-rf.yaml",
        "~.yaml",
    ];
    for name in names {
        let project = Project::base();
        project.write(&format!("content/teams/{name}"), "name: X\ncountry: AT\n");
        let places = places(name, project);
        // What begins with a dot is not ours.
        let hidden = name.starts_with('.');
        assert_eq!(places.len(), usize::from(!hidden), "{places:?}");
        assert!(places.iter().all(|place| place.starts_with("file-name ")), "{places:?}");
    }
    for reference in ["../alpha", "/etc/passwd", "alpha.yaml", "..", ".", "a/b", "a\\b", "alpha%2f"] {
        let entry = format!(
            "name: X\ncountry: AT\nstatus: [{{level: listed, since: 2020-01-01, sponsors: ['{reference}'], authority: '{reference}'}}]\n"
        );
        assert_eq!(super::rules(reference, entry), ["invalid-id"], "{reference}");
    }
}

#[test]
fn many_files_are_many_findings() {
    let project = Project::base();
    for at in 0..1000 {
        project.write(&format!("content/teams/t{at}.yaml"), "name: [\n");
    }
    assert_eq!(places("files", project).len(), 1000);
}
