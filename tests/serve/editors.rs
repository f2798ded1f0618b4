//! Saves as editors make them, and what else happens to files: each is told once, and is shown.

use super::preview::{Preview, in_a_calm_moment};
use crate::common::{project, tree, write};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const ALPHA: &str = "content/teams/cert-alpha.yaml";
const BETA: &str = "content/teams/cert-beta.yaml";

fn entry(name: &str) -> String {
    format!("name: {name}\ncountry: AT\nstatus: [{{level: listed, since: 2020-01-15}}]\n")
}

fn directory() -> TempDir {
    project(&[(ALPHA, &entry("CERT Alpha")), (BETA, &entry("CERT Beta")), ("static/robots.txt", "User-agent: *\n")])
}

/// Vim: tries whether files can be made, renames the old file, writes a new one, removes the old.
fn vim(file: &Path, text: &str) {
    let beside = |name: &str| file.parent().unwrap().join(name);
    let name = file.file_name().unwrap().to_str().unwrap();
    let (probe, backup, swap) = (beside("4913"), beside(&format!("{name}~")), beside(&format!(".{name}.swp")));
    write(&swap, "vim");
    write(&probe, "");
    fs::remove_file(&probe).unwrap();
    fs::rename(file, &backup).unwrap();
    write(file, text);
    fs::remove_file(&backup).unwrap();
    fs::remove_file(&swap).unwrap();
}

/// Nano: empties the file and writes it.
fn nano(file: &Path, text: &str) {
    write(file, text);
}

/// Visual Studio Code and others that save atomically: a new file, renamed over the old.
fn vs_code(file: &Path, text: &str) {
    let new = file.with_extension("yaml.tmp");
    write(&new, text);
    fs::rename(new, file).unwrap();
}

/// Emacs: a lock that leads nowhere while there is something to save, the old file copied, the new written into it.
#[cfg(unix)]
fn emacs(file: &Path, text: &str) {
    let lock = file.parent().unwrap().join(format!(".#{}", file.file_name().unwrap().to_str().unwrap()));
    std::os::unix::fs::symlink("someone@host.example:1", &lock).unwrap();
    write(file, text);
    fs::remove_file(lock).unwrap();
}

type Save = fn(&Path, &str);

fn each_editor(words: &[&str]) {
    let folder = directory();
    let root = folder.path();
    let preview = Preview::start(root, words);
    preview.shows_what_a_build_writes(root);
    let before: Vec<PathBuf> = tree(root).into_keys().collect();
    let editors: [(&str, Save); 4] = [("vim", vim), ("nano", nano), ("vs code", vs_code), ("emacs", emacs)];
    for (round, (name, save)) in editors.into_iter().chain(editors).enumerate() {
        let (file, id) = if round % 2 == 0 { (ALPHA, "cert-alpha") } else { (BETA, "cert-beta") };
        save(&root.join(file), &entry(&format!("Saved by {name} {round}")));
        preview.saved(&[file]);
        assert!(preview.get(&format!("/teams/{id}.html")).text().contains(&format!("Saved by {name} {round}")));
        preview.shows_what_a_build_writes(root);
    }
    assert_eq!(tree(root).into_keys().collect::<Vec<_>>(), before, "nothing is written into the project");
    assert_eq!(preview.rest(), Vec::<String>::new());
}

#[test]
fn each_save_of_an_editor_is_shown_once() {
    in_a_calm_moment(|| each_editor(&[]));
}

#[test]
fn each_save_is_shown_once_where_nothing_tells_of_changes() {
    in_a_calm_moment(|| each_editor(&["--poll"]));
}

