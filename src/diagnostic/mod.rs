//! Findings: what is wrong in which file, where, and how to mend it, and the forms in which they are shown.
//!
//! A finding is data. Phases make findings and go on; only a command decides what they mean for its exit code. This
//! module imports nothing of ours. It reads no files: who shows findings says where the source text comes from.

mod baseline;
mod fingerprint;
mod github;
mod gitlab;
mod human;
mod json;
mod markdown;
mod mask;
mod place;
mod rdjson;
mod rule;
mod sarif;
mod short;
mod source;
mod text;

pub use baseline::{Baseline, Held};
pub use fingerprint::{Identified, identify};
pub use github::{Github, Summary, to_github};
pub use gitlab::to_gitlab;
pub use human::Human;
pub use json::to_json;
pub use markdown::to_code;
pub use mask::values as hide_scores;
pub use place::{Place, Pos, Span, Spanned, path_below};
pub use rdjson::to_rdjson;
pub use rule::{Rule, Severity};
pub use sarif::to_sarif;
pub use short::to_short;
pub use source::Sources;
pub use text::{Count, closest, closest_within, hex, hides, in_sight, misleads, quoted_list, shorten};

use std::borrow::Cow;
use std::cmp::Ordering;
use text::visible;

/// What is wrong with a value, before it is known where the value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The rule that is broken.
    pub rule: Rule,
    /// One sentence without a full stop: what is wrong.
    pub message: String,
    /// What was expected and how to mend it.
    pub help: Cow<'static, str>,
    /// The value may be a secret: its source line must not be shown.
    pub confidential: bool,
    /// What may be written in place of the value: with that alone the mistake is most likely mended.
    pub replacement: Option<String>,
}

impl Problem {
    /// A problem with all its parts.
    pub fn new(rule: Rule, message: impl Into<String>, help: impl Into<Cow<'static, str>>) -> Self {
        Self { rule, message: message.into(), help: help.into(), confidential: false, replacement: None }
    }

    /// The same problem with a value that may be a secret; the message does not repeat it.
    #[must_use]
    pub fn confidential(self) -> Self {
        Self { confidential: true, ..self }
    }

    /// The same problem with what may be written in place of the value, if that is known.
    #[must_use]
    pub fn or_rather(self, replacement: Option<impl Into<String>>) -> Self {
        Self { replacement: replacement.map(Into::into), ..self }
    }

    /// The problem at its place.
    pub fn at(self, place: Place) -> Finding {
        let Self { rule, message, help, confidential, replacement } = self;
        // Of a large directory a million may be kept.
        let (message, replacement) = (message.into(), replacement.map(Into::into));
        Finding { rule, place, message, help, also: Vec::new(), confidential, replacement }
    }
}

/// One mistake, or one thing that the operator should know, at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule that is broken; it carries the severity.
    pub rule: Rule,
    /// Where.
    pub place: Place,
    /// One sentence without a full stop: what is wrong.
    pub message: Box<str>,
    /// What was expected and how to mend it.
    pub help: Cow<'static, str>,
    /// Other places that belong to it (the other claim, the first of two keys), each with a few words.
    pub also: Vec<(Place, Cow<'static, str>)>,
    /// The source line must not be shown, for it may hold what is confidential.
    pub confidential: bool,
    /// What may be written in place of what stands at `place`: with that alone the mistake is most likely mended.
    pub replacement: Option<Box<str>>,
}

impl Finding {
    /// A finding at `place`.
    pub fn new(rule: Rule, place: Place, message: impl Into<String>, help: impl Into<Cow<'static, str>>) -> Self {
        Problem::new(rule, message, help).at(place)
    }

    /// The same finding with another place that belongs to it.
    #[must_use]
    pub fn and(mut self, place: Place, words: impl Into<Cow<'static, str>>) -> Self {
        // Most have one.
        self.also.reserve_exact(1);
        self.also.push((place, words.into()));
        self
    }

    /// The same finding with what may be written in its place, if that is known.
    #[must_use]
    pub fn or_rather(self, replacement: Option<impl Into<String>>) -> Self {
        Self { replacement: replacement.map(|text| text.into().into()), ..self }
    }

    /// What mends the mistake when it is put in the place of what stands there: never for what is confidential, or stands on
    /// several lines.
    fn cure(&self) -> Option<&str> {
        let Span { start, end } = self.place.span;
        let is_plain = !self.confidential && start.line == end.line && start.column < end.column;
        self.replacement.as_deref().filter(|_| is_plain)
    }

    /// What is wrong and how to mend it, on one line.
    fn sentence(&self) -> String {
        format!("{}; {}", visible(&self.message), visible(&self.help))
    }

    /// Whether its source line may be shown, and says anything.
    fn shows_its_line(&self) -> bool {
        !self.confidential && !self.rule.is_about_the_file()
    }

    /// Whether it stops a pull request.
    pub fn is_error(&self) -> bool {
        self.rule.severity() == Severity::Error
    }
}

/// Sorts findings by file, line, column and rule, whatever the order in which threads made them, and drops repeats.
pub fn sort(findings: &mut Vec<Finding>) {
    findings.sort_unstable_by(order);
    findings.dedup();
}

/// The order in which findings are shown.
pub fn order(a: &Finding, b: &Finding) -> Ordering {
    (&a.place, a.rule, &a.message).cmp(&(&b.place, b.rule, &b.message)).then_with(|| (&a.also, &a.help).cmp(&(&b.also, &b.help)))
}
