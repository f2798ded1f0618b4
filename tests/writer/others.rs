//! What is not ours.

use super::*;

#[test]
fn files_of_others_are_left_alone() {
    let bench = Bench::with(OLD);
    for theirs in ["site/.git/config", "site/CNAME", "site/SHA256SUMS.asc", "site/teams/theirs"] {
        bench.put(theirs, "theirs");
    }
    bench.build(NEW).unwrap();
    let mut expected = files(NEW);
    for theirs in [".git/config", "CNAME", "SHA256SUMS.asc", "teams/theirs"] {
        expected.insert(theirs.to_owned(), "theirs".to_owned());
    }
    assert_eq!(bench.pages(), expected);
}

#[test]
fn what_stands_in_the_way_is_named_and_nothing_is_changed() {
    let bench = Bench::with(OLD);
    bench.put("site/api", "a file where a folder must go");
    bench.put("site/b.html/theirs", "a folder where a file must go");
    bench.put("site/c.html", "new");
    fs::create_dir(bench.target().join("d.html")).unwrap();
    let before = read(&bench.target());
    let new = [("api/x", ""), ("api/y", ""), ("b.html", ""), ("c.html", "new"), ("d.html", ""), ("index.html", "new")];
    let error = bench.build(&new).unwrap_err();
    let text = error.to_string();
    assert_eq!(in_the_way(error), ["api", "b.html", "c.html", "d.html"]);
    assert!(text.contains("`api`, `b.html`, `c.html`, `d.html`. Move"), "{text}");
    assert_eq!(read(&bench.target()), before);
    assert!(bench.beside().is_empty());
}

#[test]
fn more_than_ten_in_the_way_are_counted() {
    let bench = Bench::with(&[]);
    let names: Vec<_> = (10..25).map(|n| format!("{n}.html")).collect();
    for name in &names {
        bench.put(&format!("site/{name}"), "theirs");
    }
    let new: Vec<_> = names.iter().map(|name| (name.as_str(), "")).collect();
    let text = bench.build(&new).unwrap_err().to_string();
    assert!(text.contains("`19.html` and 5 more.") && !text.contains("20.html"), "{text}");
}

#[cfg(unix)]
#[test]
fn symlinks_in_the_target_are_never_followed() {
    use std::os::unix::fs::symlink;
    let bench = Bench::with(&[("a.html", "same"), ("gone.html", "old"), ("stale/b.html", "old"), ("teams/c.html", "same")]);
    bench.put("elsewhere/b.html", "theirs");
    bench.put("elsewhere/c.html", "same");
    let target = bench.target();
    // Where our files must go, in the way, even with the same content behind.
    fs::rename(target.join("a.html"), bench.path("elsewhere/a.html")).unwrap();
    symlink(bench.path("elsewhere/a.html"), target.join("a.html")).unwrap();
    fs::remove_dir_all(target.join("teams")).unwrap();
    symlink(bench.path("elsewhere"), target.join("teams")).unwrap();
    let before = (read(&target), read(&bench.path("elsewhere")));
    let new = [("a.html", "same"), ("teams/c.html", "same")];
    assert_eq!(in_the_way(bench.build(&new).unwrap_err()), ["a.html", "teams"]);
    assert_eq!((read(&target), read(&bench.path("elsewhere"))), before);
    // Where our files no longer are, left alone.
    fs::remove_file(target.join("a.html")).unwrap();
    fs::remove_file(target.join("gone.html")).unwrap();
    symlink(bench.path("elsewhere/b.html"), target.join("gone.html")).unwrap();
    fs::remove_dir_all(target.join("stale")).unwrap();
    symlink(bench.path("elsewhere"), target.join("stale")).unwrap();
    fs::remove_file(target.join("teams")).unwrap();
    assert_eq!(bench.build(&new).unwrap().deleted, 0);
    assert_eq!(read(&bench.path("elsewhere")), before.1);
    let links: Vec<_> = bench.pages().into_iter().filter(|(_, text)| text.starts_with("->")).map(|(name, _)| name).collect();
    assert_eq!(links, ["gone.html", "stale"]);
}

