//! From the tree to values, reporting every mistake on the way.

use super::hint::COLON;
use super::parse::{Key, Kind, Node, parse_all};
use crate::diagnostic::{Finding, Place, Pos, Problem, Rule, Span, Spanned, closest, hide_scores, quoted_list, shorten};
use std::str::FromStr;
use std::sync::Arc;

/// Collects what is found while a file is read, and knows the file's name.
#[derive(Debug)]
pub struct Reader {
    file: Arc<str>,
    confidential: bool,
    /// Keys of what is confidential, which has no place in this file.
    misplaced: &'static [&'static str],
    findings: Vec<Finding>,
    /// The keys of the document, each with where it begins, in the order of the file.
    keys: Vec<(Box<str>, Pos)>,
}

/// A value that can be read from a node. `None` means that it could not, and that the reader was told why.
pub trait Read: Sized {
    /// Reads the value, telling `reader` what is wrong with it.
    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self>;
}

impl Reader {
    /// A reader for `file`, its path as findings show it.
    pub fn new(file: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), confidential: false, misplaced: &[], findings: Vec::new(), keys: Vec::new() }
    }

    /// The same reader for a public file in which nothing stands under these `keys`, for it would be confidential.
    #[must_use]
    pub fn without(self, keys: &'static [&'static str]) -> Self {
        Self { misplaced: keys, ..self }
    }

    /// A reader whose findings never show a source line, for files of the private tree.
    pub fn confidential(file: impl Into<Arc<str>>) -> Self {
        Self { confidential: true, ..Self::new(file) }
    }

    /// Reads the whole text of the file; `None` where there was nothing that could be read.
    pub fn document<T: Read>(&mut self, text: &str) -> Option<T> {
        match self.tree(text) {
            Some(Node { kind: Kind::Null, .. }) | None if self.findings.is_empty() => {
                self.report(
                    Problem::new(
                        Rule::EmptyValue,
                        "the file is empty",
                        "put back what stood in it; a file that is not needed is deleted",
                    ),
                    Span::default(),
                );
                None
            }
            Some(node) => {
                if let Kind::Mapping(entries) = &node.kind {
                    self.keys = entries.iter().map(|(key, _)| (Box::from(&*key.text), key.span.start)).collect();
                }
                T::read(&node, self)
            }
            None => None,
        }
    }

    /// Whether up to now an error was found in what stands under `key` of the document, or under one that was most likely meant
    /// to be it. What is not there then may well be written there.
    pub fn is_unread(&self, key: &str) -> bool {
        self.findings.iter().filter(|finding| finding.is_error()).any(|finding| {
            let start = finding.place.span.start;
            let at = self.keys.partition_point(|(_, begin)| *begin <= start);
            let meant = finding.rule == Rule::UnknownKey && finding.replacement.as_deref() == Some(key);
            at.checked_sub(1).is_some_and(|at| {
                let (name, begin) = &self.keys[at];
                before_colon(name) == key || (meant && *begin == start)
            })
        })
    }

    /// Whether `text` is YAML, and such that it is read here. What it says is not asked.
    pub fn is_readable(&mut self, text: &str) -> bool {
        let before = self.findings.len();
        self.tree(text);
        self.findings.len() == before
    }

    fn tree<'t>(&mut self, text: &'t str) -> Option<Node<'t>> {
        let parsed = parse_all(text);
        for (problem, span, first) in parsed.problems {
            let mut finding = problem.at(self.place(span));
            if let Some((span, words)) = first {
                finding = finding.and(self.place(span), words);
            }
            self.push(finding);
        }
        parsed.value
    }

    /// Whether this is a file of the private tree.
    pub fn is_confidential(&self) -> bool {
        self.confidential
    }

    /// A span of this file.
    pub fn place(&self, span: Span) -> Place {
        Place::new(&self.file, span)
    }

    /// Adds a problem at its span.
    pub fn report(&mut self, problem: Problem, span: Span) {
        let finding = problem.at(self.place(span));
        self.push(finding);
    }

    /// Adds a finding. Of a confidential file it repeats nothing.
    pub fn push(&mut self, mut finding: Finding) {
        if self.confidential && quotes_the_file(finding.rule) {
            finding.message = format!("this rule is broken here: {}", finding.rule.doc().trim_end_matches('.')).into();
            finding.help = "look at the file itself: what is confidential is not repeated".into();
        }
        finding.confidential |= self.confidential;
        finding.message = hide_scores(&finding.message).into();
        self.findings.push(finding);
    }

    /// Whether anything was found up to now.
    pub fn has_findings(&self) -> bool {
        !self.findings.is_empty()
    }

    /// Everything that was found.
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// The fields of a mapping with the keys `known`, of which `required` must be there. `what` names it for people.
    pub fn fields<'n, 't>(
        &mut self,
        node: &'n Node<'t>,
        what: &str,
        known: &[&'n str],
        required: &'n [&'n str],
    ) -> Option<Fields<'n, 't>> {
        let Kind::Mapping(entries) = &node.kind else {
            self.wrong_type(
                node,
                &format!("{what} is a mapping with keys such as {}", quoted_list(known.iter().copied().take(3))),
            );
            return None;
        };
        // A misspelt key is one mistake, not two: what it was meant to be is not missing.
        let mut meant = Vec::new();
        for (key, value) in entries.iter().filter(|(key, _)| !known.contains(&&*key.text)) {
            let is_written = |name: &str| entries.iter().any(|(key, _)| key.text == name);
            let has_no_value = value.kind == Kind::Null;
            meant.extend(self.unknown_key(key, has_no_value, what, known, is_written));
        }
        let is_there = |name: &str| meant.contains(&name) || entries.iter().any(|(key, _)| key.text == name);
        for name in required.iter().filter(|name| !is_there(name)) {
            let problem =
                Problem::new(Rule::MissingKey, format!("{what} needs the key `{name}`"), format!("add `{name}:` and its value"));
            self.report(problem, first_line(node.span));
        }
        Some(Fields { entries, meant, required })
    }

    /// Reports a key that is not one of `known`, and says which it was most likely meant to be. What is written already is
    /// not to be written again. Where there is no value, it may have run on into the key, as `{level:listed}` does.
    fn unknown_key<'k>(
        &mut self,
        key: &Key<'_>,
        has_no_value: bool,
        what: &str,
        known: &[&'k str],
        is_written: impl Fn(&str) -> bool,
    ) -> Option<&'k str> {
        let name = before_colon(&key.text);
        if self.misplaced.contains(&name) {
            let message = format!("what stands under `{name}` is confidential, and this file is public");
            let help =
                "move it into the private tree, which is not in this repository, and remove it from the repository's history";
            self.report(Problem::new(Rule::ConfidentialFact, message, help).confidential(), key.span);
            return None;
        }
        let head = known.iter().copied().find(|known| has_no_value && *known == name);
        let meant = head.or_else(|| closest(&key.text, known.iter().copied()));
        let help = match meant {
            _ if head.is_some() => COLON.to_owned(),
            Some(meant) if is_written(meant) => format!("did you mean `{meant}`? That stands here already: keep one of the two"),
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("the keys are {}", quoted_list(known.iter().copied())),
        };
        let shown = shorten(&key.text);
        let problem = Problem::new(Rule::UnknownKey, format!("`{shown}` is not a key of {what}"), help);
        self.report(problem.or_rather(meant.filter(|meant| head.is_none() && !is_written(meant))), key.span);
        meant
    }

    /// Reports that `node` is of another kind than `expected` says.
    pub fn wrong_type(&mut self, node: &Node<'_>, expected: &str) {
        let (rule, message) = match &node.kind {
            Kind::Null => (Rule::EmptyValue, "there is no value here".to_owned()),
            Kind::Text(text) if text.starts_with("-----BEGIN ") => (Rule::WrongType, "a key stands here".to_owned()),
            Kind::Text(_) => (Rule::WrongType, "a text stands here".to_owned()),
            Kind::List(_) => (Rule::WrongType, "a list stands here".to_owned()),
            Kind::Mapping(_) => (Rule::WrongType, "a mapping stands here".to_owned()),
        };
        let help = match node.kind {
            Kind::Null => format!("{expected}; leave the key out where there is nothing to say"),
            Kind::Text(ref text) if text.starts_with("-----BEGIN ") => {
                "put it into a file of its own beside this one, called like it but .asc (a certificate: .pem); here stands its \
                 fingerprint, or nothing"
                    .to_owned()
            }
            _ => expected.to_owned(),
        };
        self.report(Problem::new(rule, message, help), first_line(node.span));
    }
}

