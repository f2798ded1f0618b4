//! What `init` writes for a directory's repository, and CODEOWNERS. `tests/conformance/kit` runs it as the forges would.

use crate::common::{peerage, project, run, run_well, stderr, stdout, text, tree, write_files};
use std::fs;
use std::path::{Path, PathBuf};

const GITHUB: &[&str] = &[
    ".github/ISSUE_TEMPLATE/change-contact.yml",
    ".github/ISSUE_TEMPLATE/config.yml",
    ".github/ISSUE_TEMPLATE/new-key.yml",
    ".github/ISSUE_TEMPLATE/new-team.yml",
    ".github/ISSUE_TEMPLATE/wrong-level.yml",
    ".github/workflows/due.yml",
    ".github/workflows/pull-request.yml",
    ".github/workflows/trust-report.yml",
    "CODEOWNERS",
];

const GITLAB: &[&str] = &[
    ".gitlab-ci.yml",
    ".gitlab/issue_templates/change-contact.md",
    ".gitlab/issue_templates/new-key.md",
    ".gitlab/issue_templates/new-team.md",
    ".gitlab/issue_templates/wrong-level.md",
    ".gitlab/trust-comments.py",
    "CODEOWNERS",
];

const OF_EVERY_PROJECT: &[&str] = &[
    ".githooks/pre-commit",
    "EDITING.md",
    "schema/authority.json",
    "schema/entry.json",
    "schema/profile.json",
    "schema/site.json",
];

/// A project that `init` made with these words, in the folder `d` of the one that is returned.
fn made(words: &[&str]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("d");
    run_well([&["init", root.to_str().unwrap()], words].concat());
    (folder, root)
}

/// Those of `files` that do not stand below `root`.
fn missing<'f>(root: &Path, files: &[&'f str]) -> Vec<&'f str> {
    files.iter().copied().filter(|file| !root.join(file).is_file()).collect()
}

#[test]
fn each_forge_has_its_kit_and_every_project_the_rest() {
    for (words, expected, other) in [
        (&[][..], &[][..], &[GITHUB, GITLAB].concat()),
        (&["--forge", "github"], GITHUB, &GITLAB[..6].to_vec()),
        (&["--forge", "gitlab"], GITLAB, &GITHUB[..8].to_vec()),
        (&["--host", "netlify"], GITHUB, &GITLAB[..6].to_vec()),
        (&["--host", "gitlab-pages"], GITLAB, &GITHUB[..8].to_vec()),
        (&["--host", "nginx", "--forge", "gitlab"], GITLAB, &GITHUB[..8].to_vec()),
        (&["--host", "nginx"], &[], &[GITHUB, GITLAB].concat()),
    ] {
        let (_folder, root) = made(words);
        assert_eq!(missing(&root, OF_EVERY_PROJECT), Vec::<&str>::new(), "{words:?}");
        assert_eq!(missing(&root, expected), Vec::<&str>::new(), "{words:?}");
        assert_eq!(missing(&root, other).len(), other.len(), "{words:?}");
        for (path, bytes) in tree(&root) {
            let file = String::from_utf8(bytes).unwrap();
            for word in ["{version}", "{project}", "{folder}", "{web}"] {
                assert!(!file.contains(word), "{}: {word}", path.display());
            }
        }
    }
}

/// What the first line of a file names is there.
#[test]
fn the_files_lead_to_their_schemas() {
    let (_folder, root) = made(&[]);
    run_well(["new", "cert-alpha", root.to_str().unwrap()]);
    for (file, of) in [
        ("content/teams/example-csirt.yaml", "entry"),
        ("content/teams/cert-alpha.yaml", "entry"),
        ("content/site.yaml", "site"),
        ("content/authorities/example-authority.yaml", "authority"),
    ] {
        let entry = text(&root.join(file));
        let named =
            entry.lines().next().unwrap().strip_prefix("# yaml-language-server: $schema=").unwrap_or_else(|| panic!("{file}"));
        let schema = text(&root.join(file).parent().unwrap().join(named));
        assert_eq!(schema, stdout(&run_well(["schema", of])), "{file}");
    }
}

