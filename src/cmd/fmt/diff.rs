//! What would change, as a unified diff.

use similar::TextDiff;

/// How many lines are shown around what changes.
const CONTEXT: usize = 3;

/// The difference that makes `before` to `after`, as `patch` and `git apply` take it from the project's folder.
pub(super) fn unified(file: &str, before: &str, after: &str) -> String {
    let file = file.trim_start_matches('/');
    let diff = TextDiff::from_lines(before, after);
    diff.unified_diff().context_radius(CONTEXT).header(&format!("a/{file}"), &format!("b/{file}")).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_unified() {
        let diff = unified("content/teams/a.yaml", "a: 1\nb: 'x'\n", "a: 1\nb: x\n");
        assert_eq!(diff, "--- a/content/teams/a.yaml\n+++ b/content/teams/a.yaml\n@@ -1,2 +1,2 @@\n a: 1\n-b: 'x'\n+b: x\n");
    }
}
