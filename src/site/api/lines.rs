//! How our JSON is laid out: each key of the file, and each item of a list right below it, on a line of its own. A third
//! smaller than with everything indented, and what changed between two builds is still seen line by line.

use serde_json::ser::Formatter;
use std::io::{self, Write};

/// The layout of a file.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// How many mappings and lists are open.
    depth: usize,
    /// Whether the list right below the file has an item.
    filled: bool,
}

impl Formatter for Lines {
    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        out.write_all(b"{")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        out.write_all(match (first, self.depth) {
            (true, 1) => b"\n",
            (true, _) => b"",
            (false, 1) => b",\n",
            (false, _) => b",",
        })
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        out.write_all(if self.depth == 0 { b"\n}" } else { b"}" })
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        self.filled &= self.depth != 2;
        out.write_all(b"[")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.filled |= self.depth == 2;
        out.write_all(match (first, self.depth) {
            (true, 2) => b"\n",
            (true, _) => b"",
            (false, 2) => b",\n",
            (false, _) => b",",
        })
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        let is_list = self.depth == 2 && self.filled;
        self.depth -= 1;
        out.write_all(if is_list { b"\n]" } else { b"]" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;
    use serde_json::{Serializer, Value, json};

    #[test]
    fn each_key_and_each_item_has_a_line() {
        let file =
            json!({"format": "x", "none": [], "teams": [{"id": "a", "of": [1, 2]}, {"id": "b", "of": []}], "one": {"a": {}}});
        let mut out = Vec::new();
        file.serialize(&mut Serializer::with_formatter(&mut out, Lines::default())).unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines = [
            "{",
            "\"format\":\"x\",",
            "\"none\":[],",
            "\"teams\":[",
            "{\"id\":\"a\",\"of\":[1,2]},",
            "{\"id\":\"b\",\"of\":[]}",
            "],",
            "\"one\":{\"a\":{}}",
            "}",
        ];
        assert_eq!(text, lines.join("\n"));
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), file);
    }
}
