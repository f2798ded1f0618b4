//! The house rules of DESIGN, section 6, held against every file of `src`: which module may import which, where an
//! engine or a clock may be named, and how a file looks.

mod dependencies;
mod layers;
mod source;
mod words;

use source::Source;
use std::path::Path;

/// Every Rust file of `src`, in order.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().map(|entry| entry.unwrap().into_path());
    let rust = files.filter(|path| path.extension().is_some_and(|end| end == "rs"));
    rust.map(|path| {
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        Source::new(&name, &std::fs::read_to_string(&path).unwrap())
    })
    .collect()
}

/// Fails with everything that `rule` finds in `src`.
fn hold(rule: fn(&Source) -> Vec<String>) {
    let sources = sources();
    assert!(sources.len() > 30, "only {} files were found", sources.len());
    let found: Vec<String> = sources.iter().flat_map(rule).collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn imports_go_down() {
    hold(layers::wrong_imports);
}

#[test]
fn engines_the_clock_and_the_environment_are_named_in_one_place() {
    hold(words::strays);
}

#[test]
fn shipped_code_cannot_stop_halfway() {
    hold(words::banned);
}

#[test]
fn files_and_functions_are_short_and_say_what_they_are() {
    hold(words::shape);
}

#[test]
fn fuzz_targets_are_made_of_the_crates_that_the_tests_are_made_of() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |file: &str| std::fs::read_to_string(root.join(file)).unwrap();
    let (ours, fuzzed) = (read("Cargo.toml"), read("fuzz/Cargo.toml"));
    for (begin, end) in [("[dependencies]\n", "\n[[test]]"), ("[profile.dev]\n", "\n# Like a release, but quick")] {
        let (_, rest) = ours.split_once(begin).unwrap();
        let block = rest.split_once(end).unwrap().0.trim();
        assert!(block.lines().count() > 10 && fuzzed.contains(block), "fuzz/Cargo.toml differs below {begin}");
    }
    // The versions too, or all of them would be compiled a second time.
    let locked = |file| read(file).split("\n\n").map(|part| part.lines().take(3).collect::<String>()).collect::<Vec<_>>();
    let fuzzed = locked("fuzz/Cargo.lock");
    let other: Vec<String> = locked("Cargo.lock")
        .into_iter()
        .filter(|part| part.starts_with("[[package]]") && !part.contains("\"peerage\"") && !fuzzed.contains(part))
        .collect();
    assert_eq!(other, Vec::<String>::new(), "fuzz/Cargo.lock follows Cargo.lock");
}

#[test]
fn every_dependency_has_its_reason() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |file: &str| std::fs::read_to_string(root.join(file)).unwrap();
    let (cargo, document) = (read("Cargo.toml"), read("docs/dependencies.md"));
    assert!(dependencies::declared(&cargo).len() > 30);
    assert_eq!(dependencies::differences(&cargo, &document), Vec::<String>::new());
    let planted = "[dependencies]\na = \"1\"\nb = { version = \"1\" }\n[lints]\nc = 1\n";
    let found = dependencies::differences(planted, "| Crate |\n| --- |\n| `a` | x | |\n| `d`, `e` (E) | x | y |\n");
    assert_eq!(found.len(), 4, "a without a reason, b without a row, d and e that are not there: {found:?}");
}

/// A file of tests that nobody names is never run.
#[test]
fn every_file_of_tests_is_run() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let all = std::fs::read_to_string(tests.join("all.rs")).unwrap();
    let files = std::fs::read_dir(&tests).unwrap().map(|entry| entry.unwrap().path());
    let names: Vec<String> = files
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .filter(|name| name != "all")
        .collect();
    assert!(names.len() > 20, "only {names:?}");
    let strays: Vec<&String> = names.iter().filter(|name| !all.contains(&format!("\nmod {name};\n"))).collect();
    assert!(strays.is_empty(), "not in tests/all.rs: {strays:?}");
}

/// The findings of all rules about a planted file.
fn planted(path: &str, text: &str) -> Vec<String> {
    let source = Source::new(path, text);
    [layers::wrong_imports, words::strays, words::banned, words::shape].into_iter().flat_map(|rule| rule(&source)).collect()
}