#[test]
fn a_list_that_was_tampered_with_deletes_nothing_of_others() {
    let bench = Bench::with(OLD);
    bench.put("x", "old");
    bench.put("site/CNAME", "theirs");
    let list = bench.target().join("SHA256SUMS");
    let mut text = fs::read_to_string(&list).unwrap();
    let digest = text[..64].to_owned();
    let outside = bench.path("x");
    for path in ["../x", "teams/../../x", "/x", "", ".", "CNAME", "manifest.json", "a\\b", outside.to_str().unwrap()] {
        text.extend([digest.as_str(), "  ", path, "\n"]);
    }
    text += "no line of a list\n\u{e4}\u{e4}\n";
    fs::write(&list, text).unwrap();
    let written = bench.build(NEW).unwrap();
    assert_eq!(written.deleted, 1, "what the list rightly names still goes");
    let mut expected = files(NEW);
    expected.insert("CNAME".to_owned(), "theirs".to_owned());
    assert_eq!(bench.pages(), expected);
    assert_eq!(bench.beside(), ["x"]);
}

#[test]
fn without_the_list_nothing_is_ours() {
    let bench = Bench::with(OLD);
    fs::remove_file(bench.target().join("SHA256SUMS")).unwrap();
    let before = read(&bench.target());
    let error = bench.build(NEW).unwrap_err();
    assert!(matches!(error, OutputError::ListLost(_)), "{error}");
    assert_eq!(read(&bench.target()), before);
    fs::write(bench.target().join("SHA256SUMS"), "<<<<<<< ours\n").unwrap();
    assert!(matches!(bench.build(NEW).unwrap_err(), OutputError::ListLost(_)));
}

#[test]
fn line_ends_changed_by_git_are_no_tampering() {
    let bench = Bench::with(OLD);
    for (name, text) in read(&bench.target()) {
        fs::write(bench.target().join(name), text.replace('\n', "\r\n") + "\r\n").unwrap();
    }
    let list = bench.target().join("SHA256SUMS");
    fs::write(&list, fs::read_to_string(&list).unwrap().trim_end().to_owned() + "\r\n").unwrap();
    assert_eq!(bench.build(NEW).unwrap().deleted, 1);
    assert_eq!(bench.pages(), files(NEW));
}

#[test]
fn a_file_becomes_a_folder_and_back() {
    let (one, two): (&[_], &[_]) =
        (&[("a", "old"), ("b/c/d.html", "old"), ("b/e.css", "old")], &[("a/x.html", "new"), ("a/y/z.css", "new"), ("b", "new")]);
    let bench = Bench::with(one);
    for (new, deleted) in [(two, 3), (one, 3)] {
        assert_eq!(bench.build(new).unwrap().deleted, deleted);
        assert_eq!(bench.pages(), files(new));
    }
    bench.put("site/b/theirs", "");
    assert_eq!(in_the_way(bench.build(two).unwrap_err()), ["b/theirs"]);
    assert_eq!(bench.pages().len(), 4);
}

#[test]
fn a_name_can_change_its_case() {
    let bench = Bench::with(&[("Teams.html", "text")]);
    bench.build(&[("teams.html", "text")]).unwrap();
    assert_eq!(bench.pages(), files(&[("teams.html", "text")]));
}

#[test]
fn a_name_that_changed_its_case_is_not_deleted_under_its_new_spelling() {
    let bench = Bench::with(&[("Teams.html", "text")]);
    let mut commit = commit(&bench.target(), &[("teams.html", "text")]);
    assert!(commit.step().unwrap() && commit.step().unwrap());
    drop(commit);
    // What a file system would show that takes both names for one.
    bench.put("site/Teams.html", "the new file");
    assert!(bench.build(&[("teams.html", "text")]).unwrap().resumed);
    assert!(bench.pages().contains_key("Teams.html"));
}

#[test]
fn pages_come_after_what_they_need_and_before_deletions_and_the_manifest_comes_last() {
    let bench = Bench::with(OLD);
    let last = read(&bench.target());
    let mut commit = commit(&bench.target(), &[NEW, &[("a.html.gz", "new"), ("b.css.br", "new")]].concat());
    let mut order = Vec::new();
    let mut before = last;
    while commit.step().unwrap() {
        let now = read(&bench.target());
        let names: BTreeSet<_> = before.keys().chain(now.keys()).cloned().collect();
        let changed: Vec<_> = names.into_iter().filter(|name| before.get(name) != now.get(name)).collect();
        assert_eq!(changed.len(), 1, "one file per step");
        order.extend(changed);
        before = now;
    }
    assert_eq!(
        order,
        ["a.css", "api/x.json", "b.css.br", "a.html.gz", "index.html", "teams/gone.html", "SHA256SUMS", "manifest.json"]
    );
}
