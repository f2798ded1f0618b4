//! From a document to text, as a person would lay it out: short lists and small mappings on one line, long texts in lines.

use super::scalar;
use super::tree::{Above, Block, Comment, Document, Entry, Item, Items, Layout, Node, Text, Value};

/// The longest line that is filled with a list, a mapping or a text.
const WIDTH: usize = 120;

/// How many scores stand on a line where they stand in lines: as many as the largest category has that fits.
const SCORES: usize = 11;

/// The document as text. Every node has at most one comment beside it, as `settle` leaves it.
pub(super) fn text(document: &Document) -> String {
    let mut out = String::new();
    comments(&mut out, &document.head, 0);
    if document.gap && !document.head.is_empty() && document.node.is_some() {
        out.push('\n');
    }
    if let Some(node) = &document.node {
        match &node.value {
            Value::Mapping(mapping) if !mapping.items.is_empty() => block_mapping(&mut out, mapping, 0, false),
            Value::List(list) if !list.items.is_empty() => block_list(&mut out, list, 0, false),
            Value::Null(written) if written.is_empty() => {}
            value => {
                let block = if let Value::Text(text) = value { scalar::block(text, WIDTH, WIDTH - 2) } else { None };
                match block {
                    Some(block) => block_text(&mut out, &block, None, 2),
                    None => out.push_str(&(flow(value, false).unwrap_or_default() + "\n")),
                }
            }
        }
    }
    comments(&mut out, &document.tail, 0);
    out
}

/// Comments on lines of their own.
fn comments(out: &mut String, comments: &[Comment], indent: usize) {
    for comment in comments {
        if comment.blank && !out.is_empty() {
            out.push('\n');
        }
        margin(out, if comment.flush { 0 } else { indent });
        out.push_str(&comment.text);
        out.push('\n');
    }
}

/// The end of a line, with the comment that stands there.
fn end_line(out: &mut String, comment: Option<&String>) {
    if let Some(comment) = comment {
        out.push_str("   ");
        out.push_str(comment);
    }
    out.push('\n');
}

/// What stands above an item, and the margin before it; nothing where it stands on a line that has begun.
fn begin(out: &mut String, above: &Above, indent: usize, begun: bool) {
    if begun {
        return;
    }
    comments(out, &above.comments, indent);
    if above.blank && !out.is_empty() {
        out.push('\n');
    }
    margin(out, indent);
}

/// A mapping with one key per line, the first of them where the text ends now if that line has `begun`.
fn block_mapping(out: &mut String, mapping: &Items<Entry>, indent: usize, begun: bool) {
    for (at, entry) in mapping.items.iter().enumerate() {
        begin(out, &entry.above, indent, begun && at == 0);
        let key = scalar::key(&entry.key);
        out.push_str(&key);
        out.push(':');
        let column = indent + key.chars().count() + 2;
        value(out, &entry.node, indent, column);
    }
    comments(out, &mapping.tail, indent);
}

/// The value of a key that stands at `indent`, from behind its colon to the end of its last line; it may begin at `column`.
fn value(out: &mut String, node: &Node, indent: usize, column: usize) {
    let beside = node.trailing.as_ref();
    if let Some(line) = one_line(node, column) {
        if !line.is_empty() {
            out.push(' ');
            out.push_str(&line);
        }
        return end_line(out, beside);
    }
    match &node.value {
        Value::Text(text) => {
            out.push(' ');
            written_text(out, text, beside, indent + 2, column, false);
        }
        Value::Mapping(mapping) if is_table(mapping) => {
            out.push_str(" {");
            table(out, mapping, column + 1);
            end_line(out, beside);
        }
        Value::Mapping(mapping) => {
            end_line(out, beside);
            block_mapping(out, mapping, indent + 2, false);
        }
        Value::List(list) => {
            end_line(out, beside);
            block_list(out, list, indent + 2, false);
        }
        Value::Null(_) => end_line(out, beside),
    }
}

/// A list with one item per line, or more.
fn block_list(out: &mut String, list: &Items<Item>, indent: usize, begun: bool) {
    for (at, item) in list.items.iter().enumerate() {
        let beside = item.node.trailing.as_ref();
        let line = item_line(&item.node, indent + 2);
        let begun = begun && at == 0;
        begin_item(out, item, indent, begun, line.is_none());
        out.push('-');
        match (&item.node.value, line) {
            (_, Some(line)) => {
                if !line.is_empty() {
                    out.push(' ');
                    out.push_str(&line);
                }
                end_line(out, beside);
            }
            (Value::Mapping(mapping), None) => {
                out.push(' ');
                block_mapping(out, mapping, indent + 2, true);
            }
            (Value::List(list), None) => {
                out.push(' ');
                block_list(out, list, indent + 2, true);
            }
            (Value::Text(text), None) => {
                out.push(' ');
                written_text(out, text, beside, indent + 2, indent + 2, true);
            }
            (Value::Null(_), None) => end_line(out, beside),
        }
    }
    comments(out, &list.tail, indent);
}

/// The comments above an item: also the one beside it, where it is laid out in lines and has no line to have it beside.
fn begin_item(out: &mut String, item: &Item, indent: usize, begun: bool, in_lines: bool) {
    let moved = item.node.trailing.as_ref().filter(|_| in_lines && !matches!(item.node.value, Value::Text(_)) && !begun);
    match moved {
        None => begin(out, &item.above, indent, begun),
        Some(comment) => {
            comments(out, &item.above.comments, indent);
            let blank = item.above.blank;
            comments(out, &[Comment { blank, ..Comment::moved(comment.clone()) }], indent);
            margin(out, indent);
        }
    }
}

