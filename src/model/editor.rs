//! Who may change an entry, as GitHub and GitLab know people.

use super::checked::checked;
use super::{EmailAddress, schema};
use crate::diagnostic::{Problem, Rule, shorten};

/// The longest handle, as GitLab allows it; GitHub allows less.
const LONGEST: usize = 255;

/// The most parts of a path: GitLab's groups lie in each other, 20 deep.
const DEEPEST: usize = 21;

checked! {
    /// Who may change an entry: `@handle`, `@organisation/team`, or a bare e-mail address. It consists of ASCII characters
    /// without blanks, `#` and `\`, so that it stands in a line of CODEOWNERS as it is.
    Editor, check, schema::editor();
}

fn check(text: &str) -> Result<Box<str>, Problem> {
    let fits = match text.strip_prefix('@') {
        Some(path) => path.len() <= LONGEST && path.split('/').count() <= DEEPEST && path.split('/').all(is_name),
        None => text.is_ascii() && !text.contains(['#', '\\']) && text.parse::<EmailAddress>().is_ok(),
    };
    if fits {
        return Ok(text.into());
    }
    let help = "write whom the forge knows, in quotes: \"@handle\", \"@organisation/team\", or the e-mail address of an account";
    Err(Problem::new(Rule::InvalidEditor, format!("`{}` does not name an editor", shorten(text)), help))
}

impl Editor {
    /// The account as it is compared: forges know it whatever the case.
    pub fn account(&self) -> String {
        self.as_str().to_ascii_lowercase()
    }
}

/// A part of a handle: letters, digits and `_ - .`, of which the first is a letter, a digit or `_`.
fn is_name(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_is_whom_a_forge_knows() {
        for good in ["@alice", "@alpha-network/cert", "@a/b/c/d", "@_a", "@a.b", "cert@alpha.example", "a+b@alpha.example"] {
            assert_eq!(good.parse::<Editor>().map(|editor| editor.to_string()), Ok(good.to_owned()));
        }
    }

    #[test]
    fn what_would_be_something_else_in_a_line_of_codeowners_is_refused() {
        let long = format!("@{}", "x".repeat(256));
        for bad in [
            "",
            "@",
            "alice",
            "@@developer",
            "@alice @bob",
            "@a/",
            "@/a",
            "@a//b",
            "@-a",
            "@a\n* @b",
            "@a#b",
            "@ä",
            "@a\\b",
            "#@a",
            "a#b@alpha.example",
            "a b@alpha.example",
            "Alice <a@alpha.example>",
            "!a",
            "[a]",
            "@a/*",
            &long,
            &format!("@a{}", "/b".repeat(21)),
        ] {
            assert_eq!(bad.parse::<Editor>().map_err(|problem| problem.rule), Err(Rule::InvalidEditor), "{bad}");
        }
    }
}
