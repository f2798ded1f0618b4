//! Names that belong into one place, and names that belong nowhere.

use super::source::Source;

/// What only one part of the crate may name, that part (a file or folder of `src`, without `.rs`), and why.
pub(crate) const KEPT: &[(&str, &[&str], &str)] = &[
    ("clap", &["cli"], "arguments are read in `cli` alone"),
    ("clap_complete", &["cli"], "what shells complete is made in `cli` alone"),
    ("clap_mangen", &["cli"], "the manual page is made in `cli` alone"),
    ("annotate_snippets", &["diagnostic"], "findings are shown by `diagnostic` alone"),
    ("saphyr_parser", &["yaml"], "YAML is read in `yaml` alone"),
    ("serde_yaml", &["yaml"], "YAML is written in `yaml` alone"),
    ("similar", &["cmd/fmt/diff"], "texts are compared in `cmd/fmt/diff` alone"),
    ("tera", &["site/theme"], "templates are rendered in `site/theme` alone"),
    ("pulldown_cmark", &["site/markdown"], "Markdown is rendered in `site/markdown` alone"),
    ("minify_html", &["site/minify"], "pages are shrunk in `site/minify` alone"),
    ("x509_parser", &["smime"], "certificates are read in `smime` alone"),
    ("flate2", &["site/compress"], "files are compressed in `site/compress` alone"),
    ("brotli::", &["site/compress"], "files are compressed in `site/compress` alone"),
    ("cssparser", &["site/assets/style"], "style sheets are read in `site/assets/style` alone"),
    ("html5gum", &["site/links"], "HTML is read in `site/links` alone"),
    ("sha1", &["site/encoding"], "SHA-1 is for the Web Key Directory alone: computed in `site/encoding`"),
    ("data_encoding", &["site/encoding"], "keys are written as text in `site/encoding` alone"),
    ("calcard", &["site/formats/vcard", "site/formats/icalendar"], "cards and calendars are written in `site/formats` alone"),
    ("atom_syndication", &["site/formats/atom"], "feeds are written in `site/formats/atom` alone"),
    ("quick_xml", &["site/formats/sitemap"], "other XML is written in `site/formats/sitemap` alone"),
    ("uuid::", &["assess/identity"], "UUIDs are made in `assess/identity` alone"),
    ("notify", &["serve/watch"], "files are watched in `serve/watch` alone"),
    ("tokio", &["serve/http"], "the web server is in `serve/http` alone"),
    ("hyper", &["serve/http"], "the web server is in `serve/http` alone"),
    ("hyper_util", &["serve/http"], "the web server is in `serve/http` alone"),
    ("http_body_util", &["serve/http"], "the web server is in `serve/http` alone"),
    ("mime_guess", &["serve/http"], "the web server is in `serve/http` alone"),
    ("percent_encoding", &["serve/http"], "the web server is in `serve/http` alone"),
    ("ctrlc", &["cmd/diff/revision"], "signals are taken in `cmd/diff/revision` alone"),
    ("keshvar", &["model/country"], "countries are known in `model/country` alone"),
    ("chrono_tz", &["model/contact"], "time zones are known in `model/contact` alone"),
    ("pgp", &["openpgp"], "OpenPGP is read in `openpgp` alone"),
    ("minisign_verify", &["output/signature"], "signatures of minisign are read in `output/signature` alone"),
    ("rand", &["openpgp", "seal"], "random numbers are for what is encrypted or signed alone: a build is reproducible"),
    ("encrypt(", &["openpgp", "seal"], "messages are made in `seal` alone"),
    ("told_to", &["seal", "model/confidential"], "what is for some teams is seen by `seal` alone"),
    ("num_bigint", &["openpgp/ecdsa", "openpgp/rsa"], "numbers of any size are for what checks signatures alone"),
    ("look_inside", &["disclosure", "model/confidential"], "what is confidential is seen by `disclosure` alone"),
    ("PrivateDirectory", &["load", "check", "disclosure", "seal", "cmd"], "no page sees the private tree"),
    ("SystemTime", &["cmd"], "there is one clock: hand `today` in from the command"),
    ("Instant", &["cmd"], "there is one clock: measure in the command"),
    ("Utc::now", &["cmd"], "there is one clock: hand `today` in from the command"),
    ("Local::now", &["cmd"], "there is one clock: hand `today` in from the command"),
    ("env::var", &["cmd"], "the environment is read in `cmd` alone: hand the value in"),
    ("env::var_os", &["cmd"], "the environment is read in `cmd` alone: hand the value in"),
    ("env::vars", &["cmd"], "the environment is read in `cmd` alone: hand the value in"),
];

