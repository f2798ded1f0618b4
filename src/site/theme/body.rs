//! The body of a component on its way into the place of a call: parameters give way to what is given for them, and an `if` that is
//! decided by a text that was given is decided here.

use super::code::{Bindings, Call, Part, Word, expression, parts, statement, trims, words};
use super::inline::{Components, LARGEST};
use std::collections::BTreeSet;

/// How far an `if` is known when the theme is loaded.
#[derive(Clone, Copy, PartialEq)]
enum Frame {
    /// Nothing of it is known: its tags are written.
    Open,
    /// The branch that counts is being written.
    Chosen,
    /// No branch so far counts.
    Searching,
    /// The branch that counts was written.
    Over,
    /// A loop.
    Loop,
}

/// The body.
pub(super) struct Body<'c, 't> {
    components: &'c Components<'t>,
    bindings: Bindings<'t>,
    out: String,
    frames: Vec<Frame>,
    /// Whether the tag before took away the white space behind it.
    trim: bool,
}

impl<'c, 't> Body<'c, 't> {
    pub(super) fn new(components: &'c Components<'t>, bindings: Bindings<'t>) -> Self {
        Self { components, bindings, out: String::new(), frames: Vec::new(), trim: false }
    }

    /// What comes of it; `None` where something in it is not understood, or too much comes of it. `within` are the components that are being put in
    /// place; `needed` takes the names that have to be known where they are.
    pub(super) fn write(mut self, body: &str, within: &mut Vec<&'t str>, needed: &mut BTreeSet<String>) -> Option<String> {
        for part in parts(body) {
            match part {
                Part::Markup(markup) if self.is_written() => {
                    self.out.push_str(if std::mem::take(&mut self.trim) { markup.trim_start() } else { markup });
                }
                Part::Markup(_) => self.trim = false,
                Part::Tag(tag) => self.tag(tag, within, needed)?,
            }
            if self.out.len() > LARGEST {
                return None;
            }
        }
        // What was open at the end, and a sign that would reach beyond it.
        (self.frames.is_empty() && !self.trim).then_some(self.out)
    }

    fn is_written(&self) -> bool {
        self.frames.iter().all(|frame| matches!(frame, Frame::Open | Frame::Chosen | Frame::Loop))
    }

    fn tag(&mut self, tag: &str, within: &mut Vec<&'t str>, needed: &mut BTreeSet<String>) -> Option<()> {
        if tag.starts_with("{#") {
            return Some(());
        }
        let [before, behind] = trims(tag);
        if before {
            if self.out.trim_end().is_empty() && self.is_written() {
                return None;
            }
            if self.is_written() {
                self.out.truncate(self.out.trim_end().len());
            }
        }
        match statement(tag) {
            Some(code) => self.statement(code)?,
            None if self.is_written() => self.expression(expression(tag)?, within, needed)?,
            None => {}
        }
        self.trim = behind;
        Some(())
    }

    fn statement(&mut self, code: &str) -> Option<()> {
        let (keyword, rest) = code.split_once(char::is_whitespace).unwrap_or((code, ""));
        match keyword {
            "if" => self.open(rest)?,
            "elif" | "else" => self.branch(keyword, rest)?,
            "endif" => {
                if self.frames.pop()? == Frame::Open && self.is_written() {
                    self.out.push_str("{% endif %}");
                }
            }
            "for" => {
                let (name, list) = rest.split_once(" in ")?;
                self.bindings.shadow(name.trim())?;
                let list = self.bindings.fill(list)?;
                if self.is_written() {
                    self.out.push_str(&format!("{{% for {} in {list} %}}", name.trim()));
                }
                self.frames.push(Frame::Loop);
            }
            "endfor" => {
                (self.frames.pop()? == Frame::Loop).then_some(())?;
                if self.is_written() {
                    self.out.push_str("{% endfor %}");
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn open(&mut self, condition: &str) -> Option<()> {
        if !self.is_written() {
            self.frames.push(Frame::Over);
            return Some(());
        }
        let condition = self.bindings.fill(condition)?;
        let frame = self.first(&condition, known(&condition));
        self.frames.push(frame);
        Some(())
    }

    /// What becomes of an `if` at a branch before which nothing counted.
    fn first(&mut self, condition: &str, holds: Option<bool>) -> Frame {
        match holds {
            Some(true) => Frame::Chosen,
            Some(false) => Frame::Searching,
            None => {
                self.out.push_str(&format!("{{% if {condition} %}}"));
                Frame::Open
            }
        }
    }

    fn branch(&mut self, keyword: &str, condition: &str) -> Option<()> {
        let frame = self.frames.pop()?;
        let next = match frame {
            Frame::Loop => return None,
            Frame::Open | Frame::Searching if self.is_written() => {
                let condition = self.bindings.fill(condition)?;
                if frame == Frame::Searching {
                    let holds = if keyword == "else" { Some(true) } else { known(&condition) };
                    self.first(&condition, holds)
                } else {
                    let code = format!("{keyword} {condition}");
                    self.out.push_str(&format!("{{% {} %}}", code.trim_end()));
                    Frame::Open
                }
            }
            Frame::Chosen => Frame::Over,
            frame => frame,
        };
        self.frames.push(next);
        Some(())
    }

    fn expression(&mut self, code: &str, within: &mut Vec<&'t str>, needed: &mut BTreeSet<String>) -> Option<()> {
        let filled = self.bindings.fill(code)?;
        if let [Word::Text(text)] = words(&filled).as_slice()
            && is_plain(text)
        {
            self.out.push_str(&text[1..text.len() - 1]);
            return Some(());
        }
        let placed = Call::read(&filled, [false; 2]).and_then(|call| self.components.place(&call, within, needed));
        match placed {
            Some(placed) => self.out.push_str(&placed),
            None => self.out.push_str(&format!("{{{{ {filled} }}}}")),
        }
        Some(())
    }
}

/// Whether a text in quotes stands in mark-up as it is.
fn is_plain(text: &str) -> bool {
    text.bytes().skip(1).take(text.len().saturating_sub(2)).all(|b| b.is_ascii_alphanumeric() || b" -_.,".contains(&b))
}

/// What a condition of texts alone comes to.
fn known(condition: &str) -> Option<bool> {
    let inner = |text: &str| text.get(1..text.len() - 1).map(str::to_owned);
    match words(condition).as_slice() {
        [Word::Text(text)] => Some(!inner(text)?.is_empty()),
        [Word::Text(one), Word::Sign("=="), Word::Text(other)] => Some(inner(one)? == inner(other)?),
        [Word::Text(one), Word::Sign("!="), Word::Text(other)] => Some(inner(one)? != inner(other)?),
        _ => None,
    }
}
