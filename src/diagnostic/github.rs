//! Findings as workflow commands, which GitHub shows as annotations beside the lines of a pull request.
//!
//! GitHub shows at most ten errors and ten warnings of a step, so errors come first and what is beyond is for the summary
//! of the step. A line of a log that begins with `::`, or holds `##[`, is a command to GitHub: none is made of what a
//! stranger wrote.

use super::short;
use super::text::visible;
use super::{Count, Finding, Severity};
use std::fmt::Write;

/// How many errors, and how many warnings, GitHub shows of one step.
const SHOWN: usize = 10;

/// How large the summary of a step may be, in bytes, with some room for what GitHub counts otherwise.
const LARGEST_SUMMARY: usize = 1_000_000;

/// Findings as GitHub is told them.
pub struct Github<'a> {
    /// The workflow commands, errors first, each on a line of its own.
    pub commands: String,
    /// What GitHub would not show, errors first.
    pub beyond: Vec<&'a Finding>,
}

/// The text for the summary of a step.
pub struct Summary {
    /// Markdown, to be written behind what stands there.
    pub text: String,
    /// How many of the findings it holds, from the first.
    pub held: usize,
}

/// The findings as workflow commands, as far as GitHub shows them.
pub fn to_github<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Github<'a> {
    let (errors, warnings): (Vec<_>, Vec<_>) = findings.into_iter().partition(|finding| finding.is_error());
    let mut github = Github { commands: String::new(), beyond: Vec::new() };
    for of_one_kind in [errors, warnings] {
        for (at, finding) in of_one_kind.into_iter().enumerate() {
            if at < SHOWN {
                github.commands.push_str(&command(finding));
                github.commands.push('\n');
            } else {
                github.beyond.push(finding);
            }
        }
    }
    github
}

impl Github<'_> {
    /// What is beyond the limit as a part of the step's summary, of which `used` bytes are written already. Nothing where
    /// there is nothing to tell, or no room.
    pub fn summary(&self, used: usize) -> Summary {
        let errors = self.beyond.iter().filter(|finding| finding.rule.severity() == Severity::Error).count();
        let (errors, warnings) = (Count(errors, "error"), Count(self.beyond.len() - errors, "warning"));
        let head = format!("\n### Peerage: {errors} and {warnings} besides those that are shown beside the files\n\n<pre>\n");
        let tail = "</pre>\n";
        let room = LARGEST_SUMMARY.saturating_sub(used + head.len() + tail.len());
        let mut lines = String::new();
        let mut held = 0;
        for finding in &self.beyond {
            let line = html(&short::line(finding));
            if lines.len() + line.len() + 1 > room {
                break;
            }
            lines.push_str(&line);
            lines.push('\n');
            held += 1;
        }
        let text = if held == 0 { String::new() } else { head + &lines + tail };
        Summary { text, held }
    }

    /// What is beyond the limit from the finding with the number `from` on, as lines of a log that are no commands.
    pub fn log(&self, from: usize) -> String {
        self.beyond.iter().skip(from).map(|finding| harmless(&short::line(finding)) + "\n").collect()
    }
}

/// One finding as a workflow command. Columns are told only where the end is on the same line, as GitHub asks.
fn command(finding: &Finding) -> String {
    let span = finding.place.span;
    let end = span.end.max(span.start);
    let mut properties =
        format!("file={},line={},endLine={}", property(&visible(&finding.place.file)), span.start.line, end.line);
    // To write into a text does not fail.
    if end.line == span.start.line {
        write!(properties, ",col={},endColumn={}", span.start.column, end.column).ok();
    }
    let mut message = format!("{}\n{}", visible(&finding.message), visible(&finding.help));
    for (place, words) in &finding.also {
        write!(message, "\n{}: {}", visible(words), short::at(place)).ok();
    }
    let (severity, rule) = (finding.rule.severity().word(), finding.rule.id());
    format!("::{severity} {properties},title={rule}::{}", data(&message))
}