#[test]
fn the_guide_tells_of_the_forge_where_it_is_known() {
    for (words, github, gitlab) in
        [(&[][..], true, true), (&["--forge", "github"], true, false), (&["--forge", "gitlab"], false, true)]
    {
        let (_folder, root) = made(words);
        let guide = text(&root.join("EDITING.md"));
        assert_eq!((guide.contains("on GitHub"), guide.contains("on GitLab")), (github, gitlab), "{words:?}");
    }
}

#[cfg(unix)]
#[test]
fn the_hook_can_be_run() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, root) = made(&[]);
    let mode = root.join(".githooks/pre-commit").metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o100, 0o100, "{mode:o}");
    assert_eq!(root.join("EDITING.md").metadata().unwrap().permissions().mode() & 0o111, 0);
}

#[test]
fn a_project_below_the_root_of_a_repository_has_the_forges_files_there() {
    let folder = tempfile::tempdir().unwrap();
    let top = folder.path().canonicalize().unwrap();
    fs::create_dir_all(top.join(".git")).unwrap();
    let root = top.join("data/csirts");
    let said = stdout(&run_well(["init", root.to_str().unwrap(), "--host", "github-pages", "--forge", "gitlab"]));
    assert_eq!(missing(&top, GITHUB).len() + missing(&top, GITLAB).len(), 0, "{said}");
    assert_eq!(missing(&root, OF_EVERY_PROJECT), Vec::<&str>::new());
    assert!(!root.join(".github").exists() && !root.join("CODEOWNERS").exists());
    let first = format!("Files for the forge went to {}, the root of the repository around it.\n", top.display());
    assert!(said.starts_with(&first), "{said}");
    assert!(said.contains(&format!("Made {}\n", top.join(".github/workflows/pull-request.yml").display())), "{said}");
    assert!(text(&top.join(".github/workflows/pull-request.yml")).contains("peerage check data/csirts --format github"));
    assert!(text(&top.join(".github/workflows/github-pages.yml")).contains("peerage build data/csirts --out public"));
    assert!(text(&top.join(".gitlab-ci.yml")).contains("trust-comments.py data/csirts"));
    // Findings and owners are named from there.
    write_files(&root, &[("content/teams/a.yaml", "name: A\ncontry: AT\neditors: [\"@a\"]\n")]);
    let at = root.to_str().unwrap();
    let told = |format| stdout(&run(["check", at, "--format", format]));
    assert!(told("github").contains("file=data/csirts/content/teams/a.yaml,"), "{}", told("github"));
    for format in ["gitlab", "sarif"] {
        assert!(told(format).contains("\"data/csirts/content/teams/a.yaml\""), "{}", told(format));
    }
    assert!(told("short").starts_with("content/teams/a.yaml:"), "{}", told("short"));
    write_files(&root, &[("content/teams/a.yaml", "name: A\ncountry: AT\neditors: [\"@a\"]\n")]);
    assert!(stdout(&run_well(["codeowners", at])).ends_with("\n/data/csirts/content/teams/a.* @a\n"));
}

/// The fingerprint by which a finding is known again does not depend on where the project lies.
#[test]
fn where_a_project_lies_changes_no_fingerprint() {
    let project = project(&[("content/teams/a.yaml", "name: A\ncontry: AT\n")]);
    let root = project.path().to_str().unwrap();
    let known = |report: &str| {
        let report: serde_json::Value = serde_json::from_str(report).unwrap();
        report[0]["fingerprint"].as_str().unwrap().to_owned()
    };
    let alone = known(&stdout(&run(["check", root, "--format", "gitlab"])));
    let moved = tempfile::tempdir().unwrap();
    fs::create_dir(moved.path().join(".git")).unwrap();
    for (path, bytes) in tree(project.path()) {
        crate::common::write(&moved.path().join("x").join(path), bytes);
    }
    assert_eq!(known(&stdout(&run(["check", moved.path().join("x").to_str().unwrap(), "--format", "gitlab"]))), alone);
}

