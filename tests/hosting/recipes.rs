//! What `init --host` writes.

use crate::common::{run, run_well, stderr, tree};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const HOSTS: [&str; 7] = ["github-pages", "gitlab-pages", "netlify", "cloudflare-pages", "nginx", "s3", "rsync"];

/// Workflows that belong to the repository, whatever the host: see `tests/kit.rs`.
const KIT: [&str; 3] = ["pull-request.yml", "trust-report.yml", "due.yml"];

/// A project with the recipes of all hosts.
fn with_all() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("d");
    let mut words = vec!["init", root.to_str().unwrap()];
    for host in HOSTS {
        words.extend(["--host", host]);
    }
    run_well(&words);
    folder
}

#[test]
fn every_recipe_is_there_filled_in_and_the_project_builds() {
    let folder = with_all();
    let root = folder.path().join("d");
    let files = tree(&root);
    let recipes: Vec<&PathBuf> = files
        .keys()
        .filter(|path| !path.starts_with(".github/ISSUE_TEMPLATE") && !KIT.iter().any(|file| path.ends_with(file)))
        .filter(|path| path.starts_with(".github") || path.starts_with("hosting") || path.ends_with(".gitlab-ci.yml"))
        .collect();
    assert_eq!(recipes.len(), 15, "{recipes:?}");
    let version = env!("CARGO_PKG_VERSION");
    for path in recipes {
        let text = std::str::from_utf8(&files[path]).unwrap();
        for word in ["{version}", "{host}", "{arguments}"] {
            assert!(!text.contains(word), "{}: {word}", path.display());
        }
        if text.contains("peerage build") {
            assert!(text.contains("--serial $(("), "{}", path.display());
        }
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("yml") => {
                // GitHub's workflows do so before the files are there; on GitLab they are there, and none of them is to be obeyed.
                let outside = format!(
                    "(cd / && env -u PEERAGE_TOKEN cargo install --locked --root \"$CI_PROJECT_DIR/.peerage-bin\" peerage@{version})"
                );
                assert!(text.contains(&format!("cargo install --locked peerage@{version}")) || text.contains(&outside));
                let workflow: serde_yaml::Value = serde_yaml::from_str(text).unwrap();
                assert!(workflow.is_mapping(), "{}", path.display());
                if path.starts_with(".github") {
                    let cron = workflow["on"]["schedule"][0]["cron"].as_str().unwrap();
                    assert_eq!(cron.split(' ').count(), 5, "{cron}");
                    assert!(!workflow["jobs"].as_mapping().unwrap().is_empty());
                } else {
                    assert!(workflow["pages"]["artifacts"]["paths"].is_sequence());
                }
            }
            Some("sh") => {
                let checked = Command::new("sh").arg("-n").arg(root.join(path)).output().unwrap();
                assert!(checked.status.success(), "{}: {}", path.display(), stderr(&checked));
            }
            Some("json") => assert!(serde_json::from_str::<serde_json::Value>(text).unwrap().is_object()),
            Some("service") => {
                let host = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
                assert!(text.contains(&format!("/hosting/{host}/publish.sh ")), "{text}");
                let timer = path.with_extension("timer");
                let name = timer.file_name().unwrap().to_str().unwrap();
                assert!(files.contains_key(&timer) && text.contains(&format!("enable --now {name}`")), "{text}");
            }
            _ => assert!(!text.is_empty()),
        }
    }
    run_well(["build", root.to_str().unwrap()]);
    let docs = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/hosting.md")).unwrap();
    for host in HOSTS {
        assert!(docs.contains(&format!("| [`{host}`](#{host}) |")), "{host}");
    }
}

/// The units of all hosts go into one folder of the machine.
#[test]
fn no_two_recipes_have_a_unit_of_the_same_name() {
    let folder = with_all();
    let files = tree(&folder.path().join("d"));
    let is_unit = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "service" || ending == "timer");
    let units: Vec<_> = files.keys().filter(is_unit).filter_map(|path| path.file_name()).collect();
    assert_eq!((units.len(), units.iter().collect::<BTreeSet<_>>().len()), (6, 6), "{units:?}");
}

