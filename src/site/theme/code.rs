//! The code in the tags of a template, as far as components are put in the place of their calls: its words, and what stands for a
//! parameter. Code is copied as it was written, but for the names of parameters; what is not understood is left to the engine.

use std::collections::BTreeMap;

/// What code consists of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Word<'t> {
    /// A text with its quotes.
    Text(&'t str),
    /// A name, or a keyword.
    Name(&'t str),
    /// A number without a sign and a point.
    Number(&'t str),
    /// Anything else: one character, but for `==` and `!=`.
    Sign(&'t str),
}

impl<'t> Word<'t> {
    fn text(self) -> &'t str {
        let (Self::Text(text) | Self::Name(text) | Self::Number(text) | Self::Sign(text)) = self;
        text
    }
}

/// The words of code. A text that never ends is a sign, which nobody takes for anything.
pub(super) fn words<'t>(code: &'t str) -> Vec<Word<'t>> {
    let blanks = |c: char| c.is_ascii_whitespace();
    let mut words = Vec::new();
    let mut rest = code.trim_start_matches(blanks);
    while let Some(first) = rest.chars().next() {
        let run = |test: fn(char) -> bool| rest.find(|c| !test(c)).unwrap_or(rest.len());
        let (length, make): (usize, fn(&'t str) -> Word<'t>) = match first {
            '"' | '\'' | '`' => text_length(rest).map_or((rest.len(), Word::Sign as _), |length| (length, Word::Text as _)),
            c if c.is_ascii_alphabetic() || c == '_' => (run(|c| c.is_ascii_alphanumeric() || c == '_'), Word::Name),
            c if c.is_ascii_digit() => (run(|c| c.is_ascii_digit()), Word::Number),
            _ if rest.starts_with("==") || rest.starts_with("!=") => (2, Word::Sign),
            c => (c.len_utf8(), Word::Sign),
        };
        let (word, after) = rest.split_at(length);
        words.push(make(word));
        rest = after.trim_start_matches(blanks);
    }
    words
}

/// How long the text at the beginning is, with its quotes.
fn text_length(code: &str) -> Option<usize> {
    let quote = code.chars().next()?;
    let mut escaped = false;
    let end = code.char_indices().skip(1).find(|(_, c)| {
        let ends = !escaped && *c == quote;
        escaped = !escaped && *c == '\\';
        ends
    });
    end.map(|(at, _)| at + 1)
}

/// Names that stand for no value of a template's own.
fn is_keyword(name: &str) -> bool {
    const KEYWORDS: [&str; 13] = ["if", "else", "and", "or", "not", "in", "is", "true", "True", "false", "False", "none", "None"];
    KEYWORDS.contains(&name) || name == "null"
}

/// What is given for a parameter.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Binding {
    /// A name, and perhaps fields of it.
    Path(String),
    /// A text with its quotes.
    Text(String),
    /// A number, `true` or `false`.
    Plain(String),
}

impl Binding {
    /// Reads what is given, where it is one of these. `loop` is another in each loop.
    pub(super) fn read(code: &[Word<'_>]) -> Option<Self> {
        match code {
            [Word::Text(text)] => Some(Self::Text((*text).to_owned())),
            [Word::Number(word) | Word::Name(word @ ("true" | "false"))] => Some(Self::Plain((*word).to_owned())),
            [Word::Name(first), rest @ ..] if !is_keyword(first) && !matches!(*first, "loop" | "self") => {
                let is_path = rest.chunks(2).all(|pair| matches!(pair, [Word::Sign("."), Word::Name(_)]));
                is_path.then(|| Self::Path(code.iter().map(|word| word.text()).collect()))
            }
            _ => None,
        }
    }

    /// Whether it can be of this type. Of a path nobody knows before a page is rendered.
    pub(super) fn fits(&self, kind: &str) -> bool {
        match self {
            Self::Path(_) => true,
            Self::Text(_) => kind == "string",
            Self::Plain(word) if matches!(word.as_str(), "true" | "false") => kind == "bool",
            Self::Plain(_) => matches!(kind, "integer" | "number"),
        }
    }

    pub(super) fn text(&self) -> &str {
        let (Self::Path(text) | Self::Text(text) | Self::Plain(text)) = self;
        text
    }

    fn root(&self) -> Option<&str> {
        match self {
            Self::Path(path) => path.split('.').next(),
            Self::Text(_) | Self::Plain(_) => None,
        }
    }
}

/// What stands for each parameter of a component, and the names of the loops that are open.
#[derive(Debug, Default)]
pub(super) struct Bindings<'t> {
    all: BTreeMap<&'t str, Binding>,
    loops: Vec<String>,
}

impl<'t> Bindings<'t> {
    pub(super) fn insert(&mut self, name: &'t str, binding: Binding) {
        self.all.insert(name, binding);
    }

    /// Opens a loop; `None` where its name would hide a parameter, or something that is given for one.
    pub(super) fn open(&mut self, name: &str) -> Option<()> {
        let is_name = matches!(words(name).as_slice(), [Word::Name(name)] if !is_keyword(name));
        let hides = self.all.contains_key(name) || self.all.values().any(|binding| binding.root() == Some(name));
        self.loops.push(name.to_owned());
        (is_name && !hides).then_some(())
    }

