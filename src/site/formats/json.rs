//! Writing JSON item by item, so that no more than one is in memory.

use crate::site::{RenderError, json};
use memchr::memchr3_iter;
use serde::Serialize;
use serde_json::ser::PrettyFormatter;
use std::io::{self, Write};

/// An array whose items are made one after the other, when they are written.
pub(super) struct Each<F>(pub(super) F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for Each<F> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// Writes `value` on lines that are indented by four blanks, as the directories do whose shapes these are.
///
/// # Errors
/// Where `out` fails.
pub(super) fn write(value: &impl Serialize, out: &mut dyn Write) -> Result<(), RenderError> {
    json::write(value, PrettyFormatter::with_indent(b"    "), out)
}

/// Passes JSON on so that who takes it for HTML finds neither a tag nor a character reference in it. These characters
/// stand only inside of texts in JSON, so that it means the same.
pub(super) struct NoHtml<'w>(pub(super) &'w mut dyn Write);

impl Write for NoHtml<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut from = 0;
        for at in memchr3_iter(b'<', b'>', b'&', bytes) {
            self.0.write_all(&bytes[from..at])?;
            self.0.write_all(escaped(bytes[at]))?;
            from = at + 1;
        }
        self.0.write_all(&bytes[from..])?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A character that means something in HTML, as JSON can also write it (RFC 8259, section 7).
fn escaped(byte: u8) -> &'static [u8] {
    match byte {
        b'<' => b"\\u003c",
        b'>' => b"\\u003e",
        _ => b"\\u0026",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn what_has_no_html_means_the_same() {
        let value = json!({"a<b": "</script><!--&lt;\\<é\u{2028}\"&amp;>", "c": [1, null, "<", "&&", ""]});
        let mut bytes = Vec::new();
        write(&value, &mut NoHtml(&mut bytes)).unwrap();
        assert!(!bytes.iter().any(|b| b"<>&".contains(b)), "{}", String::from_utf8_lossy(&bytes));
        assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap(), value);
    }

    #[test]
    fn items_are_written_as_an_array() {
        let mut bytes = Vec::new();
        write(&json!({"a": Value::Null}), &mut bytes).unwrap();
        write(&Each(|| [1, 2].iter()), &mut bytes).unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), "{\n    \"a\": null\n}\n[\n    1,\n    2\n]\n");
    }
}