#[test]
fn every_planted_breach_is_caught_at_its_line() {
    for (path, line) in [
        ("model/x.rs", "use crate::load::Directory;"),
        ("model/x.rs", "use crate::yaml::Reader;"),
        ("model/x.rs", "use crate::{diagnostic::Rule, load::{self, Directory}};"),
        ("model/x.rs", "fn f() { crate::assess::assess() }"),
        ("model/mod.rs", "use super::config::Policy;"),
        ("model/x.rs", "use super::super::config::Policy;"),
        ("model/x.rs", "macro_rules! m { () => { $crate::config::Policy } }"),
        ("check/x.rs", "use crate::check; use crate::stats::mean;"),
        ("output/mod.rs", "use crate::cmd::run;"),
        ("elsewhere.rs", "fn f() {}"),
        ("main.rs", "use clap::Parser;"),
        ("site/pages.rs", "use tera::Tera;"),
        ("load/x.rs", "fn f() { serde_yaml::to_string(&1); }"),
        ("assess/x.rs", "use std::time::SystemTime;"),
        ("site/x.rs", "fn f() { chrono::Utc::now(); }"),
        ("site/x.rs", "fn f() { std::env::var(\"HOME\"); }"),
        ("site/x.rs", "fn f() { std::env::var_os(\"HOME\"); }"),
        ("site/x.rs", "fn f() { todo!() }"),
        ("site/x.rs", "fn f() { dbg!(1); }"),
        ("site/x.rs", "fn f() { unimplemented!() }"),
        ("site/x.rs", "fn f() { g().unwrap(); }"),
        ("site/x.rs", "fn f() { g().expect(\"fine\"); }"),
        ("site/x.rs", "#[cfg(test)] mod tests { #[test] #[ignore] fn f() {} }"),
    ] {
        let found = planted(path, &format!("//! A header.\n\n{line}\n"));
        let once = matches!(&*found, [only] if only.contains(&format!("src/{path}:3")) || path == "elsewhere.rs");
        assert!(once, "{path}: {line}: {found:?}");
    }
}

#[test]
fn what_is_right_is_left_alone() {
    for (path, text) in [
        ("lib.rs", "pub mod load;"),
        ("cmd/x.rs", "use crate::{cli, load::Directory, output};\nuse std::time::SystemTime;\nuse super::report::report;"),
        ("model/x.rs", "use crate::diagnostic::Rule;\nuse super::{Date, config};\nuse crate::model::keyword;"),
        ("diagnostic/human.rs", "use super::Rule;\n#[cfg(test)]\nmod tests {\n    use super::super::config;\n}"),
        ("site/x.rs", "// .unwrap() and todo!() in a comment\nconst A: &str = \"crate::cmd .expect( \\\" SystemTime\";"),
        (
            "site/x.rs",
            "const A: &str = r#\"\" clap \"#;\nconst B: char = '\"';\nfn f<'a>(a: &'a str) -> &'a str { a.unwrap_or(a) }",
        ),
        ("site/x.rs", "fn f() {}\n#[cfg(test)]\nmod tests {\n    fn f() { g().unwrap(); }\n}\nfn h() {}"),
        ("site/theme/filters.rs", "use tera::Tera;"),
        ("site/x.rs", "struct InstantNoodles; fn terabyte() {}"),
    ] {
        let found = planted(path, &format!("//! A header.\n\n{text}\n"));
        assert!(found.is_empty(), "{path}: {found:?}");
    }
}

#[test]
fn code_behind_the_tests_of_a_file_is_held_to_the_rules() {
    let text = "//! A.\n#[cfg(test)]\nmod tests {\n    fn f() { g().unwrap(); }\n}\nfn h() { g().unwrap(); }\n";
    let found = planted("site/x.rs", text);
    assert!(matches!(&*found, [only] if only.starts_with("src/site/x.rs:6:")), "{found:?}");
}

#[test]
fn length_and_header_are_measured() {
    let long = format!("//! A header.\n{}", "const A: u8 = 1;\n".repeat(400));
    assert!(matches!(&*planted("site/x.rs", &long), [only] if only.contains("401 lines")));
    let function = format!("//! A header.\nfn f() {{\n{}}}\n", "    g();\n".repeat(59));
    assert!(matches!(&*planted("site/x.rs", &function), [only] if only.contains("src/site/x.rs:2: a function of 61 lines")));
    assert!(matches!(&*planted("site/x.rs", "fn f() {}\n"), [only] if only.contains("begin the file")));
}
