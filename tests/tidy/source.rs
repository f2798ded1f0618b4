//! Rust text as the tidy rules see it: without comments, without what stands in quotes, and with its tests known.

/// A file of `src` and its text.
pub(crate) struct Source {
    /// Its path below `src`, with `/` between the parts.
    pub(crate) path: String,
    /// Everything.
    pub(crate) text: String,
    /// The code: comments and literals are blank, line breaks are kept.
    pub(crate) code: String,
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned(), code: code(text) }
    }

    /// The module path: `load/mod.rs` is `[load]`, `load/raw.rs` is `[load, raw]`, `lib.rs` is `[]`.
    pub(crate) fn module(&self) -> Vec<&str> {
        let stem = self.path.strip_suffix(".rs").unwrap_or(&self.path);
        let stem = stem.strip_suffix("/mod").unwrap_or(stem);
        if stem == "lib" { Vec::new() } else { stem.split('/').collect() }
    }

    /// The code without what is compiled for tests only; line breaks are kept.
    pub(crate) fn shipped(&self) -> String {
        if self.path.ends_with("/tests.rs") || self.path.contains("/tests/") {
            return "\n".repeat(self.code.matches('\n').count());
        }
        let mut shipped = self.code.clone();
        while let Some(start) = shipped.find("#[cfg(test)]") {
            let end = start + item_length(&shipped[start..]);
            let lines = "\n".repeat(shipped[start..end].matches('\n').count());
            shipped.replace_range(start..end, &lines);
        }
        shipped
    }

    /// Whether the code at `line` (from 0) is compiled for tests only.
    pub(crate) fn is_test_line(&self, line: usize) -> bool {
        let blank = |code: &str| code.lines().nth(line).is_none_or(|line| line.trim().is_empty());
        blank(&self.shipped()) && !blank(&self.code)
    }
}

/// How long the item at the beginning of `code` is: up to its semicolon or the brace that closes it.
fn item_length(code: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in code.char_indices() {
        match c {
            ';' if depth == 0 => return at + 1,
            '{' => depth += 1,
            '}' if depth <= 1 => return at + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}

/// `text` with blanks in place of comments and of what stands in string and character literals.
pub(crate) fn code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = comment(rest).or_else(|| literal(rest)).unwrap_or(0);
        if length == 0 {
            let word = rest.len() - rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').len();
            let plain = word.max(c.len_utf8());
            code.push_str(&rest[..plain]);
            rest = &rest[plain..];
        } else {
            code.extend(rest[..length].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            rest = &rest[length..];
        }
    }
    code
}

fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    rest.starts_with("/*").then(|| rest.find("*/").map_or(rest.len(), |at| at + 2))
}

fn literal(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('b').or_else(|| rest.strip_prefix('c')).unwrap_or(rest);
    let prefix = rest.len() - body.len();
    if let Some(raw) = body.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let close = format!("\"{}", "#".repeat(hashes));
            let from = hashes + 1;
            let end = raw[from..].find(&close).map_or(raw.len(), |at| from + at + close.len());
            return Some(prefix + 1 + end);
        }
        return None;
    }
    match body.chars().next()? {
        '"' => Some(prefix + quoted(body, '"')),
        // A lifetime (`'a`) has no second quote where a character would have it.
        '\'' if body[1..].starts_with('\\') || body.chars().nth(2) == Some('\'') => Some(prefix + quoted(body, '\'')),
        _ => None,
    }
}

/// The length of the literal that `text` begins with.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}
