//! Comments that have no place of their own in any layout of ours go to the nearest that does: above what they belong to.

use super::tree::{Above, Block, Comment, Document, Form, Items, Node, Text, Value};

/// Leaves at most one comment beside each value, and none where a line that has begun would have to hold it.
pub(super) fn settle(document: &mut Document) {
    let Some(node) = &mut document.node else { return };
    inside(node);
    let beside = node.opening.drain(..).chain(node.trailing.take()).map(Comment::moved);
    document.head.extend(beside);
    if let Some(tail) = tail_of_nothing(node) {
        document.head.extend(tail);
    }
    if document.head.is_empty() {
        document.gap = false;
    }
}

fn inside(node: &mut Node) {
    match &mut node.value {
        Value::List(list) => {
            for item in &mut list.items {
                around(&mut item.above, &mut item.node);
                raise_first(&mut item.above, &mut item.node);
            }
            keep_ends(list, |item| (&mut item.above, &item.node));
        }
        Value::Mapping(mapping) => {
            mapping.items.iter_mut().for_each(|entry| around(&mut entry.above, &mut entry.node));
            keep_ends(mapping, |entry| (&mut entry.above, &entry.node));
        }
        Value::Null(_) | Value::Text(_) => {}
    }
}

fn around(above: &mut Above, node: &mut Node) {
    inside(node);
    let mut beside: Vec<String> = node.opening.drain(..).chain(node.trailing.take()).collect();
    node.trailing = beside.pop();
    let more = beside.into_iter().map(Comment::moved).chain(tail_of_nothing(node).into_iter().flatten());
    add(above, more);
}

/// Adds comments between those that stand above and what they stand above.
fn add(above: &mut Above, more: impl IntoIterator<Item = Comment>) {
    let mut more = more.into_iter().peekable();
    if above.comments.is_empty()
        && above.blank
        && let Some(first) = more.peek_mut()
    {
        (first.blank, above.blank) = (true, false);
    }
    above.comments.extend(more);
}

/// The comments at the end of what is empty, and has no lines to hold them.
fn tail_of_nothing(node: &mut Node) -> Option<Vec<Comment>> {
    match &mut node.value {
        Value::List(list) if list.items.is_empty() => Some(std::mem::take(&mut list.tail)),
        Value::Mapping(mapping) if mapping.items.is_empty() => Some(std::mem::take(&mut mapping.tail)),
        _ => None,
    }
}

/// What stands above the first line of an item stands above the item: they share the line.
fn raise_first(above: &mut Above, node: &mut Node) {
    let raised = match &mut node.value {
        Value::Mapping(mapping) => mapping.items.first_mut().map(|entry| std::mem::take(&mut entry.above.comments)),
        Value::List(list) => list.items.first_mut().map(|item| {
            let mut comments = std::mem::take(&mut item.above.comments);
            // Laid out in lines, it would want its comment above itself.
            if matches!(item.node.value, Value::List(_) | Value::Mapping(_)) {
                comments.extend(item.node.trailing.take().map(Comment::moved));
            }
            comments
        }),
        Value::Null(_) | Value::Text(_) => None,
    };
    add(above, raised.into_iter().flatten());
}

/// Takes away blank lines behind texts whose own blank lines at the end count: they would be counted too.
fn keep_ends<I>(items: &mut Items<I>, parts: impl Fn(&mut I) -> (&mut Above, &Node)) {
    let mut kept = false;
    for item in &mut items.items {
        let (above, node) = parts(item);
        if kept {
            above.begin();
        }
        kept = ends_kept(node);
    }
    if kept && let Some(first) = items.tail.first_mut() {
        first.blank = false;
    }
}

/// Whether the last line of a value is one of a text whose blank lines at the end count.
fn ends_kept(node: &Node) -> bool {
    match &node.value {
        Value::Text(Text { form: Form::Block(Block { chomp, .. }), .. }) => *chomp == "+",
        Value::Text(_) | Value::Null(_) => false,
        Value::List(list) => list.tail.is_empty() && list.items.last().is_some_and(|item| ends_kept(&item.node)),
        Value::Mapping(mapping) => mapping.tail.is_empty() && mapping.items.last().is_some_and(|entry| ends_kept(&entry.node)),
    }
}
