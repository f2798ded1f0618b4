//! `_headers` and `_nginx.conf`.

use super::{build, project, read};
use crate::common::{run, run_well, stderr, tree, write_files};
use std::fs;

/// The patterns of a file of headers, with their lines.
fn rules(text: &str) -> Vec<(&str, Vec<&str>)> {
    let mut rules: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("  ") {
            Some(header) => rules.last_mut().unwrap().1.push(header),
            None => rules.push((line, Vec::new())),
        }
    }
    rules
}

fn matches(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == path,
        Some((before, behind)) => path.len() >= before.len() + behind.len() && path.starts_with(before) && path.ends_with(behind),
    }
}

/// Hosts join what several rules say of one path, and then it says nothing.
#[test]
fn no_header_is_said_twice_of_a_file() {
    // The sample has every format.
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    run_well(["build", "--quiet", "--out", out.to_str().unwrap(), env!("CARGO_MANIFEST_DIR")]);

    let text = read(out.join("_headers"));
    let rules = rules(&text);
    let mut used = vec![0; rules.len()];
    for path in tree(&out).keys() {
        let path = format!("/{}", path.to_str().unwrap().replace('\\', "/"));
        // What is asked for to get an index is its folder.
        let path = path.strip_suffix("index.html").unwrap_or(&path);
        let about: Vec<usize> = (0..rules.len()).filter(|at| matches(rules[*at].0, path)).collect();
        for at in &about {
            used[*at] += 1;
        }
        let mut names: Vec<&str> =
            about.iter().flat_map(|at| &rules[*at].1).filter_map(|header| header.split(':').next()).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "{path}: {:?}", about.iter().map(|at| rules[*at].0).collect::<Vec<_>>());
        // What is made for others can be read by them.
        let data = [".json", ".csv", ".asc", ".pem", ".gpg", ".vcf", ".ics", ".atom"].iter().any(|end| path.ends_with(end));
        let open = about.iter().any(|at| rules[*at].1.contains(&"Access-Control-Allow-Origin: *"));
        assert!(!data || open, "{path} cannot be read by others");
        assert!(path.rsplit('.').next() != Some("html") || !open, "{path} is a page");
    }
    let unused: Vec<&str> = (0..rules.len()).filter(|at| used[*at] == 0).map(|at| rules[at].0).collect();
    assert_eq!(unused, Vec::<&str>::new());
}

#[test]
fn a_site_that_has_a_host_to_itself_is_reached_over_https_alone() {
    for (base, expected) in [
        ("", false),
        ("base_url: https://d.example/\n", true),
        ("base_url: http://d.example/\n", false),
        ("base_url: https://d.example/x/\n", false),
    ] {
        let project = project(&format!("hosting: [headers, nginx]\n{base}"));
        let site = build(project.path());
        for file in ["_headers", "_nginx.conf"] {
            assert_eq!(read(site.join(file)).contains("Strict-Transport-Security"), expected, "{base}{file}");
        }
    }
}

#[test]
fn the_operator_chooses_and_may_write_them_by_hand() {
    let project = project("");
    let site = build(project.path());
    assert!(site.join("_headers").exists() && !site.join("_nginx.conf").exists() && site.join(".nojekyll").exists());
    write_files(
        project.path(),
        &[
            ("content/site.yaml", "title: T\nhosting: [nginx, headers]\nbase_url: https://d.example/x/\n"),
            ("static/_headers", "mine"),
        ],
    );
    let site = build(project.path());
    assert_eq!(read(site.join("_headers")), "mine");
    let nginx = read(site.join("_nginx.conf"));
    assert!(nginx.contains("location \"/x/\" {") && nginx.contains("error_page 404 \"/x/404.html\";"), "{nginx}");
    fs::write(project.path().join("content/site.yaml"), "title: T\nhosting: []\n").unwrap();
    fs::remove_file(project.path().join("static/_headers")).unwrap();
    let site = build(project.path());
    assert!(!site.join("_headers").exists() && !site.join("_nginx.conf").exists() && site.join(".nojekyll").exists());
}

/// nginx compares a path without percent-encoding, and cannot write some.
#[test]
fn nginx_gets_the_path_as_it_compares_it_or_a_finding() {
    let folder = project("hosting: [nginx]\nbase_url: https://x.example/bücher/\n");
    let nginx = read(build(folder.path()).join("_nginx.conf"));
    assert!(nginx.contains("location \"/bücher/\" {") && nginx.contains("error_page 404 \"/bücher/404.html\";"), "{nginx}");
    assert!(nginx.contains("location ^~ \"/bücher/assets/\" {") && !nginx.contains("%C3"), "{nginx}");
    for path in ["a$b", "a%22b", "a%5Cb"] {
        let folder = project(&format!("hosting: [nginx]\nbase_url: https://x.example/{path}/\n"));
        let checked = run(["check", folder.path().to_str().unwrap()]);
        assert_eq!(checked.status.code(), Some(1), "{path}: {}", stderr(&checked));
        let said = stderr(&checked);
        assert!(
            said.contains("invalid-url") && said.contains("content/site.yaml") && said.contains("cannot stand in _nginx.conf"),
            "{said}"
        );
        let settings = folder.path().join("content/site.yaml");
        fs::write(&settings, read(&settings).replace("[nginx]", "[headers]")).unwrap();
        run_well(["check", folder.path().to_str().unwrap()]);
    }
}

/// Pages hold the policy, allow nothing inline, and hold nothing inline.
#[test]
fn the_policy_stands_in_every_page() {
    let project = project("base_url: https://d.example/\n");
    let site = build(project.path());
    let headers = read(site.join("_headers"));
    let policy = headers.lines().find_map(|line| line.strip_prefix("  Content-Security-Policy: ")).unwrap();
    let (in_page, only_in_header) = policy.split_once("; frame-ancestors").unwrap();
    assert_eq!(only_in_header, " 'none'");
    assert!(!policy.contains("unsafe") && policy.contains("default-src 'none'"), "{policy}");
    let mut pages = 0;
    for (path, bytes) in tree(&site) {
        if path.extension().is_some_and(|ending| ending == "html") && !path.starts_with("trusted-introducer") {
            let html = String::from_utf8(bytes).unwrap();
            assert!(html.contains(&format!("content=\"{in_page}\"")), "{}", path.display());
            assert!(!html.contains(" style=") && !html.contains("<style") && !html.contains(" onclick="), "{}", path.display());
            pages += 1;
        }
    }
    assert!(pages > 10, "{pages}");
}
