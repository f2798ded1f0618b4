//! Files of lookup that come from a stranger, or are damaged: an error with a sentence, never a panic, never another folder.

use super::random::{Random, entries};
use super::{with_directory, write_lookup};
use crate::common::{project, tree, write};
use peerage::lookup::{Folder, Query, answer};
use std::path::Path;

fn site(out: &Path) {
    let project = project(&[]);
    for (id, entry) in entries(&mut Random::new(11), 260) {
        write(&project.path().join(format!("content/teams/{id}.yaml")), entry);
    }
    with_directory(project.path(), |assessment| write_lookup(project.path(), assessment, out));
}

/// What the folder says to a query, and whether that is an error.
fn ask(out: &Path, query: &str) -> Result<usize, String> {
    let folder = Folder::open(out).map_err(|error| error.to_string())?;
    let told = answer(&Query::parse(query).unwrap(), &folder).map_err(|error| error.to_string())?;
    Ok(told.matches.len())
}

const HEAD: &str = r#"{"format":"peerage/lookup","version":1,"directory":"D","computed_for":"2026-11-21","teams":260,"buckets":1,"labels":4,"countries":{}}"#;

#[test]
fn what_is_not_as_it_should_be_is_said_with_the_file() {
    let call = |name: &str, data: &str| format!("peerageLookup(\"{name}\",{data});\n");
    let node =
        |rest: &str| format!(r#"{{"computed_for":"2026-11-21","children":[],"below":{{}},"teams":{{}},"networks":[{rest}]}}"#);
    let shard = |rest: &str| call("0", &format!(r#"{{"computed_for":"2026-11-21","teams":{{}},"keys":{{"asn:1":{rest}}}}}"#));
    let branch = |child: &str| call("names-tree", &format!(r#"{{"children":{{"{child}":60}}}}"#));
    let huge = " ".repeat(9 * 1024 * 1024);
    let built = tempfile::tempdir().unwrap();
    site(built.path());
    let whole = tree(built.path());
    for (file, text, query, what) in [
        ("index.json", String::new(), "AS1", "EOF"),
        ("index.json", "[".repeat(100_000), "AS1", "index.json is not a file of lookup"),
        ("index.json", huge.clone(), "AS1", "too large"),
        ("index.json", HEAD.replace("peerage/lookup", "x"), "AS1", "its format is not peerage/lookup"),
        ("index.json", HEAD.replace("\"version\":1", "\"version\":2"), "AS1", "get a newer peerage"),
        ("index.json", HEAD.replace("\"buckets\":1", "\"buckets\":3"), "AS1", "power of two"),
        ("index.json", HEAD.replace("\"buckets\":1", "\"buckets\":0"), "AS1", "power of two"),
        ("index.json", HEAD.replace("\"buckets\":1", "\"buckets\":2147483648"), "AS1", "power of two"),
        ("index.json", HEAD.replace("2026-11-21", "2026-02-30"), "AS1", "is not a date"),
        ("shards/0.js", "alert(1)".to_owned(), "AS1", "it is not a call for `0`"),
        ("shards/0.js", call("1", "{}"), "AS1", "it is not a call for `0`"),
        ("shards/0.js", call("0", "{}"), "AS1", "missing field"),
        (
            "shards/0.js",
            shard(r#"{"total":1,"rows":[{"team":"x","kind":"asn","value":"AS1"}]}"#),
            "AS1",
            "a team that is not in it",
        ),
        ("shards/0.js", shard(r#"{"total":1,"rows":[{"team":"x","kind":"friend","value":"AS1"}]}"#), "AS1", "is not a reason"),
        ("shards/0.js", shard(r#"{"total":-1,"rows":[]}"#), "AS1", "invalid value"),
        ("shards/0.js", huge, "AS1", "too large"),
        (
            "network/ipv4.json",
            node(r#"{"network":"192.0.2.0/99","first":"","last":"","total":1,"teams":[]}"#),
            "192.0.2.1",
            "a network that is none",
        ),
        (
            "network/ipv4.json",
            node(r#"{"network":"192.0.2.0/24","first":"","last":"","total":1,"teams":["x"]}"#),
            "192.0.2.1",
            "not in it",
        ),
        (
            "network/ipv4.json",
            node("").replace("\"children\":[]", "\"children\":[\"c\"]"),
            "192.0.2.1",
            "how much is below one of its children",
        ),
        (
            "network/ipv4.json",
            node("").replace("\"children\":[],\"below\":{}", "\"children\":[\"5\"],\"below\":{\"5\":1}"),
            "64.0.0.0/2",
            "5.json cannot be read",
        ),
        ("network/ipv6.json", "null".to_owned(), "2001:db8::1", "ipv6.json is not"),
        ("shards/names-tree.js", branch("../../x"), "..a", "cannot be read"),
        ("shards/names-tree.js", branch(""), "cert", "does not go on"),
        ("shards/names-tree.js", branch(&"c".repeat(25)), "cert", "does not go on"),
    ] {
        let out = tempfile::tempdir().unwrap();
        for (path, bytes) in &whole {
            write(&out.path().join(path), bytes);
        }
        write(&out.path().join("lookup/index.json"), HEAD);
        write(&out.path().join("lookup/shards/0.js"), shard(r#"{"total":0,"rows":[]}"#));
        write(&out.path().join("lookup").join(file), text);
        match (ask(out.path(), query), what) {
            (Err(error), _) => {
                assert!(error.contains(what) && error.contains("lookup") && !error.contains('\n'), "{file}: {what}: {error}");
            }
            // A name with such characters is none, so that the file is not even looked for.
            (Ok(found), "cannot be read") => assert_eq!(found, 0),
            (Ok(_), _) => panic!("{file}: {what}"),
        }
    }
}

#[test]
fn a_tree_without_end_is_walked_to_the_end_of_its_names_and_no_farther() {
    let out = tempfile::tempdir().unwrap();
    site(out.path());
    let points = |text: &str| text.chars().map(|c| format!("{:x}", u32::from(c))).collect::<Vec<_>>().join("-");
    let mut prefix = String::new();
    for at in 0..25 {
        let name = if at == 0 { "names".to_owned() } else { format!("names/63/{}", points(&prefix)) };
        prefix.push('c');
        let data = format!("peerageLookup(\"{name}-tree\",{{\"children\":{{\"{prefix}\":900}}}});");
        write(&out.path().join(format!("lookup/shards/{name}-tree.js")), data);
    }
    let error = ask(out.path(), &"c".repeat(100)).unwrap_err();
    assert!(error.contains("cannot be read"), "there are no teams at the last node: {error}");
}

#[test]
fn a_missing_or_shortened_file_is_an_error_or_changes_nothing() {
    let out = tempfile::tempdir().unwrap();
    site(out.path());
    let queries = ["192.0.2.17", "2001:db8::1", "AS64500", "alpha.at", "cert", "cert alpha", "at"];
    let well: Vec<_> = queries.iter().map(|query| ask(out.path(), query).unwrap()).collect();
    let mut errors = 0;
    for (at, (path, bytes)) in tree(out.path()).into_iter().enumerate() {
        let whole = out.path().join(&path);
        // Two ways for each file, by turns.
        let ways = [[None, Some(bytes.len() / 2)], [Some(0), Some(bytes.len().saturating_sub(4))]];
        for left in ways[at % 2] {
            match left {
                Some(left) => std::fs::write(&whole, &bytes[..left]).unwrap(),
                None => std::fs::remove_file(&whole).unwrap(),
            }
            let before = errors;
            for (query, well) in queries.iter().zip(&well) {
                match ask(out.path(), query) {
                    Ok(found) => assert_eq!(found, *well, "{}: {query}", path.display()),
                    Err(error) => {
                        assert!(error.contains(path.file_name().unwrap().to_str().unwrap()), "{error}");
                        errors += 1;
                    }
                }
            }
            // What nobody asks for has nothing to say in any state.
            if errors == before {
                break;
            }
        }
        std::fs::write(&whole, bytes).unwrap();
    }
    assert!(errors > 100, "{errors}");
}

#[cfg(unix)]
#[test]
fn nobody_waits_for_who_writes_to_a_pipe() {
    let built = tempfile::tempdir().unwrap();
    site(built.path());
    let index = built.path().join("lookup/index.json");
    std::fs::remove_file(&index).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&index).status().unwrap().success());
    let error = ask(built.path(), "AS1").unwrap_err();
    assert!(error.contains("index.json cannot be read: it is not a regular file"), "{error}");
}
