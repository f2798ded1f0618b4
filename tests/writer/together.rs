//! Two builds at once.

use super::*;

#[test]
fn a_second_build_stops_while_the_first_is_at_work() {
    let bench = Bench::with(OLD);
    let (started, has_started) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    let (started, released) = (std::sync::Mutex::new(started), std::sync::Mutex::new(released));
    std::thread::scope(|scope| {
        let first = scope.spawn(|| {
            let mut site = site(NEW);
            site.add(path("slow.html"), |out| {
                started.lock().unwrap().send(()).unwrap();
                released.lock().unwrap().recv().unwrap();
                Ok(out.write_all(b"slow")?)
            });
            write(&site, &bench.target(), &[], &STAMP, None, &|_, _| ())
        });
        has_started.recv().unwrap();
        let error = bench.build(OLD).unwrap_err();
        assert!(matches!(error, OutputError::Busy(_)), "{error}");
        assert!(error.to_string().contains("another build is writing to"));
        release.send(()).unwrap();
        first.join().unwrap().unwrap();
    });
    assert_eq!(bench.pages()["slow.html"], "slow");
    assert!(bench.beside().is_empty());
}

#[test]
fn only_one_holds_the_lock_while_others_remove_theirs() {
    let bench = Bench::new();
    let inside = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..2000 {
                    match Target::check(&bench.target(), &[]).and_then(Target::lock) {
                        Ok(locked) => {
                            assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0, "two builds hold the lock");
                            std::thread::yield_now();
                            inside.fetch_sub(1, Ordering::SeqCst);
                            drop(locked);
                        }
                        Err(OutputError::Busy(_)) => {}
                        Err(other) => panic!("{other}"),
                    }
                }
            });
        }
    });
    assert!(bench.beside().is_empty());
}

#[test]
fn many_builds_at_once_never_mix() {
    let bench = Bench::new();
    let (inside, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let (bench, inside, done) = (&bench, &inside, &done);
            scope.spawn(move || {
                for round in 0..40 {
                    let text = format!("{thread} {round}");
                    let recovered = Target::check(&bench.target(), &[]).and_then(Target::lock).and_then(Locked::recover);
                    let recovered = match recovered {
                        Ok(recovered) => recovered,
                        Err(OutputError::Busy(_)) => continue,
                        Err(other) => panic!("{other}"),
                    };
                    assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0, "two builds hold the lock");
                    let site = site(&[("a.html", &text), ("b/c.html", &text), ("d.css", &text)]);
                    let staged = recovered.stage(&site, &STAMP, None, &|_, _| ()).unwrap();
                    let mut commit = staged.preflight().unwrap().journal().unwrap();
                    while commit.step().unwrap() {}
                    done.fetch_add(1, Ordering::SeqCst);
                    inside.fetch_sub(1, Ordering::SeqCst);
                    // Some end as they should, the others leave their journal.
                    if round % 2 == 0 {
                        commit.finish().unwrap();
                    }
                }
            });
        }
    });
    assert!(done.into_inner() > 0);
    let texts: BTreeSet<_> = bench.pages().into_values().collect();
    assert_eq!((bench.pages().len(), texts.len()), (3, 1), "files of different builds");
    bench.build(OLD).unwrap();
    assert_eq!(bench.pages(), files(OLD));
    assert!(bench.beside().is_empty());
}

// Where the work is done.

#[test]
fn where_nothing_can_be_made_beside_the_target_the_work_is_done_in_it() {
    let bench = Bench::new();
    // The name of the folder beside it would be too long.
    let target = bench.path(&"x".repeat(250));
    build(&target, OLD).unwrap();
    let staged = stage(&target, NEW).unwrap();
    assert!(target.join(".peerage/lock").exists());
    drop(staged);
    drop(commit(&target, NEW));
    assert!(target.join(".peerage/journal").exists());
    assert!(build(&target, OLD).unwrap().resumed);
    assert_eq!(read(&target).len(), OLD.len() + 2);
    let first = bench.path(&"y".repeat(250));
    drop(commit(&first, OLD));
    assert!(build(&first, NEW).unwrap().resumed, "a first build, too");
}

#[test]
fn what_is_left_in_the_target_is_found_even_where_it_could_be_beside() {
    let bench = Bench::with(OLD);
    drop(commit(&bench.target(), NEW));
    fs::rename(bench.path(".site.peerage"), bench.path("site/.peerage")).unwrap();
    assert!(bench.build(NEW).unwrap().resumed);
    assert_eq!(bench.pages(), files(NEW));
    assert!(bench.beside().is_empty());
}

#[cfg(unix)]
#[test]
fn a_symlink_for_a_lock_or_a_workspace_is_refused() {
    let bench = Bench::with(OLD);
    fs::create_dir(bench.path("theirs")).unwrap();
    std::os::unix::fs::symlink(bench.path("theirs"), bench.path(".site.peerage")).unwrap();
    assert!(matches!(bench.build(NEW), Err(OutputError::NotAFolder(_))));
    fs::remove_file(bench.path(".site.peerage")).unwrap();
    fs::create_dir(bench.path(".site.peerage")).unwrap();
    std::os::unix::fs::symlink(bench.path("theirs/lock"), bench.path(".site.peerage/lock")).unwrap();
    assert!(matches!(bench.build(NEW), Err(OutputError::Io { .. })));
    assert!(read(&bench.path("theirs")).is_empty());
    assert_eq!(bench.pages(), files(OLD));
}
