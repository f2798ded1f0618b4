//! Random entries, written as badly as YAML lets people write, with comments wherever it lets them stand.
//!
//! Each comment names what it belongs to, so that it can be looked for beside that afterwards.

use crate::lookup::random::Random;

/// A value of an entry.
enum Value {
    /// A text on one line.
    Text(String),
    /// A text of several lines.
    Lines(String),
    /// A date, a number: something that nobody quotes.
    Plain(String),
    List(Vec<Value>),
    Mapping(Vec<(&'static str, Value)>),
}

/// An entry as somebody wrote it, and the comments in it: each with the word beside which it belongs.
pub struct Written {
    pub text: String,
    pub comments: Vec<(String, String)>,
}

/// A random entry.
pub fn entry(random: &mut Random) -> Written {
    let value = team(random);
    let mut writer = Writer { random, out: String::new(), comments: Vec::new() };
    writer.document(&value);
    let Writer { mut out, comments, random } = writer;
    if random.chance(15) {
        out = out.replace('\n', "\r\n");
    }
    if random.chance(10) {
        out.insert(0, '\u{feff}');
    }
    Written { text: out, comments }
}

const TEXTS: &[&str] = &[
    "CERT Alpha",
    "Žluťásek tým",
    "日本の CSIRT",
    "فريق العرفج",
    "a # that is no comment",
    "key: value",
    "it's \"quoted\"",
    "back\\slash",
    "NO",
    "on",
    "12:30",
    "1e3",
    "0x1F",
    "2004-03-01",
    "+12025550100",
    "null",
    "~",
    "- dash",
    "[brackets], {braces}",
    "@at",
    "100 %",
    "*star*",
    "😀 team",
    "x: y # z",
    "Monday to Friday 08:00-18:00, on call at all other times, and on every public holiday of every country in which there is one",
    "a  b",
];
const LINES: &[&str] = &[
    "One line.\nAnother.\n",
    "# no comment\n\nText with # inside.\n",
    "No line break at the end\nof this",
    "  indented first\nline\n",
    "- a list\n- in Markdown\n\n\n1. and\n   another\n",
    "kept  \nhard break\n",
    "ends with blanks\n\n\n",
    "日本語\n\nعربي\n",
    "alone\n",
];

fn team(random: &mut Random) -> Value {
    let mut keys = vec![
        ("name", Value::Text(random.one_of(&["CERT Alpha", "NO", "12:30", "Žluťásek", "a: b"]).to_owned())),
        ("country", Value::Text(random.one_of(&["AT", "NO", "GB", "UK"]).to_owned())),
    ];
    let mut some = |random: &mut Random, key, make: &dyn Fn(&mut Random) -> Value| {
        if random.chance(60) {
            let value = make(random);
            keys.push((key, value));
        }
    };
    some(random, "official_name", &text);
    some(random, "host", &text);
    some(random, "established", &date);
    some(random, "types", &|random| list(random, 3, |random| Value::Text(random.one_of(&["academic", "national"]).to_owned())));
    some(random, "website", &|_| Value::Text("https://cert.alpha.example/a#b".to_owned()));
    some(random, "contact", &contact);
    some(random, "constituency", &constituency);
    some(random, "keys", &|random| {
        list(random, 3, |random| mapping(random, &[("fingerprint", &fingerprint), ("expires", &date)]))
    });
    some(random, "status", &|random| {
        list(random, 4, |random| mapping(random, &[("level", &|_| Value::Text("listed".to_owned())), ("since", &date)]))
    });
    some(random, "confirmed", &date);
    some(random, "maturity", &|random| {
        list(random, 2, |random| mapping(random, &[("model", &|_| Value::Text("sim3-v2i".to_owned())), ("scores", &scores)]))
    });
    some(random, "memberships", &|random| list(random, 2, |random| mapping(random, &[("name", &text), ("since", &date)])));
    some(random, "unheard_of", &text);
    some(random, "description", &lines);
    shuffle(random, &mut keys);
    Value::Mapping(keys)
}

fn text(random: &mut Random) -> Value {
    Value::Text(random.one_of(TEXTS).to_owned())
}

fn lines(random: &mut Random) -> Value {
    Value::Lines(random.one_of(LINES).to_owned())
}

fn date(random: &mut Random) -> Value {
    Value::Plain(format!("20{:02}-0{}-1{}", random.below(30), 1 + random.below(9), random.below(10)))
}

fn fingerprint(random: &mut Random) -> Value {
    let digits: String = (0..40).map(|_| char::from(b"0123456789abcdef"[usize::try_from(random.below(16)).unwrap()])).collect();
    let groups: Vec<&str> = (0..10).map(|at| &digits[at * 4..at * 4 + 4]).collect();
    Value::Text(match random.below(4) {
        0 => digits,
        1 => groups.join(" ").to_uppercase(),
        2 => groups.join(":"),
        _ => format!("0x{digits}"),
    })
}

fn contact(random: &mut Random) -> Value {
    let emails = |random: &mut Random| {
        list(random, 3, |random| {
            let address = |random: &mut Random| Value::Text(format!("cert{}@alpha.example", random.below(100)));
            mapping(random, &[("address", &address), ("usage", &|_| Value::List(vec![Value::Text("contact".to_owned())]))])
        })
    };
    let phones = |random: &mut Random| {
        list(random, 2, |random| {
            mapping(random, &[("number", &|_| Value::Text("+1 202 555 0100".to_owned())), ("comment", &text)])
        })
    };
    mapping(random, &[("emails", &emails), ("phones", &phones), ("hours", &text), ("address", &lines)])
}

fn constituency(random: &mut Random) -> Value {
    let asns = |random: &mut Random| {
        list(random, 4, |random| {
            let number = 64496 + random.below(16);
            Value::Plain(if random.chance(30) { format!("AS{number}") } else { number.to_string() })
        })
    };
    let networks = |random: &mut Random| list(random, 3, |random| Value::Text(format!("2001:db8:{}::/48", random.below(99))));
    mapping(random, &[("description", &text), ("asns", &asns), ("networks", &networks)])
}

fn scores(random: &mut Random) -> Value {
    const KEYS: &[&str] = &["O-1", "O-2", "O-10", "H-1", "H-7", "T-1", "T-2", "T-3", "P-1", "P-2", "P-17"];
    let some = KEYS.iter().filter(|_| random.chance(70)).map(|key| (*key, Value::Plain("3".to_owned())));
    Value::Mapping(some.collect())
}

fn list(random: &mut Random, most: u64, make: impl Fn(&mut Random) -> Value) -> Value {
    Value::List((0..random.below(most + 1)).map(|_| make(random)).collect())
}

type Make<'m> = &'m dyn Fn(&mut Random) -> Value;

/// A mapping of these keys, of which the first is always there.
fn mapping(random: &mut Random, keys: &[(&'static str, Make<'_>)]) -> Value {
    let mut made = Vec::new();
    for (at, (key, make)) in keys.iter().enumerate() {
        if at == 0 || random.chance(60) {
            made.push((*key, make(random)));
        }
    }
    shuffle(random, &mut made);
    Value::Mapping(made)
}

fn shuffle<T>(random: &mut Random, values: &mut [T]) {
    if random.chance(50) {
        for at in (1..values.len()).rev() {
            values.swap(at, usize::try_from(random.below(at as u64 + 1)).unwrap());
        }
    }
}

struct Writer<'r> {
    random: &'r mut Random,
    out: String,
    comments: Vec<(String, String)>,
}

impl Writer<'_> {
    fn document(&mut self, value: &Value) {
        if self.random.chance(20) {
            self.comment_line("head", 0);
            self.out.push('\n');
        }
        if self.random.chance(10) {
            self.out.push_str("---\n");
        }
        let Value::Mapping(entries) = value else { return };
        self.block_mapping(entries, 0, false);
        if self.random.chance(20) {
            self.comment_line("end", 0);
        }
        if self.random.chance(20) {
            self.out.push_str("\n\n");
        }
        if self.random.chance(20) {
            self.out.truncate(self.out.trim_end_matches('\n').len());
        }
    }