#[test]
fn files_come_and_go() {
    in_a_calm_moment(|| {
        let folder = directory();
        let root = folder.path();
        let preview = Preview::start(root, &[]);
        let gamma = "content/teams/cert-gamma.yaml";
        write(&root.join(gamma), entry("CERT Gamma"));
        preview.saved(&[gamma]);
        assert_eq!(preview.get("/teams/cert-gamma.html").status, 200);
        let delta = "content/teams/cert-delta.yaml";
        fs::rename(root.join(gamma), root.join(delta)).unwrap();
        preview.saved(&[delta, gamma]);
        assert_eq!((preview.get("/teams/cert-gamma.html").status, preview.get("/teams/cert-delta.html").status), (404, 200));
        preview.shows_what_a_build_writes(root);
        fs::remove_file(root.join(delta)).unwrap();
        preview.saved(&[delta]);
        preview.shows_what_a_build_writes(root);

        // Folders in folders, with a file in the last, and later another.
        write(&root.join("static/a/b/c/one.txt"), "1");
        preview.saved(&["static/a", "static/a/b", "static/a/b/c and 1 other"]);
        write(&root.join("static/a/b/c/one.txt"), "2");
        preview.saved(&["static/a/b/c/one.txt"]);
        assert_eq!(preview.get("/a/b/c/one.txt").text(), "2");
        fs::rename(root.join("static/a/b"), root.join("static/a/d")).unwrap();
        preview.told();
        write(&root.join("static/a/d/c/one.txt"), "3");
        preview.saved(&["static/a/d/c/one.txt"]);
        preview.shows_what_a_build_writes(root);

        // A theme, its text changed, and gone.
        write(&root.join("themes/default/assets/style.css"), "body { color: black }");
        preview.told();
        let css = |preview: &Preview| {
            let page = preview.get("/index.html").text();
            let name = page.split("assets/style.").nth(1).unwrap().split(".css").next().unwrap().to_owned();
            preview.get(&format!("/assets/style.{name}.css")).text()
        };
        assert_eq!(css(&preview), "body{color:black}");
        write(&root.join("themes/default/assets/style.css"), "body { color: grey }");
        preview.saved(&["themes/default/assets/style.css"]);
        assert_eq!(css(&preview), "body{color:grey}");
        fs::remove_dir_all(root.join("themes")).unwrap();
        preview.told();
        write(&root.join("content/site.yaml"), "title: Another title\nsample: true\n");
        preview.saved(&["content/site.yaml"]);
        preview.shows_what_a_build_writes(root);
        assert!(preview.get("/").text().contains("Another title"));
    });
}

#[test]
fn whole_folders_move_away_and_back() {
    in_a_calm_moment(|| {
        let folder = directory();
        let root = folder.path();
        let preview = Preview::start(root, &[]);
        let elsewhere = tempfile::tempdir_in(root.parent().unwrap()).unwrap();
        let teams = root.join("content/teams");
        for round in 0..2 {
            fs::rename(&teams, elsewhere.path().join("teams")).unwrap();
            preview.saved(&["content/teams", ALPHA, BETA]);
            assert_eq!(preview.get("/teams/cert-alpha.html").status, 404);
            fs::rename(elsewhere.path().join("teams"), &teams).unwrap();
            preview.saved(&["content/teams", ALPHA, BETA]);
            preview.shows_what_a_build_writes(root);
            nano(&root.join(ALPHA), &entry(&format!("After the move {round}")));
            preview.saved(&[ALPHA]);
            assert!(preview.get("/teams/cert-alpha.html").text().contains(&format!("After the move {round}")));
        }

        // Of what is no project any more the last pages stay.
        fs::rename(root.join("content"), elsewhere.path().join("content")).unwrap();
        let gone = preview.told_of("is not a directory project");
        assert!(gone.contains("peerage init"), "{gone}");
        assert_eq!(preview.get("/teams/cert-alpha.html").status, 200);
        assert!(preview.findings()["failure"].as_str().unwrap().contains("is not a directory project"));
        fs::rename(elsewhere.path().join("content"), root.join("content")).unwrap();
        preview.told();
        assert_eq!(preview.findings()["title"], "");
        preview.shows_what_a_build_writes(root);

        // The project itself.
        fs::rename(root, elsewhere.path().join("project")).unwrap();
        preview.told_of("is not a directory project");
        fs::rename(elsewhere.path().join("project"), root).unwrap();
        preview.told();
        nano(&root.join(ALPHA), &entry("Back again"));
        preview.saved(&[ALPHA]);
        preview.shows_what_a_build_writes(root);
    });
}