/// The text of a command: what would end its line, and the sign of the escapes, are escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property of a command: also what would end it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A line of the log that GitHub does not take for a command, in neither of the two forms.
fn harmless(line: &str) -> String {
    let line = line.replace("##[", "## [");
    if line.trim_start().starts_with("::") { format!("| {line}") } else { line }
}

/// A text inside an HTML element that is shown as it is.
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::super::{Place, Pos, Rule, Span};
    use super::*;

    fn finding(rule: Rule, file: &str, message: &str) -> Finding {
        let span = Span::new(Pos { line: 2, column: 1 }, Pos { line: 2, column: 7 });
        Finding::new(rule, Place { file: file.into(), span }, message, "mend it: 100%")
    }

    #[test]
    fn a_command_escapes_what_would_end_it() {
        let wrong = finding(Rule::UnknownKey, "content/a,b:c%.yaml", "`x::y%0A, z` is\n::error::no key");
        assert_eq!(
            to_github([&wrong]).commands,
            "::error file=content/a%2Cb%3Ac%25.yaml,line=2,endLine=2,col=1,endColumn=7,title=unknown-key::\
             `x::y%250A, z` is\u{fffd}::error::no key%0Amend it: 100%25\n"
        );
    }

    #[test]
    fn columns_are_left_out_where_the_end_is_on_another_line() {
        let mut wrong = finding(Rule::UnknownKey, "a", "b");
        wrong.place.span.end = Pos { line: 4, column: 1 };
        assert!(to_github([&wrong]).commands.starts_with("::error file=a,line=2,endLine=4,title=unknown-key::"));
    }

    #[test]
    fn errors_come_first_and_the_rest_goes_to_the_summary() {
        let warnings = (0..30).map(|n| finding(Rule::CountryAlias, "a.yaml", &format!("warning {n}")));
        let errors = (0..12).map(|n| finding(Rule::UnknownKey, "b.yaml", &format!("</pre><b>error {n} & more")));
        let all: Vec<_> = warnings.chain(errors).collect();
        let github = to_github(&all);
        let lines: Vec<&str> = github.commands.lines().collect();
        assert_eq!((lines.len(), github.beyond.len()), (20, 22));
        assert!(lines[..10].iter().all(|line| line.starts_with("::error ")), "{lines:?}");
        assert!(lines[10..].iter().all(|line| line.starts_with("::warning ")), "{lines:?}");
        let Summary { text, held } = github.summary(0);
        assert_eq!(held, 22);
        assert!(text.starts_with("\n### Peerage: 2 errors and 20 warnings besides"), "{text}");
        assert!(text.contains("&lt;/pre&gt;&lt;b&gt;error 10 &amp; more") && text.matches("</pre>").count() == 1, "{text}");
        assert_eq!(github.log(20).lines().count(), 2);
    }

    #[test]
    fn the_summary_keeps_its_size_and_the_log_has_the_rest() {
        let all: Vec<_> = (0..30_000).map(|n| finding(Rule::CountryAlias, "a.yaml", &format!("warning {n}"))).collect();
        let github = to_github(&all);
        let Summary { text, held } = github.summary(400_000);
        assert!(text.len() <= 600_000 && text.len() > 590_000 && text.ends_with("</pre>\n"), "{}", text.len());
        assert_eq!(github.log(held).lines().count() + held + 10, 30_000);
        assert_eq!(github.summary(2_000_000).held, 0);
        assert!(github.summary(2_000_000).text.is_empty());
    }

    #[test]
    fn no_line_of_the_log_is_a_command() {
        let mut all: Vec<_> = (0..10).map(|_| finding(Rule::UnknownKey, "a", "b")).collect();
        all.push(finding(Rule::UnknownKey, "::stop-commands::a", "##[add-mask]e"));
        let log = to_github(&all).log(0);
        assert_eq!(log, "| ::stop-commands::a:2:1: error[unknown-key]: ## [add-mask]e; mend it: 100%\n");
    }
}