#[test]
fn a_path_that_would_be_something_else_in_a_workflow_is_refused() {
    for name in ["a b", "$(x)", "a;b", "a'b", "ä", "-n"] {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        let root = folder.path().join(name);
        let refused = run(["init", root.to_str().unwrap(), "--forge", "github"]);
        assert_eq!(refused.status.code(), Some(2), "{name}");
        assert!(stderr(&refused).contains("below the root of its repository"), "{}", stderr(&refused));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "{name}: nothing was written");
    }
}

#[test]
fn a_project_that_is_there_keeps_what_it_has() {
    let (_folder, root) = made(&[]);
    let at = root.to_str().unwrap();
    write_files(&root, &[("EDITING.md", "ours\n"), ("CODEOWNERS", "* @us\n"), (".github/workflows/due.yml", "name: ours\n")]);
    fs::remove_file(root.join(".githooks/pre-commit")).unwrap();
    let before = tree(&root);
    let said = stdout(&run_well(["init", at, "--forge", "github"]));
    let after = tree(&root);
    assert!(before.iter().all(|(path, bytes)| after[path] == *bytes));
    assert_eq!(missing(&root, &[GITHUB, OF_EVERY_PROJECT].concat()), Vec::<&str>::new());
    for file in ["CODEOWNERS", "EDITING.md", ".github/workflows/due.yml"] {
        assert!(said.contains(&format!("Left {} as it was\n", root.join(file).display())), "{said}");
    }
    assert!(said.contains(&format!("Made {}\n", root.join(".githooks/pre-commit").display())), "{said}");
}

/// What the files tell somebody to run is there.
#[test]
fn every_command_that_the_files_name_is_there() {
    let (_folder, root) = made(&["--host", "github-pages", "--host", "gitlab-pages"]);
    let mut named = std::collections::BTreeSet::new();
    for (path, bytes) in tree(&root) {
        if path.starts_with("schema") {
            continue;
        }
        let file = String::from_utf8(bytes).unwrap().replace("peerage\" ", "peerage ");
        for rest in file.split("peerage ").skip(1) {
            let word: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
            // Where no word follows, the name stands for the program.
            if !word.is_empty() && !word.starts_with('-') {
                named.insert(word);
            }
        }
    }
    assert!(named.len() >= 7 && named.contains("diff") && named.contains("due"), "{named:?}");
    for word in named {
        run_well([word.as_str(), "--help"]);
    }
}

const EDITORS: &str = "title: Test\nsample: true\neditors: [\"@example-org/directory\", desk@example.net]\n";

#[test]
fn codeowners_says_who_is_asked() {
    let project = project(&[
        ("content/site.yaml", EDITORS),
        ("content/teams/b.yaml", "name: B\ncountry: AT\neditors: [\"@bob\", Desk@example.net]\n"),
        ("content/teams/a.yaml", "name: A\ncountry: AT\neditors: [\"@alice\", \"@a/team\", a@alpha.example]\n"),
        ("content/teams/c.yaml", "name: C\ncountry: AT\n"),
    ]);
    let root = project.path().to_str().unwrap();
    let owners = stdout(&run_well(["codeowners", root]));
    let lines: Vec<&str> = owners.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(
        lines,
        [
            "* @example-org/directory desk@example.net",
            "/content/teams/a.* @alice @a/team a@alpha.example @example-org/directory desk@example.net",
            "/content/teams/b.* @bob Desk@example.net @example-org/directory",
        ]
    );
    // Of files with mistakes nothing is printed that would be put into a file.
    write_files(project.path(), &[("content/teams/b.yaml", "name: B\ncountry: AT\neditors: [bob]\n")]);
    let refused = run(["codeowners", root]);
    assert_eq!((refused.status.code(), stdout(&refused).as_str()), (Some(1), ""));
    assert!(stderr(&refused).contains("error[invalid-editor]: `bob` does not name an editor"), "{}", stderr(&refused));
}

