//! The body of a component on its way into the place of a call: parameters give way to what is given for them, and an `if` that is
//! decided by a text that was given is decided here.

use super::code::{Binding, Bindings, Call, known, plain_text};
use super::inline::{Components, LARGEST, Work};
use crate::site::tags::{Part, expression, parts, statement, trims};

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
    /// What stands for a name at the place of the call.
    outside: &'c dyn Fn(&str) -> Option<Binding>,
    out: String,
    /// Where the mark-up begins that a sign may take white space from: behind the last tag.
    markup: usize,
    frames: Vec<Frame>,
    /// Whether the tag before took away the white space behind it.
    trim: bool,
}

impl<'c, 't> Body<'c, 't> {
    pub(super) fn new(
        components: &'c Components<'t>,
        bindings: Bindings<'t>,
        outside: &'c dyn Fn(&str) -> Option<Binding>,
    ) -> Self {
        Self { components, bindings, outside, out: String::new(), markup: 0, frames: Vec::new(), trim: false }
    }

    /// What comes of it; `None` where something in it is not understood, or too much comes of it.
    pub(super) fn write(mut self, body: &str, work: &mut Work<'t>) -> Option<String> {
        for part in parts(body) {
            match part {
                // Signs within are the engine's to see.
                Part::Markup(markup) if markup.starts_with("{%") => return None,
                Part::Markup(markup) => {
                    let markup = if std::mem::take(&mut self.trim) { markup.trim_start() } else { markup };
                    self.push(markup);
                }
                Part::Tag(tag) => self.tag(tag, work)?,
            }
            if self.out.len() > LARGEST {
                return None;
            }
        }
        self.frames.is_empty().then_some(self.out)
    }

    fn is_written(&self) -> bool {
        self.frames.iter().all(|frame| matches!(frame, Frame::Open | Frame::Chosen | Frame::Loop))
    }

    fn push(&mut self, text: &str) {
        if self.is_written() {
            self.out.push_str(text);
        }
    }

    fn tag(&mut self, tag: &str, work: &mut Work<'t>) -> Option<()> {
        let [before, behind] = trims(tag);
        if before && self.is_written() {
            let kept = self.out.trim_end().len();
            self.out.truncate(kept.max(self.markup));
        }
        if let Some(code) = statement(tag) {
            self.statement(code)?;
        } else if let Some(code) = expression(tag)
            && self.is_written()
        {
            self.expression(code, work)?;
        }
        self.markup = self.out.len();
        self.trim = behind;
        Some(())
    }

    fn statement(&mut self, code: &str) -> Option<()> {
        let (keyword, rest) = code.split_once(char::is_whitespace).unwrap_or((code, ""));
        match keyword {
            "if" => self.open(rest)?,
            "elif" | "else" => self.branch(keyword, rest)?,
            "endif" => {
                let frame = self.frames.pop()?;
                if frame == Frame::Open {
                    self.push("{% endif %}");
                }
                (frame != Frame::Loop).then_some(())?;
            }
            "for" => {
                let (name, list) = rest.split_once(" in ")?;
                let list = self.bindings.fill(list)?;
                self.bindings.open(name.trim())?;
                self.push(&format!("{{% for {} in {list} %}}", name.trim()));
                self.frames.push(Frame::Loop);
            }
            "endfor" => {
                (self.frames.pop()? == Frame::Loop).then_some(())?;
                self.bindings.close();
                self.push("{% endfor %}");
            }
            _ => return None,
        }
        Some(())
    }

    fn open(&mut self, condition: &str) -> Option<()> {
        let frame = if self.is_written() {
            let condition = self.bindings.fill(condition)?;
            self.first(&condition, known(&condition))
        } else {
            Frame::Over
        };
        self.frames.push(frame);
        Some(())
    }

    /// What becomes of an `if` at a branch before which nothing counted.
    fn first(&mut self, condition: &str, holds: Option<bool>) -> Frame {
        match holds {
            Some(true) => Frame::Chosen,
            Some(false) => Frame::Searching,
            None => {
                self.push(&format!("{{% if {condition} %}}"));
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
                    self.push(&format!("{{% {} %}}", code.trim_end()));
                    Frame::Open
                }
            }
            Frame::Chosen => Frame::Over,
            frame => frame,
        };
        self.frames.push(next);
        Some(())
    }

    fn expression(&mut self, code: &str, work: &mut Work<'t>) -> Option<()> {
        if code.starts_with('<') {
            return self.call(&Call::read(code)?, work);
        }
        let filled = self.bindings.fill(code)?;
        match plain_text(&filled) {
            Some(text) => self.out.push_str(text),
            None => self.out.push_str(&format!("{{{{ {filled} }}}}")),
        }
        Some(())
    }

    /// A component that is called in this one. It may stay a call where it takes nothing from its caller, which is now another.
    fn call(&mut self, call: &Call<'_>, work: &mut Work<'t>) -> Option<()> {
        let resolved: Option<_> = call.values.iter().map(|(name, given)| Some((*name, self.bindings.resolve(given)?))).collect();
        let call = Call { name: call.name, values: resolved? };
        let outside = |name: &str| self.bindings.implicit(name).or_else(|| (self.outside)(name));
        if let Some(placed) = self.components.place(&call, &outside, work) {
            self.out.push_str(&placed);
            return Some(());
        }
        if self.components.takes_from_its_caller(call.name)? {
            return None;
        }
        let values: String = call.values.iter().map(|(name, given)| format!(" {name}={{{}}}", given.text())).collect();
        self.out.push_str(&format!("{{{{ <{}{values}/> }}}}", call.name));
        Some(())
    }
}
