//! The proof that nothing was lost: what was written is read again, and held against what was read.

use super::canon::{Canon, Place};
use super::read;
use super::tree::{Comment, Document, Node, Value};
use crate::yaml::parse::{Kind, Node as Parsed, parse};
use std::collections::BTreeMap;

/// Whether `after` says the same as `before`, with the same comments in the same places. `plain` is `before` with plain ends of
/// lines.
///
/// # Errors
/// What differs, in words.
pub(super) fn same(before: &str, plain: &str, after: &str, canon: &Canon<'_>) -> Result<(), String> {
    if facts(before, canon)? != facts(after, canon)? {
        return Err("a value would change".to_owned());
    }
    if owned(plain)? != owned(after)? {
        return Err("a comment would be lost, or move to something else".to_owned());
    }
    Ok(())
}

/// What a text says.
///
/// # Errors
/// The first mistake of syntax, in words.
pub(super) fn facts(text: &str, canon: &Canon<'_>) -> Result<Fact, String> {
    match parse(text) {
        Ok(node) => Ok(node.as_ref().map_or(Fact::Nothing, |node| fact(node, &canon.root(), canon))),
        Err((problem, _)) => Err(problem.message),
    }
}

/// What a value says, whatever its form and the order of its keys.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fact {
    Nothing,
    Text(String),
    List(Vec<Fact>),
    Mapping(BTreeMap<String, Fact>),
}

fn fact<'a>(node: &Parsed<'_>, place: &Place<'a>, canon: &Canon<'a>) -> Fact {
    match &node.kind {
        Kind::Null => Fact::Nothing,
        Kind::Text(text) => Fact::Text(canon.of(place, text).map_or_else(|| text.to_string(), |scalar| scalar.text)),
        Kind::List(items) => {
            let place = canon.item(place);
            Fact::List(items.iter().map(|item| fact(item, &place, canon)).collect())
        }
        Kind::Mapping(entries) => {
            let entries =
                entries.iter().map(|(key, node)| (key.text.to_string(), fact(node, &canon.value(place, &key.text), canon)));
            Fact::Mapping(entries.collect())
        }
    }
}

/// The comments by what they belong to: a key, or the item of a list with all that is in it.
type Owned = BTreeMap<Vec<Step>, Vec<String>>;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Key(String),
    Item(usize),
}

fn owned(text: &str) -> Result<Owned, String> {
    let document = read::read(text)?;
    let mut owned = Owned::new();
    let Document { head, node, tail, .. } = &document;
    let mut path = Vec::new();
    note(&mut owned, &path, head);
    if let Some(node) = node {
        collect(&mut owned, &mut path, node);
    }
    note(&mut owned, &path, tail);
    for comments in owned.values_mut() {
        comments.sort_unstable();
    }
    Ok(owned)
}

fn note<'c>(owned: &mut Owned, path: &[Step], comments: impl IntoIterator<Item = &'c Comment>) {
    comments.into_iter().for_each(|comment| note_text(owned, path, &comment.text));
}

fn note_text(owned: &mut Owned, path: &[Step], comment: &str) {
    let end = path.iter().position(|step| matches!(step, Step::Item(_))).map_or(path.len(), |item| item + 1);
    owned.entry(path[..end].to_vec()).or_default().push(comment.to_owned());
}

fn collect(owned: &mut Owned, path: &mut Vec<Step>, node: &Node) {
    node.opening.iter().chain(&node.trailing).for_each(|comment| note_text(owned, path, comment));
    match &node.value {
        Value::Null(_) | Value::Text(_) => {}
        Value::List(list) => {
            for (at, item) in list.items.iter().enumerate() {
                path.push(Step::Item(at));
                note(owned, path, &item.above.comments);
                collect(owned, path, &item.node);
                path.pop();
            }
            note(owned, path, &list.tail);
        }
        Value::Mapping(mapping) => {
            for entry in &mapping.items {
                path.push(Step::Key(entry.key.clone()));
                note(owned, path, &entry.above.comments);
                collect(owned, path, &entry.node);
                path.pop();
            }
            note(owned, path, &mapping.tail);
        }
    }
}