/// A key, without the value that runs into it where no blank stands behind its colon.
fn before_colon(key: &str) -> &str {
    key.split_once(':').map_or(key, |(name, _)| name)
}

/// The fields of a mapping, by key.
#[derive(Debug, Clone)]
pub struct Fields<'n, 't> {
    entries: &'n [(Key<'t>, Node<'t>)],
    /// What keys that are not known were most likely meant to be.
    meant: Vec<&'n str>,
    /// The keys that must be there.
    required: &'n [&'n str],
}

impl<'n, 't> Fields<'n, 't> {
    /// The value of `key`, if it is there.
    pub fn node(&self, key: &str) -> Option<&'n Node<'t>> {
        self.entries.iter().find(|(k, _)| k.text == key).map(|(_, node)| node)
    }

    /// Reads the value of `key`, if it is there.
    pub fn read<T: Read>(&self, key: &str, reader: &mut Reader) -> Option<T> {
        let node = self.node(key)?;
        if node.kind == Kind::Null {
            let entry = self.entries.iter().find(|(k, _)| k.text == key);
            let span = entry.map_or(node.span, |(k, _)| k.span);
            let help = if self.required.contains(&key) { "write a value" } else { "write a value, or remove the key" };
            reader.report(Problem::new(Rule::EmptyValue, format!("the key `{key}` has no value"), help), span);
            return None;
        }
        T::read(node, reader)
    }

