//! From text to a tree with places.

use super::hint::hint;
use crate::diagnostic::{Pos, Problem, Rule, Span, shorten};
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span as ParserSpan};
use std::borrow::Cow;
use std::collections::HashMap;

/// How many bytes a key has at most: one of a thousand characters, and what becomes as long between quotes, is none in YAML any
/// more (1.2.2, section 7.4.2).
const MAX_KEY: usize = 128;

/// How deep values may be nested: far deeper than any entry, far shallower than any stack.
pub const MAX_DEPTH: usize = 32;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node<'t> {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: Kind<'t>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind<'t> {
    /// Nothing: an empty place, `~` or `null` without quotes.
    Null,
    /// A text as written; what it means is up to whoever reads it.
    Text(Cow<'t, str>),
    /// A list.
    List(Vec<Node<'t>>),
    /// A mapping, in the order of the file, without the repeats of a key.
    Mapping(Vec<(Key<'t>, Node<'t>)>),
}

/// A key of a mapping and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key<'t> {
    /// Where it stands.
    pub span: Span,
    /// The key.
    pub text: Cow<'t, str>,
}

/// A problem, where it is, and where else to look.
type Placed = (Problem, Span, Option<(Span, &'static str)>);

/// What came of a text: the value, if there is one, and everything that is wrong with it.
///
/// After a mistake of syntax the parser cannot go on, so a text has one such mistake, or else a value.
#[derive(Debug)]
pub(super) struct Parsed<'t> {
    pub(super) value: Option<Node<'t>>,
    pub(super) problems: Vec<Placed>,
}

/// Reads `text` as one YAML document.
///
/// # Errors
/// The first mistake of syntax, or the first feature that is refused, with its place.
pub fn parse(text: &str) -> Result<Option<Node<'_>>, (Problem, Span)> {
    let mut parsed = parse_all(text);
    if parsed.problems.is_empty() {
        return Ok(parsed.value);
    }
    let (problem, span, _) = parsed.problems.swap_remove(0);
    Err((problem, span))
}

/// Reads `text`; a key that stands twice is reported, and its first value counts.
pub(super) fn parse_all(text: &str) -> Parsed<'_> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut builder = Builder { parser: Parser::new_from_str(text), problems: Vec::new() };
    let value = match builder.document() {
        Ok(value) => value,
        Err(Stop(problem, at)) => {
            let found = (problem.help == LOST).then(|| hint(text, at, &problem.message)).flatten();
            let (at, help) = found.map_or((at, problem.help), |(at, help)| (at, help.into()));
            builder.problems.push((Problem { help, ..problem }, at, None));
            None
        }
    };
    Parsed { value, problems: builder.problems }
}

/// What is said where nobody knows better.
const LOST: &str = "YAML lost its way here: look for a missing quote or bracket, or an indent that differs from its neighbours'";

/// Why the parser cannot go on.
struct Stop(Problem, Span);

impl From<ScanError> for Stop {
    fn from(error: ScanError) -> Self {
        let at = pos(error.marker());
        // The parser meets an alias without its anchor before we see it.
        if error.info().contains("unknown anchor") {
            return alias(Span::point(at.line, at.column));
        }
        // Brackets are counted as they are read, which may be long before they are events.
        if error.info().contains("recursion limit") {
            return too_deep(Span::point(at.line, at.column));
        }
        let message = format!("this is not YAML: {}", error.info());
        // YAML keeps two characters for itself, with which handles and shell words begin.
        let help = if error.info().contains("unexpected character: `@'") || error.info().contains("unexpected character: ``'") {
            "put the text in double quotes: no text without quotes begins with @ or ` in YAML"
        } else {
            LOST
        };
        Self(Problem::new(Rule::YamlSyntax, message, help), Span::point(at.line, at.column))
    }
}

struct Builder<'t> {
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
    problems: Vec<Placed>,
}

impl<'t> Builder<'t> {
    fn next(&mut self) -> Result<(Event<'t>, ParserSpan), Stop> {
        match self.parser.next_event() {
            Some(event) => Ok(event?),
            None => Ok((Event::StreamEnd, ParserSpan::default())),
        }
    }