/// Without `_headers` nothing is known of media types, and nothing must be sent.
#[cfg(unix)]
#[test]
fn a_bucket_gets_nothing_without_the_file_of_headers() {
    use std::os::unix::fs::PermissionsExt;
    let folder = with_all();
    let root = folder.path().join("d");
    let programs = folder.path().join("bin");
    fs::create_dir(&programs).unwrap();
    let sent = folder.path().join("sent");
    for (name, body) in [("peerage", "mkdir -p public".to_owned()), ("aws", format!("echo \"$@\" >>'{}'", sent.display()))] {
        fs::write(programs.join(name), format!("#!/bin/sh\n{body}\n")).unwrap();
        fs::set_permissions(programs.join(name), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let publish = || {
        let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
        Command::new("sh").arg(root.join("hosting/s3/publish.sh")).arg("b").env("PATH", path).output().unwrap()
    };
    let refused = publish();
    assert_eq!(refused.status.code(), Some(2), "{}", stderr(&refused));
    assert!(stderr(&refused).contains("write `headers` into `hosting` in content/site.yaml"), "{}", stderr(&refused));
    assert!(!sent.exists(), "{}", fs::read_to_string(&sent).unwrap());
    fs::write(
        root.join("public/_headers"),
        "/*.html\n  Cache-Control: no-cache\n/a/*\n  Cache-Control: x\n/manifest.json\n  Cache-Control: y\n  \
         Content-Type: application/json\n/SHA256SUMS\n  Cache-Control: y\n  Content-Type: text/plain\n",
    )
    .unwrap();
    let done = publish();
    assert!(done.status.success(), "{}", stderr(&done));
    let sent = fs::read_to_string(sent).unwrap();
    assert!(sent.contains("--include a/* --cache-control x") && sent.contains("--delete"), "{sent}");
    // What vouches for all comes when all is there.
    let last: Vec<&str> = sent.lines().rev().take(2).collect();
    assert!(last[0].contains("manifest.json s3://b/manifest.json") && last[1].contains("SHA256SUMS s3://b/SHA256SUMS"), "{sent}");
    assert_eq!(sent.matches(" public/manifest.json ").count(), 1, "{sent}");
}

#[test]
fn a_project_that_is_there_gets_the_recipe_and_keeps_its_files() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("d");
    let at = root.to_str().unwrap();
    run_well(["init", at]);
    fs::write(root.join("content/site.yaml"), "title: Mine\n").unwrap();
    let before = tree(&root);
    let made = run_well(["init", at, "--host", "nginx", "--host", "nginx"]);
    let said = String::from_utf8(made.stdout).unwrap();
    assert_eq!(said.matches("Made ").count(), 4, "{said}");
    assert_eq!(said.matches("For nginx: write `hosting: [nginx]`").count(), 1, "{said}");
    let after = tree(&root);
    assert!(before.iter().all(|(path, bytes)| after[path] == *bytes));
    let new: BTreeSet<&Path> = after.keys().filter(|path| !before.contains_key(*path)).map(PathBuf::as_path).collect();
    assert_eq!(new.len(), 4, "{new:?}");
    // A second time nothing is written, not even what would be new.
    let again = run(["init", at, "--host", "s3", "--host", "nginx"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("site.conf is there already, so nothing was written"), "{}", stderr(&again));
    assert_eq!(tree(&root), after);
    // A folder that is no project is none because a host was named.
    fs::create_dir(folder.path().join("full")).unwrap();
    fs::write(folder.path().join("full/notes.txt"), "").unwrap();
    let full = run(["init", folder.path().join("full").to_str().unwrap(), "--host", "s3"]);
    assert!(full.status.code() == Some(2) && stderr(&full).contains("is not empty"), "{}", stderr(&full));
}