#[test]
fn git_changes_many_files_in_one_go() {
    in_a_calm_moment(|| {
        let folder = directory();
        let root = folder.path();
        let git = |words: &[&str]| {
            let mut command = Command::new("git");
            command.current_dir(root).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
            let who = ["-c", "user.name=Someone", "-c", "user.email=someone@team.example", "-c", "init.defaultBranch=main"];
            let output = command.args(who).args(words).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        };
        git(&["init", "--quiet"]);
        git(&["add", "."]);
        git(&["commit", "--quiet", "--message", "first"]);
        git(&["checkout", "--quiet", "-b", "other"]);
        fs::remove_file(root.join(BETA)).unwrap();
        for at in 0..30 {
            write(&root.join(format!("content/teams/team-{at}.yaml")), entry(&format!("Team {at}")));
        }
        write(&root.join(ALPHA), entry("CERT Alpha of the other branch"));
        git(&["add", "."]);
        git(&["commit", "--quiet", "--message", "second"]);

        let preview = Preview::start(root, &[]);
        let shows = |name: &str| assert!(preview.get("/teams/cert-alpha.html").text().contains(name), "{name}");
        for _ in 0..2 {
            git(&["checkout", "--quiet", "main"]);
            let (_, line) = preview.told();
            assert!(line.contains(" others: 2 teams"), "{line}");
            preview.shows_what_a_build_writes(root);
            git(&["checkout", "--quiet", "other"]);
            let (_, line) = preview.told();
            assert!(line.contains(" others: 31 teams"), "{line}");
        }
        preview.shows_what_a_build_writes(root);
        nano(&root.join(ALPHA), &entry("Not committed"));
        preview.saved(&[ALPHA]);
        git(&["stash"]);
        preview.saved(&[ALPHA]);
        shows("of the other branch");
        git(&["stash", "pop"]);
        preview.saved(&[ALPHA]);
        shows("Not committed");
        preview.shows_what_a_build_writes(root);
        assert_eq!(preview.rest(), Vec::<String>::new());
    });
}

#[test]
fn many_saves_in_a_burst_are_fewer_reloads() {
    in_a_calm_moment(|| {
        let folder = directory();
        let root = folder.path();
        let preview = Preview::start(root, &[]);
        let editors: [Save; 3] = [vim, nano, vs_code];
        for round in 0..200 {
            let file = if round % 4 == 3 { BETA } else { ALPHA };
            editors[round % 3](&root.join(file), &entry(&format!("Burst {round}")));
        }
        let mut told = vec![preview.told().1];
        let is_last = || {
            let shown = |id: &str, name: &str| preview.get(&format!("/teams/{id}.html")).text().contains(name);
            shown("cert-beta", "Burst 199") && shown("cert-alpha", "Burst 198")
        };
        while !is_last() {
            told.push(preview.told().1);
        }
        assert!(told.len() < 20, "{told:?}");
        preview.shows_what_a_build_writes(root);
    });
}

#[test]
fn what_changes_nothing_is_no_save() {
    in_a_calm_moment(|| {
        let folder = directory();
        let root = folder.path();
        let preview = Preview::start(root, &[]);
        // The same content under another time, in another file, and beside the project's folders.
        nano(&root.join(ALPHA), &entry("CERT Alpha"));
        vim(&root.join(BETA), &entry("CERT Beta"));
        vs_code(&root.join(BETA), &entry("CERT Beta"));
        write(&root.join("public/index.html"), "not ours");
        write(&root.join("content/teams/.cert-alpha.yaml.swp"), "vim");
        fs::read(root.join(ALPHA)).unwrap();
        preview.get("/robots.txt");
        nano(&root.join(ALPHA), &entry("CERT Alpha, changed"));
        preview.saved(&[ALPHA]);
        assert_eq!(preview.rest(), Vec::<String>::new());
    });
}