    /// Closes the loop that was opened last.
    pub(super) fn close(&mut self) {
        self.loops.pop();
    }

    fn is_loop(&self, name: &str) -> bool {
        self.loops.iter().any(|open| open == name)
    }

    /// What a component that is called here gets for a parameter that it takes from its caller; `None` where that is for the
    /// caller's caller to say.
    pub(super) fn implicit(&self, name: &str) -> Option<Binding> {
        let own = self.is_loop(name).then(|| Binding::Path(name.to_owned()));
        own.or_else(|| self.all.get(name).cloned())
    }

    /// What is given to a component that is called here, as it is called where this one stands.
    pub(super) fn resolve(&self, given: &Binding) -> Option<Binding> {
        let Binding::Path(path) = given else { return Some(given.clone()) };
        let (root, fields) = path.split_once('.').map_or((path.as_str(), None), |(root, fields)| (root, Some(fields)));
        match (self.implicit(root)?, fields) {
            (binding, None) => Some(binding),
            (Binding::Path(root), Some(fields)) => Some(Binding::Path(format!("{root}.{fields}"))),
            _ => None,
        }
    }

    /// The code with what stands for its parameters; `None` where a name is none of them, or the code is not understood.
    pub(super) fn fill(&self, code: &str) -> Option<String> {
        let all = words(code);
        let mut out = String::with_capacity(code.len());
        let mut from = 0;
        for (at, word) in all.iter().enumerate() {
            let before = |steps: usize| at.checked_sub(steps).and_then(|at| all.get(at)).copied();
            let behind = all.get(at + 1).copied();
            match (before(1), word) {
                // `...` spreads a value, and `/>` ends the call of a component.
                (Some(Word::Sign(".")), Word::Sign(".")) | (Some(Word::Sign("/")), Word::Sign(">")) => return None,
                _ => {}
            }
            let Word::Name(name) = word else { continue };
            let is_test = match before(1) {
                Some(Word::Name("not")) => before(2) == Some(Word::Name("is")),
                before => before == Some(Word::Name("is")),
            };
            let is_field = matches!(before(1), Some(Word::Sign("." | "|")));
            let is_argument = matches!(behind, Some(Word::Sign("=" | "(")));
            if is_test || is_field || is_argument || is_keyword(name) || self.is_loop(name) {
                continue;
            }
            if *name == "loop" && !self.loops.is_empty() {
                continue;
            }
            let binding = self.all.get(name)?;
            let has_fields = matches!(behind, Some(Word::Sign("." | "[" | "?")));
            if (has_fields && !matches!(binding, Binding::Path(_))) || behind == Some(Word::Sign(":")) {
                return None;
            }
            let begin = name.as_ptr().addr() - code.as_ptr().addr();
            out.push_str(&code[from..begin]);
            out.push_str(binding.text());
            from = begin + name.len();
        }
        out.push_str(&code[from..]);
        Some(out)
    }
}

/// A call of a component: `<name a={path} b="text"/>`.
#[derive(Debug)]
pub(super) struct Call<'t> {
    pub(super) name: &'t str,
    pub(super) values: BTreeMap<&'t str, Binding>,
}

impl<'t> Call<'t> {
    /// Reads code that is nothing but a call, with values that [`Binding`] knows.
    pub(super) fn read(code: &'t str) -> Option<Self> {
        let all = words(code);
        let [Word::Sign("<"), Word::Name(name), values @ .., Word::Sign("/"), Word::Sign(">")] = all.as_slice() else {
            return None;
        };
        let mut call = Self { name, values: BTreeMap::new() };
        let mut rest = values;
        while let [Word::Name(parameter), Word::Sign("="), given @ ..] = rest {
            let (given, after) = match given {
                [Word::Sign("{"), inner @ ..] => {
                    let end = inner.iter().position(|word| *word == Word::Sign("}"))?;
                    (&inner[..end], &inner[end + 1..])
                }
                [text @ Word::Text(_), after @ ..] => (std::slice::from_ref(text), after),
                _ => return None,
            };
            call.values.insert(parameter, Binding::read(given)?);
            rest = after;
        }
        rest.is_empty().then_some(call)
    }
}

/// What a condition of texts alone comes to.
pub(super) fn known(condition: &str) -> Option<bool> {
    let inner = |text: &str| (!text.contains('\\')).then_some(text.len() > 2);
    let same = |one: &str, other: &str| inner(one).and(inner(other)).map(|_| one[1..one.len() - 1] == other[1..other.len() - 1]);
    match words(condition).as_slice() {
        [Word::Text(text)] => inner(text),
        [Word::Text(one), Word::Sign("=="), Word::Text(other)] => same(one, other),
        [Word::Text(one), Word::Sign("!="), Word::Text(other)] => same(one, other).map(|same| !same),
        _ => None,
    }
}

/// The inside of code that is nothing but a text which stands in mark-up as it is.
pub(super) fn plain_text(code: &str) -> Option<&str> {
    let [Word::Text(_)] = words(code).as_slice() else { return None };
    let code = code.trim();
    let inner = &code[1..code.len() - 1];
    inner.bytes().all(|b| b.is_ascii_alphanumeric() || b" -_.,".contains(&b)).then_some(inner)
}
