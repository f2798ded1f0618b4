//! Response tests of the private tree: they reach the public in an edition alone, under the rules for scores.

use crate::common::{project, run_well, stderr, text, tree, write};
use std::path::Path;

const ANSWERS: [&str; 5] = ["not", "later", "within-a-day", "within-4-hours", "within-1-hour"];
const WAYS: [(&str, &str); 4] = [("email", "in"), ("email", "out"), ("telephone", "in"), ("telephone", "out")];

/// The tests of a team: its answers differ from way to way, and by telephone out of hours from no other team's but one.
fn tests(team: usize) -> String {
    let line = |(at, (channel, hours)): (usize, &(&str, &str))| {
        let answered = if at == 3 { ANSWERS[usize::from(team == 0)] } else { ANSWERS[(team + at) % 5] };
        format!("- {{date: 2026-0{}-15, channel: {channel}, hours: {hours}, answered: {answered}}}\n", at + 1)
    };
    format!("response_tests:\n{}", WAYS.iter().enumerate().map(line).collect::<String>())
}

#[test]
fn private_tests_are_told_in_editions_alone() {
    let names: Vec<(String, String)> = (0..12)
        .map(|at| {
            (
                format!("content/teams/t{at}.yaml"),
                format!("name: Team {at}\ncountry: AT\nstatus: [{{level: listed, since: 2020-01-01}}]\n"),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = names.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (public, private) = (project(&files), tempfile::tempdir().unwrap());
    std::fs::create_dir_all(private.path().join("teams")).unwrap();
    let command = |words: &[&str]| {
        let words = words.iter().map(Path::new);
        run_well(words.chain([
            Path::new("--today"),
            Path::new("2026-11-21"),
            Path::new("--private"),
            private.path(),
            public.path(),
        ]))
    };
    let built = |name: &str| {
        let out = public.path().join(name);
        command(&["build", "--out", out.to_str().unwrap()]);
        tree(&out)
    };
    let before = built("before");
    for team in 0..12 {
        write(&private.path().join(format!("teams/t{team}.yaml")), tests(team));
    }
    assert_eq!(built("with-tests"), before, "single tests change no public byte");
    let output = command(&["edition", "--write"]);
    let said = stderr(&output);
    assert!(said.contains("response-tests-audit: 12 teams with confidential scores"), "{said}");
    let edition = text(&public.path().join("content/editions/2026-11-21.yaml"));
    assert!(edition.contains("response-tests") && !edition.contains("t11"), "{edition}");
    let after = built("after");
    let page = String::from_utf8(after[Path::new("statistics.html")].clone()).unwrap();
    let part = page.split("aria-labelledby=reachability").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(part.contains("the edition of <time>2026-11-21") && part.contains("by e-mail, in hours"), "{part}");
    // Eleven of twelve did not answer out of hours by telephone: that would tell of each what it did.
    let row = part.split("by telephone, out of hours").nth(1).unwrap();
    assert!(row.split("</tr>").next().unwrap().contains("withheld"), "{part}");
    let figures = String::from_utf8(after[Path::new("statistics.csv")].clone()).unwrap();
    assert!(figures.contains("reachability,response-tests-audit,all,R-4,all figures,withheld"), "{figures}");
    assert!(figures.contains("reachability,response-tests-audit,all,R-1,scores,12"), "{figures}");
    for id in 0..12 {
        let path = format!("teams/t{id}.html");
        let (old, new) = (&before[Path::new(&path)], &after[Path::new(&path)]);
        assert!(old == new, "{path} tells who contributed");
    }
}

#[test]
fn a_team_counts_once_every_way_was_tried_and_too_few_are_refused() {
    let public = project(&[
        ("content/teams/t0.yaml", "name: Team\ncountry: AT\n"),
        ("content/teams/t1.yaml", "name: Other\ncountry: AT\n"),
    ]);
    let private = tempfile::tempdir().unwrap();
    let part: String = tests(1).lines().take(3).map(|line| format!("{line}\n")).collect();
    write(&private.path().join("teams/t0.yaml"), tests(0));
    write(&private.path().join("teams/t1.yaml"), part);
    let words = ["edition", "--today", "2026-11-21", "--private"].map(Path::new);
    let output = crate::common::run(words.into_iter().chain([private.path(), public.path()]));
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("response-tests-audit: 1 team with confidential scores") && said.contains("10 are needed"), "{said}");
    assert!(said.contains("response-tests-audit, t1: its newest assessment has no score for some parameter"), "{said}");
}

/// A directory of twelve teams that are listed, with what is added to their entries, and the private tree.
fn twelve(entry: impl Fn(usize) -> String, private: impl Fn(usize) -> String) -> (tempfile::TempDir, tempfile::TempDir) {
    let (public, tree) = (project(&[]), tempfile::tempdir().unwrap());
    for team in 0..12 {
        let head = format!("name: Team {team}\ncountry: AT\nstatus:\n  - {{level: listed, since: 2020-01-01}}\n");
        write(&public.path().join(format!("content/teams/t{team}.yaml")), head + &entry(team));
        write(&tree.path().join(format!("teams/t{team}.yaml")), private(team));
    }
    (public, tree)
}

fn edition(public: &Path, private: &Path, today: &str) -> std::process::Output {
    let words = ["edition", "--write", "--today", today, "--private"].map(Path::new);
    crate::common::run(words.into_iter().chain([private, public]))
}

/// The answers of a team, spread over the teams in each way; and where it was tested again, in the first way.
fn answers(team: usize, again: bool) -> String {
    let line = |at: usize, day: &str| {
        let (channel, hours) = WAYS[at];
        format!("- {{date: {day}, channel: {channel}, hours: {hours}, answered: {}}}\n", ANSWERS[(team * (at + 2) + at) % 5])
    };
    let first: String = (0..4).map(|at| line(at, &format!("2026-03-0{}", at + 1))).collect();
    format!("response_tests:\n{first}{}", if again { line(0, "2026-07-05") } else { String::new() })
}

#[test]
fn one_test_more_is_no_round_that_would_tell_the_rest_of_who_left() {
    let (public, private) = twelve(|_| String::new(), |team| answers(team, false));
    let first = edition(public.path(), private.path(), "2026-05-01");
    assert!(first.status.success(), "{}", stderr(&first));
    let left = public.path().join("content/teams/t11.yaml");
    write(&left, text(&left) + "  - {state: withdrawn, since: 2026-07-01}\n");
    for team in 0..11 {
        write(&private.path().join(format!("teams/t{team}.yaml")), answers(team, true));
    }
    let second = edition(public.path(), private.path(), "2026-08-01");
    assert!(!second.status.success(), "the difference would be the answers of one team: {}", stderr(&second));
    assert!(!public.path().join("content/editions/2026-08-01.yaml").exists());
}

#[test]
fn a_result_that_teams_publish_too_protects_nobody() {
    let made = |published: usize| {
        let entry = |team: usize| {
            let line = answers(team, false).lines().take(2).map(|line| format!("{line}\n")).collect::<String>();
            if team < published { line } else { String::new() }
        };
        let (public, private) = twelve(entry, |team| answers(team, false));
        edition(public.path(), private.path(), "2026-05-01").status.success()
    };
    assert!(made(0) && made(2));
    assert!(!made(11), "eleven answers can be read, and the figure is of twelve");
}
