//! From text to a document with its comments.
//!
//! The parser gives the values and where they stand; comments are what lies between them. A comment belongs to what it stands
//! behind; on a line of its own it belongs to what follows, and at the end of a block to the block, as far as its indent says so.

use super::gap::gap;
use super::tree::{Above, Block, Comment, Document, Entry, Form, Item, Items, Layout, Node, Style, Text, Value};
use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use std::collections::VecDeque;

/// Reads `text`, which has no BOM, ends its lines with `\n` alone, and was found to be readable.
///
/// # Errors
/// Where it is not, in words.
pub(super) fn read(text: &str) -> Result<Document, String> {
    let mut events = Vec::new();
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        events.push(event.map_err(|error| error.info().to_owned())?);
    }
    let offsets = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut source = Source {
        text,
        offsets,
        events,
        next: 0,
        cursor: 0,
        comments: Vec::new(),
        blank: false,
        dashes: VecDeque::new(),
        brackets: 0,
    };
    source.document()
}

struct Source<'t> {
    text: &'t str,
    /// The byte at which each character begins.
    offsets: Vec<usize>,
    events: Vec<(Event<'t>, Span)>,
    /// The next event.
    next: usize,
    /// Up to which byte the text was read.
    cursor: usize,
    /// The comments that were read and belong to nothing yet.
    comments: Vec<Comment>,
    /// Whether a blank line comes right before the next value.
    blank: bool,
    /// The columns of the dashes before the next value that belong to no item yet.
    dashes: VecDeque<usize>,
    /// How many brackets are open.
    brackets: usize,
}

impl<'t> Source<'t> {
    fn document(&mut self) -> Result<Document, String> {
        while matches!(self.events.get(self.next), Some((Event::StreamStart | Event::DocumentStart(_), _))) {
            self.next += 1;
        }
        self.look();
        let mut document = Document::default();
        let is_block = self.opens_block_mapping();
        if is_block {
            let head = head(&self.comments, self.blank);
            let rest = self.comments.split_off(head);
            document.head = std::mem::replace(&mut self.comments, rest);
            document.gap = head > 0 && self.comments.first().map_or(self.blank, |comment| comment.blank);
        } else {
            document.head = std::mem::take(&mut self.comments);
            // What is laid out as a block is read as one the next time.
            document.gap = true;
        }
        if !matches!(self.events.get(self.next), None | Some((Event::StreamEnd | Event::DocumentEnd, _))) {
            document.node = Some(self.node(-1)?).filter(|node| !matches!(&node.value, Value::Null(text) if text.is_empty()));
        }
        document.tail = std::mem::take(&mut self.comments);
        match self.events.get(self.next) {
            None | Some((Event::StreamEnd | Event::DocumentEnd, _)) => Ok(document),
            Some((event, _)) => Err(format!("{event:?} is left")),
        }
    }

    fn opens_block_mapping(&self) -> bool {
        matches!(self.events.get(self.next), Some((Event::MappingStart(..), at)) if self.bracket(at) != Some('{'))
    }

    /// The byte at which the next thing stands that has a place of its own.
    fn next_place(&self) -> usize {
        let places = self.events[self.next.min(self.events.len())..].iter().find_map(|(event, at)| self.place(event, at));
        places.unwrap_or(self.text.len())
    }