    /// A new comment that belongs to `owner`.
    fn comment(&mut self, owner: &str) -> String {
        let comment =
            format!("#{}c{}: about {owner} # 'x' \"y", if self.random.chance(80) { " " } else { "" }, self.comments.len());
        self.comments.push((comment.clone(), owner.to_owned()));
        comment
    }

    fn comment_line(&mut self, owner: &str, indent: usize) {
        let comment = self.comment(owner);
        let blanks = self.blanks();
        self.out.push_str(&format!("{}{comment}{blanks}\n", " ".repeat(indent)));
    }

    fn blanks(&mut self) -> &'static str {
        self.random.one_of(&["", "", "", " ", "\t"])
    }

    /// The end of a line of what belongs to `owner`.
    fn end(&mut self, owner: &str) {
        if self.random.chance(20) {
            let comment = self.comment(owner);
            let before = self.random.one_of(&[" ", "  ", "\t", "     "]);
            self.out.push_str(&format!("{before}{comment}"));
        }
        let blanks = self.blanks();
        self.out.push_str(blanks);
        self.out.push('\n');
    }

    fn above(&mut self, owner: &str, indent: usize) {
        if self.random.chance(10) {
            self.out.push_str(["\n", "\n\n", "  \n"][usize::try_from(self.random.below(3)).unwrap()]);
        }
        while self.random.chance(15) {
            self.comment_line(owner, indent);
            if self.random.chance(20) {
                self.out.push('\n');
            }
        }
    }

    fn margin(&mut self, indent: usize) {
        self.out.push_str(&" ".repeat(indent));
    }

    /// A mapping in lines; `begun` where its first key stands behind a dash.
    fn block_mapping(&mut self, entries: &[(&str, Value)], indent: usize, begun: bool) {
        for (at, (key, value)) in entries.iter().enumerate() {
            if at > 0 || !begun {
                self.above(key, indent);
                self.margin(indent);
            }
            let written = self.random.one_of(&["k", "k", "k", "k", "\"k\"", "'k'", "? k"]);
            let written = if written == "? k" && begun { "k" } else { written };
            self.out.push_str(&written.replace('k', key));
            if written == "? k" {
                self.out.push('\n');
                self.margin(indent);
            }
            self.out.push(':');
            if written == "? k" {
                // Behind such a colon a tab is refused.
                self.out.push(' ');
            }
            self.value(key, value, indent);
        }
    }

    /// The value of a key that stands at `indent`, and the end of its line.
    fn value(&mut self, owner: &str, value: &Value, indent: usize) {
        let deeper = indent + 1 + usize::try_from(self.random.below(4)).unwrap();
        match value {
            Value::Lines(text) => self.lines(owner, text, indent),
            Value::Text(text) if self.random.chance(15) && !text.contains("  ") => self.folded(owner, text, indent, deeper),
            Value::Text(_) | Value::Plain(_) => {
                let gap = self.random.one_of(&[" ", " ", "   "]);
                self.out.push_str(gap);
                self.scalar(value, false);
                self.end(owner);
            }
            Value::List(items) if !items.is_empty() && self.random.chance(50) => {
                self.end(owner);
                let indent = if self.random.chance(30) { indent } else { deeper };
                self.block_list(items, indent);
                if indent == deeper && self.random.chance(10) {
                    self.comment_line(owner, indent);
                }
            }
            Value::Mapping(entries) if !entries.is_empty() && self.random.chance(70) => {
                self.end(owner);
                self.block_mapping(entries, deeper, false);
            }
            _ => {
                self.out.push(' ');
                self.flow(owner, value, deeper);
                self.end(owner);
            }
        }
    }

    fn block_list(&mut self, items: &[Value], indent: usize) {
        for item in items {
            let owner = word(item);
            self.above(&owner, indent);
            self.margin(indent);
            self.out.push('-');
            match item {
                Value::Mapping(entries) if !entries.is_empty() && self.random.chance(50) => {
                    self.out.push(' ');
                    self.block_mapping(entries, indent + 2, true);
                }
                item => {
                    self.out.push(' ');
                    self.flow(&owner, item, indent + 2);
                    self.end(&owner);
                }
            }
        }
    }

    /// A value between brackets, over as many lines as it likes.
    fn flow(&mut self, owner: &str, value: &Value, indent: usize) {
        match value {
            Value::List(items) => {
                self.out.push('[');
                for (at, item) in items.iter().enumerate() {
                    let owner = word(item);
                    self.flow_break(&owner, indent);
                    self.flow(&owner, item, indent);
                    let comma = if at + 1 < items.len() || self.random.chance(20) { "," } else { "" };
                    self.out.push_str(comma);
                }
                self.flow_break(owner, indent);
                self.out.push(']');
            }
            Value::Mapping(entries) => {
                self.out.push('{');
                for (at, (key, value)) in entries.iter().enumerate() {
                    self.flow_break(key, indent);
                    self.out.push_str(&format!("{key}: "));
                    self.flow(key, value, indent);
                    let comma = if at + 1 < entries.len() { "," } else { "" };
                    self.out.push_str(comma);
                }
                self.flow_break(owner, indent);
                self.out.push('}');
            }
            value => self.scalar(value, true),
        }
    }

    /// What may stand between brackets and commas.
    fn flow_break(&mut self, owner: &str, indent: usize) {
        if self.random.chance(85) {
            self.out.push(' ');
            return;
        }
        self.out.push('\n');
        if self.random.chance(30) {
            self.comment_line(owner, indent);
        }
        self.margin(indent);
    }

    fn scalar(&mut self, value: &Value, in_flow: bool) {
        let (text, is_plain) = match value {
            Value::Plain(text) => (text, true),
            Value::Text(text) | Value::Lines(text) => (text, is_plain(text, in_flow)),
            Value::List(_) | Value::Mapping(_) => return,
        };
        let written = match self.random.below(4) {
            0 if !text.contains('\n') => format!("'{}'", text.replace('\'', "''")),
            1 => escaped(text),
            _ if is_plain => text.clone(),
            _ => serde_json::Value::from(text.as_str()).to_string(),
        };
        self.out.push_str(&written);
    }

    /// A text of one line over several.
    fn folded(&mut self, owner: &str, text: &str, indent: usize, deeper: usize) {
        let lines = text.replace(' ', &format!("\n{}", " ".repeat(deeper)));
        let no_mark = is_plain(text, false) && !text.contains(['#', ':', '-']);
        match self.random.below(3) {
            0 if no_mark => self.out.push_str(&format!(" {lines}")),
            1 if !text.contains('\'') => self.out.push_str(&format!(" '{lines}'")),
            _ => {
                self.out.push_str(" >-");
                self.end(owner);
                self.out.push_str(&format!(
                    "{}{}\n",
                    " ".repeat(indent + 2),
                    text.replace(' ', &format!("\n{}", " ".repeat(indent + 2)))
                ));
                return;
            }
        }
        self.end(owner);
    }

    fn lines(&mut self, owner: &str, text: &str, indent: usize) {
        let body = text.trim_end_matches('\n');
        let chomp = match text.len() - body.len() {
            0 => "-",
            1 => "",
            _ => "+",
        };
        if self.random.chance(20) {
            self.out.push(' ');
            self.scalar(&Value::Text(text.to_owned()), false);
            return self.end(owner);
        }
        let deeper = 1 + usize::try_from(self.random.below(4)).unwrap();
        let indicator = if body.starts_with(' ') || self.random.chance(10) { deeper.to_string() } else { String::new() };
        self.out.push_str(&format!(" |{indicator}{chomp}"));
        self.end(owner);
        for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
            if !line.is_empty() {
                self.margin(indent + deeper);
            }
            self.out.push_str(line);
            self.out.push('\n');
        }
    }
}

