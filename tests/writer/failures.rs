//! What a failure leaves.

use super::*;

pub(crate) fn failing(error: impl Fn() -> RenderError + Send + Sync + 'static) -> Site<'static> {
    let mut site = site(NEW);
    site.add(path("teams/broken.html"), move |out| {
        out.write_all(&vec![b'x'; 3 << 20])?;
        Err(error())
    });
    site
}

#[test]
fn a_failure_before_the_journal_leaves_the_old_site_whole() {
    for old in [None, Some(OLD)] {
        let bench = Bench::new();
        if let Some(old) = old {
            bench.build(old).unwrap();
        }
        let before = read(&bench.target());
        let full = failing(|| io::Error::from(io::ErrorKind::StorageFull).into());
        let text = write(&full, &bench.target(), &[], &STAMP, None, &|_, _| ()).unwrap_err().to_string();
        assert!(text.contains("`teams/broken.html`") && text.contains("Make room on the disk"), "{text}");
        let template = failing(|| RenderError::Template("team.html:3:7: no such field".to_owned()));
        let text = write(&template, &bench.target(), &[], &STAMP, None, &|_, _| ()).unwrap_err().to_string();
        assert!(text.contains("`teams/broken.html`") && text.contains("team.html:3:7"), "{text}");
        assert_eq!(read(&bench.target()), before);
        assert!(bench.beside().is_empty());
        assert_eq!(bench.target().exists(), old.is_some());
    }
}

#[test]
fn of_several_failures_the_first_by_path_is_told() {
    let bench = Bench::new();
    for _ in 0..20 {
        let mut site = Site::default();
        for n in 100..200 {
            site.add(path(&format!("{n}.html")), move |_| {
                if n < 117 { Ok(()) } else { Err(RenderError::Template(format!("failure {n}"))) }
            });
        }
        let text = write(&site, &bench.target(), &[], &STAMP, None, &|_, _| ()).unwrap_err().to_string();
        assert!(text.contains("`117.html`") && text.contains("failure 117"), "{text}");
    }
}

#[test]
fn a_recipe_that_panics_leaves_no_trace() {
    let bench = Bench::with(OLD);
    let before = read(&bench.target());
    let site = failing(|| panic!("a bug"));
    let target = bench.target();
    let build = std::panic::AssertUnwindSafe(|| write(&site, &target, &[], &STAMP, None, &|_, _| ()));
    assert!(std::panic::catch_unwind(build).is_err());
    assert_eq!(read(&bench.target()), before);
    assert!(bench.beside().is_empty());
}

#[test]
fn a_build_given_up_before_the_journal_leaves_no_trace() {
    let bench = Bench::with(OLD);
    let before = read(&bench.target());
    let staged = stage(&bench.target(), NEW).unwrap();
    assert_eq!(bench.beside(), [".site.peerage"]);
    drop(staged);
    assert!(bench.beside().is_empty());
    drop(stage(&bench.target(), NEW).unwrap().preflight().unwrap());
    assert!(bench.beside().is_empty());
    assert_eq!(read(&bench.target()), before);
}

/// Builds through `files` with a kill after each number of steps, and checks what is there then and after the next build.
fn killed_after_each_step(old: Option<&[(&str, &str)]>, new: &[(&str, &str)], next: &[(&str, &str)]) {
    let whole = Bench::with(next);
    for steps in 0.. {
        let bench = Bench::new();
        old.map(|old| bench.build(old).unwrap());
        let before = bench.pages();
        let mut commit = commit(&bench.target(), new);
        let all = commit.steps();
        for _ in 0..steps {
            assert!(commit.step().unwrap());
        }
        drop(commit);
        for (name, text) in bench.pages() {
            let known = before.get(&name) == Some(&text) || files(new).get(&name) == Some(&text);
            assert!(known, "{name} is neither old nor new after {steps} steps");
        }
        for name in before.keys().filter(|name| files(new).contains_key(*name)) {
            assert!(bench.pages().contains_key(name), "{name} is missing after {steps} steps");
        }
        let written = bench.build(next).unwrap();
        assert!(written.resumed);
        assert_eq!(read(&bench.target()), read(&whole.target()), "after {steps} of {all} steps");
        assert!(bench.beside().is_empty());
        assert!(!bench.build(next).unwrap().resumed);
        if steps == all {
            break;
        }
    }
}

#[test]
fn a_build_killed_at_any_step_is_rolled_forward() {
    killed_after_each_step(Some(OLD), NEW, NEW);
    killed_after_each_step(Some(OLD), NEW, OLD);
    killed_after_each_step(Some(NEW), &[], NEW);
    let types: &[_] = &[("a.css/b", "new"), ("index.html", "new"), ("teams", "new")];
    killed_after_each_step(Some(OLD), types, types);
    killed_after_each_step(Some(types), OLD, NEW);
}

#[test]
fn a_first_build_killed_at_any_step_is_rolled_forward() {
    killed_after_each_step(None, OLD, OLD);
    killed_after_each_step(None, OLD, NEW);
}

#[test]
fn rolling_forward_is_done_before_the_new_site_is_rendered() {
    let bench = Bench::with(OLD);
    drop(commit(&bench.target(), NEW));
    let error = write(&failing(|| RenderError::Template(String::new())), &bench.target(), &[], &STAMP, None, &|_, _| ());
    assert!(error.is_err());
    assert_eq!(bench.pages(), files(NEW));
    assert!(bench.beside().is_empty());
}

#[test]
fn rolling_forward_survives_being_killed_as_well() {
    let bench = Bench::with(OLD);
    let mut first = commit(&bench.target(), NEW);
    first.step().unwrap();
    drop(first);
    // Nothing can be put in place of a folder, so that rolling forward stops there.
    let page = bench.target().join("index.html");
    fs::remove_file(&page).unwrap();
    fs::create_dir_all(page.join("theirs")).unwrap();
    for _ in 0..2 {
        let error = bench.build(OLD).unwrap_err();
        assert!(matches!(error, OutputError::HalfDone(_)), "{error}");
        assert_eq!(bench.beside(), [".site.peerage"]);
    }
    fs::remove_dir_all(&page).unwrap();
    assert!(bench.build(OLD).unwrap().resumed);
    assert_eq!(bench.pages(), files(OLD));
}

#[test]
fn a_staged_file_that_a_power_cut_emptied_is_not_put_in_place() {
    let bench = Bench::with(OLD);
    drop(commit(&bench.target(), NEW));
    for entry in fs::read_dir(bench.path(".site.peerage/stage")).unwrap() {
        let path = entry.unwrap().path();
        if fs::read(&path).unwrap() == b"new" {
            fs::write(path, "").unwrap();
        }
    }
    drop(Target::check(&bench.target(), &[]).unwrap().lock().unwrap().recover().unwrap());
    assert_eq!(bench.pages()["index.html"], "old");
    bench.build(NEW).unwrap();
    assert_eq!(bench.pages(), files(NEW));
}

#[test]
fn a_file_of_others_that_comes_after_the_preflight_is_not_overwritten() {
    // In the place of a file, and of a folder.
    for theirs in ["api/x.json", "api"] {
        let bench = Bench::with(OLD);
        let commit = commit(&bench.target(), NEW);
        bench.put(&format!("site/{theirs}"), "theirs");
        let OutputError::HalfDone(cause) = commit.finish().unwrap_err() else { panic!() };
        assert_eq!(in_the_way(*cause), [theirs]);
        assert_eq!(bench.pages()[theirs], "theirs");
        fs::remove_file(bench.target().join(theirs)).unwrap();
        assert!(bench.build(NEW).unwrap().resumed);
        assert_eq!(bench.pages(), files(NEW));
    }
}

#[test]
fn a_journal_that_cannot_be_read_stops_the_build_and_stays() {
    let bench = Bench::with(OLD);
    drop(commit(&bench.target(), NEW));
    let (journal, aside) = (bench.path(".site.peerage/journal"), bench.path("aside"));
    fs::rename(&journal, &aside).unwrap();
    fs::create_dir(&journal).unwrap();
    for _ in 0..2 {
        let error = bench.build(NEW).unwrap_err();
        assert!(matches!(&error, OutputError::Io { doing: "read", path, .. } if *path == journal), "{error}");
        assert_eq!(bench.pages(), files(OLD));
    }
    fs::remove_dir(&journal).unwrap();
    fs::rename(&aside, &journal).unwrap();
    assert!(bench.build(NEW).unwrap().resumed);
    assert_eq!(bench.pages(), files(NEW));
}

#[test]
fn a_folder_exchanged_after_an_interruption_is_left_alone() {
    let bench = Bench::with(OLD);
    drop(commit(&bench.target(), NEW));
    fs::rename(bench.target(), bench.path("moved")).unwrap();
    bench.put("site/index.html", "theirs");
    assert!(matches!(bench.build(NEW), Err(OutputError::Exchanged { .. })));
    assert_eq!(read(&bench.target()), files(&[("index.html", "theirs")]));
    // A folder that is simply gone is no trouble.
    fs::remove_dir_all(bench.target()).unwrap();
    assert!(bench.build(NEW).unwrap().resumed);
    assert_eq!(bench.pages(), files(NEW));
}

#[test]
fn a_journal_that_is_not_understood_stops_the_build() {
    let bench = Bench::with(OLD);
    drop(commit(&bench.target(), NEW));
    let journal = bench.path(".site.peerage/journal");
    let text = fs::read_to_string(&journal).unwrap();
    bench.put("x", "theirs");
    for bad in [text.replace("teams/gone.html", "../x"), text.replace("end\n", ""), String::new()] {
        fs::write(&journal, bad).unwrap();
        assert!(matches!(bench.build(NEW), Err(OutputError::Journal(_))));
        assert_eq!(bench.pages(), files(OLD));
    }
    assert_eq!(bench.beside(), [".site.peerage", "x"]);
}

#[test]
fn a_manifest_and_its_signature_come_together() {
    let bench = Bench::new();
    let sign = |manifest: &[u8]| Ok(format!("signature of {}", manifest.len()));
    let signed =
        |files: &[(&str, &str)], sign: &Sign<'_>| write(&site(files), &bench.target(), &[], &STAMP, Some(sign), &|_, _| ());
    let told = signed(OLD, &sign).unwrap();
    assert_eq!(told.files, OLD.len());
    let of = |files: &Files| (files["manifest.json"].len(), files["manifest.json.asc"].clone());
    let old = read(&bench.target());
    assert_eq!(of(&old).1, format!("signature of {}", of(&old).0));
    // Where it cannot be signed nothing is written.
    let error = signed(NEW, &|_| Err("no".to_owned())).unwrap_err();
    assert_eq!(error.to_string(), "no");
    assert_eq!(read(&bench.target()), old);
    // A build that is interrupted at any step is finished with its signature, which is the last of all.
    let ground = Target::check(&bench.target(), &[]).and_then(Target::lock).and_then(Locked::recover).unwrap();
    let mut commit = ground.stage(&site(NEW), &STAMP, Some(&sign), &|_, _| ()).unwrap().preflight().unwrap().journal().unwrap();
    for _ in 1..commit.steps() {
        assert!(commit.step().unwrap());
    }
    assert_eq!(read(&bench.target())["manifest.json.asc"], of(&old).1);
    drop(commit);
    let told = signed(NEW, &sign).unwrap();
    assert!(told.resumed);
    let new = read(&bench.target());
    assert_eq!(of(&new).1, format!("signature of {}", of(&new).0));
}
