//! A document with what no fact depends on and a person wrote all the same: comments, blank lines, layouts.

/// A document.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// The comments at the head of the file, which stay there.
    pub(super) head: Vec<Comment>,
    /// Whether a blank line follows them.
    pub(super) gap: bool,
    /// The value; none where there are comments alone.
    pub(super) node: Option<Node>,
    /// The comments at the end.
    pub(super) tail: Vec<Comment>,
}

/// A comment on a line of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Comment {
    /// From its `#` to the end of its line, without blanks at the end.
    pub(super) text: String,
    /// Whether a blank line comes before it.
    pub(super) blank: bool,
    /// Where it stands, or where the dash before it does: columns count from 0.
    pub(super) column: usize,
    /// Whether it stays at the beginning of the line wherever it is, as what was commented out does.
    pub(super) flush: bool,
}

impl Comment {
    /// A comment that comes from the end of a line.
    pub(super) fn moved(text: String) -> Self {
        Self { text, blank: false, column: 0, flush: false }
    }
}

/// A value with the comments on its lines.
#[derive(Debug)]
pub(super) struct Node {
    /// What stands behind its key, or behind the bracket that opens it.
    pub(super) opening: Vec<String>,
    pub(super) value: Value,
    /// What stands behind it.
    pub(super) trailing: Option<String>,
}

impl From<Value> for Node {
    fn from(value: Value) -> Self {
        Self { opening: Vec::new(), value, trailing: None }
    }
}

#[derive(Debug)]
pub(super) enum Value {
    /// Nothing, as it is written: an empty place, `~` or `null`.
    Null(String),
    Text(Text),
    List(Items<Item>),
    Mapping(Items<Entry>),
}

/// A list or a mapping.
#[derive(Debug)]
pub(super) struct Items<I> {
    pub(super) layout: Layout,
    pub(super) items: Vec<I>,
    /// The comments behind the last.
    pub(super) tail: Vec<Comment>,
}

/// How a list or a mapping was laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// A line, or more, for each item.
    Block,
    /// Between brackets.
    Flow,
    /// Not yet: nobody wrote it.
    Free,
}

#[derive(Debug)]
pub(super) struct Item {
    pub(super) above: Above,
    pub(super) node: Node,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) above: Above,
    pub(super) key: String,
    pub(super) node: Node,
}

/// What stands above an item or a key.
#[derive(Debug, Default)]
pub(super) struct Above {
    pub(super) comments: Vec<Comment>,
    /// Whether a blank line comes right before the item or key.
    pub(super) blank: bool,
}

impl Above {
    /// Takes away the blank line with which it begins: nothing stands before the first of a block.
    pub(super) fn begin(&mut self) {
        match self.comments.first_mut() {
            Some(first) => first.blank = false,
            None => self.blank = false,
        }
    }
}

/// A text and how it is to be written.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) form: Form,
    pub(super) style: Style,
}

/// How a text was written.
#[derive(Debug)]
pub(super) enum Form {
    /// On one line.
    Line,
    /// Without a mark, over several lines.
    Wrapped,
    /// Behind `|` or `>`.
    Block(Block),
}

/// A text of several lines behind a mark.
#[derive(Debug)]
pub(super) struct Block {
    /// `|` or `>`.
    pub(super) mark: char,
    /// `-`, `+` or nothing.
    pub(super) chomp: &'static str,
    /// Its lines without their indent; with those that are empty at its end only where they count.
    pub(super) lines: Vec<String>,
}

/// Which quotes a text on one line has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// None, where every reader takes it for a text.
    Text,
    /// None: it is a date, a number, or yes or no, and is meant as such.
    Plain,
    /// Always.
    Quoted,
    /// None, as it was written: nothing is known of it.
    Kept,
    /// None, where readers of YAML 1.2 take it for a text.
    Written,
}