/// A text and the end of its last line.
fn written_text(out: &mut String, text: &Text, beside: Option<&String>, indent: usize, column: usize, in_flow: bool) {
    if let Some(block) = scalar::block(text, WIDTH.saturating_sub(column), WIDTH.saturating_sub(indent)) {
        return block_text(out, &block, beside, indent);
    }
    out.push_str(&scalar::inline(&text.text, text.style, in_flow));
    end_line(out, beside);
}

fn block_text(out: &mut String, block: &Block, beside: Option<&String>, indent: usize) {
    out.push_str(&block.header());
    end_line(out, beside);
    for line in &block.lines {
        if !line.is_empty() {
            margin(out, indent);
            out.push_str(line);
        }
        out.push('\n');
    }
}

/// The value of a key on one line, where that is its place and it fits.
fn one_line(node: &Node, column: usize) -> Option<String> {
    let in_lines = match &node.value {
        Value::Text(_) => true,
        Value::Null(_) => false,
        Value::List(list) => list.items.iter().any(|item| is_filled_mapping(&item.node)),
        Value::Mapping(mapping) => {
            !mapping.items.is_empty()
                && (mapping.layout == Layout::Free || mapping.items.iter().any(|entry| holds_mapping(&entry.node)))
        }
    };
    if in_lines { None } else { flow(&node.value, false).filter(|line| fits(line, column)) }
}

/// An item on one line, where that is its place and it fits.
fn item_line(node: &Node, column: usize) -> Option<String> {
    match &node.value {
        Value::Text(_) => None,
        value => flow(value, false).filter(|line| fits(line, column)),
    }
}

fn is_filled_mapping(node: &Node) -> bool {
    matches!(&node.value, Value::Mapping(mapping) if !mapping.items.is_empty())
}

fn holds_mapping(node: &Node) -> bool {
    is_filled_mapping(node) || matches!(&node.value, Value::List(list) if list.items.iter().any(|item| holds_mapping(&item.node)))
}

/// A value on one line; `None` where comments or lines of its own do not let it.
fn flow(value: &Value, inside: bool) -> Option<String> {
    let bare = |above: &Above, node: &Node| above.comments.is_empty() && node.opening.is_empty() && node.trailing.is_none();
    match value {
        Value::Null(written) if written.is_empty() && inside => Some("null".to_owned()),
        Value::Null(written) => Some(written.clone()),
        Value::Text(Text { form: super::tree::Form::Block(_), .. }) => None,
        Value::Text(text) => Some(scalar::inline(&text.text, text.style, true)),
        Value::List(list) => {
            if list.is_block() || list.items.iter().any(|item| !bare(&item.above, &item.node)) {
                return None;
            }
            let items: Option<Vec<_>> = list.items.iter().map(|item| flow(&item.node.value, true)).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        Value::Mapping(mapping) => {
            if mapping.is_block() || mapping.items.iter().any(|entry| !bare(&entry.above, &entry.node)) {
                return None;
            }
            let pair = |entry: &Entry| {
                let key = scalar::key(&entry.key);
                match &entry.node.value {
                    // A key alone has no value either.
                    Value::Null(written) if written.is_empty() => Some(key),
                    value => Some(format!("{key}: {}", flow(value, true)?)),
                }
            };
            let entries: Option<Vec<_>> = mapping.items.iter().map(pair).collect();
            Some(format!("{{{}}}", entries?.join(", ")))
        }
    }
}

impl<I> Items<I> {
    /// Whether it has lines of its own for sure. What is empty has none.
    fn is_block(&self) -> bool {
        !self.tail.is_empty() || (self.layout == Layout::Block && !self.items.is_empty())
    }
}

/// Whether a mapping holds scores between brackets: parameters such as `O-1`, each with a number.
fn is_table(mapping: &Items<Entry>) -> bool {
    let is_score = |entry: &Entry| {
        category(&entry.key).is_some() && matches!(&entry.node.value, Value::Text(text) if !text.text.contains('\n'))
    };
    mapping.layout == Layout::Flow && mapping.items.iter().all(is_score)
}

/// The category of a parameter.
fn category(key: &str) -> Option<&str> {
    let (category, number) = key.split_once('-')?;
    let is_one = category.len() == 1 && (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    is_one.then_some(category)
}

/// Scores in lines, each category on lines of its own; up to the bracket that closes them.
fn table(out: &mut String, mapping: &Items<Entry>, column: usize) {
    let mut on_line = 0;
    let mut last = None;
    let mut broken = false;
    for (at, entry) in mapping.items.iter().enumerate() {
        let category = category(&entry.key);
        let has_above = !entry.above.comments.is_empty();
        if at == 0 && has_above {
            out.push('\n');
            broken = true;
        } else if at > 0 && (broken || has_above || category != last || on_line == SCORES) {
            if !broken {
                out.push('\n');
            }
            broken = true;
        }
        if broken {
            comments(out, &entry.above.comments, column);
            margin(out, column);
            on_line = 0;
        } else if at > 0 {
            out.push(' ');
        }
        let score = flow(&entry.node.value, true).unwrap_or_default();
        let comma = if at + 1 < mapping.items.len() { "," } else { "" };
        out.push_str(&format!("{}: {score}{comma}", scalar::key(&entry.key)));
        broken = entry.node.trailing.is_some();
        if broken {
            end_line(out, entry.node.trailing.as_ref());
        }
        on_line += 1;
        last = category;
    }
    if !broken && !mapping.tail.is_empty() {
        out.push('\n');
        broken = true;
    }
    comments(out, &mapping.tail, column);
    if broken {
        margin(out, column);
    }
    out.push('}');
}

fn margin(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}

/// What is empty has no lines that it could be laid out in, so that it fits behind the longest key.
fn fits(line: &str, column: usize) -> bool {
    matches!(line, "[]" | "{}") || column + line.chars().count() <= WIDTH
}
