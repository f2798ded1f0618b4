//! Who may import whom.

use super::source::Source;

/// The modules of the crate from the top to the ground. A module imports what stands on a line below its own.
pub(crate) const LAYERS: &[&[&str]] = &[
    &["main"],
    &["cmd"],
    &["cli", "serve", "output", "import", "diff", "seal"],
    &["site"],
    &["check", "stats", "lookup"],
    &["disclosure"],
    &["assess"],
    &["load"],
    &["config", "openpgp", "smime"],
    &["model", "yaml"],
    &["diagnostic"],
];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|line| line.contains(&module))
}

/// Every import that goes up or sideways, and every module without a place in the list.
pub(crate) fn wrong_imports(source: &Source) -> Vec<String> {
    let module = source.module();
    let Some(&top) = module.first() else { return Vec::new() };
    let Some(own) = layer(top) else {
        return vec![format!(
            "src/{}: the module `{top}` has no place in LAYERS (tests/tidy/layers.rs): give it one",
            source.path
        )];
    };
    let uses = imports(source);
    let wrong = uses.iter().filter(|(_, used)| used != top && layer(used).is_some_and(|used| used <= own));
    wrong
        .map(|(line, used)| {
            format!(
                "src/{}:{line}: `{top}` imports `{used}`, which does not stand below it: move what both need further down, \
                 or hand it in from above (DESIGN, The house)",
                source.path
            )
        })
        .collect()
}

/// The modules of the crate that a file names, each with its line.
fn imports(source: &Source) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let code = &source.code;
    for root in ["crate::", "peerage::", "super::"] {
        for (at, _) in code.match_indices(root) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let line = code[..at].matches('\n').count();
            let depth = source.module().len() + usize::from(source.is_test_line(line));
            if let Some(rest) = from_root(&code[at..], root, depth) {
                found.extend(heads(rest).into_iter().map(|head| (line + 1, head)));
            }
        }
    }
    found
}

/// What follows the crate's root in a path, if the path begins there: `super::` climbs one of `depth` steps.
fn from_root<'t>(path: &'t str, root: &str, depth: usize) -> Option<&'t str> {
    if root != "super::" {
        return path.strip_prefix(root);
    }
    let rest = path.trim_start_matches("super::");
    let climbed = (path.len() - rest.len()) / root.len();
    (climbed >= depth).then_some(rest)
}

/// The first names of a path, or of each path in a group: `{load::Directory, model}` is `load` and `model`.
fn heads(path: &str) -> Vec<String> {
    let word = |text: &str| text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = path.strip_prefix('{') else { return vec![word(path)] };
    let (mut heads, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                heads.push(word(&group[start..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                heads.push(word(&group[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    heads
}