    /// Tries to read the value of `key`.
    pub fn try_read<T: Read>(&self, key: &str, reader: &mut Reader) -> Tried<T> {
        match (self.node(key), self.read(key, reader)) {
            (None, _) if !self.meant.contains(&key) => Tried::Absent,
            (_, None) => Tried::Failed,
            (_, Some(value)) => Tried::Value(value),
        }
    }
}

/// What came of a field, where it matters whether there was one that could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried<T> {
    /// There is no such key.
    Absent,
    /// There is one; what is wrong with it was reported.
    Failed,
    /// Its value.
    Value(T),
}

impl<T: FromStr<Err = Problem>> Read for Spanned<T> {
    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        let Kind::Text(text) = &node.kind else {
            let expected = match &node.kind {
                // What ends in a colon is a key to YAML: an address of IPv6 does.
                Kind::Mapping(entries) if matches!(&entries[..], [(_, Node { kind: Kind::Null, .. })]) => {
                    "write what ends in a colon between quotes: `\"2001:db8::\"`"
                }
                _ => "a single value is expected, not a list or a mapping",
            };
            reader.wrong_type(node, expected);
            return None;
        };
        match text.parse() {
            Ok(value) => Some(Self::new(value, node.span)),
            Err(problem) => {
                reader.report(problem, node.span);
                None
            }
        }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        let Kind::List(items) = &node.kind else {
            reader.wrong_type(
                node,
                "a list is expected: put each value on a line of its own after `- `, or all between `[` and `]`",
            );
            return None;
        };
        // As large as it gets: most lists have one or two values, and stay in memory as long as the directory.
        let mut read = Self::with_capacity(items.len());
        read.extend(items.iter().filter_map(|item| T::read(item, reader)));
        Some(read)
    }
}

/// How many values most lists have at most: what people write by hand.
pub const FEW: usize = 50;

/// How many values the longest lists have at most, such as those of domains.
pub const MANY: usize = 10_000;

/// A list of at most `MAX` values: what each of them costs later is then bounded too.
#[derive(Debug)]
pub struct AtMost<const MAX: usize, T>(pub Vec<T>);

impl<const MAX: usize, T> Default for AtMost<MAX, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<const MAX: usize, T: Read> Read for AtMost<MAX, T> {
    fn read(node: &Node<'_>, reader: &mut Reader) -> Option<Self> {
        if let Kind::List(items) = &node.kind
            && items.len() > MAX
        {
            let message = format!("the list has {} values", items.len());
            let help = format!("no list here has more than {MAX}: remove what does not belong into it");
            reader.report(Problem::new(Rule::ListTooLong, message, help), first_line(node.span));
            return None;
        }
        Vec::read(node, reader).map(Self)
    }
}

/// Whether findings of this rule may say what stands in the file. The others speak of our own keys only.
fn quotes_the_file(rule: Rule) -> bool {
    !matches!(
        rule,
        Rule::MissingKey
            | Rule::EmptyValue
            | Rule::WrongType
            | Rule::InvalidScore
            | Rule::LevelOrState
            | Rule::ConfidentialScores
    )
}

/// Where a person looks: a list or mapping spans many lines, or none at all in the parser's eyes; a person looks at where it begins.
pub fn first_line(span: Span) -> Span {
    if span.start.line == span.end.line && span.start.column < span.end.column {
        span
    } else {
        Span::point(span.start.line, span.start.column)
    }
}
