//! The order of keys and the form of scalars, as a schema has them.

use super::tree::{Document, Form, Node, Style, Value};
use serde_json::{Map, Value as Json};

/// What is canonical, besides the layout.
#[derive(Clone, Copy)]
pub struct Canon<'a> {
    /// A JSON Schema (draft-07): its `properties` give the order of keys.
    pub schema: &'a Json,
    /// The canonical form of a scalar, by the name of its definition and its text; none where it stays as it is.
    pub scalar: fn(&str, &str) -> Option<Scalar>,
}

/// The canonical form of a scalar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// Its text.
    pub text: String,
    /// Its quotes.
    pub style: Style,
}

/// How many references are followed, and how deep parts of parts are looked into.
const MAX_STEPS: usize = 16;

/// A place in the schema: all that is said of it, and the names of the definitions by which it is said.
#[derive(Clone, Default)]
pub(super) struct Place<'a> {
    names: Vec<&'a str>,
    parts: Vec<&'a Map<String, Json>>,
}

impl<'a> Canon<'a> {
    /// The place of the whole document.
    pub(super) fn root(&self) -> Place<'a> {
        self.place(self.schema)
    }

    fn place(&self, schema: &'a Json) -> Place<'a> {
        let mut place = Place::default();
        self.collect(schema, &mut place, 0);
        place
    }

    fn collect(&self, schema: &'a Json, place: &mut Place<'a>, step: usize) {
        let Json::Object(part) = schema else { return };
        if step > MAX_STEPS {
            return;
        }
        place.parts.push(part);
        if let Some(name) = part.get("$ref").and_then(Json::as_str).and_then(|path| path.strip_prefix("#/definitions/")) {
            place.names.push(name);
            if let Some(definition) = self.schema.get("definitions").and_then(|all| all.get(name)) {
                self.collect(definition, place, step + 1);
            }
        }
        for parts in ["allOf", "anyOf", "oneOf"].iter().filter_map(|key| part.get(*key)?.as_array()) {
            for part in parts {
                self.collect(part, place, step + 1);
            }
        }
    }

    /// The place of the items of a list.
    pub(super) fn item(&self, list: &Place<'a>) -> Place<'a> {
        list.parts.iter().find_map(|part| part.get("items")).map_or_else(Place::default, |items| self.place(items))
    }

    /// The place of the value of a key.
    pub(super) fn value(&self, mapping: &Place<'a>, key: &str) -> Place<'a> {
        let own = |part: &&'a Map<String, Json>| part.get("properties").and_then(|all| all.get(key));
        let other = |part: &&'a Map<String, Json>| {
            let by_pattern = part.get("patternProperties").and_then(Json::as_object).and_then(|all| all.values().next());
            by_pattern.or_else(|| part.get("additionalProperties"))
        };
        let parts = &mapping.parts;
        let found = parts.iter().find_map(own).or_else(|| parts.iter().find_map(other));
        found.map_or_else(Place::default, |schema| self.place(schema))
    }

    /// The canonical form of a scalar that stands at a place; nothing is known of one that has none.
    pub(super) fn of(&self, place: &Place<'a>, text: &str) -> Option<Scalar> {
        place.names.iter().find_map(|name| (self.scalar)(name, text))
    }
}

impl Place<'_> {
    /// Where a key stands among those of its mapping; the unknown ones last.
    fn rank(&self, key: &str) -> usize {
        let mut before = 0;
        for properties in self.parts.iter().filter_map(|part| part.get("properties")?.as_object()) {
            match properties.keys().position(|known| known == key) {
                Some(at) => return before + at,
                None => before += properties.len(),
            }
        }
        usize::MAX
    }
}

/// Puts the keys of a document in order and its scalars in form.
pub(super) fn bring(document: &mut Document, canon: &Canon<'_>) {
    let Some(node) = &mut document.node else { return };
    let first = first_key(node);
    bring_node(node, &canon.root(), canon);
    // A blank line among the comments above what comes first now would make those before it the head of the file.
    if first != first_key(node)
        && let Value::Mapping(mapping) = &mut node.value
        && let Some(entry) = mapping.items.first_mut()
    {
        entry.above.comments.iter_mut().for_each(|comment| comment.blank = false);
        entry.above.blank = false;
    }
}

fn first_key(node: &Node) -> Option<String> {
    if let Value::Mapping(mapping) = &node.value { mapping.items.first().map(|entry| entry.key.clone()) } else { None }
}

fn bring_node<'a>(node: &mut Node, place: &Place<'a>, canon: &Canon<'a>) {
    match &mut node.value {
        Value::Null(_) => {}
        Value::Text(text) => match canon.of(place, &text.text) {
            Some(scalar) if !scalar.text.contains('\n') => {
                (text.text, text.style, text.form) = (scalar.text, scalar.style, Form::Line);
            }
            _ if place.parts.is_empty() => {}
            _ => text.style = Style::Text,
        },
        Value::List(list) => {
            let place = canon.item(place);
            list.items.iter_mut().for_each(|item| bring_node(&mut item.node, &place, canon));
        }
        Value::Mapping(mapping) => {
            for entry in &mut mapping.items {
                let place = canon.value(place, &entry.key);
                bring_node(&mut entry.node, &place, canon);
            }
            mapping.items.sort_by_key(|entry| place.rank(&entry.key));
            if let Some(first) = mapping.items.first_mut() {
                first.above.begin();
            }
        }
    }
}
