//! Real processes that are really killed.

use super::failures::failing;
use super::*;

/// Not a test: what [`killed`] runs in a process of its own. Stops dead without any cleaning up.
#[test]
fn victim() {
    let Ok(target) = std::env::var("PEERAGE_TEST_VICTIM") else { return };
    let steps: usize = std::env::var("PEERAGE_TEST_STEPS").unwrap().parse().unwrap();
    if steps == 0 {
        let dying = failing(|| std::process::exit(9));
        let _ = write(&dying, Path::new(&target), &[], &STAMP, None, &|_, _| ());
    }
    let mut commit = commit(Path::new(&target), NEW);
    for _ in 1..steps {
        commit.step().unwrap();
    }
    std::process::exit(9);
}

fn killed(target: &Path, steps: usize) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "writer::killed::victim", "--nocapture"]).env("PEERAGE_TEST_VICTIM", target);
    let output = command.env("PEERAGE_TEST_STEPS", steps.to_string()).output().unwrap();
    assert_eq!(output.status.code(), Some(9), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_process_killed_while_rendering_leaves_the_old_site_whole() {
    let bench = Bench::with(OLD);
    let before = read(&bench.target());
    killed(&bench.target(), 0);
    assert_eq!(bench.beside(), [".site.peerage"]);
    assert_eq!(read(&bench.target()), before);
    assert!(!bench.build(NEW).unwrap().resumed);
    assert_eq!(bench.pages(), files(NEW));
    assert!(bench.beside().is_empty());
}

#[test]
fn a_process_killed_while_committing_is_rolled_forward() {
    for steps in [1, 3] {
        let bench = Bench::with(OLD);
        killed(&bench.target(), steps);
        assert!(bench.build(NEW).unwrap().resumed);
        assert_eq!(bench.pages(), files(NEW));
        assert!(bench.beside().is_empty());
    }
}
