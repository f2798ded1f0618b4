//! What a build refuses.

use super::*;

fn overlap(target: &Path, input: &Path) -> Option<Overlap> {
    match Target::check(target, &[input.to_path_buf()]) {
        Err(OutputError::Overlap { how, .. }) => Some(how),
        Err(other) => panic!("{other}"),
        Ok(_) => None,
    }
}

#[test]
fn a_target_that_is_holds_or_lies_in_an_input_is_refused() {
    let bench = Bench::new();
    fs::create_dir_all(bench.path("content/teams")).unwrap();
    bench.put("site.yaml", "");
    let content = bench.path("content");
    for (target, input, how) in [
        ("content", "content", Some(Overlap::Same)),
        ("content/", "content/teams/..", Some(Overlap::Same)),
        ("content/new/deep", "content", Some(Overlap::Within)),
        ("content/teams/../../content/new", "content/", Some(Overlap::Within)),
        ("", "content", Some(Overlap::Holds)),
        ("content", "content/missing/input", Some(Overlap::Holds)),
        ("", "site.yaml", Some(Overlap::Holds)),
        ("new", ".new.peerage/input", Some(Overlap::Holds)),
        ("content-2", "content", None),
        ("new", "content", None),
    ] {
        assert_eq!(overlap(&bench.path(target), &bench.path(input)), how, "{target} and {input}");
    }
    assert!(read(&content).contains_key("teams/"), "nothing was touched");
}

#[cfg(unix)]
#[test]
fn an_input_is_recognised_behind_a_symlink() {
    let bench = Bench::new();
    fs::create_dir_all(bench.path("content/teams")).unwrap();
    std::os::unix::fs::symlink(bench.path("content"), bench.path("link")).unwrap();
    for (target, input, how) in [
        ("link", "content", Overlap::Same),
        ("link/", "content", Overlap::Same),
        ("link/new", "content", Overlap::Within),
        ("content/new", "link", Overlap::Within),
        ("content", "link/teams", Overlap::Holds),
    ] {
        assert_eq!(overlap(&bench.path(target), &bench.path(input)), Some(how), "{target} and {input}");
    }
}

#[test]
fn a_target_that_leads_nowhere_is_refused() {
    let bench = Bench::new();
    bench.put("file", "");
    for target in ["file", "file/", "file/below"] {
        assert!(matches!(build(&bench.path(target), OLD), Err(OutputError::NotAFolder(_))), "{target}");
    }
    assert!(matches!(build(&bench.path("missing/../site"), OLD), Err(OutputError::Dots(_))));
    assert!(build(Path::new(""), OLD).is_err());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(bench.path("missing"), bench.path("dead")).unwrap();
        assert!(matches!(build(&bench.path("dead"), OLD), Err(OutputError::DeadLink(_))));
        assert!(matches!(build(&bench.path("dead/site"), OLD), Err(OutputError::DeadLink(_))));
        fs::remove_file(bench.path("dead")).unwrap();
    }
    assert_eq!(bench.beside(), ["file"]);
}

#[test]
fn a_folder_that_is_not_ours_is_refused_and_left_alone() {
    for manifest in [None, Some("{}"), Some("no JSON"), Some(r#"{"format":1,"generator":"zola"}"#)] {
        let bench = Bench::new();
        bench.put("site/index.html", "theirs");
        if let Some(text) = manifest {
            bench.put("site/manifest.json", text);
        }
        let before = read(&bench.target());
        assert!(matches!(bench.build(OLD), Err(OutputError::NotOurs(_))));
        assert_eq!(read(&bench.target()), before);
        assert!(bench.beside().is_empty());
    }
}

#[test]
fn a_format_of_the_future_is_refused() {
    let bench = Bench::new();
    bench.put("site/manifest.json", r#"{"format":2,"generator":"peerage 9"}"#);
    assert!(matches!(bench.build(OLD), Err(OutputError::Format(_, 2))));
}

#[test]
fn an_empty_folder_is_taken() {
    let bench = Bench::new();
    fs::create_dir(bench.target()).unwrap();
    bench.build(OLD).unwrap();
    assert_eq!(bench.pages(), files(OLD));
}

#[cfg(unix)]
#[test]
fn a_target_behind_a_symlink_is_written_to() {
    let bench = Bench::new();
    fs::create_dir_all(bench.path("real/folder")).unwrap();
    std::os::unix::fs::symlink(bench.path("real/folder"), bench.target()).unwrap();
    bench.build(OLD).unwrap();
    bench.build(NEW).unwrap();
    assert!(fs::symlink_metadata(bench.target()).unwrap().is_symlink());
    assert_eq!(bench.pages(), files(NEW));
    assert_eq!(read(&bench.path("real")).len(), NEW.len() + 2, "nothing remains beside the real folder");
}

#[test]
fn names_that_clash_are_refused() {
    let clash = |one, other| {
        let bench = Bench::new();
        let error = bench.build(&[(one, ""), (other, "")]).unwrap_err();
        assert!(matches!(error, OutputError::Clash(..)), "{error}");
        assert!(bench.beside().is_empty() && !bench.target().exists());
    };
    clash("teams/a.html", "teams/A.html");
    clash("Teams/a.html", "teams/b.html");
    clash("teams", "teams/b.html");
    clash("Teams", "teams/b.html");
    clash("x", "Manifest.json");
    clash("x", "sha256sums");
}

#[test]
fn names_of_the_writer_are_refused() {
    for name in ["manifest.json", "SHA256SUMS", ".peerage/lock"] {
        assert!(matches!(Bench::new().build(&[(name, "")]), Err(OutputError::Reserved(_))), "{name}");
    }
    let stamp = Stamp { generator: "other", ..STAMP };
    let bench = Bench::new();
    let error = write(&site(OLD), &bench.target(), &[], &stamp, None, &|_, _| ()).unwrap_err();
    assert!(matches!(error, OutputError::Generator(_)));
}
