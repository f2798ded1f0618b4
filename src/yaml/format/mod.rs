//! Bringing a file to its canonical form, without losing a word of it.
//!
//! Text becomes a document with its comments (`read`, `gap`); keys are put in order and scalars in form, as a schema has them
//! (`canon`); comments go where the layout has a place for them (`settle`); the document becomes text again (`lay`, `scalar`);
//! and what was written is read once more and held against what was read (`proof`). What was never a text is laid out by the same
//! code: `to_text`.

mod canon;
mod gap;
mod lay;
mod proof;
mod read;
mod scalar;
mod settle;
#[cfg(test)]
mod tests;
mod tree;

pub use canon::{Canon, Scalar};
pub use tree::Style;

use serde_json::Value as Json;
use tree::{Above, Document, Entry, Form, Item, Items, Layout, Node, Text, Value};

/// How often a text is laid out again until it stays as it is. Where a comment stood in an odd place its new one may be odd too, once.
const ROUNDS: usize = 4;

/// The canonical form of `text`, which was found to be readable: it stays as it is when it is formatted again.
///
/// # Errors
/// What would be lost, where something would, and where no form is found that stays: a fault of ours.
pub fn format(text: &str, canon: &Canon<'_>) -> Result<String, String> {
    // Blanks on a last line that does not end are no line, unless a block of text has them.
    let ended = text.trim_end_matches([' ', '\t']);
    let is_same = || proof::facts(ended, canon).is_ok_and(|facts| proof::facts(&format!("{text}\n"), canon) == Ok(facts));
    let text = if ended.len() < text.len() && is_same() { ended } else { text };
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    let mut formatted = laid_out(&plain, canon)?;
    if formatted == text {
        return Ok(formatted);
    }
    for _ in 0..ROUNDS {
        let again = laid_out(&formatted, canon)?;
        if again == formatted {
            proof::same(text, &plain, &formatted, canon)?;
            return Ok(formatted);
        }
        formatted = again;
    }
    Err("no form was found that stays as it is".to_owned())
}

fn laid_out(text: &str, canon: &Canon<'_>) -> Result<String, String> {
    let mut document = read::read(text)?;
    canon::bring(&mut document, canon);
    settle::settle(&mut document);
    Ok(lay::text(&document))
}

/// `value` as YAML text, in the canonical form where `canon` says what that is.
///
/// # Errors
/// Where a value has no form in YAML, which plain structures of texts, numbers and lists give no cause for.
pub fn to_text(value: &impl serde::Serialize, canon: Option<&Canon<'_>>) -> Result<String, String> {
    let value = serde_json::to_value(value).map_err(|error| error.to_string())?;
    let mut document = Document { node: Some(node(&value)), ..Document::default() };
    if let Some(canon) = canon {
        canon::bring(&mut document, canon);
    }
    Ok(lay::text(&document))
}

/// A value that nobody wrote yet.
fn node(value: &Json) -> Node {
    let text = |text: String, style| Value::Text(Text { text, form: Form::Line, style });
    let value = match value {
        Json::Null => Value::Null("null".to_owned()),
        Json::String(words) => text(words.clone(), Style::Written),
        Json::Array(items) => {
            let items = items.iter().map(|item| Item { above: Above::default(), node: node(item) }).collect();
            Value::List(Items { layout: Layout::Free, items, tail: Vec::new() })
        }
        Json::Object(fields) => {
            let entry = |(key, value): (&String, _)| Entry { above: Above::default(), key: key.clone(), node: node(value) };
            Value::Mapping(Items { layout: Layout::Free, items: fields.iter().map(entry).collect(), tail: Vec::new() })
        }
        plain => text(plain.to_string(), Style::Plain),
    };
    value.into()
}