/// A word by which an item is known.
fn word(value: &Value) -> String {
    match value {
        Value::Mapping(entries) => entries.first().map_or_else(|| "{}".to_owned(), |(key, _)| (*key).to_owned()),
        Value::List(_) => "[".to_owned(),
        Value::Text(text) | Value::Lines(text) => text.split(' ').next().unwrap_or_default().to_owned(),
        Value::Plain(text) => text.trim_start_matches("AS").to_owned(),
    }
}

/// Whether a text may surely stand without quotes and is the same text then.
fn is_plain(text: &str, in_flow: bool) -> bool {
    let odd = text.contains(": ") || text.contains(" #") || text.contains('\n') || matches!(text, "null" | "~");
    let first = text.starts_with(['-', '[', '{', '@', '*', '"', '\'', '#', '%', ' ', '|', '>', '&', '!', '?']);
    let brackets = in_flow && text.contains(['[', ']', '{', '}', ',', ':']);
    !odd && !first && !brackets
}

/// A text in double quotes, with what is not ASCII as its number.
fn escaped(text: &str) -> String {
    let escape = |c: char| if c.is_ascii() { c.to_string() } else { format!("\\U{:08X}", u32::from(c)) };
    serde_json::Value::from(text).to_string().chars().map(escape).collect()
}