    fn document(&mut self) -> Result<Option<Node<'t>>, Stop> {
        let mut value = None;
        let mut documents = 0;
        loop {
            let (event, at) = self.next()?;
            match event {
                Event::StreamEnd => return Ok(value),
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        let help = "one file holds one entry: move what follows `---` into a file of its own";
                        return Err(refuse("a second document begins here", help, span(&at)));
                    }
                }
                Event::StreamStart | Event::DocumentEnd | Event::Nothing => {}
                event => value = Some(self.node(event, &at, 0)?),
            }
        }
    }

    fn node(&mut self, event: Event<'t>, at: &ParserSpan, depth: usize) -> Result<Node<'t>, Stop> {
        let here = span(at);
        if depth > MAX_DEPTH {
            return Err(too_deep(here));
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                plain_only(anchor, tag.is_some(), here)?;
                let empty = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                Ok(Node { span: here, kind: if empty { Kind::Null } else { Kind::Text(text) } })
            }
            Event::SequenceStart(anchor, tag) => {
                plain_only(anchor, tag.is_some(), here)?;
                self.list(here, depth)
            }
            Event::MappingStart(anchor, tag) => {
                plain_only(anchor, tag.is_some(), here)?;
                self.mapping(here, depth)
            }
            _ => Err(alias(here)),
        }
    }

    fn list(&mut self, start: Span, depth: usize) -> Result<Node<'t>, Stop> {
        let mut items = Vec::new();
        loop {
            let (event, at) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                return Ok(Node { span: Span::new(start.start, span(&at).end), kind: Kind::List(items) });
            }
            items.push(self.node(event, &at, depth + 1)?);
        }
    }

    fn mapping(&mut self, start: Span, depth: usize) -> Result<Node<'t>, Stop> {
        let mut entries: Vec<(Key<'t>, Node<'t>)> = Vec::new();
        let mut places = Places::default();
        loop {
            let (event, at) = self.next()?;
            let key = match event {
                Event::MappingEnd => {
                    return Ok(Node { span: Span::new(start.start, span(&at).end), kind: Kind::Mapping(entries) });
                }
                Event::Scalar(text, _, anchor, tag) => {
                    plain_only(anchor, tag.is_some(), span(&at))?;
                    Key { span: span(&at), text }
                }
                _ => {
                    let help = "a key is a plain text such as `name`";
                    return Err(refuse("a list or mapping stands where a key is expected", help, span(&at)));
                }
            };
            if key.text.len() > MAX_KEY {
                let help =
                    "no key here is so long: write the one that is meant, or put quotes around a text that a colon follows";
                let problem = Problem::new(Rule::TextTooLong, format!("a key is longer than {MAX_KEY} bytes"), help);
                self.problems.push((problem, key.span, None));
            }
            if key.text == "<<" {
                return Err(refuse("a merge key (`<<`) stands here", "write the keys themselves", key.span));
            }
            let (event, at) = self.next()?;
            let value = self.node(event, &at, depth + 1)?;
            if let Some(first) = places.find(&entries, &key.text) {
                let shown = shorten(&key.text);
                let problem = Problem::new(
                    Rule::DuplicateKey,
                    format!("the key `{shown}` stands twice"),
                    "keep one of the two: only the first was read",
                );
                self.problems.push((problem, key.span, Some((first, "it stands here first"))));
            } else {
                entries.push((key, value));
            }
        }
    }
}

/// Where the keys of a mapping stand. The mappings of entries are short, and are looked through; a long one, which may be
/// hostile, gets an index.
#[derive(Default)]
struct Places(HashMap<String, Span>);

impl Places {
    /// Up to how many keys are looked through one by one.
    const FEW: usize = 32;

    /// Where the first key `text` of `entries` stands. The mapping only grows between calls.
    fn find(&mut self, entries: &[(Key<'_>, Node<'_>)], text: &str) -> Option<Span> {
        if entries.len() <= Self::FEW {
            return entries.iter().find(|(key, _)| key.text == text).map(|(key, _)| key.span);
        }
        for (key, _) in &entries[self.0.len()..] {
            self.0.insert(key.text.to_string(), key.span);
        }
        self.0.get(text).copied()
    }
}

fn plain_only(anchor: usize, tagged: bool, at: Span) -> Result<(), Stop> {
    if anchor != 0 {
        return Err(refuse("an anchor (`&name`) stands here", "remove it: anchors are not read", at));
    }
    if tagged {
        return Err(refuse("a tag (`!name`) stands here", "remove it: what a value is follows from its key", at));
    }
    Ok(())
}

fn too_deep(at: Span) -> Stop {
    let help = "no value of an entry is nested so deep: remove the extra brackets or indents";
    Stop(Problem::new(Rule::TooDeep, format!("values are nested more than {MAX_DEPTH} deep"), help), at)
}

fn alias(at: Span) -> Stop {
    let help =
        "write the value itself, and between quotes where it begins with an asterisk: `\"*.team.example\"`; aliases are not read";
    refuse("an alias (`*name`) stands here", help, at)
}

fn refuse(message: &str, help: &'static str, at: Span) -> Stop {
    Stop(Problem::new(Rule::YamlFeature, message, help), at)
}

fn span(at: &ParserSpan) -> Span {
    Span::new(pos(&at.start), pos(&at.end))
}

fn pos(marker: &saphyr_parser::Marker) -> Pos {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Pos { line: number(marker.line()).max(1), column: number(marker.col()).saturating_add(1) }
}
