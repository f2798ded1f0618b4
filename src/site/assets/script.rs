//! Scripts without the lines that only their authors read: comments, blank lines, and what lines are indented by.
//!
//! This is no reader of JavaScript, and need not be: where every text and every comment that begins on a line ends on it,
//! whatever stands first on a line is code. A script for which that cannot be seen is left as it is.

/// The script in short; `None` where it is left as it is.
pub(super) fn shorten(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    if !text.lines().all(ends_in_code) {
        return None;
    }
    let lines = text.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//") && !is_comment(line));
    Some(lines.flat_map(|line| [line, "\n"]).collect::<String>().into_bytes())
}

/// Whether the next line begins with code, if this one does. A line with an odd number of backquotes may leave a text open, and a
/// backslash at the end may carry one on.
fn ends_in_code(line: &str) -> bool {
    line.matches('`').count().is_multiple_of(2)
        && line.matches("/*").count() == line.matches("*/").count()
        && !line.ends_with('\\')
}

/// Whether the whole line is one comment, as `/** … */` before what it is about.
fn is_comment(line: &str) -> bool {
    line.strip_prefix("/*").is_some_and(|rest| rest.find("*/").is_some_and(|at| at + 2 == rest.trim_end().len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_for_authors_is_left_out() {
        let script =
            "\"use strict\";\n// Why.\n{\n  /** What. */\n  const a = `x // y`; // kept\n\n  /* two */ b(); /* c */\n}\n";
        let short = "\"use strict\";\n{\nconst a = `x // y`; // kept\n/* two */ b(); /* c */\n}\n";
        assert_eq!(shorten(script.as_bytes()).as_deref(), Some(short.as_bytes()));
    }

    #[test]
    fn every_script_of_ours_gets_shorter() {
        for (path, bytes) in crate::site::default_theme::FILES.iter().filter(|(path, _)| path.ends_with(".js")) {
            assert!(shorten(bytes).is_some_and(|short| short.len() < bytes.len()), "{path} is left as it is");
        }
    }

    #[test]
    fn what_may_be_text_is_left_as_it_is() {
        for script in ["const a = `\n// text\n`;", "/*\n// a\n*/ b()", "const a = \"\\\n// text\";"] {
            assert_eq!(shorten(script.as_bytes()), None, "{script}");
        }
        assert_eq!(shorten(b"\xff"), None);
    }
}