    /// The byte at which this event stands, if it does so by itself: blocks begin and end with what is in them.
    fn place(&self, event: &Event<'t>, at: &Span) -> Option<usize> {
        let is = |bracket| self.bracket(at) == Some(bracket) && !at.is_empty();
        match event {
            Event::Scalar(text, ScalarStyle::Plain, ..) if text.is_empty() => None,
            Event::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded, ..) => Some(self.mark()),
            Event::Scalar(..) => Some(self.offset(at.start.index())),
            Event::SequenceStart(..) if is('[') => Some(self.offset(at.start.index())),
            Event::MappingStart(..) if is('{') => Some(self.offset(at.start.index())),
            Event::SequenceEnd if is(']') => Some(self.offset(at.start.index())),
            Event::MappingEnd if !at.is_empty() && self.text[self.closing(at)..].starts_with('}') => Some(self.closing(at)),
            _ => None,
        }
    }

    /// Where the mark of the block text stands that comes next: the parser tells where its lines do.
    fn mark(&self) -> usize {
        let mut at = self.cursor;
        while let Some(c) = self.text[at..].chars().next() {
            match c {
                '|' | '>' => break,
                '#' => at += self.text[at..].find('\n').unwrap_or(self.text.len() - at),
                c => at += c.len_utf8(),
            }
        }
        at
    }

    /// Where the bracket stands that ends a list or a mapping. Behind a last comma the parser tells where that is.
    fn closing(&self, at: &Span) -> usize {
        let mut end = self.offset(at.start.index());
        if self.text[end..].starts_with(',') {
            end += 1;
            while let Some(c) = self.text[end..].chars().next().filter(|c| c.is_whitespace() || *c == '#') {
                end += if c == '#' { self.text[end..].find('\n').unwrap_or(self.text.len() - end) } else { c.len_utf8() };
            }
        }
        end
    }

    fn bracket(&self, at: &Span) -> Option<char> {
        self.text[self.offset(at.start.index())..].chars().next()
    }

    fn offset(&self, index: usize) -> usize {
        self.offsets.get(index).copied().unwrap_or(self.text.len())
    }

    /// Reads on to the next value, keeps the comments on lines of their own, and gives the one on this line.
    fn look(&mut self) -> Option<String> {
        let to = self.next_place().max(self.cursor);
        let mut found = gap(self.text, self.cursor, to);
        if self.brackets > 0 {
            found.comments.iter_mut().for_each(|comment| comment.flush = false);
        }
        self.cursor = to;
        self.comments.append(&mut found.comments);
        self.blank = found.blank;
        self.dashes = found.dashes;
        found.trailing
    }

    /// What stands above the next item or key; nothing blank where it is the first.
    fn above(&mut self, first: bool) -> Above {
        let mut above = Above { comments: std::mem::take(&mut self.comments), blank: std::mem::take(&mut self.blank) };
        if first {
            above.begin();
        }
        above
    }

    /// The next value, in a block at column `parent`.
    fn node(&mut self, parent: isize) -> Result<Node, String> {
        let Some((event, at)) = self.events.get(self.next).cloned() else { return Err("the text ends".to_owned()) };
        self.next += 1;
        match event {
            Event::Scalar(text, style, ..) => Ok(self.scalar(&text, style, &at)),
            Event::SequenceStart(..) => self.list(&at, parent),
            Event::MappingStart(..) => self.mapping(&at, parent),
            event => Err(format!("{event:?} stands where a value is expected")),
        }
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, at: &Span) -> Node {
        if style == ScalarStyle::Plain && text.is_empty() {
            return Value::Null(String::new()).into();
        }
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            return self.block_text(text, at);
        }
        let start = self.offset(at.start.index());
        self.cursor = self.scalar_end(style, at);
        let form = if self.text[start..self.cursor].contains('\n') { Form::Wrapped } else { Form::Line };
        let is_null = style == ScalarStyle::Plain && matches!(text, "~" | "null" | "Null" | "NULL");
        let style = if style == ScalarStyle::Plain { Style::Kept } else { Style::Text };
        let value = if is_null { Value::Null(text.to_owned()) } else { Value::Text(Text { text: text.to_owned(), form, style }) };
        Node { trailing: self.look(), ..Node::from(value) }
    }

    /// Where a text on one line ends. The parser counts what follows the quotes to them.
    fn scalar_end(&self, style: ScalarStyle, at: &Span) -> usize {
        let start = self.offset(at.start.index());
        let quote = match style {
            ScalarStyle::SingleQuoted => '\'',
            ScalarStyle::DoubleQuoted => '"',
            _ => return self.offset(at.end.index()),
        };
        let mut rest = self.text[start..].char_indices().skip(1).peekable();
        while let Some((length, c)) = rest.next() {
            if c == '\\' && quote == '"' {
                rest.next();
            } else if c == quote {
                if quote == '"' || rest.peek().is_none_or(|(_, next)| *next != quote) {
                    return start + length + 1;
                }
                rest.next();
            }
        }
        self.text.len()
    }

    fn block_text(&mut self, text: &str, at: &Span) -> Node {
        let mark = self.cursor;
        let line_end = |from: usize| self.text[from..].find('\n').map_or(self.text.len(), |length| from + length);
        let header_end = line_end(mark);
        let header = &self.text[mark..header_end];
        let (marks, comment) = header.split_once('#').map_or((header, None), |(marks, _)| (marks, Some(&header[marks.len()..])));
        let trailing = comment.map(|comment| comment.trim_end().to_owned());
        // What counts is the text: the parser takes a last line without its end now for one with it and now not.
        let chomp = match text.ends_with('\n') {
            false => "-",
            true if marks.contains('+') => "+",
            true => "",
        };
        let end = self.offset(at.end.index()).max(header_end);
        let body = &self.text[header_end..end];
        // The last line of a file may lack its end; else the parser stands on the next one by now.
        let unended = end == self.text.len() && !self.text.ends_with('\n');
        let body = if unended { body } else { body.rfind('\n').map_or("", |last| &body[..last]) };
        let mut lines: Vec<String> = Vec::new();
        if text.chars().any(|c| c != '\n') {
            let indent = at.start.col();
            let dedent = |line: &str| line.chars().skip(indent).collect();
            lines = body.split('\n').skip(1).map(dedent).collect();
        }
        let full = lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
        if chomp == "+" || lines.is_empty() {
            self.cursor = header_end + body.len();
        } else {
            let dropped = lines.len() - full;
            lines.truncate(full);
            let kept = body.rmatch_indices('\n').nth(dropped.wrapping_sub(1)).map_or(body.len(), |(at, _)| at);
            self.cursor = header_end + if dropped == 0 { body.len() } else { kept };
        }
        let form = if lines.is_empty() {
            Form::Line
        } else {
            Form::Block(Block { mark: if marks.starts_with('>') { '>' } else { '|' }, chomp, lines })
        };
        // What follows begins on a line of its own, so it has no comment on this one.
        self.look();
        Node { trailing, ..Node::from(Value::Text(Text { text: text.to_owned(), form, style: Style::Text })) }
    }

    fn list(&mut self, at: &Span, parent: isize) -> Result<Node, String> {
        let bracket = self.bracket(at) == Some('[');
        let mut node = Node::from(Value::Null(String::new()));
        node.opening.extend(self.open(bracket, at));
        // The parser says where the first item stands, which is behind the dash where lists have no indent.
        let column = isize::try_from(self.dashes.pop_front().unwrap_or(at.start.col())).unwrap_or(isize::MAX);
        let mut items = Vec::new();
        while !matches!(self.events.get(self.next), None | Some((Event::SequenceEnd, _))) {
            if !items.is_empty() {
                self.dashes.pop_front();
            }
            let above = self.above(items.is_empty());
            items.push(Item { above, node: self.node(column)? });
        }
        let (layout, tail) = self.close(bracket, bracket, column, parent, &mut node);
        node.value = Value::List(Items { layout, items, tail });
        Ok(node)
    }

    fn mapping(&mut self, at: &Span, parent: isize) -> Result<Node, String> {
        let bracket = self.bracket(at) == Some('{');
        let mut node = Node::from(Value::Null(String::new()));
        // A pair in a list (`[a: b]`) is a mapping without brackets.
        let flow = bracket || self.brackets > 0;
        node.opening.extend(self.open(bracket, at));
        let column = isize::try_from(at.start.col()).unwrap_or(isize::MAX);
        let mut entries = Vec::new();
        loop {
            let (text, style, at) = match self.events.get(self.next) {
                Some((Event::Scalar(text, style, ..), at)) => (text.to_string(), *style, *at),
                Some((Event::MappingEnd, _)) => break,
                _ => return Err("a key is missing".to_owned()),
            };
            self.next += 1;
            let above = self.above(entries.is_empty());
            let opening = if text.is_empty() && style == ScalarStyle::Plain {
                None
            } else {
                self.cursor = self.key_end(style, &at);
                self.look()
            };
            let between = if self.is_inline() { std::mem::take(&mut self.comments) } else { Vec::new() };
            let mut entry = Entry { above, key: text, node: self.node(column)? };
            entry.node.opening.splice(0..0, opening);
            entry.above.comments.extend(between);
            entries.push(entry);
        }
        let (layout, tail) = self.close(flow, bracket, column, parent, &mut node);
        node.value = Value::Mapping(Items { layout, items: entries, tail });
        Ok(node)
    }

    fn key_end(&self, style: ScalarStyle, at: &Span) -> usize {
        match style {
            ScalarStyle::Literal | ScalarStyle::Folded => self.offset(at.end.index()),
            style => self.scalar_end(style, at),
        }
    }

    /// Whether the next value has a place of its own, where comments above it have none to go to.
    fn is_inline(&self) -> bool {
        self.events.get(self.next).is_some_and(|(event, at)| self.place(event, at).is_some())
    }

    /// Steps behind an opening bracket, and gives the comment behind it.
    fn open(&mut self, bracket: bool, at: &Span) -> Option<String> {
        if !bracket {
            return None;
        }
        self.brackets += 1;
        self.cursor = self.offset(at.start.index()) + 1;
        self.look()
    }

    /// Steps behind the end of a list or a mapping at `column`, and gives its layout and the comments at its end.
    fn close(&mut self, flow: bool, bracket: bool, column: isize, parent: isize, node: &mut Node) -> (Layout, Vec<Comment>) {
        let end = self.events.get(self.next).map(|(_, at)| *at);
        self.next += 1;
        if !flow {
            let inside = |comment: &Comment| isize::try_from(comment.column).is_ok_and(|at| at >= column && at > parent);
            let outside = self.comments.iter().position(|comment| !inside(comment)).unwrap_or(self.comments.len());
            let rest = self.comments.split_off(outside);
            return (Layout::Block, std::mem::replace(&mut self.comments, rest));
        }
        let mut tail = Vec::new();
        if let Some(end) = end.filter(|_| bracket) {
            tail = std::mem::take(&mut self.comments);
            self.brackets = self.brackets.saturating_sub(1);
            // Nothing is read twice.
            self.cursor = self.cursor.max(self.closing(&end) + 1);
            node.trailing = self.look();
        }
        (Layout::Flow, tail)
    }
}

/// How many of the comments above the first key stay at the head of the file: those that a blank line divides from it, and
/// the line that names the schema to editors.
fn head(comments: &[Comment], blank: bool) -> usize {
    if blank {
        return comments.len();
    }
    let divided = comments.iter().rposition(|comment| comment.blank).unwrap_or(0);
    let modeline = comments.first().is_some_and(|first| first.text.trim_start_matches(['#', ' ']).starts_with(MODELINE));
    divided.max(usize::from(modeline))
}

/// With what the line begins that names the schema to the YAML language server.
const MODELINE: &str = "yaml-language-server:";