/// What shipped code does without, and what to do instead.
pub(crate) const BANNED: &[(&str, &str)] = &[
    ("todo!", "write it, or leave it out"),
    ("unimplemented!", "write it, or leave it out"),
    ("dbg!", "remove it"),
    (".unwrap()", "say what happens otherwise: `?`, `unwrap_or…`, or a `let … else`"),
    (".expect(", "say what happens otherwise: `?`, `unwrap_or…`, or a `let … else`"),
];

/// Words that are written nowhere in `src`. None yet.
pub(crate) const FORBIDDEN: &[&str] = &[];

/// The longest file, in lines.
pub(crate) const LONGEST_FILE: usize = 400;

/// The longest function, in lines.
pub(crate) const LONGEST_FUNCTION: usize = 60;

/// The lines (from 1) on which `needle` stands as a name of its own.
fn lines_with(text: &str, needle: &str) -> Vec<usize> {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let ends_in_name = part(needle.chars().next_back());
    let begins_with_name = part(needle.chars().next());
    text.match_indices(needle)
        .filter(|(at, _)| !(begins_with_name && part(text[..*at].chars().next_back())))
        .filter(|(at, _)| !(ends_in_name && part(text[at + needle.len()..].chars().next())))
        .map(|(at, _)| text[..at].matches('\n').count() + 1)
        .collect()
}

/// Names outside the part of the crate that keeps them.
pub(crate) fn strays(source: &Source) -> Vec<String> {
    let inside = |home: &&str| source.path == format!("{home}.rs") || source.path.starts_with(&format!("{home}/"));
    let kept = KEPT.iter().filter(|(_, homes, _)| !homes.iter().any(&inside));
    kept.flat_map(|(name, _, why)| {
        lines_with(&source.code, name).into_iter().map(move |line| format!("src/{}:{line}: `{name}`: {why}", source.path))
    })
    .collect()
}

/// What shipped code does without.
pub(crate) fn banned(source: &Source) -> Vec<String> {
    let shipped = source.shipped();
    let of_shipped = BANNED
        .iter()
        .flat_map(|(name, cure)| lines_with(&shipped, name).into_iter().map(move |line| (line, format!("`{name}`: {cure}"))));
    let skipped =
        lines_with(&source.code, "#[ignore").into_iter().map(|line| (line, "a test that is skipped protects nothing".to_owned()));
    let words = FORBIDDEN.iter().flat_map(|word| {
        lines_with(&source.text, word).into_iter().map(move |line| (line, format!("the word `{word}`: choose another")))
    });
    of_shipped.chain(skipped).chain(words).map(|(line, what)| format!("src/{}:{line}: {what}", source.path)).collect()
}

/// Files and functions that are too long, and files that do not say what they are.
pub(crate) fn shape(source: &Source) -> Vec<String> {
    let path = &source.path;
    let mut found = Vec::new();
    let lines = source.text.lines().count();
    if lines > LONGEST_FILE {
        found.push(format!("src/{path}: {lines} lines, {LONGEST_FILE} at most: split it where its subject changes"));
    }
    if !source.text.starts_with("//! ") {
        found.push(format!("src/{path}:1: begin the file with `//!` and a sentence that says what it is"));
    }
    // A test may be a long table.
    let functions = functions(&source.shipped()).into_iter().filter(|(_, length)| *length > LONGEST_FUNCTION);
    found.extend(functions.map(|(line, length)| {
        format!("src/{path}:{line}: a function of {length} lines, {LONGEST_FUNCTION} at most: give its parts names of their own")
    }));
    found
}

/// The line of each function and how many lines it has; rustfmt puts the closing brace below the `fn`.
fn functions(code: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let begins = |line: &str| !lines_with(line, "fn").is_empty() && !line.trim_end().ends_with([';', '}']);
    let starts = lines.iter().enumerate().filter(|(_, line)| begins(line));
    starts
        .filter_map(|(at, line)| {
            let end = lines[at..].iter().position(|l| l.trim() == "}" && indent(l) == indent(line))?;
            Some((at + 1, end + 1))
        })
        .collect()
}
