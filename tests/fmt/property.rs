//! What holds for every entry, however it is written.

use super::entries::{Written, entry};
use crate::common::{project, text};
use crate::lookup::random::Random;
use peerage::load::{Canonical, FileKind, load, readable_bytes};
use std::path::Path;

const RUNS: u64 = 400;

#[test]
fn keeps_facts_and_comments_and_is_done_at_once() {
    let canonical = Canonical::new(FileKind::Entry);
    let mut comments = 0;
    for seed in 0..RUNS {
        let written = entry(&mut Random::new(seed));
        let before = &written.text;
        let readable = readable_bytes(before.clone().into_bytes(), "a.yaml");
        assert!(readable.is_ok(), "seed {seed} is no YAML: {readable:?}\n{before}");
        let after = canonical.format(before).unwrap_or_else(|why| panic!("seed {seed}: {why}\n{before}"));
        done_at_once(&canonical, before, &after);
        shape(&after, seed);
        assert_eq!(facts(before), facts(&after), "seed {seed}:\n{before}\n----\n{after}");
        stay(&written, &after, seed);
        comments += written.comments.len();
    }
    assert!(comments > 2_000, "comments are what this is about: {comments}");
}

/// What is formatted stays as it is when it is formatted again.
fn done_at_once(canonical: &Canonical, before: &str, once: &str) {
    let twice = canonical.format(once).unwrap_or_else(|why| panic!("once, but not again: {why}\n{before}\n----\n{once}"));
    let differs = once.lines().zip(twice.lines()).find(|(once, twice)| once != twice);
    assert!(once == twice, "{differs:?}\n{before}\n----\n{once}");
}

#[test]
fn blanks_at_an_end_that_does_not_end_are_no_line() {
    let canonical = Canonical::new(FileKind::Entry);
    for (before, after) in
        [("description: |\n  text\n  ", "description: |\n  text\n"), ("name: a\n \t", "name: a\n"), ("name: a  ", "name: a\n")]
    {
        assert_eq!(canonical.format(before).as_deref(), Ok(after), "{before:?}");
        assert_eq!(facts(before), facts(after), "{before:?}");
    }
    // Beyond the indent they are a line of the text.
    for before in ["description: |\n  text\n    ", "description: |1\n    "] {
        assert_ne!(canonical.format(before).as_deref(), Ok("description: |\n  text\n"), "{before:?}");
    }
}

/// The directory that is read of an entry, without the places in the file.
fn facts(text: &str) -> String {
    let folder = project(&[("content/teams/cert-alpha.yaml", text)]);
    let (directory, findings) = load(folder.path()).unwrap();
    let mut rules: Vec<String> = findings.iter().map(|finding| format!("{:?}: {}", finding.rule, finding.message)).collect();
    rules.sort();
    let teams = directory.map_or_else(String::new, |directory| without_places(&format!("{:?}", directory.teams)));
    format!("{teams}\n{}", rules.join("\n"))
}

/// `Debug` output without the numbers of lines and columns.
fn without_places(debug: &str) -> String {
    let mut out = String::new();
    for part in debug.split_inclusive(['{', ',', '}']) {
        let is_place = part.trim_start().starts_with("line: ") || part.trim_start().starts_with("column: ");
        out.push_str(if is_place { "" } else { part });
    }
    out
}

/// Every comment is there as often as it was, and what it belongs to is on its line or on the next that are none: more than one
/// where a comment about a part of an item stands above the item.
fn stay(written: &Written, after: &str, seed: u64) {
    let lines: Vec<&str> = after.lines().collect();
    for (comment, owner) in &written.comments {
        assert_eq!(after.matches(comment.as_str()).count(), 1, "seed {seed}: `{comment}`\n{}\n----\n{after}", written.text);
        let at = lines.iter().position(|line| line.contains(comment.as_str())).unwrap();
        let mut around =
            lines[at..].iter().map(|line| line.trim_start()).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let is_near = lines[at].contains(owner.as_str()) && !lines[at].trim_start().starts_with('#')
            || around.by_ref().take(12).any(|line| line.contains(owner.as_str()));
        // Behind the last item of a list, and at the ends of the file, nothing follows that it belongs to.
        let is_head = lines[..at].iter().all(|line| line.is_empty() || line.starts_with('#'));
        let is_last = lines[..at].iter().any(|line| line.contains(owner.as_str()));
        assert!(
            is_near || is_last || is_head || matches!(owner.as_str(), "head" | "end"),
            "seed {seed}: `{comment}`\n{}\n----\n{after}",
            written.text
        );
    }
}

/// What every formatted file looks like.
fn shape(after: &str, seed: u64) {
    assert!(after.ends_with('\n') && (!after.ends_with("\n\n") || after.contains("|+")), "seed {seed}: the end\n{after}");
    assert!(!after.contains('\r') && !after.starts_with('\u{feff}'), "seed {seed}: the ends of lines\n{after}");
}

#[test]
fn odd_bytes_do_not_stop_it() {
    const PIECES: &[&str] = &[
        "#",
        " # x\n",
        "\n",
        "\n\n",
        " ",
        "  ",
        "\t",
        "-",
        "- ",
        ": ",
        "? ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "'",
        "\"",
        "|",
        ">",
        "|+\n",
        ">2-\n",
        "~",
        "null",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "\r",
        "\r\n",
        "\u{feff}",
        "\u{85}",
        "\u{2028}",
        "é",
        "😀",
        "\\",
        "!",
        "&a ",
        "*a",
        "a: b\n",
        "<<: ",
        "0",
        "\u{7}",
    ];
    let canonical = Canonical::new(FileKind::Entry);
    let samples: Vec<String> = ["cert-alpha", "tidenhafen-cert", "nordlys-csirt"]
        .iter()
        .map(|id| text(&Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("content/teams/{id}.yaml"))))
        .chain((0..20).map(|seed| entry(&mut Random::new(seed)).text))
        .collect();
    let mut random = Random::new(7);
    let mut readable = 0;
    for _ in 0..3000 {
        let mut mutated = samples[usize::try_from(random.below(samples.len() as u64)).unwrap()].clone();
        for _ in 0..=random.below(4) {
            let places: Vec<usize> = mutated.char_indices().map(|(at, _)| at).collect();
            let at = places[usize::try_from(random.below(places.len() as u64)).unwrap()];
            match random.below(3) {
                0 => mutated.insert_str(at, random.one_of(PIECES)),
                1 => drop(mutated.remove(at)),
                _ => {
                    let end = at
                        + mutated[at..]
                            .chars()
                            .take(usize::try_from(random.below(30)).unwrap())
                            .map(char::len_utf8)
                            .sum::<usize>();
                    mutated.replace_range(at..end, random.one_of(PIECES));
                }
            }
            if mutated.is_empty() {
                mutated.push('#');
            }
        }
        if readable_bytes(mutated.clone().into_bytes(), "a.yaml").is_err() {
            continue;
        }
        readable += 1;
        let once = canonical.format(&mutated).unwrap_or_else(|why| panic!("{why}:\n{mutated}"));
        done_at_once(&canonical, &mutated, &once);
    }
    assert!(readable > 300, "{readable}");
}