/// Each forge has places of its own for it, and obeys one file alone.
#[test]
fn what_a_forge_obeys_already_is_left_as_it_was() {
    for (forge, there, written) in [
        ("github", ".github/CODEOWNERS", false),
        ("github", "docs/CODEOWNERS", false),
        ("github", ".gitlab/CODEOWNERS", true),
        ("gitlab", ".gitlab/CODEOWNERS", false),
        ("gitlab", ".github/CODEOWNERS", true),
    ] {
        let (_folder, root) = made(&[]);
        write_files(&root, &[(there, "* @somebody\n")]);
        let said = stdout(&run_well(["init", root.to_str().unwrap(), "--forge", forge]));
        assert_eq!(root.join("CODEOWNERS").exists(), written, "{forge}, {there}");
        assert_eq!(said.contains(&format!("Left {} as it was", root.join(there).display())), !written, "{said}");
        assert_eq!(text(&root.join(there)), "* @somebody\n");
    }
}

/// What a link leads to is not the project's.
#[cfg(unix)]
#[test]
fn no_file_goes_where_a_link_leads() {
    for link in [".github", ".githooks", "hosting", ".github/workflows"] {
        let (folder, root) = made(&[]);
        let elsewhere = folder.path().join("elsewhere");
        fs::create_dir_all(&elsewhere).unwrap();
        fs::remove_dir_all(root.join(".githooks")).unwrap();
        fs::create_dir_all(root.join(link).parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(&elsewhere, root.join(link)).unwrap();
        let before = tree(&root);
        let refused = run(["init", root.to_str().unwrap(), "--forge", "github", "--host", "nginx"]);
        let expected =
            format!("{} is not a folder; put a folder in its place: links are not followed", root.join(link).display());
        assert_eq!(refused.status.code(), Some(2), "{link}");
        assert!(stderr(&refused).contains(&expected), "{}", stderr(&refused));
        assert_eq!((tree(&root), fs::read_dir(&elsewhere).unwrap().count()), (before, 0), "{link}");
    }
}

/// Editors are for the repository: the site shows them where it shows the file itself, and nowhere else.
#[test]
fn the_site_has_no_editors() {
    let all = "formats: [trusted-introducer, cerebrate, csv, vcard, icalendar, atom, json-ld, lookup, first, global-irt, stix, \
               team-vcard, team-json, shields, lookup-files, web-key-directory]\n";
    let settings = format!("{EDITORS}{all}base_url: https://directory.example/\n");
    let entry = "name: A\ncountry: AT\neditors: [\"@planted-handle\", planted@alpha.example]\n";
    let project = project(&[("content/site.yaml", &settings), ("content/teams/a.yaml", entry)]);
    run_well(["build", "--quiet", project.path().to_str().unwrap()]);
    let site = tree(&project.path().join("public"));
    let with = |word: &str| -> Vec<String> {
        let holds = |bytes: &[u8]| bytes.windows(word.len()).any(|part| part == word.as_bytes());
        site.iter().filter(|(_, bytes)| holds(bytes)).map(|(path, _)| path.display().to_string()).collect()
    };
    assert_eq!(with("planted"), ["teams/a.html"]);
    assert_eq!(with("example-org/directory"), Vec::<String>::new());
}

/// `@` begins no text in YAML, so whoever leaves the quotes out is told of them.
#[test]
fn a_handle_without_quotes_is_told_its_cure() {
    let project = project(&[("content/teams/a.yaml", "name: A\ncountry: AT\neditors: [@alice]\n")]);
    let shown = stderr(&peerage().arg("check").arg(project.path()).output().unwrap());
    assert!(shown.contains("quotes") && shown.contains("a.yaml:3:"), "{shown}");
}

/// What a workflow may do, and what its scripts are made of.
#[test]
fn workflows_have_the_least_permissions_and_no_text_of_strangers_in_scripts() {
    let (_folder, root) = made(&["--host", "github-pages", "--host", "netlify", "--host", "cloudflare-pages"]);
    let workflow =
        |name: &str| -> serde_yaml::Value { serde_yaml::from_str(&text(&root.join(".github/workflows").join(name))).unwrap() };
    // The second follows the first by its name.
    let first = workflow("pull-request.yml");
    assert_eq!(workflow("trust-report.yml")["on"]["workflow_run"]["workflows"][0], first["name"]);
    let mut scripts = 0;
    for entry in fs::read_dir(root.join(".github/workflows")).unwrap() {
        let path = entry.unwrap().path();
        let workflow: serde_yaml::Value = serde_yaml::from_str(&text(&path)).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let permissions = |value: &serde_yaml::Value| serde_json::to_string(value).unwrap();
        let top = if name == "trust-report.yml" { "{}" } else { r#"{"contents":"read"}"# };
        assert_eq!(permissions(&workflow["permissions"]), top, "{name}");
        for (job_name, job) in workflow["jobs"].as_mapping().unwrap() {
            let own = match (name, job["permissions"].is_null()) {
                (_, true) => String::new(),
                (_, false) => permissions(&job["permissions"]),
            };
            let expected = match name {
                "trust-report.yml" => match job_name.as_str().unwrap() {
                    "find" => r#"{"pull-requests":"read"}"#,
                    "report" => r#"{"contents":"read"}"#,
                    _ => r#"{"pull-requests":"write"}"#,
                },
                "due.yml" => r#"{"contents":"read","issues":"write"}"#,
                "github-pages.yml" if !own.is_empty() => r#"{"pages":"write","id-token":"write"}"#,
                _ => "",
            };
            assert_eq!(own, expected, "{name}");
            let steps = job["steps"].as_sequence().unwrap();
            let is_checkout =
                |step: &serde_yaml::Value| step["uses"].as_str().is_some_and(|action| action.starts_with("actions/checkout@"));
            let checked_out = steps.iter().position(is_checkout);
            for (at, step) in steps.iter().enumerate() {
                assert!(!is_checkout(step) || step["with"]["persist-credentials"] == false, "{name}");
                if let Some(script) = step["run"].as_str() {
                    scripts += 1;
                    assert!(!script.contains("${{"), "{name}: {script}");
                    // What others wrote would be obeyed where files of the repository lie.
                    assert!(!script.contains("cargo ") || checked_out.is_none_or(|there| at < there), "{name}: {script}");
                    let is_apart = step["working-directory"] == "${{ runner.temp }}";
                    assert!(is_apart || !script.contains("npx "), "{name}: {script}");
                    // The form for people shows source lines, which GitHub would take for commands.
                    assert!(!script.contains("peerage check ") || script.contains(" --format github"), "{name}: {script}");
                    assert!(name != "trust-report.yml" || !script.contains("subprocess"), "{script}");
                }
                if let Some(action) = step["uses"].as_str() {
                    assert!(action.starts_with("actions/") && action.contains("@v"), "{name}: {action}");
                    let may = ["actions/cache/restore@", "actions/upload-artifact@", "actions/download-artifact@"];
                    let is_data = may.iter().any(|action_of| action.starts_with(action_of));
                    assert!(name != "trust-report.yml" || is_data, "nothing is checked out, and no cache is written: {action}");
                }
            }
        }
        if name == "pull-request.yml" {
            assert!(!text(&path).contains("secrets") && text(&path).contains("\n  pull_request:\n"));
        }
        assert!(!text(&path).contains("pull_request_target"), "{name}");
    }
    assert!(scripts >= 15, "{scripts}");
}
